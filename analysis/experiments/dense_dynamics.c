#include "dense_dynamics_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dense_relax.h"
#include "dense_retrieval.h"
#include "effective_spin.h"
#include "experiment.h"
#include "grid.h"
#include "number.h"
#include "update_options.h"

static const hebb_option options[] = {
    {"degree", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "3", HEBB_FROM_TO(2.0, HEBB_DENSE_MAX_DEGREE), HEBB_OPTION_RESULT,
     "degrees n of F(x) = x^n"},
    {"load", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.2:0.35:0.05", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "loads a; K = round(a N^(n-1)/(2n-3)!!)"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "400", HEBB_FROM_TO(2.0, HEBB_MAX_NEURONS), HEBB_OPTION_RESULT,
     "sizes N"},
    {"overlap", 0, HEBB_OPTION_REAL_LIST, "LIST", "1", HEBB_FROM_TO(0.0, 1.0), HEBB_OPTION_RESULT,
     "overlaps m0 of the initial states: round(N (1-m0)/2) neurons are turned over"},
    {"steps", 0, HEBB_OPTION_INTEGER, "N", "20", HEBB_FROM_TO(1.0, HEBB_EFFECTIVE_MAX_STEPS), HEBB_OPTION_RESULT,
     "how many updates of all neurons to follow"},
    {"update-order", 0, HEBB_OPTION_CHOICE, "random|sequential|synchronous", "synchronous", HEBB_ANY,
     HEBB_OPTION_RESULT, "order of the updates; there is a theory of synchronous ones alone"},
    {"paths", 0, HEBB_OPTION_INTEGER, "N", "400000", HEBB_FROM_TO(0.0, 1e8), HEBB_OPTION_RESULT,
     "paths sampled for the theory after step 2, at least 2048; 0: no theory there"},
};

static const hebb_column grid_columns[DENSE_DYNAMICS_N_GRID] = {
    {"degree", "1", "degree n of F(x) = x^n"},
    {"load", "1", "load a = K (2n-3)!!/N^(n-1) asked for"},
    {"n_neurons", "1", "number of neurons N"},
    {"n_patterns", "1", "number of patterns K = round(a N^(n-1)/(2n-3)!!)"},
    {"alpha", "1", "K/N^(n-1)"},
    {"m0", "1", "initial overlap asked for"},
};

/* ---- points ---- */

static size_t neurons_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, DENSE_DYNAMICS_NEURONS);
}

static size_t patterns_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, DENSE_DYNAMICS_PATTERNS);
}

static size_t turned_at(const hebb_study *study, size_t point)
{
    return (size_t)lround(0.5 * (double)neurons_at(study, point) *
                          (1.0 - hebb_study_grid(study, point, DENSE_DYNAMICS_M0)));
}

double hebb_dense_dynamics_load(const hebb_study *study, size_t point)
{
    return hebb_study_grid(study, point, DENSE_DYNAMICS_ALPHA) *
           hebb_dense_double_factorial((int)hebb_study_grid(study, point, DENSE_DYNAMICS_DEGREE));
}

double hebb_dense_dynamics_start(const hebb_study *study, size_t point)
{
    return 1.0 - 2.0 * (double)turned_at(study, point) / (double)neurons_at(study, point);
}

/* K and alpha of degree, load and N. */
static hebb_status complete(void *context, double *row)
{
    (void)context;
    const double n = row[DENSE_DYNAMICS_NEURONS], degree = row[DENSE_DYNAMICS_DEGREE];
    const double volume = pow(n, degree - 1.0);
    const double wanted = row[DENSE_DYNAMICS_LOAD] * volume / hebb_dense_double_factorial((int)degree);
    char text[HEBB_NUMBER_LENGTH];
    hebb_number_format(row[DENSE_DYNAMICS_LOAD], text);
    if (wanted > HEBB_MAX_PATTERNS + 0.5)
        return hebb_fail(HEBB_EDOM,
                         "--load: %s at degree %.0f and %.0f neurons is %.3g patterns, and there may be %d: use fewer "
                         "--neurons at this degree",
                         text, degree, n, wanted, (int)HEBB_MAX_PATTERNS);
    if (round(wanted) < 1.0)
        return hebb_fail(HEBB_EDOM,
                         "--load: %s at degree %.0f and %.0f neurons is less than half a pattern: use more --neurons",
                         text, degree, n);
    row[DENSE_DYNAMICS_PATTERNS] = round(wanted);
    row[DENSE_DYNAMICS_ALPHA] = round(wanted) / volume;
    return HEBB_OK;
}

