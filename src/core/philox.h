/*
 * philox - random numbers by address: Philox4x32-10 as Random123 has it
 *
 * A draw depends on what it is for, never on who draws it or when:
 *
 *   generator = (seed, what, realisation, replica)        the key, itself one Philox block of the seed's key
 *   block     = generator at (sweep, site, index)         the counter; 128 bits a block
 *
 * so results cannot depend on threads, ranks, vector widths or the order of the work.  Two generators with
 * different addresses share a key with probability 2^-64.
 *
 * [SMDS11] J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3,
 *          SC '11 (2011).
 * [K97]    D. E. Knuth, The Art of Computer Programming, vol. 2, 3rd ed. (1997), 3.4.2.
 * [L19]    D. Lemire, Fast random integer generation in an interval, ACM Trans. Model. Comput. Simul. 29 (2019) 3.
 */
#ifndef HEBB_CORE_PHILOX_H
#define HEBB_CORE_PHILOX_H

#include <stddef.h>
#include <stdint.h>

/* What a draw is for.  The numbers are part of every result: append, never renumber. */
typedef enum {
    HEBB_DRAW_PATTERNS = 1,  /* the bits of random patterns */
    HEBB_DRAW_SUBSET = 2,    /* which of a file's patterns a replica stores */
    HEBB_DRAW_ORDER = 3,     /* the order of updates in a sweep */
    HEBB_DRAW_BOOTSTRAP = 4, /* resampling of replicas */
    HEBB_DRAW_STATE = 5,     /* a random starting state */
    HEBB_DRAW_NOISE = 6,     /* thermal noise */
    HEBB_DRAW_SWAP = 7,      /* which swaps of a replica exchange are accepted */
    HEBB_DRAW_PATH = 8,      /* the paths of a single spin in dynamical mean-field theory */
    HEBB_DRAW_REAL = 9,      /* real-valued patterns */
    HEBB_DRAW_RIVALS = 10,   /* patterns that are drawn, compared with a state, and forgotten */
    HEBB_DRAW_PROBE = 11,    /* which stored patterns are looked at, and what is masked of them */
    HEBB_DRAW_GIBBS = 12,    /* Gibbs sampling of a Boltzmann machine */
    HEBB_DRAW_WEIGHTS = 13,  /* weights and biases: where learning starts, or a random machine's */
    HEBB_DRAW_BATCH = 14,    /* which cases a mini-batch holds */
    HEBB_DRAW_CLAMP = 15     /* noise on what is clamped */
} hebb_draw;

typedef struct {
    uint32_t key[2];
} hebb_philox;

hebb_philox hebb_philox_derive(uint64_t seed, hebb_draw what, uint64_t realisation, uint32_t replica);

/* The 128 bits at one address. */
void hebb_philox_block(hebb_philox generator, uint32_t sweep, uint32_t site, uint64_t index, uint32_t block[4]);

/*
 * The first n_bits fair bits at (sweep, site), bit k in words[k / 64] at k % 64; the last word's unused bits are 0.
 * The reference of what kernels draw (model/kernel.h).
 */
void hebb_philox_bits(hebb_philox generator, uint32_t sweep, uint32_t site, size_t n_bits, uint64_t *words);

/* Numbers one after the other from the blocks at (sweep, site). */
typedef struct {
    hebb_philox generator;
    uint32_t sweep, site;
    uint64_t index; /* of the next block */
    uint32_t block[4];
    unsigned n_left; /* of the block's four words */
    double gaussian; /* the second of a pair, kept for the next call */
    int has_gaussian;
} hebb_stream;

void hebb_stream_init(hebb_stream *stream, hebb_philox generator, uint32_t sweep, uint32_t site);

uint32_t hebb_stream_u32(hebb_stream *stream);

/* Uniform on the open interval (0, 1): the odd multiples of 2^-53. */
double hebb_stream_uniform(hebb_stream *stream);

/* Uniform on 0 .. bound-1 without bias, bound >= 1.      [L19] */
uint32_t hebb_stream_below(hebb_stream *stream, uint32_t bound);

/*
 * Whether the next of n_left things, looked at one after the other, is among the *n_wanted that are to be chosen of them,
 * each set of them as likely; counts it off if so.                                              [K97, algorithm S]
 */
int hebb_stream_chooses(hebb_stream *stream, uint32_t n_left, size_t *n_wanted);

/* Mean 0, variance 1, by Box and Muller: through libm, so equal over machines to 1e-15, not to the bit. */
double hebb_stream_gaussian(hebb_stream *stream);

/* A uniformly random permutation of 0 .. n-1 (Fisher and Yates). */
void hebb_stream_permutation(hebb_stream *stream, uint32_t n, uint32_t *permutation);

#endif
