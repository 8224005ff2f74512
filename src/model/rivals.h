/*
 * rivals - random patterns that are drawn from the counter, compared with a state, and forgotten
 *
 * Up to HEBB_RIVALS_MAX patterns of N <= 64 neurons.  Pattern mu is the first N bits, +1 where set, of
 *
 *   N <= 32   word mu mod 4 of the block at (generator, sweep 0, site 0, index mu/4)
 *   N >  32   words 2 (mu mod 2) and the next of the block at index mu/2, the low word first
 *
 * so it depends on the generator and mu alone: not on threads, on blocks of patterns, on the processor.
 *
 * What is kept of K patterns are whole numbers: how many there are at each Hamming distance k from the state, n_k, and
 * how many of these disagree with it at neuron i, b_ik.  They decide the exponential memory of dense_memory.h exactly:
 *
 *   s_i D_i / (e^{N-1} 2 sinh 1) = sum_j c_ij e^{-2j},   c_ij = n_j - b_ij - b_i,j+1
 *
 * D_i = 0 only where all c_ij are 0; any other sum has a sign that enough digits tell (exponential_sign.h).
 * hebb_dense_memory with the same patterns decides alike.
 */
#ifndef HEBB_MODEL_RIVALS_H
#define HEBB_MODEL_RIVALS_H

#include <stddef.h>
#include <stdint.h>
#include "philox.h"

enum { HEBB_RIVALS_MAX_NEURONS = 64, HEBB_RIVALS_MAX = 1000000000 };

typedef struct {
    size_t n_neurons;
    uint32_t at[HEBB_RIVALS_MAX_NEURONS + 1];                               /* n_k */
    uint32_t against[HEBB_RIVALS_MAX_NEURONS + 1][HEBB_RIVALS_MAX_NEURONS]; /* b_ik, the distance first */
} hebb_rivals;

/* The bits of pattern mu; those from n_neurons on are 0.  n_neurons  in   1 .. HEBB_RIVALS_MAX_NEURONS */
uint64_t hebb_rivals_pattern(hebb_philox generator, size_t n_neurons, uint64_t mu);

/* No patterns yet. */
void hebb_rivals_clear(hebb_rivals *rivals, size_t n_neurons);

/*
 * Compares patterns first .. first + n - 1 with the state, whose bits from n_neurons on are 0, and adds them to the
 * counts; over all calls since _clear at most HEBB_RIVALS_MAX.
 *
 * Cost: see bench; some ns a pattern.  Allocates nothing.
 */
void hebb_rivals_add(hebb_rivals *rivals, hebb_philox generator, uint64_t state, uint64_t first, uint64_t n);

/* One pattern that is given. */
void hebb_rivals_add_one(hebb_rivals *rivals, uint64_t state, uint64_t pattern);

/* The sign of s_i D_i, exactly: 1 holds neuron i as it is in the state, -1 turns it over, 0 leaves it. */
int hebb_rivals_drive(const hebb_rivals *rivals, size_t neuron);

/* The state after one synchronous step: each neuron with a drive of -1 turned over. */
uint64_t hebb_rivals_step(const hebb_rivals *rivals, uint64_t state);

#endif
