#include "stored_sweep.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "sweep_parts.h"

enum { TILE = 32 }; /* neurons in random order whose fields are gathered together, after a flip once more */

/* ---- room ---- */

hebb_status hebb_stored_sweeper_init(hebb_stored_sweeper *stored, hebb_sweeper *sweeper)
{
    const size_t n = sweeper->patterns->n_neurons;
    *stored = (hebb_stored_sweeper){.sweeper = sweeper};
    const hebb_status status = hebb_couplings_init(&stored->couplings, sweeper->patterns);
    if (status != HEBB_OK) return status;
    stored->fields = hebb_memory_zeroed(sweeper->n_members * stored->couplings.stride * sizeof *stored->fields);
    stored->spins_before = calloc(sweeper->n_members, n);
    if (stored->fields != NULL && stored->spins_before != NULL) return HEBB_OK;
    hebb_stored_sweeper_free(stored);
    return hebb_fail(HEBB_ENOMEM, "no memory for the fields of %zu neurons", n);
}

void hebb_stored_sweeper_free(hebb_stored_sweeper *stored)
{
    hebb_couplings_free(&stored->couplings);
    free(stored->fields);
    free(stored->spins_before);
    *stored = (hebb_stored_sweeper){0};
}

double hebb_stored_sweeper_bytes(size_t n_neurons, size_t n_networks)
{
    return hebb_couplings_bytes(n_neurons) + (sizeof(int32_t) + 1.0) * (double)n_neurons * (double)n_networks;
}

/* ---- states in and out ---- */

static int32_t *fields_of(const hebb_stored_sweeper *stored, size_t a)
{
    return stored->fields + a * stored->couplings.stride;
}

static int8_t *spins_before_of(const hebb_stored_sweeper *stored, size_t a)
{
    return stored->spins_before + a * stored->couplings.n_neurons;
}

void hebb_stored_sweeper_read(hebb_stored_sweeper *stored)
{
    hebb_sweeper *sweeper = stored->sweeper;
    const size_t n = sweeper->patterns->n_neurons;
    const int32_t p = (int32_t)sweeper->patterns->n_patterns;
    hebb_sweep_parts_share(sweeper, 1); /* on one thread */
    for (size_t a = 0; a < sweeper->n_members; a++) {
        const hebb_hopfield *network = sweeper->members[a].network;
        hebb_field_tables_set(&sweeper->parts->views[a].tables, network->overlaps);
        memcpy(spins_before_of(stored, a), network->spins, n);
    }
    for (size_t first = 0; first < n; first += HEBB_BLOCK) {
        const size_t left = n - first, n_here = left < HEBB_BLOCK ? left : HEBB_BLOCK;
        const uint16_t *slices = hebb_patterns_block(sweeper->patterns, first, n_here, sweeper->room);
        for (size_t a = 0; a < sweeper->n_members; a++) {
            int32_t fields[HEBB_BLOCK];
            hebb_field_tables_look_up(&sweeper->parts->views[a].tables, n_here, slices, fields);
            for (size_t k = 0; k < n_here; k++)
                fields_of(stored, a)[first + k] = fields[k] - p * sweeper->members[a].network->spins[first + k];
        }
    }
    hebb_sweep_parts_share(sweeper, sweeper->n_made);
}

/* Adds the changes of up to a block's neurons, wherever they are, to the overlaps. */
static void add_changes(const hebb_sweeper *sweeper, size_t n, const uint32_t *neurons, const int8_t *changes,
                        int32_t *overlaps)
{
    const hebb_patterns *patterns = sweeper->patterns;
    uint16_t which[HEBB_BLOCK];
    for (size_t k = 0; k < n; k++) which[k] = (uint16_t)k;
    hebb_patterns_gather(patterns, n, neurons, sweeper->room);
    patterns->kernel->add_rows(n, which, changes, patterns->n_words, sweeper->room, overlaps);
}

static void settle_one(const hebb_stored_sweeper *stored, size_t a)
{
    hebb_sweeper *sweeper = stored->sweeper;
    const hebb_patterns *patterns = sweeper->patterns;
    const hebb_sweep_member *member = sweeper->members + a;
    const int8_t *spins = member->network->spins;
    int8_t *before = spins_before_of(stored, a);
    if (memcmp(spins, before, patterns->n_neurons) == 0) return;
    uint32_t neurons[HEBB_BLOCK];
    int8_t changes[HEBB_BLOCK];
    size_t n = 0;
    for (size_t i = 0; i < patterns->n_neurons; i++) {
        if (spins[i] == before[i]) continue;
        neurons[n] = (uint32_t)i;
        changes[n++] = (int8_t)(2 * spins[i]);
        if (n < HEBB_BLOCK) continue;
        add_changes(sweeper, n, neurons, changes, member->network->overlaps);
        n = 0;
    }
    if (n > 0) add_changes(sweeper, n, neurons, changes, member->network->overlaps);
    hebb_patterns_clear_padding(patterns, member->network->overlaps);
    memcpy(before, spins, patterns->n_neurons);
    hebb_sweep_parts_outdate(sweeper, a);
}

