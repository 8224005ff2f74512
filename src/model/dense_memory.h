/*
 * dense_memory - associative memories whose energy grows faster than the square of an overlap
 *
 *   E = -sum_mu F(M^mu),   M^mu = sum_i xi_i^mu s_i        F acts on the whole sum over the sites
 *
 *   F(x) = x^n, n >= 2             power; n = 2 is the Hopfield model
 *   F(x) = x^n for x > 0, else 0   rectified
 *   F(x) = e^x                     exponential
 *
 * What one update sees is the difference that the spin makes, all others held [KH16, eq. 4]:
 *
 *   D_i = sum_mu xi_i^mu G(a_i^mu),   a_i^mu = M^mu - xi_i^mu s_i,   G(a) = F(a + 1) - F(a - 1)
 *   s_i <- sgn D_i at T = 0, and s_i stays where D_i = 0
 *
 * docs/theory/dense.md (1), docs/theory/exponential.md (1).
 *
 * [KH16] D. Krotov, J. J. Hopfield, Dense associative memory for pattern recognition, NIPS 29 (2016).
 * [D17]  M. Demircigil, J. Heusel, M. Loewe, S. Upgang, F. Vermet, On a model of associative memory with huge storage
 *        capacity, J. Stat. Phys. 168 (2017) 288.
 */
#ifndef HEBB_MODEL_DENSE_MEMORY_H
#define HEBB_MODEL_DENSE_MEMORY_H

#include "dense_exact.h"
#include "dense_weights.h"
#include "patterns.h"

enum { HEBB_MAX_DEGREE = 64 };

typedef struct {
    const hebb_patterns *patterns; /* borrowed; stored as rows */
    hebb_interaction interaction;
    int8_t *spins;              /* s_i, +1 or -1; N of them */
    uint8_t *turned;            /* whether it flipped in the last synchronous sweep (dense_relax.h) */
    int32_t *overlaps;          /* M^mu, padded with zeros: hebb_patterns_padded */
    uint16_t *room;             /* for reading a block of the patterns */
    hebb_dense_weights weights; /* of the overlaps as they are */
    hebb_dense_exact exact;     /* for what they leave open */
    double field_unit;          /* N h_i of a power is so many times what the weights add up to */
} hebb_dense_memory;

/*
 * All spins up.  The patterns, stored as rows (HEBB_STORE_ROWS), must stay as they are while the memory uses them; after
 * they have been drawn anew, a state is to be set.
 * Returns HEBB_OK; HEBB_EDOM for a degree below 2 or above HEBB_MAX_DEGREE, or another store; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_memory_init(hebb_dense_memory *memory, const hebb_patterns *patterns,
                                                     hebb_interaction interaction);

/* Safe on a zeroed memory and twice. */
void hebb_dense_memory_free(hebb_dense_memory *memory);

/*
 * Makes patterns and memory ready for N x K and the interaction, keeping what they have where it fits; zeroed ones will
 * do.  The signs and the state are then to be set.  Returns as hebb_patterns_init and _init; on failure both are freed.
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_memory_fit(hebb_patterns *patterns, hebb_dense_memory *memory,
                                                    size_t n_neurons, size_t n_patterns, hebb_interaction interaction);

/* Bytes that a memory of N neurons needs beside its patterns. */
double hebb_dense_memory_bytes(size_t n_neurons, size_t n_patterns);

/* The state s = xi^mu. */
void hebb_dense_memory_start_at_pattern(hebb_dense_memory *memory, size_t pattern);

/* Any state; spins are N signs. */
void hebb_dense_memory_start_at(hebb_dense_memory *memory, const int8_t *spins);

/* The state that memory->spins have been set to. */
void hebb_dense_memory_start_again(hebb_dense_memory *memory);

/* s = xi^mu with n_turned neurons, each set of them as likely, turned over.  n_turned  in   0 .. N */
void hebb_dense_memory_start_near_pattern(hebb_dense_memory *memory, size_t pattern, size_t n_turned,
                                          hebb_philox generator);

/*
 * The sign of D_i: -1, 0 or 1.  It is the sign of the exact D_i, ties included, whatever F, N and K: as whole numbers or
 * beyond the bound on a sum in double (dense_weights.h), or else from whole numbers of any length (dense_exact.h; what
 * even these leave open, for patterns constructed for it alone, is 0 and counted: _unsure).  Cost: O(K); where the sum in
 * double leaves it open, which takes a |D_i| of some K 1e-16 of its terms, O(K + N n) or, for the exponential, O(K + N).
 */
int hebb_dense_memory_drive(const hebb_dense_memory *memory, size_t neuron);

/*
 * The same of n neurons, all in the state as it is; n <= HEBB_DENSE_ROWS.  Cost: O(n K), less for eight neurons together
 * than for one eight times.
 */
void hebb_dense_memory_drives(const hebb_dense_memory *memory, size_t n, const uint32_t *neurons, int8_t *drives);

/* How many drives have been left open so far; and HEBB_ENOCONV where there were others since there were `before`. */
int64_t hebb_dense_memory_unsure(const hebb_dense_memory *memory);
HEBB_CHECK_RESULT hebb_status hebb_dense_memory_check_sure(const hebb_dense_memory *memory, int64_t before);

/*
 * fields[k] = N h_i of n neurons, n <= HEBB_DENSE_ROWS.  E rises by 2 s_i h_i where neuron i flips: the small difference,
 * from sums over the patterns of differences, never of two energies.
 *
 *   N h_i = D_i / (2 n N^(n-2))              powers; n = 2: the whole number of hebb_hopfield_field, exactly
 *   N h_i = (N/2) ln(Z+ / Z-), Z = sum e^M   exponential, Z+ - Z- being D_i
 *
 * Error: that of the sum, some 1e-16 sum_mu |G|, where it is not a whole number.  To the bit the same in every kernel.
 */
void hebb_dense_memory_fields(const hebb_dense_memory *memory, size_t n, const uint32_t *neurons, double *fields);

/* h_i of one. */
double hebb_dense_memory_local_field(const hebb_dense_memory *memory, size_t neuron);

/*
 * E / N in the normalisation of that h_i, which overflows nowhere:
 *
 *   E = -(1 / (n N^(n-1))) sum_mu (M^mu)^n   powers; rectified, of M^mu > 0.  n = 2: hebb_hopfield_energy less K / 2N
 *   E = -ln sum_mu e^(M^mu)                  exponential
 *
 * Cost: O(K).
 */
double hebb_dense_memory_energy(const hebb_dense_memory *memory);

/* Flips n neurons, each listed once.  Cost: O(n K). */
void hebb_dense_memory_turn(hebb_dense_memory *memory, size_t n, const uint32_t *neurons);

/* s_i <- -s_i, and the overlaps follow.  Cost: O(K). */
void hebb_dense_memory_flip(hebb_dense_memory *memory, size_t neuron);

/* Neurons that would flip, s_i D_i < 0, in the state as it is: 0 at a fixed point; and those of D_i = 0, where n_ties is
 * not NULL.  Cost: O(N K). */
size_t hebb_dense_memory_count_unstable(const hebb_dense_memory *memory, size_t *n_ties);

/* m^mu = M^mu / N. */
double hebb_dense_memory_overlap(const hebb_dense_memory *memory, size_t pattern);

#endif
