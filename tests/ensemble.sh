#!/bin/sh
# A study survives: the same bytes whatever it is spread over, stopped by and gone on with, and no folder is spoiled.
# shellcheck disable=SC2016,SC2034 # texts for another shell; `what` is shell.sh's
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

forge_unit=$(dirname -- "$HEBB")/tests/forge_unit
shell=$(command -v sh)
PATH_WITHOUT_GNUPLOT=$scratch/nothing # all that follows is about numbers
mkdir "$PATH_WITHOUT_GNUPLOT"

# hebb WORD...: without a gnuplot
hebb() { env PATH="$PATH_WITHOUT_GNUPLOT" "$HEBB" "$@"; }

# same_results 'WHAT IT PROVES' FOLDER FOLDER: the same files with the same bytes, journals apart
same_results() {
  same_tables "$@"
  same_file "$1" "$2/manifest.json" "$3/manifest.json"
}

# the same of a figure's folders: their manifests say how each goes on
same_tables() {
  for file in "$2"/*.csv "$2"/*.meta.json; do same_file "$1" "$file" "$3/${file##*/}"; done
  equal "$1: as many files" "$(list "$2")" "$(list "$3")"
}
list() { (cd "$1" && find . ! -name 'journal*' | sort); }

# go_on: what the last message says
go_on() { env PATH="$PATH_WITHOUT_GNUPLOT" HEBB="$HEBB" "$shell" -c "$(sed 's/.*go on with: hebb/"$HEBB"/' "$scratch/message") --quiet"; }

# state FOLDER: what `hebb status` calls it
state() { "$HEBB" status "$1" | sed -n 2p | sed 's/.*,//'; }

# done_units FOLDER
done_units() { "$HEBB" status "$1" >done.csv && cell done.csv 1 n_done; }

# ---- threads ----

study='capacity --neurons 100,257 --alpha .05,.14,.2 --replicas 11'
# shellcheck disable=SC2086 # words
for threads in 1 2 3 8; do
  expect 0 hebb run $study --threads $threads --out "threads-$threads"
  same_results "$threads threads" threads-1 "threads-$threads"
done
equal 'a finished study is done' "$(state threads-1)" 'done'
expect 0 hebb status threads-1 threads-2
equal 'status: its columns' "$(header "$out")" folder,experiment,shard,n_units,n_done,n_damaged,state
equal 'status: a row a folder' "$(sed -n 2,3p "$out" | tr '\n' ';')" \
  'threads-1,capacity,1/1,66,66,0,done;threads-2,capacity,1/1,66,66,0,done;'

# ---- again, and from the beginning ----

cp -R threads-1 again
# shellcheck disable=SC2086
expect 0 hebb run $study --out again
check 'a study that is done is not computed again' grep -q '^capacity: all 66 units are in again already; --overwrite' "$err"
same_results 'the same command once more' threads-1 again
same_file 'its journal is as it was' threads-1/journal again/journal
rm again/summary.csv again/units.csv
expect 0 hebb resume again --quiet
same_results 'results that are gone are written anew' threads-1 again
# shellcheck disable=SC2086
expect 0 hebb run $study --out again --overwrite --threads 1
same_results '--overwrite' threads-1 again
check 'it begins again' sh -c '! grep -q already "$1"' sh "$err"
equal 'with a journal of its own' "$(wc -c <again/journal)" "$(wc -c <threads-1/journal)"
refuse 64 'holds another study' hebb run capacity --neurons 100 --alpha .2 --replicas 4 --out again
same_file 'a refused one changes nothing' threads-1/journal again/journal
expect 0 hebb run capacity --neurons 100 --alpha .2 --replicas 4 --out again --overwrite
equal '--overwrite takes another study'\''s folder' "$(done_units again)" 4

# ---- what is no file in a file's place ----

cp -R again odd
rm odd/journal
mkfifo odd/journal
refuse 66 '^hebb: odd/journal: is a pipe' hebb status odd
refuse 66 '^hebb: odd/journal: is a pipe' hebb resume odd --quiet
expect 0 hebb run capacity --neurons 100 --alpha .2 --replicas 4 --out odd --overwrite --quiet
same_file '--overwrite replaces a pipe' again/summary.csv odd/summary.csv
rm odd/manifest.json
mkfifo odd/manifest.json
refuse 66 '^hebb: odd/manifest.json: is a pipe' hebb status odd
refuse 64 '^hebb: odd/manifest.json: is no regular file' \
  hebb run capacity --neurons 100 --alpha .2 --replicas 4 --out odd --overwrite --quiet

