#!/bin/sh
# Dense memories at full size, with a fresh seed: exponents and prefactors of the numbers of stable patterns.
#
# Every verdict of `run stability` is looked at: against the exact laws the probability of a false alarm is 0.3 % a run, and
# the exponents and prefactors lie many standard errors inside what is tolerated.
set -eu
seed=${SEED:-$(date +%s)}
echo "seed $seed (SEED=$seed repeats this run)"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
n_failed=0

"$HEBB" run stability --large --replicas 300 --seed "$seed" --csv-plain --quiet --out "$folder/stability"
awk -F, 'NR == 1 { for (k = 1; k <= NF; k++) c[$k] = k; next }
  $c["quantity"] == "exponent" || $c["quantity"] == "prefactor" || $c["quantity"] == "k_half" {
    printf "  %-9s n = %-2s N = %-5s %.4f +- %.4f, theory %.4f: %s\n", $c["quantity"], $c["degree"], $c["n_neurons"],
      $c["simulation"], $c["simulation_err"], $c["theory"], $c["verdict"]
    n_laws += $c["quantity"] != "k_half" && $c["verdict"] == "agree"
  }
  $c["verdict"] == "disagree" { print "  FAILED: " $0; bad++ }
  END { exit bad > 0 || n_laws < 8 }' "$folder/stability/verdict.csv" || { echo 'FAILED: stability' && n_failed=1; }

[ "$n_failed" -eq 0 ]
