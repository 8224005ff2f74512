# faults.txt as one line a fault: its name, file, test and the kernel that it needs or -.
# Exit status 1 where the list is not in its form, with a sentence on standard error.
function refuse(sentence) {
  print FILENAME ":" FNR ": " sentence >"/dev/stderr"
  failed = 1
  exit 1
}
function finish() {
  if (name == "") return
  if (file == "" || test == "") refuse("the fault " name " names no file or no test")
  if (!n_old || !n_new) refuse("the fault " name " has no lines to be replaced, or none that replace them")
  print name, file, test, (needs == "" ? "-" : needs)
}
/^fault / {
  finish()
  name = $2
  if (NF != 2 || name in seen) refuse("a fault has a name of its own, one word")
  seen[name] = 1
  file = test = needs = ""
  n_old = n_new = 0
  next
}
/^(#|$)/ { next }
name == "" || !/^(file|test|needs) [^ ]+$|^- |^\+( |$)/ { refuse("neither file, test, needs, nor a line with - or +") }
/^file / { file = $2 }
/^test / { test = $2 }
/^needs / { needs = $2 }
/^- / { n_old++ }
/^\+/ { n_new++ }
END { if (!failed) finish(); exit failed }
