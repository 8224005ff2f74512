#include "one_step_field.h"

#include <math.h>
#include <stdlib.h>
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
                             .miss_k = -kappa * at.slope,
                             .wrong = at.n};
}

/* ---- t > 0 ---- */

/*
 * The moments of tau = tanh x/t, sigma = sech^2 x/t, L and its slope S = dL/dt that are needed: for
 * the rate of the complexity alone the first HEBB_RSB1_INNER, which are even in x.
 */
enum { I, SIGMA, L, LL, L_SIGMA, TAU, L_TAU, S, S_TAU, S_SIGMA, S_L, X_SIGMA, X_TAU_SIGMA, TAU_SIGMA, SIGMA_2 };

static const double parity[HEBB_RSB1_MOMENTS] = {1, 1, 1, 1, 1, -1, -1, 1, -1, 1, 1, -1, 1, -1, 1};

/* The functions averaged in I..SIGMA_2 at x, for values of L and S less their references. */
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
    f[TAU_SIGMA] = tau * sigma;
    f[SIGMA_2] = sigma * sigma;
}

typedef struct {
    double tau, sigma, l, s;
} spin;

/* For x >= 0, without cancellation; all from one exponential, which one_spin.h's functions would each take. */
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

/* The first n integrands at x and t less those at x and t = 0. */
static void added_at(double x, double weight, double kappa, double t, int n, double *added)
{
    const spin at = spin_at(x, t);
    double warm[HEBB_RSB1_MOMENTS], cold[HEBB_RSB1_MOMENTS];
    functions_at(at.tau, at.sigma, at.l, at.s, x, warm);
    functions_at(1.0, 0.0, x, 0.0, x, cold);
    const double base = weight * exp(kappa * x), grown = expm1(kappa * (at.l - x));
    for (int f = 0; f < n; f++) added[f] = base * ((warm[f] - cold[f]) + grown * warm[f]);
}

/* t >= 1: the trapezoid reaches as far on both sides. */
#define WARM_REACH 9.0

static double warm_step(double t)
{
    return fmin(0.5, 0.25 * t);
}

/* There x holds the weights of y = k step. */
static void init_warm(hebb_rsb1_nodes *nodes)
{
    const double step = warm_step(nodes->t);
    for (int k = 0; k * step <= WARM_REACH; k++)
        nodes->x[k] = step * inverse_root_2pi * exp(-0.5 * k * step * k * step);
}

/*
 * The integrand for t > 0 less the one for t = 0 is smooth on each side of x = 0 and falls as exp(-2x/t): Gauss and
 * Legendre's rule of 16 points in each of four panels of x/t, ending at 20.
 */
