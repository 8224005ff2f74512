#include "rbm_modes.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_odeiv2.h>

#include "rbm_mode_states.h"
#include "small_matrix.h"

static const double STEP_TOLERANCE = 1e-12, FIRST_STEP = 1e-3;
enum { MAX_ROTATED = HEBB_MODES_MAX_ROTATED };
static const long MAX_STEPS = 1000000;

/*
 * What is followed: w of each mode, or W where u rotates, n x n_started in the eigenvectors' basis; of the exact flow
 * without rotation ln w/w0, as modes may fall by many orders.
 */
struct hebb_modes_path {
    hebb_modes_problem problem;
    hebb_mode_states states;
    size_t dimension;
    double time, step_size;
    double *start, *state, *rate, *data; /* dimension */
    gsl_odeiv2_step *step;
    gsl_odeiv2_control *control;
    gsl_odeiv2_evolve *evolve;
};

double hebb_modes_rate(const hebb_modes_problem *problem, double eigenvalue)
{
    const double v2 = problem->sigma_v * problem->sigma_v, h2 = problem->sigma_h * problem->sigma_h;
    switch (problem->law) {
    case HEBB_MODES_BINARY:
        return 0.25 * (eigenvalue - problem->mean * (1.0 - problem->mean));
    case HEBB_MODES_SPIN:
        return eigenvalue - 1.0;
    case HEBB_MODES_GAUSSIAN:
        break;
    }
    return h2 * (eigenvalue - v2);
}

double hebb_modes_fixed_point(double eigenvalue, double sigma_v, double sigma_h)
{
    const double v2 = sigma_v * sigma_v;
    return eigenvalue > v2 ? sqrt((eigenvalue - v2) / (v2 * sigma_h * sigma_h * eigenvalue)) : 0.0;
}

static bool is_rotated(const hebb_modes_problem *p)
{
    return p->rotation != 0.0;
}

static bool has_logarithms(const hebb_modes_problem *p)
{
    return p->flow == HEBB_MODES_EXACT && !is_rotated(p);
}

static bool is_positive(double x)
{
    return x > 0.0 && isfinite(x);
}

static bool is_valid(const hebb_modes_problem *p)
{
    if (p->n == 0 || p->n_started == 0 || p->n_started > p->n || !isfinite(p->rotation)) return false;
    if (is_rotated(p) && (p->n > MAX_ROTATED || p->flow == HEBB_MODES_MEAN_FIELD)) return false;
    if (p->flow == HEBB_MODES_EXACT && p->law != HEBB_MODES_GAUSSIAN) return false;
    if (p->flow == HEBB_MODES_MEAN_FIELD && (p->law != HEBB_MODES_SPIN || p->n_started != p->n)) return false;
    if (p->law == HEBB_MODES_BINARY && !(p->mean > 0.0 && p->mean < 1.0)) return false;
    if (p->law == HEBB_MODES_GAUSSIAN && !(is_positive(p->sigma_v) && is_positive(p->sigma_h))) return false;
    for (size_t a = 0; a < p->n; a++)
        if (!(p->eigenvalues[a] >= 0.0) || !isfinite(p->eigenvalues[a])) return false;
    for (size_t a = 0; a < p->n_started; a++) {
        if (!is_positive(p->w0[a])) return false;
        if (p->flow == HEBB_MODES_EXACT && !(p->w0[a] * p->sigma_v * p->sigma_h < 1.0)) return false;
    }
    return true;
}

/* ---- rates, for GSL: a number that is not finite makes it try a smaller step ---- */

static int exact_rate(double time, const double *state, double *rate, void *context)
{
    (void)time;
    const hebb_modes_problem *p = &((const hebb_modes_path *)context)->problem;
    const double v2 = p->sigma_v * p->sigma_v, h2 = p->sigma_h * p->sigma_h;
    for (size_t a = 0; a < p->n_started; a++) {
        const double w = p->w0[a] * exp(state[a]), y = v2 * h2 * w * w;
        if (!(y < 1.0)) return GSL_EDOM;
        rate[a] = h2 * (p->eigenvalues[a] - v2 / (1.0 - y));
    }
    return GSL_SUCCESS;
}

