#!/bin/sh
# The commands that notes and figures quote are ones that the program takes: subjects, options and values.
# shellcheck disable=SC2016 # backquotes of a document
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"
sources=$(dirname -- "$HEBB_FIGURES")
find "$sources/docs/theory" "$sources/figures" -name '*.md' >documents
for note in capacity engine errata learning mean_field_learning numerics rbm_learning statistics; do
  printf '%s\n' "$sources/docs/$note.md" >>documents
done

# taken WHERE COMMAND: with values, the program reads it; where a word stands for a value (LIST, N), it knows the options
taken() {
  where=$1
  shift
  set -f
  # shellcheck disable=SC2086 # words
  set -- $1
  set +f
  verb=$2 subject=$3
  open=false last=
  for word; do
    case $word in
      DIR | *[!A-Z]*) ;;
      *) open=true ;;
    esac
    last=$word
  done
  case $last in --*) open=true ;; esac
  if ! $open; then
    shift
    "$HEBB" "$@" --print-config
    return
  fi
  "$HEBB" "$verb" "$subject" --help >help 2>&1 || return 1
  for word; do
    case $word in
      --*) grep -q -e "[ ,]$word\( \|\$\)" help || { echo "$where: no $word" && return 1; } ;;
    esac
  done
}

# shellcheck disable=SC2046 # names of ours
awk -f "$sources/tests/quoted_commands.awk" $(cat documents) | sort -t '|' -u -k 2 >commands
check 'there are some' test "$(wc -l <commands)" -gt 60
while IFS='|' read -r where command; do
  check "${where#"$sources"/} quotes a command" taken "$where" "$command"
done <commands

printf '%s\n' 'As `hebb theory capacity --anzatz rs` says,' '' '    hebb theory capacities' '' \
  'and `hebb run capacity --loads LIST`, `hebb theory capacity --order x`.' >wrong.md
awk -f "$sources/tests/quoted_commands.awk" wrong.md >commands
equal 'four commands are quoted' "$(wc -l <commands)" 4
while IFS='|' read -r where command; do
  check "«$command» is refused" eval '! taken "$where" "$command"'
done <commands

finish
