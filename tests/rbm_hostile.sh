#!/bin/sh
# hebb train rbm on files that are cut off, lie about themselves, or hold something else, and on trainings that somebody
# has damaged: each is named and refused, or taken as none, and nothing is left behind.  And what holds across modules:
# an exact gradient reaches a small KL, and kernels and threads change nothing.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

# shellcheck disable=SC2059 # the data are the format
{
  # 4 images of 2 by 2 pixels, and what is made of them
  pixels='\000\377\377\000\377\000\000\377\000\200\377\377\377\377\000\000'
  printf '\0\0\010\003\0\0\0\004\0\0\0\002\0\0\0\002'"$pixels" >good.idx
  printf '\0\0\010\001\0\0\0\004\001\002\003\004' >labels.idx
  printf '\0\0\010\003\0\0\0\004\0\0\0\0\0\0\0\002' >no-rows.idx
  printf '\0\0\010\003\0\0\0\0\0\0\0\002\0\0\0\002' >no-cases.idx
  printf '\0\0\010\003\377\377\377\377\377\377\377\377\377\377\377\377' >promise.idx
  printf '\0\0\010\003\0\0\0\005\0\0\0\002\0\0\0\002'"$pixels" >more.idx
  printf '\0\0\010\003\0\0\0\003\0\0\0\002\0\0\0\002'"$pixels" >fewer.idx
  printf '\0\0\010\003\0\0\0\001\0\0\0\001\0\0\0\004\001\002\003\004' >wide.idx
  printf '\0\0\010\003\0\0\0\004\0\0\0\002\0\0\0\001\0\377\377\0\0\377\0\377' >other.idx
  printf '\0\0\015\002\0\0\0\002\0\0\0\001\177\300\000\000\000\000\000\000' >nan.idx
  printf '\0\0\007\002\0\0\0\002\0\0\0\001\000\001' >kind.idx
}
for name in good labels more fewer; do gzip -nc $name.idx >$name.idx.gz; done
# array SHAPE: the head of a float64 .npy file
array() {
  printf '\223NUMPY\001\000\166\000'
  printf '%-117s\n' "{'descr': '<f8', 'fortran_order': False, 'shape': ($1), }"
}

# bad STATUS PATTERN OPTION...
bad() {
  bad_status=$1 bad_pattern=$2
  shift 2
  refuse "$bad_status" "$bad_pattern" "$HEBB" train rbm --hidden 3 --updates 2 --threads 1 --out bad "$@"
  [ ! -e bad ] || fail "a folder is left where $* is refused"
  rm -rf bad
}

# ---- data ----

bad 65 'more.idx: truncated: .* 20 bytes.* 16' --data more.idx --threshold 127
bad 65 'fewer.idx: too long: .* 12 bytes.* 16' --data fewer.idx --threshold 127
bad 65 'more.idx.gz: truncated: .* 20 bytes.* 16' --data more.idx.gz --threshold 127
bad 65 'fewer.idx.gz: more follows the 12 bytes' --data fewer.idx.gz --threshold 127
bad 65 'promise.idx: truncated' --data promise.idx --threshold 127
bad 65 'no-rows.idx: holds no cases' --data no-rows.idx --threshold 127
bad 65 'no-cases.idx: holds no cases' --data no-cases.idx --threshold 127
bad 65 'kind.idx: ' --data kind.idx --threshold 127
for file in labels.idx labels.idx.gz; do
  bad 65 "$file: 1 dimension, .*labels have one, images are in a file of their own" --data $file --threshold 127
  bad 65 "$file: 1 dimension, .*labels have one, images are in a file of their own" --data good.idx --threshold 127 --test $file
done
bad 65 'nan.idx: case 1, unit 1 is no finite number' --data nan.idx --visible-units gaussian
bad 65 'nan.idx: case 1, unit 1 is no finite number' --data nan.idx --threshold .5
bad 65 'good.idx: case 1, unit 2 is 255: .*--threshold makes grey binary' --data good.idx
bad 65 '--threshold 255: no number of good.idx is above it: every unit of every case would be off' --data good.idx --threshold 255
bad 65 '--threshold -1: every number of good.idx is above it' --data good.idx --threshold -1
bad 65 '--threshold: nan is out of range' --data good.idx --threshold nan
bad 64 "--threshold: 'grey' is no number" --data good.idx --threshold grey
bad 65 'other.idx: .*2 .*4' --data good.idx --threshold 127 --test other.idx
bad 66 'nowhere.idx: cannot be opened' --data nowhere.idx --threshold 127
bad 66 'nowhere.idx: cannot be opened' --data good.idx --threshold 127 --test nowhere.idx

