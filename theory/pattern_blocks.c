#include "pattern_blocks.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <gsl/gsl_sf_gamma.h>

#include "one_spin.h"
#include "pattern_sum.h"
#include "small_matrix.h"

/* Fields at T = 0 are fractions with small denominators, or zero and rounding. */
#define ZERO_FIELD 1e-9

/* The sign of the first y that is not zero; 0 where all are. */
static int orientation(const double *y, int n)
{
    for (int j = 0; j < n; j++)
        if (y[j] != 0.0) return y[j] > 0.0 ? 1 : -1;
    return 0;
}

void hebb_blocks_init(hebb_blocks *blocks, int n_patterns, unsigned steps)
{
    *blocks = (hebb_blocks){.n_patterns = n_patterns, .steps = steps};
    int run = 0;
    for (int j = 0; j < n_patterns; j++) {
        run++;
        if ((steps >> j & 1) == 0) continue;
        blocks->size[blocks->n_blocks++] = run;
        run = 0;
    }
    blocks->n_zero = run;
    double law[HEBB_MAX_MIXED][HEBB_MAX_MIXED + 1];
    for (int j = 0; j < blocks->n_blocks; j++) hebb_pattern_sum_law(blocks->size[j], law[j]);

    int down[HEBB_MAX_MIXED + 1] = {0}; /* how many signs of each block are -1, counted through like digits */
    do {
        double *y = blocks->y[blocks->n_terms];
        double weight = 1.0;
        for (int j = 0; j < blocks->n_blocks; j++) {
            y[j] = blocks->size[j] - 2 * down[j];
            weight *= law[j][down[j]];
        }
        const int sign = orientation(y, blocks->n_blocks);
        if (sign >= 0) blocks->weight[blocks->n_terms++] = sign > 0 ? 2.0 * weight : weight;
        int j = 0;
        while (j < blocks->n_blocks && ++down[j] > blocks->size[j]) down[j++] = 0;
        if (j == blocks->n_blocks) break;
    } while (blocks->n_terms < HEBB_MAX_SIGNS);
}

double hebb_blocks_multiplicity(const hebb_blocks *blocks)
{
    int left = blocks->n_patterns;
    double count = ldexp(1.0, blocks->n_patterns - blocks->n_zero);
    for (int j = 0; j < blocks->n_blocks; j++) {
        count *= gsl_sf_choose((unsigned)left, (unsigned)blocks->size[j]);
        left -= blocks->size[j];
    }
    return count;
}

static double field(const hebb_blocks *blocks, int term, const double *a)
{
    double h = 0.0;
    for (int j = 0; j < blocks->n_blocks; j++) h += a[j] * blocks->y[term][j];
    return h;
}

/* The argument of tanh; see hebb_blocks_hessian for v. */
static double argument(const hebb_blocks *blocks, int term, double T, const double *a, const double *v)
{
    const double h = field(blocks, term, a);
    if (v != NULL && fabs(h) < ZERO_FIELD) return field(blocks, term, v);
    return h / T;
}

/*
 * F and its derivatives.  <y_j x> is b_j a_j/T, so that F is also <y_j (x - tanh x)> - b_j a_j (1-T)/T: this form keeps
 * its digits near T = 1, where the a_j are small, the other one where T is small.
 */
static void evaluate(const hebb_blocks *blocks, double T, const double *a, const double *v, double *F,
                     double H[HEBB_MAX_MIXED][HEBB_MAX_MIXED])
{
    const int k = blocks->n_blocks;
    const bool warm = T > 0.5;
    const double diagonal = warm ? (T - 1.0) / T : 1.0;
    for (int i = 0; i < k; i++) {
        F[i] = diagonal * blocks->size[i] * a[i];
        for (int j = 0; j < k; j++) H[i][j] = i == j ? diagonal * blocks->size[i] : 0.0;
    }
    for (int term = 0; term < blocks->n_terms; term++) {
        const double *y = blocks->y[term];
        const double w = blocks->weight[term];
        const double x = argument(blocks, term, T, a, v);
        const double rest = warm ? hebb_one_spin_x_minus_tanh(x) : -tanh(x);
        const double slope = warm ? (x - rest) * (x - rest) / T : -hebb_one_spin_sech2(x) / T;
        for (int i = 0; i < k; i++) {
            F[i] += w * y[i] * rest;
            for (int j = 0; j <= i; j++) H[i][j] += w * y[i] * y[j] * slope;
        }
    }
    for (int i = 0; i < k; i++)
        for (int j = 0; j < i; j++) H[j][i] = H[i][j];
}

