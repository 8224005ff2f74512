/*
 * machine_learner - what the learners of Boltzmann machines have in common: options, arrays, log
 *
 * Options that were left out are set to what the rule takes for the problem, so that the canonical command says them all.
 */
#ifndef HEBB_LEARNING_MACHINE_LEARNER_H
#define HEBB_LEARNING_MACHINE_LEARNER_H

#include "learner.h"
#include "machine_recipe.h"

/* The machine, its start, the temperatures: options of every learner of Boltzmann machines. */
extern const hebb_option_table hebb_machine_options;

typedef struct {
    hebb_machine_recipe recipe;
    double temperatures[HEBB_MAX_TEMPERATURES];
    hebb_boltzmann machine;
    const hebb_problem *problem, *test;  /* borrowed; test NULL: none */
    bool is_conditional, has_free_links; /* links between visible or between hidden units */
    uint64_t epoch_length;               /* in updates */
    uint64_t *n_unit_updates;            /* the rule's own counter */
    double n_kl_states;                  /* that a divergence goes through */

    /* As they stand in a checkpoint. */
    double *weights, *visible_bias, *hidden_bias, *visible_weights, *hidden_weights;
    double counts[3]; /* unit updates; of the epoch so far: cases answered wrongly, cases shown */
} hebb_machine_learner;

/* What log.csv has for a Boltzmann machine. */
enum { HEBB_MACHINE_LOG_COLUMNS = 8 };
extern const hebb_column hebb_machine_log_columns[HEBB_MACHINE_LOG_COLUMNS];

/* What a rule knows of its last update, for the log; NAN: nothing. */
typedef struct {
    double gradient_norm, test_error_rate;
} hebb_machine_log;

/* Set an option that has no value yet. */
HEBB_CHECK_RESULT hebb_status hebb_default_number(hebb_options *options, const char *name, double x);
HEBB_CHECK_RESULT hebb_status hebb_default_text(hebb_options *options, const char *name, const char *text);

/*
 * Sets the options of hebb_machine_options that were left out, and --hidden, --updates, --batch, --learning-rate.
 * HEBB_EUSAGE where the problem does not say what is needed; HEBB_EDOM, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_machine_learner_complete(hebb_options *options, const hebb_problem *problem,
                                                            const hebb_machine_recipe *recipe, bool is_conditional,
                                                            size_t batch, double learning_rate);

/* The recipe that complete options describe. */
hebb_machine_recipe hebb_machine_learner_recipe(const hebb_options *options);

/* Whether the options train the output given the input. */
bool hebb_machine_learner_is_conditional(const hebb_options *options);

/* Makes the machine, its start and the arrays.  HEBB_EDOM, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_machine_learner_init(hebb_machine_learner *self,
                                                        const hebb_learner_setting *setting);

/* Safe on a zeroed one and twice. */
void hebb_machine_learner_free(hebb_machine_learner *self);

/* As in learner.h, of a struct that begins with a hebb_machine_learner. */
size_t hebb_machine_learner_arrays(void *self, hebb_learner_array arrays[HEBB_LEARNER_MAX_ARRAYS]);
void hebb_machine_learner_gather(void *self);
void hebb_machine_learner_scatter(void *self);

/* Counts the answers of update n. */
void hebb_machine_learner_count(hebb_machine_learner *self, uint64_t n, double error_rate, size_t n_shown);

/* hebb_learner.error_rate, of a struct that begins with a hebb_machine_learner. */
double hebb_machine_learner_error_rate(void *self, uint64_t n);

/* The cells of the log after update n. */
HEBB_CHECK_RESULT hebb_status hebb_machine_learner_log(hebb_machine_learner *self, uint64_t n, bool is_checkpoint,
                                                       const hebb_machine_log *of_rule, double *cells);

/* hebb_learner.sample: chains of Gibbs sampling from random states, at the temperatures of the training. */
HEBB_CHECK_RESULT hebb_status hebb_machine_learner_sample(const hebb_sample_request *request, int8_t *states);

#endif
