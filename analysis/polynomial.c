#include "polynomial.h"

#include <math.h>
#include <stdbool.h>

enum { MAX_TERMS = HEBB_MAX_DEGREE + 1, MAX_STEPS = 100 };

static void powers(const hebb_polynomial *fit, double x, double *power)
{
    power[0] = 1.0;
    for (int k = 1; k <= fit->degree; k++) power[k] = power[k - 1] * (x - fit->centre) / fit->scale;
}

/* Inverse of a symmetric positive matrix in place, by Gauss and Jordan.  False: it is singular. */
static bool invert(int n, double a[MAX_TERMS][MAX_TERMS])
{
    for (int k = 0; k < n; k++) {
        const double pivot = a[k][k];
        if (!(pivot > 1e-12)) return false; /* the diagonal begins at 1 */
        a[k][k] = 1.0;
        for (int j = 0; j < n; j++) a[k][j] /= pivot;
        for (int i = 0; i < n; i++) {
            if (i == k) continue;
            const double factor = a[i][k];
            a[i][k] = 0.0;
            for (int j = 0; j < n; j++) a[i][j] -= factor * a[k][j];
        }
    }
    return true;
}

/* The middle of the x and the largest distance from it. */
static bool find_scale(size_t n, const double *x, const double *error, hebb_polynomial *fit)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t k = 0; k < n; k++) {
        if (!(error[k] > 0.0)) return false;
        low = fmin(low, x[k]);
        high = fmax(high, x[k]);
    }
    fit->centre = 0.5 * (low + high);
    fit->scale = high > low ? 0.5 * (high - low) : 1.0;
    return true;
}

hebb_status hebb_polynomial_fit(size_t n, const double *x, const double *y, const double *error, int degree,
                                hebb_polynomial *fit)
{
    *fit = (hebb_polynomial){.degree = degree};
    if (degree < 0 || degree > HEBB_MAX_DEGREE || n < (size_t)degree + 1 || !find_scale(n, x, error, fit))
        return HEBB_ENOSOLUTION;
    const int n_terms = degree + 1;
    double moment[MAX_TERMS][MAX_TERMS] = {{0.0}}, right[MAX_TERMS] = {0.0}, power[MAX_TERMS], size[MAX_TERMS];
    for (size_t k = 0; k < n; k++) {
        const double weight = 1.0 / (error[k] * error[k]);
        powers(fit, x[k], power);
        for (int a = 0; a < n_terms; a++) {
            right[a] += weight * power[a] * y[k];
            for (int b = 0; b < n_terms; b++) moment[a][b] += weight * power[a] * power[b];
        }
    }
    for (int a = 0; a < n_terms; a++) size[a] = sqrt(moment[a][a]); /* a diagonal of 1: errors may be of any size */
    for (int a = 0; a < n_terms; a++)
        for (int b = 0; b < n_terms; b++) moment[a][b] /= size[a] * size[b];
    if (!(size[degree] > 0.0) || !invert(n_terms, moment)) return HEBB_ENOSOLUTION;
    for (int a = 0; a < n_terms; a++)
        for (int b = 0; b < n_terms; b++) {
            fit->covariance[a][b] = moment[a][b] / (size[a] * size[b]);
            fit->coefficient[a] += fit->covariance[a][b] * right[b];
        }
    for (size_t k = 0; k < n; k++) {
        const double off = (y[k] - hebb_polynomial_at(fit, x[k], NULL, NULL)) / error[k];
        fit->chi_squared += off * off;
    }
    const double freedom = (double)n - (double)n_terms;
    const double inflation = freedom > 0.0 ? fmax(1.0, fit->chi_squared / freedom) : 1.0;
    for (int a = 0; a < n_terms; a++)
        for (int b = 0; b < n_terms; b++) fit->covariance[a][b] *= inflation;
    return HEBB_OK;
}

double hebb_polynomial_at(const hebb_polynomial *fit, double x, double *slope, double *error)
{
    double power[MAX_TERMS], value = 0.0, derivative = 0.0, variance = 0.0;
    powers(fit, x, power);
    for (int a = 0; a <= fit->degree; a++) {
        value += fit->coefficient[a] * power[a];
        if (a > 0) derivative += a * fit->coefficient[a] * power[a - 1] / fit->scale;
        for (int b = 0; b <= fit->degree; b++) variance += fit->covariance[a][b] * power[a] * power[b];
    }
    if (slope != NULL) *slope = derivative;
    if (error != NULL) *error = sqrt(fmax(variance, 0.0));
    return value;
}

double hebb_polynomial_slope_error(const hebb_polynomial *fit, double x)
{
    double power[MAX_TERMS], slope[MAX_TERMS] = {0.0}, variance = 0.0;
    powers(fit, x, power);
    for (int a = 1; a <= fit->degree; a++) slope[a] = a * power[a - 1] / fit->scale;
    for (int a = 1; a <= fit->degree; a++)
        for (int b = 1; b <= fit->degree; b++) variance += fit->covariance[a][b] * slope[a] * slope[b];
    return sqrt(fmax(variance, 0.0));
}

hebb_status hebb_polynomial_zero(const hebb_polynomial *fit, double x, double *zero, double *error)
{
    double at = x;
    for (int k = 0; k < MAX_STEPS; k++) {
        double slope, uncertainty;
        const double value = hebb_polynomial_at(fit, at, &slope, &uncertainty), step = value / slope;
        if (!isfinite(step)) return HEBB_ENOSOLUTION;
        at -= step;
        if (fabs(step) > 1e-12 * fit->scale) continue;
        *zero = at;
        *error = uncertainty / fabs(slope);
        return HEBB_OK;
    }
    return HEBB_ENOSOLUTION;
}
