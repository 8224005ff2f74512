#!/bin/sh
# Thermal memories at the sizes of a publication, with a fresh seed: what is said of them in the figures' READMEs.
#
# Bounds are four standard errors beyond the tolerance, or as far as that: a false alarm in 16 000, some thirty of them.
set -eu
seed=${SEED:-$(date +%s)}
echo "seed $seed (SEED=$seed repeats this run)"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
n_failed=0

# run NAME EXPERIMENT OPTION...: into a folder of that name
run() {
  out=$folder/$1
  shift
  "$HEBB" run "$@" --seed "$seed" --csv-plain --quiet --out "$out" || n_failed=$((n_failed + 1))
}

# rows NAME FILE PROGRAM: awk over the rows; c[NAME] is the number of a column, q(x) is |x|, bad counts what is wrong
rows() {
  awk -F, 'function q(x) { return x < 0 ? -x : x }
    NR == 1 { for (k = 1; k <= NF; k++) c[$k] = k; next }
    '"$3"'
    END { exit bad > 0 || NR < 2 }' "$folder/$1/$2" || { echo "FAILED: $1" && n_failed=$((n_failed + 1)); }
}

# x, its error and the theory of it: within 4 errors and a share and an amount of the theory
near='function near(name, share, amount,   x, e, t, ok) {
      x = $c[name]; e = $c[name "_err"]; t = $c[name "_theory"]
      ok = x != "" && e != "" && t != "" && q(x - t) <= 4 * e + share * q(t) + amount
      printf "  %-16s %.5f +- %.5f, theory %.5f %s\n", name, x, e, t, ok ? "" : "FAILED"
      bad += !ok
    }'

for load in .05:.3 .1:.1 .02:.5 .12:.05; do
  run "retrieval-$load" retrieval --alpha "${load%:*}" --temperature "${load#*:}" --neurons 16000 --replicas 24
  rows "retrieval-$load" summary.csv "$near"'
    { near("m", 0, 5e-4); bad += $c["lost"] > 0; if ($c["lost"] > 0) print "  lost: " $c["lost"] }'
done

run mixtures-3 mixtures --order 3 --temperature .36,.40 --neurons 100000
run mixtures-5 mixtures --order 5 --temperature .30,.32 --neurons 100000
for order in 3 5; do rows mixtures-$order summary.csv "$near"' { near("eig_transverse", 0.02, 0) }'; done

root='{ ok = $c["t_root"] != "" && q($c["t_root"] / $c["t_theory"] - 1) < 0.03
    printf "  T_%d %.4f +- %.4f, theory %.5f %s\n", $c["order"], $c["t_root"], $c["t_root_err"], $c["t_theory"], ok ? "" : "FAILED"
    bad += !ok }'
run roots-3 mixtures --order 3 --temperature .36:.42:.02 --neurons 100000
run roots-5 mixtures --order 5 --temperature .28:.34:.02 --neurons 100000
for order in 3 5; do rows roots-$order roots.csv "$root"; done

run lifetime mixtures --order 3 --temperature .28:.44:.01 --neurons 1024,8192,65536 --replicas 64
rows lifetime finite_size.csv '$c["n_neurons"] == "" && $c["time"] == "scaled" && $c["terms"] == 1 {
    found = 1; e = $c["t_half_err"]; ok = e != "" && e < 0.005 && q($c["t_half"] - $c["t_theory"]) < 4 * e + 0.03 * $c["t_theory"]
    printf "  half loss, N to infinity: %.4f +- %.4f, theory %.5f %s\n", $c["t_half"], e, $c["t_theory"], ok ? "" : "FAILED"
    bad += !ok }
  $c["n_neurons"] != "" && $c["time"] == "fixed" { bad += !($c["t_half"] > before); before = $c["t_half"] }
  END { bad += !found }'

run edge phase-diagram --alpha .02,.05,.08 --temperature .3:.8:.02 --neurons 8000 --sweeps 1000 --cooling-sweeps 0 \
  --replicas 30
rows edge edges.csv '{ ok = $c["t_edge"] != "" && q($c["t_edge"] / $c["t_theory"] - 1) < 0.03
    printf "  edge at %s: %.4f, T_M %.4f %s\n", $1, $c["t_edge"], $c["t_theory"], ok ? "" : "FAILED"
    bad += !ok }'

run annealing annealing --patterns 5 --neurons 1000 --sweeps 0,1 --replicas 1000
rows annealing summary.csv '{ x = $c["share_pattern"]; ok = $c["sweeps"] == 0 ? x > 0.55 && x < 0.70 : x > 0.95
    printf "  %d sweeps: %.3f end in a pattern %s\n", $c["sweeps"], x, ok ? "" : "FAILED"
    bad += !ok }'

run dynamics dynamics --alpha .2 --overlap .5 --neurons 10000 --replicas 2000 --steps 2
rows dynamics summary.csv "$near"'
    $c["step"] > 0 { near("m", 0, 5e-4) }
    $c["step"] == 2 && q($c["m"] - $c["m_amari_maginu"]) < 4 * $c["m_err"] + 5e-4 { print "  not to be told apart from Amari and Maginu"; bad++ }'

[ "$n_failed" -eq 0 ]