void hebb_stored_sweeper_settle(hebb_stored_sweeper *stored)
{
    for (size_t a = 0; a < stored->sweeper->n_members; a++) settle_one(stored, a);
}

/* ---- one sweep ---- */

static void flip(const hebb_stored_sweeper *stored, size_t a, uint32_t neuron)
{
    const hebb_sweeper *sweeper = stored->sweeper;
    const hebb_patterns *patterns = sweeper->patterns;
    const hebb_sweep_member *member = sweeper->members + a;
    int8_t *spin = member->network->spins + neuron;
    int32_t *fields = fields_of(stored, a);
    *spin = (int8_t) - *spin;
    patterns->kernel->add_row(stored->couplings.stride, stored->couplings.rows + neuron * stored->couplings.stride,
                              2 * *spin, fields);
    if (sweeper->on_flip != NULL) sweeper->on_flip(sweeper->flip_context, member->network, neuron);
}

static void gather(size_t n, const uint32_t *neurons, const int32_t *fields, int32_t *gathered)
{
    for (size_t k = 0; k < n; k++) gathered[k] = fields[neurons[k]];
}

/* Neurons one after the other; is_run: they lie side by side.  spins and limits are theirs in turn, n at most a block. */
static void update_neurons(const hebb_stored_sweeper *stored, size_t a, size_t n, bool is_run, const uint32_t *neurons,
                           const int8_t *spins, const int32_t *limits)
{
    const hebb_kernel *kernel = stored->sweeper->patterns->kernel;
    hebb_sweep_member *member = stored->sweeper->members + a;
    const int32_t *all_fields = fields_of(stored, a), *fields = all_fields + neurons[0];
    int32_t gathered[TILE];
    if (!is_run) {
        gather(n, neurons, all_fields, gathered);
        fields = gathered;
    }
    for (size_t k = kernel->next_unstable(n, spins, fields, limits, 0); k < n;
         k = kernel->next_unstable(n, spins, fields, limits, k + 1)) {
        flip(stored, a, neurons[k]);
        member->n_flipped++;
        if (!is_run) gather(n - k - 1, neurons + k + 1, all_fields, gathered + k + 1);
    }
}

/* Spins and limits are copied: a flip's byte, read again at once among 16, would hold the processor up. */
static void update_block(const hebb_stored_sweeper *stored, size_t a, uint32_t sweep, const hebb_sweep_block *block)
{
    const hebb_sweeper *sweeper = stored->sweeper;
    hebb_sweep_member *member = sweeper->members + a;
    const size_t tile = block->is_run ? HEBB_BLOCK : TILE;
    const int32_t p = (int32_t)sweeper->patterns->n_patterns;
    int8_t spins[HEBB_BLOCK];
    int32_t limits[HEBB_BLOCK];
    if (block->is_run)
        memcpy(spins, member->network->spins + block->neurons[0], block->n);
    else
        for (size_t k = 0; k < block->n; k++) spins[k] = member->network->spins[block->neurons[k]];
    if (sweeper->find_limits != NULL)
        sweeper->find_limits(sweeper->limits_context, a, sweep, block, spins, limits);
    else
        memcpy(limits, sweeper->limits_at_zero, sizeof limits);
    for (size_t k = 0; k < block->n; k++) limits[k] -= p;
    const size_t n_before = member->n_flipped;
    for (size_t first = 0; first < block->n; first += tile) {
        const size_t n = block->n - first < tile ? block->n - first : tile;
        update_neurons(stored, a, n, block->is_run, block->neurons + first, spins + first, limits + first);
    }
    member->n_still = member->n_flipped == n_before ? member->n_still + block->n : 0;
    member->is_done = sweeper->stops_when_still && member->n_still >= sweeper->patterns->n_neurons;
}

void hebb_stored_sweeper_run(hebb_stored_sweeper *stored, uint32_t sweep)
{
    hebb_sweeper *sweeper = stored->sweeper;
    const size_t n = sweeper->patterns->n_neurons;
    hebb_sweeper_begin(sweeper, sweep);
    for (size_t first = 0; first < n; first += HEBB_BLOCK) {
        const hebb_sweep_block block = {.n = n - first < HEBB_BLOCK ? n - first : HEBB_BLOCK,
                                        .is_run = sweeper->order != HEBB_ORDER_RANDOM,
                                        .neurons = sweeper->turn + first};
        for (size_t a = 0; a < sweeper->n_members; a++)
            if (!sweeper->members[a].is_done) update_block(stored, a, sweep, &block);
    }
}
