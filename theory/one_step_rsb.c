#include "one_step_rsb.h"

#include <math.h>

#include "one_step_branch.h"

#define MAX_STEPS 200

hebb_status hebb_rsb1_branch_t0(double y, hebb_rsb1_state *state)
{
    if (!(y >= 1.0) || !(y <= 1e150)) return HEBB_EDOM;
    hebb_rsb1_branch branch = {0};
    const hebb_status status = hebb_rsb1_branch_solve(y, 0.0, &branch);
    if (status == HEBB_OK) *state = hebb_rsb1_branch_state((branch.load / y) * (branch.load / y), &branch);
    return status;
}

/* d ln sqrt(alpha)/dy = 0, by the secant method from two points between which the maximum lies or nearly so. */
static hebb_status solve_spinodal(double temperature, hebb_rsb1_branch *b, double *alpha_c)
{
    double y = 2.0, last_y = 2.2;
    *b = (hebb_rsb1_branch){0};
    hebb_status status = hebb_rsb1_branch_solve(last_y, temperature, b);
    if (status != HEBB_OK) return status;
    double last = b->slope / b->load - 1.0 / last_y;
    for (int step = 0; step < MAX_STEPS; step++) {
        if ((status = hebb_rsb1_branch_solve(y, temperature, b)) != HEBB_OK) return status;
        const double now = b->slope / b->load - 1.0 / y;
        const double change = now == last ? 0.0 : -now * (y - last_y) / (now - last);
        if (fabs(change) < 1e-14 * y || (fabs(change) < 1e-10 && fabs(now) >= fabs(last))) {
            *alpha_c = (b->load / y) * (b->load / y);
            return HEBB_OK;
        }
        last_y = y;
        last = now;
        y += fmax(-0.2, fmin(0.2, change));
    }
    return HEBB_ENOCONV;
}

/*
 * The root above y_c of F(y) = sqrt(alpha) y - load(y), which is convex there and positive at 1/sqrt(alpha), load < 1:
 * Newton's iteration comes down to it from above.  Only below y = 3, left of which the maximum lies, can there be none
 * or a double one, and the maximum is worth computing.
 */
static hebb_status solve_retrieval(double alpha, double temperature, hebb_rsb1_branch *b)
{
    const double root_alpha = sqrt(alpha);
    double y = 1.0 / root_alpha, y_c = 0.0, alpha_c;
    *b = (hebb_rsb1_branch){0};
    for (int step = 0; step < MAX_STEPS; step++) {
        if (y < 3.0 && y_c == 0.0) {
            hebb_rsb1_branch end;
            const hebb_status status = solve_spinodal(temperature, &end, &alpha_c);
            if (status != HEBB_OK) return status;
            if (alpha > alpha_c) return HEBB_ENOSOLUTION;
            y_c = end.y;
            if (alpha == alpha_c) y = y_c;
            if (y <= y_c) *b = end;
            y = fmax(y, y_c);
        }
        const hebb_status status = hebb_rsb1_branch_solve(y, temperature, b);
        if (status != HEBB_OK) return status;
        const double derivative = root_alpha - b->slope;
        const double next = fmax(y_c, derivative > 0.0 ? y - (root_alpha * y - b->load) / derivative : y_c);
        if (!(next < y * (1.0 - 1e-15))) return HEBB_OK;
        y = next;
    }
    return HEBB_ENOCONV;
}

hebb_status hebb_rsb1_retrieval(double alpha, double temperature, hebb_rsb1_state *state)
{
    if (!(alpha > 0.0) || !isfinite(alpha)) return HEBB_EDOM;
    if (!(temperature >= 0.0) || !isfinite(temperature)) return HEBB_EDOM;
    if (temperature >= 1.0) return HEBB_ENOSOLUTION;
    hebb_rsb1_branch branch;
    const bool cold = temperature < HEBB_RSB1_COLDEST;
    const hebb_status status = solve_retrieval(alpha, cold ? 0.0 : temperature, &branch);
    if (status == HEBB_OK) *state = hebb_rsb1_branch_state(alpha, &branch);
    if (status == HEBB_OK && cold) hebb_rsb1_warm_state(temperature, state);
    return status;
}

hebb_status hebb_rsb1_spinodal(double temperature, hebb_rsb1_state *state)
{
    if (!(temperature >= 0.0) || !isfinite(temperature)) return HEBB_EDOM;
    if (temperature >= 1.0) return HEBB_ENOSOLUTION;
    hebb_rsb1_branch branch;
    double alpha;
    const bool cold = temperature < HEBB_RSB1_COLDEST;
    const hebb_status status = solve_spinodal(cold ? 0.0 : temperature, &branch, &alpha);
    if (status == HEBB_OK) *state = hebb_rsb1_branch_state(alpha, &branch);
    if (status == HEBB_OK && cold) hebb_rsb1_warm_state(temperature, state);
    return status;
}

hebb_status hebb_rsb1_capacity(double temperature, hebb_capacity *capacity)
{
    hebb_rsb1_state state;
    const hebb_status status = hebb_rsb1_spinodal(temperature, &state);
    if (status == HEBB_OK) *capacity = (hebb_capacity){.alpha = state.alpha, .m = state.m, .error = state.error};
    return status;
}

hebb_status hebb_rsb1_retrieval_t0(double alpha, hebb_rsb1_state *state)
{
    return hebb_rsb1_retrieval(alpha, 0.0, state);
}

hebb_status hebb_rsb1_spinodal_t0(hebb_rsb1_state *state)
{
    return hebb_rsb1_spinodal(0.0, state);
}

hebb_status hebb_rsb1_capacity_t0(hebb_capacity *capacity)
{
    return hebb_rsb1_capacity(0.0, capacity);
}
