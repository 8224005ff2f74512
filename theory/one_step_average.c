#include "one_step_average.h"

#include <math.h>

#include "one_step_field.h"

/* The functions that are summed fall as exp(-u^2/2), or exp(-2u/t) where temperature is felt: below 1e-17 there. */
#define REACH         9.0
#define THERMAL_REACH 18.0

static const double inverse_root_2pi = 0.5 * M_2_SQRTPI * M_SQRT1_2;

/* The Gaussian factor at u, with the derivatives to ln A and y at fixed A exp(y^2/2), where A has the slope -y A. */
typedef struct {
    double even, odd; /* weight exp(-A^2 u^2/2) times cosh, sinh(A y u) */
    double even_a, odd_a, even_y, odd_y;
} gauss_factor;

static gauss_factor gauss_at(double u, double a, double y, double weight)
{
    const double au = a * u;
    const double plus = 0.5 * weight * exp(-0.5 * au * (au - 2.0 * y));
    const double minus = 0.5 * weight * exp(-0.5 * au * (au + 2.0 * y));
    gauss_factor g = {.even = plus + minus, .odd = plus - minus};
    g.even_a = au * (y * g.odd - au * g.even);
    g.odd_a = au * (y * g.even - au * g.odd);
    g.even_y = au * g.odd - y * g.even_a;
    g.odd_y = au * g.even - y * g.odd_a;
    return g;
}

static void add(hebb_dual *sum, double factor, double factor_a, double factor_y, const double phi[3])
{
    sum->v += factor * phi[0];
    sum->d[HEBB_RSB1_LN_RATIO] += factor_a * phi[0];
    sum->d[HEBB_RSB1_SIGNAL] += factor_y * phi[0];
    sum->d[HEBB_RSB1_LN_KAPPA] += factor * phi[1];
    sum->d[HEBB_RSB1_LN_THERMAL] += factor * phi[2];
}

/*
 * 1 - m: with erf(u/sqrt(2 (1+t^2))) for the average of tanh at each u it is erfc(y/sqrt(2 (1 + A^2 (1+t^2)))); the
 * rest is E times the sum over u.
 */
static hebb_dual miss_of(double ratio, double y, double t, hebb_dual sum)
{
    const double decay = exp(-0.5 * y * y);
    const double a2 = ratio * ratio * decay * decay;
    const double width = 1.0 + a2 * (1.0 + t * t);
    const double x = y / sqrt(2.0 * width);
    const double slope = -M_2_SQRTPI * exp(-x * x); /* of erfc at x */
    const double by_ln_a = -slope * x * (width - 1.0) / width;
    const double factor = ratio * decay * decay * inverse_root_2pi;
    hebb_dual miss = hebb_dual_chain(sum, erfc(x) + factor * sum.v, factor);
    miss.d[HEBB_RSB1_LN_RATIO] += by_ln_a + factor * sum.v;
    miss.d[HEBB_RSB1_LN_THERMAL] -= slope * x * a2 * t * t / width;
    miss.d[HEBB_RSB1_SIGNAL] += slope / sqrt(2.0 * width) - y * (by_ln_a + 2.0 * factor * sum.v);
    return miss;
}

void hebb_rsb1_average(double ratio, double kappa, double signal, double t, double step, hebb_rsb1_averages *out)
{
    const double a = ratio * exp(-0.5 * signal * signal);
    hebb_rsb1_nodes nodes;
    hebb_dual miss = {0};
    *out = (hebb_rsb1_averages){0};
    if (t > 0.0) hebb_rsb1_nodes_init(&nodes, kappa, t);
    const double reach = fmin(fmax(REACH, THERMAL_REACH * t), (REACH + signal) / a);
    step = fmin(step * fmax(1.0, 0.75 * t), 2.0 * step / a);
    for (int k = 0; k * step < reach; k++) {
        const double u = k * step;
        const hebb_rsb1_field at = t > 0.0 ? hebb_rsb1_field_thermal(u, &nodes) : hebb_rsb1_field_t0(u, kappa);
        const gauss_factor g = gauss_at(u, a, signal, k == 0 ? step : 2.0 * step);
        add(&out->gap, g.even, g.even_a, g.even_y, (double[]){at.gap, at.gap_k, at.gap_t});
        add(&out->c, g.even, g.even_a, g.even_y, (double[]){at.c, at.c_k, at.c_t});
        add(&out->complexity, g.even, g.even_a, g.even_y, (double[]){at.complexity, at.complexity_k, at.complexity_t});
        add(&miss, g.odd, g.odd_a, g.odd_y, (double[]){at.miss, at.miss_k, at.miss_t});
        out->entropy += g.even * at.entropy;
    }
    out->miss = miss_of(ratio, signal, t, miss);
}
