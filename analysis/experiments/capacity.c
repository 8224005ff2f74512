#include "capacity_study.h"

#include <stdlib.h>

#include "experiment.h"
#include "load_grid.h"
#include "memory.h"
#include "relax_walk.h"
#include "update_options.h"

static const hebb_option options[] = {
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "500,1000,2000,5000", HEBB_FROM_TO(1.0, HEBB_MAX_NEURONS),
     HEBB_OPTION_RESULT, "sizes N"},
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.02:0.12:0.02,0.125:0.18:0.0025,0.185:0.2:0.005", HEBB_ABOVE(0.0),
     HEBB_OPTION_RESULT, "loads; p = round(alpha N)"},
    {"update-order", 0, HEBB_OPTION_CHOICE, "random|sequential|synchronous", "sequential", HEBB_ANY, HEBB_OPTION_RESULT,
     "order of the updates"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "10000", HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "give a run up after so many sweeps"},
    {"patterns-file", 0, HEBB_OPTION_TEXT, "FILE", NULL, HEBB_ANY, 0,
     "patterns of your own, one a row: .csv, .npy, .idx or .idx.gz; N is their length"},
    {"threshold", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "pixels of the file above X are +1, the others -1"},
};

static const hebb_column value_columns[CAPACITY_N_VALUES] = {
    {"m", "1", "overlap with the pattern at the end"},
    {"m_initial", "1", "overlap with the pattern at the start"},
    {"sweeps", "1", "sweeps of N updates, the last one, without a flip, included"},
    {"flips", "1", "spins flipped on the way"},
    {"energy", "J", "energy per neuron at the end"},
    {"outcome", "1", "0: fixed point, 1: cycle of two states, 2: not settled within --sweeps"},
};

static hebb_status open_file(hebb_study *study, hebb_capacity_study *own, const char *path)
{
    const double threshold =
        hebb_options_is_set(study->options, "threshold") ? hebb_options_real(study->options, "threshold") : 0.0;
    const hebb_status status =
        hebb_pattern_file_read(path, hebb_options_is_set(study->options, "threshold") ? &threshold : NULL, &own->file);
    if (status != HEBB_OK) return status;
    own->from_file = true;
    const hebb_list *neurons = hebb_options_list(study->options, "neurons");
    if (hebb_options_is_given(study->options, "neurons") &&
        (neurons->length != 1 || neurons->values[0] != (double)own->file.n_neurons))
        return hebb_fail(HEBB_EUSAGE, "--neurons: the patterns of %s have %zu; leave the option out", path,
                         own->file.n_neurons);
    char n_text[32];
    snprintf(n_text, sizeof n_text, "%zu", own->file.n_neurons);
    const hebb_status set = hebb_options_set(study->options, "--neurons", "neurons", n_text);
    if (set != HEBB_OK) return set;
    return hebb_provenance_add(&study->notes, "patterns", "%zu of %zu signs, CRC-32 %08x", own->file.n_patterns,
                               own->file.n_neurons, own->file.checksum);
}

/* How patterns are best stored for the order of the updates, or not at all where all threads' do not fit. */
static hebb_pattern_store store_at(const hebb_study *study, size_t point)
{
    const hebb_capacity_study *own = study->own;
    const size_t n = hebb_load_grid_neurons(study, point), p = hebb_load_grid_patterns(study, point);
    const hebb_pattern_store store = own->order == HEBB_ORDER_RANDOM ? HEBB_STORE_ROWS : HEBB_STORE_SLICES;
    const bool fits = hebb_relax_room_bytes(n, p, store, 1) * hebb_study_workers(study) <= own->memory;
    return fits || own->from_file ? store : HEBB_STORE_NOTHING;
}

static double bytes(const hebb_study *study, size_t point)
{
    return hebb_relax_room_bytes(hebb_load_grid_neurons(study, point), hebb_load_grid_patterns(study, point),
                                 store_at(study, point), study->n_threads / hebb_study_workers(study));
}

static void say_what_is_drawn_again(const hebb_study *study)
{
    for (size_t k = 0; k < study->n_points; k++) {
        const size_t n = hebb_load_grid_neurons(study, k), p = hebb_load_grid_patterns(study, k);
        char text[HEBB_MEMORY_LENGTH];
        if (store_at(study, k) != HEBB_STORE_NOTHING) continue;
        hebb_study_say(
            study,
            "capacity: %zu patterns of %zu neurons, %s in all, do not fit: they are drawn again from the "
            "counter at each reading",
            p, n,
            hebb_memory_format(hebb_relax_room_bytes(n, p, HEBB_STORE_SLICES, 1) * hebb_study_workers(study), text));
    }
}

