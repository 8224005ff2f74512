#!/bin/sh
# Every figure's script whose tables have a header and no row is refused: no empty picture is taken for one.
#
#   empty_tables.sh FOLDER   of figures that were made (`hebb figure all --out FOLDER`); copies lose their rows
made=$(cd "${1:?the folder of the figures}" && pwd)
# shellcheck source-path=SCRIPTDIR source=../shell.sh
. "$(dirname -- "$0")/../shell.sh"
has_gnuplot || skip 'gnuplot is not there'

# A gnuplot that sees no row: hebb itself restores the tables that it has made.
gnuplot=$(command -v gnuplot)
mkdir bin
cat >bin/gnuplot <<END
#!/bin/sh
find . -name '*.csv' | while read -r file; do
  awk '/^#/ { print; next } { print; exit }' "\$file" >"\$file.header" && mv "\$file.header" "\$file"
done
exec '$gnuplot' "\$@"
END
chmod +x bin/gnuplot

"$HEBB" figure --list >list
while read -r name _; do
  cp -R "$made/$name" .
  chmod -R u+w "$name"
  rm -f "$name"/figure.*
  refuse 65 "^hebb: $name/plot.gp: " env PATH="$PWD/bin:$PATH" "$HEBB" figure "$name" --quiet --out "$name"
  n_tables=$(find "$name" -maxdepth 1 -name '*.csv' | wc -l)
  equal "$name: tables without rows" "$(cat "$name"/*.csv | grep -vc '^#')" "$n_tables"
  equal "$name: no picture" "$(find "$name" -name 'figure.[ps]*')" ''
  printf '# %s\n' "$(head -n 1 "$err")"
  rm -rf "$name"
done <list
check 'there are figures' test "$(wc -l <list)" -gt 40

finish
