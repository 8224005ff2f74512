/* The exact Kullback-Leibler divergence of a problem's cases from a machine's law. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boltzmann_learning.h"

/* The bits of case c from unit `first` to before unit `end`. */
static size_t index_of(const hebb_problem *problem, size_t c, size_t first, size_t end)
{
    size_t index = 0;
    for (size_t i = first; i < end; i++) index |= (size_t)problem->cases[c * problem->n_visible + i] << (i - first);
    return index;
}

static hebb_status find_generative(const hebb_boltzmann *machine, const hebb_problem *problem, double temperature,
                                   double *divergence)
{
    if (machine->n_units > HEBB_EXACT_MAX_UNITS)
        return hebb_fail(HEBB_EDOM, "%zu free units: enumeration takes %d at most", machine->n_units,
                         HEBB_EXACT_MAX_UNITS);
    const size_t n_states = (size_t)1 << machine->n_visible;
    double *ln_p = calloc(n_states, sizeof *ln_p), *shares = calloc(n_states, sizeof *shares);
    hebb_status status = ln_p != NULL && shares != NULL
                             ? hebb_boltzmann_exact_visible(machine, temperature, ln_p)
                             : hebb_fail(HEBB_ENOMEM, "no memory for 2^%zu visible states", machine->n_visible);
    if (status == HEBB_OK) {
        for (size_t c = 0; c < problem->n_cases; c++)
            shares[index_of(problem, c, 0, problem->n_visible)] += 1.0 / (double)problem->n_cases;
        *divergence = hebb_law_divergence(n_states, shares, ln_p);
    }
    free(ln_p);
    free(shares);
    return status;
}

/* How many cases have the first n units of case c. */
static size_t n_alike(const hebb_problem *problem, size_t c, size_t n)
{
    size_t n_same = 0;
    for (size_t d = 0; d < problem->n_cases; d++)
        n_same += memcmp(problem->cases + c * problem->n_visible, problem->cases + d * problem->n_visible, n) == 0;
    return n_same;
}

/* In room for a state, its clamps, and the law of 2^n_output outputs. */
static hebb_status average_conditional(const hebb_boltzmann *machine, const hebb_problem *problem, double temperature,
                                       hebb_boltzmann_exact *exact, int8_t *state, uint8_t *is_clamped, double *ln_p,
                                       double *divergence)
{
    double sum = 0.0;
    for (size_t i = 0; i < machine->n_units; i++) is_clamped[i] = i < machine->n_input;
    for (size_t c = 0; c < problem->n_cases; c++) {
        for (size_t i = 0; i < problem->n_input; i++)
            state[i] = problem->cases[c * problem->n_visible + i] ? 1 : hebb_unit_off(machine->kind);
        const hebb_status status =
            hebb_boltzmann_exact_find_law(exact, machine, temperature, is_clamped, state, machine->n_visible, ln_p);
        if (status != HEBB_OK) return status;
        sum += log((double)n_alike(problem, c, problem->n_visible) / (double)n_alike(problem, c, problem->n_input)) -
               ln_p[index_of(problem, c, problem->n_input, problem->n_visible)];
    }
    *divergence = sum / (double)problem->n_cases;
    return HEBB_OK;
}

static hebb_status find_conditional(const hebb_boltzmann *machine, const hebb_problem *problem, double temperature,
                                    double *divergence)
{
    const size_t n = machine->n_units, n_free = n - machine->n_input;
    if (n_free > HEBB_EXACT_MAX_UNITS)
        return hebb_fail(HEBB_EDOM, "%zu free units: enumeration takes %d at most", n_free, HEBB_EXACT_MAX_UNITS);
    hebb_boltzmann_exact exact;
    hebb_status status = hebb_boltzmann_exact_init(&exact, n);
    if (status != HEBB_OK) return status;
    int8_t *state = calloc(n, 1);
    uint8_t *is_clamped = calloc(n, 1);
    double *ln_p = calloc((size_t)1 << machine->n_output, sizeof *ln_p);
    status = state != NULL && is_clamped != NULL && ln_p != NULL
                 ? average_conditional(machine, problem, temperature, &exact, state, is_clamped, ln_p, divergence)
                 : hebb_fail(HEBB_ENOMEM, "no memory for a state of %zu units", n);
    hebb_boltzmann_exact_free(&exact);
    free(state);
    free(is_clamped);
    free(ln_p);
    return status;
}

hebb_status hebb_boltzmann_divergence(const hebb_boltzmann *machine, const hebb_problem *problem, double temperature,
                                      bool is_conditional, double *divergence)
{
    return is_conditional ? find_conditional(machine, problem, temperature, divergence)
                          : find_generative(machine, problem, temperature, divergence);
}
