#!/bin/sh
# Results depend on the options of the study and on nothing else: not on threads, the rest of the grid, folders, locale,
# environment or open files, nor on what was killed before.
# shellcheck disable=SC2016 # texts for another shell
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

PATH_WITHOUT_GNUPLOT=$scratch/nothing # most of what follows is about numbers
mkdir "$PATH_WITHOUT_GNUPLOT"

# study FOLDER EXPERIMENT OPTION...
study() {
  study_folder=$1
  shift
  expect 0 env PATH="$PATH_WITHOUT_GNUPLOT" "$HEBB" run "$@" --out "$study_folder"
}

# same_study 'WHAT IT PROVES' FOLDER FOLDER: all files that are not pictures
same_study() {
  for file in "$2"/*.csv "$2"/*.json; do same_file "$1" "$file" "$3/${file##*/}"; done
}

# differ 'WHAT IT PROVES' FOLDER FOLDER: the replicas
differ() {
  data "$2/units.csv" >one.csv
  data "$3/units.csv" >other.csv
  check "$1" sh -c '! cmp -s one.csv other.csv'
}

# same_units 'WHAT IT PROVES' FOLDER FOLDER: the replicas, whatever options led to them
same_units() {
  data "$2/units.csv" >one.csv
  data "$3/units.csv" >other.csv
  same_file "$1" one.csv other.csv
}

# ---- threads ----

for order in sequential random synchronous; do
  for threads in 1 2 7; do
    study "$order-$threads" capacity --neurons 100,257 --alpha .05,.14,.2 --replicas 20 --update-order $order --threads $threads
  done
  same_study "$order updates on 2 threads" "$order-1" "$order-2"
  same_study "$order updates on 7 threads" "$order-1" "$order-7"
done
for threads in 1 2 7; do
  study "crosstalk-$threads" crosstalk --neurons 64,100 --alpha .1,.3 --replicas 50 --starts 2 --threads $threads
