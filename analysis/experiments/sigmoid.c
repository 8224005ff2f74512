#include "sigmoid_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "thermal_walk.h"
#include "update_options.h"

enum { FARTHEST = 3 }; /* field that is counted */

static const hebb_option options[] = {
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "1000", HEBB_FROM_TO(2.0, HEBB_MAX_NEURONS), HEBB_OPTION_RESULT,
     "sizes N"},
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.1", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "loads; p = round(alpha N)"},
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "0,0.1,0.3,1", HEBB_AT_LEAST(0.0), HEBB_OPTION_RESULT,
     "temperatures"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "20", HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "sweeps, all of which are measured"},
    HEBB_UPDATE_RULE_OPTION,
    HEBB_UPDATE_ORDER_OPTION,
};

static const hebb_column grid_columns[SIGMOID_N_GRID] = {HEBB_LOAD_GRID_COLUMNS, {"temperature", "J", "temperature T"}};

static const hebb_column value_columns[SIGMOID_N_VALUES] = {
    {"updates", "1", "updates"},
    {"flips", "1", "updates that turned the neuron"},
    {"ups", "1", "updates that left it at +1"},
    {"field_2", "1", "mean of the squared field h^2 before an update"},
    {"outside", "1", "updates in fields beyond |h| = 3, which are not compared"},
    {"flips_at_zero", "1", "flips in a field of zero"},
};

static double temperature_at(const hebb_study *study, size_t point)
{
    return hebb_study_grid(study, point, SIGMOID_TEMPERATURE);
}

/* N h has the parity of (N-1) p. */
static hebb_sigmoid_fields fields_for(size_t n_neurons, size_t n_patterns)
{
    const long farthest = FARTHEST * (long)n_neurons;
    const long low = -farthest + (farthest + (long)((n_neurons - 1) % 2 * (n_patterns % 2))) % 2;
    return (hebb_sigmoid_fields){low, (size_t)((farthest - low) / 2 + 1)};
}

hebb_sigmoid_fields hebb_sigmoid_fields_at(const hebb_study *study, size_t point)
{
    return fields_for(hebb_load_grid_neurons(study, point), hebb_load_grid_patterns(study, point));
}

/* ---- plan ---- */

/* What a walk keeps: all that a replica gives, and the spins before the sweep. */
static size_t kept_numbers(const hebb_study *study, size_t n_neurons)
{
    return SIGMOID_N_VALUES + study->n_extra + hebb_thermal_kept_spins(n_neurons);
}

/* What is kept twice, as it is packed for a checkpoint. */
static double bytes(const hebb_study *study, size_t point)
{
    const size_t n = hebb_load_grid_neurons(study, point), p = hebb_load_grid_patterns(study, point);
    return hebb_thermal_room_bytes(n, p) + (double)n * (double)p + sizeof(int32_t) * (double)p +
           2.0 * sizeof(double) * (double)kept_numbers(study, n);
}

static hebb_status plan(hebb_study *study)
{
    const hebb_list *neurons = hebb_options_list(study->options, "neurons"),
                    *axes[] = {hebb_options_list(study->options, "temperature")};
    hebb_sigmoid_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    own->rule = hebb_update_options_rule(study);
    own->order = hebb_update_options_order(study);
    own->n_sweeps = hebb_options_integer(study->options, "sweeps");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    study->n_values = SIGMOID_N_VALUES;
    study->value_columns = value_columns;
    for (size_t k = 0; k < neurons->length; k++) {
        const size_t n_numbers = 2 * (FARTHEST * (size_t)neurons->values[k] + 1);
        if (study->n_extra < n_numbers) study->n_extra = n_numbers;
    }
    const hebb_status status =
        hebb_load_grid_plan_with(study, grid_columns, hebb_options_list(study->options, "alpha"), neurons, 1, axes);
    return status == HEBB_OK ? hebb_load_grid_check_memory(study, bytes) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    return (double)hebb_load_grid_neurons(study, point) * (double)hebb_load_grid_patterns(study, point);
}

/* ---- one unit ---- */

