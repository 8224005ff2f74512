/* Gibbs sampling as the header of src/dynamics/gibbs.h says it, one chain and one number at a time. */
#ifndef HEBB_TESTS_GIBBS_REFERENCE_H
#define HEBB_TESTS_GIBBS_REFERENCE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "boltzmann.h"

/* h_i in the order of the header: the bias, then fours. */
static inline double gibbs_reference_field(const hebb_boltzmann *machine, const int8_t *state, size_t unit)
{
    const double *row = machine->weights + unit * machine->n_units;
    double field = machine->biases[unit];
    for (size_t first = 0; first < machine->n_units; first += 4) {
        double four = row[first] * state[first];
        for (size_t j = first + 1; j < first + 4 && j < machine->n_units; j++) four += row[j] * state[j];
        field += four;
    }
    return field;
}

/* Sweep t of chain c. */
static inline void gibbs_reference_sweep(const hebb_boltzmann *machine, const uint8_t *is_clamped, hebb_philox noise,
                                         uint32_t t, uint32_t c, double temperature, int8_t *state)
{
    const double scale = (machine->kind == HEBB_UNITS_SIGN ? 2.0 : 1.0) / temperature;
    for (size_t i = 0; i < machine->n_units; i++) {
        if (is_clamped[i]) continue;
        uint32_t block[4];
        hebb_philox_block(noise, t, c, i / 4, block);
        const double u = (block[i % 4] + 0.5) * 0x1p-32;
        const bool on = log(u / (1.0 - u)) < scale * gibbs_reference_field(machine, state, i);
        state[i] = on ? 1 : hebb_unit_off(machine->kind);
    }
}

#endif
