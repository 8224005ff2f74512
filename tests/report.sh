#!/bin/sh
# hebb report: what is in a folder is on the page, as text, and nothing else; what is missing is said.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

build=${HEBB%/*}
source=${HEBB_FIGURES%/figures}

# has 'WHAT IT PROVES' FILE TEXT
has() { check "$1" grep -Fq -e "$3" "$2"; }

# lacks 'WHAT IT PROVES' FILE PATTERN (grep -E)
lacks() {
  n_checked=$((n_checked + 1))
  if grep -Eq -e "$3" "$2"; then fail "$1: $2 has $(grep -Eo -m1 -e "$3" "$2")"; fi
}

# harmless 'WHAT' PAGE: no element but ours, nothing that runs, nothing from outside, letters that a page may have
harmless() {
  lacks "$1: control characters" "$2" "$(printf '[\001-\010\013-\037\177]')"
  # out of attributes' values and the style there is nothing left that could fetch or run
  sed '/^<style>/,/^<\/style>/d' "$2" | sed 's/="[^"]*"/=""/g' | grep -Eo '<[^>]*>' | sort -u >tags
  check "$1: tags are those that a page has" test ! -s "$(grep -Evx "$known" tags >unknown; echo unknown)"
  grep -Eo ' (src|href)="[^"]{0,30}' "$2" | sort -u >targets
  check "$1: targets are pictures in the page, places in it, or relative paths" \
    test ! -s "$(grep -Evx ' src="data:image/svg\+xml;base64[,;A-Za-z0-9+/=]*| href="(#[a-z][a-z0-9-]*|[-A-Za-z0-9._~/%]+)' targets >strange; echo strange)"
  lacks "$1: no address in the style" "$2" '^[^<]*(url\(|@import)'
  if command -v xmllint >/dev/null 2>&1; then check "$1: well-formed" xmllint --noout --huge "$2"; fi
}
elements='a|article|bdi|body|caption|code|dd|details|div|dl|dt|em|figcaption|figure|footer|h[1-4]|head|header|html|li|main|nav|ol|p|pre|section|span|strong|style|sub|summary|sup|table|tbody|td|th|thead|title|tr|ul'
attributes='( (alt|aria-label|charset|class|colspan|content|href|http-equiv|id|lang|name|open|scope|src|tabindex|title)="")*'
known="<!DOCTYPE html>|<($elements)$attributes>|</($elements)>|<(img|meta)$attributes/>"

# ---- a study ----

expect 0 small crosstalk --quiet --out study
expect 0 "$HEBB" report study -o page.html
harmless 'a study' page.html
has 'the command is on it' page.html 'hebb run crosstalk --neurons 100'
has 'the seed' page.html 'seed = 1'
has 'the version' page.html "<dd>hebb <bdi>$("$HEBB" --version | sed -n '1s/hebb //p')</bdi>"
has 'a link to the numbers' page.html '<a href="study/verdict.csv">'
equal 'a row a verdict' "$(grep -c '<tr><th scope="row">' page.html)" "$(($(data study/verdict.csv | wc -l) - 1))"
for verdict in agree disagree inconclusive; do
  n=$(data study/verdict.csv | sed 1d | grep -c ",$verdict,")
  has "so many $verdict" page.html ">$n $verdict</span>"
done
has 'theory with all digits' page.html "title=\"$(cell study/verdict.csv 1 theory)\""
has 'the paper is cited' page.html 'Hertz'
sed -n 's/^title: "\(.*\)"$/\1/p; s/^  - name: \(.*\)/\1/p' "$source/CITATION.cff" | while read -r line; do
  grep -Fq "$line" page.html || echo "$line"
done >uncited
check 'what CITATION.cff says is on it' test ! -s uncited
expect 0 "$HEBB" report study
same_file 'standard output has the same page' page.html "$out"
expect 0 "$HEBB" report study -o -
same_file 'so has -' page.html "$out"
mkdir far far/away
expect 0 "$HEBB" report "$PWD/study/" -o far/away/page.html
has 'links lead there from where the page is' far/away/page.html '<a href="../../study/verdict.csv">'
(cd study && "$HEBB" report . -o page.html) || fail 'the page of the folder it is in'
has 'the page in the folder' study/page.html '<a href="./verdict.csv">'
has 'which is called by its name' study/page.html '<title>study</title>'
rm study/page.html
if has_gnuplot; then
  has 'the picture is in it' page.html ' src="data:image/svg+xml;base64,'
  sed -n 's/.* src="data:image\/svg+xml;base64,\([^"]*\)".*/\1/p' page.html | base64 -d >again.svg
  same_file 'as it is in the folder' again.svg study/figure.svg
fi

# ---- what is missing ----

cp -r study less
rm -f less/figure.* less/plot.gp
expect 0 "$HEBB" report less -o page.html
has 'a picture that is missing is named' page.html 'No picture'
cp study/plot.gp less/plot.gp
expect 0 "$HEBB" report less -o page.html
has 'with the command that draws it' page.html '<code>gnuplot less/plot.gp</code>'
: >less/figure.svg
expect 0 "$HEBB" report less -o page.html
has 'an empty picture is none' page.html 'No picture'
rm less/manifest.json
expect 0 "$HEBB" report less -o page.html
has 'without a manifest the version is not known' page.html 'not known: there is no manifest.json'
harmless 'what is left of a study' page.html
mkdir empty
refuse 66 'empty: is no folder of hebb' "$HEBB" report study empty -o none.html
refuse 66 'nowhere' "$HEBB" report nowhere -o none.html
refuse 66 'page.html' "$HEBB" report page.html -o none.html
refuse 64 'give the folders' "$HEBB" report
refuse 64 'takes one folder' "$HEBB" report --gallery study less
refuse 66 'nowhere: No such file' "$HEBB" report --gallery nowhere -o none.html
cp study/verdict.csv mine.csv
refuse 64 'mine.csv is there already, and is no .html' "$HEBB" report study -o mine.csv
same_file 'results are not written over by a slip' mine.csv study/verdict.csv
expect 74 sh -c 'ulimit -f 8 && exec "$0" report study -o too-large.html' "$HEBB"
absent 'nothing of a page that is too large for a limit' too-large.html
refuse 74 'no-such' "$HEBB" report study -o no-such/page.html
printf 'quantity,verdict\nm,perhaps\n' >less/verdict.csv
refuse 65 'less/verdict.csv: row 1: .*perhaps' "$HEBB" report less -o none.html
printf 'quantity,verdict\nm,agree,1\n' >less/verdict.csv
refuse 65 'less/verdict.csv:2: expected 2 fields, found 3' "$HEBB" report less -o none.html
: >less/verdict.csv
refuse 65 'less/verdict.csv: empty' "$HEBB" report less -o none.html
printf 'quantity,verdict\nm,agree\n' >less/verdict.csv
expect 0 "$HEBB" report less -o page.html
has 'two columns are enough' page.html '>1 agree</span>'
echo '{' >less/manifest.json
refuse 65 'less/manifest.json' "$HEBB" report less -o none.html
absent 'no page after a refusal' none.html
if [ -e /dev/full ]; then refuse 74 'standard output' sh -c '"$1" report study >/dev/full' sh "$HEBB"; fi

# ---- not at its end; a training; a shard ----

expect 75 small crosstalk --quiet --time-limit 0 --out 'stopped here'
expect 0 "$HEBB" report 'stopped here' -o page.html
has 'how far it is' page.html 'stopped after 0 of 6 units'
has 'what goes on with it' page.html '<code>hebb resume &#39;stopped here&#39;</code>'
expect 0 small crosstalk --quiet --shard 1/2 --out shard
expect 0 "$HEBB" report shard -o page.html
has 'a shard is to be joined' page.html 'hebb merge shard'
expect 0 "$HEBB" train boltzmann --data builtin:xor --updates 3 --quiet --threads 1 --out trained
expect 0 "$HEBB" report trained study -o page.html
harmless 'a training' page.html
has 'its command has its data' page.html ' --data &#39;builtin:xor&#39;</code>'
has 'its log' page.html '<bdi>gradient_norm</bdi>'
has 'what can be done with it' page.html '<code>hebb sample --count 100 trained</code>'
expect 0 "$HEBB" report trained -o page.html
has 'a training alone is not judged' page.html 'No verdicts: nothing here is compared with a theory.'
lacks 'nor drawn, nor told what verdicts are' page.html 'Figures</h2>|<em>agree</em>|agree</th>'
lacks 'and is at its end' page.html 'Not at its end'

# ---- a figure, and the gallery ----

mkdir figures figures/one figures/two
printf 'title = One <i>figure</i> & "more"\n[run crosstalk]\nalpha = .1\nneurons = 50\n[run crosstalk as again]\nalpha = .2\nneurons = 50\n[theory crosstalk as line]\nalpha = .1,.2\n[run crosstalk quick]\nreplicas = 2\n[run crosstalk as again quick]\nreplicas = 2\n' >figures/one/recipe.conf
printf 'set terminal svg\nset output "figure.svg"\nplot x\nset terminal pdfcairo\nset output "figure.pdf"\nreplot\n' >figures/one/plot.gp
printf '# One\n\n## What the paper shows\n\nA. Author, **J. Phys.** (1985): *it* <script>x</script>.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n## What differs, and why\n\n- nothing\n' >figures/one/README.md
cp figures/one/plot.gp figures/two/
printf 'title = Two\n[theory crosstalk as line]\nalpha = .1\n' >figures/two/recipe.conf
export HEBB_FIGURES="$PWD/figures"
expect 0 "$HEBB" figure one --quiet --threads 1 --out results/one
expect 0 "$HEBB" report results/one -o page.html
harmless 'a figure' page.html
has 'its title' page.html '<title>One &lt;i&gt;figure&lt;/i&gt; &amp; &quot;more&quot;</title>'
has 'its command, without the folder' page.html '<code>hebb figure one --size quick</code>'
has 'the run in its folder' page.html '<a href="results/one/again/verdict.csv">'
has 'the command of its table' page.html '<code>hebb theory crosstalk --alpha 0.1,0.2'
has 'the paper' page.html '<strong>J. Phys.</strong> (1985): <em>it</em> &lt;script&gt;'
mkdir own
cp figures/one/plot.gp own/
printf 'title = Of my own\n[train rbm as machine]\ndata = builtin:digits\nhidden = 4\nupdates = 2\n[analyse spectrum as spectrum]\n[sample machine as late]\ncount = 2\n' >own/recipe.conf
expect 0 "$HEBB" figure ./own --quiet --threads 1 --out "results/it's own"
expect 0 "$HEBB" report "results/it's own" -o page.html
has 'its recipe has its title' page.html '<title>Of my own</title>'
has 'an own figure is a path' page.html '<code>hebb figure ./own --size quick</code>'
training="&#39;results/it&#39;\\&#39;&#39;s own/machine&#39;"
has 'an analysis is of a folder' page.html "<code>hebb analyse spectrum $training</code>"
has 'so is a sample' page.html " --seed 1 $training</code>"
has 'a test set is to be added' page.html '<code>--test FILE</code>'
expect 0 "$HEBB" report --gallery results -o gallery.html
expect 0 "$HEBB" figure all --quiet --threads 1 --out of-all
expect 0 "$HEBB" report of-all/one -o of-all.html
has 'one of all is told by its own command' of-all.html '<code>hebb figure one --size quick'
harmless 'the gallery' gallery.html
has 'the command' gallery.html '<code>hebb figure one --out DIR</code>'
has 'the paper, its table' gallery.html '<tr><td>1</td><td>2</td></tr>'
has 'what differs' gallery.html '<p>nothing</p>'
equal 'what is missing is said' "$(grep -c 'Not computed yet' gallery.html)" 1
expect 0 "$HEBB" report --gallery results
same_file 'the gallery is the same twice' gallery.html "$out"
expect 0 "$HEBB" report --gallery empty -o gallery.html
equal 'nothing is computed yet' "$(grep -c 'Not computed yet' gallery.html)" 2
# of the program's own figures every one has its subject, and every README its paper
HEBB_FIGURES=$source/figures expect 0 "$HEBB" report --gallery empty -o gallery.html
harmless 'the gallery of all figures' gallery.html
equal 'figures with a command' "$(grep -c '<code>hebb figure [a-z-]* --out DIR</code>' gallery.html)" \
  "$(HEBB_FIGURES=$source/figures "$HEBB" figure --list | wc -l)"
lacks 'a figure of no subject' gallery.html '<h2>Others'
lacks 'Markdown that is none here' gallery.html '\*\*|\|---|<p>#|\]\('

# ---- many, long, hostile ----

awk 'BEGIN { print "quantity,alpha,simulation,simulation_err,theory,z,tolerance,verdict,note"
  for (k = 0; k < 1000; k++) printf "m,%g,.5,.01,.5,0,0,%s,%s\n", k / 1000, k % 50 ? "agree" : "disagree", k % 3 ? "a" : "b" }' >less/verdict.csv
rm less/manifest.json
expect 0 "$HEBB" report less study -o page.html
has 'the many that agree are folded in' page.html '<details><summary><span class="agree">980 agree'
has 'those that disagree are not' page.html '<details open="open"><summary><span class="disagree">20 disagree'
equal 'a note stands once above its rows' "$(grep -c '<bdi>b</bdi></th></tr>' page.html)" 2
# shellcheck disable=SC2046 # words
expect 0 "$HEBB" report $(yes less | head -n 200) -o page.html
equal '200 folders' "$(grep -c '<h3 id="v' page.html)" 200

folder=$(printf '"><script src=x> \047`$(x)`\n&amp; \377 javascript:%%41#?')
expect 0 "$build/tests/hostile_report" 0 600 "$folder"
expect 0 "$HEBB" report "$folder" study -o page.html
harmless 'hostile texts' page.html
check 'its address is encoded' grep -Fq 'href="%22%3E%3Cscript%20src%3Dx%3E%20%27%60%24%28x%29%60%0A%26amp%3B%20%FF%20javascript%3A%2541%23%3F/' page.html
expect 0 "$HEBB" report "$folder" study -o ./-again.html
same_file 'the same page twice' page.html ./-again.html
finish
