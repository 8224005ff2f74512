#!/bin/sh
# hebb analyse spectrum, fixed-points, weights: columns, which checkpoints, equal bytes over threads, folders that are no
# training's, damaged checkpoints, machines of one checkpoint and of one hidden unit.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

# table SUBJECT FOLDER [OPTION...]: into table.csv
table() {
  expect 0 "$HEBB" analyse "$@" --threads 1 --csv-plain -o table.csv
}

expect 0 "$HEBB" train rbm --data builtin:bars-and-stripes --hidden 12 --updates 3000 --learning-rate .2 --threads 1 --quiet \
  --per-decade 2 --out run

# ---- spectrum ----

table spectrum run
equal 'columns of spectrum' "$(header table.csv)" update,mode,w,sigma,edge,edge_start,limit,outside,left_at,status
equal 'a row a mode and checkpoint' "$(data table.csv | sed 1d | cut -d, -f1 | uniq -c | awk '{ print $2 ":" $1 }' | tr '\n' ' ')" \
  '0:9 1:9 3:9 10:9 32:9 100:9 316:9 1000:9 3000:9 '
check 'too few modes for a bulk are said' grep -q 'too few modes for a bulk' table.csv
check 'from the largest' sh -c "cut -d, -f1,3 table.csv | sed 1d | awk -F, 'NR > 1 && \$1 == u && \$2 > w { exit 1 } { u = \$1; w = \$2 }'"
table spectrum run --modes 2 --update 3000,3,3000
equal 'modes and checkpoints that are asked for' "$(data table.csv | sed 1d | cut -d, -f1,2 | tr '\n' ' ')" '3,1 3,2 3000,1 3000,2 '
table spectrum run --departures
equal 'columns of departures' "$(header table.csv)" mode,left_at,last_inside,w,edge,limit,w_last,status
equal 'a row a mode' "$(data table.csv | sed 1d | wc -l)" 9
check 'the first mode has left the bulk' sh -c "sed -n 2p table.csv | awk -F, '{ exit !(\$2 > \$3 && \$4 > \$6) }'"
table spectrum run --departures --update 0
equal 'none has at the start' "$(data table.csv | sed 1d | grep -c 'within the bulk at the last checkpoint')" 9

# ---- weights ----

table weights run --bins 5 --update 0,3000
equal 'columns of weights' "$(header table.csv)" update,quantity,bin_low,bin_high,count,density,status
equal 'every weight and pair is counted' \
  "$(data table.csv | sed 1d | awk -F, '{ n[$1 $2] += $5; p[$1 $2] += $6 * ($4 - $3) }
     END { for (k in n) printf "%s %d %.6f\n", k, n[k], p[k] }' | sort | tr '\n' ';')" \
  '0distance 66 1.000000;0weight 108 1.000000;3000distance 66 1.000000;3000weight 108 1.000000;'

# ---- fixed points ----

table fixed-points run --starts 30
equal 'columns of fixed-points' "$(header table.csv)" \
  update,start,approximation,n_starts,n_converged,n_distinct,free_energy,free_energy_highest,largest_share,residual,iterations,status
equal 'data have 14 cases' "$(cell table.csv 1 n_starts)" 14
equal 'one state at the start' "$(cell table.csv 1 n_distinct) $(cell table.csv 2 n_distinct)" '1 1'
check 'more of them at the end' sh -c "grep '^3000,data' table.csv | awk -F, '{ exit !(\$6 > 1) }'"
for approximation in naive tap3; do
  table fixed-points run --starts 5 --update 0 --from noise --approximation $approximation
  equal "$approximation" "$(data table.csv | sed 1d | cut -d, -f1-6)" "0,noise,$approximation,5,5,1"
done
table fixed-points run --update 3000 --sweeps 2 --from data
check 'what has not settled is said' grep -q '14 of 14 have not settled$' table.csv
table fixed-points run --update 100,3000 --sweeps 2 --from backwards
check 'and cannot be followed' grep -q '^100,backwards,tap2,,,.*none to follow' table.csv

for subject in spectrum weights 'fixed-points --starts 80'; do
  # shellcheck disable=SC2086 # words
  for threads in 1 3; do expect 0 "$HEBB" analyse $subject run --threads $threads -o $threads.csv; done
  same_file "$subject does not depend on threads" 1.csv 3.csv
done

# ---- one checkpoint, one hidden unit, weights without data ----

expect 0 "$HEBB" train rbm --data builtin:xor --hidden 1 --updates 1 --threads 1 --quiet --out one
for subject in spectrum weights fixed-points; do table $subject one; done
table weights one --update 1
check 'one hidden unit has no distances' grep -q 'one hidden unit: no distances' table.csv
mkdir alone
cp run/checkpoints/00003000/weights.npy alone/weights.npy
table fixed-points alone --starts 5
equal 'without data from noise' "$(data table.csv | sed 1d | cut -d, -f1,2 | tr '\n' ' ')" '0,noise 0,backwards '
refuse 64 'from data: alone holds weights without their data' "$HEBB" analyse fixed-points alone --from data

# ---- what is refused ----

mkdir empty
expect 0 "$HEBB" train boltzmann --data builtin:xor --updates 1 --threads 1 --quiet --out other
for subject in spectrum weights fixed-points; do
  refuse 64 'give the folder of one training, not 0' "$HEBB" analyse $subject
  refuse 64 'give the folder of one training, not 2' "$HEBB" analyse $subject run one
  refuse 66 'missing' "$HEBB" analyse $subject missing
  refuse 66 'empty: neither a training.s manifest.json nor weights.npy' "$HEBB" analyse $subject empty
  refuse 65 'a training of boltzmann, not of rbm' "$HEBB" analyse $subject other
  refuse 66 'update: run has no checkpoint of update 200; the nearest is 100' "$HEBB" analyse $subject run --update 200
  refuse 65 'update' "$HEBB" analyse $subject run --update -1
done
refuse 64 'tap4' "$HEBB" analyse fixed-points run --approximation tap4
refuse 65 'starts' "$HEBB" analyse fixed-points run --starts 0
refuse 65 'bins' "$HEBB" analyse weights run --bins 0

cp -r run damaged
weights=damaged/checkpoints/00000100/weights.npy
size=$(wc -c <$weights)
for fault in short nan; do
  cp run/checkpoints/00000100/weights.npy $weights
  case $fault in
    short) head -c $((size - 8)) run/checkpoints/00000100/weights.npy >$weights ;;
    nan) # the last number
      head -c $((size - 8)) run/checkpoints/00000100/weights.npy >$weights
      printf '\000\000\000\000\000\000\370\177' >>$weights
      ;;
  esac
  for subject in spectrum weights fixed-points; do
    refuse 65 'checkpoints/00000100/weights.npy' "$HEBB" analyse $subject damaged
  done
done
for subject in spectrum weights; do expect 0 "$HEBB" analyse $subject damaged --update 10,3000; done

finish
