# The energy of visible and hidden neurons on their way, and how far they are from the adiabatic way: theory lines,
# simulation points with error bars.
# Reads energy.csv, summary.csv, theory.csv and those of softmax/ beside this script; writes figure.pdf and figure.svg.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise
tic(x) = (x < 0 ? '−' : '') . sprintf('%g', abs(x))  # gnuplot's own minus sign asks for a UTF-8 locale

# The degrees there are (0: the softmax memory, and its betas), in the order of their appearance; the first point's sizes.
# A run of the experiment alone has one model; in the figure the softmax memory has a folder of its own, which plot
# passes over where it is not.
laws = ''; neurons = NaN; patterns = NaN
note(n, beta) = (strstrt(' ' . laws, sprintf(' %g:%g ', n, beta)) == 0 ? laws = laws . sprintf('%g:%g ', n, beta) : '', n)
stats 'summary.csv' using (note(column('degree'), column('beta'))) nooutput
note_size(n, k) = (neurons != neurons ? (neurons = n, patterns = k) : 0, n)
stats 'summary.csv' using (note_size(column('n_neurons'), column('n_patterns'))) nooutput
degree(k) = word(laws, k)[1:strstrt(word(laws, k), ':') - 1] + 0
beta(k) = word(laws, k)[strstrt(word(laws, k), ':') + 1:*] + 0

# Ratios whose ways are drawn: those there are of a few that can be told apart.
drawn = ''
note_ratio(r) = ((r == 0.1 || r == 0.5 || r == 2) && strstrt(' ' . drawn, sprintf(' %g ', r)) == 0 ? \
                 drawn = drawn . sprintf('%g ', r) : '', r)
stats 'energy.csv' using (note_ratio(column('tau_ratio'))) nooutput
e_low = NaN; e_high = NaN
note_energy(e) = (e_low != e_low || e < e_low ? e_low = e : 0, e_high != e_high || e > e_high ? e_high = e : 0, e)
shown = degree(1) > 0 ? 'energy_per_neuron' : 'energy'  # the softmax memory's is of order 1
stats 'energy.csv' using (note_energy(column(shown))) nooutput
if (!(e_high > e_low)) { e_high = e_low + 1 }
unit = 10.0**floor(log10(e_high - e_low))  # three ticks or four
tick = e_high - e_low > 5 * unit ? 2 * unit : e_high - e_low > 2 * unit ? unit : 0.5 * unit
drawn_ratio(k) = k <= words(drawn) ? word(drawn, k) + 0 : -1
way(r) = column('tau_ratio') == r ? column(shown) : NaN
of(k, size) = column('degree') == degree(k) && column('beta') == beta(k) && column('n_neurons') == neurons && \
    column('n_patterns') == patterns ? column(size) : NaN
title_of(k) = degree(k) > 0 ? sprintf('{/:Italic n} = %g', degree(k)) . keep : \
    sprintf('softmax, {/:Italic β} = %g', beta(k)) . keep

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 11, 15, 13]
index_of(k) = (k - 1) % 5 + 1
n_laws = words(laws)

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.4in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 792 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set border lw 0.8

    set lmargin screen 0.155; set rmargin screen 0.975; set bmargin screen 0.60; set tmargin screen 0.985
    set xrange [0:8]; set yrange [e_low - 0.08 * (e_high - e_low):e_high + 0.06 * (e_high - e_low)]
    set xtics 2 format '%g'; set mxtics 2; set ytics tick format '%g'; set mytics 2
    set for [k = -40:-1] ytics add (tic(tick * k) tick * k)
    set xlabel 'time  {/:Italic t}/{/:Italic τ}_v' offset 0, 0.4
    set ylabel (degree(1) > 0 ? 'energy  {/:Italic E}/{/:Italic N}' : 'energy  {/:Italic E}' . keep) offset 1.6, 0
    set key at graph 0.97, 0.93 top right Left reverse samplen 2.4 spacing 1.15
    set label 1 title_of(1) . sprintf(', {/:Italic N} = %d', neurons) . keep at graph 0.96, 0.36 right
    plot 'energy.csv' using 'time':(way(0)) with lines lw 1.8 lc rgb '#000000' title '{/:Italic τ}_h = 0, adiabatic' . keep, \
         for [k = 1:words(drawn)] 'energy.csv' using 'time':(way(drawn_ratio(k))) with lines lw 1.8 \
             dt k + 1 lc rgb color[k] title sprintf('{/:Italic τ}_h/{/:Italic τ}_v = %s', word(drawn, k)) . keep
    unset label 1

    set bmargin screen 0.10; set tmargin screen 0.50
    set xrange [1.3e-3:3]; set yrange [*:*]
    set logscale xy
    set xtics 10 format '10^{%T}'; set ytics 10 format '10^{%T}'; set mxtics 10; set mytics 10
    set for [k = -9:-1] xtics add (sprintf('10^{−%d}', -k) 10.0**k)
    set for [k = -9:-1] ytics add (sprintf('10^{−%d}', -k) 10.0**k)
    set xlabel 'ratio  {/:Italic τ}_h/{/:Italic τ}_v' offset 0, 0.4
    set ylabel 'distance from the adiabatic way' offset 2.2, 0
    set key at graph 0.98, 0.05 bottom right Left reverse samplen 1.2 spacing 1.1
    set label 1 'lines: first order in {/:Italic τ}_h' . keep at graph 0.04, 0.93
    plot for [k = 1:n_laws] 'theory.csv' using 'tau_ratio':(of(k, 'distance')) with lines lw 1.2 lc rgb '#000000' notitle, \
         'softmax/theory.csv' using 'tau_ratio':'distance' with lines lw 1.2 lc rgb '#000000' notitle, \
         for [k = 1:n_laws] 'summary.csv' using 'tau_ratio':(of(k, 'distance') - column('distance_err')):(0):\
             (2 * column('distance_err')) with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         'softmax/summary.csv' using 'tau_ratio':(column('distance') - column('distance_err')):(0):\
             (2 * column('distance_err')) with vectors nohead lw 0.8 lc rgb color[6] notitle, \
         for [k = 1:n_laws] 'summary.csv' using 'tau_ratio':(of(k, 'distance')) \
             with points pt symbol[index_of(k)] ps dot lc rgb color[index_of(k)] title title_of(k), \
         'softmax/summary.csv' using 'tau_ratio':'distance' \
             with points pt symbol[6] ps dot lc rgb color[6] title 'softmax'
    unset logscale; unset label 1
    unset multiplot
    unset output
}
