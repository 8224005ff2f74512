# Overlap and free energy of symmetric mixtures against temperature; T_n, where odd ones lose stability, marked.
# Reads theory-states.csv, theory-critical.csv and theory-crossings.csv beside this script; writes figure.pdf and
# figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders

array color[9] = ['#000000', '#0072b2', '#d55e00', '#56b4e9', '#009e73', '#e69f00', '#cc79a7', '#999999', '#7f5200']
dash(k) = k % 2 ? 1 : 2
only(n, x) = column('order') == n ? column(x) : NaN

# Free energies at T_n, for the marks in the lower panel: those of the row nearest in T.
array t_n[9]; array f_n[9]
do for [k = 1:9] { t_n[k] = NaN; f_n[k] = NaN }
note_t(n, t) = (t_n[int(n)] = t, t)
stats 'theory-critical.csv' using (note_t(column('order'), column('critical_temperature'))) nooutput
note_f(n, t, f) = (abs(t - t_n[int(n)]) <= 0.0025 ? f_n[int(n)] = f : 0, t)
stats 'theory-states.csv' using (note_f(column('order'), column('temperature'), column('f'))) nooutput

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.6in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 828 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.45 : 0.7
    set output 'figure.' . format
    set multiplot
    set lmargin screen 0.145; set rmargin screen 0.975
    set border lw 0.8
    set xrange [0:1.02]; set xtics 0.2 format '%g' offset 0, 0; set mxtics 2

    set bmargin screen 0.6; set tmargin screen 0.985
    set yrange [0:1.04]; set ytics 0.2 format '%g' offset 0, 0; set mytics 2
    unset xlabel
    set ylabel 'overlap  {/:Italic m_n}' offset 1.0, 0
    set key at graph 0.03, 0.915 left top Left reverse samplen 1.8 spacing 1.0 maxrows 5 width -1
    plot for [k = 1:9] 'theory-states.csv' using (only(k, 'temperature')):(column('m')) \
             with lines lw (k % 2 ? 1.6 : 1.3) dt dash(k) lc rgb color[k] title sprintf('{/:Italic n} = %d', k), \
         'theory-critical.csv' using (column('order') > 1 ? column('critical_temperature') : NaN):(column('m')) \
             with points pt 6 ps 1.6 * dot lw 1.6 lc rgb '#000000' title '{/:Italic T_n}'
    unset key

    set bmargin screen 0.095; set tmargin screen 0.535
    set xlabel 'temperature  {/:Italic T}' offset 0, 0.3
    set xrange [0:0.62]
    set yrange [-0.525:-0.235]; set ytics 0.05 format '%g'; set mytics 5
    set ylabel 'free energy  {/:Italic f_n}' offset 1.6, 0
    set label 1 '1' at 0.015, -0.512 left
    set label 2 '2' at 0.02, -0.245 left
    set label 3 '3' at 0.01, -0.386 left
    set label 4 '4' at 0.02, -0.272 left
    set label 5 '5' at 0.01, -0.359 left
    set key at graph 0.03, 0.30 left top Left reverse samplen 1.2 spacing 1.1 maxrows 2
    plot for [k = 1:9] 'theory-states.csv' using (only(k, 'temperature')):(column('f')) \
             with lines lw (k % 2 ? 1.6 : 1.3) dt dash(k) lc rgb color[k] notitle, \
         'theory-crossings.csv' using 'temperature':'f' with points pt 2 ps 1.4 * dot lw 1.2 lc rgb '#000000' title 'lines cross', \
         for [k in '3 5 7 9'] '+' every ::0::0 using (t_n[int(k)]):(f_n[int(k)]) \
             with points pt 6 ps 1.6 * dot lw 1.6 lc rgb '#000000' notitle
    unset label
    unset multiplot
    unset output
}
