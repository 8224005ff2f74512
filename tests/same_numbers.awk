# awk -f same_numbers.awk EXPECTED FILE: are they the same, line by line, but for the last digits of numbers?
#
# Two numbers are the same within 1e-9 of their size: what goes through the C library may differ in the last digits.  A line
# «...» stands for any number of lines.
function size(x) { return x < 0 ? -x : x }
function is_number(text) { return text ~ /^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?$/ }
# What differs; empty: nothing.
function difference(wanted, found,   want, have, n, k) {
  n = split(wanted, want, /[, ]/)
  if (split(found, have, /[, ]/) != n) return "«" found "» for «" wanted "»"
  for (k = 1; k <= n; k++) {
    if (want[k] == have[k]) continue
    if (is_number(want[k]) && is_number(have[k]) && size(have[k] - want[k]) <= 1e-9 * size(want[k])) continue
    return have[k] " for " want[k]
  }
  return ""
}
FILENAME == ARGV[1] { expected[++n_expected] = $0; next }
{ found[++n] = $0 }
END {
  for (k = line = 1; k <= n_expected; k++) {
    if (expected[k] == "...") { skips = 1; continue }
    while (skips && line < n && difference(expected[k], found[line]) != "") line++
    skips = 0
    if (line > n) { print n + 0 " lines: «" expected[k] "» is missing"; exit 1 }
    if ((text = difference(expected[k], found[line])) != "") { print "line " line ": " text; exit 1 }
    line++
  }
  if (line <= n && !skips) { print "line " line ": «" found[line] "» for nothing"; exit 1 }
}
