/*
 * dense_one_step - the error rate of one bit of a stored pattern in a dense memory of finite size, exactly
 *
 *   E = -sum_mu F(sum_i xi_i^mu s_i),   F(x) = x^n, or x^n for x > 0 and else 0 (rectified)
 *
 * In the state s = xi^1 the bit i sees  xi_i^1 D_i = G(N-1) + S,  G(a) = F(a+1) - F(a-1):
 *
 *   S = sum over K-1 patterns of  x G(a),   x a fair sign, a a sum of N-1 fair signs, all independent
 *   the bit is wrong where S < -G(N-1); where S = -G(N-1) it stays                        [KH16] eq. 4
 *
 * The law of S is the (K-1)-fold convolution of one pattern's.  It is taken at the one place that is asked for:
 * tilted by e^{-tS} so that its mean lies there, which keeps every digit of a tail, and inverted by the discrete
 * Fourier sum over one period of the lattice that the values of S lie on [D54]: docs/theory/dense.md (1), (3).
 *
 * [KH16] D. Krotov, J. J. Hopfield, Dense associative memory for pattern recognition, NIPS 29 (2016).
 * [D54]  H. E. Daniels, Saddlepoint approximations in statistics, Ann. Math. Statist. 25 (1954) 631.
 */
#ifndef HEBB_THEORY_DENSE_ONE_STEP_H
#define HEBB_THEORY_DENSE_ONE_STEP_H

#include <stdbool.h>
#include <stddef.h>
#include "status.h"

typedef struct {
    int degree;     /* n >= 2 */
    bool rectified; /* F(x) = 0 for x < 0 */
} hebb_dense_energy;

/* One pattern's part of the noise, x G(a).  Read-only once made: threads may share it. */
typedef struct {
    size_t n;                /* different values */
    double *value;           /* in units of the lattice's step, ascending in no order; half-integers perhaps */
    double *log_probability; /* of each */
    double signal;           /* G(N-1) in that unit */
    double step;             /* the lattice's: the greatest common divisor of all differences of values */
    double variance;         /* of one value, in units of step^2 */
    double kurtosis;         /* fourth moment over the variance's square */
} hebb_dense_noise;

/*
 * n_neurons  in   N >= 2, to 16000; N^n to 2^126, and G(N-1) over the step to 2^52
 *
 * Returns HEBB_OK; HEBB_EDOM for sizes out of range; HEBB_ENOMEM.  Cost: O(N n).
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_noise_init(hebb_dense_noise *noise, hebb_dense_energy energy, long n_neurons);

/* Safe on a zeroed one and twice. */
void hebb_dense_noise_free(hebb_dense_noise *noise);

typedef struct {
    double wrong;   /* P(S < -G(N-1)) */
    double tie;     /* P(S = -G(N-1)): the bit stays */
    double moments; /* the Gaussian of the same variance: erfc(G(N-1)/sqrt(2 (K-1) var))/2 */
} hebb_dense_law;

/*
 * n_patterns  in   K >= 1, to 2^52
 * law         out  wrong and tie to 1e-12 relative for K from 30 to 1e6, 1e-10 to 1e10 and for fewer; 0 below 1e-320
 *
 * What is left out, beyond the window of lattice places and where the characteristic function's power is small, is
 * below 1e-18 of the result, by Chernoff's bound and by a bound of the function's slope.
 * Cost: some hundred sums over the N values, and one more for each step of the bound through the lattice's period: some
 * 10 sqrt(variance) of them.  Few patterns at a large size leave nothing out: a Fourier transform then.
 *
 * Returns HEBB_OK; HEBB_EDOM; HEBB_ENOMEM; HEBB_ENOCONV where the lattice is too long for either: law->moments is set.
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_one_step(const hebb_dense_noise *noise, long n_patterns, hebb_dense_law *law);

#endif
