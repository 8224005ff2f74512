#include "dense_relax.h"

#include <string.h>

static void set_turn(const hebb_dense_relax_options *options, uint32_t sweep, uint32_t n)
{
    if (options->order == HEBB_ORDER_RANDOM) {
        hebb_stream stream;
        hebb_stream_init(&stream, options->generator, sweep, 0);
        hebb_stream_permutation(&stream, n, options->turn);
        return;
    }
    for (uint32_t i = 0; i < n; i++) options->turn[i] = i;
}

/* The first of n neurons that flips, or n. */
static size_t first_unstable(const hebb_dense_memory *memory, size_t n, const uint32_t *neurons)
{
    int8_t drives[HEBB_DENSE_ROWS];
    hebb_dense_memory_drives(memory, n, neurons, drives);
    size_t k = 0;
    while (k < n && memory->spins[neurons[k]] * drives[k] >= 0) k++;
    return k;
}

static size_t rows_left(size_t n_left)
{
    return n_left < HEBB_DENSE_ROWS ? n_left : HEBB_DENSE_ROWS;
}

/*
 * One after the other: what a few of them would do is found together, and again from the one after a flip on.
 *
 * n_still  in/out  updates since the last flip; after N of them, in sequential order, the others need not be asked
 */
static int64_t sweep_in_turn(hebb_dense_memory *memory, const hebb_dense_relax_options *options, size_t *n_still)
{
    const size_t n = memory->patterns->n_neurons;
    int64_t n_flips = 0;
    for (size_t k = 0; k < n;) {
        if (options->order == HEBB_ORDER_SEQUENTIAL && *n_still >= n) break;
        const size_t n_here = rows_left(n - k), found = first_unstable(memory, n_here, options->turn + k);
        *n_still += found;
        k += found;
        if (found == n_here) continue;
        hebb_dense_memory_flip(memory, options->turn[k++]);
        *n_still = 0;
        n_flips++;
    }
    return n_flips;
}

/* All from the same state; those that flip are listed in `turn`.  is_cycle: the same ones as in the sweep before. */
static int64_t sweep_at_once(hebb_dense_memory *memory, uint32_t *turn, bool *is_cycle)
{
    const size_t n = memory->patterns->n_neurons;
    size_t n_flips = 0;
    *is_cycle = true;
    for (size_t first = 0; first < n; first += HEBB_DENSE_ROWS) {
        const size_t n_here = rows_left(n - first);
        uint32_t neurons[HEBB_DENSE_ROWS];
        int8_t drives[HEBB_DENSE_ROWS];
        for (size_t k = 0; k < n_here; k++) neurons[k] = (uint32_t)(first + k);
        hebb_dense_memory_drives(memory, n_here, neurons, drives);
        for (size_t k = 0; k < n_here; k++) {
            const uint8_t turns = memory->spins[first + k] * drives[k] < 0;
            if (turns != memory->turned[first + k]) *is_cycle = false;
            memory->turned[first + k] = turns;
            if (turns) turn[n_flips++] = (uint32_t)(first + k);
        }
    }
    hebb_dense_memory_turn(memory, n_flips, turn);
    return (int64_t)n_flips;
}

static void sweep(hebb_dense_memory *memory, const hebb_dense_relax_options *options, size_t *n_still,
                  hebb_relaxation *result)
{
    bool is_cycle = false;
    int64_t n_flips;
    if (options->order == HEBB_ORDER_SYNCHRONOUS) {
        n_flips = sweep_at_once(memory, options->turn, &is_cycle);
    } else {
        set_turn(options, (uint32_t)result->sweeps, (uint32_t)memory->patterns->n_neurons);
        n_flips = sweep_in_turn(memory, options, n_still);
    }
    result->sweeps++;
    result->flips += n_flips;
    if (n_flips == 0)
        result->outcome = HEBB_RELAX_FIXED_POINT;
    else if (is_cycle)
        result->outcome = HEBB_RELAX_TWO_CYCLE;
}

hebb_status hebb_dense_relax_resume(hebb_dense_memory *memory, const hebb_dense_relax_options *options,
                                    hebb_relaxation *result)
{
    size_t n_still = 0;
    const int64_t n_unsure = hebb_dense_memory_unsure(memory);
    while (result->outcome == HEBB_RELAX_UNFINISHED && result->sweeps < options->max_sweeps) {
        sweep(memory, options, &n_still, result);
        hebb_status status = hebb_dense_memory_check_sure(memory, n_unsure);
        if (status != HEBB_OK) return status;
        if (options->after_sweep == NULL || result->outcome != HEBB_RELAX_UNFINISHED) continue;
        status = options->after_sweep(options->context, memory, result);
        if (status != HEBB_OK) return status;
    }
    return HEBB_OK;
}

hebb_status hebb_dense_relax(hebb_dense_memory *memory, const hebb_dense_relax_options *options,
                             hebb_relaxation *result)
{
    *result = (hebb_relaxation){HEBB_RELAX_UNFINISHED, 0, 0};
    memset(memory->turned, 0, memory->patterns->n_neurons);
    return hebb_dense_relax_resume(memory, options, result);
}
