# The overlap step by step from several starts, at the study's lowest load above and its highest below; the inset: its
# second step from one start.  Reads summary.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# The loads shown, the last step, the largest size, and the starts in the order in which they stand in the file.
low = 1e300; high = -1e300; last = 1; starts = ''; largest = 0
note(a, t, m0) = (a < low ? low = a : 0, a > high ? high = a : 0, t > last ? last = t : 0, \
                  t == 0 && strstrt(sprintf(' %s', starts), sprintf(' %.17g ', m0)) == 0 ? \
                  starts = sprintf('%s%.17g ', starts, m0) : '', 0)
stats 'theory.csv' using (note(column('alpha'), column('step'), column('m0'))) nooutput
note_size(n) = (n > largest ? largest = n : 0, 0)
stats 'summary.csv' using (note_size(column('n_neurons'))) nooutput

# The inset's start: the one at the highest load whose second step the map misses by most.
most = -1; shown = NaN; m_exact = NaN; m_map = NaN
note_second(a, t, m0, m, map) = (a == high && t == 2 && abs(m - map) > most ? \
                                 (most = abs(m - map), shown = m0, m_exact = m, m_map = map) : 0, 0)
stats 'theory.csv' using (note_second(column('alpha'), column('step'), column('m0'), column('m'), \
                                      column('m_amari_maginu'))) nooutput
has_second = most > 0

is_of(a, k) = column('alpha') == a && sprintf('%.17g', column('m0')) eq word(starts, k)
line_of(a, k, x) = is_of(a, k) ? column(x) : NaN
is_shown(a) = column('alpha') == a && column('n_neurons') == largest
point_of(a, x) = is_shown(a) ? column(x) : NaN
second(x) = is_shown(high) && column('step') == 2 && abs(column('m0') - shown) < 1e-12 ? column(x) : NaN

# Okabe and Ito
set style line 1 lw 1.4 lc rgb '#000000'               # exact
set style line 2 lw 1.4 dt (7, 3) lc rgb '#d55e00'     # Amari and Maginu
set style line 3 lw 1.0 lc rgb '#0072b2'               # simulation
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.8in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 864 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.135; set rmargin screen 0.975
    set xrange [-0.4:last + 0.4]
    if (last > 4) { set xtics 2; set mxtics 2 } else { set xtics 1; set mxtics 1 }
    set format x '%g'; set format y '%g'; set ytics 0, 0.2, 1; set mytics 2
    set ylabel 'overlap  {/:Italic m_t}' offset 1.0, 0
    do for [panel = 1:(high > low ? 2 : 1)] {
        a = panel == 1 ? low : high
        if (panel == 1) { set bmargin screen (high > low ? 0.575 : 0.085); set tmargin screen 0.945; set yrange [0:1.05] } \
        else { set bmargin screen 0.085; set tmargin screen 0.495; set yrange [0:1.3] }
        if (panel == 1) { set key at screen 0.975, 0.972 right center horizontal Left reverse samplen 2.0 width -0.5 } \
        else { set key off }
        set xlabel 'updates  {/:Italic t}' offset 0, 0.4
        caption = sprintf('(%s)   {/:Italic α} = %g', panel == 1 ? 'a' : 'b', a) . keep
        if (panel == 1) { set label 1 (caption) at graph 0.97, 0.03 * (high > low ? 2 : 1) right } else { set label 1 (caption) at graph 0.03, 0.94 left }
        plot NaN with lines ls 1 title 'exact', NaN with lines ls 2 title 'Amari and Maginu', \
             for [k = 1:words(starts)] 'theory.csv' using (line_of(a, k, 'step')):(line_of(a, k, 'm_amari_maginu')) \
                 with lines ls 2 notitle, \
             for [k = 1:words(starts)] 'theory.csv' using (line_of(a, k, 'step')):(line_of(a, k, 'm')) \
                 with lines ls 1 notitle, \
             'summary.csv' using (point_of(a, 'step')):(column('m') - column('m_err')):(0):(2 * column('m_err')) \
                 with vectors nohead ls 3 notitle, \
             'summary.csv' using (point_of(a, 'step')):(column('m')) \
                 with points pt 7 ps dot lc rgb '#0072b2' title sprintf('{/:Italic N} = %d', largest) . keep
        unset label 1
    }

    # The inset: the second step with its error, on its own scale.
    if (has_second && high > low) {
        set lmargin screen 0.65; set rmargin screen 0.85; set bmargin screen 0.36; set tmargin screen 0.445
        top = (m_exact > m_map ? m_exact : m_map) + 0.35 * most; bottom = (m_exact > m_map ? m_map : m_exact) - 0.35 * most
        set xrange [0:1]; set yrange [bottom:top]
        unset xtics; unset xlabel; unset ylabel
        set ytics (sprintf('%.3f', m_exact) m_exact, sprintf('%.3f', m_map) m_map) offset 0.5, 0; set mytics 1
        set label 1 sprintf('{/:Italic m}_2 from {/:Italic m}_0 = %g', shown) . keep at graph 0.5, 1.22 center
        set label 2 'exact' at graph 1.05, first m_exact left
        set label 3 'map' at graph 1.05, first m_map left
        set key off
        plot '+' using ($1 < 0.5 ? 0 : 1):(m_exact) with lines ls 1, \
             '+' using ($1 < 0.5 ? 0 : 1):(m_map) with lines ls 2, \
             'summary.csv' using (second('step') * 0.25):(column('m') - column('m_err')):(0):(2 * column('m_err')) \
                 with vectors nohead ls 3 lw 1.6, \
             'summary.csv' using (second('step') * 0.25):(column('m')) with points pt 7 ps dot lc rgb '#0072b2'
        unset label
    }
    unset multiplot
    unset output
}
