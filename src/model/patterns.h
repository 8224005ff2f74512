/*
 * patterns - p patterns of N signs, bit-packed by neuron
 *
 *   xi_i^mu = +1 where bit mu of row i is set, -1 where it is not;  i < N,  mu < p
 *
 * A row is one neuron's p bits: what a local field reads.  Rows are padded with zero bits to whole 64-bit words.
 */
#ifndef HEBB_MODEL_PATTERNS_H
#define HEBB_MODEL_PATTERNS_H

#include <stddef.h>
#include <stdint.h>
#include "status.h"

/* Up to here the sum of 128 overlaps fits 32 bits, on which the field kernels rely, and any field 64. */
enum { HEBB_MAX_NEURONS = (1 << 24) - 1, HEBB_MAX_PATTERNS = (1 << 24) - 1 };

/* Words a word of patterns that hebb_patterns_overlaps counts in: sums and waiting bits of 25 levels, and a carry. */
enum { HEBB_PATTERNS_COUNTER_PLANES = 51 };

typedef struct {
    size_t n_neurons, n_patterns;
    size_t words_per_neuron; /* ceil(p / 64) */
    uint64_t *bits;          /* n_neurons x words_per_neuron */
} hebb_patterns;

/* Bytes that N x p patterns take. */
double hebb_patterns_bytes(size_t n_neurons, size_t n_patterns);

/* p = round(alpha N), halves away from zero. */
size_t hebb_patterns_at_load(double alpha, size_t n_neurons);

/*
 * Allocates; all signs are -1 until drawn.
 * Returns HEBB_OK; HEBB_EDOM for a size of 0 or over the limits above; HEBB_ENOMEM with the number.
 */
HEBB_CHECK_RESULT hebb_status hebb_patterns_init(hebb_patterns *patterns, size_t n_neurons, size_t n_patterns);

/* Safe on zeroed patterns and twice. */
void hebb_patterns_free(hebb_patterns *patterns);

/*
 * Independent fair signs, from the counter: they depend on (seed, N, p, replica) alone, and different (N, p, replica)
 * are independent.  Cost: N p / 128 Philox blocks.
 */
void hebb_patterns_draw(hebb_patterns *patterns, uint64_t seed, uint32_t replica);

static inline const uint64_t *hebb_patterns_row(const hebb_patterns *patterns, size_t neuron)
{
    return patterns->bits + neuron * patterns->words_per_neuron;
}

/* xi_i^mu, +1 or -1. */
static inline int hebb_patterns_get(const hebb_patterns *patterns, size_t neuron, size_t pattern)
{
    return (hebb_patterns_row(patterns, neuron)[pattern / 64] >> pattern % 64 & 1) ? 1 : -1;
}

void hebb_patterns_set(hebb_patterns *patterns, size_t neuron, size_t pattern, int sign);

/*
 * overlaps[mu] = sum_i xi_i^mu s_i, for mu < p; the padding up to 64 words_per_neuron is set to 0.
 *
 * spins     in   N signs, +1 or -1
 * counters  in   room for HEBB_PATTERNS_COUNTER_PLANES x words_per_neuron words
 *
 * Cost: about 5 operations a word of 64 signs (carry-save addition of whole rows).
 */
void hebb_patterns_overlaps(const hebb_patterns *patterns, const int8_t *spins, uint64_t *counters, int32_t *overlaps);

#endif
