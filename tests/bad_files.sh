#!/bin/sh
# Files that are no patterns, places that cannot be written to, names that a shell would run: each is refused with a
# clear line or taken as it is, and nothing is left torn, changed, or run.
# shellcheck disable=SC2016 # texts for another shell
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

# ---- patterns of the user's own ----

printf '1,-1,1,1\n-1,-1,1,1\n' >good.csv
printf '1,-1,1\n1,1\n' >ragged.csv
printf '# a comment\n1,-1,1,1\n1,abc,1,1\n' >text.csv
printf '1,-1,nan,1\n' >nan.csv
printf '1,-1,,1\n' >hole.csv
printf '1,"-1\n' >quote.csv
printf 'a,b,c,d\n' >header.csv
printf '0,1,2,1\n1,1,0,1\n' >grey.csv
printf '0,1,-1,1\n' >mixed.csv
: >empty.csv
cp good.csv good.txt
cp good.csv no-ending
mkdir folder.csv
mkfifo pipe.csv

printf '\0\0\010\002\0\0\0\002\0\0\0\004\000\001\000\001\001\001\001\001' >good.idx
head -c 19 good.idx >short.idx
head -c 10 good.idx >head.idx
{ cat good.idx && printf x; } >long.idx
printf '\0\0\010\003\377\377\377\377\377\377\377\377\377\377\377\377' >promise.idx
printf '\0\0\010\001\0\0\0\002\001\001' >flat.idx
cp good.csv csv.idx
for name in good short long promise; do gzip -c $name.idx >$name.idx.gz; done
head -c 30 good.idx.gz >torn.idx.gz
{ cat good.idx.gz && printf x; } >more.idx.gz

# npy SHAPE: the header of a float64 .npy file, 128 bytes
npy() {
  printf '\223NUMPY\001\000\166\000'
  printf '%-117s\n' "{'descr': '|i1', 'fortran_order': False, 'shape': ($1), }"
}
{ npy '2, 4' && printf '\001\377\001\001\377\377\001\001'; } >good.npy
{ npy '2, 4' && printf '\001\377\001'; } >short.npy
{ npy '2, 4' && printf '\001\377\001\001\377\377\001\001\001'; } >long.npy
{ npy '99999999999, 99999999999' && printf '\001'; } >promise.npy
npy '2, 4' | head -c 60 >head.npy
cp good.csv csv.npy

# bad STATUS PATTERN FILE [OPTION...]
bad() {
  bad_status=$1
  bad_pattern=$2
  bad_file=$3
  shift 3
  refuse "$bad_status" "$bad_pattern" "$HEBB" run capacity --alpha .5 --replicas 3 --threads 1 --out patterns \
    --patterns-file "$bad_file" "$@"
}

# good FILE [OPTION...]
good() {
  expect 0 "$HEBB" run capacity --alpha .5 --replicas 3 --threads 1 --overwrite --out patterns --patterns-file "$@"
  equal "N is the length of the patterns of $1" "$(cell patterns/units.csv 1 n_neurons)" 4
}

