#!/bin/sh
# hebb train, sample, resume: what a training's folder holds, that nothing but options and data decides it, and what is
# refused.
# shellcheck disable=SC2016 # texts for another shell
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

# train STATUS LEARNER OPTION...
train() {
  train_status=$1
  shift
  expect "$train_status" "$HEBB" train "$@" --threads 1 --quiet
}

# same_training 'WHAT IT PROVES' FOLDER FOLDER
same_training() { check "$1" diff -r "$2" "$3"; }

# ---- the folder ----

train 0 mean-field --data builtin:xor --out xor
for file in manifest.json log.csv log.meta.json checkpoints/00000000/weights.npy checkpoints/00000010/weights.npy \
  checkpoints/00000010/visible_bias.npy checkpoints/00000010/hidden_bias.npy checkpoints/00000010/visible_weights.npy \
  checkpoints/00000010/hidden_weights.npy; do
  filled "$file" "xor/$file"
done
equal 'the columns' "$(header xor/log.csv)" \
  update,epoch,error_rate,kl,gradient_norm,weight_norm,unit_updates,test_error_rate,test_kl
equal 'the log begins before the first update' "$(cell xor/log.csv 1 update)" 0
last=$(data xor/log.csv | sed -n '$s/,.*//p')
filled 'the last update is a checkpoint' "xor/checkpoints/$(printf %08d "$last")/weights.npy"
equal 'all cases are right for ten epochs at the end' \
  "$(data xor/log.csv | tail -n 10 | cut -d, -f3 | sort -u)" 0
check 'the shape of the weights is visible by hidden units' grep -aq "'shape': (3, 4)" xor/checkpoints/00000010/weights.npy
check 'the canonical command has no folder in it' sh -c '! grep -q "\"command\".*--out" xor/manifest.json'
"$HEBB" train mean-field --data builtin:xor --print-config >config
check 'what is not given is not in a config file' sh -c '! grep -q "^hidden" config'

train 0 boltzmann --data builtin:xor --links restricted --gradient exact --updates 3 --out restricted
absent 'no links between visible units, no array of them' restricted/checkpoints/00000003/visible_weights.npy
near 'three exact updates, a row each, and one before' "$(data restricted/log.csv | wc -l)" 5 0

# ---- nothing else decides ----

for threads in 1 3; do
  expect 0 "$HEBB" train boltzmann --data builtin:encoder-4-2-4 --updates 12 --batch 3 --threads $threads --quiet \
    --out "threads-$threads"
done
same_training 'any number of threads' threads-1 threads-3
expect 0 env HEBB_KERNEL=portable "$HEBB" train boltzmann --data builtin:encoder-4-2-4 --updates 12 --batch 3 --threads 1 \
  --quiet --out portable
same_training 'every kernel' threads-1 portable
printf '0,0,0\n0,1,1\n1,0,1\n1,1,0\n' >xor.csv
printf 'a,b,c\n# -1 for off\n-1,-1,-1\n-1,1,1\n1,-1,1\n1,1,-1\n' >signs.csv
train 0 mean-field --data builtin:xor --test xor.csv --updates 5 --out tested
equal 'a test out of a file, of the input that the data have' "$(cell tested/log.csv 6 test_kl)" \
  "$(cell tested/log.csv 6 kl)"
printf '.1,.2,.2\n.1,.9,.9\n.9,.1,.8\n.9,.9,.1\n' >grey.csv
for file in xor signs; do
  train 0 mean-field --data $file.csv --inputs 2 --hidden 4 --updates 5 --out "of-$file"
done
same_training '0 and -1 stand for the same, and no path is in the results' of-xor/checkpoints of-signs/checkpoints
train 0 mean-field --data grey.csv --threshold .5 --inputs 2 --hidden 4 --updates 5 --out of-grey
same_training 'greys above the threshold are on' of-xor/checkpoints of-grey/checkpoints

# ---- stopped and resumed ----

long="--data builtin:xor --updates 60 --stop-after 0 --per-decade 3"
# shellcheck disable=SC2086 # words
train 0 boltzmann $long --out whole
# shellcheck disable=SC2086
train 75 boltzmann $long --out stopped --time-limit 0
check 'the line says how to go on' grep -q 'hebb resume stopped$' "$err"
equal 'hebb status of one that is stopped' \
  "$("$HEBB" status stopped | tail -n 1)" 'stopped,train boltzmann,1/1,60,0,0,stopped'
