/*
 * series: worked examples, the same by direct sums, known autocorrelation times, what is too short or has not settled
 *
 * Whether the errors cover as often as they say is the business of check_series_coverage.c, networks of exactly known
 * autocorrelation time that of check_series_exact.c.
 */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "correlated.h"
#include "engine.h"
#include "jackknife.h"
#include "series.h"

enum { MAX_N = 1 << 17 };

static double x[MAX_N], other[MAX_N];

static hebb_series analyse(size_t n, const double *values)
{
    hebb_series series;
    ck_assert_int_eq(hebb_series_analyse(n, values, &series), HEBB_OK);
    return series;
}

/* ---- small ones ---- */

START_TEST(a_constant_series_has_no_error_and_no_correlation)
{
    for (size_t t = 0; t < 100; t++) x[t] = 0.1;
    const hebb_series series = analyse(100, x);
    ck_assert_double_eq(series.mean, 0.1);
    ck_assert_double_eq(series.variance, 0.0);
    ck_assert_double_eq(series.error, 0.0);
    ck_assert_double_eq(series.tau, 0.5);
    ck_assert_double_eq(series.n_effective, 100.0);
    ck_assert_double_eq(series.halves_z, 0.0);
    ck_assert(series.is_constant && series.is_long);
}
END_TEST

START_TEST(fewer_than_32_values_tell_no_correlation)
{
    correlated_make(32, 0.0, 0, 0, x);
    for (size_t n = 2; n <= 32; n++) {
        const hebb_series series = analyse(n, x);
        const hebb_estimate plain = hebb_estimate_mean(n, x);
        ck_assert_double_eq_tol(series.mean, plain.value, 1e-15);
        ck_assert_double_eq_tol(series.variance, plain.error * plain.error * (double)n, 1e-14);
        ck_assert_int_eq(isnan(series.tau), n < 32);
        ck_assert_int_eq(isnan(series.error), n < 32);
        ck_assert_int_eq(series.is_long, n == 32);
        ck_assert_double_nan(series.halves_z);
        ck_assert_uint_eq(series.halves[0].n + series.halves[1].n, n);
    }
}
END_TEST

START_TEST(values_that_are_not_finite_and_series_of_one_are_refused)
{
    hebb_series series;
    const double bad[] = {NAN, INFINITY, -INFINITY};
    for (size_t k = 0; k < 3; k++) {
        correlated_make(100, 0.0, 0, 0, x);
        x[99 * k / 2] = bad[k];
        ck_assert_int_eq(hebb_series_analyse(100, x, &series), HEBB_EDOM);
    }
    for (size_t n = 0; n < 2; n++) ck_assert_int_eq(hebb_series_analyse(n, x, &series), HEBB_EDOM);
}
END_TEST

/* x -> a x + b; a power of two changes no digit. */
START_TEST(units_and_origin_do_not_matter)
{
    correlated_make(1000, 0.7, 1, 0, x);
    const hebb_series here = analyse(1000, x);
    for (int exponent = -1000; exponent <= 1000; exponent += 250) {
        for (size_t t = 0; t < 1000; t++) other[t] = ldexp(x[t], exponent);
        const hebb_series there = analyse(1000, other);
        ck_assert_double_eq(there.tau, here.tau);
        ck_assert_double_eq(there.tau_sequence, here.tau_sequence);
        ck_assert_double_eq(there.mean, ldexp(here.mean, exponent));
        ck_assert_double_eq(there.error, ldexp(here.error, exponent));
        ck_assert_double_eq(there.halves_z, here.halves_z);
    }
    for (size_t t = 0; t < 1000; t++) other[t] = 1e6 - x[t];
    const hebb_series there = analyse(1000, other);
    ck_assert_double_eq_tol(there.tau, here.tau, 1e-7);
    ck_assert_double_eq_tol(there.error, here.error, 1e-9);
    ck_assert_double_eq_tol(there.halves_z, -here.halves_z, 1e-7);
    for (size_t t = 0; t < 1000; t++) other[t] = t % 3 == 0 ? DBL_MAX : -DBL_MAX;
    const hebb_series largest = analyse(1000, other);
    ck_assert_double_eq_tol(largest.mean / DBL_MAX, -0.332, 1e-15);
    ck_assert(isfinite(largest.error));
}
END_TEST

