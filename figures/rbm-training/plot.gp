# A machine through its training: distances between hidden units' weights at three times; singular values, the bulk's edge
# and where each leaves it; samples at three times; likelihood; states in mean field.
# Reads analysis-weights.csv, analysis-spectrum.csv, sample-*.csv, analysis-likelihood.csv and analysis-states.csv beside this
# script; writes figure.pdf and figure.svg.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
rows = 28; columns = 28  # of an image: those of MNIST; for images of your own their height and width

keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise
tic(x) = (x < 0 ? '−' : '') . sprintf('%g', abs(x))  # gnuplot's own minus sign asks for a UTF-8 locale

# The three times, and the highest of each histogram of distances.
array time[3] = [NaN, NaN, NaN]; array peak[3] = [1e-300, 1e-300, 1e-300]; n_times = 0
place(t) = n_times > 0 && time[1] == t ? 1 : n_times > 1 && time[2] == t ? 2 : n_times > 2 && time[3] == t ? 3 : 0
note(t) = (place(t) == 0 && n_times < 3 ? (n_times = n_times + 1, time[n_times] = t) : 0, place(t))
height(k, y) = (k > 0 && y > peak[k] ? peak[k] = y : 0, y)
is_distance(x) = strcol('quantity') eq 'distance' ? x : NaN
middle(x) = sqrt(column('bin_low') * column('bin_high'))
stats 'analysis-weights.csv' using (height(note(column('update')), is_distance(column('density') * middle(0)))) nooutput
at(k, y) = column('update') == time[k] ? is_distance(y) : NaN

# Modes, checkpoints, and the largest of what is drawn.
modes = 0; last = 2; top = 0; low = 1e300
note_mode(t, m, w, e) = (m > modes ? modes = m : 0, t > last ? last = t : 0, w > top ? top = w : 0, e > 0 && e < low ? low = e : 0, w)
stats 'analysis-spectrum.csv' using (note_mode(column('update'), column('mode'), column('w'), column('edge'))) nooutput
states = 1
note_states(n) = (n > states ? states = n : 0, n)
stats 'analysis-states.csv' using (note_states(column('n_distinct'))) nooutput
from(word, y) = strcol('start') eq word && column('update') > 0 ? y : NaN
settled(word) = strcol('start') eq word && column('update') > 0 && column('n_converged') > 0 ? column('n_distinct') : NaN
lowest = NaN; highest = NaN
note_ll(y) = (y == y ? (lowest = (lowest != lowest || y < lowest ? y : lowest), highest = (highest != highest || y > highest ? y : highest)) : 0, y)
stats 'analysis-likelihood.csv' using (note_ll(column('ll_train'))) nooutput
# Without a test set ll_test has no number, of which `stats` would complain: those that are none go as 0, unnoted.
has_number(name) = strlen(strcol(name)) > 0 && strcol(name) ne 'nan'
tests = 0
note_test(y) = (y == y ? (note_ll(y), tests = tests + 1) : 0, 0)
stats 'analysis-likelihood.csv' using (note_test(has_number('ll_test') ? column('ll_test') : NaN)) nooutput
if (!(highest > lowest)) { highest = (lowest == lowest ? lowest : 0) + 1; lowest = highest - 2 }

