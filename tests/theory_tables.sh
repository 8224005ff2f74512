#!/bin/sh
# The tables of `hebb theory`: their columns, numbers known from elsewhere, LISTs, and the files they go to.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

# table SUBJECT [OPTION...]: the table, without the '#' block, into table.csv
table() {
  expect 0 "$HEBB" theory "$@" --csv-plain
  cp "$out" table.csv
}

columns() { equal "columns of $1" "$(header table.csv)" "$2"; }

# ---- crosstalk ----

table crosstalk --alpha .105,.138,.185,.37,.61
columns 'crosstalk --alpha' alpha,p_error,status
row=0
for published in .001 .0036 .01 .05 .1; do # Hertz, Krogh, Palmer 1991, table 2.1
  row=$((row + 1))
  near "published share of wrong bits at alpha = $(cell table.csv $row alpha)" "$(cell table.csv $row p_error)" \
    $published "$(awk -v p=$published 'BEGIN { print p < .002 ? .00005 : p < .01 ? .0001 : p < .04 ? .0005 : .0015 }')"
done

table crosstalk --alpha .5,.125
near 'erfc(1)/2 at alpha = 1/2' "$(cell table.csv 1 p_error)" .0786496035251426 1e-15
near 'erfc(2)/2 at alpha = 1/8' "$(cell table.csv 2 p_error)" .00233886749052363 1e-16

table crosstalk --neurons 100 --patterns 14
columns 'crosstalk --neurons --patterns' n_neurons,n_patterns,p_wrong,p_tie,p_error_gaussian,status
near 'wrong bits, N = 100, p = 14' "$(cell table.csv 1 p_wrong)" .002646020470 6e-13
near 'ties, N = 100, p = 14' "$(cell table.csv 1 p_tie)" .000493241954 6e-13

# binomial FROM: P(X >= FROM) for X the sum of (N-1)(p-1) = 1287 random signs; FROM is odd, as X is
binomial() {
  awk -v from="$1" 'BEGIN {
    n = 99 * 13; log_c = 0
    for (k = 0; k <= n; k++) { # k signs are negative
      if (n - 2 * k >= from) sum += exp(log_c - n * log(2))
      log_c += log((n - k) / (k + 1))
    }
    printf "%.15g\n", sum }'
}
near 'the exact law is the binomial one' "$(cell table.csv 1 p_wrong)" "$(binomial 101)" 1e-13
table crosstalk --neurons 100 --patterns 14 --self-coupling
near 'J_ii = p/N moves the threshold by p' "$(cell table.csv 1 p_wrong)" "$(binomial 115)" 1e-13
table crosstalk --alpha .14
gaussian=$(cell table.csv 1 p_error)
table crosstalk --neurons 100 --patterns 14
equal 'the Gaussian law at p/N is the same in both tables' "$(cell table.csv 1 p_error_gaussian)" "$gaussian"

table crosstalk --neurons 100,1000 --capacity
columns 'crosstalk --capacity' n_neurons,k_one_pattern,k_all_patterns,status
near 'N/(2 ln N)' "$(cell table.csv 2 k_one_pattern)" "$(awk 'BEGIN { printf "%.15g", 1000 / (2 * log(1000)) }')" 1e-10
near 'N/(4 ln N)' "$(cell table.csv 2 k_all_patterns)" "$(awk 'BEGIN { printf "%.15g", 1000 / (4 * log(1000)) }')" 1e-10

# ---- exponential memory [Demircigil et al. 2017; Lucibello, Mezard 2024] ----

table exponential --rho 0,.1,.5
columns 'exponential --rho' rho,alpha_max,alpha_typical,status
near 'all patterns without errors: ln 2/2' "$(cell table.csv 1 alpha_max)" .346573590279973 1e-15
near 'a typical one: 2 - ln cosh 2' "$(cell table.csv 1 alpha_typical)" .674997252642135 1e-14
near 'I(.8)/2 at rho = .1' "$(cell table.csv 2 alpha_max)" \
  "$(awk 'BEGIN { printf "%.15g", (1.8 * log(1.8) + .2 * log(.2)) / 4 }')" 1e-14
equal 'nothing at rho = 1/2' "$(data table.csv | sed -n 4p)" '0.5,,,no solution'

row=0
for law in binary gaussian spherical; do
  row=$((row + 1))
  table exponential --lambda .5,1 --ensemble $law
  columns 'exponential --lambda' lambda,ensemble,alpha_1,status
  near "random-energy threshold, $law" "$(cell table.csv 2 alpha_1)" "$(echo .566219 .5 .622572 | cut -d' ' -f$row)" 5e-7
done

table exponential --rho 0 --neurons 20
columns 'exponential --rho --neurons' n_neurons,rho,n_errors,alpha_half,status
half=$(awk -v a="$(cell table.csv 1 alpha_half)" 'BEGIN { printf "%.15g", exp(20 * a) }')
table exponential --rho 0 --neurons 20 --patterns "1,$half"
columns 'exponential --neurons --patterns' n_neurons,n_patterns,rho,n_errors,right,retrieved,status
near 'one pattern comes back' "$(cell table.csv 1 retrieved)" 1 1e-15
near 'half of them do at alpha_half' "$(cell table.csv 2 retrieved)" .5 1e-6

