#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "gnuplot_tex.h"

/* The label as TeX; the caller frees it. */
static char *label(const char *text, hebb_status *status)
{
    char *tex;
    size_t size;
    FILE *stream = open_memstream(&tex, &size);
    ck_assert_ptr_nonnull(stream);
    *status = hebb_gnuplot_tex_label(text, stream);
    ck_assert_int_eq(fclose(stream), 0);
    return tex;
}

START_TEST(enhanced_text_becomes_tex)
{
    static const struct {
        const char *enhanced, *tex;
    } cases[] = {
        {"temperature  {/:Italic T}", "temperature \\ $T$"},
        {"$N$ = 500{/=1  }", "$N$ = 500\\ "},
        {"{/:Italic α}_c = 0.1379", "$\\alpha _{\\mathrm{c}}$ = 0.1379"},
        {"10^{−12}", "10$^{-12}$"},
        {"{/:Italic N}^{{/:Italic n}−1}", "$N^{n-1}$"},
        {"{/:Italic N}^{ −1/3}", "$N^{-1/3}$"},
        {"{/:Italic N}_v^{1/2}", "$N_{\\mathrm{v}}^{1/2}$"},
        {"⟨{/:Italic m}^2⟩^2", "$\\langle m^{2}\\rangle ^{2}$"},
        {"{/:Italic m_t}", "$m_{t}$"},
        {"{/:Italic q̄}", "$\\bar{q}$"},
        {"∂²{/:Italic G}", "$\\partial ^{2}G$"},
        {"1.63 %", "1.63 \\%"},
        {"-0.5", "$-$0.5"},
        {"4-2-4", "4-2-4"},
        {"a_b_c", "a$_{\\mathrm{b}}{}_{\\mathrm{c}}$"},
        {"a_b^c_d", "a$_{\\mathrm{b}}^{\\mathrm{c}}{}_{\\mathrm{d}}$"},
        {"", ""},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        hebb_status status;
        char *tex = label(cases[k].enhanced, &status);
        ck_assert_int_eq(status, HEBB_OK);
        ck_assert_str_eq(tex, cases[k].tex);
        free(tex);
    }
}
END_TEST

START_TEST(no_character_of_a_label_is_a_command)
{
    hebb_status status;
    char *tex = label("\\input{x} #&~\"<>|` -- %", &status);
    ck_assert_int_eq(status, HEBB_OK);
    ck_assert_str_eq(tex, "$\\backslash $inputx \\#\\&\\~{}''$<>|$\\`{} -{}- \\%");
    free(tex);
}
END_TEST

START_TEST(what_is_no_label_is_refused)
{
    static const struct {
        const char *text, *why;
    } cases[] = {
        {"a{b", "{ without }"},
        {"a}b", "} without {"},
        {"a^", "ends in"},
        {"a^_b", "twice"},
        {"$a", "second"},
        {"\xff", "UTF-8"},
        {"\xce", "UTF-8"},
        {"\xc0\xaf", "UTF-8"},
        {"a\tb", "control"},
        {"☃", "knows no TeX"},
        {"{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{", "deep"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        hebb_status status;
        char *tex = label(cases[k].text, &status);
        ck_assert_int_eq(status, HEBB_EDATA);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), cases[k].why));
        free(tex);
    }
}
END_TEST

START_TEST(a_script_changes_in_its_terminal_its_file_and_its_fonts_alone)
{
    static const char script[] = "t = 'n_neurons'\n"
                                 "do for [format in 'pdf svg'] {\n"
                                 "    if (format eq 'pdf') { set terminal pdfcairo enhanced size 3in, 2in } \\\n"
                                 "    else { set terminal svg enhanced }\n"
                                 "    set output 'figure.' . format\n"
                                 "    set xlabel 'x  {/:Italic α}_c' . '{/=1  }'\n"
                                 "}\n",
                      expected[] = "t = 'n_neurons'\n"
                                   "do for [format in 'pdf'] {\n"
                                   "    if (format eq 'pdf') { set terminal cairolatex pdf input colortext fontscale "
                                   "0.5 size 3in, 2in } \\\n"
                                   "    else { set terminal svg enhanced }\n"
                                   "    set output 'out.tex'\n"
                                   "    set xlabel 'x  $α$_c' . ' '\n"
                                   "}\n";
    char *changed;
    ck_assert_int_eq(hebb_gnuplot_tex_script("plot.gp", script, "out.tex", &changed), HEBB_OK);
    ck_assert_str_eq(changed, expected);
    free(changed);
}
END_TEST

