# Overlap (a) and free energy (b) of symmetric mixtures against temperature, and their free energies against that of the
# last order where the lines cross (c); T_n, where odd ones lose stability, marked.
# Reads theory-states.csv, theory-critical.csv and theory-crossings.csv beside this script; writes figure.pdf and
# figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise
tic(x) = (x < 0 ? '−' : '') . sprintf('%g', abs(x))  # gnuplot's own minus sign asks for a UTF-8 locale
off = 1e9  # outside every frame: gnuplot complains of a file without any point, not of one that shows none

# The orders that have a state, as they stand in the file, which has the temperatures of one after another.
orders = ''
note_order(n, f) = (f < 0 && strstrt(' ' . orders, sprintf(' %d ', n)) == 0 ? \
                    orders = orders . sprintf('%d ', n) : 0, 0)
stats 'theory-states.csv' using (note_order(column('order'), column('f'))) nooutput
n_orders = words(orders)
last = n_orders > 0 ? int(word(orders, n_orders)) : 0

# The free energy of an order at a temperature between two of the file.
note_between(n, t, f) = (n == wanted && n == before && t_before <= at && at <= t ? \
    found = f_before + (t > t_before ? (f - f_before) * (at - t_before) / (t - t_before) : 0) : 0, \
    before = n, t_before = t, f_before = f, 0)
seek = 'found = NaN; before = 0; t_before = NaN; f_before = NaN; ' . \
    "stats 'theory-states.csv' using (note_between(column('order'), column('temperature'), column('f'))) nooutput"

# That of the last order, row by row, from which (c) counts.
array f_last[100000]; array t_last[100000]
n_last = 0
note_last(n, t, f) = (n == last && n_last < 100000 ? \
                      (n_last = n_last + 1, t_last[n_last] = t, f_last[n_last] = f) : 0, 0)
stats 'theory-states.csv' using (note_last(column('order'), column('temperature'), column('f'))) nooutput
row = 0; order_before = 0
from_last(n, t, f) = (row = n == order_before ? row + 1 : 1, order_before = n, \
    n_orders == 0 ? off : row <= n_last && t == t_last[row] ? 1000 * (f - f_last[row]) : NaN)

# The marks: T_n of the odd orders, and the crossings.
array t_n[100]; array m_n[100]; array o_n[100]; array f_n[100]; array d_n[100]
n_marks = 0
t_n[1] = off; m_n[1] = off; f_n[1] = off; d_n[1] = off  # gnuplot looks at the first of a loop that has none
note_t(n, t, m) = (n > 1 && t > 0 && n_marks < 100 ? \
                   (n_marks = n_marks + 1, o_n[n_marks] = n, t_n[n_marks] = t, m_n[n_marks] = m) : 0, 0)
stats 'theory-critical.csv' using (note_t(column('order'), column('critical_temperature'), column('m'))) nooutput
array t_x[100]; array f_x[100]; array d_x[100]; array name_x[100]; array other_x[100]
n_crossings = 0
t_x[1] = off; d_x[1] = off
note_x(n, other, t, f) = (t > 0 && n_crossings < 100 ? (n_crossings = n_crossings + 1, t_x[n_crossings] = t, \
    f_x[n_crossings] = f, other_x[n_crossings] = other, name_x[n_crossings] = sprintf('%d × %d', n, other)) : 0, 0)
lines = 0  # a single order crosses none: only the names of the columns are in the file
unset datafile columnheaders
stats 'theory-crossings.csv' using (lines = lines + 1, 0) nooutput
set datafile columnheaders
if (lines > 1) {
    stats 'theory-crossings.csv' \
        using (note_x(column('order'), column('other_order'), column('temperature'), column('f'))) nooutput
}
do for [k = 1:n_marks] {
    at = t_n[k]
    wanted = o_n[k]; eval seek; f_n[k] = found
    wanted = last; eval seek; d_n[k] = 1000 * (f_n[k] - found)
}
do for [k = 1:n_crossings] { at = t_x[k]; wanted = last; eval seek; d_x[k] = 1000 * (f_x[k] - found) }

# The left ends, in (a) one name for orders that start together; the right ends in (c), at T = zoom_end.
array m_left[100]; array f_left[100]; array d_right[100]
note_left(n, m, f) = (n == wanted && f < 0 && m_found != m_found ? (m_found = m, f_found = f) : 0, 0)
zoom_end = 0.5
do for [k = 1:n_orders] {
    wanted = int(word(orders, k)); m_found = NaN; f_found = NaN
    stats 'theory-states.csv' using (note_left(column('order'), column('m'), column('f'))) nooutput
    m_left[k] = m_found; f_left[k] = f_found
    at = zoom_end - 1e-9; eval seek; d_right[k] = found
    wanted = last; eval seek; d_right[k] = 1000 * (d_right[k] - found)
}
inside(x) = x == x ? x : off  # a mark that the file's temperatures do not reach

