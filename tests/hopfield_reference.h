/*
 * hopfield_reference - the Hopfield model as a textbook writes it, slow and plain: the tests' oracle
 *
 * A dense matrix of N J_ij = sum_mu xi_i^mu xi_j^mu, in double, zero diagonal.  Every number is a whole one, so
 * doubles are exact.
 */
#ifndef HEBB_TESTS_HOPFIELD_REFERENCE_H
#define HEBB_TESTS_HOPFIELD_REFERENCE_H

#include <stdlib.h>

#include "patterns.h"
#include "relax.h"

typedef struct {
    size_t n;
    double *couplings; /* n x n */
    double *spins;
} hopfield_reference;

static inline hopfield_reference reference_make(const hebb_patterns *patterns)
{
    const size_t n = patterns->n_neurons;
    hopfield_reference net = {n, calloc(n * n, sizeof(double)), calloc(n, sizeof(double))};
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            for (size_t mu = 0; mu < patterns->n_patterns && j != i; mu++)
                net.couplings[i * n + j] += hebb_patterns_get(patterns, i, mu) * hebb_patterns_get(patterns, j, mu);
    return net;
}

static inline void reference_free(hopfield_reference *net)
{
    free(net->couplings);
    free(net->spins);
}

/* N h_i */
static inline double reference_field(const hopfield_reference *net, size_t i)
{
    double field = 0.0;
    for (size_t j = 0; j < net->n; j++) field += net->couplings[i * net->n + j] * net->spins[j];
    return field;
}

/* 2 N H */
static inline double reference_energy(const hopfield_reference *net)
{
    double energy = 0.0;
    for (size_t i = 0; i < net->n; i++) energy -= net->spins[i] * reference_field(net, i);
    return energy;
}

/* One update of neuron i; whether it flipped. */
static inline int reference_update(hopfield_reference *net, size_t i)
{
    const double field = reference_field(net, i);
    if (field == 0.0 || (field > 0.0) == (net->spins[i] > 0.0)) return 0;
    net->spins[i] = -net->spins[i];
    return 1;
}

#endif
