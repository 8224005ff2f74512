#!/bin/sh
# hebb train rbm: kinds of units, real data, stacking, imported weights; that nothing but options and data decides what is in
# the folder; and what is refused.
set -u
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${0%/*}/shell.sh"

# rbm STATUS OPTION...
rbm() {
  rbm_status=$1
  shift
  expect "$rbm_status" "$HEBB" train rbm "$@" --threads 1 --quiet
}

# same 'WHAT IT PROVES' FOLDER FOLDER: in all but the times
same() { check "$1" diff -r -x timing.csv "$2" "$3"; }

# bad STATUS PATTERN OPTION...
bad() {
  bad_status=$1 bad_pattern=$2
  shift 2
  refuse "$bad_status" "$bad_pattern" "$HEBB" train rbm --out bad "$@"
}

# column FILE NAME: the last row's cell
column() { awk -F, -v name="$2" '/^#/ { next } !k { for (i = 1; i <= NF; i++) if ($i == name) k = i; next } { x = $k } END { print x }' "$1"; }

# ---- a training ----

rbm 0 --data builtin:digits --cases 60 --hidden 5 --batch 20 --updates 12 --out digits
check 'the rate that docs/rbm_learning.md tells' grep -q -e '--learning-rate 0.1 ' digits/log.csv
large='--data builtin:digits --cases 400 --hidden 64 --batch 400 --updates 3' # worth three threads
# shellcheck disable=SC2086 # words
{
  rbm 0 $large --out large
  expect 0 env HEBB_KERNEL=portable "$HEBB" train rbm $large --threads 3 --quiet --out portable
}
same 'every kernel, any number of threads' large portable
check 'a time for every row' test "$(wc -l <digits/timing.csv)" = "$(wc -l <digits/log.csv)"
check 'times beside gradient norms' grep -q '^update,seconds,gradient_norm$' digits/timing.csv
check 'a likelihood that can be enumerated' test -n "$(column digits/log.csv log_likelihood)"

# ---- stopped, resumed ----

for kind in binary gaussian; do
  if [ $kind = binary ]; then
    printf '0,0,1\n1,1,0\n1,0,0\n0,1,1\n' >cases.csv
  else
    printf '.5,-1.25,3\n1,0,0\n-2,2.5,1e-3\n0,0,1\n' >cases.csv
  fi
  words="--data cases.csv --visible-units $kind --hidden 2 --batch 3 --updates 40 --momentum .5 --final-rate .001"
  # shellcheck disable=SC2086 # words
  {
    rbm 0 $words --out whole-$kind
    rbm 75 $words --out stopped-$kind --time-limit 0
  }
  expect 0 "$HEBB" resume --quiet stopped-$kind
  same "goes on to the same bytes, $kind" whole-$kind stopped-$kind
done
cp cases.csv real.csv

# ---- trained longer ----

words='--data builtin:digits --cases 60 --hidden 5 --batch 20 --threads 1'
expect 0 "$HEBB" resume digits
check 'what is over says how to go on' grep -q 'a larger --updates and another --out.*; or .*--start-from digits$' "$err"
# shellcheck disable=SC2086 # words
{
  rbm 0 $words --updates 14 --out longer
  refuse 64 'holds another study .--updates is 12 there, 14 here.; choose' "$HEBB" train rbm $words --updates 14 --out digits
}
same 'more updates begin with the same ones' digits/checkpoints/00000010 longer/checkpoints/00000010
check 'and the same rows' test "$(grep -v '^#' digits/log.csv | head -n 12)" = "$(grep -v '^#' longer/log.csv | head -n 12)"
expect 0 "$HEBB" resume whole-gaussian
check 'a rate that falls' grep -q 'with --start-from whole-gaussian and another --out: --final-rate makes another' "$err"

# ---- kinds of units and of data ----

rbm 0 --data builtin:spin-modes --cases 30 --updates 2 --out spins
check 'spin modes are -1 and 1' grep -q 'visible-units sign' spins/log.csv
for hidden in sign gaussian; do
  rbm 0 --data builtin:xor --hidden 2 --hidden-units $hidden --algorithm exact --updates 3 --out "exact-$hidden"
done
rbm 0 --data builtin:xor --algorithm cd --gradient plain --bias-start zero --weight-decay .01 --updates 3 --out plain
rbm 0 --data builtin:xor --test builtin:xor --updates 2 --out tested
equal 'the likelihood of a test that is the data' "$(column tested/log.csv test_log_likelihood)" \
  "$(column tested/log.csv log_likelihood)"

# ---- stacking ----

rbm 0 --data digits --test builtin:digits --hidden 3 --batch 20 --updates 4 --out second
check 'the layer below is named' grep -q '^# data: hidden layer of [0-9a-f]* after update 12: 60 cases of 5 units' second/log.csv
check 'a test goes through the layers below' test -n "$(column second/log.csv test_log_likelihood)"
rbm 0 --data second --hidden 2 --updates 2 --out third
for seed in 8 9; do rbm 0 --data digits --hidden 3 --updates 0 --seed $seed --out "seed-$seed" && grep "^# data" "seed-$seed/log.csv" >"seed-$seed/digest"; done
check 'hidden states are drawn from the new seed' sh -c '! cmp -s seed-8/digest seed-9/digest'
rbm 0 --data exact-gaussian --visible-units gaussian --hidden 2 --updates 2 --out on-reals
bad 64 'its hidden units are gaussian: --visible-units gaussian learns them' --data exact-gaussian --hidden 2
bad 64 'its hidden units are binary: leave --visible-units out' --data digits --hidden 2 --visible-units gaussian
bad 64 '.--threshold and --cases are for the data of digits' --data digits --hidden 2 --threshold 1
mkdir nothing
bad 65 'nothing: is a folder, but no training.*images are given as one file, see hebb-train.1.' --data nothing --hidden 2
expect 0 "$HEBB" train boltzmann --data builtin:xor --updates 1 --threads 1 --quiet --out boltzmann
bad 65 'holds a training of boltzmann' --data boltzmann --hidden 2
printf '0,0,1\n1,1,0\n' >below.csv
rbm 0 --data below.csv --hidden 2 --updates 1 --out below
printf '0,0,1\n1,1,1\n' >below.csv
bad 65 'the data of that training, below.csv, have changed' --data below --hidden 2
mv digits away && cp -R second digits
bad 65 '--data digits: more than 32 layers below; does a training learn itself' --data digits --hidden 2
rm -r digits && mv away digits

# ---- weights trained elsewhere ----

last=digits/checkpoints/00000012
mkdir import
cp $last/*.npy import
rbm 0 --data builtin:digits --cases 60 --start-from import --updates 0 --out imported
for name in weights visible_bias hidden_bias; do
  check "imported $name" cmp $last/$name.npy imported/checkpoints/00000000/$name.npy
done
equal 'and their likelihood' "$(column imported/log.csv log_likelihood)" "$(column digits/log.csv log_likelihood)"
rbm 0 --data builtin:digits --cases 60 --start-from digits --updates 0 --out from-training
check 'from a training: its last checkpoint' cmp $last/weights.npy from-training/checkpoints/00000000/weights.npy
rm import/visible_bias.npy
rbm 0 --data builtin:digits --cases 60 --start-from import/weights.npy --updates 0 --out no-bias
check 'a bias that is not there is 0' test "$(column no-bias/log.csv log_likelihood)" != \
  "$(column digits/log.csv log_likelihood)"
expect 0 "$HEBB" status imported
bad 65 'import: weights of 784 visible x 5 hidden units, 784 x 6 are wanted' --data builtin:digits --cases 60 \
  --start-from import --hidden 6
bad 65 'weights of 784 visible x 5 hidden units, 16 x 5 are wanted' --data builtin:encoder-8-3-8 --hidden 5 \
  --start-from import
bad 65 'visible_bias.npy: 1 dimensions; weights are an array' --data builtin:digits --start-from $last/visible_bias.npy
bad 66 'missing: cannot be opened' --data builtin:digits --start-from missing
bad 66 'nothing: has neither weights.npy nor' --data builtin:digits --start-from nothing

# ---- refusals ----

printf '0,200\n255,7\n' >grey.csv && cp grey.csv grey.txt
bad 64 '--threshold makes data two-valued, --visible-units gaussian' --data grey.csv --threshold 9 --hidden 2 \
  --visible-units gaussian
bad 64 'builtin:digits is two-valued' --data builtin:digits --hidden 2 --visible-units gaussian
bad 64 '--visible-units binary: the units of spin-modes are -1 and 1' --data builtin:spin-modes --visible-units binary
expect 0 "$HEBB" train rbm --data grey.csv --threshold .5 --hidden 2 --updates 1 --threads 1 --out grey
check 'what a threshold makes of greys' grep -q 'train rbm: 2 cases of 2 units, values 0 to 255, 75 % above 0.5' "$err"
check 'and one that is for other greys' grep -q -e '--threshold 0.5 is for greys from 0 to 1; of 0 to 255 the middle is 127.5' "$err"
rbm 0 --data grey.csv --threshold 127 --hidden 2 --updates 1 --out quiet
check 'said to those who listen' test ! -s "$err"
bad 65 'grey.csv:1: column 2 is 200: .*--threshold makes grey binary, e.g. --threshold 127' --data grey.csv --hidden 2
bad 65 'ends in none of .*images: see hebb-train.1.' --data grey.txt --hidden 2
printf '1,nan\n' >nan.csv
bad 65 'nan.csv:1: column 2: .nan. is no finite number' --data nan.csv --hidden 2 --visible-units gaussian
printf '1,1e39\n' >large.csv
bad 65 'large.csv:1: column 2 is 1e.?39: too large' --data large.csv --hidden 2 --visible-units gaussian
bad 64 '--hidden is missing' --data grey.csv --threshold 9
bad 64 '--inputs: an RBM learns all visible units alike' --data grey.csv --threshold 9 --hidden 2 --inputs 1
bad 65 '--hidden 0: an RBM has hidden units' --data builtin:xor --hidden 0
bad 65 '--batch 5: there are 4 cases' --data builtin:xor --batch 5
bad 65 'the exact gradient: the smaller layer may have at most 25 units; take --algorithm pcd' --data builtin:digits \
  --hidden 26 --algorithm exact
bad 65 'run away, by a step of length .*; take a smaller --learning-rate' --data real.csv --visible-units gaussian --hidden 2 \
  --hidden-units gaussian --learning-rate 1e9 --updates 100

# ---- options that would do nothing ----

bad 64 '--sigma-v: binary units have no width' --data builtin:xor --sigma-v 2
bad 64 '--sigma-h: sign units have no width' --data builtin:xor --hidden-units sign --sigma-h 2
bad 64 '--chains: --algorithm cd has no persistent chains' --data builtin:xor --algorithm cd --chains 3
bad 64 '--chains: --algorithm exact has no persistent chains' --data builtin:xor --algorithm exact --chains 3
bad 64 '--steps: --algorithm exact has no chains' --data builtin:xor --algorithm exact --steps 2
bad 64 '--start: weights begin as in --start-from' --data builtin:xor --start-from plain --start .02
bad 64 '--bias-start: biases begin as in --start-from' --data builtin:xor --start-from plain --bias-start zero
words=$(sed -n 's/^# command: hebb train rbm//p' plain/log.csv)
# shellcheck disable=SC2086 # words
rbm 0 --data builtin:xor $words --out retyped
check 'a canonical command, which says all options, can be typed again' cmp plain/log.csv retyped/log.csv
finish
