#include "replica_symmetric.h"

#include <math.h>

#include <gsl/gsl_sf_log.h>

/*
 * Newton's iteration rather than a bracketing one: both functions solved here are convex or concave between the start
 * and the root, so that it comes down to the root from above, never past it, and ends where rounding stops it.  At
 * alpha_c the root is double and each step only halves the distance: hence the limit.
 */
#define MAX_STEPS 200

/* (2/sqrt(pi)) y exp(-y^2): m C in the retrieval solution. */
static double m_times_c(double y)
{
    return M_2_SQRTPI * y * exp(-y * y);
}

/* L(y) = erf(y) - (2/sqrt(pi)) y exp(-y^2) = m (1 - C); rises from 0 to 1, for y > 1 without bad cancellation. */
static double load_function(double y)
{
    return erf(y) - m_times_c(y);
}

static hebb_rs_state retrieval_state(double alpha, double y)
{
    const double m = erf(y);
    const double mc = m_times_c(y);
    const double l = load_function(y);
    const double r = (m / l) * (m / l);
    const double energy = 0.5 * (alpha * (1.0 - r) - m * m);
    return (hebb_rs_state){.alpha = alpha,
                           .temperature = 0.0,
                           .m = m,
                           .error = 0.5 * erfc(y),
                           .q = 1.0,
                           .r = r,
                           .c = mc / m,
                           .f = energy,
                           .e = energy,
                           /* ln(1-C) + C/(1-C) = w - ln(1+w) with w = C/(1-C) = mc/l */
                           .s = 0.5 * alpha * gsl_sf_log_1plusx_mx(mc / l) + 0.0, /* + 0.0: no -0 */
                           .at_margin = -INFINITY,
                           .eig_transverse = NAN};
}

hebb_status hebb_rs_branch_t0(double y, hebb_rs_state *state)
{
    if (!(y >= 1.0) || !(y <= 1e150)) return HEBB_EDOM;
    const double slope = load_function(y) / y;
    *state = retrieval_state(0.5 * slope * slope, y);
    return HEBB_OK;
}

/* d(alpha)/dy = 0: the difference is concave and falls between the root, 1.51, and its inflection, the golden ratio. */
static hebb_status solve_spinodal(double *y_c)
{
    double y = 0.5 * (1.0 + sqrt(5.0));
    for (int step = 0; step < MAX_STEPS; step++) {
        const double y2 = y * y;
        const double difference = m_times_c(y) * (1.0 + 2.0 * y2) - erf(y);
        const double derivative = 4.0 * y * (1.0 - y2) * m_times_c(y);
        const double next = y - difference / derivative;
        if (!(next < y)) {
            *y_c = y;
            return HEBB_OK;
        }
        y = next;
    }
    return HEBB_ENOCONV;
}

hebb_status hebb_rs_spinodal_t0(hebb_rs_state *state)
{
    double y;
    const hebb_status status = solve_spinodal(&y);
    if (status != HEBB_OK) return status;
    return hebb_rs_branch_t0(y, state);
}

/* The root above y_c of F(y) = sqrt(2 alpha) y - L(y), which is convex for y > 1 and positive at 1/sqrt(2 alpha). */
static hebb_status solve_retrieval(double alpha, double y_c, double *root)
{
    const double slope = sqrt(2.0 * alpha);
    double y = 1.0 / slope;
    for (int step = 0; step < MAX_STEPS; step++) {
        const double excess = slope * y - load_function(y);
        const double derivative = slope - 2.0 * y * m_times_c(y);
        const double next = derivative > 0.0 ? y - excess / derivative : y_c;
        if (!(next < y)) {
            *root = y;
            return HEBB_OK;
        }
        y = fmax(next, y_c); /* a double root, met within rounding */
    }
    return HEBB_ENOCONV;
}

hebb_status hebb_rs_retrieval_t0(double alpha, hebb_rs_state *state)
{
    if (!(alpha > 0.0) || !isfinite(alpha)) return HEBB_EDOM;
    double y_c;
    double y;
    hebb_rs_state end;
    hebb_status status = solve_spinodal(&y_c);
    if (status == HEBB_OK) status = hebb_rs_branch_t0(y_c, &end);
    if (status != HEBB_OK) return status;
    if (alpha > end.alpha) return HEBB_ENOSOLUTION;
    if (alpha == end.alpha) {
        *state = end;
        return HEBB_OK;
    }
    status = solve_retrieval(alpha, y_c, &y);
    if (status == HEBB_OK) *state = retrieval_state(alpha, y);
    return status;
}

hebb_status hebb_rs_glass_t0(double alpha, hebb_rs_state *state)
{
    if (!(alpha >= 1e-300) || !(alpha <= 1e300)) return HEBB_EDOM; /* r = 1/alpha must fit a double */
    const double c = sqrt(2.0 / (M_PI * alpha));                   /* C/(1 - C) */
    const double energy = -M_1_PI - sqrt(2.0 * M_1_PI * alpha);
    *state = (hebb_rs_state){.alpha = alpha,
                             .temperature = 0.0,
                             .m = 0.0,
                             .error = 0.5,
                             .q = 1.0,
                             .r = (1.0 + c) * (1.0 + c),
                             .c = c / (1.0 + c),
                             .f = energy,
                             .e = energy,
                             .s = 0.5 * alpha * gsl_sf_log_1plusx_mx(c),
                             .at_margin = -INFINITY,
                             .eig_transverse = NAN};
    return HEBB_OK;
}
