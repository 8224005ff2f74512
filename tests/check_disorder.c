/* disorder: worked examples, the two parts of an error, the ends of intervals.  Coverage: check_series_coverage.c. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "disorder.h"
#include "engine.h"

START_TEST(parts_of_a_worked_example)
{
    const double x[] = {1.0, NAN, 3.0, 5.0, 7.0}, errors[] = {0.3, 100.0, 0.4, 0.0, 1.2};
    const hebb_disorder made = hebb_disorder_average(5, x, errors);
    ck_assert_uint_eq(made.n, 4);
    ck_assert_double_eq_tol(made.mean, 4.0, 1e-15);
    ck_assert_double_eq_tol(made.error, sqrt(20.0 / 12.0), 1e-15);
    ck_assert_double_eq_tol(made.thermal, 1.3 / 4.0, 1e-15);
    ck_assert_double_eq_tol(made.disorder, sqrt(20.0 / 12.0 - 1.69 / 16.0), 1e-15);
}
END_TEST

START_TEST(what_is_not_known_is_not_told)
{
    const double x[] = {1.0, 2.0}, errors[] = {0.1, NAN}, large[] = {3.0, 4.0};
    ck_assert_double_eq(hebb_disorder_average(2, x, NULL).error, 0.5);
    ck_assert_double_nan(hebb_disorder_average(2, x, NULL).thermal);
    ck_assert_double_nan(hebb_disorder_average(2, x, NULL).disorder);
    ck_assert_double_nan(hebb_disorder_average(2, x, errors).thermal);
    ck_assert_double_nan(hebb_disorder_average(1, x, errors).error);
    ck_assert_double_eq(hebb_disorder_average(1, x, errors).thermal, 0.1);
    ck_assert_double_nan(hebb_disorder_average(1, x, errors).disorder);
    ck_assert_double_nan(hebb_disorder_average(0, x, errors).mean);
    ck_assert_double_eq(hebb_disorder_average(2, x, large).disorder, 0.0); /* all of it thermal */
}
END_TEST

/*
 * x_r = d_r + e_r g, variance of d .04, e_r = .1 or .3: thermal^2 = .05/R exactly; disorder^2 = .04/R on average, which
 * one sample of R = 2000 tells to sqrt(2/R) .09/.04 = 7 %.  5 of those; false alarm 6e-7.
 */
START_TEST(the_parts_are_those_that_were_put_in)
{
    static double x[2000], errors[2000];
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_STATE, 40, 0), 0, 0);
    for (size_t r = 0; r < 2000; r++) {
        errors[r] = r % 2 == 0 ? 0.1 : 0.3;
        x[r] = 0.2 * hebb_stream_gaussian(&stream);
        x[r] += errors[r] * hebb_stream_gaussian(&stream);
    }
    const hebb_disorder made = hebb_disorder_average(2000, x, errors);
    ck_assert_double_eq_tol(made.thermal * made.thermal * 2000.0, 0.05, 1e-12);
    ck_assert_double_eq_tol(made.disorder * made.disorder * 2000.0, 0.04, 5.0 * 0.07 * 0.04);
    ck_assert_double_eq_tol(made.error, hypot(made.thermal, made.disorder), 1e-15);
}
END_TEST

/* ---- intervals ---- */

static double mean_of(void *context, size_t n, const uint32_t *indices)
{
    const double *x = context;
    double sum = 0.0;
    for (size_t k = 0; k < n; k++) sum += x[indices[k]];
    return sum / (double)n;
}

/* Undefined where the first index is odd. */
static double now_and_then(void *context, size_t n, const uint32_t *indices)
{
    return indices[0] % 2 == 0 ? mean_of(context, n, indices) : NAN;
}

static double nothing(void *context, size_t n, const uint32_t *indices)
{
    (void)context, (void)n, (void)indices;
    return NAN;
}

/*
 * Of the mean of 200 values the bootstrap is Gaussian to a per cent, and the interval mean +- 1.97 standard errors
 * (Student, 199).  Percentiles at 2.4 % of 4000 resamples are known to sqrt(.024 x .976/4000)/density(1.97) = 4 % of an
 * error; bound: 5 of those.
 */
START_TEST(the_interval_of_a_mean_is_that_of_students_law)
{
    static double x[200], values[4000];
    uint32_t indices[200];
    double low, high;
    for (int k = 0; k < 200; k++) x[k] = fmod(k * k * 0.37, 3.0);
    const hebb_estimate plain = hebb_estimate_mean(200, x);
    const hebb_philox generator = hebb_philox_derive(1, HEBB_DRAW_BOOTSTRAP, 0, 0);
    hebb_disorder_interval(200, 4000, 0.95, generator, mean_of, x, indices, values, &low, &high);
    ck_assert_double_eq_tol((plain.value - low) / plain.error, 1.972, 0.2);
    ck_assert_double_eq_tol((high - plain.value) / plain.error, 1.972, 0.2);
    for (int k = 1; k < 4000; k++) ck_assert_double_le(values[k - 1], values[k]);
    const double wide = high - low;
    hebb_disorder_interval(200, 4000, 0.68, generator, mean_of, x, indices, values, &low, &high);
    ck_assert_double_eq_tol((high - low) / wide, 0.997 / 1.972, 0.03);
}
END_TEST

START_TEST(resamples_without_a_value_are_left_out)
{
    double x[] = {1.0, 2.0, 3.0, 4.0}, values[100], low, high;
    uint32_t indices[4];
    const hebb_philox generator = hebb_philox_derive(1, HEBB_DRAW_BOOTSTRAP, 0, 0);
    hebb_disorder_interval(4, 100, 0.9, generator, now_and_then, x, indices, values, &low, &high);
    ck_assert(1.0 <= low && low < high && high <= 4.0);
    hebb_disorder_interval(4, 100, 0.9, generator, nothing, NULL, indices, values, &low, &high);
    ck_assert_double_nan(low);
    ck_assert_double_nan(high);
    hebb_disorder_interval(1, 100, 0.9, generator, mean_of, x, indices, values, &low, &high);
    ck_assert_double_nan(low); /* one realisation does not tell how they differ */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("disorder");
    TCase *errors = tcase_create("errors");
    tcase_add_test(errors, parts_of_a_worked_example);
    tcase_add_test(errors, what_is_not_known_is_not_told);
    tcase_add_test(errors, the_parts_are_those_that_were_put_in);
    tcase_add_test(errors, the_interval_of_a_mean_is_that_of_students_law);
    tcase_add_test(errors, resamples_without_a_value_are_left_out);
    suite_add_tcase(suite, errors);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
