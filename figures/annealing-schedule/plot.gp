# Learning against the temperature at which annealing ends, and the sampled slope's systematic error there: theory lines,
# simulation points with error bars.
# Reads summary.csv, theory.csv and encoder/summary.csv beside this script; writes figure.pdf and figure.svg.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# Lengths of the schedule, in the order of their appearance, at the first number of sweeps; the ends of the temperatures.
# A run of the experiment alone has one problem; in the figure the encoder has a folder of its own, which plot passes over
# where it is not.
lengths = ''; sweeps = NaN; low = NaN; high = NaN
note(n, s) = (strstrt(' ' . lengths, sprintf(' %d ', n)) == 0 ? lengths = lengths . sprintf('%d ', n) : '', \
              sweeps != sweeps ? sweeps = s : 0, n)
note_end(t) = (low != low || t < low ? low = t : 0, high != high || t > high ? high = t : 0, t)
stats 'summary.csv' using (note(column('n_temperatures'), column('sweeps')), note_end(column('t_end'))) nooutput
length_of(k) = word(lengths, k) + 0
n_lengths = words(lengths)
first = length_of(1); last = length_of(n_lengths)
of(n, x) = column('n_temperatures') == n && column('sweeps') == sweeps ? column(x) : NaN
positive(x) = x > 0 ? x : NaN
if (!(high > low)) { low = 0.5 * low; high = 2 * high }

# Nothing is drawn that has no point: no learning with --updates 0, no second panel where the encoder's folder is not; of
# the error those lengths alone at which it is seen.
array there[2] = [0, 0]
note_learnt(k, x) = (x == x ? there[k] = 1 : 0, x)
stats 'summary.csv' using (note_learnt(1, column('sampled_learnt')), 1) nooutput
if (system("test -f encoder/summary.csv && echo 1") eq '1') {
    stats 'encoder/summary.csv' using (note_learnt(2, column('sampled_learnt')), 1) nooutput
}
is_seen(x, e) = x > 3 * e ? x : NaN
seen = ''
note_seen(n, s, x) = (s == sweeps && x == x && strstrt(' ' . seen, sprintf(' %d ', n)) == 0 ? \
                      seen = seen . sprintf('%d ', n) : '', n)
stats 'summary.csv' using (note_seen(column('n_temperatures'), column('sweeps'), \
                                     is_seen(column('bias'), column('bias_err'))), 1) nooutput

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 11, 13, 15]
array hollow[6] = [6, 8, 4, 10, 12, 14]
index_of(k) = (k - 1) % 6 + 1
place(n) = words(lengths[1:strstrt(' ' . lengths, sprintf(' %d ', n))])  # of a length among all
seen_of(i) = word(seen, i) + 0
plural(n) = n == 1 ? 'quench' : sprintf('%d temperatures', n)

