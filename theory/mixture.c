#include "mixture.h"

#include <float.h>
#include <math.h>

#include "one_spin.h"
#include "root.h"

/* Far above m, where m is small, a Newton step only takes a third off: 17 powers of ten are some hundred steps. */
#define MAX_STEPS 500

/* The smallest and the largest h that hebb_mixture_branch takes: h^2 and 1/h^2 fit a double. */
#define MAX_FIELD 1e140

/* Averages over z at the field h = m/T; weights of z and -z are added up, so that z > 0. */
typedef struct {
    double z_tanh;       /* <z tanh hz> */
    double z_rest;       /* <z (hz - tanh hz)> */
    double sech2, tanh2; /* <sech^2 hz> and 1 less that */
    double z2_sech2;     /* <z^2 sech^2 hz> */
    double z2_rest;      /* <z^2 (tanh hz/(hz) - sech^2 hz)>: positive term by term */
    double pair_sech2;   /* <(n^2 - z^2) sech^2 hz>/(n (n-1)) */
    double pair_tanh2;   /* 1 less that */
    double log_2cosh;    /* <ln 2cosh hz> - h <|z|> */
    double z_abs;        /* <|z|> */
} averages;

static averages average(int n, const double *weight, double h)
{
    averages sum = {0};
    for (int k = 0; 2 * k <= n; k++) {
        const double z = n - 2 * k;
        const double w = 2 * k == n ? weight[k] : 2.0 * weight[k];
        const double x = z > 0.0 ? h * z : 0.0; /* h may be infinite */
        const double sech2 = hebb_one_spin_sech2(x);
        const double tanh_x = tanh(x);
        const double tanh2 = tanh_x * tanh_x;
        const double pairs = n > 1 ? w * ((double)n * n - z * z) / ((double)n * (n - 1)) : NAN;
        sum.z_abs += w * z;
        sum.z_tanh += w * z * tanh_x;
        sum.sech2 += w * sech2;
        sum.tanh2 += w * tanh2;
        sum.z2_sech2 += w * z * z * sech2;
        sum.pair_sech2 += pairs * sech2;
        sum.pair_tanh2 += pairs * tanh2;
        sum.log_2cosh += w * hebb_one_spin_log_2cosh_excess(x);
        if (!(x > 0.0) || isinf(x)) continue;
        const double rest = hebb_one_spin_x_minus_tanh(x);
        sum.z_rest += w * z * rest;
        sum.z2_rest += w * z * z * (tanh2 - rest / x);
    }
    return sum;
}

/* 1 - <..sech^2>/T, or with t = 1 - T the same without cancellation where T is close to 1. */
static double eigenvalue(double T, double t, double sech2, double tanh2)
{
    return t < 0.5 ? (tanh2 - t) / T : 1.0 - sech2 / T;
}

/* The state at the field h = m/T, with t = 1 - T. */
static hebb_mixture state_at(int n, double T, double t, double m, const averages *at)
{
    const double longitudinal = t < 0.5 ? at->z2_rest / (n * T) : 1.0 - at->z2_sech2 / (n * T);
    const double unmixed = eigenvalue(T, t, at->sech2, at->tanh2);
    const double transverse = eigenvalue(T, t, at->pair_sech2, at->pair_tanh2);
    return (hebb_mixture){.order = n,
                          .temperature = T,
                          .m = m,
                          .f = 0.5 * n * m * m - m * at->z_abs - T * at->log_2cosh,
                          .eig_longitudinal = longitudinal,
                          .eig_unmixed = unmixed,
                          .eig_transverse = transverse,
                          .stable = longitudinal > 0.0 && unmixed > 0.0 && (n == 1 || transverse > 0.0)};
}

static hebb_mixture ground_state(int n, const double *weight)
{
    double z_abs = 0.0;
    for (int k = 0; 2 * k < n; k++) z_abs += 2.0 * weight[k] * (n - 2 * k);
    const double m = z_abs / n;
    const double side = n % 2 == 0 ? -INFINITY : 1.0; /* fields that are zero: sech^2/T diverges */
    return (hebb_mixture){.order = n,
                          .m = m,
                          .f = -0.5 * n * m * m,
                          .eig_longitudinal = 1.0,
                          .eig_unmixed = side,
                          .eig_transverse = n == 1 ? NAN : side,
                          .stable = n % 2 != 0};
}

/*
 * Newton's iteration from the overlap at T = 0, which no m exceeds.  n m - <z tanh(mz/T)> is convex in m > 0, so that
 * the steps come down to the root, never pass it, and end where rounding stops them.  For T > 1/2 the same function is
 * <z (mz/T - tanh(mz/T))> - n (1 - T) m/T, which keeps its digits where m is small.
 */
static hebb_status solve(int n, const double *weight, double T, double start, double *root)
{
    const double t = 1.0 - T; /* exact for T >= 1/2 */
    double m = start;
    for (int step = 0; step < MAX_STEPS; step++) {
        double excess = 0.0;
        double slope = 0.0;
        for (int k = 0; 2 * k < n; k++) {
            const double z = n - 2 * k;
            const double w = 2.0 * weight[k] * z;
            const double x = m * z / T;
            if (t < 0.5) {
                const double rest = hebb_one_spin_x_minus_tanh(x);
                excess += w * rest;
                slope += w * z * (x - rest) * (x - rest) / T;
            } else {
                excess += w * (m / start - tanh(x)); /* <|z|> m/start = n m */
                slope += w * (1.0 / start - (x < 400.0 ? z * hebb_one_spin_sech2(x) / T : 0.0));
            }
        }
        if (t < 0.5) {
            excess -= n * t * m / T;
            slope -= n * t / T;
        }
        const double next = m - excess / slope;
        if (!(next < m)) {
            *root = m;
            return HEBB_OK;
        }
        m = next;
    }
    return HEBB_ENOCONV;
}

