/*
 * boltzmann_reference - a Boltzmann machine by the plain sum over its states, each energy from the beginning: the
 * oracle of enumeration, samplers and gradients
 *
 *   boltzmann_reference_moments(machine, T, is_clamped, state, moments)     as hebb_boltzmann_exact_moments
 *   boltzmann_reference_law(machine, T, is_clamped, state, n_kept, ln_p)    as hebb_boltzmann_exact_law
 */
#ifndef HEBB_TESTS_BOLTZMANN_REFERENCE_H
#define HEBB_TESTS_BOLTZMANN_REFERENCE_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boltzmann_exact.h"

enum { REFERENCE_MAX_UNITS = 64 };

/* Sets the free units to the bits of `index`; returns the bits of those among the first n_kept. */
static inline size_t reference_set_free(const hebb_boltzmann *machine, const uint8_t *is_clamped, size_t index,
                                        size_t n_kept, int8_t *state)
{
    size_t kept = 0, bit = 1;
    for (size_t i = 0; i < machine->n_units; i++) {
        if (is_clamped != NULL && is_clamped[i]) continue;
        state[i] = index & 1 ? 1 : hebb_unit_off(machine->kind);
        if (i < n_kept && (index & 1)) kept |= bit;
        bit <<= 1;
        index >>= 1;
    }
    return kept;
}

static inline long double reference_energy(const hebb_boltzmann *machine, const int8_t *s)
{
    const size_t n = machine->n_units;
    long double energy = 0.0L;
    for (size_t i = 0; i < n; i++) {
        energy -= (long double)machine->biases[i] * s[i];
        for (size_t j = 0; j < i; j++) energy -= (long double)machine->weights[i * n + j] * s[i] * s[j];
    }
    return energy;
}

static inline size_t reference_count_free(const hebb_boltzmann *machine, const uint8_t *is_clamped, size_t end)
{
    size_t n = 0;
    for (size_t i = 0; i < end; i++) n += is_clamped == NULL || !is_clamped[i];
    (void)machine;
    return n;
}

static inline void boltzmann_reference_moments(const hebb_boltzmann *machine, double temperature,
                                               const uint8_t *is_clamped, const int8_t *state, hebb_moments *moments)
{
    const size_t n = machine->n_units, n_free = reference_count_free(machine, is_clamped, n);
    int8_t s[REFERENCE_MAX_UNITS] = {0};
    long double lowest = INFINITY, z = 0.0L, *sums = calloc(n * n + n, sizeof *sums), *means = sums + n * n;
    if (state != NULL) memcpy(s, state, n);
    for (size_t index = 0; index >> n_free == 0; index++) {
        (void)reference_set_free(machine, is_clamped, index, n, s);
        lowest = fminl(lowest, reference_energy(machine, s));
    }
    for (size_t index = 0; index >> n_free == 0; index++) {
        (void)reference_set_free(machine, is_clamped, index, n, s);
        const long double weight = expl((lowest - reference_energy(machine, s)) / temperature);
        z += weight;
        for (size_t i = 0; i < n; i++) {
            means[i] += weight * s[i];
            for (size_t j = 0; j < n; j++) sums[i * n + j] += weight * s[i] * s[j];
        }
    }
    moments->ln_z = (double)(logl(z) - lowest / temperature);
    for (size_t i = 0; i < n; i++) moments->means[i] = (double)(means[i] / z);
    for (size_t i = 0; i < n * n; i++) moments->products[i] = (double)(sums[i] / z);
    free(sums);
}

static inline void boltzmann_reference_law(const hebb_boltzmann *machine, double temperature, const uint8_t *is_clamped,
                                           const int8_t *state, size_t n_kept, double *ln_p)
{
    const size_t n_free = reference_count_free(machine, is_clamped, machine->n_units);
    const size_t n_laws = (size_t)1 << reference_count_free(machine, is_clamped, n_kept);
    int8_t s[REFERENCE_MAX_UNITS] = {0};
    long double *sums = calloc(n_laws, sizeof *sums), *lowest = calloc(n_laws, sizeof *lowest), ln_z = -INFINITY;
    if (state != NULL) memcpy(s, state, machine->n_units);
    for (size_t k = 0; k < n_laws; k++) lowest[k] = INFINITY;
    for (size_t index = 0; index >> n_free == 0; index++) {
        const size_t k = reference_set_free(machine, is_clamped, index, n_kept, s);
        lowest[k] = fminl(lowest[k], reference_energy(machine, s));
    }
    for (size_t index = 0; index >> n_free == 0; index++) {
        const size_t k = reference_set_free(machine, is_clamped, index, n_kept, s);
        sums[k] += expl((lowest[k] - reference_energy(machine, s)) / temperature);
    }
    for (size_t k = 0; k < n_laws; k++) {
        sums[k] = logl(sums[k]) - lowest[k] / temperature;
        ln_z = ln_z > sums[k] ? ln_z + log1pl(expl(sums[k] - ln_z)) : sums[k] + log1pl(expl(ln_z - sums[k]));
    }
    for (size_t k = 0; k < n_laws; k++) ln_p[k] = (double)(sums[k] - ln_z);
    free(lowest);
    free(sums);
}

#endif
