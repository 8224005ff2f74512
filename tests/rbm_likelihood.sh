#!/bin/sh
# `hebb analyse likelihood` and `hebb sample` of restricted Boltzmann machines: columns, methods, threads, refusals.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

expect 0 "$HEBB" train rbm --data builtin:bars-and-stripes --hidden 4 --updates 20 --quiet --threads 1 --out run
few='--chains 20 --temperatures 20 --ladders 20 --settle 5 --sweeps 20'

# shellcheck disable=SC2086
expect 0 "$HEBB" analyse likelihood run $few --test builtin:bars-and-stripes --threads 1 -o one.csv
equal 'the columns' "$(grep -v '^#' one.csv | head -n 1)" 'update,ln_z,ln_z_err,method,ess,ll_train,ll_test,status'
equal 'the methods' "$(grep -v '^#' one.csv | tail -n +2 | cut -d, -f4 | tr '\n' ' ')" 'exact ais reverse-ais ladder '
check 'what it was trained with' grep -q '^# trained: hebb train rbm' one.csv
check 'how the ladder went' grep -q 'rungs, 20 rounds; exchanges accepted' "$err"
# shellcheck disable=SC2086
expect 0 "$HEBB" analyse likelihood run $few --test builtin:bars-and-stripes --threads 3 -o three.csv
same_file 'threads do not show' one.csv three.csv
expect 0 "$HEBB" analyse likelihood run --update all --method exact --quiet --csv-plain
equal 'a row a checkpoint' "$(tail -n +2 "$out" | wc -l)" "$(find run/checkpoints -name weights.npy | wc -l)"
expect 0 "$HEBB" analyse likelihood run/checkpoints/00000020 --method exact --csv-plain -o elsewhere.csv
equal 'weights elsewhere are the same machine' "$(sed 1d elsewhere.csv | cut -d, -f2)" \
  "$(grep ',exact,' one.csv | cut -d, -f2)"

refuse 64 "'fast' is none of" "$HEBB" analyse likelihood run --method exact,fast
refuse 64 'neither a number' "$HEBB" analyse likelihood run --update last
refuse 66 'none of update 7;' "$HEBB" analyse likelihood run --update 7
refuse 66 'nowhere' "$HEBB" analyse likelihood nowhere
refuse 64 'the folder of one training' "$HEBB" analyse likelihood run run
refuse 64 'says itself' "$HEBB" analyse likelihood run --data builtin:xor
refuse 65 'cases have 3 units' "$HEBB" analyse likelihood run --test builtin:xor
refuse 65 'chains' "$HEBB" analyse likelihood run --chains 1
cp -R run/checkpoints/00000020 odd
printf 'no array' >odd/hidden_bias.npy
refuse 65 'odd/hidden_bias.npy' "$HEBB" analyse likelihood odd --method exact

# ---- samples ----

expect 0 "$HEBB" sample run --count 20 --start data --sweeps 0 --csv-plain -o data.csv
equal 'the data: bars and stripes, each a picture of three equal rows or columns' "$(sed 1d data.csv | awk -F, '
  { rows = columns = 1
    for (i = 0; i < 3; i++) for (j = 0; j < 3; j++) { if ($(3*i+j+1) != $(3*i+1)) rows = 0; if ($(3*i+j+1) != $(j+1)) columns = 0 }
    n += rows || columns }
  END { print n }')" 20
expect 0 "$HEBB" sample run --count 5 --method trajectory --sweeps 3 --threads 1 -o a.csv
check 'how it went' grep -q 'rungs over .* checkpoints; exchanges accepted' "$err"
expect 0 "$HEBB" sample run --count 5 --method trajectory --sweeps 3 --threads 2 --quiet -o b.csv
same_file 'threads do not show in samples' a.csv b.csv
expect 0 "$HEBB" sample run --count 4 --means --sweeps 3 -o means.pgm
filled 'means are a picture' means.pgm
refuse 65 'a random state is no sample' "$HEBB" sample run --count 1 --sweeps 0
refuse 65 'they are those of a sweep' "$HEBB" sample run --count 1 --sweeps 0 --start data --means
refuse 64 'at temperature 1' "$HEBB" sample run --count 1 --temperature 2
refuse 64 'begins without weights' "$HEBB" sample run --count 1 --method trajectory --start data
expect 0 "$HEBB" train boltzmann --data builtin:xor --updates 2 --quiet --threads 1 --out plain
refuse 64 '3 units make no square picture: give --shape ROWSxCOLUMNS, e.g. 1x3' "$HEBB" sample plain --count 1 -o s.pgm
expect 0 "$HEBB" sample plain --count 1 --shape 1x3 -o s.pgm
refuse 64 's.png ends in none of .*; pictures are written as .pgm' "$HEBB" sample plain --count 1 --shape 1x3 -o s.png
expect 0 "$HEBB" train rbm --data builtin:xor --test builtin:xor --updates 2 --quiet --threads 1 --out tested
expect 0 "$HEBB" analyse likelihood tested --method exact
check 'a test that is not given is told' grep -q 'll_test is empty: give --test builtin:xor' "$err"
refuse 64 'for restricted Boltzmann machines; plain holds' "$HEBB" sample plain --count 1 --method trajectory
refuse 65 'a training of boltzmann' "$HEBB" analyse likelihood plain

finish
