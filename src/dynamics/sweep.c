#include "sweep.h"

#include <stdlib.h>
#include <string.h>

#include "parallel.h"
#include "sweep_parts.h"

enum { WORDS_IN_LINE = 32, FETCHED_WORDS = 8192 /* 16 KiB, as far as a kernel fetches ahead */ };

/* ---- room ---- */

static hebb_status member_init(hebb_sweep_member *member, hebb_hopfield *network, bool at_once)
{
    const hebb_patterns *patterns = network->patterns;
    member->network = network;
    if (!at_once) return HEBB_OK;
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
    *sweeper = (hebb_sweeper){.patterns = patterns,
                              .n_members = n_networks,
                              .members = calloc(n_networks, sizeof *sweeper->members),
                              .order = order,
                              .block = HEBB_BLOCK,
                              .turn = calloc(patterns->n_neurons, sizeof *sweeper->turn)};
    for (size_t k = 0; k < HEBB_BLOCK; k++) sweeper->limits_at_zero[k] = (int32_t)patterns->n_patterns - 1;
    hebb_status status = HEBB_OK;
    if (sweeper->members == NULL || sweeper->turn == NULL)
        status = hebb_fail(HEBB_ENOMEM, "no memory to update %zu neurons", patterns->n_neurons);
    for (size_t i = 0; status == HEBB_OK && i < patterns->n_neurons; i++) sweeper->turn[i] = (uint32_t)i;
    for (size_t a = 0; status == HEBB_OK && a < n_networks; a++)
        status = member_init(sweeper->members + a, networks + a, order == HEBB_ORDER_SYNCHRONOUS);
    if (status == HEBB_OK) status = hebb_sweep_parts_init(sweeper, 1);
    if (status != HEBB_OK) hebb_sweeper_free(sweeper);
    return status;
}

void hebb_sweeper_free(hebb_sweeper *sweeper)
{
    hebb_sweep_parts_free(sweeper);
    for (size_t a = 0; sweeper->members != NULL && a < sweeper->n_members; a++) {
        free(sweeper->members[a].overlaps_after);
        free(sweeper->members[a].flipped);
        free(sweeper->members[a].flipped_before);
    }
    free(sweeper->members);
    free(sweeper->turn);
    *sweeper = (hebb_sweeper){0};
}

double hebb_sweeper_bytes(size_t n_neurons, size_t n_patterns, size_t n_networks)
{
    const double a_member = (double)sizeof(hebb_sweep_member) +
                            sizeof(int32_t) * (double)hebb_patterns_padded(n_patterns) +
                            2.0 * sizeof(uint32_t) * (double)n_neurons;
    return a_member * (double)n_networks + sizeof(uint32_t) * (double)n_neurons +
           hebb_sweep_parts_bytes(n_patterns, n_networks, 1);
}

/* As many as the patterns can be shared out to. */
static size_t parts_for(size_t n_patterns, int n_threads)
{
    const size_t most = hebb_patterns_most_parts(n_patterns);
    return n_threads < 1 ? 1 : (size_t)n_threads < most ? (size_t)n_threads : most;
}

hebb_status hebb_sweeper_use_threads(hebb_sweeper *sweeper, int n_threads)
{
    const size_t n_parts = parts_for(sweeper->patterns->n_patterns, n_threads);
    return n_parts == sweeper->n_made ? HEBB_OK : hebb_sweep_parts_init(sweeper, n_parts);
}

int hebb_sweeper_worth_threads(size_t n_patterns, int n_threads)
{
    const size_t most = n_patterns / 2500;
    return n_threads < 1 || most < 1 ? 1 : (size_t)n_threads < most ? n_threads : (int)most;
}

double hebb_sweeper_threads_bytes(size_t n_patterns, size_t n_networks, int n_threads)
{
    return hebb_sweep_parts_bytes(n_patterns, n_networks, parts_for(n_patterns, n_threads)) -
           hebb_sweep_parts_bytes(n_patterns, n_networks, 1);
}

void hebb_sweeper_restart(hebb_sweeper *sweeper)
{
    for (size_t a = 0; a < sweeper->n_members; a++) {
        hebb_sweep_parts_outdate(sweeper, a);
        sweeper->members[a].n_flipped = 0;
        sweeper->members[a].n_still = 0;
        sweeper->members[a].is_done = false;
    }
}

/* ---- one block of one network ---- */

/*
 * Fields beyond 29 bits, at sizes or states that hardly occur: neuron by neuron, in 64 bits; as a kernel's scan.
 *
 * before, overlaps  those of the part: at the sweep's beginning, and to be changed
 */
