#!/bin/sh
# make install, into a folder of the test's own: the program finds its figures, every header stands alone, a program that
# uses the library is built by pkg-config and computes what hebb computes, and make uninstall leaves no file.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

[ -n "${CORE_LIBS:-}" ] || skip 'make check says in the environment what the program was linked with'
build=${HEBB%/*}
source=${HEBB_FIGURES%/figures}
[ -e "$build/libhebb.a" ] || skip "the library is not beside $HEBB"
root=$scratch/root
unset MAKEFLAGS MFLAGS MAKELEVEL GNUMAKEFLAGS MAKEFILES HEBB_FIGURES

# place DESCRIPTION: the one file of the installation whose path ends so
place() { find "$root" -path "*/$1" -type f; }

expect 0 "$MAKE" -C "$build" install DESTDIR="$root"
n_files=$(find "$root" -type f | wc -l)
check 'something is installed' test "$n_files" -gt 100
installed=$(place bin/hebb)
check 'the program is' test -x "$installed"
for file in docs/library.md docs/theory/replica_symmetric.md README.md CITATION.cff; do
  same_file 'documents keep their places beside README.md' "$(place "doc/hebb/$file")" "$source/$file"
done
n_pages=0
for page in "$build"/docs/*.1; do
  n_pages=$((n_pages + 1))
  same_file 'a man page is installed' "$(place "man1/${page##*/}")" "$page"
done
equal 'pages: one of the program and one a verb' "$n_pages" $(($("$HEBB" --help | grep -c '^  [a-z]') + 1))
for completion in bash-completion/completions/hebb fish/vendor_completions.d/hebb.fish zsh/site-functions/_hebb; do
  same_file "$completion is installed" "$(place "share/$completion")" "$build/completion/${completion%%[-/]*}/${completion##*/}"
done

# ---- figures ----

cd / || exit 99
HEBB_FIGURES=$source/figures "$HEBB" figure --list >"$scratch/figures" || fail 'the program lists no figures'
expect 0 "$installed" figure --list
same_file 'the installed program finds its figures from any folder' "$out" "$scratch/figures"
cd "$scratch/here" || exit 99

# ---- headers ----

headers=$(dirname "$(place hebb/status.h)")
mkdir alone
for header in "$headers"/*.h; do
  name=${header##*/}
  # ISO C wants a declaration in a file: the empty source of a header that is all macros would not pass.
  printf '#include <hebb/%s>\n' "$name" >"alone/${name%.h}.c"
  check "docs/library.md has $name" grep -qF "\`$name\`" "$source/docs/library.md"
done
check 'every header compiles alone, as ISO C' \
  "$CC" -std=c11 -Wall -Wextra -Wundef -pedantic -Werror -fsyntax-only -I"${headers%/hebb}" alone/*.c
for header in $(grep -oE '`[a-z0-9_]+\.h`' "$source/docs/library.md" | tr -d '`'); do
  check "docs/library.md names what is installed" test -e "$headers/$header"
done

# ---- library ----

library=$(place libhebb.a)
if [ "$NM" != none ]; then
  # shellcheck disable=SC2086 # words
  $NM -g "$library" >symbols 2>said || fail "$NM: $(cat said)"
  awk 'NF == 3 && $2 ~ /^[A-TV-Z]$/ && $3 !~ /^(hebb_|__|\.)/ { print $3 }' symbols >foreign
  equal 'names of the library that do not begin with hebb_' "$(cat foreign)" ''
  check 'names were looked at' grep -q ' T hebb_relax$' symbols
fi
equal 'objects of the same name, of which an archive may lose one' "$($AR t "$library" | sort | uniq -d)" ''

# ---- a program that uses it ----

# hebb.pc says where it will be; here that is below $root.
mkdir pkgconfig
sed "s|^\\([a-z_]*\\)=/|\\1=$root/|" "$(place pkgconfig/hebb.pc)" >pkgconfig/hebb.pc
PKG_CONFIG_PATH=$PWD/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
export PKG_CONFIG_PATH
equal 'the version of hebb.pc' "$($PKG_CONFIG --modversion hebb)" "$("$HEBB" --version | sed -n '1s/^hebb //p')"
cp -R "$(dirname "$(place examples/retrieval.c)")" examples && chmod -R u+w examples
expect 0 "$MAKE" -C examples CC="$CC" CFLAGS="$CFLAGS $HEBB_CFLAGS -Werror" LDFLAGS="$LDFLAGS" PKG_CONFIG="$PKG_CONFIG"
expect 0 examples/retrieval 0.1
cp "$out" said
"$HEBB" theory retrieval --alpha 0.1 --temperature 0 --csv-plain >theory.csv || fail 'no theory'
near 'the theory by the library' "$(sed -n 's/^theory *m = //p' said)" "$(cell theory.csv 1 m)" 1e-10
near 'the simulation by the library' "$(sed -n 's/^simulation *m = \([0-9.]*\),.*/\1/p' said)" "$(cell theory.csv 1 m)" 0.002
expect 1 examples/retrieval 0.2
check 'a load without retrieval is refused' grep -q '^retrieval: ' "$err"

# ---- and away again ----

expect 0 "$MAKE" -C "$build" uninstall DESTDIR="$root"
equal 'files that uninstall leaves' "$(find "$root" ! -type d)" ''
expect 0 "$MAKE" -C "$build" install-data-hook prefix="$PWD/else where" pkgconfigdir="$PWD"
check 'hebb.pc names the prefix of make install' grep -Fqx "prefix=$PWD/else where" hebb.pc

finish