array color[4] = ['#000000', '#0072b2', '#d55e00', '#009e73']  # Okabe and Ito
array dash[3] = [3, 2, 1]

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 7.6in font 'sans,10' linewidth 1 } \
    else { set terminal svg enhanced size 612, 1368 font 'sans,14' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.32 : 0.5
    set output 'figure.' . format
    set multiplot
    set border 31 lw 0.8
    set lmargin screen 0.155; set rmargin screen 0.965

    # Distances between weights.
    set bmargin screen 0.868; set tmargin screen 0.992
    set logscale x; set format x '%g'; set xrange [*:*]; set yrange [0:1.32]; unset ytics; set xtics auto; set mxtics 10
    set ytics 0.5 format '%g'; set mytics 1
    set xlabel 'distance between hidden units’ weights' offset 0, 0.6
    set ylabel 'density, scaled' offset 1.2, 0
    set key at graph 0.985, 0.97 top right Left reverse samplen 1.6 spacing 1.05 maxrows 1 width -1
    plot for [k = 1:n_times] 'analysis-weights.csv' using (at(k, middle(0))):(at(k, column('density') * middle(0)) / peak[k]) with lines lw 1.4 dt dash[k] lc rgb color[k] title sprintf('{/:Italic t} = %g', time[k]) . keep

    # Spectrum.
    set bmargin screen 0.578; set tmargin screen 0.800
    set logscale xy; set xrange [0.8:1.3 * last]; set yrange [0.25 * low:2 * top]
    set xtics format '%g'; set ytics auto; set ytics format '%g'; set mytics 10; set mxtics 10
    unset xlabel
    set ylabel 'singular values' offset 1.2, 0
    set key at graph 0.02, 0.97 top left Left reverse samplen 1.6 spacing 1.05 maxrows 4 width 0
    plot for [m = 1:modes:(modes + 99) / 100] 'analysis-spectrum.csv' using 'update':'w' every modes::(m - 1) with lines lw 0.35 lc rgb '#9fb4c4' notitle, \
         for [m = 1:modes < 10 ? modes : 10] 'analysis-spectrum.csv' using 'update':'w' every modes::(m - 1) with lines lw 0.8 lc rgb color[2] notitle, \
         'analysis-spectrum.csv' using 'update':'edge' every modes with lines lw 1.4 lc rgb '#000000' title 'edge of the bulk', \
         'analysis-spectrum.csv' using 'update':'edge_start' every modes with lines lw 1.2 dt 3 lc rgb '#000000' title 'at the start', \
         'analysis-spectrum.csv' using (column('update') == column('left_at') ? column('update') : NaN):'w' with points pt 7 ps 0.8 * dot lc rgb color[3] title 'a mode leaves it'

    # Samples.
    unset logscale; unset key; unset xtics; unset ytics; unset xlabel; unset ylabel; unset mxtics; unset mytics
    set palette gray negative; unset colorbox; set cbrange [0:1]; set style fill solid noborder
    set bmargin screen 0.382; set tmargin screen 0.547
    set xrange [-2:8 * (columns + 2) - 1]; set yrange [3 * (rows + 3):-5]
    do for [k = 1:3] { set label k sprintf('{/:Italic t} = %g', time[k]) . keep at -4, (rows + 3) * (k - 0.5) - 1.5 right font (format eq 'pdf' ? ',8' : ',11') }
    unset border; unset xtics
    set datafile nocolumnheaders; set datafile commentschars '#v'  # without its header v1,v2 ... a file is a matrix
    name(k) = word('early middle late', k)
    plot for [k = 1:3] 'sample-' . name(k) . '.csv' matrix using (int($1) % columns + (columns + 2) * int($2)):(int($1) / columns + (rows + 3) * (k - 1)):(0.5):(0.5):($3 > 0.02 ? $3 : NaN) with boxxyerror fillcolor palette notitle
    do for [k = 1:3] { unset label k }
    set border 31 lw 0.8

    # Likelihood.
    set bmargin screen 0.243; set tmargin screen 0.372
    set key at graph 0.98, 0.06 bottom right Left reverse samplen 1.6 spacing 1.05 maxrows 3
    set logscale x; set xrange [0.8:1.3 * last]; set xtics format ''; set mxtics 10
    set yrange [lowest - 0.08 * (highest - lowest):highest + 0.12 * (highest - lowest)]; set ytics 50 format '%g'; set mytics 5
    set for [k = -60:-1] ytics add (tic(50 * k) 50 * k)
    set ylabel 'ln {/:Italic p}' . keep . '  (nat)' offset 1.6, 0
    plot for [name in (tests > 0 ? 'll_train ll_test' : 'll_train')] 'analysis-likelihood.csv' using (column('update') > 0 ? column('update') : NaN):(column(name) - column('ln_z_err')):(0):(2 * column('ln_z_err')) with vectors nohead lw 0.8 lc rgb color[name eq 'll_train' ? 2 : 3] notitle, \
         'analysis-likelihood.csv' using (column('update') > 0 ? column('update') : NaN):'ll_train' with points pt 7 ps dot lc rgb color[2] title 'training images', \
         for [name in (tests > 0 ? 'll_test' : '')] 'analysis-likelihood.csv' using (column('update') > 0 ? column('update') : NaN):name with points pt 8 ps 1.1 * dot lc rgb color[3] title 'test images'

    # States.
    set bmargin screen 0.062; set tmargin screen 0.222
    set yrange [0.8:2 * states]; set logscale y; set xtics format '%g'; set ytics auto; set ytics (1, 2, 5, 10, 20, 50, 100, 200, 500) format '%g'; set mytics 1
    set xlabel 'updates  {/:Italic t}' . keep offset 0, 0.5
    set ylabel 'mean-field states' offset 0.6, 0
    set key at graph 0.02, 0.97 top left Left reverse samplen 1.6 spacing 1.05 maxrows 3
    plot 'analysis-states.csv' using (from('data', column('update'))):(settled('data')) with points pt 7 ps dot lc rgb color[2] title 'from data', \
         'analysis-states.csv' using (from('noise', column('update'))):(settled('noise')) with points pt 4 ps dot lc rgb color[3] title 'from noise', \
         'analysis-states.csv' using (from('backwards', column('update'))):(settled('backwards')) with points pt 1 ps 1.2 * dot lc rgb '#000000' title 'followed back'
    unset logscale
    unset multiplot
    unset output
}
