# The lines in the plane of load and temperature (a), with T_M's turn in an inset, T_R on a logarithmic scale (b), and
# T_c's turn (c).  Reads theory-lines.csv beside this script; writes figure.pdf and figure.svg there.

slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }

set datafile separator ','
set datafile commentschars '#'
set datafile columnheaders

file = 'theory-lines.csv'
floor_of(x) = column(x) > 0 ? column(x) : 0  # no lower end: retrieval extends to T = 0

# How many points each line has, in the windows of the inset and of (c) too; and where the lower end of T_M begins: it
# falls to T = 0 there.
n_glass = 0; n_m = 0; n_m_low = 0; n_c = 0; n_c_low = 0; n_r = 0; n_inset = 0; n_turn = 0
alpha_0 = 1; t_0 = NaN
note_lines(g, m, c, r) = (n_glass = n_glass + (g > 0), n_m = n_m + (m > 0), n_c = n_c + (c > 0), n_r = n_r + (r > 0), 0)
note_windows(a, m, c) = (n_inset = n_inset + (m > 0 && a >= 0.1378 && a <= 0.1382), \
                         n_turn = n_turn + (c > 0 && a >= 0.0515 && a <= 0.0535), 0)
note_lower(a, m, c) = (n_m_low = n_m_low + (m > 0), n_c_low = n_c_low + (c > 0), \
                       m > 0 && a < alpha_0 ? (alpha_0 = a, t_0 = m) : 0, 0)
stats file \
    using (note_lines(column('t_glass'), column('t_retrieval'), column('t_thermodynamic'), column('t_at'))) nooutput
stats file using (note_windows(column('alpha'), column('t_retrieval'), column('t_thermodynamic'))) nooutput
stats file using (note_lower(column('alpha'), column('t_retrieval_lower'), column('t_thermodynamic_lower'))) nooutput
some(n, x) = n > 0 ? column(x) : 1e9  # outside the frame: gnuplot complains of a file without any point
low(n, x) = n > 0 ? floor_of(x) : 1e9

black = '#000000'; blue = '#0072b2'; red = '#d55e00'; green = '#009e73'  # Okabe and Ito
metastable = '#eaf2f8'; stable = '#b9d7ea'
set style line 1 lc rgb black lw 1.4                 # T_g
set style line 2 lc rgb red lw 1.8                   # T_M
set style line 3 lc rgb blue lw 1.8 dt (7, 3)        # T_c
set style line 4 lc rgb green lw 1.8 dt (6, 2, 1, 2) # T_R