# ---- shards ----

# shellcheck disable=SC2086
for n in 1 2 5; do
  k=0
  while [ $k -lt $n ]; do
    k=$((k + 1))
    expect 0 hebb run $study --shard $k/$n --threads $((1 + k % 3)) --out "shard-$k-of-$n"
  done
done
check 'a shard says that it is one' grep -q '^capacity: shard 5/5 is done, 13 units; hebb merge joins it' "$err"
absent 'a shard is not reported' shard-1-of-2/summary.csv
expect 0 hebb merge shard-1-of-1 --out joined-1 --quiet
expect 0 hebb merge shard-1-of-2 shard-2-of-2 --out joined-2
expect 0 hebb merge shard-2-of-2 shard-1-of-2 --out joined-2-backwards
expect 0 hebb merge shard-3-of-5 shard-1-of-5 shard-5-of-5 shard-2-of-5 shard-4-of-5 --out joined-5
expect 0 hebb merge shard-4-of-5 shard-5-of-5 shard-1-of-5 shard-3-of-5 shard-2-of-5 --out joined-5-otherwise
expect 0 hebb merge shard-1-of-2 shard-2-of-5 shard-2-of-2 --out joined-mixed
for folder in joined-1 joined-2 joined-2-backwards joined-5 joined-5-otherwise joined-mixed; do
  same_results "$folder" threads-1 $folder
done
cp joined-2/journal journal-joined
expect 0 hebb merge joined-2 joined-5 --out joined-2
same_results 'joined once more into one of them' threads-1 joined-2
same_file 'whose journal has them once' journal-joined joined-2/journal
expect 0 hebb merge shard-1-of-2 shard-2-of-2 --out joined-5 --overwrite
same_results 'and over another one' threads-1 joined-5

# shellcheck disable=SC2086
expect 75 hebb run $study --shard 2/3 --time-limit 0 --out unfinished
# shellcheck disable=SC2086
expect 0 hebb run $study --shard 1/3 --out finished
expect 75 hebb merge finished unfinished --out part
check 'a shard that is not finished is named' grep -q \
  '^merge: unfinished, shard 2/3, is unfinished: 22 of its 22 units are missing; hebb resume unfinished$' "$err"
check 'and one that is not given' grep -q '^merge: no folder of shard 3/3 is given: 22 units are missing$' "$err"
check 'and what to do' grep -q '^hebb: merge: 22 of 66 units are in part now; .*with: hebb resume part$' "$err"
equal 'what there is has been joined' "$(done_units part)" 22
absent 'a part is not reported' part/summary.csv
expect 0 hebb resume unfinished --quiet
expect 75 hebb merge finished unfinished --out part --quiet
equal 'merging goes on where it was' "$(done_units part)" 44
expect 0 hebb resume part --quiet
same_results 'and what is missing can be computed there' threads-1 part

# Options that exclude one another, or others' usual values: a manifest holds none that its study would refuse.
joined=0
for exclusive in 'exponential --neurons 12 --alpha .3 --curve 0' 'exponential --neurons 12 --curve 0' \
  'stability --interaction exponential --neurons 12' 'stability --interaction power --neurons 20 --load 1' \
  'two-body --neurons 6 --tau-ratio 1' 'two-body --model softmax --neurons 6 --tau-ratio 1'; do
  joined=$((joined + 1))
  for shard in 1 2; do
    # shellcheck disable=SC2086 # words
    expect 0 hebb run $exclusive --replicas 2 --shard $shard/2 --out "exclusive-$joined-$shard" --quiet
  done
  expect 0 hebb merge "exclusive-$joined-1" "exclusive-$joined-2" --out "exclusive-$joined" --quiet
done

refuse 64 '^hebb: merge: give the folders' hebb merge --out nothing
refuse 64 '--out DIR is needed' hebb merge finished
refuse 66 '^hebb: missing: is no study' hebb merge finished missing --out nothing
refuse 64 '^hebb: finished and again hold different studies: hebb run capacity .*; hebb run capacity' \
  hebb merge finished again --out nothing
