#include "capacity.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>

#include "replica_symmetric.h"

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

    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (solver == NULL) return HEBB_ENOMEM;
    gsl_function difference = {.function = energy_difference, .params = NULL};

    /* The difference falls as y grows: positive at alpha_c, -1/2 + 1/pi + 0.06 at y = 10, where alpha = 0.005. */
    const double y_c = state.m / sqrt(2.0 * state.alpha * state.r);
    status = HEBB_ENOCONV;
    if (gsl_root_fsolver_set(solver, &difference, y_c, 10.0) != GSL_SUCCESS) goto out;
    for (int step = 0; step < 100 && status == HEBB_ENOCONV; step++) {
        if (gsl_root_fsolver_iterate(solver) != GSL_SUCCESS) goto out;
        const double lower = gsl_root_fsolver_x_lower(solver);
        const double upper = gsl_root_fsolver_x_upper(solver);
        if (gsl_root_test_interval(lower, upper, 0.0, 4.0 * DBL_EPSILON) == GSL_SUCCESS) status = HEBB_OK;
    }
    if (status == HEBB_OK) status = hebb_rs_branch_t0(gsl_root_fsolver_root(solver), &state);
    if (status == HEBB_OK) *capacity = capacity_of(&state);
out:
    gsl_root_fsolver_free(solver);
    return status;
}
