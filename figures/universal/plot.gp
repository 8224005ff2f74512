# KL between a distribution and the machine built for it against the size of the machine's weights, and the machine's
# probabilities against the wanted ones: theory lines, simulation points with error bars.
# Reads summary.csv, theory.csv and law.csv, target/law.csv where that is, beside this script; writes figure.pdf and
# figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise
off = 1e9  # outside every frame: gnuplot complains of a curve without a point

# The first six pairs n:k there are, and the ranges.
pairs = ''; n_pairs = 0; w_low = NaN; w_high = NaN; kl_low = NaN; kl_high = NaN
has(list, text) = strstrt(' ' . list, ' ' . text . ' ') > 0
note(n, k, w, kl) = (n_pairs < 6 && !has(pairs, sprintf('%d:%d', n, k)) ? \
        (pairs = pairs . sprintf('%d:%d ', n, k), n_pairs = n_pairs + 1) : 0, \
    w_low != w_low || w < w_low ? w_low = w : 0, w_high != w_high || w > w_high ? w_high = w : 0, \
    kl > 0 && (kl_low != kl_low || kl < kl_low) ? kl_low = kl : 0, \
    kl > 0 && (kl_high != kl_high || kl > kl_high) ? kl_high = kl : 0, w)
stats 'summary.csv' using (note(column('n_visible'), column('n_support'), column('size'), column('kl'))) nooutput
if (!(kl_low > 1e-12)) { kl_low = 1e-12 }
if (!(kl_high > kl_low)) { kl_high = 10 * kl_low }
if (!(w_high > w_low)) { w_high = w_low + 1 }
colon(p) = strstrt(word(pairs, p), ':')
visible(p) = word(pairs, p)[1:colon(p) - 1] + 0
support(p) = word(pairs, p)[colon(p) + 1:*] + 0
of(p, size) = column('n_visible') == visible(p) && column('n_support') == support(p) && column(size) > 0 ? \
    column(size) : off
error(e) = column(e) == column(e) ? column(e) : 0  # one replica has no error
lower(x, e) = x > 1.5 * e ? x - e : x / 3.0  # a bar that would reach 0 ends within the decade

# The second panel's machines: the first three wanted KLs, or weights where those were given, of the first pair there.
source = 'law.csv'
if (system("test -f target/law.csv && echo 1") eq '1') { source = 'target/law.csv' }
first = ''; shown = ''; n_shown = 0; p_low = NaN; p_high = NaN
pair_of(n, k) = sprintf('%d:%d', n, k)
is_first(n, k) = pair_of(n, k) eq first
note_law(n, k, t, w, p, q) = (first eq '' ? first = pair_of(n, k) : '', \
    is_first(n, k) && n_shown < 3 && !has(shown, sprintf('%g:%g', t, w)) ? \
        (shown = shown . sprintf('%g:%g ', t, w), n_shown = n_shown + 1) : 0, \
    is_first(n, k) && (p_low != p_low || p < p_low) ? p_low = p : 0, \
    is_first(n, k) && (p_low != p_low || q < p_low) ? p_low = q : 0, \
    is_first(n, k) && (p_high != p_high || p > p_high) ? p_high = p : 0, \
    is_first(n, k) && (p_high != p_high || q > p_high) ? p_high = q : 0, p)
stats source using (note_law(column('n_visible'), column('n_support'), column('kl_target'), column('weight'), \
    column('p'), column('p_machine'))) nooutput
if (!(p_low > 1e-12)) { p_low = 1e-12 }
target(m) = word(shown, m)[1:strstrt(word(shown, m), ':') - 1] + 0
weight(m) = word(shown, m)[strstrt(word(shown, m), ':') + 1:*] + 0
same(x, y) = sprintf('%g', x) eq sprintf('%g', y)
machine(m) = is_first(column('n_visible'), column('n_support')) && same(column('kl_target'), target(m)) && \
    same(column('weight'), weight(m)) ? column('p_machine') : off
title_of(m) = target(m) > 0 ? sprintf('KL = %g wanted', target(m)) : sprintf('{/:Italic w} = %g', weight(m)) . keep

array color[6] = ['#0072b2', '#56b4e9', '#d55e00', '#e69f00', '#009e73', '#cc79a7']  # Okabe and Ito
array symbol[6] = [7, 6, 9, 8, 5, 4]

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 5.0in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 900 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set border lw 0.8

    set lmargin screen 0.17; set rmargin screen 0.965; set bmargin screen 0.585; set tmargin screen 0.985
    set logscale y
    set xrange [w_low - 0.06 * (w_high - w_low):w_high + 0.06 * (w_high - w_low)]
    set yrange [0.2 * kl_low:kl_high * (kl_high / kl_low)**0.45]
    set xtics autofreq format '%g'; set mxtics 2
    set ytics 10 format '10^{%T}'; set mytics 10
    set for [k = -12:-1] ytics add (sprintf('10^{−%d}', -k) 10.0**k)  # no hyphens
    set ytics add ('1' 1)
    set xlabel 'size of the weights  {/:Italic w}' offset 0, 0.4
    set ylabel 'KL  (nat)' offset 1.4, 0
    set key at graph 0.985, 0.975 top right Left reverse samplen 1.2 spacing 1.1 maxrows 3
    set label 1 'lines: (1 − {/:Italic k} 2^{−{/:Italic n}}) 2^{{/:Italic n}/2} e^{−{/:Italic w}/2}' . keep at graph 0.04, 0.07
    plot for [p = 1:n_pairs] 'theory.csv' using 'size':(of(p, 'kl_law')) with lines lw 1.2 lc rgb '#000000' notitle, \
         for [p = 1:n_pairs] 'summary.csv' using 'size':(lower(of(p, 'kl'), error('kl_err'))):(0):\
             (of(p, 'kl') + error('kl_err') - lower(of(p, 'kl'), error('kl_err'))) \
             with vectors nohead lw 0.8 lc rgb color[p] notitle, \
         for [p = 1:n_pairs] 'summary.csv' using 'size':(of(p, 'kl')) with points pt symbol[p] ps dot lc rgb color[p] \
             title sprintf('{/:Italic n} = %d, {/:Italic k} = %d', visible(p), support(p)) . keep
    unset label 1; set key maxrows auto

    set bmargin screen 0.09; set tmargin screen 0.485
    set logscale xy
    set xrange [0.5 * p_low:2 * p_high]; set yrange [0.5 * p_low:2 * p_high]
    set xtics 10 format '10^{%T}'; set mxtics 10
    set for [k = -12:-1] xtics add (sprintf('10^{−%d}', -k) 10.0**k)
    set xtics add ('1' 1)
    set xlabel 'wanted probability  {/:Italic p}' offset 0, 0.4
    set ylabel 'machine’s probability' offset 1.4, 0
    set key at graph 0.03, 0.97 top left Left reverse samplen 1.2 spacing 1.1
    plot x with lines lw 1.2 lc rgb '#000000' notitle, \
         for [m = 1:n_shown] source using 'p':(machine(m)) with points pt symbol[2 * m] ps dot * (0.8 + 0.25 * m) lw 1 \
             lc rgb color[2 * m - 1] title title_of(m)
    unset logscale
    unset multiplot
    unset output
}
