#include "patterns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "parallel.h"

static size_t words_in_row(size_t n_patterns)
{
    return (n_patterns + 63) / 64;
}

static size_t words_in_slice(size_t n_patterns)
{
    return HEBB_UNIT_WORDS * ((n_patterns + HEBB_UNIT - 1) / HEBB_UNIT);
}

static size_t blocks_of(size_t n_neurons)
{
    return (n_neurons + HEBB_BLOCK - 1) / HEBB_BLOCK;
}

size_t hebb_patterns_padded(size_t n_patterns)
{
    return 16 * words_in_slice(n_patterns);
}

void hebb_patterns_clear_padding(const hebb_patterns *patterns, int32_t *overlaps)
{
    for (size_t mu = patterns->n_patterns; mu < 16 * patterns->n_words; mu++) overlaps[mu] = 0;
}

size_t hebb_patterns_most_parts(size_t n_patterns)
{
    return (words_in_slice(n_patterns) + HEBB_PART_WORDS - 1) / HEBB_PART_WORDS;
}

hebb_pattern_part hebb_patterns_part(size_t n_patterns, size_t k, size_t n_parts)
{
    const size_t n_words = words_in_slice(n_patterns), n_pieces = hebb_patterns_most_parts(n_patterns);
    const size_t first = n_pieces * k / n_parts * HEBB_PART_WORDS,
                 next = n_pieces * (k + 1) / n_parts * HEBB_PART_WORDS;
    const size_t end = next < n_words ? next : n_words, last = 16 * end < n_patterns ? 16 * end : n_patterns;
    return (hebb_pattern_part){.first_word = first, .n_words = end - first, .n_patterns = last - 16 * first};
}

static hebb_pattern_part all_of(const hebb_patterns *patterns)
{
    return (hebb_pattern_part){.n_words = patterns->n_words, .n_patterns = patterns->n_patterns};
}

size_t hebb_patterns_block_room(size_t n_patterns)
{
    return HEBB_BLOCK * words_in_slice(n_patterns);
}

double hebb_patterns_bytes(size_t n_neurons, size_t n_patterns, hebb_pattern_store store)
{
    switch (store) {
    case HEBB_STORE_SLICES:
        return 2.0 * (double)hebb_patterns_block_room(n_patterns) * (double)blocks_of(n_neurons);
    case HEBB_STORE_ROWS:
        return 8.0 * (double)words_in_row(n_patterns) * (double)n_neurons;
    case HEBB_STORE_NOTHING:
        break;
    }
    return 0.0;
}

size_t hebb_patterns_at_load(double alpha, size_t n_neurons)
{
    return (size_t)llround(alpha * (double)n_neurons);
}

hebb_status hebb_patterns_init(hebb_patterns *patterns, size_t n_neurons, size_t n_patterns, hebb_pattern_store store)
{
    *patterns = (hebb_patterns){0};
    if (n_neurons < 1 || n_neurons > HEBB_MAX_NEURONS)
        return hebb_fail(HEBB_EDOM, "%zu neurons: from 1 to %d can be had", n_neurons, HEBB_MAX_NEURONS);
    if (n_patterns < 1 || n_patterns > HEBB_MAX_PATTERNS)
        return hebb_fail(HEBB_EDOM, "%zu patterns: from 1 to %d can be had", n_patterns, HEBB_MAX_PATTERNS);
    char what[80];
    snprintf(what, sizeof what, "%zu patterns of %zu neurons", n_patterns, n_neurons);
    const double bytes = hebb_patterns_bytes(n_neurons, n_patterns, store);
    const hebb_status status = hebb_memory_check(what, bytes, 1);
    if (status != HEBB_OK) return status;
    void *signs = store == HEBB_STORE_NOTHING ? NULL : hebb_memory_zeroed((size_t)bytes);
    if (signs == NULL && store != HEBB_STORE_NOTHING) return hebb_fail(HEBB_ENOMEM, "%s: no memory", what);
    *patterns = (hebb_patterns){.n_neurons = n_neurons,
                                .n_patterns = n_patterns,
                                .store = store,
                                .n_words = words_in_slice(n_patterns),
                                .words_per_neuron = words_in_row(n_patterns),
                                .slices = store == HEBB_STORE_SLICES ? signs : NULL,
                                .rows = store == HEBB_STORE_ROWS ? signs : NULL,
                                .kernel = hebb_kernel_in_use(),
                                .n_threads = 1};
    return HEBB_OK;
}

