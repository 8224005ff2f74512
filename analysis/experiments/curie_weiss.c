#include "curie_weiss_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "ferromagnet.h"
#include "grid.h"
#include "magnetisation_bins.h"
#include "series.h"
#include "thermal_walk.h"
#include "update_options.h"

static const hebb_option options[] = {
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "50,200,1000", HEBB_FROM_TO(2.0, HEBB_MAX_NEURONS),
     HEBB_OPTION_RESULT, "sizes N"},
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.2:1.6:0.1", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "temperatures"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "2000", HEBB_FROM_TO(2.0, 1e9), HEBB_OPTION_RESULT,
     "sweeps that are measured"},
    {"equilibration", 0, HEBB_OPTION_INTEGER, "N", "500", HEBB_FROM_TO(0.0, 1e9), HEBB_OPTION_RESULT,
     "sweeps before them"},
    HEBB_UPDATE_RULE_OPTION,
    HEBB_UPDATE_ORDER_OPTION,
};

static const hebb_column grid_columns[CURIE_WEISS_N_GRID] = {
    {"temperature", "J", "temperature T"},
    {"n_neurons", "1", "number of neurons N"},
};

static const hebb_column value_columns[CURIE_WEISS_N_VALUES] = {
    {"m", "1", "|m|, m the overlap with the pattern, averaged over the sweeps"},
    {"m2", "1", "m^2, averaged over the sweeps"},
    {"m4", "1", "m^4, averaged over the sweeps"},
    {"energy", "J", "energy per neuron, averaged over the sweeps"},
    {"m_signed", "1", "m, averaged over the sweeps; even replicas start at +1, odd ones at -1"},
    {"tau", "1", "integrated autocorrelation time of |m| in sweeps, 1/2 for independent ones; empty: cannot tell"},
    {"mismatches", "1", "spins, summed over all sweeps, in which network and ferromagnet differed under Mattis' map"},
};

/* ---- plan ---- */

/* What a walk keeps from sweep to sweep: these, then the histogram, |m| of every sweep, and the ferromagnet's spins. */
enum { SUM_M, SUM_M2, SUM_M4, SUM_ENERGY, SUM_M_SIGNED, MISMATCHES, N_SUMS };

static size_t kept_numbers(const hebb_curie_weiss_study *own, size_t n_neurons)
{
    return N_SUMS + CURIE_WEISS_MAX_BINS + (size_t)own->n_sweeps + hebb_thermal_kept_spins(n_neurons);
}

static size_t neurons_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, CURIE_WEISS_NEURONS);
}

/* What is kept twice, as it is packed for a checkpoint; and what the analysis of the series takes. */
static double bytes(const hebb_study *study, size_t point)
{
    const size_t n = neurons_at(study, point);
    const double kept = (double)kept_numbers(study->own, n) * sizeof(double);
    const double series = hebb_series_bytes((size_t)((const hebb_curie_weiss_study *)study->own)->n_sweeps);
    return hebb_thermal_room_bytes(n, 1) + hebb_ferromagnet_bytes(n) + 2.0 * kept + series +
           (double)n * (sizeof(double) + sizeof(int8_t));
}

static hebb_status check_memory(const hebb_study *study)
{
    size_t largest = 0;
    for (size_t k = 1; k < study->n_points; k++)
        if (neurons_at(study, k) > neurons_at(study, largest)) largest = k;
    char what[100];
    snprintf(what, sizeof what, "%zu neurons followed for %ld sweeps", neurons_at(study, largest),
             ((const hebb_curie_weiss_study *)study->own)->n_sweeps);
    return hebb_study_check_memory(study, what, bytes(study, largest));
}

static hebb_status plan(hebb_study *study)
{
    const hebb_list *axes[CURIE_WEISS_N_GRID] = {hebb_options_list(study->options, "temperature"),
                                                 hebb_options_list(study->options, "neurons")};
    hebb_curie_weiss_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    own->rule = hebb_update_options_rule(study);
    own->order = hebb_update_options_order(study);
    own->n_equilibration = hebb_options_integer(study->options, "equilibration");
    own->n_sweeps = hebb_options_integer(study->options, "sweeps");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    study->n_grid = CURIE_WEISS_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = CURIE_WEISS_N_VALUES;
    study->value_columns = value_columns;
    study->n_extra = CURIE_WEISS_MAX_BINS;
    const hebb_status status = hebb_grid_plan(study, axes, NULL, NULL);
    return status == HEBB_OK ? check_memory(study) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    return (double)neurons_at(study, point);
}