hebb_status hebb_blocks_newton(const hebb_blocks *blocks, double T, double *a, double max_move, int max_steps)
{
    double previous = INFINITY;
    for (int step = 0; step < max_steps; step++) {
        double F[HEBB_MAX_MIXED];
        double H[HEBB_MAX_MIXED][HEBB_MAX_MIXED];
        evaluate(blocks, T, a, NULL, F, H);
        const hebb_status status = hebb_small_solve((size_t)blocks->n_blocks, HEBB_MAX_MIXED, H[0], F);
        if (status != HEBB_OK) return status;
        double largest = 0.0;
        double size = 0.0;
        for (int j = 0; j < blocks->n_blocks; j++) {
            largest = fmax(largest, fabs(F[j]));
            size = fmax(size, fabs(a[j]));
        }
        if (!(largest < 1e300)) return HEBB_ENOCONV;
        const double cut = largest > max_move ? max_move / largest : 1.0;
        for (int j = 0; j < blocks->n_blocks; j++) a[j] -= cut * F[j];
        if (largest <= DBL_EPSILON * size || (largest < 1e-9 * size && largest > 0.5 * previous)) return HEBB_OK;
        previous = largest;
    }
    return HEBB_ENOCONV;
}

hebb_status hebb_blocks_tangent(const hebb_blocks *blocks, double T, const double *a, double *slope)
{
    double F[HEBB_MAX_MIXED];
    double H[HEBB_MAX_MIXED][HEBB_MAX_MIXED];
    evaluate(blocks, T, a, NULL, F, H);
    for (int j = 0; j < blocks->n_blocks; j++) slope[j] = 0.0;
    for (int term = 0; term < blocks->n_terms; term++) {
        const double x = field(blocks, term, a) / T;
        const double w = x != 0.0 ? blocks->weight[term] * x * hebb_one_spin_sech2(x) / T : 0.0;
        for (int j = 0; j < blocks->n_blocks; j++) slope[j] -= w * blocks->y[term][j];
    }
    return hebb_small_solve((size_t)blocks->n_blocks, HEBB_MAX_MIXED, H[0], slope);
}

double hebb_blocks_free_energy(const hebb_blocks *blocks, double T, const double *a, const double *v)
{
    double m[HEBB_MAX_MIXED];
    double f = 0.0;
    for (int j = 0; j < blocks->n_blocks; j++) {
        m[j] = a[j] + (v != NULL ? T * v[j] : 0.0);
        f += 0.5 * blocks->size[j] * m[j] * m[j];
    }
    for (int term = 0; term < blocks->n_terms; term++) {
        const double x = argument(blocks, term, T, a, v);
        const double h = v != NULL && fabs(field(blocks, term, a)) < ZERO_FIELD ? T * x : field(blocks, term, m);
        f -= blocks->weight[term] * (fabs(h) + T * hebb_one_spin_log_2cosh_excess(x));
    }
    return f;
}

/* The parts that need no diagonalisation: sech^2 averaged with the weight of a pair in a block, and alone. */
static void side_eigenvalues(const hebb_blocks *blocks, double T, const double *a, const double *v,
                             hebb_blocks_spectrum *spectrum)
{
    const bool warm = T > 0.5;
    const double base = warm ? (T - 1.0) / T : 1.0;
    for (int j = 0; j < blocks->n_blocks; j++) spectrum->split[j] = blocks->size[j] > 1 ? base : INFINITY;
    spectrum->zero = blocks->n_zero > 0 ? base : INFINITY;
    for (int term = 0; term < blocks->n_terms; term++) {
        const double x = argument(blocks, term, T, a, v);
        const double t = tanh(x);
        const double w = blocks->weight[term] * (warm ? t * t : -hebb_one_spin_sech2(x)) / T;
        spectrum->zero += w;
        for (int j = 0; j < blocks->n_blocks; j++) {
            const double b = blocks->size[j];
            if (b > 1.0) spectrum->split[j] += w * (b * b - blocks->y[term][j] * blocks->y[term][j]) / (b * (b - 1.0));
        }
    }
}

hebb_status hebb_blocks_hessian(const hebb_blocks *blocks, double T, const double *a, const double *v,
                                hebb_blocks_spectrum *spectrum)
{
    const int k = blocks->n_blocks;
    double F[HEBB_MAX_MIXED];
    double H[HEBB_MAX_MIXED][HEBB_MAX_MIXED];
    *spectrum = (hebb_blocks_spectrum){0};
    evaluate(blocks, T, a, v, F, H);
    for (int i = 0; i < k; i++)
        for (int j = 0; j < k; j++) H[i][j] /= sqrt((double)blocks->size[i] * blocks->size[j]);
    const hebb_status status =
        hebb_small_eigen((size_t)k, HEBB_MAX_MIXED, H[0], spectrum->values, spectrum->vectors[0]);
    if (status != HEBB_OK) return status;
    for (int i = 0; i < k; i++)
        for (int j = 0; j < k; j++) spectrum->vectors[i][j] /= sqrt((double)blocks->size[j]);
    side_eigenvalues(blocks, T, a, v, spectrum);
    spectrum->min = spectrum->zero;
    spectrum->index = spectrum->zero < 0.0 ? blocks->n_zero : 0;
    for (int j = 0; j < k; j++) {
        spectrum->min = fmin(spectrum->min, fmin(spectrum->values[j], spectrum->split[j]));
        spectrum->index += (spectrum->values[j] < 0.0) + (spectrum->split[j] < 0.0 ? blocks->size[j] - 1 : 0);
    }
    return HEBB_OK;
}