bad 65 'ragged.csv:2: expected 3 fields, found 2' ragged.csv
bad 65 "text.csv:3: column 2: 'abc' is no number" text.csv
bad 65 "nan.csv:1: column 3: 'nan' is no finite number" nan.csv
bad 65 'hole.csv:1: column 3 is empty' hole.csv
bad 65 'quote.csv:1: a quote' quote.csv
bad 65 'header.csv: a header but no numbers' header.csv
bad 65 'grey.csv: pattern 1, pixel 3 is 2: .*--threshold' grey.csv
bad 65 'mixed.csv: pattern 1, pixel 3 is -1: .*--threshold' mixed.csv
bad 65 'empty.csv: empty' empty.csv
bad 65 'good.txt: .*\.csv, \.npy, \.idx' good.txt
bad 65 'no-ending: .*\.csv, \.npy, \.idx' no-ending
bad 66 'folder.csv: is a folder' folder.csv
bad 66 'pipe.csv: is a pipe' pipe.csv
bad 66 'nowhere.csv: .*No such file' nowhere.csv
bad 66 'good.csv/x.csv: ' good.csv/x.csv
bad 65 'short.idx: truncated: .* 8 bytes.* 7' short.idx
bad 65 'head.idx: truncated' head.idx
bad 65 'long.idx: too long: .* 8 bytes.* 9' long.idx
bad 65 'promise.idx: truncated' promise.idx
bad 65 'flat.idx: 1 dimension' flat.idx
bad 65 'csv.idx: no IDX file' csv.idx
bad 65 'short.idx.gz: truncated: .* 8 bytes.* 7' short.idx.gz
bad 65 'long.idx.gz: more follows the 8 bytes' long.idx.gz
bad 65 'promise.idx.gz: truncated' promise.idx.gz
bad 65 'torn.idx.gz: truncated' torn.idx.gz
bad 65 'more.idx.gz: other data follow' more.idx.gz
bad 65 'short.npy: truncated: .* 8 bytes.* 3' short.npy
bad 65 'long.npy: too long: .* 8 bytes.* 9' long.npy
bad 65 'promise.npy: ' promise.npy
bad 65 'head.npy: truncated' head.npy
bad 65 'csv.npy: no .npy file' csv.npy
bad 65 '--alpha: 1 .* 4 patterns, .* 2' good.csv --alpha 1
bad 64 '--neurons: the patterns of good.csv have 4' good.csv --neurons 5
bad 65 '--threshold: nan' grey.csv --threshold nan
absent 'no folder is made for patterns that cannot be read' patterns
if [ "$(id -u)" -ne 0 ]; then
  cp good.csv secret.csv
  chmod a-r secret.csv
  bad 66 'secret.csv: .*Permission denied' secret.csv
fi
for file in good.csv good.idx good.idx.gz good.npy; do good $file; done
good grey.csv --threshold .5
check 'the theory is said to assume independent patterns' grep -q 'assumes independent patterns' "$err"
good good.csv
tr 01 10 <good.csv >other.csv
bad 64 'holds another study \(patterns: ' other.csv

# ---- places that cannot be written to ----

: >file
for folder in file file/below; do
  refuse 74 '^hebb: file: is a file' "$HEBB" run capacity --neurons 100 --alpha .1 --replicas 2 --out $folder
  refuse 74 '^hebb: file: is a file' "$HEBB" figure crosstalk --out $folder
done
refuse 74 'file/table.csv: .*Not a directory' "$HEBB" theory capacity -o file/table.csv
refuse 74 'folder.csv: .*directory' "$HEBB" theory capacity -o folder.csv
ln -s nowhere dangling
refuse 74 '^hebb: dangling' "$HEBB" run capacity --neurons 100 --alpha .1 --replicas 2 --out dangling
mkdir -p in-the-way/manifest.json
refuse 64 'in-the-way/manifest.json: is no regular file' \
  "$HEBB" run capacity --neurons 100 --alpha .1 --replicas 2 --out in-the-way --overwrite
rmdir in-the-way/manifest.json
for name in journal units.csv; do
  mkdir -p "in-the-way/$name"
  refuse 74 "in-the-way/$name: " "$HEBB" run capacity --neurons 100 --alpha .1 --replicas 2 --out in-the-way --overwrite
  rmdir "in-the-way/$name"
done
if [ "$(id -u)" -ne 0 ]; then
  mkdir shut
  chmod a-w shut
  refuse 74 'shut/table.csv: .*Permission denied' "$HEBB" theory capacity -o shut/table.csv
  refuse 74 'shut/.*: .*Permission denied' "$HEBB" run capacity --neurons 100 --alpha .1 --replicas 2 --out shut
  refuse 74 'shut/new: .*Permission denied' "$HEBB" run capacity --neurons 100 --alpha .1 --replicas 2 --out shut/new
fi
if [ -c /dev/full ]; then
  refuse 74 '/dev/full: .*No space left' "$HEBB" theory capacity -o /dev/full
  refuse 74 'standard output: No space left' sh -c '"$0" theory capacity >/dev/full' "$HEBB"
  refuse 74 'standard output: ' sh -c '"$0" theory crosstalk --alpha .001:1:.001 >/dev/full' "$HEBB"
  refuse 74 'standard output: No space left' sh -c '"$0" --help >/dev/full' "$HEBB"
fi
refuse 74 'standard output: ' sh -c '"$0" theory capacity >&-' "$HEBB"