# ---- retrieval at T = 0 [Amit, Gutfreund, Sompolinsky 1987] ----

retrieval_columns=alpha,temperature,m,q,r,c,f,e,s,at_margin,status

# saddle_point ROW: by how much C = sqrt(2/(pi alpha r)) exp(-m^2/(2 alpha r)), r = 1/(1-C)^2, q = 1 and f = e are missed
saddle_point() {
  data table.csv | awk -F, -v row="$1" '
    function missed(x, y) { return (x > y ? x - y : y - x) / (1 + (y > 0 ? y : -y)) }
    NR == row + 1 {
      alpha = $1; m = $3; r = $5; c = $6
      printf "%.3g\n", missed(c, sqrt(2 / (3.14159265358979324 * alpha * r)) * exp(-m * m / (2 * alpha * r))) + \
        missed(r, 1 / (1 - c) ^ 2) + missed($4, 1) + missed($7, $8)
    }'
}

table retrieval --alpha .05,.1,.137,.138,.2
columns retrieval $retrieval_columns
for row in 1 2 3; do
  near "row $row of retrieval solves the saddle-point equations" "$(saddle_point $row)" 0 1e-12
  equal "status of row $row" "$(cell table.csv $row status)" ok
done
for row in 4 5; do
  equal 'beyond alpha_c the row says so, and the exit status is 0' "$(data table.csv | sed -n $((row + 1))p | cut -d, -f2-)" \
    '0,,,,,,,,,no solution'
done
near 'overlap at alpha = 0.1' "$(cell table.csv 2 m)" .9979992663 1e-10

table retrieval --alpha .1,.5 --state glass
columns 'retrieval --state glass' $retrieval_columns
for row in 1 2; do
  near "row $row of the spin glass solves the saddle-point equations" "$(saddle_point $row)" 0 1e-12
  equal 'the spin glass has no overlap' "$(cell table.csv $row m)" 0
done
near 'energy of the spin glass, -1/pi - sqrt(2 alpha/pi)' "$(cell table.csv 1 e)" -.570623138385807 1e-12

# ---- capacity ----

table capacity
columns capacity temperature,ansatz,order,alpha_c,m_c,error_c,status
near alpha_c "$(cell table.csv 1 alpha_c)" 0.137905566495 1e-11
near m_c "$(cell table.csv 1 m_c)" 0.967417115685 1e-11
near 'error_c = (1-m_c)/2' "$(cell table.csv 1 error_c)" \
  "$(awk -v m="$(cell table.csv 1 m_c)" 'BEGIN { printf "%.15g", (1 - m) / 2 }')" 1e-14
equal 'rs, a pure pattern, T = 0' "$(cell table.csv 1 temperature),$(cell table.csv 1 ansatz),$(cell table.csv 1 order)" 0,rs,1

# ---- dense-retrieval ----

table dense-retrieval --degree 2,3 --load .1,.26 --temperature 0,.2
columns 'dense-retrieval --load' degree,load,temperature,m,error,q,noise,c,f,e,s,at_margin,status
equal 'degree slowest, then the load, then T' "$(data table.csv | sed 1d | cut -d, -f1-3 | sed -n '1p;2p;3p;5p' |
  paste -sd' ' -)" '2,0.1,0 2,0.1,0.2 2,0.26,0 3,0.1,0'
equal 'above a_c the row says so' "$(data table.csv | sed -n 8p)" '3,0.26,0,,,,,,,,,,no solution'
table dense-retrieval --degree 3 --critical --temperature 0,.7
columns 'dense-retrieval --critical' degree,temperature,a_c,alpha_c,m_c,error_c,at_margin,status
near 'a_c of degree 3' "$(cell table.csv 1 a_c)" .25219043077 1e-10
near 'in patterns' "$(cell table.csv 1 alpha_c)" .084063476924 1e-11
equal 'too hot for any load' "$(data table.csv | sed -n 3p)" '3,0.7,,,,,,no solution'
table dense-retrieval --degree 3 --critical --ansatz 1rsb
near 'a_c with broken symmetry' "$(cell table.csv 1 a_c)" .26660006 1e-8
for options in '--degree 3' '--degree 3 --load .1 --critical' '--load .1' '--degree 3 --load .1 --ansatz 1rsb'; do
  refuse 64 'dense-retrieval|--degree|--critical' "$HEBB" theory dense-retrieval $options
done
refuse 65 'degree' "$HEBB" theory dense-retrieval --degree 1 --critical

# ---- dense-dynamics ----

table dense-dynamics --degree 2,3 --load .2,.3 --overlap .9,1 --steps 3 --paths 20000
columns dense-dynamics degree,load,m0,step,m,m_err,m_exact,m_map,sigma2,sigma2_err,status
equal 'degree slowest, then the load, the overlap, the step' "$(data table.csv | sed 1d | cut -d, -f1-4 | sed -n '1p;4,5p;9p;17p' |
  paste -sd' ' -)" '2,0.2,0.9,0 2,0.2,0.9,3 2,0.2,1,0 2,0.3,0.9,0 3,0.2,0.9,0'
