#!/bin/sh
# notebook.sh HEBB SCRIPT - some points of the capacity curve the way a notebook computes them, and by hebb, one after
# the other on the same machine: the same sizes, loads, numbers of networks and threads, order of updates and rule to stop.
#
# The environment changes what is run:
#   NEURONS, LOADS, NETWORKS  size, loads, and how many networks for each
#   ORDER    synchronous (the faster one for numpy) or sequential
#   THREADS  of either, 1 unless told
#   PYTHON   interpreter
set -eu
hebb=$1
script=$2
neurons=${NEURONS:-2000}
loads=${LOADS:-0.05 0.10 0.13}
networks=${NETWORKS:-100}
order=${ORDER:-synchronous}
threads=${THREADS:-1}
unset OPENBLAS_CORETYPE
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
export OPENBLAS_NUM_THREADS="$threads" OMP_NUM_THREADS="$threads"

python=
for candidate in ${PYTHON:-python3 /usr/bin/python3}; do
  if [ -z "$python" ] && "$candidate" -c 'import numpy' 2>/dev/null; then python=$candidate; fi
done
if [ -z "$python" ]; then
  echo 'bench-notebook: skipped, there is no python3 with numpy (Debian, Ubuntu: apt-get install python3-numpy)'
  exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/no-gnuplot"

echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), threads: $threads; $("$python" "$script" --versions)"
echo "N = $neurons, $networks networks a load, started in a pattern, $order updates at T = 0; neither draws"
# shellcheck disable=SC2086 # loads are words
"$python" "$script" "$order" "$neurons" "$networks" $loads >"$folder/numpy"
"$python" "$script" --time env PATH="$folder/no-gnuplot" "$hebb" run capacity --neurons "$neurons" \
  --alpha "$(echo "$loads" | tr ' ' ',')" --replicas "$networks" --update-order "$order" --sweeps 100 --threads "$threads" \
  --quiet --csv-plain --out "$folder/hebb" >"$folder/time"

awk '
  FILENAME ~ /time$/ { hebb = $2; hebb_clock = $3; next }
  FILENAME ~ /numpy$/ { if ($1 == "seconds") { numpy = $2; numpy_clock = $3 } else { m[$1 + 0] = $2; err[$1 + 0] = $3 } next }
  FNR == 1 { n = split($0, name, ","); for (k = 1; k <= n; k++) column[name[k]] = k
             printf "%6s %20s %20s %6s\n", "load", "m, numpy", "m, hebb", "z"; next }
  { split($0, cell, ",")
    a = cell[column["alpha"]] + 0; x = cell[column["m"]]; e = cell[column["m_err"]]
    both = sqrt(e * e + err[a] * err[a]); z = both > 0 ? (x - m[a]) / both : 0; if (z > 4 || z < -4) apart = 1
    printf "%6g %11.5f +- %.5f %11.5f +- %.5f %6.1f\n", a, m[a], err[a], x, e, z }
  END { printf "time of the processor: numpy %.1f s, hebb %.3f s, %.0f times less\n", numpy, hebb, numpy / hebb
        printf "time of the clock: %.1f s and %.2f s; the overlaps %s\n", numpy_clock, hebb_clock,
          apart ? "DIFFER" : "agree within their errors"
        exit apart }' "$folder/time" "$folder/numpy" "$folder/hebb/summary.csv"
