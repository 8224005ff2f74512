# awk -f equations.awk NOTE... -- FILE...: does each equation that the files refer to stand in the note that they name?
#
# A note numbers its equations at the end of indented lines, (1), (2), … in this order.  A file refers to
#
#   docs/theory/thermal.md (1), (7)        in a comment
#   [its note](thermal.md) (1)             in a document; also «thermal.md (1)», «(thermal.md), equation 1»
#   (3)                                    inside a note, of its own
#
# and names a document by its path from the top, or from the folder of the file, or a theory note by its name alone.
# With -v need=1 each FILE has to name a note and a number.  What does not fit is printed; then the exit status is 1.

function problem(text) {
  print text
  n_problems++
}

function base(path) {
  sub(/.*\//, "", path)
  return path
}

# NAME.md, from the text of `where`, as the key of a document, or an empty string; `link`: it is a link's address.
function resolved(name, where, link,    folder, path, k) {
  path = name
  if (where ~ /\.md$/ && link) { # a link of a document: from its folder
    folder = where
    sub(/[^\/]*$/, "", folder)
    path = folder name
    while (sub(/[^\/]+\/\.\.\//, "", path)) continue
    return path in document ? path : ""
  }
  sub(/^(\.\.?\/)+/, "", path)
  for (k in document) if (substr("/" k, length(k) - length(path) + 1) == "/" path) return k
  return ""
}

function check_labels(note, list, where,    left) {
  left = list
  while (match(left, /[0-9]+/)) {
    if (!((note, substr(left, RSTART, RLENGTH) + 0) in label))
      problem(where ": " base(note) " has no equation (" substr(left, RSTART, RLENGTH) ")")
    else n_references++
    left = substr(left, RSTART + RLENGTH)
  }
}

function check_text(where,    left, name, note, before, has, link) {
  left = text
  has = 0
  while (match(left, /[A-Za-z0-9_.\/-]+\.md/)) {
    before = RSTART > 2 ? substr(left, RSTART - 2, 2) : ""
    name = substr(left, RSTART, RLENGTH)
    left = substr(left, RSTART + RLENGTH)
    if (name ~ /(^|\/)x(\.md|\/)/ || left ~ /^[a-z]/) continue # any name; a name that goes on, .mdoc
    link = before == "](" && substr(left, 1, 1) == ")"
    note = resolved(name, where, link)
    if (note == "" && !link && name !~ /\//) continue # no document of ours
    if (note == "") {
      problem(where ": there is no " name)
      continue
    }
    sub(/^[)`]/, "", left)
    if (match(left, /^,? equations? [0-9]+/) || match(left, /^ \([1-9][0-9]?\)((,| to| and|–) ?\([1-9][0-9]?\))*/)) {
      check_labels(note, substr(left, RSTART, RLENGTH), where)
      has = 1
    }
  }
  if (need && !has) problem(where ": names no equation of a note")
}

function check_own(    left, number) {
  if (!(file in n_labels)) return
  left = " " body
  while (match(left, /[ ,;–]\([1-9][0-9]?\)/)) {
    number = substr(left, RSTART, RLENGTH)
    gsub(/[^0-9]/, "", number)
    if (!((file, number + 0) in label) && substr(left, 1, RSTART - 1) !~ /\.md\)?$/)
      problem(file ": refers to its equation (" number "), of " n_labels[file])
    left = substr(left, RSTART + RLENGTH)
  }
}

function end_file() {
  if (file == "") return
  if (collecting) document[file] = 1
  else {
    check_text(file)
    if (file ~ /\/theory\/[a-z_]*\.md$/ && !need) check_own()
  }
}

BEGIN {
  for (k = 1; k < ARGC && ARGV[k] != "--"; k++)
    if (ARGV[k] ~ /\.md$/) document[ARGV[k]] = 1
  collecting = 1
  for (k = 1; k < ARGC; k++)
    if (ARGV[k] == "--") {
      ARGV[k] = "phase=2"
      break
    }
}

FNR == 1 {
  if (phase != 2) { file = FILENAME; collecting = 1 }
  else {
    if (!collecting) end_file()
    collecting = 0
    file = FILENAME
    text = body = ""
  }
}

collecting {
  if (/^    .*\([1-9][0-9]*\)[.,]?$/) {
    number = $0
    sub(/[.,]$/, "", number)
    sub(/.*\(/, "", number)
    sub(/\).*/, "", number)
    if (number + 0 != n_labels[file] + 1) problem(file ":" FNR ": equation (" number ") comes after (" n_labels[file] + 0 ")")
    n_labels[file] = number + 0
    label[file, number + 0] = 1
  }
  next
}
{
  plain = $0
  sub(/^[ \t]*(\/\*|\*\/|\*|#)?[ \t]*/, "", plain)
  text = text " " plain
  if (!/^    /) body = body " " $0
}
END {
  if (!collecting) end_file()
  if (!need && n_references < 1) problem("no reference to an equation")
  exit n_problems > 0
}
