/*
 * hostile_texts - texts that break what prints them unescaped: titles, labels, names of files and columns
 *
 * Text k is a function of k alone.  It is one to six pieces: of markup and scripts, shells, gnuplot, quotes, line breaks,
 * control characters, bytes that are no UTF-8, letters that turn the line around, plain words; a few are very long.
 * Wherever a piece would do something it says HOSTILE or asks 127.0.0.1 for a file, so that what was done can be found.
 */
#ifndef HEBB_TESTS_HOSTILE_TEXTS_H
#define HEBB_TESTS_HOSTILE_TEXTS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static const char *const hostile_pieces[] = {
    /* markup */
    "<script>document.title='HOSTILE'</script>", "<img src=x onerror=\"document.title='HOSTILE'\">",
    "<img src=http://127.0.0.1:4567/HOSTILE.png>", "</title><script>document.title='HOSTILE'</script>",
    "</td></tr></table><h1>HOSTILE</h1>", "</style><style>*{display:none}</style>", "<svg onload=alert('HOSTILE')>",
    "<iframe src=\"http://127.0.0.1:4567/HOSTILE\"></iframe>", "<a href=\"javascript:document.title='HOSTILE'\">x</a>",
    "<!--", "-->", "<![CDATA[", "]]>", "<?xml version=\"1.0\"?>", "<!DOCTYPE html>", "&lt;b&gt;", "&#60;script&#62;",
    "&", "&amp", "&nbsp;", "&#0;", "<", ">", "</", "<base href=http://127.0.0.1:4567/>",
    "<link rel=stylesheet href=//127.0.0.1:4567/>",
    "<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:4567/HOSTILE\">", "<plaintext>", "<textarea>",
    "</details>", "<form action=http://127.0.0.1:4567/><button>HOSTILE</button>",
    "<object data=http://127.0.0.1:4567/HOSTILE>",
    /* out of an attribute */
    "\" onmouseover=\"document.title='HOSTILE'", "' autofocus onfocus='document.title=1", "\"><script>HOSTILE</script>",
    "javascript:document.title='HOSTILE'", "data:text/html,<script>HOSTILE</script>", "//127.0.0.1:4567/HOSTILE",
    "http://127.0.0.1:4567/HOSTILE", "url(http://127.0.0.1:4567/HOSTILE)", "@import 'http://127.0.0.1:4567/HOSTILE';",
    "expression(alert('HOSTILE'))",
    /* shells */
    "$(touch HOSTILE)", "`touch HOSTILE`", "; touch HOSTILE;", "| touch HOSTILE", "&& touch HOSTILE", "> HOSTILE",
    "$HOME", "${IFS}", "!touch HOSTILE", "*", "?", "~", "%s%n%x", "%", "%00", "%2e%2e%2f", "../../HOSTILE", "-rf",
    "--out",
    /* gnuplot and its terminals */
    "\"; system('touch HOSTILE'); #", "'; system(\"touch HOSTILE\"); #", "\n!touch HOSTILE\n", "set output 'HOSTILE'",
    "{/Symbol a}", "{", "}", "_", "^", "@", "{/:Bold=99", "\\", "\\n", "\\\"", "\\input{HOSTILE}", "$x_1$", "#",
    "# command:", "\\write18{touch HOSTILE}", "NaN", "inf", "-", "=", ":", "+", "@HOSTILE",
    /* quotes, separators, line breaks */
    "'", "''", "\"", "\"\"", "\"\"\"", "`", ",", ";", "\t", "\n", "\r", "\r\n", "\n\n", " ", "  ", "|", "||",
    /* control characters and bytes that are no text */
    "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31mHOSTILE\x1b[0m", "\x1b]0;HOSTILE\x07", "\x7f", "\xc2\x85",
    "\xc2\x9b"
    "31m",
    "\xff", "\xfe\xff", "\xc3", "\xc0\xbc", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80",
    "\x80", "\xef\xbf\xbe", "\xef\xbf\xbf", "\xef\xbb\xbf",
    /* letters that turn, hide, or look like others */
    "\xe2\x80\xae"
    "lmth.ELITSOH",
    "\xe2\x81\xa6", "\xe2\x81\xa9", "\xe2\x80\xab", "\xe2\x80\xac", "\xe2\x80\x8f", "\xe2\x80\x8b", "\xe2\x80\xa8",
    "\xe2\x80\xa9", "\xd8\x9c",
    "\xef\xbc\x9c"
    "script\xef\xbc\x9e",
    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "\xf3\xa0\x80\xa0", "a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
    /* words */
    "overlap", "m", "alpha", "\xce\xb1", "N = 500", "\xe2\x9f\xa8m\xe2\x9f\xa9", "\xf0\x9f\x98\x80", "CON", "0.1",
    "1e999"};

/* Next of a sequence that is good enough for this: splitmix64. */
static inline uint64_t hostile_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/*
 * Text number `seed`, cut to size-1 bytes (perhaps inside a letter) and ended by a NUL; there is none before that, and
 * it is not empty where size > 1.  4 096 bytes hold all but the very long ones whole.
 *
 * Returns its length.
 */
static inline size_t hostile_text(uint64_t seed, size_t size, char *text)
{
    enum { N_PIECES = sizeof hostile_pieces / sizeof *hostile_pieces };
    uint64_t state = seed * UINT64_C(0x2545f4914f6cdd1d) + 1;
    size_t n = 0;
    if (size == 0) return 0;
    const uint64_t kind = hostile_next(&state) % 64;
    const size_t n_pieces = 1 + hostile_next(&state) % 6;
    for (size_t k = 0; k < n_pieces; k++) {
        const char *piece = hostile_pieces[hostile_next(&state) % N_PIECES];
        const size_t n_times = kind == 0 ? 1000 : kind < 4 ? 20 : 1; /* a few texts are long */
        for (size_t t = 0; t < n_times; t++)
            for (const char *c = piece; *c != '\0' && n + 1 < size; c++) text[n++] = *c;
    }
    text[n] = '\0';
    return n;
}

#endif
