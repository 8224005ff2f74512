/*
 * hopfield_reference - the Hopfield model as a textbook writes it, slow and plain: the tests' oracle
 *
 * A dense matrix of N J_ij = sum_mu xi_i^mu xi_j^mu, zero diagonal; fields N h_i = sum_j N J_ij s_j, which every flip
 * corrects.  All are whole numbers.
 */
#ifndef HEBB_TESTS_HOPFIELD_REFERENCE_H
#define HEBB_TESTS_HOPFIELD_REFERENCE_H

#include <stdlib.h>

#include "patterns.h"

typedef struct {
    size_t n;
    int16_t *couplings; /* n x n, so p <= 32767 */
    int8_t *spins;
    int32_t *fields;
    long n_ties; /* updates that found no field, of either spin */
    long n_ties_up;
} hopfield_reference;

/* A neuron's signs, 64 a word, so that a coupling is a count of bits. */
static inline uint64_t *reference_rows(const hebb_patterns *patterns)
{
    const size_t n = patterns->n_neurons, p = patterns->n_patterns, n_words = (p + 63) / 64;
    uint64_t *rows = calloc(n * n_words, sizeof *rows);
    for (size_t i = 0; i < n; i++)
        for (size_t mu = 0; mu < p; mu++)
            if (hebb_patterns_get(patterns, i, mu) > 0) rows[i * n_words + mu / 64] |= UINT64_C(1) << mu % 64;
    return rows;
}

static inline hopfield_reference reference_make(const hebb_patterns *patterns)
{
    const size_t n = patterns->n_neurons, p = patterns->n_patterns, n_words = (p + 63) / 64;
    hopfield_reference net = {.n = n,
                              .couplings = calloc(n * n, sizeof *net.couplings),
                              .spins = calloc(n, sizeof *net.spins),
                              .fields = calloc(n, sizeof *net.fields)};
    uint64_t *rows = reference_rows(patterns);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            int n_different = 0;
            for (size_t w = 0; w < n_words; w++)
                n_different += __builtin_popcountll(rows[i * n_words + w] ^ rows[j * n_words + w]);
            net.couplings[i * n + j] = net.couplings[j * n + i] = (int16_t)((int)p - 2 * n_different);
        }
    free(rows);
    return net;
}

static inline void reference_free(hopfield_reference *net)
{
    free(net->couplings);
    free(net->spins);
    free(net->fields);
}

/* N h_i from all spins. */
static inline int32_t reference_field(const hopfield_reference *net, size_t i)
{
    int32_t field = 0;
    for (size_t j = 0; j < net->n; j++) field += net->couplings[i * net->n + j] * net->spins[j];
    return field;
}

static inline void reference_start(hopfield_reference *net, const int8_t *spins)
{
    for (size_t i = 0; i < net->n; i++) net->spins[i] = spins[i];
    for (size_t i = 0; i < net->n; i++) net->fields[i] = reference_field(net, i);
}

/* 2 N H */
static inline int64_t reference_energy(const hopfield_reference *net)
{
    int64_t energy = 0;
    for (size_t i = 0; i < net->n; i++) energy -= net->spins[i] * (int64_t)reference_field(net, i);
    return energy;
}

static inline void reference_flip(hopfield_reference *net, size_t i)
{
    const int16_t *row = net->couplings + i * net->n;
    net->spins[i] = (int8_t)-net->spins[i];
    const int32_t change = 2 * net->spins[i];
    for (size_t j = 0; j < net->n; j++) net->fields[j] += change * row[j];
}

/* Whether neuron i turns at T = 0: it is against its field. */
static inline int reference_turns(hopfield_reference *net, size_t i)
{
    net->n_ties += net->fields[i] == 0;
    net->n_ties_up += net->fields[i] == 0 && net->spins[i] > 0;
    return net->fields[i] * net->spins[i] < 0;
}

#endif
