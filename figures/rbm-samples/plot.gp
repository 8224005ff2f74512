# Three sheets of 5 x 6 images: data, Gibbs chains from random states, and replica exchange along the training.
# Reads sample-data.csv, sample-gibbs.csv and sample-trajectory.csv beside this script; writes figure.pdf and figure.svg.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#v'  # without its header v1,v2 ... a file is a matrix

# An image has side x side pixels, one a column; a row of the file is an image.
stats 'sample-data.csv' using 1 nooutput
n = int(STATS_records)
stats 'sample-data.csv' nooutput
pixels = int(STATS_columns)
side = int(sqrt(pixels) + 0.5)
across = 5
down = int((n + across - 1) / across)

array file[3] = ['sample-data.csv', 'sample-gibbs.csv', 'sample-trajectory.csv']
array name[3] = ['data', 'Gibbs chains', 'exchange along training']

# A sheet has lines of one pixel between its images, 2 in the array.  The lower of a unit's two numbers is white whichever it is.
width = across * (side + 1) + 1
height = down * (side + 1) + 1
array sheet[width * height]
index(image, k) = ((int(image) / across) * (side + 1) + 1 + k / side) * width + (int(image) % across) * (side + 1) + 1 + k % side
put(image, k, x) = (sheet[index(image, k) + 1] = x, x < 0 ? least = -1 : 0)
least = 0
grey(x) = x == 2 ? 2 : (x - least) / (1.0 - least)
set samples width * height
set table $nothing
plot [0:width * height - 1] '+' using (sheet[int($1 + 0.5) + 1] = 2):0 with table
do for [s = 1:3] {
    set table $nothing
    plot file[s] using (sum [k = 0:pixels - 1] put($0, k, column(k + 1))):0 with table
    eval sprintf('set table $sheet%d separator comma', s)
    plot [0:width * height - 1] '+' using (int($1 + 0.5) % width):(int($1 + 0.5) / width):(grey(sheet[int($1 + 0.5) + 1])) with table
}
unset table

# Black on white, lines grey.
set palette defined (0 'white', 1 'black', 1.001 'gray70', 2 'gray70')
set cbrange [0 : 2]
unset colorbox
unset key
unset tics
set border lw 0.5
set xrange [-0.5 : width - 0.5]
set yrange [height - 0.5 : -0.5]

do for [terminal in 'pdf svg'] {
    if (terminal eq 'pdf') {
        set terminal pdfcairo size 3.4in, 1.62in font 'Helvetica,7'
    } else {
        set terminal svg size 340, 162 font 'Helvetica,7' background '#ffffff'
    }
    set output 'figure.' . terminal
    set multiplot
    do for [s = 1:3] {
        set lmargin at screen 0.01 + (s - 1) * 0.331
        set rmargin at screen 0.01 + (s - 1) * 0.331 + 0.318
        set bmargin at screen 0.02
        set tmargin at screen 0.88
        set title name[s] font ',7' offset 0, -0.7
        eval sprintf('plot $sheet%d using 1:2:3 with image', s)
    }
    unset multiplot
    set output
}