static hebb_status plan(hebb_study *study)
{
    hebb_capacity_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    study->n_values = CAPACITY_N_VALUES;
    study->value_columns = value_columns;
    own->order = hebb_update_options_order(study);
    own->max_sweeps = hebb_options_integer(study->options, "sweeps");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    const char *path = hebb_options_text(study->options, "patterns-file");
    if (path == NULL && hebb_options_is_set(study->options, "threshold"))
        return hebb_fail(HEBB_EUSAGE, "--threshold goes with --patterns-file");
    hebb_status status = path != NULL ? open_file(study, own, path) : HEBB_OK;
    if (status == HEBB_OK)
        status = hebb_load_grid_plan(study, hebb_options_list(study->options, "alpha"),
                                     hebb_options_list(study->options, "neurons"),
                                     own->from_file ? own->file.n_patterns : HEBB_MAX_PATTERNS);
    own->memory = (double)hebb_memory_available();
    if (status == HEBB_OK) status = hebb_load_grid_check_memory(study, bytes);
    if (status == HEBB_OK) say_what_is_drawn_again(study);
    return status;
}

static double cost(const hebb_study *study, size_t point)
{
    const double n = (double)hebb_load_grid_neurons(study, point), load = hebb_load_grid_load(study, point);
    /* A run that loses its pattern takes some five times as many sweeps. */
    return n * n * load * (load > 0.145 ? 30.0 : 6.0);
}

/* ---- one unit ---- */

/* A thread's network, and room for the choice of a file's patterns. */
typedef struct {
    hebb_relax_room room;
    uint32_t *indices;
} workspace;

static void workspace_free(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    hebb_relax_room_free(&w->room);
    free(w->indices);
    free(w);
}

static hebb_status workspace_make(const hebb_study *study, int n_threads, void *room)
{
    const hebb_capacity_study *own = study->own;
    workspace *w = room;
    w->room.n_threads = n_threads;
    if (!own->from_file) return HEBB_OK;
    w->indices = calloc(own->file.n_patterns, sizeof *w->indices);
    return w->indices != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for a thread");
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_capacity_study *own = study->own;
    workspace *w = room;
    const size_t n = hebb_load_grid_neurons(study, unit->point);
    const size_t p = hebb_load_grid_patterns(study, unit->point);
    hebb_status status = hebb_relax_room_fit(&w->room, n, p, store_at(study, unit->point), own->order);
    if (status != HEBB_OK) return status;
    if (own->from_file)
        hebb_pattern_file_choose(&own->file, own->pattern_seed, (uint32_t)unit->replica, w->indices, &w->room.patterns);
    else
        hebb_patterns_draw(&w->room.patterns, own->pattern_seed, (uint32_t)unit->replica);

    const uint64_t size = hebb_patterns_address(n, p);
    const hebb_relax_options how = {
        .max_sweeps = own->max_sweeps,
        .generator = hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_ORDER, size, (uint32_t)unit->replica)};
    hebb_hopfield_start_at_pattern(&w->room.network, 0);
    values[CAPACITY_M_INITIAL] = hebb_hopfield_overlap(&w->room.network, 0);
    hebb_relaxation relaxation;
    status = hebb_relax_walk_run(&w->room, how, unit->checkpoint, &relaxation);
    if (status != HEBB_OK) return status;
    values[CAPACITY_M] = hebb_hopfield_overlap(&w->room.network, 0);
    values[CAPACITY_SWEEPS] = (double)relaxation.sweeps;
    values[CAPACITY_FLIPS] = (double)relaxation.flips;
    values[CAPACITY_ENERGY] = hebb_hopfield_energy(&w->room.network);
    values[CAPACITY_OUTCOME] = (double)relaxation.outcome;
    return HEBB_OK;
}

static void finish(hebb_study *study)
{
    hebb_capacity_study *own = study->own;
    if (own != NULL) hebb_pattern_file_free(&own->file);
    free(own);
    study->own = NULL;
}

const hebb_experiment hebb_capacity_experiment = {.name = "capacity",
                                                  .summary = "overlap against load at T = 0, from a stored pattern",
                                                  .n_options = sizeof options / sizeof *options,
                                                  .options = options,
                                                  .plan = plan,
                                                  .cost = cost,
                                                  .bytes = bytes,
                                                  .workspace_size = sizeof(workspace),
                                                  .workspace_make = workspace_make,
                                                  .workspace_free = workspace_free,
                                                  .run = run,
                                                  .report = hebb_capacity_report,
                                                  .finish = finish};