# Every file that is a part of a good one is refused, and a byte that is not as it was is no crash.
size=$(wc -c <good.idx.gz)
n=0
while [ $n -lt "$size" ]; do
  head -c $n good.idx.gz >part.idx.gz
  bad 65 'part.idx.gz: ' --data part.idx.gz --threshold 127
  n=$((n + 11))
done
for n in 0 3 15 31; do
  head -c $n good.idx >part.idx
  bad 65 'part.idx: ' --data part.idx --threshold 127
done
n=0
while [ $n -lt 16 ]; do # the magic number's four bytes, and the sizes
  { head -c $n good.idx && printf '\377' && tail -c +$((n + 2)) good.idx; } >changed.idx
  bad 65 'changed.idx: ' --data changed.idx --threshold 127
  n=$((n + (n < 4 ? 1 : 3)))
done

# ---- weights ----

mkdir given
for shape in '3, 4' '4, 2' '2, 3' '12,' '4, 3, 1' '0, 3' '99999999999, 99999999999'; do
  { array "$shape" && head -c 96 /dev/zero; } >given/weights.npy
  bad 65 'given' --data good.idx --threshold 127 --start-from given
done
{ array '4, 3' && head -c 95 /dev/zero; } >given/weights.npy
bad 65 'given/weights.npy: truncated' --data good.idx --threshold 127 --start-from given
{ array '4, 3' && head -c 88 /dev/zero && printf '\0\0\0\0\0\0\360\177'; } >given/weights.npy
bad 65 'given/weights.npy: element 11 is not finite' --data good.idx --threshold 127 --start-from given
{ array '4, 3' && head -c 96 /dev/zero; } >given/weights.npy
# bad_bias NAME SHAPE BYTES PATTERN
bad_bias() {
  { array "$2" && head -c "$3" /dev/zero; } >"given/$1_bias.npy"
  bad 65 "given/$1_bias.npy: $4" --data good.idx --threshold 127 --start-from given
  rm given/*_bias.npy
}
bad_bias visible 3, 24 '3 numbers, the weights beside it have 4 such units'
bad_bias hidden 4, 32 '4 numbers, the weights beside it have 3 such units'
bad_bias hidden '3, 1' 24 '2 dimensions; a bias is an array of one'
bad_bias visible 4, 31 'truncated'
expect 0 "$HEBB" train rbm --data good.idx.gz --threshold 127 --hidden 3 --updates 2 --threads 1 --quiet --start-from given --out taken

# ---- a training that was damaged ----

words='--data good.idx --threshold 127 --hidden 3 --updates 30 --momentum .5 --per-decade 1 --threads 1 --quiet'
# shellcheck disable=SC2086 # words
expect 0 "$HEBB" train rbm $words --out whole
last=checkpoints/00000030/weights.npy
cp -R whole damaged
head -c 100 whole/$last >damaged/$last
refuse 65 'weights.npy: ' "$HEBB" sample damaged --count 2 -o samples.csv
absent 'no samples of damaged weights' samples.csv
bad 65 'weights.npy: ' --data damaged
bad 65 'weights.npy: ' --data good.idx --threshold 127 --start-from damaged
{ array '3, 4' && head -c 96 /dev/zero; } >damaged/$last
bad 65 'damaged' --data damaged
refuse 65 'damaged' "$HEBB" sample damaged --count 2 -o samples.csv
absent 'no samples of weights of another shape' samples.csv

# analyses SUBJECTS STATUS PATTERN OPTION...: each refuses the damaged training so
analyses() {
  subjects=$1 analysis_status=$2 analysis_pattern=$3
  shift 3
  for subject in $subjects; do
    refuse "$analysis_status" "$analysis_pattern" "$HEBB" analyse "$subject" "$@" --threads 1 -o table.csv
    absent "no table of $subject of $*" table.csv
  done
}
every='likelihood spectrum fixed-points weights'
analyses "$every" 65 'does not fit weights.npy beside it' damaged
{ array '4, 3' && head -c 88 /dev/zero && printf '\0\0\0\0\0\0\370\177'; } >damaged/$last
analyses "$every" 65 'weights.npy: element 11 is not finite' damaged
sed 's/--hidden 3/--hidden 5/' whole/manifest.json >damaged/manifest.json
analyses "$every" 65 'manifest.json: is damaged' damaged
cp whole/manifest.json damaged
# shellcheck disable=SC2086
expect 0 "$HEBB" train rbm --data good.idx --threshold 127 --hidden 5 --updates 30 --per-decade 1 --threads 1 --quiet --out five
rm -r damaged/checkpoints/00000030 && cp -R five/checkpoints/00000030 damaged/checkpoints
analyses "$every" 65 'weights.npy: 4 x 5 weights; manifest.json says .*3 hidden units' damaged
refuse 65 'weights.npy: 4 x 5 weights; manifest.json says 3 hidden units' "$HEBB" sample damaged --count 2 -o samples.csv
absent 'no samples of a machine of another size' samples.csv
bad 65 'weights.npy: 4 x 5 weights; manifest.json says 3 hidden units' --data damaged
rm damaged/checkpoints/00000030/weights.npy
expect 0 "$HEBB" sample damaged --count 2 -o samples.csv
check 'an earlier machine is told' grep -q 'drawn after update 10, the last whole checkpoint; 30 updates are done' "$err"
rm samples.csv
analyses "$every" 66 'nowhere: ' nowhere
analyses likelihood 65 'labels.idx: 1 dimension' whole --test labels.idx --threshold 127
analyses likelihood 65 'no number of good.idx is above it' whole --test good.idx --threshold 255
analyses likelihood 65 '2 .*4' whole --test other.idx --threshold 127
analyses likelihood 66 'nowhere.idx: cannot be opened' whole --test nowhere.idx

rm -r damaged && cp -R whole damaged
state=damaged/unit-0.checkpoint
filled 'the state of a training' $state
for n in 8 40 200; do
  { head -c $n whole/unit-0.checkpoint && printf '\252' && tail -c +$((n + 2)) whole/unit-0.checkpoint; } >$state
  # shellcheck disable=SC2086
  expect 0 "$HEBB" train rbm $words --out damaged
  check "a state with byte $n changed is as none" diff -r -x timing.csv whole damaged
done
printf '\0\0\010\003\0\0\0\004\0\0\0\002\0\0\0\002\000\377\377\000\377\000\000\377\000\200\377\377\377\377\000\377' >good.idx
rm $state
refuse 65 'a file that it read has changed' "$HEBB" resume damaged
analyses 'likelihood fixed-points' 65 'good.idx: its cases are not those that damaged was trained with' damaged

# ---- across modules ----

# 6 hidden units are enough for the 14 pictures: the entropy of data that are all alike is ln 14.
bars='--data builtin:bars-and-stripes --algorithm exact --hidden 6 --learning-rate .5 --log-every 3000 --per-decade 1 --quiet'
# shellcheck disable=SC2086 # words
expect 0 "$HEBB" train rbm $bars --updates 3000 --threads 1 --out bars
likelihood=$(data bars/log.csv | tail -n 1 | cut -d, -f3)
near 'the exact gradient reaches a KL below 0.05 on bars and stripes' \
  "$(awk -v l="$likelihood" 'BEGIN { print -log(14) - l }')" 0.025 0.025
for algorithm in cd pcd exact; do
  words="--data builtin:bars-and-stripes --algorithm $algorithm --hidden 17 --batch 9 --updates 9 --momentum .3 --log-every 9 --per-decade 1 --quiet"
  [ $algorithm != exact ] || words="$words --hidden-units sign"
  for pair in portable-1 avx2-1 avx512-2; do
    "$HEBB" run boltzmann-equilibrium --kernel ${pair%-*} --print-config >said 2>&1 || continue
    # shellcheck disable=SC2086 # words
    expect 0 "$HEBB" train rbm $words --kernel ${pair%-*} --threads ${pair#*-} --out "$algorithm-$pair"
    check "$algorithm: the same bytes by kernel and threads $pair" \
      diff -r -x timing.csv "$algorithm-portable-1" "$algorithm-$pair"
  done
done

# ---- the real ones ----

if [ -n "${HEBB_MNIST:-}" ] && [ -r "$HEBB_MNIST/t10k-labels-idx1-ubyte.gz" ]; then
  bad 65 'labels have one, images are in a file of their own' --data "$HEBB_MNIST/t10k-labels-idx1-ubyte.gz" --threshold 127
  head -c 100000 "$HEBB_MNIST/t10k-images-idx3-ubyte.gz" >torn.idx.gz
  bad 65 'torn.idx.gz: truncated' --data torn.idx.gz --threshold 127
fi

finish
