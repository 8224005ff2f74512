# Patterns at which half of them are stable (x^n), or all are in half of the realisations (e^x), against N; and the same
# over its leading law.  Reads k_half.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# The memories in the file, in the order of their first appearance; e^x, whose degree is empty, is 0.
memories = ''
of_row(d) = (strlen(stringcolumn('degree')) > 0 ? column('degree') : 0)
note(d) = (strstrt(' ' . memories, sprintf(' %d ', d)) == 0 ? memories = memories . sprintf('%d ', d) : '', d)
stats 'theory.csv' using (note(of_row(0))) nooutput
low = 1e300; high = 0; bottom = 1e300; top = 0
box(n, k) = (low = n < low ? n : low, high = n > high ? n : high, bottom = k < bottom ? k : bottom, \
             top = k > top ? k : top, n)
stats 'theory.csv' using (box(column('n_neurons'), column('k_half'))) nooutput

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 11, 13, 15]
index_of(d) = d == 0 ? 4 : d <= 4 ? int(d) - 1 : int(d) % 2 + 5
name_of(d) = d == 0 ? 'e^{{/:Italic x}}' : sprintf('{/:Italic x}^{%d}', d)
off = 1e99  # outside every frame: gnuplot complains of a file without any point, not of one that shows none
shown(x) = column(x) > 0 ? column(x) : off
bar(x) = column(x) > 0 ? column(x) : 0
only(d, x) = of_row(0) == d ? column(x) : NaN
point(d, x) = of_row(0) == d ? column(x) : off

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.2in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 756 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.45 : 0.65
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.155; set rmargin screen 0.97
    set logscale x; set xrange [0.8 * low:1.25 * high]
    set xtics 10 format '10^{%T}'; set mxtics 10

    set bmargin screen 0.39; set tmargin screen 0.98
    set logscale y; set yrange [bottom / 2:top * 2]
    set ytics 10 format '10^{%T}' offset 0.4, 0; set mytics 10
    set xtics format ''
    set ylabel 'number of memories  {/:Italic K}' offset 1.0, 0
    set key at graph 0.97, 0.05 right bottom Left reverse samplen 0.6 spacing 1.1
    plot for [k = 1:words(memories)] 'theory.csv' \
             using (only(int(word(memories, k)), 'n_neurons')):(column('k_half')) \
             with lines lw 1.6 lc rgb color[index_of(int(word(memories, k)))] notitle, \
         for [k = 1:words(memories)] 'k_half.csv' using (point(int(word(memories, k)), 'n_neurons')):\
             (shown('k_half') - bar('k_half_err')):(0):(2 * bar('k_half_err')) \
             with vectors nohead lw 0.8 lc rgb color[index_of(int(word(memories, k)))] notitle, \
         for [k = 1:words(memories)] 'k_half.csv' using (point(int(word(memories, k)), 'n_neurons')):(shown('k_half')) \
             with points lc rgb color[index_of(int(word(memories, k)))] pt symbol[index_of(int(word(memories, k)))] \
             ps dot title name_of(int(word(memories, k))) . keep

    set bmargin screen 0.115; set tmargin screen 0.36
    unset logscale y; set yrange [0.9:1.1]; set ytics 0.05 format '%.2f' offset 0.4, 0; set mytics 5
    set xtics format '10^{%T}'
    set xlabel 'number of neurons  {/:Italic N}' offset 0, 0.3
    set ylabel '{/:Italic K} / leading law' . keep offset 1.2, 0
    unset key
    set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead lw 0.8 dt (4, 4) lc rgb '#000000'
    plot for [k = 1:words(memories)] 'theory.csv' using (only(int(word(memories, k)), 'n_neurons')):\
             (column('k_half') / column('k_leading')) \
             with lines lw 1.6 lc rgb color[index_of(int(word(memories, k)))] notitle, \
         for [k = 1:words(memories)] 'k_half.csv' using (point(int(word(memories, k)), 'n_neurons')):\
             (shown('scaled') - bar('scaled_err')):(0):(2 * bar('scaled_err')) \
             with vectors nohead lw 0.8 lc rgb color[index_of(int(word(memories, k)))] notitle, \
         for [k = 1:words(memories)] 'k_half.csv' using (point(int(word(memories, k)), 'n_neurons')):(shown('scaled')) \
             with points lc rgb color[index_of(int(word(memories, k)))] pt symbol[index_of(int(word(memories, k)))] \
             ps dot notitle
    unset arrow 1; unset xlabel; unset ylabel
    unset multiplot
    unset output
}
