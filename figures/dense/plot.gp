# Overlap against load, a panel a degree: open symbols at T = 0, filled ones in the heat bath, a symbol a size; theory lines.
# Reads summary.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# Degrees, sizes and temperatures in the order of their first appearance, at the first start of the study.
off = 1e9  # outside every frame: gnuplot complains of a file without any point, not of one that shows none
degrees = ''; sizes = ''; temperatures = ''; start = -1; right = 0
has(list, x) = strstrt(' ' . list, sprintf(' %#.17g ', x)) > 0
note(d, n, t, m0, a) = (start < 0 ? start = m0 : 0, a > right ? right = a : 0, \
                        has(degrees, d) ? 0 : (degrees = sprintf('%s%#.17g ', degrees, d)), \
                        has(sizes, n) ? 0 : (sizes = sprintf('%s%#.17g ', sizes, n)), \
                        has(temperatures, t) ? 0 : (temperatures = sprintf('%s%#.17g ', temperatures, t)), 0)
stats 'summary.csv' using (note(column('degree'), column('n_neurons'), column('temperature'), column('m0'), \
                                column('load'))) nooutput
n_panels = words(degrees) < 4 ? words(degrees) : 4
n_shown = words(temperatures) < 2 ? words(temperatures) : 2  # the first two temperatures

# Where the theory's lines end, by panel and temperature; which sizes a panel has.
array end_a[8]; array end_m[8]; array there[64]
do for [k = 1:8] { end_a[k] = -off; end_m[k] = -off }
do for [k = 1:64] { there[k] = 0 }
note_end(d, t, a, m) = (sum [p = 1:n_panels] sum [k = 1:n_shown] \
                        (d == real(word(degrees, p)) && t == real(word(temperatures, k)) && a > end_a[2*p+k-2] ? \
                         (end_a[2*p+k-2] = a, end_m[2*p+k-2] = m, 0) : 0), 0)
stats 'theory.csv' using (note_end(column('degree'), column('temperature'), column('load'), column('m'))) nooutput
note_size(d, n) = (sum [p = 1:n_panels] sum [k = 1:(words(sizes) < 16 ? words(sizes) : 16)] \
                   (d == real(word(degrees, p)) && n == real(word(sizes, k)) ? (there[16*(p-1)+k] = 1, 0) : 0), 0)
stats 'summary.csv' using (note_size(column('degree'), column('n_neurons'))) nooutput

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array open[6] = [6, 8, 4, 10, 12, 14]
array filled[6] = [7, 9, 5, 11, 13, 15]
array dash[2] = [1, 2]
index_of(k) = (k - 1) % 6 + 1
at(p, t, n, x) = column('degree') == real(word(degrees, p)) && column('temperature') == real(word(temperatures, t)) && \
                 column('n_neurons') == n && column('m0') == start ? column(x) : off
on(p, t, x) = column('degree') == real(word(degrees, p)) && column('temperature') == real(word(temperatures, t)) ? column(x) : \
             end_a[2*p+t-2] > -off ? NaN : off
size_of(k) = real(word(sizes, k))
symbol_of(t, k) = real(word(temperatures, t)) > 0 ? filled[index_of(k)] : open[index_of(k)]

n_sizes = words(sizes) < 16 ? words(sizes) : 16
height = 1.75 * n_panels + 0.4
frac(x) = x / height
# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, height*1in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 180*height font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.35 : 0.55
    small = format eq 'pdf' ? ',9' : ',12.5'
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.135; set rmargin screen 0.975
    set xrange [0:1.02*right]; set yrange [-0.06:1.08]
    set ytics 0.5 format '%g'; set mytics 5
    set ylabel 'overlap  {/:Italic m}' offset 1.2, 0
    do for [p = 1:n_panels] {
        set tmargin screen 1 - frac(0.08 + 1.75 * (p - 1)); set bmargin screen 1 - frac(1.75 * p)
        set xtics 0.1; set mxtics 5
        if (p == n_panels) { set format x '%g'; set xlabel 'load  {/:Italic a} = {/:Italic K} (2{/:Italic n}−3)!! / {/:Italic N}^{{/:Italic n}−1}' offset 0, 0.3 } \
        else { set format x ''; unset xlabel }
        set label 1 sprintf('{/:Italic n} = %d', real(word(degrees, p))) . keep at graph 0.03, 0.13 left
        set key at graph 0.985, 0.97 right top Left reverse samplen 0.6 spacing 0.95 font small
        set label 2 '{/:Italic a}_c' . keep at (end_a[2*p-1] > end_a[2*p] ? end_a[2*p-1] : end_a[2*p]), 0.03 offset 0.4, 0 left font small
        do for [t = 1:n_shown] {
            if (p == (n_panels > 1 ? 2 : 1)) { set label 2 + t sprintf('%s, %s: {/:Italic T} = %g', \
                          (real(word(temperatures, t)) > 0 ? 'filled' : 'open'), (t == 1 ? 'solid' : 'dashed'), \
                          real(word(temperatures, t))) . keep at graph 0.985, 0.53 - 0.09 * t right font small }
            set arrow t from end_a[2*p+t-2], -0.06 to end_a[2*p+t-2], end_m[2*p+t-2] nohead lw 1 dt (2, 3) lc rgb '#000000'
        }
        plot for [t = 1:n_shown] 'theory.csv' using (on(p, t, 'load')):(on(p, t, 'm')) \
                 with lines lw 1.4 dt dash[t] lc rgb '#000000' notitle, \
             for [t = 1:n_shown] for [k = 1:n_sizes] 'summary.csv' \
                 using (at(p, t, size_of(k), 'load')):(column('m') - column('m_err')):(0):(2 * column('m_err')) \
                 with vectors nohead lw 0.7 lc rgb color[index_of(k)] notitle, \
             for [t = 1:n_shown] for [k = 1:n_sizes] 'summary.csv' using (at(p, t, size_of(k), 'load')):(column('m')) \
                 with points lc rgb color[index_of(k)] pt symbol_of(t, k) ps dot lw 0.8 notitle, \
             for [k = 1:n_sizes] '+' every ::0::0 using (off):(off) \
                 with points lc rgb color[index_of(k)] pt filled[index_of(k)] ps dot \
                 title (there[16*(p-1)+k] ? sprintf('{/:Italic N} = %d', size_of(k)) . keep : '')
        unset label
        do for [t = 1:n_shown] { unset arrow t }
    }
    unset multiplot
    unset output
}
