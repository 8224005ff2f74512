#!/bin/sh
# A study of a million small units: stopped at about half and gone on with, within 500 MB of address space in each step.
# Before it computes, resuming reads what there is: a tenth of a second, and five at most.
# shellcheck source-path=SCRIPTDIR source=../shell.sh
. "$(dirname -- "$0")/../shell.sh"

if ldd "$HEBB" 2>/dev/null | grep -q libasan; then
  echo 'skipped: the address sanitizer reserves terabytes of addresses'
  exit 0
fi

# The program with 500 MB of addresses, on two threads.
cat >limited <<'LIMITED'
#!/bin/sh
ulimit -v 500000 || exit 99
PATH=/nonexistent # no gnuplot
exec "$HEBB" "$@" --threads 2 --quiet
LIMITED
chmod +x limited

export HEBB
study='capacity --neurons 8 --alpha .25 --replicas 1000000'
# shellcheck disable=SC2086 # words
expect 0 ./limited run $study --out whole
# shellcheck disable=SC2086
./limited run $study --out part 2>"$err" &
pid=$!
until [ -s part/journal ] && [ "$(wc -c <part/journal)" -gt 32000000 ]; do sleep .02; done
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
equal 'it is stopped' "$status" 75
sed 's/^/  /' "$err"
before=$(date +%s)
expect 75 ./limited resume part --time-limit 0
check 'it goes on within five seconds' test $(($(date +%s) - before)) -le 5
expect 0 ./limited resume part
for file in whole/*.csv whole/*.json; do same_file 'a million units' "$file" "part/${file##*/}"; done
expect 0 ./limited merge part --out merged
for file in whole/*.csv whole/*.json; do same_file 'and merged' "$file" "merged/${file##*/}"; done
finish
