#!/bin/sh
# hebb-mpi: the bytes of a study do not depend on the number of ranks; a job that a rank, a signal or a failure ends can be
# gone on with; whatever there is to say is said once.
#
#   HEBB_MPI     hebb-mpi, by its absolute path
#   HEBB_MPIRUN  what starts ranks: takes -n
# shellcheck disable=SC2016 # texts for another shell
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

[ -x "${HEBB_MPI:-}" ] || skip 'hebb-mpi is not built: configure with --enable-mpi'
command -v "${HEBB_MPIRUN:=mpirun}" >/dev/null || skip "$HEBB_MPIRUN is not there: nothing starts the ranks"
if [ "$(id -u)" -eq 0 ]; then
  OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  export OMPI_ALLOW_RUN_AS_ROOT OMPI_ALLOW_RUN_AS_ROOT_CONFIRM
fi
OMPI_MCA_rmaps_base_oversubscribe=1 PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe
export OMPI_MCA_rmaps_base_oversubscribe PRTE_MCA_rmaps_default_mapping_policy
HANG=60 # seconds
export HEBB_MPI

# What each rank does first: its number, its process in a file; then what $before says; it draws nothing.
cat >rank.sh <<'EOF'
rank=${OMPI_COMM_WORLD_RANK:-${PMIX_RANK:-${PMI_RANK:-0}}}
echo $$ >"pid.$rank"
eval "${before:-}"
PATH=/nothing exec "$@"
EOF

# ranks N OPTION...: the program on so many ranks
ranks() {
  n_ranks=$1
  shift
  rm -f pid.*
  timeout -k 5 $HANG "$HEBB_MPIRUN" -n "$n_ranks" /bin/sh rank.sh "$HEBB_MPI" "$@"
}

# alone OPTION...: the other program, which draws nothing either
alone() { PATH=/nothing "$HEBB" "$@"; }

# says_once 'WHAT IT PROVES' PATTERN: the one line of the program's own
says_once() {
  equal "$1: lines" "$(grep -c '^hebb: ' "$err")" 1
  check "$1" grep -Eq -e "^hebb: .*$2" "$err"
}

# same_study 'WHAT IT PROVES' FOLDER FOLDER
same_study() {
  for file in "$2"/*.csv "$2"/*.json; do same_file "$1" "$file" "$3/${file##*/}"; done
}

# records FOLDER: in its journals
records() {
  numbers=$(sed -n 's/.*"numbers": \([0-9]*\).*/\1/p' "$1/manifest.json")
  for journal in "$1"/journal*; do wc -c <"$journal"; done |
    awk -v size=$((16 + 8 * numbers)) '{ n += int(($1 - 56) / size) } END { print n }'
}

# ---- ranks and threads ----

set -- run capacity --neurons 100,257 --alpha .05,.14,.2 --replicas 20
expect 0 alone "$@" --out one
for n in 1 2 4; do
  for threads in 1 2; do
    expect 0 ranks $n "$@" --threads $threads --out "ranks-$n-$threads"
    same_study "$n ranks of $threads threads" one "ranks-$n-$threads"
    equal "each unit is done once by $n ranks of $threads threads" "$(records "ranks-$n-$threads")" 120
  done
done
equal 'each rank has a journal' "$(cd ranks-4-1 && echo journal*)" 'journal journal.1 journal.2 journal.3'
expect 0 ranks 2 "$@" --out default
same_study 'as many threads as there are processors' one default
expect 0 ranks 4 "$@" --out ranks-4-1
check 'a study that is done is not done again' grep -q 'all 120 units are in ranks-4-1 already' "$err"
expect 0 ranks 3 "$@" --overwrite --out ranks-4-1
same_study 'and --overwrite does' one ranks-4-1
absent 'the journals of more ranks are gone then' ranks-4-1/journal.3
expect 0 "$HEBB_MPI" "$@" --out bare # with a PATH: Open MPI looks there for what it starts
same_study 'one rank that nobody started' one bare
expect 0 alone run capacity --neurons 100 --alpha .1 --replicas 2 --out few
expect 0 ranks 4 run capacity --neurons 100 --alpha .1 --replicas 2 --threads 2 --out few-by-many
same_study 'fewer units than ranks' few few-by-many
expect 0 alone run crosstalk --neurons 16 --alpha .25 --replicas 30000 --out many
expect 0 ranks 4 run crosstalk --neurons 16 --alpha .25 --replicas 30000 --threads 1 --out many-by-four
same_study 'many small units' many many-by-four
equal 'each of them once' "$(records many-by-four)" 30000
for shard in 1 2; do
  expect 0 ranks 2 "$@" --shard $shard/2 --out "shard-$shard"
