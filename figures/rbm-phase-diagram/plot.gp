# (a) The plane of noise and weight: theory's lines, measured overlap (disc) and overlap of two chains (ring);
# (b) order parameters along a cut; (c) susceptibility of a binary mode without noise, (d) its peak against size.
# Reads theory-lines.csv, plane/summary.csv, extrapolated.csv, theory.csv and peak/*.csv beside this script; writes
# figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
set encoding utf8
set minussign
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# The largest size of the plane; the sizes of the peak in the order of their appearance; the cut's kappa and sigma.
largest = 0; highest = 0; sizes = ''; kappa = NaN; sigma = NaN; most = 0
note_largest(n) = (n > largest ? largest = n : 0, n)
stats 'plane/summary.csv' using (note_largest(column('n_units'))) nooutput
note_size(n) = (strstrt(sprintf(' %s', sizes), sprintf(' %d ', n)) == 0 ? sizes = sprintf('%s%d ', sizes, n) : '', n)
stats 'peak/peaks.csv' using (note_size(column('n_units'))) nooutput
note_highest(x) = (x > highest ? highest = x : 0, x)
stats 'peak/summary.csv' using (note_highest(column('susceptibility'))) nooutput
note_cut(k, s, w) = (kappa = k, sigma = s, w > most ? most = w : 0, k)
stats 'extrapolated.csv' using (note_cut(column('kappa'), column('sigma'), column('weight'))) nooutput

step = highest > 5 ? 2 : 1
off = 1e9  # outside the frame: gnuplot complains of a file without any point
seen(x) = x == x ? x : off
bar(e) = e >= 0 ? e : 0
in_plane(x) = column('n_units') == largest && x == x ? x : off
size_of(x) = x > 0.001 ? sqrt(x > 1 ? 1 : x) : 0.03  # areas are in proportion; of no size, SVG is refused
line(x) = x == x ? x : NaN
at_size(n, x) = column('n_units') == int(n) ? x : NaN
point_at(n, x) = column('n_units') == int(n) && x == x ? x : off