expect 0 "$HEBB" resume stopped --threads 1 --quiet
same_training 'a stopped training goes on to the same bytes' whole stopped
equal 'hebb status of one that is over' "$("$HEBB" status whole | tail -n 1)" 'whole,train boltzmann,1/1,60,60,0,done'
expect 0 "$HEBB" resume stopped --threads 1
check 'one that is over stays' grep -q 'all 60 updates are in stopped already' "$err"
# shellcheck disable=SC2086
(cd stopped && sed '$d' log.csv >shorter && mv shorter log.csv) && train 0 boltzmann $long --out stopped
same_training 'a log that lacks rows is made again' whole stopped
cp -R whole broken
printf x >>broken/unit-0.checkpoint
# shellcheck disable=SC2086
expect 0 "$HEBB" train boltzmann $long --threads 1 --out broken
check 'that a state is damaged is said' grep -q 'begins again: the state or the log in broken is' "$err"
same_training 'a damaged state is as none' whole broken
refuse 64 'broken.*holds another study' "$HEBB" train boltzmann --data builtin:xor --out broken
mkdir broken/checkpoints/00000003 && : >broken/checkpoints/00000003/visible_weights.npy
train 0 boltzmann --data builtin:xor --updates 5 --overwrite --out broken
train 0 boltzmann --data builtin:xor --updates 5 --out fresh
same_training '--overwrite leaves nothing of what was there' fresh broken
expect 0 "$HEBB" run crosstalk --neurons 20 --alpha .1 --replicas 2 --quiet --out study
refuse 64 'study: holds a study' "$HEBB" train boltzmann --data builtin:xor --overwrite --out study
refuse 64 'fresh: holds a training' "$HEBB" run crosstalk --neurons 20 --alpha .1 --replicas 2 --overwrite --out fresh
mkdir strange && : >strange/log.csv
refuse 64 'strange/log.csv: is there already' "$HEBB" train boltzmann --data builtin:xor --out strange
cp -R of-xor moved
printf '0,0,1\n0,1,1\n1,0,1\n1,1,0\n' >xor.csv
rm moved/unit-0.checkpoint
refuse 65 'a file that it read has changed' "$HEBB" resume moved

# ---- samples ----

expect 0 "$HEBB" sample whole --count 200 --input 01 -o samples.csv
equal 'the columns of samples' "$(header samples.csv)" v1,v2,v3
equal 'the input stays clamped' "$(data samples.csv | sed 1d | cut -d, -f1,2 | sort -u)" -1,1
check 'their provenance' grep -q '^# trained: hebb train boltzmann ' samples.csv
expect 0 "$HEBB" sample whole --count 200 --input 01 -o again.csv
same_file 'the same seed, the same samples' samples.csv again.csv
expect 0 "$HEBB" sample whole --count 200 --input 01 --seed 2 -o other.csv
check 'another seed, others' sh -c '! cmp -s samples.csv other.csv'
expect 0 "$HEBB" sample whole --count 200 --input 01 --temperature 1e-9 --sweeps 3 -o cold.csv
check 'at another temperature, others' sh -c '! cmp -s samples.csv cold.csv'
expect 0 "$HEBB" sample whole --count 5 --update 10 -o samples.npy
equal 'a .npy file of 5 samples of 3 units' "$(wc -c <samples.npy)" $((128 + 15))
check 'its type' grep -aq "'descr': '|i1', 'fortran_order': False, 'shape': (5, 3)" samples.npy
expect 0 "$HEBB" sample whole --count 5 --shape 3x1 -o samples.pgm
equal 'a sheet of 2 rows of 3 images' "$(head -n 2 samples.pgm | tail -n 1)" '7 9'
equal 'its pixels' "$(wc -c <samples.pgm)" $((11 + 63))
refuse 66 'none of update 11; the last is of update 60' "$HEBB" sample whole --count 1 --update 11
refuse 64 "'012' is not 2 digits" "$HEBB" sample whole --count 1 --input 012
refuse 64 '--count N is needed' "$HEBB" sample whole
refuse 64 'ends in none of .csv, .npy, .pgm' "$HEBB" sample whole --count 1 -o a.png
refuse 65 'is not 3 pixels' "$HEBB" sample whole --count 1 --shape 2x2 -o a.pgm
refuse 64 'no shape' "$HEBB" sample whole --count 1 --shape 2 -o a.pgm
refuse 66 'no manifest.json' "$HEBB" sample nowhere --count 1
for verb in plan 'merge --out joined'; do
  # shellcheck disable=SC2086 # words
  refuse 64 "whole: is a training's folder .hebb train boltzmann., not a study's" "$HEBB" $verb whole
