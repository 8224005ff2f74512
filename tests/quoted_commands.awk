# awk -f quoted_commands.awk FILE.md...: the commands of the program that documents quote, `FILE|hebb ...` a line
#
# They stand in indented lines, with what follows a trailing backslash, or between backquotes.
function say(text) {
  gsub(/^[ $]+/, "", text)
  sub(/^build\//, "", text)
  sub(/ *[|;>#…].*/, "", text)
  if (text ~ /^hebb (theory|run|train|analyse) [a-z]/) print where "|" text
}
function end_paragraph(    parts, n, k) {
  n = split(paragraph, parts, /`/)
  for (k = 2; k <= n; k += 2) say(parts[k])
  paragraph = ""
}
FNR == 1 {
  end_paragraph()
  where = FILENAME
  begun = ""
}
/^    / {
  end_paragraph()
  line = $0
  sub(/^ +/, "", line)
  line = begun line
  begun = ""
  if (sub(/\\$/, "", line)) begun = line
  else say(line)
  next
}
/^$/ { end_paragraph(); next }
{ paragraph = paragraph " " $0 }
END { end_paragraph() }
