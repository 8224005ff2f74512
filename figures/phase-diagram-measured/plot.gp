# The plane of load and temperature (a): theory lines, measured edges of retrieval and crossings of the free energies as
# points, a symbol for each size, and where the largest networks kept their pattern; (b) the difference of the free energies.
# Reads summary.csv, edges.csv, crossings.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
set encoding utf8
set minussign
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# The sizes N and the loads alpha in the order of their appearance, the largest N, and what there is of each kind.
sizes = ''; loads = ''; largest = 0; n_differences = 0; n_both = 0; lowest = 0.0; highest = 0.0; n_limits = 0
note_size(n) = (strstrt(sprintf(' %s', sizes), sprintf(' %d ', n)) == 0 ? sizes = sprintf('%s%d ', sizes, n) : '', \
                n > largest ? largest = n : 0, n)
stats 'edges.csv' using (note_size(column('n_neurons'))) nooutput
is_there(n, d) = n == largest && abs(d) < 1e9
note_load(a, n, d) = (is_there(n, d) ? (n_differences = n_differences + 1, \
    d < lowest ? lowest = d : 0, d > highest ? highest = d : 0, \
    a < 0.06 && strstrt(sprintf(' %s', loads), sprintf(' %.6g ', a)) == 0 ? loads = sprintf('%s%.6g ', loads, a) : '') : 0, a)
stats 'summary.csv' using \
    (note_load(column('alpha'), column('n_neurons'), column('f_retrieval') - column('f_random'))) nooutput
note_limit(n, t) = (n_limits = n_limits + (!(n > 0) && t > 0), 0)
stats 'crossings.csv' using (note_limit(column('n_neurons'), column('t_crossing'))) nooutput

off = 1e9  # outside the frame: gnuplot complains of a file without any point
at_size(k, x) = column('n_neurons') == int(word(sizes, k)) && x > 0 ? x : off

crossing_of(k) = strcol('quantity') eq 'f' && column('n_neurons') == int(word(sizes, k)) && column('t_crossing') > 0 \
                 ? column('t_crossing') : off
limit_of(q, n) = q eq 'f' && !(n > 0) && column('t_crossing') > 0 ? column('t_crossing') : off
theory_of(q, n) = q eq 'f' && n == largest && column('t_theory') > 0 ? column('t_theory') : off
bar(x) = x > 0 ? x : 0
kept(lost) = column('n_neurons') == largest && lost < 0.5 ? column('temperature') : off
gone(lost) = column('n_neurons') == largest && lost >= 0.5 ? column('temperature') : off
floor_of(x) = x > 0 ? x : 0
line(x) = x > 0 ? x : NaN
difference(a) = sprintf('%.6g', column('alpha')) eq a && is_there(column('n_neurons'), column('f_retrieval') - column('f_random')) \
                ? column('f_retrieval') - column('f_random') : off
in_theory(a) = sprintf('%.6g', column('alpha')) eq a && column('n_neurons') == largest && \
               abs(column('f_retrieval_theory') - column('f_random_theory')) < 1e9 \
               ? column('f_retrieval_theory') - column('f_random_theory') : NaN
error(e, g) = e >= 0 && g >= 0 ? sqrt(e * e + g * g) : 0

