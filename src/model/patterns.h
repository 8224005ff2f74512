/*
 * patterns - p patterns of N signs, stored bit-packed in one of two ways, or not at all
 *
 *   xi_i^mu = +1 or -1;  i < N,  mu < p
 *
 * What one neuron's field reads is its p signs; what the kernels read is a slice, the same 16 patterns of 256 neurons
 * (kernel.h).  Which store is best depends on the order of the updates; what is stored does not.
 */
#ifndef HEBB_MODEL_PATTERNS_H
#define HEBB_MODEL_PATTERNS_H

#include <stddef.h>
#include <stdint.h>
#include "kernel.h"
#include "status.h"

/* Up to here an overlap fits 25 bits, on which the field tables rely, and any field 64. */
enum { HEBB_MAX_NEURONS = (1 << 24) - 1, HEBB_MAX_PATTERNS = (1 << 24) - 1 };

typedef enum {
    HEBB_STORE_SLICES, /* for neurons one after the other, or all at once */
    HEBB_STORE_ROWS,   /* for neurons in random order: a neuron's p signs together */
    HEBB_STORE_NOTHING /* drawn again from the counter at each reading: no memory, whatever the size */
} hebb_pattern_store;

typedef struct {
    size_t n_neurons, n_patterns;
    hebb_pattern_store store;
    size_t n_words;          /* 16-bit words a neuron in a slice: 3 ceil(p / 48) */
    size_t words_per_neuron; /* 64-bit words a row: ceil(p / 64) */
    uint16_t *slices;        /* ceil(N / 256) blocks of n_words x 256; NULL unless stored so */
    uint64_t *rows;          /* N x words_per_neuron; NULL unless stored so */
    hebb_philox generator;   /* of the last draw */
    const hebb_kernel *kernel;
    int n_threads; /* that drawing them and finding overlaps may take: 1 until set.  The results are the same */
} hebb_patterns;

/* A part of the patterns, for one of several threads: some words of every slice. */
typedef struct {
    size_t first_word, n_words; /* the first is a multiple of HEBB_PART_WORDS */
    size_t n_patterns;          /* so many of their bits are patterns; the last part has a padding */
} hebb_pattern_part;

/* Bytes that N x p patterns take. */
double hebb_patterns_bytes(size_t n_neurons, size_t n_patterns, hebb_pattern_store store);

/* p = round(alpha N), halves away from zero. */
size_t hebb_patterns_at_load(double alpha, size_t n_neurons);

/*
 * Allocates; all signs are -1 until drawn.  The kernel is the one in use.
 * Returns HEBB_OK; HEBB_EDOM for a size of 0 or over the limits above; HEBB_ENOMEM with the number.
 */
HEBB_CHECK_RESULT hebb_status hebb_patterns_init(hebb_patterns *patterns, size_t n_neurons, size_t n_patterns,
                                                 hebb_pattern_store store);

/* Safe on zeroed patterns and twice. */
void hebb_patterns_free(hebb_patterns *patterns);

/* N and p in one number: the realisation (philox.h) that addresses random numbers of networks of that size. */
uint64_t hebb_patterns_address(size_t n_neurons, size_t n_patterns);

/*
 * Independent fair signs, from the counter: they depend on (seed, N, p, replica) alone, and different (N, p, replica)
 * are independent.  Cost: N p / 128 Philox blocks, unless nothing is stored.
 */
void hebb_patterns_draw(hebb_patterns *patterns, uint64_t seed, uint32_t replica);

/*
 * Balanced patterns: neuron i is of class i mod 2^p, and xi_i^mu is +1 where bit mu of the class is set.  Every one of
 * the 2^p combinations of signs has N/2^p neurons, within 1, so that sums over neurons are averages over the signs.
 * Nothing is random.  Not for patterns that are not stored.
 *
 * Returns HEBB_OK; HEBB_EDOM where 2^p > N, the patterns as before.
 */
HEBB_CHECK_RESULT hebb_status hebb_patterns_balance(hebb_patterns *patterns);

/* xi_i^mu, +1 or -1. */
int hebb_patterns_get(const hebb_patterns *patterns, size_t neuron, size_t pattern);

/* signs[i] = xi_i^mu for all i. */
void hebb_patterns_column(const hebb_patterns *patterns, size_t pattern, int8_t *signs);

/* Not for patterns that are not stored. */
void hebb_patterns_set(hebb_patterns *patterns, size_t neuron, size_t pattern, int sign);

/* Numbers in an array of overlaps, one a pattern, padded with zeros to whole units: 16 n_words. */
size_t hebb_patterns_padded(size_t n_patterns);

/* Sets the padding of an array of overlaps to 0: what kernels add to it means nothing. */
void hebb_patterns_clear_padding(const hebb_patterns *patterns, int32_t *overlaps);

/* Neurons in the block that begins at `first`: HEBB_BLOCK, or fewer in the last one. */
size_t hebb_patterns_block_size(const hebb_patterns *patterns, size_t first);

/* Words of room that reading a block needs: HEBB_BLOCK n_words. */
size_t hebb_patterns_block_room(size_t n_patterns);

/*
 * The slices of neurons first .. first + n - 1, within one block of 256: first is a multiple of 32, and first % 256 + n
 * at most 256.  Points into the store or into `room`.
 */
const uint16_t *hebb_patterns_block(const hebb_patterns *patterns, size_t first, size_t n, uint16_t *room);

/* The most parts that p patterns can be shared out to: one every 384 patterns. */
size_t hebb_patterns_most_parts(size_t n_patterns);

/* Part k of n_parts <= hebb_patterns_most_parts that have, within 384, as many patterns each. */
hebb_pattern_part hebb_patterns_part(size_t n_patterns, size_t k, size_t n_parts);

/* The same block's words of a part alone; `room` has HEBB_BLOCK words for each. */
const uint16_t *hebb_patterns_part_block(const hebb_patterns *patterns, hebb_pattern_part part, size_t first, size_t n,
                                         uint16_t *room);

/* The slices of any n <= 256 neurons, written to `room`. */
void hebb_patterns_gather(const hebb_patterns *patterns, size_t n, const uint32_t *neurons, uint16_t *room);
void hebb_patterns_part_gather(const hebb_patterns *patterns, hebb_pattern_part part, size_t n, const uint32_t *neurons,
                               uint16_t *room);

/*
 * overlaps[mu] = sum_i xi_i^mu s_i, for mu < p; the padding is set to 0.
 *
 * spins  in   N signs, +1 or -1
 * room   in   as for a block
 *
 * Cost: one reading of the patterns.
 */
void hebb_patterns_overlaps(const hebb_patterns *patterns, const int8_t *spins, uint16_t *room, int32_t *overlaps);

#endif
