#include "relax.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

hebb_status hebb_relax_workspace_init(hebb_relax_workspace *workspace, size_t n_neurons)
{
    *workspace = (hebb_relax_workspace){.order = calloc(n_neurons, sizeof(uint32_t)),
                                        .flipped = calloc(2 * n_neurons, sizeof(uint32_t)),
                                        .n_neurons = n_neurons};
    if (workspace->order != NULL && workspace->flipped != NULL) return HEBB_OK;
    hebb_relax_workspace_free(workspace);
    return hebb_fail(HEBB_ENOMEM, "no memory to relax %zu neurons", n_neurons);
}

void hebb_relax_workspace_free(hebb_relax_workspace *workspace)
{
    free(workspace->order);
    free(workspace->flipped);
    *workspace = (hebb_relax_workspace){0};
}

double hebb_relax_bytes(size_t n_neurons)
{
    return 3.0 * sizeof(uint32_t) * (double)n_neurons;
}

/* What one sweep needs to know. */
typedef struct {
    hebb_hopfield *network;
    const hebb_relax_options *options;
    const hebb_field_kernel *kernel;
} relaxing;

/* sum is the neuron's field with its own contribution, as the kernel gives it; a tie is not against the field. */
static bool is_against_field(const hebb_hopfield *network, size_t neuron, int64_t sum)
{
    const int64_t spin = network->spins[neuron];
    return spin * sum < (int64_t)network->patterns->n_patterns;
}

static void flip(const relaxing *run, size_t neuron)
{
    run->network->spins[neuron] = (int8_t)-run->network->spins[neuron];
    if (run->options->on_flip != NULL) run->options->on_flip(run->options->context, run->network, neuron);
}

/* Brings the overlaps up to date with flips already made. */
static void shift_overlaps(const relaxing *run, size_t n, const uint32_t *flipped)
{
    for (size_t k = 0; k < n; k++)
        run->kernel->add_row(run->network->patterns, flipped[k], 2 * run->network->spins[flipped[k]],
                             run->network->overlaps);
}

/*
 * The neurons one after the other.  A block's fields come from the overlaps at its beginning; a flip inside it
 * corrects the fields of those that follow, and the overlaps once the block is done.
 */
static size_t update_in_turn(const relaxing *run, size_t n, const uint32_t *neurons, uint32_t *flipped)
{
    int64_t fields[HEBB_FIELD_BLOCK];
    const hebb_patterns *patterns = run->network->patterns;
    size_t n_flipped = 0;
    for (size_t first = 0; first < n; first += HEBB_FIELD_BLOCK) {
        const size_t size = n - first < HEBB_FIELD_BLOCK ? n - first : HEBB_FIELD_BLOCK;
        const uint32_t *block = neurons + first;
        const size_t n_before = n_flipped;
        run->kernel->fields(patterns, run->network->overlaps, size, block, fields);
        for (size_t k = 0; k < size; k++) {
            if (!is_against_field(run->network, block[k], fields[k])) continue;
            flip(run, block[k]);
            flipped[n_flipped++] = block[k];
            run->kernel->add_row_products(patterns, block[k], 2 * run->network->spins[block[k]], size - k - 1,
                                          block + k + 1, fields + k + 1);
        }
        shift_overlaps(run, n_flipped - n_before, flipped + n_before);
    }
    return n_flipped;
}

static size_t update_at_once(const relaxing *run, size_t n, const uint32_t *neurons, uint32_t *flipped)
{
    int64_t fields[HEBB_FIELD_BLOCK];
    size_t n_flipped = 0;
    for (size_t first = 0; first < n; first += HEBB_FIELD_BLOCK) {
        const size_t size = n - first < HEBB_FIELD_BLOCK ? n - first : HEBB_FIELD_BLOCK;
        run->kernel->fields(run->network->patterns, run->network->overlaps, size, neurons + first, fields);
        for (size_t k = 0; k < size; k++)
            if (is_against_field(run->network, neurons[first + k], fields[k]))
                flipped[n_flipped++] = neurons[first + k];
    }
    for (size_t k = 0; k < n_flipped; k++) flip(run, flipped[k]);
    shift_overlaps(run, n_flipped, flipped);
    return n_flipped;
}

static void order_neurons(const hebb_relax_options *options, long sweep, uint32_t n, uint32_t *order)
{
    if (options->order == HEBB_ORDER_RANDOM) {
        hebb_stream stream;
        hebb_stream_init(&stream, options->generator, (uint32_t)sweep, 0);
        hebb_stream_permutation(&stream, n, order);
    } else if (sweep == 0) {
        for (uint32_t i = 0; i < n; i++) order[i] = i;
    }
}

hebb_relaxation hebb_relax(hebb_hopfield *network, const hebb_relax_options *options, hebb_relax_workspace *workspace)
{
    const size_t n = network->patterns->n_neurons;
    const bool at_once = options->order == HEBB_ORDER_SYNCHRONOUS;
    const relaxing run = {network, options, options->kernel != NULL ? options->kernel : hebb_field_kernel_best()};
    hebb_relaxation result = {HEBB_RELAX_UNFINISHED, 0, 0};
    uint32_t *flipped = workspace->flipped, *flipped_before = workspace->flipped + n;
    size_t n_before = 0;
    while (result.outcome == HEBB_RELAX_UNFINISHED && result.sweeps < options->max_sweeps) {
        order_neurons(options, result.sweeps, (uint32_t)n, workspace->order);
        const size_t n_flipped = at_once ? update_at_once(&run, n, workspace->order, flipped)
                                         : update_in_turn(&run, n, workspace->order, flipped);
        result.sweeps++;
        result.flips += (int64_t)n_flipped;
        if (n_flipped == 0)
            result.outcome = HEBB_RELAX_FIXED_POINT;
        else if (at_once && n_flipped == n_before && memcmp(flipped, flipped_before, n_flipped * sizeof *flipped) == 0)
            result.outcome = HEBB_RELAX_TWO_CYCLE; /* the same neurons flipped forth and back */
        uint32_t *const last = flipped;
        flipped = flipped_before;
        flipped_before = last;
        n_before = n_flipped;
    }
    return result;
}