do for [format in 'pdf svg'] {
    if (format eq 'pdf') { set terminal pdfcairo enhanced color size 3.4in, 4.8in font 'sans,11' linewidth 1 } \
    else { set terminal svg enhanced size 612, 864 font 'sans,15' linewidth 1.6 background '#ffffff' }
    small = format eq 'pdf' ? ',10' : ',13.6'
    set output 'figure.' . format
    set multiplot
    set border lw 0.8
    set key off
    set style fill solid 1.0 noborder
    set tics front

    set lmargin screen 0.15; set rmargin screen 0.975; set bmargin screen 0.45; set tmargin screen 0.985
    set xrange [0:0.16]; set yrange [0:1.5]
    set xtics 0.05 format '%g' offset 0, 0.2; set mxtics 5; set ytics 0.5 format '%g' offset 0.3, 0; set mytics 5
    set xlabel 'load  {/:Italic α} = {/:Italic p}/{/:Italic N}' offset 0, 0.6
    set ylabel 'temperature  {/:Italic T}' offset 1.4, 0
    set label 1 'paramagnet' at 0.045, 1.38 center front
    set label 2 'spin glass' at 0.056, 0.86 center front
    if (n_m > 0) { set label 3 "retrieval,\nmetastable" at 0.078, 0.25 center front }
    if (n_c > 0) { set label 4 "retrieval,\nstable" at 0.021, 0.30 center front }
    set label 5 '{/:Italic T}_g' at 0.1, 1.38 center front
    if (n_m > 0) { set label 6 '{/:Italic T}_M' at 0.050, 0.62 left front }
    if (n_c > 0) { set label 7 '{/:Italic T}_c' at 0.051, 0.34 center front }
    if (n_r > 0) { set label 8 '{/:Italic T}_R' at 0.128, 0.06 center front }
    set label 9 '(a)' at graph 0.02, 0.955 left front
    plot NaN notitle, \
         file using (some(n_m, 'alpha')):(some(n_m, 't_retrieval')): \
             (low(n_m, 't_retrieval_lower')) with filledcurves lc rgb metastable, \
         file using (some(n_c, 'alpha')):(some(n_c, 't_thermodynamic')): \
             (low(n_c, 't_thermodynamic_lower')) with filledcurves lc rgb stable, \
         file using (some(n_glass, 'alpha')):(some(n_glass, 't_glass')) with lines ls 1, \
         file using (some(n_m, 'alpha')):(some(n_m, 't_retrieval')) with lines ls 2, \
         file using (some(n_m_low, 'alpha')):(some(n_m_low, 't_retrieval_lower')) with lines ls 2, \
         file using (some(n_c, 'alpha')):(some(n_c, 't_thermodynamic')) with lines ls 3, \
         file using (some(n_c_low, 'alpha')):(some(n_c_low, 't_thermodynamic_lower')) with lines ls 3, \
         file using (some(n_r, 'alpha')):(some(n_r, 't_at')) with lines ls 4
    unset label

    # The inset: T_M turns back below T_R; without loads there it is left out, as is (c).
    if (n_inset > 1) {
        set lmargin screen 0.595; set rmargin screen 0.92; set bmargin screen 0.665; set tmargin screen 0.835
        set xrange [0.1378:0.1382]; set yrange [0:0.05]
        set xtics 0.1378, 0.0002 format '%g' offset 0, 0.1 font small; set mxtics 2
        set ytics 0.02 format '%g' offset 0.5, 0 font small; set mytics 2
        set xlabel ''; set ylabel ''
        set label 1 '{/:Italic T}_M' at 0.1381, 0.041 left front
        set label 2 '{/:Italic T}_R' at 0.13795, 0.0165 center front
        plot NaN notitle, \
             file using (some(n_m, 'alpha')):(some(n_m, 't_retrieval')): \
                 (low(n_m, 't_retrieval_lower')) with filledcurves lc rgb metastable, \
             file using (some(n_m, 'alpha')):(some(n_m, 't_retrieval')) with lines ls 2, \
             file using (some(n_m_low, 'alpha')):(some(n_m_low, 't_retrieval_lower')) with lines ls 2, \
             file using (some(n_r, 'alpha')):(some(n_r, 't_at')) with lines ls 4
        unset label
    }

    set lmargin screen 0.15; set rmargin screen (n_turn > 1 ? 0.52 : 0.975)
    set bmargin screen 0.08; set tmargin screen 0.355
    set xrange [0:0.15]; set yrange [1e-24:10]
    set logscale y
    set xtics 0, 0.05 format '%g' offset 0, 0.2 font ''; set mxtics 5
    set ytics 1e-24, 1e6 format '10^{%T}' offset 0.4, 0 font ''; set mytics 1
    set for [k = -4:-1] ytics add (sprintf('10^{−%d}', -6 * k) 1e6**k)  # no hyphens
    set xlabel '{/:Italic α}' offset 0, 0.6; set ylabel '{/:Italic T}' offset 3.0, 0
    set label 1 '{/:Italic T}_R' at 0.062, 1e-7 center front
    set label 2 '{/:Italic T}_M' at 0.049, 1.5e-2 center front
    set label 3 "replica\nsymmetry\nbroken" at 0.085, 2e-12 center front
    if (t_0 > 0) { set arrow 1 from alpha_0, t_0 to alpha_0, graph 0 nohead ls 2 }
    set label 9 '(b)' at graph 0.05, 0.91 left front
    plot NaN notitle, file using (some(n_m, 'alpha')):(some(n_m, 't_retrieval')) with lines ls 2 notitle, \
         file using (some(n_m_low, 'alpha')):(some(n_m_low, 't_retrieval_lower')) with lines ls 2 notitle, \
         file using (some(n_r, 'alpha')):(some(n_r, 't_at')) with lines ls 4 notitle
    unset logscale y
    unset label; unset arrow

    if (n_turn > 1) {
        set lmargin screen 0.665; set rmargin screen 0.975
        set xrange [0.0515:0.0535]; set yrange [0:0.2]
        set xtics 0.051, 0.001 format '%g'; set mxtics 5; set ytics 0.1 format '%g'; set mytics 5
        set xlabel '{/:Italic α}' offset 0, 0.6; set ylabel '{/:Italic T}' offset 1.0, 0
        set label 1 '{/:Italic T}_c' at 0.0527, 0.15 left front
        set label 2 'stable' at 0.0517, 0.09 left front
        set label 3 'metastable' at 0.05342, 0.182 right front
        set label 9 '(c)' at graph 0.95, 0.08 right front
        plot NaN notitle, \
             file using (some(n_m, 'alpha')):(some(n_m, 't_retrieval')): \
                 (low(n_m, 't_retrieval_lower')) with filledcurves lc rgb metastable, \
             file using (some(n_c, 'alpha')):(some(n_c, 't_thermodynamic')): \
                 (low(n_c, 't_thermodynamic_lower')) with filledcurves lc rgb stable, \
             file using (some(n_c, 'alpha')):(some(n_c, 't_thermodynamic')) with lines ls 3, \
             file using (some(n_c_low, 'alpha')):(some(n_c_low, 't_thermodynamic_lower')) with lines ls 3
        unset label
    }
    unset multiplot
    unset output
}
