#!/bin/sh
# Threads and journal of the quick capacity study:  bench/ensemble.sh HEBB BENCH_ENSEMBLE
#   the same study on one thread and on two, side by side, three times each, best of them
#   what its journal and the reading of it take, as a share of the study's time
# On a machine with two cores that has nothing else to do.
set -eu
hebb=$1 keeping=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
study="run capacity --replicas 100 --quiet" # the default grid: 265 points, 26 500 units

seconds() { # seconds THREADS: of a whole run, without drawing
  start=$(date +%s.%N)
  # shellcheck disable=SC2086 # words
  PATH='' "$hebb" $study --threads "$1" --out "$folder/run" --overwrite
  date +%s.%N | awk -v start="$start" '{ printf "%.3f\n", $1 - start }'
}

for repetition in 1 2 3; do
  echo "$(seconds 1) $(seconds 2)"
done | tee "$folder/times"
units=$(grep -vc '^#' "$folder/run/units.csv")
"$keeping" "$folder" "$units" >"$folder/keeping"
awk -v units="$units" '
  FNR == NR { if (!one || $1 < one) one = $1; if (!two || $2 < two) two = $2; next }
  { printf "one thread %.1f s, two %.1f s: %.2f x\n", one, two, one / two
    printf "journal %.2f us a unit, reading it %.2f us: %.3f %% of the time of one thread\n", $1, $2,
      100 * ($1 + $2) * 1e-6 * units / one }' "$folder/times" "$folder/keeping"
