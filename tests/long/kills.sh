#!/bin/sh
# 500 kills at random moments over every experiment there is, 300 of trainings: see ensemble_kill.c, training_kill.c.
set -eu
seed=${SEED:-$(date +%s)}
echo "seed $seed (SEED=$seed repeats this run, as far as the machine does)"
"$(dirname -- "$HEBB")"/tests/ensemble_kill 500 "$seed"
"$(dirname -- "$HEBB")"/tests/training_kill 300 "$seed"
