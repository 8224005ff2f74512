#include "rival_law.h"

#include <math.h>

static const double E2 = 7.38905609893065023; /* e^2 */
static const double MAX_NEAR = 5000.0;        /* rivals that are drawn one by one, in the mean */

/* (K-1) C(n,k)/2^N, 0 where there is no such set. */
static double number(double log_rate, long n, long k)
{
    if (k < 0 || k > n) return 0.0;
    return exp(log_rate + lgamma((double)n + 1.0) - lgamma((double)k + 1.0) - lgamma((double)(n - k) + 1.0));
}

/*
 * The far ones, from distance `first` on: R_i = mean + deviation (g_i + common times the mean of all g), with unit
 * Gaussians g_i, has their moments.
 *
 *   mean: of the shells' means all but one cancel
 *   variance v and covariance c: sums over the distances;  c = deviation^2 (2 common + common^2)/N, deviation^2 = v - c
 */
static void add_far(hebb_rival_law *law, double log_rate, long first)
{
    const long n = (long)law->n_neurons, d = (long)law->n_errors;
    double v = 0.0, c = 0.0;
    law->mean = -number(log_rate, n - 1, first - 1) * exp(-2.0 * (double)(first - 1 - d));
    for (long k = first; k <= n; k++) {
        const double w2 = exp(-4.0 * (double)(k - d));
        v += w2 * (number(log_rate, n - 1, k) + E2 * E2 * number(log_rate, n - 1, k - 1));
        c += w2 * (number(log_rate, n - 2, k) - 2.0 * E2 * number(log_rate, n - 2, k - 1) +
                   E2 * E2 * number(log_rate, n - 2, k - 2));
    }
    law->deviation = sqrt(fmax(0.0, v - c));
    law->common = v > c ? sqrt(fmax(0.0, 1.0 + (double)n * c / (v - c))) - 1.0 : 0.0;
}

hebb_status hebb_rival_law_init(hebb_rival_law *law, size_t n_neurons, double n_patterns, size_t n_errors)
{
    if (n_neurons < 2 || n_neurons > HEBB_RIVAL_LAW_MAX_NEURONS || !(n_patterns >= 1.0) || !isfinite(n_patterns) ||
        2 * n_errors >= n_neurons)
        return hebb_fail(HEBB_EDOM, "no law of %g rivals of %zu neurons at %zu errors", n_patterns, n_neurons,
                         n_errors);
    *law = (hebb_rival_law){.n_neurons = n_neurons, .n_errors = n_errors};
    if (n_patterns < 2.0) return HEBB_OK;
    const double log_rate = log(n_patterns - 1.0) - (double)n_neurons * M_LN2;
    double sum = 0.0;
    while (law->n_near <= n_neurons) {
        const double mean = number(log_rate, (long)n_neurons, (long)law->n_near);
        if (sum + mean > MAX_NEAR) break;
        sum += mean;
        law->mean_number[law->n_near++] = mean;
    }
    if (law->n_near <= n_neurons) add_far(law, log_rate, (long)law->n_near);
    return HEBB_OK;
}

/* The number of events in a time `mean` at rate 1. */
static long poisson(hebb_stream *stream, double mean)
{
    double time = 0.0;
    for (long k = 0;; k++) {
        time -= log(hebb_stream_uniform(stream));
        if (time > mean) return k;
    }
}

/* Takes `value` off the fields at k different places; chosen[0..n) is a permutation, before and after. */
static void take_off(hebb_stream *stream, size_t n, size_t k, double value, double *fields, uint32_t *chosen)
{
    for (size_t j = 0; j < k; j++) {
        const size_t other = j + hebb_stream_below(stream, (uint32_t)(n - j));
        const uint32_t at = chosen[other];
        chosen[other] = chosen[j];
        chosen[j] = at;
        fields[at] -= value;
    }
}

size_t hebb_rival_law_step(const hebb_rival_law *law, hebb_stream *stream, double *fields, uint32_t *chosen)
{
    const size_t n = law->n_neurons, d = law->n_errors;
    double common = law->mean, sum = 0.0;
    for (size_t i = 0; i < n; i++) chosen[i] = (uint32_t)i;
    for (size_t i = 0; i < n; i++) {
        fields[i] = law->deviation > 0.0 ? law->deviation * hebb_stream_gaussian(stream) : 0.0;
        sum += fields[i];
    }
    common += law->common * sum / (double)n;
    for (size_t k = 0; k < law->n_near; k++) {
        const double weight = exp(-2.0 * ((double)k - (double)d));
        for (long left = poisson(stream, law->mean_number[k]); left > 0; left--) {
            common += weight;
            take_off(stream, n, k, (1.0 + E2) * weight, fields, chosen);
        }
    }
    /* The first d neurons are the wrong ones; one without a field stays. */
    size_t n_right = 0;
    for (size_t i = 0; i < n; i++) n_right += i < d ? fields[i] + common - E2 < 0.0 : fields[i] + common + 1.0 >= 0.0;
    return n_right;
}
