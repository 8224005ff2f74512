/*
 * hopfield - a Hopfield network: Hebb's couplings, kept as patterns and overlaps
 *
 *   H = -1/2 sum_{i != j} J_ij s_i s_j,   J_ij = (1/N) sum_mu xi_i^mu xi_j^mu,   J_ii = 0
 *   N h_i = sum_mu xi_i^mu M^mu - p s_i,  M^mu = sum_j xi_j^mu s_j = N m^mu
 *   2 N H = p N - sum_mu (M^mu)^2
 *
 * Overlaps, fields and energies are kept as the whole numbers M^mu, N h_i and 2 N H: ties and signs are exact:
 * docs/engine.md (1).
 *
 * [H82] J. J. Hopfield, Proc. Natl. Acad. Sci. USA 79 (1982) 2554.
 */
#ifndef HEBB_MODEL_HOPFIELD_H
#define HEBB_MODEL_HOPFIELD_H

#include "field_tables.h"
#include "patterns.h"

typedef struct {
    const hebb_patterns *patterns; /* borrowed */
    int8_t *spins;                 /* s_i, +1 or -1; N of them */
    int32_t *overlaps;             /* M^mu, padded with zeros: hebb_patterns_padded */
    uint16_t *room;                /* for reading a block of the patterns */
} hebb_hopfield;

/* All spins up.  The patterns must stay as they are while the network uses them.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_hopfield_init(hebb_hopfield *network, const hebb_patterns *patterns);

/* Safe on a zeroed network and twice. */
void hebb_hopfield_free(hebb_hopfield *network);

/*
 * Makes patterns and network ready for N x p, keeping their memory where size and store are the same already; zeroed
 * ones will do.  The signs and the state are then to be set.  Returns as hebb_patterns_init; on failure both are freed.
 */
HEBB_CHECK_RESULT hebb_status hebb_hopfield_fit(hebb_patterns *patterns, hebb_hopfield *network, size_t n_neurons,
                                                size_t n_patterns, hebb_pattern_store store);

/* Bytes that a network of N neurons needs beside its patterns. */
double hebb_hopfield_bytes(size_t n_neurons, size_t n_patterns);

/* The state s = xi^mu. */
void hebb_hopfield_start_at_pattern(hebb_hopfield *network, size_t pattern);

/* Any state; spins are N signs. */
void hebb_hopfield_start_at(hebb_hopfield *network, const int8_t *spins);

/* A random state: fair signs. */
void hebb_hopfield_start_at_random(hebb_hopfield *network, hebb_philox generator);

/*
 * s = xi^mu with round(N (1 - m0)/2) neurons, drawn at random, turned over: of all states that have the overlap nearest
 * to m0, each as likely.
 *
 * m0  in   -1 .. 1
 */
void hebb_hopfield_start_near_pattern(hebb_hopfield *network, size_t pattern, double m0, hebb_philox generator);

/* The overlap nearest to m0 that N neurons can have: where that starts. */
double hebb_hopfield_nearest_overlap(size_t n_neurons, double m0);

/* Turns over so many neurons of the state that the network has, each set of them as likely.  n_turned  in   0 .. N */
void hebb_hopfield_turn_over(hebb_hopfield *network, size_t n_turned, hebb_stream *stream);

/* The symmetric mixture s_i = sgn(xi_i^0 + .. + xi_i^(n-1)), n <= p; a tie, for even n, is a fair sign. */
void hebb_hopfield_start_at_mixture(hebb_hopfield *network, size_t n, hebb_philox generator);

/* N h_i of one neuron, O(p). */
int64_t hebb_hopfield_field(const hebb_hopfield *network, size_t neuron);

/*
 * fields[k] = N h_i + p s_i of neurons i = first + k, k < n: at most a block, as hebb_patterns_block takes it.
 *
 * tables  in   of the network's overlaps
 */
void hebb_hopfield_block_fields(const hebb_hopfield *network, hebb_field_tables *tables, size_t first, size_t n,
                                int64_t *fields);

/* 2 N H, a whole number. */
int64_t hebb_hopfield_energy_sum(const hebb_hopfield *network);

/* H / N. */
double hebb_hopfield_energy(const hebb_hopfield *network);

/* m^mu = M^mu / N. */
double hebb_hopfield_overlap(const hebb_hopfield *network, size_t pattern);

#endif
