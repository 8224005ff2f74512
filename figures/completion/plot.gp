# Digits, what is given of them, and what one softmax update makes of that; below, how many are found against beta.
# Reads images.csv, summary.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# How large the picture is, how bright, and which beta each row has; a row is `down` pixels high, the gap included.
width = 0; height = 0; rows = 0; betas = ''
note(x, y, row) = (width = (x > width ? x : width), height = (y > height ? y : height), \
                   rows = (row > rows ? row : rows), x)
note_beta(b) = (b == b && strstrt(' ' . betas, sprintf(' %g ', b)) == 0 ? betas = betas . sprintf('%g ', b) : '', b)
stats 'images.csv' using (note(column('x'), column('y'), column('row'))) nooutput
stats 'images.csv' using (note_beta(column('beta'))) nooutput
stats 'images.csv' using (column('row') == 0 ? column('grey') : NaN) nooutput
most = STATS_max
down = (height + 3.0) / (rows + 1)

# The first number of images alone.
patterns = NaN
note_patterns(k) = (patterns != patterns ? patterns = k : 0, k)
stats 'summary.csv' using (note_patterns(column('n_patterns'))) nooutput
stats 'summary.csv' using 'beta' nooutput
low = STATS_min < 2 ? 0.5 * STATS_min : 1; high = STATS_max > 500 ? 2 * STATS_max : 1000
grey(x) = 255 * (1 - (column('grey') < 0 ? 0 : column('grey') > most ? most : column('grey')) / most)
shown(name) = column('n_patterns') == patterns ? column(name) : NaN

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
inches = 4.6
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.6in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 828 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot

    # Square pixels: the picture is as wide as fits beside the labels, or as high as it may become.
    room = 0.5 * inches
    size = (0.82 * 3.4) * (height + 1) / (width + 1)
    size = size < room ? size : room
    wide = size / 3.4 * (width + 1) / (height + 1)
    set lmargin screen 0.165; set rmargin screen 0.165 + wide
    set tmargin screen 0.99; set bmargin screen 0.99 - size / inches
    unset border; unset xtics; unset ytics; unset xlabel; unset ylabel; unset key
    set xrange [-0.5:width + 0.5]; set yrange [height + 0.5:-0.5]
    set label 1 'stored' at -5, 0.5 * down right
    set label 2 'given' at -5, 1.5 * down right
    set for [k = 1:words(betas)] label 2 + k sprintf('{/:Italic β} = %s', word(betas, k)) . keep at -5, (k + 1.5) * down right
    plot 'images.csv' using 'x':'y':(column('is_masked') > 0 ? 0xc6 : grey(0)):(column('is_masked') > 0 ? 0xdb : grey(0)):\
             (column('is_masked') > 0 ? 0xef : grey(0)) with rgbimage notitle
    unset label

    set border 31 lw 0.8
    set lmargin screen 0.165; set rmargin screen 0.975; set bmargin screen 0.1; set tmargin screen 0.455
    set xrange [low:high]; set yrange [0:1.04]
    set logscale x
    set xtics 10 format '10^{%T}'; set mxtics 10; set ytics 0.2 format '%g'; set mytics 2
    set xlabel '{/:Italic β}' offset 0, 0.4; set ylabel 'share, weight' offset 0.4, 0
    set key at graph 0.98, 0.06 bottom right Left reverse samplen 1.6 spacing 1.1
    plot 'theory.csv' using 'beta':(shown('weight')) with lines lw 1.6 lc rgb '#000000' title 'weight, theory', \
         'summary.csv' using 'beta':(shown('weight') - column('weight_err')):(0):(2 * column('weight_err')) \
             with vectors nohead lw 0.8 lc rgb '#0072b2' notitle, \
         'summary.csv' using 'beta':(shown('weight')) with points pt 7 ps dot lc rgb '#0072b2' title 'weight, measured', \
         'summary.csv' using 'beta':(shown('right_first') - column('right_first_err')):(0):\
             (2 * column('right_first_err')) with vectors nohead lw 0.8 lc rgb '#d55e00' notitle, \
         'summary.csv' using 'beta':(shown('right_first')) \
             with points pt 9 ps dot lc rgb '#d55e00' title 'found, one update', \
         'summary.csv' using 'beta':(shown('right') - column('right_err')):(0):(2 * column('right_err')) \
             with vectors nohead lw 0.8 lc rgb '#009e73' notitle, \
         'summary.csv' using 'beta':(shown('right')) with points pt 4 ps dot lc rgb '#009e73' title 'found, at rest'
    unset logscale x
    unset multiplot
    unset output
}