done
expect 0 alone merge shard-2 shard-1 --out merged
same_study 'shards by two ranks each' one merged

# ---- what is said, is said once ----

expect 0 "$HEBB" theory capacity
cp "$out" theory.csv
expect 0 ranks 3 theory capacity
same_file 'a table is printed once' "$out" theory.csv
for words in --help --version 'run --help' 'run capacity --help' 'resume --help'; do
  # shellcheck disable=SC2086 # words
  expect 0 "$HEBB" $words
  cp "$out" help
  # shellcheck disable=SC2086 # words
  expect 0 ranks 3 $words
  same_file "$words is answered once" "$out" help
done
expect 64 ranks 3 run capacity --neuron 100
says_once 'a wrong option' 'neuron'
expect 64 ranks 3 dance
says_once 'a wrong verb' 'dance'
expect 66 ranks 3 resume nowhere
says_once 'a study that is not there' 'nowhere'
expect 65 ranks 3 run capacity --neurons 100000 --alpha .1 --max-memory 5K --out much
says_once 'too little memory' 'limit asked for'

# ---- what is different at one rank ----

# one_rank RANK STATUS PATTERN WHAT OPTION...: that rank does something first
one_rank() {
  [ "$1" -eq 0 ] && by='' || by="rank $1: "
  before="[ \$rank -ne $1 ] || { $4; }" expected_status=$2 said=$by$3
  shift 4
  export before
  expect "$expected_status" ranks 3 "$@"
  says_once "$before" "$said"
  before=
}
awk 'BEGIN { for (i = 0; i < 12; i++) for (j = 0; j < 40; j++)
  printf "%d%s", (i * i + 7 * j * j + i * j) % 11 % 2 ? 1 : -1, j < 39 ? "," : "\n" }' >signs.csv
sed 's/^1/-1/' signs.csv >others.csv
echo 'replicas = 2' >small.conf
for rank in 0 2; do
  one_rank $rank 66 'gone.csv: .*No such file' 'cp signs.csv patterns-$rank.csv; set -- "$@" --patterns-file gone.csv' \
    run capacity --alpha .1 --out x
  one_rank $rank 66 'gone.conf: .*No such file' 'set -- "$@" --config gone.conf' run capacity --neurons 100 --alpha .1 --out x
done
one_rank 2 64 'HEBB_KERNEL: ' 'export HEBB_KERNEL=none' run capacity --neurons 100 --alpha .1 --out x
one_rank 1 70 'no thread to be had' 'export OMP_THREAD_LIMIT=1' run capacity --neurons 100 --alpha .1 --out x
one_rank 1 65 'another study here' 'shift 3; set -- "$HEBB_MPI" run capacity "$@" --patterns-file others.csv' \
  run capacity --patterns-file signs.csv --alpha .1 --out y
mkdir -p blocked/journal.2
expect 66 ranks 3 run capacity --neurons 100 --alpha .1 --out blocked
says_once 'a journal that cannot be one' 'blocked/journal.2: '
rmdir blocked/journal.2
expect 0 ranks 3 run capacity --neurons 100 --alpha .1 --out blocked
one_rank 1 74 'full/journal.1: cannot be written' 'trap "" XFSZ; ulimit -f 24000' \
  run crosstalk --neurons 16 --alpha .25 --replicas 100000 --threads 1 --out full
