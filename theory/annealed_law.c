#include "annealed_law.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t hebb_law_states(const hebb_law_machine *machine)
{
    return (size_t)1 << (machine->n_units - machine->n_fixed);
}

static double value(const hebb_law_machine *machine, size_t state, size_t unit)
{
    const bool on = unit < machine->n_fixed ? machine->fixed_on[unit] : state >> (unit - machine->n_fixed) & 1;
    return on ? 1.0 : machine->is_sign ? -1.0 : 0.0;
}

/* E(off) - E(on) of a unit. */
static double gain(const hebb_law_machine *machine, size_t state, size_t unit)
{
    double field = machine->biases[unit];
    for (size_t j = 0; j < machine->n_units; j++)
        if (j != unit) field += machine->weights[unit * machine->n_units + j] * value(machine, state, j);
    return machine->is_sign ? 2.0 * field : field;
}

void hebb_law_start(const hebb_law_machine *machine, double *law)
{
    const size_t n_states = hebb_law_states(machine);
    for (size_t s = 0; s < n_states; s++) law[s] = 1.0 / (double)n_states;
}

/* on_share: for each free unit, of each state without it, how likely it is to be set on. */
static void find_shares(const hebb_law_machine *machine, double temperature, double *on_share)
{
    const size_t n_states = hebb_law_states(machine);
    for (size_t unit = machine->n_fixed; unit < machine->n_units; unit++, on_share += n_states)
        for (size_t s = 0; s < n_states; s++)
            if ((s >> (unit - machine->n_fixed) & 1) == 0)
                on_share[s] = 1.0 / (1.0 + exp(-gain(machine, s, unit) / temperature));
}

static void update(size_t n_states, size_t bit, const double *on_share, double *law)
{
    for (size_t s = 0; s < n_states; s++) {
        if ((s & bit) != 0) continue;
        const double both = law[s] + law[s | bit];
        law[s | bit] = both * on_share[s];
        law[s] = both - law[s | bit];
    }
}

hebb_status hebb_law_sweep(const hebb_law_machine *machine, double temperature, long n_sweeps, double *law,
                           double *mean)
{
    const size_t n_free = machine->n_units - machine->n_fixed;
    if (n_free > HEBB_LAW_MAX_FREE || !(temperature > 0.0)) return HEBB_EDOM;
    const size_t n_states = hebb_law_states(machine);
    double *on_share = calloc(n_free * n_states + 1, sizeof *on_share);
    if (on_share == NULL) return HEBB_ENOMEM;
    find_shares(machine, temperature, on_share);
    if (mean != NULL) memset(mean, 0, n_states * sizeof *mean);
    for (long k = 0; k < n_sweeps; k++) {
        for (size_t i = 0; i < n_free; i++) update(n_states, (size_t)1 << i, on_share + i * n_states, law);
        for (size_t s = 0; mean != NULL && s < n_states; s++) mean[s] += law[s] / (double)n_sweeps;
    }
    free(on_share);
    return HEBB_OK;
}

static double energy(const hebb_law_machine *machine, size_t state)
{
    double sum = 0.0;
    for (size_t i = 0; i < machine->n_units; i++) {
        const double s = value(machine, state, i);
        sum -= machine->biases[i] * s;
        for (size_t j = i + 1; j < machine->n_units; j++)
            sum -= machine->weights[i * machine->n_units + j] * s * value(machine, state, j);
    }
    return sum;
}

void hebb_law_equilibrium(const hebb_law_machine *machine, double temperature, double *law, double *ln_z)
{
    const size_t n_states = hebb_law_states(machine);
    double lowest = INFINITY, z = 0.0;
    for (size_t s = 0; s < n_states; s++) {
        law[s] = energy(machine, s);
        lowest = fmin(lowest, law[s]);
    }
    for (size_t s = 0; s < n_states; s++) {
        law[s] = exp((lowest - law[s]) / temperature);
        z += law[s];
    }
    for (size_t s = 0; s < n_states; s++) law[s] /= z;
    *ln_z = log(z) - lowest / temperature;
}

static double feature(const hebb_law_machine *machine, size_t state, hebb_law_feature f)
{
    const double s = value(machine, state, f.i);
    return f.i == f.j ? s : s * value(machine, state, f.j);
}

void hebb_law_average(const hebb_law_machine *machine, const double *law, size_t n, const hebb_law_feature *features,
                      double share, double *averages)
{
    const size_t n_states = hebb_law_states(machine);
    for (size_t s = 0; s < n_states; s++)
        for (size_t k = 0; k < n; k++) averages[k] += share * law[s] * feature(machine, s, features[k]);
}

hebb_status hebb_law_covary(const hebb_law_machine *machine, const double *law, size_t n,
                            const hebb_law_feature *features, double share, double *covariances)
{
    double *mean = calloc(2 * n + 1, sizeof *mean);
    if (mean == NULL) return HEBB_ENOMEM;
    double *off = mean + n;
    const size_t n_states = hebb_law_states(machine);
    hebb_law_average(machine, law, n, features, 1.0, mean);
    for (size_t s = 0; s < n_states; s++) {
        for (size_t k = 0; k < n; k++) off[k] = feature(machine, s, features[k]) - mean[k];
        for (size_t k = 0; k < n; k++)
            for (size_t l = 0; l < n; l++) covariances[k * n + l] += share * law[s] * off[k] * off[l];
    }
    free(mean);
    return HEBB_OK;
}
