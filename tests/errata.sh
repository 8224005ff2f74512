#!/bin/sh
# The commands of docs/errata.md print what stands there.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"
sources=$(dirname -- "$HEBB_FIGURES")
# shellcheck source=document.sh
. "$sources/tests/document.sh"
document "$sources/docs/errata.md"
check 'the document has its commands' test "$n_steps" -gt 15
equal 'every section has one' "$(grep -c '^### ' "$sources/docs/errata.md")" \
  "$(awk '/^### /{ has = 0 } /^    \$ hebb / && !has { has = 1; n++ } END { print n }' "$sources/docs/errata.md")"

# ---- what differs is seen ----

differs() {
  printf '%s\n' "$2" >want
  printf '%s\n' "$3" >have
  expect 1 awk -f "$sources/tests/same_numbers.awk" want have
  check "$1" test -s "$out"
}
printf '3,0.45979423987778545,ok\n' >want
printf '3,0.45979423987778600,ok\n' >have
expect 0 awk -f "$sources/tests/same_numbers.awk" want have
differs 'a digit left out' 3,0.4598,ok 3,0.45979423987778545,ok
differs 'a tenth digit' 3,0.45979423987778545,ok 3,0.45979424187778545,ok
differs 'a whole number' 6,1 7,1
differs 'a word' 1,ok 1,no
differs 'a cell that is empty' 1, 1,0
differs 'a cell more' 1 1,2
differs 'a line more' 1 '1
2'
differs 'a line less' '1
2' 1
differs 'a line after those left out' '1
...
4' '1
2
3'
printf '1\n...\n3\n...\n' >want
printf '1\n2\n3\n4\n' >have
expect 0 awk -f "$sources/tests/same_numbers.awk" want have

finish
