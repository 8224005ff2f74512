#include "curie_weiss.h"

#include <math.h>
#include <stdbool.h>

#include "mixture.h"

/* Terms below this share of the largest are left out: together they are below 1e-15 of the sum at any size. */
#define NEGLIGIBLE 1e-24L

hebb_status hebb_curie_weiss_limit(double T, hebb_curie_weiss *state)
{
    if (!(T >= 0.0) || isinf(T)) return HEBB_EDOM;
    if (T >= 1.0) {
        *state = (hebb_curie_weiss){.m = 0.0, .f = -T * M_LN2};
        return HEBB_OK;
    }
    hebb_mixture pattern;
    const hebb_status status = hebb_mixture_solve(1, T, &pattern);
    if (status == HEBB_OK) *state = (hebb_curie_weiss){.m = pattern.m, .f = pattern.f};
    return status;
}

/*
 * The weight of M - 2 over that of M: (N+M)/(N-M+2) exp(-2(M-1)/(NT)).  Its logarithm is 2 artanh(x/(N+1)) - 2x/(NT)
 * with x = M - 1 and vanishes at one x > 0 at most: the weights have one maximum in M >= 0.
 */
static long double step_down(long double n, long double M, long double T)
{
    return (n + M) / (n - M + 2.0L) * expl(-2.0L * (M - 1.0L) / n / T);
}

/* The M >= 0 of N's parity with the largest weight, or next to it: x/(N+1) is the limit's overlap at T N/(N+1). */
static hebb_status most_likely(long n_neurons, double T, long *M)
{
    const double n = (double)n_neurons;
    hebb_curie_weiss limit;
    const hebb_status status = hebb_curie_weiss_limit(T * (n / (n + 1.0)), &limit);
    if (status != HEBB_OK) return status;
    *M = (long)fmin(n, floor(limit.m * (n + 1.0)) + 1.0);
    if ((n_neurons - *M) % 2 != 0) --*M;
    return HEBB_OK;
}

/* ln n! - (n + 1/2) ln n + n; at n = 0, where the caller has no such term, 0.                                 [AS64] */
static long double stirling(long double n)
{
    const long double half_log_2pi = 0.918938533204672741780329736405617640L;
    if (n == 0.0L) return 0.0L;
    if (n < 20.0L) {
        long double factorial = 1.0L; /* below 2^64: exact */
        for (long double k = 2.0L; k <= n; k++) factorial *= k;
        return logl(factorial) - (n + 0.5L) * logl(n) + n;
    }
    const long double u = 1.0L / (n * n);
    long double series = 1.0L / 1188 - u * 691 / 360360;
    series = 1.0L / 1260 - u * (1.0L / 1680 - u * series);
    return half_log_2pi + (1.0L / 12 - u * (1.0L / 360 - u * series)) / n;
}

/* ln C(N, (N-M)/2)/N, without the large numbers that cancel in ln N! - ln k! - ln (N-k)!.                     [AS64] */
static long double entropy(long double n, long double M)
{
    const long double a = (n + M) / 2.0L;
    const long double b = (n - M) / 2.0L;
    const long double mixing = -(a * logl(a / n) + (b > 0.0L ? b * logl(b / n) : 0.0L));
    const long double root = 0.5L * (logl(n / a) - (b > 0.0L ? logl(b) : 0.0L));
    return (mixing + root + stirling(n) - stirling(a) - stirling(b)) / n;
}

static bool is_in_range(double T, long n_neurons)
{
    return T >= 0.0 && isfinite(T) && n_neurons >= 1 && n_neurons <= HEBB_CURIE_WEISS_MAX_NEURONS;
}

/* Sums over M, with weights relative to that of `top`; `of` has those of (|M| - top)^k. */
typedef struct {
    long top;
    long double weight, of[5];
} sums;

static void add(sums *s, long double weight, long M)
{
    const long double d = (long double)(M - s->top);
    s->weight += weight;
    for (int k = 1; k < 5; k++) s->of[k] += (weight *= d);
}

/* M < 0 counts by doubling all but M = 0. */
static hebb_status sum_up(double T, long n_neurons, sums *s)
{
    *s = (sums){0};
    const long double n = (long double)n_neurons;
    const hebb_status status = most_likely(n_neurons, T, &s->top);
    if (status != HEBB_OK) return status;
    add(s, s->top == 0 ? 1.0L : 2.0L, s->top);
    long double weight = 2.0L;
    for (long M = s->top; M >= 2 && weight > NEGLIGIBLE; M -= 2) {
        weight *= step_down(n, (long double)M, T);
        add(s, M == 2 ? 0.5L * weight : weight, M - 2);
    }
    weight = 2.0L;
    for (long M = s->top + 2; M <= n_neurons && weight > NEGLIGIBLE; M += 2) {
        weight /= step_down(n, (long double)M, T);
        add(s, weight, M);
    }
    return HEBB_OK;
}

