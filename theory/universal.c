#include "universal.h"

#include <math.h>

static const double LARGEST_WEIGHT = 1000.0, SMALLEST_WEIGHT = 1e-3;
enum { N_HALVINGS = 50 }; /* of the range of weights: 1e-12 */

static hebb_status check(const hebb_universal_problem *problem)
{
    const size_t n = problem->n_visible, k = problem->n_support;
    if (n == 0 || n > HEBB_UNIVERSAL_MAX_VISIBLE || k == 0 || k > (size_t)1 << n) return HEBB_EDOM;
    for (size_t i = 0; i < k; i++)
        if (!(problem->probability[i] > 0.0) || problem->vectors[i] >> n != 0) return HEBB_EDOM;
    return HEBB_OK;
}

/* p_i S x^d, d >= 1: never formed from S, which may be large. */
static double share(double p, double y, double weight, int distance)
{
    return p * y * exp(-weight * (distance - 1));
}

static int distance(uint32_t a, uint32_t b)
{
    return __builtin_popcount(a ^ b);
}

/*
 * ln u(s_j)/(p_j S) = ln(1 + 1/(p_j S)) + sum_{i != j} ln(1 + p_i S x^d_ij), and sum_{i != j} x^d_ij by the way: how
 * much of the others' Hamming clouds of this one's lies on the support.
 */
static double log_excess(const hebb_universal_problem *problem, size_t j, double weight, double y, double *on_support)
{
    double sum = log1p(y * ldexp(1.0, -(int)problem->n_visible) / problem->probability[j]);
    *on_support = 0.0;
    for (size_t i = 0; i < problem->n_support; i++) {
        if (i == j) continue;
        const int d = distance(problem->vectors[i], problem->vectors[j]);
        sum += log1p(share(problem->probability[i], y, weight, d));
        *on_support += exp(-weight * d);
    }
    return sum;
}

hebb_status hebb_universal_bounds_at(const hebb_universal_problem *problem, double weight,
                                     hebb_universal_bounds *bounds)
{
    const hebb_status status = check(problem);
    if (status != HEBB_OK || !(weight > 0.0) || weight > LARGEST_WEIGHT) return HEBB_EDOM;
    const double n = (double)problem->n_visible, n_states = ldexp(1.0, (int)problem->n_visible);
    const double y = exp(0.5 * (n * M_LN2 - weight));
    const double cloud = expm1(n * log1p(exp(-weight))); /* (1 + x)^n - 1 */
    double excess = 0.0, mean_log = 0.0, spill = 0.0;
    for (size_t j = 0; j < problem->n_support; j++) {
        double on_support;
        const double p = problem->probability[j], log_factor = log_excess(problem, j, weight, y, &on_support);
        excess += p * expm1(log_factor);
        mean_log += p * log_factor;
        spill += p * (cloud - on_support);
    }
    const double empty = (1.0 - (double)problem->n_support / n_states) * y, inside = 1.0 + excess;
    if (!(spill > 0.0) || empty <= 0.0) spill = 0.0; /* a full support, but for rounding */
    const double shape = log1p(excess) - mean_log;   /* of the machine's law on the support against p */
    const double least = (empty + spill) / inside, most = (empty + spill * expm1(y) / y) / inside;
    *bounds = (hebb_universal_bounds){.small = y,
                                      .law = empty,
                                      .low = log1p(least) + shape,
                                      .high = log1p(most) + shape,
                                      .outside_low = least / (1.0 + least),
                                      .outside_high = isinf(most) ? 1.0 : most / (1.0 + most)};
    return HEBB_OK;
}

hebb_status hebb_universal_weight(const hebb_universal_problem *problem, double kl, double *weight)
{
    hebb_universal_bounds bounds;
    if (!(kl > 0.0)) return HEBB_EDOM;
    double low = SMALLEST_WEIGHT, high = (double)problem->n_visible + 1.0;
    for (;; high *= 2.0) {
        if (high > LARGEST_WEIGHT) return HEBB_ENOSOLUTION;
        const hebb_status status = hebb_universal_bounds_at(problem, high, &bounds);
        if (status != HEBB_OK) return status;
        if (bounds.high <= kl) break;
        low = high;
    }
    for (int k = 0; k < N_HALVINGS; k++) {
        const double middle = 0.5 * (low + high);
        const hebb_status status = hebb_universal_bounds_at(problem, middle, &bounds);
        if (status != HEBB_OK) return status;
        *(bounds.high <= kl ? &high : &low) = middle;
    }
    *weight = high;
    return HEBB_OK;
}