# A disk that fills up at one point or another: files are those of the whole study or they are not there.  With less than
# two blocks some OpenMP runtimes do not even start.
expect 0 small capacity --replicas 100 --out whole
n_torn=0
for blocks in 2 4 6 8 16 24 32 48 64 96; do
  sh -c 'trap "" XFSZ; ulimit -f "$1" && shift && exec "$@"' sh $blocks \
    "$HEBB" run capacity --neurons 100 --alpha .1,.12 --replicas 100 --threads 1 --out "full $blocks" 2>said.full
  status=$?
  case $status in
  0) [ $blocks -gt 16 ] || fail "a file of at most $blocks blocks of 512 bytes cannot hold units.csv, yet the exit status is 0" ;;
  65 | 74) n_torn=$((n_torn + 1)) ;;
  *) fail "exit status $status where files end at $blocks blocks: $(cat said.full)" ;;
  esac
  for file in "full $blocks"/* "full $blocks"/.[!.]*; do
    [ -e "$file" ] || continue
    case $file in
    *.pdf | *.svg) [ $status -eq 0 ] || fail "$file is left of a drawing that failed" ;; # they bear a date
    */journal) ;; # grows as it can; the study goes on with it
    *) same_file 'where the disk is full, a file that is there is whole' "$file" "whole/${file##*/}" ;;
    esac
  done
  expect 0 small capacity --replicas 100 --out "full $blocks"
  for file in whole/*.csv whole/*.json; do
    same_file 'with room on the disk the study goes on to its end' "$file" "full $blocks/${file##*/}"
  done
done
check 'the disk was full in some of these runs' test $n_torn -gt 4

# ---- other people's results ----

expect 0 small capacity --out study
cp -R study copy
refuse 64 'study.*holds another study.*--overwrite' "$HEBB" run capacity --neurons 100 --alpha .1,.12 --replicas 4 --out study
refuse 64 'study.*holds another study.*--overwrite' "$HEBB" run crosstalk --neurons 100 --alpha .1 --replicas 2 --out study
check 'a folder that is refused stays as it was' diff -r study copy
expect 0 small capacity --out study
rm study/journal # which would tell whose the folder is
for manifest in '' '{}' '[]' null '{"hebb": 1}' '{"hebb": "0.1.0", "command": 5}' '{"hebb": "0.1.0"'; do
  printf '%s' "$manifest" >study/manifest.json
  refuse 64 'study/manifest.json: .*--overwrite' "$HEBB" run capacity --neurons 100 --alpha .1,.12 --replicas 3 --out study
done
expect 0 small capacity --replicas 4 --overwrite --out study
equal '--overwrite replaces the study' "$(cell study/summary.csv 1 replicas)" 4

# ---- config files, recipes and manifests that are no files, or have no end ----

ln -s /dev/zero endless
ln -s loop loop
for config in folder.csv pipe.csv /dev/zero endless loop; do
  refuse 66 "^hebb: $config: " "$HEBB" run capacity --config $config --out config
done
absent 'no folder is made for a config that cannot be read' config
mkdir recipe
for target in ../pipe.csv /dev/zero; do
  ln -sf $target recipe/recipe.conf
  refuse 66 'recipe/recipe.conf: is a ' "$HEBB" figure ./recipe --out drawn
done
for target in ../pipe.csv /dev/zero manifest.json; do
  ln -sf $target study/manifest.json
  refuse 64 'study/(manifest.json: is no regular file|.*--overwrite)' "$HEBB" run capacity --neurons 100 --alpha .1,.12 --replicas 3 --out study
done
rm study/manifest.json

# ---- names that a shell, gnuplot or printf would take for something else ----

expect 0 small capacity --out plain
for name in 'a b' "it's" 'a"b' '`touch pwned`' '$(touch pwned)' '| touch pwned' '; touch pwned' '<touch pwned' \
  '"`touch pwned`' "'.system('touch pwned').'" '%s%n%d' '*' '~' 'a\nb' '-q' '--help'; do
  expect 0 small capacity --out "$name"
  same_file "no name of a folder is in the files of «$name»" "./$name/units.csv" plain/units.csv
  if has_gnuplot; then
    filled "figure.pdf in «$name»" "./$name/figure.pdf"
    filled "figure.svg in «$name»" "./$name/figure.svg"
  fi
done
newline='a
touch pwned'
refuse 64 '--out: ' "$HEBB" run capacity --neurons 100 --alpha .1 --replicas 2 --out "$newline"
cp good.csv './|touch pwned;`touch pwned`.csv'
good '|touch pwned;`touch pwned`.csv'
equal 'no command was run' "$(find . -name pwned)" ''

finish