START_TEST(a_font_without_a_name_is_marked_by_line_type_0)
{
    static const char head[] = "'pdf svg' pdfcairo 'figure.' . format\n",
                      changed_head[] = "'pdf' cairolatex pdf input colortext fontscale 0.5 'a.tex'\n";
    static const struct {
        const char *line, *changed;
    } cases[] = {
        {"set key font small maxrows 2", "set key font small textcolor lt 0 maxrows 2"},
        {"set key font ',9'", "set key font ',9' textcolor lt 0"},
        {"set label 1 a font (b ? ',8' : (c)) }", "set label 1 a font (b ? ',8' : (c)) textcolor lt 0 }"},
        {"set xtics 2 font ''; set key", "set xtics 2 font '' textcolor lt -1; set key"},
        {"set label 1 a font small tc rgb 'red'", "set label 1 a font small tc rgb 'red'"},
        {"set label 1 a textcolor rgb b font small", "set label 1 a textcolor rgb b font small"},
        {"set key font 'Times,9'", "set key font 'Times,9'"},
        {"set key font ',9", "set key font ',9"},
        {"set key font (a", "set key font (a"},
        {"set terminal svg font small", "set terminal svg font small"},
        {"set label 'a font of \"b\"'; set key font small",
         "set label 'a font of \"b\"'; set key font small textcolor lt 0"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char *changed, script[300], expected[300];
        snprintf(script, sizeof script, "%s%s\n# don't\n", head, cases[k].line);
        snprintf(expected, sizeof expected, "%s%s\n# don't\n", changed_head, cases[k].changed);
        ck_assert_int_eq(hebb_gnuplot_tex_script("plot.gp", script, "a.tex", &changed), HEBB_OK);
        ck_assert_str_eq(changed, expected);
        free(changed);
    }
}
END_TEST

START_TEST(a_script_that_draws_otherwise_is_refused_with_the_line_that_it_needs)
{
    static const struct {
        const char *script, *why;
    } cases[] = {
        {"set terminal pdfcairo; set output 'figure.' . format\n", "pdf svg"},
        {"'pdf svg'; set output 'figure.' . format\n", "pdfcairo"},
        {"'pdf svg' pdfcairo\n", "set output"},
        {"'pdf svg' 'pdf svg' pdfcairo 'figure.' . format\n", "pdf svg"},
        {"'pdf svg' pdfcairo 'figure.' . format\n\n'{/:Italic {a}}'\n", "plot.gp:3: "},
        {"'pdf svg' pdfcairo 'figure.' . format\n'{/:Italic a\n'\n", "plot.gp:2: "},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char *changed = NULL;
        ck_assert_int_eq(hebb_gnuplot_tex_script("plot.gp", cases[k].script, "out.tex", &changed), HEBB_EDATA);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), cases[k].why));
        free(changed);
    }
}
END_TEST

/* What gnuplot 5.4 writes, without its preamble. */
#define PICTURE_BEGINS "  \\fontfamily{sans}%\n\\begin{picture}(4880.00,4320.00)%\n"
#define PICTURE_ENDS                                                                                                   \
    "    \\gplbacktext\n    \\put(0,0){\\includegraphics[width={244.00bp},height={216.00bp}]{.figure-tex}}%\n"         \
    "    \\gplfronttext\n  \\end{picture}%\n\\endgroup\n"
#define BACK(line)  "    \\gplgaddtomacro\\gplbacktext{%\n      " line "\n    }%\n"
#define FRONT(line) "    \\gplgaddtomacro\\gplfronttext{%\n      " line "\n    }%\n"

static hebb_status document(const char *picture, char **tex)
{
    char *copy = strdup(picture);
    size_t size;
    FILE *stream = open_memstream(tex, &size);
    ck_assert(copy != NULL && stream != NULL);
    const hebb_status status = hebb_gnuplot_tex_document("plot.gp", copy, "figure-tex.pdf", stream);
    ck_assert_int_eq(fclose(stream), 0);
    free(copy);
    return status;
}

