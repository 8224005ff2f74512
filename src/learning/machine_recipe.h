/*
 * machine_recipe - the machine that is to learn a problem, and the temperatures at which its averages are taken
 *
 * Learning rules say what they take by default for a problem (hebb_boltzmann_learning_defaults and
 * hebb_mean_field_learning_defaults); `hebb train` and the experiments start from there.
 */
#ifndef HEBB_LEARNING_MACHINE_RECIPE_H
#define HEBB_LEARNING_MACHINE_RECIPE_H

#include "boltzmann.h"
#include "problem.h"

enum { HEBB_MAX_TEMPERATURES = 64 };

typedef struct {
    hebb_unit_kind kind;
    hebb_links links;
    size_t n_hidden;
    bool input_has_bias;
    double start;          /* weights and biases begin uniform on (-start, start) */
    double t_start, t_end; /* geometric annealing, both ends included */
    size_t n_temperatures; /* from 1, t_end alone, to HEBB_MAX_TEMPERATURES */
    uint64_t max_updates;  /* after which learning is given up */
} hebb_machine_recipe;

/*
 * Makes the machine and draws its start from (seed, HEBB_DRAW_WEIGHTS, 0, 0).
 * Returns HEBB_OK; HEBB_EDOM, HEBB_ENOMEM as hebb_boltzmann_init.
 */
HEBB_CHECK_RESULT hebb_status hebb_machine_recipe_make(const hebb_machine_recipe *recipe, const hebb_problem *problem,
                                                       uint64_t seed, hebb_boltzmann *machine);

/* temperatures: out, n_temperatures of them, the last exactly t_end. */
void hebb_machine_recipe_temperatures(const hebb_machine_recipe *recipe, double temperatures[HEBB_MAX_TEMPERATURES]);

#endif
