/*
 * two_phase - what learning by the two-phase rule of Boltzmann machines does on average, for machines small enough to list
 *
 * Features f_k: s_i s_j of the weights and s_i of the biases that learn, theta_k.  Over the cases c of a problem
 *
 *   slope        g_k = mean_c <f_k>_clamped,c - mean_c <f_k>_free,c                                 [AHS85]
 *   divergence   G = mean_c (ln Z_free,c - ln Z_clamped,c) [generative: - ln n_cases], of cases that all differ
 *   dG/dtheta    -g/T,   d2G/dtheta2 = (mean_c Cov_free,c - mean_c Cov_clamped,c)/T^2
 *
 * Averages are those of equilibrium, or of the law that a schedule of annealing leads to (annealed_law.h): the mean of
 * what sampled learning takes for its slope.  One update of rate eta whose slope has covariances C about its mean a, ends
 * on average at
 *
 *   G(theta + eta a) + (eta^2/2) tr(C d2G/dtheta2 at theta + eta a) + O(eta^3)
 *
 * Derivation: docs/theory/annealing_schedule.md (2) to (6).
 *
 * [AHS85] D. H. Ackley, G. E. Hinton, T. J. Sejnowski, Cogn. Sci. 9 (1985) 147.
 */
#ifndef HEBB_THEORY_TWO_PHASE_H
#define HEBB_THEORY_TWO_PHASE_H

#include "annealed_law.h"

/* Input units come first, then output, then hidden ones. */
typedef struct {
    size_t n_input, n_visible, n_units;
    bool is_sign;        /* units {-1, +1}; else {0, 1} */
    bool is_conditional; /* input clamped in the free phase too, else no unit is */
    size_t n_cases;
    const uint8_t *cases; /* n_cases x n_visible, 0 or 1 */
    const double *weights, *biases;
    size_t n_features;
    const hebb_law_feature *features;
} hebb_two_phase;

/* The law collected: the mean over the last `collecting` sweeps, at the last temperature after its sweeps_each. */
typedef struct {
    size_t n_temperatures;
    const double *temperatures;
    long sweeps_each, collecting; /* collecting 0: equilibrium at the last temperature */
} hebb_two_phase_schedule;

/* Whether the free units of either phase can be listed. */
bool hebb_two_phase_is_small(const hebb_two_phase *machine);

/*
 * slopes       out  n_features
 * covariances  out  of slopes from one chain a case and phase and one state of each: n_features^2; NULL: not wanted.
 *                   States of several chains have them divided by their number; those of one chain are correlated.
 *
 * To rounding.  Returns HEBB_OK; HEBB_EDOM for more than HEBB_LAW_MAX_FREE free units; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_two_phase_slopes(const hebb_two_phase *machine,
                                                    const hebb_two_phase_schedule *schedule, double *slopes,
                                                    double *covariances);

/* G in nats, and its second derivatives (n_features^2; NULL: not wanted), at temperature > 0.  Returns as above. */
HEBB_CHECK_RESULT hebb_status hebb_two_phase_divergence(const hebb_two_phase *machine, double temperature,
                                                        double *divergence, double *curvatures);

#endif
