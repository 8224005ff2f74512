/*
 * series, jackknife and disorder: whether their error bars cover what is known exactly as often as they say
 *
 * N_STUDIES series of 2 000 values with rho(t) = .9^t, 105 independent ones each.  The share whose intervals cover the
 * truth has the binomial standard deviation 1.04 % at one sigma and .47 % at two; the band is three of them: each share
 * that must lie within has P = .0027 of failing a right program; the seed is fixed.  Errors that rest on few blocks take
 * Student's reach, as in check_coverage.c; those from tau, which is itself known to 27 % here, that of Gauss.
 */
#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "correlated.h"
#include "disorder.h"
#include "jackknife.h"
#include "series.h"

enum { N_STUDIES = 2000, N_VALUES = 2000, N_BLOCKS = 30, N_REALISATIONS = 12, N_RESAMPLES = 300 };

/* P(|x| < k sigma) of a Gaussian variable x. */
static double probability_within(double k)
{
    return erf(k / M_SQRT2);
}

static double students_reach(double k, size_t n)
{
    return gsl_cdf_tdist_Qinv(0.5 * (1.0 - probability_within(k)), (double)n - 1.0);
}

/* (share - P)/sd(share) for k sigma. */
static double deviation(double n_covered, double k)
{
    const double p = probability_within(k);
    return (n_covered / N_STUDIES - p) / sqrt(p * (1.0 - p) / N_STUDIES);
}

/* How many intervals of one and of two sigma cover: n_covered[1] and [2]. */
static void count(double distance, double error, size_t n_blocks, double *n_covered)
{
    for (int k = 1; k <= 2; k++)
        n_covered[k] += fabs(distance) < (n_blocks > 0 ? students_reach(k, n_blocks) : k) * error;
}

static void assert_honest(const double *n_covered)
{
    for (int k = 1; k <= 2; k++) ck_assert_double_le(fabs(deviation(n_covered[k], k)), 3.0);
}

static void assert_too_small(const double *n_covered)
{
    for (int k = 1; k <= 2; k++) ck_assert_double_lt(deviation(n_covered[k], k), -3.0);
}

/* ---- correlated series ---- */

/* The mean is 0. */
START_TEST(errors_of_means_of_correlated_series_cover_as_often_as_they_say)
{
    static double x[N_VALUES];
    double honest[3] = {0.0}, naive[3] = {0.0};
    for (uint32_t study = 0; study < N_STUDIES; study++) {
        hebb_series series;
        correlated_make(N_VALUES, 0.9, 30, study, x);
        ck_assert_int_eq(hebb_series_analyse(N_VALUES, x, &series), HEBB_OK);
        count(series.mean, series.error, 0, honest);
        count(series.mean, hebb_estimate_mean(N_VALUES, x).error, 0, naive);
    }
    assert_honest(honest);
    assert_too_small(naive);
}
END_TEST

static hebb_estimate jackknife(size_t n_blocks, const double *blocks,
                               double (*function)(const void *context, const double *means))
{
    hebb_estimate made;
    ck_assert_int_eq(hebb_jackknife(n_blocks, 2, blocks, function, NULL, &made), HEBB_OK);
    return made;
}

/* The variance of x from bins of that length, and whether it is 1. */
static void count_variance(const double *x, size_t length, double *n_covered)
{
    static double square[N_VALUES], means[2][N_VALUES], blocks[2 * N_VALUES];
    const size_t n_bins = N_VALUES / length;
    for (size_t t = 0; t < N_VALUES; t++) square[t] = x[t] * x[t];
    hebb_bin_means(N_VALUES, x, n_bins, means[0]);
    hebb_bin_means(N_VALUES, square, n_bins, means[1]);
    for (size_t b = 0; b < n_bins; b++)
        for (size_t j = 0; j < 2; j++) blocks[2 * b + j] = means[j][b];
    const hebb_estimate made = jackknife(n_bins, blocks, hebb_jackknife_variance);
    count(made.value - 1.0, made.error, n_bins, n_covered);
}

/*
 * rho(t) = .5^t: 1200 independent squares a series.  Of 200, as there are at .9^t, an interval of two sigma covers 93.3 %:
 * then the law of the variance is too askew.
 */
START_TEST(errors_of_variances_from_bins_cover_as_often)
{
    static double x[N_VALUES];
    double honest[3] = {0.0}, naive[3] = {0.0};
    for (uint32_t study = 0; study < N_STUDIES; study++) {
        hebb_series series;
        correlated_make(N_VALUES, 0.5, 33, study, x);
        ck_assert_int_eq(hebb_series_analyse(N_VALUES, x, &series), HEBB_OK);
        count_variance(x, hebb_series_bin_length(&series), honest);
        count_variance(x, 1, naive);
    }
    assert_honest(honest);
    assert_too_small(naive);
}
END_TEST

