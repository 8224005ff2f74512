/*
 * mean_field_learning - the two-phase rule of Boltzmann machines with means settled in mean field for sampled averages
 *
 *   Delta w_ij = eta (c_ij clamped - c_ij free),   Delta b_i = eta (V_i clamped - V_i free)                    [PA87]
 *   Delta w_ij = eta sign(c_ij clamped - c_ij free), biases alike; sign(x) = 0 for |x| < 10^-12     the Manhattan rule
 *
 *   c_ij = V_i V_j                                naive mean field
 *          V_i V_j + w_ij d_i d_j/T               TAP, d_j = 1 - V_j^2 (units {0, 1}: V_j - V_j^2), 0 of a clamped unit
 *
 * averaged over the cases of a batch.  c_ij is -dF/dw_ij of the free energy (mean_field.h) that the means are settled
 * in: at settled means the rule goes down
 *
 *   G = (F clamped - F free)/T, averaged over the cases,
 *
 * which stands where -ln P(output | input), or -ln P(visible), would with exact free energies.  It is no bound of it:
 * both F are, but not their difference.  docs/mean_field_learning.md (2) to (4).
 *
 * The means are annealed: settled for some sweeps at each temperature of a list, from V = 0 (units {0, 1}: 1/2) at the
 * first.  Answers are read out likewise, with the input clamped: an output unit says on where its mean is above the
 * middle; at the middle itself it says nothing, which is wrong.  In conditional learning that is the free phase; else
 * it takes a third one.
 *
 * There is nothing random in an update but the choice of a mini-batch (batch.h), which depends on the seed and the
 * update's number alone: weights and that number are all that learning needs to go on.
 *
 * Cost: a unit update is one mean set once, n_units multiplications; an update settles two phases of each case, or,
 * where nothing is clamped in it, the free phase once.
 *
 * [PA87] C. Peterson, J. R. Anderson, A mean field theory learning algorithm for neural networks, Complex Syst. 1
 *        (1987) 995.
 */
#ifndef HEBB_LEARNING_MEAN_FIELD_LEARNING_H
#define HEBB_LEARNING_MEAN_FIELD_LEARNING_H

#include "batch.h"
#include "machine_recipe.h"
#include "mean_field.h"
#include "problem.h"

typedef struct {
    bool is_conditional; /* input clamped in both phases; needs input */
    bool is_manhattan;
    hebb_mean_field_options settling; /* at each temperature; with tolerance 0, max_sweeps of them */
    double learning_rate;
    size_t batch;               /* cases an update; 0: all */
    size_t n_temperatures;      /* annealing, in both phases: the last is the one at which is learnt */
    const double *temperatures; /* borrowed */
} hebb_mean_field_learning_options;

typedef struct {
    hebb_boltzmann *machine;     /* borrowed; what learns */
    const hebb_problem *problem; /* borrowed */
    hebb_mean_field_learning_options options;
    uint64_t seed;
    uint64_t n_unit_updates; /* in the two phases, so far */
    double *v;               /* n_units: means of one case */
    double *slopes;          /* n_units x n_units, of the last update: clamped - free; the diagonal is the biases' */
    uint8_t *is_clamped;
    uint8_t *answers;          /* n_cases x n_output: 0, 1, or 2 for nothing said; where the problem has answers */
    uint64_t n_answer_updates; /* by reading answers out, where that took a third phase */
    hebb_batch batch;          /* of the last update */
    double gap;                /* G at the last update's means, nats */
    double *buffer;            /* HEBB_MEAN_FIELD_BUFFER x n_units */
    double residual;           /* the largest move of a mean in the last sweep at the last temperature */
} hebb_mean_field_learning;

/*
 * What one takes for a problem when nothing is said; measured with docs/mean_field_learning.md.  options->temperatures
 * is left NULL: the caller has hebb_machine_recipe_temperatures fill room of its own.
 */
void hebb_mean_field_learning_defaults(const hebb_problem *problem, hebb_machine_recipe *recipe,
                                       hebb_mean_field_learning_options *options);

/*
 * The machine must have as many input and output units as the problem.
 * Returns HEBB_OK; HEBB_EDOM for options out of range; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_mean_field_learning_init(hebb_mean_field_learning *learning, hebb_boltzmann *machine,
                                                            const hebb_problem *problem,
                                                            const hebb_mean_field_learning_options *options,
                                                            uint64_t seed);

/* Safe on a zeroed one and twice. */
void hebb_mean_field_learning_free(hebb_mean_field_learning *learning);

/* How many updates make an epoch. */
uint64_t hebb_mean_field_learning_epoch_length(const hebb_mean_field_learning *learning);

/*
 * The first half of an update: slopes, gap, residual and answers of the batch's cases, with the machine as it stands.
 * Means that have not come to rest within the sweeps given are taken as they are; learning->residual tells.
 *
 * Nothing is allocated.  Returns HEBB_OK.
 */
HEBB_CHECK_RESULT hebb_status hebb_mean_field_learning_average(hebb_mean_field_learning *learning, uint64_t update);

/*
 * Update number `update`, from 1 on: the averages, then the step.
 * Returns as the averages; HEBB_EDOM where a weight or bias has outgrown 10^6 temperatures.
 */
HEBB_CHECK_RESULT hebb_status hebb_mean_field_learning_update(hebb_mean_field_learning *learning, uint64_t update);

/*
 * The share of the last update's cases (all, without mini-batches) that were answered wrongly, by the machine as it was
 * before the update's step; NaN where the problem has no answers.  An epoch without an error is epoch_length updates
 * running without.
 */
double hebb_mean_field_learning_error_rate(const hebb_mean_field_learning *learning);

#endif