done

# ---- refusals: data ----

# bad STATUS PATTERN NAME TEXT [OPTION...]
bad() {
  bad_status=$1 bad_pattern=$2 bad_name=$3
  # shellcheck disable=SC2059 # escapes in the text
  printf "$4" >"$bad_name"
  shift 4
  refuse "$bad_status" "$bad_pattern" "$HEBB" train boltzmann --data "$bad_name" --hidden 2 --out bad "$@"
}
bad 65 'grey.csv:2: column 3 is 0.5: neither 0 and 1 nor -1 and 1 throughout; --threshold' grey.csv '0,1,1\n1,1,.5\n'
bad 65 'mixed.csv:2: column 1 is -1: neither' mixed.csv '0,1\n-1,1\n'
bad 65 'nan.csv:3: column 2: .nan. is no finite number' nan.csv '# x\n0,1\n1,nan\n'
bad 65 'nan.csv:1: column 2: .inf. is no finite number' nan.csv '0,inf\n' --threshold .5
bad 65 'text.csv:2: column 1: .up. is no finite number' text.csv '0,1\nup,1\n'
bad 65 'hole.csv:1: column 2 is empty' hole.csv '0,,1\n'
bad 65 'ragged.csv:2: expected 3 fields, found 2' ragged.csv '0,1,1\n1,1\n'
bad 65 'empty.csv: empty' empty.csv ''
bad 65 'head.csv: a header but no cases' head.csv 'a,b\n'
bad 65 'case 2, unit 1 is 7: neither' cases.idx '\000\000\010\002\000\000\000\002\000\000\000\002\001\000\007\001'
bad 65 'data.txt: the name ends in none of .csv, .npy, .idx, .idx.gz' data.txt '0,1\n'
bad 65 '--inputs 3: the cases of three.csv have 3 units' three.csv '0,1,1\n' --inputs 3
printf '0,1\n' >narrow.csv
printf '0,1,1\n' >wide.csv
refuse 65 'wide.csv: its cases have 3 units, those of narrow.csv have 2' "$HEBB" train boltzmann --data narrow.csv \
  --hidden 2 --test wide.csv --out bad
refuse 66 'missing.csv: .*No such file' "$HEBB" train boltzmann --data missing.csv --hidden 2 --out bad
refuse 64 'builtin:xro.*xor' "$HEBB" train boltzmann --data builtin:xro --out bad
absent 'nothing is begun' bad

# ---- refusals: options ----

refuse 64 'a learner is missing' "$HEBB" train
refuse 64 'unknown learner bolzmann; did you mean boltzmann' "$HEBB" train bolzmann
refuse 64 '--data FILE.*is needed' "$HEBB" train boltzmann --out bad
refuse 64 '--out DIR is needed' "$HEBB" train boltzmann --data builtin:xor
refuse 64 '--hidden is missing' "$HEBB" train boltzmann --data wide.csv --out bad
refuse 64 '--objective conditional: the data have no input' "$HEBB" train boltzmann --data wide.csv --hidden 1 \
  --objective conditional --out bad
refuse 64 '--inputs is for files' "$HEBB" train boltzmann --data builtin:xor --inputs 1 --out bad
refuse 64 '--cases is for builtin:digits' "$HEBB" train boltzmann --data builtin:xor --cases 9 --out bad
refuse 65 '--gradient exact: 29 units are free, at most 24' "$HEBB" train boltzmann --data builtin:xor --hidden 28 \
  --gradient exact --out bad
refuse 65 '--batch 5: there are 4 cases' "$HEBB" train boltzmann --data builtin:xor --batch 5 --out bad
refuse 65 '--learning-rate: 0 is out of range' "$HEBB" train boltzmann --data builtin:xor --learning-rate 0 --out bad
refuse 64 'unknown option --strict' "$HEBB" train boltzmann --data builtin:xor --strict --out bad
refuse 65 'GiB may be had' "$HEBB" train boltzmann --data builtin:xor --hidden 500000 --out bad
absent 'nothing is begun' bad

finish
