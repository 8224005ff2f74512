#include "one_step_equations.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include <gsl/gsl_sf_log.h>

#define MAX_STEPS 100

/* psi(a) = [ln(1-a) + a/(1-a)]/a^2 = [b - ln(1+b)]/a^2 with b = a/(1-a) */
static hebb_dual psi(hebb_dual a)
{
    const double x = a.v;
    if (x < 1e-5) return hebb_dual_chain(a, 0.5 + x * (2.0 / 3.0 + x * 0.75), 2.0 / 3.0 + 1.5 * x);
    const double value = -gsl_sf_log_1plusx_mx(x / (1.0 - x)) / (x * x);
    return hebb_dual_chain(a, value, 1.0 / (x * (1.0 - x) * (1.0 - x)) - 2.0 * value / x);
}

static void evaluate(hebb_rsb1_point *p, hebb_rsb1_close *close, const void *model)
{
    p->scale = exp(-0.5 * p->signal * p->signal) / sqrt(2.0 * M_PI);
    p->ln_ratio = hebb_dual_variable(log(p->ratio), HEBB_RSB1_LN_RATIO);
    p->ln_kappa = hebb_dual_variable(log(p->kappa), HEBB_RSB1_LN_KAPPA);
    p->y = hebb_dual_variable(p->signal, HEBB_RSB1_SIGNAL);
    hebb_rsb1_average_t0(p->ratio, p->kappa, p->signal, HEBB_RSB1_STEP, &p->average);
    /* E = ratio exp(-y^2)/sqrt(2 pi) */
    const double decay = exp(-0.5 * p->signal * p->signal);
    const double factor = p->ratio * decay * p->scale;
    const hebb_dual e = {.v = factor, .d = {factor, 0.0, -2.0 * p->signal * factor}};
    p->gap = hebb_dual_mul(e, p->average.gap);
    close(p, model);
}

/* The logarithms of the two equations' sides, subtracted. */
static void residuals(const hebb_rsb1_point *p, hebb_dual *variances, hebb_dual *breaking)
{
    const hebb_dual ln_gap = hebb_dual_log(p->average.gap);
    const hebb_dual left = hebb_dual_add(ln_gap, hebb_dual_log1p(hebb_dual_scale(-1.0, p->a)));
    const hebb_dual ln_q0 = hebb_dual_log1p(hebb_dual_scale(-1.0, p->gap));
    *variances = hebb_dual_sub(left, hebb_dual_linear(1.0, p->ln_ratio, 1.0, ln_q0, 0.5 * log(2.0 * M_PI)));
    const hebb_dual right = hebb_dual_add(left, hebb_dual_log(psi(p->a)));
    *breaking = hebb_dual_linear(1.0, hebb_dual_log(p->average.complexity), -1.0, right, M_LN2);
}

/* Solves the 2 x 2 equations J x = -b. */
static bool newton_step(const hebb_dual *f, const hebb_dual *g, double b_f, double b_g, double x[2])
{
    const double *jf = f->d, *jg = g->d;
    const double det = jf[HEBB_RSB1_LN_RATIO] * jg[HEBB_RSB1_LN_KAPPA] - jf[HEBB_RSB1_LN_KAPPA] * jg[HEBB_RSB1_LN_RATIO];
    x[0] = (b_g * jf[HEBB_RSB1_LN_KAPPA] - b_f * jg[HEBB_RSB1_LN_KAPPA]) / det;
    x[1] = (b_f * jg[HEBB_RSB1_LN_RATIO] - b_g * jf[HEBB_RSB1_LN_RATIO]) / det;
    return isfinite(x[0]) && isfinite(x[1]);
}

hebb_status hebb_rsb1_solve(hebb_rsb1_point *point, hebb_rsb1_close *close, const void *model, double along[2])
{
    double last = INFINITY;
    for (int step = 0; step < MAX_STEPS; step++) {
        hebb_dual f, g;
        double x[2];
        evaluate(point, close, model);
        residuals(point, &f, &g);
        if (!newton_step(&f, &g, f.v, g.v, x)) return HEBB_ENOCONV;
        const double size = hypot(x[0], x[1]);
        if (size < 1e-15 || (size < 1e-11 && size >= 0.25 * last)) { /* rounding */
            if (along != NULL && !newton_step(&f, &g, f.d[HEBB_RSB1_SIGNAL], g.d[HEBB_RSB1_SIGNAL], along))
                return HEBB_ENOCONV;
            return HEBB_OK;
        }
        last = size;
        const double damp = fmin(1.0, 0.5 / size);
        point->ratio *= exp(damp * x[0]);
        point->kappa *= exp(damp * x[1]);
    }
    return HEBB_ENOCONV;
}
