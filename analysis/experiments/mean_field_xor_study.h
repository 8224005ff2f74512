/*
 * mean_field_xor_study - what does learning cost by sampling and by mean field, and are their machines right when
 * sampled?
 *
 * A point is a rule: mean field with so many settling sweeps at each temperature, a sampler (learning rate, length of
 * the schedule, start) with so many collecting sweeps, or the exact gradient with the rate and start of the first; all else is the
 * rule's default for the problem (src/learning).  A replica is a seed: a machine is trained until all cases are answered rightly for ten epochs
 * running, then read out by sampling, by enumeration and in mean field.  Theory: P(answer | input) by enumeration; unit
 * updates an epoch from the schedule; and the exact gradient as the limit of many collecting sweeps.
 *
 * Cost of a machine that has learnt.  A run that is given up after L epochs is begun anew with another seed, so with
 * e the epochs that a run needs, expected unit updates are
 *
 *   updates_per_epoch <min(e, L)>/P(e <= L)
 *
 * The replicas have all that this takes for every L up to --updates.  The best L is found on one half of the replicas
 * (odd, even) and the cost taken on the other; both sums and both counts are added.
 */
#ifndef HEBB_EXPERIMENTS_MEAN_FIELD_XOR_STUDY_H
#define HEBB_EXPERIMENTS_MEAN_FIELD_XOR_STUDY_H

#include "boltzmann_learning.h"
#include "mean_field_learning.h"
#include "study.h"

/*
 * The grid's columns.  Mean field has no collecting sweeps (0), sampling no settling ones; the exact gradient neither,
 * and no schedule.
 */
enum { MFX_SETTLING, MFX_RATE, MFX_TEMPERATURES, MFX_START, MFX_COLLECTING, MFX_N_GRID };

/* The observables of one replica, in the order of units.csv. */
enum {
    MFX_LEARNT,
    MFX_EPOCHS,
    MFX_UNIT_UPDATES,
    MFX_PER_EPOCH,
    MFX_READ_RIGHT,
    MFX_P_RIGHT,
    MFX_SETTLED_RIGHT,
    MFX_N_VALUES
};

typedef struct {
    hebb_problem problem;
    uint64_t seed;        /* of replica 0; the next has the next */
    uint64_t max_updates; /* 0: the rule's own */
    uint64_t n_further;   /* epochs after the criterion */
    long read_sweeps;
    size_t n_samplers;
} hebb_mean_field_xor_study; /* study->own */

typedef enum { MFX_MEAN_FIELD, MFX_SAMPLED, MFX_EXACT } hebb_mean_field_xor_kind;

/* A point's rule. */
typedef struct {
    hebb_mean_field_xor_kind kind;
    hebb_machine_recipe recipe;
    double temperatures[HEBB_MAX_TEMPERATURES];
    hebb_mean_field_learning_options mean_field;
    hebb_boltzmann_learning_options sampled;
} hebb_mean_field_xor_rule;

hebb_mean_field_xor_kind hebb_mean_field_xor_kind_of(const hebb_study *study, size_t point);

/* A sampler's row, collecting sweeps 0.  sampler < n_samplers. */
void hebb_mean_field_xor_sampler(const hebb_study *study, size_t sampler, double *row);

/* row  in  the grid's.  The options' temperatures point into the rule. */
void hebb_mean_field_xor_choose(const hebb_mean_field_xor_study *own, const double *row,
                                hebb_mean_field_xor_rule *rule);

/* Unit updates an epoch, from the schedule alone; NaN for the exact gradient. */
double hebb_mean_field_xor_per_epoch(const hebb_mean_field_xor_study *own, const double *row);

/* Writes summary.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_mean_field_xor_report(hebb_study *study);

#endif
