#!/bin/sh
# What heating and slow cooling do to a relaxed state: see first_minimum.c.
set -eu
seed=${SEED:-$(date +%s)}
echo "seed $seed (SEED=$seed repeats this run)"
"$(dirname -- "$HEBB")"/tests/long/first_minimum "$seed"
