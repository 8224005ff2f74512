# Flows between two states there and back, and the net flows against theory: theory lines, simulation points with error bars.
# Reads flows.csv and theory.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise
tic(x) = (x < 0 ? '−' : '') . sprintf('%g', abs(x))  # gnuplot's own minus sign asks for a UTF-8 locale

# The first temperature, the ways of updating there are, and the ranges.
temperature = NaN; updates = ''; low = NaN; high = NaN; net_high = NaN
note_flow(t, u, x, y, net) = (temperature != temperature ? temperature = t : 0, \
    strstrt(' ' . updates, sprintf(' %d ', u)) == 0 ? updates = updates . sprintf('%d ', u) : '', \
    x > 0 && y > 0 && (low != low || x < low) ? low = x : 0, x > 0 && y > 0 && (low != low || y < low) ? low = y : 0, \
    high != high || x > high ? high = x : 0, y > high ? high = y : 0, \
    net_high != net_high || abs(net) > net_high ? net_high = abs(net) : 0, x)
stats 'flows.csv' using 'n_units' nooutput
size = STATS_min
stats 'flows.csv' using (note_flow(column('temperature'), column('update'), column('there'), column('back'), \
                                   1e3 * column('net'))) nooutput
low = low != low ? 1e-6 : 0.6 * low; high = high > 0 ? 1.7 * high : 1
if (low < 1e-7) { low = 1e-7 }
net_high = net_high > 0 ? 1.15 * net_high : 1
unit = 10.0**floor(log10(net_high)); tick = net_high > 4 * unit ? 2 * unit : net_high > 2 * unit ? unit : 0.5 * unit

array color[2] = ['#0072b2', '#d55e00']  # Okabe and Ito
array symbol[2] = [7, 4]
array says[2] = ['one unit at a time', 'a sweep at a time']
n_updates = words(updates)
update(k) = word(updates, k) + 0
of(k, size) = column('temperature') == temperature && column('update') == update(k) ? column(size) : NaN
of_sweep(size) = column('update') == 1 && column('temperature') == temperature ? column(size) : NaN
# One replica has no error, and gnuplot complains of a curve without a point.
error(e) = column(e) == column(e) ? column(e) : 0
lower(x, e) = x > 1.5 * e ? x - e : x / 3.0  # a bar that would reach 0 ends within the decade

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 5.0in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 900 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.175; set rmargin screen 0.965; set bmargin screen 0.585; set tmargin screen 0.985
    set logscale xy
    set format '10^{%T}'
    set xtics 10; set ytics 10; set mxtics 10; set mytics 10
    set for [k = -12:-1] xtics add (sprintf('10^{−%d}', -k) 10.0**k)  # no hyphens
    set for [k = -12:-1] ytics add (sprintf('10^{−%d}', -k) 10.0**k)
    set xrange [low:high]; set yrange [low:high]
    set xlabel 'flow there  {/:Italic a → b}' . keep offset 0, 0.3
    set ylabel 'flow back  {/:Italic b → a}' . keep offset 1.2, 0
    set key at graph 0.985, 0.03 bottom right Left reverse samplen 1.2 spacing 1.1
    set label 1 sprintf('%d units, {/:Italic T} = %g', size, temperature) . keep at graph 0.03, 0.95
    plot x with lines lw 1.4 lc rgb '#000000' title 'detailed balance', \
         'theory.csv' using (of_sweep('there')):'back' with points pt 1 ps 2 * dot lw 0.8 \
             lc rgb '#000000' title 'theory of sweeps', \
         for [k = 1:n_updates] 'flows.csv' using (of(k, 'there')):(lower(column('back'), error('back_err'))):(0):\
             (column('back') + error('back_err') - lower(column('back'), error('back_err'))) \
             with vectors nohead lw 0.8 lc rgb color[update(k) + 1] notitle, \
         for [k = 1:n_updates] 'flows.csv' using (lower(of(k, 'there'), error('there_err'))):'back':\
             (column('there') + error('there_err') - lower(column('there'), error('there_err'))):(0) \
             with vectors nohead lw 0.8 lc rgb color[update(k) + 1] notitle, \
         for [k = 1:n_updates] 'flows.csv' using (of(k, 'there')):'back' with points \
             pt symbol[update(k) + 1] ps dot lc rgb color[update(k) + 1] title says[update(k) + 1]
    unset logscale; unset label 1
    unset xtics; unset ytics

    set bmargin screen 0.09; set tmargin screen 0.485
    set xrange [-net_high:net_high]; set yrange [-net_high:net_high]
    set format '%g'; set xtics tick; set ytics tick; set mxtics 2; set mytics 2
    set for [k = -20:-1] xtics add (tic(tick * k) tick * k)
    set for [k = -20:-1] ytics add (tic(tick * k) tick * k)
    set xlabel '10^3 × net flow, theory' . keep offset 0, 0.3
    set ylabel '10^3 × net flow, measured' . keep offset 1.0, 0
    unset key
    plot x with lines lw 1.4 lc rgb '#000000' notitle, \
         for [k = n_updates:1:-1] 'flows.csv' using (1e3 * of(k, 'net_theory')):(1e3 * (column('net') - error('net_err'))):(0):\
             (2e3 * error('net_err')) with vectors nohead lw 0.8 lc rgb color[update(k) + 1] notitle, \
         for [k = n_updates:1:-1] 'flows.csv' using (1e3 * of(k, 'net_theory')):(1e3 * column('net')) with points \
             pt symbol[update(k) + 1] ps dot lc rgb color[update(k) + 1] notitle
    unset xtics; unset ytics
    unset multiplot
    unset output
}
