#!/bin/sh
# The capacity extrapolated from N = 500 ... 10000, with a fresh seed: no verdict may be «disagree» (false alarm 0.27 %,
# Holm) and the limit must be the theory's within 0.004 and three errors (false alarm 0.3 % beyond the tolerance).
set -eu
seed=${SEED:-$(date +%s)}
echo "seed $seed (SEED=$seed repeats this run)"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$HEBB" run capacity --neurons 500,1000,2000,5000,10000 --alpha 0.1,0.12,0.13:0.185:0.0025 --replicas 100 \
  --seed "$seed" --strict --quiet --out "$folder"
awk -F, '$1 == "" {
  found = 1
  difference = $2 - 0.137905566495
  if (difference < 0) difference = -difference
  printf "alpha_c = %.4f +- %.4f\n", $2, $3
  exit difference < 0.004 + 3 * $3 ? 0 : 1
}
END { if (!found) exit 1 }' "$folder/finite_size.csv"
