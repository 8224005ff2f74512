#!/bin/sh
# dense.sh PROGRAM SCRIPT - relaxations of dense memories from a pattern on one core, hebb and numpy in turn on the same
# patterns: medians, and whether all of them ended in the same states.  README.md explains the columns.
#
# The environment changes what is run: RUNS; CASES, each F:N:K; METHODS of SCRIPT; PYTHON, the interpreter.
set -eu
program=$1
script=$2
runs=${RUNS:-5}
unset OPENBLAS_CORETYPE
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 LC_ALL=C PYTHONDONTWRITEBYTECODE=1
# a_c N^2 / 3 for n = 3, from `hebb theory dense`; n = 4 and e^x below their loads.
cases=${CASES:-2:2000:260 3:100:841 3:300:7566 3:600:30263 4:100:10000 exp:40:20000}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python=
for candidate in ${PYTHON:-python3 /usr/bin/python3}; do
  if [ -z "$python" ] && "$candidate" -c 'import numpy' 2>/dev/null; then
    python=$candidate
  fi
done
echo "processor: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
"$program" versions
if [ -n "$python" ]; then
  "$python" "$script" --versions
  methods=${METHODS-$("$python" "$script" --methods)}
else
  echo 'no python3 with numpy (Debian: python3-numpy): hebb alone'
  methods=
fi

# median FILE COLUMN
median() { sort -g -k "$2,$2" "$1" | awk -v c="$2" '{ x[NR] = $c } END { printf "%.9f", (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2 }'; }

# The sweeps, flips and states of a file's runs.
states() { cut -d ' ' -f 4- "$1"; }

status=0
printf '%4s %6s %7s %-14s %4s %10s %10s %8s %7s %9s  %s\n' F N K program runs ms start_ms m sweeps over_hebb states
for case in $cases; do
  f=${case%%:*}
  k=${case##*:}
  n=${case#*:}
  n=${n%:*}
  for name in hebb $methods; do
    : >"$folder/$name"
  done
  run=0
  while [ "$run" -lt "$runs" ]; do
    "$program" relaxation "$f" "$n" "$k" "$run" >>"$folder/hebb"
    if [ -n "$methods" ]; then
      "$program" patterns "$f" "$n" "$k" "$run" "$folder/patterns.bits"
    fi
    for name in $methods; do
      "$python" "$script" "$name" "$f" "$n" "$k" "$folder/patterns.bits" >>"$folder/$name"
    done
    run=$((run + 1))
  done
  states "$folder/hebb" >"$folder/expected"
  for name in hebb $methods; do
    equal=equal
    states "$folder/$name" | cmp -s - "$folder/expected" || { equal=OTHER status=1; }
    printf '%4s %6s %7s %-14s %4s %10.3f %10.3f %8.4f %7.1f %9s  %s\n' "$f" "$n" "$k" "$name" "$runs" \
      "$(median "$folder/$name" 1 | awk '{ print 1e3 * $1 }')" "$(median "$folder/$name" 2 | awk '{ print 1e3 * $1 }')" \
      "$(median "$folder/$name" 3)" "$(median "$folder/$name" 4)" \
      "$(echo "$(median "$folder/$name" 1) $(median "$folder/hebb" 1)" | awk '{ printf "%.1f", $1 / $2 }')" "$equal"
  done
done
exit $status
