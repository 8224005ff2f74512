# Symmetric mixtures at T > 0: the transverse eigenvalue (a), the share of runs that leave (b), and the temperature at
# which half of them do against size (c).  Theory a line, simulation points with error bars.
# Reads summary.csv, theory.csv, roots.csv and finite_size.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise
tic(x) = (x < 0 ? '−' : '') . sprintf('%g', abs(x))  # gnuplot's own minus sign asks for a UTF-8 locale
off = 1e9  # outside every frame: gnuplot complains of a file without any point, not of one that shows none

# The orders and sizes in the study, as they first appear.
orders = ''; sizes = ''
note(n, s) = (strstrt(' ' . orders, sprintf(' %d ', n)) == 0 ? orders = orders . sprintf('%d ', n) : 0, \
              strstrt(' ' . sizes, sprintf(' %d ', s)) == 0 ? sizes = sizes . sprintf('%d ', s) : 0, 0)
stats 'summary.csv' using (note(column('order'), column('n_neurons'))) nooutput
stats 'summary.csv' using 'temperature' nooutput
t_low = STATS_min; t_high = STATS_max
stats 'summary.csv' using 'n_neurons' nooutput
largest = STATS_max; smallest = STATS_min
order(k) = int(word(orders, k)); size(k) = int(word(sizes, k))

# T_n of each order, and the lowest eigenvalue to be shown.
array t_n[100]; array t_root[100]; array e_root[100]; array half[100]; array slope[100]
do for [k = 1:100] { t_n[k] = off; t_root[k] = off; e_root[k] = 0; half[k] = off; slope[k] = 0 }
at_order(n) = (place = 0, sum [j = 1:words(orders)] (order(j) == n ? place = j : 0), place)
note_root(n, s, t, r, e) = (place = at_order(n), place > 0 && t > 0 ? t_n[place] = t : 0, \
                            place > 0 && s == largest && r > 0 ? (t_root[place] = r, e_root[place] = e) : 0, 0)
stats 'roots.csv' using (note_root(column('order'), column('n_neurons'), column('t_theory'), column('t_root'), \
                                   column('t_root_err'))) nooutput
is_line(x) = x == 1
note_limit(n, h, s, terms, time) = (place = at_order(n), place > 0 && is_line(terms) && time eq 'scaled' && h > 0 ? \
                                    (half[place] = h, slope[place] = s) : 0, 0)
stats 'finite_size.csv' using (note_limit(column('order'), column('t_half'), column('slope'), column('terms'), \
                                          stringcolumn('time'))) nooutput
highest = t_high
do for [k = 1:words(orders)] { if (t_n[k] < off && t_n[k] > highest) { highest = t_n[k] } }

# The curves of (b): half and width of the first order at each size.
array t_half[100]; array width[100]
do for [k = 1:100] { t_half[k] = off; width[k] = 1 }
at_size(s) = (place = 0, sum [j = 1:words(sizes)] (size(j) == s ? place = j : 0), place)
note_curve(n, s, h, w, time) = (place = at_size(s), \
    place > 0 && n == order(1) && time eq 'fixed' && h > 0 ? (t_half[place] = h, width[place] = w) : 0, 0)
stats 'finite_size.csv' using (note_curve(column('order'), column('n_neurons'), column('t_half'), column('width'), \
                                          stringcolumn('time'))) nooutput

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 11, 13, 15]
array hollow[6] = [6, 8, 4, 10, 12, 14]
dash(k) = k == 1 ? 1 : 2
index_of(k) = (k - 1) % 6 + 1
of_order(k, x) = column('order') == order(k) ? (x == x ? x : off) : NaN
stayed(k, x) = column('order') == order(k) && column('n_neurons') == largest && column('escaped') == 0 && \
    column('eig_transverse') == column('eig_transverse') ? x : off
