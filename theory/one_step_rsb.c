#include "one_step_rsb.h"

#include <math.h>
#include <stddef.h>

#include <gsl/gsl_sf_log.h>

#include "one_step_equations.h"

#define MAX_STEPS 200

/* m, C, X = mu (q1-q0) = Lambda - C of a point on the retrieval branch, where w = A m/y, and sqrt(alpha) y. */
typedef struct {
    hebb_dual m, c, x, load;
} retrieval_values;

static retrieval_values retrieval_at(const hebb_rsb1_point *p)
{
    const hebb_dual scale = hebb_dual_chain(p->y, p->scale, -p->signal * p->scale);
    const hebb_dual m = hebb_dual_complement(p->average.miss);
    const hebb_dual density = hebb_dual_div(hebb_dual_mul(scale, p->y), m); /* E/w */
    const hebb_dual c = hebb_dual_mul(density, p->average.c);
    const hebb_dual x = hebb_dual_mul(hebb_dual_mul(density, p->average.gap), hebb_dual_exp(p->ln_kappa));
    const hebb_dual one_minus_lambda = hebb_dual_linear(-1.0, c, -1.0, x, 1.0);
    const hebb_dual root_q0 = hebb_dual_sqrt(hebb_dual_complement(p->gap));
    return (retrieval_values){m, c, x, hebb_dual_div(hebb_dual_mul(m, one_minus_lambda), root_q0)};
}

static void close_retrieval(hebb_rsb1_point *p, const void *unused)
{
    (void)unused;
    const retrieval_values at = retrieval_at(p);
    p->a = hebb_dual_div(at.x, hebb_dual_complement(at.c));
}

/* The fields that follow from alpha, the gap, C, X and 1 - C, at T = 0. */
static hebb_rsb1_state state_t0(double alpha, double m, double error, double gap, double c, double x,
                                double one_minus_c)
{
    const double lambda = c + x;
    const double one_minus_lambda = one_minus_c - x;
    const double r0 = (1.0 - gap) / (one_minus_lambda * one_minus_lambda);
    /* r1 - 1, in which the leading terms would cancel at large alpha, where Lambda vanishes */
    const double excess =
        (lambda * (2.0 - lambda) - gap * x / one_minus_c) / (one_minus_lambda * one_minus_lambda);
    const double energy = -0.5 * (m * m + alpha * excess);
    return (hebb_rsb1_state){.alpha = alpha,
                             .temperature = 0.0,
                             .m = m,
                             .error = error,
                             .q0 = 1.0 - gap,
                             .q1 = 1.0,
                             .gap = gap,
                             .r0 = r0,
                             .r1 = 1.0 + excess,
                             .c = c,
                             .f = energy,
                             .e = energy,
                             /* ln(1-C) + C/(1-C) = b - ln(1+b) with b = C/(1-C) */
                             .s = 0.5 * alpha * gsl_sf_log_1plusx_mx(c / one_minus_c) + 0.0}; /* + 0.0: no -0 */
}

static hebb_rsb1_state retrieval_state(double alpha, const hebb_rsb1_point *p)
{
    const retrieval_values at = retrieval_at(p);
    hebb_rsb1_state state =
        state_t0(alpha, at.m.v, 0.5 * p->average.miss.v, p->gap.v, at.c.v, at.x.v, 1.0 - at.c.v);
    const double a = p->ratio * exp(-0.5 * p->signal * p->signal);
    state.breakpoint = p->kappa * p->signal / (a * at.m.v);
    return state;
}

/* The point of the branch at y, from the ratio and kappa in it; the slope of load = sqrt(alpha) y along the branch. */
static hebb_status branch_point(double y, hebb_rsb1_point *p, double along[2], double *load, double *slope)
{
    p->signal = y;
    const hebb_status status = hebb_rsb1_solve(p, close_retrieval, NULL, along);
    if (status != HEBB_OK) return status;
    const hebb_dual value = retrieval_at(p).load;
    *load = value.v;
    *slope = value.d[HEBB_RSB1_SIGNAL] + value.d[HEBB_RSB1_LN_RATIO] * along[0] +
             value.d[HEBB_RSB1_LN_KAPPA] * along[1];
    return HEBB_OK;
}

/* A start for A exp(y^2/2) and kappa that Newton's iteration comes from at every y: their order of magnitude. */
static hebb_rsb1_point rough_point(void)
{
    return (hebb_rsb1_point){.ratio = 0.5, .kappa = 1.0};
}

hebb_status hebb_rsb1_branch_t0(double y, hebb_rsb1_state *state)
{
    if (!(y >= 1.0) || !(y <= 1e150)) return HEBB_EDOM;
    hebb_rsb1_point point = rough_point();
    double along[2], load, slope;
    const hebb_status status = branch_point(y, &point, along, &load, &slope);
    if (status == HEBB_OK) *state = retrieval_state((load / y) * (load / y), &point);
    return status;
}

/* Takes the point along the branch by dy, to first order. */
static void predict(hebb_rsb1_point *p, const double along[2], double dy)
{
    p->ratio *= exp(fmax(-1.0, fmin(1.0, along[0] * dy)));
    p->kappa *= exp(fmax(-1.0, fmin(1.0, along[1] * dy)));
}

