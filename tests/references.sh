#!/bin/sh
# docs/references.bib has all that the sources and documents cite, and nothing else; volume, page and year agree.
# shellcheck disable=SC2016 # texts for another shell
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"
sources=$(dirname -- "$HEBB_FIGURES")
bib=$sources/docs/references.bib
rules=$sources/tests/references.awk

(
  cd "$sources" || exit 1
  find src theory analysis tests docs figures bench README.md NEWS CONTRIBUTING.md -type f \
    \( -name '*.[ch]' -o -name '*.md' -o -name '*.[1-8]' -o -name '*.conf' -o -name '*.sh' -o -name NEWS \) \
    ! -name references.sh
) >texts
check 'there are texts to look at' test "$(wc -l <texts)" -gt 500

# cite BIB FILE...: what does not fit, on standard output
cite() { awk -f "$rules" "$@"; }

# over BIB LIST: the rules over the files of a list, from the top of the sources
over() (
  list=$PWD/$2 listed=$1
  cd "$sources" && xargs awk -f "$rules" "$listed" <"$list" || return 1
)

check 'texts and references.bib agree' over "$bib" texts

if command -v bibtex >/dev/null 2>&1; then
  cp "$bib" references.bib
  printf '%s\n' '\citation{*}' '\bibstyle{plain}' '\bibdata{references}' >all.aux
  status=0
  bibtex -terse all >bibtex.log 2>&1 || status=$?
  check 'bibtex reads it' test "$status" -le 1 # 1: entries without a title
  check 'bibtex finds nothing amiss but titles that are left out' \
    sh -c '! grep -v -e "^Warning--empty title in " -e "^(There w" "$1"' sh bibtex.log
  equal 'bibtex takes every entry' "$(grep -c '^\\bibitem' all.bbl)" "$(grep -c '^@' "$bib")"
fi

# ---- what does not fit is found ----

# wrong 'WHAT' PATTERN COMMAND...: the command, which runs the rules, fails and says so
wrong() {
  what=$1
  pattern=$2
  shift 2
  expect 1 "$@"
  check "$what" grep -Eq -e "$pattern" "$out"
}
# changed SED-PROGRAM: the list with a fault in it, against some of the texts
grep -E '(theory|analysis|dynamics|model)/[^/]*\.h$' texts >headers
changed() {
  sed "$1" "$bib" >changed.bib
  over "$PWD/changed.bib" headers
}
of() { sed -n "/^@[a-z]*{$1,/,/^}/p" "$bib"; } # an entry alone

wrong 'another volume' '\[AGS87\] lacks .* 174 \(1987\) 30' changed '/{AGS87,/,/^}/s/{173}/{174}/'
wrong 'an entry that is gone' 'no entry \[KTHT06\]' changed '/{KTHT06,/,/^}/d'
wrong 'an entry that nothing cites' 'nothing cites ZZ99' changed '$a\
\
@misc{ZZ99,\
  title = {Nothing},\
}'
wrong 'another journal' 'BGN12\] lacks J. Approx. Theory 111' changed 's/J. Multivariate Anal./J. Approx. Theory/'
wrong 'another name' 'is by Benford' changed '/{B81,/,/^}/s/K. Binder/F. Benford/'
wrong 'entries out of order' 'H82 comes after H99' changed 's/{H79,/{H99,/'
wrong 'two of one key' 'two entries H82' changed 's/{H79,/{H82,/'
wrong 'a field without its end' ':[0-9]+: neither an entry' changed '/{H82,/,/^}/s/year = {1982},/year = {1982,/'
wrong 'an entry without its end' 'H82 does not end' changed '/{H82,/,/^}/{/^}/d;}'
wrong 'an article without a page' 'H82: an article has' changed '/{H82,/,/^}/{/pages/d;}'

of H82 >one.bib
{ of H82; of HKP91; of KH20; of T08; } >four.bib
text() { printf '%s\n' "$@" >text.h; cite one.bib text.h; }
good='J. J. Hopfield, Proc. Natl. Acad. Sci. USA 79 (1982) 2554'
expect 0 text '/*' " * [H82] $good." ' */'
expect 0 text "$good"
wrong 'a page in a header' '\[H82\] lacks Proc. Natl. Acad. Sci. USA 79 \(1982\) 2554' text '/*' \
  ' * [H82] J. J. Hopfield, Proc. Natl. Acad. Sci. USA 79 (1982) 2555.' ' */'
wrong 'a year in a header, over two lines' 'lacks Proc' text '/*' ' * [H82] J. J. Hopfield, Proc. Natl. Acad. Sci.' \
  ' *      USA 79 (1983) 2554.' ' */'
wrong 'a name in a header' 'lacks the name Hopfield' text '/*' \
  ' * [H82] J. J. Hopfeld, Proc. Natl. Acad. Sci. USA 79 (1982) 2554.' ' */'
wrong 'a volume in a text' 'no entry is at .*78 \(1982\) 2554' text 'J. J. Hopfield, Proc. Natl. Acad. Sci. USA 78 (1982) 2554'
wrong 'a key' 'no entry \[H83\]' text "$good" '/* [H82, H83] */'
wrong 'a name before a year' 'no entry of 1983 has the word «Hopfield»' text "$good" 'Hopfield (1983)'
wrong 'an arXiv number' 'no entry has arXiv:2008.06997' text "$good" 'arXiv:2008.06997'
wrong 'a page of proceedings' 'no entry is at «ICML 2009, 1064»' text "$good" 'ICML 2009, 1064.'

note() { printf '%s\n' "$@" >note.md; cite one.bib note.md; }
expect 0 note 'As in [1].' '## References' '' "1. $good."
wrong 'a number beyond the list' '\[2\], of 1 references' note 'As in [1], and [2].' '## References' '' "1. $good."
wrong 'a line that nothing cites' 'nothing in the text cites \[1\]' note 'As always.' '## References' '' "1. $good."
wrong 'a line that the list has not' 'no entry has' note 'As in [1].' '## References' '' \
  '1. D. O. Hebb, The Organization of Behavior.'
page() {
  printf '%s\n' .Rs '.%A J. J. Hopfield' '.%J Proc. Natl. Acad. Sci. USA' '.%V 79' '.%D 1982' ".%P $1" .Re >page.1
  cite one.bib page.1
}
expect 0 page 2554
wrong 'a page in a man page' 'no entry is at' page 2556
printf '%s\n' "$good" 'D. Krotov, J. J. Hopfield (arXiv:2008.06996)' \
  'J. Hertz, A. Krogh, R. G. Palmer (Addison-Wesley, 1991)' 'T. Tieleman, ICML 2008, 1064.' >text.md
expect 0 cite four.bib text.md

finish
