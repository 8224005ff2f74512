#include "basins_study.h"

#include <stdlib.h>

#include "effective_spin.h"
#include "experiment.h"
#include "relax_walk.h"
#include "update_options.h"

static const hebb_option options[] = {
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "1000,2000,4000", HEBB_FROM_TO(2.0, HEBB_MAX_NEURONS),
     HEBB_OPTION_RESULT, "sizes N"},
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.02:0.12:0.02", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "loads; p = round(alpha N)"},
    {"overlap", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.02:0.6:0.02", HEBB_FROM_TO(0.0, 1.0), HEBB_OPTION_RESULT,
     "overlaps of the random initial states"},
    {"update-order", 0, HEBB_OPTION_CHOICE, "random|sequential|synchronous", "sequential", HEBB_ANY, HEBB_OPTION_RESULT,
     "order of the updates; the theory is of synchronous ones"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "10000", HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "give a run up after so many sweeps"},
    {"paths", 0, HEBB_OPTION_INTEGER, "N", "50000", HEBB_FROM_TO(0.0, 1e8), HEBB_OPTION_RESULT,
     "paths sampled for the exact edge, at least 2048; 0: no exact edge"},
};

static const hebb_column grid_columns[BASINS_N_GRID] = {
    HEBB_LOAD_GRID_COLUMNS,
    {"m0", "1", "initial overlap asked for"},
};

static const hebb_column value_columns[BASINS_N_VALUES] = {
    {"m", "1", "overlap with the pattern at the end"},
    {"m_initial", "1", "overlap with the pattern at the start: the nearest to m0 that N neurons can have"},
    {"sweeps", "1", "sweeps of N updates, the last one, without a flip, included"},
    {"energy", "J", "energy per neuron at the end"},
    {"outcome", "1", "0: fixed point, 1: cycle of two states, 2: not settled within --sweeps"},
};

static hebb_pattern_store store_for(const hebb_basins_study *own)
{
    return own->order == HEBB_ORDER_RANDOM ? HEBB_STORE_ROWS : HEBB_STORE_SLICES;
}

static double bytes(const hebb_study *study, size_t point)
{
    return hebb_relax_room_bytes(hebb_load_grid_neurons(study, point), hebb_load_grid_patterns(study, point),
                                 store_for(study->own), study->n_threads / hebb_study_workers(study));
}

static hebb_status plan(hebb_study *study)
{
    hebb_basins_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    study->n_values = BASINS_N_VALUES;
    study->value_columns = value_columns;
    own->order = hebb_update_options_order(study);
    own->max_sweeps = hebb_options_integer(study->options, "sweeps");
    own->n_paths = (size_t)hebb_options_integer(study->options, "paths");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    own->seed = hebb_study_seed(study, "seed");
    if (own->n_paths > 0 && own->n_paths < HEBB_EFFECTIVE_MIN_PATHS)
        return hebb_fail(HEBB_EDOM, "--paths: %zu are too few; at least %d, or 0 for no exact edge", own->n_paths,
                         HEBB_EFFECTIVE_MIN_PATHS);
    const hebb_list *const overlaps = hebb_options_list(study->options, "overlap");
    const hebb_status status = hebb_load_grid_plan_with(study, grid_columns, hebb_options_list(study->options, "alpha"),
                                                        hebb_options_list(study->options, "neurons"), 1, &overlaps);
    return status == HEBB_OK ? hebb_load_grid_check_memory(study, bytes) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    const double n = (double)hebb_load_grid_neurons(study, point), p = (double)hebb_load_grid_patterns(study, point);
    return n * p * 30.0;
}

/* ---- one unit ---- */

static void workspace_free(void *room)
{
    if (room != NULL) hebb_relax_room_free(room);
    free(room);
}

static hebb_status workspace_make(const hebb_study *study, int n_threads, void *room)
{
    (void)study;
    ((hebb_relax_room *)room)->n_threads = n_threads;
    return HEBB_OK;
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_basins_study *own = study->own;
    hebb_relax_room *w = room;
    const size_t n = hebb_load_grid_neurons(study, unit->point), p = hebb_load_grid_patterns(study, unit->point);
    hebb_status status = hebb_relax_room_fit(w, n, p, store_for(own), own->order);
    if (status != HEBB_OK) return status;
    const uint64_t size = hebb_patterns_address(n, p);
    const uint32_t replica = (uint32_t)unit->replica;
    hebb_patterns_draw(&w->patterns, own->pattern_seed, replica);
    hebb_hopfield_start_near_pattern(&w->network, 0, hebb_study_grid(study, unit->point, BASINS_M0),
                                     hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_STATE, size, replica));
    values[BASINS_M_INITIAL] = hebb_hopfield_overlap(&w->network, 0);
    const hebb_relax_options how = {.max_sweeps = own->max_sweeps,
                                    .generator =
                                        hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_ORDER, size, replica)};
    hebb_relaxation relaxation;
    status = hebb_relax_walk_run(w, how, unit->checkpoint, &relaxation);
    if (status != HEBB_OK) return status;
    values[BASINS_M] = hebb_hopfield_overlap(&w->network, 0);
    values[BASINS_SWEEPS] = (double)relaxation.sweeps;
    values[BASINS_ENERGY] = hebb_hopfield_energy(&w->network);
    values[BASINS_OUTCOME] = (double)relaxation.outcome;
    return HEBB_OK;
}

const hebb_experiment hebb_basins_experiment = {.name = "basins",
                                                .summary = "overlap at the end against overlap at the start, T = 0",
                                                .n_options = sizeof options / sizeof *options,
                                                .options = options,
                                                .plan = plan,
                                                .cost = cost,
                                                .bytes = bytes,
                                                .workspace_size = sizeof(hebb_relax_room),
                                                .workspace_make = workspace_make,
                                                .workspace_free = workspace_free,
                                                .run = run,
                                                .report = hebb_basins_report};
