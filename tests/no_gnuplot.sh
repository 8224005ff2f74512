#!/bin/sh
# Where there is no gnuplot, or one that fails: the numbers are there, and no half-drawn picture is.
# shellcheck disable=SC2016 # texts for another shell
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

mkdir nothing

# undrawn FOLDER [OPTION...]: a study with a PATH on which there is no program at all
undrawn() {
  expect 0 env PATH="$scratch/here/nothing" "$HEBB" run capacity --neurons 100 --alpha .1,.12 --replicas 3 --threads 1 --out "$@"
}

all_files='finite_size.csv manifest.json plot.gp summary.csv theory.csv units.csv verdict.csv'

# files FOLDER: all but the pictures are there
files() {
  for file in $all_files; do filled "$file of $1" "$1/$file"; done
}

# no_pictures FOLDER
no_pictures() {
  absent 'no picture that was not drawn' "$1/figure.pdf"
  absent 'no picture that was not drawn' "$1/figure.svg"
}

# ---- none ----

folder="there's \$(none) here"
undrawn "$folder"
files "$folder"
no_pictures "$folder"
equal 'one line says what is missing' "$(grep -c 'gnuplot is missing' "$err")" 1
sed -n 's/.*draw with: //p' "$err" >draw.sh
filled 'and which command draws' draw.sh
if has_gnuplot; then
  check 'the command can be given to a shell as it stands' sh draw.sh
  filled 'it draws figure.pdf' "$folder/figure.pdf"
  filled 'it draws figure.svg' "$folder/figure.svg"
  undrawn "$folder"
  no_pictures "$folder" # those of earlier numbers would mislead
fi
undrawn quiet --quiet
check '--quiet says nothing' test ! -s "$err"

undrawn changed
echo '# mine' >>changed/plot.gp
cp changed/plot.gp mine.gp
undrawn changed
check 'a script that somebody changed is kept, which is said' grep -q 'changed/plot.gp is kept, .* rm changed/plot.gp' "$err"
same_file 'a script that somebody changed is kept' changed/plot.gp mine.gp
undrawn changed --overwrite
same_file '--overwrite replaces it' changed/plot.gp "$HEBB_FIGURES/capacity/plot.gp"

mkdir mine
cp "$HEBB_FIGURES/capacity/plot.gp" mine
printf '[run capacity]\nneurons = 100\nalpha = .1,.12\nreplicas = 3\n' >mine/recipe.conf
expect 0 env PATH="$scratch/here/nothing" "$HEBB" figure ./mine --out of-mine
files of-mine
check 'a figure says so too' grep -q 'gnuplot is missing.* gnuplot of-mine/plot.gp$' "$err"

# ---- one that fails ----

# fake NAME SCRIPT: a gnuplot in the folder NAME
fake() {
  mkdir "$1"
  printf '#!/bin/sh\n%s\n' "$2" >"$1/gnuplot"
  chmod +x "$1/gnuplot"
}

# fails NAME STATUS PATTERN: with the gnuplot in the folder NAME
fails() {
  refuse "$2" "plot.gp: .*$3" env PATH="$scratch/here/$1:$PATH" \
    "$HEBB" run capacity --neurons 100 --alpha .1,.12 --replicas 3 --threads 1 --out "of-$1"
  files "of-$1"
  no_pictures "of-$1"
}

fake complaining 'echo; echo "plot oops"; echo "     ^"; echo "\"plot.gp\" line 7: undefined variable: oops"; exit 1'
fails complaining 65 'gnuplot failed: .*undefined variable: oops'
fake idle 'exit 0'
fails idle 65 'wrote no figure.pdf'
fake half 'echo x >figure.pdf'
fails half 65 'wrote no figure.svg'
fake hollow ': >figure.pdf; echo x >figure.svg'
fails hollow 65 'wrote no figure.pdf'
fake torn 'echo x >figure.pdf; exit 1'
fails torn 65 'gnuplot failed'
fake killed 'echo x >figure.pdf; kill -9 $$'
fails killed 65 'gnuplot failed'
fake empty 'echo x >figure.pdf; echo x >figure.svg; echo "\"plot.gp\" line 7: warning: Skipping data file with no valid points" >&2'
fails empty 65 'empty picture: .*no valid points'
fake flat 'echo x >figure.pdf; echo x >figure.svg; echo "all points y value undefined!" >&2'
fails flat 65 'empty picture: .*undefined'
fake framed 'echo x >figure.pdf; echo "<svg></svg>" >figure.svg'
fails framed 65 'empty picture: no curve'
fake talkative 'k=0; while [ $k -lt 3000 ]; do echo "a line of some length, and many of them, $k"; k=$((k + 1)); done; exit 1'
fails talkative 65 'gnuplot failed: a line of some length'
fake good 'test "$1" = -d && test "$2" = plot.gp && test $# -eq 2 && read -r line; test -z "$line" && echo gnuplot_plot_1 >figure.pdf && echo gnuplot_plot_1 >figure.svg'
expect 0 env PATH="$scratch/here/good:$PATH" "$HEBB" run capacity --neurons 100 --alpha .1 --replicas 2 --out of-good
same_file 'gnuplot is started in the folder, as gnuplot -d plot.gp, its input empty' of-good/figure.pdf of-good/figure.svg
if [ -r /proc/self/environ ]; then # a shell sees one variable of two that have the same name
  fake told 'tr "\\000" "\\n" </proc/$$/environ | grep "^GNUTERM=" >figure.pdf; echo gnuplot_plot_1 >figure.svg'
  expect 0 env GNUTERM=qt PATH="$scratch/here/told:$PATH" "$HEBB" run capacity --neurons 100 --alpha .1 --replicas 2 --out of-told
  equal 'the terminal of the environment does not reach gnuplot' "$(cat of-told/figure.pdf)" GNUTERM=dumb
fi

finish