done
# magnet FOLDER WORDS: curie-weiss, whatever else the words say
magnet() {
  folder=$1
  shift
  study "$folder" curie-weiss --sweeps 40 --equilibration 10 --replicas 6 --update-order random "$@"
}
magnet magnet-1 --neurons 30,257 --temperature .7,1.2 --threads 1
magnet magnet-3 --neurons 30,257 --temperature .7,1.2 --threads 3
magnet magnet-plain --neurons 30,257 --temperature .7,1.2 --kernel portable
magnet magnet-alone --neurons 257 --temperature 1.2
same_study 'curie-weiss on 3 threads' magnet-1 magnet-3
same_study 'curie-weiss in plain C' magnet-1 magnet-plain
data magnet-1/units.csv | grep '^1.2,257,' >of-the-grid
data magnet-alone/units.csv | grep '^1.2,257,' >alone
same_file 'a point of curie-weiss without the rest of the grid' of-the-grid alone
for order in sequential random; do
  for way in '1 --threads 1' '3 --threads 3' 'plain --kernel portable'; do
    # shellcheck disable=SC2086 # an option and its value
    study "sigmoid-${way%% *}-$order" sigmoid --neurons 60,257 --alpha .1 --temperature 0,.5 --sweeps 5 --replicas 10 \
      --update-order $order ${way#* }
  done
  same_study "sigmoid on 3 threads, $order" "sigmoid-1-$order" "sigmoid-3-$order"
  same_study "sigmoid in plain C, $order" "sigmoid-1-$order" "sigmoid-plain-$order"
done
same_study 'crosstalk on 2 threads' crosstalk-1 crosstalk-2
same_study 'crosstalk on 7 threads' crosstalk-1 crosstalk-7
for threads in 1 2; do
  study "exponential-$threads" exponential --neurons 12,40 --rho 0,.1 --of-typical .8,.9 --rivals mixed --replicas 10 --curve 2 \
    --threads $threads
done
study exponential-alone exponential --neurons 12 --rho .1 --of-typical .9 --rivals drawn --replicas 10 --curve 0
same_study 'exponential on 2 threads' exponential-1 exponential-2
sed -n '/^0\.1,[0-9.]*,12,/p' exponential-1/units.csv | tail -n 10 >in-a-grid.csv
data exponential-alone/units.csv | tail -n 10 >alone.csv
same_file 'and alone, drawn without being asked to' alone.csv in-a-grid.csv
for threads in 1 2 7; do
  study "mixtures-$threads" mixtures --order 3,5 --temperature .3,.5 --neurons 100,128 --replicas 8 --sweeps 30 --threads $threads
done
same_study 'mixtures on 2 threads' mixtures-1 mixtures-2
same_study 'mixtures on 7 threads' mixtures-1 mixtures-7
for ensemble in orthogonal binary; do
  for threads in 1 2 7; do
    study "$ensemble-$threads" continuous --neurons 20,65 --patterns 3,12 --k 2.5,4,6 --replicas 8 --ensemble $ensemble --threads $threads
  done
  study "$ensemble-alone" continuous --neurons 65 --patterns 12 --k 4 --replicas 8 --ensemble $ensemble
  same_study "continuous, $ensemble patterns, on 2 threads" "$ensemble-1" "$ensemble-2"
  same_study "continuous, $ensemble patterns, on 7 threads" "$ensemble-1" "$ensemble-7"
  data "$ensemble-1/units.csv" | grep '^65,12,4,' >of-the-grid
  data "$ensemble-alone/units.csv" | grep '^65,12,4,' >alone
  same_file "a point of continuous, $ensemble patterns, without the rest of the grid" of-the-grid alone
done

for threads in 1 3; do
  study "two-body-$threads" two-body --neurons 20,30 --degree 2,3 --tau-ratio .2,1 --replicas 6 --threads $threads
  study "softmax-$threads" two-body --model softmax --neurons 20,30 --tau-ratio .2,1 --replicas 6 --threads $threads
  study "completion-$threads" completion --patterns 5,20 --beta 5,50 --replicas 6 --mask-kind random --threads $threads
done
same_study 'two-body on 3 threads' two-body-1 two-body-3
same_study 'two-body of the softmax memory on 3 threads' softmax-1 softmax-3
same_study 'completion on 3 threads' completion-1 completion-3

# ---- kernels, and patterns that are not kept ----

for order in sequential random synchronous; do
  study "plain-$order" capacity --neurons 100,257 --alpha .05,.14,.2 --replicas 20 --update-order $order --kernel portable
  same_study "$order updates in plain C" "$order-1" "plain-$order"
  study "kept-$order" capacity --neurons 1000 --alpha .12,.2 --replicas 2 --update-order $order --threads 1
  study "lean-$order" capacity --neurons 1000 --alpha .12,.2 --replicas 2 --update-order $order --threads 1 --max-memory 90K
  check 'which says so' grep -q '200 patterns of 1000 neurons, .* KiB in all, do not fit: they are drawn again' "$err"
  same_study "$order updates of patterns drawn again at each reading" "kept-$order" "lean-$order"
done
expect 0 env HEBB_KERNEL=portable "$HEBB" run crosstalk --neurons 64,100 --alpha .1,.3 --replicas 50 --starts 2 --out crosstalk-plain
same_study 'crosstalk in plain C, by the environment' crosstalk-1 crosstalk-plain
# fixed_points FOLDER WORDS: stability, whatever else the words say
fixed_points() {
  folder=$1
  shift
  study "$folder" stability --interaction both --degree 2,3 --neurons 18,21 --load .8,1.2 --replicas 10 "$@"
}
fixed_points stability-1 --threads 1
fixed_points stability-3 --threads 3
fixed_points stability-plain --kernel portable
same_study 'stability on 3 threads' stability-1 stability-3
same_study 'stability in plain C' stability-1 stability-plain
study mixtures-plain mixtures --order 3,5 --temperature .3,.5 --neurons 100,128 --replicas 8 --sweeps 30 --kernel portable
same_study 'mixtures in plain C' mixtures-1 mixtures-plain

# ---- columns ----

equal 'every replica is in units.csv' "$(data sequential-1/units.csv | wc -l)" $((1 + 2 * 3 * 20))
equal 'the columns of capacity begin as they always did' "$(header sequential-1/units.csv | cut -d, -f1-9)" \
  alpha,n_neurons,n_patterns,replica,m,m_initial,sweeps,flips,energy
equal 'the columns of its verdict' "$(header sequential-1/verdict.csv)" \
  quantity,alpha,n_neurons,n_patterns,simulation,simulation_err,theory,z,tolerance,verdict,note
equal 'and of the verdict on crosstalk' "$(header crosstalk-1/verdict.csv)" "$(header sequential-1/verdict.csv)"
for column in m m_err m_theory m_z; do
  check "summary.csv has a column $column" sh -c 'printf ",%s," "$1" | grep -q ",$2,"' sh "$(header sequential-1/summary.csv)" $column
done

# ---- a part of the grid ----

study part capacity --neurons 257 --alpha .2,.05 --replicas 20
data part/units.csv | sed 1d | sort >one.csv
data sequential-1/units.csv | grep -E '^0\.(05|2),257,' | sort >other.csv
same_file 'a part of the grid has the replicas of the whole' one.csv other.csv
study part-of-crosstalk crosstalk --neurons 100 --alpha .3 --replicas 50 --starts 2
data part-of-crosstalk/units.csv | sed 1d >one.csv
data crosstalk-1/units.csv | grep '^0\.3,100,' >other.csv
same_file 'also of crosstalk' one.csv other.csv
study fewer capacity --neurons 100,257 --alpha .05,.14,.2 --replicas 7
data sequential-1/units.csv | awk -F, 'NR == 1 || $4 < 7' >one.csv
data fewer/units.csv >other.csv
same_file 'fewer replicas are the first of the many' one.csv other.csv

# ---- seeds ----

# seeded FOLDER OPTION...: at a load where the order of updates matters
seeded() {
  seeded_folder=$1
  shift
  study "$seeded_folder" capacity --neurons 200 --alpha .2 --replicas 5 --update-order random "$@"
}
seeded default
seeded one --seed 1
seeded seven --seed 7
seeded both --pattern-seed 7 --dynamics-seed 7 --seed 3
seeded patterns --pattern-seed 7
seeded dynamics --dynamics-seed 7
same_study 'the seed is 1 where none is given' default one
differ 'another seed, other numbers' one seven
same_units '--seed is both seeds' seven both
differ 'another --pattern-seed, other numbers' one patterns
differ 'another --dynamics-seed, other numbers' one dynamics
differ '--pattern-seed alone is not --seed' seven patterns
differ '--dynamics-seed alone is not --seed' seven dynamics
for seed in 1 7; do # few patterns are stable: the energy is theirs, and nothing moves
  for part in pattern dynamics; do
    study "still-$part-$seed" capacity --neurons 200 --alpha .02 --replicas 5 --update-order random "--$part-seed" $seed
  done
done
same_units 'the patterns do not depend on --dynamics-seed' still-dynamics-1 still-dynamics-7
differ 'the patterns depend on --pattern-seed' still-pattern-1 still-pattern-7
study 0 capacity --neurons 100 --alpha .2 --replicas 5 --seed 9007199254740992
study 1 capacity --neurons 100 --alpha .2 --replicas 5 --seed 9007199254740991
differ 'neighbouring seeds of 53 bits differ' 0 1

# ---- the user's patterns: by what is in the file, not by its name and form ----

mkdir 'a folder'
awk 'BEGIN { # 12 patterns of 40 signs
  for (i = 0; i < 12; i++)
    for (j = 0; j < 40; j++) printf "%d%s", (i * i + 7 * j * j + i * j) % 11 % 2 ? 1 : -1, j < 39 ? "," : "\n"
}' >signs.csv
sed 's/-1/0/g' signs.csv >'a folder/bits.csv'
{ printf '\0\0\010\002\0\0\0\014\0\0\0\050' && tr -d ',\n' <'a folder/bits.csv' | tr 01 '\000\001'; } >signs.idx
gzip -c signs.idx >'a folder/signs.idx.gz'
n=0
for file in signs.csv 'a folder/bits.csv' signs.idx 'a folder/signs.idx.gz'; do
  n=$((n + 1))
  study "file-$n" capacity --patterns-file "$file" --alpha .1,.25 --replicas 5
  for table in file-1/*.csv; do same_file "patterns from $file" "$table" "file-$n/${table##*/}"; done
  check 'and it is the same study' sh -c 'grep fingerprint file-1/manifest.json | grep -qFf - "$1"' sh "file-$n/manifest.json"
