#!/bin/sh
# Man pages and completions hold what the program takes, no more and no less.  What it takes is read from --help; the
# completions are asked in the shells themselves.  What is not installed here is left out, and said.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

build=${HEBB%/*}
pages=$build/docs completion=$build/completion
[ -e "$pages/hebb.1" ] || skip "the man pages are not beside $HEBB"
PATH=$build:$PATH
export PATH
TAB=$(printf '\t')

has() { command -v "$1" >/dev/null 2>&1 || ! printf 'left out: there is no %s\n' "$1"; }

# ---- what the program says: help is a line «verb subject --option value sentence», in five fields ----

names() { sed -n 's/^  \([a-z][a-z0-9-]*\)  *.*/\1/p' "$1"; }

# options VERB SUBJECT FILE
options() {
  awk -v verb="$1" -v subject="$2" '
    function flush() { if (name != "") printf "%s\t%s\t%s\t%s\t%s\n", verb, subject, name, value, text; name = "" }
    NR < 4 { next }
    /^  -/ {
      flush()
      line = $0
      sub(/^  (-., )?/, "", line)
      text = substr($0, 31)
      head = length($0) > 30 && substr($0, 30, 1) == " " ? substr($0, 1, 30) : $0
      if (head == $0) text = ""
      sub(/^  (-., )?/, "", head)
      n = split(head, word, " ")
      name = word[1]
      value = n > 1 ? word[2] : "-"
      next
    }
    { sub(/^ +/, ""); text = text == "" ? $0 : text " " $0 }
    END { flush() }' "$3"
}

: >help
: >commands
expect 0 "$HEBB" --help
names "$out" >verbs
while read -r verb; do
  expect 0 "$HEBB" "$verb" --help
  names "$out" >"subjects.$verb"
  if [ -s "subjects.$verb" ]; then
    while read -r subject; do
      "$HEBB" "$verb" "$subject" --help >one </dev/null || fail "hebb $verb $subject --help"
      options "$verb" "$subject" one >>help
      echo "$verb $subject" >>commands
    done <"subjects.$verb"
  else
    options "$verb" - "$out" >>help
    echo "$verb -" >>commands
  fi
done <verbs
cut -f1-3 help | sort -u >expected
check 'the program takes options' test "$(wc -l <expected)" -gt 500

# ---- man pages ----

# read_page VERB: the options of a page as help has them, the subject * where they are of all
read_page() {
  awk -v verb="$1" '
    function flush() { if (name != "") found[subject, ++n[subject]] = name "\t" value "\t" text; name = "" }
    function plain(s) {
      gsub(/\\&/, "", s); gsub(/\\-/, "-", s); gsub(/\\\(ha/, "^", s); gsub(/\\\(ti/, "~", s); gsub(/\\e/, "\\", s)
      gsub(/\\\[u00AB\]/, "\302\253", s); gsub(/\\\[u00BB\]/, "\302\273", s)
      return s
    }
    /^\.S[hs] / { flush(); subject = "" }
    /^\.Sh OPTIONS/ { subject = "*" }
    /^\.Ss hebb / { subject = $4 }
    subject == "" { next }
    $0 == "Its options:" { flush(); n[subject] = 0; next }
    /^\.El/ { flush() }
    /^\.It .*Fl Fl / {
      flush()
      line = plain($0)
      sub(/^.*Fl Fl /, "", line)
      gsub(/ (Ar|Cm|Ns)/, "", line)
      gsub(/ \| /, "|", line)
      gsub(/builtin: /, "builtin:", line)
      split(line, word, " ")
      name = "--" word[1]
      value = word[2] == "" ? "-" : word[2]
      text = ""
      next
    }
    name != "" && !/^\./ { text = text (text == "" ? "" : " ") plain($0) }
    END { for (s in n) for (k = 1; k <= n[s]; k++) printf "%s\t%s\t%s\n", verb, s, found[s, k] }' "$pages/hebb-$1.1"
}

: >paged
while read -r verb; do
  filled "a page of $verb" "$pages/hebb-$verb.1"
  read_page "$verb" >>paged
  check "hebb(1) names $verb" grep -q "^\.It Xr hebb-$verb 1" "$pages/hebb.1"
done <verbs
# The experiments of plan are described in the page of run.
awk -F "$TAB" -v OFS="$TAB" '$1 == "run" && $2 != "*" { $1 = "plan"; print }' paged >more
cat more >>paged
equal 'pages' "$(cd "$pages" && echo hebb-*.1)" "$(sed 's/.*/hebb-&.1/' verbs | tr '\n' ' ' | sed 's/ $//')"

# An option is on the page, under its subject or under all of them, with the value, the sentence and the default of --help.
awk -F "$TAB" '
  function first_is_small(s) { return tolower(substr(s, 1, 1)) substr(s, 2) }
  FNR == NR { value[$1, $2, $3] = $4; text[$1, $2, $3] = $5; next }
  {
    subject = ($1, $2, $3) in value ? $2 : "*"
    where = $1 " " $2 " " $3
    if (!(($1, subject, $3) in value)) { print "not on the page: " where; next }
    if (value[$1, subject, $3] != $4) print where ": value " value[$1, subject, $3] " for " $4
    said = text[$1, subject, $3]
    sentence = $5
    default_of = ""
    if (match(sentence, / \(default [^()]*\)$/)) {
      default_of = substr(sentence, RSTART + 2, RLENGTH - 3)
      sentence = substr(sentence, 1, RSTART - 1)
    }
    if (index(first_is_small(said), first_is_small(sentence)) != 1) print where ": " said " for " sentence
    if (default_of != "" && index(said, default_of) == 0) print where ": without " default_of
  }' paged help >wrong
check 'every option is on its page as --help has it' test ! -s wrong
sed 's/^/  | /' wrong >&2

# And nothing else is: an option under a subject is one of its own, an option under all of them one that each has.
awk -F "$TAB" '
  FILENAME == "expected" { has[$1, $2, $3]; subjects[$1] = subjects[$1] "\n" $2; next }
  $2 != "*" { if (!(($1, $2, $3) in has)) print $1, $2, $3; next }
  {
    n = split(subjects[$1], subject, "\n")
    for (k = 2; k <= n; k++) if (!(($1, subject[k], $3) in has)) print $1, subject[k], $3
  }' expected paged >wrong
check 'a page has no option that is not there' test ! -s wrong
sed 's/^/  | /' wrong >&2
awk -F "$TAB" '$1 != "plan" { print $1, $2, $3 }' paged | sort | uniq -d >wrong
check 'no option stands twice' test ! -s wrong
for verb in analyse run theory train; do
  sed -n "s/^\.Ss hebb $verb \([^ ]*\).*/\1/p" "$pages/hebb-$verb.1" >named
  same_file "the subjects of hebb-$verb.1" named "subjects.$verb"
done
sed -n '/^\.Sh EXPERIMENTS/,/^\.Sh OPTIONS/s/^\.Cm \\&\([^ ]*\).*/\1/p' "$pages/hebb-plan.1" | sed 's/\\-/-/g' >named
same_file 'the experiments of hebb-plan.1' named subjects.plan

if has mandoc; then
  for page in "$pages"/*.1; do
    mandoc -T lint -W warning "$page" >lint 2>&1
    check "mandoc has nothing against ${page##*/}: $(head -n 3 lint)" test ! -s lint
  done
fi
if has man && has groff; then
  for page in "$pages"/*.1; do
    check "man formats ${page##*/} without a warning" sh -c 'test -z "$(man --warnings -l "$1" 2>&1 >/dev/null)"' sh "$page"
  done
fi

# ---- a text of the pages that fits nothing ----

manual=$build/hebb-manual
printf '.Dd November 22, 2026\n.\\" @subject capcity\nNothing.\n' >stale.mdoc
expect 65 "$manual" man theory stale.mdoc
check 'a text on a subject that is none is refused' grep -q "stale.mdoc: section 'subject capcity' is about nothing" "$err"
expect 66 "$manual" man theory missing.mdoc
expect 64 "$manual" man theroy stale.mdoc

# ---- completion: in each shell the long options of each command, as «verb subject option» ----

# Figures whose names a shell must not read.
mkdir figures
for name in plain '$(touch hurt)' '`touch hurt`' 'two words' "quo'te" 'semi;touch hurt'; do
  mkdir "figures/$name"
  printf 'title = the $(touch hurt) `touch hurt` "title"\n[theory capacity as x]\ntemperature = 0\n' >"figures/$name/recipe.conf"
done
mkdir figures/broken # which does not keep the others from being listed
echo '[run' >figures/broken/recipe.conf
mkdir folder
: >file
mkdir "$scratch/home"

unharmed() {
  absent "$1: nothing in a figure's name was run" hurt
  rm -f hurt
}

if has bash && bash -c '[[ ${BASH_VERSINFO[0]}${BASH_VERSINFO[1]} -ge 43 ]]'; then
  cat >ask.bash <<'END'
source "$1"
compopt() { asked=$*; }
# complete WORD...: the last one is at the cursor
complete_words() {
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=() asked=
  _hebb
}
case $2 in
all)
  complete_words hebb ''
  printf 'verb\t-\t%s\n' "${COMPREPLY[@]}"
  while read -r verb subject; do
    complete_words hebb "$verb" ${subject#-} --
    for option in "${COMPREPLY[@]}"; do printf '%s\t%s\t%s\n' "$verb" "$subject" "$option"; done
    [[ $subject != - ]] || continue
  done <commands
  ;;
choices)
  while IFS=$'\t' read -r verb subject option; do
    complete_words hebb "$verb" ${subject#-} "$option" ''
    IFS='|'
    printf '%s\t%s\t%s\t%s\n' "$verb" "$subject" "$option" "${COMPREPLY[*]}"
    IFS=$' \t\n'
  done <choices
  ;;
*)
  shift
  complete_words "$@"
  printf '%s\n' "${COMPREPLY[*]}${asked:+($asked)}"
  ;;
