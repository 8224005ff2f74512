#!/bin/sh
# The faults of tests/bite/faults.txt fit the sources as they are.  Whether the tests notice them: make bite.
# shellcheck disable=SC2016 # texts for another shell
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"
sources=$(dirname -- "$HEBB_FIGURES")
bite=$sources/tests/bite

expect 0 awk -f "$bite/list_faults.awk" "$bite/faults.txt"
cp "$out" faults
check 'at least 30 of them' test "$(wc -l <faults)" -ge 30
while read -r name file test _; do
  filled "$name is in a file" "$sources/$file"
  expect 0 awk -f "$bite/seed_fault.awk" "$bite/faults.txt" "$name" "$sources/$file"
  check "$name changes it" sh -c '! cmp -s "$1" "$2"' sh "$out" "$sources/$file"
  source=$test
  [ "${test%.sh}" != "$test" ] || source=$test.c
  filled "the test of $name" "$sources/$source"
done <faults

# ---- what does not fit is refused ----

cat >list <<'END'
fault twice
file source
test tests/bite_list.sh
- a
+ b

fault two-lines
file source
test tests/bite_list.sh
- a
- c
+ \n&

fault not-there
file source
test tests/bite_list.sh
- a  c
+
END
printf 'a\na\nc\n' >source
seed() { awk -f "$bite/seed_fault.awk" list "$@"; }
expect 1 seed twice source
check 'a text that is there twice' grep -q '^twice: .*2 times' "$err"
expect 1 seed not-there source
check 'a text that is not there' grep -q '^not-there: .*0 times' "$err"
expect 0 seed two-lines source
printf 'a\n\\n&\n' >want
same_file 'lines are replaced as they stand' "$out" want
expect 0 awk -f "$bite/list_faults.awk" list
printf 'fault twice\n' >>list
expect 1 awk -f "$bite/list_faults.awk" list
check 'two faults of one name' grep -q 'a name of its own' "$err"
for line in 'fault a b' 'file x' 'text' '-a'; do
  printf '%s\n' "$line" >wrong
  expect 1 awk -f "$bite/list_faults.awk" wrong
done
printf 'fault a\nfile f\ntest t\n- x\n' >wrong
expect 1 awk -f "$bite/list_faults.awk" wrong
finish