near 'degree 3 at .3 from the pattern: the first step, erf(1/sqrt(.6))' "$(cell table.csv 30 m)" .932110845138171 1e-12
near 'in closed form' "$(cell table.csv 30 m_exact)" .932110845138171 1e-15
near 'the second' "$(cell table.csv 31 m_exact)" .923863004104169 1e-14
near 'sampled' "$(cell table.csv 31 m)" .923863004104169 4e-3
near 'without memory' "$(cell table.csv 31 m_map)" .88731975875 1e-10
equal 'beyond there is no closed form, and no variance is read' "$(cell table.csv 32 m_exact),$(cell table.csv 32 sigma2)" ,
for options in '--degree 3 --load .1' '--degree 3 --steps 2' '--load .1 --steps 2'; do
  refuse 64 'degree|load|steps' "$HEBB" theory dense-dynamics $options
done
refuse 65 'degree: 1 is out of range' "$HEBB" theory dense-dynamics --degree 1 --load .1 --steps 2
refuse 65 'steps: 101 is out of range' "$HEBB" theory dense-dynamics --degree 3 --load .1 --steps 101
refuse 65 'paths: 2047 is out of range' "$HEBB" theory dense-dynamics --degree 3 --load .1 --steps 2 --paths 2047
refuse 65 'load: 0 is out of range' "$HEBB" theory dense-dynamics --degree 3 --load 0 --steps 2
refuse 65 'overlap: nan is out of range' "$HEBB" theory dense-dynamics --degree 3 --load .1 --steps 2 --overlap nan

# ---- dynamics ----

table dynamics --alpha .2,.5 --overlap .5,1 --steps 4
columns 'dynamics --overlap --steps' alpha,m0,step,m_amari_maginu,m_exact,status
equal 'alpha slowest, then the overlap, then the step from 0' "$(data table.csv | sed 1d | cut -d, -f1-3 | sed -n '1p;5,6p;11p;$p' |
  paste -sd' ' -)" '0.2,0.5,0 0.2,0.5,4 0.2,1,0 0.5,0.5,0 0.5,1,4'
equal 'it starts at the overlap asked for' "$(data table.csv | sed -n 2p | cut -d, -f4-)" 0.5,0.5,ok
near 'the first step is erf(m0/sqrt(2 alpha))' "$(cell table.csv 2 m_exact)" .736447522717027 1e-15
near 'in both' "$(cell table.csv 2 m_amari_maginu)" .736447522717027 1e-15
near 'the second step, exact' "$(cell table.csv 3 m_exact)" .737533370763811 1e-14
near 'and by Amari and Maginu' "$(cell table.csv 3 m_amari_maginu)" .691457451094806 1e-14
equal 'beyond, the exact one is empty and the row says why' "$(data table.csv | sed -n 5p | cut -d, -f5-)" \
  ',exact for two steps alone'
table dynamics --alpha .01,.15,.17 --critical
columns 'dynamics --critical' alpha,m0_c,status
near 'the edge at a small load' "$(cell table.csv 1 m0_c)" .0157073702586219 1e-15
near 'the edge at a large load' "$(cell table.csv 2 m0_c)" .449911690278979 1e-14
equal 'beyond the capacity the row says so' "$(data table.csv | sed -n 4p)" '0.17,,no solution'
table dynamics --alpha .08,.17 --fixed-points
columns 'dynamics --fixed-points' alpha,m_stable,error_stable,m_unstable,status
near 'the stable one' "$(cell table.csv 1 m_stable)" .999557628764149 1e-14
near 'its wrong bits' "$(cell table.csv 1 error_stable)" .000221185617925497 1e-16
near 'the unstable one' "$(cell table.csv 1 m_unstable)" .414643135860639 1e-14
equal 'beyond the capacity there are none' "$(data table.csv | sed -n 3p)" '0.17,,,,no solution'
table dynamics --capacity
columns 'dynamics --capacity' alpha_c,m_c,error_c,m0_c,status
near 'capacity of the map (Amari and Maginu print .16)' "$(cell table.csv 1 alpha_c)" .159608134267331 1e-14
table dynamics --alpha .2 --overlap .5,1 --steps 3 --paths 20000
columns 'dynamics --overlap --steps --paths' \
  alpha,m0,step,m_amari_maginu,m_exact,m_effective,m_effective_err,sigma2_amari_maginu,sigma2_effective,sigma2_effective_err,status
