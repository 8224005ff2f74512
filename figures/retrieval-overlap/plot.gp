# Overlap against load at several temperatures, each line up to the end of retrieval; inset: the share of wrong bits.
# Reads theory-*.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
set datafile missing NaN  # a line goes on over the rows of other temperatures

# The ends, in the order of their temperatures, and their share of wrong bits.
array temperature[20]; array alpha_c[20]; array m_c[20]; array error_c[20]
n = 0
note_end(t, a, m, e) = (n = n + 1, temperature[n] = t, alpha_c[n] = a, m_c[n] = m, error_c[n] = e, t)
stats 'theory-ends.csv' using \
    (note_end(column('temperature'), column('alpha_c'), column('m_c'), column('error_c'))) nooutput

# The lines end as a square root does, between two loads of the grid: a piece from the last one closes them.
array last_alpha[20]; array last_m[20]
note_last(k, a, m) = (m > 0 ? (last_alpha[k] = a, last_m[k] = m) : 0, a)
of(k, x) = abs(column('temperature') - temperature[k]) < 1e-9 ? x : NaN
do for [k = 1:n] {
    stats 'theory-lines.csv' using (note_last(k, of(k, column('alpha')), of(k, column('m')))) nooutput
}

# Okabe and Ito
array color[7] = ['#000000', '#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']
color_of(k) = color[(k - 1) % 7 + 1]
line_of(k) = (k - 1) % 3 + 1
text_of(k) = sprintf(k > 1 ? '%g' : '{/:Italic T} = %g', temperature[k])
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
            at alpha_c[k], m_c[k] offset 0.5, (k > 1 ? -0.7 : 0.25) left font small
        set arrow k from last_alpha[k], last_m[k] to alpha_c[k], m_c[k] nohead ls line_of(k) lc rgb color_of(k)
    }
    plot 'theory-all-ends.csv' using 'alpha_c':'m_c' with lines lw 0.9 dt (1, 2) lc rgb '#000000', \
         for [k = 1:n] 'theory-lines.csv' using (of(k, column('alpha'))):(column('m')) \
             with lines ls line_of(k) lc rgb color_of(k), \
         for [k = 1:n] 'theory-ends.csv' using (of(k, column('alpha_c'))):(column('m_c')) \
             with points pt 7 ps dot lc rgb color_of(k)
    unset label

    # The inset: wrong bits.
    set lmargin screen 0.47; set rmargin screen 0.955; set bmargin screen 0.26; set tmargin screen 0.72
    set xrange [0:0.145]; set yrange [1e-6:1]
    set logscale y
    set xtics 0.05 offset 0, 0.4 font small; set mxtics 5
    set ytics 100 format '10^{%T}' offset 0.6, 0 font small; set mytics 1
    set xlabel '{/:Italic α}' offset 0, 1.0; set ylabel '(1 − {/:Italic m})/2' offset 1.6, 0
    do for [k = 1:n] {
        set arrow k from last_alpha[k], 0.5 * (1 - last_m[k]) to alpha_c[k], error_c[k] \
            nohead ls line_of(k) lc rgb color_of(k)
    }
    plot 'theory-all-ends.csv' using 'alpha_c':'error_c' with lines lw 0.9 dt (1, 2) lc rgb '#000000', \
         for [k = 1:n] 'theory-lines.csv' using (of(k, column('alpha'))):(0.5 * (1 - column('m'))) \
             with lines ls line_of(k) lc rgb color_of(k), \
         for [k = 1:n] 'theory-ends.csv' using (of(k, column('alpha_c'))):(column('error_c')) \
             with points pt 7 ps 0.8 * dot lc rgb color_of(k)
    unset logscale y; unset arrow
    unset multiplot
    unset output
}