/* ---- the same by direct sums ---- */

static double direct_covariance(size_t n, const double *values, double mean, size_t lag)
{
    long double sum = 0.0L;
    for (size_t t = 0; t + lag < n; t++) sum += (values[t] - mean) * (values[t + lag] - mean);
    return (double)(sum / (long double)(n - lag));
}

static double direct_window(size_t n, const double *values, double mean)
{
    double tau = 0.5;
    size_t lag = 0;
    while ((double)lag < 5.0 * tau || lag == 0)
        if (++lag <= n / 2)
            tau += direct_covariance(n, values, mean, lag) / direct_covariance(n, values, mean, 0);
        else
            return NAN;
    return fmax(0.5, tau * (1.0 + (2.0 * (double)lag + 1.0) / (double)n));
}

static double direct_sequence(size_t n, const double *values, double mean)
{
    double tau = -0.5, lowest = 2.0;
    for (size_t lag = 0; lag + 1 <= n / 2; lag += 2) {
        const double pair = direct_covariance(n, values, mean, lag) + direct_covariance(n, values, mean, lag + 1);
        lowest = fmin(lowest, pair / direct_covariance(n, values, mean, 0));
        if (lowest <= 0.0) return fmax(0.5, tau * (1.0 + (2.0 * (double)lag + 1.0) / (double)n));
        tau += lowest;
    }
    return NAN;
}

/* Both parities of n and both kinds of lengths that the transform has. */
START_TEST(correlations_by_the_transform_are_the_direct_sums)
{
    const size_t lengths[] = {32, 33, 64, 65, 100, 127, 171, 300, 512, 513};
    for (size_t k = 0; k < COUNT(lengths); k++)
        for (uint32_t replica = 0; replica < 6; replica++) {
            const size_t n = lengths[k];
            correlated_make(n, replica % 2 == 0 ? 0.3 : 0.9, 2, replica, x);
            const hebb_series series = analyse(n, x);
            const double window = direct_window(n, x, series.mean), sequence = direct_sequence(n, x, series.mean);
            ck_assert_int_eq(isnan(series.tau_window), isnan(window));
            ck_assert_int_eq(isnan(series.tau_sequence), isnan(sequence));
            if (!isnan(window)) ck_assert_double_eq_tol(series.tau_window, window, 1e-11 * window);
            if (!isnan(sequence)) ck_assert_double_eq_tol(series.tau_sequence, sequence, 1e-11 * sequence);
        }
}
END_TEST

START_TEST(an_analysis_takes_48_to_72_bytes_a_value)
{
    for (size_t n = 64; n < 1000000; n += n / 10) {
        ck_assert_double_ge(hebb_series_bytes(n), 48.0 * (double)n);
        ck_assert_double_le(hebb_series_bytes(n), 72.0 * (double)n + 100.0); /* a lag more than n/2 */
    }
}
END_TEST

/* ---- known autocorrelation times ---- */

enum { N_SERIES = 30, N_VALUES = 20000 };

/*
 * The mean over 30 series of 20 000 values, 100 tau at the least.  Each way's estimate scatters by 2 % (phi = 0) to 25 %
 * (.99), so the mean by up to 5 %; the bounds are 5 of that and what is known of the bias: batches of 20 000/32 values
 * leave out tau/length, 16 % at phi = .99, and as much again where shorter ones are surely the larger; the largest of
 * three is some 5 % too large.
 */