refuse 64 '^hebb: finished: holds shard 1/3 of this study, not 1/1' hebb merge finished unfinished --out finished --quiet
refuse 64 '^hebb: \./finished: is to be joined and cannot be overwritten' \
  hebb merge ./finished unfinished --out "$PWD/finished" --overwrite
ln -s finished link
refuse 64 '^hebb: link: is to be joined and cannot be overwritten' hebb merge link unfinished --out finished --overwrite
equal 'which is as it was' "$(done_units finished)" 22
absent 'nothing is made where it is refused' nothing
cp -R shard-1-of-2 forged
check 'a unit is forged' "$forge_unit" forged 33
refuse 65 'unit 33 has a different result here than in what was read before' \
  hebb merge forged shard-2-of-2 --out conflict --quiet
refuse 65 'unit 33 has a different result' hebb merge shard-2-of-2 forged --out conflict --quiet
absent 'a conflict is not reported' conflict/summary.csv
expect 0 hebb merge shard-1-of-2 shard-2-of-2 --out conflict --quiet
same_results 'nor kept' threads-1 conflict
check 'a unit is forged where it is already' "$forge_unit" conflict 33
refuse 65 'unit 33 has a different result' hebb resume conflict --quiet

for shard in 0/3 4/3 1/0 -1/3; do
  refuse 65 "^hebb: --shard: '$shard' is out of range" hebb run capacity --shard $shard --out nothing
done
for shard in x 1 1/3/5 /; do refuse 64 '^hebb: --shard: .* is no shard' hebb run capacity --shard "$shard" --out nothing; done
# shellcheck disable=SC2086
refuse 64 'holds shard 1/3 of this study, not 2/3' hebb run $study --shard 2/3 --out finished
# shellcheck disable=SC2086
refuse 64 'holds shard 1/3 of this study, not 1/1' hebb run $study --out finished
absent 'and nothing is made' nothing

# ---- arrays of jobs ----

# array ID COUNT MIN STEP WORD...
array() {
  slurm="SLURM_ARRAY_TASK_ID=$1 SLURM_ARRAY_TASK_COUNT=$2 SLURM_ARRAY_TASK_MIN=$3 SLURM_ARRAY_TASK_STEP=$4"
  shift 4
  # shellcheck disable=SC2086
  env $slurm PATH="$PATH_WITHOUT_GNUPLOT" "$HEBB" "$@"
}
# shellcheck disable=SC2086
for id in 4 6 8; do expect 0 array $id 3 4 2 run $study --out array-$id --quiet; done
expect 0 hebb status array-4 array-6 array-8
equal 'a task computes its part' "$(sed 1d "$out" | cut -d, -f3 | tr '\n' ' ')" '1/3 2/3 3/3 '
expect 0 array 4 3 4 2 merge array-8 array-4 array-6 --out joined-array --quiet
same_results 'an array of jobs' threads-1 joined-array
expect 0 array 4 3 4 2 resume array-6 --quiet
equal 'a study goes on with the part it has' "$(done_units array-6)" 22
# shellcheck disable=SC2086
expect 0 array 4 3 4 2 run $study --shard 3/3 --out array-8 --quiet
refuse 64 'SLURM_ARRAY_TASK_ID = 5 is none of the array.s 3 tasks from 4 in steps of 2; give --shard' \
  array 5 3 4 2 run capacity --out nothing
refuse 64 "SLURM_ARRAY_TASK_COUNT: 'x' is no number" array 5 x 4 2 run capacity --out nothing

# ---- time limits ----

# shellcheck disable=SC2086
refuse 75 '^hebb: capacity: stopped by the time limit: 0 of 66 units are done and kept; go on with: hebb resume limited$' \
  hebb run $study --time-limit 0 --out limited
equal 'a stopped study is stopped' "$(state limited)" stopped
rounds=0
status=75
while [ "$status" -eq 75 ] && [ "$rounds" -lt 200 ]; do
  rounds=$((rounds + 1))
  status=0
  limit=$(awk -v k=$rounds 'BEGIN { print 0.002 * k }') # a little more each time: starting takes some of it
  hebb resume limited --quiet --time-limit "$limit" --threads 2 >"$out" 2>"$err" || status=$?
done
equal 'a study that goes on little by little comes to its end' "$status" 0
same_results 'a little at a time' threads-1 limited
refuse 64 '^hebb: --time-limit: .* is no span of time' hebb resume limited --time-limit soon
refuse 65 '^hebb: --time-limit: .* is out of range' hebb resume limited --time-limit -1

