/*
 * canonical_law - exp(-H/T)/Z of a small network, by enumeration of its 2^N states; bit i of a state set where s_i = +1
 */
#ifndef HEBB_TESTS_CANONICAL_LAW_H
#define HEBB_TESTS_CANONICAL_LAW_H

#include <math.h>
#include <stdlib.h>

#include "hopfield_reference.h"

typedef struct {
    size_t n, n_states;
    double temperature;
    int32_t *fields;   /* N h_i, n_states x n */
    int64_t *energies; /* 2 N H */
    long double *probabilities;
} boltzmann;

static inline int boltzmann_spin(size_t state, size_t i)
{
    return state >> i & 1 ? 1 : -1;
}

static inline size_t boltzmann_state(size_t n, const int8_t *spins)
{
    size_t state = 0;
    for (size_t i = 0; i < n; i++) state |= (size_t)(spins[i] > 0) << i;
    return state;
}

static inline void boltzmann_set_temperature(boltzmann *b, double temperature)
{
    long double sum = 0.0L;
    b->temperature = temperature;
    for (size_t state = 0; state < b->n_states; state++) {
        b->probabilities[state] = expl((long double)-b->energies[state] / (2.0L * (long double)b->n * temperature));
        sum += b->probabilities[state];
    }
    for (size_t state = 0; state < b->n_states; state++) b->probabilities[state] /= sum;
}

static inline boltzmann boltzmann_make(const hebb_patterns *patterns, double temperature)
{
    const size_t n = patterns->n_neurons, n_states = (size_t)1 << n;
    boltzmann b = {.n = n,
                   .n_states = n_states,
                   .fields = calloc(n_states * n, sizeof *b.fields),
                   .energies = calloc(n_states, sizeof *b.energies),
                   .probabilities = calloc(n_states, sizeof *b.probabilities)};
    hopfield_reference net = reference_make(patterns);
    for (size_t state = 0; state < n_states; state++) {
        int8_t spins[16];
        for (size_t i = 0; i < n; i++) spins[i] = (int8_t)boltzmann_spin(state, i);
        reference_start(&net, spins);
        for (size_t i = 0; i < n; i++) b.fields[state * n + i] = net.fields[i];
        b.energies[state] = reference_energy(&net);
    }
    reference_free(&net);
    boltzmann_set_temperature(&b, temperature);
    return b;
}

static inline void boltzmann_free(boltzmann *b)
{
    free(b->fields);
    free(b->energies);
    free(b->probabilities);
}

/* The probability that neuron i flips when it is asked. */
static inline long double boltzmann_flip(const boltzmann *b, int is_heat_bath, size_t state, size_t i)
{
    const long double h = b->fields[state * b->n + i] / (long double)b->n;
    const long double factor = expl(-2.0L * boltzmann_spin(state, i) * h / b->temperature);
    if (is_heat_bath) return factor / (1.0L + factor);
    return factor < 1.0L ? factor : 1.0L;
}

/* What asking neuron i makes of a distribution over the states. */
static inline void boltzmann_update(const boltzmann *b, int is_heat_bath, size_t i, long double *distribution)
{
    for (size_t down = 0; down < b->n_states; down++) {
        const size_t up = down | (size_t)1 << i;
        if (up == down) continue;
        const long double rises = distribution[down] * boltzmann_flip(b, is_heat_bath, down, i);
        const long double falls = distribution[up] * boltzmann_flip(b, is_heat_bath, up, i);
        distribution[up] += rises - falls;
        distribution[down] += falls - rises;
    }
}

#endif
