/* estimators: worked examples, and the coverage of the error bars. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "estimators.h"

START_TEST(mean_and_error_of_a_worked_example)
{
    const double x[] = {1.0, 2.0, NAN, 4.0, 5.0};
    const hebb_estimate estimate = hebb_estimate_mean(5, x);
    ck_assert_uint_eq(estimate.n, 4);
    ck_assert_double_eq(estimate.value, 3.0);
    ck_assert_double_eq_tol(estimate.error, sqrt(10.0 / 12.0), 1e-15);
}
END_TEST

START_TEST(one_value_has_no_error_and_none_has_no_mean)
{
    const double x[] = {7.0, NAN};
    ck_assert_double_eq(hebb_estimate_mean(2, x).value, 7.0);
    ck_assert_double_nan(hebb_estimate_mean(2, x).error);
    ck_assert_double_nan(hebb_estimate_mean(1, x + 1).value);
    ck_assert_double_nan(hebb_estimate_mean(0, x).value);
}
END_TEST

START_TEST(a_large_offset_does_not_spoil_the_error)
{
    double x[1000];
    for (int k = 0; k < 1000; k++) x[k] = 0x1p30 + (k % 2 == 0 ? 0x1p-10 : -0x1p-10); /* exactly */
    ck_assert_double_eq_tol(hebb_estimate_mean(1000, x).error, 0x1p-10 / sqrt(999.0), 1e-18);
}
END_TEST

START_TEST(many_equal_shares_average_to_themselves)
{
    static double x[100000];
    for (int k = 0; k < 100000; k++) x[k] = k % 10 == 0 ? 0.01 : 0.0;
    ck_assert_double_eq_tol(hebb_estimate_mean(100000, x).value, 0.001, 1e-18);
}
END_TEST

/*
 * Gaussian samples of 20: the interval of one error covers the mean in 67.0 % (Student, 19 degrees of freedom, from
 * the numerical integral of its density).  4000 studies; the bound is 5 sigma, false alarm 6e-7, seed fixed.
 */
START_TEST(the_error_of_the_mean_covers_as_often_as_students_law_says)
{
    double covered = 0.0, law = 0.0;
    for (int k = 0; k < 100000; k++) { /* the density is (1 + t^2/19)^-10 times Gamma(10)/(sqrt(19 pi) Gamma(9.5)) */
        const double t = (k + 0.5) / 100000.0;
        law += 2e-5 * exp(lgamma(10.0) - lgamma(9.5)) / sqrt(19.0 * M_PI) * pow(1.0 + t * t / 19.0, -10.0);
    }
    for (uint32_t study = 0; study < 4000; study++) {
        double x[20];
        hebb_stream stream;
        hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_STATE, 0, study), 0, 0);
        for (int k = 0; k < 20; k++) x[k] = hebb_stream_gaussian(&stream);
        const hebb_estimate estimate = hebb_estimate_mean(20, x);
        covered += fabs(estimate.value) < estimate.error;
    }
    ck_assert_double_eq_tol(law, 0.670, 1e-3);
    ck_assert_double_eq_tol(covered / 4000.0, law, 5.0 * sqrt(law * (1.0 - law) / 4000.0));
}
END_TEST

START_TEST(a_share_of_nothing_is_not_certain)
{
    const hebb_estimate none = hebb_estimate_share(0, 100), half = hebb_estimate_share(5000, 10000);
    ck_assert_double_eq(none.value, 0.0);
    ck_assert_double_eq_tol(none.error, sqrt(101.0 / 103.0) / 102.0, 1e-15);
    ck_assert_double_eq_tol(half.error, 0.005, 1e-5); /* sqrt(1/4 / n) where there are many */
    ck_assert_double_nan(hebb_estimate_share(0, 0).value);
}
END_TEST

static double mean_of(void *context, size_t n, const uint32_t *indices)
{
    const double *x = context;
    double sum = 0.0;
    for (size_t k = 0; k < n; k++) sum += x[indices[k]];
    return sum / (double)n;
}

