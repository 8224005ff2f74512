#include "dynamics_study.h"

#include <stdlib.h>

#include "effective_spin.h"
#include "experiment.h"
#include "relax_walk.h"

static const hebb_option options[] = {
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "5000", HEBB_FROM_TO(2.0, HEBB_MAX_NEURONS), HEBB_OPTION_RESULT,
     "sizes N"},
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.08,0.2", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "loads; p = round(alpha N)"},
    {"overlap", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.2,0.5", HEBB_FROM_TO(0.0, 1.0), HEBB_OPTION_RESULT,
     "overlaps of the random initial states"},
    {"steps", 0, HEBB_OPTION_INTEGER, "N", "10", HEBB_FROM_TO(1.0, HEBB_EFFECTIVE_MAX_STEPS), HEBB_OPTION_RESULT,
     "how many synchronous updates to follow"},
    {"paths", 0, HEBB_OPTION_INTEGER, "N", "200000", HEBB_FROM_TO(0.0, 1e8), HEBB_OPTION_RESULT,
     "paths sampled for the theory after step 2, at least 2048; 0: no theory there"},
};

static const hebb_column grid_columns[DYNAMICS_N_GRID] = {
    HEBB_LOAD_GRID_COLUMNS,
    {"m0", "1", "initial overlap asked for"},
};

double hebb_dynamics_start(const hebb_study *study, size_t point)
{
    return hebb_hopfield_nearest_overlap(hebb_load_grid_neurons(study, point),
                                         hebb_study_grid(study, point, DYNAMICS_M0));
}

static double bytes(const hebb_study *study, size_t point)
{
    const size_t n = hebb_load_grid_neurons(study, point), p = hebb_load_grid_patterns(study, point);
    return hebb_relax_room_bytes(n, p, HEBB_STORE_SLICES, study->n_threads / hebb_study_workers(study)) +
           hebb_field_tables_bytes(p) + (double)n;
}

