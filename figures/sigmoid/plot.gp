# The probability that an update leaves a neuron at +1, against its field, at several temperatures; below, the difference
# from the formula in standard errors.
# Reads curve.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise
tic(x) = (x < 0 ? '−' : '') . sprintf('%g', abs(x))  # gnuplot's own minus sign asks for a UTF-8 locale

# The largest size at its smallest load, and the temperatures in the order of their first appearance.
stats 'curve.csv' using 'n_neurons' nooutput
shown = STATS_max
stats 'curve.csv' using (column('n_neurons') == shown ? column('n_patterns') : NaN) nooutput
shown_p = STATS_min
temperatures = ''
note(t) = (strstrt(sprintf(' %s', temperatures), sprintf(' %g ', t)) == 0 ? \
           temperatures = sprintf('%s%g ', temperatures, t) : '', t)
stats 'curve.csv' using (note(column('temperature'))) nooutput


is_flip = 0
note_rule(x) = (x eq 'metropolis' ? is_flip = 1 : 0, 0)
stats 'curve.csv' using (note_rule(strcol('rule'))) nooutput
outcome = is_flip ? 'probability of a flip' : 'probability of  {/:Italic s}_i = +1'
field = is_flip ? 'field along the spin  {/:Italic s}_i{/:Italic h}_i' : 'field  {/:Italic h}_i'

array color[6] = ['#000000', '#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00']  # Okabe and Ito
array symbol[6] = [6, 7, 9, 5, 11, 13]
index_of(k) = (k - 1) % 6 + 1
is_at(t) = column('n_neurons') == shown && column('n_patterns') == shown_p && sprintf('%g', column('temperature')) eq t
only(t, x) = is_at(t) ? column(x) : NaN
line(t, x) = sprintf('%g', column('temperature')) eq t ? column(x) : NaN

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 3.6in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 648 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.35 : 0.5
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.15; set rmargin screen 0.975
    set xrange [-1.75:1.75]; set mxtics 5
    set xtics 0.5; set for [k = -3:-1] xtics add (tic(0.5 * k) 0.5 * k)

    set tmargin screen 0.98; set bmargin screen 0.40
    set yrange [-0.03:1.03]; set ytics 0.2 format '%g'; set mytics 2; set format x ''
    set for [k = -3:3] xtics add ('' 0.5 * k)
    set ylabel outcome . keep offset 0.5, 0
    if (is_flip) { set key at graph 0.97, 0.95 right top Left reverse width -1 samplen 1.2 spacing 1.05 } \
    else { set key at graph 0.03, 0.95 left top Left reverse width -1 samplen 1.2 spacing 1.05 }
    set label 2 sprintf('{/:Italic N} = %d, {/:Italic p} = %d', shown, shown_p) . keep at graph (is_flip ? 0.03 : 0.97), 0.08
    if (is_flip) { set label 2 left } else { set label 2 right }
    plot for [k = 1:words(temperatures)] 'theory.csv' using (line(word(temperatures, k), 'h')):(column('probability')) \
             with lines lw 1.2 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(temperatures)] 'curve.csv' \
             using (only(word(temperatures, k), 'h')):(column('probability') - column('probability_err')):(0):\
                   (2 * column('probability_err')) with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(temperatures)] 'curve.csv' using (only(word(temperatures, k), 'h')):(column('probability')) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps dot \
             title sprintf('{/:Italic T} = %s', word(temperatures, k)) . keep
    unset key; unset label 2

    set tmargin screen 0.375; set bmargin screen 0.11
    set format x '%g'
    set for [k = -3:3] xtics add (tic(0.5 * k) 0.5 * k)
    set yrange [-4.5:4.5]; set ytics 2; set for [k = -2:-1] ytics add (tic(2 * k) 2 * k); set mytics 2
    set xlabel field offset 0, 0.4
    set ylabel 'difference / error' offset 0.5, 0
    set arrow 1 from graph 0, first 0 to graph 1, first 0 nohead lw 0.8 lc rgb '#000000'
    # Where an outcome that is all but certain has not failed to come, the difference says nothing.
    tells(p, n) = p * n > 10 && (1 - p) * n > 10
    plot for [k = 1:words(temperatures)] 'curve.csv' \
             using (only(word(temperatures, k), 'h')):(tells(column('probability_theory'), column('updates')) ? \
                   column('probability_z') : NaN) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps 0.8 * dot notitle
    unset arrow 1; unset xlabel
    unset multiplot
    unset output
}