/* ---- one unit ---- */

typedef struct {
    hebb_thermal_room room;
    double *kept, *noise; /* noise: of each neuron in one sweep */
    int8_t *pattern;
    size_t n_neurons; /* that these are for */
} workspace;

static void free_arrays(workspace *w)
{
    free(w->kept);
    free(w->noise);
    free(w->pattern);
    w->kept = w->noise = NULL;
    w->pattern = NULL;
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

static hebb_status fit(const hebb_curie_weiss_study *own, workspace *w, size_t n_neurons)
{
    const hebb_status status = hebb_thermal_room_fit(&w->room, n_neurons, 1);
    if (status != HEBB_OK || w->n_neurons == n_neurons) return status;
    free_arrays(w);
    w->kept = calloc(kept_numbers(own, n_neurons), sizeof *w->kept);
    w->noise = calloc(n_neurons, sizeof *w->noise);
    w->pattern = calloc(n_neurons, sizeof *w->pattern);
    if (w->kept == NULL || w->noise == NULL || w->pattern == NULL) {
        free_arrays(w);
        return hebb_fail(HEBB_ENOMEM, "no memory to follow %zu neurons", n_neurons);
    }
    w->n_neurons = n_neurons;
    return HEBB_OK;
}

/* The two sides of the map on their way. */
typedef struct {
    const hebb_curie_weiss_study *own;
    workspace *w;
    hebb_philox noise;
    hebb_ferromagnet magnet;
    hebb_magnetisation_bins bins;
    double *histogram, *series;
    bool has_begun; /* the ferromagnet's spins are those of the last sweep */
} walk_state;

/* The network's u_i at its documented address (thermal.h), in the ferromagnet's gauge. */
static void draw_noise(const walk_state *at, uint32_t sweep)
{
    const workspace *w = at->w;
    uint32_t drawn[4] = {0};
    for (size_t i = 0; i < w->n_neurons; i++) {
        if (i % 2 == 0) hebb_philox_block(at->noise, sweep, (uint32_t)(i / 2), 0, drawn);
        const uint32_t low = drawn[i % 2 == 0 ? 0 : 2], high = drawn[i % 2 == 0 ? 1 : 3];
        const double u = (2.0 * (double)(((uint64_t)high << 32 | low) >> 12) + 1.0) * 0x1p-53;
        const bool is_turned = at->own->rule == HEBB_HEAT_BATH && w->pattern[i] < 0;
        w->noise[i] = is_turned ? 1.0 - u : u;
    }
}

static double count_mismatches(const walk_state *at, const hebb_hopfield *network)
{
    size_t n = 0;
    for (size_t i = 0; i < at->w->n_neurons; i++) n += network->spins[i] != at->w->pattern[i] * at->magnet.spins[i];
    return (double)n;
}

static void measure(const walk_state *at, const hebb_hopfield *network, long n_measured)
{
    double *sums = at->w->kept;
    const double m = hebb_hopfield_overlap(network, 0);
    sums[SUM_M] += fabs(m);
    sums[SUM_M2] += m * m;
    sums[SUM_M4] += m * m * m * m;
    sums[SUM_ENERGY] += hebb_hopfield_energy(network);
    sums[SUM_M_SIGNED] += m;
    at->histogram[hebb_magnetisation_bins_find(&at->bins, network->overlaps[0])]++;
    at->series[n_measured] = fabs(m);
}

static hebb_status after_sweep(void *context, hebb_thermal *run, long n_done, bool *is_over)
{
    (void)is_over;
    walk_state *at = context;
    const hebb_hopfield *network = &at->w->room.network;
    if (!at->has_begun) hebb_ferromagnet_restart(&at->magnet); /* the spins may be a checkpoint's */
    at->has_begun = true;
    draw_noise(at, (uint32_t)(n_done - 1));
    hebb_ferromagnet_sweep(&at->magnet, run->sweeper.turn, at->w->noise);
    at->w->kept[MISMATCHES] += count_mismatches(at, network);
    if (n_done > at->own->n_equilibration) measure(at, network, n_done - at->own->n_equilibration - 1);
    return HEBB_OK;
}

static hebb_status fill_values(const walk_state *at, double *values)
{
    static const int of[] = {[CURIE_WEISS_M] = SUM_M,
                             [CURIE_WEISS_M2] = SUM_M2,
                             [CURIE_WEISS_M4] = SUM_M4,
                             [CURIE_WEISS_ENERGY] = SUM_ENERGY,
                             [CURIE_WEISS_M_SIGNED] = SUM_M_SIGNED};
    const double n = (double)at->own->n_sweeps;
    for (size_t k = 0; k < sizeof of / sizeof *of; k++) values[k] = at->w->kept[of[k]] / n;
    values[CURIE_WEISS_MISMATCHES] = at->w->kept[MISMATCHES];
    for (size_t b = 0; b < at->bins.n_bins; b++) values[CURIE_WEISS_N_VALUES + b] = at->histogram[b] / n;
    hebb_series series;
    const hebb_status status = hebb_series_analyse((size_t)at->own->n_sweeps, at->series, &series);
    if (status != HEBB_OK) return hebb_fail(status, "the series of overlaps could not be analysed");
    values[CURIE_WEISS_TAU] = series.tau;
    return HEBB_OK;
}

/* The network at its pattern, or opposite to it; the ferromagnet all up, or all down. */
static void start(workspace *w, uint64_t pattern_seed, uint32_t replica, int8_t *sigma)
{
    const int valley = replica % 2 == 0 ? 1 : -1;
    hebb_patterns_draw(&w->room.patterns, pattern_seed, replica);
    hebb_patterns_column(&w->room.patterns, 0, w->pattern);
    memset(sigma, valley, w->n_neurons);
    for (size_t i = 0; i < w->n_neurons; i++) w->pattern[i] = (int8_t)(valley * w->pattern[i]);
    hebb_hopfield_start_at(&w->room.network, w->pattern);
    hebb_patterns_column(&w->room.patterns, 0, w->pattern);
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_curie_weiss_study *own = study->own;
    workspace *w = room;
    const size_t n = neurons_at(study, unit->point);
    const double temperature = hebb_study_grid(study, unit->point, CURIE_WEISS_TEMPERATURE);
    const uint32_t replica = (uint32_t)unit->replica;
    const hebb_thermal_draws draws =
        hebb_thermal_draws_at(own->dynamics_seed, hebb_thermal_realisation(n, 1, temperature, 0.0), replica);
    hebb_status status = fit(own, w, n);
    if (status != HEBB_OK) return status;
    memset(w->kept, 0, kept_numbers(own, n) * sizeof *w->kept);
    walk_state at = {.own = own,
                     .w = w,
                     .noise = draws.noise,
                     .bins = hebb_magnetisation_bins_make((long)n, CURIE_WEISS_MAX_BINS),
                     .histogram = w->kept + N_SUMS,
                     .series = w->kept + N_SUMS + CURIE_WEISS_MAX_BINS};
    int8_t *sigma = (int8_t *)(at.series + own->n_sweeps); /* packed, in numbers of the kept ones */
    start(w, own->pattern_seed, replica, sigma);
    status = hebb_ferromagnet_init(&at.magnet, n, sigma, own->rule, temperature);
    if (status != HEBB_OK) return status;

    const hebb_thermal_walk walk = {.rule = own->rule,
                                    .order = own->order,
                                    .temperature = temperature,
                                    .draws = draws,
                                    .max_sweeps = own->n_equilibration + own->n_sweeps,
                                    .after_sweep = after_sweep,
                                    .context = &at,
                                    .n_kept = kept_numbers(own, n),
                                    .kept = w->kept};
    status = hebb_thermal_walk_run(&w->room, &walk, unit->checkpoint);
    if (status == HEBB_OK) status = fill_values(&at, values);
    hebb_ferromagnet_free(&at.magnet);
    return status;
}

const hebb_experiment hebb_curie_weiss_experiment = {.name = "curie-weiss",
                                                     .summary = "one pattern: the ferromagnet, spin by spin",
                                                     .n_options = sizeof options / sizeof *options,
                                                     .options = options,
                                                     .plan = plan,
                                                     .cost = cost,
                                                     .bytes = bytes,
                                                     .workspace_size = sizeof(workspace),
                                                     .workspace_free = workspace_free,
                                                     .run = run,
                                                     .report = hebb_curie_weiss_report};
