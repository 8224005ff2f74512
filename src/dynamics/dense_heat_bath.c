#include "dense_heat_bath.h"

#include <math.h>

static hebb_status check(const hebb_dense_heat_bath *bath)
{
    if (!(bath->temperature > 0.0) || !isfinite(bath->temperature))
        return hebb_fail(HEBB_EDOM, "a temperature of %g: it must be above 0 and finite", bath->temperature);
    if (bath->order == HEBB_ORDER_SYNCHRONOUS)
        return hebb_fail(HEBB_EDOM, "at T > 0 neurons are updated one after the other");
    return HEBB_OK;
}

static size_t at_most(size_t n, size_t most)
{
    return n < most ? n : most;
}

/* Of n neurons, the first whose spin becomes another, or n. */
static size_t first_to_flip(const hebb_dense_memory *memory, size_t n, const uint32_t *neurons,
                            const double *thresholds)
{
    double fields[HEBB_DENSE_ROWS];
    hebb_dense_memory_fields(memory, n, neurons, fields);
    size_t k = 0;
    while (k < n && (fields[k] > thresholds[k]) == (memory->spins[neurons[k]] > 0)) k++;
    return k;
}

/* Neurons in their turn, at most a block: the noise does not depend on what the others do. */
static int64_t update_block(hebb_dense_memory *memory, const hebb_dense_heat_bath *bath, uint32_t sweep, size_t n,
                            const uint32_t *neurons)
{
    const hebb_kernel *kernel = memory->patterns->kernel;
    uint64_t words[HEBB_BLOCK];
    double thresholds[HEBB_BLOCK];
    int64_t n_flips = 0;
    kernel->random(bath->noise, sweep, n, neurons, words);
    kernel->thresholds(n, words, 0.5 * bath->temperature * (double)memory->patterns->n_neurons, thresholds);
    for (size_t k = 0; k < n;) {
        const size_t n_here = at_most(n - k, HEBB_DENSE_ROWS);
        const size_t found = first_to_flip(memory, n_here, neurons + k, thresholds + k);
        k += found;
        if (found == n_here) continue;
        hebb_dense_memory_flip(memory, neurons[k++]);
        n_flips++;
    }
    return n_flips;
}

hebb_status hebb_dense_heat_bath_run(hebb_dense_memory *memory, const hebb_dense_heat_bath *bath, long n_sweeps,
                                     hebb_dense_walk *walk)
{
    const size_t n = memory->patterns->n_neurons;
    const hebb_status status = check(bath);
    if (status != HEBB_OK) return status;
    for (uint32_t i = 0; i < n; i++) bath->turn[i] = i;
    for (long done = 0; done < n_sweeps; done++) {
        const uint32_t sweep = (uint32_t)walk->sweeps++;
        if (bath->order == HEBB_ORDER_RANDOM) {
            hebb_stream stream;
            hebb_stream_init(&stream, bath->order_generator, sweep, 0);
            hebb_stream_permutation(&stream, (uint32_t)n, bath->turn);
        }
        for (size_t first = 0; first < n; first += HEBB_BLOCK)
            walk->flips += update_block(memory, bath, sweep, at_most(n - first, HEBB_BLOCK), bath->turn + first);
    }
    return HEBB_OK;
}
