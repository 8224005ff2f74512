/* report_markdown: the figures' README.md as HTML, and whatever else a text holds as text. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hostile_texts.h"
#include "markup.h"
#include "report_markdown.h"

static char *written;

static const char *write_markdown(const char *text, size_t n)
{
    size_t length;
    free(written);
    FILE *stream = open_memstream(&written, &length);
    ck_assert_ptr_nonnull(stream);
    ck_assert_int_eq(hebb_markdown_write(stream, (hebb_markdown_part){n, text}), HEBB_OK);
    ck_assert_int_eq(fclose(stream), 0);
    return written;
}

static void assert_html(const char *text, const char *expected)
{
    ck_assert_str_eq(write_markdown(text, strlen(text)), expected);
}

START_TEST(words_in_a_line)
{
    assert_html("a *b c* **d** `e*f*` \\*g", "<p>a <em>b c</em> <strong>d</strong> <code>e*f*</code> *g</p>\n");
    assert_html("see [the `notes`](docs/x.md) <b>", "<p>see the <code>notes</code> &lt;b&gt;</p>\n");
    assert_html("**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>\n");
    assert_html("2 * 3 * 4, [5], `6", "<p>2 * 3 * 4, [5], `6</p>\n");
    assert_html("[x](javascript:alert(1))", "<p>x)</p>\n");
}
END_TEST

START_TEST(blocks)
{
    assert_html("a\nb\n\nc\n", "<p>a\nb</p>\n<p>c</p>\n");
    assert_html("### a *b*\n", "<h4>a <em>b</em></h4>\n");
    assert_html("a:\n\n    hebb <x>\n\n      y\n\nb",
                "<p>a:</p>\n<pre tabindex=\"0\"><code>hebb &lt;x&gt;\n\n  y</code></pre>\n<p>b</p>\n");
    assert_html("- a\n  b\n- c\n", "<ul>\n<li><p>a\nb</p>\n</li>\n<li><p>c</p>\n</li>\n</ul>\n");
    assert_html("1. a\n   - b\n2. c",
                "<ol>\n<li><p>a</p>\n<ul>\n<li><p>b</p>\n</li>\n</ul>\n</li>\n<li><p>c</p>\n</li>\n</ol>\n");
}
END_TEST

#define TABLE                                                                                                          \
    "<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\"></th><th scope=\"col\">b</th></tr>\n"  \
    "</thead>\n<tbody>\n<tr><td>c</td><td>d|e</td></tr>\n</tbody></table></div>\n"

START_TEST(tables_also_in_lists)
{
    assert_html("| | b |\n|---|---|\n| c | d\\|e |\n", TABLE);
    assert_html("- a\n\n  | | b |\n  |---|---|\n  | c | d\\|e |\n\n  f\n",
                "<ul>\n<li><p>a</p>\n" TABLE "<p>f</p>\n</li>\n</ul>\n");
}
END_TEST

START_TEST(sections_are_found)
{
    static const char text[] =
        "# Title\nopening\n\n## What the paper shows\n\none\ntwo\n\nthree\n### x\n## What differs\nfour\n";
    const size_t n = sizeof text - 1;
    hebb_markdown_part part = hebb_markdown_section(n, text, "What the paper");
    ck_assert_uint_eq(part.n, strlen("\none\ntwo\n\nthree\n### x"));
    part = hebb_markdown_paragraph(part);
    ck_assert_uint_eq(part.n, strlen("one\ntwo"));
    ck_assert_int_eq(strncmp(part.text, "one\ntwo", part.n), 0);
    ck_assert_uint_eq(hebb_markdown_section(n, text, "What differs").n, strlen("four"));
    ck_assert_uint_eq(hebb_markdown_section(n, text, NULL).n, strlen("opening\n"));
    ck_assert_uint_eq(hebb_markdown_section(n, text, "Nothing").n, 0);
    ck_assert_uint_eq(hebb_markdown_section(0, "", NULL).n, 0);
}
END_TEST

/* Many texts to a page, with line breaks and blanks that make blocks of them. */
START_TEST(hostile_texts_change_no_markup)
{
    static const char *const between[] = {"\n",        "\n\n",   " ", "\n- ", "\n| ", " | ",
                                          "\n|---|\n", "\n    ", "*", "`",    "\n1. "};
    static char text[1 << 16];
    uint64_t state = 1;
    size_t where;
    for (uint64_t seed = 0, page = 0; seed < 3000; page++) {
        size_t n = 0;
        for (size_t k = 0; k < 50; k++) {
            n += hostile_text(seed++, 800, text + n);
            n = (size_t)(stpcpy(text + n, between[hostile_next(&state) % (sizeof between / sizeof *between)]) - text);
        }
        write_markdown(text, n);
        ck_assert_msg(markup_is_whole(written, strlen(written), &where), "page %d breaks at byte %zu: %.60s", (int)page,
                      where, written + where);
        ck_assert_ptr_null(strstr(written, "<script"));
        ck_assert_ptr_null(strstr(written, "<img"));
        ck_assert_ptr_null(strstr(written, "<a"));
    }
}
END_TEST

/* The search for an end is cut short, and lists in lists end. */
START_TEST(deep_and_long_texts_take_no_time)
{
    static char text[1 << 16];
    size_t where;
    memset(text, '*', sizeof text);
    write_markdown(text, sizeof text);
    for (size_t k = 0; k < sizeof text; k++) text[k] = "*a "[k % 3];
    write_markdown(text, sizeof text);
    ck_assert(markup_is_whole(written, strlen(written), &where));
    for (size_t k = 0; k < sizeof text; k++) text[k] = "- "[k % 2];
    write_markdown(text, sizeof text);
    ck_assert(markup_is_whole(written, strlen(written), &where));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report_markdown");
    TCase *tcase = tcase_create("report_markdown");
    tcase_add_test(tcase, words_in_a_line);
    tcase_add_test(tcase, blocks);
    tcase_add_test(tcase, tables_also_in_lists);
    tcase_add_test(tcase, sections_are_found);
    tcase_add_test(tcase, hostile_texts_change_no_markup);
    tcase_add_test(tcase, deep_and_long_texts_take_no_time);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    free(written);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
