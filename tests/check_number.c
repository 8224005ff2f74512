/* number: the shortest text against all decimals nearby, and what is no number. */
#include <check.h>
#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
#include "number.h"
#include "philox.h"

static bool are_same(double x, double y)
{
    return memcmp(&x, &y, sizeof x) == 0;
}

static int count_significant_digits(const char *text)
{
    int n = 0, n_zeros = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (!isdigit((unsigned char)*text) || (n == 0 && *text == '0')) continue;
        n_zeros = *text == '0' ? n_zeros + 1 : 0;
        n++;
    }
    return n - n_zeros; /* final zeros tell nothing here: 1e5 and 100000 have one digit */
}

/* Whether any decimal of so many digits reads as x: the nearest one or a neighbour of it. */
static bool is_within_reach(double x, int n_digits)
{
    char text[64];
    hebb_c_locale_print(text, sizeof text, "%.*e", n_digits - 1, fabs(x));
    const int exponent = atoi(strchr(text, 'e') + 1) - (n_digits - 1);
    char *to = text;
    for (const char *from = text; *from != 'e'; from++)
        if (*from != '.') *to++ = *from;
    *to = '\0';
    const long long mantissa = atoll(text);
    for (long long m = mantissa - 1; m <= mantissa + 1; m++) {
        snprintf(text, sizeof text, "%llde%d", m, exponent);
        if (hebb_c_locale_read(text, NULL) == fabs(x)) return true;
    }
    return false;
}

/* Fewer digits than are too few are too few: a decimal with zeros behind is one of more digits. */
static void assert_shortest(double x)
{
    char text[HEBB_NUMBER_LENGTH];
    double back;
    hebb_number_format(x, text);
    if (!are_same(hebb_c_locale_read(text, NULL), x)) ck_abort_msg("%a became %s", x, text);
    if (!hebb_number_parse(text, &back) || !are_same(back, x)) ck_abort_msg("%s was read as %a", text, back);
    const int n_digits = count_significant_digits(text);
    if (n_digits > 1 && is_within_reach(x, n_digits - 1)) ck_abort_msg("%s is not the shortest", text);
}

START_TEST(texts_are_the_shortest_that_read_back)
{
    enum { N = 100000 };
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_STATE, 0, 0), 0, 0);
    for (int k = 0; k < N; k++) {
        const uint64_t bits = hebb_stream_u32(&stream) | (uint64_t)hebb_stream_u32(&stream) << 32;
        double x;
        memcpy(&x, &bits, sizeof x);
        if (isfinite(x)) assert_shortest(x);
    }
}
END_TEST

static void assert_as_printed(double x)
{
    char text[HEBB_NUMBER_LENGTH], printed[64];
    hebb_c_locale_print(printed, sizeof printed, "%.15g", x);
    ck_assert_str_eq(hebb_number_format(x, text), printed);
}

START_TEST(integers_below_1e15_are_written_without_an_exponent)
{
    for (int k = 0; k <= 3000; k++) {
        assert_as_printed(k);
        assert_as_printed(-k);
    }
    for (double power = 10.0; power < 1e15; power *= 10.0)
        for (int k = -2; k <= 2; k++) {
            assert_as_printed(power + k);
            assert_as_printed(-power - k);
            assert_as_printed(3.0 * power + k);
        }
    assert_as_printed(999999999999999.0);
    assert_as_printed(-999999999999999.0);
    assert_as_printed(-0.0);
    assert_as_printed(0.5);
}
END_TEST

START_TEST(short_decimals_come_back_as_they_were)
{
    for (int exponent = -300; exponent <= 300; exponent += 7)
        for (int mantissa = 1; mantissa < 1000; mantissa += 13) {
            char written[32], text[HEBB_NUMBER_LENGTH];
            snprintf(written, sizeof written, "%de%d", mantissa, exponent);
            hebb_number_format(hebb_c_locale_read(written, NULL), text);
            ck_assert_int_eq(count_significant_digits(text), count_significant_digits(written));
            assert_shortest(hebb_c_locale_read(written, NULL));
        }
}
END_TEST

/* Where doubles lie closer below than above: the shortest decimal need not be the nearest of its length. */
START_TEST(powers_of_two_and_their_neighbours_are_the_shortest_too)
{
    for (int exponent = -1074; exponent <= 1023; exponent++) {
        const double x = ldexp(1.0, exponent);
        assert_shortest(x);
        assert_shortest(-x);
        assert_shortest(nextafter(x, 0.0));
        if (exponent < 1023) assert_shortest(nextafter(x, INFINITY));
    }
    char text[HEBB_NUMBER_LENGTH];
    ck_assert_str_eq(hebb_number_format(0x1p-24, text), "5.960464477539063e-8");
    ck_assert_str_eq(hebb_number_format(-0x1p-44, text), "-5.684341886080802e-14");
}
END_TEST

