#!/bin/sh
# The commands of README.md, the tutorial and numpy.md that take longer, too.
set -eu
HEBB_LONG=1
export HEBB_LONG
for test in numpy readme tutorial; do sh "${srcdir:-.}/tests/$test.sh"; done