done
check 'no path is in a table' sh -c '! grep -F "signs.csv" file-1/*.csv file-1/*.meta.json'
study subset capacity --patterns-file signs.csv --alpha .25 --replicas 5
data subset/units.csv | sed 1d >one.csv
data file-1/units.csv | grep '^0\.25,' >other.csv
same_file 'also with patterns from a file a part of the grid is the whole one'\''s' one.csv other.csv

# ---- surroundings ----

set -- capacity --neurons 100 --alpha .1,.2 --replicas 5 --threads 2
study plain "$@"
expect 0 env -i "$HEBB" run "$@" --out no-environment
same_study 'an empty environment' plain no-environment
for locale in de_DE.UTF-8 nonsense; do
  expect 0 env LC_ALL=$locale LANG=$locale LC_NUMERIC=$locale "$HEBB" run "$@" --out "locale-$locale" --quiet
  same_study "LC_ALL=$locale" plain "locale-$locale"
done
expect 0 env -u TMPDIR -u HOME OMP_NUM_THREADS=3 OMP_DYNAMIC=true PATH="$PATH" "$HEBB" run "$@" --out omp
same_study 'no TMPDIR, no HOME, and wishes to OpenMP' plain omp
for closed in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
  expect 0 sh -c "exec \"\$@\" $closed" sh "$HEBB" run "$@" --out "closed $closed"
  same_study "with $closed" plain "closed $closed"
