#!/bin/sh
# boltzmann.sh PROGRAM SCRIPT - sweeps of a Boltzmann machine on one core, hebb, numpy and numba in turn: medians of the unit
# updates a second.  README.md explains the columns.
#
# The environment changes what is run: RUNS; CASES, each KIND:UNITS:CHAINS:SWEEPS; METHODS of SCRIPT; PYTHON, the interpreter.
set -eu
program=$1
script=$2
runs=${RUNS:-5}
unset OPENBLAS_CORETYPE
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 NUMBA_NUM_THREADS=1 LC_ALL=C PYTHONDONTWRITEBYTECODE=1
cases=${CASES:-binary:100:1000:20 sign:100:1000:20}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python=
for candidate in ${PYTHON:-python3 /usr/bin/python3}; do
  if [ -z "$python" ] && "$candidate" -c 'import numpy, numba' 2>/dev/null; then
    python=$candidate
  fi
done
echo "processor: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
"$program" versions
if [ -n "$python" ]; then
  "$python" "$script" --versions
  methods=${METHODS-$("$python" "$script" --methods)}
else
  echo 'no python3 with numpy and numba (Debian: python3-numpy, python3-numba): hebb alone'
  methods=
fi

# median FILE COLUMN
median() { sort -g -k "$2,$2" "$1" | awk -v c="$2" '{ x[NR] = $c } END { printf "%.9f", (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2 }'; }

printf '%-6s %5s %7s %-14s %4s %10s %10s %9s %8s\n' units N chains program runs ms_sweep Mupdate/s over_hebb mean
for case in $cases; do
  IFS=: read -r kind n chains sweeps <<END
$case
END
  for name in hebb $methods; do
    : >"$folder/$name"
  done
  run=0
  while [ "$run" -lt "$runs" ]; do
    "$program" sweeps "$kind" "$n" "$chains" $((10 * sweeps)) >>"$folder/hebb"
    for name in $methods; do
      "$python" "$script" "$name" "$kind" "$n" "$chains" "$sweeps" >>"$folder/$name"
    done
    run=$((run + 1))
  done
  awk '{ print $1 / 10, $2 / 10, $3 }' "$folder/hebb" >"$folder/scaled"
  mv "$folder/scaled" "$folder/hebb"
  for name in hebb $methods; do
    echo "$(median "$folder/$name" 1) $(median "$folder/$name" 2) $(median "$folder/hebb" 1) $(median "$folder/$name" 3)" |
      awk -v kind="$kind" -v n="$n" -v chains="$chains" -v name="$name" -v runs="$runs" -v sweeps="$sweeps" \
        '{ printf "%-6s %5d %7d %-14s %4d %10.4f %10.1f %9.1f %8.4f\n", kind, n, chains, name, runs,
             1e3 * $1 / sweeps, 1e-6 * $2 / $1, $1 / $3, $4 }'
  done
done
