/*
 * machine_states - a small random Boltzmann machine, all of whose states are counted, and what one unit's update or a whole
 * sweep does to their probabilities
 *
 * State k has unit i on where bit i of k is set.  What is here of theory is made of the states' probabilities alone.
 */
#ifndef HEBB_EXPERIMENTS_MACHINE_STATES_H
#define HEBB_EXPERIMENTS_MACHINE_STATES_H

#include "gibbs.h"
#include "options.h"
#include "study.h"

enum { HEBB_MACHINE_MAX_UNITS = 10 };

typedef struct {
    hebb_unit_kind kind;
    size_t n_units, n_states;
    double coupling; /* standard deviation of sqrt(n_units) times weights and biases */
    uint64_t pattern_seed, dynamics_seed;
} hebb_machine_choice;

/* --kind and --coupling, beside the experiment's own --units. */
#define HEBB_MACHINE_KIND_OPTIONS                                                                                      \
    {"kind", 0,        HEBB_OPTION_CHOICE, "sign|binary",                                                              \
     "sign", HEBB_ANY, HEBB_OPTION_RESULT, "units of -1 and +1, or of 0 and 1"},                                       \
    {                                                                                                                  \
        "coupling", 0, HEBB_OPTION_REAL, "X", "1", HEBB_FROM_TO(0.0, 100.0), HEBB_OPTION_RESULT,                       \
            "weights and biases are Gaussian of standard deviation X/sqrt(N)"                                          \
    }

hebb_machine_choice hebb_machine_choose(const hebb_study *study);

/* The machine that these options and --pattern-seed stand for.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_machine_draw(const hebb_machine_choice *choice, hebb_boltzmann *machine);

/* p[n_states] at a temperature, and the energies; either may be NULL.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_machine_law(const hebb_machine_choice *choice, double temperature, double *p,
                                               double *energies);

/* states[c] of every chain. */
void hebb_machine_states(const hebb_gibbs *chains, uint16_t *states);

/* What the update of a unit makes of the probabilities `at`; p: those in equilibrium, all above 0. */
void hebb_machine_update(const hebb_machine_choice *choice, const double *p, size_t unit, double *at);

#endif
