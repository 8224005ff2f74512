/*
 * The kernel's loops, compiled once for each processor: the including file defines KERNEL_TARGET (a function
 * attribute) and gives the resulting static functions a name in a hebb_field_kernel.
 */
#include "field_kernel.h"

#include <string.h>

/* 16 tables of 256 partial sums, 16 KiB: they stay in the first-level cache while a block of neurons passes. */
enum { TILE_WORDS = 2, TILE_BYTES = 8 * TILE_WORDS };

/* table[b] = sum of the 8 overlaps, each with the sign of its bit in b */
KERNEL_TARGET static void fill_table(const int32_t overlaps[8], int32_t table[256])
{
    int32_t all_negative = 0;
    for (int k = 0; k < 8; k++) all_negative -= overlaps[k];
    table[0] = all_negative;
    for (int k = 0; k < 8; k++)
        for (int b = 0; b < 1 << k; b++) table[b + (1 << k)] = table[b] + 2 * overlaps[k];
}

/* A tile's sum is of at most 128 overlaps, each below 2^24: it fits 32 bits. */
KERNEL_TARGET static inline int32_t look_up(const int32_t tables[TILE_BYTES][256], const uint64_t *row, size_t n_words)
{
    int32_t sum = 0;
    for (size_t w = 0; w < n_words; w++)
        for (size_t b = 0; b < 8; b++) sum += tables[8 * w + b][row[w] >> 8 * b & 255];
    return sum;
}

KERNEL_TARGET static void fields(const hebb_patterns *patterns, const int32_t *overlaps, size_t n,
                                 const uint32_t *neurons, int64_t *sums)
{
    int32_t tables[TILE_BYTES][256];
    memset(sums, 0, n * sizeof *sums);
    for (size_t first = 0; first < patterns->words_per_neuron; first += TILE_WORDS) {
        const size_t left = patterns->words_per_neuron - first;
        const size_t n_words = left < TILE_WORDS ? left : TILE_WORDS;
        for (size_t b = 0; b < 8 * n_words; b++) fill_table(overlaps + 64 * first + 8 * b, tables[b]);
        for (size_t k = 0; k < n; k++) {
            const uint64_t *row = hebb_patterns_row(patterns, neurons[k]) + first;
            sums[k] += n_words == TILE_WORDS ? look_up(tables, row, TILE_WORDS) : look_up(tables, row, n_words);
        }
    }
}

KERNEL_TARGET static void add_row_products(const hebb_patterns *patterns, size_t neuron, int change, size_t n,
                                           const uint32_t *neurons, int64_t *sums)
{
    const uint64_t *row = hebb_patterns_row(patterns, neuron);
    for (size_t k = 0; k < n; k++) {
        const uint64_t *other = hebb_patterns_row(patterns, neurons[k]);
        int64_t n_different = 0;
        for (size_t w = 0; w < patterns->words_per_neuron; w++) n_different += __builtin_popcountll(row[w] ^ other[w]);
        sums[k] += change * ((int64_t)patterns->n_patterns - 2 * n_different);
    }
}

KERNEL_TARGET static void add_row(const hebb_patterns *patterns, size_t neuron, int change, int32_t *overlaps)
{
    const uint64_t *row = hebb_patterns_row(patterns, neuron);
    for (size_t mu = 0; mu < patterns->n_patterns; mu += 32) { /* 32 at a time, which the vectoriser likes */
        const uint32_t bits = (uint32_t)(row[mu / 64] >> mu % 64);
        const size_t left = patterns->n_patterns - mu;
        const unsigned n = left < 32 ? (unsigned)left : 32;
        for (unsigned k = 0; k < n; k++) overlaps[mu + k] += (bits >> k & 1) ? change : -change;
    }
}
