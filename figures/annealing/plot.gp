# Where runs end against sweeps a temperature, the quench at the left edge: above, the share that ends in a pattern, a
# symbol for each p; below, the shares of patterns, mixtures and the rest as stacked areas, a panel for each p.
# Reads summary.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# The numbers of patterns in the study, in the order of their first appearance, and the smallest size N: the one shown.
patterns = ''
note(p) = (strstrt(sprintf(' %s', patterns), sprintf(' %d ', p)) == 0 ? patterns = sprintf('%s%d ', patterns, p) : 0, p)
stats 'summary.csv' using (note(column('n_patterns'))) nooutput
stats 'summary.csv' using 'n_neurons' nooutput
size = STATS_min
stats 'summary.csv' using 'sweeps' nooutput
last = STATS_max > 1 ? STATS_max : 1

# Sweeps on a logarithmic axis, the quench half a decade before 1.  Points of other p go outside the frame, as gnuplot
# complains of a file without any; lines are broken there, and are drawn where there is a cooling.
quench = 0.25
place(s) = s > 0 ? s : quench
of(p) = column('n_patterns') == p && column('n_neurons') == size
at(p) = of(p) ? place(column('sweeps')) : 1e-9
cooled(p) = of(p) && column('sweeps') > 0 ? column('sweeps') : NaN
n_lines = STATS_max > 0 ? words(patterns) : 0

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 11, 13, 15]
index_of(k) = (k - 1) % 6 + 1
n_panels = words(patterns) < 3 ? words(patterns) : 3

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.3in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 774 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.45 : 0.7
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set logscale x
    set xrange [0.6 * quench:1.6 * last]; set yrange [0:1.04]

    set lmargin screen 0.15; set rmargin screen 0.975; set bmargin screen 0.545; set tmargin screen 0.985
    set xtics (1, 10, 100, 1000) offset 0, 0; set mxtics 10
    set xtics add ('quench' quench)
    set ytics 0.2 format '%g' offset 0, 0; set mytics 2
    set xlabel 'sweeps a temperature' offset 0, 0.4
    set ylabel 'share that ends in a pattern' offset 0.5, 0
    set key at graph 0.985, 0.05 right bottom Left reverse width -1 samplen 1.2 spacing 1.05
    set label 1 sprintf('{/:Italic N} = %d', size) . keep at graph 0.2, 0.06 left
    set arrow 1 from 0.5, 0 to 0.5, 1.04 nohead lw 0.8 dt (2, 3) lc rgb '#808080'
    # Error bars are vectors: gnuplot's own clear the background around their symbol.
    plot for [k = 1:n_lines] 'summary.csv' \
             using (cooled(int(word(patterns, k)))):(column('share_pattern')) \
             with lines lw 0.8 dt (4, 2) lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(patterns)] 'summary.csv' \
             using (at(int(word(patterns, k)))):(column('share_pattern') - column('share_pattern_err')):\
                   (0):(2 * column('share_pattern_err')) \
             with vectors nohead lw 0.9 lc rgb color[index_of(k)] notitle, \
         for [k = 1:words(patterns)] 'summary.csv' using (at(int(word(patterns, k)))):(column('share_pattern')) \
             with points lc rgb color[index_of(k)] pt symbol[index_of(k)] ps dot \
             title sprintf('{/:Italic p} = %s', word(patterns, k)) . keep
    unset arrow 1

    # Stacked shares: patterns below, mixtures in the middle, elsewhere above.
    unset key; unset ylabel; unset mxtics
    set bmargin screen 0.115; set tmargin screen 0.365
    set yrange [0:1]; set ytics 0.5; set mytics 5; set tics front
    width = 0.825 / n_panels
    set xtics ('q' quench, '1' 1, '10' 10, '' 100, '' 1000)
    do for [k = 1:n_panels] {
        p = int(word(patterns, k))
        set lmargin screen 0.15 + width * (k - 1); set rmargin screen 0.15 + width * k - (k < n_panels ? 0.02 : 0)
        if (k == 1) { set ytics format '%g'; set ylabel 'shares' offset 0.5, 0 } \
        else { set ytics format ''; unset ylabel }
        set xlabel (k == (n_panels + 1) / 2 ? 'sweeps a temperature; q: quench' : '') offset 0, 0.3
        set label 1 sprintf('{/:Italic p} = %d', p) . keep at graph 0.5, 1.11 center
        if (k == 1) {
            set label 2 'pattern' at screen 0.235, 0.43 left
            set label 3 'mixture' at screen 0.515, 0.43 left
            set label 4 'elsewhere' at screen 0.785, 0.43 left
            set object 1 rectangle from screen 0.17, 0.422 to screen 0.22, 0.438 fs solid 1 border rgb '#404040' \
                fc rgb '#9ecae1'
            set object 2 rectangle from screen 0.45, 0.422 to screen 0.50, 0.438 fs solid 1 border rgb '#404040' \
                fc rgb '#d55e00'
            set object 3 rectangle from screen 0.72, 0.422 to screen 0.77, 0.438 fs solid 1 border rgb '#404040' \
                fc rgb '#f0f0f0'
        } else { unset label 2; unset label 3; unset label 4; unset object 1; unset object 2; unset object 3 }
        set style fill solid 1.0 border rgb '#404040'
            plot 'summary.csv' using (at(p)):(column('share_pattern')):(at(p) / 1.3):(at(p) * 1.3):(0):\
                 (column('share_pattern')) with boxxyerror lw 0.4 fc rgb '#9ecae1' notitle, \
             'summary.csv' using (at(p)):(column('share_pattern')):(at(p) / 1.3):(at(p) * 1.3):\
                 (column('share_pattern')):(column('share_pattern') + column('share_mixture')) \
                 with boxxyerror lw 0.4 fc rgb '#d55e00' notitle, \
             'summary.csv' using (at(p)):(column('share_pattern')):(at(p) / 1.3):(at(p) * 1.3):\
                 (column('share_pattern') + column('share_mixture')):(1) \
                 with boxxyerror lw 0.4 fc rgb '#f0f0f0' notitle
    }
    unset multiplot
    unset label 1; unset label 2; unset label 3; unset label 4
    unset object 1; unset object 2; unset object 3
    unset output
}
