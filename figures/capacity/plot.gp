# Overlap against load at T = 0: theory a line, simulation points with error bars, a symbol for each size.
# Reads summary.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# The sizes N in the study, in the order of their first appearance, and the end of the theory's line.
sizes = ''
note_size(n) = (sprintf('%s ', sizes) ne '' && strstrt(sprintf(' %s', sizes), sprintf(' %d ', n)) == 0 ? \
                sizes = sprintf('%s%d ', sizes, n) : '', n)
stats 'summary.csv' using (note_size(column('n_neurons'))) nooutput
alpha_c = 0; m_c = NaN; error_c = NaN
note_end(a, m, e) = (a > alpha_c ? (alpha_c = a, m_c = m, error_c = e) : 0, a)
stats 'theory.csv' using (note_end(column('alpha'), column('m'), column('error'))) nooutput

stats 'summary.csv' using 'alpha' nooutput
right = STATS_max > 0.2 ? 1.025 * STATS_max : 0.205

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 11, 13, 15]
only(n, x) = column('n_neurons') == n ? column(x) : NaN
index_of(k) = (k - 1) % 6 + 1

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 3.0in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 540 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set lmargin screen 0.125; set rmargin screen 0.975; set bmargin screen 0.125; set tmargin screen 0.975
    set border lw 0.8
    set xrange [0:right]; set yrange [0:1.04]
    set xtics 0.05 format '%g' offset 0, 0; set mxtics 5; set ytics 0.2 format '%g' offset 0, 0; set mytics 2
    set xlabel 'load  {/:Italic α} = {/:Italic p}/{/:Italic N}' offset 0, 0.3
    set ylabel 'overlap  {/:Italic m}' offset 1.0, 0
    set key at graph 0.02, 0.265 left top Left reverse width -1 samplen 1.2 spacing 1.0 maxrows 4
    set arrow 1 from alpha_c, 0 to alpha_c, m_c nohead lw 1 dt (4, 4) lc rgb '#000000'
    set label 1 sprintf('{/:Italic α}_c = %.4f', alpha_c) . keep at alpha_c, 0.08 offset 0.7, 0 left
    plot 'theory.csv' using 'alpha':'m' with lines lw 1.6 lc rgb '#000000' title 'theory', \
         for [k = 1:words(sizes)] 'summary.csv' \
             using (only(int(word(sizes, k)), 'alpha')):(column('m') - column('m_err')):(0):(2 * column('m_err')) \
             with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(sizes)] 'summary.csv' using (only(int(word(sizes, k)), 'alpha')):(column('m')) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps dot \
             title sprintf('{/:Italic N} = %s', word(sizes, k)) . keep
    unset arrow 1; unset label 1

    # The inset: wrong bits of the runs that kept the pattern, where there are enough of them to tell.
    set lmargin screen 0.255; set rmargin screen 0.575; set bmargin screen 0.43; set tmargin screen 0.865
    set xrange [0.04:0.15]; set yrange [1e-6:0.05]
    set logscale y
    set xtics 0.05 offset 0, 0.4; set mxtics 5; set ytics 10 format '10^{%T}' offset 0.6, 0; set mytics 10
    set for [k = -6:-1] ytics add (sprintf('10^{−%d}', -k) 10.0**k)  # no hyphens
    set xlabel '{/:Italic α}' offset 0, 1.0; set ylabel '(1 − {/:Italic m})/2' . keep offset 3.4, 0
    unset key
    set label 2 sprintf('%.2f %%', 100 * error_c) at alpha_c, error_c offset -0.9, 0.15 right
    is_measured(x, e) = x > 2 * e ? x : NaN
    plot 'theory.csv' using 'alpha':'error' with lines lw 1.4 lc rgb '#000000' notitle, \
         for [k = 1:words(sizes)] 'summary.csv' \
             using (only(int(word(sizes, k)), 'alpha')):\
                   (is_measured(column('error_retrieved'), column('error_retrieved_err')) \
                    - column('error_retrieved_err')):(0):(2 * column('error_retrieved_err')) \
             with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(sizes)] 'summary.csv' \
             using (only(int(word(sizes, k)), 'alpha')):\
                   (is_measured(column('error_retrieved'), column('error_retrieved_err'))) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps 0.75 * dot notitle, \
         '+' every ::0::0 using (alpha_c):(error_c) with points pt 6 ps 2 * dot lw 1.4 lc rgb '#000000' notitle
    unset label 2; unset logscale y
    unset multiplot
    unset output
}
