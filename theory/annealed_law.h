/*
 * annealed_law - how likely each state of a small Boltzmann machine is while it is annealed, without a random number
 *
 *   E(s) = -sum_{i<j} w_ij s_i s_j - sum_i b_i s_i,   units {-1, +1} or {0, 1}
 *
 *   start        P(s) = 2^-n over the states of the n free units
 *   unit i at T  P(.., s_i = on, ..) <- (P(.., on, ..) + P(.., off, ..))/(1 + exp(-Delta_i/T)),  and off the rest,
 *                Delta_i = E(off) - E(on)
 *
 * A sweep is that for one unit after the other, in the order of their numbers: heat bath [G84].  The law after a schedule
 * is what a sampler of independent chains draws from, also where the schedule is too quick to reach equilibrium,
 * exp(-E/T)/Z.  The fixed units are the first ones.  Derivation: docs/theory/annealing_schedule.md (1).
 *
 * [G84] S. Geman, D. Geman, IEEE Trans. PAMI 6 (1984) 721.
 */
#ifndef HEBB_THEORY_ANNEALED_LAW_H
#define HEBB_THEORY_ANNEALED_LAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "status.h"

enum { HEBB_LAW_MAX_FREE = 14 };

typedef struct {
    size_t n_units, n_fixed;
    bool is_sign;            /* units {-1, +1}; else {0, 1} */
    const double *weights;   /* n_units x n_units, symmetric, 0 on the diagonal */
    const double *biases;    /* n_units */
    const uint8_t *fixed_on; /* n_fixed, 0 or 1 */
} hebb_law_machine;

/* s_i s_j, or s_i where i = j: what belongs to a weight or a bias. */
typedef struct {
    size_t i, j;
} hebb_law_feature;

/* A law has 2^(n_units - n_fixed) numbers: bit k of the index is set where unit n_fixed + k is on. */
size_t hebb_law_states(const hebb_law_machine *machine);

void hebb_law_start(const hebb_law_machine *machine, double *law);

/*
 * n_sweeps sweeps at temperature > 0.
 *
 * law   inout
 * mean  out    the mean of the laws after each of them; NULL: not wanted
 *
 * Exact but for rounding, some 1e-15.  Cost: n 2^n (n_units + n_sweeps).
 * Returns HEBB_OK; HEBB_EDOM for more than HEBB_LAW_MAX_FREE free units; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_law_sweep(const hebb_law_machine *machine, double temperature, long n_sweeps,
                                             double *law, double *mean);

/* exp(-E/T)/Z and ln Z.  Cost: n_units^2 2^n. */
void hebb_law_equilibrium(const hebb_law_machine *machine, double temperature, double *law, double *ln_z);

/* averages[k] += share <f_k>;  covariances[k, l] += share (<f_k f_l> - <f_k><f_l>), n x n.  HEBB_ENOMEM. */
void hebb_law_average(const hebb_law_machine *machine, const double *law, size_t n, const hebb_law_feature *features,
                      double share, double *averages);
HEBB_CHECK_RESULT hebb_status hebb_law_covary(const hebb_law_machine *machine, const double *law, size_t n,
                                              const hebb_law_feature *features, double share, double *covariances);

#endif