done
expect 0 sh -c 'umask 077 && exec "$@"' sh "$HEBB" run "$@" --out private
same_study 'umask 077' plain private
mkdir target
ln -s target link
study link "$@"
check 'a folder that is a link stays one' test -L link
same_study 'a folder that is a link' plain target
study deep/er/and/deeper/ "$@"
same_study 'a folder in folders to be made' plain deep/er/and/deeper
study "$scratch/absolute" "$@"
same_study 'an absolute path' plain "$scratch/absolute"
(cd target && "$HEBB" run "$@" --out ../from-elsewhere) 2>"$err" || fail "from another folder: $(cat "$err")"
same_study 'from another folder' plain from-elsewhere
study plain "$@" --threads 1
same_study 'once more into the same folder' link plain
study bare "$@" --csv-plain
same_units '--csv-plain' plain bare
check '--csv-plain has no # lines' sh -c '! grep "^#" bare/*.csv'

# ---- kill -9: what has a name is whole ----

set -- capacity --neurons 300 --alpha .1,.14,.2 --replicas 60 --threads 1
study whole "$@"
for delay in 0 .02 .04 .07 .1 .15; do
  folder=killed-$delay
  PATH=$PATH_WITHOUT_GNUPLOT "$HEBB" run "$@" --quiet --out $folder 2>"$err" &
  sleep $delay
  kill -9 $! 2>/dev/null
  wait $! 2>/dev/null
  for file in "$folder"/*.csv "$folder"/*.json; do
    [ ! -e "$file" ] || same_file "killed after $delay s, what is there is whole" "$file" "whole/${file##*/}"
  done
done
study killed-0 "$@"
same_study 'and the study can be run again' whole killed-0

# ---- a temporary file that an earlier process of the same number left behind ----

mkdir left
expect 0 sh -c ': >left/.units.csv.$$.tmp; PATH=; exec "$@"' sh "$HEBB" run "$@" --quiet --out left
same_study 'a stale temporary file is in nobody'\''s way' whole left

finish
