/* list against literals, and ranges against decimals written out digit by digit. */
#include <check.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
#include "list.h"

static void assert_list(const char *text, size_t length, ...)
{
    hebb_list list;
    const hebb_status status = hebb_list_parse(text, &list);
    ck_assert_msg(status == HEBB_OK, "%s: %s", text, hebb_diagnostic());
    ck_assert_uint_eq(list.length, length);
    va_list want;
    va_start(want, length);
    for (size_t k = 0; k < length; k++) {
        const double x = va_arg(want, double);
        ck_assert_msg(list.values[k] == x, "%s: value %zu is %.17g, not %.17g", text, k, list.values[k], x);
    }
    va_end(want);
    hebb_list_free(&list);
}

static void assert_refused(const char *text, hebb_status want, const char *words)
{
    hebb_list list;
    const hebb_status status = hebb_list_parse(text, &list);
    ck_assert_msg(status == want, "'%.80s': status %d: %s", text, (int)status, hebb_diagnostic());
    ck_assert_msg(strstr(hebb_diagnostic(), words) != NULL, "'%s' lacks '%s'", hebb_diagnostic(), words);
    ck_assert_uint_eq(list.length, 0);
    ck_assert_ptr_null(list.values);
}

START_TEST(items_are_the_numbers_written)
{
    assert_list("0.1", 1, 0.1);
    assert_list("3,1,2", 3, 3.0, 1.0, 2.0);
    assert_list("1,1", 2, 1.0, 1.0);
    assert_list("-1,+2,.5,1e3,0", 5, -1.0, 2.0, 0.5, 1000.0, 0.0);
    assert_list("0.1234567890123456789", 1, 0.1234567890123456789); /* 18 digits bind ranges alone */
}
END_TEST

START_TEST(ranges_are_the_literals)
{
    assert_list("0.02:0.2:0.01", 19, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.11, 0.12, 0.13, 0.14, 0.15,
                0.16, 0.17, 0.18, 0.19, 0.2);
    assert_list("0.1:0.3:0.1", 3, 0.1, 0.2, 0.3);
    assert_list("1e-3:1e-2:1e-3", 10, 1e-3, 2e-3, 3e-3, 4e-3, 5e-3, 6e-3, 7e-3, 8e-3, 9e-3, 1e-2);
    assert_list("100:400:100", 4, 100.0, 200.0, 300.0, 400.0);
    assert_list("-.2:.2:.1", 5, -0.2, -0.1, 0.0, 0.1, 0.2);
    assert_list("1E5:3e5:1e+5", 3, 1e5, 2e5, 3e5);
    assert_list("0.9:0.900000000000000001:1e-18", 2, 0.9, 0.900000000000000001);
    assert_list("0.100000000000000001:0.1000000000000001:0.00000000000000003", 4, 0.100000000000000001,
                0.100000000000000031, 0.100000000000000061, 0.100000000000000091);
}
END_TEST

START_TEST(each_value_of_a_range_is_the_correctly_rounded_decimal)
{
    static const struct {
        const char *text, *format;
        int first, last;
    } rows[] = {{"0:10:0.001", "%de-3", 0, 10000},
                {"-5:5:0.001", "%de-3", -5000, 5000},
                {"3.7e-10:1e-7:1e-11", "%de-11", 37, 10000},
                {"1e300:5e303:1e300", "%de300", 1, 5000}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        hebb_list list;
        ck_assert_int_eq(hebb_list_parse(rows[r].text, &list), HEBB_OK);
        ck_assert_uint_eq(list.length, (size_t)(rows[r].last - rows[r].first + 1));
        for (int k = rows[r].first; k <= rows[r].last; k++) {
            char decimal[32] = "";
            const int length = snprintf(decimal, sizeof decimal, "%d", k);
            strcpy(decimal + length, rows[r].format + 2);
            if (list.values[k - rows[r].first] != hebb_c_locale_read(decimal, NULL))
                ck_abort_msg("%s: %s", rows[r].text, decimal);
        }
        hebb_list_free(&list);
    }
}
END_TEST

START_TEST(stop_is_in_the_range_if_it_lies_on_the_grid)
{
    assert_list("0.1:0.35:0.1", 3, 0.1, 0.2, 0.3);
    assert_list("0:0.2999999:0.1", 3, 0.0, 0.1, 0.2);
    assert_list("5:5:1", 1, 5.0);
    assert_list("5:5:-1", 1, 5.0);
    assert_list("1:2:7", 1, 1.0);
}
END_TEST

START_TEST(ranges_descend_by_a_negative_step)
{
    assert_list("0.3:0.1:-0.1", 3, 0.3, 0.2, 0.1);
    assert_list("1:-1:-0.8", 3, 1.0, 0.2, -0.6);
}
END_TEST

START_TEST(items_and_ranges_mix_in_the_order_written)
{
    assert_list("7,0.1:0.3:0.1,5,3:1:-1", 8, 7.0, 0.1, 0.2, 0.3, 5.0, 3.0, 2.0, 1.0);
}
END_TEST

START_TEST(ranges_that_never_arrive_are_refused)
{
    assert_refused("1:2:0", HEBB_EDOM, "'1:2:0' has step 0");
    assert_refused("1:2:-0.0", HEBB_EDOM, "'1:2:-0.0' has step 0");
    assert_refused("1:2:-1", HEBB_EDOM, "'1:2:-1' is empty: its step has the wrong sign");
    assert_refused("5,2:1:1", HEBB_EDOM, "'2:1:1' is empty: its step has the wrong sign");
}
END_TEST

