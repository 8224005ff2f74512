#!/bin/sh
# Builds the harnesses with clang's libFuzzer under ASan and UBSan, in fuzz-build/ beside the normal build, and runs them.
#   run.sh [--if-possible] HARNESS...     from the build folder; e.g. make fuzz FUZZ_RUNS=1000000
# FUZZ_RUNS (10000000) executions are shared among the harnesses, FUZZ_JOBS (2) of which run at a time; FUZZ_CC (clang)
# is the compiler.  The corpus stays in fuzz-build/corpus, and another run goes on from there.
set -eu
: "${FUZZ_RUNS:=10000000}" "${FUZZ_JOBS:=2}" "${FUZZ_CC:=clang}"
tests=$(cd "$(dirname -- "$0")" && pwd)
source=$(cd "$tests/../.." && pwd)
folder=$(pwd)/fuzz-build

has_libfuzzer() {
  printf '%s\n' 'int LLVMFuzzerTestOneInput(const char *, long);' \
    'int LLVMFuzzerTestOneInput(const char *data, long n) { return data == 0 && n > 0; }' >"$folder/try.c"
  "$FUZZ_CC" -fsanitize=fuzzer,address,undefined "$folder/try.c" -o "$folder/try" 2>/dev/null
}

build() {
  if [ ! -e "$folder/Makefile" ] || [ -n "$(find "$source/configure" -newer "$folder/config.status")" ]; then
    echo "fuzz: configuring with $FUZZ_CC in $folder"
    (cd "$folder" && "$source/configure" --quiet CC="$FUZZ_CC" CFLAGS='-g -O1' --disable-openmp --enable-libfuzzer \
      --enable-sanitize=address,undefined,float-cast-overflow) >"$folder/configure.log"
  fi
  MAKEFLAGS='' nice make -C "$folder" -j"$FUZZ_JOBS" --no-print-directory "$@" >"$folder/make.log"
}

# run_one HARNESS RUNS: a line that says how it went; its log is fuzz-build/NAME.log
run_one() {
  name=${1##*/}
  corpus=$folder/corpus/$name
  mkdir -p "$corpus"
  srcdir=$source "./$1" --corpus "$corpus"
  status=0
  nice "$folder/$1" -runs="$2" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=256 \
    -dict="$corpus.dict" -artifact_prefix="$folder/crashes/$name-" -print_final_stats=1 "$corpus" \
    >"$folder/$name.log" 2>&1 || status=$?
  awk -v name="$name" -v status=$status '
    match($0, / cov: [0-9]+/) { coverage = substr($0, RSTART + 6, RLENGTH - 6) }
    /^stat::number_of_executed_units:/ { n = $2 }
    /^stat::average_exec_per_sec:/ { rate = $2 }
    /^stat::peak_rss_mb:/ { memory = $2 }
    END { printf "%-14s %10d executions %5d edges %7d/s %5d MB  %s\n", name, n, coverage, rate, memory,
                 status == 0 ? "ok" : "FAILED: fuzz-build/" name ".log" }' "$folder/$name.log"
  return $status
}

if [ "$1" = --one ]; then
  run_one "$3" "$2"
  exit
fi
missing=1
if [ "$1" = --if-possible ]; then
  missing=0
  shift
fi
mkdir -p "$folder/crashes"
if ! has_libfuzzer; then
  echo "fuzz: not run: $FUZZ_CC has no libFuzzer (Debian: clang); with another compiler: make fuzz FUZZ_CC=clang-19"
  exit $missing
fi
if [ -e "$source/config.status" ]; then
  echo 'fuzz: the source folder itself is configured: «make distclean», and configure in a folder of its own' >&2
  exit 1
fi
build "$@"
TMPDIR=$(mktemp -d /dev/shm/hebb-fuzz-XXXXXX 2>/dev/null || mktemp -d "$folder/scratch-XXXXXX") # what crashes leaves files
export TMPDIR
status=0
printf '%s\n' "$@" | xargs -n 1 -P "$FUZZ_JOBS" sh "$0" --one $((FUZZ_RUNS / $# + 1)) || status=1
rm -rf "$TMPDIR"
[ $status -eq 0 ] && exit
echo "fuzz: what failed is in $folder/crashes; its log says why.  Mended, it goes to tests/fuzz/found/HARNESS-what"
exit 1
