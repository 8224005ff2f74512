#!/bin/sh
# All figures, of the quick size, in a LaTeX document; RESULTS=FOLDER takes those that are there: see ../latex.sh.
set -eu
made=${RESULTS-}
if [ -z "$made" ]; then
  made=$(mktemp -d "${TMPDIR:-/tmp}/hebb-latex.XXXXXX")
  trap 'rm -rf "$made"' EXIT
  "$HEBB" figure all --quiet --out "$made"
fi
status=0
sh "${srcdir:-.}/tests/latex.sh" "$made" || status=$?
[ "$status" -eq 0 ] || [ "$status" -eq 77 ] || exit "$status"