START_TEST(ranges_of_two_or_four_parts_are_refused)
{
    assert_refused("1:2", HEBB_EUSAGE, "'1:2' has no step: write start:stop:step");
    assert_refused("1:2:3:4", HEBB_EUSAGE, "'1:2:3:4' is no range: write start:stop:step");
    assert_refused("1:", HEBB_EUSAGE, "'1:' has no step");
}
END_TEST

START_TEST(empty_items_are_refused)
{
    assert_refused("", HEBB_EUSAGE, "the list '' has an empty item");
    assert_refused("1,,2", HEBB_EUSAGE, "'1,,2' has an empty item");
    assert_refused("1,", HEBB_EUSAGE, "'1,' has an empty item");
    assert_refused(",1", HEBB_EUSAGE, "',1' has an empty item");
    assert_refused("::", HEBB_EUSAGE, "'' is no number");
    assert_refused("1::2", HEBB_EUSAGE, "'' is no number");
}
END_TEST

START_TEST(what_is_no_number_is_refused_by_its_text)
{
    assert_refused("1,abc,2", HEBB_EUSAGE, "'abc' is no number");
    assert_refused("1, 2", HEBB_EUSAGE, "' 2' is no number");
    assert_refused("0x10", HEBB_EUSAGE, "'0x10' is no number");
    assert_refused("1:2x:1", HEBB_EUSAGE, "'2x' is no number");
    assert_refused("1;2", HEBB_EUSAGE, "'1;2' is no number");
}
END_TEST

START_TEST(ranges_that_are_not_finite_are_refused)
{
    assert_refused("nan:2:1", HEBB_EDOM, "'nan:2:1' is not finite");
    assert_refused("1:inf:1", HEBB_EDOM, "'1:inf:1' is not finite");
    assert_refused("1:2:-Infinity", HEBB_EDOM, "'1:2:-Infinity' is not finite");
    assert_refused("1:1e999:1", HEBB_EDOM, "'1:1e999:1' is not finite");
}
END_TEST

START_TEST(digits_that_cannot_be_kept_exactly_are_refused)
{
    assert_refused("0:1:0.1234567890123456789", HEBB_EDOM, "has more than 18 digits");
    assert_refused("0:1:1e-99999", HEBB_EDOM, "has more than 18 digits");
    assert_refused("0:1e30:1", HEBB_EDOM, "'0:1e30:1' spans more than 18 digits");
    assert_refused("0:1:1e-18", HEBB_EDOM, "'0:1:1e-18' spans more than 18 digits");
    assert_refused("-9:9:1e-18", HEBB_EDOM, "spans more than 18 digits");
    assert_refused("1e-300:1e300:1", HEBB_EDOM, "spans more than 18 digits");
    assert_refused("-999999999999999999:999999999999999999:1e-1", HEBB_EDOM, "spans more than 18 digits");
}
END_TEST

START_TEST(lists_may_be_a_million_long_and_no_longer)
{
    hebb_list list;
    ck_assert_int_eq(hebb_list_parse("1:1000000:1", &list), HEBB_OK);
    ck_assert_uint_eq(list.length, HEBB_LIST_MAX_LENGTH);
    ck_assert(list.values[HEBB_LIST_MAX_LENGTH - 1] == 1e6);
    hebb_list_free(&list);
    assert_refused("0:1000000:1", HEBB_EDOM, "'0:1000000:1' makes the list longer than 1000000 values");
    assert_refused("7,1:1000000:1", HEBB_EDOM, "'1:1000000:1' makes the list longer than 1000000 values");
    assert_refused("1:1000000:1,7", HEBB_EDOM, "at most 1000000 values");
    assert_refused("-999999999999999999:999999999999999999:1", HEBB_EDOM, "longer than 1000000 values");
}
END_TEST

START_TEST(freeing_is_safe_twice_and_on_zeroes)
{
    hebb_list list = {0, NULL};
    hebb_list_free(&list);
    ck_assert_int_eq(hebb_list_parse("1,2,3", &list), HEBB_OK);
    hebb_list_free(&list);
    hebb_list_free(&list);
    ck_assert_uint_eq(list.length, 0);
    ck_assert_ptr_null(list.values);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("list");
    TCase *values = tcase_create("values");
    tcase_add_test(values, items_are_the_numbers_written);
    tcase_add_test(values, ranges_are_the_literals);
    tcase_add_test(values, each_value_of_a_range_is_the_correctly_rounded_decimal);
    tcase_add_test(values, stop_is_in_the_range_if_it_lies_on_the_grid);
    tcase_add_test(values, ranges_descend_by_a_negative_step);
    tcase_add_test(values, items_and_ranges_mix_in_the_order_written);
    tcase_add_test(values, freeing_is_safe_twice_and_on_zeroes);
    suite_add_tcase(suite, values);
    TCase *refusals = tcase_create("refusals");
    tcase_add_test(refusals, ranges_that_never_arrive_are_refused);
    tcase_add_test(refusals, ranges_of_two_or_four_parts_are_refused);
    tcase_add_test(refusals, empty_items_are_refused);
    tcase_add_test(refusals, what_is_no_number_is_refused_by_its_text);
    tcase_add_test(refusals, ranges_that_are_not_finite_are_refused);
    tcase_add_test(refusals, digits_that_cannot_be_kept_exactly_are_refused);
    tcase_add_test(refusals, lists_may_be_a_million_long_and_no_longer);
    suite_add_tcase(suite, refusals);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
