#include "curie_weiss.h"

#include <math.h>

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

/* ln n! - (n + 1/2) ln n + n; at n = 0, where the caller has no such term, 0.                                  [S58] */
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

/* ln C(N, (N-M)/2)/N, without the large numbers that cancel in ln N! - ln k! - ln (N-k)!.                      [S58] */
static long double entropy(long double n, long double M)
{
    const long double a = (n + M) / 2.0L;
    const long double b = (n - M) / 2.0L;
    const long double mixing = -(a * logl(a / n) + (b > 0.0L ? b * logl(b / n) : 0.0L));
    const long double root = 0.5L * (logl(n / a) - (b > 0.0L ? logl(b) : 0.0L));
    return (mixing + root + stirling(n) - stirling(a) - stirling(b)) / n;
}

hebb_status hebb_curie_weiss_exact(double T, long n_neurons, hebb_curie_weiss *state)
{
    if (!(T >= 0.0) || isinf(T) || n_neurons < 1 || n_neurons > HEBB_CURIE_WEISS_MAX_NEURONS) return HEBB_EDOM;
    const long double n = (long double)n_neurons;
    if (T == 0.0) {
        *state = (hebb_curie_weiss){.m = 1.0, .f = 0.5 * (double)(1 - n_neurons) / (double)n_neurons};
        return HEBB_OK;
    }
    long top;
    const hebb_status status = most_likely(n_neurons, T, &top);
    if (status != HEBB_OK) return status;

    /* Weights relative to that of `top`; M < 0 counts by doubling all but M = 0. */
    const long double at_top = top == 0 ? 1.0L : 2.0L;
    long double sum = at_top;
    long double sum_m = at_top * (long double)top;
    long double weight = 2.0L;
    for (long M = top; M >= 2 && weight > NEGLIGIBLE; M -= 2) {
        weight *= step_down(n, (long double)M, T);
        const long double counted = M == 2 ? 0.5L * weight : weight;
        sum += counted;
        sum_m += counted * (long double)(M - 2);
    }
    weight = 2.0L;
    for (long M = top + 2; M <= n_neurons && weight > NEGLIGIBLE; M += 2) {
        weight /= step_down(n, (long double)M, T);
        sum += weight;
        sum_m += weight * (long double)M;
    }
    const long double energy = (n - (long double)top * (long double)top) / (2.0L * n * n);
    state->m = (double)(sum_m / sum / n);
    state->f = (double)(energy - T * (entropy(n, (long double)top) + logl(sum) / n));
    return HEBB_OK;
}
