# The way through the phase diagram while learning: lines of theory, points of the simulation with error bars.
# Reads trajectory.csv and theory-lines.csv beside this script; writes figure.pdf and figure.svg.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

has_lines = system("test -f theory-lines.csv && echo 1") eq '1'  # not in a run of the experiment alone

# The widths at the start, in the order of their appearance, at the first number of hidden units; the largest w.
widths = ''
hidden = NaN
highest = 1.5
widest = 1.3
note(s, h, w, now) = (hidden != hidden ? hidden = h : 0, strstrt(' ' . widths, sprintf(' %g ', s)) == 0 ? \
    widths = widths . sprintf('%g ', s) : '', w > highest ? highest = w : 0, 1.15 * now > widest ? widest = 1.15 * now : 0, s)
stats 'trajectory.csv' using (note(column('sigma'), column('n_hidden'), column('w'), column('sigma_now'))) nooutput
of(i) = column('n_hidden') == hidden && abs(column('sigma') - word(widths, i)) < 1e-9

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 11, 13, 15]
pick(i) = (i - 1) % 6 + 1

seen(i) = of(i) ? column('sigma_now') : NaN

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 3.2in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 576 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set lmargin screen 0.125; set rmargin screen 0.975; set bmargin screen 0.125; set tmargin screen 0.975
    set border lw 0.8
    set xrange [0:widest]; set yrange [0:1.15 * highest]
    set xtics autofreq format '%g'; set mxtics 2; set ytics autofreq format '%g'; set mytics 2
    set xlabel 'width of the bulk  {/:Italic σ}' offset 0, 0.3
    set ylabel 'leading mode  {/:Italic w}' offset 1.0, 0
    set key at graph 0.5, 0.98 top center Left reverse samplen 1.2 spacing 1.05 maxrows 1 width 1
    set arrow 1 from 1, 0 to 1, 1 nohead lw 1.6 lc rgb '#000000'
    set label 1 'paramagnet' at 0.5, 0.45 center
    set label 2 'glass' at 1.1, 0.45 center
    set label 3 'ferromagnet' at 0.5, 0.62 * highest center
    lines = has_lines ? 'theory-lines.csv' : 'trajectory.csv'
    plot lines using (has_lines ? column('sigma') : NaN):(has_lines ? column('weight_ferromagnet') : NaN) with lines lw 1.6 \
             lc rgb '#000000' notitle, \
         for [i = 1:words(widths)] 'trajectory.csv' using (seen(i)):'w' with lines lw 0.8 lc rgb color[pick(i)] notitle, \
         for [i = 1:words(widths)] 'trajectory.csv' \
             using (seen(i)):(column('w') - column('w_err')):(0):(2 * column('w_err')) with vectors nohead lw 0.8 \
             lc rgb color[pick(i)] notitle, \
         for [i = 1:words(widths)] 'trajectory.csv' \
             using (seen(i) - column('sigma_now_err')):(column('w')):(2 * column('sigma_now_err')):(0) with vectors nohead \
             lw 0.8 lc rgb color[pick(i)] notitle, \
         for [i = 1:words(widths)] 'trajectory.csv' using (seen(i)):'w' with points pt symbol[pick(i)] ps dot \
             lc rgb color[pick(i)] title sprintf('{/:Italic σ}_0 = %s', word(widths, i)) . keep
    unset output
}
