#include <math.h>
#include <stddef.h>

#include "one_step_branch.h"

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
    *state =
        hebb_rsb1_point_state(alpha, temperature, 0.0, p, p->ratio_a * p->scale * p->average.c.v / w, x, x / p->a.v);
    state->error = 0.5;
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

hebb_status hebb_rsb1_glass(double alpha, double temperature, hebb_rsb1_state *state)
{
    if (!(alpha >= 1e-10) || !(alpha <= 1e10)) return HEBB_EDOM;
    if (!(temperature >= 0.0) || !isfinite(temperature)) return HEBB_EDOM;
    const double share = temperature / (1.0 + sqrt(alpha));
    if (share >= 1.0) return HEBB_ENOSOLUTION;
    hebb_rsb1_point p = rough_glass(alpha);
    hebb_rsb1_warm_glass(share, &p);
    if (temperature >= HEBB_RSB1_COLDEST) return solve_glass(alpha, temperature, &p, state);
    const hebb_status status = solve_glass(alpha, 0.0, &p, state);
    if (status == HEBB_OK) hebb_rsb1_warm_state(temperature, state);
    return status;
}

hebb_status hebb_rsb1_glass_t0(double alpha, hebb_rsb1_state *state)
{
    return hebb_rsb1_glass(alpha, 0.0, state);
}