/* ---- independent blocks ---- */

/*
 * Gaussian blocks.  <x> = 2 + d, <y> = 3 + (d + e)/2 with d, e of width .1: <y>/<x> = 3/2.  <x^2> and <x^4> of 400
 * Gaussian x: 1 and 3, variances 2 and 96 and covariance 12, over 400; cumulant 0.
 */
START_TEST(jackknife_errors_of_a_ratio_and_of_the_cumulant_cover_as_often)
{
    double ratio[3] = {0.0}, binder[3] = {0.0}, apart[3] = {0.0};
    for (uint32_t study = 0; study < N_STUDIES; study++) {
        double blocks[2 * N_BLOCKS] = {0.0}, powers[2 * N_BLOCKS] = {0.0};
        hebb_stream stream;
        hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_STATE, 31, study), 0, 0);
        for (size_t k = 0; k < N_BLOCKS; k++) {
            const double g = hebb_stream_gaussian(&stream), h = hebb_stream_gaussian(&stream);
            blocks[2 * k] = 3.0 + 0.05 * (g + h);
            blocks[2 * k + 1] = 2.0 + 0.1 * g;
            powers[2 * k] = 1.0 + sqrt(2.0 / 400.0) * g;
            powers[2 * k + 1] = 3.0 + 12.0 / sqrt(2.0 * 400.0) * g + sqrt((96.0 - 72.0) / 400.0) * h;
        }
        const hebb_estimate of_ratio = jackknife(N_BLOCKS, blocks, hebb_jackknife_ratio);
        const hebb_estimate of_binder = jackknife(N_BLOCKS, powers, hebb_jackknife_binder);
        count(of_ratio.value - 1.5, of_ratio.error, N_BLOCKS, ratio);
        count(of_binder.value, of_binder.error, N_BLOCKS, binder);
        /* as if the denominator did not scatter */
        count(of_ratio.value - 1.5, 0.5 * sqrt(2.0) * 0.05 / sqrt(N_BLOCKS), N_BLOCKS, apart);
    }
    assert_honest(ratio);
    assert_honest(binder);
    assert_too_small(apart);
}
END_TEST

/* ---- disorder ---- */

typedef struct {
    double x[N_REALISATIONS], errors[N_REALISATIONS];
} sample;

static double mean_of(void *context, size_t n, const uint32_t *indices)
{
    const sample *s = context;
    double sum = 0.0;
    for (size_t k = 0; k < n; k++) sum += s->x[indices[k]];
    return sum / (double)n;
}

/* Realisations of mean 0, width 1, each known to .5: 12 of them. */
START_TEST(intervals_over_disorder_cover_as_often_thermal_errors_alone_do_not)
{
    double total[3] = {0.0}, thermal[3] = {0.0}, interval[3] = {0.0}, plain[3] = {0.0};
    for (uint32_t study = 0; study < N_STUDIES; study++) {
        sample s;
        uint32_t indices[N_REALISATIONS];
        double values[N_RESAMPLES], low, high;
        hebb_stream stream;
        hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_STATE, 32, study), 0, 0);
        for (size_t r = 0; r < N_REALISATIONS; r++) {
            s.errors[r] = 0.5;
            s.x[r] = hebb_stream_gaussian(&stream);
            s.x[r] += s.errors[r] * hebb_stream_gaussian(&stream);
        }
        const hebb_disorder made = hebb_disorder_average(N_REALISATIONS, s.x, s.errors);
        count(made.mean, made.error, N_REALISATIONS, total);
        count(made.mean, made.thermal, N_REALISATIONS, thermal);
        for (int k = 1; k <= 2; k++) {
            const double level = probability_within(k);
            hebb_disorder_interval(N_REALISATIONS, N_RESAMPLES, level,
                                   hebb_philox_derive(1, HEBB_DRAW_BOOTSTRAP, 32, study), mean_of, &s, indices, values,
                                   &low, &high);
            interval[k] += low <= 0.0 && 0.0 <= high;
            const size_t outside = (size_t)(0.5 * (1.0 - level) * N_RESAMPLES);
            plain[k] += values[outside] <= 0.0 && 0.0 <= values[N_RESAMPLES - 1 - outside];
        }
    }
    assert_honest(total);
    assert_too_small(thermal);
    assert_honest(interval);
    assert_too_small(plain);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("series_coverage");
    TCase *studies = tcase_create("studies");
    tcase_add_test(studies, errors_of_means_of_correlated_series_cover_as_often_as_they_say);
    tcase_add_test(studies, errors_of_variances_from_bins_cover_as_often);
    tcase_add_test(studies, jackknife_errors_of_a_ratio_and_of_the_cumulant_cover_as_often);
    tcase_add_test(studies, intervals_over_disorder_cover_as_often_thermal_errors_alone_do_not);
    suite_add_tcase(suite, studies);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
