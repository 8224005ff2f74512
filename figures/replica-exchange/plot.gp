# Above: the share of runs that end in a pattern, replica exchange (full symbols) beside annealing (open ones) at the
# same number of sweeps; below: the share of exchanges accepted, against temperature.
# Reads summary.csv, swaps.csv and cooling/summary.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# The numbers of patterns in the study, in the order of their first appearance, and the most sweeps.
patterns = ''
note(p) = (strstrt(sprintf(' %s', patterns), sprintf(' %d ', p)) == 0 ? patterns = sprintf('%s%d ', patterns, p) : 0, p)
stats 'summary.csv' using (note(column('n_patterns'))) nooutput
stats 'summary.csv' using 'sweeps' nooutput
last = STATS_max
stats 'summary.csv' using 'n_neurons' nooutput
size = STATS_min

# Points of other p are outside the frame: gnuplot complains of a file without a point.
of(p, x) = column('n_patterns') == p ? column(x) : 1e-9
line(p, x) = column('n_patterns') == p ? column(x) : NaN
rate(p, x) = column('n_patterns') == p && column('sweeps') == last ? column(x) : NaN

array color[6] = ['#0072b2', '#009e73', '#d55e00', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array full[6] = [7, 5, 9, 11, 13, 15]
array open[6] = [6, 4, 8, 10, 12, 14]
index_of(k) = (k - 1) % 6 + 1

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.2in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 756 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.5 : 0.75
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.155; set rmargin screen 0.975; set bmargin screen 0.57; set tmargin screen 0.985
    set logscale x
    set xrange [0.8:1.25 * last]; set yrange [0:1.04]
    set xtics (1, 2, 5, 10, 20, 50, 100, 200, 500) offset 0, 0; unset mxtics
    set ytics 0.2 format '%g' offset 0, 0; set mytics 2
    set xlabel 'sweeps at each temperature' offset 0, 0.4
    set ylabel 'share that ends in a pattern' offset 0.5, 0
    set label 1 sprintf('{/:Italic N} = %d', size) . keep at graph 0.015, 0.06 left
    set key at graph 0.985, 0.04 right bottom Left reverse width -2 samplen 1.6 spacing 1.05
    # Error bars are vectors: gnuplot's own clear the background around their symbol.
    plot for [k = 1:words(patterns)] 'summary.csv' \
             using (line(int(word(patterns, k)), 'sweeps')):(column('share_pattern')) \
             with lines lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(patterns)] 'cooling/summary.csv' \
             using (line(int(word(patterns, k)), 'sweeps')):(column('share_pattern')) \
             with lines lw 0.8 dt (4, 3) lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(patterns)] for [file in 'summary.csv cooling/summary.csv'] file \
             using (of(int(word(patterns, k)), 'sweeps')):(column('share_pattern') - column('share_pattern_err')):\
                   (0):(2 * column('share_pattern_err')) \
             with vectors nohead lw 0.9 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(patterns)] 'summary.csv' \
             using (of(int(word(patterns, k)), 'sweeps')):(column('share_pattern')) \
             with points pt full[index_of(k)] ps dot lc rgb color[index_of(k)] \
             title sprintf('exchange, {/:Italic p} = %s', word(patterns, k)) . keep, \
         for [k = 1:words(patterns)] 'cooling/summary.csv' \
             using (of(int(word(patterns, k)), 'sweeps')):(column('share_pattern')) \
             with points pt open[index_of(k)] ps dot lw 1.2 lc rgb color[index_of(k)] \
             title sprintf('annealing, {/:Italic p} = %s', word(patterns, k)) . keep

    unset label 1
    set bmargin screen 0.105; set tmargin screen 0.445
    unset logscale x
    set xrange [0:*]; set xtics 0.2 format '%g'; set mxtics 2
    set xlabel 'temperature  {/:Italic T}' offset 0, 0.3
    set ylabel 'exchanges accepted' offset 0.5, 0
    set key at graph 0.02, 0.05 left bottom
    mid(p) = 0.5 * (rate(p, 'temperature') + rate(p, 'temperature_above'))
    plot for [k = 1:words(patterns)] 'swaps.csv' \
             using (mid(int(word(patterns, k)))):(column('swap_rate') - column('swap_rate_err')):\
                   (0):(2 * column('swap_rate_err')) \
             with vectors nohead lw 0.9 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(patterns)] 'swaps.csv' using (mid(int(word(patterns, k)))):(column('swap_rate')) \
             with linespoints lw 0.8 pt full[index_of(k)] ps dot lc rgb color[index_of(k)] \
             title sprintf('{/:Italic p} = %s', word(patterns, k)) . keep
    unset multiplot
    unset output
}
