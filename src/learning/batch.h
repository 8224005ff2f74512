/*
 * batch - which cases an update of learning shows
 *
 * An epoch shows every case once, in an order drawn for it (HEBB_DRAW_BATCH), a batch an update; its last batch holds
 * what is left.  Epoch and place in it follow from the update's number alone, so learning can go on from any update.
 * Where a batch holds all cases they come in their own order.
 */
#ifndef HEBB_LEARNING_BATCH_H
#define HEBB_LEARNING_BATCH_H

#include <stddef.h>
#include <stdint.h>
#include "problem.h"
#include "status.h"

typedef struct {
    size_t n_cases, size; /* cases there are, and those of a full batch */
    uint64_t seed;
    uint32_t *order;       /* n_cases: the epoch's */
    uint64_t epoch;        /* whose order it is, from 1 on; 0: none's */
    size_t first, n_shown; /* the update's cases are order[first] .. order[first + n_shown - 1] */
} hebb_batch;

/*
 * size  in  0: all
 *
 * Returns HEBB_OK; HEBB_EDOM for a batch of more cases than there are, or more than 2^32 - 1 of them; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_batch_init(hebb_batch *batch, size_t n_cases, size_t size, uint64_t seed);

/* Safe on a zeroed one and twice. */
void hebb_batch_free(hebb_batch *batch);

/* How many updates make an epoch. */
uint64_t hebb_batch_epoch_length(const hebb_batch *batch);

/* The cases of update number `update`, from 1 on. */
void hebb_batch_choose(hebb_batch *batch, uint64_t update);

/*
 * The share of the update's cases answered wrongly; NaN where the problem has no answer.
 *
 * answers  in  n_cases x n_output, 0 or 1; any other number is wrong
 */
double hebb_batch_error_rate(const hebb_batch *batch, const hebb_problem *problem, const uint8_t *answers);

#endif