START_TEST(labels_stand_below_and_above_the_curves_in_their_colors)
{
    char *tex;
    ck_assert_int_eq(
        document(PICTURE_BEGINS FRONT("\\csname LTb\\endcsname%%\n"
                                      "      \\put(85,2364){\\rotatebox{-270}{\\makebox(0,0){\\strut{}$m$}}}%")
                     BACK("\\colorrgb{0.00,0.45,0.70}%%\n      \\put(495,537){\\makebox(0,0)[r]{\\strut{}0 }}%")
                         PICTURE_ENDS,
                 &tex),
        HEBB_OK);
    const char *below = strstr(tex, "\\put(495,537){\\color[rgb]{0.00,0.45,0.70}\\makebox(0,0)[r]{\\strut 0}}%\n"),
               *curves =
                   strstr(tex, "\\includegraphics[width=244.00bp,height=216.00bp]{\\hebbfigurefolder figure-tex.pdf}"),
               *above = strstr(tex, "\\put(85,2364){\\rotatebox{-270}{\\makebox(0,0)[c]{\\strut $m$}}}%\n");
    ck_assert(below != NULL && curves != NULL && above != NULL);
    ck_assert(below < curves && curves < above);
    ck_assert_ptr_null(strstr(tex, "fontfamily"));
    free(tex);
}
END_TEST

START_TEST(labels_of_line_type_0_are_smaller)
{
    char *tex;
    ck_assert_int_eq(document(PICTURE_BEGINS BACK("\\csname LTa\\endcsname%%\n"
                                                  "      \\put(1,2){\\makebox(0,0)[r]{\\strut{}a}}%\n"
                                                  "      \\colorrgb{0.00,0.00,0.00}%%\n"
                                                  "      \\put(3,4){\\makebox(0,0)[r]{\\strut{}b}}%\n"
                                                  "      \\csname LTa\\endcsname%%\n"
                                                  "      \\csname LTb\\endcsname%%\n"
                                                  "      \\put(5,6){\\makebox(0,0)[r]{\\strut{}c}}%") PICTURE_ENDS,
                              &tex),
                     HEBB_OK);
    ck_assert_ptr_nonnull(strstr(tex, "\\put(1,2){\\hebbfiguresmallfont\\makebox(0,0)[r]{\\strut a}}%\n"));
    ck_assert_ptr_nonnull(strstr(tex, "\\put(3,4){\\makebox(0,0)[r]{\\strut b}}%\n"));
    ck_assert_ptr_nonnull(strstr(tex, "\\put(5,6){\\makebox(0,0)[r]{\\strut c}}%\n"));
    free(tex);
}
END_TEST

START_TEST(a_picture_with_what_is_not_known_is_refused)
{
    static const char *const pictures[] = {
        "",
        PICTURE_BEGINS,
        PICTURE_BEGINS "\\end{picture}%\n",
        PICTURE_BEGINS BACK("\\write18{ls}") PICTURE_ENDS,
        PICTURE_BEGINS BACK("\\put(1,2){\\write18{ls}}%") PICTURE_ENDS,
        PICTURE_BEGINS BACK("\\put(1,2){\\makebox(0,0){N}_c}%") PICTURE_ENDS,
        PICTURE_BEGINS BACK("\\put(1,2){\\makebox(0,0)[r]{\\strut{}0") PICTURE_ENDS,
        PICTURE_BEGINS BACK("\\put(1,2){\\makebox(0,0)[r]{\\strut{}{0}}%") PICTURE_ENDS,
        PICTURE_BEGINS "\\put(1,2){\\makebox(0,0)[r]{\\strut{}0}}%\n" PICTURE_ENDS,
    };
    for (size_t k = 0; k < sizeof pictures / sizeof *pictures; k++) {
        char *tex;
        ck_assert_int_eq(document(pictures[k], &tex), HEBB_EDATA);
        free(tex);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gnuplot_tex");
    TCase *tests = tcase_create("gnuplot_tex");
    tcase_add_test(tests, enhanced_text_becomes_tex);
    tcase_add_test(tests, no_character_of_a_label_is_a_command);
    tcase_add_test(tests, what_is_no_label_is_refused);
    tcase_add_test(tests, a_script_changes_in_its_terminal_its_file_and_its_fonts_alone);
    tcase_add_test(tests, a_font_without_a_name_is_marked_by_line_type_0);
    tcase_add_test(tests, a_script_that_draws_otherwise_is_refused_with_the_line_that_it_needs);
    tcase_add_test(tests, labels_stand_below_and_above_the_curves_in_their_colors);
    tcase_add_test(tests, labels_of_line_type_0_are_smaller);
    tcase_add_test(tests, a_picture_with_what_is_not_known_is_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