START_TEST(texts_are_plain)
{
    static const struct {
        double x;
        const char *text;
    } rows[] = {{0.1, "0.1"},
                {0.138, "0.138"},
                {1e-7, "1e-7"},
                {1.5e-300, "1.5e-300"},
                {5e-324, "5e-324"},
                {2.2250738585072014e-308, "2.2250738585072014e-308"},
                {1.7976931348623157e308, "1.7976931348623157e308"},
                {0.0, "0"},
                {-0.0, "-0"},
                {12.0, "12"},
                {-2.5, "-2.5"},
                {100000.0, "100000"},
                {1e22, "1e22"},
                {0.30000000000000004, "0.30000000000000004"},
                {1.0 / 3.0, "0.3333333333333333"},
                {INFINITY, "inf"},
                {-INFINITY, "-inf"},
                {NAN, "nan"},
                {-NAN, "nan"}};
    char text[HEBB_NUMBER_LENGTH];
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        ck_assert_str_eq(hebb_number_format(rows[k].x, text), rows[k].text);
    ck_assert_ptr_eq(hebb_number_format(1.0, text), text);
}
END_TEST

START_TEST(numbers_are_read_whole)
{
    static const struct {
        const char *text;
        double x;
    } rows[] = {{"1", 1.0},      {"+1", 1.0},       {"-1", -1.0},        {".5", 0.5},
                {"5.", 5.0},     {"1e5", 1e5},      {"1E-5", 1e-5},      {"1e+5", 1e5},
                {"-0", -0.0},    {"007", 7.0},      {"0.1", 0.1},        {"1e999", INFINITY},
                {"1e-999", 0.0}, {"inf", INFINITY}, {"-INF", -INFINITY}, {"Infinity", INFINITY}};
    double x;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        ck_assert_msg(hebb_number_parse(rows[k].text, &x) && are_same(x, rows[k].x), "%s", rows[k].text);
    ck_assert(hebb_number_parse("nan", &x) && isnan(x));
    ck_assert(hebb_number_parse("-NaN", &x) && isnan(x));
}
END_TEST

START_TEST(what_is_no_decimal_number_is_refused)
{
    static const char *const texts[] = {"",      " ",    "x",    "0x10", "0X1p3", "-0x1",  " 1",    "1 ",
                                        "\t1",   "1\n",  "1x",   "1e",   "1e+",   "e5",    ".",     "+",
                                        "-",     "--1",  "+-1",  "1,5",  "1_0",   "1.2.3", "1e5.0", "nan(1)",
                                        "nan()", "infi", "nano", "1d5",  "1f",    "'1'"};
    double x;
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        ck_assert_msg(!hebb_number_parse(texts[k], &x), "'%s'", texts[k]);
}
END_TEST

START_TEST(whole_numbers_are_read_up_to_the_last)
{
    static const long numbers[] = {0, 1, -1, 12, 1000000, LONG_MAX, LONG_MIN, LONG_MAX - 1};
    long n;
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        char text[32];
        snprintf(text, sizeof text, "%ld", numbers[k]);
        ck_assert(hebb_number_parse_integer(text, &n));
        ck_assert_int_eq(n, numbers[k]);
    }
    ck_assert(hebb_number_parse_integer("+007", &n));
    ck_assert_int_eq(n, 7);
}
END_TEST

START_TEST(what_is_no_whole_number_is_refused)
{
    static const char *const texts[] = {"",    " ",   "x",    " 1",  "1 ",  "\n1",
                                        "1.0", "1e3", "0x10", "1-",  "--1", "99999999999999999999",
                                        "+",   "-",   "1,2",  "inf", "nan", "-99999999999999999999"};
    long n;
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        ck_assert_msg(!hebb_number_parse_integer(texts[k], &n), "'%s'", texts[k]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("number");
    TCase *writing = tcase_create("writing");
    tcase_add_test(writing, texts_are_the_shortest_that_read_back);
    tcase_add_test(writing, integers_below_1e15_are_written_without_an_exponent);
    tcase_add_test(writing, short_decimals_come_back_as_they_were);
    tcase_add_test(writing, powers_of_two_and_their_neighbours_are_the_shortest_too);
    tcase_add_test(writing, texts_are_plain);
    suite_add_tcase(suite, writing);
    TCase *reading = tcase_create("reading");
    tcase_add_test(reading, numbers_are_read_whole);
    tcase_add_test(reading, what_is_no_decimal_number_is_refused);
    tcase_add_test(reading, whole_numbers_are_read_up_to_the_last);
    tcase_add_test(reading, what_is_no_whole_number_is_refused);
    suite_add_tcase(suite, reading);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
