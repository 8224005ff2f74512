#include "finite_size.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "polynomial.h"

enum { MAX_ITERATIONS = 200 };

/* z = intercept + slope (x - centre): linear in the parameters, and centred, so that scoring is well conditioned */
typedef struct {
    double centre, intercept, slope;
} probit;

/* Score and Fisher information of the counts at one probit. */
typedef struct {
    double score[2];
    double information[2][2];
} likelihood;

static likelihood likelihood_at(const probit *line, size_t n, const hebb_loss_count *counts)
{
    likelihood at = {0};
    for (size_t k = 0; k < n; k++) {
        const double x[2] = {1.0, counts[k].x - line->centre};
        const double z = line->intercept + line->slope * x[1];
        const double density = gsl_ran_ugaussian_pdf(z);
        const double lost = gsl_cdf_ugaussian_P(z), kept = gsl_cdf_ugaussian_Q(z);
        if (!(density > 0.0) || !(lost > 0.0) || !(kept > 0.0)) continue; /* so far out that it says nothing */
        const double n_lost = (double)counts[k].n_lost, n_kept = (double)(counts[k].n_runs - counts[k].n_lost);
        const double score = density * (n_lost / lost - n_kept / kept);
        const double weight = (double)counts[k].n_runs * density * density / (lost * kept);
        for (int a = 0; a < 2; a++) {
            at.score[a] += score * x[a];
            for (int b = 0; b < 2; b++) at.information[a][b] += weight * x[a] * x[b];
        }
    }
    return at;
}

/* A start: the count-weighted middle of the x at which some runs but not all are lost.  False: too few of them. */
static bool start(size_t n, const hebb_loss_count *counts, probit *line)
{
    size_t n_partial = 0;
    double sum = 0.0, low = INFINITY, high = -INFINITY;
    for (size_t k = 0; k < n; k++) {
        if (counts[k].n_lost == 0 || counts[k].n_lost == counts[k].n_runs) continue;
        n_partial++;
        sum += counts[k].x;
        low = fmin(low, counts[k].x);
        high = fmax(high, counts[k].x);
    }
    if (n_partial < 2 || !(high > low)) return false;
    *line = (probit){sum / (double)n_partial, 0.0, 2.0 / (high - low)};
    return true;
}

hebb_status hebb_loss_curve_fit(size_t n, const hebb_loss_count *counts, hebb_loss_curve *curve)
{
    probit line;
    if (!start(n, counts, &line)) return HEBB_ENOSOLUTION;
    bool converged = false;
    const double slope_scale = line.slope;
    likelihood at = likelihood_at(&line, n, counts);
    for (int k = 0; k < MAX_ITERATIONS && !converged; k++) {
        const double(*f)[2] = at.information;
        const double determinant = f[0][0] * f[1][1] - f[0][1] * f[1][0];
        if (!(determinant > 0.0)) return HEBB_ENOCONV;
        double step[2] = {(f[1][1] * at.score[0] - f[0][1] * at.score[1]) / determinant,
                          (f[0][0] * at.score[1] - f[1][0] * at.score[0]) / determinant};
        const double longest = fmax(fabs(step[0]), fabs(step[1]) / slope_scale);
        const double damping = longest > 0.5 ? 0.5 / longest : 1.0; /* far from the top, scoring oversteps */
        line.intercept += damping * step[0];
        line.slope += damping * step[1];
        converged = longest < 1e-12;
        at = likelihood_at(&line, n, counts);
    }
    if (!converged) return HEBB_ENOCONV;
    if (!(line.slope > 0.0)) return HEBB_ENOSOLUTION;

    /* half = centre - intercept/slope, width = 1/slope: the information's inverse through their derivatives */
    const double(*f)[2] = at.information;
    const double determinant = f[0][0] * f[1][1] - f[0][1] * f[1][0];
    const double variance[2] = {f[1][1] / determinant, f[0][0] / determinant};
    const double covariance = -f[0][1] / determinant;
    const double half = -line.intercept / line.slope; /* from the centre */
    curve->half = line.centre + half;
    curve->half_error = sqrt(variance[0] + 2.0 * half * covariance + half * half * variance[1]) / line.slope;
    curve->width = 1.0 / line.slope;
    curve->width_error = sqrt(variance[1]) / (line.slope * line.slope);
    return HEBB_OK;
}

hebb_status hebb_extrapolate_in(size_t n, const double *n_neurons, const double *value, const double *error,
                                double exponent, int terms, hebb_extrapolation *extrapolation)
{
    if (n == 0) return HEBB_ENOSOLUTION;
    double *x = malloc(n * sizeof *x);
    if (x == NULL) return HEBB_ENOMEM;
    hebb_polynomial fit;
    for (size_t k = 0; k < n; k++) x[k] = pow(n_neurons[k], -exponent);
    const hebb_status status = hebb_polynomial_fit(n, x, value, error, terms, &fit);
    free(x);
    if (status != HEBB_OK) return status;
    extrapolation->limit = hebb_polynomial_at(&fit, 0.0, &extrapolation->shift, &extrapolation->limit_error);
    extrapolation->shift_error = hebb_polynomial_slope_error(&fit, 0.0);
    extrapolation->chi_squared = fit.chi_squared;
    return HEBB_OK;
}

hebb_status hebb_extrapolate(size_t n, const double *n_neurons, const double *value, const double *error,
                             hebb_extrapolation *extrapolation)
{
    return hebb_extrapolate_in(n, n_neurons, value, error, 0.5, 1, extrapolation);
}
