/*
 * two_phase_machine - a machine with its problem as the theory of two-phase learning takes them (theory/two_phase.h)
 */
#ifndef HEBB_EXPERIMENTS_TWO_PHASE_MACHINE_H
#define HEBB_EXPERIMENTS_TWO_PHASE_MACHINE_H

#include "boltzmann.h"
#include "problem.h"
#include "two_phase.h"

/* The weights and biases that learn.  features: to be freed.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_two_phase_machine_features(const hebb_boltzmann *machine, size_t *n,
                                                              hebb_law_feature **features);

/* Everything borrowed. */
hebb_two_phase hebb_two_phase_machine_view(const hebb_boltzmann *machine, const hebb_problem *problem,
                                           bool is_conditional, size_t n, const hebb_law_feature *features);

/* theta_k += rate slopes[k]. */
void hebb_two_phase_machine_step(hebb_boltzmann *machine, size_t n, const hebb_law_feature *features, double rate,
                                 const double *slopes);

/* A seed of one's own: 64 bits of the generator at that address. */
uint64_t hebb_two_phase_machine_seed(uint64_t seed, hebb_draw what, uint64_t realisation, uint32_t replica);

#endif
