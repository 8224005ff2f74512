/*
 * boltzmann_learning - the two-phase rule of Boltzmann machines
 *
 *   Delta w_ij = eta (<s_i s_j>_clamped - <s_i s_j>_free - lambda w_ij),   Delta b_i likewise with <s_i>       [AHS85]
 *
 * T times the gradient of the log-likelihood (lambda = 0), docs/learning.md (2): of all visible units, or of the output
 * given the input, which is then clamped in both phases.  Averages are sampled after annealing, or exact by enumeration
 * of up to 24 free units.
 *
 * An epoch shows every case once, in an order drawn for it, a batch an update; its last batch holds what is left.  Noisy
 * clamping turns the visible units of each chain at random before they are clamped, the input in both phases alike.
 *
 * Answers are read out from chains whose input is clamped to the clean case: an output unit says what it said in more than
 * half of the samples, all collecting sweeps and chains of the case together; with as many for as against it says nothing,
 * which is wrong.  Where the free phase has just that clamped (conditional, without noise in this update) its samples
 * serve; else there is a third phase, annealed like the others.
 *
 * An update's random numbers depend on the seed and the update's number alone: weights and that number are all that
 * learning needs to go on.
 *
 * [AHS85] D. H. Ackley, G. E. Hinton, T. J. Sejnowski, A learning algorithm for Boltzmann machines, Cogn. Sci. 9 (1985)
 *         147.
 */
#ifndef HEBB_LEARNING_BOLTZMANN_LEARNING_H
#define HEBB_LEARNING_BOLTZMANN_LEARNING_H

#include "batch.h"
#include "boltzmann_exact.h"
#include "gibbs.h"
#include "machine_recipe.h"
#include "problem.h"

/* exp(-10^6) is no chance at all: a unit so bound is never seen to turn, and nothing can be learnt any more. */
#define HEBB_LEARNING_LARGEST_WEIGHT 1e6

typedef enum { HEBB_GRADIENT_SAMPLED, HEBB_GRADIENT_EXACT } hebb_gradient;

typedef struct {
    hebb_gradient gradient;
    bool is_conditional; /* input clamped in both phases; needs input */
    double learning_rate;
    double weight_decay;         /* lambda */
    double on_to_off, off_to_on; /* noisy clamping: how often a visible unit that should be on is clamped off, ... */
    uint64_t noise_updates;      /* decay and noise fall to 0 linearly over so many updates; 0: they stay */
    size_t batch;                /* cases an update; 0: all */
    size_t n_chains;             /* of each case and phase */
    size_t n_temperatures;       /* annealing, in both phases: the last is the one at which is learnt */
    const double *temperatures;  /* borrowed */
    long sweeps_each;            /* sweeps at each temperature but the collecting ones */
    long collecting_sweeps;      /* at the last temperature, after its sweeps_each */
} hebb_boltzmann_learning_options;

typedef struct {
    hebb_boltzmann *machine;     /* borrowed; what learns */
    const hebb_problem *problem; /* borrowed */
    hebb_boltzmann_learning_options options;
    uint64_t seed;
    uint64_t n_unit_updates;   /* by sampling in the two phases, so far */
    uint64_t n_answer_updates; /* by reading answers out, where that took a third phase */
    hebb_gibbs chains, rest;   /* of one phase at a time: those of a full batch, of an epoch's last where smaller */
    hebb_moments clamped, unclamped; /* of the last update */
    hebb_moments one;                /* of one case */
    hebb_boltzmann_exact exact;      /* for the exact gradient */
    uint64_t *on, *both_on;
    uint64_t *said;   /* batch x n_output: in how many samples the unit was on */
    hebb_batch batch; /* the last update's cases */
    int8_t *state;
    uint8_t *answers; /* n_cases x n_output: 0, 1, or 2 for nothing said; where the problem has answers */
} hebb_boltzmann_learning;

/*
 * What one takes for a problem when nothing is said; measured with docs/learning.md.  options->temperatures is left NULL:
 * the caller has hebb_machine_recipe_temperatures fill room of its own.
 */
void hebb_boltzmann_learning_defaults(const hebb_problem *problem, hebb_machine_recipe *recipe,
                                      hebb_boltzmann_learning_options *options);

/*
 * The machine must have as many input and output units as the problem.
 * Returns HEBB_OK; HEBB_EDOM for options out of range; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_learning_init(hebb_boltzmann_learning *learning, hebb_boltzmann *machine,
                                                           const hebb_problem *problem,
                                                           const hebb_boltzmann_learning_options *options,
                                                           uint64_t seed);

/* Safe on a zeroed one and twice. */
void hebb_boltzmann_learning_free(hebb_boltzmann_learning *learning);

/* How many updates make an epoch. */
uint64_t hebb_boltzmann_learning_epoch_length(const hebb_boltzmann_learning *learning);

/*
 * The first half of an update: both phases' averages at the machine as it stands, to learning->clamped and unclamped, and
 * the answers of the batch's cases.  Returns HEBB_OK; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_learning_average(hebb_boltzmann_learning *learning, uint64_t update);

/*
 * Update number `update`, from 1 on: the averages, then the step.
 * Returns as the averages; HEBB_EDOM where a weight or bias has outgrown HEBB_LEARNING_LARGEST_WEIGHT temperatures.
 */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_learning_update(hebb_boltzmann_learning *learning, uint64_t update);

/*
 * The share of the last update's cases (all, without mini-batches) that were answered wrongly, by the machine as it was
 * before the update's step; NaN where the problem has no answers.  An epoch without an error is epoch_length updates
 * running without.
 */
double hebb_boltzmann_learning_error_rate(const hebb_boltzmann_learning *learning);

/*
 * Exact Kullback-Leibler divergence in nats at temperature T: of the cases' law P+ from the machine's of the visible units,
 * sum_v P+(v) ln(P+(v)/P(v)), or, conditional, of the outputs given the input, averaged over the cases.
 *
 * Cost: 2^n_units, or, conditional, 2^(n_units - n_input) and a look at all the others for each case.
 * Returns HEBB_OK; HEBB_EDOM for more free units than can be enumerated; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_divergence(const hebb_boltzmann *machine, const hebb_problem *problem,
                                                        double temperature, bool is_conditional, double *divergence);

#endif
