#!/bin/sh
# `hebb figure --terminal cairolatex`: what it writes is taken by a small LaTeX document of 3.4 in, in the document's fonts.
# With a folder as argument, of figures that were made (`hebb figure all --out FOLDER`): all that are in it.
# shellcheck disable=SC2016 # texts for TeX
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"
has_gnuplot || skip 'gnuplot is not there'

# ---- the files ----

# tiny FOLDER: a figure of an experiment, in a fraction of a second
tiny() {
  cp -R "$HEBB_FIGURES/capacity" "$1"
  chmod -R u+w "$1"
  printf '[run capacity]\nneurons = 100,200\nalpha = .05,.1,.14,.2\nreplicas = 10\n' >"$1/recipe.conf"
}

tiny 'my capacity'
expect 0 "$HEBB" figure './my capacity' --threads 1 --out 'all results/capacity'
mv 'all results/capacity/figure.pdf' before.pdf
cp 'all results/capacity/figure.svg' 'all results/capacity/units.csv' .
absent 'none unless asked for' 'all results/capacity/figure-tex.tex'
cp before.pdf 'all results/capacity/figure.pdf'
rm 'all results/capacity/journal'
expect 0 "$HEBB" figure './my capacity' --threads 1 --out 'all results/capacity' --terminal cairolatex
absent 'what is there is not computed again' 'all results/capacity/journal'
same_file 'nor drawn again' figure.svg 'all results/capacity/figure.svg'
same_file 'nor drawn again' before.pdf 'all results/capacity/figure.pdf'
equal 'one line says what there is' "$(wc -l <"$err")" 1
check 'and names it' grep -q 'figure-tex.tex with figure-tex.pdf' "$err"
filled 'the labels' 'all results/capacity/figure-tex.tex'
filled 'the curves' 'all results/capacity/figure-tex.pdf'
equal 'nothing else is left' "$(find 'all results/capacity' -name '.*' ! -name . ! -name .plot.json)" ''
check 'the labels are ASCII' sh -c '! LC_ALL=C grep -q "[^ -~]" "$1"' sh 'all results/capacity/figure-tex.tex'
cp 'all results/capacity/figure-tex.tex' first.tex
expect 0 "$HEBB" figure './my capacity' --threads 1 --out 'all results/capacity' --terminal cairolatex
same_file 'the labels are the same each time' first.tex 'all results/capacity/figure-tex.tex'

sed 's/^replicas = .*/replicas = 12/' 'my capacity/recipe.conf' >changed && mv changed 'my capacity/recipe.conf'
refuse 64 'another study' "$HEBB" figure './my capacity' --threads 1 --out 'all results/capacity' --terminal cairolatex
expect 0 "$HEBB" figure './my capacity' --quiet --threads 1 --out computed --terminal cairolatex
filled 'a folder that is not there is computed' computed/figure-tex.tex
cp computed/figure-tex.tex earlier.tex
sed 's/set ytics 0.2/set ytics 0.5/' 'my capacity/plot.gp' >changed && mv changed 'my capacity/plot.gp'
expect 0 "$HEBB" figure './my capacity' --quiet --threads 1 --out computed --terminal cairolatex
check 'a script that the recipe has changed is drawn' test "$(cmp -s earlier.tex computed/figure-tex.tex; echo $?)" = 1
expect 0 "$HEBB" run capacity --neurons 100 --alpha .1,.12 --replicas 3 --threads 1 --quiet --out computed --overwrite
refuse 64 'another study' "$HEBB" figure './my capacity' --quiet --threads 1 --out computed --terminal cairolatex
expect 0 "$HEBB" figure './my capacity' --quiet --threads 1 --out computed --terminal cairolatex --overwrite
equal 'and not another one' "$(cell computed/summary.csv 1 replicas)" 12
refuse 64 'terminal' "$HEBB" figure './my capacity' --terminal epslatex

# A run's own folder: when it is run, and afterwards.
expect 0 small crosstalk --quiet --out run --terminal cairolatex
cp run/figure-tex.tex run.tex
rm run/figure-tex.tex
expect 0 "$HEBB" resume run --quiet --terminal cairolatex
same_file 'hebb resume draws a finished run for TeX' run.tex run/figure-tex.tex

