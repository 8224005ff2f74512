#!/bin/sh
# hebb analyse series: its columns, numbers known from elsewhere, what is wrong with a series, files that are none.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

# table FILE... [OPTION...]: the table, without the '#' block, into table.csv
table() {
  expect 0 "$HEBB" analyse series "$@" --csv-plain
  cp "$out" table.csv
}

# status_is TEXT ROW: the last cell, quotes off
status_is() { equal "status of row $2 of $(tail -n +2 table.csv | cut -c1-30 | tr '\n' ' ')" "$(sed -n "$(($2 + 1))s/.*,//p" table.csv)" "$1"; }

# A hundred thousand independent numbers, uniform on (0, 1), of a linear congruence modulo 2^31 - 1; a chain
# y <- .9 y + .1 u of them, tau = 9.5, from 0; the row's number; a word; 7 throughout.  The generator is awk's own
# arithmetic, whole numbers below 2^53.
awk 'BEGIN {
  print "step,u,chain,word,seven"
  x = 20261121
  y = .5
  for (k = 1; k <= 20000; k++) {
    x = (x * 48271) % 2147483647
    u = x / 2147483647
    y = .9 * y + .1 * u
    printf "%d,%.15g,%.15g,up,7\n", k, u, y
  }
}' >made.csv

# ---- numbers ----

table made.csv
equal 'columns' "$(header table.csv)" \
  column,run,n,mean,mean_err,variance,variance_err,tau,tau_window,tau_sequence,tau_batch,n_effective,halves_z,ends_z,binder,binder_err,susceptibility,susceptibility_err,status
equal 'a row a column of numbers' "$(tail -n +2 table.csv | cut -d, -f1 | tr '\n' ' ')" 'step u chain seven '
check 'that text is left out is said' grep -qx 'analyse: column word holds text and is left out' "$err"
equal 'values' "$(cell table.csv 2 n)" 20000
near 'the mean of u, to 5 errors' "$(cell table.csv 2 mean)" .5 .0103
near 'its error, to 3 %' "$(cell table.csv 2 mean_err)" "$(awk 'BEGIN { print sqrt(1 / 12 / 20000) }')" 6e-5
near 'its variance, to 5 errors' "$(cell table.csv 2 variance)" .0833333333 .0027
near 'the error of that, to 20 %' "$(cell table.csv 2 variance_err)" "$(awk 'BEGIN { print sqrt(1 / 180 / 20000) }')" 1.1e-4
near 'tau of independent values' "$(cell table.csv 2 tau)" .5 .05
near '<u^4>/(3 <u^2>^2) is 3/5: the cumulant' "$(cell table.csv 2 binder)" .4 .01
near 'tau of the chain' "$(cell table.csv 3 tau)" 9.5 3
near 'the mean of the chain, to 5 errors' "$(cell table.csv 3 mean)" .5 .0103
near 'its error, to 15 %' "$(cell table.csv 3 mean_err)" "$(awk 'BEGIN { print sqrt(1 / 12 / 20000) }')" 3e-4
near 'its variance is 1/19 of that of u' "$(cell table.csv 3 variance)" .00438596491 5e-4
near 'n_effective is n/(2 tau)' "$(cell table.csv 3 n_effective)" "$(awk -v tau="$(cell table.csv 3 tau)" 'BEGIN { printf "%.12g", 10000 / tau }')" 1e-6
status_is ok 2
status_is ok 3
status_is constant 4
equal 'a constant column has no error' "$(cell table.csv 4 mean),$(cell table.csv 4 mean_err),$(cell table.csv 4 tau)" 7,0,0.5
near 'and the cumulant of order' "$(cell table.csv 4 binder)" .666666666666667 1e-12
check 'a counter has not settled' grep -q '^step,.*too short: fewer than 50 autocorrelation times' table.csv
cp table.csv all.csv

table made.csv --column chain
equal 'one column alone is the same' "$(sed -n 2p table.csv)" "$(grep '^chain,' all.csv)"
table made.csv --column chain --neurons 100 --temperature .5
near 'the susceptibility is N/T times the variance' "$(cell table.csv 1 susceptibility)" \
  "$(awk -v v="$(cell table.csv 1 variance)" 'BEGIN { printf "%.15g", 200 * v }')" 1e-12
cut -d, -f3 made.csv | sed 1d >bare.csv
table bare.csv
equal 'columns without names have numbers' "$(cut -d, -f2- table.csv | sed 1d)" "$(grep '^chain,' all.csv | cut -d, -f2-)"
equal 'from 1' "$(cell table.csv 1 column)" 1
table bare.csv --skip 15000
equal '--skip leaves the first values out' "$(cell table.csv 1 n)" 5000
sed 1,15000d bare.csv >late.csv
cp table.csv skipped.csv
table late.csv
same_file '--skip is as if they were not there' table.csv skipped.csv
sed 's/$/\r/' late.csv >dos.csv
table dos.csv
same_file 'lines may end as in DOS' table.csv skipped.csv

# ---- what is wrong with a series ----

