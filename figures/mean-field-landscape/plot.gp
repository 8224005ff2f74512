# The free energy of mean field between two states at several T beside the energy of single flips; minima and barriers
# against T: theory lines, samples and machines points with error bars.
# Reads landscape.csv, flips.csv, summary.csv and theory.csv beside this script; writes figure.pdf and figure.svg.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise
tic(x) = (x < 0 ? '−' : '') . sprintf('%g', abs(x))  # gnuplot's own minus sign asks for a UTF-8 locale

# The first size; temperatures whose lines are drawn: those there are of a few that can be told apart, or the first.
units = NaN; drawn = ''; first = NaN; last = 0
note(n, t) = (units != units ? (units = n, first = t) : 0, t > last ? last = t : 0, \
              (t == 0.05 || t == 0.4 || t == 0.8 || t == 1.2 || t == 1.6) && n == units && \
              strstrt(' ' . drawn, sprintf(' %g ', t)) == 0 ? drawn = drawn . sprintf('%g ', t) : '', n)
stats 'summary.csv' using (note(column('n_units'), column('temperature'))) nooutput
if (words(drawn) == 0) { drawn = sprintf('%g ', first) }
at(k, x) = column('n_units') == units && abs(column('temperature') - word(drawn, k)) < 1e-9 ? column(x) : NaN
of(x) = column('n_units') == units ? column(x) : NaN
f_low = NaN; f_high = NaN
note_f(n, t, f) = (n == units && strstrt(' ' . drawn, sprintf(' %g ', t)) > 0 ? \
    (f_low = (f_low != f_low || f < f_low ? f : f_low), f_high = (f_high != f_high || f > f_high ? f : f_high)) : 0, f)
stats 'landscape.csv' using (note_f(column('n_units'), column('temperature'), column('f'))) nooutput
stats 'flips.csv' using (note_f(column('n_units'), word(drawn, 1) + 0, column('energy'))) nooutput
if (!(f_high > f_low)) { f_high = f_low + 1 }
if (!(last > 0)) { last = 1 }
most = 4
note_minima(n, x) = (n == units && x > most ? most = x : 0, n)
stats 'theory.csv' using (note_minima(column('n_units'), column('minima'))) nooutput

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 11, 13, 15]

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 6.2in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 1116 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.35 : 0.55
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.155; set rmargin screen 0.97

    set bmargin screen 0.655; set tmargin screen 0.988
    set xrange [-0.02:1.02]; set yrange [f_low - 0.06 * (f_high - f_low):f_high + 0.52 * (f_high - f_low)]
    set xtics 0.2 format '%g'; set mxtics 2; set ytics 4 format '%g'; set mytics 4
    set for [k = -40:-1] ytics add (tic(4 * k) 4 * k)
    set xlabel 'way from one state to the other' offset 0, 0.4
    set ylabel 'free energy  {/:Italic F}' . keep offset 1.5, 0
    set key at graph 0.985, 0.985 top right Left reverse samplen 2.2 spacing 1.1 maxrows 3
    set label 1 sprintf('%d units', units) at graph 0.03, 0.64
    plot 'flips.csv' using 'position':(of('energy')) with linespoints lw 1 dt 3 pt 6 ps 1.4 * dot lc rgb '#000000' title 'single flips, {/:Italic E}' . keep, \
         for [k = 1:words(drawn)] 'landscape.csv' using 'position':(at(k, 'f')) with lines lw 1.4 lc rgb color[k] notitle, \
         for [k = 1:words(drawn)] 'landscape.csv' using 'position':(at(k, 'f_sampled') - column('f_sampled_err')):(0):(2 * column('f_sampled_err')) with vectors nohead lw 0.8 lc rgb color[k] notitle, \
         for [k = 1:words(drawn)] 'landscape.csv' using 'position':(at(k, 'f_sampled')) with points pt symbol[k] ps dot lc rgb color[k] title sprintf('{/:Italic T} = %s', word(drawn, k)) . keep

    unset label 1
    set bmargin screen 0.370; set tmargin screen 0.575
    set xrange [0:1.04 * last]; set yrange [0.8:3 * most]
    set logscale y
    set xtics 0.5 format ''; set mxtics 5; set ytics auto; set ytics (1, 2, 5, 10, 20, 50, 100, 200) format '%g'; set mytics 1
    unset xlabel
    set ylabel 'minima of {/:Italic F}' . keep offset -0.6, 0
    set key at graph 0.98, 0.95 top right Left reverse samplen 1.8 spacing 1.1 maxrows 5
    plot 'theory.csv' using 'temperature':(of('minima')) with lines lw 1.2 dt 2 lc rgb '#000000' title 'stable states of {/:Italic E}' . keep, \
         'summary.csv' using 'temperature':(of('minima') - column('minima_err')):(0):(2 * column('minima_err')) with vectors nohead lw 0.8 lc rgb color[1] notitle, \
         'summary.csv' using 'temperature':(of('minima')) with points pt 7 ps 1.2 * dot lc rgb color[1] title 'found by settling'
    unset logscale

    set bmargin screen 0.075; set tmargin screen 0.350
    set xtics 0.5 format '%g'
    set yrange [0:*]
    set ytics 1; set mytics 2; set ytics auto format '%g'
    set xlabel 'temperature  {/:Italic T}' . keep offset 0, 0.4
    set ylabel 'barrier, share' offset 0.1, 0
    set key at graph 0.98, 0.97 top right Left reverse samplen 1.8 spacing 1.1
    plot 'theory.csv' using 'temperature':(of('single')) with lines lw 1.2 lc rgb '#000000' title 'eigenvalue < {/:Italic T}' . keep, \
         'summary.csv' using 'temperature':(of('flip_barrier')) with lines lw 1.2 dt 3 lc rgb '#000000' title 'barrier, single flips', \
         'summary.csv' using 'temperature':(of('barrier') - column('barrier_err')):(0):(2 * column('barrier_err')) with vectors nohead lw 0.8 lc rgb color[2] notitle, \
         'summary.csv' using 'temperature':(of('single') - column('single_err')):(0):(2 * column('single_err')) with vectors nohead lw 0.8 lc rgb color[3] notitle, \
         'summary.csv' using 'temperature':(of('barrier')) with points pt 9 ps 1.2 * dot lc rgb color[2] title 'barrier, straight line', \
         'summary.csv' using 'temperature':(of('single')) with points pt 5 ps dot lc rgb color[3] title 'one minimum, share'
    unset xlabel
    unset multiplot
    unset output
}
