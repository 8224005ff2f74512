/*
 * mean-field-landscape - does mean field smooth the landscape: minima and barriers of its free energy against T
 *
 * Machines of N units +-1, all linked, w_ij Gaussian of variance 1/N, no biases.  A replica is a machine, the same at
 * every T: the states that no single flip lowers, by enumeration; the minima of the naive F(V) that settling finds; the
 * barrier of F along the straight line between two states beside that of the energy by single flips; and F from samples
 * of independent units.
 */
#include "mean_field_landscape_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "grid.h"
#include "mean_field.h"
#include "small_matrix.h"

/* Random starts beside the stable states, sweeps until a start is given up, minima at most, points of the line. */
enum { N_STARTS = 100, MAX_SWEEPS = 5000, MAX_MINIMA = 1024, N_FINE = 201 };

/*
 * Settled where no mean moves by more in a sweep; two minima are one unless some mean of theirs differs by more than APART;
 * a stable state's means begin at +-CORNER.
 */
static const double SETTLED = 1e-9, APART = 1e-3, CORNER = 0.999;

static const hebb_option options[] = {
    {"units", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "14", HEBB_FROM_TO(3.0, LANDSCAPE_MAX_UNITS), HEBB_OPTION_RESULT,
     "numbers of units N"},
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.05,0.1,0.2,0.3,0.4,0.6,0.8,1,1.2,1.4,1.6,1.8,2,2.2",
     HEBB_FROM_TO(1e-3, 100.0), HEBB_OPTION_RESULT, "temperatures T; couplings have variance 1/N"},
    {"samples", 0, HEBB_OPTION_INTEGER, "N", "400", HEBB_FROM_TO(10.0, 1e6), HEBB_OPTION_RESULT,
     "states drawn at each of 21 positions on the line"},
};

static const hebb_column grid_columns[LANDSCAPE_N_GRID] = {
    {"n_units", "1", "number of units N"},
    {"temperature", "1", "temperature T, with couplings of variance 1/N"},
};

static const hebb_column value_columns[LANDSCAPE_N_VALUES] = {
    {"stable_states", "1", "states whose energy no single flip lowers, of all"},
    {"minima", "1", "different minima of F(V) that were found; empty: not all starts settled"},
    {"barrier", "1", "barrier of F along the straight line between two states"},
    {"flip_barrier", "1", "barrier of the energy between them by single flips"},
    {"difference", "1", "F from samples of independent units less F(V), over N: mean along the line"},
    {"square", "1", "mean along the line of (F from samples - F(V))^2 over its error squared"},
    {"eigenvalue", "1", "largest eigenvalue of the couplings"},
};

static size_t units_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, LANDSCAPE_UNITS);
}

static double bytes(const hebb_study *study, size_t point)
{
    return exp2((double)units_at(study, point)) * (sizeof(double) + sizeof(uint32_t)) +
           sizeof(double) * MAX_MINIMA * LANDSCAPE_MAX_UNITS;
}

static hebb_status plan(hebb_study *study)
{
    const hebb_list *const axes[LANDSCAPE_N_GRID] = {hebb_options_list(study->options, "units"),
                                                     hebb_options_list(study->options, "temperature")};
    study->n_grid = LANDSCAPE_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = LANDSCAPE_N_VALUES;
    study->value_columns = value_columns;
    study->n_extra = LANDSCAPE_N_EXTRA;
    const hebb_status status = hebb_grid_plan(study, axes, NULL, NULL);
    if (status != HEBB_OK) return status;
    double most = 0.0;
    for (size_t point = 0; point < study->n_points; point++) most = fmax(most, bytes(study, point));
    return hebb_study_check_memory(study, "states and minima", most);
}

static double cost(const hebb_study *study, size_t point)
{
    const double n = (double)units_at(study, point);
    return exp2(n) * n + n * n * (20.0 * (double)hebb_options_integer(study->options, "samples") + 2000.0);
}

/* ---- room ---- */

typedef struct {
    hebb_landscape_room room;
    double minima[MAX_MINIMA][LANDSCAPE_MAX_UNITS];
} workspace;

static void workspace_free(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    hebb_landscape_room_free(&w->room);
    free(w);
}

/* ---- minima ---- */

static bool is_new(const workspace *w, size_t n_minima, const double *v)
{
    for (size_t k = 0; k < n_minima; k++) {
        double distance = 0.0;
        for (size_t i = 0; i < w->room.machine.n_units; i++) distance = fmax(distance, fabs(v[i] - w->minima[k][i]));
        if (distance <= APART) return false;
    }
    return true;
}

/* From every stable state, and from random means: NaN where one of them did not settle, or there are too many. */
static hebb_status count_minima(const hebb_study *study, const hebb_unit *unit, workspace *w, double *n_minima)
{
    const hebb_boltzmann *machine = &w->room.machine;
    const size_t n = machine->n_units;
    const double temperature = hebb_study_grid(study, unit->point, LANDSCAPE_TEMPERATURE);
    const hebb_mean_field_options settling = {HEBB_MEAN_FIELD_NAIVE, false, 0.0, SETTLED, MAX_SWEEPS};
    double v[LANDSCAPE_MAX_UNITS], buffer[HEBB_MEAN_FIELD_BUFFER * LANDSCAPE_MAX_UNITS];
    size_t found = 0;
    hebb_stream stream;
    hebb_stream_init(
        &stream,
        hebb_philox_derive(hebb_study_seed(study, "dynamics-seed"), HEBB_DRAW_STATE, n, (uint32_t)unit->replica), 0, 0);
    *n_minima = NAN;
    for (size_t k = 0; k < w->room.n_stable + N_STARTS; k++) {
        for (size_t i = 0; i < n; i++)
            v[i] = k >= w->room.n_stable        ? 2.0 * hebb_stream_uniform(&stream) - 1.0
                   : w->room.stable[k] >> i & 1 ? CORNER
                                                : -CORNER;
        const hebb_status status = hebb_mean_field_settle_in(machine, &settling, temperature, NULL, buffer, v, NULL);
        if (status == HEBB_ENOCONV) return HEBB_OK;
        if (status != HEBB_OK) return status;
        if (!is_new(w, found, v)) continue;
        if (found == MAX_MINIMA) return HEBB_OK;
        memcpy(w->minima[found++], v, n * sizeof *v);
    }
    *n_minima = (double)found;
    return HEBB_OK;
}

