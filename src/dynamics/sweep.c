#include "sweep.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* ---- room ---- */

static size_t scan_room(size_t n_patterns)
{
    return HEBB_SCAN_ROWS * ((hebb_patterns_padded(n_patterns) / 16 + 31) / 32 * 32);
}

static hebb_status member_init(hebb_sweep_member *member, hebb_hopfield *network, bool at_once)
{
    const hebb_patterns *patterns = network->patterns;
    member->network = network;
    const hebb_status status = hebb_field_tables_init(&member->tables, patterns->kernel, patterns->n_patterns);
    if (status != HEBB_OK || !at_once) return status;
    member->overlaps_after = calloc(hebb_patterns_padded(patterns->n_patterns), sizeof *member->overlaps_after);
    member->flipped = calloc(patterns->n_neurons, sizeof *member->flipped);
    member->flipped_before = calloc(patterns->n_neurons, sizeof *member->flipped_before);
    if (member->overlaps_after != NULL && member->flipped != NULL && member->flipped_before != NULL) return HEBB_OK;
    return hebb_fail(HEBB_ENOMEM, "no memory to update %zu neurons at once", patterns->n_neurons);
}

hebb_status hebb_sweeper_init(hebb_sweeper *sweeper, size_t n_networks, hebb_hopfield *networks,
                              hebb_update_order order)
{
    const hebb_patterns *patterns = networks[0].patterns;
    *sweeper = (hebb_sweeper){
        .patterns = patterns,
        .n_members = n_networks,
        .members = calloc(n_networks, sizeof *sweeper->members),
        .order = order,
        .block = HEBB_BLOCK,
        .turn = calloc(patterns->n_neurons, sizeof *sweeper->turn),
        .tables = calloc(n_networks, sizeof *sweeper->tables),
        .active = calloc(n_networks, sizeof *sweeper->active),
        .fields = hebb_memory_zeroed(n_networks * sizeof *sweeper->fields),
        .room = hebb_memory_zeroed(hebb_patterns_block_room(patterns->n_patterns) * sizeof *sweeper->room),
        .scan_room = hebb_memory_zeroed(scan_room(patterns->n_patterns) * sizeof *sweeper->scan_room)};
    for (size_t k = 0; k < HEBB_BLOCK; k++) sweeper->limits_at_zero[k] = (int32_t)patterns->n_patterns - 1;
    hebb_status status = HEBB_OK;
    if (sweeper->members == NULL || sweeper->turn == NULL || sweeper->tables == NULL || sweeper->active == NULL ||
        sweeper->fields == NULL || sweeper->room == NULL || sweeper->scan_room == NULL)
        status = hebb_fail(HEBB_ENOMEM, "no memory to update %zu neurons", patterns->n_neurons);
    for (size_t i = 0; status == HEBB_OK && i < patterns->n_neurons; i++) sweeper->turn[i] = (uint32_t)i;
    for (size_t a = 0; status == HEBB_OK && a < n_networks; a++)
        status = member_init(sweeper->members + a, networks + a, order == HEBB_ORDER_SYNCHRONOUS);
    if (status != HEBB_OK) hebb_sweeper_free(sweeper);
    return status;
}

void hebb_sweeper_free(hebb_sweeper *sweeper)
{
    for (size_t a = 0; sweeper->members != NULL && a < sweeper->n_members; a++) {
        hebb_field_tables_free(&sweeper->members[a].tables);
        free(sweeper->members[a].overlaps_after);
        free(sweeper->members[a].flipped);
        free(sweeper->members[a].flipped_before);
    }
    free(sweeper->members);
    free(sweeper->turn);
    free(sweeper->tables);
    free(sweeper->active);
    free(sweeper->fields);
    free(sweeper->room);
    free(sweeper->scan_room);
    *sweeper = (hebb_sweeper){0};
}

double hebb_sweeper_bytes(size_t n_neurons, size_t n_patterns, size_t n_networks)
{
    const double a_member =
        (double)(sizeof(hebb_sweep_member) + sizeof(int32_t[HEBB_BLOCK])) + hebb_field_tables_bytes(n_patterns) +
        sizeof(int32_t) * (double)hebb_patterns_padded(n_patterns) + 2.0 * sizeof(uint32_t) * (double)n_neurons;
    return a_member * (double)n_networks + sizeof(uint32_t) * (double)n_neurons +
           sizeof(uint16_t) * (double)(hebb_patterns_block_room(n_patterns) + scan_room(n_patterns));
}

