/*
 * series - the mean of a correlated series, its error, and whether it is long enough and settled to tell
 *
 *   rho(t)  autocorrelation at lag t,  tau = 1/2 + sum_{t >= 1} rho(t)  in steps (1/2: independent)        [MS88]
 *   error^2 = 2 tau variance/n
 *
 * tau is estimated in three ways, each of which fails in its own, and the largest counts:
 *   - the sum up to the first lag W >= 5 tau(W), which stops too early where a slow mode has a small amplitude     [S97];
 *   - the initial positive, monotone sequence of the sums rho(2k) + rho(2k+1), which a reversible chain has, a sweep in
 *     sequential order not quite                                                                                  [G92];
 *   - the variance of the means of batches, length times variance/(2 variance of a value), of lengths 1, 2, 4, ... as
 *     long as there are 32 of them; of these the one that is surely the largest (two of its errors taken off).
 * The first two are multiplied by 1 + (2 W + 1)/n, W their last lag: the deviations are from the series' own mean [W04].
 *
 * A tau below 1/2 (neighbours on opposite sides) is reported as 1/2: the error is then too large, never too small.
 *
 * [MS88] N. Madras, A. D. Sokal, J. Stat. Phys. 50 (1988) 109.
 * [S97]  A. D. Sokal, Monte Carlo methods in statistical mechanics, in: Functional Integration (1997) 131.
 * [G92]  C. J. Geyer, Statist. Sci. 7 (1992) 473.
 * [W04]  U. Wolff, Comput. Phys. Commun. 156 (2004) 143.
 */
#ifndef HEBB_ANALYSIS_SERIES_H
#define HEBB_ANALYSIS_SERIES_H

#include <stdbool.h>
#include "estimators.h"

enum {
    HEBB_SERIES_SHORTEST = 32, /* values; of fewer no tau is told */
    HEBB_SERIES_LONG = 50,     /* autocorrelation times */
    HEBB_SERIES_APART = 4      /* |z| of halves or ends from which on they differ: P <= .001 at equilibrium, measured */
};

typedef struct {
    size_t n;
    double mean, variance;                      /* variance of one value, n - 1 in the denominator */
    double tau_window, tau_sequence, tau_batch; /* in steps; NaN where the series is too short */
    double tau;                                 /* the largest of them, at least 1/2; NaN: none is known */
    double error;                               /* of the mean, from tau; 0 for a constant series */
    double n_effective;                         /* n/(2 tau) */
    hebb_estimate halves[2];                    /* the same of the first n/2 values and of the rest, each alone */
    double halves_z; /* (second half - first)/error of that if both were as the second; NaN: cannot tell */
    bool is_long;    /* n >= 50 tau, all three known: tau itself is known to some 30 % */
    bool is_constant;
} hebb_series;

/*
 * n   in   values at equal steps, 2 at least, finite
 *
 * Returns HEBB_OK; HEBB_EDOM for n < 2 or a value that is not finite; HEBB_ENOMEM.  Cost: n log n, .2 s for 1e6 values.
 */
HEBB_CHECK_RESULT hebb_status hebb_series_analyse(size_t n, const double *x, hebb_series *series);

/* Bytes that this takes meanwhile, beside the values: 48 to 72 a value. */
double hebb_series_bytes(size_t n);

/*
 * Whether two series, run from opposite ends (from a pattern, from random), have met: the difference of the means of
 * their second halves, other minus one, in units of its error.  NaN where one cannot tell.
 *
 * Either z is infinite where what should tell the error is constant, at another value: runs that are frozen.
 */
double hebb_series_ends_z(const hebb_series *one, const hebb_series *other);

/*
 * The length of bins for the jackknife of functions of a series: 10 tau, so that what is left of the correlation makes
 * errors some 5 % too small at most, and sqrt(n) at least.  0 where tau is not known or fewer than 5 bins would be left.
 */
size_t hebb_series_bin_length(const hebb_series *series);

#endif
