/*
 * learner - what `hebb train` drives: a machine with a rule by which it learns
 *
 * A learner is a table of functions on its own state.  Update n depends on the options, the problem, the state before it
 * and n alone, never on threads; so a run that was stopped goes on to the same bytes from the arrays that it saved.
 */
#ifndef HEBB_LEARNING_LEARNER_H
#define HEBB_LEARNING_LEARNER_H

#include "options.h"
#include "problem.h"
#include "provenance.h"
#include "table.h"

/* An array of the state, as it stands in a checkpoint NAME.npy. */
typedef struct {
    const char *name;
    size_t n_rows, n_columns; /* n_columns 0: of one dimension */
    double *values;
    bool is_private; /* saved to go on from, but in no checkpoint */
} hebb_learner_array;

/* The names that stand for the contract of the command line. */
#define HEBB_ARRAY_WEIGHTS         "weights"         /* n_visible x n_hidden */
#define HEBB_ARRAY_VISIBLE_BIAS    "visible_bias"    /* n_visible */
#define HEBB_ARRAY_HIDDEN_BIAS     "hidden_bias"     /* n_hidden */
#define HEBB_ARRAY_VISIBLE_WEIGHTS "visible_weights" /* n_visible x n_visible, symmetric */
#define HEBB_ARRAY_HIDDEN_WEIGHTS  "hidden_weights"  /* n_hidden x n_hidden, symmetric */

enum { HEBB_SAMPLE_NOTE = 200 };

enum { HEBB_LEARNER_MAX_ARRAYS = 12, HEBB_LEARNER_MAX_COLUMNS = 24 };

typedef struct {
    const hebb_options *options; /* complete; borrowed, as the problems are */
    const hebb_problem *problem;
    const hebb_problem *test; /* NULL: none */
    uint64_t seed;
    int n_threads;
} hebb_learner_setting;

/* What is to be drawn from a trained machine. */
typedef struct {
    const hebb_options *options; /* those of the training */
    size_t n_input, n_output, n_hidden;
    size_t n_arrays;
    const hebb_learner_array *arrays; /* of a checkpoint */
    const uint8_t *input;             /* n_input: what the input is clamped to, 0 or 1; NULL: it is free */
    double temperature;               /* NAN: as in training */
    long sweeps;                      /* at each temperature */
    uint64_t seed;
    size_t n_samples;
    /* Of RBMs alone: */
    const char *folder; /* of the training, for the checkpoints before this one */
    uint64_t update;    /* of the checkpoint */
    bool
        follows_trajectory; /* replica exchange through the checkpoints up to this one, in place of Gibbs sampling alone */
    const hebb_problem *start; /* cases that chains begin at; NULL: random states */
    double *values;            /* n_samples x n_visible: what is wanted in place of states; NULL: states */
    bool wants_means;          /* values: means given the hidden units; else the states as numbers */
    int n_threads;             /* the result does not depend on it */
    char *note;                /* HEBB_SAMPLE_NOTE: what the user should know of how it went */
} hebb_sample_request;

typedef struct {
    const char *name;    /* as in `hebb train NAME` */
    const char *summary; /* one line */
    size_t n_tables;
    const hebb_option_table *const *tables; /* options beside those that every learner has (training_run.h) */
    size_t size;                            /* bytes of its state, which are zeroed first */

    /* Sets the options that the user left out to what one takes for the problem.  HEBB_EUSAGE, HEBB_EDOM, HEBB_ENOMEM. */
    hebb_status (*complete)(hebb_options *options, const hebb_problem *problem);

    /* Makes the machine and its starting weights. */
    hebb_status (*init)(void *self, const hebb_learner_setting *setting);
    void (*free)(void *self); /* safe on a zeroed one and twice */

    /* Update n, from 1 on. */
    hebb_status (*update)(void *self, uint64_t n);

    /* Its state: filled in before saving, read from after restoring.  Returns how many arrays. */
    size_t (*arrays)(void *self, hebb_learner_array arrays[HEBB_LEARNER_MAX_ARRAYS]);
    void (*gather)(void *self);  /* machine -> arrays */
    void (*scatter)(void *self); /* arrays -> machine */

    /*
     * log.csv: the columns after `update`, and their cells after update n, or, n = 0, before the first (NaN: none).
     * is_checkpoint: what is dear to compute is wanted too.
     */
    size_t n_columns;
    const hebb_column *columns;
    hebb_status (*log)(void *self, uint64_t n, bool is_checkpoint, double *cells);

    /* The share of cases answered wrongly in the last epoch; NaN where there is no right answer or no epoch ends here. */
    double (*error_rate)(void *self, uint64_t n);

    /*
     * Visible states.
     *
     * states  out  n_samples x n_visible, numbers of the machine's own kind of units
     */
    hebb_status (*sample)(const hebb_sample_request *request, int8_t *states);
    bool has_trajectory; /* it can do what a request says of RBMs alone */

    /* Whether data are real numbers under these options, complete or not.  NULL: never. */
    bool (*takes_reals)(const hebb_options *options);

    /*
     * Refuses what the user gave that does nothing beside the other options, complete by now.  NULL: all do something.
     * A training that goes on is not asked.
     */
    hebb_status (*refuse_idle)(const hebb_options *options, const hebb_problem *problem);

    /* Adds what files beside the data, that options name, hold: the results depend on it.  NULL: nothing. */
    hebb_status (*note)(const hebb_options *options, hebb_provenance *provenance);

    const char *timed; /* the column of log.csv that timing.csv has beside the time; NULL: there is no timing.csv */
} hebb_learner;

/* All learners in alphabetical order, ended by NULL. */
const hebb_learner *const *hebb_learners(void);

/* The learner of that name; NULL: there is none. */
const hebb_learner *hebb_learner_find(const char *name);

#endif
