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
    const hebb_dual root_q0 = hebb_dual_sqrt(p->q0);
    return (retrieval_values){m, c, x, hebb_dual_div(hebb_dual_mul(m, one_minus_lambda), root_q0)};
}

static void close_retrieval(hebb_rsb1_point *p, const void *unused)
{
    (void)unused;
    const retrieval_values at = retrieval_at(p);
    hebb_dual ratio = hebb_dual_chain(p->y, p->ratio_a, -p->signal * p->ratio_a); /* A = ratio exp(-y^2/2) */
    ratio.d[HEBB_RSB1_LN_RATIO] = p->ratio_a;
    p->a = hebb_dual_div(at.x, hebb_dual_complement(at.c));
    p->w = hebb_dual_div(hebb_dual_mul(ratio, at.m), p->y);
}

/* The fields that follow from the point, C, X and 1 - C; m, error and the breakpoint are the caller's. */
static hebb_rsb1_state state_of(double alpha, double temperature, double m, const hebb_rsb1_point *p, double c,
                                double x, double one_minus_c)
{
    const double gap = p->gap.v, q0 = p->q0.v, one_minus_q1 = temperature * c;
    const double lambda = c + x, one_minus_lambda = one_minus_c - x;
    /* r1 - 1, in which the leading terms would cancel at large alpha, where Lambda vanishes */
    const double excess =
        (lambda * (2.0 - lambda) - one_minus_q1 - gap * x / one_minus_c) / (one_minus_lambda * one_minus_lambda);
    const double b = c / one_minus_c; /* ln(1-C) + C/(1-C) = b - ln(1+b) */
    hebb_rsb1_state state = {.alpha = alpha,
                             .temperature = temperature,
                             .m = m,
                             .q0 = q0,
                             .q1 = 1.0 - one_minus_q1,
                             .gap = gap,
                             .r0 = q0 / (one_minus_lambda * one_minus_lambda),
                             .r1 = 1.0 + excess,
                             .c = c,
                             .e = -0.5 * (m * m + alpha * (excess + temperature * b))};
    state.s = 0.5 * alpha * gsl_sf_log_1plusx_mx(b) + p->ratio_a * p->scale * p->average.entropy;
    state.s += 0.0; /* no -0 */
    state.f = state.e - temperature * state.s;
    return state;
}

static hebb_rsb1_state retrieval_state(double alpha, double temperature, const hebb_rsb1_point *p)
{
    const retrieval_values at = retrieval_at(p);
    hebb_rsb1_state state = state_of(alpha, temperature, at.m.v, p, at.c.v, at.x.v, 1.0 - at.c.v);
    state.error = 0.5 * p->average.miss.v;
    state.breakpoint = temperature > 0.0 ? p->kappa * p->t : p->kappa / p->w.v;
    return state;
}

/* The point of the branch at y, from the ratio and kappa in it; the slope of load = sqrt(alpha) y along the branch. */
static hebb_status branch_point(double y, double temperature, hebb_rsb1_point *p, double along[3], double *load,
                                double *slope)
{
    p->signal = y;
    const hebb_status status = hebb_rsb1_solve(p, temperature, close_retrieval, NULL, along);
    if (status != HEBB_OK) return status;
    const hebb_dual value = retrieval_at(p).load;
    *load = value.v;
    *slope = value.d[HEBB_RSB1_SIGNAL] + value.d[HEBB_RSB1_LN_RATIO] * along[0] +
             value.d[HEBB_RSB1_LN_KAPPA] * along[1] + value.d[HEBB_RSB1_LN_THERMAL] * along[2];
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
    double along[3], load, slope;
    const hebb_status status = branch_point(y, 0.0, &point, along, &load, &slope);
    if (status == HEBB_OK) *state = retrieval_state((load / y) * (load / y), 0.0, &point);
    return status;
}

/* Takes the point along the branch by dy, to first order. */
static void predict(hebb_rsb1_point *p, const double along[3], double dy)
{
    p->ratio *= exp(fmax(-1.0, fmin(1.0, along[0] * dy)));
    p->kappa *= exp(fmax(-1.0, fmin(1.0, along[1] * dy)));
    p->t *= exp(fmax(-1.0, fmin(1.0, along[2] * dy)));
}