void hebb_patterns_free(hebb_patterns *patterns)
{
    free(patterns->slices);
    free(patterns->rows);
    *patterns = (hebb_patterns){0};
}

static void number_block(size_t first, uint32_t neurons[HEBB_BLOCK])
{
    for (size_t k = 0; k < HEBB_BLOCK; k++) neurons[k] = (uint32_t)(first + k);
}

size_t hebb_patterns_block_size(const hebb_patterns *patterns, size_t first)
{
    const size_t left = patterns->n_neurons - first;
    return left < HEBB_BLOCK ? left : HEBB_BLOCK;
}

static uint16_t *stored_block(const hebb_patterns *patterns, size_t neuron)
{
    return patterns->slices + neuron / HEBB_BLOCK * HEBB_BLOCK * patterns->n_words + neuron % HEBB_BLOCK;
}

static void draw_block(void *context, size_t block)
{
    const hebb_patterns *patterns = context;
    const size_t first = HEBB_BLOCK * block, n = hebb_patterns_block_size(patterns, first);
    uint32_t neurons[HEBB_BLOCK];
    number_block(first, neurons);
    if (patterns->store == HEBB_STORE_ROWS)
        patterns->kernel->draw_rows(patterns->generator, neurons[0], n, patterns->n_patterns,
                                    patterns->words_per_neuron, patterns->rows + first * patterns->words_per_neuron);
    else
        patterns->kernel->draw_slices(patterns->generator, n, neurons, patterns->n_patterns, 0, patterns->n_words,
                                      stored_block(patterns, first));
}

uint64_t hebb_patterns_address(size_t n_neurons, size_t n_patterns)
{
    return (uint64_t)n_neurons << 32 | n_patterns;
}

void hebb_patterns_draw(hebb_patterns *patterns, uint64_t seed, uint32_t replica)
{
    const uint64_t size = hebb_patterns_address(patterns->n_neurons, patterns->n_patterns);
    patterns->generator = hebb_philox_derive(seed, HEBB_DRAW_PATTERNS, size, replica);
    if (patterns->store != HEBB_STORE_NOTHING)
        hebb_parallel_each(blocks_of(patterns->n_neurons), patterns->n_threads, draw_block, patterns);
}

int hebb_patterns_get(const hebb_patterns *patterns, size_t neuron, size_t pattern)
{
    uint32_t drawn[4];
    unsigned bit = 0;
    switch (patterns->store) {
    case HEBB_STORE_SLICES:
        bit = stored_block(patterns, neuron)[pattern / 16 * HEBB_BLOCK] >> pattern % 16 & 1;
        break;
    case HEBB_STORE_ROWS:
        bit = patterns->rows[neuron * patterns->words_per_neuron + pattern / 64] >> pattern % 64 & 1;
        break;
    case HEBB_STORE_NOTHING:
        hebb_philox_block(patterns->generator, 0, (uint32_t)neuron, pattern / 128, drawn);
        bit = drawn[pattern % 128 / 32] >> pattern % 32 & 1;
        break;
    }
    return bit ? 1 : -1;
}

void hebb_patterns_column(const hebb_patterns *patterns, size_t pattern, int8_t *signs)
{
    for (size_t first = 0; first < patterns->n_neurons; first += HEBB_BLOCK) {
        const size_t n = hebb_patterns_block_size(patterns, first);
        if (patterns->store == HEBB_STORE_SLICES) {
            const uint16_t *words = stored_block(patterns, first) + pattern / 16 * HEBB_BLOCK;
            for (size_t k = 0; k < n; k++) signs[first + k] = (int8_t)((words[k] >> pattern % 16 & 1) * 2 - 1);
        } else {
            for (size_t k = 0; k < n; k++) signs[first + k] = (int8_t)hebb_patterns_get(patterns, first + k, pattern);
        }
    }
}

void hebb_patterns_set(hebb_patterns *patterns, size_t neuron, size_t pattern, int sign)
{
    if (patterns->store == HEBB_STORE_ROWS) {
        uint64_t *word = patterns->rows + neuron * patterns->words_per_neuron + pattern / 64;
        const uint64_t bit = UINT64_C(1) << pattern % 64;
        *word = sign > 0 ? *word | bit : *word & ~bit;
    } else if (patterns->store == HEBB_STORE_SLICES) {
        uint16_t *word = stored_block(patterns, neuron) + pattern / 16 * HEBB_BLOCK;
        const unsigned bit = 1u << pattern % 16;
        *word = (uint16_t)(sign > 0 ? *word | bit : *word & ~bit);
    }
}

