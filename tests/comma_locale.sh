#!/bin/sh
# make check once more, every program of the build started in a locale with a decimal comma: what `make check-locale` does,
# in the build folder; not for a build with sanitizers, which want to be loaded first.  Where there is no such locale and
# localedef makes none (Debian: locales) it says so, and the suite runs in the locale there is.
set -eu
: "${CC:=cc}" "${MAKE:=make}"
source=$(cd "${srcdir:-.}" && pwd)
build=$(pwd -P)
locale=de_DE.UTF-8
folder=$build/comma-locale
mkdir -p "$folder"

# localedef ends in 1 where it has written it with warnings; one that was broken off is not taken for whole.
if [ ! -d "$folder/$locale" ]; then
  rm -rf "$folder/new.UTF-8"
  localedef -i de_DE -f UTF-8 "$folder/new.UTF-8" 2>"$folder/log" || :
  [ ! -s "$folder/new.UTF-8/LC_NUMERIC" ] || mv "$folder/new.UTF-8" "$folder/$locale"
fi
if [ ! -d "$folder/$locale" ]; then
  echo "check-locale: localedef makes no $locale here (Debian: locales); the suite runs without"
  exec "$MAKE" check
fi
# shellcheck disable=SC2086 # a command and its options
$CC -shared -fPIC -O1 -o "$folder/comma_locale.so" "$source/tests/comma_locale.c"
unset LC_CTYPE LC_COLLATE LC_TIME LC_MONETARY LC_PAPER LC_NAME LC_ADDRESS LC_TELEPHONE LC_MEASUREMENT LC_IDENTIFICATION
LOCPATH=$folder
HEBB_COMMA_PROGRAMS=$build
HEBB_COMMA_LOCALE=$locale
LD_PRELOAD=$folder/comma_locale.so${LD_PRELOAD:+:$LD_PRELOAD}
export LOCPATH HEBB_COMMA_PROGRAMS HEBB_COMMA_LOCALE LD_PRELOAD

# A program of this folder has the comma, or what follows would show nothing.
printf '%s\n' '#include <stdio.h>' 'int main(void) { return printf("%.1f\n", 0.5) < 0; }' >"$folder/half.c"
# shellcheck disable=SC2086 # a command and its options
$CC -o "$folder/half" "$folder/half.c"
half=$("$folder/half")
[ "$half" = 0,5 ] || {
  echo "check-locale: a program in $build writes $half for one half: it is not in $locale" >&2
  exit 1
}
exec "$MAKE" check
