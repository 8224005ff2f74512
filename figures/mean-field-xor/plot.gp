# What learning costs: (a) unit updates of sampled learning over those of mean field, each given up at its best moment,
# against collecting sweeps; (b) share that learnt; (c) epochs; (d) how often the learnt machines are right when they are sampled, by simulation and by enumeration.
# Reads summary.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# Samplers, by their learning rate, schedule and start, and settling sweeps of mean field, in the order of appearance.
samplers = ''; settlings = ''; lowest = 1e9; highest = 0
sampler_of(e, t, a) = sprintf('%g:%g:%g', e, t, a)
is_in(list, x) = strstrt(' ' . list, ' ' . x . ' ') > 0
note_sampler(x) = (is_in(samplers, x) ? 0 : (samplers = samplers . x . ' '), 0)
note_settling(x) = (is_in(settlings, x) ? 0 : (settlings = settlings . x . ' '), 0)
note_span(c) = (lowest = c < lowest ? c : lowest, highest = c > highest ? c : highest, 0)
note(s, x, c) = (s > 0 ? note_settling(sprintf('%g', s)) : 0, c > 0 ? (note_sampler(x), note_span(c)) : 0)
row_sampler(u) = sampler_of(column('learning_rate'), column('temperatures'), column('start'))
stats 'summary.csv' using (note(column('settling_sweeps'), row_sampler(0), column('collecting_sweeps'))) nooutput
n_samplers = words(samplers); n_settlings = words(settlings)

is_row(r) = row_sampler(0) eq word(samplers, r)
is_sampled(r) = column('settling_sweeps') == 0 && column('collecting_sweeps') > 0 && is_row(r)
is_settled(k) = sprintf('%g', column('settling_sweeps')) eq word(settlings, k)
sampled(r, x) = is_sampled(r) ? column(x) : NaN

# A value of one row, NaN where it has none.
value = NaN
take(is_there, x) = (is_there ? (value = x) : 0, 0)
array settled_ratio[9]; array settled_epochs[9]; array settled_exact[9]; array settled_learnt[9]
do for [k = 1:9] { settled_ratio[k] = NaN; settled_epochs[k] = NaN; settled_exact[k] = NaN; settled_learnt[k] = NaN }
do for [k = 1:(n_settlings < 9 ? n_settlings : 9)] {
    value = NaN; stats 'summary.csv' using (take(is_settled(k), column('restart_ratio'))) nooutput; settled_ratio[k] = value
    value = NaN; stats 'summary.csv' using (take(is_settled(k), column('epochs'))) nooutput; settled_epochs[k] = value
    value = NaN; stats 'summary.csv' using (take(is_settled(k), column('learnt'))) nooutput; settled_learnt[k] = value
    value = NaN; stats 'summary.csv' using (take(is_settled(k), column('read_right_theory'))) nooutput; settled_exact[k] = value
}
# gnuplot complains of a curve without a point: what there is not is outside the frame.
known(x) = x == x ? x : 1e9
ratio_of(k) = known(settled_ratio[k])
epochs_of(k) = known(settled_epochs[k])
right_of(k) = known(settled_exact[k])
learnt_of(k) = known(settled_learnt[k])

# What there is of each, within the papers' range at the least.
least = 1e9; most = 0
span(x) = x == x ? (least = x < least ? x : least, most = x > most ? x : most, 0) : 0
stats 'summary.csv' using (span(column('restart_ratio'))) nooutput
ratio_low = least > 0.2 ? 0.12 : 0.5 * least; ratio_high = most < 100 ? 300 : 3 * most
least = 1e9; most = 0; stats 'summary.csv' using (span(column('epochs'))) nooutput
epochs_low = least > 20 ? 12 : 0.5 * least; epochs_high = most < 250 ? 400 : 2 * most
least = 1e9; most = 0; stats 'summary.csv' using (span(column('read_right'))) nooutput
right_low = least > 0.6 ? 0.5 : 0.1 * floor(10 * least - 1)

least = 1e9; most = 0; stats 'summary.csv' using (span(column('learnt'))) nooutput
learnt_low = least > 0.78 ? 0.7 : least < 0.1 ? -0.05 : 0.1 * floor(10 * least - 1)

