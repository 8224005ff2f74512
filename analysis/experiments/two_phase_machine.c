#include "two_phase_machine.h"

#include <stdlib.h>

hebb_status hebb_two_phase_machine_features(const hebb_boltzmann *machine, size_t *n, hebb_law_feature **features)
{
    const size_t n_units = machine->n_units;
    *n = 0;
    *features = calloc(n_units * (n_units + 1) / 2, sizeof **features);
    if (*features == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the weights of %zu units", n_units);
    for (size_t i = 0; i < n_units; i++) {
        for (size_t j = 0; j < i; j++)
            if (machine->may_link[i * n_units + j]) (*features)[(*n)++] = (hebb_law_feature){i, j};
        if (machine->has_bias[i]) (*features)[(*n)++] = (hebb_law_feature){i, i};
    }
    return HEBB_OK;
}

hebb_two_phase hebb_two_phase_machine_view(const hebb_boltzmann *machine, const hebb_problem *problem,
                                           bool is_conditional, size_t n, const hebb_law_feature *features)
{
    return (hebb_two_phase){.n_input = machine->n_input,
                            .n_visible = machine->n_visible,
                            .n_units = machine->n_units,
                            .is_sign = machine->kind == HEBB_UNITS_SIGN,
                            .is_conditional = is_conditional,
                            .n_cases = problem->n_cases,
                            .cases = problem->cases,
                            .weights = machine->weights,
                            .biases = machine->biases,
                            .n_features = n,
                            .features = features};
}

void hebb_two_phase_machine_step(hebb_boltzmann *machine, size_t n, const hebb_law_feature *features, double rate,
                                 const double *slopes)
{
    for (size_t k = 0; k < n; k++) {
        const size_t i = features[k].i, j = features[k].j;
        if (i == j)
            machine->biases[i] += rate * slopes[k];
        else
            hebb_boltzmann_set_weight(machine, i, j, machine->weights[i * machine->n_units + j] + rate * slopes[k]);
    }
}

uint64_t hebb_two_phase_machine_seed(uint64_t seed, hebb_draw what, uint64_t realisation, uint32_t replica)
{
    const hebb_philox generator = hebb_philox_derive(seed, what, realisation, replica);
    return (uint64_t)generator.key[0] << 32 | generator.key[1];
}
