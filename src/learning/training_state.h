/*
 * training_state - what a training goes on from: how far it is, the learner's arrays, the rows of its log
 *
 * The state is a checkpoint (checkpoint.h) of doubles: update, epochs running without an error, whether it is over, rows
 * of the log, then the arrays.  log.csv is written before it, so that it has at least the rows that the state counts; a
 * state without these rows is as none.  timing.csv is written with it, and tells nothing that results depend on.
 */
#ifndef HEBB_LEARNING_TRAINING_STATE_H
#define HEBB_LEARNING_TRAINING_STATE_H

#include "checkpoint.h"
#include "criterion.h"
#include "learner.h"

typedef struct {
    const char *folder;                /* borrowed */
    const hebb_learner *learner;       /* borrowed */
    void *self;                        /* the learner's own, borrowed */
    const hebb_provenance *provenance; /* of log.csv; NULL: none */
    uint64_t update;                   /* done */
    hebb_criterion criterion;
    bool is_over;
    size_t n_rows, room; /* of the log; a row is `update` and the learner's columns */
    double *rows;
    double *seconds; /* n_rows: when, of the time in which it trained; NaN where that is not known any more */
    double seconds_before, begun; /* till it was loaded; the clock then */
    hebb_checkpoint checkpoint;
    size_t n_numbers; /* of the state */
    double *numbers;
} hebb_training_state;

/* Of a training before its first update.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_training_state_init(hebb_training_state *state, const char *folder,
                                                       const hebb_learner *learner, void *self,
                                                       hebb_fingerprint fingerprint, double interval);

/* Safe on a zeroed one and twice. */
void hebb_training_state_free(hebb_training_state *state);

/* Goes to the saved state where there is one.  HEBB_ENOMEM, HEBB_EIO. */
HEBB_CHECK_RESULT hebb_status hebb_training_state_load(hebb_training_state *state);

/* Adds the log's row after the present update.  As hebb_learner.log. */
HEBB_CHECK_RESULT hebb_status hebb_training_state_log(hebb_training_state *state, bool is_checkpoint);

/* Writes the learner's arrays as a checkpoint.  HEBB_EDOM where a number is not finite; HEBB_EIO, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_training_state_keep(hebb_training_state *state);

/* Saves log.csv, then the state.  HEBB_EDOM, HEBB_EIO, HEBB_ENOMEM; not HEBB_ESTOPPED. */
HEBB_CHECK_RESULT hebb_status hebb_training_state_save(hebb_training_state *state);

/* The first numbers of a state in a folder; 0, false where there is none.  HEBB_EIO, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_training_state_peek(const char *folder, hebb_fingerprint fingerprint,
                                                       uint64_t *update, bool *is_over);

#endif
