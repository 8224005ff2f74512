/*
 * exponential_step - one synchronous step of the memory E = -sum_mu exp(sum_i xi_i^mu s_i) at finite N and K
 *
 *   s_i <- sgn D_i,  D_i = 2 sinh 1 sum_mu xi_i^mu exp(sum_{j != i} xi_j^mu s_j)
 *
 * from a state that differs from one of K random patterns in d neurons.  In units of that pattern's term at a neuron
 * that is right, e^{N-1-2d}, and along s_i, the K-1 others add
 *
 *   R_i = sum_j w_j (n_j - b_j),  w_j = e^{-2(j-d)}
 *
 * with n_j and b_j the numbers of those that agree and disagree with s_i and that disagree with s at j other neurons:
 * Poisson numbers of mean (K-1) C(N-1,j)/2^N each.  A right neuron stays right where R_i > -1, a wrong one turns where
 * R_i < e^2.  Derivation, and what the second law leaves out: docs/theory/exponential.md (6).
 */
#ifndef HEBB_THEORY_EXPONENTIAL_STEP_H
#define HEBB_THEORY_EXPONENTIAL_STEP_H

#include "status.h"

enum { HEBB_EXPONENTIAL_MAX_NEURONS = 1000 };

/*
 * The expected share of neurons that are right after the step: the law of one neuron.
 *
 * n_neurons   in   N, 2 .. HEBB_EXPONENTIAL_MAX_NEURONS
 * n_patterns  in   K >= 1; beyond the doubles' integers too
 * n_errors    in   d, 0 <= d < N/2
 * share       out  error 1e-4 for K > 100; with fewer, ties, which hold a neuron, count by half
 *
 * Cost: some ms.  Returns HEBB_OK or HEBB_EDOM.
 */
HEBB_CHECK_RESULT hebb_status hebb_exponential_step_share(long n_neurons, double n_patterns, long n_errors,
                                                          double *share);

/*
 * The probability that all N neurons are right after the step.  The nearest rivals are counted neuron by neuron; given
 * their number and the sum of all others, which all neurons feel, the neurons are taken for independent.
 *
 * probability  out  see docs/theory/exponential.md for its accuracy as measured
 *
 * Cost: some ms.  Returns HEBB_OK, HEBB_EDOM or HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_exponential_step_retrieved(long n_neurons, double n_patterns, long n_errors,
                                                              double *probability);

/*
 * The load ln K / N at which that probability is 1/2.
 *
 * Cost: some 40 times as much.  Returns as above; HEBB_ENOSOLUTION where 2^N patterns still come back (N = 2); HEBB_ENOCONV.
 */
HEBB_CHECK_RESULT hebb_status hebb_exponential_step_half(long n_neurons, long n_errors, double *alpha);

#endif
