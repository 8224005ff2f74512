# The softmax memory: what starts at a pattern, a random mixture and the average of all end in (a), and the weight of the
# pattern started at (b), against k = beta N.  Theory a line, simulation points with error bars.
# Reads summary.csv, theory.csv, theory-thresholds.csv and spherical/summary.csv beside this script; of a run without a
# figure, summary.csv and theory.csv alone.  Writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise
off = 1e9  # outside every frame: gnuplot complains of a file without any point, not of one that shows none

# The largest q of the study is shown in (a), all of them in (b).
qs = ''
note(q) = (strstrt(' ' . qs, sprintf(' %d ', q)) == 0 ? qs = qs . sprintf('%d ', q) : 0, 0)
stats 'summary.csv' using (note(column('n_patterns'))) nooutput
stats 'summary.csv' using 'n_patterns' nooutput
shown = STATS_max
stats 'summary.csv' using 'n_neurons' nooutput
size = STATS_max
stats 'summary.csv' using 'k' nooutput
k_low = STATS_min; k_high = STATS_max
if (k_high <= k_low) { k_high = 1.1 * k_low; k_low = 0.9 * k_low }

# Random patterns, where that run is there.
random = 'summary.csv'; has_random = 0
if (system("test -f spherical/summary.csv && echo 1") eq '1') { random = 'spherical/summary.csv'; has_random = 1 }
sizes = ''
note_size(s) = (strstrt(' ' . sizes, sprintf(' %d ', s)) == 0 ? sizes = sizes . sprintf('%d ', s) : 0, 0)
if (has_random) { stats random using (note_size(column('n_neurons'))) nooutput }
n_sizes = words(sizes)
of_size(j) = int(word(sizes, j))

# Thresholds of the shown q: spinodal, crossing, end of the average.
array threshold[3] = [off, off, off]
note_k(q, s, c, a) = (q == shown ? (threshold[1] = s, threshold[2] = c, threshold[3] = a) : 0, 0)
if (has_random) {
    stats 'theory-thresholds.csv' using (note_k(column('n_patterns'), column('k_spinodal'), column('k_crossing'), \
                                                column('k_average_unstable'))) nooutput
}

size_name(j) = j <= n_sizes ? sprintf('{/:Italic N} = %d', of_size(j)) . keep : ''  # an empty loop's title is evaluated, too
random_name = has_random ? 'open: spherical' : ''
array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array full[3] = [7, 9, 5]
array hollow[3] = [6, 8, 4]
array share[3] = ['pattern_single', 'mixture_single', 'average_average']
array meaning[3] = ['pattern → single', 'mixture → single', 'average → average']
array threshold_name[3] = ['{/:Italic k}_s', '{/:Italic k}_×', '{/:Italic q}']
array threshold_shift[3] = [-1, 1, 0]  # of their names: the first two are close
ortho(x) = column('n_patterns') == shown && column('n_neurons') == size ? x : off
rnd(j, x) = has_random && column('n_patterns') == shown && column('n_neurons') == of_size(j) ? x : off
q_at(j) = int(word(qs, j))
of_q(j, x) = column('n_patterns') == q_at(j) && column('n_neurons') == size ? x : off
rnd_q(j, x) = has_random && column('n_patterns') == q_at(j) && column('n_neurons') == of_size(n_sizes) ? x : off
dash(j) = 1 + n_sizes - j