/* sigma_h^2 (C W - A^-1 W), A = 1/sigma_v^2 - sigma_h^2 W W', C diagonal. */
static int rotated_rate(double time, const double *state, double *rate, void *context)
{
    (void)time;
    const hebb_modes_problem *p = &((const hebb_modes_path *)context)->problem;
    const double v2 = p->sigma_v * p->sigma_v, h2 = p->sigma_h * p->sigma_h;
    const size_t n = p->n, m = p->n_started;
    double matrix[MAX_ROTATED * MAX_ROTATED], room[MAX_ROTATED * MAX_ROTATED], x[MAX_ROTATED];
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            double sum = i == k ? 1.0 / v2 : 0.0;
            for (size_t j = 0; j < m; j++) sum -= h2 * state[i * m + j] * state[k * m + j];
            matrix[i * n + k] = sum;
        }
    for (size_t j = 0; j < m; j++) {
        memcpy(room, matrix, n * n * sizeof *room);
        for (size_t i = 0; i < n; i++) x[i] = state[i * m + j];
        if (hebb_small_solve(n, n, room, x) != HEBB_OK) return GSL_EDOM;
        for (size_t i = 0; i < n; i++) rate[i * m + j] = h2 * (p->eigenvalues[i] * state[i * m + j] - x[i]);
    }
    return GSL_SUCCESS;
}

static int mean_field_rate(double time, const double *state, double *rate, void *context)
{
    (void)time;
    hebb_modes_path *path = context;
    hebb_mode_states_correlate(&path->states, state, path->data, rate);
    for (size_t a = 0; a < path->problem.n; a++) {
        rate[a] = path->data[a] - rate[a];
        if (!isfinite(rate[a])) return GSL_EDOM;
    }
    return GSL_SUCCESS;
}

/* ---- a path ---- */

/* Column a of G_12 G_23 ... G_(n-1)n times w0_a: the rotations act on it from the last to the first. */
static void rotate_start(const hebb_modes_problem *p, double *W)
{
    const double c = cos(p->rotation), s = sin(p->rotation);
    for (size_t a = 0; a < p->n_started; a++) {
        double x[MAX_ROTATED] = {0};
        x[a] = p->w0[a];
        for (size_t k = p->n - 1; k-- > 0;) {
            const double above = x[k], below = x[k + 1];
            x[k] = c * above - s * below;
            x[k + 1] = s * above + c * below;
        }
        for (size_t i = 0; i < p->n; i++) W[i * p->n_started + a] = x[i];
    }
}

static void start_again(hebb_modes_path *path)
{
    path->time = 0.0;
    path->step_size = FIRST_STEP;
    memcpy(path->state, path->start, path->dimension * sizeof *path->state);
    if (path->evolve != NULL) (void)gsl_odeiv2_evolve_reset(path->evolve);
    if (path->step != NULL) (void)gsl_odeiv2_step_reset(path->step);
}

static hebb_status make_room(hebb_modes_path *path)
{
    const hebb_modes_problem *p = &path->problem;
    path->dimension = is_rotated(p) ? p->n * p->n_started : p->n_started;
    path->start = calloc(path->dimension, sizeof *path->start);
    path->state = calloc(path->dimension, sizeof *path->state);
    path->rate = calloc(path->dimension, sizeof *path->rate);
    path->data = calloc(path->dimension, sizeof *path->data);
    if (path->start == NULL || path->state == NULL || path->rate == NULL || path->data == NULL) return HEBB_ENOMEM;
    if (p->flow != HEBB_MODES_LINEAR) {
        path->step = gsl_odeiv2_step_alloc(gsl_odeiv2_step_rk8pd, path->dimension);
        path->evolve = gsl_odeiv2_evolve_alloc(path->dimension);
        path->control = gsl_odeiv2_control_y_new(STEP_TOLERANCE, STEP_TOLERANCE);
        if (path->step == NULL || path->evolve == NULL || path->control == NULL) return HEBB_ENOMEM;
    }
    if (p->flow == HEBB_MODES_MEAN_FIELD)
        return hebb_mode_states_init(&path->states, p->n, p->n_visible, p->n_hidden, p->eigenvalues);
    return HEBB_OK;
}

