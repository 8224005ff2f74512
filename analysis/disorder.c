#include "disorder.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>

hebb_disorder hebb_disorder_average(size_t n, const double *x, const double *errors)
{
    const hebb_estimate total = hebb_estimate_mean(n, x);
    double squares = 0.0;
    for (size_t r = 0; errors != NULL && r < n; r++)
        if (!isnan(x[r])) squares += errors[r] * errors[r];
    const double thermal = errors != NULL && total.n > 0 ? sqrt(squares) / (double)total.n : NAN;
    const double rest = total.error * total.error - thermal * thermal;
    return (hebb_disorder){total.n, total.value, total.error, thermal, rest < 0.0 ? 0.0 : sqrt(rest)};
}

/* The value below which that share of the sorted ones lies, straight between two of them. */
static double quantile(size_t n, const double *sorted, double share)
{
    const double place = fmin(fmax(share * (double)(n + 1) - 1.0, 0.0), (double)(n - 1));
    const size_t below = (size_t)place, above = below + 1 < n ? below + 1 : below;
    return sorted[below] + (place - (double)below) * (sorted[above] - sorted[below]);
}

void hebb_disorder_interval(size_t n, size_t n_resamples, double level, hebb_philox generator,
                            double (*statistic)(void *context, size_t n, const uint32_t *indices), void *context,
                            uint32_t *indices, double *values, double *low, double *high)
{
    size_t n_defined = 0;
    *low = *high = NAN;
    for (size_t b = 0; n >= 2 && b < n_resamples; b++) {
        const double x = hebb_bootstrap_resample(n, (uint32_t)b, generator, statistic, context, indices);
        if (!isnan(x)) values[n_defined++] = x;
    }
    if (n_defined < 2) return;
    const double free_ones = (double)n - 1.0;
    const double reach = gsl_cdf_tdist_Qinv(0.5 * (1.0 - level), free_ones) * sqrt((double)n / free_ones);
    const double outside = gsl_cdf_ugaussian_Q(reach);
    gsl_sort(values, 1, n_defined);
    *low = quantile(n_defined, values, outside);
    *high = quantile(n_defined, values, 1.0 - outside);
}