# The root of a mean square, its point, and the two ends of its error bar, cut off below.
root(x) = sqrt(x < 0 ? 0 : x)
floor_of = 2e-3
bar_low(x, e) = (is_seen(x, e) == x) ? root(x - e) : NaN

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 6.1in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 1098 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.45 : 0.65
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.165; set rmargin screen 0.975
    set logscale x
    set xrange [low / 1.15:high * 1.15]
    set mxtics 1

    # Learning.
    set xtics ('' 0.05, '' 0.1, '' 0.2, '' 0.5, '' 1, '' 2, '' 5)
    set yrange [-0.16:1.07]; set ytics 0.5 format '%g'; set mytics 5
    do for [panel = 1:2] {
        if (!there[panel]) { continue }
        top = panel == 1 ? 0.985 : 0.735
        set tmargin screen top; set bmargin screen top - 0.225
        file = panel == 1 ? 'summary.csv' : 'encoder/summary.csv'
        unset xlabel
        set ylabel 'runs that learn' offset 1.2, 0
        if (panel == 1) {
            set key at graph 0.005, 0.375 top left Left reverse samplen 0.6 spacing 1.05
            set label 1 '(a)  xor' at graph 0.03, 0.065
        } else {
            unset key
            set label 1 '(b)  encoder 4-2-4' at graph 0.97, 0.065 right
            set label 2 'full: sampled' at graph 0.97, 0.34 right
            set label 3 'open: mean field' at graph 0.97, 0.20 right
        }
        plot for [k = 1:n_lengths:(n_lengths > 1 ? n_lengths - 1 : 1)] file \
                 using (column('t_end')):(of(length_of(k), 'sampled_learnt') - column('sampled_learnt_err')):(0):\
                 (2 * column('sampled_learnt_err')) with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
             for [k = 1:n_lengths:(n_lengths > 1 ? n_lengths - 1 : 1)] file \
                 using (1.04 * column('t_end')):(of(length_of(k), 'mean_field_learnt') - \
                 column('mean_field_learnt_err')):(0):(2 * column('mean_field_learnt_err')) \
                 with vectors nohead lw 0.8 lc rgb color[index_of(k)] notitle, \
             for [k = 1:n_lengths:(n_lengths > 1 ? n_lengths - 1 : 1)] file \
                 using (column('t_end')):(of(length_of(k), 'sampled_learnt')) with points pt symbol[index_of(k)] ps dot \
                 lc rgb color[index_of(k)] title plural(length_of(k)), \
             for [k = 1:n_lengths:(n_lengths > 1 ? n_lengths - 1 : 1)] file \
                 using (1.04 * column('t_end')):(of(length_of(k), 'mean_field_learnt')) \
                 with points pt hollow[index_of(k)] ps 1.2 * dot lw 1.2 lc rgb color[index_of(k)] notitle
        unset label 1; unset label 2; unset label 3
    }

    # The slope.
    set tmargin screen 0.485; set bmargin screen 0.075
    set logscale y
    set xtics ('0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.5' 0.5, '1' 1, '2' 2, '5' 5)
    set yrange [floor_of:1.2]
    set ytics ('0.002' 0.002, '0.005' 0.005, '0.01' 0.01, '0.02' 0.02, '0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.5' 0.5, '1' 1)
    set mytics 1
    set xlabel 'temperature at the end  {/:Italic T}' offset 0, 0.4
    set ylabel 'root mean square over the weights' offset 0.9, 0
    set key at graph 0.985, 0.985 top right Left reverse samplen 1.6 spacing 1.1
    set label 1 '(c)  xor' at graph 0.03, 0.06
    if (words(seen) > 0) {
        plot 'theory.csv' using 't_end':(of(first, 'signal') > 0 ? sqrt(column('signal')) : NaN) with lines lw 2.2 \
                 lc rgb '#000000' title 'slope at equilibrium', \
             for [k = 1:n_lengths] 'theory.csv' using 't_end':(root(of(length_of(k), 'bias'))) with lines lw 1.2 dt k \
                 lc rgb color[index_of(k)] notitle, \
             for [i = 1:words(seen)] 'summary.csv' using (of(seen_of(i), 't_end')):\
                 (bar_low(column('bias'), column('bias_err'))):(0):(root(column('bias') + column('bias_err')) - \
                 root(column('bias') - column('bias_err'))) with vectors nohead lw 0.8 \
                 lc rgb color[index_of(place(seen_of(i)))] notitle, \
             for [i = 1:words(seen)] 'summary.csv' using (of(seen_of(i), 't_end')):\
                 (root(is_seen(column('bias'), column('bias_err')))) with points pt symbol[index_of(place(seen_of(i)))] ps dot \
                 lc rgb color[index_of(place(seen_of(i)))] title 'its error, ' . plural(seen_of(i))
    } else {
        plot 'theory.csv' using 't_end':(of(first, 'signal') > 0 ? sqrt(column('signal')) : NaN) with lines lw 2.2 \
                 lc rgb '#000000' title 'slope at equilibrium', \
             for [k = 1:n_lengths] 'theory.csv' using 't_end':(root(of(length_of(k), 'bias'))) with lines lw 1.2 dt k \
                 lc rgb color[index_of(k)] notitle
    }
    unset logscale; unset label 1
    unset multiplot
    unset output
}