hebb_status hebb_modes_path_init(const hebb_modes_problem *problem, hebb_modes_path **path)
{
    *path = NULL;
    if (!is_valid(problem)) return HEBB_EDOM;
    hebb_modes_path *made = calloc(1, sizeof *made);
    if (made == NULL) return HEBB_ENOMEM;
    made->problem = *problem;
    const hebb_status status = make_room(made);
    if (status != HEBB_OK) {
        hebb_modes_path_free(made);
        return status;
    }
    if (is_rotated(problem))
        rotate_start(problem, made->start);
    else if (!has_logarithms(problem))
        memcpy(made->start, problem->w0, problem->n_started * sizeof *made->start);
    start_again(made);
    *path = made;
    return HEBB_OK;
}

void hebb_modes_path_free(hebb_modes_path *path)
{
    if (path == NULL) return;
    if (path->evolve != NULL) gsl_odeiv2_evolve_free(path->evolve);
    if (path->control != NULL) gsl_odeiv2_control_free(path->control);
    if (path->step != NULL) gsl_odeiv2_step_free(path->step);
    hebb_mode_states_free(&path->states);
    free(path->start);
    free(path->state);
    free(path->rate);
    free(path->data);
    free(path);
}

static hebb_status integrate(hebb_modes_path *path, double time)
{
    const hebb_modes_problem *p = &path->problem;
    gsl_odeiv2_system system = {p->flow == HEBB_MODES_MEAN_FIELD ? mean_field_rate
                                : is_rotated(p)                  ? rotated_rate
                                                                 : exact_rate,
                                NULL, path->dimension, path};
    for (long n = 0; path->time < time; n++) {
        if (n == MAX_STEPS || gsl_odeiv2_evolve_apply(path->evolve, path->control, path->step, &system, &path->time,
                                                      time, &path->step_size, path->state) != GSL_SUCCESS)
            return HEBB_ENOCONV;
    }
    return HEBB_OK;
}

/* Singular values of n x m, n >= m, from the largest, by Jacobi's rotations: small ones keep their digits. */
static hebb_status find_singular_values(size_t n, size_t m, const double *W, double *w)
{
    double copy[MAX_ROTATED * MAX_ROTATED], right[MAX_ROTATED * MAX_ROTATED];
    memcpy(copy, W, n * m * sizeof *copy);
    gsl_matrix_view matrix = gsl_matrix_view_array(copy, n, m), basis = gsl_matrix_view_array(right, m, m);
    gsl_vector_view values = gsl_vector_view_array(w, m);
    return gsl_linalg_SV_decomp_jacobi(&matrix.matrix, &basis.matrix, &values.vector) == GSL_SUCCESS ? HEBB_OK
                                                                                                     : HEBB_ENOCONV;
}

static void follow_linear(hebb_modes_path *path, double time)
{
    const hebb_modes_problem *p = &path->problem;
    for (size_t k = 0; k < path->dimension; k++) {
        const double rate = hebb_modes_rate(p, p->eigenvalues[is_rotated(p) ? k / p->n_started : k]);
        path->state[k] = path->start[k] * exp(rate * time);
    }
}

hebb_status hebb_modes_path_follow(hebb_modes_path *path, double time, double *w)
{
    const hebb_modes_problem *p = &path->problem;
    if (!(time >= 0.0) || !isfinite(time)) return HEBB_EDOM;
    hebb_status status = HEBB_OK;
    if (p->flow == HEBB_MODES_LINEAR) {
        follow_linear(path, time);
    } else {
        if (time < path->time) start_again(path);
        status = integrate(path, time);
    }
    for (size_t k = 0; k < path->dimension; k++)
        if (!isfinite(path->state[k])) status = HEBB_ENOCONV;
    if (status != HEBB_OK) return status;
    if (is_rotated(p)) return find_singular_values(p->n, p->n_started, path->state, w);
    for (size_t a = 0; a < p->n_started; a++) {
        w[a] = has_logarithms(p) ? p->w0[a] * exp(path->state[a]) : fmax(0.0, path->state[a]);
        if (!isfinite(w[a])) return HEBB_ENOCONV;
    }
    return HEBB_OK;
}
