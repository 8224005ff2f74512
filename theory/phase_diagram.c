#include "phase_diagram.h"

#include <float.h>
#include <math.h>
#include <stddef.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>

#include "capacity.h"
#include "field_average.h"
#include "replica_symmetric_branch.h"
#include "root.h"

/* ---- T_M ---- */

/* sqrt(alpha_M(T)) - sqrt(alpha), nearly linear in T.  At the end of the branch d alpha/da = 0: slope_t is d/dT. */
static double spinodal_excess(double T, void *params, double *slope)
{
    const double alpha = *(const double *)params;
    hebb_rs_point end;
    if (hebb_rs_point_last(T, 1, &end) != HEBB_OK) return NAN;
    const double root = sqrt(end.alpha);
    *slope = 0.5 * root * end.slope_t;
    return root - sqrt(alpha);
}

static double spinodal_excess_lower(double T, void *params, double *slope)
{
    const double value = -spinodal_excess(T, params, slope);
    *slope = -*slope;
    return value;
}

static hebb_status find_retrieval(double alpha, const hebb_phase_tops *tops, hebb_phase_lines *lines)
{
    const double top = tops->retrieval.temperature;
    if (alpha > tops->retrieval.alpha) return HEBB_OK;
    const double start = fmin(fmax(1.0 - 2.0 * sqrt(alpha), 1.1 * top), 1.0 - DBL_EPSILON);
    hebb_status status = hebb_root_newton(spinodal_excess, &alpha, top, 1.0, start, &lines->retrieval);
    if (status != HEBB_OK || alpha <= tops->retrieval_t0) return status;
    return hebb_root_newton(spinodal_excess_lower, &alpha, 0.0, top, 0.5 * top, &lines->retrieval_lower);
}

static double spinodal_slope(double T, void *unused)
{
    (void)unused;
    hebb_rs_point end;
    return hebb_rs_point_last(T, 1, &end) == HEBB_OK ? end.slope_t : NAN;
}

/* ---- T_c ---- */

typedef struct {
    hebb_rs_state retrieval, glass;
    double advantage; /* f_glass - f_retrieval */
} rivals;

static hebb_status find_rivals(double alpha, double T, rivals *states)
{
    hebb_rs_point retrieval, glass;
    hebb_status status = hebb_rs_point_of_load(alpha, T, 1, &retrieval);
    if (status == HEBB_OK) status = hebb_rs_glass_point_of_load(alpha, T, &glass);
    if (status != HEBB_OK) return status;
    states->retrieval = hebb_rs_state_of(&retrieval);
    states->glass = hebb_rs_state_of(&glass);
    states->advantage = hebb_rs_free_energy_excess(&glass) - hebb_rs_free_energy_excess(&retrieval);
    return HEBB_OK;
}

/* f_glass - f_retrieval, by T */
static double advantage(double T, void *params, double *slope)
{
    rivals states;
    const hebb_status status = find_rivals(*(const double *)params, T, &states);
    *slope = NAN;
    if (status == HEBB_ENOSOLUTION) return -1.0; /* at T_M, within rounding */
    if (status != HEBB_OK) return NAN;
    *slope = states.retrieval.s - states.glass.s;
    return states.advantage;
}

static double advantage_lower(double T, void *params, double *slope)
{
    const double value = -advantage(T, params, slope);
    *slope = -*slope;
    return value;
}

static hebb_status find_thermodynamic(double alpha, const hebb_phase_tops *tops, hebb_phase_lines *lines)
{
    const double top = tops->thermodynamic.temperature;
    if (alpha > tops->thermodynamic.alpha) return HEBB_OK;
    const double start = fmin(fmax(1.0 - 2.6 * sqrt(alpha), 1.1 * top), 0.5 * (top + lines->retrieval));
    hebb_status status = hebb_root_newton(advantage, &alpha, top, lines->retrieval, start, &lines->thermodynamic);
    if (status != HEBB_OK || alpha <= tops->thermodynamic_t0) return status;
    return hebb_root_newton(advantage_lower, &alpha, 0.0, top, 0.5 * top, &lines->thermodynamic_lower);
}

/* df/dalpha at fixed T: f is stationary, and the noise's own dependence on alpha cancels against alpha r C/2. */
static double derivative_by_load(const hebb_rs_state *state)
{
    return 0.5 * (1.0 + state->temperature * log1p(-state->c) - state->q / (1.0 - state->c));
}

/* f_glass - f_retrieval, by alpha */
static double advantage_at_load(double alpha, void *params, double *slope)
{
    rivals states;
    *slope = NAN;
    const hebb_status status = find_rivals(alpha, *(const double *)params, &states);
    if (status == HEBB_ENOSOLUTION) return -1.0;
    if (status != HEBB_OK) return NAN;
    *slope = derivative_by_load(&states.glass) - derivative_by_load(&states.retrieval);
    return states.advantage;
}

/* s_glass - s_retrieval where the free energies are equal: its zero is the top of T_c. */
static double entropy_difference(double T, void *params)
{
    const hebb_phase_tops *tops = params;
    double alpha;
    rivals states;
    if (hebb_root_newton(advantage_at_load, &T, 1e-6, tops->retrieval_t0, tops->thermodynamic_t0, &alpha) != HEBB_OK ||
        find_rivals(alpha, T, &states) != HEBB_OK)
        return NAN;
    return states.glass.s - states.retrieval.s;
}

