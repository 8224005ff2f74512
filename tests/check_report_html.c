/* report_html: whatever a text holds, it stays a text, in elements, attributes and links. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hostile_texts.h"
#include "markup.h"
#include "report_html.h"

enum { N_HOSTILE = 3000, ROOM = 1 << 16 };

static char written[4 * ROOM];

/* What is written between the two, as a text. */
static const char *write_with(void (*put)(FILE *, const char *), const char *text)
{
    FILE *stream = fmemopen(written, sizeof written, "w");
    ck_assert_ptr_nonnull(stream);
    put(stream, text);
    ck_assert_int_eq(fclose(stream), 0);
    return written;
}

static void assert_text(const char *text, const char *expected)
{
    ck_assert_str_eq(write_with(hebb_html_text, text), expected);
}

START_TEST(markup_is_escaped)
{
    assert_text("a < b && c > 'd' \"e\"", "a &lt; b &amp;&amp; c &gt; &#39;d&#39; &quot;e&quot;");
    assert_text("&lt;", "&amp;lt;");
    assert_text("\xce\xb1 = 0.138, \xe2\x9f\xa8m\xe2\x9f\xa9, \xf0\x9f\x98\x80",
                "\xce\xb1 = 0.138, \xe2\x9f\xa8m\xe2\x9f\xa9, \xf0\x9f\x98\x80");
    ck_assert_str_eq(write_with(hebb_html_bdi, "<"), "<bdi>&lt;</bdi>");
}
END_TEST

START_TEST(control_characters_are_shown_by_their_pictures)
{
    assert_text("a\nb\tc\x1b[31m\x7f", "a\xe2\x90\x8a"
                                       "b\xe2\x90\x89"
                                       "c\xe2\x90\x9b[31m\xe2\x90\xa1");
    assert_text("\xc2\x9b", "\xef\xbf\xbd");
}
END_TEST

START_TEST(bytes_that_are_no_letter_are_replaced)
{
    assert_text("\xff", "\xef\xbf\xbd");
    assert_text("a\xc3", "a\xef\xbf\xbd");
    assert_text("\xc0\xbc", "\xef\xbf\xbd\xef\xbf\xbd");                 /* an overlong < */
    assert_text("\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"); /* half a pair */
    assert_text("\xe2\x82<", "\xef\xbf\xbd\xef\xbf\xbd&lt;");
    assert_text("\xef\xbf\xbf", "\xef\xbf\xbd"); /* no character */
}
END_TEST

START_TEST(letters_that_turn_or_hide_others_are_named)
{
    assert_text("\xe2\x80\xae"
                "fdp.exe",
                "[U+202E]fdp.exe");
    assert_text("\xe2\x81\xa6", "[U+2066]");
    assert_text("a\xe2\x80\x8b"
                "b\xe2\x80\xa8",
                "a[U+200B]b[U+2028]");
    assert_text("\xf3\xa0\x80\xa0", "[U+E0020]");
}
END_TEST

START_TEST(a_path_is_no_scheme)
{
    ck_assert_str_eq(write_with(hebb_html_path, "../a b/theory-x.csv"), "../a%20b/theory-x.csv");
    ck_assert_str_eq(write_with(hebb_html_path, "javascript:alert(1)"), "javascript%3Aalert%281%29");
    ck_assert_str_eq(write_with(hebb_html_path, "\"'<>&?#%\n\xff"), "%22%27%3C%3E%26%3F%23%25%0A%FF");
}
END_TEST

static void put_base64(FILE *stream, const char *text)
{
    hebb_html_base64(stream, strlen(text), text);
}

/* RFC 4648, section 10. */
START_TEST(base64_is_the_standard_s)
{
    ck_assert_str_eq(write_with(put_base64, ""), "");
    ck_assert_str_eq(write_with(put_base64, "f"), "Zg==");
    ck_assert_str_eq(write_with(put_base64, "fo"), "Zm8=");
    ck_assert_str_eq(write_with(put_base64, "foo"), "Zm9v");
    ck_assert_str_eq(write_with(put_base64, "foobar"), "Zm9vYmFy");
    ck_assert_str_eq(write_with(put_base64, "\xfb\xef\xff"), "++//");
}
END_TEST

static void put_everywhere(FILE *stream, const char *text)
{
    (void)fputs("<p><a title=\"", stream);
    hebb_html_text(stream, text);
    (void)fputs("\" href=\"", stream);
    hebb_html_path(stream, text);
    (void)fputs("\">", stream);
    hebb_html_bdi(stream, text);
    (void)fputs("</a></p>", stream);
}

START_TEST(hostile_texts_change_no_markup)
{
    char text[4096];
    size_t where, n_tags = 0;
    for (uint64_t seed = 0; seed < N_HOSTILE; seed++) {
        hostile_text(seed, sizeof text, text);
        write_with(put_everywhere, text);
        ck_assert_msg(markup_is_whole(written, strlen(written), &where), "text %d breaks the page at byte %zu: %.60s",
                      (int)seed, where, written + where);
        for (const char *c = written; (c = strchr(c, '<')) != NULL; c++) n_tags++;
    }
    ck_assert_uint_eq(n_tags, 6 * N_HOSTILE); /* p, a, bdi and their ends */
}
END_TEST

/* What the tests above hold texts against would see one that is not escaped. */
START_TEST(broken_markup_is_seen)
{
    static const char *const broken[] = {"<p>",  "</p>",   "<p></a>",     "a < b",           "a > b",
                                         "&",    "&nbsp;", "<p x=y></p>", "<p x=\"<\"></p>", "<P></P>",
                                         "\x1b", "\xff",   "\xc3(",       "\xe2\x80\xae"};
    size_t where;
    ck_assert(markup_is_whole("<p x=\"&lt;\">a<br/>\xce\xb1</p>\n", 25, &where));
    for (size_t k = 0; k < sizeof broken / sizeof *broken; k++)
        ck_assert_msg(!markup_is_whole(broken[k], strlen(broken[k]), &where), "%s", broken[k]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report_html");
    TCase *tcase = tcase_create("report_html");
    tcase_add_test(tcase, markup_is_escaped);
    tcase_add_test(tcase, control_characters_are_shown_by_their_pictures);
    tcase_add_test(tcase, bytes_that_are_no_letter_are_replaced);
    tcase_add_test(tcase, letters_that_turn_or_hide_others_are_named);
    tcase_add_test(tcase, a_path_is_no_scheme);
    tcase_add_test(tcase, base64_is_the_standard_s);
    tcase_add_test(tcase, hostile_texts_change_no_markup);
    tcase_add_test(tcase, broken_markup_is_seen);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
