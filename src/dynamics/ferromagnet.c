#include "ferromagnet.h"

#include <math.h>
#include <stdlib.h>

double hebb_ferromagnet_bytes(size_t n_spins)
{
    return (2.0 * (double)n_spins + 1.0) * sizeof(double);
}

hebb_status hebb_ferromagnet_init(hebb_ferromagnet *magnet, size_t n_spins, int8_t *spins, hebb_thermal_rule rule,
                                  double temperature)
{
    *magnet = (hebb_ferromagnet){.n_spins = n_spins, .spins = spins, .rule = rule};
    if (!(temperature > 0.0) || !isfinite(temperature))
        return hebb_fail(HEBB_EDOM, "a temperature of %g: it must be above 0 and finite", temperature);
    magnet->probability = calloc(2 * n_spins + 1, sizeof *magnet->probability);
    if (magnet->probability == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu spins", n_spins);
    const double n = (double)n_spins;
    for (size_t k = 0; k <= 2 * n_spins; k++) {
        const double boltzmann = exp(-2.0 * ((double)k - n) / (n * temperature));
        magnet->probability[k] = rule == HEBB_METROPOLIS ? boltzmann : 1.0 / (1.0 + boltzmann);
    }
    hebb_ferromagnet_restart(magnet);
    return HEBB_OK;
}

void hebb_ferromagnet_free(hebb_ferromagnet *magnet)
{
    free(magnet->probability);
    *magnet = (hebb_ferromagnet){0};
}

void hebb_ferromagnet_restart(hebb_ferromagnet *magnet)
{
    magnet->magnetisation = 0;
    for (size_t i = 0; i < magnet->n_spins; i++) magnet->magnetisation += magnet->spins[i];
}

void hebb_ferromagnet_sweep(hebb_ferromagnet *magnet, const uint32_t *turn, const double *v)
{
    const double *probability = magnet->probability + magnet->n_spins;
    for (size_t k = 0; k < magnet->n_spins; k++) {
        const uint32_t i = turn[k];
        const int before = magnet->spins[i];
        const int64_t field = magnet->magnetisation - before;
        int after;
        if (magnet->rule == HEBB_METROPOLIS)
            after = v[i] < probability[before * field] ? -before : before;
        else
            after = v[i] < probability[field] ? 1 : -1;
        magnet->spins[i] = (int8_t)after;
        magnet->magnetisation += after - before;
    }
}