# ---- signals ----

# in_the_background FOLDER WORD...: until its journal holds a unit; sets pid
in_the_background() {
  background=$1
  shift
  env PATH="$PATH_WITHOUT_GNUPLOT" "$HEBB" "$@" --quiet >"$out" 2>"$err" </dev/null &
  pid=$!
  tries=0
  until [ -s "$background/journal" ] && [ "$(wc -c <"$background/journal")" -ge 120 ]; do
    tries=$((tries + 1))
    [ $tries -lt 1000 ] || break
    sleep .02
  done
}

# wait_for_it: sets status
wait_for_it() {
  status=0
  wait "$pid" 2>"$scratch/said" || status=$?
}

long='capacity --neurons 1000 --alpha .13 --replicas 30000'
# shellcheck disable=SC2086
expect 0 hebb run $long --out undisturbed --quiet
# shellcheck disable=SC2086
in_the_background signalled run $long --threads 2 --out signalled
equal 'a study at work is running' "$(state signalled)" running
cp -R signalled before
# shellcheck disable=SC2086
refuse 64 '^hebb: signalled/journal: another process is at work on this study' hebb run $long --out signalled --quiet
refuse 64 'another process is at work' hebb resume signalled --quiet
# shellcheck disable=SC2086
refuse 64 'another process is at work' hebb run $long --out signalled --quiet --overwrite
size=$(wc -c <before/journal)
head -c "$size" signalled/journal >after
same_file 'two who were refused have changed nothing' before/journal after
same_file 'nor the manifest' before/manifest.json signalled/manifest.json
before=0
for signal in TERM INT USR1 XCPU; do
  kill -$signal "$pid"
  wait_for_it
  equal "SIG$signal: the exit status" "$status" 75
  equal "SIG$signal: a line" "$(wc -l <"$err")" 1
  check "SIG$signal: the line says how to go on" grep -Eq \
    "^hebb: capacity: stopped by SIG$signal: [0-9]+ of 30000 units are done and kept; go on with: hebb resume signalled$" "$err"
  equal "SIG$signal: the study is stopped" "$(state signalled)" stopped
  after=$(done_units signalled)
  check "SIG$signal: what it did is kept" test "$after" -gt "$before" -a "$after" -lt 30000
  before=$after
  [ $signal = XCPU ] || in_the_background signalled resume signalled --threads 2
  tries=0
  until [ "$(done_units signalled)" -gt "$before" ] || [ $tries -eq 500 ]; do
    [ $signal != XCPU ] || break
    tries=$((tries + 1))
  done
done
expect 0 hebb resume signalled --quiet --threads 3 --kernel portable
same_results 'stopped by four signals, gone on with other threads and another kernel' undisturbed signalled

# a unit of a second or so that does not look whether it is to stop
in_the_background twice run capacity --neurons 100,30000 --alpha .2 --replicas 1 --update-order random --threads 1 --out twice
kill -INT "$pid"
sleep .1
kill -INT "$pid" 2>/dev/null
wait_for_it
if [ "$status" -eq 75 ] || [ "$status" -eq 0 ]; then
  printf 'the unit was faster than two signals\n'
else
  equal 'a second SIGINT leaves at once' "$status" 130
fi
equal 'and loses nothing' "$(done_units twice)" 1

# ---- figures ----

mkdir 'my figure'
cp "$HEBB_FIGURES/capacity/plot.gp" 'my figure'
cat >'my figure/recipe.conf' <<'RECIPE'
title = Two runs

[run capacity]
neurons = 100
alpha = .1,.12
replicas = 5

[run crosstalk as other]
neurons = 64
alpha = .1
replicas = 5
RECIPE
expect 0 hebb figure './my figure' --out figure --seed 5 --csv-plain --quiet
refuse 75 "go on with: hebb figure './my figure' --size quick --seed 5 --csv-plain --out 'a stopped one'\$" \
  hebb figure './my figure' --out 'a stopped one' --seed 5 --csv-plain --quiet --time-limit 0
cp "$err" "$scratch/message"
refuse 64 "is part of a figure, which goes on with: hebb figure './my figure' --size quick --seed 5" \
  hebb resume 'a stopped one'
