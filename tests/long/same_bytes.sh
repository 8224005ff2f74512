#!/bin/sh
# The same bytes from 1, 2 and 7 threads, in every order of updates, at sizes of several blocks, with a fresh seed.
set -eu
seed=${SEED:-$(date +%s)}
echo "seed $seed (SEED=$seed repeats this run)"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for order in sequential random synchronous; do
  for threads in 1 2 7; do
    "$HEBB" run capacity --neurons 1000,4097 --alpha 0.1,0.14,0.2 --replicas 20 --update-order $order --seed "$seed" \
      --threads $threads --quiet --out "$folder/$order-$threads"
    cmp "$folder/$order-1/units.csv" "$folder/$order-$threads/units.csv"
    cmp "$folder/$order-1/summary.csv" "$folder/$order-$threads/summary.csv"
  done
done
