#include "series.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_fft_halfcomplex.h>
#include <gsl/gsl_fft_real.h>

/* A window of so many tau leaves out e^-5 of an exponential's sum. */
static const double window_of_tau = 5.0;
enum { MIN_BATCHES = 32, MIN_BINS = 5, BIN_OF_TAU = 10 };

/* Lags up to n/2, behind which too few pairs are left. */
static size_t count_lags(size_t n)
{
    return n / 2 + 1;
}

/* Numbers that the transform of n values takes, of factors 2 and 3: zeros so that the end does not meet the beginning. */
static size_t transform_size(size_t n)
{
    size_t size = 4;
    while (size < n + count_lags(n)) size *= 2;
    return size / 4 * 3 >= n + count_lags(n) ? size / 4 * 3 : size;
}

/* The values, GSL's two tables and its workspace. */
double hebb_series_bytes(size_t n)
{
    return 4.0 * sizeof(double) * (double)transform_size(n);
}

/* An even number of values -> the squares of their Fourier components' absolute values, transformed back. */
static hebb_status transform_twice(size_t size, double *values)
{
    hebb_status status = HEBB_ENOMEM;
    gsl_fft_real_wavetable *there = gsl_fft_real_wavetable_alloc(size);
    gsl_fft_halfcomplex_wavetable *back = gsl_fft_halfcomplex_wavetable_alloc(size);
    gsl_fft_real_workspace *workspace = gsl_fft_real_workspace_alloc(size);
    if (there == NULL || back == NULL || workspace == NULL) goto out;
    status = HEBB_EINTERNAL;
    if (gsl_fft_real_transform(values, 1, size, there, workspace) != 0) goto out;
    values[0] *= values[0];
    values[size - 1] *= values[size - 1];
    for (size_t k = 1; k + 1 < size; k += 2) { /* real and imaginary parts in turn */
        values[k] = values[k] * values[k] + values[k + 1] * values[k + 1];
        values[k + 1] = 0.0;
    }
    if (gsl_fft_halfcomplex_inverse(values, 1, size, back, workspace) != 0) goto out;
    status = HEBB_OK;
out:
    if (there != NULL) gsl_fft_real_wavetable_free(there);
    if (back != NULL) gsl_fft_halfcomplex_wavetable_free(back);
    if (workspace != NULL) gsl_fft_real_workspace_free(workspace);
    return status;
}

/* values[0..n) deviations from the mean -> values[0..n_lags) autocovariances, by way of the power spectrum. */
static hebb_status correlate(size_t n, double *values)
{
    const size_t size = transform_size(n);
    for (size_t k = n; k < size; k++) values[k] = 0.0;
    const hebb_status status = transform_twice(size, values);
    for (size_t lag = 0; lag < count_lags(n); lag++) values[lag] /= (double)(n - lag);
    return status;
}

/* The bias of the deviations' own mean, undone. [W04] */
static double unbiased(double tau, size_t last_lag, size_t n)
{
    return fmax(0.5, tau * (1.0 + (2.0 * (double)last_lag + 1.0) / (double)n));
}

static double tau_by_window(size_t n, const double *covariance)
{
    double tau = 0.5;
    for (size_t lag = 1; lag < count_lags(n); lag++) {
        tau += covariance[lag] / covariance[0];
        if ((double)lag >= window_of_tau * tau) return unbiased(tau, lag, n);
    }
    return NAN;
}

static double tau_by_sequence(size_t n, const double *covariance)
{
    double tau = -0.5, lowest = INFINITY;
    for (size_t lag = 0; lag + 1 < count_lags(n); lag += 2) {
        const double pair = (covariance[lag] + covariance[lag + 1]) / covariance[0];
        if (pair <= 0.0) return unbiased(tau, lag, n);
        lowest = fmin(lowest, pair);
        tau += lowest;
    }
    return NAN;
}

/* The variance of the means of batches, of n_batches * length values. */
static double batch_variance(size_t n_batches, size_t length, const double *values)
{
    double mean = 0.0, squares = 0.0;
    for (size_t b = 0; b < n_batches; b++) {
        double sum = 0.0;
        for (size_t k = 0; k < length; k++) sum += values[b * length + k];
        const double change = sum / (double)length - mean; /* Welford's way */
        mean += change / (double)(b + 1);
        squares += change * (sum / (double)length - mean);
    }
    return squares / (double)(n_batches - 1);
}

static double tau_by_batches(size_t n, double variance, const double *values)
{
    double best = 0.5, best_bound = 0.5 * (1.0 - 2.0 * sqrt(2.0 / (double)(n - 1))); /* batches of one value */
    for (size_t length = 2; n / length >= MIN_BATCHES; length *= 2) {
        const size_t n_batches = n / length;
        const double tau = 0.5 * (double)length * batch_variance(n_batches, length, values) / variance;
        const double bound = tau * (1.0 - 2.0 * sqrt(2.0 / (double)(n_batches - 1)));
        if (bound <= best_bound) continue;
        best_bound = bound;
        best = tau;
    }
    return fmax(0.5, best);
}

