#!/bin/sh
# rbm.sh PROGRAM SCRIPT - CD-1 of a machine of 784 x 500 units on one core, hebb, PyTorch and scikit-learn in turn: medians over
# runs of the time an update.  README.md explains the columns.
#
# The environment changes what is run: RUNS; BATCHES; UPDATES, of a run, after WARM that are not counted; METHODS of SCRIPT;
# PYTHON, the interpreter.
set -eu
program=$1
script=$2
runs=${RUNS:-5}
warm=${WARM:-50}
updates=${UPDATES:-50}
unset OPENBLAS_CORETYPE
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 LC_ALL=C PYTHONDONTWRITEBYTECODE=1

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python=
for candidate in ${PYTHON:-python3 /usr/bin/python3}; do
  if [ -z "$python" ] && [ -n "$("$candidate" "$script" --methods 2>/dev/null)" ]; then
    python=$candidate
  fi
done
echo "processor: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
"$program" versions
if [ -n "$python" ]; then
  "$python" "$script" --versions
  methods=${METHODS-$("$python" "$script" --methods)}
else
  echo 'no python3 with torch or sklearn (Debian: python3-torch, python3-sklearn): hebb alone'
  methods=
fi
"$program" data 10000 "$folder/cases"

# median FILE COLUMN
median() { sort -g -k "$2,$2" "$1" | awk -v c="$2" '{ x[NR] = $c } END { printf "%.9f", (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2 }'; }

printf '%6s %-14s %4s %10s %9s %10s %9s %8s %8s\n' batch program runs ms_update over_hebb ms_least over_hebb visible hidden
for batch in ${BATCHES:-100}; do
  for name in hebb $methods; do
    : >"$folder/$name"
  done
  run=0
  while [ "$run" -lt "$runs" ]; do
    "$program" updates "$batch" "$warm" "$updates" >>"$folder/hebb"
    for name in $methods; do
      "$python" "$script" "$name" "$folder/cases" "$batch" "$warm" "$updates" >>"$folder/$name"
    done
    run=$((run + 1))
  done
  for name in hebb $methods; do
    echo "$(median "$folder/$name" 1) $(median "$folder/hebb" 1) $(median "$folder/$name" 2) $(median "$folder/hebb" 2) \
$(median "$folder/$name" 3) $(median "$folder/$name" 4)" |
      awk -v batch="$batch" -v name="$name" -v runs="$runs" \
        '{ printf "%6d %-14s %4d %10.3f %9.2f %10.3f %9.2f %8.4f %8.4f\n", batch, name, runs, 1e3 * $1, $1 / $2, 1e3 * $3,
             $3 / $4, $5, $6 }'
  done
done