near 'the sampled first step' "$(cell table.csv 2 m_effective)" .736447522717027 1e-12
near 'the sampled second step' "$(cell table.csv 3 m_effective)" .737533370763811 4e-3
near 'the variance that the second step reads' "$(cell table.csv 2 sigma2_effective)" .5504112853052556 1e-9
equal 'none is read after the last step' "$(cell table.csv 4 sigma2_effective)" ''
table dynamics --alpha .08,.17,1 --critical --paths 2048
columns 'dynamics --critical --paths' alpha,m0_c,m0_c_effective,m0_c_effective_err,status
near 'the edge, exact but for sampling' "$(cell table.csv 1 m0_c_effective)" .26 .03
equal 'at a load without any' "$(data table.csv | sed -n 4p)" '1,,,,no solution'
refuse 65 'paths: 2047 is out of range' "$HEBB" theory dynamics --alpha .1 --critical --paths 2047
refuse 65 'steps: with --paths from 1 to 100' "$HEBB" theory dynamics --alpha .1 --overlap .5 --steps 101 --paths 4096
for options in '--alpha .1 --fixed-points --paths 4096' '--capacity --paths 4096' '' '--alpha .1' '--alpha .1 --overlap .5' '--alpha .1 --steps 2' '--overlap .5 --steps 2' --critical \
  '--alpha .1 --critical --steps 2' '--alpha .1 --critical --fixed-points' '--alpha .1 --capacity'; do
  # shellcheck disable=SC2086 # several words
  refuse 64 'theory dynamics: give' "$HEBB" theory dynamics $options
done
refuse 65 'overlap: 1.1 is out of range' "$HEBB" theory dynamics --alpha .1 --overlap 1.1 --steps 2
for alpha in 0 5e-324 1e308; do
  refuse 65 "alpha: $alpha is out of range" "$HEBB" theory dynamics --alpha $alpha --critical
done
refuse 65 'temperature: 1e160 is out of range' "$HEBB" theory sk --temperature 1e160
refuse 65 'steps: -1 is out of range' "$HEBB" theory dynamics --alpha .1 --overlap .5 --steps -1
for option in alpha overlap; do
  refuse 65 "$option: nan is out of range" "$HEBB" theory dynamics --alpha .1 --overlap .5 --steps 2 --$option nan
done
for option in alpha overlap steps; do
  refuse 64 "$option: 'x' is no" "$HEBB" theory dynamics --alpha .1 --overlap .5 --steps 2 --$option x
done

# ---- dense memories ----

table dense --degree 3,2 --p-error .01
columns 'dense --degree' degree,p_error,alpha_one_step,k_prefactor,a_c,m_c,alpha_c,status
near 'a_c of n = 3' "$(cell table.csv 1 a_c)" .25219043 5e-9
near '(2n-3)!! alpha_c = a_c' "$(cell table.csv 1 alpha_c)" .08406347692 1e-10
near 'k = 1/6 at n = 3, not 1/12 of a single factorial' "$(cell table.csv 1 k_prefactor)" .166666666666667 1e-14
near 'n = 2 is the Hopfield model' "$(cell table.csv 2 alpha_c)" .137905566 5e-10
table crosstalk --alpha "$(cell table.csv 2 alpha_one_step)"
near 'with the error rate of its crosstalk' "$(cell table.csv 1 p_error)" .01 1e-14
table dense --degree 2
equal 'without --p-error' "$(data table.csv | sed 1d | cut -d, -f2 | tr '\n' ' ')" '0.001 0.01 '

table dense --degree 3 --neurons 30 --patterns 60
columns 'dense --neurons --patterns' degree,n_neurons,n_patterns,p_error_exact,p_error_gaussian,p_tie_exact,p_error_moments,status
near 'exact law' "$(cell table.csv 1 p_error_exact)" .01461 5e-6
near 'a Gaussian of its moments' "$(cell table.csv 1 p_error_moments)" .01399 5e-6
table dense --degree 2 --neurons 100 --patterns 14
near 'n = 2 has the crosstalk of the Hopfield model' "$(cell table.csv 1 p_error_exact)" .002646020470 6e-13
near 'and its ties' "$(cell table.csv 1 p_tie_exact)" .000493241954 6e-13
table dense --degree 9 --neurons 9999 --patterns 5
equal 'values beyond exact integers' "$(cell table.csv 1 status)" 'the values of F are too large for exact integers'
refuse 64 'interaction exponential: e.x takes no values on a lattice' \
  "$HEBB" theory dense --degree 3 --neurons 30 --patterns 60 --interaction exponential
refuse 65 'p-error: 0.5 is not a share above 0 and below 0.5' "$HEBB" theory dense --degree 3 --p-error .5
refuse 64 'theory dense: give --degree LIST' "$HEBB" theory dense --degree 3 --neurons 30
refuse 64 'degree' "$HEBB" theory dense
refuse 65 'degree' "$HEBB" theory dense --degree 1

table stability --degree 3 --neurons 100
columns stability degree,n_neurons,k_half,k_independent,k_gaussian,z,status
near 'the Gaussian K_half of its own columns' "$(cell table.csv 1 k_gaussian)" \
  "$(awk -v z="$(cell table.csv 1 z)" 'BEGIN { printf "%.15g", 10000 / (3 * z * z) }')" 1e-9
table stability --interaction exponential --neurons 16,28
columns 'stability --interaction exponential' n_neurons,k_all,k_leading,status
near 'the slope of ln K + ln(N)/2 in N is ln2/2' "$(awk -F, 'NR == 2 { a = log($3) + log($1) / 2 }
  NR == 3 { printf "%.15g", (log($3) + log($1) / 2 - a) / 12 }' table.csv)" .346573590279973 1e-14
