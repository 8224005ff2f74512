#!/bin/sh
# Do the tests bite?  Each fault of faults.txt is put into a copy of the sources, one at a time, and the test that it
# names must fail.  Without a fault all these tests must pass.
#
#   bite.sh [FAULT...]     in a build folder: make bite, make bite FAULTS='NAME...'
#
#   srcdir     the sources
#   MAKE       make, where it is another one
#   BITE_JOBS  copies that are worked on at once; as many as there are processors, at most 4, where not given
#
# A row a fault: its name, the file it is in, the test that it fails, with its first complaint, and the seconds that
# took.  Exit status 1 where a test does not notice its fault, or a fault does not fit the sources, compile, or end.
set -u
LC_ALL=C
export LC_ALL
unset MAKEFLAGS MFLAGS MAKELEVEL || :
: "${srcdir:?the sources}" "${MAKE:=make}"
here=$(CDPATH='' cd -- "$srcdir/tests/bite" && pwd) || exit 99
[ -f config.status ] || { echo 'bite: this is no build folder' >&2 && exit 99; }
jobs=${BITE_JOBS:-$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)}
[ -n "${BITE_JOBS:-}" ] || [ "$jobs" -le 4 ] || jobs=4

scratch=$(mktemp -d "${TMPDIR:-/tmp}/hebb-bite.XXXXXX") || exit 99
chmod a+rx "$scratch" # tests run by root try what another user may
workers=
trap 'status=$?; cd / && rm -rf "$scratch"; exit $status' EXIT
trap 'for worker in $workers; do kill "$worker" 2>/dev/null; done; wait; exit 1' HUP INT TERM

fail() {
  printf 'bite: %s\n' "$*" >&2
  exit 1
}

# ---- the list ----

list=$here/faults.txt
awk -f "$here/list_faults.awk" "$list" >"$scratch/all" || exit 1
cp "$scratch/all" "$scratch/faults"
if [ $# -gt 0 ]; then
  : >"$scratch/faults"
  for name; do
    awk -v name="$name" '$1 == name { print; found = 1 } END { exit !found }' "$scratch/all" >>"$scratch/faults" ||
      fail "no fault is called $name"
  done
fi
n_faults=$(wc -l <"$scratch/faults")
while read -r name file rest; do
  awk -f "$here/seed_fault.awk" "$list" "$name" "$srcdir/$file" >/dev/null || exit 1
done <"$scratch/faults"
tests=$(awk '{ print $3 }' "$scratch/faults" | sort -u)
helpers="tests/forge_unit tests/hostile_report" # what shell tests call beside hebb

# ---- copies ----

# configured like the build folder, but for what slows it down
make_copy() (
  options=$(./config.status --config) && cd "$scratch/$1" || exit 1
  eval "set -- $options"
  ./configure --quiet "$@" --disable-werror --disable-sanitize CFLAGS=-O1 || exit 1
  programs=$(printf '%s\n' "$tests" | sed '/\.sh$/d')
  # shellcheck disable=SC2086 # a word a program
  "$MAKE" -s hebb $helpers $programs
)

limit=
! command -v timeout >/dev/null || limit='timeout 600'

# run COPY TEST: builds it and runs it; 0 passed, 1 failed or did not end, 77 skipped, 99 not built.  What it says is left
# in TEST.log.
run() (
  cd "$scratch/$1" || exit 99
  log=${2%.sh}
  program=$2
  [ "$log" = "$2" ] || program=$helpers
  rm -f "$log.trs" "$log.log"
  status=0
  $limit "$MAKE" -s check TESTS="$2" check_PROGRAMS="$program" >make.log 2>&1 </dev/null || status=$?
  [ $status -ne 124 ] || exit 1
  case $(sed -n 's/^:test-result: //p' "$log.trs" 2>/dev/null) in
  PASS*) exit 0 ;;
  FAIL* | ERROR*) exit 1 ;;
  SKIP*) exit 77 ;;
  esac
  exit 99
)

# complaint COPY TEST: the first one; a test that ran out of time has none, as the machine may be busy with others
complaint() {
  sed -n -e '/Test timeout expired/d' -e 's/^[^ :]*:[0-9]*:[FE]:[^:]*:\([^:]*\):.*/\1/p' -e 's/^FAILED: //p' "$scratch/$1/${2%.sh}.log" 2>/dev/null |
    sed 1q | cut -c 1-90
}

