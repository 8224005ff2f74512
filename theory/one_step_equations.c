#include "one_step_equations.h"

#include <math.h>
#include <stddef.h>

#include <gsl/gsl_sf_log.h>

#include "small_matrix.h"

#define MAX_STEPS 30

/* psi(a) = [ln(1-a) + a/(1-a)]/a^2 = [b - ln(1+b)]/a^2 with b = a/(1-a) */
static hebb_dual psi(hebb_dual a)
{
    const double x = a.v;
    if (x < 1e-5) return hebb_dual_chain(a, 0.5 + x * (2.0 / 3.0 + x * 0.75), 2.0 / 3.0 + 1.5 * x);
    const double value = -gsl_sf_log_1plusx_mx(x / (1.0 - x)) / (x * x);
    return hebb_dual_chain(a, value, 1.0 / (x * (1.0 - x) * (1.0 - x)) - 2.0 * value / x);
}

static void evaluate(hebb_rsb1_point *p, double temperature, hebb_rsb1_close *close, const void *model)
{
    if (temperature == 0.0) p->t = 0.0;
    const double decay = exp(-0.5 * p->signal * p->signal);
    p->ratio_a = p->ratio * decay;
    p->scale = decay / sqrt(2.0 * M_PI);
    p->ln_ratio = hebb_dual_variable(log(p->ratio), HEBB_RSB1_LN_RATIO);
    p->ln_kappa = hebb_dual_variable(log(p->kappa), HEBB_RSB1_LN_KAPPA);
    p->y = hebb_dual_variable(p->signal, HEBB_RSB1_SIGNAL);
    hebb_rsb1_average(p->ratio, p->kappa, p->signal, p->t, HEBB_RSB1_STEP, &p->average);
    const double factor = p->ratio_a * p->scale;
    hebb_dual e = {.v = factor};
    e.d[HEBB_RSB1_LN_RATIO] = factor;
    e.d[HEBB_RSB1_SIGNAL] = -2.0 * p->signal * factor;
    p->gap = hebb_dual_mul(e, p->average.gap);
    /* 1 - q1 = t E c */
    hebb_dual thermal = {.v = p->t};
    thermal.d[HEBB_RSB1_LN_THERMAL] = p->t;
    const hebb_dual q1 = hebb_dual_complement(hebb_dual_mul(thermal, hebb_dual_mul(e, p->average.c)));
    p->q0 = hebb_dual_sub(q1, p->gap);
    close(p, model);
}

/* The logarithms of the equations' sides, subtracted: variances, breaking, and T = t w. */
static int residuals(const hebb_rsb1_point *p, double temperature, hebb_dual f[3])
{
    const hebb_dual left = hebb_dual_add(hebb_dual_log(p->average.gap), hebb_dual_log1p(hebb_dual_scale(-1.0, p->a)));
    const hebb_dual right = hebb_dual_add(left, hebb_dual_log(psi(p->a)));
    f[0] = hebb_dual_sub(left, hebb_dual_linear(1.0, p->ln_ratio, 1.0, hebb_dual_log(p->q0), 0.5 * log(2.0 * M_PI)));
    f[1] = hebb_dual_linear(1.0, hebb_dual_log(p->average.complexity), -1.0, right, M_LN2);
    if (temperature == 0.0) return 2;
    f[2] = hebb_dual_linear(1.0, hebb_dual_log(p->w), 1.0, hebb_dual_variable(log(p->t), HEBB_RSB1_LN_THERMAL),
                            -log(temperature));
    return 3;
}

/* Solves J x = -b for the first n directions. */
static hebb_status newton_step(int n, const hebb_dual f[3], const double b[3], double x[3])
{
    double jacobian[3][3];
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) jacobian[i][j] = f[i].d[j];
        x[i] = -b[i];
    }
    return hebb_small_solve((size_t)n, 3, jacobian[0], x);
}

hebb_status hebb_rsb1_solve(hebb_rsb1_point *point, double temperature, hebb_rsb1_close *close, const void *model,
                            double along[3])
{
    double last = INFINITY;
    for (int step = 0; step < MAX_STEPS; step++) {
        hebb_dual f[3];
        double x[3] = {0.0, 0.0, 0.0};
        evaluate(point, temperature, close, model);
        const int n = residuals(point, temperature, f);
        const hebb_status status = newton_step(n, f, (double[]){f[0].v, f[1].v, n > 2 ? f[2].v : 0.0}, x);
        if (status != HEBB_OK) return status;
        const double size = fmax(fabs(x[0]), fmax(fabs(x[1]), fabs(x[2])));
        if (size < 1e-15 || (size < 1e-6 && size >= 0.25 * last)) { /* rounding */
            if (along == NULL) return HEBB_OK;
            along[2] = 0.0;
            const double by_y[] = {f[0].d[HEBB_RSB1_SIGNAL], f[1].d[HEBB_RSB1_SIGNAL],
                                   n > 2 ? f[2].d[HEBB_RSB1_SIGNAL] : 0.0};
            return newton_step(n, f, by_y, along);
        }
        last = size;
        const double damp = fmin(1.0, 0.5 / size);
        point->ratio *= exp(damp * x[0]);
        point->kappa *= exp(damp * x[1]);
        point->t *= exp(damp * x[2]);
    }
    return HEBB_ENOCONV;
}

void hebb_rsb1_warm_glass(double temperature, hebb_rsb1_point *p)
{
    const double below = 1.0 - temperature;
    p->kappa *= pow(below, 1.5);
    p->ratio += (M_SQRT2 - p->ratio) * temperature;
    p->t = temperature / sqrt(below * (2.0 / 3.0 - 0.2 * below));
}
