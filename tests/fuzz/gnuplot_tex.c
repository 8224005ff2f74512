/* gnuplot_tex: of a script what is not translated stays; what TeX is given is ASCII, with braces and math that end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "gnuplot_tex.h"

#define PICTURE(line)                                                                                                  \
    "\\begin{picture}(4880.00,4320.00)%\n    \\gplgaddtomacro\\gplbacktext{%\n      " line "\n    }%\n"                \
    "    \\put(0,0){\\includegraphics[width={244.00bp},height={216.00bp}]{a}}%\n  \\end{picture}%\n"

const fuzz_seed fuzz_seeds[] = {
    FUZZ_SEED("do for [format in 'pdf svg'] {\nset terminal pdfcairo enhanced\nset output 'figure.' . format\n"
              "set label '{/:Italic α}_c' . '{/=1  }'\n}\n"),
    FUZZ_SEED(PICTURE("\\put(495,537){\\makebox(0,0)[r]{\\strut{}$α$_c^{2} − {n}}}%")),
    FUZZ_SEED(PICTURE("\\colorrgb{0.00,0.45,0.70}%%\n\\put(85,2364){\\rotatebox{-270}{\\makebox(0,0){\\strut{}m}}}%")),
    FUZZ_SEED("⟨{/:Italic m̄}^4⟩/3⟨$m$^2⟩^2 \\input{x} #%&~"),
    FUZZ_SEED("{{{a}_b}^c}"),
    {NULL, 0}};
const char *const fuzz_words[] = {"{",
                                  "}",
                                  "$",
                                  "_",
                                  "^",
                                  "{/:Italic ",
                                  "{/",
                                  "\\",
                                  "%",
                                  "̄",
                                  "−",
                                  "α",
                                  "\n",
                                  "  ",
                                  "\\put(1,2){",
                                  "\\makebox(0,0)",
                                  "{\\strut{}",
                                  "}}%",
                                  "\\rotatebox{-270}{",
                                  "\\end{picture}%",
                                  "\\csname LTb\\endcsname%%",
                                  "pdfcairo",
                                  "'pdf svg'",
                                  NULL};

/* Up to `end`: no byte beside those of text, no bare character that TeX takes for itself. */
static void check_tex(const char *tex, const char *end)
{
    int depth = 0;
    bool in_math = false;
    for (const char *c = tex; c < end; c++) {
        FUZZ_EXPECT(*c == '\n' || (*c >= ' ' && *c <= '~'));
        if (*c == '\\') {
            c++;
            continue;
        }
        if (*c == '{') depth++;
        if (*c == '}') depth--;
        FUZZ_EXPECT(depth >= 0);
        if (*c == '$') in_math = !in_math;
        FUZZ_EXPECT(*c != '#' && *c != '&' && *c != '~');
    }
    FUZZ_EXPECT(depth == 0 && !in_math);
}

static void try_label(const char *text)
{
    char *tex;
    size_t n;
    FILE *stream = open_memstream(&tex, &n);
    FUZZ_EXPECT(stream != NULL);
    const bool is_good = fuzz_check_status(hebb_gnuplot_tex_label(text, stream), "label ");
    FUZZ_EXPECT(fclose(stream) == 0);
    if (is_good) check_tex(tex, tex + n);
    free(tex);
}

static void try_script(const char *text)
{
    char *changed = NULL;
    if (fuzz_check_status(hebb_gnuplot_tex_script("plot.gp", text, "a.tex", &changed), "plot.gp:")) {
        FUZZ_EXPECT(strstr(changed, "'a.tex'") != NULL && strstr(changed, "pdfcairo") == NULL);
        FUZZ_EXPECT(strstr(changed, "cairolatex pdf input colortext") != NULL);
    }
    free(changed);
}

static void try_picture(char *text)
{
    char *tex;
    size_t n;
    FILE *stream = open_memstream(&tex, &n);
    FUZZ_EXPECT(stream != NULL);
    const bool is_good = fuzz_check_status(hebb_gnuplot_tex_document("plot.gp", text, "a.pdf", stream), "plot.gp:");
    FUZZ_EXPECT(fclose(stream) == 0);
    if (is_good) {
        const char *begin = strstr(tex, "\\begin{picture}"), *end = strstr(tex, "\\end{picture}");
        FUZZ_EXPECT(begin != NULL && end != NULL);
        check_tex(begin, end);
    } else {
        FUZZ_EXPECT(n == 0);
    }
    free(tex);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    try_label(text);
    try_script(text);
    try_picture(text);
    free(text);
    return 0;
}
