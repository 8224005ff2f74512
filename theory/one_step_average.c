#include "one_step_average.h"

#include <math.h>

/* Beyond this u the functions of u that are summed are below 1e-17 of their value at 0: they fall as exp(-u^2/2). */
#define REACH 9.0

/* Below this kappa the complexity is integrated in kappa: the difference of terms of order one cancels. */
#define SMALL_KAPPA 0.1

static const double root_half = M_SQRT1_2;
static const double inverse_root_2pi = 0.5 * M_2_SQRTPI * M_SQRT1_2;

/* What one H = w u gives at t = 0, with derivatives to ln kappa.  u >= 0: gap, c, complexity are even, miss is odd. */
typedef struct {
    double gap, c, complexity, miss;
    double gap_k, c_k, complexity_k, miss_k;
} at_one_field;

/*
 * <sgn> = s, 2 p(h=0) = c, d = 1 - s^2 and c l - u ds/dkappa, where l = <|x|> = kappa + u s + c: with
 * I = exp(kappa^2/2) [exp(kappa u) Phi(kappa+u) + exp(-kappa u) Phi(kappa-u)], everything over its first term's factor.
 */
typedef struct {
    double n;  /* 1 - s */
    double c;
    double slope; /* ds/dkappa */
    double log_i; /* ln I - kappa u - kappa^2/2 */
} signs;

static signs signs_at(double u, double kappa)
{
    const double mirror = exp(-2.0 * kappa * u);
    const double upper = erfc((u + kappa) * root_half);
    const double lower = mirror * erfc((u - kappa) * root_half);
    const double excess = 0.5 * (lower - upper);
    const double density = inverse_root_2pi * exp(-0.5 * (u + kappa) * (u + kappa));
    signs at = {.n = lower / (1.0 + excess), .c = 2.0 * density / (1.0 + excess), .log_i = log1p(excess)};
    at.slope = u * at.n * (2.0 - at.n) - (1.0 - at.n) * at.c;
    return at;
}

/* (1/kappa) d(ln I - kappa l + kappa^2/2)/dkappa: the complexity is its integral. */
static double complexity_rate(double u, double kappa, const signs *at)
{
    const double l = kappa + u * (1.0 - at->n) + at->c;
    return at->c * l - u * at->slope;
}

/* int_0^1 dx x rate(x kappa), by Gauss and Legendre's rule of 5 points: exact to 1e-16 for kappa < 0.1. */
static double small_complexity(double u, double kappa)
{
    static const double nodes[] = {0.0469100770306680036, 0.2307653449471584545, 0.5, 0.7692346550528415455,
                                   0.9530899229693319964};
    static const double weights[] = {0.1184634425280945438, 0.2393143352496832340, 0.2844444444444444444,
                                     0.2393143352496832340, 0.1184634425280945438};
    double sum = 0.0;
    for (int k = 0; k < 5; k++) {
        const signs at = signs_at(u, nodes[k] * kappa);
        sum += weights[k] * nodes[k] * complexity_rate(u, nodes[k] * kappa, &at);
    }
    return sum;
}

static at_one_field field_t0(double u, double kappa)
{
    const signs at = signs_at(u, kappa);
    const double s = 1.0 - at.n;
    const double l = kappa + u * s + at.c;
    const double complexity = kappa < SMALL_KAPPA
                                  ? small_complexity(u, kappa)
                                  : (kappa * (u * at.n - at.c) + at.log_i) / (kappa * kappa);
    return (at_one_field){.gap = at.n * (2.0 - at.n),
                          .c = at.c,
                          .complexity = complexity,
                          .miss = at.n - erfc(u * root_half),
                          .gap_k = -2.0 * kappa * s * at.slope,
                          .c_k = -kappa * at.c * l,
                          .complexity_k = complexity_rate(u, kappa, &at) - 2.0 * complexity,
                          .miss_k = -kappa * at.slope};
}

/* The Gaussian factor at u, with the derivatives to ln A and y at fixed A exp(y^2/2), where A has the slope -y A. */
typedef struct {
    double even, odd; /* exp(-A^2 u^2/2) times cosh, sinh(A y u) */
    double even_a, odd_a, even_y, odd_y;
} gauss_factor;

static gauss_factor gauss_at(double u, double a, double y)
{
    const double au = a * u;
    const double plus = 0.5 * exp(-0.5 * au * (au - 2.0 * y));
    const double minus = 0.5 * exp(-0.5 * au * (au + 2.0 * y));
    gauss_factor g = {.even = plus + minus, .odd = plus - minus};
    g.even_a = au * (y * g.odd - au * g.even);
    g.odd_a = au * (y * g.even - au * g.odd);
    g.even_y = au * g.odd - y * g.even_a;
    g.odd_y = au * g.even - y * g.odd_a;
    return g;
}

static void add(hebb_dual *sum, double weight, double factor, double factor_a, double factor_y, double phi,
                double phi_k)
{
    sum->v += weight * factor * phi;
    sum->d[HEBB_RSB1_LN_RATIO] += weight * factor_a * phi;
    sum->d[HEBB_RSB1_SIGNAL] += weight * factor_y * phi;
    sum->d[HEBB_RSB1_LN_KAPPA] += weight * factor * phi_k;
}

/*
 * 1 - m: the Gaussian of variance V0 + v = V0 (1 + A^2) alone would give erfc(y/sqrt(2 (1 + A^2))), the weights add
 * their part, E times the sum over u.
 */
static hebb_dual miss_of(double ratio, double y, hebb_dual sum)
{
    const double decay = exp(-0.5 * y * y);
    const double a = ratio * decay;
    const double width = 1.0 + a * a;
    const double x = y / sqrt(2.0 * width);
    const double slope = -M_2_SQRTPI * exp(-x * x) * x;
    const double to_ln_a = -slope * a * a / width; /* d ln x/d ln A = -A^2/(1 + A^2) */
    const double factor = ratio * decay * decay * inverse_root_2pi;
    hebb_dual miss = hebb_dual_chain(sum, erfc(x) + factor * sum.v, factor);
    miss.d[HEBB_RSB1_LN_RATIO] += to_ln_a + factor * sum.v;
    miss.d[HEBB_RSB1_SIGNAL] += (y > 0.0 ? slope / y : -M_2_SQRTPI / sqrt(2.0 * width)) - y * to_ln_a;
    miss.d[HEBB_RSB1_SIGNAL] -= 2.0 * y * factor * sum.v;
    return miss;
}

void hebb_rsb1_average_t0(double ratio, double kappa, double signal, double step, hebb_rsb1_averages *out)
{
    const double a = ratio * exp(-0.5 * signal * signal);
    hebb_dual miss = {0};
    *out = (hebb_rsb1_averages){0};
    for (int k = 0; k * step < REACH; k++) {
        const double u = k * step;
        const double weight = k == 0 ? step : 2.0 * step;
        const at_one_field at = field_t0(u, kappa);
        const gauss_factor g = gauss_at(u, a, signal);
        add(&out->gap, weight, g.even, g.even_a, g.even_y, at.gap, at.gap_k);
        add(&out->c, weight, g.even, g.even_a, g.even_y, at.c, at.c_k);
        add(&out->complexity, weight, g.even, g.even_a, g.even_y, at.complexity, at.complexity_k);
        add(&miss, weight, g.odd, g.odd_a, g.odd_y, at.miss, at.miss_k);
    }
    out->miss = miss_of(ratio, signal, miss);
}
