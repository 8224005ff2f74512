# The free energy along one pattern (a), near its middle (b), and on the straight line between the states of two
# patterns (c).  Reads theory-pattern.csv and theory-between.csv beside this script; writes figure.pdf and figure.svg
# there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise
tic(x) = (x < 0 ? '−' : '') . sprintf('%g', abs(x))  # gnuplot's own minus sign asks for a UTF-8 locale

# The temperatures that have a curve, and f of each at the position nearest 0: curves are drawn from there.
array temperature[100]; array origin[100]
array warm[100]; array origin_between[100]
temperature[1] = NaN; origin[1] = 0; warm[1] = NaN; origin_between[1] = 0
n_pattern = 0; n_between = 0; nearest = 1e9
note_pattern(t, x, f) = (n_pattern > 0 && temperature[n_pattern > 0 ? n_pattern : 1] == t ? 0 : \
    (n_pattern = n_pattern + 1, temperature[n_pattern] = t, nearest = 1e9), \
    abs(x) < nearest ? (nearest = abs(x), origin[n_pattern] = f) : 0)
note_between(t, x, f) = (n_between > 0 && warm[n_between > 0 ? n_between : 1] == t ? 0 : \
    (n_between = n_between + 1, warm[n_between] = t, nearest = 1e9), \
    abs(x) < nearest ? (nearest = abs(x), origin_between[n_between] = f) : 0)
stats 'theory-pattern.csv' \
    using (column('f') < 1e9 ? note_pattern(column('temperature'), column('position'), column('f')) : 0, 0) nooutput
stats 'theory-between.csv' \
    using (column('f') < 1e9 ? note_between(column('temperature'), column('position'), column('f')) : 0, 0) nooutput

# Without any curve a point outside the frame: gnuplot complains of a file without any point.
at(t, x) = t == t ? (column('temperature') == t ? column(x) : NaN) : 1e9
less(t, f_0) = t == t ? column('f') - f_0 : 1e9

# Okabe and Ito
set style line 1 lw 1.6 lc rgb '#000000'
set style line 2 lw 1.6 dt (9, 4) lc rgb '#0072b2'
set style line 3 lw 1.6 dt (2, 2) lc rgb '#d55e00'
set style line 4 lw 1.6 lc rgb '#009e73'
set style line 5 lw 1.6 dt (9, 3, 2, 3) lc rgb '#cc79a7'
set style line 6 lw 1.6 dt (5, 2) lc rgb '#56b4e9'
style(k) = (k - 1) % 6 + 1
style_of(t) = (found = 1, sum [k = 1:n_pattern] (temperature[k] == t ? found = style(k) : 0), found)  # one T, one style

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 6.2in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 1116 font 'sans,15' linewidth 1.6 background '#ffffff' }
    set output 'figure.' . format
    set multiplot
    set lmargin screen 0.175; set rmargin screen 0.975
    set border lw 0.8

    set bmargin screen 0.715; set tmargin screen 0.99
    set xrange [-1.25:1.25]; set xtics 0.5 format '%g' offset 0, 0; set mxtics 5
    set for [k = -2:-1] xtics add (tic(0.5 * k) 0.5 * k)
    set yrange [-0.53:0.42]; set ytics 0.2 format '%g' offset 0, 0; set mytics 2
    set for [k = -2:-1] ytics add (tic(0.2 * k) 0.2 * k)
    set xlabel 'overlap with one pattern  {/:Italic m}' offset 0, 0.4
    set ylabel '{/:Italic f}({/:Italic m}) − {/:Italic f}(0)' . keep offset 2.6, 0
    set label 1 '(a)' at graph 0.02, 0.92 left
    set key at graph 0.5, 0.965 center top Left reverse samplen 2.4 spacing 1.0 maxrows 3 width -3
    plot NaN notitle, for [k = 1:n_pattern] 'theory-pattern.csv' \
             using (at(temperature[k], 'position')):(less(temperature[k], origin[k])) \
             with lines ls style(k) title sprintf('{/:Italic T} = %g', temperature[k]) . keep
    unset key

    set bmargin screen 0.41; set tmargin screen 0.62
    set yrange [-0.075:0.045]; set ytics 0.05; set mytics 5
    set ytics add (tic(-0.05) -0.05)
    set label 1 '(b)' at graph 0.02, 0.08
    plot NaN notitle, for [k = 1:n_pattern] 'theory-pattern.csv' \
             using (at(temperature[k], 'position')):(less(temperature[k], origin[k])) with lines ls style(k)

    set bmargin screen 0.065; set tmargin screen 0.315
    set xrange [-0.3:1.3]; set xtics 0.5; set mxtics 5
    set yrange [-0.02:0.3]; set ytics 0.1; set mytics 2
    set xlabel 'from one pattern’s state (0) to another’s (1)' offset 0, 0.4
    set ylabel '{/:Italic f} − {/:Italic f}(state)' . keep offset 0.6, 0
    set label 1 '(c)' at graph 0.02, 0.92
    plot NaN notitle, for [k = 1:n_between] 'theory-between.csv' \
             using (at(warm[k], 'position')):(less(warm[k], origin_between[k])) with lines ls style_of(warm[k])
    unset label
    unset multiplot
    unset output
}