typedef struct {
    hebb_thermal_room room;
    int8_t *signs;     /* N x p */
    int32_t *overlaps; /* of the state on its way through a sweep */
    double *kept;
    size_t n_neurons, n_patterns; /* that these are for */
} workspace;

static void free_arrays(workspace *w)
{
    free(w->signs);
    free(w->overlaps);
    free(w->kept);
    w->signs = NULL;
    w->overlaps = NULL;
    w->kept = NULL;
    w->n_neurons = 0;
}

static void workspace_free(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    free_arrays(w);
    hebb_thermal_room_free(&w->room);
    free(w);
}

static hebb_status fit(const hebb_study *study, workspace *w, size_t n, size_t p)
{
    const hebb_status status = hebb_thermal_room_fit(&w->room, n, p);
    if (status != HEBB_OK || (w->n_neurons == n && w->n_patterns == p)) return status;
    free_arrays(w);
    w->signs = calloc(n * p, sizeof *w->signs);
    w->overlaps = calloc(p, sizeof *w->overlaps);
    w->kept = calloc(kept_numbers(study, n), sizeof *w->kept);
    if (w->signs == NULL || w->overlaps == NULL || w->kept == NULL) {
        free_arrays(w);
        return hebb_fail(HEBB_ENOMEM, "no memory to watch %zu neurons", n);
    }
    w->n_neurons = n;
    w->n_patterns = p;
    return HEBB_OK;
}

/* A sweep gone through once more. */
typedef struct {
    const hebb_sigmoid_study *own;
    workspace *w;
    hebb_sigmoid_fields fields;
    double *counts; /* updates and hits of each value of the field */
    int8_t *spins;  /* the state on its way, s before the sweep: in `kept`, packed as it is */
    bool has_begun; /* the overlaps are those of the spins */
} replay;

/* sums[mu] += factor xi_i^mu */
static void add_row(const workspace *w, size_t i, int factor, int32_t *sums)
{
    for (size_t mu = 0; mu < w->n_patterns; mu++) sums[mu] += factor * w->signs[i * w->n_patterns + mu];
}

/* N h_i = sum_mu xi_i^mu M^mu - p s_i */
static long field_of(const replay *at, size_t i)
{
    const workspace *w = at->w;
    long sum = 0;
    for (size_t mu = 0; mu < w->n_patterns; mu++) sum += (long)w->signs[i * w->n_patterns + mu] * w->overlaps[mu];
    return sum - (long)w->n_patterns * at->spins[i];
}

static void count(const replay *at, long field, int before, int after)
{
    double *values = at->w->kept;
    const double h = (double)field / (double)at->w->n_neurons;
    const long shown = at->own->rule == HEBB_METROPOLIS ? before * field : field;
    const long k = (shown - at->fields.low) / 2;
    values[SIGMOID_UPDATES]++;
    values[SIGMOID_FLIPS] += after != before;
    values[SIGMOID_UPS] += after > 0;
    values[SIGMOID_FIELD_2] += h * h;
    values[SIGMOID_FLIPS_AT_ZERO] += field == 0 && after != before;
    if (shown < at->fields.low || k >= (long)at->fields.n_values) {
        values[SIGMOID_OUTSIDE]++;
        return;
    }
    at->counts[2 * k]++;
    at->counts[2 * k + 1] += at->own->rule == HEBB_METROPOLIS ? after != before : after > 0;
}

static void go_through(replay *at, const uint32_t *turn)
{
    workspace *w = at->w;
    if (!at->has_begun) { /* the spins may be a checkpoint's */
        memset(w->overlaps, 0, w->n_patterns * sizeof *w->overlaps);
        for (size_t i = 0; i < w->n_neurons; i++) add_row(w, i, at->spins[i], w->overlaps);
        at->has_begun = true;
    }
    for (size_t k = 0; k < w->n_neurons; k++) {
        const uint32_t i = turn[k];
        const int before = at->spins[i], after = w->room.network.spins[i];
        count(at, field_of(at, i), before, after);
        if (after == before) continue;
        at->spins[i] = (int8_t)after;
        add_row(w, i, 2 * after, w->overlaps);
    }
}