static double nothing(void *context, size_t n, const uint32_t *indices)
{
    (void)context, (void)n, (void)indices;
    return NAN;
}

/* 4000 resamples give the error to 1/sqrt(8000) = 1.1 %; the bound is 5 of those.  sqrt((n-1)/n) by the plug-in law. */
START_TEST(the_bootstrap_error_of_a_mean_is_its_standard_error)
{
    double x[50], error;
    uint32_t indices[50];
    for (int k = 0; k < 50; k++) x[k] = fmod(k * k * 0.37, 3.0);
    const hebb_philox generator = hebb_philox_derive(1, HEBB_DRAW_BOOTSTRAP, 0, 0);
    hebb_bootstrap_error(50, 4000, generator, mean_of, x, indices, &error);
    const double want = hebb_estimate_mean(50, x).error * sqrt(49.0 / 50.0);
    ck_assert_double_eq_tol(error, want, 0.056 * want);
    hebb_bootstrap_error(50, 100, generator, nothing, x, indices, &error);
    ck_assert_double_nan(error);
}
END_TEST

static double unless_the_first_is_0(void *context, size_t n, const uint32_t *indices)
{
    (void)context, (void)n;
    return indices[0] == 0 ? NAN : (double)indices[0];
}

/* Undefined in one resample of 7, then in one of 50. */
START_TEST(a_statistic_that_is_often_undefined_has_no_bootstrap_error)
{
    uint32_t indices[50];
    double error;
    const hebb_philox generator = hebb_philox_derive(1, HEBB_DRAW_BOOTSTRAP, 0, 0);
    hebb_bootstrap_error(7, 2000, generator, unless_the_first_is_0, NULL, indices, &error);
    ck_assert_double_nan(error);
    hebb_bootstrap_error(50, 2000, generator, unless_the_first_is_0, NULL, indices, &error);
    ck_assert_double_eq_tol(error, sqrt((49.0 * 49.0 - 1.0) / 12.0), 1.0); /* uniform on 1 .. 49; 7 % of it */
}
END_TEST

static double count(void *context, size_t n, const uint32_t *indices)
{
    size_t *n_drawn = context;
    for (size_t k = 0; k < n; k++) n_drawn[indices[k]]++;
    return (double)indices[0];
}

/* 2000 resamples of 7: 2000 of each, with standard deviation 41; bound: 5 of those, false alarm 4e-6 in all. */
START_TEST(the_bootstrap_draws_every_replica_as_often)
{
    size_t n_drawn[7] = {0};
    uint32_t indices[7];
    double error;
    hebb_bootstrap_error(7, 2000, hebb_philox_derive(1, HEBB_DRAW_BOOTSTRAP, 0, 0), count, n_drawn, indices, &error);
    for (int k = 0; k < 7; k++) ck_assert_double_eq_tol((double)n_drawn[k], 2000.0, 5.0 * 41.0);
    ck_assert_double_eq_tol(error, 2.0, 5.0 * 0.0194); /* indices[0] is uniform on 0 .. 6 */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("estimators");
    TCase *errors = tcase_create("errors");
    tcase_add_test(errors, mean_and_error_of_a_worked_example);
    tcase_add_test(errors, one_value_has_no_error_and_none_has_no_mean);
    tcase_add_test(errors, a_large_offset_does_not_spoil_the_error);
    tcase_add_test(errors, many_equal_shares_average_to_themselves);
    tcase_add_test(errors, the_error_of_the_mean_covers_as_often_as_students_law_says);
    tcase_add_test(errors, a_share_of_nothing_is_not_certain);
    tcase_add_test(errors, the_bootstrap_error_of_a_mean_is_its_standard_error);
    tcase_add_test(errors, the_bootstrap_draws_every_replica_as_often);
    tcase_add_test(errors, a_statistic_that_is_often_undefined_has_no_bootstrap_error);
    suite_add_tcase(suite, errors);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
