/*
 * dense_capacity - how many patterns a dense memory F(x) = x^n holds, K = alpha N^(n-1), as N -> infinity
 *
 * One update from a pattern: the noise on a bit has the variance K E[G(a)^2] = 4 n^2 (2n-3)!! K N^(n-1), the signal is
 * 2 n N^(n-1), so
 *
 *   P_error = erfc(sqrt(N^(n-1)/(2 K (2n-3)!!)))/2                                        [KH16] eq. 5
 *   alpha_n(P) = 1/((2n-3)!! z^2)                   with P = erfc(z/sqrt 2)/2
 *   K = k N^(n-1)/ln N with k = 1/(2 (2n-3)!!)      without a wrong bit in a pattern      see [KH16] eq. 6
 *
 * In equilibrium at T = 0, n >= 3, with a = (2n-3)!! K/N^(n-1), in replica symmetry:
 *
 *   m = erf(m^(n-1)/sqrt(2a)),   a_c = max_y (erf(y)^(n-1)/y)^2/2
 *
 * n = 2 is the Hopfield model, capacity.h: there the noise reacts on the state.
 * Derivations: docs/theory/dense.md (2), (4), (6).
 *
 * [KH16] D. Krotov, J. J. Hopfield, Dense associative memory for pattern recognition, NIPS 29 (2016).
 */
#ifndef HEBB_THEORY_DENSE_CAPACITY_H
#define HEBB_THEORY_DENSE_CAPACITY_H

#include "status.h"

/* From here on (2n-3)!! and its reciprocal are no normal doubles. */
enum { HEBB_DENSE_CAPACITY_MAX_DEGREE = 150 };

/*
 * (2n-3)!! = 1 3 5 .. (2n-3): the 2(n-1)-th moment of a unit Gaussian; the load is K times this over N^(n-1).
 * degree  in  2 .. HEBB_DENSE_CAPACITY_MAX_DEGREE
 */
double hebb_dense_double_factorial(int degree);

/*
 * The load K/N^(n-1) at which one update makes a bit wrong with probability p_error.
 *
 * p_error  in   in (0, 1/2)
 * alpha    out  1e-14 relative
 *
 * Returns HEBB_OK or HEBB_EDOM.
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_alpha_one_step(int degree, double p_error, double *alpha);

/*
 * P_error of the Gaussian law at N and K; half the noise's variance for the rectified F, which half of the patterns make
 * nothing of.  Both sizes >= 1.  Returns HEBB_OK or HEBB_EDOM.
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_gaussian(int degree, int is_rectified, double n_neurons, double n_patterns,
                                                  double *p_error);

typedef struct {
    double a;     /* (2n-3)!! K/N^(n-1) up to which there is a retrieval state */
    double m;     /* its overlap there */
    double alpha; /* K/N^(n-1) */
} hebb_dense_end;

/*
 * Replica symmetry, T = 0; n = 2 is hebb_capacity_t0.
 *
 * limit  out  1e-14 relative
 *
 * Returns HEBB_OK, HEBB_EDOM for the degree, or HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_limit_t0(int degree, hebb_dense_end *limit);

/*
 * The y of that maximum, n >= 3.  y  out  1e-15 relative.  Returns HEBB_OK; HEBB_EDOM; HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_end_y(int degree, double *y);

#endif
