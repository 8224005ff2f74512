#include "weights.h"

#include <math.h>
#include <stdlib.h>

hebb_status hebb_histogram_init(hebb_histogram *histogram, size_t n_bins, size_t n, const double *values)
{
    *histogram = (hebb_histogram){.n_bins = n_bins, .n = n};
    if (n == 0) return HEBB_OK;
    histogram->low = histogram->high = values[0];
    for (size_t k = 1; k < n; k++) {
        histogram->low = fmin(histogram->low, values[k]);
        histogram->high = fmax(histogram->high, values[k]);
    }
    const double width = (histogram->high - histogram->low) / (double)n_bins;
    if (!(width > 0.0)) histogram->n_bins = 1;
    histogram->counts = calloc(histogram->n_bins, sizeof *histogram->counts);
    if (histogram->counts == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for a histogram of %zu bins", n_bins);
    for (size_t k = 0; k < n; k++) {
        const double at = width > 0.0 ? (values[k] - histogram->low) / width : 0.0;
        histogram->counts[at < (double)histogram->n_bins ? (size_t)at : histogram->n_bins - 1]++;
    }
    return HEBB_OK;
}

void hebb_histogram_free(hebb_histogram *histogram)
{
    free(histogram->counts);
    *histogram = (hebb_histogram){0};
}

double hebb_histogram_end(const hebb_histogram *histogram, size_t b)
{
    if (b == histogram->n_bins) return histogram->high;
    return histogram->low + (histogram->high - histogram->low) * (double)b / (double)histogram->n_bins;
}

size_t hebb_weight_distances_count(const hebb_rbm *rbm)
{
    return rbm->n_hidden * (rbm->n_hidden - 1) / 2;
}

/* Sums run in four lanes that are added in a fixed order. */
static double distance(size_t n, const double *x, const double *y)
{
    double sum[4] = {0.0};
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (size_t k = 0; k < 4; k++) sum[k] += (x[i + k] - y[i + k]) * (x[i + k] - y[i + k]);
    for (; i < n; i++) sum[i % 4] += (x[i] - y[i]) * (x[i] - y[i]);
    return sqrt((sum[0] + sum[2]) + (sum[1] + sum[3]));
}

hebb_status hebb_weight_distances(const hebb_rbm *rbm, double *distances)
{
    const size_t nv = rbm->n_visible, nh = rbm->n_hidden;
    double *columns = malloc(nv * nh * sizeof *columns);
    if (columns == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu x %zu weights", nv, nh);
    for (size_t i = 0; i < nv; i++)
        for (size_t j = 0; j < nh; j++) columns[j * nv + i] = rbm->weights[i * nh + j];
    size_t n = 0;
    for (size_t j = 0; j < nh; j++)
        for (size_t k = j + 1; k < nh; k++) distances[n++] = distance(nv, columns + j * nv, columns + k * nv);
    free(columns);
    return HEBB_OK;
}
