# Energies of symmetric mixtures at T = 0 against n: odd ones from below, even ones from above, closing on -1/pi.
# Reads theory-ladder.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders

tic(x) = sprintf(x < 0 ? '−%.2f' : '%.2f', abs(x))  # gnuplot's own minus sign asks for a UTF-8 locale

# Rows of the other parity go outside the frame: gnuplot complains of a file without any point.
of_parity(p, x) = int(column('order')) % 2 == p ? column(x) : 1e9
limit = -1 / pi

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 2.8in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 504 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.45 : 0.7
    set output 'figure.' . format
    set lmargin screen 0.16; set rmargin screen 0.975; set bmargin screen 0.14; set tmargin screen 0.975
    set border lw 0.8
    set logscale x
    set xrange [0.85:118]; set yrange [-0.53:-0.22]
    set xtics (1, 2, 3, 5, 10, 20, 50, 100) offset 0, 0; unset mxtics
    set ytics 0.05 format '%.2f' offset 0, 0; set mytics 5
    set for [k = -10:-5] ytics add (tic(0.05 * k) 0.05 * k)
    set xlabel 'patterns mixed  {/:Italic n}' offset 0, 0.3
    set ylabel 'energy  {/:Italic E_n}  at {/:Italic T} = 0' offset 2.8, 0
    set key at graph 0.97, 0.16 right center Left reverse samplen 1.4 spacing 1.1
    set arrow 1 from graph 0, first limit to graph 1, first limit nohead lw 1.2 dt (6, 3) lc rgb '#000000'
    set label 1 '−1/π' at 1.0, limit offset 0, 0.6 left
    plot 'theory-ladder.csv' using (of_parity(0, 'order')):(column('f')) \
             with points pt 8 ps 1.3 * dot lw 1.2 lc rgb '#d55e00' title 'even: saddles', \
         'theory-ladder.csv' using (of_parity(1, 'order')):(column('f')) \
             with points pt 7 ps 1.1 * dot lc rgb '#0072b2' title 'odd: minima'
    unset arrow; unset label
    unset output
}
