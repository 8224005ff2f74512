#include "one_step_field.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* Below this kappa the complexity is integrated in kappa: the difference of terms of order one cancels. */
#define SMALL_KAPPA 0.1

static const double root_half = M_SQRT1_2;
static const double inverse_root_2pi = 0.5 * M_2_SQRTPI * M_SQRT1_2;

/* Gauss and Legendre's rule of 5 points on (0, 1): exact to 1e-16 for what is integrated over kappa < 0.1. */
static const double kappa_nodes[] = {0.0469100770306680036, 0.2307653449471584545, 0.5, 0.7692346550528415455,
                                     0.9530899229693319964};
static const double kappa_weights[] = {0.1184634425280945438, 0.2393143352496832340, 0.2844444444444444444,
                                       0.2393143352496832340, 0.1184634425280945438};

/* ---- t = 0 ---- */

/*
 * <sgn> = s, 2 p(h=0) = c and ds/dkappa: with I = exp(kappa^2/2) [exp(kappa u) Phi(kappa+u) + exp(-kappa u)
 * Phi(kappa-u)], everything over the factor of its first term.
 */
typedef struct {
    double n; /* 1 - s */
    double c;
    double slope; /* ds/dkappa = u (1-s^2) - s c */
    double log_i; /* ln I - kappa u - kappa^2/2 */
} signs;

static signs signs_at(double u, double kappa)
{
    const double lower = exp(-2.0 * kappa * u) * erfc((u - kappa) * root_half);
    const double excess = 0.5 * (lower - erfc((u + kappa) * root_half));
    const double density = inverse_root_2pi * exp(-0.5 * (u + kappa) * (u + kappa));
    signs at = {.n = lower / (1.0 + excess), .c = 2.0 * density / (1.0 + excess), .log_i = log1p(excess)};
    at.slope = u * at.n * (2.0 - at.n) - (1.0 - at.n) * at.c;
    return at;
}

/* (1/kappa) d/dkappa of kappa^2 times the complexity, <|x|> = kappa + u s + c in it. */
static double complexity_rate(double u, double kappa, const signs *at)
{
    const double l = kappa + u * (1.0 - at->n) + at->c;
    return at->c * l - u * at->slope;
}

static double complexity_t0(double u, double kappa, const signs *at)
{
    if (kappa >= SMALL_KAPPA) return (kappa * (u * at->n - at->c) + at->log_i) / (kappa * kappa);
    double sum = 0.0;
    for (int k = 0; k < 5; k++) {
        const signs inner = signs_at(u, kappa_nodes[k] * kappa);
        sum += kappa_weights[k] * kappa_nodes[k] * complexity_rate(u, kappa_nodes[k] * kappa, &inner);
    }
    return sum;
}

hebb_rsb1_field hebb_rsb1_field_t0(double u, double kappa)
{
    const signs at = signs_at(u, kappa);
    const double s = 1.0 - at.n;
    const double complexity = complexity_t0(u, kappa, &at);
    return (hebb_rsb1_field){.gap = at.n * (2.0 - at.n),
                             .gap_k = -2.0 * kappa * s * at.slope,
                             .c = at.c,
                             .c_k = -kappa * at.c * (kappa + u * s + at.c),
                             .complexity = complexity,
                             .complexity_k = complexity_rate(u, kappa, &at) - 2.0 * complexity,
                             .miss = at.n - erfc(u * root_half),
                             .miss_k = -kappa * at.slope};
}

/* ---- t > 0 ---- */

/* The moments of tau = tanh x/t, sigma = sech^2 x/t, L and its slope S = dL/dt that are needed; ODD: change sign with x. */
enum { I, TAU, SIGMA, L, LL, L_TAU, L_SIGMA, S, S_TAU, S_SIGMA, S_L, X_SIGMA, X_TAU_SIGMA };

static const double parity[HEBB_RSB1_MOMENTS] = {1, -1, 1, 1, 1, -1, 1, 1, -1, 1, 1, -1, 1};

/* The functions averaged in I..X_TAU_SIGMA at x, for values of L and S less their references. */
static void functions_at(double tau, double sigma, double l, double s, double x, double f[HEBB_RSB1_MOMENTS])
{
    f[I] = 1.0;
    f[TAU] = tau;
    f[SIGMA] = sigma;
    f[L] = l;
    f[LL] = l * l;
    f[L_TAU] = l * tau;
    f[L_SIGMA] = l * sigma;
    f[S] = s;
    f[S_TAU] = s * tau;
    f[S_SIGMA] = s * sigma;
    f[S_L] = s * l;
    f[X_SIGMA] = x * sigma;
    f[X_TAU_SIGMA] = x * tau * sigma;
}

typedef struct {
    double tau, sigma, l, s;
} spin;

