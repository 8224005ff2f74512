# Share of wrong bits after one update against the load, in the unit in which the Gaussian law is one curve for all powers;
# and over that law.  Reads summary.csv and theory-2.csv, theory-3.csv, theory-4.csv beside this script; writes figure.pdf
# and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

stats 'summary.csv' using 'n_neurons' nooutput
n_neurons = STATS_max
moment(n) = n == 2 ? 1.0 : n == 3 ? 3.0 : 15.0  # (2n-3)!!
load(n) = column('n_patterns') * moment(n) / n_neurons**(n - 1)
only(n) = column('degree') == n && column('p_wrong') > column('p_wrong_err') ? column('p_wrong') : NaN
gaussian(x) = 0.5 * erfc(1.0 / sqrt(2.0 * x))

array color[4] = ['', '#0072b2', '#d55e00', '#009e73']  # Okabe and Ito
array symbol[4] = [0, 7, 9, 5]

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.2in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 756 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.155; set rmargin screen 0.97
    set logscale x; set xrange [0.08:2]; set samples 400
    set xtics ('' 0.1, '' 0.2, '' 0.5, '' 1, '' 2)

    set bmargin screen 0.41; set tmargin screen 0.98
    set logscale y; set yrange [1e-4:0.5]
    set ytics 10 format '10^{%T}' offset 0.4, 0; set mytics 10
    set for [k = -9:-1] ytics add (sprintf('10^{−%d}', -k) 10.0**k)
    set ylabel 'share of wrong bits' offset 2.2, 0
    set label 1 sprintf('{/:Italic N} = %d', n_neurons) . keep at graph 0.04, 0.93
    set key at graph 0.97, 0.05 right bottom Left reverse samplen 1.8 spacing 1.1
    plot gaussian(x) with lines lw 1.4 dt (6, 3) lc rgb '#000000' title 'Gaussian', \
         for [n = 2:4] sprintf('theory-%d.csv', n) using (load(n)):(column('p_error_exact')) \
             with lines lw 1.4 lc rgb color[n] notitle, \
         for [n = 2:4] 'summary.csv' using (load(n)):(only(n) - column('p_wrong_err')):(0):(2 * column('p_wrong_err')) \
             with vectors nohead lw 0.8 lc rgb color[n] notitle, \
         for [n = 2:4] 'summary.csv' using (load(n)):(only(n)) with points pt symbol[n] ps dot lc rgb color[n] \
             title sprintf('{/:Italic x}^{%d}', n) . keep
    unset label 1

    set bmargin screen 0.125; set tmargin screen 0.38
    unset logscale y; set yrange [0.4:2.2]
    set ytics 0.5 format '%.1f' offset 0.4, 0; set mytics 5
    set xtics ('0.1' 0.1, '0.2' 0.2, '0.5' 0.5, '1' 1, '2' 2)
    set xlabel 'load  (2{/:Italic n} − 3)!! {/:Italic K} / {/:Italic N}^{ {/:Italic n} − 1}' . keep offset 0, 0.2
    set ylabel 'over Gaussian' . keep offset 1.0, 0
    unset key
    plot 1 with lines lw 1.4 dt (6, 3) lc rgb '#000000' notitle, \
         for [n = 2:4] sprintf('theory-%d.csv', n) using (load(n)):(column('p_error_exact') / column('p_error_gaussian')) \
             with lines lw 1.4 lc rgb color[n] notitle, \
         for [n = 2:4] 'summary.csv' using (load(n)):((only(n) - column('p_wrong_err')) / column('p_error_gaussian')):(0):\
             (2 * column('p_wrong_err') / column('p_error_gaussian')) with vectors nohead lw 0.8 lc rgb color[n] notitle, \
         for [n = 2:4] 'summary.csv' using (load(n)):(only(n) / column('p_error_gaussian')) \
             with points pt symbol[n] ps dot lc rgb color[n] notitle
    unset xlabel; unset ylabel
    unset multiplot
    unset output
}
