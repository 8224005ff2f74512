#!/bin/sh
# capacity.sh PROGRAM SCRIPT - one realisation at alpha = 0.13, T = 0, from a pattern, on one core, hebb and dense numpy
# in turn, five of each: medians, and the ratio.  SIZES and RUNS change what is run; PYTHON names the interpreter.
set -eu
program=$1
script=$2
sizes=${SIZES:-2000 10000}
runs=${RUNS:-5}
unset OPENBLAS_CORETYPE
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python=
for candidate in ${PYTHON:-python3 /usr/bin/python3}; do
  if "$candidate" -c 'import numpy' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -n "$python" ]; then
  echo "numpy $("$python" -c 'import numpy; print(numpy.__version__)'), $("$python" "$script" --blas)"
else
  echo 'no python3 with numpy (Debian: python3-numpy): hebb alone'
fi
echo "processor: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"

# median FILE COLUMN
median() { sort -g -k "$2,$2" "$1" | awk -v c="$2" '{ x[NR] = $c } END { print x[int((NR + 1) / 2)] }'; }

printf '%8s %10s %12s %12s %8s %9s %9s\n' N runs hebb_s numpy_s ratio hebb_m numpy_m
for n in $sizes; do
  : >"$folder/hebb"
  : >"$folder/numpy"
  replica=0
  while [ "$replica" -lt "$runs" ]; do
    "$program" "$n" 0.13 "$replica" >>"$folder/hebb"
    [ -z "$python" ] || "$python" "$script" "$n" 0.13 "$replica" >>"$folder/numpy"
    replica=$((replica + 1))
  done
  if [ -n "$python" ]; then
    printf '%8s %10s %12s %12s %8.0f %9s %9s\n' "$n" "$runs" "$(median "$folder/hebb" 1)" "$(median "$folder/numpy" 1)" \
      "$(echo "$(median "$folder/numpy" 1) $(median "$folder/hebb" 1)" | awk '{ print $1 / $2 }')" \
      "$(median "$folder/hebb" 2)" "$(median "$folder/numpy" 2)"
  else
    printf '%8s %10s %12s %12s %8s %9s %9s\n' "$n" "$runs" "$(median "$folder/hebb" 1)" - - "$(median "$folder/hebb" 2)" -
  fi
done
