#!/bin/sh
# Ten thousand hostile texts, fresh ones, many to a page, through hebb report and a real browser: see ../report_browser.sh.
set -eu
HEBB_HOSTILE_FIRST=${SEED:-$(date +%s)}
export HEBB_HOSTILE_FIRST
echo "seed $HEBB_HOSTILE_FIRST (SEED=$HEBB_HOSTILE_FIRST repeats this run)"
srcdir=$(cd "$(dirname -- "$0")/../.." && pwd)
export srcdir
HEBB_HOSTILE_TEXTS=10000 sh "$srcdir/tests/report_browser.sh" || [ $? -eq 77 ]
