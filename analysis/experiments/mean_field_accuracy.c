/*
 * mean-field-accuracy - naive mean field and TAP against enumeration, over the strength of random couplings
 *
 * Machines of N units +-1 at T = 1, all linked: w_ij Gaussian of variance g^2/N, biases Gaussian of width B.  A replica
 * is a machine; its Gaussian numbers are the same at every g and B.
 */
#include "mean_field_accuracy_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boltzmann_exact.h"
#include "experiment.h"
#include "grid.h"
#include "mean_field.h"
#include "small_matrix.h"

/* Enumeration takes .2 ms at 16 units. */
enum { MAX_UNITS = HEBB_SMALL_MAX, MAX_SWEEPS = 5000 };

/* Settled where no mean moves by more in a sweep; how far from 0 means begin. */
static const double SETTLED = 1e-13, START = 0.01;

static const hebb_option options[] = {
    {"units", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "12", HEBB_FROM_TO(2.0, MAX_UNITS), HEBB_OPTION_RESULT,
     "numbers of units N"},
    {"field", 0, HEBB_OPTION_REAL_LIST, "LIST", "0,0.5", HEBB_FROM_TO(0.0, 10.0), HEBB_OPTION_RESULT,
     "widths B of the Gaussian biases, in units of T"},
    {"coupling", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.05,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1,1.2,1.5,2",
     HEBB_FROM_TO(1e-3, 10.0), HEBB_OPTION_RESULT, "strengths g: couplings have variance g^2/N, in units of T"},
    {"damping", 0, HEBB_OPTION_REAL, "X", "0.5", HEBB_FROM_TO(0.0, 0.99), HEBB_OPTION_RESULT,
     "share of its old mean that a unit keeps in an update"},
};

static const hebb_column grid_columns[ACCURACY_N_GRID] = {
    {"n_units", "1", "number of units N"},
    {"field", "1", "width B of the biases, over T"},
    {"coupling", "1", "strength g of the couplings, over T"},
};

static const hebb_column value_columns[ACCURACY_N_VALUES] = {
    {"naive_square", "1", "mean over the units of (V - <s>)^2, naive"},
    {"tap_square", "1", "the same with TAP; empty: it did not settle"},
    {"naive_free", "1", "F/N of the naive means less the exact one, over T"},
    {"tap_free", "1", "the same with TAP; empty: it did not settle"},
    {"exact_q", "1", "mean over the units of <s>^2"},
    {"naive_q", "1", "mean over the units of V^2, naive"},
    {"tap_q", "1", "the same with TAP; empty: it did not settle"},
    {"naive_settled", "1", "1 where no mean moved by more than 1e-13 within 5000 sweeps"},
    {"tap_settled", "1", "the same with TAP"},
    {"eigenvalue", "1", "largest eigenvalue of the couplings, over T"},
};

static size_t units_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, ACCURACY_UNITS);
}

static double bytes(const hebb_study *study, size_t point)
{
    const double n = (double)units_at(study, point);
    return hebb_boltzmann_bytes((size_t)n) + 8.0 * (4.0 * n * n + 10.0 * n) + 8.0 * 4.0 * 4096.0 +
           8.0 * 14.0 * exp2(fmax(n - 12.0, 0.0));
}

static hebb_status plan(hebb_study *study)
{
    const hebb_list *const axes[ACCURACY_N_GRID] = {hebb_options_list(study->options, "units"),
                                                    hebb_options_list(study->options, "field"),
                                                    hebb_options_list(study->options, "coupling")};
    study->n_grid = ACCURACY_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = ACCURACY_N_VALUES;
    study->value_columns = value_columns;
    const hebb_status status = hebb_grid_plan(study, axes, NULL, NULL);
    if (status != HEBB_OK) return status;
    double most = 0.0;
    for (size_t point = 0; point < study->n_points; point++) most = fmax(most, bytes(study, point));
    return hebb_study_check_memory(study, "machines to enumerate", most);
}

/* States, and sweeps that settle slowly. */
static double cost(const hebb_study *study, size_t point)
{
    const double n = (double)units_at(study, point), g = hebb_study_grid(study, point, ACCURACY_COUPLING);
    return exp2(n) + 200.0 * n * n * (g < 0.5 ? 0.2 : 1.0);
}

/* ---- room ---- */

typedef struct {
    size_t n_units; /* that there is room for; 0: none */
    hebb_boltzmann machine;
    hebb_boltzmann_exact exact;
    hebb_moments moments;
    double *v, *buffer; /* n_units, HEBB_MEAN_FIELD_BUFFER n_units */
} workspace;

static void empty(workspace *w)
{
    hebb_boltzmann_free(&w->machine);
    hebb_boltzmann_exact_free(&w->exact);
    hebb_moments_free(&w->moments);
    free(w->v);
    free(w->buffer);
    *w = (workspace){0};
}

static void workspace_free(void *room)
{
    if (room == NULL) return;
    empty(room);
    free(room);
}

