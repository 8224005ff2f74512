#!/bin/sh
# The same results from every compiler: the program is built without optimisation, for size, for this processor and by
# clang, where it is there, and what it gives at tiny size is what the program under test gives, as far as
# docs/numerics.md promises.  Run from the build folder.
set -u
: "${HEBB:?the program to test}"
tests=$(cd "$(dirname -- "$0")/.." && pwd)
# shellcheck source-path=SCRIPTDIR source=tiny_studies.sh
. "$tests/long/tiny_studies.sh"

folder=$(mktemp -d "${TMPDIR:-/tmp}/hebb-compilers.XXXXXX") || exit 99
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
studies_run "$folder/first" "$HEBB"

# try NAME COMPILER FLAGS
try() {
  command -v "$2" >/dev/null || {
    echo "skipped: no $2"
    return 0
  }
  before=$n_wrong
  mkdir "$folder/$1"
  if (cd "$folder/$1" && "$tests/../configure" --quiet --enable-werror CC="$2" CFLAGS="$3" && make -s -j2 hebb) >"$folder/log" 2>&1; then
    studies_run "$folder/$1/results" "$folder/$1/hebb"
    studies_compare "$folder/first" "$folder/$1/results"
  else
    n_wrong=$((n_wrong + 1))
    tail -n 20 "$folder/log"
  fi
  echo "$2 $3: $((n_wrong - before)) failures"
  rm -rf "${folder:?}/$1"
}

try O0 gcc -O0
try Os gcc -Os
try native gcc '-O3 -march=native'
try clang clang -O2
try clang-native clang '-O3 -march=native'
echo "compilers: $n_studies commands, $n_files files compared; $n_wrong failures"
[ "$n_wrong" -eq 0 ]