esac
END
  bash_says() { bash --norc ask.bash "$completion/bash/hebb" "$@" 2>&1; }
  bash_says all >said
  sed -n 's/^verb\t-\t//p' said | sed '/^--/d' >named
  same_file 'bash: the verbs' named verbs
  sed '/^verb\t/d' said | sort -u >options.bash
  same_file 'bash: the options of every command' options.bash expected
  awk -F "$TAB" -v OFS="$TAB" '$4 ~ /^[a-z0-9-]+(\|[a-z0-9-]+)+$/ { print $1, $2, $3, $4 }' help >with_choices
  cut -f1-3 with_choices >choices
  bash_says choices >choices.bash
  same_file 'bash: the choices of every option that has some' choices.bash with_choices
  equal 'bash: a verb' "$(bash_says hebb th)" theory
  equal 'bash: a subject' "$(bash_says hebb theory ret)" retrieval
  equal 'bash: the value behind =' "$(bash_says hebb theory retrieval --state = gl)" glass
  equal 'bash: after a range, which the shell cuts at its colons' "$(bash_says hebb theory retrieval --alpha 0 : 1 : .1 --st)" --state
  equal 'bash: data that are built in' "$(bash_says hebb train rbm --data builtin : x)" xor
  equal 'bash: a file' "$(bash_says hebb train rbm --data fi)" '(-o default)'
  equal 'bash: a folder' "$(bash_says hebb run capacity --out '')" '(-o dirnames)'
  equal 'bash: a folder behind =' "$(bash_says hebb run capacity --out = fo)" '(-o dirnames)'
  equal 'bash: files of a series' "$(bash_says hebb analyse series '')" '(-o default)'
  equal 'bash: the folder of a training' "$(bash_says hebb analyse spectrum '')" '(-o dirnames)'
  equal 'bash: a study to plan' "$(bash_says hebb plan fo)" '(-o dirnames)'
  equal 'bash: options of a study to plan' "$(bash_says hebb plan folder --pat)" ''
  equal 'bash: nothing for a number' "$(bash_says hebb theory retrieval --alpha '')" ''
  equal 'bash: nothing behind a verb that is none' "$(bash_says hebb theroy '')" ''
  equal 'bash: a figure' "$(bash_says hebb figure two-v)" two-valleys
  equal 'bash: figures, those with odd names left out or cut at a blank' "$(HEBB_FIGURES=$PWD/figures bash_says hebb figure '')" 'all plain two'
  for word in '$(touch hurt)' '`touch hurt`' '"; touch hurt' "'" '*' '[' '\'; do
    bash_says hebb figure "$word" >/dev/null
    bash_says "$word" figure "" >/dev/null
    bash_says hebb run capacity "$word" >/dev/null
    bash_says hebb "$word" "$word" "$word" >/dev/null
    bash_says hebb run "$word" --kernel "$word" >/dev/null
  done
  unharmed bash
