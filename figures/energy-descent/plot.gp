# Energy against time at T = 0: runs from random states, with the valleys that they end in, and one from near a pattern
# and near each mixture, with the theory of theirs.
# Reads trajectories.csv, summary.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# The smallest size, and with it the fewest patterns, is what is shown; the starts in the study, and how many replicas.
stats 'trajectories.csv' using 'n_neurons' nooutput
size = STATS_min
stats 'trajectories.csv' using 'n_patterns' nooutput
load = STATS_min
stats 'trajectories.csv' using 'time' nooutput
last = STATS_max
stats 'trajectories.csv' using 'replica' nooutput
n_random = STATS_max + 1 < 6 ? STATS_max + 1 : 6
orders = ''
note(n) = (strstrt(sprintf(' %s', orders), sprintf(' %d ', n)) == 0 ? orders = sprintf('%s%d ', orders, n) : 0, n)
stats 'trajectories.csv' using (note(column('order'))) nooutput
mixed = ''; odd = ''
do for [n in orders] { if (n > 0) { mixed = mixed . n . ' ' }; if (int(n) % 2 == 1) { odd = odd . n . ' ' } }
has_random = strstrt(' ' . orders, ' 0 ') > 0


array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array dash[4] = [4, 1, 2, 4]  # the runs from mixtures are dashed: readable in grey
start_name(n) = n eq '' ? '' : n eq '1' ? 'near a pattern' : sprintf('near a mixture of %s', n)

# One run: rows of others break the line, as a line of another run follows.
is_run(n, r) = column('n_neurons') == size && column('n_patterns') == load && column('order') == n && \
    column('replica') == r
run(n, r) = is_run(n, r) ? column('time') : NaN

# gnuplot goes once through an empty list, and complains of a file without a point: what there is not is outside the
# frame.
number(list, j) = j <= words(list) ? int(word(list, j)) : -1
near(j) = words(mixed) > 0 ? run(number(mixed, j), 0) : 1e9
random(r) = has_random ? run(0, r) : 1e9
theory_file = words(odd) > 0 ? 'theory.csv' : 'summary.csv'
theory_of(j) = words(odd) == 0 ? 1e9 : column('order') == number(odd, j) ? column('time') : NaN
theory_energy(x) = words(odd) == 0 ? 1e9 : column(x)

n_keys = has_random + words(mixed) + 2 * (words(odd) > 0)

# Where the random starts that are shown end, in words: a number for each run that ends in a pattern, then the others.
in_patterns = ''; n_patterns = 0; n_elsewhere = 0
array n_mixture[9]
do for [n = 1:9] { n_mixture[n] = 0 }
signed(name) = (name[1:1] eq '-' ? '−' : '') . name[strstrt(name, 'pattern ') + 8:*]
note_pattern(name) = (in_patterns = in_patterns . (n_patterns > 0 ? ', ' : '') . signed(name), n_patterns = n_patterns + 1)
note_mixture(n) = (n_mixture[n] = n_mixture[n] + 1)
note_end(name) = strstrt(name, 'pattern ') > 0 ? note_pattern(name) : \
                 strstrt(name, 'mixture of ') > 0 ? note_mixture(int(name[12:12])) : (n_elsewhere = n_elsewhere + 1)
is_shown(r) = column('time') == 0 && r < n_random && is_run(0, r)
stats 'trajectories.csv' using (is_shown(column('replica')) ? note_end(strcol('end')) : 0) nooutput
ends = n_patterns > 0 ? (n_patterns > 1 ? 'patterns ' : 'pattern ') . in_patterns : ''
do for [n = 3:9:2] {
    if (n_mixture[n] > 0) { ends = sprintf('%s%smixture of %d: %d', ends, ends eq '' ? '' : "\n", n, n_mixture[n]) }
}
if (n_elsewhere > 0) { ends = sprintf('%s%selsewhere: %d', ends, ends eq '' ? '' : "\n", n_elsewhere) }

# Means over all replicas: at the start, after half a sweep, at the end.
array when[3] = [0, 0.5, 0.98 * last]
array what[3] = ['energy_start', 'energy_half', 'energy_end']
mean_of(i) = column(what[i % 3 + 1])
error_of(i) = column(what[i % 3 + 1] . '_err')
mean_at(i) = column('n_neurons') == size && column('n_patterns') == load && \
    column('order') == number(odd, i / 3 + 1) ? when[i % 3 + 1] : -1e9

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 3.4in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 612 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.5 : 0.75; small = format eq 'pdf' ? ',9' : ',12.3'
    set output 'figure.' . format
    set lmargin screen 0.15; set rmargin screen 0.975; set bmargin screen 0.125; set tmargin screen 0.985
    set border lw 0.8
    set xrange [0:last]; set yrange [-0.58:0.015]
    set xtics 1 format '%g' offset 0, 0; set mxtics 2
    set ytics 0.1 format '%g' offset 0, 0; set mytics 2
    set for [k = -5:-1] ytics add (sprintf('−%.1f', -0.1 * k) 0.1 * k)
    set xlabel 'time  {/:Italic t}  in sweeps' offset 0, 0.3
    set ylabel 'energy a neuron  {/:Italic E}/{/:Italic N}' offset 1.6, 0
    set label 1 sprintf('{/:Italic N} = %d, {/:Italic p} = %d', size, load) . keep at graph 0.975, 0.03 right
    if (ends ne '') { set label 2 "random starts end in\n" . ends at graph 0.975, 0.975 - 0.0525 * n_keys right font small tc rgb '#0072b2' }
    set key at graph 0.985, 0.975 right top Left reverse samplen 1.6 spacing 1.05 width -2
    plot for [j = 1:words(odd)] theory_file using (theory_of(j)):(theory_energy('energy_end')) \
             with lines lw 0.6 dt (2, 3) lc rgb '#808080' notitle, \
         for [r = 0:(has_random ? n_random - 1 : -1)] 'trajectories.csv' using (random(r)):(column('energy')) \
             with lines lw 1.0 lc rgb '#0072b2' title (r == 0 && has_random ? 'random starts' : ''), \
         for [k = 1:words(mixed)] 'trajectories.csv' \
             using (near(k)):(column('energy')) \
             with lines lw 1.8 dt dash[k % 4 + 1] lc rgb color[k % 6 + 1] title start_name(word(mixed, k)), \
         for [j = 1:words(odd)] theory_file using (theory_of(j)):(theory_energy('energy')) \
             with lines lw 1.0 dt (5, 3) lc rgb '#000000' title (j == 1 && words(odd) > 0 ? 'theory' : ''), \
         for [i = 0:3 * words(odd) - 1] 'summary.csv' \
             using (mean_at(i)):(mean_of(i) - error_of(i)):(0):(2 * error_of(i)) \
             with vectors nohead lw 1.2 lc rgb '#000000' notitle, \
         for [i = 0:3 * words(odd) - 1] 'summary.csv' using (mean_at(i)):(mean_of(i)) \
             with points pt 6 ps dot lw 1.2 lc rgb '#000000' title (i == 0 && words(odd) > 0 ? 'mean of all runs' : '')
    unset output
}
