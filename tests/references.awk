# awk -f references.awk references.bib FILE...: do the texts cite what the list has, and the list what the texts cite?
#
# The list: one field a line, `  name = {value},`, entries in the order of their keys.  A text cites
#
#   [AGS87], [MM12, MFW16], [KH16, eq. 4]     by key
#   Ann. Phys. (N.Y.) 173 (1987) 30           by journal, volume, year and first page, the first author's name before it
#   ICML 2008, 1064                           by proceedings, year and first page
#   arXiv:2008.02217                          by number
#   Amari and Maginu (1988), Press, 1989      by the word before the year: a name, or a part of another field
#
# and a line `[KEY] ...` of a comment, or a numbered line under `## References`, names an author and says all else that the
# entry has: journal, volume, year and page, or number, or year and title or publisher.  What does not fit is printed; then
# the exit status is 1.

function problem(text) {
  print text
  n_problems++
}

# Accents as LaTeX writes them, as UTF-8 has them, and as comments in ASCII write them are one.
function folded(text) {
  gsub(/\{\\['`^]/, "", text)
  gsub(/\{\\"o/, "oe", text)
  gsub(/\{\\"u/, "ue", text)
  gsub(/[{}\\]/, "", text)
  gsub(/é/, "e", text)
  gsub(/ú/, "u", text)
  gsub(/ö/, "oe", text)
  gsub(/ü/, "ue", text)
  gsub(/–/, "-", text)
  return text
}

# The first author's name: `J. R. L. de Almeida and ...` -> `de Almeida`; `N. Le Roux` -> `Le Roux`.
function surname(authors) {
  sub(/ and .*/, "", authors)
  gsub(/[A-Z][a-z]?\.-?/, "", authors)
  sub(/^ +/, "", authors)
  return folded(authors)
}

function end_entry() {
  if (key == "") return
  if (kind == "article" && (field["journal"] == "" || field["pages"] == "" || field["year"] == "" || field["author"] == ""))
    problem(bib ": " key ": an article has author, journal, pages and year")
  if (field["title"] == "" && kind != "article") problem(bib ": " key ": no title")
  name[key] = surname(field["author"] field["editor"])
  year[key] = field["year"]
  eprint[key] = field["eprint"]
  preprint_year[key] = field["eprint"] ~ /^[0-9][0-9][0-9][0-9]\./ ? 2000 + substr(field["eprint"], 1, 2) : ""
  journal[key] = field["journal"] field["series"]
  place[key] = field["booktitle"]
  pages[key] = field["pages"]
  volume[key] = field["volume"]
  title[key] = tolower(folded(field["title"]))
  all[key] = folded(field["author"] " " field["editor"] " " field["title"] " " field["journal"] " " field["booktitle"] \
    " " field["publisher"] " " field["institution"] " " field["howpublished"] " " field["note"])
  if (journal[key] != "") {
    at = (volume[key] == "" ? "" : volume[key] " ") "(" year[key] ") " pages[key]
    if (at in of_place) problem(bib ": " key " and " of_place[at] " are one place, " at)
    of_place[at] = key
    full[key] = journal[key] " " at
  } else if (pages[key] != "") full[key] = place[key] " " year[key] ", " pages[key]
  if (eprint[key] != "") of_eprint[eprint[key]] = key
}

# What a reference in full has to say of entry k; an empty string if it says it, else what is missing.
function missing(text, k,    lower) {
  if (name[k] != "" && !index(text, name[k])) return "the name " name[k]
  if (journal[k] != "") return index(text " ", full[k]) ? "" : full[k]
  if (eprint[k] != "" && index(text, "arXiv:" eprint[k])) return ""
  if (year[k] != "" && !index(text, year[k])) return "the year " year[k]
  if (pages[k] != "" && text !~ ("[ )]" pages[k] "([^0-9]|$)")) return "the page " pages[k]
  lower = tolower(text)
  if (pages[k] == "" && !index(lower, title[k]) && (place[k] == "" || !index(text, place[k]))) return "the title"
  return ""
}

function check_reference(text, where,    k, n, parts, i, found, lack) {
  n = split(text, parts, /; /)
  for (i = 1; i <= n; i++) {
    found = ""
    for (k in name)
      if (missing(parts[i], k) == "" && (name[k] != "" || index(tolower(parts[i]), title[k]))) found = found " " k
    if (found == "") problem(where ": no entry has «" parts[i] "»")
    n_found = split(found, which, " ")
    for (k = 1; k <= n_found; k++) cited[which[k]] = 1
  }
}

function check_definition(k, text, where,    lack) {
  if (!(k in name)) return # the key is reported where keys are
  lack = missing(text, k)
  if (lack != "") problem(where ": [" k "] lacks " lack ": «" substr(text, 1, 100) "»")
}

# All of a file's text in one line: `left` is what has not been looked at.
function check_text(text, where,    left, hit, before, k, at, word, when, parts, n, i, found, offset) {
  left = text
  offset = 0
  while (match(left, /([0-9]+ |[a-z]\. )\((18|19|20)[0-9][0-9]\) [A-Z]?[0-9]+/)) {
    hit = substr(left, RSTART, RLENGTH)
    before = substr(text, 1, offset + RSTART - 1)
    offset += RSTART + RLENGTH - 1
    left = substr(left, RSTART + RLENGTH)
    if (hit ~ /^[a-z]/) {
      before = before substr(hit, 1, 3)
      hit = substr(hit, 4)
    }
    sub(/ $/, "", before)
    if (!(hit in of_place)) {
      problem(where ": no entry is at «" substr(before, length(before) - 30) " " hit "»")
      continue
    }
    k = of_place[hit]
    cited[k] = 1
    if (substr(before, length(before) - length(journal[k]) + 1) != journal[k])
      problem(where ": " k " is in " journal[k] ": «" substr(before, length(before) - 30) " " hit "»")
    if (!index(substr(before, length(before) > 400 ? length(before) - 400 : 1), name[k]))
      problem(where ": " hit " is by " name[k] ", who is not named before it")
  }
  left = text
  while (match(left, /[A-Z][A-Za-z.]* (19|20)[0-9][0-9], [0-9]+([^0-9.:]|\.([^0-9]|$)|$)/)) {
    hit = substr(left, RSTART, RLENGTH)
    left = substr(left, RSTART + RLENGTH)
    sub(/[^0-9]+$/, "", hit)
    found = 0
    for (k in full) if (full[k] == hit) { cited[k] = 1; found = 1 }
    if (!found && hit !~ NO_NAME) problem(where ": no entry is at «" hit "»")
  }
  left = text
  while (match(left, /arXiv:[a-z-]*\/?[0-9.]*[0-9]/)) {
    hit = substr(left, RSTART + 6, RLENGTH - 6)
    left = substr(left, RSTART + RLENGTH)
    if (hit in of_eprint) cited[of_eprint[hit]] = 1
    else problem(where ": no entry has arXiv:" hit)
  }
  left = text
  offset = 0
  while (match(left, /[A-Z][A-Za-z'-]*[a-z]( et al\.)?,? \(?(18|19|20)[0-9][0-9]([^0-9.]|\.[^0-9]|$)/)) {
    hit = substr(left, RSTART, RLENGTH)
    left = substr(left, RSTART + RLENGTH)
    offset += RSTART + RLENGTH - 1
    word = hit
    sub(/[ ,].*/, "", word)
    match(hit, /(18|19|20)[0-9][0-9]/)
    when = substr(hit, RSTART, 4)
    if (word ~ NO_NAME) continue
    found = 0
    for (k in all)
      if ((year[k] == when || preprint_year[k] == when) && index(all[k], word)) {
        found = 1
        if (index(substr(text, offset > 200 ? offset - 200 : 1, 200 + length(hit)), name[k])) cited[k] = 1
      }
    if (!found) problem(where ": no entry of " when " has the word «" word "»")
  }
  left = text
  while (match(left, /\[([A-Z][A-Za-z]*[0-9][0-9][a-z]?(, )?)+[],]|\[(MNIST|NEP1)\]/)) {
    hit = substr(left, RSTART + 1, RLENGTH - 2)
    left = substr(left, RSTART + RLENGTH)
    n = split(hit, parts, /, */)
    for (i = 1; i <= n; i++)
      if (parts[i] in name) cited[parts[i]] = 1
      else if (parts[i] != "") problem(where ": no entry [" parts[i] "]")
  }
}

# A reference of a man page: .%A, .%J, .%V, .%D, .%P from .Rs to .Re.
function check_block(where) {
  if (block["J"] != "")
    check_text(" " block["A"] " " block["J"] " " block["V"] " (" block["D"] ") " block["P"], where)
  else check_reference(folded(block["A"] " " block["T"] " " block["B"] " " block["I"] " " block["D"]), where)
  split("", block)
}

# In a note, [3] is the third line under `## References`, and every line there is asked for.
function check_numbers(where,    k, i, used, left, hit, parts, n) {
  left = body
  while (match(left, /\[[1-9][0-9]?(, [^]]*)?\]/)) {
    hit = substr(left, RSTART + 1, RLENGTH - 2)
    left = substr(left, RSTART + RLENGTH)
    n = split(hit, parts, /, */)
    for (i = 1; i <= n; i++)
      if (parts[i] ~ /^[1-9][0-9]?$/) {
        used[parts[i]] = 1
        if (parts[i] + 0 > n_items) problem(where ": [" parts[i] "], of " n_items " references")
      }
  }
  for (k = 1; k <= n_items; k++) if (!(k in used)) problem(where ": nothing in the text cites [" k "]")
}

function end_item() {
  if (item != "") check_reference(folded(item), file)
  item = ""
}

function end_definition() {
  if (defined != "") check_definition(defined, folded(definition), file)
  defined = ""
}

function end_file() {
  if (file == "") return
  end_item()
  end_definition()
  check_text(folded(text), file)
  if (n_items) check_numbers(file)
  file = ""
}

BEGIN {
  NO_NAME = "^(January|February|March|April|May|June|July|August|September|October|November|December|Of|Over)"
  bib = ARGV[1]
}

FILENAME == bib && /^(%|$)/ { next }
FILENAME == bib && /^@[a-z]+\{[A-Za-z0-9]+,$/ {
  if (inside) problem(bib ": " key " does not end before line " FNR)
  inside = 1
  last = key
  kind = $0
  sub(/^@/, "", kind)
  sub(/\{.*/, "", kind)
  key = $0
  sub(/^[^{]*\{/, "", key)
  sub(/,$/, "", key)
  if (key in name) problem(bib ": two entries " key)
  if (last != "" && key <= last) problem(bib ": " key " comes after " last)
  split("", field)
  next
}
FILENAME == bib && inside && /^  [a-z]+ = \{.*\},$/ {
  split($0, parts, / = /)
  sub(/^ +/, "", parts[1])
  value = substr($0, index($0, "{") + 1)
  value = substr(value, 1, length(value) - 2)
  opened = value
  if (gsub(/\{/, "", opened) != gsub(/\}/, "", opened)) problem(bib ":" FNR ": braces do not match")
  if (parts[1] in field) problem(bib ": " key " has two fields " parts[1])
  field[parts[1]] = value
  next
}
FILENAME == bib && inside && /^\}$/ {
  end_entry()
  inside = 0
  next
}
FILENAME == bib { problem(bib ":" FNR ": neither an entry's first line, nor a field, nor its end: " $0); next }

FNR == 1 {
  end_file()
  file = FILENAME
  text = body = item = defined = ""
  n_items = 0
  listed = 0
}
{
  plain = $0
  sub(/^[ \t]*(\/\*|\*\/|\*|#|\/\/|\.[A-Z][a-z])?[ \t]*/, "", plain)
  text = text " " plain
}
/^\.%[A-Z] / { block[substr($0, 3, 1)] = block[substr($0, 3, 1)] " " substr($0, 5) }
/^\.%[B-Z] / { sub(/^ /, "", block[substr($0, 3, 1)]) }
/^\.Re/ { check_block(file) }
/^## References/ { listed = 1; next }
listed && /^[0-9]+\. / {
  end_item()
  n_items++
  item = substr($0, index($0, " ") + 1)
  next
}
listed && /^ +[^ ]/ { item = item " " plain; next }
!listed { body = body " " $0 }
FILENAME ~ /\.[ch]$/ && /^[ \t]*\*[ \t]+\[[A-Z][A-Za-z]*[0-9]*[a-z]?\] / {
  end_definition()
  defined = plain
  sub(/^\[/, "", defined)
  sub(/\].*/, "", defined)
  definition = plain
  if (definition !~ /(18|19|20)[0-9][0-9]|, |\. /) defined = ""
  next
}
defined != "" && (/^[ \t]*\*\// || plain == "") { end_definition() }
defined != "" { definition = definition " " plain }

END {
  end_file()
  if (inside) problem(bib ": " key " does not end")
  for (k in name) if (!(k in cited)) problem(bib ": nothing cites " k)
  exit n_problems > 0
}