fi

if has fish; then
  cat >ask.fish <<'END'
source $argv[1]
switch "$argv[2]"
case all
    complete -C 'hebb ' | while read -d \t word rest
        printf 'verb\t-\t%s\n' $word
    end
    while read -d ' ' verb subject
        complete -C "hebb $verb $(string replace -r '^-$' '' -- $subject) --" | while read -d \t option rest
            printf '%s\t%s\t%s\n' $verb $subject $option
        end
    end <commands
case '*'
    complete -C "$argv[2]" | string replace -r '\t.*' ''
end
END
  fish_says() { HOME=$scratch/home XDG_CONFIG_HOME=$scratch/home XDG_DATA_HOME=$scratch/home fish --no-config ask.fish "$completion/fish/hebb.fish" "$@" 2>&1; }
  check 'fish reads it' fish --no-config -n "$completion/fish/hebb.fish"
  fish_says all >said
  sed -n 's/^verb\t-\t//p' said | sed '/^-/d' >named
  same_file 'fish: the verbs' named verbs
  sed '/^verb\t/d' said | sort -u >options.fish
  same_file 'fish: the options of every command' options.fish expected
  equal 'fish: a subject' "$(fish_says 'hebb theory ret')" retrieval
  equal 'fish: choices' "$(fish_says 'hebb theory retrieval --state ' | sort | tr '\n' ' ')" 'glass retrieval '
  equal 'fish: data that are built in' "$(fish_says 'hebb train rbm --data builtin:x')" builtin:xor
  equal 'fish: a file' "$(fish_says 'hebb train rbm --data fil')" file
  equal 'fish: a folder, not a file' "$(fish_says 'hebb run capacity --out f' | tr '\n' ' ')" 'figures/ folder/ '
  equal 'fish: files of a series' "$(fish_says 'hebb analyse series fil')" file
  equal 'fish: no file where none is taken' "$(fish_says 'hebb theory capacity fil')" ''
  equal 'fish: a figure' "$(fish_says 'hebb figure two-v')" two-valleys
  equal 'fish: figures with odd names' "$(HEBB_FIGURES=$PWD/figures fish_says 'hebb figure ' | grep -c 'plain\|touch')" 4
  fish_says 'hebb figure "$(touch hurt)' >/dev/null
  unharmed fish