void hebb_sweeper_restart(hebb_sweeper *sweeper)
{
    for (size_t a = 0; a < sweeper->n_members; a++) {
        sweeper->members[a].are_current = false;
        sweeper->members[a].n_flipped = 0;
        sweeper->members[a].n_still = 0;
        sweeper->members[a].is_done = false;
    }
}

/* ---- one block of one network ---- */

/* Fields beyond 29 bits, at sizes or states that hardly occur: neuron by neuron, in 64 bits; as a kernel's scan. */
static void scan_wide(const hebb_patterns *patterns, const hebb_scan *block, const int32_t *before, hebb_flips *made,
                      int32_t *overlaps)
{
    made->n = 0;
    for (size_t k = 0; k < block->n; k++) {
        int64_t field;
        hebb_field_tables_add_up(block->n_patterns, block->at_once ? before : overlaps, 1, block->slices + k, &field);
        if (block->spins[k] * field > block->limits[k]) continue;
        const size_t last = made->n++;
        made->which[last] = (uint16_t)k;
        made->changes[last] = (int8_t)(-2 * block->spins[k]);
        patterns->kernel->add_rows(1, made->which + last, made->changes + last, block->n_words, block->slices,
                                   overlaps);
    }
}

/* The spins, flip by flip. */
static void turn_spins(const hebb_sweeper *sweeper, hebb_sweep_member *member, const hebb_sweep_block *block,
                       const hebb_flips *made)
{
    int8_t *spins = member->network->spins;
    for (size_t a = 0; a < made->n; a++) {
        const uint32_t neuron = block->neurons[made->which[a]];
        spins[neuron] = (int8_t)(spins[neuron] + made->changes[a]);
        if (sweeper->order == HEBB_ORDER_SYNCHRONOUS) member->flipped[member->n_flipped] = neuron;
        member->n_flipped++;
        if (sweeper->on_flip != NULL) sweeper->on_flip(sweeper->flip_context, member->network, neuron);
    }
}

static const int8_t *spins_of(const hebb_sweep_block *block, const hebb_hopfield *network, int8_t *room)
{
    if (block->is_run) return network->spins + block->neurons[0];
    for (size_t k = 0; k < block->n; k++) room[k] = network->spins[block->neurons[k]];
    return room;
}

/* Whether fields and what the block's flips do to them stay within 29 bits. */
static bool is_wide(const hebb_sweeper *sweeper, const hebb_sweep_member *member)
{
    const int64_t corrections = INT64_C(2) * HEBB_BLOCK * (int64_t)sweeper->patterns->n_patterns;
    return member->tables.bound + corrections >= HEBB_FIELD_BOUND;
}

/* fields  in   those of the block, as at its beginning; NULL where they are too wide for it */
static void update_block(const hebb_sweeper *sweeper, size_t a, uint32_t sweep, const hebb_sweep_block *block,
                         const int32_t *fields)
{
    const hebb_patterns *patterns = sweeper->patterns;
    hebb_sweep_member *member = sweeper->members + a;
    int8_t gathered[HEBB_BLOCK];
    int32_t noisy[HEBB_BLOCK];
    hebb_flips made;
    hebb_scan scan = {.n = block->n,
                      .n_patterns = patterns->n_patterns,
                      .n_words = patterns->n_words,
                      .at_once = sweeper->order == HEBB_ORDER_SYNCHRONOUS,
                      .slices = block->slices,
                      .spins = spins_of(block, member->network, gathered),
                      .fields = fields,
                      .limits = sweeper->limits_at_zero,
                      .room = sweeper->scan_room};
    if (sweeper->find_limits != NULL) {
        sweeper->find_limits(sweeper->limits_context, a, sweep, block, scan.spins, noisy);
        scan.limits = noisy;
    }
    int32_t *overlaps = scan.at_once ? member->overlaps_after : member->network->overlaps;
    if (fields == NULL)
        scan_wide(patterns, &scan, member->network->overlaps, &made, overlaps);
    else
        patterns->kernel->scan(&scan, &made, overlaps);

    member->n_still += block->n;
    if (made.n == 0) return;
    member->n_still = 0; /* the few updates after the block's last flip do not matter */
    turn_spins(sweeper, member, block, &made);
    hebb_patterns_clear_padding(patterns, overlaps);
    if (!scan.at_once) member->are_current = false;
}