refuse 64 'degree: e.x has none' "$HEBB" theory stability --interaction exponential --neurons 16 --degree 3
refuse 64 'neurons' "$HEBB" theory stability --degree 3

# ---- Sherrington and Kirkpatrick's spin glass ----

table sk
columns sk ansatz,energy,entropy,status
near 'energy in replica symmetry, -sqrt(2/pi)' "$(cell table.csv 1 energy)" -.797884560802865 1e-14
near 'entropy in replica symmetry, -1/(2 pi)' "$(cell table.csv 1 entropy)" -.159154943091895 1e-14
equal 'replica symmetry is the default' "$(cell table.csv 1 ansatz)" rs
table sk --ansatz 1rsb
columns 'sk --ansatz 1rsb' ansatz,energy,entropy,status
near 'energy in one step' "$(cell table.csv 1 energy)" -.765259434674 1e-11
near 'entropy in one step' "$(cell table.csv 1 entropy)" -.014342720588 1e-11
table sk --ansatz 1rsb --temperature 0,.5,1.5
columns 'sk --temperature' ansatz,energy,entropy,temperature,free_energy,q0,q1,breakpoint,status
near 'T = 0 is the default' "$(cell table.csv 1 energy)" -.765259434674 1e-11
near 'f = e - T s' "$(awk -v e="$(cell table.csv 2 energy)" -v s="$(cell table.csv 2 entropy)" \
  'BEGIN { printf "%.15g", e - .5 * s }')" "$(cell table.csv 2 free_energy)" 1e-13
equal 'the paramagnet has no breakpoint' "$(cell table.csv 3 q1),$(cell table.csv 3 breakpoint),$(cell table.csv 3 status)" 0,,ok

# ---- any temperature, mixtures, one step of symmetry breaking ----

table retrieval --alpha .05,.15,.48 --temperature .01,.05
columns 'retrieval at T > 0' $retrieval_columns
equal 'no retrieval at (.15, .01) and (.48, .05), and the table says so' \
  "$(cell table.csv 3 m)$(cell table.csv 3 status),$(cell table.csv 6 m)$(cell table.csv 6 status)" 'no solution,no solution'
near 'overlap at (.05, .01)' "$(cell table.csv 1 m)" .9999920929 1e-10
table retrieval --alpha .02 --temperature 0,.1 --order 3
columns 'retrieval --order 3' "${retrieval_columns%,status},eig_transverse,status"
near 'overlap of a 3-mixture at T = 0' "$(cell table.csv 1 m)" .4998848112 1e-10
table retrieval --alpha .05,.138 --temperature 0,.01 --ansatz 1rsb
columns 'retrieval --ansatz 1rsb' "${retrieval_columns%,status},q0,r0,breakpoint,status"
equal 'above T_R there is one state, q0 = q' "$(cell table.csv 2 q0),$(cell table.csv 2 breakpoint)" "$(cell table.csv 2 q),"
equal 'below T_R replica symmetry is broken' "$(cell table.csv 4 at_margin)" ''
near 'overlap in one step at (.138, 0), where the symmetric state has ended' "$(cell table.csv 3 m)" .9707003165 1e-10
table retrieval --alpha .1 --state glass --ansatz 1rsb
near 'energy of the glass in one step' "$(cell table.csv 1 e)" -.5607586881 1e-10

table capacity --ansatz 1rsb
near 'alpha_c in one step [Steffan and Kuehn 1994: .138186]' "$(cell table.csv 1 alpha_c)" .1381864896 1e-10
table capacity --temperature .1,1 --order 3
near 'alpha_c of 3-mixtures at T = .1' "$(cell table.csv 1 alpha_c)" .0250906141 1e-10
equal 'at T = 1 there is nothing' "$(cell table.csv 2 alpha_c)$(cell table.csv 2 status)" 'no solution'

table phase-diagram --alpha .0001,.05,.053,.138,.15
columns phase-diagram alpha,t_glass,t_retrieval,t_retrieval_lower,t_thermodynamic,t_thermodynamic_lower,t_at,status
near 'T_M(.05)' "$(cell table.csv 2 t_retrieval)" .542255038 5e-10
near 'T_c(.05)' "$(cell table.csv 2 t_thermodynamic)" .216383350 5e-10
near 'T_R(.05)' "$(cell table.csv 2 t_at)" 5.4192428e-6 5e-14
equal 'T_c bends back at .053, T_M does not' \
  "$(cell table.csv 3 t_thermodynamic_lower | cut -c1-6),$(cell table.csv 3 t_retrieval_lower)" 0.0579,
equal 'T_M bends back at .138' "$(cell table.csv 4 t_retrieval_lower | cut -c1-8)" 0.004198
equal 'what is not there is empty, and why' "$(cell table.csv 1 t_at)$(cell table.csv 1 status)" 't_at is too small for a number'
equal 'beyond retrieval' "$(cell table.csv 5 t_retrieval)$(cell table.csv 5 status)" 'no retrieval'
# ---- one pattern ----

