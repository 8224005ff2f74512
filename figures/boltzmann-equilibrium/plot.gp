# States' frequencies against exp(-E/T)/Z, and the distance between the two against sweeps, from three starts: theory lines,
# simulation points with error bars.
# Reads states.csv, variation.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# The first temperature, the starts there are at it, and the ranges.
temperature = NaN; starts = ''; p_low = NaN; p_high = NaN
note_state(t, s, p) = (temperature != temperature ? temperature = t : 0, \
    strstrt(' ' . starts, sprintf(' %d ', s)) == 0 ? starts = starts . sprintf('%d ', s) : '', \
    p_low != p_low || p < p_low ? p_low = p : 0, p_high != p_high || p > p_high ? p_high = p : 0, p)
stats 'states.csv' using 'n_units' nooutput
size = STATS_min
stats 'states.csv' using (note_state(column('temperature'), column('start'), column('frequency_theory'))) nooutput
low = 10.0**floor(log10(p_low)); high = 10.0**ceil(log10(p_high))
if (!(low > 1e-9)) { low = 1e-9 }
v_low = NaN; v_high = NaN; m_high = 1; has_theory = 0; has_law = 0
note_variation(m, v) = (m > m_high ? m_high = m : 0, v_low != v_low || v < v_low ? v_low = v : 0, \
    v_high != v_high || v > v_high ? v_high = v : 0, v)
stats 'variation.csv' using (note_variation(column('sweeps'), column('total_variation'))) nooutput
if (!(v_low > 1e-9)) { v_low = 1e-9 }
if (!(v_high > v_low)) { v_high = 10 * v_low }
note_line(t, v, a) = (t == temperature && v > 0 ? has_theory = 1 : 0, t == temperature && a > 0 ? has_law = 1 : 0, t)
stats 'theory.csv' using (note_line(column('temperature'), column('total_variation'), column('asymptote'))) nooutput

array color[3] = ['#0072b2', '#d55e00', '#009e73']  # Okabe and Ito
array symbol[3] = [6, 8, 4]
array begins[3] = ['all off', 'all on', 'at random']
n_starts = words(starts)
start(k) = word(starts, k) + 0
of(k, size) = column('temperature') == temperature && column('start') == start(k) ? column(size) : NaN
# One replica has no error, and gnuplot complains of a curve without a point.
error(e) = column(e) == column(e) ? column(e) : 0
lower(x, e) = x > 1.5 * e ? x - e : x / 3.0  # a bar that would reach 0 ends within the decade

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 5.0in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 900 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.35 : 0.5
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set logscale xy
    set format '10^{%T}'
    set mxtics 10; set mytics 10
    set xtics 10; set ytics 10
    set for [k = -12:-1] xtics add (sprintf('10^{−%d}', -k) 10.0**k)  # no hyphens
    set for [k = -12:-1] ytics add (sprintf('10^{−%d}', -k) 10.0**k)

    set lmargin screen 0.16; set rmargin screen 0.965; set bmargin screen 0.585; set tmargin screen 0.985
    set xrange [low:high]; set yrange [low:high]
    set xlabel 'exp(−{/:Italic E}/{/:Italic T})/{/:Italic Z}' . keep offset 0, 0.3
    set ylabel 'share of visits' offset 1.2, 0
    set key at graph 0.03, 0.97 top left Left reverse samplen 1.2 spacing 1.1
    set label 1 sprintf('%d units, {/:Italic T} = %g', size, temperature) . keep at graph 0.97, 0.06 right
    plot x with lines lw 1.4 lc rgb '#000000' title 'theory', \
         for [k = 1:n_starts] 'states.csv' using (of(k, 'frequency_theory')):\
             (lower(column('frequency'), error('frequency_err'))):(0):\
             (column('frequency') + error('frequency_err') - lower(column('frequency'), error('frequency_err'))) \
             with vectors nohead lw 0.8 lc rgb color[start(k) + 1] notitle, \
         for [k = 1:n_starts] 'states.csv' using (of(k, 'frequency_theory')):'frequency' with points \
             pt symbol[start(k) + 1] ps dot * (0.45 + 0.35 * k) lw 0.8 lc rgb color[start(k) + 1] title begins[start(k) + 1]

    unset label 1
    set bmargin screen 0.09; set tmargin screen 0.485
    set xrange [0.8:1.25 * m_high]; set yrange [0.6 * v_low:1.7 * v_high]
    set xtics add ('1' 1, '10' 10); set ytics add ('1' 1)
    set xlabel 'sweeps  {/:Italic M}' offset 0, 0.3
    set ylabel 'total variation' offset 1.2, 0
    set key at graph 0.97, 0.97 top right Left reverse samplen 2.2 spacing 1.1
    only(size) = column('temperature') == temperature ? column(size) : NaN
    line(size, is_there) = is_there ? only(size) : 1e9  # gnuplot complains of a curve without a point: outside the frame
    plot 'theory.csv' using 'sweeps':(line('total_variation', has_theory)) with lines lw 1.4 lc rgb '#000000' \
             title 'theory', \
         'theory.csv' using 'sweeps':(line('asymptote', has_law)) with lines lw 1.2 dt 2 lc rgb '#777777' \
             title 'its {/:Italic M}^{ −1/2} law' . keep, \
         for [k = 1:n_starts] 'variation.csv' using 'sweeps':\
             (of(k, 'total_variation') - error('total_variation_err')):(0):(2 * error('total_variation_err')) \
             with vectors nohead lw 0.8 lc rgb color[start(k) + 1] notitle, \
         for [k = 1:n_starts] 'variation.csv' using 'sweeps':(of(k, 'total_variation')) with points \
             pt symbol[start(k) + 1] ps 1.3 * dot * (0.8 + 0.45 * k) lw 0.8 lc rgb color[start(k) + 1] notitle
    unset logscale
    unset multiplot
    unset output
}
