# Above, the overlap step by step at one load; below, the fixed points and the edge of the basin against the load.
# Reads theory-*.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

off = 1e9  # outside every frame: gnuplot complains of a file without any point, not of one that shows none

# The load, the last step, and the starts in the order in which they stand in the file (%#g: real('1e-05') is an
# error, for want of a point); the edge at that load.
shown = NaN; last = 1; starts = ''
note_steps(a, t, m0) = (shown == shown ? 0 : (shown = a), t > last ? last = t : 0, \
                        a == shown && t == 0 ? starts = sprintf('%s%#.17g ', starts, m0) : 0, 0)
stats 'theory-steps.csv' using (note_steps(column('alpha'), column('step'), column('m0'))) nooutput
edge = NaN; m_edge = NaN; n_edge = 0; n_fixed = 0  # m_edge: the unstable fixed point, onto which the edge steps
near_edge = 0.003; near_unstable = 0.003
note_edge(a, m0) = (m0 > 0 ? n_edge = n_edge + 1 : 0, \
                    m0 > 0 && abs(a - shown) < near_edge ? (near_edge = abs(a - shown), edge = m0) : 0, 0)
stats 'theory-edge.csv' using (note_edge(column('alpha'), column('m0_c'))) nooutput
note_unstable(a, m) = (m > 0 ? n_fixed = n_fixed + 1 : 0, \
                       m > 0 && abs(a - shown) < near_unstable ? (near_unstable = abs(a - shown), m_edge = m) : 0, 0)
stats 'theory-fixed-points.csv' using (note_unstable(column('alpha'), column('m_unstable'))) nooutput
has_edge = edge > 0 && m_edge > 0
alpha_end = NaN; m_end = NaN; m0_end = NaN; alpha_c = NaN
note_end(a, m, m0) = (alpha_end = a, m_end = m, m0_end = m0, 0)
stats 'theory-capacity.csv' using (note_end(column('alpha_c'), column('m_c'), column('m0_c'))) nooutput
note_equilibrium(a) = (alpha_c = a, 0)
stats 'theory-equilibrium.csv' using (note_equilibrium(column('alpha_c'))) nooutput
is_of(k) = column('alpha') == shown && abs(column('m0') - real(word(starts, k))) < 1e-12
of(k, x) = is_of(k) ? column(x) : NaN
exact(k) = is_of(k) && column('step') > 0 && column('m_exact') > -2 ? column('m_exact') : off
is_retrieved(k) = has_edge && real(word(starts, k)) > edge
some(n, x) = n > 0 ? column(x) : off

# Okabe and Ito
set style line 1 lw 1.6 lc rgb '#0072b2'               # retrieved, stable
set style line 2 lw 1.6 dt (9, 3) lc rgb '#d55e00'     # lost
set style line 3 lw 1.6 dt (2, 2) lc rgb '#000000'     # the edge
set style line 4 lw 1.6 dt (9, 3, 2, 3) lc rgb '#009e73'  # unstable
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.8in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 864 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.45 : 0.65
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.135; set rmargin screen 0.975

    set bmargin screen 0.575; set tmargin screen 0.985
    set xrange [-0.4:last + 0.4]; set yrange [0:1.08]
    if (last > 4) { set xtics 5; set mxtics 5 } else { set xtics 1; set mxtics 1 }
    set format x '%g'; set format y '%g'; set ytics 0.2; set mytics 2
    set xlabel 'updates  {/:Italic t}' offset 0, 0.4; set ylabel 'overlap  {/:Italic m_t}' offset 1.0, 0
    set key at graph 0.975, 0.81 right top Right samplen 2.4 spacing 1.05
    set label 1 sprintf('{/:Italic α} = %g', shown) . keep at graph 0.965, 0.865 right
    set label 2 '(a)' at graph 0.965, 0.44 right
    if (has_edge) {
        set arrow 1 from 0, edge to 1, m_edge nohead ls 3
        set arrow 2 from 1, m_edge to last + 0.4, m_edge nohead ls 3
    }
    plot NaN with lines ls 1 title 'retrieved', \
         for [k = 1:words(starts)] 'theory-steps.csv' using (of(k, 'step')):(of(k, 'm_amari_maginu')) \
             with lines ls (is_retrieved(k) ? 1 : 2) notitle, \
         for [k = 1:words(starts)] 'theory-steps.csv' using (column('step')):(exact(k)) \
             with points pt 6 ps dot lw 1 lc rgb '#000000' notitle, \
         NaN with lines ls 3 title (has_edge ? sprintf('edge, {/:Italic m}_0 = %.4f', edge) . keep : 'no edge'), \
         NaN with lines ls 2 title 'lost', \
         NaN with points pt 6 ps dot lw 1 lc rgb '#000000' title 'exact, {/:Italic t} ≤ 2' . keep
    unset arrow; unset label

    set bmargin screen 0.085; set tmargin screen 0.49
    set xrange [0:0.17]; set xtics 0.05; set mxtics 5
    set xlabel 'load  {/:Italic α} = {/:Italic p}/{/:Italic N}' offset 0, 0.3; set ylabel 'overlap' offset 1.0, 0
    set key off
    set label 1 '(b)' at graph 0.03, 0.865
    set arrow 1 from alpha_end, 0 to alpha_end, m_end nohead lw 0.9 dt (1, 3) lc rgb '#000000'
    set label 3 sprintf('%.4f', alpha_end) at alpha_end, 0.2 offset -0.5, 0 right
    if (alpha_c > 0) {
        set arrow 2 from alpha_c, 0 to alpha_c, 0.08 nohead lw 1.2 lc rgb '#000000'
        set label 2 sprintf('{/:Italic α}_c = %.4f', alpha_c) . keep at alpha_c, 0.05 offset -0.5, 0 right
    }
    if (n_fixed > 0) { set label 4 'stable' at 0.06, 0.94 center; set label 5 'unstable' at 0.075, 0.51 center }
    if (n_edge > 0) { set label 6 'edge, {/:Italic m}_0' . keep at 0.062, 0.2 center }
    plot NaN notitle, \
         'theory-fixed-points.csv' using (some(n_fixed, 'alpha')):(some(n_fixed, 'm_stable')) with lines ls 1, \
         'theory-fixed-points.csv' using (some(n_fixed, 'alpha')):(some(n_fixed, 'm_unstable')) with lines ls 4, \
         'theory-edge.csv' using (some(n_edge, 'alpha')):(some(n_edge, 'm0_c')) with lines ls 3, \
         '+' every ::0::0 using (alpha_end):(m_end) with points pt 7 ps dot lc rgb '#000000', \
         '+' every ::0::0 using (alpha_end):(m0_end) with points pt 7 ps dot lc rgb '#000000'
    unset arrow; unset label
    unset multiplot
    unset output
}