# Okabe and Ito, and two more; even orders are dashed.
array color[9] = ['#000000', '#0072b2', '#d55e00', '#56b4e9', '#009e73', '#e69f00', '#cc79a7', '#999999', '#7f5200']
order(k) = n_orders > 0 ? int(word(orders, k)) : 0
color_of(k) = color[(order(k) + 8) % 9 + 1]
width(k) = order(k) % 2 ? 1.6 : 1.3
dash(k) = order(k) % 2 ? 1 : 2
only(n, x) = n_orders > 0 ? (column('order') == n ? column(x) : NaN) : off
some(x) = n_orders > 0 ? column(x) : off

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 6.2in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 1116 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.45 : 0.7
    small = format eq 'pdf' ? ',9' : ',12.3'
    set output 'figure.' . format
    set multiplot
    set lmargin screen 0.145; set rmargin screen 0.975
    set border lw 0.8
    set xrange [0:1.02]; set xtics 0.2 format '%g' offset 0, 0; set mxtics 2
    set xlabel 'temperature  {/:Italic T}' offset 0, 0.4

    set bmargin screen 0.74; set tmargin screen 0.99
    set yrange [0:1.04]; set ytics 0.2 format '%g' offset 0, 0; set mytics 2
    set ylabel 'overlap  {/:Italic m_n}' offset 1.0, 0
    set label 1 '(a)' at graph 0.98, 0.92 right
    name = ''
    do for [k = 1:n_orders] {
        name = name . (strlen(name) > 0 ? ', ' : '') . word(orders, k)
        if (k == n_orders || abs(m_left[k] - m_left[k < n_orders ? k + 1 : k]) > 1e-3) {
            set label 1 + k name at 0.01, m_left[k] offset 0, (k == 1 || k == n_orders ? -0.5 : 0.42) left font small
            name = ''
        }
    }
    set key at graph 0.085, 0.93 left top Left reverse samplen 1.6 spacing 0.95 maxrows 5 width -2
    plot NaN notitle, for [k = 1:n_orders] 'theory-states.csv' using (only(order(k), 'temperature')):(some('m')) \
             with lines lw width(k) dt dash(k) lc rgb color_of(k) title sprintf('{/:Italic n} = %d', order(k)) . keep, \
         for [k = 1:n_marks] '+' every ::0::0 using (t_n[k]):(m_n[k]) \
             with points pt 6 ps 1.6 * dot lw 1.6 lc rgb '#000000' notitle, \
         NaN with points pt 6 ps 1.6 * dot lw 1.6 lc rgb '#000000' title '{/:Italic T_n}'
    unset key; unset label

    set bmargin screen 0.4; set tmargin screen 0.655
    set yrange [-0.72:-0.2]; set ytics 0.1 format '%g'; set mytics 2
    set for [k = -7:-2] ytics add (tic(0.1 * k) 0.1 * k)
    set ylabel 'free energy  {/:Italic f_n}' offset 2.6, 0
    set label 1 '(b)' at graph 0.98, 0.92 right
    do for [k = 1:(n_orders < 4 ? n_orders : 4)] {
        set label 1 + k word(orders, k) at 0.01, f_left[k] offset 0.3, (order(k) % 2 ? -0.5 : 0.5) left font small
    }
    plot NaN notitle, for [k = 1:n_orders] 'theory-states.csv' using (only(order(k), 'temperature')):(some('f')) \
             with lines lw width(k) dt dash(k) lc rgb color_of(k), \
         for [k = 1:n_marks] '+' every ::0::0 using (t_n[k]):(inside(f_n[k])) \
             with points pt 6 ps 1.6 * dot lw 1.6 lc rgb '#000000'

    unset label
    set bmargin screen 0.065; set tmargin screen 0.315; set rmargin screen 0.9
    set xrange [0.21:zoom_end]; set xtics 0.05; set mxtics 5
    set yrange [-7.5:7.5]; set ytics 5 format '%g'; set mytics 5
    set ytics add (tic(-5) -5)
    set ylabel sprintf('1000 ({/:Italic f_n} − {/:Italic f}_{%d})', last) . keep offset 2.0, 0
    set label 1 '(c)' at graph 0.98, 0.92 right
    do for [k = 1:n_crossings] {
        if (d_x[k] == d_x[k]) {
            if (d_x[k] < 0.05) { set label 1 + k name_x[k] at t_x[k], d_x[k] offset 0.2, 0.65 left font small front } \
            else { set label 1 + k name_x[k] at t_x[k], d_x[k] offset -0.2, -0.65 right font small front }
        }
    }
    do for [k = 1:n_orders] {
        if (abs(d_right[k]) < 7.5) {
            set label 200 + k word(orders, k) at zoom_end, d_right[k] \
                offset (order(k) % 2 ? 0.4 : 1.8), 0 left font small
        }
    }
    plot NaN notitle, for [k = 1:n_orders] 'theory-states.csv' \
             using (only(order(k), 'temperature')):(from_last(column('order'), column('temperature'), column('f'))) \
             with lines lw width(k) dt dash(k) lc rgb color_of(k), \
         for [k = 1:n_crossings] '+' every ::0::0 using (t_x[k]):(inside(d_x[k])) \
             with points pt 2 ps 1.2 * dot lw 1.2 lc rgb '#000000', \
         for [k = 1:n_marks] '+' every ::0::0 using (t_n[k]):(inside(d_n[k])) \
             with points pt 6 ps 1.6 * dot lw 1.6 lc rgb '#000000'
    unset label
    unset multiplot
    unset output
}
