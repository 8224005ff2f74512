/* magnetisation_bins: each M is in one bin, whose mirror image is a bin, and none is finer than need be. */
#include <check.h>
#include <stdlib.h>

#include "magnetisation_bins.h"

static void assert_bins_cover(long n, size_t max_bins)
{
    const hebb_magnetisation_bins bins = hebb_magnetisation_bins_make(n, max_bins);
    ck_assert_uint_le(bins.n_bins, max_bins);
    ck_assert_int_eq(bins.per_bin % 2, 1);
    long next = -n;
    for (size_t b = 0; b < bins.n_bins; b++) {
        long first, mirrored;
        const long n_values = hebb_magnetisation_bins_values(&bins, b, &first);
        ck_assert_int_eq(first, next);
        ck_assert_int_ge(n_values, 1);
        ck_assert_int_le(n_values, bins.per_bin);
        for (long k = 0; k < n_values; k++) ck_assert_uint_eq(hebb_magnetisation_bins_find(&bins, first + 2 * k), b);
        ck_assert_int_eq(hebb_magnetisation_bins_values(&bins, bins.n_bins - 1 - b, &mirrored), n_values);
        ck_assert_int_eq(mirrored + 2 * (n_values - 1), -first);
        next = first + 2 * n_values;
    }
    ck_assert_int_eq(next, n + 2);
}

START_TEST(every_magnetisation_is_in_one_bin_and_bins_are_symmetric)
{
    for (long n = 1; n <= 700; n++) {
        assert_bins_cover(n, 101);
        assert_bins_cover(n, 4);
    }
    assert_bins_cover(10000, 101);
    assert_bins_cover(99999, 101);
}
END_TEST

START_TEST(a_bin_holds_one_value_as_long_as_they_suffice)
{
    ck_assert_uint_eq(hebb_magnetisation_bins_make(100, 101).n_bins, 101);
    ck_assert_int_eq(hebb_magnetisation_bins_make(100, 101).per_bin, 1);
    ck_assert_int_eq(hebb_magnetisation_bins_make(101, 101).per_bin, 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("magnetisation_bins");
    TCase *bins = tcase_create("bins");
    tcase_add_test(bins, every_magnetisation_is_in_one_bin_and_bins_are_symmetric);
    tcase_add_test(bins, a_bin_holds_one_value_as_long_as_they_suffice);
    suite_add_tcase(suite, bins);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