of_first(k, x) = column('order') == order(1) && column('n_neurons') == size(k) ? x : off
lost(k, x, time) = column('order') == order(k) && column('n_neurons') > 0 && column('t_half') > 0 && \
    stringcolumn('time') eq time ? x : off

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 6.4in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 1152 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set lmargin screen 0.155; set rmargin screen 0.97
    set border lw 0.8
    set samples 400

    set bmargin screen 0.735; set tmargin screen 0.99
    set xrange [t_low - 0.02:highest + 0.03]
    set xtics 0.05 format '%g' offset 0, 0; set mxtics 5
    set yrange [-0.12:1.0]; set ytics 0.2 format '%g' offset 0, 0; set mytics 2
    set xlabel 'temperature  {/:Italic T}' offset 0, 0.4
    set ylabel 'transverse eigenvalue  {/:Italic λ}' . keep offset 1.2, 0
    set label 1 '(a)' at graph 0.03, 0.08
    set label 2 sprintf('{/:Italic N} = %d', largest) . keep at graph 0.97, 0.56 right
    set arrow 1 from graph 0, first 0 to graph 1, first 0 nohead lw 0.8 dt (4, 4) lc rgb '#000000'
    set key at graph 0.97, 0.94 right top Left reverse samplen 1.4 spacing 1.05
    plot for [k = 1:words(orders)] 'theory.csv' using 'temperature':(of_order(k, column('eig_transverse'))) \
             with lines lw 1.6 dt dash(k) lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(orders)] 'summary.csv' \
             using 'temperature':(stayed(k, column('eig_transverse') - column('eig_transverse_err'))):(0):\
                   (2 * column('eig_transverse_err')) \
             with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(orders)] 'summary.csv' using 'temperature':(stayed(k, column('eig_transverse'))) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps dot \
             title sprintf('{/:Italic n} = %d', order(k)) . keep, \
         for [k = 1:words(orders)] '+' every ::0::0 using (t_n[k]):(0) \
             with points pt 2 ps 1.6 * dot lw 1.6 lc rgb '#000000' notitle, \
         for [k = 1:words(orders)] '+' every ::0::0 using (t_root[k] - e_root[k]):(-0.06):(2 * e_root[k]):(0) \
             with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(orders)] '+' every ::0::0 using (t_root[k]):(-0.06) \
             with points pt hollow[index_of(k)] ps 1.2 * dot lw 1.2 lc rgb color[index_of(k)] notitle, \
         NaN with points pt 2 ps 1.6 * dot lw 1.6 lc rgb '#000000' title '{/:Italic T_n}', \
         NaN with points pt 6 ps 1.2 * dot lw 1.2 lc rgb '#000000' title 'root'
    unset label; unset arrow; unset key

    set bmargin screen 0.4; set tmargin screen 0.655
    set yrange [-0.04:1.04]
    set ylabel 'share of runs that leave' offset 1.2, 0
    set label 1 sprintf('(b)  {/:Italic n} = %d', order(1)) . keep at graph 0.03, 0.92
    if (t_n[1] < off) {
        set arrow 1 from t_n[1], graph 0 to t_n[1], graph 1 nohead lw 1 dt (4, 4) lc rgb '#000000'
        set label 2 sprintf('{/:Italic T}_{%d}', order(1)) . keep at t_n[1], graph 0.06 offset 0.4, 0 left
    }
    set key at graph 0.02, 0.84 left top Left reverse samplen 1.2 spacing 1.0 width -1
    plot for [k = 1:words(sizes)] (t_half[k] < off ? norm((x - t_half[k]) / width[k]) : off) \
             with lines lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(sizes)] 'summary.csv' \
             using 'temperature':(of_first(k, column('left') - column('left_err'))):(0):(2 * column('left_err')) \
             with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(sizes)] 'summary.csv' using 'temperature':(of_first(k, column('left'))) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps dot \
             title sprintf('{/:Italic N} = %d', size(k)) . keep
    unset label; unset arrow; unset key

    set bmargin screen 0.065; set tmargin screen 0.32
    right = 1.1 / smallest**(1.0 / 3.0)
    set xrange [-0.04 * right:right]; set xtics autofreq format '%g'; set mxtics 5
    set yrange [t_low - 0.02:highest + 0.03]; set ytics 0.05 format '%g'; set mytics 5
    set xlabel '{/:Italic N}^{ −1/3}' offset 0, 0.4
    set ylabel '{/:Italic T}  of half loss' offset 0.9, 0
    set label 1 '(c)' at graph 0.97, 0.92 right
    set key at graph 0.03, 0.04 left bottom Left reverse samplen 1.2 spacing 1.05
    plot for [k = 1:words(orders)] (x >= 0 && half[k] < off ? half[k] + slope[k] * x : off) \
             with lines lw 0.8 dt dash(k) lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(orders)] 'finite_size.csv' \
             using (column('n_neurons')**(-1.0 / 3.0)):(lost(k, column('t_half') - column('t_half_err'), 'scaled')):(0):\
                   (2 * column('t_half_err')) \
             with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(orders)] 'finite_size.csv' \
             using (column('n_neurons')**(-1.0 / 3.0)):(lost(k, column('t_half'), 'scaled')) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps dot \
             title sprintf('{/:Italic n} = %d', order(k)) . keep, \
         for [k = 1:words(orders)] 'finite_size.csv' \
             using (column('n_neurons')**(-1.0 / 3.0)):(lost(k, column('t_half'), 'fixed')) \
             with points lc rgb color[index_of(k)] pt hollow[index_of(k)] ps 1.1 * dot lw 1.0 notitle, \
         NaN with points pt 6 ps 1.1 * dot lw 1.0 lc rgb '#000000' title 'as long at every {/:Italic N}' . keep, \
         for [k = 1:words(orders)] '+' every ::0::0 using (0):(t_n[k]) \
             with points pt 2 ps 1.6 * dot lw 1.6 lc rgb '#000000' notitle
    unset label; unset key
    unset multiplot
    unset output
}
