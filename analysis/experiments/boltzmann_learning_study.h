/*
 * boltzmann_learning_study - the divergence that learning has left after so many updates, by several rules
 *
 * Replicas differ in their starting weights.  From the same start, in the same machine and with the same rate learn:
 *
 *   sampled     the two-phase rule with annealed chains              src/learning/boltzmann_learning.h
 *   exact       the same rule with averages by enumeration
 *   mean field  the same with means settled in mean field            src/learning/mean_field_learning.h
 *
 * Theory, where a machine's free units can be listed: gradient descent of the divergence (the exact rule's), and descent
 * along the mean slope of the annealed chains (the sampled rule's for infinitely many); theory/two_phase.h.
 */
#ifndef HEBB_EXPERIMENTS_BOLTZMANN_LEARNING_STUDY_H
#define HEBB_EXPERIMENTS_BOLTZMANN_LEARNING_STUDY_H

#include "boltzmann_learning.h"
#include "mean_field_learning.h"
#include "study.h"
#include "two_phase.h"

enum { LEARNING_RATE, LEARNING_CHAINS, LEARNING_COLLECT, LEARNING_N_GRID };

/* Who learns; the last two are theory. */
enum { LEARNER_SAMPLED, LEARNER_EXACT, LEARNER_MEAN_FIELD, LEARNER_ANNEALED, LEARNER_DESCENT, N_LEARNERS };

/*
 * One replica's numbers: the divergences after the last update, learner by learner, and what follows; then as extra those
 * after each recorded update, a learner after the other.
 */
enum { LEARNING_FIRST_EXCESS = N_LEARNERS, LEARNING_FIRST_LINEAR, LEARNING_N_VALUES };

typedef struct {
    hebb_problem problem;
    hebb_machine_recipe recipe;
    bool is_conditional;
    hebb_boltzmann_learning_options sampled; /* without the grid's */
    hebb_mean_field_learning_options mean_field;
    double temperatures[HEBB_MAX_TEMPERATURES];
    bool has_theory;
    size_t n_units, n_features;
    hebb_law_feature *features;
    size_t n_records; /* updates after which the divergence is written, rising, the first 0 */
    uint64_t *records;
    uint64_t pattern_seed, dynamics_seed;
} hebb_learning_study; /* study->own */

/* A replica's divergence after record k. */
double hebb_learning_study_at(const hebb_study *study, size_t point, size_t replica, size_t learner, size_t record);

/* Writes summary.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_learning_report(hebb_study *study);

#endif
