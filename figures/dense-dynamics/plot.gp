# (a) The overlap step by step at some of the study's loads, at its lowest degree and first start; (b) the overlap after the
# last step against the load.  Reads summary.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
set datafile missing NaN  # lines go on over rows of other curves
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# The degree, the start, the largest size, the last step, and the loads in the order in which they stand in the file.
off = 1e9  # outside every frame
degree = 1e300; start = -1; largest = 0; last = 1; loads = ''; a_c = off; lowest = 1; left = 1e300; right = 0
note(d, m0, t, n) = (d < degree ? degree = d : 0, start < 0 ? start = m0 : 0, n > largest ? largest = n : 0, \
                     t > last ? last = t : 0, 0)
stats 'summary.csv' using (note(column('degree'), column('m0'), column('step'), column('n_neurons'))) nooutput
is_of(x) = column('degree') == degree && column('m0') == start ? x : 0
has(a) = strstrt(' ' . loads, sprintf(' %#.17g ', a)) > 0
note_load(a, end) = (has(a) ? 0 : (loads = sprintf('%s%#.17g ', loads, a)), a_c = end, a < left ? left = a : 0, \
                     a > right ? right = a : 0, 0)
stats 'theory.csv' using (is_of(1) ? note_load(column('load'), column('a_c')) : 0) nooutput
n_exact = 0; n_replica = 0  # loads with a theory at the last step: with paths 0, and above a_c, there may be none
count(t, m, r) = (t != last ? 0 : m == m ? n_exact = n_exact + 1 : 0, t == last && r == r ? n_replica = n_replica + 1 : 0, 0)
stats 'theory.csv' using (is_of(1) ? count(column('step'), column('m'), column('m_replica')) : 0) nooutput
note_low(m, e) = (m - e < lowest ? lowest = m - e : 0, 0)
stats 'summary.csv' using (is_of(1) && column('n_neurons') == largest ? note_low(column('m'), column('m_err')) : 0) nooutput

# Some of the loads, some seven at most; where each ends, for its label.
every_nth = ceil(words(loads) / 7.0)
n_curves = ceil(words(loads) / real(every_nth))
load_of(k) = real(word(loads, (k - 1) * every_nth + 1))
array end_m[16]
do for [k = 1:16] { end_m[k] = off }
note_end(a, t, m) = (t == last ? (sum [k = 1:n_curves] (a == load_of(k) ? (end_m[k] = m, 0) : 0)) : 0, 0)
stats 'summary.csv' using (is_of(1) && column('n_neurons') == largest ? \
                           note_end(column('load'), column('step'), column('m')) : 0) nooutput

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array shape[6] = [7, 9, 5, 11, 13, 15]
index_of(k) = (k - 1) % 6 + 1
shown(x) = column('degree') == degree && column('m0') == start && column('n_neurons') == largest ? column(x) : off
point(k, x) = column('load') == load_of(k) ? shown(x) : off
line(k, x) = is_of(column('load') == load_of(k)) ? column(x) : NaN
at_end(x) = column('step') == last ? shown(x) : off
end_line(x) = is_of(column('step') == last) ? column(x) : NaN

bottom = floor(lowest * 10 - 0.3) / 10.0
if (bottom < 0) { bottom = -0.05 }
# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.6in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 828 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.3 : 0.5
    small = format eq 'pdf' ? ',9' : ',12.5'
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.14; set rmargin screen 0.97
    set format x '%g'; set format y '%g'

    # (a)
    set tmargin screen 0.985; set bmargin screen 0.59
    set xrange [-0.4:1.2 * last]; set yrange [bottom:1.03]
    spacing = last > 8 ? 5 : 1
    set xtics spacing; set mxtics 5; set ytics 0.1; set mytics 2
    set xlabel 'updates  {/:Italic t}' offset 0, 0.4
    set ylabel 'overlap  {/:Italic m_t}' offset 1.0, 0
    set label 1 sprintf('(a)   {/:Italic n} = %d, {/:Italic N} = %d', degree, largest) . keep at graph 0.03, 0.1 left
    apart = off
    do for [k = 1:n_curves] {
        if (abs(end_m[k] - apart) > 0.045 * (1.03 - bottom) && end_m[k] < off) {
            set label k + 1 sprintf('%s%g', (apart == off ? '{/:Italic a} = ' : ''), load_of(k)) . keep \
                at 1.03 * last, end_m[k] left font small
            apart = end_m[k]
        }
    }
    set key off
    plot for [k = 1:n_curves] 'theory.csv' using (line(k, 'step')):(line(k, 'm')) with lines lw 1.2 lc rgb '#000000', \
         for [k = 1:n_curves] 'summary.csv' \
             using (point(k, 'step')):(column('m') - column('m_err')):(0):(2 * column('m_err')) \
             with vectors nohead lw 0.8 lc rgb color[index_of(k)], \
         for [k = 1:n_curves] 'summary.csv' using (point(k, 'step')):(column('m')) \
             with points pt shape[index_of(k)] ps dot lc rgb color[index_of(k)]
    unset label

    # (b)
    set tmargin screen 0.485; set bmargin screen 0.09
    width = right > left ? right - left : 0.1
    set xrange [left - 0.05 * width:right + 0.05 * width]
    spacing = width < 1 ? 0.05 * ceil(width / 0.35) : width / 5
    set xtics spacing; set mxtics 2
    set xlabel 'load  {/:Italic a} = {/:Italic K} (2{/:Italic n}−3)!! / {/:Italic N}^{{/:Italic n}−1}' offset 0, 0.3
    set ylabel sprintf('{/:Italic m}_{%d}', last) . keep offset 1.0, 0
    set label 1 '(b)' at graph 0.97, 0.92 right
    if (a_c < right && a_c > left) {
        set arrow 1 from a_c, graph 0 to a_c, graph 1 nohead lw 1 dt (2, 3) lc rgb '#000000'
        set label 2 '{/:Italic a}_c' . keep at a_c, graph 0.93 offset 0.5, 0 left font small
    }
    set key at graph 0.03, 0.04 left bottom Left reverse samplen 2 spacing 1.0 font small
    plot 'theory.csv' using (end_line('load')):(n_exact > 0 ? end_line('m') : off) with lines lw 1.4 lc rgb '#000000' title 'exact', \
         'theory.csv' using (end_line('load')):(n_replica > 0 ? end_line('m_replica') : off) with lines lw 1.4 dt (7, 3) lc rgb '#d55e00' \
             title 'replica symmetry', \
         'theory.csv' using (end_line('load')):(end_line('m_map')) with lines lw 1.2 dt (2, 2) lc rgb '#009e73' \
             title 'without memory', \
         'summary.csv' using (at_end('load')):(column('m') - column('m_err')):(0):(2 * column('m_err')) \
             with vectors nohead lw 0.8 lc rgb '#0072b2' notitle, \
         'summary.csv' using (at_end('load')):(column('m')) with points pt 7 ps dot lc rgb '#0072b2' \
             title sprintf('{/:Italic N} = %d', largest) . keep
    unset label
    unset arrow
    unset multiplot
    unset output
}