START_TEST(autocorrelation_times_of_one_mode_are_found_three_ways)
{
    const double phi[] = {0.0, 0.5, 0.9, 0.99}, scatter[] = {0.05, 0.1, 0.15, 0.3};
    for (size_t k = 0; k < COUNT(phi); k++) {
        double window = 0.0, sequence = 0.0, batch = 0.0, tau = 0.0;
        for (uint32_t replica = 0; replica < N_SERIES; replica++) {
            correlated_make(N_VALUES, phi[k], 3 + k, replica, x);
            const hebb_series series = analyse(N_VALUES, x);
            const double unit = N_SERIES * correlated_tau(phi[k]);
            window += series.tau_window / unit;
            sequence += series.tau_sequence / unit;
            batch += series.tau_batch / unit;
            tau += series.tau / unit;
            ck_assert(series.is_long);
        }
        const double chance = 5.0 * scatter[k] / sqrt(N_SERIES);
        ck_assert_double_eq_tol(window, 1.0, chance);
        ck_assert_double_eq_tol(sequence, 1.0, chance + 0.02);
        ck_assert_double_ge(batch, 1.0 - chance - (phi[k] > 0.95 ? 0.25 : 0.05));
        ck_assert_double_le(batch, 1.0 + chance);
        ck_assert_double_ge(tau, 1.0 - chance);
        ck_assert_double_le(tau, 1.05 + chance);
    }
}
END_TEST

START_TEST(a_time_below_one_half_counts_as_one_half)
{
    const double phi[] = {-0.3, -0.9, -0.99};
    for (size_t k = 0; k < COUNT(phi); k++) {
        correlated_make(N_VALUES, phi[k], 10 + k, 0, x);
        const hebb_series series = analyse(N_VALUES, x);
        ck_assert_double_eq(series.tau, 0.5);
        ck_assert_double_eq_tol(series.error, sqrt(series.variance / N_VALUES), 1e-15);
        ck_assert_double_lt(fabs(series.mean), series.error);
    }
}
END_TEST

/*
 * Noise of variance 1 and a mode of variance .05 with phi = .998: the truth is tau = 24.3, and a window of 4 steps
 * reports .69, a thirty-fifth.  From 100 000 values the largest of three is 19 on average and scatters by 6; the bounds
 * are 3 sigma off the mean of 12 series, P = .001.
 */
START_TEST(a_slow_mode_of_small_amplitude_is_missed_by_the_window_alone)
{
    enum { N_LONG = 100000, N_LONG_SERIES = 12 };
    const double truth = (0.5 + 0.05 * correlated_tau(0.998)) / 1.05;
    double window = 0.0, tau = 0.0;
    for (uint32_t replica = 0; replica < N_LONG_SERIES; replica++) {
        correlated_make(N_LONG, 0.0, 13, replica, x);
        correlated_add(N_LONG, 0.998, sqrt(0.05), 14, replica, x);
        const hebb_series series = analyse(N_LONG, x);
        window += series.tau_window / N_LONG_SERIES;
        tau += series.tau / N_LONG_SERIES;
        ck_assert_double_gt(fmax(series.tau_sequence, series.tau_batch), 5.0 * series.tau_window);
    }
    ck_assert_double_lt(window, truth / 20.0);
    ck_assert_double_gt(tau, 0.55 * truth);
    ck_assert_double_lt(tau, 1.1 * truth);
}
END_TEST

/* ---- binning ---- */

/* variance/b ((1 + phi)/(1 - phi) - 2 phi (1 - phi^b)/(b (1 - phi)^2)) */
static double exact_variance_of_bins(double phi, double b)
{
    return ((1.0 + phi) / (1.0 - phi) - 2.0 * phi * (1.0 - pow(phi, b)) / (b * (1.0 - phi) * (1.0 - phi))) / b;
}

/*
 * An error from B bins is known to 1/sqrt(2 (B - 1)); where bins are short the correlation makes that up to
 * sqrt(tau) worse.  5 of those for each of 11 lengths, of which B >= 128 bins are left.
 */
