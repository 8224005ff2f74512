#!/bin/sh
# Every single fault of tests/faults.sh, not the first and the last of those that are reached the same way alone.
set -eu
HEBB_FAULTS_ALL=yes srcdir=$(dirname -- "$0")/../..
export HEBB_FAULTS_ALL srcdir
exec "${SHELL:-sh}" "$srcdir/tests/faults.sh"