/* For x >= 0, from e = exp(-2x/t) without cancellation. */
static spin spin_at(double x, double t)
{
    const double e = exp(-2.0 * x / t);
    const double log_term = log1p(e);
    const double tau = (1.0 - e) / (1.0 + e);
    return (spin){.tau = tau,
                  .sigma = 4.0 * e / ((1.0 + e) * (1.0 + e)),
                  .l = x + t * log_term,
                  .s = log_term + 2.0 * (x / t) * e / (1.0 + e)};
}

/*
 * The integrand for t > 0 less the one for t = 0 is smooth on each side of x = 0 and falls as exp(-2x/t): Gauss and
 * Legendre's rule of 16 points in each of three panels of x/t, ending at 20.
 */
void hebb_rsb1_nodes_init(hebb_rsb1_nodes *nodes, double kappa, double t)
{
    static const double abscissas[] = {0.0950125098376374402, 0.2816035507792589132, 0.4580167776572273863,
                                       0.6178762444026437484, 0.7554044083550030339, 0.8656312023878317439,
                                       0.9445750230732325761, 0.9894009349916499326};
    static const double weights[] = {0.1894506104550684963, 0.1826034150449235889, 0.1691565193950025382,
                                     0.1495959888165767321, 0.1246289712555338720, 0.0951585116824927848,
                                     0.0622535239386478929, 0.0271524594117540949};
    static const double ends[] = {0.0, 3.0, 8.0, 20.0};
    nodes->kappa = kappa;
    nodes->t = t;
    if (t >= 1.0) return;
    for (int j = 0; j < HEBB_RSB1_NODES; j++) {
        const int panel = j / 16, k = j % 16;
        const double half = 0.5 * (ends[panel + 1] - ends[panel]);
        const double side = k < 8 ? -abscissas[7 - k] : abscissas[k - 8];
        const double x = t * (ends[panel] + half * (1.0 + side));
        const double weight = t * half * weights[k < 8 ? 7 - k : k - 8];
        const spin at = spin_at(x, t);
        double warm[HEBB_RSB1_MOMENTS], cold[HEBB_RSB1_MOMENTS];
        functions_at(at.tau, at.sigma, at.l, at.s, x, warm);
        functions_at(1.0, 0.0, x, 0.0, x, cold);
        const double base = exp(kappa * x), grown = expm1(kappa * (at.l - x));
        nodes->x[j] = x;
        for (int f = 0; f < HEBB_RSB1_MOMENTS; f++)
            nodes->added[j][f] = weight * base * ((warm[f] - cold[f]) + grown * warm[f]);
    }
}

/* The closed form at t = 0 of the moments, over exp(kappa u + kappa^2/2). */
static void moments_t0(double u, double kappa, double m[HEBB_RSB1_MOMENTS])
{
    const double upper = 1.0 - 0.5 * erfc((u + kappa) * root_half);
    const double lower = 0.5 * exp(-2.0 * kappa * u) * erfc((u - kappa) * root_half);
    const double density = inverse_root_2pi * exp(-0.5 * (u + kappa) * (u + kappa));
    const double shift = kappa - 2.0 * u; /* of |x| - u, where x < 0; kappa where x > 0 */
    memset(m, 0, HEBB_RSB1_MOMENTS * sizeof *m);
    m[I] = upper + lower;
    m[TAU] = upper - lower;
    m[L] = kappa * upper + shift * lower + 2.0 * density;
    m[LL] = (1.0 + kappa * kappa) * upper + (1.0 + shift * shift) * lower + 2.0 * (kappa - 2.0 * u) * density;
    m[L_TAU] = kappa * upper - shift * lower;
}

/* From moments with L less its reference: every field, where ln I and miss are given apart for their digits. */
static hebb_rsb1_field assemble(const double f[HEBB_RSB1_MOMENTS], double kappa, double t, double log_i, double n,
                                double u)
{
    double a[HEBB_RSB1_MOMENTS];
    for (int k = 0; k < HEBB_RSB1_MOMENTS; k++) a[k] = f[k] / f[I];
    const double s = 1.0 - n, c = a[SIGMA] / t, q = 1.0 - a[SIGMA];
    const double s_k = kappa * (a[L_TAU] - s * a[L]);
    const double c_k = kappa * (a[L_SIGMA] - a[SIGMA] * a[L]) / t;
    const double s_t = -a[X_SIGMA] / t + kappa * t * (a[S_TAU] - s * a[S]);
    const double c_t = (2.0 * a[X_TAU_SIGMA] / t + kappa * t * (a[S_SIGMA] - a[SIGMA] * a[S])) / t - c;
    const double q_t = -t * (c + c_t);
    const double variance = a[LL] - a[L] * a[L];
    const double z = u / sqrt(2.0 * (1.0 + t * t));
    hebb_rsb1_field field = {.gap = n * (2.0 - n) - a[SIGMA],
                             .gap_k = -t * c_k - 2.0 * s * s_k,
                             .gap_t = q_t - 2.0 * s * s_t,
                             .c = c,
                             .c_k = c_k,
                             .c_t = c_t,
                             .miss = n - erfc(z),
                             .miss_k = -s_k,
                             .miss_t = -s_t - M_2_SQRTPI * exp(-z * z) * z * t * t / (1.0 + t * t),
                             .entropy = a[S]};
    field.complexity = (log_i - kappa * a[L]) / (kappa * kappa) + 0.5 * q;
    field.complexity_k = q - variance - 0.5 * t * c_k - 2.0 * field.complexity;
    field.complexity_t = 0.5 * q_t - t * (a[S_L] - a[S] * a[L]);
    return field;
}

