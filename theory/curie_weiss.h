/*
 * curie_weiss - one stored pattern: the fully connected Ising ferromagnet, exactly
 *
 *   H = -(1/N) sum_{i<j} s_i s_j = -(M^2 - N)/(2N),   M = sum_i s_i
 *
 * One pattern, J_ij = xi_i xi_j/N with J_ii = 0, becomes this model with s_i -> xi_i s_i; M/N is the overlap.
 *
 *   N -> infinity   m = tanh(m/T),   f = m^2/2 - T ln 2cosh(m/T);   m = 0 for T >= 1
 *   N finite        Z = sum_M C(N, (N-M)/2) exp(-H/T),   m = <|M|>/N,   f = -(T/N) ln Z,
 *                   P(M) = C(N, (N-M)/2) exp(-H/T)/Z
 *
 * Derivation and accuracy: docs/theory/curie_weiss.md (1).
 *
 * [B81] K. Binder, Z. Phys. B 43 (1981) 119.
 * [M76] Mattis, Phys. Lett. A 56 (1976) 421.
 * [AS64] M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 6.1.40: Stirling's series.
 */
#ifndef HEBB_THEORY_CURIE_WEISS_H
#define HEBB_THEORY_CURIE_WEISS_H

#include "status.h"

/* The largest number of spins: a sum over M takes 0.2 s there. */
#define HEBB_CURIE_WEISS_MAX_NEURONS 100000000L

typedef struct {
    double m; /* overlap: the limit's m >= 0, or <|M|>/N */
    double f; /* free energy per neuron, in units of J */
} hebb_curie_weiss;

/*
 * N -> infinity.
 *
 * T      in   temperature >= 0
 * state  out  relative errors, measured: m 1e-15, also near T = 1 where m ~ sqrt(3 (1-T)); f 1e-15
 *
 * Cost: a microsecond.  Thread-safe.
 * Returns HEBB_OK; HEBB_EDOM for T < 0, infinite or NaN; HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_curie_weiss_limit(double T, hebb_curie_weiss *state);

/*
 * N spins.
 *
 * T          in   temperature >= 0; T = 0 averages over the ground states
 * n_neurons  in   N, 1 .. HEBB_CURIE_WEISS_MAX_NEURONS
 * state      out  relative errors 2e-15, measured up to N = 1e6, 1e-12 promised at any N.  The sum runs in long double;
 *                 where that is double, 1e-16 times the number of terms
 *
 * Cost: a term for each M >= 0 that weighs more than 1e-24 of the largest: min(N/2, some 7 sqrt(N)/|1-T|, 5 N^(3/4))
 * terms of 25 ns.  Allocates nothing; thread-safe.
 * Returns HEBB_OK, or HEBB_EDOM for T or N out of range or NaN.
 */
HEBB_CHECK_RESULT hebb_status hebb_curie_weiss_exact(double T, long n_neurons, hebb_curie_weiss *state);

/* Averages at one temperature; of m = M/N. */
typedef struct {
    double m, m2, m4;      /* <|m|>, <m^2>, <m^4> */
    double energy;         /* <H>/N, in units of J */
    double susceptibility; /* (N/T)(<m^2> - <|m|>^2); NaN at T = 0 */
    double binder;         /* 1 - <m^4>/(3 <m^2>^2)                                                             [B81] */
} hebb_curie_weiss_averages;

/*
 * Averages over P(M).  Range and cost as hebb_curie_weiss_exact.  Relative errors, measured against 60 digits for N up to
 * 30001: 2e-16, also of the susceptibility, whose sums are about the most likely M; of the cumulant 2e-16 absolute.
 */
HEBB_CHECK_RESULT hebb_status hebb_curie_weiss_average(double T, long n_neurons, hebb_curie_weiss_averages *averages);

/*
 * Their limits for N -> infinity.  At T = 1 the law of m is exp(-N m^4/12): the susceptibility is infinite and the cumulant
 * 1 - Gamma(1/4)^4/(24 pi^2) = .27052; above, m is Gaussian and the susceptibility of |m| is (1 - 2/pi)/(T-1).
 */
HEBB_CHECK_RESULT hebb_status hebb_curie_weiss_average_limit(double T, hebb_curie_weiss_averages *averages);

/*
 * The whole law.
 *
 * T            in   temperature > 0
 * probability  out  n_neurons + 1 numbers: P(M = 2k - N) at k; relative errors 1e-12, and 0 below 1e-300
 *
 * Returns HEBB_OK, or HEBB_EDOM as hebb_curie_weiss_exact and at T = 0.  Cost: 12 ns a number.
 */
HEBB_CHECK_RESULT hebb_status hebb_curie_weiss_law(double T, long n_neurons, double *probability);

#endif
