#!/bin/sh
# `hebb figure`: the recipes there are, a copy of one that somebody changed, recipes that are wrong, and the picture
# drawn once more by hand.
# shellcheck disable=SC2016 # texts for another shell
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

# ---- the list ----

expect 0 "$HEBB" figure --list
cp "$out" list
for folder in "$HEBB_FIGURES"/*/; do
  folder=${folder%/}
  [ -e "$folder/recipe.conf" ] || continue
  equal "${folder##*/} is in the list, its name first" "$(grep -c "^${folder##*/} " list)" 1
done
check 'the list is sorted' sort -c list
equal 'the list has nothing else' "$(wc -l <list)" "$(find -L "$HEBB_FIGURES" -mindepth 2 -maxdepth 2 -name recipe.conf | wc -l)"
refuse 66 'nowhere: .*HEBB_FIGURES' env HEBB_FIGURES="$PWD/nowhere" "$HEBB" figure --list
refuse 64 'list stands alone' "$HEBB" figure --list capacity
refuse 64 'copy takes one figure' "$HEBB" figure all --copy mine
mkdir recipes
cp -R "$HEBB_FIGURES/capacity" "$HEBB_FIGURES/crosstalk" recipes
chmod -R u+w recipes
mkdir recipes/broken recipes/closed
echo '[run' >recipes/broken/recipe.conf
mkdir recipes/closed/recipe.conf
expect 65 env HEBB_FIGURES="$PWD/recipes" "$HEBB" figure --list
equal 'a recipe that cannot be read does not hide the others' "$(cut -d' ' -f1 "$out" | tr '\n' ' ')" 'capacity crosstalk '
equal 'one line says why' "$(wc -l <"$err")" 1
check 'it names the first of them' grep -q 'broken/recipe.conf:1: ' "$err"
rm -r recipes/capacity recipes/crosstalk recipes/broken
refuse 66 'closed/recipe.conf: ' env HEBB_FIGURES="$PWD/recipes" "$HEBB" figure --list
mkdir build
ln -s "$HEBB" build/hebb
expect 0 env -u HEBB_FIGURES build/hebb figure --list
same_file 'the program finds the figures without HEBB_FIGURES too' list "$out"

# ---- one's own copy ----

# copy NAME FOLDER: a figure of the program's, at a size of a fraction of a second
copy() {
  cp -R "$HEBB_FIGURES/$1" "$2"
  chmod -R u+w "$2"
  printf '\n[run %s]\nneurons = 100,200\nalpha = .1,.14,.2\nreplicas = 20\n[run %s quick]\nreplicas = 10\n' "$1" "$1" \
    >>"$2/recipe.conf"
}

# drawn FOLDER: both pictures are there, where there is a gnuplot
drawn() {
  if has_gnuplot; then
    filled "$1 is drawn" "$1/figure.pdf"
    filled "$1 is drawn" "$1/figure.svg"
    check "$1: a PDF" grep -q '^%PDF' "$1/figure.pdf"
    check "$1: an SVG" grep -q '<svg' "$1/figure.svg"
  fi
}

for name in capacity crosstalk; do
  copy $name "my $name"
  expect 0 "$HEBB" figure "./my $name" --out "drawn/$name" --threads 1
  check "how the verdicts of $name fell" grep -Eq '^verdict: [0-9]+ agree, [0-9]+ disagree, [0-9]+ inconclusive' "$err"
  for file in units.csv summary.csv theory.csv verdict.csv manifest.json plot.gp; do
    filled "$file of $name" "drawn/$name/$file"
  done
  equal "$name: the settings further down go first" "$(cell drawn/$name/summary.csv 1 replicas)" 10
  drawn "drawn/$name"
done
expect 0 "$HEBB" figure './my capacity' --size paper --out drawn/paper --threads 1
equal 'the other size' "$(cell drawn/paper/summary.csv 1 replicas)" 20

