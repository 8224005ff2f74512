#include "energy_descent_study.h"

#include <math.h>
#include <stdlib.h>

#include "experiment.h"
#include "grid.h"
#include "relax.h"
#include "update_options.h"
#include "valley.h"

static const hebb_option options[] = {
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "1000", HEBB_FROM_TO(2.0, 1e6), HEBB_OPTION_RESULT, "sizes N"},
    {"patterns", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "5", HEBB_FROM_TO(1.0, 1e5), HEBB_OPTION_RESULT,
     "numbers of random patterns p"},
    {"order", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "0,1,3,5", HEBB_FROM_TO(0.0, 9.0), HEBB_OPTION_RESULT,
     "starts: 0 a random state, 1 near a pattern, n near a mixture of n patterns"},
    {"overlap", 0, HEBB_OPTION_REAL, "X", "0.8", HEBB_FROM_TO(-1.0, 1.0), HEBB_OPTION_RESULT,
     "of a start with its pattern or ideal mixture"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "4", HEBB_FROM_TO(1.0, 1e4), HEBB_OPTION_RESULT,
     "sweeps whose energies are written; runs go on until nothing moves"},
    {"resolution", 0, HEBB_OPTION_INTEGER, "N", "32", HEBB_FROM_TO(2.0, 1e4), HEBB_OPTION_RESULT,
     "energies a sweep; even"},
    {"shown", 0, HEBB_OPTION_INTEGER, "N", "4", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT,
     "replicas of each start whose energies are written"},
    HEBB_UPDATE_ORDER_OPTION,
};

static const hebb_column grid_columns[DESCENT_N_GRID] = {
    {"n_neurons", "1", "number of neurons N"},
    {"n_patterns", "1", "number of patterns p"},
    {"order", "1", "the start: 0 a random state, 1 near a pattern, n near a mixture of n patterns"},
};

static const hebb_column value_columns[DESCENT_N_VALUES] = {
    {"mixed", "1", "patterns that the state at the end mixes: 1 a pattern, 3, 5, 7, 9 a mixture, 0 elsewhere"},
    {"pattern", "1", "the pattern of its largest overlap, from 1; negative where that is"},
    {"distance", "1", "share of its neurons that differ from the nearest pattern or ideal mixture"},
    {"energy_initial", "J", "energy per neuron at the start"},
    {"energy", "J", "energy per neuron at the end"},
    {"flips", "1", "spins flipped on the way"},
    {"rises", "1", "flips that did not lower the energy"},
    {"relaxing_sweeps", "1", "sweeps of N updates, the last one, without a flip, included"},
};

size_t hebb_energy_descent_neurons(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, DESCENT_NEURONS);
}

size_t hebb_energy_descent_patterns(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, DESCENT_PATTERNS);
}

size_t hebb_energy_descent_order(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, DESCENT_ORDER);
}

/* ---- plan ---- */

static hebb_status check_order(void *context, double *row)
{
    (void)context;
    if (row[DESCENT_ORDER] <= row[DESCENT_PATTERNS]) return HEBB_OK;
    return hebb_fail(HEBB_EDOM, "--order: a mixture of %.0f patterns, and --patterns has %.0f", row[DESCENT_ORDER],
                     row[DESCENT_PATTERNS]);
}

/* Network, relaxation, and what the energies are computed from. */
static double bytes(const hebb_study *study, size_t point)
{
    const size_t n = hebb_energy_descent_neurons(study, point), p = hebb_energy_descent_patterns(study, point);
    return hebb_patterns_bytes(n, p, HEBB_STORE_SLICES) + hebb_hopfield_bytes(n, p) + hebb_sweeper_bytes(n, p, 1) +
           (double)n * sizeof(uint32_t) + (double)p * sizeof(int64_t);
}

