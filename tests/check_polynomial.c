/* polynomial: known curves recovered, their zeros, and error bars that cover as they should. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "philox.h"
#include "polynomial.h"

enum { N_POINTS = 6, N_STUDIES = 4000 };
static const double x[N_POINTS] = {0.30, 0.32, 0.35, 0.36, 0.38, 0.40};

START_TEST(a_parabola_is_recovered_with_its_slope_and_its_zero)
{
    double y[N_POINTS], error[N_POINTS], slope, zero, uncertainty;
    hebb_polynomial fit;
    for (int k = 0; k < N_POINTS; k++) {
        y[k] = 2.0 * (0.46 - x[k]) + 3.0 * (0.46 - x[k]) * (0.46 - x[k]);
        error[k] = 1e-3 * (k + 1);
    }
    ck_assert_int_eq(hebb_polynomial_fit(N_POINTS, x, y, error, 2, &fit), HEBB_OK);
    ck_assert_double_eq_tol(hebb_polynomial_at(&fit, 0.2, &slope, NULL), 2.0 * 0.26 + 3.0 * 0.26 * 0.26, 1e-11);
    ck_assert_double_eq_tol(slope, -2.0 - 6.0 * 0.26, 1e-9);
    ck_assert_int_eq(hebb_polynomial_zero(&fit, 0.4, &zero, &uncertainty), HEBB_OK);
    ck_assert_double_eq_tol(zero, 0.46, 1e-10);
    ck_assert_double_lt(fit.chi_squared, 1e-15);
    ck_assert_double_gt(uncertainty, 0.0);
}
END_TEST

/* 4000 studies of Gaussian points; bounds are 5 sigma of a binomial share, false alarm 6e-7 each; the seed is fixed. */
START_TEST(errors_of_values_slopes_and_zeros_cover)
{
    double covered[3] = {0.0, 0.0, 0.0};
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(7, HEBB_DRAW_STATE, 0, 0), 0, 0);
    for (int study = 0; study < N_STUDIES; study++) {
        /* two points: no chi^2 by which the errors might grow */
        const double error[2] = {1e-4, 3e-4};
        double y[2], slope, value_error, zero, zero_error;
        for (int k = 0; k < 2; k++) y[k] = 3.0 * (0.46 - x[k]) + error[k] * hebb_stream_gaussian(&stream);
        hebb_polynomial fit;
        ck_assert_int_eq(hebb_polynomial_fit(2, x, y, error, 1, &fit), HEBB_OK);
        const double value = hebb_polynomial_at(&fit, 0.4, &slope, &value_error);
        ck_assert_int_eq(hebb_polynomial_zero(&fit, 0.4, &zero, &zero_error), HEBB_OK);
        covered[0] += fabs(value - 0.18) < value_error;
        covered[1] += fabs(slope + 3.0) < hebb_polynomial_slope_error(&fit, 0.4);
        covered[2] += fabs(zero - 0.46) < zero_error;
    }
    const double share = erf(M_SQRT1_2), bound = 5.0 * sqrt(share * (1.0 - share) / N_STUDIES);
    for (int k = 0; k < 3; k++) ck_assert_double_eq_tol(covered[k] / N_STUDIES, share, bound);
}
END_TEST

START_TEST(points_off_the_curve_make_the_errors_grow_with_chi_squared)
{
    double y[N_POINTS], small[N_POINTS], large[N_POINTS], error, larger;
    hebb_polynomial fit, coarse;
    for (int k = 0; k < N_POINTS; k++) {
        y[k] = (k % 2 ? 1e-2 : -1e-2) - x[k];
        small[k] = 1e-4;
        large[k] = 1.0;
    }
    ck_assert_int_eq(hebb_polynomial_fit(N_POINTS, x, y, small, 1, &fit), HEBB_OK);
    ck_assert_int_eq(hebb_polynomial_fit(N_POINTS, x, y, large, 1, &coarse), HEBB_OK);
    (void)hebb_polynomial_at(&fit, 0.35, NULL, &error);
    (void)hebb_polynomial_at(&coarse, 0.35, NULL, &larger);
    ck_assert_double_eq_tol(error, 1e-4 * larger * sqrt(fit.chi_squared / (N_POINTS - 2)), 1e-6 * error);
    ck_assert_double_lt(coarse.chi_squared, 1.0);
}
END_TEST

START_TEST(too_few_points_and_errors_of_zero_are_refused)
{
    const double y[3] = {1.0, 2.0, 4.0}, error[3] = {1.0, 1.0, 1.0}, none[3] = {1.0, 0.0, 1.0},
                 same[3] = {1.0, 1.0, 2.0};
    double zero, uncertainty;
    hebb_polynomial fit;
    ck_assert_int_eq(hebb_polynomial_fit(0, x, y, error, 0, &fit), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_polynomial_fit(2, x, y, error, 2, &fit), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_polynomial_fit(3, same, y, error, 2, &fit), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_polynomial_fit(2, same, y, error, 1, &fit), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_polynomial_fit(3, x, y, none, 1, &fit), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_polynomial_fit(3, x, y, error, 3, &fit), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_polynomial_fit(1, x, y, error, 0, &fit), HEBB_OK);
    ck_assert_int_eq(hebb_polynomial_zero(&fit, 0.3, &zero, &uncertainty), HEBB_ENOSOLUTION); /* a constant */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("polynomial");
    TCase *all = tcase_create("all");
    tcase_add_test(all, a_parabola_is_recovered_with_its_slope_and_its_zero);
    tcase_add_test(all, errors_of_values_slopes_and_zeros_cover);
    tcase_add_test(all, points_off_the_curve_make_the_errors_grow_with_chi_squared);
    tcase_add_test(all, too_few_points_and_errors_of_zero_are_refused);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