expect 0 "$HEBB" figure './my capacity/' --quiet --threads 1
same_file 'without --out into results/ and the name' 'results/my capacity/units.csv' drawn/capacity/units.csv
check '--quiet says nothing' test ! -s "$err"
cp -R 'my capacity' elsewhere
(cd drawn && "$HEBB" figure ../elsewhere --quiet --out ../relative) || fail 'a relative path from another folder'
same_file 'a relative path from another folder' relative/units.csv drawn/capacity/units.csv
expect 0 "$HEBB" figure "$PWD/elsewhere" --quiet --out "$PWD/absolute"
same_file 'absolute paths' absolute/units.csv drawn/capacity/units.csv
cp elsewhere/plot.gp plot.gp
expect 0 "$HEBB" figure ./elsewhere --quiet --out ./elsewhere
drawn elsewhere
same_file 'a figure can be drawn in its own folder' plot.gp elsewhere/plot.gp
chmod -R a-w elsewhere
expect 0 "$HEBB" figure ./elsewhere --quiet --out from-read-only
drawn from-read-only
cp -R drawn/capacity other-study
refuse 64 'another study.*--overwrite' "$HEBB" figure ./my\ crosstalk --out other-study
check 'a folder that is refused stays as it was' diff -r drawn/capacity other-study
cp -R 'my crosstalk' others
refuse 64 'others: is another figure' "$HEBB" figure ./my\ capacity --out others
mkdir nothing
refuse 66 './nothing: .*recipe.conf' "$HEBB" figure ./nothing
refuse 64 "unknown figure my capacity.*'?\./my capacity" "$HEBB" figure 'my capacity'
: >crosstalk # a file of the same name is not in the way of the program's own figure
refuse 74 '^hebb: crosstalk: is a file' "$HEBB" figure crosstalk --out crosstalk

# ---- a load far from those of the paper ----

expect 0 "$HEBB" run crosstalk --neurons 100 --alpha .5 --replicas 60 --threads 1 --out far
drawn far

# ---- gnuplot by hand ----

if has_gnuplot; then
  for name in capacity crosstalk; do
    for from in "drawn/$name:plot.gp" ".:drawn/$name/plot.gp" "/:$PWD/drawn/$name/plot.gp" "$HEBB_FIGURES:$PWD/drawn/$name/plot.gp"; do
      rm -f "drawn/$name/figure.pdf" "drawn/$name/figure.svg"
      (cd "${from%%:*}" && gnuplot -d "${from#*:}") >"$out" 2>&1 || fail "gnuplot ${from#*:} in ${from%%:*}: $(cat "$out")"
      drawn "drawn/$name"
    done
    check "gnuplot has nothing to complain of in $name" test ! -s "$out"
  done
  mv drawn "it's moved"
  (cd / && gnuplot -d "$scratch/here/it's moved/capacity/plot.gp") >"$out" 2>&1 || fail "in a folder that was moved: $(cat "$out")"
  drawn "it's moved/capacity"
fi

# ---- several steps ----

mkdir several
cp "$HEBB_FIGURES/capacity/plot.gp" several
cat >several/recipe.conf <<'RECIPE'
# a comment
title = Several steps

[run capacity]
neurons = 100
alpha = .1,.12
replicas = 3

[theory retrieval as glass]
alpha = 0.1:0.2:0.05
state = glass

[run crosstalk as noise]
neurons = 100
alpha = .1
[run crosstalk as noise paper]
replicas = 1000000000
[run crosstalk as noise quick]
replicas = 4
RECIPE
expect 0 "$HEBB" figure ./several --out results/several
equal 'a table has the name the recipe gives it' "$(header results/several/theory-glass.csv | cut -d, -f1-3)" alpha,temperature,m
filled 'its sidecar' results/several/theory-glass.meta.json
equal 'a further run has a folder of its own' "$(cell results/several/noise/summary.csv 1 replicas)" 4
drawn results/several

# ---- theory alone ----

mkdir theory
cat >theory/recipe.conf <<'RECIPE'
title = Theory alone

[theory crosstalk as low]
alpha = 0.1:0.2:0.05
[theory crosstalk as high]
alpha = 0.3:0.4:0.05
[theory crosstalk as high paper]
alpha = 0.3:0.4:0.01
[theory crosstalk as more paper]
alpha = 0.5
RECIPE
cat >theory/plot.gp <<'SCRIPT'
slash = 0
do for [k = 1:strlen(ARG0)] { if (ARG0[k:k] eq "/") { slash = k } }
if (slash > 0) { cd ARG0[1:slash] }
set datafile separator ','
set datafile columnheaders
do for [format in 'pdf svg'] {
    set terminal (format eq 'pdf' ? 'pdfcairo' : 'svg')
    set output 'figure.' . format
    plot 'theory-low.csv' using 'alpha':'p_error' with lines, 'theory-high.csv' using 'alpha':'p_error' with lines
    unset output
}
SCRIPT
expect 0 "$HEBB" figure ./theory --out results/theory --strict
check 'it says that nothing is judged' grep -q '^figure: theory alone, so no verdicts$' "$err"
check 'and has no verdicts to count' sh -c '! grep -q "^verdict:" "$1"' sh "$err"
drawn results/theory
equal 'a subject can appear twice: rows of the first table' "$(data results/theory/theory-low.csv | wc -l)" 4
equal 'and of the second' "$(data results/theory/theory-high.csv | wc -l)" 4
filled 'a table has its sidecar' results/theory/theory-high.meta.json
absent 'a step for the other size is left out' results/theory/theory-more.csv
equal 'verdict.csv has its header and no rows' "$(data results/theory/verdict.csv)" \
  'quantity,simulation,simulation_err,theory,z,tolerance,verdict,note'
