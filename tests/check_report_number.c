/* report_number: measured numbers to two digits of their error, others to a few, and what is no number as it is. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "report_number.h"

static char written[1024];

static void assert_measured(const char *value, const char *error, const char *expected)
{
    FILE *stream = fmemopen(written, sizeof written, "w");
    hebb_report_measured(stream, value, error);
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert_str_eq(written, expected);
}

static void assert_predicted(const char *value, const char *error, const char *expected)
{
    FILE *stream = fmemopen(written, sizeof written, "w");
    hebb_report_predicted(stream, value, error);
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert_str_eq(written, expected);
}

static void assert_rough(const char *value, const char *expected)
{
    FILE *stream = fmemopen(written, sizeof written, "w");
    hebb_report_rough(stream, value);
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert_str_eq(written, expected);
}

static void assert_score(const char *value, const char *expected)
{
    FILE *stream = fmemopen(written, sizeof written, "w");
    hebb_report_score(stream, value);
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert_str_eq(written, expected);
}

#define PM    " \xc2\xb1 "
#define MINUS "\xe2\x88\x92"
#define TEN                                                                                                            \
    "\xc2\xb7"                                                                                                         \
    "10"

START_TEST(a_measured_number_has_two_digits_of_its_error)
{
    assert_measured("0.9905353535353535", "0.0011067215", "0.9905" PM "0.0011");
    assert_measured("-12.3456", "0.0996", MINUS "12.35" PM "0.10");
    assert_measured("1", "0.096", "1.000" PM "0.096");
    assert_measured("1234.5", "37.2", "1234" PM "37");
    assert_measured("12345.6", "3700", "12346" PM "3700");
    assert_measured("0.00001234", "0.0000012", "(1.23" PM "0.12)" TEN "<sup>" MINUS "5</sup>");
    assert_measured("23456789", "12345", "(2.3457" PM "0.0012)" TEN "<sup>7</sup>");
    assert_measured("0.3333333333333", "1e-13", "0.3333333333" PM "1" TEN "<sup>" MINUS "13</sup>");
}
END_TEST

START_TEST(without_an_error_there_are_six_digits)
{
    assert_measured("0.9999999999984626", "", "1");
    assert_measured("1", "0", "1" PM "0");
    assert_predicted("0.138186123", "", "0.138186");
    assert_predicted("0.138186123", "0.0012", "0.13819");
    assert_predicted("1e300", "", "1" TEN "<sup>300</sup>");
    assert_rough("-0.42887312647307135", MINUS "0.43");
    assert_score("-0.0759", MINUS "0.08");
    assert_score("-0.001", "0.00");
    assert_score("12345.678", "1.23" TEN "<sup>4</sup>");
    assert_rough("0.0001", "0.0001");
    assert_rough("123456", "1.23" TEN "<sup>5</sup>");
}
END_TEST

START_TEST(what_is_no_number_stays_as_it_is)
{
    assert_measured("", "", "");
    assert_measured("<b>", "<i>", "&lt;b&gt;" PM "&lt;i&gt;");
    assert_measured("1.5", "<i>", "1.5" PM "&lt;i&gt;");
    assert_predicted("nan", "0.1", "nan");
    assert_predicted("1e999", "", "1e999");
    assert_rough("inf", "inf");
}
END_TEST

START_TEST(the_largest_and_smallest_numbers_fit)
{
    static const char *const numbers[] = {
        "5e-324", "1.7976931348623157e308", "-1.7976931348623157e308", "1e-300", "0", "1e6", "1e-4"};
    enum { N = sizeof numbers / sizeof *numbers };
    for (int k = 0; k < N * N; k++) {
        FILE *stream = fmemopen(written, sizeof written, "w");
        hebb_report_measured(stream, numbers[k % N], numbers[k / N]);
        hebb_report_predicted(stream, numbers[k % N], numbers[k / N]);
        hebb_report_rough(stream, numbers[k % N]);
        ck_assert_int_eq(fclose(stream), 0);
        ck_assert_msg(written[0] != '\0' && written[700] == '\0', "%s", written);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report_number");
    TCase *tcase = tcase_create("report_number");
    tcase_add_test(tcase, a_measured_number_has_two_digits_of_its_error);
    tcase_add_test(tcase, without_an_error_there_are_six_digits);
    tcase_add_test(tcase, what_is_no_number_stays_as_it_is);
    tcase_add_test(tcase, the_largest_and_smallest_numbers_fit);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
