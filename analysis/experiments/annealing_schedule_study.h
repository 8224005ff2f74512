/*
 * annealing_schedule_study - what learning comes to, and how wrong the sampled slope is, against the schedule's end and
 * its length
 *
 * Learning.  Each replica starts anew and learns by the sampled rule and by mean field, each as it does by default but
 * for the schedule, until it has been right for ten epochs running or is given up.
 *
 * Slope.  Each replica's machine, half way through learning by the exact rule at T = 1 (its divergence is half of the
 * start's, or 2000 updates are over), is cooled to t_end: the slope g_k at equilibrium there, that of annealed chains s_k
 * (two independent ones), and that of means settled in mean field.
 * Averages over the n weights and biases:
 *
 *   signal   (1/n) sum_k g_k^2
 *   along    (1/n) sum_k g_k s_k                      the signal itself where sampling is right
 *   bias     (1/n) sum_k (s_k - g_k)(s'_k - g_k)      the square of a systematic error: noise has no part in it
 *
 * Theory: s replaced by its mean, from the law of the annealed state (theory/two_phase.h).
 */
#ifndef HEBB_EXPERIMENTS_ANNEALING_SCHEDULE_STUDY_H
#define HEBB_EXPERIMENTS_ANNEALING_SCHEDULE_STUDY_H

#include "boltzmann_learning.h"
#include "mean_field_learning.h"
#include "study.h"
#include "two_phase.h"

enum { SCHEDULE_T_END, SCHEDULE_TEMPERATURES, SCHEDULE_SWEEPS, SCHEDULE_N_GRID };

/* The observables of one replica, in the order of units.csv. */
enum {
    SCHEDULE_SAMPLED_LEARNT,
    SCHEDULE_SAMPLED_UPDATES,
    SCHEDULE_SAMPLED_DIVERGENCE,
    SCHEDULE_MEAN_FIELD_LEARNT,
    SCHEDULE_MEAN_FIELD_UPDATES,
    SCHEDULE_MEAN_FIELD_DIVERGENCE,
    SCHEDULE_SIGNAL,
    SCHEDULE_ALONG,
    SCHEDULE_ALONG_THEORY,
    SCHEDULE_BIAS,
    SCHEDULE_BIAS_THEORY,
    SCHEDULE_MEAN_FIELD_BIAS,
    SCHEDULE_N_VALUES
};

typedef struct {
    hebb_problem problem;
    hebb_machine_recipe recipe, mean_field_recipe; /* without the grid's */
    hebb_boltzmann_learning_options sampled;
    hebb_mean_field_learning_options mean_field;
    double half_way; /* divergence over the start's of the machine whose slope is looked at */
    size_t n_chains; /* of each case and phase, for that slope */
    size_t n_features;
    hebb_law_feature *features;
    uint64_t pattern_seed, dynamics_seed;
} hebb_schedule_study; /* study->own */

/* Slopes at one temperature and schedule by theory: equilibrium's, and the annealed chains'. */
typedef struct {
    double signal, along, bias;
} hebb_schedule_theory;

/* The replica's machine half way; to be freed, also after a failure. */
HEBB_CHECK_RESULT hebb_status hebb_schedule_study_machine(const hebb_study *study, size_t replica,
                                                          hebb_boltzmann *machine);

/* equilibrium, annealed: room for n_features each; out, the slopes. */
HEBB_CHECK_RESULT hebb_status hebb_schedule_study_theory(const hebb_study *study, const hebb_boltzmann *machine,
                                                         double t_end, size_t n_temperatures, long sweeps,
                                                         double *equilibrium, double *annealed,
                                                         hebb_schedule_theory *theory);

/* Writes summary.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_schedule_report(hebb_study *study);

#endif
