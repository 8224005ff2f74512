#include "jackknife.h"

#include <math.h>
#include <stdlib.h>

/* Means of all blocks, about those of the first: no digits are lost where blocks hardly differ. */
static void find_means(size_t n_blocks, size_t n_means, const double *blocks, double *means)
{
    for (size_t j = 0; j < n_means; j++) {
        double sum = 0.0;
        for (size_t k = 1; k < n_blocks; k++) sum += blocks[k * n_means + j] - blocks[j];
        means[j] = blocks[j] + sum / (double)n_blocks;
    }
}

hebb_status hebb_jackknife(size_t n_blocks, size_t n_means, const double *blocks,
                           double (*function)(const void *context, const double *means), const void *context,
                           hebb_estimate *estimate)
{
    *estimate = (hebb_estimate){NAN, NAN, n_blocks};
    if (n_blocks == 0) return HEBB_OK;
    double *means = calloc(2 * n_means, sizeof *means);
    if (means == NULL) return HEBB_ENOMEM;
    double *others = means + n_means;
    const double count = (double)n_blocks;
    double theta_mean = 0.0, squares = 0.0; /* brought up to date, Welford's way */
    find_means(n_blocks, n_means, blocks, means);
    estimate->value = function(context, means);
    for (size_t k = 0; n_blocks > 1 && k < n_blocks; k++) {
        for (size_t j = 0; j < n_means; j++)
            others[j] = means[j] + (means[j] - blocks[k * n_means + j]) / (count - 1.0);
        const double theta = function(context, others), change = theta - theta_mean;
        theta_mean += change / (double)(k + 1);
        squares += change * (theta - theta_mean);
    }
    if (n_blocks > 1) {
        estimate->value += (count - 1.0) * (estimate->value - theta_mean);
        estimate->error = isnan(estimate->value) ? NAN : sqrt((count - 1.0) / count * squares);
    }
    free(means);
    return HEBB_OK;
}

double hebb_jackknife_ratio(const void *context, const double *means)
{
    (void)context;
    return means[0] / means[1];
}

double hebb_jackknife_variance(const void *context, const double *means)
{
    (void)context;
    return means[1] - means[0] * means[0];
}

double hebb_jackknife_binder(const void *context, const double *means)
{
    (void)context;
    return 1.0 - means[1] / (3.0 * means[0] * means[0]);
}

double hebb_jackknife_susceptibility(const void *context, const double *means)
{
    const double *n_over_temperature = context;
    return *n_over_temperature * hebb_jackknife_variance(NULL, means);
}

void hebb_bin_means(size_t n, const double *x, size_t n_bins, double *means)
{
    const size_t length = n / n_bins;
    for (size_t b = 0; b < n_bins; b++) {
        double sum = 0.0;
        for (size_t k = 0; k < length; k++) sum += x[b * length + k];
        means[b] = sum / (double)length;
    }
}
