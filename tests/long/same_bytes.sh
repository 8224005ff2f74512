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
for learner in boltzmann mean-field; do
  for threads in 1 2 7; do
    "$HEBB" train $learner --data builtin:shifter --updates 40 --batch 10 --seed "$seed" --threads $threads --quiet \
      --out "$folder/$learner-$threads"
    diff -r "$folder/$learner-1" "$folder/$learner-$threads"
  done
done
for algorithm in cd pcd exact; do
  for kernel in portable avx2 avx512; do
    for threads in 1 2 7; do
      HEBB_KERNEL=$kernel "$HEBB" train rbm --data builtin:spin-modes --cases 700 --hidden 9 --hidden-units sign --updates 60 \
        --algorithm $algorithm --steps 2 --batch 130 --momentum .3 --seed "$seed" --threads $threads --quiet \
        --out "$folder/rbm-$algorithm-$kernel-$threads" || { test $? -eq 64 && continue 2; }
      diff -r -x timing.csv "$folder/rbm-$algorithm-portable-1" "$folder/rbm-$algorithm-$kernel-$threads"
    done
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
  "$HEBB" run mean-field-accuracy --units 7,13 --coupling .1,.5,1.5 --replicas 50 --seed "$seed" --threads $threads --quiet \
    --out "$folder/accuracy-$threads"
  cmp "$folder/accuracy-1/units.csv" "$folder/accuracy-$threads/units.csv"
  cmp "$folder/accuracy-1/summary.csv" "$folder/accuracy-$threads/summary.csv"
done
for threads in 1 2 7; do
  "$HEBB" run mean-field-landscape --units 6,11 --temperature .2,1.5 --samples 50 --replicas 30 --seed "$seed" \
    --threads $threads --quiet --out "$folder/landscape-$threads"
  cmp "$folder/landscape-1/units.csv" "$folder/landscape-$threads/units.csv"
  cmp "$folder/landscape-1/landscape.csv" "$folder/landscape-$threads/landscape.csv"
done
for threads in 1 2 7; do
  "$HEBB" run rbm-modes --visible 8,12 --hidden 16 --eigenvalues 3,2 --chains 0,100 --updates 20 --replicas 10 --seed "$seed" \
    --threads $threads --quiet --out "$folder/modes-$threads"
  cmp "$folder/modes-1/units.csv" "$folder/modes-$threads/units.csv"
  cmp "$folder/modes-1/modes.csv" "$folder/modes-$threads/modes.csv"
done
for threads in 1 2 7; do
  "$HEBB" run rbm-trajectory --pool 4 --hidden 16,32 --updates 30 --replicas 5 --seed "$seed" --threads $threads --quiet \
    --out "$folder/way-$threads"
  cmp "$folder/way-1/units.csv" "$folder/way-$threads/units.csv"
  cmp "$folder/way-1/trajectory.csv" "$folder/way-$threads/trajectory.csv"
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
for kernel in portable avx2 avx512; do
  "$HEBB" run boltzmann-equilibrium --kernel $kernel --overwrite --out "$folder/none" --sweeps 1 --replicas 1 --quiet 2>/dev/null || continue
  for threads in 1 2 7; do
    for kind in sign binary; do
      "$HEBB" run boltzmann-equilibrium --units 7 --kind $kind --temperature 0.5,1 --chains 100 --sweeps 300 --replicas 20 \
        --kernel $kernel --seed "$seed" --threads $threads --quiet --out "$folder/states-$kind-$kernel-$threads"
      cmp "$folder/states-$kind-portable-1/units.csv" "$folder/states-$kind-$kernel-$threads/units.csv"
      cmp "$folder/states-$kind-portable-1/summary.csv" "$folder/states-$kind-$kernel-$threads/summary.csv"
      "$HEBB" run microscopic-reversibility --units 4 --kind $kind --temperature 0.5,1 --chains 100 --steps 300 \
        --replicas 20 --kernel $kernel --seed "$seed" --threads $threads --quiet --out "$folder/flows-$kind-$kernel-$threads"
      cmp "$folder/flows-$kind-portable-1/units.csv" "$folder/flows-$kind-$kernel-$threads/units.csv"
      cmp "$folder/flows-$kind-portable-1/flows.csv" "$folder/flows-$kind-$kernel-$threads/flows.csv"
    done
  done
done
for threads in 1 2 7; do
  "$HEBB" run annealing-schedule --end-temperature .2,1 --temperatures 1,6 --updates 100 --replicas 20 --seed "$seed" \
    --threads $threads --quiet --out "$folder/schedule-$threads"
  cmp "$folder/schedule-1/units.csv" "$folder/schedule-$threads/units.csv"
  cmp "$folder/schedule-1/summary.csv" "$folder/schedule-$threads/summary.csv"
  "$HEBB" run boltzmann-learning --problem encoder-4-2-4 --chains 1,5 --updates 50 --replicas 20 --seed "$seed" \
    --threads $threads --quiet --out "$folder/learning-$threads"
  cmp "$folder/learning-1/units.csv" "$folder/learning-$threads/units.csv"
  cmp "$folder/learning-1/summary.csv" "$folder/learning-$threads/summary.csv"
  "$HEBB" run mean-field-xor --collect 1,30 --replicas 20 --seed "$seed" --threads $threads --quiet \
    --out "$folder/mean-field-$threads"
  cmp "$folder/mean-field-1/units.csv" "$folder/mean-field-$threads/units.csv"
  cmp "$folder/mean-field-1/summary.csv" "$folder/mean-field-$threads/summary.csv"
done
for kernel in portable avx2 avx512; do
  "$HEBB" run rbm-phases --kernel $kernel --overwrite --out "$folder/none" --units 4 --sweeps 1 --replicas 1 --quiet 2>/dev/null || continue
  for threads in 1 2 7; do
    "$HEBB" run rbm-phases --units 20,45 --kappa .3,1 --sigma .5,1.4 --weight .5,2 --levels 5 --replicas 20 \
      --kernel $kernel --seed "$seed" --threads $threads --quiet --out "$folder/modes-$kernel-$threads"
    cmp "$folder/modes-portable-1/units.csv" "$folder/modes-$kernel-$threads/units.csv"
    cmp "$folder/modes-portable-1/summary.csv" "$folder/modes-$kernel-$threads/summary.csv"
  done
for threads in 1 2 7; do
  "$HEBB" run universal --visible 3,6 --support 2,8 --kl .5,.1,.001 --visible-units sign --sweeps 3000 --replicas 20 \
    --seed "$seed" --threads $threads --quiet --out "$folder/universal-$threads"
  cmp "$folder/universal-1/units.csv" "$folder/universal-$threads/units.csv"
  cmp "$folder/universal-1/law.csv" "$folder/universal-$threads/law.csv"
done
