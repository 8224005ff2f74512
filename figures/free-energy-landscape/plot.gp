# The free energy along one pattern, and on the straight line between the states of two patterns.
# Reads theory-pattern.csv and theory-between.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders

# The temperatures in the file, and f at position 0 of each: curves are drawn from there.
array temperature[20]; array origin[20]
n = 0
note_temperature(t) = (n == 0 || temperature[n] != t ? (n = n + 1, temperature[n] = t) : 0, t)
note_origin(x, f) = (x == 0 ? origin[n] = f : 0, x)
stats 'theory-pattern.csv' using (note_temperature(column('temperature')), \
                                  note_origin(column('position'), column('f'))) nooutput
n_pattern = n
array origin_between[20]
n = 0
array warm[20]
note_between(t) = (n == 0 || warm[n] != t ? (n = n + 1, warm[n] = t) : 0, t)
note_start(x, f) = (x == 0 ? origin_between[n] = f : 0, x)
stats 'theory-between.csv' using (note_between(column('temperature')), \
                                  note_start(column('position'), column('f'))) nooutput
n_between = n

array color[6] = ['#000000', '#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9']
at(t, x) = column('temperature') == t ? column(x) : NaN
dash(k) = k == 1 ? 1 : k

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.6in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 828 font 'sans,15' linewidth 1.6 background '#ffffff' }
    set output 'figure.' . format
    set multiplot
    set lmargin screen 0.165; set rmargin screen 0.975
    set border lw 0.8
    set ylabel offset 1.0, 0

    set bmargin screen 0.585; set tmargin screen 0.985
    set xrange [-1.25:1.25]; set xtics 0.5 format '%g' offset 0, 0; set mxtics 5
    set yrange [-0.53:0.42]; set ytics 0.2 format '%g' offset 0, 0; set mytics 2
    set xlabel 'overlap with one pattern  {/:Italic m}' offset 0, 0.4
    set ylabel '{/:Italic f}({/:Italic m}) − {/:Italic f}(0)'
    set key at graph 0.5, 0.965 center top Left reverse samplen 1.8 spacing 1.0 maxrows 3 width -1
    plot for [k = 1:n_pattern] 'theory-pattern.csv' \
             using (at(temperature[k], 'position')):(column('f') - origin[k]) \
             with lines lw 1.5 dt dash(k) lc rgb color[k] title sprintf('{/:Italic T} = %g', temperature[k])

    set bmargin screen 0.095; set tmargin screen 0.495
    set xrange [-0.3:1.3]; set xtics 0.5; set mxtics 5
    set yrange [-0.02:0.3]; set ytics 0.1; set mytics 2
    set xlabel 'from one pattern’s state (0) to another’s (1)' offset 0, 0.4
    set ylabel '{/:Italic f} − {/:Italic f}(state)'
    unset key
    plot for [k = 1:n_between] 'theory-between.csv' \
             using (at(warm[k], 'position')):(column('f') - origin_between[k]) \
             with lines lw 1.5 dt dash(k) lc rgb color[k] notitle
    unset multiplot
    unset output
}
