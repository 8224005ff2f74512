#!/bin/sh
# Every figure at quick size, twice: none is empty, no verdict is «disagree», and the second time gives the same bytes.
# HEBB_FIGURES_DONE names a folder that already holds them all, from `make figures` for example: then once is enough.
here=$(cd "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../shell.sh
. "$(dirname -- "$0")/../shell.sh"

has_gnuplot || { echo 'skipped: gnuplot is missing'; exit 0; }

# computed FOLDER: all figures in it, within the half hour that they may take
computed() {
  start=$(date +%s)
  expect 0 "$HEBB" figure all --size quick --out "$1"
  took=$(($(date +%s) - start))
  echo "# all figures took $took s"
  check 'all figures take half an hour at most' test $took -le 1800
  check 'no verdict is «disagree»' grep -Eq '^verdict: [1-9][0-9]* agree, 0 disagree, ' "$err"
}

first=${HEBB_FIGURES_DONE:-$PWD/first}
[ -d "$first" ] || computed "$first"
computed second

"$HEBB" figure --list >list
while read -r name title; do
  for file in verdict.csv plot.gp figure.pdf figure.svg; do filled "$file of $name ($title)" "second/$name/$file"; done
done <list
# The journal has the order in which units were done, timing.csv times, a PDF its date.
(cd second && find . -name '*.csv' ! -name timing.csv -o -name '*.svg' -o -name '*.npy' -o -name '*.json') | sort >files
check 'there is something to compare' test "$(wc -l <files)" -gt 200
while read -r file; do same_file "$file twice" "$first/$file" "second/$file"; done <files

check 'no script takes tables without rows' sh "$here/empty_tables.sh" "$PWD/second"

finish
