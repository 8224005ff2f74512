#include "completion.h"

#include <math.h>
#include <stdbool.h>

void hebb_completion_overlaps(size_t n_pixels, size_t n_patterns, const double *patterns, const double *state,
                              double *overlaps, double *norm)
{
    double most = 0.0;
    for (size_t nu = 0; nu < n_patterns; nu++) {
        double overlap = 0.0, square = 0.0;
        for (size_t i = 0; i < n_pixels; i++) {
            const double x = patterns[nu * n_pixels + i];
            overlap += x * state[i];
            square += x * x;
        }
        overlaps[nu] = overlap;
        most = fmax(most, square);
    }
    *norm = sqrt(most);
}

static bool is_valid(size_t n_patterns, size_t target, double beta)
{
    return n_patterns > 0 && target < n_patterns && beta > 0.0 && isfinite(beta);
}

/* sum_nu e^(beta (o_nu - o_target)) over the others, which may be infinite. */
static double sum_of_others(size_t n_patterns, const double *overlaps, size_t target, double beta)
{
    double sum = 0.0;
    for (size_t nu = 0; nu < n_patterns; nu++)
        if (nu != target) sum += exp(beta * (overlaps[nu] - overlaps[target]));
    return sum;
}

hebb_status hebb_completion_weigh(size_t n_patterns, const double *overlaps, double norm, size_t target, double beta,
                                  hebb_completion *law)
{
    if (!is_valid(n_patterns, target, beta)) return HEBB_EDOM;
    double rival = -INFINITY;
    for (size_t nu = 0; nu < n_patterns; nu++)
        if (nu != target) rival = fmax(rival, overlaps[nu]);
    law->weight = 1.0 / (1.0 + sum_of_others(n_patterns, overlaps, target, beta));
    law->separation = overlaps[target] - rival;
    law->bound = 2.0 * norm * fmin(1.0, ((double)n_patterns - 1.0) * exp(-beta * law->separation));
    return HEBB_OK;
}

hebb_status hebb_completion_error(size_t n_pixels, size_t n_patterns, const double *patterns, const double *overlaps,
                                  size_t target, double beta, double *weights, double *error)
{
    if (!is_valid(n_patterns, target, beta)) return HEBB_EDOM;
    double most = overlaps[0], sum = 0.0, square = 0.0;
    for (size_t nu = 0; nu < n_patterns; nu++) most = fmax(most, overlaps[nu]);
    for (size_t nu = 0; nu < n_patterns; nu++) sum += weights[nu] = exp(beta * (overlaps[nu] - most));
    for (size_t i = 0; i < n_pixels; i++) {
        double difference = 0.0;
        for (size_t nu = 0; nu < n_patterns; nu++)
            difference += weights[nu] / sum * (patterns[nu * n_pixels + i] - patterns[target * n_pixels + i]);
        square += difference * difference;
    }
    *error = sqrt(square);
    return HEBB_OK;
}