filled 'its sidecar' results/theory/verdict.meta.json
check 'the manifest has the commands of the tables' \
  grep -q '"theory-high": "hebb theory crosstalk --alpha 0.3:0.4:0.05' results/theory/manifest.json
check 'and the command of the figure' \
  grep -q '"command": "hebb figure theory --size quick"' results/theory/manifest.json
check 'which verdict.csv has too' grep -qx '# command: hebb figure theory --size quick' results/theory/verdict.csv
absent 'a file of a simulation' results/theory/units.csv
for file in theory-low.csv theory-high.csv verdict.csv manifest.json plot.gp; do
  cp "results/theory/$file" "first-$file"
done
printf 'cut sho' >results/theory/theory-low.csv
expect 0 "$HEBB" figure ./theory --out results/theory
for file in theory-low.csv theory-high.csv verdict.csv manifest.json plot.gp; do
  same_file "$file is written again, and is the same" "results/theory/$file" "first-$file"
done
cp -R results/theory kept
refuse 64 'manifest.json: holds another study.*--overwrite' "$HEBB" figure ./theory --size paper --out results/theory
refuse 64 'manifest.json: holds another study.*--overwrite' "$HEBB" figure './my capacity' --out results/theory
check 'a folder that is refused stays as it was' diff -r kept results/theory
expect 0 "$HEBB" figure ./theory --size paper --out results/theory --overwrite
check 'the size is in the command' grep -qx '# command: hebb figure theory --size paper' results/theory/verdict.csv
equal '--overwrite takes it' "$(data results/theory/theory-high.csv | wc -l)" 12
refuse 64 'several/manifest.json: holds another study' "$HEBB" figure ./theory --out results/several
refuse 64 'others: is another figure' "$HEBB" figure ./theory --out others
for file in verdict.csv figure.pdf plot.gp theory-low.csv; do
  mkdir "stranger-$file"
  echo mine >"stranger-$file/$file"
  refuse 64 "stranger-$file/$file: is there already" "$HEBB" figure ./theory --out "stranger-$file"
  equal 'a file that no manifest explains stays' "$(cat "stranger-$file/$file")" mine
