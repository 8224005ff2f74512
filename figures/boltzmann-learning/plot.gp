# The divergence against updates, and what sampling adds to it against the number of chains: theory lines, simulation points
# with error bars.
# Reads summary.csv, theory.csv and those of bars/ beside this script; writes figure.pdf and figure.svg.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders
keep = '{/=1  }'  # two spaces make gnuplot's SVG keep every one: rsvg-convert drops those beside italics otherwise

# Numbers of chains, in the order of their appearance, at the first rate and number of sweeps, and whether the annealed law
# is there, of either folder; the last update.  A run of the experiment alone has one problem; in the figure bars-and-stripes
# has a folder of its own.
array folder[2] = ['', 'bars/']
array there[2] = [1, system("test -f bars/summary.csv && echo 1") eq '1']
array numbers[2] = ['', '']
array has_law[2] = [0, 0]
array rate[2] = [NaN, NaN]
array collect[2] = [NaN, NaN]
most_updates = 2
note(k, n, r, c) = (rate[k] != rate[k] ? (rate[k] = r, collect[k] = c) : 0, \
                    strstrt(' ' . numbers[k], sprintf(' %d ', n)) == 0 ? numbers[k] = numbers[k] . sprintf('%d ', n) : '', n)
note_end(u) = (u > most_updates ? most_updates = u : 0, u)
note_law(k, x) = (x == x ? has_law[k] = 1 : 0, x)
do for [k = 1:2] {
    if (there[k]) {
        stats folder[k] . 'summary.csv' using (note(k, column('n_chains'), column('learning_rate'), column('collect')), \
                                               note_end(column('update'))) nooutput
        stats folder[k] . 'theory.csv' using (note_law(k, column('annealed')), 1) nooutput
    }
}
chains_of(k, i) = word(numbers[k], i) + 0
of(k, n, x) = column('n_chains') == n && column('learning_rate') == rate[k] && column('collect') == collect[k] ? \
    column(x) : NaN

# Points at five updates a decade of the ten recorded, where these are told apart.
shown(u) = u > 0 && (abs(log10(u) * 5 - floor(log10(u) * 5 + 0.5)) < 0.12 || u == most_updates) ? u : NaN

# The excess after the first update is inversely as the number of chains; after 1 and 10 updates it is drawn where it is
# seen: nothing is drawn of a time without a point.
per_chain = NaN
note_excess(n, x) = (per_chain != per_chain && x == x ? per_chain = n * x : 0, n)
stats 'summary.csv' using (note_excess(column('n_chains'), column('excess_theory'))) nooutput
seen(u) = column('update') == u && column('learning_rate') == rate[1] && column('collect') == collect[1] && \
          column('excess') > 2 * column('excess_err') ? column('excess') : NaN
later = ''
note_later(u, x) = (x == x && strstrt(' ' . later, sprintf(' %d ', u)) == 0 ? later = later . sprintf('%d ', u) : '', u)
do for [u in '1 10'] {
    stats 'summary.csv' using (note_later(u + 0, seen(u + 0)), 1) nooutput
}
has_excess = words(later) > 0 && per_chain == per_chain
at(i) = word(later, i) + 0

array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']  # Okabe and Ito
array symbol[6] = [7, 9, 5, 11, 13, 15]
# The same for a number of chains in both panels.
style_of(n) = (strstrt(' ' . numbers[1], sprintf(' %d ', n)) > 0 ? \
               words(numbers[1][1:strstrt(' ' . numbers[1], sprintf(' %d ', n))]) : n) % 6 + 1
chains_title(n) = n == 1 ? '1 chain a case' : sprintf('%d chains', n)

