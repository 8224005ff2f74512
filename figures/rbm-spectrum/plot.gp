# Singular values while learning: theory lines, simulation points with error bars.
# Reads modes.csv and theory.csv beside this script, those of gaussian/, and spectrum.csv and theory.csv of digits/; writes
# figure.pdf and figure.svg.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# A run of the experiment alone has no further folders: its panel then has the figure to itself.
array folder[2] = ['', 'gaussian/']
array there[2] = [1, system("test -f gaussian/modes.csv && echo 1") eq '1']
has_digits = system("test -f digits/spectrum.csv && echo 1") eq '1'

# Of either run the first sizes, the last update, whether exact and sampled learning are there, modes above and below the
# threshold: the first two, and the last.
array visible[2] = [NaN, NaN]
array hidden[2] = [NaN, NaN]
array last[2] = [0, 0]
array exact[2] = [0, 0]
array sampled[2] = [NaN, NaN]
array lambda[6]
array has_flow[2] = [0, 0]
note_flow(k, x) = (x == x ? has_flow[k] = 1 : 0, 0)
array end_time[2] = [0, 0]
array lowest[2] = [1e9, 1e9]
array highest[2] = [0, 0]
note(k, v, h, c, u, t) = (visible[k] != visible[k] ? (visible[k] = v, hidden[k] = h) : 0, c == 0 ? exact[k] = 1 : \
    (sampled[k] != sampled[k] ? sampled[k] = c : 0), u > last[k] ? last[k] = u : 0, t > end_time[k] ? end_time[k] = t : 0, 0)
mode_of(k, i) = i == 3 ? visible[k] : i
note_mode(k, i, m, x) = (m == mode_of(k, i) && lambda[3 * (k - 1) + i] != lambda[3 * (k - 1) + i] ? \
    lambda[3 * (k - 1) + i] = x : 0, 0)
note_range(k, m, w) = ((m == mode_of(k, 1) || m == mode_of(k, 2) || m == mode_of(k, 3)) && w > 0 ? \
    (w < lowest[k] ? lowest[k] = w : 0, w > highest[k] ? highest[k] = w : 0) : 0, 0)
do for [k = 1:6] { lambda[k] = NaN }
do for [k = 1:2] {
    if (there[k]) {
        stats folder[k] . 'modes.csv' using (note(k, column('n_visible'), column('n_hidden'), column('n_chains'), \
                                                  column('update'), column('time'))) nooutput
        stats folder[k] . 'modes.csv' using (note_mode(k, 1, column('mode'), column('eigenvalue')) + \
            note_mode(k, 2, column('mode'), column('eigenvalue')) + note_mode(k, 3, column('mode'), column('eigenvalue'))) \
            nooutput
        stats folder[k] . 'theory.csv' using (note_flow(k, column('flow'))) nooutput
        stats folder[k] . 'modes.csv' using (note_range(k, column('mode'), column('w'))) nooutput
    }
}
chains_of(k, i) = i == 1 ? (exact[k] ? 0 : NaN) : sampled[k]
line_chains(k) = exact[k] ? 0 : sampled[k]
is_of(k, c, m) = column('n_visible') == visible[k] && column('n_hidden') == hidden[k] && column('n_chains') == c && \
                 column('mode') == m
step(k) = ceil(last[k] / 15.0)
# Exact and sampled learning are drawn at times of their own: they would hide each other.
shown(k, i, m) = is_of(k, chains_of(k, i), m) && \
    (int(column('update')) + (i == 1 || !exact[k] ? 0 : int(step(k) / 2))) % step(k) == 0 ? column('time') : NaN
line_of(k, m) = is_of(k, line_chains(k), m) ? column('time') : NaN
below(k, x) = x <= 2 * highest[k] ? x : NaN

