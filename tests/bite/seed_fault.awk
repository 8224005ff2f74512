# A file of the sources with one of the faults of faults.txt in it, to standard output.
#
#   awk -f seed_fault.awk faults.txt NAME SOURCE
#
# Exit status 1 where the lines to be replaced are not in the file exactly once, with a sentence on standard error.
BEGIN {
  list = ARGV[1]; name = ARGV[2]; source = ARGV[3]
  while ((getline line < list) > 0) {
    if (line ~ /^fault /) is_it = line == "fault " name
    if (!is_it) continue
    if (line ~ /^- /) old = old (n_old++ ? "\n" : "") substr(line, 3)
    if (line ~ /^\+/) new = new (n_new++ ? "\n" : "") substr(line, 3)
  }
  while ((getline line < source) > 0) text = text line "\n"
  for (rest = text; n_old && (at = index(rest, old)); rest = substr(rest, at + length(old))) {
    n_found++
    if (n_found == 1) before = at
  }
  if (n_found == 1) {
    printf "%s", substr(text, 1, before - 1) new substr(text, before + length(old))
    exit 0
  }
  print name ": what it replaces is in " source " " n_found + 0 " times, not once" >"/dev/stderr"
  exit 1
}