# Error bars are vectors: gnuplot's own clear the background around their symbol, and with it the line.
do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 6.3in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 1134 font 'sans,15' linewidth 1.6 background '#ffffff' }
    dot = format eq 'pdf' ? 0.4 : 0.6
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set lmargin screen 0.155; set rmargin screen 0.975

    do for [panel = 1:2] {
        if (!there[panel]) { continue }
        set tmargin screen (panel == 1 ? 0.985 : 0.645); set bmargin screen (panel == 1 ? 0.70 : 0.375)
        set logscale xy
        set xrange [0.9:1.1 * most_updates]; set yrange [*:*]
        set xtics 10 format '%g'; set mxtics 10
        set ytics ('0.001' 0.001, '0.002' 0.002, '0.005' 0.005, '0.01' 0.01, '0.02' 0.02, '0.05' 0.05, '0.1' 0.1, \
                   '0.2' 0.2, '0.5' 0.5, '1' 1, '2' 2, '5' 5, '10' 10, '20' 20)
        set mytics 1
        if (panel == 2 || !there[2]) { set xlabel 'updates' offset 0, 0.5 } else { unset xlabel }
        set ylabel 'divergence  {/:Italic G}  (nat)' offset (panel == 1 ? 1.1 : 0.7), 0
        if (panel == 1) { set key at graph 0.02, 0.82 top left Left reverse samplen 1.4 spacing 1.0 maxrows 7 } \
        else { unset key }
        set label 1 (!there[2] ? '' : panel == 1 ? '(a)  xor' : '(b)  bars and stripes') at graph 0.04, 0.09
        first = chains_of(panel, 1)
        law = has_law[panel] ? 'annealed' : 'descent'  # once more, where it is not
        plot folder[panel] . 'theory.csv' using (of(panel, first, 'update')):'descent' with lines lw 1.8 \
                 lc rgb '#000000' title 'gradient descent', \
             folder[panel] . 'theory.csv' using (of(panel, first, 'update')):law with lines lw 1.4 dt (5, 4) \
                 lc rgb '#000000' title (has_law[panel] ? 'annealed law' : ''), \
             for [i = 1:words(numbers[panel])] folder[panel] . 'summary.csv' \
                 using (shown(of(panel, chains_of(panel, i), 'update'))):\
                 (column('sampled') - column('sampled_err')):(0):(2 * column('sampled_err')) with vectors nohead \
                 lw 0.8 lc rgb color[style_of(chains_of(panel, i))] notitle, \
             for [i = 1:words(numbers[panel])] folder[panel] . 'summary.csv' \
                 using (shown(of(panel, chains_of(panel, i), 'update'))):'sampled' \
                 with points pt symbol[style_of(chains_of(panel, i))] ps dot \
                 lc rgb color[style_of(chains_of(panel, i))] title chains_title(chains_of(panel, i)), \
             folder[panel] . 'summary.csv' using (shown(of(panel, first, 'update'))):\
                 (column('mean_field') - column('mean_field_err')):(0):(2 * column('mean_field_err')) with vectors nohead \
                 lw 0.8 lc rgb '#000000' notitle, \
             folder[panel] . 'summary.csv' using (shown(of(panel, first, 'update'))):'mean_field' with points pt 6 \
                 ps 1.1 * dot lw 1.2 lc rgb '#000000' title 'mean field'
        unset label 1
    }

    if (has_excess) {
        set tmargin screen 0.30; set bmargin screen 0.07
        set logscale xy
        set xrange [0.8 * chains_of(1, 1):1.25 * (words(numbers[1]) > 1 ? chains_of(1, words(numbers[1])) : 2 * chains_of(1, 1))]
        set yrange [*:*]
        unset xtics; unset mxtics
        set xtics ('1' 1, '2' 2, '4' 4, '8' 8, '16' 16, '32' 32, '64' 64, '128' 128, '256' 256)
        set ytics 10 format '10^{%T}'; set mytics 10
        set for [k = -9:-1] ytics add (sprintf('10^{−%d}', -k) 10.0**k)
        set xlabel 'chains a case' offset 0, 0.5
        set ylabel 'excess of  {/:Italic G}  (nat)' offset 2.2, 0
        set key at graph 0.98, 0.96 top right Left reverse samplen 1.6 spacing 1.1
        set label 1 (there[2] ? '(c)  xor' : '') at graph 0.04, 0.09
        plot per_chain / x with lines lw 1.6 lc rgb '#000000' title '({/:Italic η}²/2) tr {/:Italic C} ∂²{/:Italic G}' . keep, \
             for [i = 1:words(later)] 'summary.csv' using 'n_chains':(seen(at(i)) - column('excess_err')):(0):\
                 (2 * column('excess_err')) with vectors nohead lw 0.8 lc rgb color[i] notitle, \
             for [i = 1:words(later)] 'summary.csv' using 'n_chains':(seen(at(i))) with points pt symbol[i] ps 1.2 * dot \
                 lc rgb color[i] title (at(i) == 1 ? 'after 1 update' : sprintf('after %d updates', at(i)))
        unset logscale; unset label 1
    }
    unset multiplot
    unset output
}
