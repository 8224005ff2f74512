#!/bin/sh
# More than ten thousand hostile texts through gnuplot, others each time: see ../hostile_gnuplot.c.
set -eu
seed=${SEED:-$(date +%s)}
echo "seed $seed (SEED=$seed repeats this run)"
status=0
"$(dirname -- "$HEBB")"/tests/hostile_gnuplot 12000 "$seed" || status=$?
[ "$status" -eq 77 ] || exit "$status"