array color[3] = ['#0072b2', '#d55e00', '#009e73']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 6, 8, 4]  # a shape a mode, filled and open
n_panels = 1 + there[2] + has_digits
height = n_panels == 1 ? 2.9 : 2.1 * n_panels - 0.02
top(p) = 1 - (p - 1) * (n_panels == 1 ? 1 : 2.1 / height) - 0.06 / height
bottom(p) = top(p) - (n_panels == 1 ? 2.4 : 1.62) / height

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, height font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 180 * height font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.155; set rmargin screen 0.975
    panel = 0
    do for [k = 1:2] {
        if (!there[k]) { continue }
        panel = panel + 1
        set tmargin screen top(panel); set bmargin screen bottom(panel)
        if (k == 1) { set logscale y; set yrange [0.8 * lowest[k]:2 * highest[k]]; set mytics 10 } \
        else { unset logscale y; set yrange [0:1.15]; set mytics 2 }
        set xrange [0:end_time[k]]
        set xtics autofreq format '%g'; set mxtics 2
        set ytics autofreq format '%g'
        if (k == 1 && highest[k] < 20 * lowest[k]) {
            set ytics ('0.001' 0.001, '0.002' 0.002, '0.005' 0.005, '0.01' 0.01, '0.02' 0.02, '0.05' 0.05, '0.1' 0.1, \
                       '0.2' 0.2, '0.5' 0.5, '1' 1, '2' 2, '5' 5)
        }
        set xlabel 'learning rate × updates' offset 0, 0.6
        set ylabel 'singular value  {/:Italic w}' offset (k == 1 ? 0.9 : 0.2), 0
        if (k == 1) { set key at graph 0.02, 0.98 top left Left reverse samplen 1.8 spacing 1.0 width -2 } \
        else { set key at graph 0.98, 0.57 top right Left reverse samplen 1.8 spacing 1.0 width -2 }
        set label 1 (n_panels == 1 ? '' : sprintf(k == 1 ? '(a)  %d × %d  ±1 units' : '(b)  %d × %d  Gaussian units', visible[k], hidden[k])) . keep at graph 0.97, \
            graph (k == 1 ? 0.36 : 0.93) right
        set label 2 (exact[k] && sampled[k] == sampled[k] ? sprintf('filled: exact;  open: %d chains', sampled[k]) : '') . keep \
            at graph 0.97, graph 0.25 right
        flow = has_flow[k] ? 'flow' : 'linear'  # {0,1} units have the first order alone
        plot for [i = 1:3] folder[k] . 'theory.csv' using (line_of(k, mode_of(k, i))):(below(k, column('linear'))) \
                 with lines lw 1.2 dt (4, 4) lc rgb '#000000' title (i == 1 ? 'first order' : ''), \
             for [i = 1:3] folder[k] . 'theory.csv' using (line_of(k, mode_of(k, i))):(below(k, column(flow))) with lines \
                 lw 1.6 lc rgb '#000000' title (i == 1 && has_flow[k] ? (k == 1 ? 'mean field' : 'exact') : ''), \
             for [i = 1:3] for [j = 1:2] folder[k] . 'modes.csv' \
                 using (shown(k, j, mode_of(k, i))):(column('w') - column('w_err')):(0):(2 * column('w_err')) with vectors \
                 nohead lw 0.8 lc rgb color[i] notitle, \
             for [i = 1:3] for [j = 1:2] folder[k] . 'modes.csv' using (shown(k, j, mode_of(k, i))):(column('w')) \
                 with points pt symbol[i + 3 * (j - 1)] ps dot lc rgb color[i] notitle, \
             for [i = 1:3] NaN with points pt symbol[i] ps dot lc rgb color[i] \
                 title sprintf('{/:Italic λ} = %.2f', lambda[3 * (k - 1) + i]) . keep
        unset label 1; unset label 2
    }
    unset logscale y
    if (has_digits) {
        panel = panel + 1
        set tmargin screen top(panel); set bmargin screen bottom(panel)
        set xrange [*:*]; set yrange [*:*]  # stats leaves out what lies beyond them
        stats 'digits/trajectory.csv' using 'w' nooutput
        learnt = STATS_max  # its way is upwards
        stats 'digits/theory.csv' using 'density' nooutput
        set xrange [0:1.12 * learnt]; set yrange [0:1.6 * STATS_max]
        set arrow 1 from learnt, 0.3 * STATS_max to learnt, 0 size graph 0.02, 25 filled lc rgb color[2]
        set label 2 'the mode' at learnt, 0.52 * STATS_max center
        set label 3 'learnt' at learnt, 0.38 * STATS_max center
        positive(x) = x > 0 ? x : NaN
        set xtics autofreq; set ytics autofreq format '%g'; set mytics 2
        set xlabel 'singular value  {/:Italic w}' offset 0, 0.6
        set ylabel 'density' offset 0.6, 0
        set key at graph 0.98, 0.97 top right Left reverse samplen 1.8 spacing 1.0
        set label 1 '(c)  digits' at graph 0.03, 0.91
        plot 'digits/theory.csv' using 'singular_value':'density' with lines lw 1.6 lc rgb '#000000' \
                 title 'Marchenko and Pastur', \
             'digits/spectrum.csv' using 'singular_value':(positive(column('start')) - column('start_err')):(0):\
                 (2 * column('start_err')) with vectors nohead lw 0.8 lc rgb color[1] notitle, \
             'digits/spectrum.csv' using 'singular_value':(positive(column('start'))) with points pt 7 ps dot lc rgb color[1] title 'at the start', \
             'digits/spectrum.csv' using 'singular_value':(positive(column('end')) - column('end_err')):(0):(2 * column('end_err')) \
                 with vectors nohead lw 0.8 lc rgb color[2] notitle, \
             'digits/spectrum.csv' using 'singular_value':(positive(column('end'))) with points pt 6 ps 1.3 * dot lc rgb color[2] title 'learnt'
        unset label; unset arrow
    }
    unset multiplot
    unset output
}