static hebb_status plan(hebb_study *study)
{
    hebb_energy_descent_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    own->order = hebb_update_options_order(study);
    own->overlap = hebb_options_real(study->options, "overlap");
    own->resolution = (size_t)hebb_options_integer(study->options, "resolution");
    own->n_times = own->resolution * (size_t)hebb_options_integer(study->options, "sweeps") + 1;
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    if (own->resolution % 2 != 0)
        return hebb_fail(HEBB_EDOM, "--resolution: %zu is odd: half a sweep must be one of the times", own->resolution);
    study->n_values = DESCENT_N_VALUES;
    study->value_columns = value_columns;
    study->n_extra = own->n_times;
    study->n_grid = DESCENT_N_GRID;
    study->grid_columns = grid_columns;
    const hebb_list *const axes[] = {hebb_options_list(study->options, "neurons"),
                                     hebb_options_list(study->options, "patterns"),
                                     hebb_options_list(study->options, "order")};
    const hebb_status status = hebb_grid_plan(study, axes, check_order, NULL);
    return status == HEBB_OK ? hebb_grid_check_memory(study, DESCENT_NEURONS, DESCENT_PATTERNS, bytes) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    return (double)hebb_energy_descent_neurons(study, point) *
           (30.0 + (double)hebb_energy_descent_patterns(study, point));
}

/* ---- energies ---- */

/* A thread's network, and what follows its energy. */
typedef struct {
    hebb_patterns patterns;
    hebb_hopfield network;
    hebb_sweeper sweeper;
    bool is_made;
    uint32_t *places;  /* random order: where in the sweep a neuron comes */
    int64_t *overlaps; /* M^mu, flip by flip */

    long sweep, placed_sweep; /* the present one; the one that places are of */
    int64_t energy;           /* 2 N H */
    double n_flips, n_rises;
    size_t resolution, n_times, n_known; /* times whose energies are known */
    double *energies;
} workspace;

static double per_neuron(const workspace *w, int64_t energy)
{
    const double n = (double)w->patterns.n_neurons;
    return (double)energy / (2.0 * n * n);
}

/* Times k/resolution before `updates` updates, which begin a new energy. */
static void know_energies(workspace *w, uint64_t updates)
{
    const uint64_t n = w->patterns.n_neurons;
    while (w->n_known < w->n_times && w->n_known * n < updates * w->resolution)
        w->energies[w->n_known++] = per_neuron(w, w->energy);
}

/* Updates of the sweep up to this neuron's, and it. */
static uint64_t updates_until(workspace *w, size_t neuron)
{
    const size_t n = w->patterns.n_neurons;
    if (w->sweeper.order == HEBB_ORDER_SEQUENTIAL) return neuron + 1;
    if (w->placed_sweep != w->sweep)
        for (size_t k = 0; k < n; k++) w->places[w->sweeper.turn[k]] = (uint32_t)k;
    w->placed_sweep = w->sweep;
    return (uint64_t)w->places[neuron] + 1;
}

/* 2 N H = p N - sum (M^mu)^2, and M^mu grows by 2 s xi^mu where a spin becomes s. */
static void follow_flip(void *context, const hebb_hopfield *network, size_t neuron)
{
    workspace *w = context;
    int64_t change = 0;
    know_energies(w, (uint64_t)w->sweep * w->patterns.n_neurons + updates_until(w, neuron));
    for (size_t mu = 0; mu < w->patterns.n_patterns; mu++) {
        const int64_t step = 2 * network->spins[neuron] * hebb_patterns_get(&w->patterns, neuron, mu);
        change -= step * (2 * w->overlaps[mu] + step);
        w->overlaps[mu] += step;
    }
    w->energy += change;
    w->n_flips += 1.0;
    w->n_rises += change >= 0;
}

static hebb_status next_sweep(void *context, const hebb_sweeper *sweeper, const hebb_relaxation *results)
{
    (void)sweeper;
    (void)results;
    workspace *w = context;
    w->sweep++;
    return HEBB_OK;
}

/* ---- one unit ---- */

static void empty(workspace *w)
{
    hebb_sweeper_free(&w->sweeper);
    free(w->places);
    free(w->overlaps);
    w->places = NULL;
    w->overlaps = NULL;
    w->is_made = false;
}

static void workspace_free(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    empty(w);
    hebb_hopfield_free(&w->network);
    hebb_patterns_free(&w->patterns);
    free(w);
}