static hebb_status name_columns(hebb_dynamics_study *own)
{
    const size_t n = 2 * own->n_steps + 1;
    own->columns = calloc(n, sizeof *own->columns);
    own->names = calloc(n, sizeof *own->names);
    if (own->columns == NULL || own->names == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu columns", n);
    for (size_t k = 0; k < n; k++) {
        const bool is_overlap = k <= own->n_steps;
        snprintf(own->names[k], sizeof own->names[k], is_overlap ? "m_%zu" : "sigma2_%zu",
                 is_overlap ? k : k - own->n_steps - 1);
        own->columns[k] = (hebb_column){own->names[k], "1",
                                        is_overlap ? "overlap with the pattern after so many updates"
                                                   : "variance over the neurons of the field that the next one reads"};
    }
    return HEBB_OK;
}

static hebb_status plan(hebb_study *study)
{
    hebb_dynamics_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    own->n_steps = (size_t)hebb_options_integer(study->options, "steps");
    own->n_paths = (size_t)hebb_options_integer(study->options, "paths");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    if (own->n_paths > 0 && own->n_paths < HEBB_EFFECTIVE_MIN_PATHS)
        return hebb_fail(HEBB_EDOM, "--paths: %zu are too few; at least %d, or 0 for no theory after step 2",
                         own->n_paths, HEBB_EFFECTIVE_MIN_PATHS);
    hebb_status status = name_columns(own);
    if (status != HEBB_OK) return status;
    study->n_values = 2 * own->n_steps + 1;
    study->value_columns = own->columns;
    const hebb_list *const overlaps = hebb_options_list(study->options, "overlap");
    status = hebb_load_grid_plan_with(study, grid_columns, hebb_options_list(study->options, "alpha"),
                                      hebb_options_list(study->options, "neurons"), 1, &overlaps);
    return status == HEBB_OK ? hebb_load_grid_check_memory(study, bytes) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    const hebb_dynamics_study *own = study->own;
    return (double)hebb_load_grid_neurons(study, point) * (double)hebb_load_grid_patterns(study, point) *
           (10.0 + (double)own->n_steps);
}

/* ---- one unit ---- */

/* A thread's network; kept from unit to unit while the size is the same. */
typedef struct {
    hebb_relax_room room;
    hebb_field_tables tables;
    int8_t *pattern; /* the signs xi_i; NULL: the tables are to be made */
} workspace;

static void workspace_free(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    hebb_relax_room_free(&w->room);
    hebb_field_tables_free(&w->tables);
    free(w->pattern);
    free(w);
}

static hebb_status workspace_make(const hebb_study *study, int n_threads, void *room)
{
    (void)study;
    ((workspace *)room)->room.n_threads = n_threads;
    return HEBB_OK;
}

static hebb_status fit(workspace *w, size_t n_neurons, size_t n_patterns)
{
    const hebb_patterns *patterns = &w->room.patterns;
    if (w->pattern != NULL && patterns->n_neurons == n_neurons && patterns->n_patterns == n_patterns) return HEBB_OK;
    hebb_field_tables_free(&w->tables);
    free(w->pattern);
    w->pattern = NULL;
    hebb_status status =
        hebb_relax_room_fit(&w->room, n_neurons, n_patterns, HEBB_STORE_SLICES, HEBB_ORDER_SYNCHRONOUS);
    if (status == HEBB_OK) status = hebb_field_tables_init(&w->tables, patterns->kernel, n_patterns);
    if (status != HEBB_OK) return status;
    w->pattern = malloc(n_neurons);
    return w->pattern != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for a pattern of %zu neurons", n_neurons);
}

/* The variance of xi_i h_i over the neurons: both sums are of whole numbers in doubles, in the neurons' order. */
static double variance_of_fields(workspace *w)
{
    const size_t n = w->room.patterns.n_neurons;
    const int64_t p = (int64_t)w->room.patterns.n_patterns;
    double sum = 0.0, squares = 0.0;
    hebb_field_tables_set(&w->tables, w->room.network.overlaps);
    for (size_t first = 0; first < n; first += HEBB_BLOCK) {
        int64_t fields[HEBB_BLOCK];
        const size_t size = hebb_patterns_block_size(&w->room.patterns, first);
        hebb_hopfield_block_fields(&w->room.network, &w->tables, first, size, fields);
        for (size_t k = 0; k < size; k++) {
            const double field = (double)(fields[k] - p * w->room.network.spins[first + k]); /* N h_i */
            sum += w->pattern[first + k] * field;
            squares += field * field;
        }
    }
    const double scale = (double)n, mean = sum / scale / scale;
    return squares / scale / scale / scale - mean * mean;
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_dynamics_study *own = study->own;
    workspace *w = room;
    const size_t n = hebb_load_grid_neurons(study, unit->point), p = hebb_load_grid_patterns(study, unit->point);
    const hebb_status status = fit(w, n, p);
    if (status != HEBB_OK) return status;
    const uint64_t size = hebb_patterns_address(n, p);
    hebb_patterns_draw(&w->room.patterns, own->pattern_seed, (uint32_t)unit->replica);
    hebb_patterns_column(&w->room.patterns, 0, w->pattern);
    hebb_hopfield_start_near_pattern(
        &w->room.network, 0, hebb_study_grid(study, unit->point, DYNAMICS_M0),
        hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_STATE, size, (uint32_t)unit->replica));
    hebb_sweeper_restart(&w->room.sweeper);
    values[0] = hebb_hopfield_overlap(&w->room.network, 0);
    for (size_t t = 0; t < own->n_steps; t++) {
        values[own->n_steps + 1 + t] = variance_of_fields(w);
        hebb_sweeper_run(&w->room.sweeper, (uint32_t)t);
        values[t + 1] = hebb_hopfield_overlap(&w->room.network, 0);
    }
    return HEBB_OK;
}

static void finish(hebb_study *study)
{
    hebb_dynamics_study *own = study->own;
    if (own != NULL) {
        free(own->columns);
        free(own->names);
    }
    free(own);
    study->own = NULL;
}

const hebb_experiment hebb_dynamics_experiment = {.name = "dynamics",
                                                  .summary = "overlap and noise step by step, synchronous, T = 0",
                                                  .n_options = sizeof options / sizeof *options,
                                                  .options = options,
                                                  .plan = plan,
                                                  .cost = cost,
                                                  .bytes = bytes,
                                                  .workspace_size = sizeof(workspace),
                                                  .workspace_make = workspace_make,
                                                  .workspace_free = workspace_free,
                                                  .run = run,
                                                  .report = hebb_dynamics_report,
                                                  .finish = finish};