/* Steps that are done, their overlaps, and the spins: what a checkpoint keeps. */
static size_t state_bytes(const hebb_study *study, size_t point)
{
    const hebb_dense_dynamics_study *own = study->own;
    return sizeof(uint64_t) + (own->n_steps + 2) * sizeof(double) + neurons_at(study, point);
}

static double bytes(const hebb_study *study, size_t point)
{
    const size_t n = neurons_at(study, point), k = patterns_at(study, point);
    return hebb_patterns_bytes(n, k, HEBB_STORE_ROWS) + hebb_dense_memory_bytes(n, k) + sizeof(uint32_t) * (double)n +
           (double)state_bytes(study, point);
}

static hebb_status name_columns(hebb_dense_dynamics_study *own)
{
    const size_t n = own->n_steps + 2;
    own->columns = calloc(n, sizeof *own->columns);
    own->names = calloc(n, sizeof *own->names);
    if (own->columns == NULL || own->names == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu columns", n);
    for (size_t t = 0; t <= own->n_steps; t++) {
        snprintf(own->names[t], sizeof own->names[t], "m_%zu", t);
        own->columns[t] = (hebb_column){own->names[t], "1", "overlap with the pattern after so many updates"};
    }
    own->columns[n - 1] = (hebb_column){"moving", "1", "share of the neurons that the last update turned over"};
    return HEBB_OK;
}

static hebb_status plan(hebb_study *study)
{
    hebb_dense_dynamics_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    const hebb_options *given = study->options;
    study->own = own;
    own->n_steps = (size_t)hebb_options_integer(given, "steps");
    own->n_paths = (size_t)hebb_options_integer(given, "paths");
    own->order = hebb_update_options_order(study);
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    if (own->n_paths > 0 && own->n_paths < HEBB_EFFECTIVE_MIN_PATHS)
        return hebb_fail(HEBB_EDOM, "--paths: %zu are too few; at least %d, or 0 for no theory after step 2",
                         own->n_paths, HEBB_EFFECTIVE_MIN_PATHS);
    hebb_status status = name_columns(own);
    if (status != HEBB_OK) return status;
    study->n_values = own->n_steps + 2;
    study->value_columns = own->columns;
    study->n_grid = DENSE_DYNAMICS_N_GRID;
    study->grid_columns = grid_columns;
    const hebb_list *const axes[DENSE_DYNAMICS_N_GRID] = {
        [DENSE_DYNAMICS_DEGREE] = hebb_options_list(given, "degree"),
        [DENSE_DYNAMICS_LOAD] = hebb_options_list(given, "load"),
        [DENSE_DYNAMICS_NEURONS] = hebb_options_list(given, "neurons"),
        [DENSE_DYNAMICS_M0] = hebb_options_list(given, "overlap"),
    };
    status = hebb_grid_plan(study, axes, complete, NULL);
    return status == HEBB_OK ? hebb_grid_check_memory(study, DENSE_DYNAMICS_NEURONS, DENSE_DYNAMICS_PATTERNS, bytes)
                             : status;
}

static double cost(const hebb_study *study, size_t point)
{
    const hebb_dense_dynamics_study *own = study->own;
    return (double)neurons_at(study, point) * (double)patterns_at(study, point) * (2.0 + (double)own->n_steps);
}

/* ---- one unit ---- */

/* A thread's memory; kept from unit to unit while the size is the same. */
typedef struct {
    hebb_patterns patterns;
    hebb_dense_memory memory;
    uint32_t *turn;
    unsigned char *state;
    size_t n_neurons; /* that turn and state are for; 0: none */
} workspace;

static void workspace_free(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    hebb_dense_memory_free(&w->memory);
    hebb_patterns_free(&w->patterns);
    free(w->turn);
    free(w->state);
    free(w);
}

static hebb_status fit(const hebb_study *study, workspace *w, size_t point)
{
    const size_t n = neurons_at(study, point);
    const hebb_interaction interaction = {HEBB_INTERACTION_POWER,
                                          (int)hebb_study_grid(study, point, DENSE_DYNAMICS_DEGREE)};
    const hebb_status status =
        hebb_dense_memory_fit(&w->patterns, &w->memory, n, patterns_at(study, point), interaction);
    if (status != HEBB_OK || w->n_neurons == n) return status;
    free(w->turn);
    free(w->state);
    w->turn = calloc(n, sizeof *w->turn);
    w->state = malloc(state_bytes(study, point));
    w->n_neurons = w->turn != NULL && w->state != NULL ? n : 0;
    return w->n_neurons > 0 ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for the state of a network");
}

/* The steps that an earlier run has done of the unit, whose values and spins are then as it left them; 0: none. */
static uint64_t restore(const hebb_study *study, workspace *w, const hebb_unit *unit, double *values)
{
    const size_t n_steps = ((const hebb_dense_dynamics_study *)study->own)->n_steps, n = w->n_neurons;
    const size_t n_bytes = (n_steps + 2) * sizeof *values;
    uint64_t done;
    if (!hebb_checkpoint_load(unit->checkpoint, state_bytes(study, unit->point), w->state)) return 0;
    memcpy(&done, w->state, sizeof done);
    const int8_t *spins = (const int8_t *)w->state + sizeof done + n_bytes;
    if (done > n_steps) return 0;
    for (size_t i = 0; i < n; i++)
        if (spins[i] != 1 && spins[i] != -1) return 0;
    memcpy(values, w->state + sizeof done, n_bytes);
    hebb_dense_memory_start_at(&w->memory, spins);
    return done;
}

static hebb_status keep(const hebb_study *study, workspace *w, const hebb_unit *unit, uint64_t done,
                        const double *values)
{
    const size_t n_bytes = (((const hebb_dense_dynamics_study *)study->own)->n_steps + 2) * sizeof *values;
    if (!hebb_checkpoint_is_due(unit->checkpoint)) return HEBB_OK;
    memcpy(w->state, &done, sizeof done);
    memcpy(w->state + sizeof done, values, n_bytes);
    memcpy(w->state + sizeof done + n_bytes, w->memory.spins, w->n_neurons);
    return hebb_checkpoint_save(unit->checkpoint, state_bytes(study, unit->point), w->state);
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_dense_dynamics_study *own = study->own;
    workspace *w = room;
    const size_t n = neurons_at(study, unit->point), T = own->n_steps;
    const uint64_t size = hebb_patterns_address(n, patterns_at(study, unit->point));
    const uint32_t replica = (uint32_t)unit->replica;
    hebb_status status = fit(study, w, unit->point);
    if (status != HEBB_OK) return status;
    hebb_patterns_draw(&w->patterns, own->pattern_seed, replica);
    hebb_dense_relax_options how = {.order = own->order,
                                    .generator = hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_ORDER, size, replica),
                                    .turn = w->turn};
    const uint64_t done = restore(study, w, unit, values);
    if (done == 0) {
        for (size_t t = 0; t <= T + 1; t++) values[t] = 0.0;
        hebb_dense_memory_start_near_pattern(&w->memory, 0, turned_at(study, unit->point),
                                             hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_STATE, size, replica));
        values[0] = hebb_dense_memory_overlap(&w->memory, 0);
    }
    for (uint64_t t = done; t < T; t++) {
        /* Where it has come to rest, or to a cycle, too. */
        hebb_relaxation walk = {HEBB_RELAX_UNFINISHED, (long)t, 0};
        how.max_sweeps = (long)t + 1;
        if ((status = hebb_dense_relax_resume(&w->memory, &how, &walk)) != HEBB_OK) return status;
        values[t + 1] = hebb_dense_memory_overlap(&w->memory, 0);
        values[T + 1] = (double)walk.flips / (double)n;
        if ((status = keep(study, w, unit, t + 1, values)) != HEBB_OK) return status;
    }
    return HEBB_OK;
}

static void finish(hebb_study *study)
{
    hebb_dense_dynamics_study *own = study->own;
    if (own != NULL) {
        free(own->columns);
        free(own->names);
    }
    free(own);
    study->own = NULL;
}

const hebb_experiment hebb_dense_dynamics_experiment = {.name = "dense-dynamics",
                                                        .summary = "overlap of dense memories x^n step by step, T = 0",
                                                        .n_options = sizeof options / sizeof *options,
                                                        .options = options,
                                                        .plan = plan,
                                                        .cost = cost,
                                                        .bytes = bytes,
                                                        .workspace_size = sizeof(workspace),
                                                        .workspace_free = workspace_free,
                                                        .run = run,
                                                        .report = hebb_dense_dynamics_report,
                                                        .finish = finish};
