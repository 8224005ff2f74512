#!/bin/sh
# Errors of Gibbs sampling of an RBM that fall with the number of samples: see rbm_samples.c.
set -eu
seed=${SEED:-$(date +%s)}
echo "seed $seed (SEED=$seed repeats this run)"
"$(dirname -- "$HEBB")"/tests/long/rbm_samples "$seed"
