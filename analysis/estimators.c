#include "estimators.h"

#include <math.h>

/* A sum with its rounding errors carried along (Neumaier): 20000 shares of 0.01 add up to 200, not 199.99999999999. */
typedef struct {
    double sum, lost;
} precise_sum;

static void add(precise_sum *total, double x)
{
    const double sum = total->sum + x;
    total->lost += fabs(total->sum) >= fabs(x) ? (total->sum - sum) + x : (x - sum) + total->sum;
    total->sum = sum;
}

hebb_estimate hebb_estimate_mean(size_t n, const double *x)
{
    hebb_estimate estimate = {NAN, NAN, 0};
    precise_sum sum = {0.0, 0.0}, squares = {0.0, 0.0};
    for (size_t k = 0; k < n; k++)
        if (!isnan(x[k])) {
            add(&sum, x[k]);
            estimate.n++;
        }
    if (estimate.n == 0) return estimate;
    const double count = (double)estimate.n;
    estimate.value = (sum.sum + sum.lost) / count;
    if (estimate.n == 1) return estimate;
    for (size_t k = 0; k < n; k++)
        if (!isnan(x[k])) add(&squares, (x[k] - estimate.value) * (x[k] - estimate.value));
    estimate.error = sqrt((squares.sum + squares.lost) / (count * (count - 1.0)));
    return estimate;
}

hebb_estimate hebb_estimate_share(size_t n_hits, size_t n)
{
    const double k = (double)n_hits, total = (double)n;
    const double error = sqrt((k + 1.0) * (total - k + 1.0) / (total + 3.0)) / (total + 2.0);
    return (hebb_estimate){n > 0 ? k / total : NAN, error, n};
}

double hebb_bootstrap_resample(size_t n, uint32_t b, hebb_philox generator,
                               double (*statistic)(void *context, size_t n, const uint32_t *indices), void *context,
                               uint32_t *indices)
{
    hebb_stream stream;
    hebb_stream_init(&stream, generator, b, 0);
    for (size_t k = 0; k < n; k++) indices[k] = hebb_stream_below(&stream, (uint32_t)n);
    return statistic(context, n, indices);
}

void hebb_bootstrap_error(size_t n, size_t n_resamples, hebb_philox generator,
                          double (*statistic)(void *context, size_t n, const uint32_t *indices), void *context,
                          uint32_t *indices, double *error)
{
    size_t n_defined = 0;
    double mean = 0.0, squares = 0.0;
    for (size_t b = 0; b < n_resamples; b++) {
        const double x = hebb_bootstrap_resample(n, (uint32_t)b, generator, statistic, context, indices);
        if (isnan(x)) continue;
        n_defined++; /* mean and sum of squares brought up to date, Welford's way */
        const double change = x - mean;
        mean += change / (double)n_defined;
        squares += change * (x - mean);
    }
    *error = n_defined >= 2 && 10 * n_defined >= 9 * n_resamples ? sqrt(squares / (double)(n_defined - 1)) : NAN;
}
