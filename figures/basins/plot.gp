# Above, the overlap at the end against the overlap at the start at some loads; below, the edge of the basin against the
# load.  Reads summary.csv, edges.csv, theory.csv and theory-edge.csv beside this script; writes figure.pdf and figure.svg
# there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

off = 1e9  # outside every frame: gnuplot complains of a file without any point, not of one that shows none

# Loads and sizes in the order of their first appearance; the largest start and size.
loads = ''; sizes = ''; right = 0; largest = 0  # %#g: real('1e-05') is an error, for want of a point
has(list, x) = strstrt(' ' . list, sprintf(' %#.17g ', x)) > 0
note(a, n, m0) = (has(loads, a) ? 0 : (loads = sprintf('%s%#.17g ', loads, a)), \
                  has(sizes, n) ? 0 : (sizes = sprintf('%s%#.17g ', sizes, n)), \
                  n > largest ? largest = n : 0, m0 > right ? right = m0 : 0, 0)
stats 'summary.csv' using (note(column('alpha'), column('n_neurons'), column('m0'))) nooutput

# At most three loads above: every other one, from the second.
shown = ''
if (words(loads) <= 3) { shown = loads } \
else { do for [k = 2:words(loads):2] { if (words(shown) < 3) { shown = shown . word(loads, k) . ' ' } } }
load_of(k) = real(word(shown, k))
is_at(k) = column('alpha') == load_of(k) && column('n_neurons') == largest
at(k, x) = is_at(k) ? column(x) : NaN

# Their edges: exact, and Amari and Maginu's.  An empty cell leaves the number outside.
array exact[6]; array map[6]
do for [k = 1:6] { exact[k] = -off; map[k] = -off }
note_edge(a, n, x, y) = (sum [k = 1:words(shown)] (a == load_of(k) && n == largest ? \
                         ((x > 0 ? exact[k] = x : 0), (y > 0 ? map[k] = y : 0), 0) : 0), 0)
stats 'edges.csv' using (note_edge(column('alpha'), column('n_neurons'), column('m0_exact'), \
                                   column('m0_amari_maginu'))) nooutput
note_map(a, n, y) = (sum [k = 1:words(shown)] (a == load_of(k) && n == largest ? ((y > 0 ? map[k] = y : 0), 0) : 0), 0)
stats 'edges.csv' using (note_map(column('alpha'), column('n_neurons'), column('m0_amari_maginu'))) nooutput
n_exact = 0
count_exact(m0) = (m0 > 0 ? n_exact = n_exact + 1 : 0, 0)
stats 'theory-edge.csv' using (count_exact(column('m0_c_effective'))) nooutput
edge(n, x) = column('n_neurons') == n && column(x) > -2 ? column(x) : off  # an empty cell is not above anything
bar(x) = column(x) > 0 ? column(x) : 0

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 11, 13, 15]
index_of(k) = (k - 1) % 6 + 1
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.8in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 864 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.135; set rmargin screen 0.975
    set format x '%g'; set format y '%g'

    set bmargin screen 0.575; set tmargin screen 0.985
    set xrange [0:1.02 * right]; set yrange [0:1.24]  # the verticals' names at the top
    set xtics 0.1; set mxtics 2; set ytics 0, 0.2, 1; set mytics 2
    set xlabel 'initial overlap  {/:Italic m}_0' . keep offset 0, 0.4; set ylabel 'final overlap  {/:Italic m}' offset 1.0, 0
    set key at graph 1.01, 0.40 right top Left reverse samplen 0.2 width -2 spacing 1.05
    set label 1 '(a)' at graph 0.965, 0.06 right
    set label 2 sprintf('{/:Italic N} = %d', largest) . keep at graph 0.965, 0.46 right
    # Not quite one colour: gnuplot's SVG joins arrows of one colour and width to one path, with one kind of dash.
    set label 3 'edge: ' at graph 0.03, 0.93 left
    set label 4 'exact' at graph 0.24, 0.93 left; set label 5 'Amari and Maginu' at graph 0.51, 0.93 left
    set arrow 1 from graph 0.155, 0.93 to graph 0.225, 0.93 nohead lw 1.2 lc rgb '#000000'
    set arrow 2 from graph 0.41, 0.93 to graph 0.495, 0.93 nohead lw 1.2 dt (7, 3) lc rgb '#010101'
    do for [k = 1:words(shown)] {
        if (exact[k] > 0) { set arrow 10 + k from exact[k], 0 to exact[k], 1.06 nohead lw 1.2 lc rgb color[k] back }
        if (map[k] > 0) { set arrow 20 + k from map[k], 0 to map[k], 1.06 nohead lw 1.2 dt (7, 3) lc rgb color[k] back }
    }
    plot for [k = 1:words(shown)] 'summary.csv' \
             using (at(k, 'm0')):(column('m') - column('m_err')):(0):(2 * column('m_err')) \
             with vectors nohead lw 0.8 lc rgb color[k] notitle, \
         for [k = 1:words(shown)] 'summary.csv' using (at(k, 'm0')):(column('m')) \
             with points lc rgb color[k] pt symbol[k] ps dot title sprintf('{/:Italic α} = %g', load_of(k)) . keep
    unset arrow; unset label

    set bmargin screen 0.085; set tmargin screen 0.49
    set xrange [0:0.165]; set yrange [0:0.75]
    set xtics 0.05; set mxtics 5; set ytics 0, 0.2, 1; set mytics 2
    set xlabel 'load  {/:Italic α} = {/:Italic p}/{/:Italic N}' offset 0, 0.3; set ylabel 'edge of the basin  {/:Italic m}_0' . keep offset 1.0, 0
    set key at graph 0.03, 0.97 left top Left reverse samplen 2.0 spacing 1.05
    set label 1 '(b)' at graph 0.965, 0.06 right
    plot 'theory-edge.csv' using (n_exact > 0 ? column('alpha') : off):(n_exact > 0 ? column('m0_c_effective') : off) \
             with lines lw 1.6 lc rgb '#000000' title 'exact', \
         'theory.csv' using 'alpha':'m0_amari_maginu' with lines lw 1.6 dt (7, 3) lc rgb '#000000' \
             title 'Amari and Maginu', \
         for [k = 1:words(sizes)] 'edges.csv' using (edge(real(word(sizes, k)), 'alpha')):\
                 (edge(real(word(sizes, k)), 'm0_edge') - bar('m0_edge_err')):(0):(2 * bar('m0_edge_err')) \
             with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(sizes)] 'edges.csv' using (edge(real(word(sizes, k)), 'alpha')):(edge(real(word(sizes, k)), 'm0_edge')) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps dot \
             title sprintf('{/:Italic N} = %d', real(word(sizes, k))) . keep
    unset label
    unset multiplot
    unset output
}
