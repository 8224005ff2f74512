#!/bin/sh
# Sampled learning with its default settings over a hundred fresh seeds: see learning.c.
set -eu
seed=${SEED:-$(date +%s)}
echo "seed $seed (SEED=$seed repeats this run)"
"$(dirname -- "$HEBB")"/tests/long/learning "$seed"
