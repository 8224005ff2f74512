#!/bin/sh
# docs/tutorial.md: its commands do what it says they do.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"
# shellcheck source=document.sh
. "$HEBB_FIGURES/../tests/document.sh"
has_gnuplot || skip 'there is no gnuplot'
document "$HEBB_FIGURES/../docs/tutorial.md"

finish