/* ---- the line ---- */

static double line_barrier(const hebb_landscape_room *room, double temperature)
{
    double f[N_FINE], v[LANDSCAPE_MAX_UNITS];
    for (size_t k = 0; k < N_FINE; k++) {
        hebb_landscape_means(room, (double)k / (N_FINE - 1), v);
        f[k] = hebb_mean_field_free_energy(&room->machine, HEBB_MEAN_FIELD_NAIVE, temperature, v);
    }
    return hebb_landscape_barrier(N_FINE, f);
}

/* <E(s) + T ln P(s)> over states of independent units with means v, and its standard error. */
static void sample_free_energy(const hebb_boltzmann *machine, double temperature, const double *v, size_t n_samples,
                               hebb_stream *stream, double *mean, double *error)
{
    double sum = 0.0, squares = 0.0, first = 0.0;
    int8_t state[LANDSCAPE_MAX_UNITS];
    for (size_t k = 0; k < n_samples; k++) {
        double ln_p = 0.0;
        for (size_t i = 0; i < machine->n_units; i++) {
            const double on = 0.5 * (1.0 + v[i]);
            state[i] = hebb_stream_uniform(stream) < on ? 1 : -1;
            ln_p += log(state[i] == 1 ? on : 1.0 - on);
        }
        const double f = hebb_boltzmann_energy(machine, state) + temperature * ln_p;
        if (k == 0) first = f; /* what does not vary has no error, not one of rounding */
        sum += f - first;
        squares += (f - first) * (f - first);
    }
    const double n = (double)n_samples;
    *mean = first + sum / n;
    *error = sqrt(fmax(squares - sum * sum / n, 0.0) / (n * (n - 1.0)));
}

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static void sample_line(const hebb_study *study, const hebb_unit *unit, const hebb_landscape_room *room, double *values)
{
    const double temperature = hebb_study_grid(study, unit->point, LANDSCAPE_TEMPERATURE);
    const size_t n = room->machine.n_units;
    const size_t n_samples = (size_t)hebb_options_integer(study->options, "samples");
    const hebb_philox noise = hebb_philox_derive(hebb_study_seed(study, "dynamics-seed"), HEBB_DRAW_NOISE,
                                                 bits_of(temperature) ^ n, (uint32_t)unit->replica);
    double *means = values + LANDSCAPE_N_VALUES, *errors = means + LANDSCAPE_N_POSITIONS, v[LANDSCAPE_MAX_UNITS];
    double difference = 0.0, square = 0.0;
    for (size_t k = 0; k < LANDSCAPE_N_POSITIONS; k++) {
        hebb_stream stream;
        hebb_stream_init(&stream, noise, (uint32_t)k, 0);
        hebb_landscape_means(room, (double)k / (LANDSCAPE_N_POSITIONS - 1), v);
        sample_free_energy(&room->machine, temperature, v, n_samples, &stream, &means[k], &errors[k]);
        const double d = means[k] - hebb_mean_field_free_energy(&room->machine, HEBB_MEAN_FIELD_NAIVE, temperature, v);
        difference += d / (double)n;
        if (errors[k] > 0.0) square += d * d / (errors[k] * errors[k]);
    }
    values[LANDSCAPE_DIFFERENCE] = difference / LANDSCAPE_N_POSITIONS;
    values[LANDSCAPE_SQUARE] = square / (LANDSCAPE_N_POSITIONS - 2); /* at the ends nothing varies */
}

/* ---- a unit ---- */

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    workspace *w = room;
    hebb_status status = hebb_landscape_room_set(study, unit->point, unit->replica, &w->room);
    if (status != HEBB_OK) return status;
    values[LANDSCAPE_STABLE] = (double)w->room.n_stable;
    status = count_minima(study, unit, w, &values[LANDSCAPE_MINIMA]);
    if (status != HEBB_OK) return status;
    const size_t n = w->room.machine.n_units;
    status = hebb_small_largest(n, w->room.machine.weights, &values[LANDSCAPE_EIGENVALUE]);
    if (status != HEBB_OK) return hebb_fail(status, "the eigenvalues of %zu units' couplings were not found", n);
    values[LANDSCAPE_BARRIER] = line_barrier(&w->room, hebb_study_grid(study, unit->point, LANDSCAPE_TEMPERATURE));
    values[LANDSCAPE_FLIP_BARRIER] = hebb_landscape_barrier(w->room.n_flips + 1, w->room.path);
    sample_line(study, unit, &w->room, values);
    return HEBB_OK;
}

const hebb_experiment hebb_mean_field_landscape_experiment = {
    .name = "mean-field-landscape",
    .summary = "minima and barriers of the mean-field free energy of random machines against temperature",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = sizeof(workspace),
    .workspace_free = workspace_free,
    .run = run,
    .report = hebb_mean_field_landscape_report};
