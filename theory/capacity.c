#include "capacity.h"

#include <math.h>
#include <stddef.h>

#include "replica_symmetric_branch.h"
#include "root.h"

static hebb_capacity capacity_of(const hebb_rs_state *state)
{
    return (hebb_capacity){.alpha = state->alpha, .m = state->m, .error = state->error};
}

hebb_status hebb_capacity_t0(hebb_capacity *capacity)
{
    hebb_rs_state spinodal;
    const hebb_status status = hebb_rs_spinodal_t0(&spinodal);
    if (status == HEBB_OK) *capacity = capacity_of(&spinodal);
    return status;
}

/* E_retrieval - E_glass along the branch; NaN stops the root finder. */
static double energy_difference(double y, void *unused)
{
    (void)unused;
    hebb_rs_state retrieval;
    hebb_rs_state glass;
    if (hebb_rs_branch_t0(y, &retrieval) != HEBB_OK) return NAN;
    if (hebb_rs_glass_t0(retrieval.alpha, &glass) != HEBB_OK) return NAN;
    return retrieval.e - glass.e;
}

hebb_status hebb_capacity_global_t0(hebb_capacity *capacity)
{
    hebb_rs_state state;
    hebb_status status = hebb_rs_spinodal_t0(&state);
    if (status != HEBB_OK) return status;
    /* The difference falls as y grows: positive at alpha_c, -1/2 + 1/pi + 0.06 at y = 10, where alpha = 0.005. */
    const double y_c = state.m / sqrt(2.0 * state.alpha * state.r);
    double y;
    status = hebb_root_brent(energy_difference, NULL, y_c, 10.0, &y);
    if (status == HEBB_OK) status = hebb_rs_branch_t0(y, &state);
    if (status == HEBB_OK) *capacity = capacity_of(&state);
    return status;
}

hebb_status hebb_capacity_at(double temperature, int order, hebb_capacity *capacity)
{
    if (temperature == 0.0 && order == 1) return hebb_capacity_t0(capacity);
    hebb_rs_point end;
    const hebb_status status = hebb_rs_point_last(temperature, order, &end);
    if (status == HEBB_OK) *capacity = (hebb_capacity){.alpha = end.alpha, .m = end.m, .error = end.error};
    return status;
}
