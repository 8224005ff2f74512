#include "machine_states.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boltzmann_exact.h"

hebb_machine_choice hebb_machine_choose(const hebb_study *study)
{
    const bool is_sign = strcmp(hebb_options_text(study->options, "kind"), "sign") == 0;
    const size_t n = (size_t)hebb_options_integer(study->options, "units");
    return (hebb_machine_choice){.kind = is_sign ? HEBB_UNITS_SIGN : HEBB_UNITS_BINARY,
                                 .n_units = n,
                                 .n_states = (size_t)1 << n,
                                 .coupling = hebb_options_real(study->options, "coupling"),
                                 .pattern_seed = hebb_study_seed(study, "pattern-seed"),
                                 .dynamics_seed = hebb_study_seed(study, "dynamics-seed")};
}

hebb_status hebb_machine_draw(const hebb_machine_choice *choice, hebb_boltzmann *machine)
{
    const hebb_status status = hebb_boltzmann_init(machine, choice->n_units, 0, 0, choice->kind, HEBB_LINKS_FULL);
    if (status != HEBB_OK) return status;
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(choice->pattern_seed, HEBB_DRAW_WEIGHTS, choice->n_units, 0), 0, 0);
    hebb_boltzmann_draw_gaussian(machine, &stream, choice->coupling / sqrt((double)choice->n_units));
    return HEBB_OK;
}

hebb_status hebb_machine_law(const hebb_machine_choice *choice, double temperature, double *p, double *energies)
{
    hebb_boltzmann machine = {0};
    hebb_status status = hebb_machine_draw(choice, &machine);
    if (status == HEBB_OK && p != NULL) status = hebb_boltzmann_exact_states(&machine, temperature, p);
    for (size_t k = 0; status == HEBB_OK && k < choice->n_states; k++) {
        int8_t state[HEBB_MACHINE_MAX_UNITS];
        for (size_t i = 0; i < choice->n_units; i++) state[i] = k >> i & 1 ? 1 : hebb_unit_off(choice->kind);
        if (p != NULL) p[k] = fmax(exp(p[k]), 1e-300);
        if (energies != NULL) energies[k] = hebb_boltzmann_energy(&machine, state);
    }
    hebb_boltzmann_free(&machine);
    return status;
}

void hebb_machine_states(const hebb_gibbs *chains, uint16_t *states)
{
    for (size_t c = 0; c < chains->n_chains; c++) states[c] = 0;
    for (size_t i = 0; i < chains->machine->n_units; i++)
        for (size_t c = 0; c < chains->n_chains; c++) {
            const uint64_t bit = chains->bits[i * chains->n_words + c / 64] >> c % 64 & 1;
            states[c] = (uint16_t)(states[c] | bit << i);
        }
}

void hebb_machine_update(const hebb_machine_choice *choice, const double *p, size_t unit, double *at)
{
    const size_t bit = (size_t)1 << unit;
    for (size_t off = 0; off < choice->n_states; off++) {
        if (off & bit) continue;
        const double both = at[off] + at[off | bit], share = p[off | bit] / (p[off] + p[off | bit]);
        at[off] = both * (1.0 - share);
        at[off | bit] = both * share;
    }
}