done
expect 0 "$HEBB" figure ./theory --out stranger-theory-low.csv --overwrite --csv-plain --quiet
check '--quiet says nothing of theory either' test ! -s "$err"
check '--csv-plain holds for all tables' sh -c '! grep -q "^#" stranger-theory-low.csv/*.csv'
cp -R theory redrawn
expect 0 "$HEBB" figure ./redrawn --out results/redrawn
echo '# changed' >>redrawn/plot.gp
expect 0 "$HEBB" figure ./redrawn --out results/redrawn
same_file 'a changed recipe is drawn' redrawn/plot.gp results/redrawn/plot.gp
echo '# mine' >>results/redrawn/plot.gp
echo '# changed again' >>redrawn/plot.gp
expect 0 "$HEBB" figure ./redrawn --out results/redrawn
check 'a script changed beside the results is kept' grep -qx '# mine' results/redrawn/plot.gp
check 'and how to get the other is said' grep -q 'rm results/redrawn/plot.gp$' "$err"
cp -R theory in-place
expect 0 "$HEBB" figure ./in-place --out ./in-place
expect 0 "$HEBB" figure ./in-place --out ./in-place
drawn in-place
for folder in "$HEBB_FIGURES"/*/; do # those of the program's own that are theory alone
  name=$(basename "$folder")
  if [ -e "$folder/recipe.conf" ] && ! grep -Eq '^\[(run|train) ' "$folder/recipe.conf"; then
    expect 0 "$HEBB" figure "$name" --out "own/$name"
    equal "$name: no verdicts" "$(data "own/$name/verdict.csv" | wc -l)" 1
    drawn "own/$name"
    if has_gnuplot; then
      (cd / && gnuplot -d "$scratch/here/own/$name/plot.gp") >"$out" 2>&1 || fail "$name, drawn from elsewhere"
      check "gnuplot has nothing to complain of in $name" test ! -s "$out"
    fi
  fi
done
# ---- figures of a training, at a size of a second ----

# trained NAME SETTINGS: a copy with these after its own
trained() {
  cp -R "$HEBB_FIGURES/$1" "small-$1" && chmod -R u+w "small-$1" && printf '%b' "$2" >>"small-$1/recipe.conf"
  expect 0 env -u HEBB_MNIST "$HEBB" figure "./small-$1" --out "results/small-$1" --threads 1
  drawn "results/small-$1"
  if has_gnuplot; then
    (cd / && gnuplot -d "$scratch/here/results/small-$1/plot.gp") >"$out" 2>&1 || fail "$1, drawn from elsewhere"
    check "gnuplot has nothing to complain of in $1" test ! -s "$out"
  fi
}
few='hidden = 12\nupdates = 10\n'
trained rbm-training "[train rbm as machine]\n$few[analyse weights as weights]\nupdate = 0,5,10\n[analyse fixed-points as states]\nstarts = 5
[analyse likelihood as likelihood]\ncases = 20\nsettle = 2\nsweeps = 4\n[sample machine as middle]\nupdate = 5\n"
if has_gnuplot; then
  untested=results/small-rbm-training/analysis-likelihood.csv
  awk -F, -v OFS=, '!/^#/ { if (!column) for (k = 1; k <= NF; k++) { if ($k == "ll_test") column = k } else $column = "" } 1' \
    "$untested" >untested && mv untested "$untested"
  equal 'no test images' "$(cell "$untested" 1 ll_test)" ''
  gnuplot -d results/small-rbm-training/plot.gp >"$out" 2>&1 || fail "without test images: $(cat "$out")"
  check 'gnuplot has nothing to complain of without test images' test ! -s "$out"
fi
trained rbm-samples "[train rbm as digits]\n$few[sample digits as gibbs]\nsweeps = 2\n[sample digits as trajectory]\nsweeps = 2\n"

cat >theory/recipe.conf <<'RECIPE'
[theory crosstalk as low]
alpha = 0.1,0.2
[theory crosstalk as high]
alpha = 0.3,0.4
[run crosstalk as noise]
neurons = 100
alpha = .1
replicas = 2
RECIPE
expect 0 "$HEBB" figure ./theory --out results/beside --threads 1
filled 'runs in folders of their own: the figure has its verdict.csv' results/beside/verdict.csv
filled 'and they have theirs' results/beside/noise/verdict.csv

# ---- steps in each other's way are refused before anything runs ----

mkdir clash
cp "$HEBB_FIGURES/capacity/plot.gp" clash
printf '[run capacity]\nneurons = 100\n[run crosstalk]\nneurons = 100\n' >clash/recipe.conf
refuse 65 'clash/recipe.conf:3: writes where line 1 does' "$HEBB" figure ./clash --out clash-out
absent "nothing has run" clash-out
printf '[run capacity]\nneurons = 100\nalpha = .1\nreplicas = 2\n[theory capcity as x]\n' >clash/recipe.conf
refuse 65 'clash/recipe.conf:5: unknown subject' "$HEBB" figure ./clash --out clash-out
absent "nothing has run" clash-out

# ---- wrong recipes: the file and the line are named ----

mkdir wrong
cp "$HEBB_FIGURES/capacity/plot.gp" wrong
start='title = A figure\n[run capacity]\nneurons = 100\nalpha = .1,.12\nreplicas = 2\n'

# wrong STATUS PATTERN RECIPE
wrong() {
  printf '%b' "$3" >wrong/recipe.conf
  refuse "$1" "$2" "$HEBB" figure ./wrong --out never
}
wrong 64 'wrong/recipe.conf:6: .*neuron.*did you mean neurons' "${start}neuron = 5\n"
wrong 64 'wrong/recipe.conf:6: .*threads' "${start}threads = 1\n"
wrong 64 'wrong/recipe.conf:6: .*out' "${start}out = /tmp\n"
wrong 64 "wrong/recipe.conf:7: alpha: 'abc' is no number" "${start}[run capacity quick]\nalpha = abc\n"
wrong 64 'wrong/recipe.conf:7: alpha: ' "${start}[run capacity quick]\nalpha =\n"
wrong 65 'wrong/recipe.conf:7: alpha: -1 is out of range' "${start}[run capacity quick]\nalpha = -1\n"
wrong 65 'wrong/recipe.conf:6: .*name = value' "${start}nonsense\n"
wrong 65 'wrong/recipe.conf:6: a NUL byte' "${start}\\0\n"
wrong 65 "wrong/recipe.conf:1: 'alpha' stands before the first section" 'alpha = .1\n'
wrong 65 'wrong/recipe.conf: has no section' ''
wrong 65 'wrong/recipe.conf: has no section' '# nothing\n'
wrong 65 "wrong/recipe.conf:2: ']' is missing" 'title = x\n[run capacity\n'
for section in '[]' '[run]' '[walk capacity]' '[runcapacity]'; do
  wrong 65 'wrong/recipe.conf:1: a section is' "$section\n"
done
for section in '[run capacity quik]' '[run capacity quick paper]' '[theory capacity as x quik]'; do
  wrong 65 'wrong/recipe.conf:1: .*quick or paper' "$section\n"
done
wrong 65 'wrong/recipe.conf:1: it needs a name' '[theory capacity]\n'
for label in ../x / . .. a/b a.b -x A '' "it's" '$x'; do
  wrong 65 'wrong/recipe.conf:1: .*as' "[theory capacity as $label]\n"
  wrong 65 'wrong/recipe.conf:1: .*as' "[run capacity as $label]\n"
done
wrong 65 "wrong/recipe.conf.*capasity" '[run capasity]\n'
wrong 65 'wrong/recipe.conf:1: unknown subject capcity; did you mean capacity' '[theory capcity as x]\n'
absent 'nothing is computed for a recipe whose only step is wrong' never

printf '%b' "$start" >wrong/recipe.conf
if has_gnuplot; then
  rm -f wrong/plot.gp # it may be a copy that cannot be written to
  printf 'set output "figure.pdf"\nplot sin(\n' >wrong/plot.gp
  refuse 65 '"plot.gp".* line 2: ' "$HEBB" figure ./wrong --out failed
  filled 'the numbers are there all the same' failed/summary.csv
fi
rm -f wrong/plot.gp
refuse 66 'wrong/plot.gp: ' "$HEBB" figure ./wrong --out undrawn

# ---- a grid of one's own, on which curves and panels have no point ----

# changed NAME KEY VALUE: a copy of a figure whose every line `KEY = ` has become `KEY = VALUE`
changed() {
  cp -R "$HEBB_FIGURES/$1" "changed-$1" && chmod -R u+w "changed-$1" &&
    sed "s/^$2 = .*/$2 = $3/" "$HEBB_FIGURES/$1/recipe.conf" >"changed-$1/recipe.conf"
  expect 0 "$HEBB" figure "./changed-$1" --out "results/changed-$1"
  drawn "results/changed-$1"
}
changed phase-diagram alpha 0.01,0.05,0.1,0.138
changed retrieval-overlap temperature 0.5,1,1.2
changed free-energy-landscape temperature 1.5

