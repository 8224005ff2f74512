/* clock: spans of time as users write them and as messages show them. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"

static void assert_span(const char *text, double expected)
{
    double seconds = -1.0;
    ck_assert_msg(hebb_clock_parse(text, &seconds) == HEBB_OK, "%s: %s", text, hebb_diagnostic());
    ck_assert_double_eq(seconds, expected);
}

START_TEST(seconds_minutes_hours_and_days_are_read)
{
    assert_span("90", 90.0);
    assert_span("90s", 90.0);
    assert_span("0", 0.0);
    assert_span(".5", 0.5);
    assert_span("1.5h", 5400.0);
    assert_span("30m", 1800.0);
    assert_span("2d", 172800.0);
    assert_span("1e3", 1000.0);
}
END_TEST

START_TEST(other_texts_are_refused_and_named)
{
    static const char *const texts[] = {"", "s", "x", "1x", "1hh", "1 h", " 1", "1:30", "1h30m", "0x10", "S", "1H"};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        double seconds = -1.0;
        ck_assert_msg(hebb_clock_parse(texts[k], &seconds) == HEBB_EUSAGE, "'%s'", texts[k]);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), texts[k]));
        ck_assert_double_eq(seconds, -1.0);
    }
}
END_TEST

START_TEST(spans_that_are_negative_or_without_end_are_out_of_range)
{
    static const char *const texts[] = {"-1", "-1s", "inf", "nan", "1e400", "1e308d"};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        double seconds = -1.0;
        ck_assert_msg(hebb_clock_parse(texts[k], &seconds) == HEBB_EDOM, "'%s'", texts[k]);
        ck_assert_double_eq(seconds, -1.0);
    }
}
END_TEST

START_TEST(a_text_of_any_length_is_read_or_refused)
{
    char text[300];
    double seconds;
    memset(text, '1', sizeof text);
    for (size_t n = 1; n < sizeof text; n++) {
        text[n] = '\0';
        const hebb_status status = hebb_clock_parse(text, &seconds);
        ck_assert(status == HEBB_OK || status == HEBB_EUSAGE);
        text[n] = '1';
    }
}
END_TEST

static void assert_text(double seconds, const char *expected)
{
    char text[HEBB_CLOCK_LENGTH];
    ck_assert_str_eq(hebb_clock_format(seconds, text), expected);
}

START_TEST(spans_are_shown_in_two_digits_or_so)
{
    assert_text(0.0, "0.0 s");
    assert_text(0.44, "0.4 s");
    assert_text(9.94, "9.9 s");
    assert_text(9.96, "10 s");
    assert_text(99.4, "99 s");
    assert_text(100.0, "1.7 min");
    assert_text(3600.0, "60 min");
    assert_text(6000.0, "1.7 h");
    assert_text(172800.0, "2.0 d");
    assert_text(1e9, "11574 d");
}
END_TEST

START_TEST(the_clock_never_goes_back)
{
    double last = hebb_clock_now();
    for (int k = 0; k < 10000; k++) {
        const double now = hebb_clock_now();
        ck_assert(now >= last);
        last = now;
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("clock");
    TCase *tcase = tcase_create("clock");
    tcase_add_test(tcase, seconds_minutes_hours_and_days_are_read);
    tcase_add_test(tcase, other_texts_are_refused_and_named);
    tcase_add_test(tcase, spans_that_are_negative_or_without_end_are_out_of_range);
    tcase_add_test(tcase, a_text_of_any_length_is_read_or_refused);
    tcase_add_test(tcase, spans_are_shown_in_two_digits_or_so);
    tcase_add_test(tcase, the_clock_never_goes_back);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
