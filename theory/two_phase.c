#include "two_phase.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum { CLAMPED, FREE } phase;

static size_t fixed_units(const hebb_two_phase *machine, phase which)
{
    if (which == CLAMPED) return machine->n_visible;
    return machine->is_conditional ? machine->n_input : 0;
}

static hebb_law_machine phase_of(const hebb_two_phase *machine, phase which, size_t index)
{
    return (hebb_law_machine){.n_units = machine->n_units,
                              .n_fixed = fixed_units(machine, which),
                              .is_sign = machine->is_sign,
                              .weights = machine->weights,
                              .biases = machine->biases,
                              .fixed_on = machine->cases + index * machine->n_visible};
}

/* The free phase of generative learning is the same for all cases: it is looked at once. */
static size_t cases_of(const hebb_two_phase *machine, phase which)
{
    return which == FREE && !machine->is_conditional ? 1 : machine->n_cases;
}

bool hebb_two_phase_is_small(const hebb_two_phase *machine)
{
    return machine->n_units - fixed_units(machine, CLAMPED) <= HEBB_LAW_MAX_FREE &&
           machine->n_units - fixed_units(machine, FREE) <= HEBB_LAW_MAX_FREE;
}

/* Laws of a phase, and room for one more. */
static hebb_status find_law(const hebb_law_machine *machine, const hebb_two_phase_schedule *schedule, double *law,
                            double *room)
{
    const double last = schedule->temperatures[schedule->n_temperatures - 1];
    if (schedule->collecting == 0) {
        double ln_z;
        hebb_law_equilibrium(machine, last, law, &ln_z);
        return HEBB_OK;
    }
    hebb_status status = HEBB_OK;
    hebb_law_start(machine, room);
    for (size_t k = 0; status == HEBB_OK && k < schedule->n_temperatures; k++)
        status = hebb_law_sweep(machine, schedule->temperatures[k], schedule->sweeps_each, room, NULL);
    return status == HEBB_OK ? hebb_law_sweep(machine, last, schedule->collecting, room, law) : status;
}

static double *laws(const hebb_two_phase *machine)
{
    const size_t n_free = machine->n_units - fixed_units(machine, FREE);
    return calloc((size_t)2 << n_free, sizeof(double));
}

hebb_status hebb_two_phase_slopes(const hebb_two_phase *machine, const hebb_two_phase_schedule *schedule,
                                  double *slopes, double *covariances)
{
    const size_t n = machine->n_features;
    if (!hebb_two_phase_is_small(machine)) return HEBB_EDOM;
    double *law = laws(machine);
    if (law == NULL) return HEBB_ENOMEM;
    double *room = law + ((size_t)1 << (machine->n_units - fixed_units(machine, FREE)));
    const double cases = (double)machine->n_cases;
    hebb_status status = HEBB_OK;
    memset(slopes, 0, n * sizeof *slopes);
    if (covariances != NULL) memset(covariances, 0, n * n * sizeof *covariances);
    for (phase which = CLAMPED; which <= FREE; which++) {
        const size_t n_laws = cases_of(machine, which);
        for (size_t c = 0; status == HEBB_OK && c < n_laws; c++) {
            const hebb_law_machine one = phase_of(machine, which, c);
            status = find_law(&one, schedule, law, room);
            if (status != HEBB_OK) break;
            hebb_law_average(&one, law, n, machine->features, (which == CLAMPED ? 1.0 : -1.0) / (double)n_laws, slopes);
            /* a chain a case in either phase: n_cases/n_laws of this law's, each of weight 1/n_cases */
            if (covariances != NULL)
                status = hebb_law_covary(&one, law, n, machine->features, 1.0 / (cases * (double)n_laws), covariances);
        }
    }
    free(law);
    return status;
}

hebb_status hebb_two_phase_divergence(const hebb_two_phase *machine, double temperature, double *divergence,
                                      double *curvatures)
{
    const size_t n = machine->n_features;
    if (!hebb_two_phase_is_small(machine) || !(temperature > 0.0)) return HEBB_EDOM;
    double *law = laws(machine), sum = 0.0;
    if (law == NULL) return HEBB_ENOMEM;
    hebb_status status = HEBB_OK;
    if (curvatures != NULL) memset(curvatures, 0, n * n * sizeof *curvatures);
    for (phase which = CLAMPED; which <= FREE; which++) {
        const size_t n_laws = cases_of(machine, which);
        const double share = (which == FREE ? 1.0 : -1.0) / (double)n_laws;
        for (size_t c = 0; status == HEBB_OK && c < n_laws; c++) {
            const hebb_law_machine one = phase_of(machine, which, c);
            double ln_z;
            hebb_law_equilibrium(&one, temperature, law, &ln_z);
            sum += share * ln_z;
            if (curvatures != NULL)
                status =
                    hebb_law_covary(&one, law, n, machine->features, share / (temperature * temperature), curvatures);
        }
    }
    *divergence = machine->is_conditional ? sum : sum - log((double)machine->n_cases);
    free(law);
    return status;
}
