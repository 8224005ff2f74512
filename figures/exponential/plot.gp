# Above, the share of patterns that come back in one step against the load, at no errors and at some share of them; below,
# the load at which half come back against the share of errors, and the two thresholds of infinite N.  Reads summary.csv,
# theory.csv, threshold.csv and limits.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

off = 1e9  # outside every frame: gnuplot complains of a file without any point, not of one that shows none

# Sizes and shares of errors in the order of their first appearance, and the loads.
sizes = ''; shares = ''; low = off; high = 0
has(list, x) = strstrt(' ' . list, sprintf(' %#.17g ', x)) > 0
note(n, r, a) = (has(sizes, n) ? 0 : (sizes = sprintf('%s%#.17g ', sizes, n)), \
                 has(shares, r) ? 0 : (shares = sprintf('%s%#.17g ', shares, r)), 0)
stats 'summary.csv' using (note(column('n_neurons'), column('rho'), column('alpha'))) nooutput

# Above: the first share and, of the others, the one in the middle.
second = words(shares) > 1 ? int(words(shares) / 2) + 1 : 1
rho_of(k) = real(word(shares, k == 1 ? 1 : second))
n_shown = words(shares) > 1 ? 2 : 1
reach(r, a) = (r == rho_of(1) || r == rho_of(2) ? ((a < low ? low = a : 0), (a > high ? high = a : 0), 0) : 0, 0)
stats 'summary.csv' using (reach(column('rho'), column('alpha'))) nooutput

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 11, 13, 15]
index_of(k) = (k - 1) % 6 + 1
n_of(k) = real(word(sizes, k))
bar(x) = column(x) > 0 ? column(x) : 0
at(k, r, x) = column('n_neurons') == n_of(k) && column('rho') == r && column(x) > -1 ? column(x) : off
half(k, x) = column('n_neurons') == n_of(k) && column('alpha_half') > 0 ? column(x) : off

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.8in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 864 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.145; set rmargin screen 0.975
    set format x '%g'; set format y '%g'

    set bmargin screen 0.585; set tmargin screen 0.985
    span = high > low ? high - low : high
    set xrange [low - 0.06 * span:high + 0.06 * span]; set yrange [0:1.06]
    set xtics 0.1 offset 0, 0; set mxtics 2; set ytics 0.2 offset 0, 0; set mytics 2
    set xlabel 'load  {/:Italic α} = (ln {/:Italic K})/{/:Italic N}' offset 0, 0.3
    set ylabel 'patterns that come back' offset 1.0, 0
    unset key
    do for [s = 1:n_shown] {
        set label s sprintf('{/:Italic ρ} = %g', rho_of(s)) . keep at graph (s == 1 ? 0.55 : 0.27), graph (s == 1 ? 0.08 : 0.93) left
    }
    plot for [s = 1:n_shown] for [k = 1:words(sizes)] 'theory.csv' using (at(k, rho_of(s), 'alpha')):(at(k, rho_of(s), 'retrieved')) \
             with lines lw 1.4 lc rgb color[index_of(k)] notitle, \
         for [s = 1:n_shown] for [k = 1:words(sizes)] 'summary.csv' \
             using (at(k, rho_of(s), 'alpha')):(at(k, rho_of(s), 'retrieved') - bar('retrieved_err')):(0):(2 * bar('retrieved_err')) \
             with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [s = 1:n_shown] for [k = 1:words(sizes)] 'summary.csv' \
             using (at(k, rho_of(s), 'alpha')):(at(k, rho_of(s), 'retrieved')) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps dot notitle
    do for [s = 1:n_shown] { unset label s }

    set bmargin screen 0.085; set tmargin screen 0.485
    set xrange [-0.012:0.5]; set yrange [0:0.74]
    set xtics 0.1; set mxtics 2; set ytics 0.2; set mytics 2
    set xlabel 'share of errors at the start  {/:Italic ρ}' offset 0, 0.3
    set ylabel 'load  {/:Italic α}' offset 1.0, 0
    set key at graph 0.98, 0.97 right top Left reverse samplen 1.6 spacing 1.05
    plot 'limits.csv' using 'rho':'alpha_typical' with lines lw 1.6 lc rgb '#000000' title 'a typical pattern, {/:Italic N} → ∞' . keep, \
         'limits.csv' using 'rho':'alpha_max' with lines lw 1.6 dt (6, 3) lc rgb '#000000' title 'all patterns, {/:Italic N} → ∞' . keep, \
         for [k = 1:words(sizes)] 'threshold.csv' \
             using (half(k, 'rho')):(half(k, 'alpha_half') - bar('alpha_half_err')):(0):(2 * bar('alpha_half_err')) \
             with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(sizes)] 'threshold.csv' using (half(k, 'rho')):(half(k, 'alpha_half')) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps 1.2 * dot \
             title sprintf('half of them, {/:Italic N} = %d', int(n_of(k))) . keep
    unset multiplot
    unset output
}
