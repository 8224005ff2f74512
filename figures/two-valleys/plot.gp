# One pattern: the histogram of the overlap at several temperatures, points over the exact law at that N.
# Reads histogram.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise
tic(x) = (x < 0 ? '−' : '') . sprintf('%g', abs(x))  # gnuplot's own minus sign asks for a UTF-8 locale

# The largest size, and the temperatures in the order of their first appearance.
stats 'histogram.csv' using 'n_neurons' nooutput
shown = STATS_max
temperatures = ''
note(t) = (strstrt(sprintf(' %s', temperatures), sprintf(' %g ', t)) == 0 ? \
           temperatures = sprintf('%s%g ', temperatures, t) : '', t)
stats 'histogram.csv' using (column('n_neurons') == shown ? note(column('temperature')) : NaN) nooutput
stats 'histogram.csv' using (column('n_neurons') == shown ? column('density_theory') : NaN) nooutput
top = STATS_max

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 11, 13, 15]
index_of(k) = (k - 1) % 6 + 1
only(t, x) = column('n_neurons') == shown && sprintf('%g', column('temperature')) eq t ? column(x) : NaN

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 2.7in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 486 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.35 : 0.5
    set output 'figure.' . format
    set lmargin screen 0.125; set rmargin screen 0.975; set bmargin screen 0.145; set tmargin screen 0.975
    set border lw 0.8
    set xrange [-1:1]; set yrange [0:1.22 * top]
    set xtics 0.5 format '%g'; set for [k = -2:-1] xtics add (tic(0.5 * k) 0.5 * k); set mxtics 5
    set ytics format '%g'; set mytics 2
    set xlabel 'overlap  {/:Italic m}' offset 0, 0.4
    set ylabel 'probability density' offset 0.9, 0
    set key at graph 0.5, 0.985 center top Left reverse samplen 1.2 spacing 1.05 maxrows 2 width 1
    set label 1 sprintf('{/:Italic N} = %d', shown) . keep at graph 0.975, 0.94 right
    plot for [k = 1:words(temperatures)] 'histogram.csv' using (only(word(temperatures, k), 'm')):(column('density_theory')) \
             with lines lw 1.2 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(temperatures)] 'histogram.csv' \
             using (only(word(temperatures, k), 'm')):(column('density') - column('density_err')):(0):\
                   (2 * column('density_err')) with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(temperatures)] 'histogram.csv' using (only(word(temperatures, k), 'm')):(column('density')) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps dot \
             title sprintf('{/:Italic T} = %s', word(temperatures, k)) . keep
    unset label 1
    unset output
}
