# Overlap against load at several temperatures, each line up to the end of retrieval; inset: the share of wrong bits.
# Reads theory-*.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise
set datafile missing NaN  # a line goes on over the rows of other temperatures

# The ends, in the order of their temperatures, and their share of wrong bits.
array temperature[100]; array alpha_c[100]; array m_c[100]; array error_c[100]
n = 0
note_end(t, a, m, e) = (a > 0 && n < 100 ? (n = n + 1, temperature[n] = t, alpha_c[n] = a, m_c[n] = m, error_c[n] = e) \
                                         : 0, 0)
stats 'theory-ends.csv' using \
    (note_end(column('temperature'), column('alpha_c'), column('m_c'), column('error_c'))) nooutput

# The lines end as a square root does, between two loads of the grid: a piece from the last one closes them.
array last_alpha[100]; array last_m[100]
note_last(k, a, m) = (m > 0 ? (last_alpha[k] = a, last_m[k] = m) : 0, 0)
of(k, x) = abs(column('temperature') - temperature[k]) < 1e-9 ? x : NaN
temperature[1] = n > 0 ? temperature[1] : NaN; last_alpha[1] = NaN; last_m[1] = NaN
do for [k = 1:n] {
    last_alpha[k] = NaN; last_m[k] = NaN
    stats 'theory-lines.csv' using (note_last(k, of(k, column('alpha')), of(k, column('m')))) nooutput
}
n_all = 0
note_all(a) = (a > 0 ? n_all = n_all + 1 : 0, 0)
stats 'theory-all-ends.csv' using (note_all(column('alpha_c'))) nooutput

# gnuplot complains of a file without any point, not of one whose points are all outside the frame.
off = 1e9
some(n, x) = n > 0 ? column(x) : off
has(k) = last_m[k] > 0
line_x(k) = has(k) ? of(k, column('alpha')) : off
end_x(k) = abs(column('temperature') - temperature[k]) < 1e-9 ? column('alpha_c') : off
end_y(x) = n > 0 ? column(x) : off
positive(x) = x == 0 ? 1e-300 : x  # on a logarithmic scale

# Okabe and Ito, and three more
array color[10] = ['#000000', '#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#7f5200', '#332288', \
                   '#999999']
color_of(k) = color[(k - 1) % 10 + 1]
line_of(k) = (k - 1) % 3 + 1
text_of(k) = sprintf(k > 1 ? '%g' : '{/:Italic T} = %g', temperature[k]) . keep
set style line 1 lw 1.6
set style line 2 lw 1.6 dt (8, 3)
set style line 3 lw 1.6 dt (6, 2, 1, 2)

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 3.0in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 540 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.35 : 0.5
    small = format eq 'pdf' ? ',10' : ',13.6'
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set key off
    set lmargin screen 0.125; set rmargin screen 0.975; set bmargin screen 0.125; set tmargin screen 0.975
    set xrange [0:0.16]; set yrange [0:1.04]
    set xtics 0.05 format '%g' offset 0, 0 font ''; set mxtics 5
    set ytics 0.2 format '%g' offset 0, 0 font ''; set mytics 2
    set xlabel 'load  {/:Italic α} = {/:Italic p}/{/:Italic N}' offset 0, 0.3
    set ylabel 'overlap  {/:Italic m}' offset 1.0, 0
    do for [k = 1:n] {
        set label k text_of(k) \
            at alpha_c[k], m_c[k] offset (k > 1 ? 0.5 : 0.8), (k > 1 ? -0.7 : 0.45) left font small
        if (has(k)) { set arrow k \
            from last_alpha[k], last_m[k] to alpha_c[k], m_c[k] nohead ls line_of(k) lc rgb color_of(k) }
    }
    plot NaN notitle, \
         'theory-all-ends.csv' using (some(n_all, 'alpha_c')):(some(n_all, 'm_c')) \
             with lines lw 0.9 dt (1, 2) lc rgb '#000000', \
         for [k = 1:n] 'theory-lines.csv' using (line_x(k)):(has(k) ? column('m') : off) \
             with lines ls line_of(k) lc rgb color_of(k), \
         for [k = 1:n] 'theory-ends.csv' using (end_x(k)):(end_y('m_c')) \
             with points pt 7 ps dot lc rgb color_of(k)
    unset label

    # The inset: wrong bits.
    set lmargin screen 0.47; set rmargin screen 0.955; set bmargin screen 0.26; set tmargin screen 0.72
    set xrange [0:0.145]; set yrange [1e-6:1]
    set logscale y
    set xtics 0.05 offset 0, 0.4 font small; set mxtics 5
    set ytics 100 format '10^{%T}' offset 0.6, 0 font small; set mytics 1
    set for [k = -3:-1] ytics add (sprintf('10^{−%d}', -2 * k) 100.0**k)  # no hyphens
    set xlabel '{/:Italic α}' offset 0, 1.0; set ylabel '(1 − {/:Italic m})/2' . keep offset 3.4, 0
    do for [k = 1:n] {
        if (has(k)) { set arrow k from last_alpha[k], positive(0.5 * (1 - last_m[k])) to alpha_c[k], error_c[k] \
            nohead ls line_of(k) lc rgb color_of(k) }
    }
    plot NaN notitle, \
         'theory-all-ends.csv' using (some(n_all, 'alpha_c')):(some(n_all, 'error_c')) \
             with lines lw 0.9 dt (1, 2) lc rgb '#000000', \
         for [k = 1:n] 'theory-lines.csv' using (line_x(k)):(has(k) ? positive(0.5 * (1 - column('m'))) : off) \
             with lines ls line_of(k) lc rgb color_of(k), \
         for [k = 1:n] 'theory-ends.csv' using (end_x(k)):(end_y('error_c')) \
             with points pt 7 ps 0.8 * dot lc rgb color_of(k)
    unset logscale y; unset arrow
    unset multiplot
    unset output
}
