#include "spectrum.h"

#include <math.h>

#include "lapack.h"
#include "marchenko_pastur.h"

size_t hebb_spectrum_n_modes(const hebb_rbm *rbm)
{
    return rbm->n_visible < rbm->n_hidden ? rbm->n_visible : rbm->n_hidden;
}

hebb_status hebb_spectrum_values(const hebb_rbm *rbm, double *values)
{
    return hebb_lapack_svd(rbm->n_visible, rbm->n_hidden, rbm->weights, values, NULL, NULL);
}

/* s = low + (high - low)(1 - cos t)/2 makes the roots at the edges smooth; the sum is that of trapezia in t. */
double hebb_spectrum_median(size_t n_visible, size_t n_hidden)
{
    enum { STEPS = 2000 };
    const double low = hebb_marchenko_pastur_lower_edge(n_visible, n_hidden, 1.0);
    const double high = hebb_marchenko_pastur_edge(n_visible, n_hidden, 1.0);
    double sum = 0.0, before = 0.0, s_before = low;
    for (int k = 1; k <= STEPS; k++) {
        const double t = M_PI * k / STEPS, s = low + (high - low) * (1.0 - cos(t)) / 2.0;
        const double now = hebb_marchenko_pastur_density(n_visible, n_hidden, 1.0, s) * (high - low) * sin(t) / 2.0;
        const double next = sum + (before + now) / 2.0 * M_PI / STEPS;
        if (next >= 0.5) return s_before + (s - s_before) * (0.5 - sum) / (next - sum);
        sum = next;
        before = now;
        s_before = s;
    }
    return high; /* not reached: the integral is 1 */
}

double hebb_spectrum_bulk_width(size_t n, const double *values, double unit)
{
    return (values[(n - 1) / 2] + values[n / 2]) / 2.0 / unit;
}

double hebb_spectrum_entry_width(const hebb_rbm *rbm)
{
    const size_t n = rbm->n_visible * rbm->n_hidden;
    double sum = 0.0;
    for (size_t k = 0; k < n; k++) sum += rbm->weights[k] * rbm->weights[k];
    return sqrt(sum / (double)n);
}

double hebb_spectrum_limit(size_t n_visible, size_t n_hidden, double sigma)
{
    const double more = (double)(n_visible > n_hidden ? n_visible : n_hidden);
    const double fewer = (double)(n_visible > n_hidden ? n_hidden : n_visible);
    if (more < 2.0) return sigma * (1.0 + HEBB_SPECTRUM_MARGIN); /* one number: its own width */
    const double root = sqrt(more - 1.0) + sqrt(fewer);
    const double scale = root * cbrt(1.0 / sqrt(more - 1.0) + 1.0 / sqrt(fewer));
    return sigma * sqrt(root * root + HEBB_SPECTRUM_MARGIN * scale);
}