static hebb_status fit(workspace *w, size_t n_neurons, size_t n_patterns, hebb_update_order order)
{
    if (w->is_made && w->patterns.n_neurons == n_neurons && w->patterns.n_patterns == n_patterns) return HEBB_OK;
    empty(w);
    hebb_status status = hebb_hopfield_fit(&w->patterns, &w->network, n_neurons, n_patterns, HEBB_STORE_SLICES);
    if (status == HEBB_OK) status = hebb_sweeper_init(&w->sweeper, 1, &w->network, order);
    if (status != HEBB_OK) return status;
    w->places = calloc(n_neurons, sizeof *w->places);
    w->overlaps = calloc(n_patterns, sizeof *w->overlaps);
    w->is_made = w->places != NULL && w->overlaps != NULL;
    return w->is_made ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for a network's energies");
}

static void start(const hebb_energy_descent_study *own, workspace *w, size_t order, hebb_philox generator)
{
    if (order == 0) {
        hebb_hopfield_start_at_random(&w->network, generator);
    } else {
        hebb_stream stream;
        hebb_stream_init(&stream, generator, 1, 0); /* 0 is the mixture's, for ties */
        hebb_hopfield_start_at_mixture(&w->network, order, generator);
        hebb_hopfield_turn_over(&w->network, (size_t)lround((double)w->patterns.n_neurons * (1.0 - own->overlap) / 2.0),
                                &stream);
    }
    for (size_t mu = 0; mu < w->patterns.n_patterns; mu++) w->overlaps[mu] = w->network.overlaps[mu];
    w->energy = hebb_hopfield_energy_sum(&w->network);
    w->sweep = 0;
    w->placed_sweep = -1;
    w->n_flips = w->n_rises = 0.0;
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_energy_descent_study *own = study->own;
    workspace *w = room;
    const size_t n = hebb_energy_descent_neurons(study, unit->point),
                 p = hebb_energy_descent_patterns(study, unit->point);
    const uint32_t replica = (uint32_t)unit->replica;
    const uint64_t size = hebb_patterns_address(n, p);
    hebb_relaxation relaxation;
    hebb_status status = fit(w, n, p, own->order);
    if (status != HEBB_OK) return status;
    hebb_patterns_draw(&w->patterns, own->pattern_seed, replica);
    start(own, w, hebb_energy_descent_order(study, unit->point),
          hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_STATE, size, replica));
    w->resolution = own->resolution;
    w->n_times = own->n_times;
    w->n_known = 0;
    w->energies = values + DESCENT_N_VALUES;
    values[DESCENT_INITIAL] = per_neuron(w, w->energy);
    const hebb_relax_options how = {.max_sweeps = INT32_MAX,
                                    .generator = hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_ORDER, size, replica),
                                    .on_flip = follow_flip,
                                    .after_sweep = next_sweep,
                                    .context = w};
    status = hebb_relax(&w->sweeper, &how, &relaxation);
    if (status != HEBB_OK) return status;
    if (w->energy != hebb_hopfield_energy_sum(&w->network) || w->n_flips != (double)relaxation.flips)
        return hebb_fail(HEBB_EINTERNAL, "the energy of a relaxation is not the sum of its flips'");
    know_energies(w, UINT64_MAX / w->resolution);
    const hebb_valley valley = hebb_valley_of(&w->network);
    values[DESCENT_MIXED] = (double)valley.n;
    values[DESCENT_PATTERN] = (double)valley.signs[0] * (double)(valley.patterns[0] + 1);
    values[DESCENT_DISTANCE] = valley.distance;
    values[DESCENT_ENERGY] = per_neuron(w, w->energy);
    values[DESCENT_FLIPS] = w->n_flips;
    values[DESCENT_RISES] = w->n_rises;
    values[DESCENT_SWEEPS] = (double)relaxation.sweeps;
    return HEBB_OK;
}

const hebb_experiment hebb_energy_descent_experiment = {.name = "energy-descent",
                                                        .summary = "energy against time at T = 0",
                                                        .n_options = sizeof options / sizeof *options,
                                                        .options = options,
                                                        .plan = plan,
                                                        .cost = cost,
                                                        .bytes = bytes,
                                                        .workspace_size = sizeof(workspace),
                                                        .workspace_free = workspace_free,
                                                        .run = run,
                                                        .report = hebb_energy_descent_report};