START_TEST(errors_against_the_length_of_bins_rise_to_a_plateau_at_the_right_height)
{
    const double phi = 0.9, plateau = sqrt(2.0 * correlated_tau(phi) / MAX_N);
    correlated_make(MAX_N, phi, 15, 0, x);
    const hebb_series series = analyse(MAX_N, x);
    for (size_t length = 1; length <= 1024; length *= 2) {
        const size_t n_bins = MAX_N / length;
        hebb_bin_means(MAX_N, x, n_bins, other);
        const double error = hebb_estimate_mean(n_bins, other).error;
        const double exact = sqrt(exact_variance_of_bins(phi, (double)length) / (double)n_bins);
        const double known_to = sqrt((1.0 + correlated_tau(phi) / (double)length) / (2.0 * (double)n_bins));
        ck_assert_double_eq_tol(error, exact, 5.0 * known_to * exact);
        if (length == 1) ck_assert_double_lt(error, 0.25 * plateau);
        if (length >= 256) ck_assert_double_gt(exact, 0.98 * plateau);
    }
    ck_assert_double_eq_tol(series.error, plateau, 0.1 * plateau);
}
END_TEST

START_TEST(bins_are_longer_than_the_correlation_or_there_are_none)
{
    const double tau[] = {0.5, 19.5, 200.0, 201.0, NAN};
    const size_t length[] = {100, 195, 2000, 0, 0};
    for (size_t k = 0; k < COUNT(tau); k++) {
        const hebb_series series = {.n = 10000, .tau = tau[k]};
        ck_assert_uint_eq(hebb_series_bin_length(&series), length[k]);
    }
}
END_TEST

/* ---- settled? ---- */

/* 1000 series of 100 tau: |z| > 4 has P = 6e-5 of a Gaussian; 3 of them would have P = 4e-5 at ten times that. */
START_TEST(series_at_equilibrium_seldom_look_unsettled)
{
    size_t n_alarms = 0, n_apart = 0;
    double squares = 0.0;
    for (uint32_t replica = 0; replica < 1000; replica++) {
        correlated_make(950, 0.9, 16, replica, x);
        correlated_make(950, 0.9, 17, replica, other);
        const hebb_series one = analyse(950, x), two = analyse(950, other);
        n_alarms += fabs(one.halves_z) > 4.0;
        n_apart += fabs(hebb_series_ends_z(&one, &two)) > 4.0;
        squares += one.halves_z * one.halves_z / 1000.0;
    }
    ck_assert_uint_le(n_alarms, 4);
    ck_assert_uint_le(n_apart, 4);
    ck_assert_double_gt(squares, 0.6);
    ck_assert_double_lt(squares, 1.6);
}
END_TEST

/*
 * A jump by one standard deviation at half time: some 12 errors.  A relaxation by two of them with a time of a fifth to the
 * whole of the run: the halves differ by 6 to 9 errors, or tau has become so long that the run is too short.
 */
START_TEST(series_that_have_not_settled_do_not_pass)
{
    for (uint32_t replica = 0; replica < 20; replica++) {
        correlated_make(5000, 0.8, 18, replica, x);
        for (size_t t = 2500; t < 5000; t++) x[t] += 1.0;
        ck_assert_double_gt(analyse(5000, x).halves_z, 4.0);
        for (double time = 1000.0; time <= 5000.0; time *= 1.4) {
            correlated_make(5000, 0.8, 19, replica, x);
            for (size_t t = 0; t < 5000; t++) x[t] += 2.0 * exp(-(double)t / time);
            const hebb_series series = analyse(5000, x);
            ck_assert(series.halves_z < -4.0 || !series.is_long);
        }
    }
}
END_TEST