black = '#000000'; blue = '#0072b2'; red = '#d55e00'; green = '#009e73'; grey = '#999999'  # Okabe and Ito
array color[6] = [black, blue, red, green, '#cc79a7', '#e69f00']
array symbol[6] = [7, 5, 9, 11, 13, 15]
array hollow[6] = [6, 4, 8, 10, 12, 14]
style_of(k) = (k - 1) % 6 + 1

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.8in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 864 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.45 : 0.65
    small = format eq 'pdf' ? ',10' : ',13.6'
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set tics front
    set lmargin screen 0.15; set rmargin screen 0.965
    set bmargin screen (n_differences > 0 ? 0.435 : 0.08); set tmargin screen 0.985
    set xrange [0:0.15]; set yrange [0:1.0]
    set xtics 0.05 format '%g' offset 0, 0.2; set mxtics 5; set ytics 0.2 format '%g' offset 0.3, 0; set mytics 2
    set xlabel 'load  {/:Italic α} = {/:Italic p}/{/:Italic N}' offset 0, 0.6
    set ylabel 'temperature  {/:Italic T}' offset 0.6, 0
    set key at graph 0.985, 0.975 right top Right noreverse width -1 samplen 1.6 spacing 1.05 font small \
        maxrows (4 + 2 * words(sizes) + 1) / 2  # two columns, above the crosses
    set label 1 '{/:Italic T}_M' at 0.098, 0.365 left front textcolor rgb red
    set label 2 '{/:Italic T}_c' at 0.0165, 0.57 center front textcolor rgb blue
    set label 9 '(a)' at graph 0.02, 0.045 left front
    plot 'summary.csv' using (column('alpha')):(kept(column('lost'))) \
             with points pt 7 ps 0.6 * dot lc rgb '#888888' title 'kept', \
         'summary.csv' using (column('alpha')):(gone(column('lost'))) \
             with points pt 2 ps 0.8 * dot lw 0.9 lc rgb '#888888' title 'lost', \
         'theory.csv' using 'alpha':(line(column('t_retrieval'))) with lines lw 1.8 lc rgb red notitle, \
         'theory.csv' using 'alpha':(line(column('t_thermodynamic'))) with lines lw 1.8 dt (7, 3) lc rgb blue notitle, \
         'theory.csv' using 'alpha':(line(column('t_thermodynamic_lower'))) \
             with lines lw 1.8 dt (7, 3) lc rgb blue notitle, \
         'crossings.csv' using (column('alpha')):(theory_of(strcol('quantity'), column('n_neurons'))) \
             with points pt 1 ps 1.6 * dot lw 1.4 lc rgb blue title '{/:Italic T}_c, 1 step RSB', \
         for [k = 1:words(sizes)] 'edges.csv' \
             using (column('alpha')):(at_size(k, column('t_edge')) - bar(column('t_edge_err'))): \
                   (0):(2 * bar(column('t_edge_err'))) with vectors nohead lw 0.8 lc rgb red notitle, \
         for [k = 1:words(sizes)] 'edges.csv' using (column('alpha')):(at_size(k, column('t_edge'))) \
             with points pt symbol[style_of(k)] ps dot lc rgb red \
             title sprintf('edge, {/:Italic N} = %s', word(sizes, k)) . keep, \
         for [k = 1:words(sizes)] 'crossings.csv' \
             using (column('alpha')):(crossing_of(k) - bar(column('t_crossing_err'))): \
                   (0):(2 * bar(column('t_crossing_err'))) with vectors nohead lw 0.8 lc rgb blue notitle, \
         for [k = 1:words(sizes)] 'crossings.csv' using (column('alpha')):(crossing_of(k)) \
             with points pt hollow[style_of(k)] ps dot lw 1.2 lc rgb blue \
             title sprintf('{/:Italic f} cross, {/:Italic N} = %s', word(sizes, k)) . keep, \
         'crossings.csv' using (column('alpha')): \
             (limit_of(strcol('quantity'), column('n_neurons')) - bar(column('t_crossing_err'))): \
             (0):(2 * bar(column('t_crossing_err'))) with vectors nohead lw 1.4 lc rgb black notitle, \
         'crossings.csv' using (column('alpha')):(limit_of(strcol('quantity'), column('n_neurons'))) \
             with points pt 13 ps 1.2 * dot lc rgb black title (n_limits > 0 ? '{/:Italic N} → ∞' : '')
    unset label

    if (n_differences > 0) {
        set bmargin screen 0.08; set tmargin screen 0.34
        set xrange [0:0.8]; set yrange [1.1 * lowest - 0.002:highest + 0.25 * (highest - lowest) + 0.002]
        set xtics 0.2 format '%g'; set mxtics 4; set ytics auto format '%g' offset 0.3, 0; set mytics 2
        set xlabel 'temperature  {/:Italic T}' offset 0, 0.6
        set ylabel '{/:Italic f}_{retrieval} − {/:Italic f}_{glass}' offset 0.6, 0
        set key at graph 0.02, 0.97 left top Left reverse width -2 samplen 1.0 spacing 1.0 font small maxrows 3
        set label 9 '(b)' at graph 0.97, 0.09 right front
        set arrow 1 from graph 0, first 0 to graph 1, first 0 nohead lw 0.6 lc rgb grey back
        plot NaN notitle, \
             for [k = 1:words(loads)] 'summary.csv' using 'temperature':(in_theory(word(loads, k))) \
                 with lines lw 1.2 lc rgb color[style_of(k)] notitle, \
             for [k = 1:words(loads)] 'summary.csv' using (column('temperature')): \
                 (difference(word(loads, k)) - error(column('f_retrieval_err'), column('f_random_err'))): \
                 (0):(2 * error(column('f_retrieval_err'), column('f_random_err'))) \
                 with vectors nohead lw 0.8 lc rgb color[style_of(k)] notitle, \
             for [k = 1:words(loads)] 'summary.csv' \
                 using (column('temperature')):(difference(word(loads, k))) \
                 with points pt symbol[style_of(k)] ps dot lc rgb color[style_of(k)] \
                 title sprintf('{/:Italic α} = %s', word(loads, k)) . keep
        unset label; unset arrow
    }
    unset multiplot
    unset output
}
