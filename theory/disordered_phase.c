#include "disordered_phase.h"

#include <math.h>

#include "one_step_rsb.h"
#include "replica_symmetric_branch.h"

static hebb_disordered_phase paramagnet(double alpha, double temperature)
{
    const double beta = 1.0 / temperature;
    return (hebb_disordered_phase){
        .e = -0.5 * alpha * beta / (1.0 - beta),
        .f = -temperature * M_LN2 + 0.5 * alpha * temperature * (log1p(-beta) + beta),
    };
}

hebb_status hebb_disordered_phase_solve(double alpha, double temperature, hebb_disordered_phase *phase)
{
    if (!(alpha >= 1e-10) || !(alpha <= 1e10) || !(temperature > 0.0) || isinf(temperature)) return HEBB_EDOM;
    if (temperature >= 1.0 + sqrt(alpha)) {
        *phase = paramagnet(alpha, temperature);
        return HEBB_OK;
    }
    hebb_rsb1_state broken;
    hebb_rs_state symmetric;
    hebb_status status = hebb_rsb1_glass(alpha, temperature, &broken);
    if (status == HEBB_OK) *phase = (hebb_disordered_phase){broken.e, broken.f};
    if (status != HEBB_ENOCONV) return status;
    status = hebb_rs_glass(alpha, temperature, &symmetric); /* within 1e-3 below T_g: the two are one */
    if (status == HEBB_OK) *phase = (hebb_disordered_phase){symmetric.e, symmetric.f};
    return status;
}

/* Of retrieval less that of the disordered phase; NaN where there is no retrieval. */
static double excess(double alpha, double temperature, hebb_disordered_crossing of)
{
    hebb_rs_state retrieval;
    hebb_disordered_phase phase;
    if (hebb_rs_retrieval(alpha, temperature, 1, &retrieval) != HEBB_OK) return NAN;
    if (hebb_disordered_phase_solve(alpha, temperature, &phase) != HEBB_OK) return NAN;
    return of == HEBB_CROSSING_OF_ENERGIES ? retrieval.e - phase.e : retrieval.f - phase.f;
}

hebb_status hebb_disordered_phase_crossing(double alpha, double last, hebb_disordered_crossing of, double *temperature)
{
    enum { N_SCAN = 20, N_BISECTIONS = 30 };
    if (!(alpha >= 1e-10) || !(alpha <= 1e10) || !(last > 0.0) || isinf(last)) return HEBB_EDOM;
    double low = NAN;
    for (int k = 1; k <= N_SCAN; k++) {
        double high = last * (1.0 - 1e-9) * k / N_SCAN; /* at `last` itself two states of retrieval are one */
        const double d = excess(alpha, high, of);
        if (d < 0.0) low = high;
        if (!(d >= 0.0) || isnan(low)) continue;
        for (int step = 0; step < N_BISECTIONS; step++) {
            const double middle = 0.5 * (low + high);
            *(excess(alpha, middle, of) < 0.0 ? &low : &high) = middle;
        }
        *temperature = 0.5 * (low + high);
        return HEBB_OK;
    }
    return HEBB_ENOSOLUTION;
}