/* t < 1: the closed form, and the difference on the nodes. */
static hebb_rsb1_field field_cool(double u, const hebb_rsb1_nodes *nodes)
{
    const double kappa = nodes->kappa, t = nodes->t;
    double cold[HEBB_RSB1_MOMENTS], added[HEBB_RSB1_MOMENTS] = {0};
    moments_t0(u, kappa, cold);
    for (int j = 0; j < HEBB_RSB1_NODES; j++) {
        const double x = nodes->x[j];
        const double near = exp(-0.5 * (x - u) * (x - u)), far = near * exp(-2.0 * x * u);
        for (int f = 0; f < HEBB_RSB1_MOMENTS; f++) added[f] += (near + parity[f] * far) * nodes->added[j][f];
    }
    const double factor = inverse_root_2pi * exp(-kappa * (u + 0.5 * kappa));
    for (int f = 0; f < HEBB_RSB1_MOMENTS; f++) added[f] *= factor;
    /* the reference of L is u */
    added[LL] += u * (u * added[I] - 2.0 * added[L]);
    added[L] -= u * added[I];
    added[L_TAU] -= u * added[TAU];
    added[L_SIGMA] -= u * added[SIGMA];
    added[S_L] -= u * added[S];
    const double wrong = cold[I] - cold[TAU] + added[I] - added[TAU];
    const double excess = 0.5 * (exp(-2.0 * kappa * u) * erfc((u - kappa) * root_half) - erfc((u + kappa) * root_half));
    for (int f = 0; f < HEBB_RSB1_MOMENTS; f++) cold[f] += added[f];
    return assemble(cold, kappa, t, 0.5 * kappa * kappa + log1p(excess + added[I]), wrong / cold[I], u);
}

/* t >= 1: everything is smooth on the scale of z; L and S less their values at u, between which little is left. */
static hebb_rsb1_field field_warm(double u, const hebb_rsb1_nodes *nodes)
{
    const double kappa = nodes->kappa, t = nodes->t;
    const double step = fmin(0.5, 0.25 * t), reach = 9.0 + kappa;
    const spin middle = spin_at(u, t);
    double sum[HEBB_RSB1_MOMENTS] = {0}, wrong = 0.0;
    const int n_steps = (int)(reach / step);
    for (int k = -n_steps; k <= n_steps; k++) {
        const double z = k * step, x = u + z;
        const spin at = spin_at(fabs(x), t);
        const double tau = copysign(at.tau, x);
        double f[HEBB_RSB1_MOMENTS];
        functions_at(tau, at.sigma, at.l - middle.l, at.s - middle.s, x, f);
        const double weight = step * inverse_root_2pi * exp(-0.5 * z * z + kappa * f[L]);
        for (int j = 0; j < HEBB_RSB1_MOMENTS; j++) sum[j] += weight * f[j];
        wrong += weight * (x < 0.0 ? 1.0 - tau : at.sigma / (1.0 + tau));
    }
    hebb_rsb1_field field = assemble(sum, kappa, t, log(sum[I]), wrong / sum[I], u);
    field.entropy += middle.s;
    return field;
}

/* The complexity without cancellation, as an integral over kappa of q - variance + kappa (dq/dkappa)/2. */
static double small_complexity(double u, double kappa, double t)
{
    double sum = 0.0;
    for (int k = 0; k < 5; k++) {
        hebb_rsb1_nodes nodes;
        hebb_rsb1_nodes_init(&nodes, kappa_nodes[k] * kappa, t);
        const hebb_rsb1_field at = t < 1.0 ? field_cool(u, &nodes) : field_warm(u, &nodes);
        sum += kappa_weights[k] * kappa_nodes[k] * (at.complexity_k + 2.0 * at.complexity);
    }
    return sum;
}

hebb_rsb1_field hebb_rsb1_field_thermal(double u, const hebb_rsb1_nodes *nodes)
{
    hebb_rsb1_field at = nodes->t < 1.0 ? field_cool(u, nodes) : field_warm(u, nodes);
    if (nodes->kappa >= SMALL_KAPPA) return at;
    const double rate = at.complexity_k + 2.0 * at.complexity;
    at.complexity = small_complexity(u, nodes->kappa, nodes->t);
    at.complexity_k = rate - 2.0 * at.complexity;
    return at;
}
