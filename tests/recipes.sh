#!/bin/sh
# recipe.conf: every section is checked before anything runs, whatever it is for; a figure copied to be changed.
# shellcheck disable=SC2016 # texts for another shell
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"
unset HEBB_MNIST

mkdir wrong
cp "$HEBB_FIGURES/capacity/plot.gp" wrong
whole='[run capacity]\nneurons = 100\nalpha = .1\nreplicas = 2\n'

# wrong STATUS PATTERN RECIPE: refused at the size quick
wrong() {
  printf '%b' "$3" >wrong/recipe.conf
  refuse "$1" "$2" "$HEBB" figure ./wrong --out never
}

# ---- a slip in any kind of section, for any size and any digits ----

trained='[train rbm as machine]\ndata = builtin:digits\n'
for for_what in ' quick' ' paper' ' paper mnist'; do
  wrong 64 'wrong/recipe.conf:6: .*neurn.*did you mean neurons' "$whole[run capacity$for_what]\nneurn = 5\n"
  wrong 64 'wrong/recipe.conf:6: .*stat.*did you mean state' "$whole[theory retrieval as x$for_what]\nstat = glass\n"
  wrong 64 'wrong/recipe.conf:8: .*hiden.*did you mean hidden' "$whole$trained[train rbm as machine$for_what]\nhiden = 5\n"
  wrong 64 'wrong/recipe.conf:8: .*cuont.*did you mean count' "$whole$trained[sample machine as x$for_what]\ncuont = 5\n"
  wrong 64 'wrong/recipe.conf:8: .*updat.*did you mean update' "$whole$trained[analyse weights as x$for_what]\nupdat = 5\n"
  wrong 64 'wrong/recipe.conf:8: .*off.*did you mean of' "$whole$trained[analyse weights as x$for_what]\noff = machine\n"
  wrong 65 'wrong/recipe.conf:6: replicas: 0 is out of range' "$whole[run capacity$for_what]\nreplicas = 0\n"
  wrong 64 'wrong/recipe.conf:6: replicas: ' "$whole[run capacity$for_what]\nreplicas =\n"
  wrong 65 'wrong/recipe.conf:5: unknown experiment capcity; did you mean capacity' "$whole[run capcity as x$for_what]\n"
  wrong 65 'wrong/recipe.conf:5: unknown subject retreival; did you mean retrieval' "$whole[theory retreival as x$for_what]\n"
  wrong 65 'wrong/recipe.conf:5: unknown learner rmb; did you mean rbm' "$whole[train rmb as x$for_what]\n"
  wrong 65 'wrong/recipe.conf:5: unknown subject weigths; did you mean weights' "$whole[analyse weigths as x$for_what]\n"
  wrong 65 'wrong/recipe.conf:5: there is no \[train LEARNER as machine\] above' "$whole[sample machine as x$for_what]\n"
  wrong 65 'wrong/recipe.conf:5: there is no \[train LEARNER as NAME\] above' "$whole[analyse weights as x$for_what]\n"
  wrong 65 'wrong/recipe.conf:7: the section has alpha in line 6 already' "$whole[run capacity$for_what]\nalpha = .1\nalpha = .2\n"
done
wrong 65 'wrong/recipe.conf:8: there is no \[train LEARNER as machina\] above' \
  "$whole$trained[analyse weights as x paper]\nof = machina\n"
for end in 'quick quick' 'quick paper' 'mnist no-mnist' 'no-mnist quick no-mnist' 'papr'; do
  wrong 65 "wrong/recipe.conf:1: '[a-z-]+': a section ends in" "[run capacity $end]\n"
done
wrong 65 'wrong/recipe.conf:2: a second title' 'title = one\ntitle = two\n'
absent 'nothing was computed' never

# ---- every section of the program's own ----

for folder in "$HEBB_FIGURES"/*/; do
  name=$(basename "$folder")
  [ -e "$folder/recipe.conf" ] || continue
  cat "$folder/recipe.conf" >wrong/recipe.conf
  printf '\n[run no-such-thing as no-such-thing]\n' >>wrong/recipe.conf
  refuse 65 "wrong/recipe.conf:$(wc -l <wrong/recipe.conf): unknown experiment no-such-thing" "$HEBB" figure ./wrong --out never
done

# ---- what is left out, what adds up ----

mkdir right
cp "$HEBB_FIGURES/capacity/plot.gp" right
cat >right/recipe.conf <<'RECIPE'
[run capacity]
neurons = 100
alpha = .1,.12
replicas = 4
[run capacity no-mnist quick]
replicas = 3
[run capacity quick mnist]
replicas = 2
[train rbm as one]
data = builtin:bars-and-stripes
hidden = 2
updates = 1
[analyse spectrum as of-one]
[train rbm as two]
data = builtin:bars-and-stripes
hidden = 3
updates = 1
[analyse spectrum as of-two]
[analyse spectrum as of-one-again]
of = one
RECIPE
expect 0 "$HEBB" figure ./right --out right-out --threads 1
equal 'conditions stand in any order' "$(cell right-out/summary.csv 1 replicas)" 3
equal 'an analysis is of the training above it' "$(data right-out/analysis-of-one.csv | tail -1 | cut -d, -f2)" 2
equal 'of the last one' "$(data right-out/analysis-of-two.csv | tail -1 | cut -d, -f2)" 3
same_file 'or of the one that it names' right-out/analysis-of-one.csv right-out/analysis-of-one-again.csv
mkdir paper-alone
printf '[run capacity paper]\n' >paper-alone/recipe.conf
cp right/plot.gp paper-alone
refuse 65 'paper-alone/recipe.conf: has no section for the size quick' "$HEBB" figure ./paper-alone

# ---- a copy with two lines changed ----

expect 0 "$HEBB" figure capacity --copy 'my own'
equal 'it says how to go on' "$(cat "$err")" \
  "figure: my own has recipe.conf and plot.gp, to be changed; draw it with: hebb figure ./'my own'"
for file in recipe.conf plot.gp README.md; do
  same_file "$file is copied" "my own/$file" "$HEBB_FIGURES/capacity/$file"
done
sed -e 's/^neurons = 500.*5000$/neurons = 100,200/' -e 's/^replicas = 200$/replicas = 3/' "$HEBB_FIGURES/capacity/recipe.conf" \
  >'my own/recipe.conf'
expect 0 "$HEBB" figure './my own' --out changed --threads 1
equal 'the copy is drawn with what was changed' "$(cell changed/summary.csv 1 replicas)" 3
refuse 64 'my own/recipe.conf: is there already' "$HEBB" figure capacity --copy 'my own'
refuse 64 'unknown figure capasity; did you mean capacity' "$HEBB" figure capasity --copy other
absent 'nothing is made of what is not there' other
refuse 64 'give one name' "$HEBB" figure --copy other
refuse 66 'all' "$HEBB" figure ./all --copy other
expect 0 "$HEBB" figure './my own' --copy deep/er --quiet
check '--quiet says nothing' test ! -s "$err"
same_file 'a copy of a copy, in a folder of a folder' deep/er/recipe.conf 'my own/recipe.conf'

finish
