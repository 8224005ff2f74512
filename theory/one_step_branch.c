#include "one_step_branch.h"

#include <math.h>
#include <stddef.h>

#include <gsl/gsl_sf_log.h>

/* ---- broken symmetry ---- */

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

/* The fields that follow from the point, C, X and 1 - C. */
hebb_rsb1_state hebb_rsb1_point_state(double alpha, double temperature, double m, const hebb_rsb1_point *p, double c,
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
    state.breakpoint = temperature > 0.0 ? p->kappa * p->t : p->kappa / p->w.v;
    return state;
}

/* The start of Newton's iteration, at T = 0 from every y: the order of magnitude of A exp(y^2/2) and kappa. */
static hebb_status solve_from_zero(double y, double temperature, hebb_rsb1_point *p, double along[3])
{
    *p = (hebb_rsb1_point){.ratio = 0.5, .kappa = 1.0, .signal = y};
    hebb_status status = hebb_rsb1_solve(p, 0.0, close_retrieval, NULL, along);
    if (status != HEBB_OK || temperature == 0.0) return status;
    if (!(p->w.v > 0.0)) return HEBB_ENOCONV; /* underflow: colder than anything */
    /* up in temperature, in steps that the iteration can follow */
    double reached = 0.0, step = temperature;
    hebb_rsb1_point last = *p;
    last.t = 0.0;
    while (reached < temperature) {
        double next = fmin(temperature, reached + step);
        if (next <= reached * (1.0 + 1e-6)) return HEBB_ENOCONV;
        *p = last;
        p->t = last.t > 0.0 ? last.t * next / reached : next / last.w.v;
        status = hebb_rsb1_solve(p, next, close_retrieval, NULL, along);
        if (status != HEBB_OK || !(p->gap.v > 0.0)) {
            step *= 0.5;
            continue;
        }
        reached = next;
        last = *p;
        step *= 2.0;
    }
    return HEBB_OK;
}

/* From the state at a y close by, to first order. */
static hebb_status solve_from_point(double y, double temperature, hebb_rsb1_point *p, double along[3])
{
    const double dy = y - p->signal;
    p->ratio *= exp(fmax(-1.0, fmin(1.0, along[0] * dy)));
    p->kappa *= exp(fmax(-1.0, fmin(1.0, along[1] * dy)));
    p->t *= exp(fmax(-1.0, fmin(1.0, along[2] * dy)));
    p->signal = y;
    return hebb_rsb1_solve(p, temperature, close_retrieval, NULL, along);
}

static hebb_status solve_broken(double y, double temperature, hebb_rsb1_branch *branch)
{
    hebb_rsb1_point *p = &branch->point;
    hebb_status status = HEBB_ENOCONV;
    if (branch->started) status = solve_from_point(y, temperature, p, branch->along);
    if (status != HEBB_OK) status = solve_from_zero(y, temperature, p, branch->along);
    branch->started = status == HEBB_OK;
    if (status != HEBB_OK) return status;
    const hebb_dual load = retrieval_at(p).load;
    branch->symmetric = false;
    branch->load = load.v;
    branch->slope = load.d[HEBB_RSB1_SIGNAL] + load.d[HEBB_RSB1_LN_RATIO] * branch->along[0] +
                    load.d[HEBB_RSB1_LN_KAPPA] * branch->along[1] + load.d[HEBB_RSB1_LN_THERMAL] * branch->along[2];
    return HEBB_OK;
}

/* ---- replica symmetry: one field u = y in units of sqrt(V0), no weight ---- */

/* The root t of T = t m(t)/y, whose right-hand side rises with t. */
static hebb_status solve_symmetric(double y, double temperature, hebb_rsb1_branch *b)
{
    double ln_t = log(temperature) + log(y), last = INFINITY;
    for (int step = 0; step < 100; step++) {
        hebb_rsb1_nodes nodes;
        b->t = exp(ln_t);
        hebb_rsb1_nodes_init(&nodes, 0.0, b->t);
        b->fields = hebb_rsb1_field_thermal(y, &nodes);
        const double m = 1.0 - b->fields.wrong;
        const double change = (ln_t + log(m) - log(y) - log(temperature)) / (1.0 - b->fields.wrong_t / m);
        if (!isfinite(change)) return HEBB_ENOCONV;
        if (fabs(change) < 1e-15 || (fabs(change) < 1e-6 && fabs(change) >= 0.25 * last)) return HEBB_OK; /* rounding */
        last = fabs(change);
        ln_t -= fmax(-1.0, fmin(1.0, change));
    }
    return HEBB_ENOCONV;
}

