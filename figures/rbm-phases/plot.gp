# Order parameters against the mode's weight: extrapolated to infinite size (filled), each size (hollow), theory (lines).
# Reads summary.csv, extrapolated.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
set encoding utf8
set minussign
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# One kappa and sigma: the first row's; the sizes in the order of their appearance, once more with commas.
kappa = NaN; sigma = NaN; sizes = ''; most = 0
note_first(k, s) = (kappa != kappa ? (kappa = k, sigma = s) : 0, k)
stats 'theory.csv' using (note_first(column('kappa'), column('sigma'))) nooutput
is_shown(x) = column('kappa') == kappa && column('sigma') == sigma ? x : NaN
note_size(n, w) = (strstrt(sprintf(' %s', sizes), sprintf(' %d ', n)) == 0 ? sizes = sprintf('%s%d ', sizes, n) : '', \
                   w > most ? most = w : 0, n)
stats 'summary.csv' using (note_size(column('n_units'), column('weight'))) nooutput

listed = ''
do for [n in sizes] { listed = listed . (listed eq '' ? '' : ', ') . n }

off = 1e9  # outside the frame: gnuplot complains of a file without any point
is_number(x) = x == x ? is_shown(x) : NaN
seen(x) = is_number(x) == is_number(x) ? x : off
bar(e) = e >= 0 ? e : 0
at_size(n, x) = column('n_units') == int(n) && seen(x) < off ? x : off

array name[4] = ['m', 'm_bar', 'q', 'q_bar']
array title_of[4] = ['{/:Italic m}', '{/:Italic m̄}', '{/:Italic q}', '{/:Italic q̄}']
array color[4] = ['#0072b2', '#d55e00', '#009e73', '#000000']  # Okabe and Ito
array symbol[4] = [7, 5, 9, 11]
array hollow[4] = [6, 4, 8, 10]
array dash[4] = [1, 2, 4, 5]

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 2.8in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 504 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.45 : 0.65
    set output 'figure.' . format
    set border lw 0.8
    set lmargin screen 0.15; set rmargin screen 0.975; set bmargin screen 0.15; set tmargin screen 0.97
    set xrange [0:most > 0 ? 1.05 * most : 1]; set yrange [-0.06:1.3]
    set xtics format '%g'; set mxtics 2; set ytics 0.2 format '%g'; set mytics 2
    set xlabel 'weight of the mode  {/:Italic w}' offset 0, 0.4
    set ylabel 'order parameters' offset 0.6, 0
    set key at graph 0.02, 0.97 left top Left reverse width -1 samplen 1.8 spacing 1.05 maxrows 2
    set label 2 'filled {/:Italic L} → ∞, hollow ' . listed . keep at graph 0.97, 0.855 right front
    set label 1 sprintf('{/:Italic κ} = %g,  {/:Italic σ} = %g', kappa, sigma) . keep at graph 0.97, 0.93 right front
    plot for [k = 1:4] 'theory.csv' using (is_shown(column('weight'))):(seen(column(name[k]))) \
             with lines lw 1.4 dt dash[k] lc rgb color[k] notitle, \
         for [n in sizes] for [k = 1:4] 'summary.csv' using (column('weight')):(at_size(n, column(name[k]))) \
             with points pt hollow[k] ps 0.7 * dot lw 0.7 lc rgb '#999999' notitle, \
         for [k = 1:4] 'extrapolated.csv' using \
             (column('weight')):(seen(column(name[k])) - bar(column(name[k] . '_err'))):(0): \
             (2 * bar(column(name[k] . '_err'))) with vectors nohead lw 0.9 lc rgb color[k] notitle, \
         for [k = 1:4] 'extrapolated.csv' using (column('weight')):(seen(column(name[k]))) \
             with points pt symbol[k] ps dot lc rgb color[k] title title_of[k] . keep
    unset output
}
