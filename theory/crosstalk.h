/*
 * crosstalk - one-step errors of a Hopfield network started at a stored pattern
 *
 *   J_ij = (1/N) sum_mu xi_i^mu xi_j^mu,   J_ii = 0 (or p/N where self_coupling is set)
 *   N xi_i^mu h_i = S + X,   S = N-1 (or N-1+p),   X = a sum of (N-1)(p-1) independent fair +-1
 *
 * The bit turns against its pattern when X < -S and has no field when X = -S.  X = 2k - (N-1)(p-1) with k binomial;
 * X/N has variance alpha = p/N when N and p are large, and is Gaussian.  Derivations: docs/theory/crosstalk.md (1), (2).
 *
 * [HKP91]  Hertz, Krogh, Palmer, Introduction to the Theory of Neural Computation (1991), sec. 2.2.
 * [MPRV87] McEliece, Posner, Rodemich, Venkatesh, IEEE Trans. Inf. Theory 33 (1987) 461.
 * [L00]    Loader, Fast and accurate computation of binomial probabilities (2000).
 * [DM92]   DiDonato, Morris, ACM Trans. Math. Softw. 18 (1992) 360, algorithm 708.
 */
#ifndef HEBB_THEORY_CROSSTALK_H
#define HEBB_THEORY_CROSSTALK_H

#include "status.h"
#include <stdbool.h>
#include <stdint.h>

/* The most terms (N-1)(p-1) of the sum: every count and its neighbours must be exact in a double. */
#define HEBB_CROSSTALK_MAX_TERMS (INT64_C(1) << 52)

typedef struct {
    double wrong; /* P(the bit turns against the pattern) */
    double tie;   /* P(its field is exactly zero): the bit stays, by convention */
} hebb_crosstalk;

/*
 * Error probability of one bit at load alpha, N -> infinity: erfc(1/sqrt(2 alpha))/2.      [HKP91] sec. 2.2
 *
 * alpha    in   p/N, > 0
 * p_error  out  in [0, 1/2]; relative accuracy 1e-15 down to 1e-300, below which it underflows (alpha < 7.3e-4)
 *
 * Returns HEBB_OK, or HEBB_EDOM for alpha <= 0, infinite or NaN.
 */
HEBB_CHECK_RESULT hebb_status hebb_crosstalk_gaussian(double alpha, double *p_error);

/* Density of the crosstalk at c in that limit: a Gaussian of variance alpha > 0. */
double hebb_crosstalk_gaussian_density(double alpha, double c);

/*
 * The same at finite size, exactly.
 *
 * n_neurons      in   N >= 2
 * n_patterns     in   p >= 1, with (N-1)(p-1) <= HEBB_CROSSTALK_MAX_TERMS
 * self_coupling  in   keep J_ii = p/N, which adds p/N to the field that holds the bit
 * law            out  probabilities; relative error 1e-14 down to 1e-10, 2e-13 down to 1e-100, 1e-12 down to 1e-290
 *
 * Cost: O(1): under 100 steps of a continued fraction for alpha <= 1, at most some 400 alpha above, never more than
 * 5e5 (3 ms, at the largest sizes).  Allocates nothing; thread-safe.
 * Returns HEBB_OK, HEBB_EDOM for sizes out of range, or HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_crosstalk_exact(long n_neurons, long n_patterns, bool self_coupling,
                                                   hebb_crosstalk *law);

/*
 * P(lo <= X <= hi) for X = N times the crosstalk of one bit: the mass of a histogram's bin, the probability of one
 * value (lo = hi), the distribution function (lo = LONG_MIN).  J_ii does not enter: it is no crosstalk.
 *
 * n_neurons, n_patterns  in   as above
 * lo, hi                 in   any integers, lo <= hi; X has the parity of (N-1)(p-1), so a bin may be empty
 * mass                   out  relative error 1e-12 down to 1e-290, however narrow or far out the bin
 *
 * Cost: two continued fractions as above, or one term a value for a bin of fewer than 64 + sqrt((N-1)(p-1))/64 values.
 * Returns HEBB_OK, HEBB_EDOM for sizes out of range or lo > hi, or HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_crosstalk_mass(long n_neurons, long n_patterns, long lo, long hi, double *mass);

/*
 * Numbers of patterns up to which, as N -> infinity, all bits stay right with probability tending to 1.   [MPRV87]
 *
 * n_neurons     in   N >= 2
 * one_pattern   out  N/(2 ln N): all N bits of a given pattern
 * all_patterns  out  N/(4 ln N): all N p bits of every pattern
 *
 * Leading order only: the corrections are of relative order ln ln N / ln N and are large at every size in use.
 * Returns HEBB_OK, or HEBB_EDOM for N < 2.
 */
HEBB_CHECK_RESULT hebb_status hebb_crosstalk_capacity(long n_neurons, double *one_pattern, double *all_patterns);

#endif