hebb_status hebb_patterns_balance(hebb_patterns *patterns)
{
    const size_t n = patterns->n_neurons, p = patterns->n_patterns;
    if (p >= 8 * sizeof n || n >> p == 0)
        return hebb_fail(HEBB_EDOM, "%zu balanced patterns take 2^%zu neurons at least, and there are %zu", p, p, n);
    for (size_t i = 0; i < n; i++)
        for (size_t mu = 0; mu < p; mu++) hebb_patterns_set(patterns, i, mu, i >> mu & 1 ? 1 : -1);
    return HEBB_OK;
}

/* What slices give only word by word, for orders that they are not made for. */
static void gather_words(const hebb_patterns *patterns, hebb_pattern_part part, size_t n, const uint32_t *neurons,
                         uint16_t *room)
{
    for (size_t k = 0; k < n; k++) {
        const uint16_t *words = stored_block(patterns, neurons[k]) + part.first_word * HEBB_BLOCK;
        for (size_t w = 0; w < part.n_words; w++) room[w * HEBB_BLOCK + k] = words[w * HEBB_BLOCK];
    }
}

void hebb_patterns_part_gather(const hebb_patterns *patterns, hebb_pattern_part part, size_t n, const uint32_t *neurons,
                               uint16_t *room)
{
    switch (patterns->store) {
    case HEBB_STORE_SLICES:
        gather_words(patterns, part, n, neurons, room);
        break;
    case HEBB_STORE_ROWS:
        patterns->kernel->slice_rows(n, neurons, patterns->words_per_neuron, patterns->rows, part.first_word,
                                     part.n_words, room);
        break;
    case HEBB_STORE_NOTHING:
        patterns->kernel->draw_slices(patterns->generator, n, neurons, patterns->n_patterns, part.first_word,
                                      part.n_words, room);
        break;
    }
}

void hebb_patterns_gather(const hebb_patterns *patterns, size_t n, const uint32_t *neurons, uint16_t *room)
{
    hebb_patterns_part_gather(patterns, all_of(patterns), n, neurons, room);
}

const uint16_t *hebb_patterns_part_block(const hebb_patterns *patterns, hebb_pattern_part part, size_t first, size_t n,
                                         uint16_t *room)
{
    if (patterns->store == HEBB_STORE_SLICES) return stored_block(patterns, first) + part.first_word * HEBB_BLOCK;
    uint32_t neurons[HEBB_BLOCK];
    number_block(first, neurons);
    hebb_patterns_part_gather(patterns, part, n, neurons, room);
    return room;
}

const uint16_t *hebb_patterns_block(const hebb_patterns *patterns, size_t first, size_t n, uint16_t *room)
{
    return hebb_patterns_part_block(patterns, all_of(patterns), first, n, room);
}

/* ---- overlaps, a part of the patterns a thread ---- */

typedef struct {
    const hebb_patterns *patterns;
    const int8_t *spins;
    uint16_t *room;
    int32_t *overlaps;
    size_t n_parts;
} overlaps_work;

static void find_overlaps_of_part(void *context, size_t k)
{
    const overlaps_work *work = context;
    const hebb_patterns *patterns = work->patterns;
    const hebb_pattern_part part = hebb_patterns_part(patterns->n_patterns, k, work->n_parts);
    int32_t *overlaps = work->overlaps + 16 * part.first_word;
    memset(overlaps, 0, 16 * part.n_words * sizeof *overlaps);
    for (size_t first = 0; first < patterns->n_neurons; first += HEBB_BLOCK) {
        const size_t n = hebb_patterns_block_size(patterns, first);
        const uint16_t *slices =
            hebb_patterns_part_block(patterns, part, first, n, work->room + HEBB_BLOCK * part.first_word);
        patterns->kernel->add_overlaps(n, work->spins + first, part.n_words, slices, overlaps);
    }
}

void hebb_patterns_overlaps(const hebb_patterns *patterns, const int8_t *spins, uint16_t *room, int32_t *overlaps)
{
    const size_t most = hebb_patterns_most_parts(patterns->n_patterns), n_threads = (size_t)patterns->n_threads;
    overlaps_work work = {patterns, spins, room, overlaps, n_threads < most ? n_threads : most};
    hebb_parallel_each(work.n_parts, patterns->n_threads, find_overlaps_of_part, &work);
    hebb_patterns_clear_padding(patterns, overlaps);
}