sed -n 1,200p bare.csv >brief.csv
table brief.csv
check 'short series are said to be' grep -q 'too short: fewer than 50 autocorrelation times' table.csv
sed -n 1,20p bare.csv >briefer.csv
table briefer.csv
status_is 'too short: fewer than 32 values tell no autocorrelation time' 1
equal 'and have no error' "$(cell table.csv 1 mean_err)$(cell table.csv 1 tau)" ''
awk 'NR > 2500 { $1 += .1 } { print }' late.csv >jump.csv
table jump.csv
check 'halves that differ are said to' grep -q 'not settled: the halves differ by [0-9.]* errors' table.csv
awk '{ print $1 + .1 }' late.csv >other.csv
table late.csv other.csv --both-ends
equal 'two runs, two rows' "$(cell table.csv 1 run),$(cell table.csv 2 run)" 1,2
check 'runs that have not met are said not to have' grep -q 'not met: the two runs differ by [0-9.]* errors' table.csv
sed -n 1,5000p bare.csv >early.csv
table late.csv early.csv --both-ends
status_is ok 1
status_is ok 2
near 'ends that have met' "$(cell table.csv 1 ends_z)" 0 3.99

# ---- the file ----

expect 0 "$HEBB" analyse series late.csv -o series.csv
check 'the block names the data' grep -Eqx '# series: 5000 rows, CRC-32 [0-9a-f]{8}' series.csv
check 'and the command, without the file' grep -qx '# command: hebb analyse series --skip 0' series.csv
filled 'columns are described' series.meta.json
cp late.csv 'another name.csv'
expect 0 "$HEBB" analyse series 'another name.csv' -o again.csv
same_file 'the file is the same whatever the data are called' series.csv again.csv
expect 0 "$HEBB" analyse series made.csv --quiet
check '--quiet says nothing' test ! -s "$err"

printf 'm,\033[2Jw\n1,up\n2,down\n' >control.csv
expect 0 "$HEBB" analyse series control.csv -o control-table.csv
check 'a name that is left out does not reach the terminal' grep -Fqx 'analyse: column \x1b[2Jw holds text and is left out' "$err"

# ---- refusals ----

printf 'm,e\n1,2\n3,\n' >hole.csv
printf 'm,e\n1,2\n3,x\n' >text.csv
printf 'm,e\n1,2\n3,nan\n' >nan.csv
printf 'm,e\n1,2\n3\n' >ragged.csv
printf 'm,e\n1,"2\n' >quote.csv
printf 'm,e\n1,2\n' >single.csv
printf 'm,e\na,b\nc,d\n' >words.csv
printf 'm,e\n' >header.csv
: >empty.csv
mkdir folder.csv

# bad STATUS PATTERN ARGUMENT...
bad() {
  bad_status=$1
  bad_pattern=$2
  shift 2
  refuse "$bad_status" "$bad_pattern" "$HEBB" analyse "$@"
}

bad 64 'a subject is missing'
bad 64 'unknown subject serie; did you mean series' serie
bad 64 'give a file, FILE.csv' series
bad 64 'give one file, not 2; two with --both-ends' series late.csv early.csv
bad 64 '--both-ends compares two runs: give two files, not 1' series late.csv --both-ends
bad 64 '--neurons N and --temperature T go together' series late.csv --neurons 5
bad 64 '--neurons N and --temperature T go together' series late.csv --temperature .5
bad 65 '--temperature: 0 is out of range' series late.csv --neurons 5 --temperature 0
bad 64 '--column: made.csv has no column chian; did you mean chain' series made.csv --column chian
bad 65 "made.csv:2: column word: 'up' is no number; mend it, or choose another" series made.csv --column word
bad 65 'hole.csv:3: column e is empty; take the row out, or choose another' series hole.csv
bad 65 "text.csv:3: column e: 'x' is no number; mend it" series text.csv
bad 65 "nan.csv:3: column e: 'nan' is no finite number" series nan.csv
bad 65 'ragged.csv:3: expected 2 fields, found 1' series ragged.csv
bad 65 'quote.csv:2: a quote' series quote.csv
bad 65 'single.csv: one row of values; a series has two' series single.csv
bad 65 'words.csv:2: no column holds a number' series words.csv
bad 65 'header.csv: a header but no numbers' series header.csv
bad 65 'empty.csv: empty, expected' series empty.csv
bad 66 'nowhere.csv: .*No such file' series nowhere.csv
bad 66 'folder.csv: is a folder' series folder.csv
bad 65 '--skip: 4999 is out of range, late.csv has 5000 rows' series late.csv --skip 4999
bad 65 '--skip: -1 is out of range' series late.csv --skip -1
bad 65 'made.csv: 5 columns, and late.csv has 1' series late.csv made.csv --both-ends
bad 65 'single.csv: one row' series hole.csv single.csv --both-ends --column m
sed 's/chain/mean/' made.csv >renamed.csv
bad 65 'renamed.csv: column 3 is mean, and chain in made.csv' series made.csv renamed.csv --both-ends
sed 's/,up,/,1,/' made.csv >numbers.csv
bad 65 'numbers.csv: column word holds numbers, and text in made.csv' series made.csv numbers.csv --both-ends
table hole.csv --column m
equal 'what is wrong elsewhere does not matter to one column' "$(cell table.csv 1 mean)" 2

finish
