# Errors of naive mean field and TAP against the strength of random couplings: leading orders lines, enumerated machines
# points with error bars; and where they break down without biases.
# Reads summary.csv and theory.csv beside this script; writes figure.pdf and figure.svg.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# The first size; the first field that is not 0, for the errors; the shares are of machines without field, or of the same.
units = NaN; field = NaN; has_zero = 0
note(n, b) = (units != units ? units = n : 0, b == 0 ? has_zero = 1 : (field != field ? field = b : 0), n)
stats 'summary.csv' using (note(column('n_units'), column('field'))) nooutput
bare = has_zero ? 0 : field
if (field != field) { field = 0 }
at(b, x) = column('n_units') == units && column('field') == b ? x : NaN
seen(x) = x > 1e-30 ? x : NaN  # without biases there is no error to show on a logarithmic scale
root(x) = x > 0 ? sqrt(x) : NaN
half(x, e) = 0.5 * e / root(x)  # the error of a root

array color[4] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7']  # Okabe and Ito

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 6.2in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 1116 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.175; set rmargin screen 0.97

    set bmargin screen 0.725; set tmargin screen 0.988
    set xrange [0.04:2.6]; set yrange [1e-6:2]
    set logscale xy
    set xtics ('' 0.05, '' 0.1, '' 0.2, '' 0.5, '' 1, '' 2); set mxtics 10
    set ytics 10 format '10^{%T}'; set mytics 10
    set for [k = -9:-1] ytics add (sprintf('10^{−%d}', -k) 10.0**k)
    set ylabel 'error of {/:Bold ⟨}{/:Italic s}{/:Bold ⟩}, r.m.s.' . keep offset 1.6, 0
    set key at graph 0.98, 0.05 bottom right Left reverse samplen 1.6 spacing 1.1
    set label 1 sprintf('{/:Italic N} = %g,  {/:Italic B} = %g', units, field) . keep at graph 0.04, 0.93
    plot 'theory.csv' using 'coupling':(root(at(field, column('naive_square')))) with lines lw 1.2 lc rgb '#000000' title 'leading order {/:Italic g}^2' . keep, \
         'theory.csv' using 'coupling':(root(at(field, column('tap_square')))) with lines lw 1.2 dt 2 lc rgb '#000000' title 'leading order {/:Italic g}^3' . keep, \
         'summary.csv' using 'coupling':(root(seen(at(field, column('naive_square')))) - half(column('naive_square'), column('naive_square_err'))):(0):(2 * half(column('naive_square'), column('naive_square_err'))) with vectors nohead lw 0.8 lc rgb color[1] notitle, \
         'summary.csv' using 'coupling':(root(seen(at(field, column('tap_square')))) - half(column('tap_square'), column('tap_square_err'))):(0):(2 * half(column('tap_square'), column('tap_square_err'))) with vectors nohead lw 0.8 lc rgb color[2] notitle, \
         'summary.csv' using 'coupling':(root(seen(at(field, column('naive_square'))))) with points pt 7 ps dot lc rgb color[1] title 'mean field', \
         'summary.csv' using 'coupling':(root(seen(at(field, column('tap_square'))))) with points pt 9 ps 1.2 * dot lc rgb color[2] title 'TAP'

    set bmargin screen 0.445; set tmargin screen 0.708
    set xtics 10 format '%g'; set xtics (0.05, 0.1, 0.2, 0.5, 1, 2)
    set xlabel 'coupling strength  {/:Italic g}/{/:Italic T}' . keep offset 0, 0.4
    set ylabel 'error of {/:Italic F}/{/:Italic NT}' . keep offset 1.6, 0
    plot 'theory.csv' using 'coupling':(at(field, column('naive_free'))) with lines lw 1.2 lc rgb '#000000' title 'leading order {/:Italic g}^2' . keep, \
         'theory.csv' using 'coupling':(root(at(field, column('tap_free_square')))) with lines lw 1.2 dt 2 lc rgb '#000000' title 'leading order {/:Italic g}^3' . keep, \
         'summary.csv' using 'coupling':(at(field, column('naive_free')) - column('naive_free_err')):(0):(2 * column('naive_free_err')) with vectors nohead lw 0.8 lc rgb color[1] notitle, \
         'summary.csv' using 'coupling':(root(at(field, column('tap_free_square'))) - half(column('tap_free_square'), column('tap_free_square_err'))):(0):(2 * half(column('tap_free_square'), column('tap_free_square_err'))) with vectors nohead lw 0.8 lc rgb color[2] notitle, \
         'summary.csv' using 'coupling':(at(field, column('naive_free'))) with points pt 7 ps dot lc rgb color[1] title 'mean field (mean)' . keep, \
         'summary.csv' using 'coupling':(root(at(field, column('tap_free_square')))) with points pt 9 ps 1.2 * dot lc rgb color[2] title 'TAP (r.m.s.)' . keep
    unset logscale

    set bmargin screen 0.075; set tmargin screen 0.355
    set xrange [0:2.1]; set yrange [0:1.08]
    set xtics 0.5 format '%g'; set mxtics 5; set ytics 0.2 format '%g'; set mytics 2
    set ylabel 'share of machines' offset 1.2, 0
    set label 1 sprintf('{/:Italic B} = %g', bare) . keep at graph 0.04, 0.80
    set arrow 1 from 0.5, 0 to 0.5, 1.08 nohead lw 0.8 dt 3 lc rgb '#808080'
    set arrow 2 from 1, 0 to 1, 1.08 nohead lw 0.8 dt 3 lc rgb '#808080'
    set key at graph 0.99, 0.05 bottom right Left reverse samplen 1.6 spacing 1.1
    plot 'theory.csv' using 'coupling':(at(bare, column('broken'))) with lines lw 1.2 lc rgb '#000000' title 'eigenvalue > {/:Italic T}' . keep, \
         'summary.csv' using 'coupling':(at(bare, column('tap_settled'))) with lines lw 0.8 dt 4 lc rgb color[2] notitle, \
         'summary.csv' using 'coupling':(at(bare, column('broken')) - column('broken_err')):(0):(2 * column('broken_err')) with vectors nohead lw 0.8 lc rgb color[1] notitle, \
         'summary.csv' using 'coupling':(at(bare, column('tap_settled')) - column('tap_settled_err')):(0):(2 * column('tap_settled_err')) with vectors nohead lw 0.8 lc rgb color[2] notitle, \
         'summary.csv' using 'coupling':(at(bare, column('broken'))) with points pt 7 ps dot lc rgb color[1] title 'mean field: {/:Italic V} ≠ 0' . keep, \
         'summary.csv' using 'coupling':(at(bare, column('tap_settled'))) with points pt 9 ps 1.2 * dot lc rgb color[2] title 'TAP settles'
    unset arrow 1; unset arrow 2; unset label 1; unset xlabel
    unset multiplot
    unset output
}
