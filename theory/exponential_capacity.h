/*
 * exponential_capacity - loads alpha = ln K / N of the memory E = -sum_mu exp(lambda sum_i xi_i^mu s_i), N to infinity
 *
 *   I(a) = ((1+a) ln(1+a) + (1-a) ln(1-a))/2        e^{-N I(a)}: two random patterns of signs overlap by aN or more
 *
 * Started with a share rho of wrong bits, lambda = 1, one synchronous step:
 *
 *   all patterns come back        alpha < I(1-2 rho)/2                                                          [D17]
 *   a typical one comes back      alpha < I(1-2 rho)                  for 1-2 rho <= tanh 2
 *                                 alpha < 2(1-2 rho) - ln cosh 2      for 1-2 rho >= tanh 2
 *
 * A pattern's own term e^{lambda N} beside the sum of all others, patterns of norm N^(1/2) (random energies, [LM24]):
 *
 *   alpha_1 = lambda - zeta(lambda),  zeta = lim ln<e^{lambda xi.xi'}>/N,   as long as zeta'(lambda) <= 1
 *
 * Derivations: docs/theory/exponential.md (2) to (5).
 *
 * [D17]  M. Demircigil, J. Heusel, M. Loewe, S. Upgang, F. Vermet, J. Stat. Phys. 168 (2017) 288.
 * [LM24] C. Lucibello, M. Mezard, Phys. Rev. Lett. 132 (2024) 077301.
 */
#ifndef HEBB_THEORY_EXPONENTIAL_CAPACITY_H
#define HEBB_THEORY_EXPONENTIAL_CAPACITY_H

#include "status.h"

/* I(a), to 3 units in the last place.  a  in  -1 .. 1; NaN elsewhere. */
double hebb_exponential_rate(double a);

/*
 * Loads up to which all patterns, and a typical one, come back in one step.
 *
 * rho      in   share of wrong bits at the start, 0 <= rho < 1/2
 *
 * Returns HEBB_OK, or HEBB_EDOM.
 */
HEBB_CHECK_RESULT hebb_status hebb_exponential_capacity(double rho, double *all, double *typical);

typedef enum { HEBB_PATTERNS_BINARY, HEBB_PATTERNS_GAUSSIAN, HEBB_PATTERNS_SPHERICAL } hebb_pattern_law;

/*
 * The random-energy threshold alpha_1 of patterns of signs, of Gaussian numbers, of points on the sphere.
 *
 * lambda   in   > 0
 *
 * Returns HEBB_OK, or HEBB_EDOM for another lambda.
 */
HEBB_CHECK_RESULT hebb_status hebb_exponential_random_energy(double lambda, hebb_pattern_law law, double *alpha);

#endif