/* ---- one sweep ---- */

void hebb_sweeper_begin(hebb_sweeper *sweeper, uint32_t sweep)
{
    const size_t n = sweeper->patterns->n_neurons, padded = 16 * sweeper->patterns->n_words;
    for (size_t a = 0; a < sweeper->n_members; a++) {
        hebb_sweep_member *member = sweeper->members + a;
        uint32_t *const flipped = member->flipped;
        member->flipped = member->flipped_before;
        member->flipped_before = flipped;
        member->n_flipped_before = member->n_flipped;
        member->n_flipped = 0;
        if (sweeper->order == HEBB_ORDER_SYNCHRONOUS)
            memcpy(member->overlaps_after, member->network->overlaps, padded * sizeof *member->overlaps_after);
    }
    if (sweeper->order != HEBB_ORDER_RANDOM) return;
    hebb_stream stream;
    hebb_stream_init(&stream, sweeper->order_generator, sweep, 0);
    hebb_stream_permutation(&stream, (uint32_t)n, sweeper->turn);
}

static void end_sweep(hebb_sweeper *sweeper)
{
    if (sweeper->order != HEBB_ORDER_SYNCHRONOUS) return;
    for (size_t a = 0; a < sweeper->n_members; a++) {
        hebb_sweep_member *member = sweeper->members + a;
        if (member->n_flipped == 0) continue;
        int32_t *const before = member->network->overlaps;
        member->network->overlaps = member->overlaps_after;
        member->overlaps_after = before;
        member->are_current = false;
    }
}

static void read_block(const hebb_sweeper *sweeper, size_t first, hebb_sweep_block *block)
{
    const hebb_patterns *patterns = sweeper->patterns;
    const size_t left = patterns->n_neurons - first;
    block->n = left < sweeper->block ? left : sweeper->block;
    block->is_run = sweeper->order != HEBB_ORDER_RANDOM;
    block->neurons = sweeper->turn + first;
    block->slices = sweeper->room;
    if (block->is_run)
        block->slices = hebb_patterns_block(patterns, first, block->n, sweeper->room);
    else
        hebb_patterns_gather(patterns, block->n, block->neurons, sweeper->room);
}

/* The fields of a block for all members still on their way, but for wide ones; returns how many are on their way. */
static size_t find_fields(hebb_sweeper *sweeper, size_t first, hebb_sweep_block *block)
{
    hebb_field_tables **tables = sweeper->tables;
    size_t n_active = 0, n_narrow = 0;
    for (size_t a = 0; a < sweeper->n_members; a++) {
        hebb_sweep_member *member = sweeper->members + a;
        if (member->is_done) continue;
        if (!member->are_current) hebb_field_tables_set(&member->tables, member->network->overlaps);
        member->are_current = true;
        sweeper->active[n_active++] = a;
        if (!is_wide(sweeper, member)) tables[n_narrow++] = &member->tables;
    }
    if (n_active == 0) return 0;
    read_block(sweeper, first, block);
    hebb_field_tables_look_up_together(n_narrow, tables, block->n, block->slices, sweeper->fields);
    return n_active;
}

void hebb_sweeper_run(hebb_sweeper *sweeper, uint32_t sweep)
{
    const size_t n = sweeper->patterns->n_neurons;
    hebb_sweeper_begin(sweeper, sweep);
    for (size_t first = 0; first < n; first += sweeper->block) {
        hebb_sweep_block block;
        const size_t n_active = find_fields(sweeper, first, &block);
        for (size_t k = 0, n_narrow = 0; k < n_active; k++) {
            const size_t a = sweeper->active[k];
            const int32_t *fields = is_wide(sweeper, sweeper->members + a) ? NULL : sweeper->fields[n_narrow++];
            update_block(sweeper, a, sweep, &block, fields);
            sweeper->members[a].is_done = sweeper->stops_when_still && sweeper->members[a].n_still >= n;
        }
    }
    end_sweep(sweeper);
}