# Which q have which branch in theory.csv; a line without any point lies outside the frame.
array branch[3] = ['weight_single', 'weight_saddle', 'weight_average']
array drawn[3] = ['', '', '']
is_drawn(b, j) = strstrt(drawn[b], sprintf(' %d ', j)) > 0
has(b, j) = column('n_patterns') == q_at(j) && column(branch[b]) > 0 && (b < 3 || column('k') <= q_at(j))
note_branch(b, j) = (has(b, j) && !is_drawn(b, j) ? drawn[b] = drawn[b] . sprintf(' %d ', j) : '', 0)
do for [b = 1:3] { do for [j = 1:words(qs)] { stats 'theory.csv' using (note_branch(b, j)) nooutput } }
place(b, j) = is_drawn(b, j) ? column('k') : off
line(b, j) = !is_drawn(b, j) ? off : has(b, j) ? column(branch[b]) : NaN
arrow_dash(j) = j == 2 ? 3 : 2

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.9in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 882 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    small = format eq 'pdf' ? ',9' : ',12.5'
    set output 'figure.' . format
    set multiplot
    set lmargin screen 0.155; set rmargin screen 0.97
    set border lw 0.8
    set xrange [k_low - 0.2:k_high + 0.2]

    set bmargin screen 0.6; set tmargin screen 0.955
    set xtics 2 format '%g' offset 0, 0; set mxtics 2
    set yrange [-0.06:1.06]; set ytics 0.2 format '%g' offset 0, 0; set mytics 2
    set xlabel '{/:Italic k} = {/:Italic βN}' . keep offset 0, 0.4
    set ylabel 'share of the starts' offset 0.8, 0
    set label 1 sprintf('(a)  {/:Italic q} = %d', shown) . keep at graph 0.03, 0.88
    do for [j = 1:3] {
        if (threshold[j] < off) {
            set arrow j from threshold[j], graph 0 to threshold[j], graph 1 nohead lw 1 \
                dt arrow_dash(j) lc rgb '#000000' back
            set label (1 + j) threshold_name[j] . keep at threshold[j], graph 1.05 center offset threshold_shift[j], 0
        }
    }
    set key at graph 0.985, 0.9 right top Left reverse samplen 1.6 spacing 1.0 width -1 opaque font small
    plot for [s = 1:3] for [j = 1:n_sizes] random \
             using 'k':(rnd(j, column(share[s]))) \
             with lines lw 0.8 dt dash(j) lc rgb color[s] notitle, \
         for [s = 1:3] for [j = 1:n_sizes] random \
             using 'k':(rnd(j, column(share[s]) - column(share[s] . '_err'))):(0):(2 * column(share[s] . '_err')) \
             with vectors nohead lw 0.8 lc rgb color[s] notitle, \
         for [s = 1:3] for [j = 1:n_sizes] random using 'k':(rnd(j, column(share[s]))) \
             with points lc rgb color[s] pt hollow[s] ps (0.5 + 0.25 * j) * dot lw 0.8 notitle, \
         for [s = 1:3] 'summary.csv' using 'k':(ortho(column(share[s]))) \
             with points lc rgb color[s] pt full[s] ps 0.8 * dot title meaning[s], \
         NaN with points pt 6 ps dot lw 0.8 lc rgb '#000000' title random_name, \
         for [j = 1:n_sizes] NaN with lines lw 0.8 dt dash(j) lc rgb '#000000' \
             title size_name(j)
    unset label; unset arrow; unset key

    set bmargin screen 0.095; set tmargin screen 0.5
    set yrange [0:1.06]
    set ylabel 'weight of the pattern started at' offset 0.8, 0
    set label 1 '(b)' at graph 0.03, 0.93
    set key at graph 0.97, 0.66 right top Left reverse samplen 1.6 spacing 1.05 width 0 noopaque
    plot for [j = 1:words(qs)] 'theory.csv' using (place(1, j)):(line(1, j)) \
             with lines lw 1.6 lc rgb color[j] notitle, \
         for [j = 1:words(qs)] 'theory.csv' using (place(2, j)):(line(2, j)) \
             with lines lw 1.2 dt 2 lc rgb color[j] notitle, \
         for [j = 1:words(qs)] 'theory.csv' using (place(3, j)):(line(3, j)) \
             with lines lw 1.6 dt 4 lc rgb color[j] notitle, \
         for [j = 1:words(qs)] random \
             using 'k':(rnd_q(j, column('weight') - column('weight_err'))):(0):(2 * column('weight_err')) \
             with vectors nohead lw 0.8 lc rgb color[j] notitle, \
         for [j = 1:words(qs)] random using 'k':(rnd_q(j, column('weight'))) \
             with points lc rgb color[j] pt hollow[j] ps 1.2 * dot lw 0.8 notitle, \
         for [j = 1:words(qs)] 'summary.csv' using 'k':(of_q(j, column('weight'))) \
             with points lc rgb color[j] pt full[j] ps 0.8 * dot title sprintf('{/:Italic q} = %d', q_at(j)) . keep, \
         NaN with lines lw 1.6 lc rgb '#000000' title 'single', \
         NaN with lines lw 1.2 dt 2 lc rgb '#000000' title 'saddle', \
         NaN with lines lw 1.6 dt 4 lc rgb '#000000' title 'average'
    unset label; unset key
    unset multiplot
    unset output
}