static hebb_status fit(workspace *w, size_t n)
{
    if (w->n_units == n) return HEBB_OK;
    empty(w);
    hebb_status status = hebb_boltzmann_init(&w->machine, 0, n, 0, HEBB_UNITS_SIGN, HEBB_LINKS_FULL);
    if (status == HEBB_OK) status = hebb_boltzmann_exact_init(&w->exact, n);
    if (status == HEBB_OK) status = hebb_moments_init(&w->moments, n);
    if (status != HEBB_OK) return status;
    w->v = calloc(n, sizeof *w->v);
    w->buffer = calloc(HEBB_MEAN_FIELD_BUFFER * n, sizeof *w->buffer);
    if (w->v == NULL || w->buffer == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the means of %zu units", n);
    w->n_units = n;
    return HEBB_OK;
}

/* ---- a unit ---- */

static void draw_machine(const hebb_study *study, const hebb_unit *unit, hebb_boltzmann *machine)
{
    const size_t n = machine->n_units;
    const double g = hebb_study_grid(study, unit->point, ACCURACY_COUPLING) / sqrt((double)n);
    const double field = hebb_study_grid(study, unit->point, ACCURACY_FIELD);
    hebb_stream stream;
    hebb_stream_init(
        &stream,
        hebb_philox_derive(hebb_study_seed(study, "pattern-seed"), HEBB_DRAW_WEIGHTS, n, (uint32_t)unit->replica), 0,
        0);
    hebb_boltzmann_draw_gaussian(machine, &stream, 1.0);
    for (size_t k = 0; k < n * n; k++) machine->weights[k] *= g;
    for (size_t i = 0; i < n; i++) machine->biases[i] *= field;
}

static double mean_square(size_t n, const double *a, const double *b)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double x = b == NULL ? a[i] : a[i] - b[i];
        sum += x * x;
    }
    return sum / (double)n;
}

/* From means close to 0, where a machine without biases has to choose; square, free, q, settled: out. */
static hebb_status settle(const hebb_study *study, const hebb_unit *unit, workspace *w, hebb_mean_field_order order,
                          double *found[4])
{
    const size_t n = w->n_units;
    const hebb_mean_field_options settling = {order, false, hebb_options_real(study->options, "damping"), SETTLED,
                                              MAX_SWEEPS};
    hebb_stream stream;
    hebb_stream_init(
        &stream,
        hebb_philox_derive(hebb_study_seed(study, "dynamics-seed"), HEBB_DRAW_STATE, n, (uint32_t)unit->replica), 0, 0);
    for (size_t i = 0; i < n; i++) w->v[i] = START * (2.0 * hebb_stream_uniform(&stream) - 1.0);
    const hebb_status status = hebb_mean_field_settle_in(&w->machine, &settling, 1.0, NULL, w->buffer, w->v, NULL);
    if (status != HEBB_OK && status != HEBB_ENOCONV) return status;
    *found[0] = mean_square(n, w->v, w->moments.means);
    *found[1] = hebb_mean_field_free_energy(&w->machine, order, 1.0, w->v) / (double)n + w->moments.ln_z / (double)n;
    *found[2] = mean_square(n, w->v, NULL);
    *found[3] = status == HEBB_OK;
    return HEBB_OK;
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    workspace *w = room;
    hebb_status status = fit(w, units_at(study, unit->point));
    if (status != HEBB_OK) return status;
    draw_machine(study, unit, &w->machine);
    status = hebb_boltzmann_exact_find_moments(&w->exact, &w->machine, 1.0, NULL, NULL, &w->moments);
    if (status != HEBB_OK) return status;
    values[ACCURACY_EXACT_Q] = mean_square(w->n_units, w->moments.means, NULL);
    double *naive[4] = {values + ACCURACY_NAIVE_SQUARE, values + ACCURACY_NAIVE_FREE, values + ACCURACY_NAIVE_Q,
                        values + ACCURACY_NAIVE_SETTLED};
    double *tap[4] = {values + ACCURACY_TAP_SQUARE, values + ACCURACY_TAP_FREE, values + ACCURACY_TAP_Q,
                      values + ACCURACY_TAP_SETTLED};
    status = settle(study, unit, w, HEBB_MEAN_FIELD_NAIVE, naive);
    if (status == HEBB_OK) status = settle(study, unit, w, HEBB_MEAN_FIELD_TAP, tap);
    if (status != HEBB_OK) return status;
    if (values[ACCURACY_TAP_SETTLED] == 0.0)
        for (int k = 0; k < 3; k++) *tap[k] = NAN;
    status = hebb_small_largest(w->n_units, w->machine.weights, &values[ACCURACY_EIGENVALUE]);
    return status == HEBB_OK ? HEBB_OK
                             : hebb_fail(status, "the eigenvalues of %zu units' couplings were not found", w->n_units);
}

const hebb_experiment hebb_mean_field_accuracy_experiment = {
    .name = "mean-field-accuracy",
    .summary = "naive mean field and TAP of random machines against enumeration",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = sizeof(workspace),
    .workspace_free = workspace_free,
    .run = run,
    .report = hebb_mean_field_accuracy_report};
