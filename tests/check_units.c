/* units: a bit each, counted once. */
#include <check.h>
#include <stdlib.h>

#include "units.h"

START_TEST(none_is_done_at_first_and_each_is_marked_alone)
{
    static const size_t sizes[] = {1, 63, 64, 65, 128, 200};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t marked = 0; marked < sizes[s]; marked++) {
            hebb_units units;
            ck_assert_int_eq(hebb_units_init(&units, sizes[s]), HEBB_OK);
            hebb_units_mark(&units, marked);
            for (size_t unit = 0; unit < sizes[s]; unit++)
                ck_assert_int_eq(hebb_units_is_done(&units, unit), unit == marked);
            ck_assert_uint_eq(units.n_done, 1);
            hebb_units_free(&units);
        }
}
END_TEST

START_TEST(marking_twice_counts_once)
{
    hebb_units units;
    ck_assert_int_eq(hebb_units_init(&units, 200), HEBB_OK);
    for (size_t k = 0; k < 1000; k++) hebb_units_mark(&units, k * 7 % 200);
    ck_assert_uint_eq(units.n_done, 200);
    ck_assert_uint_eq(units.n, 200);
    hebb_units_free(&units);
    hebb_units_free(&units);
    ck_assert_uint_eq(units.n, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("units");
    TCase *tcase = tcase_create("units");
    tcase_add_test(tcase, none_is_done_at_first_and_each_is_marked_alone);
    tcase_add_test(tcase, marking_twice_counts_once);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
