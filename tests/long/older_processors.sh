#!/bin/sh
# The engine on processors without AVX-512 and without AVX2, emulated: each takes the kernel that it can run, and its
# tests pass.  Skipped without qemu-x86_64 (Debian: qemu-user).  The arguments are the tests.
set -u
: "${HEBB:?the program to test}"

if [ "$(uname -m)" != x86_64 ] || ! command -v qemu-x86_64 >/dev/null; then
  echo 'skipped: no qemu-x86_64 (Debian: qemu-user), or not an x86-64 machine'
  exit 0
fi

n_failed=0
while read -r processor kernel; do
  version=$(qemu-x86_64 -cpu "$processor" "$HEBB" --version 2>/dev/null | sed -n 's/^kernel \([a-z0-9]*\),.*/\1/p')
  echo "$processor: kernel $version"
  [ "$version" = "$kernel" ] || n_failed=$((n_failed + 1))
  for test in "$@"; do
    if CK_FORK=no CK_DEFAULT_TIMEOUT=0 qemu-x86_64 -cpu "$processor" "$test" >/dev/null 2>&1; then
      echo "  passed: ${test##*/}"
    else
      echo "  FAILED: ${test##*/}"
      n_failed=$((n_failed + 1))
    fi
  done
done <<'END'
Haswell avx2
Nehalem portable
END
[ "$n_failed" -eq 0 ]
