#!/bin/sh
# A page of hostile texts in a real browser, headless: it shows them as texts, runs nothing, fetches nothing.
#
#   HEBB_HOSTILE_FIRST, HEBB_HOSTILE_TEXTS  number of the first text, and how many (0, 600)
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

for browser in chromium chromium-browser google-chrome ''; do
  if command -v "${browser:-none}" >/dev/null 2>&1; then break; fi
done
[ -n "$browser" ] || skip 'no chromium, chromium-browser or google-chrome is installed'
first=${HEBB_HOSTILE_FIRST:-0} n=${HEBB_HOSTILE_TEXTS:-600}
build=${HEBB%/*}
HANG=300 # seconds

# look PAGE: its elements as the browser has them in dom.html, a picture in page.png, what it said, what it asked for
look() {
  rm -rf profile dom.html page.png said.log net.json
  HOME=$scratch timeout -k 5 "$HANG" "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync \
    --user-data-dir="$scratch/here/profile" --window-size=1000,2000 \
    --host-resolver-rules='MAP * ~NOTFOUND' --enable-logging=stderr --v=0 --log-net-log="$scratch/here/net.json" \
    --screenshot="$scratch/here/page.png" --dump-dom "file://$scratch/here/$1" >dom.html 2>said.log </dev/null
}

# ---- the looks find what there is to find ----

cat >bad.html <<'END'
<!DOCTYPE html><html><head><title>fine</title></head><body><p>text</p>
<img src="http://127.0.0.1:4567/HOSTILE.png"><script>document.title='HOSTILE'; console.error('HOSTILE')</script></body></html>
END
look bad.html
[ -s dom.html ] || skip "$browser does not run here: $(tail -n 1 said.log)"
check 'a changed title is seen' grep -q '<title>HOSTILE</title>' dom.html
check 'what a page says is seen' grep -q 'CONSOLE.*HOSTILE' said.log
check 'a request is seen' grep -q '127\.0\.0\.1:4567' net.json

# ---- the page ----

expect 0 "$build/tests/hostile_report" "$first" "$n" hostile
expect 0 "$HEBB" report hostile -o page.html
look page.html
filled 'a picture of the page' page.png
check 'which is no small one' test "$(wc -c <page.png)" -gt 20000
if grep -q CONSOLE said.log; then fail "the console: $(grep -m1 CONSOLE said.log)"; fi
if grep -q '127\.0\.0\.1:4567' net.json; then fail "a request: $(grep -m1 '127\.0\.0\.1:4567' net.json)"; fi
"$build/tests/page_parts" page.html >wanted
"$build/tests/page_parts" dom.html >shown
check 'the page has many elements' test "$(grep -c '^element' wanted)" -gt "$n"
same_file 'elements, attributes and texts are those that were written' wanted shown
check 'hostile ones among them' grep -q "^text .*<script>document.title='HOSTILE'</script>" shown
equal 'scripts' "$(grep -c '^element script' shown)" 0
absent 'nothing was done' HOSTILE
finish
