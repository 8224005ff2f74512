#!/bin/sh
# Runs a command in a build folder with the source folder read-only but for that folder, also for root: in a mount
# namespace of its own.  Where there is none to be had it says so and runs the command all the same.
#   cd build && ../tests/read_only.sh make check
set -eu
source=$(cd "$(dirname -- "$0")/.." && pwd -P)
build=$(pwd -P)
[ "$build" != "$source" ] || {
  echo "read_only: start it from a build folder" >&2
  exit 64
}

# shellcheck disable=SC2016 # a text for another shell
mount_and_run='
  mount --bind "$1" "$1" && cd "$2" && mount --bind "$2" "$2" && mount -o remount,bind,ro "$1" || exit 99
  ! touch "$1/README.md" 2>/dev/null || exit 99
  cd "$2" && shift 2 && exec "$@"'
if [ "$(id -u)" -eq 0 ]; then namespace='unshare --mount'; else namespace='unshare --mount --map-root-user'; fi
if $namespace sh -c "$mount_and_run" sh "$source" "$build" true 2>/dev/null; then
  exec $namespace sh -c "$mount_and_run" sh "$source" "$build" "$@"
fi
echo "read_only: no mount namespace to be had here: $source stays as it is" >&2
exec "$@"