check 'and the others stop then' test "$(records full)" -lt 90000

# ---- a signal to a rank, the time limit ----

set -- run capacity --neurons 8000 --alpha .1,.14 --replicas 600 # a second or more
expect 0 alone "$@" --out long

# started FOLDER: the first record is in rank 0's journal
started() {
  tries=0
  while ! { [ -e "$1/journal" ] && [ "$(wc -c <"$1/journal")" -gt 100 ]; } && [ $tries -lt 1200 ]; do
    sleep .05
    tries=$((tries + 1))
  done
}

# in_background OPTION...: four ranks; their messages go to $err
in_background() {
  ranks 4 "$@" >"$out" 2>"$err" </dev/null &
  job=$!
}

# ended 'WHAT' STATUS: of the job; «any»: other than 0
ended() {
  wait $job
  status=$?
  check "$1: exit status $status" sh -c 'if [ "$2" = any ]; then [ "$1" -ne 0 ] && [ "$1" -ne 124 ]; else [ "$1" -eq "$2" ]; fi' \
    sh $status "$2"
  for file in pid.*; do
    tries=0
    while kill -0 "$(cat "$file")" 2>/dev/null && [ $tries -lt 100 ]; do sleep .05 && tries=$((tries + 1)); done
    check "$1: no rank is left" test $tries -lt 100
  done
}

# refuse_busy FOLDER OPTION...: nobody else works there; the job's messages stay
refuse_busy() {
  busy=$1
  shift
  n_checked=$((n_checked + 1))
  "$HEBB" "$@" --out "$busy" 2>said && fail "two at work in $busy"
  check 'another process is refused' grep -q 'another process is at work' said
}

# resumes 'WHAT' FOLDER: two ranks do so
resumes() {
  expect 0 ranks 2 resume "$2"
  same_study "$1, resumed by two ranks" long "$2"
}

# completes 'WHAT' FOLDER: two ranks do so, and one process
completes() {
  cp -R "$2" "$2-copy"
  resumes "$@"
  expect 0 alone resume "$2-copy"
  same_study "$1, resumed" long "$2-copy"
}

for case in USR1-0 TERM-3 INT-1; do
  signal=${case%-*} rank=${case#*-}
  in_background "$@" --threads 1 --out "$case"
  started "$case"
  equal 'the status while it runs' "$("$HEBB" status "$case" | sed -n '$s/.*,//p')" running
  refuse_busy "$case" "$@"
  kill -s "$signal" "$(cat "pid.$rank")"
  ended "SIG$signal to rank $rank" 75
  says_once 'it says how to go on' "stopped by SIG$signal.*of 1200 units are done and kept; go on with: hebb resume $case"
  check 'a part is done' test "$(records "$case")" -lt 1200
  resumes "SIG$signal to rank $rank" "$case"
done
expect 75 ranks 2 "$@" --threads 1 --time-limit 0.3s --out limit
says_once 'the time limit' 'stopped by the time limit'
resumes 'stopped by the time limit' limit
in_background "$@" --threads 1 --out mpirun
started mpirun
kill -s TERM $job # of timeout, which hands it on
ended 'SIGTERM to mpirun' any
completes 'SIGTERM to mpirun' mpirun

# ---- a rank that is killed ----

seed=${SEED:-1}
n_killed=0
for k in 1 2 3 4; do
  rank=$((k % 4)) folder=killed-$k
  delay=$(awk -v seed=$((seed + k)) 'BEGIN { srand(seed); printf "%.3f", rand() * .6 }')
  in_background "$@" --threads 1 --out $folder
  started $folder
  sleep "$delay"
  if kill -s KILL "$(cat pid.$rank)" 2>/dev/null; then
    n_killed=$((n_killed + 1))
    ended "rank $rank killed after $delay s" any
  else
    ended "nobody killed after $delay s" 0
  fi
  completes "rank $rank killed after $delay s" $folder
done
check "$n_killed of 4 ranks were killed in time" test $n_killed -gt 0

finish