expect 0 go_on
same_tables 'a figure goes on as its message says' figure 'a stopped one'
same_tables 'with all its runs' figure/other 'a stopped one/other'

# ---- plans ----

expect 0 hebb plan capacity --neurons 100 --alpha .1,.2 --replicas 7 --shard 2/2
equal 'plan: its columns' "$(header "$out")" \
  alpha,n_neurons,n_patterns,n_units,n_done,seconds_each,seconds_left,bytes,status
equal 'plan: the shard'\''s units' "$(cell "$out" 1 n_units),$(cell "$out" 2 n_units),$(cell "$out" 1 n_done)" 3,4,0
check 'plan: what it takes in all' grep -Eq \
  '^capacity: 7 units at 2 points, 0 done; memory: .* for each of .* threads?, .* for the results; time left: about ' "$err"
cp -R unfinished planned
expect 0 hebb plan planned --quiet
equal 'plan: a folder'\''s' "$(data "$out" | awk -F, 'NR > 1 { n += $4; m += $5 } END { print n "," m }')" 22,22
same_file 'plan changes nothing' unfinished/journal planned/journal
same_file 'nor what says what it is' unfinished/manifest.json planned/manifest.json
refuse 66 'is no study.s folder' hebb plan ./missing
refuse 64 'unknown experiment capacit; did you mean capacity' hebb plan capacit

# ---- folders that are not as they should be ----

refuse 66 '^hebb: missing: is no study.s folder: it has no manifest.json' hebb resume missing
refuse 66 '^hebb: \.: is no study.s folder' hebb resume .
refuse 66 'is no study.s folder' hebb status threads-1/journal
refuse 64 'give one folder' hebb resume
refuse 64 'give one folder' hebb resume threads-1 threads-2
refuse 64 'give the folders' hebb status

# damaged FOLDER COMMAND...: a copy of an unfinished study, with a manifest changed by sed; the journal stays
damaged() {
  cp -R limited-copy "$1"
  sed "$2" limited-copy/manifest.json >"$1/manifest.json"
}
# shellcheck disable=SC2086
expect 75 hebb run $study --time-limit 0 --out limited-copy --quiet
damaged cut '$d'
refuse 65 '^hebb: cut/manifest.json:[0-9]+: ' hebb resume cut
damaged other-shard 's|1/1|1/2|'
refuse 65 '^hebb: other-shard/manifest.json: is damaged' hebb resume other-shard
damaged other-options 's|"replicas": "11"|"replicas": "12"|'
refuse 65 '^hebb: other-options/manifest.json: is damaged' hebb resume other-options
damaged other-version 's|"hebb": "|"hebb": "0.|'
refuse 65 '^hebb: other-version/manifest.json: ' hebb resume other-version
damaged other-study 's|--alpha 0.05|--alpha 0.06|'
refuse 65 '^hebb: other-study/manifest.json: is damaged' hebb resume other-study
# shellcheck disable=SC2086
expect 0 hebb run $study --out other-options --quiet
same_results 'the command that began it mends a manifest' threads-1 other-options

cp -R threads-1 torn
head -c 1000 threads-1/journal >torn/journal
expect 0 hebb resume torn
check 'what a journal has lost is told' grep -Eq '^capacity: [0-9]+ of 66 units are in torn already$' "$err"
same_results 'and computed again' threads-1 torn
printf 'XXXXXXXXXXXXXXXXXXXXXXXX' | dd of=torn/journal bs=1 seek=500 conv=notrunc 2>/dev/null
equal 'damaged records are counted' "$("$HEBB" status torn | sed -n 2p | cut -d, -f6 | grep -c '^[12]$')" 1
expect 0 hebb resume torn
check 'damaged records are told' grep -Eq '^capacity: [12] damaged records in the journal; their units are computed again$' "$err"
same_results 'and computed again as well' threads-1 torn
: >torn/journal
expect 0 hebb resume torn --quiet
same_results 'an empty journal' threads-1 torn
cp again/journal torn/journal
refuse 65 '^hebb: torn/journal: is another study.s' hebb resume torn

# ---- damaged and lost manifests ----

