#!/bin/sh
# Memcheck over every verb, engine and learner at tiny size, and over some check programs: nothing read that was not
# written, nothing beyond its end, nothing lost.  And the results are the native ones: valgrind's processor has no AVX-512,
# so this is also another kernel.  Nothing is suppressed; what is reachable to the end (libgomp's threads) is no leak.
# Skipped without valgrind.
set -u
: "${HEBB:?the program to test}"
tests=$(cd "$(dirname -- "$0")/.." && pwd)
# shellcheck source-path=SCRIPTDIR source=tiny_studies.sh
. "$tests/long/tiny_studies.sh"

valgrind=$(command -v valgrind) || {
  echo 'skipped: no valgrind'
  exit 0
}
case ${CFLAGS-}${HEBB_CFLAGS-} in *-fsanitize=*)
  echo 'skipped: a program with sanitizers does not run under valgrind'
  exit 0
  ;;
esac

folder=$(mktemp -d "${TMPDIR:-/tmp}/hebb-valgrind.XXXXXX") || exit 99
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
# memcheck COMMAND...: exit status 99 where it has found something
memcheck="$valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect"
memcheck="$memcheck --errors-for-leak-kinds=definite,indirect --"
# The same kernels of OpenBLAS on both sides: hebb's own are what is compared.
! grep -qw avx2 /proc/cpuinfo || OPENBLAS_CORETYPE=Haswell
export OPENBLAS_CORETYPE

studies_run "$folder/native" "$HEBB"
n_native=$n_studies
# shellcheck disable=SC2086 # a command and its options
studies_run "$folder/checked" $memcheck "$HEBB"
studies_compare "$folder/native" "$folder/checked"

# Those that fork for a test of their own, or wait for signals, are left out.
n_programs=0
for program in checkpoint csv_reader input journal json_file polynomial rbm_layer units weights; do
  program=${HEBB%/*}/tests/check_$program
  [ -x "$program" ] || continue
  n_programs=$((n_programs + 1))
  # shellcheck disable=SC2086 # a command and its options
  CK_FORK=no CK_DEFAULT_TIMEOUT=0 $memcheck "$program" >"$folder/said" 2>&1 && continue
  n_wrong=$((n_wrong + 1))
  echo "FAILED: $program"
  sed 's/^/  | /' "$folder/said"
done

echo "valgrind: $((n_studies - n_native)) commands, $n_programs check programs; $n_files files compared; $n_wrong failures"
[ "$n_wrong" -eq 0 ]
