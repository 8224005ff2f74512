# One pattern: mean |m| and the cumulant against temperature, points over the exact law at each N; the limit dashed.
# Reads summary.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# The sizes N in the study, in the order of their first appearance.
sizes = ''
note_size(n) = (sprintf('%s ', sizes) ne '' && strstrt(sprintf(' %s', sizes), sprintf(' %d ', n)) == 0 ? \
                sizes = sprintf('%s%d ', sizes, n) : '', n)
stats 'summary.csv' using (note_size(column('n_neurons'))) nooutput
stats 'summary.csv' using 'temperature' nooutput
right = 1.04 * STATS_max

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 11, 13, 15]
only(n, x) = column('n_neurons') == n ? column(x) : NaN
limit(x) = strcol('n_neurons') eq '' ? column(x) : NaN
below(x, t) = column('temperature') < t ? limit(x) : NaN
above(x, t) = column('temperature') > t ? limit(x) : NaN
index_of(k) = (k - 1) % 6 + 1

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.2in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 756 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.15; set rmargin screen 0.975
    set xrange [0:right]; set xtics 0.5; set mxtics 5; set mytics 2
    set arrow 1 from 1, graph 0 to 1, graph 1 nohead lw 0.8 dt (2, 3) lc rgb '#888888' back

    set tmargin screen 0.985; set bmargin screen 0.485
    set yrange [0:1.05]; set ytics 0.2 format '%g'; set format x ''
    set ylabel 'overlap  ⟨|{/:Italic m}|⟩' offset 0.5, 0
    set key at graph 0.03, 0.08 left bottom Left reverse width -1 samplen 1.2 spacing 1.05 maxrows 6
    plot for [k = 1:words(sizes)] 'theory.csv' using (only(int(word(sizes, k)), 'temperature')):(column('m')) \
             with lines lw 1.2 lc rgb color[index_of(k)] notitle, \
         'theory.csv' using (limit('temperature')):(column('m')) with lines lw 1.4 dt (6, 3) lc rgb '#000000' \
             title '{/:Italic N} → ∞' . keep, \
         NaN with lines lw 1.2 lc rgb '#000000' title 'exact at {/:Italic N}' . keep, \
         for [k = 1:words(sizes)] 'summary.csv' \
             using (only(int(word(sizes, k)), 'temperature')):(column('m') - column('m_err')):(0):(2 * column('m_err')) \
             with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(sizes)] 'summary.csv' using (only(int(word(sizes, k)), 'temperature')):(column('m')) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps dot \
             title sprintf('{/:Italic N} = %s', word(sizes, k)) . keep

    set tmargin screen 0.465; set bmargin screen 0.095
    set yrange [-0.03:0.72]; set ytics 0.2; set format x '%g'
    set xlabel 'temperature  {/:Italic T}' offset 0, 0.4
    set ylabel 'cumulant  1 − ⟨{/:Italic m}^4⟩/3⟨{/:Italic m}^2⟩^2' . keep offset 0.5, 0
    unset key
    set label 1 '{/:Italic N} → ∞ at {/:Italic T}_c' . keep at 1, 0.27052 offset -0.9, -0.55 right
    plot for [k = 1:words(sizes)] 'theory.csv' using (only(int(word(sizes, k)), 'temperature')):(column('binder')) \
             with lines lw 1.2 lc rgb color[index_of(k)] notitle, \
         'theory.csv' using (limit('temperature')):(below('binder', 1)) with lines lw 1.4 dt (6, 3) lc rgb '#000000' notitle, \
         'theory.csv' using (limit('temperature')):(above('binder', 1)) with lines lw 1.4 dt (6, 3) lc rgb '#000000' notitle, \
         for [k = 1:words(sizes)] 'summary.csv' \
             using (only(int(word(sizes, k)), 'temperature')):(column('binder') - column('binder_err')):(0):\
                   (2 * column('binder_err')) \
             with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(sizes)] 'summary.csv' using (only(int(word(sizes, k)), 'temperature')):(column('binder')) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps dot notitle, \
         'theory.csv' using (column('temperature') == 1 ? limit('temperature') : NaN):(column('binder')) \
             with points pt 6 ps 2 * dot lw 1.4 lc rgb '#000000' notitle
    unset xlabel; unset label 1
    unset multiplot
    unset output
}