# ---- numbers without a decimal point, and a column without a number ----

# ran NAME OPTION...: an experiment whose pictures are drawn
ran() {
  expect 0 "$HEBB" run "$@" --quiet --out "results/ran-$n_run"
  drawn "results/ran-$n_run"
  n_run=$((n_run + 1))
}
n_run=1
ran retrieval --alpha .05 --temperature 1e-5 --neurons 100 --replicas 2 --sweeps 8
ran retrieval --alpha .01 --neurons 100 --replicas 2 --sweeps 8
ran dynamics --neurons 1000 --alpha .08 --overlap 1e-5,.5 --replicas 2 --steps 2 --paths 3000
ran basins --neurons 200 --alpha .02 --overlap 1e-5,.3,1 --replicas 2 --paths 3000
ran boltzmann-equilibrium --units 3 --replicas 1 --sweeps 20
ran boltzmann-equilibrium --units 4 --coupling 6 --temperature .2 --chains 1 --replicas 2 --sweeps 30000
ran microscopic-reversibility --units 2 --replicas 1 --steps 500
ran mean-field-landscape --units 5 --temperature .5 --replicas 1
ran mean-field-accuracy --units 4 --coupling .1 --replicas 1
ran mean-field-xor --collect 3 --settle 2 --replicas 1
ran boltzmann-learning --updates 3 --replicas 1
ran annealing-schedule --updates 0 --replicas 1

# ---- all of them ----

mkdir few
for name in crosstalk mixture-ladder; do cp -R "$HEBB_FIGURES/$name" few; done
chmod -R u+w few
printf '[run crosstalk]\nneurons = 100\nalpha = .1\nreplicas = 5\n' >few/crosstalk/recipe.conf
echo 'alhpa = 2' >>few/crosstalk/recipe.conf
expect 64 env HEBB_FIGURES="$PWD/few" "$HEBB" figure all --out few-results --threads 1
check 'the figure that fails is named' grep -q 'crosstalk/recipe.conf:5: ' "$err"
check 'and counted' grep -q 'figure all: 1 of 2 figures failed' "$err"
filled 'the others are made' few-results/mixture-ladder/verdict.csv

finish