curie_weiss_columns=temperature,n_neurons,m,f,status
table curie-weiss --temperature 0,.5,1,2
columns curie-weiss $curie_weiss_columns
equal 'the ground state' "$(data table.csv | sed -n 2p)" '0,,1,-0.5,ok'
near 'm = tanh(m/T) at T = 1/2' "$(cell table.csv 2 m)" .957504024077269 1e-14
equal 'no overlap from T = 1 on, and no error' "$(cell table.csv 3 m),$(cell table.csv 4 m),$(cell table.csv 4 status)" 0,0,ok
table curie-weiss --temperature .3,1 --neurons 2,10000000
columns 'curie-weiss --neurons' $curie_weiss_columns
# two spins: weights exp(1/(2T)) for M = 2, -2 and exp(-1/(2T)) for the two states with M = 0
near 'two spins' "$(cell table.csv 1 m)" "$(awk 'BEGIN { printf "%.15g", 1 / (1 + exp(-1 / .3)) }')" 1e-14
equal 'the sizes of the rows' "$(data table.csv | sed 1d | cut -d, -f1,2 | paste -sd ' ' -)" '0.3,2 0.3,10000000 1,2 1,10000000'
near 'ten million spins at the critical temperature, (12/N)^(1/4) Gamma(1/2)/Gamma(1/4)' "$(cell table.csv 4 m)" .01618 1e-5

# ---- rbm-modes ----

table rbm-modes --law spin --eigenvalues 3,.5 --time 0,2 --w0 .01
columns rbm-modes time,mode,w,status
near 'a mode of +-1 units grows as exp((lambda - 1) t)' "$(cell table.csv 3 w)" .5459815003314424 1e-14
near 'and falls where lambda < 1' "$(cell table.csv 4 w)" .0036787944117144 1e-16
table rbm-modes --law binary --eigenvalues .5 --time 8 --w0 .01 --mean .2
near 'a mode of {0,1} units as exp((lambda - p(1-p)) t/4)' "$(cell table.csv 1 w)" \
  "$(awk 'BEGIN { printf "%.15g", .01 * exp(2 * (.5 - .16)) }')" 1e-15
table rbm-modes --law gaussian --eigenvalues 4,.5 --time 100 --w0 .1 --sigma-h 2
near 'the fixed point of Gaussian units' "$(cell table.csv 1 w)" "$(awk 'BEGIN { printf "%.15g", sqrt(3) / 4 }')" 1e-10
table rbm-modes --law gaussian --eigenvalues 4,.5 --time 100 --w0 .1 --rotation 80 --started 1
near 'and of a mode that had to turn' "$(cell table.csv 1 w)" "$(awk 'BEGIN { printf "%.15g", sqrt(3) / 2 }')" 1e-9
table rbm-modes --law spin --flow mean-field --visible 8 --hidden 8 --eigenvalues 7,2 --time 1 --w0 .1
equal 'no law of signs has eigenvalues beyond their number' "$(data table.csv | sed -n 2p)" '1,1,,no solution'
refuse 64 '--law binary|spin|gaussian is needed' "$HEBB" theory rbm-modes --eigenvalues 2 --time 1 --w0 .1
refuse 64 '--flow exact goes with --law gaussian' "$HEBB" theory rbm-modes --law spin --flow exact --eigenvalues 2 --time 1 --w0 .1
refuse 64 '--mean goes with --law binary' "$HEBB" theory rbm-modes --law spin --mean .2 --eigenvalues 2 --time 1 --w0 .1
refuse 64 '--w0 has 2 numbers for 3 modes' "$HEBB" theory rbm-modes --law spin --eigenvalues 2,1,1 --time 1 --w0 .1,.2
refuse 65 '--w0 1: it is to be below' "$HEBB" theory rbm-modes --law gaussian --eigenvalues 2 --time 1 --w0 1
refuse 65 'need multiples of 2' "$HEBB" theory rbm-modes --law spin --flow mean-field --visible 5 --hidden 4 \
  --eigenvalues 2,1 --time 1 --w0 .1
refuse 65 '--started 3' "$HEBB" theory rbm-modes --law spin --eigenvalues 2,1 --time 1 --w0 .1 --started 3

# ---- restricted Boltzmann machines [Decelle, Fissore, Furtlehner 2018] ----

table rbm-phases --kappa .3 --sigma .7,1.5 --weight .5,2.5
columns rbm-phases kappa,sigma,weight,m,m_bar,q,q_bar,at_margin,phase,status
equal 'the paramagnet' "$(data table.csv | sed -n 2p | cut -d, -f4-7,9,10)" '0,0,0,0,paramagnet,ok'
near 'm, Gaussian mode' "$(cell table.csv 2 m)" .5456 5e-5
near 'm_bar, Gaussian mode' "$(cell table.csv 2 m_bar)" .7783 5e-5
near 'q, Gaussian mode' "$(cell table.csv 2 q)" .7196 5e-5
near 'q_bar, Gaussian mode' "$(cell table.csv 2 q_bar)" .4294 5e-5
equal 'its phase' "$(cell table.csv 2 phase)" ferromagnet
equal 'the glass' "$(cell table.csv 3 m),$(cell table.csv 3 phase)" 0,glass
table rbm-phases --kappa .3 --sigma .7,1.5 --lines --mode-law binary
columns 'rbm-phases --lines' kappa,sigma,weight_ferromagnet,weight_at,status
equal 'below sigma = 1' "$(data table.csv | sed -n 2p)" '0.3,0.7,1,,ok'

