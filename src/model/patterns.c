#include "patterns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "philox.h"

enum { N_LEVELS = HEBB_PATTERNS_COUNTER_PLANES / 2 }; /* counts up to HEBB_MAX_NEURONS < 2^25 */

static size_t words_for(size_t n_patterns)
{
    return (n_patterns + 63) / 64;
}

double hebb_patterns_bytes(size_t n_neurons, size_t n_patterns)
{
    return 8.0 * (double)words_for(n_patterns) * (double)n_neurons;
}

size_t hebb_patterns_at_load(double alpha, size_t n_neurons)
{
    return (size_t)llround(alpha * (double)n_neurons);
}

hebb_status hebb_patterns_init(hebb_patterns *patterns, size_t n_neurons, size_t n_patterns)
{
    *patterns = (hebb_patterns){0};
    if (n_neurons < 1 || n_neurons > HEBB_MAX_NEURONS)
        return hebb_fail(HEBB_EDOM, "%zu neurons: from 1 to %d can be had", n_neurons, HEBB_MAX_NEURONS);
    if (n_patterns < 1 || n_patterns > HEBB_MAX_PATTERNS)
        return hebb_fail(HEBB_EDOM, "%zu patterns: from 1 to %d can be had", n_patterns, HEBB_MAX_PATTERNS);
    char what[80];
    snprintf(what, sizeof what, "%zu patterns of %zu neurons", n_patterns, n_neurons);
    const hebb_status status = hebb_memory_check(what, hebb_patterns_bytes(n_neurons, n_patterns), 1);
    if (status != HEBB_OK) return status;
    uint64_t *bits = calloc(n_neurons * words_for(n_patterns), sizeof *bits);
    if (bits == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory", what);
    *patterns = (hebb_patterns){n_neurons, n_patterns, words_for(n_patterns), bits};
    return HEBB_OK;
}

void hebb_patterns_free(hebb_patterns *patterns)
{
    free(patterns->bits);
    *patterns = (hebb_patterns){0};
}

void hebb_patterns_draw(hebb_patterns *patterns, uint64_t seed, uint32_t replica)
{
    const uint64_t size = (uint64_t)patterns->n_neurons << 32 | patterns->n_patterns;
    const hebb_philox generator = hebb_philox_derive(seed, HEBB_DRAW_PATTERNS, size, replica);
    for (size_t i = 0; i < patterns->n_neurons; i++)
        hebb_philox_bits(generator, 0, (uint32_t)i, patterns->n_patterns,
                         patterns->bits + i * patterns->words_per_neuron);
}

void hebb_patterns_set(hebb_patterns *patterns, size_t neuron, size_t pattern, int sign)
{
    uint64_t *word = patterns->bits + neuron * patterns->words_per_neuron + pattern / 64;
    const uint64_t bit = UINT64_C(1) << pattern % 64;
    *word = sign > 0 ? *word | bit : *word & ~bit;
}

/* sum += waiting + carry, bitwise; what overflows is left in carry. */
static void add_with_carry(size_t n_words, uint64_t *restrict sum, const uint64_t *restrict waiting,
                           uint64_t *restrict carry)
{
    for (size_t w = 0; w < n_words; w++) {
        const uint64_t a = sum[w], b = waiting[w], c = carry[w];
        sum[w] = a ^ b ^ c;
        carry[w] = (a & b) | ((a ^ b) & c);
    }
}

/*
 * Counts agreements column by column in bit-sliced counters: level k holds a plane of sums and at most one waiting
 * plane, both worth 2^k.  A second plane that arrives is added to the two and its carry goes up a level, so a row
 * costs one carry-save addition on average.  Which levels have a plane waiting is the row's number in binary.
 */
void hebb_patterns_overlaps(const hebb_patterns *patterns, const int8_t *spins, uint64_t *counters, int32_t *overlaps)
{
    const size_t n_words = patterns->words_per_neuron;
    uint64_t *sums = counters, *waiting = counters + N_LEVELS * n_words, *carry = counters + 2 * N_LEVELS * n_words;
    memset(counters, 0, HEBB_PATTERNS_COUNTER_PLANES * n_words * sizeof *counters);
    for (size_t i = 0; i < patterns->n_neurons; i++) {
        const uint64_t *row = hebb_patterns_row(patterns, i);
        const uint64_t against = spins[i] > 0 ? 0 : ~UINT64_C(0);
        size_t k = 0;
        for (size_t w = 0; w < n_words; w++) carry[w] = row[w] ^ against;
        for (; i >> k & 1; k++) {
            add_with_carry(n_words, sums + k * n_words, waiting + k * n_words, carry);
            memset(waiting + k * n_words, 0, n_words * sizeof *waiting);
        }
        memcpy(waiting + k * n_words, carry, n_words * sizeof *carry);
    }
    memset(overlaps, 0, 64 * n_words * sizeof *overlaps);
    for (size_t k = 0; k < N_LEVELS; k++)
        for (size_t mu = 0; mu < patterns->n_patterns; mu++) {
            const size_t w = k * n_words + mu / 64;
            overlaps[mu] += (int32_t)((sums[w] >> mu % 64 & 1) + (waiting[w] >> mu % 64 & 1)) << k;
        }
    for (size_t mu = 0; mu < patterns->n_patterns; mu++) overlaps[mu] = 2 * overlaps[mu] - (int32_t)patterns->n_neurons;
}
