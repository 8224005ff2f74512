#include "real_patterns.h"

#include <math.h>

static double product(size_t n, const double *x, const double *y)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

/* x <- x less its part along each of the rows before, twice: the second time takes what rounding left. */
static void turn_across(size_t n, size_t n_rows, const double *rows, double *x)
{
    for (int time = 0; time < 2; time++)
        for (size_t mu = 0; mu < n_rows; mu++) {
            const double share = product(n, x, rows + mu * n) / (double)n;
            for (size_t i = 0; i < n; i++) x[i] -= share * rows[mu * n + i];
        }
}

static void normalise(size_t n, double *x)
{
    const double factor = sqrt((double)n / product(n, x, x));
    for (size_t i = 0; i < n; i++) x[i] *= factor;
}

hebb_status hebb_real_patterns_draw(hebb_ensemble_law law, size_t n_neurons, size_t n_patterns, hebb_philox generator,
                                    double *patterns)
{
    const size_t n = n_neurons;
    if (law == HEBB_ENSEMBLE_ORTHOGONAL && n_patterns > n)
        return hebb_fail(HEBB_EDOM, "%zu orthogonal patterns of %zu numbers", n_patterns, n);
    for (size_t mu = 0; mu < n_patterns; mu++) {
        hebb_stream stream;
        double *x = patterns + mu * n;
        hebb_stream_init(&stream, generator, 0, (uint32_t)mu);
        for (size_t i = 0; i < n; i++)
            x[i] = law == HEBB_ENSEMBLE_BINARY ? (hebb_stream_u32(&stream) >> 31 ? 1.0 : -1.0)
                                               : hebb_stream_gaussian(&stream);
        if (law == HEBB_ENSEMBLE_ORTHOGONAL) turn_across(n, mu, patterns, x);
        if (law == HEBB_ENSEMBLE_ORTHOGONAL || law == HEBB_ENSEMBLE_SPHERICAL) normalise(n, x);
    }
    return HEBB_OK;
}