fi

if has zsh; then
  check 'zsh reads it' zsh -f -n "$completion/zsh/_hebb"
  sed '$d' "$completion/zsh/_hebb" >functions.zsh # without the call at its end
  cat >ask.zsh <<'END'
source ./functions.zsh
_describe() { print -rl -- ${(P)${@[-1]}} }
compadd() { : }
_arguments() { specs=("$@") }
words=(hebb '') CURRENT=2 PREFIX=
_hebb | while read -r line; do print -r -- "verb"$'\t-\t'"${line%%:*}"; done
while read -r verb subject; do
  words=(hebb $verb ${subject#-} --) CURRENT=$#words PREFIX=-- specs=()
  _hebb
  for spec in $specs; do
    [[ $spec == (\(*\)|)(--[a-z0-9-]##)(=|)\[* ]] || continue
    option=${${spec#\(*\)}%%[=\[]*}
    print -r -- $verb$'\t'$subject$'\t'$option
    [[ $spec == *:\(*\) ]] && print -r -- choices$'\t'$verb$'\t'$subject$'\t'$option$'\t'${${${spec##*:\(}%\)}// /|}
  done
done <commands
END
  zsh -f -o extendedglob ask.zsh >said 2>&1
  sed -n 's/^verb\t-\t//p' said >named
  same_file 'zsh: the verbs' named verbs
  grep -v '^verb\|^choices' said | sort -u >options.zsh
  same_file 'zsh: the options of every command' options.zsh expected
  [ ! -e with_choices ] || {
    sort with_choices >choices.sorted
    sed -n '/|/s/^choices\t//p' said | sort >choices.zsh
    same_file 'zsh: the choices of every option that has some' choices.zsh choices.sorted
  }

  # In a terminal of its own: each line, a tab, and what the line becomes.
  cat >terminal.zsh <<'END'
zmodload zsh/zpty || exit 77
zpty z "TERM=dumb zsh -f -i"
zpty -w z "PS1=; unsetopt zle_bracketed_paste; path=(${(q)1} \$path); fpath=(${(q)2} \$fpath)"
zpty -w z 'autoload -Uz compinit; compinit -u -D; stty cols 200; bindkey "^I" complete-word; echo RE""ADY'
zpty -r z said '*READY*'
while read -r line; do
  zpty -w -n z "${line%%=>*}"$'\t'
  zpty -r z said "*${(b)line##*=>}*"
  print -r -- "${line##*=>}"
  zpty -w z $'\x15'
done
END
  cat >lines <<'END'
hebb theo=>hebb theory
hebb theory retr=>hebb theory retrieval
hebb theory retrieval --sta=>hebb theory retrieval --state=
hebb theory retrieval --state g=>hebb theory retrieval --state glass
hebb run capacity --update-order=sy=>hebb run capacity --update-order=synchronous
hebb train rbm --data builtin:x=>hebb train rbm --data builtin:xor
hebb figure two-v=>hebb figure two-valleys
hebb analyse series fil=>hebb analyse series file
hebb plan capac=>hebb plan capacity
hebb status fol=>hebb status folder/
END
  has timeout && if timeout 60 zsh -f terminal.zsh "$build" "$completion/zsh" <lines >said 2>&1; then
    sed 's/.*=>//' lines >wanted
    same_file 'zsh: what lines become in a terminal' said wanted
  elif grep -q zpty said; then
    echo 'left out: zsh without zpty'
  else
    fail "zsh: after «$(tail -n 1 said)» the next line does not become what it should"
  fi
  unharmed zsh
fi

finish
