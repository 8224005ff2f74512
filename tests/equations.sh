#!/bin/sh
# The equations that sources and documents refer to stand in the notes; each solver names its own; links lead somewhere.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"
sources=$(dirname -- "$HEBB_FIGURES")
rules=$sources/tests/equations.awk

(
  cd "$sources" || exit 1
  find docs figures bench -name '*.md'
  printf '%s\n' README.md CONTRIBUTING.md
) >documents
(cd "$sources" && find src theory analysis tests -name '*.[ch]') >files
check 'there are files to look at' test "$(wc -l <files)" -gt 500

# in_sources ARGUMENTS OPTION...: the rules over the files of that list, from the top of the sources
in_sources() {
  list=$PWD/$1
  shift
  (cd "$sources" && xargs awk "$@" -f tests/equations.awk <"$list")
}

# the notes' equations are numbered in order; what refers to one, or to a document, finds it
{ cat documents && echo -- && cat files documents; } >all
check 'references to equations and documents' in_sources all

# Tools that solve no equation of a note.
{
  cat documents
  echo --
  grep '^theory/.*\.h$' files | grep -v -E '/(dual|one_spin|root|small_matrix|theory_table)\.h$'
  for model in hopfield dense_memory continuous_memory two_body_memory boltzmann mean_field rbm rbm_universal; do
    printf 'src/model/%s.h\n' "$model"
  done
  printf 'analysis/%s.h\n' rbm_ais rbm_bridge rbm_mean_field
  printf 'src/%s.h\n' dynamics/thermal learning/boltzmann_learning learning/mean_field_learning learning/contrastive
} >solvers
check 'each solver, each model and each rule of learning names its note and equation' in_sources solvers -v need=1
for source in "$sources"/theory/*.c; do
  case $source in
    *_table.c | */one_step_glass.c) ;; # print what solvers give; a part of one_step_rsb.h
    *) filled "$source has a header that says so" "${source%.c}.h" ;;
  esac
done

# `theory/thermal.c`, in a note, is a file
for note in "$sources"/docs/theory/*.md; do
  # shellcheck disable=SC2016
  grep -o '`[a-z]*/[a-z_/]*\.[ch]`' "$note" | tr -d '`' >named
  while read -r name; do filled "${note##*/} names a file" "$sources/$name"; done <named
done

# ---- what is missing is found ----

mkdir -p here/docs/theory
cat >here/docs/theory/note.md <<'END'
# A note

    m = tanh(m/T)                  (1)
    f = m²/2 − T ln 2cosh(m/T)     (2)

(2) is stationary where (1) holds.
END
# missing PATTERN NAME LINE...: a file of these lines is refused
missing() {
  pattern=$1
  name=$2
  shift 2
  printf '%s\n' "$@" >"here/$name"
  expect 1 awk -f "$rules" here/docs/theory/note.md "here/$name" -- here/docs/theory/note.md "here/$name"
  check "it says «$pattern»" grep -Eq -e "$pattern" "$out"
  rm "here/$name"
}
printf '/* docs/theory/note.md (1), (2) */\n' >here/good.h
expect 0 awk -f "$rules" here/docs/theory/note.md -- here/docs/theory/note.md here/good.h
expect 0 awk -v need=1 -f "$rules" here/docs/theory/note.md -- here/good.h
missing 'note.md has no equation \(3\)' bad.h '/* docs/theory/note.md (1), (3) */'
missing 'note.md has no equation \(4\)' bad.h '/*' ' * See docs/theory/note.md (2) to' ' * (4).' ' */'
missing 'there is no docs/theory/not.md' bad.h '/* docs/theory/not.md (1) */'
missing 'note.md has no equation \(3\)' docs/bad.md 'As in the [note](theory/note.md), equation 3.'
missing 'there is no ../theory/note.md' docs/bad.md 'As in the [note](../theory/note.md) (1).'
missing 'refers to its equation \(2\), of 1' docs/theory/bad.md '    x = 1   (1)' '' 'By (2), x = 1. [note](note.md) (1).'
missing 'equation \(3\) comes after \(1\)' docs/theory/bad.md '    x = 1   (1)' '    x = 2   (3)' '' 'note.md (1)'
printf '/* docs/theory/note.md */\n' >here/bare.h
expect 1 awk -v need=1 -f "$rules" here/docs/theory/note.md -- here/bare.h
check 'a solver that names no equation' grep -q 'names no equation' "$out"

finish