/* d ln sqrt(alpha)/dy = 0, by the secant method from two points between which the maximum lies or nearly so. */
static hebb_status solve_spinodal(double temperature, hebb_rsb1_point *p, double *y_c, double *alpha_c)
{
    double along[3], load, slope;
    double y = 2.0, last_y = 2.2;
    *p = rough_point();
    hebb_status status = branch_point(last_y, temperature, p, along, &load, &slope);
    if (status != HEBB_OK) return status;
    double last = slope / load - 1.0 / last_y;
    for (int step = 0; step < MAX_STEPS; step++) {
        predict(p, along, y - p->signal);
        if ((status = branch_point(y, temperature, p, along, &load, &slope)) != HEBB_OK) return status;
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
    const hebb_status status = solve_spinodal(0.0, &point, &y, &alpha);
    if (status == HEBB_OK) *state = retrieval_state(alpha, 0.0, &point);
    return status;
}

hebb_status hebb_rsb1_capacity_t0(hebb_capacity *capacity)
{
    hebb_rsb1_state state;
    const hebb_status status = hebb_rsb1_spinodal_t0(&state);
    if (status == HEBB_OK) *capacity = (hebb_capacity){.alpha = state.alpha, .m = state.m, .error = state.error};
    return status;
}

/*
 * The root above y_c of F(y) = sqrt(alpha) y - load(y), which is convex there and positive at 1/sqrt(alpha), load < 1:
 * Newton's iteration comes down to it from above.  Only below y = 3, left of which the maximum lies, can there be none
 * or a double one, and the maximum is worth computing.
 */
static hebb_status solve_retrieval(double alpha, double temperature, hebb_rsb1_point *p)
{
    const double root_alpha = sqrt(alpha);
    double y = 1.0 / root_alpha, y_c = 0.0, alpha_c, along[3] = {0.0, 0.0, 0.0}, load, slope;
    *p = rough_point();
    for (int step = 0; step < MAX_STEPS; step++) {
        if (y < 3.0 && y_c == 0.0) {
            hebb_rsb1_point end;
            const hebb_status status = solve_spinodal(temperature, &end, &y_c, &alpha_c);
            if (status != HEBB_OK) return status;
            if (alpha > alpha_c) return HEBB_ENOSOLUTION;
            if (alpha == alpha_c) y = y_c;
            if (alpha == alpha_c || y <= y_c) *p = end;
            y = fmax(y, y_c);
        }
        const hebb_status status = branch_point(y, temperature, p, along, &load, &slope);
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
    const hebb_status status = solve_retrieval(alpha, 0.0, &point);
    if (status == HEBB_OK) *state = retrieval_state(alpha, 0.0, &point);
    return status;
}

/* The spin glass: alpha a^2 = kappa^2 g (1-a), a quadratic equation for a; and w from a (1 - C) = X. */
static void close_glass(hebb_rsb1_point *p, const void *model)
{
    const double alpha = *(const double *)model;
    const hebb_dual k = hebb_dual_mul(hebb_dual_exp(hebb_dual_scale(2.0, p->ln_kappa)), p->gap);
    const double root = sqrt(1.0 + 4.0 * alpha / k.v);
    const double a = 2.0 / (1.0 + root);
    p->a = hebb_dual_chain(k, a, a * a * alpha / (root * k.v * k.v)); /* slope da/dk */
    const hebb_dual c_times_w = hebb_dual_mul(hebb_dual_div(p->gap, p->average.gap), p->average.c);
    const hebb_dual x_times_w = hebb_dual_mul(hebb_dual_exp(p->ln_kappa), p->gap);
    p->w = hebb_dual_add(c_times_w, hebb_dual_div(x_times_w, p->a));
}

static hebb_status solve_glass(double alpha, double temperature, hebb_rsb1_point *p, hebb_rsb1_state *state)
{
    const hebb_status status = hebb_rsb1_solve(p, temperature, close_glass, &alpha, NULL);
    if (status != HEBB_OK) return status;
    const double w = p->w.v, x = p->kappa * p->gap.v / w;
    *state = state_of(alpha, temperature, 0.0, p, p->ratio_a * p->scale * p->average.c.v / w, x, x / p->a.v);
    state->error = 0.5;
    state->breakpoint = temperature > 0.0 ? p->kappa * p->t : p->kappa / w;
    return HEBB_OK;
}

/* From the limits of small and of large alpha, at T = 0; the start need not be better than a fifth. */
static hebb_rsb1_point rough_glass(double alpha)
{
    const double a = 1.0 / (1.4 * sqrt(alpha) + M_PI_2);
    hebb_rsb1_point p = {.ratio = 1.05 - 0.8 * a, .signal = 0.0};
    p.kappa = fmin(1.0, sqrt(alpha * a * a / (0.5 * (1.0 - a))));
    return p;
}

hebb_status hebb_rsb1_glass_t0(double alpha, hebb_rsb1_state *state)
{
    if (!(alpha >= 1e-10) || !(alpha <= 1e10)) return HEBB_EDOM;
    hebb_rsb1_point p = rough_glass(alpha);
    return solve_glass(alpha, 0.0, &p, state);
}

hebb_status hebb_rsb1_glass(double alpha, double temperature, hebb_rsb1_state *state)
{
    if (!(alpha >= 1e-10) || !(alpha <= 1e10)) return HEBB_EDOM;
    hebb_rsb1_point p = rough_glass(alpha);
    p.t = .1;
    return solve_glass(alpha, temperature, &p, state);
}