/* load = m (1-C)/sqrt(q) with C = c y/m, q = 1 - t c, and its slope at constant T = t m/y; dm/dy = c at constant t. */
static void symmetric_load(double y, hebb_rsb1_branch *b)
{
    const hebb_rsb1_field *at = &b->fields;
    const double m = 1.0 - at->wrong, c = at->c, q = 1.0 - b->t * c;
    const double ln_t = (1.0 / y - c / m) / (1.0 - at->wrong_t / m);
    const double dm = c - at->wrong_t * ln_t, dc = at->c_u + at->c_t * ln_t, dq = -b->t * (dc + c * ln_t);
    const double excess = m - c * y; /* m (1-C) */
    b->load = excess / sqrt(q);
    b->slope = (dm - dc * y - c) / sqrt(q) - 0.5 * b->load * dq / q;
}

/* alpha beta^2 <sech^4>/(1-C)^2, with alpha/(1-C)^2 = V0/q and beta sqrt(V0) = 1/t */
static bool is_stable(const hebb_rsb1_branch *b)
{
    return b->fields.sech4 / b->t <= (1.0 - b->t * b->fields.c) * b->t; /* t^2 may underflow */
}

hebb_status hebb_rsb1_branch_solve(double y, double temperature, hebb_rsb1_branch *branch)
{
    branch->y = y;
    branch->temperature = temperature;
    if (temperature > 0.0) {
        const hebb_status status = solve_symmetric(y, temperature, branch);
        if (status != HEBB_OK) return status;
        branch->symmetric = is_stable(branch);
    } else {
        branch->symmetric = false;
    }
    if (!branch->symmetric) return solve_broken(y, temperature, branch);
    symmetric_load(y, branch);
    return HEBB_OK;
}

static hebb_rsb1_state symmetric_state(double alpha, const hebb_rsb1_branch *b)
{
    const hebb_rsb1_field *at = &b->fields;
    const double m = 1.0 - at->wrong, c = at->c * b->y / m, q = 1.0 - b->t * at->c, w = c / (1.0 - c);
    const double excess = (c * (2.0 - c) - b->temperature * c) / ((1.0 - c) * (1.0 - c)); /* r - 1 */
    hebb_rsb1_state state = {.alpha = alpha,
                             .temperature = b->temperature,
                             .m = m,
                             .error = 0.5 * at->wrong,
                             .q0 = q,
                             .q1 = q,
                             .gap = 0.0,
                             .r0 = 1.0 + excess,
                             .r1 = 1.0 + excess,
                             .c = c,
                             .breakpoint = NAN,
                             .e = -0.5 * (m * m + alpha * (excess + b->temperature * w)),
                             .s = 0.5 * alpha * gsl_sf_log_1plusx_mx(w) + at->entropy};
    state.f = state.e - b->temperature * state.s;
    return state;
}

hebb_rsb1_state hebb_rsb1_branch_state(double alpha, const hebb_rsb1_branch *branch)
{
    if (branch->symmetric) return symmetric_state(alpha, branch);
    const hebb_rsb1_point *p = &branch->point;
    const retrieval_values at = retrieval_at(p);
    hebb_rsb1_state state = hebb_rsb1_point_state(alpha, branch->temperature, at.m.v, p, at.c.v, at.x.v, 1.0 - at.c.v);
    state.error = 0.5 * p->average.miss.v;
    return state;
}

void hebb_rsb1_warm_state(double temperature, hebb_rsb1_state *state)
{
    if (temperature == 0.0) return;
    state->temperature = temperature;
    state->breakpoint *= temperature;
    if (state->breakpoint <= 1.0) return;
    state->breakpoint = NAN; /* above the line where the symmetry breaks, at a load where this changes nothing else */
    state->gap = 0.0;
    state->q0 = state->q1;
}
