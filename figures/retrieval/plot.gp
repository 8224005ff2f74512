# A pattern in equilibrium: overlap against temperature (a) and against load (b), noise r (c) and energy (d) against
# temperature: replica-symmetric theory lines, simulation points with error bars; hollow where replicas lost the pattern.
# Reads summary.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
set encoding utf8
set minussign
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# The loads, the temperatures and the largest size in the study; six of each are shown, spread over all.
loads = ''; temperatures = ''; largest = 0
add(list, x) = strstrt(sprintf(' %s', list), sprintf(' %.9g ', x)) == 0 ? sprintf('%s%.9g ', list, x) : list
note(a, t, n) = (loads = add(loads, a), temperatures = add(temperatures, t), n > largest ? largest = n : 0, n)
stats 'summary.csv' using (note(column('alpha'), column('temperature'), column('n_neurons'))) nooutput
six_of(list) = words(list) <= 6 ? list : sprintf('%s %s %s %s %s %s', word(list, 1), \
    word(list, 1 + (words(list) - 1) / 5), word(list, 1 + 2 * (words(list) - 1) / 5), \
    word(list, 1 + 3 * (words(list) - 1) / 5), word(list, 1 + 4 * (words(list) - 1) / 5), word(list, words(list)))
loads = six_of(loads); temperatures = six_of(temperatures)
stats 'summary.csv' using 'alpha' nooutput
right = 0.16 > 1.1 * STATS_max ? 0.16 : 1.1 * STATS_max
stats 'summary.csv' using 'temperature' nooutput
hottest = 0.8 > 1.05 * STATS_max ? 0.8 : 1.05 * STATS_max

off = 1e9  # outside the frame: gnuplot complains of a file without any point
same(name, x) = sprintf('%.9g', column(name)) eq x  # as text: real('1e-05') is an error, for want of a point
is_shown(name, x) = same(name, x) && column('n_neurons') == largest
there(y) = abs(column(y)) < off ? column(y) : off  # an empty cell is below nothing
kept(name, x, y) = is_shown(name, x) && column('lost') == 0 ? there(y) : off
gone(name, x, y) = is_shown(name, x) && column('lost') > 0 ? there(y) : off
bar(e) = e > 0 ? e : 0

n_lost = 0
note_lost(n, lost) = (n == largest && lost > 0 ? n_lost = n_lost + 1 : 0, 0)
stats 'summary.csv' using (note_lost(column('n_neurons'), column('lost'))) nooutput

# The lines that theory.csv has: none at a load or temperature without retrieval.  Then points outside the frame, if need
# be those of another file, whose columns have the same names.
load_lines = ''; temperature_lines = ''
note_line(along, a, t) = (along eq 'temperature' ? (load_lines = add(load_lines, a)) \
                                                 : (temperature_lines = add(temperature_lines, t)), 0)
stats 'theory.csv' using (note_line(strcol('along'), column('alpha'), column('temperature'))) nooutput
lines = load_lines . temperature_lines eq '' ? 'summary.csv' : 'theory.csv'
is_line(list, x) = strstrt(' ' . list, sprintf(' %s ', x)) > 0
of_line(along, name, x, y) = strcol('along') eq along && same(name, x) ? column(y) : NaN
of(along, name, x, y) = is_line(along eq 'alpha' ? temperature_lines : load_lines, x) ? of_line(along, name, x, y) : off