static hebb_status after_sweep(void *context, hebb_thermal *run, long n_done, bool *is_over)
{
    (void)n_done, (void)is_over;
    go_through(context, run->sweeper.turn);
    return HEBB_OK;
}

static hebb_status sweep_at_zero(replay *at, hebb_philox order_generator)
{
    hebb_sweeper sweeper;
    const hebb_status status = hebb_sweeper_init(&sweeper, 1, &at->w->room.network, at->own->order);
    if (status != HEBB_OK) return status;
    sweeper.order_generator = order_generator;
    for (long k = 0; k < at->own->n_sweeps; k++) {
        hebb_sweeper_run(&sweeper, (uint32_t)k);
        go_through(at, sweeper.turn);
    }
    hebb_sweeper_free(&sweeper);
    return HEBB_OK;
}

/* Even replicas start at a pattern, where fields are about +1 and -1, odd ones at random, where they are about 0. */
static void start(workspace *w, uint64_t pattern_seed, uint32_t replica, hebb_philox state_generator)
{
    const size_t n = w->n_neurons, p = w->n_patterns;
    hebb_patterns_draw(&w->room.patterns, pattern_seed, replica);
    for (size_t i = 0; i < n; i++)
        for (size_t mu = 0; mu < p; mu++) w->signs[i * p + mu] = (int8_t)hebb_patterns_get(&w->room.patterns, i, mu);
    if (replica % 2 == 0)
        hebb_hopfield_start_at_pattern(&w->room.network, 0);
    else
        hebb_hopfield_start_at_random(&w->room.network, state_generator);
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_sigmoid_study *own = study->own;
    workspace *w = room;
    const size_t n = hebb_load_grid_neurons(study, unit->point), p = hebb_load_grid_patterns(study, unit->point);
    const size_t n_numbers = SIGMOID_N_VALUES + study->n_extra;
    const double temperature = temperature_at(study, unit->point);
    const uint32_t replica = (uint32_t)unit->replica;
    const hebb_thermal_draws draws =
        hebb_thermal_draws_at(own->dynamics_seed, hebb_thermal_realisation(n, p, temperature, 0.0), replica);
    hebb_status status = fit(study, w, n, p);
    if (status != HEBB_OK) return status;
    start(w, own->pattern_seed, replica, draws.state);
    memset(w->kept, 0, kept_numbers(study, n) * sizeof *w->kept);
    replay at = {.own = own,
                 .w = w,
                 .fields = fields_for(n, p),
                 .counts = w->kept + SIGMOID_N_VALUES,
                 .spins = (int8_t *)(w->kept + n_numbers)};
    memcpy(at.spins, w->room.network.spins, n);
    const hebb_thermal_walk walk = {.rule = own->rule,
                                    .order = own->order,
                                    .temperature = temperature,
                                    .draws = draws,
                                    .max_sweeps = own->n_sweeps,
                                    .after_sweep = after_sweep,
                                    .context = &at,
                                    .n_kept = kept_numbers(study, n),
                                    .kept = w->kept};
    status =
        temperature > 0.0 ? hebb_thermal_walk_run(&w->room, &walk, unit->checkpoint) : sweep_at_zero(&at, draws.order);
    if (status != HEBB_OK) return status;
    memcpy(values, w->kept, n_numbers * sizeof *values);
    values[SIGMOID_FIELD_2] /= values[SIGMOID_UPDATES];
    return HEBB_OK;
}

const hebb_experiment hebb_sigmoid_experiment = {.name = "sigmoid",
                                                 .summary = "update probability against the field",
                                                 .n_options = sizeof options / sizeof *options,
                                                 .options = options,
                                                 .plan = plan,
                                                 .cost = cost,
                                                 .bytes = bytes,
                                                 .workspace_size = sizeof(workspace),
                                                 .workspace_free = workspace_free,
                                                 .run = run,
                                                 .report = hebb_sigmoid_report};
