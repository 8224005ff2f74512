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
for ensemble in orthogonal gaussian; do
  for threads in 1 2 7; do
    "$HEBB" run continuous --neurons 65,512 --patterns 3,40 --k 2,4.5,9,41 --replicas 20 --ensemble $ensemble \
      --seed "$seed" --threads $threads --quiet --out "$folder/$ensemble-$threads"
    cmp "$folder/$ensemble-1/units.csv" "$folder/$ensemble-$threads/units.csv"
    cmp "$folder/$ensemble-1/summary.csv" "$folder/$ensemble-$threads/summary.csv"
  done
done
for threads in 1 2 7; do
  "$HEBB" run stability --neurons 50,90 --load 0.8,1.2 --replicas 20 --interaction power --seed "$seed" \
    --threads $threads --quiet --out "$folder/stability-$threads"
  cmp "$folder/stability-1/units.csv" "$folder/stability-$threads/units.csv"
  cmp "$folder/stability-1/summary.csv" "$folder/stability-$threads/summary.csv"
done
for threads in 1 2 7; do
  for order in sequential random; do
    "$HEBB" run dense --degree 2,3,4 --neurons 60,130 --load .1,.3 --temperature 0,.2 --thermal-sweeps 20 --replicas 20 \
      --update-order $order --seed "$seed" --threads $threads --quiet --out "$folder/dense-$order-$threads"
    cmp "$folder/dense-$order-1/units.csv" "$folder/dense-$order-$threads/units.csv"
    cmp "$folder/dense-$order-1/summary.csv" "$folder/dense-$order-$threads/summary.csv"
  done
done
for threads in 1 2 7; do
  for order in sequential random synchronous; do
    "$HEBB" run dense-dynamics --degree 2,3,4 --neurons 60,130 --load .1,.3 --overlap .8,1 --replicas 20 --paths 0 \
      --update-order $order --seed "$seed" --threads $threads --quiet --out "$folder/steps-$order-$threads"
    cmp "$folder/steps-$order-1/units.csv" "$folder/steps-$order-$threads/units.csv"
    cmp "$folder/steps-$order-1/summary.csv" "$folder/steps-$order-$threads/summary.csv"
  done
done