table marchenko-pastur --visible 9 --hidden 4 --sigma .1 --points 3
columns marchenko-pastur s,density,status
near 'the lower edge' "$(cell table.csv 1 s)" .1 1e-15
near 'the upper edge' "$(cell table.csv 3 s)" .5 1e-15
near 'the density between them' "$(cell table.csv 2 density)" "$(awk 'BEGIN { printf "%.15g", sqrt(.08 * .16) / (3.14159265358979 * .01 * 4 * .3) }')" 1e-12

# ---- mixtures [Amit, Gutfreund, Sompolinsky 1985] ----

table mixtures --order 2,3 --temperature 0,.3,1
columns mixtures order,temperature,m,f,eig_longitudinal,eig_unmixed,eig_transverse,stable,status
equal 'two patterns at T = 0' "$(data table.csv | sed -n 2p)" '2,0,0.5,-0.25,1,-inf,-inf,0,ok'
equal 'three patterns at T = 0' "$(data table.csv | sed -n 5p)" '3,0,0.5,-0.375,1,1,1,1,ok'
equal 'no mixture from T = 1 on' "$(data table.csv | sed -n 4p)" '2,1,,,,,,,no solution'
near 'three patterns at T = 0.3' "$(cell table.csv 5 m)" .480438503706712 1e-14
table mixtures --order 1 --temperature .5
equal 'one pattern has no transverse direction' "$(cell table.csv 1 eig_transverse),$(cell table.csv 1 stable)" ,1

table mixtures --order 1:5:1 --critical
columns 'mixtures --critical' order,critical_temperature,m,status
equal 'one pattern: T = 1' "$(data table.csv | sed -n 2p)" 1,1,0,ok
equal 'an even mixture is never stable' "$(data table.csv | sed -n 3p)" '2,,,no solution'
near T_3 "$(cell table.csv 3 critical_temperature)" .45979423987778543 1e-15
near T_5 "$(cell table.csv 5 critical_temperature)" .38473927238868023 1e-15

for order in 3 3,3 1,5 2,6,10; do
  refuse 64 'crossings compares orders: --order needs two' "$HEBB" theory mixtures --order $order --crossings
done
table mixtures --order 1:5:1 --crossings
columns 'mixtures --crossings' order,other_order,temperature,f,status
equal 'which pairs cross' "$(data table.csv | sed 1d | cut -d, -f1,2,5 | paste -sd ' ' -)" \
  '1,3,no solution 2,4,ok 3,5,no solution 2,5,ok'
near 'two and four' "$(cell table.csv 2 temperature)" .404019780585401 1e-13

table mixtures --asymmetric --patterns 5 --temperature 0,1.5
columns 'mixtures --asymmetric' solution,temperature,m1,m2,m3,m4,m5,multiplicity,f,eig_min,stable,status
equal 'two solutions of one energy, by m' "$(data table.csv | sed -n 4,5p | paste -sd ' ' -)" \
  '3,0,0.625,0.375,0.375,0.125,0.125,960,-0.3515625,1,1,ok 4,0,0.375,0.375,0.375,0.375,0.375,32,-0.3515625,1,1,ok'
check 'a mixture of two kinds of overlap' grep -q '^9,0,0.5,0.5,0.25,0.25,0.25,320,-0.34375,1,1,ok$' table.csv
equal 'solutions at T = 0, and above T = 1' "$(data table.csv | sed 1d | cut -d, -f2 | sort | uniq -c | awk '{ print $1 }' | paste -sd' ' -)" \
  '23 1'
for wrong in '--order 3' '--order 3 --critical --crossings' '--asymmetric --patterns 3' '--patterns 3 --temperature 0' \
  '--order 3 --temperature 0 --critical'; do
  # shellcheck disable=SC2086 # words
  refuse 64 'give --order LIST' "$HEBB" theory mixtures $wrong
done
refuse 65 --order "$HEBB" theory mixtures --order 0 --temperature 0
refuse 65 --order "$HEBB" theory mixtures --order 100 --temperature 0
refuse 65 --temperature "$HEBB" theory mixtures --order 3 --temperature -.1
refuse 65 --patterns "$HEBB" theory mixtures --asymmetric --patterns 8 --temperature 0
refuse 65 --neurons "$HEBB" theory curie-weiss --temperature 1 --neurons 0
refuse 65 --kappa "$HEBB" theory rbm-phases --kappa 0 --sigma 1 --weight 1
refuse 65 --sigma "$HEBB" theory rbm-phases --kappa 1 --sigma -.1 --weight 1
refuse 65 --weight "$HEBB" theory rbm-phases --kappa 1 --sigma 1 --weight nan
refuse 64 --lines "$HEBB" theory rbm-phases --kappa 1 --sigma 1 --weight 1 --lines
refuse 65 --sigma "$HEBB" theory marchenko-pastur --visible 5 --hidden 5 --sigma 0

# ---- the softmax memory ----