static bool are_equal(size_t n, const double *x)
{
    for (size_t k = 1; k < n; k++)
        if (x[k] != x[0]) return false;
    return true;
}

/* A power of two that brings all values below 1, so that no square overflows or vanishes. */
static int find_exponent(size_t n, const double *x)
{
    double largest = 0.0;
    int exponent;
    for (size_t k = 0; k < n; k++) largest = fmax(largest, fabs(x[k]));
    (void)frexp(largest, &exponent);
    return exponent;
}

static void describe_constant(size_t n, double x, hebb_series *series)
{
    *series = (hebb_series){.n = n,
                            .mean = x,
                            .tau_window = 0.5,
                            .tau_sequence = 0.5,
                            .tau_batch = 0.5,
                            .tau = 0.5,
                            .n_effective = (double)n,
                            .is_long = n >= HEBB_SERIES_SHORTEST,
                            .is_constant = true};
}

/* All but the halves.  room: transform_size(n) numbers. */
static hebb_status analyse(size_t n, const double *x, double *room, hebb_series *series)
{
    const int exponent = find_exponent(n, x);
    if (are_equal(n, x)) {
        describe_constant(n, x[0], series);
        return HEBB_OK;
    }
    for (size_t k = 0; k < n; k++) room[k] = ldexp(x[k], -exponent);
    const hebb_estimate plain = hebb_estimate_mean(n, room);
    const double variance = plain.error * plain.error * (double)n;
    *series = (hebb_series){.n = n,
                            .mean = ldexp(plain.value, exponent),
                            .variance = ldexp(variance, 2 * exponent),
                            .tau_window = NAN,
                            .tau_sequence = NAN,
                            .tau_batch = NAN};
    if (n >= HEBB_SERIES_SHORTEST && variance > 0.0) {
        for (size_t k = 0; k < n; k++) room[k] -= plain.value;
        series->tau_batch = tau_by_batches(n, variance, room);
        const hebb_status status = correlate(n, room);
        if (status != HEBB_OK) return status;
        series->tau_window = tau_by_window(n, room);
        series->tau_sequence = tau_by_sequence(n, room);
    }
    series->tau = fmax(fmax(series->tau_window, series->tau_sequence), series->tau_batch); /* of those that are known */
    series->error = ldexp(sqrt(2.0 * series->tau * variance / (double)n), exponent);
    series->n_effective = (double)n / (2.0 * series->tau);
    series->is_long = !isnan(series->tau_window) && !isnan(series->tau_sequence) && !isnan(series->tau_batch) &&
                      (double)n >= HEBB_SERIES_LONG * series->tau;
    return HEBB_OK;
}

/* distance/error, of two constants too. */
static double in_errors(double distance, double error)
{
    return distance == 0.0 && error == 0.0 ? 0.0 : distance / error;
}

hebb_status hebb_series_analyse(size_t n, const double *x, hebb_series *series)
{
    hebb_series half;
    hebb_estimate halves[2];
    if (n < 2) return HEBB_EDOM;
    for (size_t k = 0; k < n; k++)
        if (!isfinite(x[k])) return HEBB_EDOM;
    double *room = malloc(transform_size(n) * sizeof *room);
    if (room == NULL) return HEBB_ENOMEM;
    hebb_status status = HEBB_OK;
    for (size_t h = 0; status == HEBB_OK && h < 2; h++) {
        const size_t first = h * (n / 2), n_half = h == 0 ? n / 2 : n - n / 2;
        status = analyse(n_half, x + first, room, &half);
        if (status != HEBB_OK) break;
        const bool is_known = n_half >= HEBB_SERIES_SHORTEST; /* two equal values are no constant half */
        halves[h] = (hebb_estimate){half.mean, is_known ? half.error : NAN, n_half};
    }
    if (status == HEBB_OK) status = analyse(n, x, room, series);
    free(room);
    if (status != HEBB_OK) return status;
    series->halves[0] = halves[0];
    series->halves[1] = halves[1];
    /* As long as it settles the first half scatters by more than it will: its own error would hide the difference. */
    const double unequal = sqrt(1.0 + (double)halves[1].n / (double)halves[0].n);
    series->halves_z = in_errors(halves[1].value - halves[0].value, unequal * halves[1].error);
    return HEBB_OK;
}

double hebb_series_ends_z(const hebb_series *one, const hebb_series *other)
{
    const hebb_estimate *a = &one->halves[1], *b = &other->halves[1];
    return in_errors(b->value - a->value, hypot(a->error, b->error));
}

size_t hebb_series_bin_length(const hebb_series *series)
{
    const double n = (double)series->n;
    if (isnan(series->tau)) return 0;
    const double length = ceil(fmax(BIN_OF_TAU * series->tau, sqrt(n)));
    return n / length >= MIN_BINS ? (size_t)length : 0;
}