black = '#000000'; blue = '#0072b2'; red = '#d55e00'; green = '#009e73'; grey = '#999999'  # Okabe and Ito
array name[4] = ['m', 'm_bar', 'q', 'q_bar']
array title_of[4] = ['{/:Italic m}', '{/:Italic m̄}', '{/:Italic q}', '{/:Italic q̄}']
array color[6] = [blue, red, green, black, '#cc79a7', '#e69f00']
array symbol[6] = [7, 5, 9, 11, 13, 15]
array dash[4] = [1, 2, 4, 5]
style_of(k) = (k - 1) % 6 + 1

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 7.0in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 1260 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.45 : 0.65
    small = format eq 'pdf' ? ',10' : ',13.6'
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set tics front

    # ---- (a) ----
    set lmargin screen 0.15; set rmargin screen 0.975; set bmargin screen 0.645; set tmargin screen 0.99
    set xrange [0:2.2]; set yrange [0:3.2]
    set xtics 0.5 format '%g' offset 0, 0.2; set mxtics 5; set ytics 1 format '%g' offset 0.3, 0; set mytics 4
    set xlabel 'width of the noise  {/:Italic σ}' offset 0, 0.6
    set ylabel 'weight of the mode  {/:Italic w}' offset 0.6, 0
    set arrow 1 from 0, 1 to 1, 1 nohead lw 1.8 lc rgb black
    set arrow 2 from 1, 0 to 1, 1 nohead lw 1.8 lc rgb black
    set label 1 'paramagnet' at 0.08, 0.5 left front
    set label 2 'ferromagnet' at 0.08, 2.52 left front
    set label 3 'glass' at 2.1, 0.54 right front
    set label 4 'area of disc: {/:Italic m̄},  of ring: {/:Italic q̄}' . keep at graph 0.45, 0.945 center front font small
    set label 9 '(a)' at graph 0.025, 0.945 left front
    unset key
    plot 'theory-lines.csv' using 'sigma':(line(column('weight_ferromagnet'))) with lines lw 1.8 lc rgb black notitle, \
         'theory-lines.csv' using 'sigma':(line(column('weight_at'))) with lines lw 1.4 dt (6, 3) lc rgb black notitle, \
         'plane/summary.csv' using (column('sigma')):(in_plane(column('weight'))):(3.2 * dot * size_of(column('q_bar'))) \
             with points pt 6 ps variable lw 0.8 lc rgb blue notitle, \
         'plane/summary.csv' using (column('sigma')):(in_plane(column('weight'))):(3.2 * dot * size_of(column('m_bar'))) \
             with points pt 7 ps variable lc rgb red notitle, \
         'plane/summary.csv' using (column('sigma')):(in_plane(column('weight'))) \
             with points pt 7 ps 0.25 * dot lc rgb black notitle
    unset label; unset arrow

    # ---- (b) ----
    set bmargin screen 0.325; set tmargin screen 0.575
    set xrange [0:1.05 * most]; set yrange [-0.06:1.25]
    set xtics 1; set mxtics 5; set ytics 0.5; set mytics 5
    set xlabel 'weight of the mode  {/:Italic w}' offset 0, 0.6
    set ylabel 'order parameters' offset 0.6, 0
    set key at graph 0.98, 0.07 right bottom Right noreverse width -1 samplen 1.4 spacing 1.05 font small maxrows 2
    set label 1 sprintf('{/:Italic κ} = %g,  {/:Italic σ} = %g', kappa, sigma) . keep at graph 0.11, 0.92 left front
    set label 9 '(b)' at graph 0.025, 0.92 left front
    plot for [k = 1:4] 'theory.csv' using 'weight':(line(column(name[k]))) \
             with lines lw 1.4 dt dash[k] lc rgb color[k] notitle, \
         for [k = 1:4] 'extrapolated.csv' using \
             (column('weight')):(seen(column(name[k])) - bar(column(name[k] . '_err'))):(0): \
             (2 * bar(column(name[k] . '_err'))) with vectors nohead lw 0.9 lc rgb color[k] notitle, \
         for [k = 1:4] 'extrapolated.csv' using (column('weight')):(seen(column(name[k]))) \
             with points pt symbol[k] ps dot lc rgb color[k] title title_of[k] . keep
    unset label

    # ---- (c) ----
    set rmargin screen 0.585; set bmargin screen 0.065; set tmargin screen 0.255
    set xrange [0.7:1.4]; set yrange [0:1.3 * highest]
    set xtics 0.2; set mxtics 2; set ytics step format '%g'; set mytics 2
    set xlabel '{/:Italic w}' offset 0, 0.6
    set ylabel 'susceptibility  {/:Italic χ}' offset 0.6, 0
    set key at graph 0.98, 0.97 right top Right noreverse width -1 samplen 0.6 spacing 0.95 font small maxrows 6
    set label 9 '(c)' at graph 0.04, 0.91 left front
    plot for [k = 1:words(sizes)] 'peak/susceptibility.csv' \
             using (at_size(word(sizes, k), column('weight'))):(column('susceptibility')) \
             with lines lw 1.2 lc rgb color[style_of(k)] notitle, \
         for [k = 1:words(sizes)] 'peak/summary.csv' using (column('weight')): \
             (point_at(word(sizes, k), column('susceptibility')) - bar(column('susceptibility_err'))):(0): \
             (2 * bar(column('susceptibility_err'))) with vectors nohead lw 0.8 lc rgb color[style_of(k)] notitle, \
         for [k = 1:words(sizes)] 'peak/summary.csv' \
             using (column('weight')):(point_at(word(sizes, k), column('susceptibility'))) \
             with points pt symbol[style_of(k)] ps 0.8 * dot lc rgb color[style_of(k)] \
             title (k == 1 ? '{/:Italic N}_v = ' : '') . word(sizes, k)

    # ---- (d) ----
    set lmargin screen 0.72; set rmargin screen 0.975
    set logscale xy
    set xrange [10:*]; set yrange [0.5:2 * highest]
    set xtics auto format '10^{%T}'; set ytics (0.5, 1, 2, 5, 10, 20, 50) format '%g'; set mxtics 10
    set xlabel '{/:Italic N}_v' offset 0, 0.6
    set ylabel 'peak of  {/:Italic χ}' offset 1.2, 0
    unset key
    set label 9 '(d)' at graph 0.06, 0.91 left front
    set label 1 '∝ {/:Italic N}_v^{1/2}' at graph 0.95, 0.2 right front
    plot 'peak/peaks.csv' using 'n_visible':(line(column('peak_theory'))) with lines lw 1.2 lc rgb black notitle, \
         'peak/peaks.csv' using 'n_visible':(0.22 * sqrt(column('n_visible'))) with lines lw 1 dt (3, 3) lc rgb grey notitle, \
         'peak/peaks.csv' using (column('n_visible')):(seen(column('peak')) - bar(column('peak_err'))):(0): \
             (2 * bar(column('peak_err'))) with vectors nohead lw 0.8 lc rgb red notitle, \
         'peak/peaks.csv' using (column('n_visible')):(seen(column('peak'))) \
             with points pt 7 ps dot lc rgb red notitle
    unset logscale; unset label
    unset multiplot
    unset output
}