void hebb_rsb1_nodes_init(hebb_rsb1_nodes *nodes, double kappa, double t)
{
    static const double abscissas[] = {0.0950125098376374402, 0.2816035507792589132, 0.4580167776572273863,
                                       0.6178762444026437484, 0.7554044083550030339, 0.8656312023878317439,
                                       0.9445750230732325761, 0.9894009349916499326};
    static const double weights[] = {0.1894506104550684963, 0.1826034150449235889, 0.1691565193950025382,
                                     0.1495959888165767321, 0.1246289712555338720, 0.0951585116824927848,
                                     0.0622535239386478929, 0.0271524594117540949};
    static const double ends[] = {0.0, 2.0, 5.0, 10.0, 20.0};
    nodes->kappa = kappa;
    nodes->t = t;
    if (t >= 1.0) {
        init_warm(nodes);
        return;
    }
    for (int j = 0; j < HEBB_RSB1_NODES; j++) {
        const int panel = j / 16, i = j % 16;
        const double half = 0.5 * (ends[panel + 1] - ends[panel]);
        const double side = i < 8 ? -abscissas[7 - i] : abscissas[i - 8];
        const double x = t * (ends[panel] + half * (1.0 + side));
        const double weight = t * half * weights[i < 8 ? 7 - i : i - 8];
        nodes->x[j] = x;
        added_at(x, weight, kappa, t, HEBB_RSB1_MOMENTS, nodes->added[j]);
        for (int k = 0; k < HEBB_RSB1_KAPPAS && kappa < SMALL_KAPPA; k++)
            added_at(x, weight, kappa_nodes[k] * kappa, t, HEBB_RSB1_INNER, nodes->inner[k][j]);
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

/* From moments with L less its reference, and n = 1 - <tanh> with its own digits: all but the complexity. */
static hebb_rsb1_field assemble(const double f[HEBB_RSB1_MOMENTS], double kappa, double t, double n, double u)
{
    double a[HEBB_RSB1_MOMENTS];
    for (int k = 0; k < HEBB_RSB1_MOMENTS; k++) a[k] = f[k] / f[I];
    const double s = 1.0 - n, c = a[SIGMA] / t;
    const double s_k = kappa * (a[L_TAU] - s * a[L]);
    const double c_k = kappa * (a[L_SIGMA] - a[SIGMA] * a[L]) / t;
    const double s_t = -a[X_SIGMA] / t + kappa * t * (a[S_TAU] - s * a[S]);
    const double c_t = (2.0 * a[X_TAU_SIGMA] / t + kappa * t * (a[S_SIGMA] - a[SIGMA] * a[S])) / t - c;
    const double q_t = -t * (c + c_t);
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
                             .entropy = a[S],
                             .wrong = n,
                             .wrong_t = -s_t,
                             .sech4 = a[SIGMA_2],
                             .c_u = (-2.0 * a[TAU_SIGMA] / t + kappa * (a[TAU_SIGMA] - a[SIGMA] * s)) / t};
    field.complexity_t = 0.5 * q_t - t * (a[S_L] - a[S] * a[L]);
    return field;
}

/* Moments of added functions with L for those with L - u. */
static void refer_to(double u, int n, double *f)
{
    f[LL] += u * (u * f[I] - 2.0 * f[L]);
    f[L] -= u * f[I];
    f[L_SIGMA] -= u * f[SIGMA];
    if (n == HEBB_RSB1_INNER) return;
    f[L_TAU] -= u * f[TAU];
    f[S_L] -= u * f[S];
}

/* q - variance + kappa (dq/dkappa)/2, of which the complexity is int_0^1 dx x (.)(x kappa). */
static double rate_of(const double f[HEBB_RSB1_INNER], double kappa)
{
    const double sigma = f[SIGMA] / f[I], l = f[L] / f[I];
    return 1.0 - sigma - (f[LL] / f[I] - l * l) - 0.5 * kappa * (f[L_SIGMA] / f[I] - sigma * l);
}

static double small_complexity(double u, const hebb_rsb1_nodes *nodes, const double even[HEBB_RSB1_NODES])
{
    double sum = 0.0;
    for (int k = 0; k < HEBB_RSB1_KAPPAS; k++) {
        const double kappa = kappa_nodes[k] * nodes->kappa;
        double cold[HEBB_RSB1_MOMENTS], added[HEBB_RSB1_INNER] = {0};
        moments_t0(u, kappa, cold);
        for (int j = 0; j < HEBB_RSB1_NODES; j++)
            for (int f = 0; f < HEBB_RSB1_INNER; f++) added[f] += even[j] * nodes->inner[k][j][f];
        const double factor = inverse_root_2pi * exp(-kappa * (u + 0.5 * kappa));
        for (int f = 0; f < HEBB_RSB1_INNER; f++) added[f] *= factor;
        refer_to(u, HEBB_RSB1_INNER, added);
        for (int f = 0; f < HEBB_RSB1_INNER; f++) cold[f] += added[f];
        sum += kappa_weights[k] * kappa_nodes[k] * rate_of(cold, kappa);
    }
    return sum;
}

/* t < 1: the closed form, and the difference on the nodes. */
static hebb_rsb1_field field_cool(double u, const hebb_rsb1_nodes *nodes)
{
    const double kappa = nodes->kappa;
    double cold[HEBB_RSB1_MOMENTS], added[HEBB_RSB1_MOMENTS] = {0}, even[HEBB_RSB1_NODES];
    moments_t0(u, kappa, cold);
    for (int j = 0; j < HEBB_RSB1_NODES; j++) {
        const double x = nodes->x[j];
        const double near = exp(-0.5 * (x - u) * (x - u)), far = near * exp(-2.0 * x * u);
        even[j] = near + far;
        for (int f = 0; f < HEBB_RSB1_MOMENTS; f++) added[f] += (near + parity[f] * far) * nodes->added[j][f];
    }
    const double factor = inverse_root_2pi * exp(-kappa * (u + 0.5 * kappa));
    for (int f = 0; f < HEBB_RSB1_MOMENTS; f++) added[f] *= factor;
    refer_to(u, HEBB_RSB1_MOMENTS, added);
    const double lower = exp(-2.0 * kappa * u) * erfc((u - kappa) * root_half);
    const double excess = 0.5 * (lower - erfc((u + kappa) * root_half)) + added[I];
    const double wrong = lower + (added[I] - added[TAU]);
    for (int f = 0; f < HEBB_RSB1_MOMENTS; f++) cold[f] += added[f];
    hebb_rsb1_field field = assemble(cold, kappa, nodes->t, wrong / cold[I], u);
    const double rate = rate_of(cold, kappa);
    field.complexity = kappa < SMALL_KAPPA ? small_complexity(u, nodes, even)
                                           : (0.5 * kappa + (log1p(excess) / kappa - cold[L] / cold[I])) / kappa +
                                                 0.5 * (1.0 - cold[SIGMA] / cold[I]);
    field.complexity_k = rate - 2.0 * field.complexity;
    return field;
}

/* (e^x - 1)/x, and (e^x - 1 - x)/x^2 */
static void exponential_remainders(double x, double *first, double *second)
{
    if (fabs(x) > 0.3) {
        *first = expm1(x) / x;
        *second = (*first - 1.0) / x;
        return;
    }
    double sum = 0.0;
    for (int k = 13; k >= 2; k--) sum = (1.0 + sum * x) / k;
    *second = 0.0;
    for (int k = 14; k >= 3; k--) *second = (1.0 + *second * x) / k;
    *second = 0.5 * (1.0 + *second * x);
    *first = 1.0 + sum * x;
}

/*
 * t >= 1: everything is smooth on the scale of z.  With tau_u = tanh u/t and L = L(u) + z tau_u + rho the weight's
 * linear part moves the Gaussian, z = y + kappa tau_u, and as <z> = kappa <tanh>
 *
 *   complexity = (<tanh> - tau_u)^2/2 + gap/2 + [ln J - kappa <rho>]/kappa^2,   J = int Dy exp(kappa rho),
 *
 * each term of order 1/t^2.  With rho less its plain average over y, J = 1 + kappa^2 P and J <rho> = kappa R, where P
 * and R average rho^2 times the remainders of the exponential: nothing cancels at small kappa either.
 */
static hebb_rsb1_field field_warm(double u, const hebb_rsb1_nodes *nodes)
{
    const double kappa = nodes->kappa, t = nodes->t, step = warm_step(t);
    const int n_steps = (int)(WARM_REACH / step);
    const spin middle = spin_at(u, t);
    spin spins[2 * HEBB_RSB1_NODES];
    double rho[2 * HEBB_RSB1_NODES], mean = 0.0;
    for (int k = -n_steps; k <= n_steps; k++) {
        const double z = k * step + kappa * middle.tau;
        spins[k + n_steps] = spin_at(fabs(u + z), t);
        rho[k + n_steps] = spins[k + n_steps].l - middle.l - z * middle.tau;
        mean += nodes->x[abs(k)] * rho[k + n_steps];
    }
    double sum[HEBB_RSB1_MOMENTS] = {0}, wrong = 0.0, change = 0.0, change2 = 0.0, p = 0.0, r = 0.0;
    for (int k = -n_steps; k <= n_steps; k++) {
        const double z = k * step + kappa * middle.tau, x = u + z, gauss = nodes->x[abs(k)];
        const spin at = spins[k + n_steps];
        const double tau = copysign(at.tau, x), l = rho[k + n_steps] - mean;
        double f[HEBB_RSB1_MOMENTS], first, second;
        functions_at(tau, at.sigma, l + z * middle.tau, at.s - middle.s, x, f);
        exponential_remainders(kappa * l, &first, &second);
        p += gauss * l * l * second;
        r += gauss * l * l * first;
        const double weight = gauss * (1.0 + kappa * l * first);
        for (int j = 0; j < HEBB_RSB1_MOMENTS; j++) sum[j] += weight * f[j];
        const double d = tanh(z / t) * (1.0 - tau * middle.tau); /* tau less its value at u */
        change += weight * d;
        change2 += weight * d * d;
        wrong += weight * (x < 0.0 ? 1.0 - tau : at.sigma / (1.0 + tau));
    }
    hebb_rsb1_field field = assemble(sum, kappa, t, wrong / sum[I], u);
    change /= sum[I];
    field.gap = change2 / sum[I] - change * change; /* small at large t, where 1 - sigma - tau^2 cancels */
    field.entropy += middle.s;
    const double log_j = kappa > 0.0 ? log1p(kappa * kappa * p) / (kappa * kappa) : p;
    field.complexity = 0.5 * change * change + 0.5 * field.gap + log_j - r / sum[I];
    field.complexity_k = rate_of(sum, kappa) - 2.0 * field.complexity;
    return field;
}

hebb_rsb1_field hebb_rsb1_field_thermal(double u, const hebb_rsb1_nodes *nodes)
{
    return nodes->t < 1.0 ? field_cool(u, nodes) : field_warm(u, nodes);
}
