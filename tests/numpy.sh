#!/bin/sh
# docs/numpy.md: its commands do what it says, and its lines of Python read what they have written.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"
# shellcheck source=document.sh
. "$HEBB_FIGURES/../tests/document.sh"
has_gnuplot || skip 'there is no gnuplot'
document "$HEBB_FIGURES/../docs/numpy.md"

python=
for candidate in python3 /usr/bin/python3; do
  if [ -z "$python" ] && "$candidate" -c 'import numpy' >/dev/null 2>&1; then python=$candidate; fi
done
if [ -n "$python" ]; then
  awk '/^```/ { python = $0 == "```python"; next } python' "$HEBB_FIGURES/../docs/numpy.md" >lines.py
  echo 'assert table["m"].shape == (2,) and w.shape[1] == 16 and v.shape == (20, w.shape[0])' >>lines.py
  expect 0 "$python" lines.py
else
  echo 'python3-numpy is missing: the lines of Python were not tried'
fi

finish
