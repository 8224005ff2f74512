/*
 * pattern_stability - how many random patterns a dense memory can take until they are no fixed points any more
 *
 * Power laws, F(x) = x^n: a pattern is stable when none of its N bits is wrong.  With p(K) the exact one-step law of
 * dense_one_step.h and bits taken for independent,
 *
 *   P(stable) = (1 - p(K))^N,   K_half:  N ln(1 - p) = -ln 2
 *   Gaussian:  K_half = N^(n-1)/((2n-3)!! z^2),  z = Phi^-1(1 - ln2/N)
 *
 * Two bits of a pattern share its overlaps with the others.  With the joint cumulants of their noise, S/sqrt(var S),
 *
 *   rho = (n-1)^2/((2n-3) N),   k_21 = 2 E[G^2 G']/(sqrt K E[G^2]^(3/2)),   k_22 = (kappa - 1)/K
 *
 * kappa the kurtosis of one pattern's G, k_21 = 0 for odd n, the leading correction is
 *
 *   ln K_half grows by ln2 (h/z) (rho - z k_21 + z^2 k_22/4)      h = density/tail of the Gaussian at z
 *
 * Exponential, F(x) = e^x: two patterns that differ in one neuron tie there, and what the others add makes one of the two
 * unstable; nothing else matters to leading order:
 *
 *   P(all K stable) = exp(-K (K-1)/2 N 2^-N)       no two patterns at Hamming distance 1
 *   ln K_c = N ln2/2 + ln(2 ln2)/2 - ln(N)/2       where this is 1/2 and K >> 1
 *
 * Derivations: docs/theory/dense.md (7) to (9).
 */
#ifndef HEBB_THEORY_PATTERN_STABILITY_H
#define HEBB_THEORY_PATTERN_STABILITY_H

#include "dense_one_step.h"

typedef struct {
    double exact;    /* K_half of the exact one-step law, bits independent; between whole numbers by interpolation */
    double shift;    /* ln K_half grows by this, to leading order, as bits are not independent */
    double terms;    /* the sum of the absolute values of the shift's three terms, which may cancel */
    double gaussian; /* K_half of the Gaussian law */
    double z;        /* Phi^-1(1 - ln2/N) */
} hebb_pattern_half;

/*
 * n_neurons  in   N >= 3, as dense_one_step.h has it
 * half       out  exact to 1e-9 relative
 *
 * Cost: some ten exact laws.
 * Returns HEBB_OK; HEBB_EDOM; HEBB_ENOMEM; HEBB_ENOCONV as hebb_dense_one_step, `gaussian` and `z` alone set;
 * HEBB_ENOSOLUTION where so few patterns are held that two or three decide.
 */
HEBB_CHECK_RESULT hebb_status hebb_pattern_half_solve(hebb_dense_energy energy, long n_neurons,
                                                      hebb_pattern_half *half);

/* The Gaussian K_half alone, and z, which may be NULL.  HEBB_EDOM unless N >= 3 and the degree is one. */
HEBB_CHECK_RESULT hebb_status hebb_pattern_half_gaussian(hebb_dense_energy energy, double n_neurons, double *half,
                                                         double *z);

/* K_half with that correction, exact e^shift. */
double hebb_pattern_half_corrected(const hebb_pattern_half *half);

/* P(stable) = (1 - p)^N. */
double hebb_pattern_stable(double n_neurons, double p_wrong);

/* Exponential: P(all K stable), and the K at which it is 1/2.  N >= 1, K >= 1. */
double hebb_pattern_all_stable(double n_neurons, double n_patterns);
double hebb_pattern_all_half(double n_neurons);

/* The leading law of that K, (2 ln2/N)^(1/2) 2^(N/2). */
double hebb_pattern_all_leading(double n_neurons);

#endif