array color[6] = ['#000000', '#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 5, 9, 11, 13, 15]
array hollow[6] = [6, 4, 8, 10, 12, 14]

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 5.6in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 1008 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    small = format eq 'pdf' ? ',10' : ',13.6'
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.125; set rmargin screen 0.975; set bmargin screen 0.71; set tmargin screen 0.988
    set xrange [0:hottest]; set yrange [0:1.06]
    set xtics 0.2 format '%g' offset 0, 0.3; set mxtics 4; set ytics 0.5 format '%g' offset 0.3, 0; set mytics 5
    set xlabel 'temperature  {/:Italic T}' offset 0, 0.8
    set ylabel 'overlap  {/:Italic m}' offset 1.4, 0
    set key at graph 0.03, 0.64 left top Left reverse width -2 samplen 1.0 spacing 1.0 font small maxrows 3
    set label 9 '(a)' at graph 0.975, 0.92 right front
    set label 8 sprintf('{/:Italic N} = %d', largest) . keep at graph 0.03, 0.1 left
    if (n_lost > 0) { set label 7 'hollow: some lost the pattern' at graph 0.03, 0.27 left font small }
    plot NaN notitle, \
         for [k = 1:words(loads)] lines \
             using (column('temperature')):(of('temperature', 'alpha', word(loads, k), 'm')) \
             with lines lw 1.2 lc rgb color[k] notitle, \
         for [k = 1:words(loads)] 'summary.csv' using (column('temperature')): \
             (kept('alpha', word(loads, k), 'm') - bar(column('m_err'))):(0):(2 * bar(column('m_err'))) \
             with vectors nohead lw 0.8 lc rgb color[k] notitle, \
         for [k = 1:words(loads)] 'summary.csv' using (column('temperature')):(gone('alpha', word(loads, k), 'm')) \
             with points pt hollow[k] ps 0.8 * dot lw 0.7 lc rgb color[k] notitle, \
         for [k = 1:words(loads)] 'summary.csv' using (column('temperature')):(kept('alpha', word(loads, k), 'm')) \
             with points pt symbol[k] ps dot lc rgb color[k] \
             title sprintf('{/:Italic α} = %s', word(loads, k)) . keep

    unset label 7; unset label 8
    set bmargin screen 0.375; set tmargin screen 0.63
    set xrange [0:right]
    set xtics 0.05; set mxtics 5
    set xlabel 'load  {/:Italic α} = {/:Italic p}/{/:Italic N}' offset 0, 0.8
    set label 9 '(b)'
    set key at graph 0.23, 0.64
    plot NaN notitle, \
         for [k = 1:words(temperatures)] lines \
             using (column('alpha')):(of('alpha', 'temperature', word(temperatures, k), 'm')) \
             with lines lw 1.2 lc rgb color[k] notitle, \
         for [k = 1:words(temperatures)] 'summary.csv' using (column('alpha')): \
             (kept('temperature', word(temperatures, k), 'm') - bar(column('m_err'))):(0):(2 * bar(column('m_err'))) \
             with vectors nohead lw 0.8 lc rgb color[k] notitle, \
         for [k = 1:words(temperatures)] 'summary.csv' \
             using (column('alpha')):(gone('temperature', word(temperatures, k), 'm')) \
             with points pt hollow[k] ps 0.8 * dot lw 0.7 lc rgb color[k] notitle, \
         for [k = 1:words(temperatures)] 'summary.csv' \
             using (column('alpha')):(kept('temperature', word(temperatures, k), 'm')) \
             with points pt symbol[k] ps dot lc rgb color[k] \
             title sprintf('{/:Italic T} = %s', word(temperatures, k)) . keep
    unset key

    set bmargin screen 0.07; set tmargin screen 0.295
    set xrange [0:hottest]
    set xtics 0.4; set mxtics 4
    set xlabel '{/:Italic T}'
    do for [panel = 1:2] {
        y = panel == 1 ? 'r' : 'energy'
        set lmargin screen (panel == 1 ? 0.125 : 0.645); set rmargin screen (panel == 1 ? 0.475 : 0.975)
        if (panel == 1) { set yrange [0.9:3.0]; set ytics 1.0; set mytics 5; set ylabel "noise  {/:Italic r}" offset 0.4, 0 } \
        else { set yrange [-0.52:-0.28]; set ytics 0.1; set mytics 5; set ylabel 'energy  {/:Italic e}' offset 0.2, 0 }
        set label 9 (panel == 1 ? '(c)' : '(d)') at graph 0.06, 0.9 left front
        plot NaN notitle, \
             for [k = 1:words(loads)] lines \
                 using (column('temperature')):(of('temperature', 'alpha', word(loads, k), y)) \
                 with lines lw 1.2 lc rgb color[k], \
             for [k = 1:words(loads)] 'summary.csv' using (column('temperature')): \
                 (kept('alpha', word(loads, k), y) - bar(column(y . '_err'))):(0):(2 * bar(column(y . '_err'))) \
                 with vectors nohead lw 0.8 lc rgb color[k], \
             for [k = 1:words(loads)] 'summary.csv' using (column('temperature')):(kept('alpha', word(loads, k), y)) \
                 with points pt symbol[k] ps dot lc rgb color[k]
    }
    unset label
    unset multiplot
    unset output
}
