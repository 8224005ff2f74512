# Sourced after shell.sh: the commands of a document are run, and what they print is held against what the document says.
# shellcheck shell=sh disable=SC2154 # shell.sh sets scratch
#
# In a Markdown file
#
#       $ COMMAND            an indented line of this form is a command; lines that begin with «> » go on with it, the
#       what it prints       rest of the block is what it prints, where there is such a rest, «...» any number of lines
#     ```WORD FILE           a fenced block with a second word is a file's content
#
# A command that ends in «# 40 s» takes so long, or needs what such a one has made: it is run where HEBB_LONG is set alone.
# After «# 1 s, other numbers each time» what it prints is not compared.  Numbers are compared as same_numbers.awk says.

# document FILE: runs it here, in order
document() {
  mkdir -p "$scratch/steps" build && ln -sf "$HEBB" build/hebb
  PATH=$PWD/build:$PATH
  export PATH
  awk -v folder="$scratch/steps" '
    function begin(kind) { n++; name = sprintf("%s/%03d", folder, n); printf "" >(name "." kind); return name "." kind }
    /^```/ { fenced = !fenced; to = ""; if (fenced && NF > 1) { print $2 >begin("name"); close(to); to = name ".file" } next }
    fenced { if (to) print >to; next }
    /^    \$ / { to = begin("command"); sub(/^    \$ /, ""); print >to; said = name ".said"; next }
    /^    > / && to { sub(/^    > /, ""); print >to; next }
    /^    / && said { sub(/^    /, ""); print >said; next }
    { to = said = "" }' "$1"
  n_steps=0
  for step in "$scratch"/steps/*; do
    case $step in
      *.name) put_file "${step%.name}" ;;
      *.command) follow_step "$step" "${step%.command}.said" ;;
    esac
  done
  check "$1 has commands" test "$n_steps" -gt 0
}

# put_file STEP
put_file() {
  name=$(cat "$1.name")
  mkdir -p "$(dirname "$name")"
  cp "$1.file" "$name"
}

# follow_step COMMAND_FILE SAID_FILE
follow_step() {
  n_steps=$((n_steps + 1))
  if [ -z "${HEBB_LONG:-}" ] && grep -Eq '# [0-9]+ s(, other numbers each time)?$' "$1"; then return; fi
  n_checked=$((n_checked + 1))
  status=0
  sh -c "$(cat "$1")" >"$scratch/said" 2>&1 </dev/null || status=$?
  case $status in
    0 | 64 | 75) ;; # a document shows refusals and runs that are stopped, too
    *) fail "exit status $status: $(cat "$1"): $(cat "$scratch/said")" ;;
  esac
  if [ ! -e "$2" ] || grep -q '# [0-9]* s, other numbers each time$' "$1"; then return; fi
  awk -f "$HEBB_FIGURES/../tests/same_numbers.awk" "$2" "$scratch/said" >"$scratch/differs" ||
    fail "$(cat "$1"): $(cat "$scratch/differs")"
}