# A script that cannot be translated is refused by a line, and leaves nothing; the figure itself is there.
# untranslated PATTERN SED
untranslated() {
  rm -rf mine of-mine
  tiny mine
  sed "$2" "$HEBB_FIGURES/capacity/plot.gp" >mine/plot.gp
  expect 65 "$HEBB" figure ./mine --quiet --threads 1 --out of-mine --terminal cairolatex
  check "the line says $1" grep -q "^hebb: of-mine/plot.gp: .*$1" "$err"
  filled 'the figure is there' of-mine/figure.svg
  equal 'no half of it is left' "$(find of-mine -name '*figure-tex*')" ''
}
untranslated 'label "{N} = [0-9]*.*": begins with {' "s|'{/:Italic N} = %s'|'{N} = %s'|"
untranslated 'knows no TeX' "s|'overlap  {/:Italic m}'|'overlap ☃'|"
untranslated 'needs one line with "do for' "s|'pdf svg'|'pdf  svg'|"

# ---- the document ----

for program in pdflatex kpsewhich; do
  command -v $program >/dev/null 2>&1 || { finish_without="$program is not there"; break; }
done
if [ -n "${finish_without-}" ]; then
  printf 'no document is made: %s\n' "$finish_without"
  [ "$n_failed" -eq 0 ] || finish
  skip "$finish_without"
fi

# document NAME FOLDER [PREAMBLE]: an article of columns 3.4 in wide that has the figure of the folder and nothing else
document() {
  {
    printf '%s\n' '\documentclass[10pt]{article}' "${3-}" '\usepackage{graphicx}' \
      '\setlength\textwidth{3.4in}\setlength\textheight{9in}\setlength\topmargin{-1in}\setlength\parindent{0pt}' \
      '\pagestyle{empty}' '\begin{document}' "\\input{$2/figure-tex}" '\end{document}'
  } >"$1.tex"
  check "LaTeX takes $2" pdflatex -halt-on-error -interaction=nonstopmode "$1.tex"
  check "nothing sticks out of $2, and nothing is undefined" \
    sh -c 'test -s "$1" && ! grep -Ei "overfull|undefined|missing|^LaTeX Warning" "$1"' sh "$1.log"
  equal "$2 takes a page" "$(grep -c '^Output written on .* (1 page' "$1.log")" 1
}

# fonts FILE: names of its fonts
fonts() { pdffonts "$1" | sed '1,2d; s/^[A-Z]*+//; s/ .*//' | sort -u; }

document plain 'all results/capacity'
document colored 'all results/capacity' '\usepackage{color}'
document small 'all results/capacity' '\newcommand\hebbfigurefont{\scriptsize}'
cp computed/figure-tex.* .
document here .
sed 's|\./figure-tex|figure-tex|' here.tex >bare.tex
check 'the folder of the document itself' pdflatex -halt-on-error -interaction=nonstopmode bare.tex
if command -v pdffonts >/dev/null 2>&1; then
  equal 'the curves have no letter' "$(fonts computed/figure-tex.pdf)" ''
  fonts plain.pdf >letters
  check 'the letters are those of the document' sh -c 'test -s letters && ! grep -Ev "^CM" letters'
  if kpsewhich mathptmx.sty >/dev/null; then
    document times computed '\usepackage{mathptmx}'
    check 'another document, other letters' sh -c 'pdffonts times.pdf | grep -Eq "Times|NimbusRom|Termes|ptmr"'
  fi
fi
if command -v pdftotext >/dev/null 2>&1; then
  pdftotext -layout plain.pdf plain.txt
  for word in overlap theory '= 0.1379' '1000\|100'; do check "$word is read in it" grep -q "$word" plain.txt; done
fi

# shellcheck disable=SC2231 # the folders of the argument
for folder in ${1:+"$1"/*/}; do
  name=$(basename "$folder")
  cp -R "$folder" "$name"
  expect 0 "$HEBB" figure "$name" --quiet --out "$name" --terminal cairolatex
  document "doc-$name" "$name"
  equal "the curves of $name have no letter" "$(fonts "$name/figure-tex.pdf")" ''
  rm -rf "$name"
done

finish