# each_once COMMAND: hands the lines of a file to COMMAND COPY WORD..., for one copy as for several
each_once() {
  command=$1
  turn=0
  while read -r line; do # whoever makes the folder first has the line
    turn=$((turn + 1))
    mkdir "$scratch/taken-$command-$turn" 2>/dev/null || continue
    # shellcheck disable=SC2086 # a line's words
    $command "$copy" $line
  done
}

# with_all_copies COMMAND FILE
with_all_copies() {
  workers=
  for copy in $copies; do
    each_once "$1" <"$2" &
    workers="$workers $!"
  done
  wait
  workers=
}

# ---- the tests as they are ----

try_sound() {
  run "$1" "$2"
  case $? in
  0) ;;
  77) echo "$2" >>"$scratch/skipped" ;;
  *)
    echo "bite: $2 fails without a fault" >&2
    sed 's/^/  | /' "$scratch/$1/${2%.sh}.log" "$scratch/$1/make.log" >&2
    echo "$2" >>"$scratch/unsound"
    ;;
  esac
}

# ---- and with a fault ----

row() { printf '%-38s %-38s %-76s %3d s\n' "$@"; }

try_fault() {
  copy=$1 name=$2 file=$3 test=$4 needs=$5
  start=$(date +%s)
  if [ "$needs" != - ] && ! grep -q "^kernel.* $needs" "$scratch/version"; then
    verdict='skipped: needs the kernel' killer=$needs
  elif grep -qx "$test" "$scratch/skipped"; then
    verdict=skipped: killer=$test
  else
    cp "$scratch/$copy/$file" "$scratch/$copy.sound"
    awk -f "$here/seed_fault.awk" "$list" "$name" "$scratch/$copy.sound" >"$scratch/$copy/$file"
    run "$copy" "$test"
    case $? in
    0) verdict='SURVIVED' killer=$test ;;
    1)
      verdict=${test#tests/}: killer=$(complaint "$copy" "$test")
      [ -n "$killer" ] || verdict='DOES NOT END in' killer=$test
      ;;
    77) verdict='SURVIVED, as it is skipped:' killer=$test ;;
    *)
      verdict='DOES NOT COMPILE for' killer=$test
      sed 's/^/  | /' "$scratch/$copy/make.log" >&2
      ;;
    esac
    cat "$scratch/$copy.sound" >"$scratch/$copy/$file"
  fi
  row "$name" "$file" "$verdict $killer" $(($(date +%s) - start)) | tee -a "$scratch/rows"
}

copies=
while [ "$jobs" -gt 0 ]; do
  "$MAKE" -s distdir distdir="$scratch/copy-$jobs" >"$scratch/make.log" 2>&1 || fail "$(cat "$scratch/make.log")"
  copies="copy-$jobs $copies"
  jobs=$((jobs - 1))
done
for copy in $copies; do
  make_copy "$copy" >"$scratch/$copy.log" 2>&1 &
  workers="$workers $!"
done
for worker in $workers; do
  wait "$worker" || {
    sed 's/^/  | /' "$scratch"/copy-*.log >&2
    fail 'the sources do not build as they are'
  }
done
"$scratch/copy-1/hebb" --version >"$scratch/version"
: >"$scratch/skipped"
printf '%s\n' "$tests" >"$scratch/tests"
with_all_copies try_sound "$scratch/tests"
[ ! -e "$scratch/unsound" ] || exit 1

row fault 'in the file' 'makes this test fail' 0 | sed 's/  *0 s$/ time/'
: >"$scratch/rows"
with_all_copies try_fault "$scratch/faults"
n_skipped=$(grep -c ' skipped: ' "$scratch/rows")
n_missed=$(grep -c -e ' SURVIVED' -e ' DOES NOT ' "$scratch/rows")
n_rows=$(wc -l <"$scratch/rows")
echo "$n_faults faults: $((n_rows - n_skipped - n_missed)) noticed, $n_missed not, $n_skipped skipped"
[ "$n_missed" -eq 0 ] && [ "$n_rows" -eq "$n_faults" ]
