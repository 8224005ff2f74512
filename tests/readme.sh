#!/bin/sh
# README.md: its commands do what it says they do.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"
# shellcheck source=document.sh
. "$HEBB_FIGURES/../tests/document.sh"
has_gnuplot || skip 'there is no gnuplot'
# What `make capacity` has made before, where the README reads it.
[ -z "${HEBB_LONG:-}" ] || "$HEBB" figure capacity --quiet --out build/results/capacity || fail "figure capacity"
document "$HEBB_FIGURES/../README.md"

finish
