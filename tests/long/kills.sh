#!/bin/sh
# 500 kills at random moments, over every experiment there is: see ensemble_kill.c.
set -eu
seed=${SEED:-$(date +%s)}
echo "seed $seed (SEED=$seed repeats this run, as far as the machine does)"
"$(dirname -- "$HEBB")"/tests/ensemble_kill 500 "$seed"