hebb_status hebb_curie_weiss_exact(double T, long n_neurons, hebb_curie_weiss *state)
{
    if (!is_in_range(T, n_neurons)) return HEBB_EDOM;
    const long double n = (long double)n_neurons;
    if (T == 0.0) {
        *state = (hebb_curie_weiss){.m = 1.0, .f = 0.5 * (double)(1 - n_neurons) / (double)n_neurons};
        return HEBB_OK;
    }
    sums s;
    const hebb_status status = sum_up(T, n_neurons, &s);
    if (status != HEBB_OK) return status;
    const long double top = (long double)s.top, energy = (n - top * top) / (2.0L * n * n);
    state->m = (double)((top + s.of[1] / s.weight) / n);
    state->f = (double)(energy - T * (entropy(n, top) + logl(s.weight) / n));
    return HEBB_OK;
}

/* ---- averages ---- */

static double cumulant(double m2, double m4)
{
    return 1.0 - m4 / (3.0 * m2 * m2);
}

hebb_status hebb_curie_weiss_average(double T, long n_neurons, hebb_curie_weiss_averages *averages)
{
    if (!is_in_range(T, n_neurons)) return HEBB_EDOM;
    const long double n = (long double)n_neurons;
    if (T == 0.0) {
        *averages = (hebb_curie_weiss_averages){
            1.0, 1.0, 1.0, 0.5 * (double)(1 - n_neurons) / (double)n_neurons, NAN, cumulant(1.0, 1.0)};
        return HEBB_OK;
    }
    sums s;
    const hebb_status status = sum_up(T, n_neurons, &s);
    if (status != HEBB_OK) return status;
    const long double t = (long double)s.top, d1 = s.of[1] / s.weight, d2 = s.of[2] / s.weight, d3 = s.of[3] / s.weight,
                      d4 = s.of[4] / s.weight;
    const long double M2 = t * t + 2.0L * t * d1 + d2;
    const long double M4 = t * t * t * t + 4.0L * t * t * t * d1 + 6.0L * t * t * d2 + 4.0L * t * d3 + d4;
    averages->m = (double)((t + d1) / n);
    averages->m2 = (double)(M2 / (n * n));
    averages->m4 = (double)(M4 / (n * n * n * n));
    averages->energy = (double)((n - M2) / (2.0L * n * n));
    averages->susceptibility = (double)((d2 - d1 * d1) / (n * T));
    averages->binder = cumulant(averages->m2, averages->m4);
    return HEBB_OK;
}

hebb_status hebb_curie_weiss_average_limit(double T, hebb_curie_weiss_averages *averages)
{
    hebb_curie_weiss state;
    const hebb_status status = hebb_curie_weiss_limit(T, &state);
    if (status != HEBB_OK) return status;
    const double m = state.m, width = 1.0 - m * m, quarter = tgamma(0.25) * tgamma(0.25);
    *averages = (hebb_curie_weiss_averages){.m = m,
                                            .m2 = m * m,
                                            .m4 = m * m * m * m,
                                            .energy = -0.5 * m * m,
                                            .susceptibility = T > 1.0    ? (1.0 - M_2_PI) / (T - 1.0)
                                                              : T == 1.0 ? INFINITY
                                                              : T == 0.0 ? NAN
                                                                         : width / (T - width),
                                            .binder = T > 1.0    ? 0.0
                                                      : T == 1.0 ? 1.0 - quarter * quarter / (24.0 * M_PI * M_PI)
                                                                 : 2.0 / 3.0};
    return HEBB_OK;
}

/* ---- the law ---- */

hebb_status hebb_curie_weiss_law(double T, long n_neurons, double *probability)
{
    if (!is_in_range(T, n_neurons) || T == 0.0) return HEBB_EDOM;
    const long double n = (long double)n_neurons;
    sums s;
    const hebb_status status = sum_up(T, n_neurons, &s);
    if (status != HEBB_OK) return status;
    long double weight = 1.0L / s.weight;
    for (long M = s.top; M >= 0; M -= 2) {
        probability[(n_neurons + M) / 2] = probability[(n_neurons - M) / 2] = weight > 1e-300L ? (double)weight : 0.0;
        weight *= step_down(n, (long double)M, T);
    }
    weight = 1.0L / s.weight;
    for (long M = s.top + 2; M <= n_neurons; M += 2) {
        weight /= step_down(n, (long double)M, T);
        probability[(n_neurons + M) / 2] = probability[(n_neurons - M) / 2] = weight > 1e-300L ? (double)weight : 0.0;
    }
    return HEBB_OK;
}