array color[6] = ['#0072b2', '#d55e00', '#cc79a7', '#e69f00', '#56b4e9', '#009e73']  # Okabe and Ito
array symbol[6] = [7, 8, 5, 11, 13, 15]
index_of(k) = (k - 1) % 6 + 1
green = '#009e73'
x_low = lowest / 1.4; x_high = highest * 1.6
bar(r, x) = sampled(r, x) - sampled(r, x . '_err')
part(r, k) = (colon = strstrt(word(samplers, r), ':'), rest = word(samplers, r)[colon + 1:], \
              k == 1 ? word(samplers, r)[1:colon - 1] : rest[1:strstrt(rest, ':') - 1])
sampler_name(r) = sprintf('{/:Italic η} = %s, %s temperature%s', part(r, 1), part(r, 2), part(r, 2) eq '1' ? '' : 's') . keep

# Many shares are 1: symbols stand side by side.
aside(r) = sampled(r, 'collecting_sweeps') * 1.09 ** (r - 0.5 * (n_samplers + 1))

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 7.0in font 'sans,10' linewidth 1 } \
    else { set terminal svg enhanced size 612, 1260 font 'sans,13.6' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.42 : 0.63; small = format eq 'pdf' ? ',8.5' : ',11.5'
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.155; set rmargin screen 0.975
    set logscale x; set xrange [x_low:x_high]
    set xtics 10 format '%g' offset 0, 0.2; set mxtics 10

    set bmargin screen 0.665; set tmargin screen 0.988
    unset xlabel; set format x ''
    set logscale y; set yrange [ratio_low:ratio_high]; set ytics 10 format '%g' offset 0.5, 0; set mytics 10
    set ylabel 'unit updates, over mean field’s' offset 1.3, 0
    set object 1 rectangle from x_low, 10 to x_high, 30 fillcolor rgb '#e6e6e6' fillstyle solid noborder behind
    set label 1 '10 to 30 times' at x_low * 1.15, 17.3 left font small front tc rgb '#606060'
    set label 9 '(a)' at graph 0.97, 0.06 right
    set key at graph 0.02, 0.985 left top Left reverse samplen 1.4 spacing 1.0 width -2 font small
    do for [k = 1:n_settlings] {
        if (settled_ratio[k] == settled_ratio[k]) {
            name = sprintf('mean field, %s sweep%s', word(settlings, k), word(settlings, k) eq '1' ? '' : 's')
            if (k == 1) { set label 21 name at x_high / 1.15, settled_ratio[1] * 0.74 right font small tc rgb green } \
            else { set label 20 + k name at x_low * 1.15, settled_ratio[k] * 1.3 left font small tc rgb green }
        }
    }
    plot ratio_of(1) with lines lw 1.2 lc rgb green notitle, \
         for [k = 2:n_settlings] ratio_of(k) with lines lw 1.2 dt (2, 3) lc rgb green notitle, \
         for [r = 1:n_samplers] 'theory.csv' using (is_row(r) ? column('collecting_sweeps') : NaN):(known(column('ratio'))) \
             with lines lw 1.0 dt (5, 3) lc rgb color[index_of(r)] title (r == 1 ? 'exact gradient’s epochs' : ''), \
         for [r = 1:n_samplers] 'summary.csv' \
             using (sampled(r, 'collecting_sweeps')):(known(bar(r, 'restart_ratio'))):(0):(2 * column('restart_ratio_err')) \
             with vectors nohead lw 0.9 lc rgb color[index_of(r)] notitle, \
         for [r = 1:n_samplers] 'summary.csv' using (sampled(r, 'collecting_sweeps')):(known(column('restart_ratio'))) \
             with linespoints lw 0.5 pt symbol[index_of(r)] ps dot lc rgb color[index_of(r)] title sampler_name(r)
    unset object 1; unset label 1
    do for [k = 1:n_settlings] { unset label 20 + k }

    set bmargin screen 0.49; set tmargin screen 0.655
    unset logscale y; set yrange [learnt_low:1.03]; set ytics 0.1 format '%.1f'; set mytics 2
    set ylabel 'share learnt' offset 1.3, 0
    set label 9 '(b)' at graph 0.97, 0.12 right
    unset key
    plot learnt_of(1) with lines lw 1.2 lc rgb green notitle, \
         for [k = 2:n_settlings] learnt_of(k) with lines lw 1.2 dt (2, 3) lc rgb green notitle, \
         for [r = 1:n_samplers] 'summary.csv' \
             using (aside(r)):(known(bar(r, 'learnt'))):(0):(2 * column('learnt_err')) \
             with vectors nohead lw 0.9 lc rgb color[index_of(r)] notitle, \
         for [r = 1:n_samplers] 'summary.csv' using (aside(r)):(known(column('learnt'))) \
             with points pt symbol[index_of(r)] ps dot lc rgb color[index_of(r)] notitle

    set bmargin screen 0.275; set tmargin screen 0.48
    set logscale y; set yrange [epochs_low:epochs_high]; set ytics (10, 20, 50, 100, 200, 500, 1000) format '%g'; set mytics 1
    set ylabel 'epochs, median' offset 1.0, 0
    set label 9 '(c)' at graph 0.97, 0.9 right
    if (settled_epochs[1] == settled_epochs[1]) {
        set label 20 (n_settlings > 1 ? 'mean field, both' : 'mean field') at x_low * 1.15, settled_epochs[1] * 0.72 left font small tc rgb green
    }
    plot epochs_of(1) with lines lw 1.2 lc rgb green notitle, \
         for [k = 2:n_settlings] epochs_of(k) with lines lw 1.2 dt (2, 3) lc rgb green notitle, \
         for [r = 1:n_samplers] 'summary.csv' \
             using (sampled(r, 'collecting_sweeps')):(known(bar(r, 'epochs'))):(0):(2 * column('epochs_err')) \
             with vectors nohead lw 0.9 lc rgb color[index_of(r)] notitle, \
         for [r = 1:n_samplers] 'summary.csv' using (sampled(r, 'collecting_sweeps')):(known(column('epochs'))) \
             with points pt symbol[index_of(r)] ps dot lc rgb color[index_of(r)] notitle
    unset label 20

    set bmargin screen 0.067; set tmargin screen 0.265
    unset logscale y; set yrange [right_low:1.03]; set ytics 0.1 format '%.1f'; set mytics 2
    set format x '%g'
    set xlabel 'collecting sweeps of a phase' offset 0, 0.5
    set ylabel 'right when sampled' offset 1.3, 0
    set label 9 '(d)' at graph 0.97, 0.62 right
    if (settled_exact[1] == settled_exact[1]) {
        set label 20 (n_settlings > 1 ? 'learnt in mean field, both' : 'learnt in mean field') at x_low * 1.15, settled_exact[1] - 0.055 left font small tc rgb green
    }
    set key at graph 0.02, 0.66 left top Left reverse samplen 1.4 spacing 1.0 font small
    plot right_of(1) with lines lw 1.2 lc rgb green notitle, \
         for [k = 2:n_settlings] right_of(k) with lines lw 1.2 dt (2, 3) lc rgb green notitle, \
         for [r = 1:n_samplers] 'summary.csv' using (sampled(r, 'collecting_sweeps')):(column('read_right_theory')) \
             with lines lw 1.2 lc rgb color[index_of(r)] title (r == 1 ? 'enumeration' : ''), \
         for [r = 1:n_samplers] 'summary.csv' \
             using (sampled(r, 'collecting_sweeps')):(known(bar(r, 'read_right'))):(0):(2 * column('read_right_err')) \
             with vectors nohead lw 0.9 lc rgb color[index_of(r)] notitle, \
         for [r = 1:n_samplers] 'summary.csv' using (sampled(r, 'collecting_sweeps')):(known(column('read_right'))) \
             with points pt symbol[index_of(r)] ps dot lc rgb color[index_of(r)] title (r == 1 ? 'sampling' : '')
    unset label 20; unset multiplot
    unset output
}
