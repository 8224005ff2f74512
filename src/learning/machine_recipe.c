#include "machine_recipe.h"

#include <math.h>

hebb_status hebb_machine_recipe_make(const hebb_machine_recipe *recipe, const hebb_problem *problem, uint64_t seed,
                                     hebb_boltzmann *machine)
{
    const hebb_status status = hebb_boltzmann_init(machine, problem->n_input, problem->n_output, recipe->n_hidden,
                                                   recipe->kind, recipe->links);
    if (status != HEBB_OK) return status;
    for (size_t i = 0; i < problem->n_input; i++) machine->has_bias[i] = recipe->input_has_bias;
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(seed, HEBB_DRAW_WEIGHTS, 0, 0), 0, 0);
    hebb_boltzmann_draw_uniform(machine, &stream, recipe->start);
    return HEBB_OK;
}

void hebb_machine_recipe_temperatures(const hebb_machine_recipe *recipe, double temperatures[HEBB_MAX_TEMPERATURES])
{
    const size_t last = recipe->n_temperatures - 1;
    for (size_t k = 0; k < last; k++)
        temperatures[k] = recipe->t_start * pow(recipe->t_end / recipe->t_start, (double)k / (double)last);
    temperatures[last] = recipe->t_end;
}