START_TEST(two_runs_that_have_not_met_are_noticed_though_each_looks_settled)
{
    correlated_make(5000, 0.8, 20, 0, x);
    correlated_make(5000, 0.8, 20, 1, other);
    const hebb_series one = analyse(5000, x);
    for (size_t t = 0; t < 5000; t++) other[t] += 1.0;
    const hebb_series two = analyse(5000, other);
    ck_assert_double_lt(fabs(one.halves_z), 4.0);
    ck_assert_double_lt(fabs(two.halves_z), 4.0);
    ck_assert_double_gt(hebb_series_ends_z(&one, &two), 4.0);
    ck_assert_double_eq(hebb_series_ends_z(&two, &one), -hebb_series_ends_z(&one, &two));
}
END_TEST

/* From +2 and -2, with a time of 300: e^-8 of that is left at half time. */
START_TEST(two_runs_that_have_met_may_have_come_from_far_apart)
{
    correlated_make(5000, 0.8, 21, 0, x);
    correlated_make(5000, 0.8, 21, 1, other);
    for (size_t t = 0; t < 5000; t++) {
        x[t] += 2.0 * exp(-(double)t / 300.0);
        other[t] -= 2.0 * exp(-(double)t / 300.0);
    }
    const hebb_series one = analyse(5000, x), two = analyse(5000, other);
    ck_assert_double_lt(fabs(hebb_series_ends_z(&one, &two)), 4.0);
    ck_assert_double_lt(two.halves[0].value - one.halves[0].value, -0.3);
}
END_TEST

/* At T = 0 both runs are frozen, each in a state of its own. */
START_TEST(frozen_runs_are_met_or_infinitely_far_apart)
{
    for (size_t t = 0; t < 200; t++) {
        x[t] = 1.0;
        other[t] = t < 150 ? 1.0 : 0.5;
    }
    const hebb_series one = analyse(200, x);
    ck_assert_double_eq(hebb_series_ends_z(&one, &one), 0.0);
    for (size_t t = 0; t < 200; t++) other[t] = 0.5;
    const hebb_series two = analyse(200, other);
    ck_assert_double_eq(hebb_series_ends_z(&one, &two), -INFINITY);
    const hebb_series brief = analyse(40, x); /* halves of 20 */
    ck_assert_double_nan(hebb_series_ends_z(&one, &brief));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("series");
    TCase *small = tcase_create("small"), *times = tcase_create("times"), *settled = tcase_create("settled");
    tcase_add_test(small, a_constant_series_has_no_error_and_no_correlation);
    tcase_add_test(small, fewer_than_32_values_tell_no_correlation);
    tcase_add_test(small, values_that_are_not_finite_and_series_of_one_are_refused);
    tcase_add_test(small, units_and_origin_do_not_matter);
    tcase_add_test(small, correlations_by_the_transform_are_the_direct_sums);
    tcase_add_test(small, an_analysis_takes_48_to_72_bytes_a_value);
    tcase_add_test(times, autocorrelation_times_of_one_mode_are_found_three_ways);
    tcase_add_test(times, a_time_below_one_half_counts_as_one_half);
    tcase_add_test(times, a_slow_mode_of_small_amplitude_is_missed_by_the_window_alone);
    tcase_add_test(times, errors_against_the_length_of_bins_rise_to_a_plateau_at_the_right_height);
    tcase_add_test(times, bins_are_longer_than_the_correlation_or_there_are_none);
    tcase_add_test(settled, series_at_equilibrium_seldom_look_unsettled);
    tcase_add_test(settled, series_that_have_not_settled_do_not_pass);
    tcase_add_test(settled, two_runs_that_have_not_met_are_noticed_though_each_looks_settled);
    tcase_add_test(settled, two_runs_that_have_met_may_have_come_from_far_apart);
    tcase_add_test(settled, frozen_runs_are_met_or_infinitely_far_apart);
    suite_add_tcase(suite, small);
    suite_add_tcase(suite, times);
    suite_add_tcase(suite, settled);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
