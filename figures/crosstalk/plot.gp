# The law of the crosstalk C on one bit, and the share of bits that it turns.
# Reads summary.csv and histogram.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise
tic(x) = (x < 0 ? '−' : '') . sprintf('%g', abs(x))  # gnuplot's own minus sign asks for a UTF-8 locale

# The histogram is that of the smallest network at its load nearest 0.14, where the exact law and the Gaussian one
# differ most visibly; the table is that of the largest.
stats 'summary.csv' using 'n_neurons' nooutput
small = STATS_min; large = STATS_max
shown_p = 1e9  # any load is nearer
note_nearest(p) = (abs(p / small - 0.14) < abs(shown_p / small - 0.14) ? shown_p = p : 0, p)
stats 'summary.csv' using (column('n_neurons') == small ? note_nearest(column('n_patterns')) : NaN) nooutput
wrong = NaN
note_wrong(n, p, c) = (n == small && p == shown_p ? wrong = c : 0, n)
stats 'histogram.csv' using (note_wrong(column('n_neurons'), column('n_patterns'), column('c_wrong'))) nooutput
is_shown(x) = column('n_neurons') == small && column('n_patterns') == shown_p ? column(x) : NaN

n_rows = 0
row(n) = (n == large ? n_rows = n_rows + 1 : 0, n == large ? -n_rows : NaN)

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 3.6in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 648 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set border lw 0.8

    set lmargin screen 0.145; set rmargin screen 0.975; set bmargin screen 0.46; set tmargin screen 0.98
    set xrange [-1.8:1.8]; set yrange [1e-5:*]
    set logscale y
    set xtics 0.5 format '%g'; set mxtics 5; set ytics 10 format '10^{%T}'; set mytics 10
    set for [k = -3:-1] xtics add (tic(0.5 * k) 0.5 * k)
    set for [k = -9:-1] ytics add (sprintf('10^{−%d}', -k) 10.0**k)
    set xlabel 'crosstalk  {/:Italic C}' offset 0, 0.4; set ylabel 'probability density' offset 2.5, 0
    set key at graph 0.5, 0.36 center top Left reverse samplen 1.6 spacing 1.1
    set label 1 sprintf('{/:Italic N} = %d, {/:Italic p} = %d', small, shown_p) . keep at graph 0.03, 0.93
    set label 2 'wrong' at wrong + 0.07, graph 0.93 left
    set arrow 1 from wrong, graph 0 to wrong, graph 1 nohead lw 1 dt (4, 4) lc rgb '#000000'
    plot 'histogram.csv' using (is_shown('c')):(column('density_gaussian')) \
             with lines lw 1.6 dt (6, 3) lc rgb '#d55e00' title 'Gaussian', \
         'histogram.csv' using (is_shown('c')):(column('density_exact')) \
             with lines lw 1.6 lc rgb '#000000' title 'exact', \
         'histogram.csv' using (is_shown('c')):(column('density') > 0 ? \
             (column('density') > column('density_err') ? column('density') - column('density_err') : 1e-9) : NaN):(0):\
             (column('density') > column('density_err') ? 2 * column('density_err') : column('density') + column('density_err')) \
             with vectors nohead lw 0.8 lc rgb '#0072b2' notitle, \
         'histogram.csv' using (is_shown('c')):(column('density') > 0 ? column('density') : NaN) \
             with points pt 7 ps 0.9 * dot lc rgb '#0072b2' title 'measured'
    unset label; unset arrow; unset logscale y; unset key

    # The table of Hertz, Krogh and Palmer, a row a load.
    set bmargin screen 0.02; set tmargin screen 0.315
    unset border; unset xtics; unset ytics; unset xlabel; unset ylabel
    set xrange [0:1]; set yrange [-6.2:1.2]
    set label 1 '{/:Italic p}/{/:Italic N}' at 0.05, 0.6 center
    set label 2 'Gaussian' at 0.30, 0.6 center
    set label 3 sprintf('exact, {/:Italic N} = %d', large) . keep at 0.59, 0.6 center
    set label 4 'measured' at 0.87, 0.6 center
    set arrow 1 from -0.04, 0.02 to 1, 0.02 nohead lw 0.8
    set label 5 'share of wrong bits after one update' at 0.5, 1.6 center
    n_rows = 0
    load_text(k) = sprintf('%.3f', column('n_patterns') / column('n_neurons'))
    plot 'summary.csv' using (0.05):(row(column('n_neurons'))):(load_text(0)) with labels notitle, \
         n_rows = 0, 'summary.csv' using (0.30):(row(column('n_neurons'))):\
             (sprintf('%.6f', column('p_error_gaussian'))) with labels notitle, \
         n_rows = 0, 'summary.csv' using (0.59):(row(column('n_neurons'))):\
             (sprintf('%.6f', column('p_wrong_theory'))) with labels notitle, \
         n_rows = 0, 'summary.csv' using (0.87):(row(column('n_neurons'))):\
             (sprintf('%.6f(%.0f)', column('p_wrong'), 1e6 * column('p_wrong_err'))) with labels notitle
    unset label; unset arrow
    set border; set xtics; set ytics
    unset multiplot
    unset output
}