static void scan_wide(hebb_sweep_part *part, const hebb_scan *block, const int32_t *before, hebb_flips *made,
                      int32_t *overlaps)
{
    const hebb_kernel *kernel = part->sweeper->patterns->kernel;
    made->n = 0;
    for (size_t k = 0; k < block->n; k++) {
        int64_t field;
        hebb_field_tables_add_up(block->n_patterns, block->at_once ? before : overlaps, 1, block->slices + k, &field);
        field = hebb_sweep_part_join_wide(part, field);
        if (block->spins[k] * field > block->limits[k]) continue;
        const size_t last = made->n++;
        made->which[last] = (uint16_t)k;
        made->changes[last] = (int8_t)(-2 * block->spins[k]);
        kernel->add_rows(1, made->which + last, made->changes + last, block->n_words, block->slices, overlaps);
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

static void copy_spins(const hebb_sweep_block *block, const hebb_hopfield *network, int8_t *spins)
{
    if (block->is_run)
        memcpy(spins, network->spins + block->neurons[0], block->n);
    else
        for (size_t k = 0; k < block->n; k++) spins[k] = network->spins[block->neurons[k]];
}

static const int8_t *spins_of(const hebb_sweep_block *block, const hebb_hopfield *network, int8_t *room)
{
    if (block->is_run) return network->spins + block->neurons[0];
    copy_spins(block, network, room);
    return room;
}

/* By how much a block's flips change fields at most. */
static int64_t reach_of_flips(const hebb_sweeper *sweeper)
{
    return INT64_C(2) * HEBB_BLOCK * (int64_t)sweeper->patterns->n_patterns;
}

/* What has been flipped: overlaps of the part are up to date. */
static void note_flips(hebb_sweep_part *part, size_t a, const hebb_sweep_block *block, const hebb_flips *made,
                       int32_t *all_overlaps)
{
    hebb_sweeper *sweeper = part->sweeper;
    hebb_sweep_view *view = part->views + a;
    view->n_still = made->n == 0 ? view->n_still + block->n : 0; /* the updates after the last flip do not matter */
    view->is_done = sweeper->stops_when_still && view->n_still >= sweeper->patterns->n_neurons;
    if (made->n == 0) return;
    if (sweeper->order != HEBB_ORDER_SYNCHRONOUS) view->are_current = false;
    if (part->index == sweeper->n_parts - 1) hebb_patterns_clear_padding(sweeper->patterns, all_overlaps);
    if (part->index == 0) turn_spins(sweeper, sweeper->members + a, block, made);
}

/* The k-th of the active networks. */
static void update_block(hebb_sweep_part *part, size_t k, uint32_t sweep, const hebb_sweep_block *block)
{
    hebb_sweeper *sweeper = part->sweeper;
    const size_t a = part->active[k], first = 16 * part->patterns.first_word;
    hebb_sweep_member *member = sweeper->members + a;
    int8_t gathered[HEBB_BLOCK];
    int32_t noisy[HEBB_BLOCK];
    hebb_flips made;
    hebb_scan scan = {.n = block->n,
                      .n_patterns = part->patterns.n_patterns,
                      .n_words = part->patterns.n_words,
                      .n_patterns_in_all = sweeper->patterns->n_patterns,
                      .at_once = sweeper->order == HEBB_ORDER_SYNCHRONOUS,
                      .slices = block->slices,
                      .spins = sweeper->n_parts > 1 ? part->spins[k] : spins_of(block, member->network, gathered),
                      .fields = part->fields[k],
                      .limits = sweeper->limits_at_zero,
                      .room = part->scan_room,
                      .join = sweeper->n_parts > 1 ? hebb_sweep_part_join : NULL,
                      .join_context = part};
    if (sweeper->find_limits != NULL) {
        sweeper->find_limits(sweeper->limits_context, a, sweep, block, scan.spins, noisy);
        scan.limits = noisy;
    }
    int32_t *overlaps = scan.at_once ? member->overlaps_after : member->network->overlaps;
    if (scan.fields == NULL)
        scan_wide(part, &scan, member->network->overlaps + first, &made, overlaps + first);
    else
        sweeper->patterns->kernel->scan(&scan, &made, overlaps + first);
    note_flips(part, a, block, &made, overlaps);
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
    for (size_t a = 0; a < sweeper->n_members; a++) {
        hebb_sweep_member *member = sweeper->members + a;
        member->n_still = sweeper->parts->views[a].n_still;
        member->is_done = sweeper->parts->views[a].is_done;
        if (sweeper->order != HEBB_ORDER_SYNCHRONOUS || member->n_flipped == 0) continue;
        int32_t *const before = member->network->overlaps;
        member->network->overlaps = member->overlaps_after;
        member->overlaps_after = before;
        hebb_sweep_parts_outdate(sweeper, a);
    }
}

static void read_block(hebb_sweep_part *part, size_t first, hebb_sweep_block *block)
{
    const hebb_sweeper *sweeper = part->sweeper;
    const hebb_patterns *patterns = sweeper->patterns;
    const size_t left = patterns->n_neurons - first;
    block->n = left < sweeper->block ? left : sweeper->block;
    block->is_run = sweeper->order != HEBB_ORDER_RANDOM;
    block->neurons = sweeper->turn + first;
    block->slices = part->room;
    if (block->is_run)
        block->slices = hebb_patterns_part_block(patterns, part->patterns, first, block->n, part->room);
    else
        hebb_patterns_part_gather(patterns, part->patterns, block->n, block->neurons, part->room);
}

/* The networks still on their way: their tables, and what these reach. */
static size_t find_tables(hebb_sweep_part *part)
{
    const hebb_sweeper *sweeper = part->sweeper;
    hebb_sweep_post *post = hebb_sweep_part_post(part);
    size_t n_narrow = 0;
    part->n_active = 0;
    for (size_t a = 0; a < sweeper->n_members; a++) {
        hebb_sweep_view *view = part->views + a;
        if (view->is_done) continue;
        if (!view->are_current)
            hebb_field_tables_set(&view->tables,
                                  sweeper->members[a].network->overlaps + 16 * part->patterns.first_word);
        view->are_current = true;
        post->bounds[part->n_active] = view->tables.bound;
        part->active[part->n_active++] = a;
        if (view->tables.bound < HEBB_FIELD_BOUND) part->tables[n_narrow++] = &view->tables;
    }
    return n_narrow;
}

/* A part's words of the next block lie elsewhere: their beginning is fetched while the others are waited for. */
static void fetch_next(const hebb_sweep_part *part, size_t first)
{
    const hebb_sweeper *sweeper = part->sweeper;
    const hebb_patterns *patterns = sweeper->patterns;
    const size_t next = first + sweeper->block, n_words = part->patterns.n_words * HEBB_BLOCK;
    if (patterns->store != HEBB_STORE_SLICES || sweeper->order == HEBB_ORDER_RANDOM || next >= patterns->n_neurons)
        return;
    const uint16_t *words = hebb_patterns_part_block(patterns, part->patterns, next, 1, NULL);
    for (size_t w = 0; w < n_words && w < FETCHED_WORDS; w += WORDS_IN_LINE) __builtin_prefetch(words + w);
}

/* The fields of a block for all networks still on their way, but for wide ones. */
static void find_fields(hebb_sweep_part *part, size_t first, hebb_sweep_block *block)
{
    const hebb_sweeper *sweeper = part->sweeper;
    const size_t n_narrow = find_tables(part);
    if (part->n_active == 0) return;
    read_block(part, first, block);
    hebb_field_tables_look_up_together(n_narrow, part->tables, block->n, block->slices,
                                       hebb_sweep_part_post(part)->fields);
    for (size_t k = 0; sweeper->n_parts > 1 && k < part->n_active; k++)
        copy_spins(block, sweeper->members[part->active[k]].network, part->spins[k]);
    if (sweeper->n_parts > 1) fetch_next(part, first);
    hebb_sweep_part_join_fields(part, block->n, reach_of_flips(sweeper));
}

typedef struct {
    hebb_sweeper *sweeper;
    uint32_t sweep;
} sweep_work;

static void run_part(void *context, int thread)
{
    const sweep_work *work = context;
    const hebb_sweeper *sweeper = work->sweeper;
    hebb_sweep_part *part = sweeper->parts + thread;
    for (size_t a = 0; a < sweeper->n_members; a++) {
        part->views[a].n_still = sweeper->members[a].n_still;
        part->views[a].is_done = sweeper->members[a].is_done;
    }
    for (size_t first = 0; first < sweeper->patterns->n_neurons; first += sweeper->block) {
        hebb_sweep_block block;
        find_fields(part, first, &block);
        for (size_t k = 0; k < part->n_active; k++) update_block(part, k, work->sweep, &block);
    }
}

void hebb_sweeper_run(hebb_sweeper *sweeper, uint32_t sweep)
{
    sweep_work work = {sweeper, sweep};
    hebb_sweeper_begin(sweeper, sweep);
    if (sweeper->n_parts > 1) hebb_parallel_meeting_init(&sweeper->meeting, (int)sweeper->n_parts);
    for (size_t k = 0; k < sweeper->n_parts; k++) sweeper->parts[k].sweeper = sweeper; /* it may have been moved */
    if (!hebb_parallel_together((int)sweeper->n_parts, run_part, &work)) { /* the threads are not to be had */
        hebb_sweep_parts_share(sweeper, 1);
        run_part(&work, 0);
        hebb_sweep_parts_share(sweeper, sweeper->n_made);
    }
    end_sweep(sweeper);
}