/* d ln sqrt(alpha)/dy = 0, by the secant method from two points between which the maximum lies or nearly so. */
static hebb_status solve_spinodal(hebb_rsb1_point *p, double *y_c, double *alpha_c)
{
    double along[2], load, slope;
    double y = 2.0, last_y = 2.2;
    *p = rough_point();
    hebb_status status = branch_point(last_y, p, along, &load, &slope);
    if (status != HEBB_OK) return status;
    double last = slope / load - 1.0 / last_y;
    for (int step = 0; step < MAX_STEPS; step++) {
        predict(p, along, y - p->signal);
        if ((status = branch_point(y, p, along, &load, &slope)) != HEBB_OK) return status;
        const double now = slope / load - 1.0 / y;
        const double change = now == last ? 0.0 : -now * (y - last_y) / (now - last);
        if (fabs(change) < 1e-14 * y || (fabs(change) < 1e-10 && fabs(now) >= fabs(last))) {
            *y_c = y;
            *alpha_c = (load / y) * (load / y);
            return HEBB_OK;
        }
        last_y = y;
        last = now;
        y += fmax(-0.2, fmin(0.2, change));
    }
    return HEBB_ENOCONV;
}

hebb_status hebb_rsb1_spinodal_t0(hebb_rsb1_state *state)
{
    hebb_rsb1_point point;
    double y, alpha;
    const hebb_status status = solve_spinodal(&point, &y, &alpha);
    if (status == HEBB_OK) *state = retrieval_state(alpha, &point);
    return status;
}

hebb_status hebb_rsb1_capacity_t0(hebb_capacity *capacity)
{
    hebb_rsb1_state state;
    const hebb_status status = hebb_rsb1_spinodal_t0(&state);
    if (status == HEBB_OK)
        *capacity = (hebb_capacity){.alpha = state.alpha, .m = state.m, .error = state.error};
    return status;
}

/*
 * The root above y_c of F(y) = sqrt(alpha) y - load(y), which is convex there and positive at 1/sqrt(alpha), load < 1:
 * Newton's iteration comes down to it from above.  Only below y = 3, left of which the maximum lies, can there be none
 * or a double one, and the maximum is worth computing.
 */
static hebb_status solve_retrieval(double alpha, hebb_rsb1_point *p)
{
    const double root_alpha = sqrt(alpha);
    double y = 1.0 / root_alpha, y_c = 0.0, alpha_c, along[2] = {0.0, 0.0}, load, slope;
    *p = rough_point();
    for (int step = 0; step < MAX_STEPS; step++) {
        if (y < 3.0 && y_c == 0.0) {
            hebb_rsb1_point end;
            const hebb_status status = solve_spinodal(&end, &y_c, &alpha_c);
            if (status != HEBB_OK) return status;
            if (alpha > alpha_c) return HEBB_ENOSOLUTION;
            if (alpha == alpha_c) y = y_c;
            if (alpha == alpha_c || y <= y_c) *p = end;
            y = fmax(y, y_c);
        }
        const hebb_status status = branch_point(y, p, along, &load, &slope);
        if (status != HEBB_OK) return status;
        const double derivative = root_alpha - slope;
        double next = derivative > 0.0 ? y - (root_alpha * y - load) / derivative : y_c;
        next = fmax(next, y_c);
        if (!(next < y * (1.0 - 1e-15))) return HEBB_OK;
        predict(p, along, next - y);
        y = next;
    }
    return HEBB_ENOCONV;
}

hebb_status hebb_rsb1_retrieval_t0(double alpha, hebb_rsb1_state *state)
{
    if (!(alpha > 0.0) || !isfinite(alpha)) return HEBB_EDOM;
    hebb_rsb1_point point;
    const hebb_status status = solve_retrieval(alpha, &point);
    if (status == HEBB_OK) *state = retrieval_state(alpha, &point);
    return status;
}

/* The spin glass: alpha a^2 = kappa^2 g (1-a), a quadratic equation for a; a = 0 for alpha infinite. */
static void close_glass(hebb_rsb1_point *p, const void *model)
{
    const double alpha = *(const double *)model;
    const hebb_dual kappa2 = hebb_dual_exp(hebb_dual_scale(2.0, p->ln_kappa));
    const hebb_dual k = hebb_dual_mul(kappa2, p->gap);
    const double root = sqrt(1.0 + 4.0 * alpha / k.v);
    const double a = 2.0 / (1.0 + root);
    const double slope = a * a * alpha / (root * k.v * k.v); /* da/dk */
    p->a = hebb_dual_chain(k, a, slope);
}

hebb_status hebb_rsb1_glass_t0(double alpha, hebb_rsb1_state *state)
{
    if (!(alpha >= 1e-10) || !(alpha <= 1e10)) return HEBB_EDOM;
    /* from the limits of small and of large alpha; the start need not be better than a fifth */
    const double a = 1.0 / (1.4 * sqrt(alpha) + M_PI_2);
    hebb_rsb1_point p = {.ratio = 1.05 - 0.8 * a, .signal = 0.0};
    p.kappa = fmin(1.0, sqrt(alpha * a * a / (0.5 * (1.0 - a))));
    const hebb_status status = hebb_rsb1_solve(&p, close_glass, &alpha, NULL);
    if (status != HEBB_OK) return status;
    /* C = c/w and X = kappa g/w with w from a (1-C) = X */
    const double factor = p.ratio * p.scale;
    const double c_times_w = factor * p.average.c.v;
    const double x_times_w = p.kappa * p.gap.v;
    const double w = c_times_w + x_times_w / p.a.v;
    *state = state_t0(alpha, 0.0, 0.5, p.gap.v, c_times_w / w, x_times_w / w, x_times_w / (p.a.v * w));
    state->breakpoint = p.kappa / w;
    return HEBB_OK;
}
