/* jackknife: worked examples, biases that it removes, the functions of means, bins.  Coverage: check_series_coverage.c. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "engine.h"
#include "jackknife.h"

static double first_mean(const void *context, const double *means)
{
    (void)context;
    return means[0];
}

static double square(const void *context, const double *means)
{
    (void)context;
    return means[0] * means[0];
}

static double nothing(const void *context, const double *means)
{
    (void)context, (void)means;
    return NAN;
}

static hebb_estimate estimate(size_t n_blocks, size_t n_means, const double *blocks,
                              double (*function)(const void *context, const double *means), const void *context)
{
    hebb_estimate made;
    ck_assert_int_eq(hebb_jackknife(n_blocks, n_means, blocks, function, context, &made), HEBB_OK);
    ck_assert_uint_eq(made.n, n_blocks);
    return made;
}

START_TEST(of_a_mean_it_is_the_mean_and_its_standard_error)
{
    const double blocks[] = {1.0, 2.0, 4.0, 5.0, -3.0, 0.5};
    const hebb_estimate made = estimate(6, 1, blocks, first_mean, NULL), plain = hebb_estimate_mean(6, blocks);
    ck_assert_double_eq_tol(made.value, plain.value, 1e-14);
    ck_assert_double_eq_tol(made.error, plain.error, 1e-14);
}
END_TEST

/* <x>^2 of n values has the bias variance/n: exactly what is taken off. */
START_TEST(of_a_square_the_bias_is_removed_exactly)
{
    const double blocks[] = {1.0, 2.0, 4.0, 5.0, -3.0, 0.5};
    const hebb_estimate plain = hebb_estimate_mean(6, blocks);
    ck_assert_double_eq_tol(estimate(6, 1, blocks, square, NULL).value,
                            plain.value * plain.value - plain.error * plain.error, 1e-13);
}
END_TEST

/* The variance that it gives is the one with n - 1 in the denominator. */
START_TEST(of_a_variance_the_bias_is_removed_exactly)
{
    const double x[] = {1.0, 2.0, 4.0, 5.0, -3.0, 0.5}, n_over_temperature = 8.0;
    double blocks[12];
    for (size_t k = 0; k < 6; k++) {
        blocks[2 * k] = x[k];
        blocks[2 * k + 1] = x[k] * x[k];
    }
    const double error = hebb_estimate_mean(6, x).error, variance = error * error * 6.0;
    const hebb_estimate made = estimate(6, 2, blocks, hebb_jackknife_variance, NULL),
                        scaled = estimate(6, 2, blocks, hebb_jackknife_susceptibility, &n_over_temperature);
    ck_assert_double_eq_tol(made.value, variance, 1e-13);
    ck_assert_double_eq_tol(scaled.value, 8.0 * variance, 1e-12);
    ck_assert_double_eq_tol(scaled.error, 8.0 * made.error, 1e-12);
}
END_TEST

/* y = 3 x in every block: the ratio is known without error. */
START_TEST(errors_that_go_together_cancel_in_a_ratio)
{
    const double blocks[] = {3.0, 1.0, 6.0, 2.0, 4.5, 1.5};
    const hebb_estimate made = estimate(3, 2, blocks, hebb_jackknife_ratio, NULL);
    ck_assert_double_eq_tol(made.value, 3.0, 1e-14);
    ck_assert_double_eq_tol(made.error, 0.0, 1e-14);
}
END_TEST

/* |m| the same throughout: 2/3.  m^2 and m^4 of a Gaussian variable: 0. */
START_TEST(the_cumulant_of_order_is_two_thirds_and_that_of_noise_zero)
{
    const double order[] = {0.25, 0.0625, 0.25, 0.0625}, noise[] = {2.0, 12.0, 2.0, 12.0};
    ck_assert_double_eq_tol(estimate(2, 2, order, hebb_jackknife_binder, NULL).value, 2.0 / 3.0, 1e-15);
    ck_assert_double_eq_tol(estimate(2, 2, noise, hebb_jackknife_binder, NULL).value, 0.0, 1e-15);
}
END_TEST

START_TEST(one_block_has_no_error_none_no_value_and_what_is_undefined_neither)
{
    const double blocks[] = {3.0, 0.0, 1.0, 0.0, 2.0, 0.0};
    const hebb_estimate one = estimate(1, 1, blocks, square, NULL), none = estimate(0, 1, blocks, square, NULL);
    const hebb_estimate undefined = estimate(6, 1, blocks, nothing, NULL);
    const hebb_estimate by_zero = estimate(3, 2, blocks, hebb_jackknife_ratio, NULL);
    ck_assert_double_eq(one.value, 9.0);
    ck_assert_double_nan(one.error);
    ck_assert_double_nan(none.value);
    ck_assert_double_nan(none.error);
    ck_assert_double_nan(undefined.value);
    ck_assert_double_nan(undefined.error);
    ck_assert_double_nan(by_zero.value);
    ck_assert_double_nan(by_zero.error);
}
END_TEST

/* The error of <x>^2 about 1e8 is 2e8 times that of x. */
START_TEST(blocks_that_hardly_differ_keep_their_digits)
{
    double blocks[100];
    for (size_t k = 0; k < 100; k++) blocks[k] = 1e8 + (k % 2 == 0 ? 1.0 : -1.0);
    const double error = estimate(100, 1, blocks, square, NULL).error;
    ck_assert_double_eq_tol(error / (2e8 / sqrt(99.0)), 1.0, 1e-6);
}
END_TEST

START_TEST(bins_are_equally_long_and_leave_the_rest_out)
{
    const double x[] = {1.0, 2.0, 3.0, 4.0, 5.0, 60.0, 70.0};
    double means[3];
    hebb_bin_means(7, x, 3, means);
    ck_assert_double_eq(means[0], 1.5);
    ck_assert_double_eq(means[1], 3.5);
    ck_assert_double_eq(means[2], 32.5);
    hebb_bin_means(7, x, 1, means);
    ck_assert_double_eq_tol(means[0], 145.0 / 7.0, 1e-14);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("jackknife");
    TCase *functions = tcase_create("functions");
    tcase_add_test(functions, of_a_mean_it_is_the_mean_and_its_standard_error);
    tcase_add_test(functions, of_a_square_the_bias_is_removed_exactly);
    tcase_add_test(functions, of_a_variance_the_bias_is_removed_exactly);
    tcase_add_test(functions, errors_that_go_together_cancel_in_a_ratio);
    tcase_add_test(functions, the_cumulant_of_order_is_two_thirds_and_that_of_noise_zero);
    tcase_add_test(functions, one_block_has_no_error_none_no_value_and_what_is_undefined_neither);
    tcase_add_test(functions, blocks_that_hardly_differ_keep_their_digits);
    tcase_add_test(functions, bins_are_equally_long_and_leave_the_rest_out);
    suite_add_tcase(suite, functions);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
