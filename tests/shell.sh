# Sourced by the shell tests: a folder of their own to work in, and what a test says of the program.
#
#   HEBB          the program, by its absolute path
#   HEBB_FIGURES  the folder of the recipes
#
# A test goes on after a failure, says what failed, and ends in `finish`.
# shellcheck shell=sh
set -u
LC_ALL=C
export LC_ALL
: "${HEBB:?the program to test}" "${HEBB_FIGURES:?the folder of the recipes}"

scratch=$(mktemp -d "${TMPDIR:-/tmp}/hebb-test.XXXXXX") || exit 99
trap 'status=$?; cd / && chmod -R u+rwX "$scratch" && rm -rf "$scratch"; exit $status' EXIT
trap 'exit 1' HUP INT TERM
out=$scratch/stdout err=$scratch/stderr # of the last command that ran through expect
mkdir "$scratch/here"
cd "$scratch/here" || exit 99
n_failed=0
n_checked=0

# fail SENTENCE...: what was expected, and what there is instead
fail() {
  printf 'FAILED: %s\n' "$*" >&2
  n_failed=$((n_failed + 1))
}

# check 'WHAT IT PROVES' COMMAND...: the command, a test of the shell's or a filter, succeeds
check() {
  n_checked=$((n_checked + 1))
  what=$1
  shift
  "$@" >"$scratch/said" 2>&1 && return
  fail "$what: $*"
  sed 's/^/  | /' "$scratch/said" >&2
}

# expect STATUS COMMAND...: runs it; what it says goes to $out and $err
expect() {
  n_checked=$((n_checked + 1))
  expected=$1
  shift
  status=0
  "$@" >"$out" 2>"$err" </dev/null || status=$?
  [ "$status" -eq "$expected" ] && return
  fail "exit status $status, expected $expected: $*"
  sed 's/^/  | /' "$err" >&2
}

# refuse STATUS PATTERN COMMAND...: nothing on standard output, one line on standard error that matches (grep -E)
refuse() {
  pattern=$2
  n_failed_before=$n_failed
  refused=$1
  shift 2
  expect "$refused" "$@"
  [ ! -s "$out" ] || fail "standard output is not empty: $*"
  [ "$(wc -l <"$err")" -eq 1 ] || fail "not one line on standard error: $*"
  grep -q '^hebb: ' "$err" || fail "the line does not start with «hebb: »: $*"
  grep -Eq -e "$pattern" "$err" || fail "the line does not say «$pattern»: $*"
  [ "$n_failed" -eq "$n_failed_before" ] || sed 's/^/  | /' "$err" >&2
}

# data FILE: without the '#' block
data() { sed '/^#/d' "$1"; }

# header FILE: the line of the columns
header() { data "$1" | sed -n 1p; }

# cell FILE ROW COLUMN: rows count from 1; the columns up to this one have no commas in them
cell() {
  data "$1" | awk -F, -v row="$2" -v column="$3" '
    NR == 1 { for (k = 1; k <= NF; k++) if ($k == column) c = k; if (!c) { print "no column " column; exit } }
    NR == row + 1 { print $c }'
}

# equal 'WHAT IT PROVES' TEXT EXPECTED
equal() {
  n_checked=$((n_checked + 1))
  [ "$2" = "$3" ] || fail "$1: it is «$2», expected «$3»"
}

# near 'WHAT IT PROVES' X EXPECTED TOLERANCE
near() {
  n_checked=$((n_checked + 1))
  awk -v x="$2" -v y="$3" -v tolerance="$4" '
    BEGIN { exit !(x ~ /^[-+]?[0-9.]+(e[-+]?[0-9]+)?$/ && x - y <= tolerance && y - x <= tolerance) }' ||
    fail "$1: it is $2, expected $3 within $4"
}

# same_file 'WHAT IT PROVES' FILE FILE: to the byte
same_file() { check "$1" cmp "$2" "$3"; }

# absent 'WHAT IT PROVES' PATH
absent() { check "$1" test ! -e "$2"; }

# filled 'WHAT IT PROVES' PATH: a file that is there and not empty
filled() { check "$1" test -s "$2"; }

# small EXPERIMENT [OPTION...]: a study of a fraction of a second, on one thread
small() {
  experiment=$1
  shift
  "$HEBB" run "$experiment" --neurons 100 --alpha .1,.12 --replicas 3 --threads 1 "$@"
}

has_gnuplot() { command -v gnuplot >/dev/null 2>&1; }

# skip SENTENCE: for the harness, a test that was not run
skip() {
  printf 'SKIPPED: %s\n' "$*"
  exit 77
}

finish() {
  printf '%d checks, %d failures\n' "$n_checked" "$n_failed"
  [ "$n_failed" -eq 0 ]
  exit
}
