#!/bin/sh
# hopfield.sh PROGRAM SCRIPT - realisations of a Hopfield network with set-up, on one core: hebb, and where numpy and
# numba are installed the ways to do it in Python, in turn, medians of RUNS or more.  README.md explains the columns.
#
# The environment changes what is run:
#   SIZES       numbers of neurons                       ORDERS     sequential random
#   TEMPERATURES  0 runs until nothing moves             SWEEPS     of heat bath at other temperatures
#   LOAD_COLD, LOAD_WARM  p / N at T = 0 and above       RUNS       rounds; small networks run three or nine times in each
#   METHODS     of SCRIPT; "" for hebb alone             DENSE_MAX  largest network with an N x N matrix
#   PYTHON      interpreter                              LOOPS_MAX  largest network for loops-numba
set -eu
program=$1
script=$2
sizes=${SIZES:-2000 5000 10000 20000 50000 100000}
orders=${ORDERS:-sequential random}
temperatures=${TEMPERATURES:-0 0.3}
sweeps=${SWEEPS:-50}
runs=${RUNS:-5}
dense_max=${DENSE_MAX:-10000}
loops_max=${LOOPS_MAX:-50000}
unset OPENBLAS_CORETYPE
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 NUMBA_NUM_THREADS=1 LC_ALL=C
# Python keeps its memory from run to run, as hebb does: else both pay more for the kernel's pages than for the patterns.
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=17179869184

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export NUMBA_CACHE_DIR="$folder/numba" PYTHONDONTWRITEBYTECODE=1

# Of the candidates the first that has numba, or else the first that has numpy.
python=
for needed in numpy,numba numpy; do
  for candidate in ${PYTHON:-python3 /usr/bin/python3}; do
    if [ -z "$python" ] && "$candidate" -c "import $needed" 2>/dev/null; then
      python=$candidate
    fi
  done
done
echo "processor: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
"$program" versions
if [ -n "$python" ]; then
  "$python" "$script" --versions
  methods=${METHODS-$("$python" "$script" --methods)}
else
  echo 'no python3 with numpy (Debian: python3-numpy python3-numba): hebb alone'
  methods=
fi

# median FILE COLUMN
median() { sort -g -k "$2,$2" "$1" | awk -v c="$2" '{ x[NR] = $c } END { print (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2 }'; }

# One line: medians of the realisations in FILE, and by how much hebb is faster.
report() {
  printf '%7s %-10s %4s %-14s %5s %11.3f %11.3f %7.4f %7.1f %9s\n' "$n" "$order" "$temperature" "$1" \
    "$(wc -l <"$2" | tr -d ' ')" "$(median "$2" 1 | awk '{ print 1e3 * $1 }')" "$(median "$2" 4 | awk '{ print 1e3 * $1 }')" \
    "$(median "$2" 2)" "$(median "$2" 3)" "$(echo "$(median "$2" 1) $(median "$folder/hebb" 1)" | awk '{ printf "%.1f", $1 / $2 }')"
}

printf '%7s %-10s %4s %-14s %5s %11s %11s %7s %7s %9s\n' N order T program runs ms setup_ms m sweeps over_hebb
for n in $sizes; do
  each=1
  [ "$n" -gt 20000 ] || each=3
  [ "$n" -gt 5000 ] || each=9
  here=
  for method in $methods; do
    case $method in
      dense-*) [ "$n" -gt "$dense_max" ] || here="$here $method" ;;
      loops-*) [ "$n" -gt "$loops_max" ] || here="$here $method" ;;
      *) here="$here $method" ;;
    esac
  done
  for temperature in $temperatures; do
    case $temperature in
      0 | 0.0) load=${LOAD_COLD:-0.13} ;;
      *) load=${LOAD_WARM:-0.1} ;;
    esac
    for order in $orders; do
      for name in hebb $here; do
        : >"$folder/$name"
      done
      round=0
      while [ "$round" -lt "$runs" ]; do
        "$program" realisation "$order" "$n" "$load" "$temperature" "$sweeps" "$each" $((round * each)) >>"$folder/hebb"
        for name in $here; do
          "$python" "$script" "$name" "$order" "$n" "$load" "$temperature" "$sweeps" "$each" $((round * each)) \
            >>"$folder/$name"
        done
        round=$((round + 1))
      done
      for name in hebb $here; do
        report "$name" "$folder/$name"
      done
    done
  done
done