static hebb_status find_thermodynamic_top(hebb_phase_tops *tops)
{
    double T;
    hebb_status status = hebb_root_brent(entropy_difference, tops, 1e-4, 0.2, &T);
    if (status != HEBB_OK) return status;
    tops->thermodynamic.temperature = T;
    return hebb_root_newton(advantage_at_load, &T, 1e-6, tops->retrieval_t0, tops->thermodynamic_t0,
                            &tops->thermodynamic.alpha);
}

/* ---- T_R, with u = m/sqrt(alpha r) as the parameter: all in units of the noise's width ---- */

/* T <sech^4>/T = q, for a unit width, as a multiple of the solution for T -> 0, (4/3) phi(u) */
static double unit_temperature(double u, double multiple)
{
    return multiple * (2.0 / 3.0) * sqrt(M_2_PI) * exp(-0.5 * u * u);
}

static double at_excess(double multiple, void *params)
{
    const double u = *(const double *)params, t = unit_temperature(u, multiple);
    const hebb_field_average field = hebb_field_average_at(u, 1.0, t);
    return multiple - multiple * field.sech4 / (t * field.q);
}

static hebb_status at_point(double u, hebb_phase_point *point)
{
    double multiple;
    const hebb_status status = hebb_root_brent(at_excess, &u, 0.5, 2.0, &multiple);
    if (status != HEBB_OK) return status;
    const double t = unit_temperature(u, multiple);
    const hebb_field_average field = hebb_field_average_at(u, 1.0, t);
    const double width = field.m / u, noise = width - field.c;
    *point = (hebb_phase_point){.alpha = noise * noise / field.q, .temperature = t * width};
    return HEBB_OK;
}

static double at_load_excess(double u, void *params)
{
    hebb_phase_point point;
    return at_point(u, &point) == HEBB_OK ? log(point.alpha / *(const double *)params) : NAN;
}

/* Beyond this signal T_R is below the smallest normal double. */
#define MAX_SIGNAL 37.5

static hebb_status find_at(double alpha, const hebb_phase_tops *tops, hebb_phase_lines *lines)
{
    if (alpha > tops->at) return HEBB_OK;
    const double largest = 1.0 / sqrt(alpha); /* m <= 1, r >= 1 */
    if (largest > MAX_SIGNAL) {
        lines->at = 0.0;
        return HEBB_OK;
    }
    double u;
    hebb_phase_point point;
    hebb_status status =
        hebb_root_brent(at_load_excess, &alpha, fmax(tops->at_signal, 0.75 * largest), largest * (1.0 + 1e-12), &u);
    if (status == HEBB_OK) status = at_point(u, &point);
    if (status == HEBB_OK) lines->at = point.temperature;
    return status;
}

static double at_minus_load(double u, void *unused)
{
    (void)unused;
    hebb_phase_point point;
    return at_point(u, &point) == HEBB_OK ? -point.alpha : NAN;
}

/* T_R's load rises to a maximum just before the line reaches T_M, which it can only touch: a fold of the solutions. */
static hebb_status find_at_top(hebb_phase_tops *tops)
{
    gsl_min_fminimizer *search = gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);
    if (search == NULL) return HEBB_ENOMEM;
    gsl_function load = {.function = at_minus_load, .params = NULL};
    hebb_status status = HEBB_ENOCONV;
    if (gsl_min_fminimizer_set(search, &load, 2.13, 2.0, 2.3) != GSL_SUCCESS) goto out;
    for (int step = 0; step < 100 && status == HEBB_ENOCONV; step++) {
        if (gsl_min_fminimizer_iterate(search) != GSL_SUCCESS) goto out;
        const double low = gsl_min_fminimizer_x_lower(search), high = gsl_min_fminimizer_x_upper(search);
        if (gsl_min_test_interval(low, high, 0.0, 1e-7) == GSL_SUCCESS) status = HEBB_OK; /* a maximum has no more */
    }
    tops->at_signal = gsl_min_fminimizer_x_minimum(search);
    tops->at = -gsl_min_fminimizer_f_minimum(search);
out:
    gsl_min_fminimizer_free(search);
    return status;
}

/* ---- all of them ---- */

hebb_status hebb_phase_tops_find(hebb_phase_tops *tops)
{
    hebb_capacity end, global;
    hebb_rs_point top;
    hebb_status status = hebb_capacity_t0(&end);
    if (status == HEBB_OK) status = hebb_capacity_global_t0(&global);
    if (status == HEBB_OK) status = hebb_root_brent(spinodal_slope, NULL, 1e-3, 0.2, &tops->retrieval.temperature);
    if (status == HEBB_OK) status = hebb_rs_point_last(tops->retrieval.temperature, 1, &top);
    if (status != HEBB_OK) return status;
    tops->retrieval_t0 = end.alpha;
    tops->thermodynamic_t0 = global.alpha;
    tops->retrieval.alpha = top.alpha;
    status = find_thermodynamic_top(tops);
    return status == HEBB_OK ? find_at_top(tops) : status;
}

hebb_status hebb_phase_lines_at(double alpha, const hebb_phase_tops *tops, hebb_phase_lines *lines)
{
    if (!(alpha > 0.0) || !isfinite(alpha)) return HEBB_EDOM;
    hebb_phase_lines found = {1.0 + sqrt(alpha), NAN, NAN, NAN, NAN, NAN};
    hebb_status status = find_retrieval(alpha, tops, &found);
    if (status == HEBB_OK) status = find_thermodynamic(alpha, tops, &found);
    if (status == HEBB_OK) status = find_at(alpha, tops, &found);
    if (status == HEBB_OK) *lines = found;
    return status;
}