table continuous --patterns 2,3,10,1000000
columns 'continuous --patterns' n_patterns,k_spinodal,k_average_unstable,k_crossing,status
near 'k_s of 3 patterns' "$(cell table.csv 2 k_spinodal)" 2.7456435767 1e-10
equal 'two patterns part continuously' "$(cell table.csv 1 k_spinodal),$(cell table.csv 1 k_crossing)" 2,2
near '2(q-1) ln(q-1)/(q-2)' "$(cell table.csv 3 k_crossing)" "$(awk 'BEGIN { printf "%.15g", 18 * log(9) / 8 }')" 1e-12
equal 'the average is stable below q' "$(cell table.csv 4 k_average_unstable)" 1000000
table continuous --patterns 3 --k 2.8 --condensed 1,2
columns 'continuous --patterns --k' \
  n_patterns,k,condensed,branch,weight_large,weight_small,energy,eig_condensed,eig_rest,eig_collective,stable,status
equal 'the branches at one k' "$(sed '/^#/d; 1d' table.csv | cut -d, -f4 | paste -sd' ' -)" \
  'average condensed saddle condensed saddle'
equal 'the stable ones' "$(sed '/^#/d; 1d' table.csv | cut -d, -f11 | paste -sd' ' -)" '1 1 0  '
refuse 64 'give --patterns LIST' "$HEBB" theory continuous --k 2
refuse 64 'give --patterns LIST' "$HEBB" theory continuous --patterns 3 --condensed 1
refuse 65 'condensed 3 of --patterns 3' "$HEBB" theory continuous --patterns 3 --k 2 --condensed 3
refuse 65 'patterns' "$HEBB" theory continuous --patterns 1
refuse 65 'k' "$HEBB" theory continuous --patterns 3 --k 0

# ---- landscape ----

table landscape --temperature 0,1 --position -1:1:.5
columns landscape path,temperature,position,m1,m2,f,status
equal 'one pattern at T = 0: m^2/2 - |m|' "$(data table.csv | sed -n 2,6p | cut -d, -f6 | paste -sd, -)" -0.5,-0.375,0,-0.375,-0.5
table landscape --temperature 0,1 --position 0,.5,1 --path between
equal 'half way between two patterns' "$(data table.csv | sed -n 3p)" 'between,0,0.5,0.5,0.5,-0.25,ok'
equal 'there are no states to go between at T = 1' "$(data table.csv | sed -n 5p)" 'between,1,0,,,,no solution'

# ---- LISTs ----

# list LIST EXPECTED: the decimals are those of the text, correctly rounded
list() {
  table crosstalk --alpha "$1"
  equal "--alpha $1" "$(data table.csv | sed 1d | cut -d, -f1 | paste -sd, -)" "$2"
}
list .1,.2,.05 0.1,0.2,0.05
list 0.1:0.9:0.1 0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9
list .1:.2:.03 0.1,0.13,0.16,0.19
list .05,.1:.3:.1,1e-1 0.05,0.1,0.2,0.3,0.1
list 2:1:-.5 2,1.5,1
list 1:1:1 1
list 1e-3:3E-3:.001 0.001,0.002,0.003
table crosstalk --neurons 100,200 --patterns 5:15:5
equal 'the product of two LISTs, the first slowest' "$(data table.csv | sed 1d | cut -d, -f1,2 | paste -sd ' ' -)" \
  '100,5 100,10 100,15 200,5 200,10 200,15'

# ---- where the table goes ----

expect 0 "$HEBB" theory crosstalk --alpha .1,.2
cp "$out" full.csv
equal 'the command in its canonical form' "$(sed -n 's/^# command: //p' full.csv)" 'hebb theory crosstalk --alpha 0.1,0.2'
equal 'the keys of the block' "$(sed -n 's/^# \([^:]*\): .*/\1/p' full.csv | paste -sd, -)" hebb,command
check 'the block stands before the columns' sh -c 'sed 1,2d full.csv | { ! grep "^#"; }'
table crosstalk --alpha .1,.2
check '--csv-plain leaves the block out and nothing else' sh -c 'sed "/^#/d" full.csv | cmp - table.csv'

mkdir folder
expect 0 "$HEBB" theory crosstalk --threads 2 --quiet -o folder/wrong-bits.csv --alpha 0.10,2e-1
check 'with -o standard output stays empty' test ! -s "$out"
same_file 'neither the path nor threads nor the way a number is written is in the file' full.csv folder/wrong-bits.csv
for column in alpha p_error status; do
  check "the sidecar describes $column" grep -q "\"$column\": {" folder/wrong-bits.meta.json
done
for word in meaning unit; do
  equal "the sidecar has a $word for each" "$(grep -c "\"$word\": \"" folder/wrong-bits.meta.json)" 3
done
equal 'nothing else is left in the folder' "$(find folder -type f | sort | paste -sd' ' -)" \
  'folder/wrong-bits.csv folder/wrong-bits.meta.json'
expect 0 "$HEBB" theory crosstalk --alpha .3 -o folder/wrong-bits.csv
equal 'the file is replaced' "$(cell folder/wrong-bits.csv 1 alpha)" 0.3

finish
