#!/bin/sh
# The lines of the phase diagram at ten times the loads: see ../check_phase_diagram.c.
set -eu
program=$(dirname -- "$HEBB")/tests/check_phase_diagram
[ -x "$program" ] || {
  echo 'skipped: no unit tests without Check'
  exit 0
}
HEBB_LONG=1 CK_DEFAULT_TIMEOUT=3600 "$program"