hebb_status hebb_mixture_solve(int n, double T, hebb_mixture *mixture)
{
    if (n < 1 || n > HEBB_MAX_ORDER || !(T >= 0.0) || isinf(T)) return HEBB_EDOM;
    if (T >= 1.0) return HEBB_ENOSOLUTION;
    double weight[HEBB_MAX_ORDER + 1];
    hebb_pattern_sum_law(n, weight);
    const hebb_mixture ground = ground_state(n, weight);
    if (T == 0.0) {
        *mixture = ground;
        return HEBB_OK;
    }
    double m;
    const hebb_status status = solve(n, weight, T, ground.m, &m);
    if (status != HEBB_OK) return status;
    const averages at = average(n, weight, m / T);
    *mixture = state_at(n, T, 1.0 - T, m, &at);
    return HEBB_OK;
}

static hebb_mixture branch(int n, const double *weight, double h)
{
    const averages at = average(n, weight, h);
    const double t = at.z_rest / (n * h);
    const double T = t < 0.5 ? 1.0 - t : at.z_tanh / (n * h);
    return state_at(n, T, t, T * h, &at);
}

hebb_status hebb_mixture_branch(int n, double h, hebb_mixture *mixture)
{
    if (n < 1 || n > HEBB_MAX_ORDER || !(h >= 1.0 / MAX_FIELD) || !(h <= MAX_FIELD)) return HEBB_EDOM;
    double weight[HEBB_MAX_ORDER + 1];
    hebb_pattern_sum_law(n, weight);
    *mixture = branch(n, weight, h);
    return HEBB_OK;
}

typedef struct {
    int n;
    const double *weight;
} symmetric_branch;

static double transverse_at(double h, void *params)
{
    const symmetric_branch *along = params;
    return branch(along->n, along->weight, h).eig_transverse;
}

hebb_status hebb_mixture_descent(int n, double overlap, double sweeps, double *energy)
{
    hebb_mixture mixture;
    if (!(fabs(overlap) <= 1.0) || !(sweeps >= 0.0)) return HEBB_EDOM;
    const hebb_status status = hebb_mixture_solve(n, 0.0, &mixture);
    if (status != HEBB_OK) return status;
    if (n % 2 == 0) return HEBB_ENOSOLUTION;
    const double share = overlap + (1.0 - overlap) * fmin(sweeps, 1.0);
    *energy = mixture.f * share * share;
    return HEBB_OK;
}

hebb_status hebb_mixture_critical(int n, hebb_mixture *mixture)
{
    if (n < 1 || n > HEBB_MAX_ORDER) return HEBB_EDOM;
    if (n % 2 == 0) return HEBB_ENOSOLUTION;
    double weight[HEBB_MAX_ORDER + 1];
    hebb_pattern_sum_law(n, weight);
    if (n == 1) {
        *mixture = (hebb_mixture){.order = 1, .temperature = 1.0, .f = -M_LN2, .eig_transverse = NAN};
        return HEBB_OK;
    }
    double low = 0.1; /* unstable: the eigenvalue is -4h^2/3 near h = 0 */
    double high = 0.2;
    while (branch(n, weight, high).eig_transverse < 0.0) {
        low = high;
        high *= 2.0;
        if (high > MAX_FIELD) return HEBB_ENOCONV;
    }
    symmetric_branch along = {n, weight};
    hebb_root_bisect(transverse_at, &along, &low, &high);
    *mixture = branch(n, weight, high);
    return HEBB_OK;
}

/* f_n - f_other at T; NaN where one of them could not be solved. */
static double gap(int n, int other, double T, double *f)
{
    hebb_mixture a;
    hebb_mixture b;
    if (hebb_mixture_solve(n, T, &a) != HEBB_OK || hebb_mixture_solve(other, T, &b) != HEBB_OK) return NAN;
    *f = 0.5 * (a.f + b.f);
    return a.f - b.f;
}

typedef struct {
    int n, other;
} orders;

static double gap_at(double T, void *params)
{
    const orders *pair = params;
    double f;
    return gap(pair->n, pair->other, T, &f);
}

hebb_status hebb_mixture_crossing(int n, int other, double *T, double *f)
{
    if (n < 1 || n >= other || other > HEBB_MAX_ORDER) return HEBB_EDOM;
    /* Towards T = 1 f_n + T ln 2 ~ -(3/4)(1-T)^2 n/(3n-2): above .9 the lower order has the lower f. */
    enum { GRID = 40 };
    double low = 0.0;
    double at_low = gap(n, other, low, f);
    for (int k = 1; k < GRID; k++) {
        double high = 0.95 * k / GRID;
        const double at_high = gap(n, other, high, f);
        if (isnan(at_low) || isnan(at_high)) return HEBB_ENOCONV;
        if (signbit(at_low) == signbit(at_high)) {
            low = high;
            continue;
        }
        orders pair = {n, other};
        hebb_root_bisect(gap_at, &pair, &low, &high);
        *T = high;
        return isnan(gap(n, other, high, f)) ? HEBB_ENOCONV : HEBB_OK;
    }
    return HEBB_ENOSOLUTION;
}
