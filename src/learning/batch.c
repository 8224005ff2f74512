#include "batch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "philox.h"

hebb_status hebb_batch_init(hebb_batch *batch, size_t n_cases, size_t size, uint64_t seed)
{
    *batch = (hebb_batch){.n_cases = n_cases, .size = size == 0 ? n_cases : size, .seed = seed};
    if (size > n_cases)
        return hebb_fail(HEBB_EDOM, "a batch of %zu of %zu cases: it can hold all of them at most", size, n_cases);
    if (n_cases == 0 || n_cases > UINT32_MAX)
        return hebb_fail(HEBB_EDOM, "%zu cases: there must be from 1 to 2^32 - 1", n_cases);
    batch->order = calloc(n_cases, sizeof *batch->order);
    return batch->order != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for the order of %zu cases", n_cases);
}

void hebb_batch_free(hebb_batch *batch)
{
    free(batch->order);
    *batch = (hebb_batch){0};
}

uint64_t hebb_batch_epoch_length(const hebb_batch *batch)
{
    return (batch->n_cases + batch->size - 1) / batch->size;
}

void hebb_batch_choose(hebb_batch *batch, uint64_t update)
{
    const uint64_t length = hebb_batch_epoch_length(batch), epoch = (update - 1) / length + 1;
    if (batch->epoch == 0 || (batch->epoch != epoch && length > 1)) {
        for (size_t c = 0; c < batch->n_cases; c++) batch->order[c] = (uint32_t)c;
        if (length > 1) {
            hebb_stream stream;
            hebb_stream_init(&stream, hebb_philox_derive(batch->seed, HEBB_DRAW_BATCH, epoch, 0), 0, 0);
            hebb_stream_permutation(&stream, (uint32_t)batch->n_cases, batch->order);
        }
    }
    batch->epoch = epoch;
    batch->first = (size_t)((update - 1) % length) * batch->size;
    const size_t n_left = batch->n_cases - batch->first;
    batch->n_shown = batch->size < n_left ? batch->size : n_left;
}

double hebb_batch_error_rate(const hebb_batch *batch, const hebb_problem *problem, const uint8_t *answers)
{
    if (!problem->has_answer) return NAN;
    size_t n_wrong = 0;
    for (size_t k = 0; k < batch->n_shown; k++) {
        const size_t c = batch->order[batch->first + k];
        n_wrong += memcmp(answers + c * problem->n_output, problem->cases + c * problem->n_visible + problem->n_input,
                          problem->n_output) != 0;
    }
    return (double)n_wrong / (double)batch->n_shown;
}
