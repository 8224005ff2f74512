# Above, the overlap step by step at one load; below, the fixed points and the edge of the basin against the load.
# Reads theory-*.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders

# The starts, in the order in which they stand in the file, and the edge of the basin at their load.
starts = ''
note_start(t, m0) = (t == 0 ? starts = sprintf('%s%.17g ', starts, m0) : 0, m0)
stats 'theory-steps.csv' using (note_start(column('step'), column('m0'))) nooutput
stats 'theory-steps.csv' using 'alpha' nooutput
shown = STATS_min
stats 'theory-steps.csv' using 'step' nooutput
last = STATS_max
edge = NaN; nearest = 1e9
note_edge(a, m0) = (abs(a - shown) < nearest ? (nearest = abs(a - shown), edge = m0) : 0, a)
stats 'theory-edge.csv' using (note_edge(column('alpha'), column('m0_c'))) nooutput
m_edge = NaN; nearest = 1e9  # the unstable fixed point, onto which the edge steps
note_unstable(a, m) = (abs(a - shown) < nearest ? (nearest = abs(a - shown), m_edge = m) : 0, a)
stats 'theory-fixed-points.csv' using (note_unstable(column('alpha'), column('m_unstable'))) nooutput
stats 'theory-capacity.csv' using 'alpha_c' nooutput
alpha_end = STATS_min
stats 'theory-capacity.csv' using 'm_c' nooutput
m_end = STATS_min
stats 'theory-capacity.csv' using 'm0_c' nooutput
m0_end = STATS_min
stats 'theory-equilibrium.csv' using 'alpha_c' nooutput
alpha_c = STATS_min
of(k, x) = abs(column('m0') - real(word(starts, k))) < 1e-12 ? column(x) : NaN

blue = '#0072b2'; red = '#d55e00'  # Okabe and Ito
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.8in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 864 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.45 : 0.65
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.135; set rmargin screen 0.975

    set bmargin screen 0.575; set tmargin screen 0.985
    set xrange [-0.4:last + 0.4]; set yrange [0:1.04]
    set xtics 5 format '%g'; set mxtics 5; set ytics 0.2 format '%g'; set mytics 2
    set xlabel 'updates  {/:Italic t}' offset 0, 0.4; set ylabel 'overlap  {/:Italic m_t}' offset 1.0, 0
    set key at graph 0.975, 0.82 right top Right samplen 1.4 spacing 1.05
    set label 1 sprintf('{/:Italic α} = %g', shown) at graph 0.965, 0.88 right
    set arrow 1 from 0, edge to 1, m_edge nohead lw 1.2 dt (4, 3) lc rgb '#000000'
    set arrow 2 from 1, m_edge to last + 0.4, m_edge nohead lw 1.2 dt (4, 3) lc rgb '#000000'
    plot for [k = 1:words(starts)] 'theory-steps.csv' using (of(k, 'step')):(of(k, 'm_amari_maginu')) \
             with lines lw 1.5 lc rgb (real(word(starts, k)) > edge ? blue : red) notitle, \
         for [k = 1:words(starts)] 'theory-steps.csv' using (of(k, 'step')):(of(k, 'm_exact')) \
             with points pt 6 ps dot lw 1 lc rgb '#000000' notitle, \
         NaN with points pt 6 ps dot lw 1 lc rgb '#000000' title 'exact, {/:Italic t} ≤ 2', \
         NaN with lines lw 1.2 dt (4, 3) lc rgb '#000000' title sprintf('edge, {/:Italic m}_0 = %.4f', edge)
    unset arrow; unset label

    set bmargin screen 0.085; set tmargin screen 0.49
    set xrange [0:0.17]; set yrange [0:1.04]
    set xtics 0.05; set mxtics 5
    set xlabel 'load  {/:Italic α} = {/:Italic p}/{/:Italic N}' offset 0, 0.3; set ylabel 'overlap' offset 1.0, 0
    set key off
    set arrow 1 from alpha_end, 0 to alpha_end, m_end nohead lw 0.9 dt (1, 3) lc rgb '#000000'
    set arrow 2 from alpha_c, 0 to alpha_c, 0.08 nohead lw 1.2 lc rgb '#000000'
    set label 2 sprintf('{/:Italic α}_c = %.4f', alpha_c) at alpha_c, 0.05 offset -0.5, 0 right
    set label 3 sprintf('%.4f', alpha_end) at alpha_end, 0.2 offset -0.5, 0 right
    set label 4 'stable' at 0.03, 0.94 center
    set label 5 'unstable' at 0.075, 0.50 center
    set label 6 'edge, {/:Italic m}_0' at 0.062, 0.2 center
    plot 'theory-fixed-points.csv' using 'alpha':'m_stable' with lines lw 1.6 lc rgb blue, \
         'theory-fixed-points.csv' using 'alpha':'m_unstable' with lines lw 1.4 dt (6, 3) lc rgb '#000000', \
         'theory-edge.csv' using 'alpha':'m0_c' with lines lw 1.6 lc rgb red, \
         '+' every ::0::0 using (alpha_end):(m_end) with points pt 7 ps dot lc rgb '#000000', \
         '+' every ::0::0 using (alpha_end):(m0_end) with points pt 7 ps dot lc rgb red
    unset arrow; unset label
    unset multiplot
    unset output
}