# The study's own journal says whose the folder is; another command is refused as before.
for damage in 'head -c 300' 'sed s/hebb.run/habb.run/' 'sed s/fingerprint/fingerbrand/' 'head -c 0'; do
  rm -rf hurt && cp -R limited-copy hurt
  $damage limited-copy/manifest.json >hurt/manifest.json
  refuse 65 '^hebb: hurt/manifest.json' hebb resume hurt
  refuse 64 'overwrite' hebb run capacity --neurons 64 --alpha .3 --replicas 2 --out hurt
  # shellcheck disable=SC2086
  expect 0 hebb run $study --out hurt
  same_results "after «$damage» the command goes on" threads-1 hurt
  same_file 'and the manifest is as it was' hurt/manifest.json threads-1/manifest.json
done
cp -R limited-copy lost
rm lost/manifest.json
cp lost/journal before-lost
# shellcheck disable=SC2086
expect 0 hebb run $study --out lost
check 'with the units that were there' sh -c 'head -c "$(wc -c <before-lost)" lost/journal | cmp - before-lost'
same_results 'without a manifest too' threads-1 lost

# ---- what killed processes leave behind ----

cp -R limited-copy litter
sh -c ': >"litter/.units.csv.$$.0.tmp"; : >"litter/.my.tmp"'
: >"litter/.units.csv.$$.0.tmp" # of a process that is there
expect 0 hebb resume litter
equal 'temporary files of processes that are gone are removed, and no others' "$(find litter -name '.*.tmp' | wc -l)" 2

# ---- several folders, and - ----

expect 66 hebb status threads-1 nowhere limited-copy
equal 'a folder that is none does not hide the others' "$(wc -l <"$out")" 3
expect 0 hebb status threads-1 -o -
equal '- is standard output' "$(wc -l <"$out")" 2
absent 'and no file' ./-

awk 'BEGIN { for (i = 0; i < 8; i++) for (j = 0; j < 30; j++) printf "%d%s", (i * i + 7 * j * j + i * j) % 11 % 2 ? 1 : -1, j < 29 ? "," : "\n" }' >signs.csv
expect 75 hebb run capacity --patterns-file signs.csv --alpha .1,.2 --replicas 6 --time-limit 0 --out patterns --quiet
mv signs.csv elsewhere.csv
refuse 66 '^hebb: signs.csv: ' hebb resume patterns
sed '1s/-1/1/' elsewhere.csv >signs.csv
refuse 65 'is not the study that its options make now: a file that it read has changed' hebb resume patterns
expect 0 hebb run capacity --patterns-file elsewhere.csv --alpha .1,.2 --replicas 6 --out patterns --quiet
mv elsewhere.csv signs.csv
expect 0 hebb resume patterns --quiet

for folder in 'a folder' "it's" '-x' 'a"b' '$(x)'; do
  # shellcheck disable=SC2086
  expect 75 hebb run $study --out "$folder" --time-limit 0 --quiet
  equal "«$folder»: a line" "$(wc -l <"$err")" 1
  cp "$err" "$scratch/message"
  expect 0 go_on
  same_results "«$folder»" threads-1 "./$folder"
  expect 0 hebb status "./$folder"
done
newline=$(printf 'a\nb')
refuse 64 '^hebb: --out: a control character' hebb run capacity --out "$newline"
mv ./-x "$newline"
expect 0 hebb resume "$newline" --quiet
same_results 'a name with a newline' threads-1 "$newline"
expect 0 hebb status "$newline"
refuse 66 '^hebb: a.c: is no study' hebb resume "$(printf 'a\nc')"

# ---- folders that may not be written ----

as_nobody=
[ "$(id -u)" -ne 0 ] || as_nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
cp -R limited-copy locked
chmod a+rx "$scratch" . locked
chmod a-w locked locked/*
chmod a+r locked/*
# shellcheck disable=SC2086
if $as_nobody test -r "$HEBB_FIGURES" && $as_nobody "$HEBB" status locked >"$out" 2>&1 && ! $as_nobody sh -c ': >locked/x' 2>/dev/null; then
  equal 'a folder that may only be read has a status' "$(sed -n 2p "$out")" locked,capacity,1/1,66,0,0,stopped
  refuse 74 '^hebb: locked/.*: cannot be written: Permission denied' $as_nobody "$HEBB" resume locked
  refuse 74 'Permission denied' $as_nobody "$HEBB" run $study --out locked/deeper
  refuse 74 'Permission denied' $as_nobody "$HEBB" merge limited-copy --out locked/deeper
fi
refuse 74 '^hebb: threads-1/journal: is a file' hebb run capacity --out threads-1/journal

finish
