#include "annealing_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annealing_exchange.h"
#include "experiment.h"
#include "grid.h"
#include "relax.h"
#include "thermal_walk.h"
#include "update_options.h"
#include "valley.h"

static const hebb_option options[] = {
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "1000", HEBB_FROM_TO(2.0, HEBB_MAX_NEURONS), HEBB_OPTION_RESULT,
     "sizes N"},
    {"patterns", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "5,10,30", HEBB_FROM_TO(1.0, HEBB_MAX_PATTERNS),
     HEBB_OPTION_RESULT, "numbers of random patterns p"},
    {"sweeps", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "0,1,2,5,10,20", HEBB_FROM_TO(0.0, 1e6), HEBB_OPTION_RESULT,
     "sweeps at each temperature; 0: a quench, T = 0 at once"},
    {"schedule", 0, HEBB_OPTION_CHOICE, "linear|geometric|adaptive|exchange", "geometric", HEBB_ANY, HEBB_OPTION_RESULT,
     "equal steps, equal factors, steps by how the energy fluctuates; or all at once, replicas exchanging "
     "temperatures"},
    {"start-temperature", 0, HEBB_OPTION_REAL, "X", "1.2", HEBB_FROM_TO(1e-6, 1e3), HEBB_OPTION_RESULT,
     "the first temperature"},
    {"end-temperature", 0, HEBB_OPTION_REAL, "X", "0.05", HEBB_FROM_TO(1e-6, 1e3), HEBB_OPTION_RESULT,
     "the last one, before relaxing at T = 0"},
    {"factor", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_FROM_TO(1e-3, 0.99999), HEBB_OPTION_RESULT,
     "of geometric cooling and of exchange, from one temperature to the next: 0.9 where not given"},
    {"step", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_FROM_TO(1e-6, 1e3), HEBB_OPTION_RESULT,
     "of linear cooling, in temperature: 0.05 where not given; of adaptive cooling, in sigma_E/T: 0.3"},
    HEBB_UPDATE_ORDER_OPTION,
};

static const hebb_column grid_columns[ANNEALING_N_GRID] = {
    {"n_neurons", "1", "number of neurons N"},
    {"n_patterns", "1", "number of patterns p"},
    {"sweeps", "1", "sweeps at each temperature; 0: a quench"},
};

static const hebb_column value_columns[ANNEALING_N_VALUES] = {
    {"mixed", "1", "patterns that the state at the end mixes: 1 a pattern, 3, 5, 7, 9 a mixture, 0 elsewhere"},
    {"distance", "1", "share of its neurons that differ from the nearest pattern or ideal mixture"},
    {"m_first", "1", "its largest overlap |m|"},
    {"m_second", "1", "the second largest; 0 for p = 1"},
    {"m_third", "1", "the third largest; 0 for p < 3"},
    {"energy", "J", "its energy per neuron"},
    {"cooling_sweeps", "1", "sweeps of N updates at all temperatures together"},
    {"relaxing_sweeps", "1", "sweeps at T = 0, the last one, without a flip, included"},
    {"swap_rate", "1", "of exchange: the lowest share of accepted swaps of two neighbouring temperatures"},
    {"round_trips", "1", "of exchange: replicas' ways from the lowest temperature to the highest and back"},
};

size_t hebb_annealing_neurons(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, ANNEALING_NEURONS);
}

size_t hebb_annealing_patterns(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, ANNEALING_PATTERNS);
}

long hebb_annealing_sweeps(const hebb_study *study, size_t point)
{
    return (long)hebb_study_grid(study, point, ANNEALING_SWEEPS);
}

/* ---- plan ---- */

/* The option that the schedule does not have must not be given; the one it has gets its default. */
static hebb_status choose_step(hebb_options *given, hebb_cooling cooling, double *step)
{
    const bool is_geometric = cooling == HEBB_COOLING_GEOMETRIC;
    const char *mine = is_geometric ? "factor" : "step";
    if (hebb_options_is_set(given, is_geometric ? "step" : "factor"))
        return hebb_fail(HEBB_EUSAGE, is_geometric ? "--step goes with --schedule linear or adaptive; use --factor"
                                                   : "--factor goes with --schedule geometric or exchange; use --step");
    if (!hebb_options_is_set(given, mine)) {
        const char *text = is_geometric ? "0.9" : cooling == HEBB_COOLING_LINEAR ? "0.05" : "0.3";
        const hebb_status status = hebb_options_set(given, mine, mine, text);
        if (status != HEBB_OK) return status;
    }
    *step = hebb_options_real(given, mine);
    return HEBB_OK;
}

/* The adaptive schedule falls by a thousandth at least. */
static double most_temperatures(const hebb_schedule *schedule)
{
    const double fall = schedule->start / schedule->end;
    const double n = schedule->cooling == HEBB_COOLING_LINEAR      ? (schedule->start - schedule->end) / schedule->step
                     : schedule->cooling == HEBB_COOLING_GEOMETRIC ? -log(fall) / log(schedule->step)
                                                                   : log(fall) / 0.001;
    return ceil(n) + 2.0;
}

static hebb_status make_schedule(hebb_study *study, hebb_annealing_study *own)
{
    const double start = hebb_options_real(study->options, "start-temperature"),
                 end = hebb_options_real(study->options, "end-temperature");
    const char *name = hebb_options_text(study->options, "schedule");
    const hebb_cooling cooling = strcmp(name, "linear") == 0     ? HEBB_COOLING_LINEAR
                                 : strcmp(name, "adaptive") == 0 ? HEBB_COOLING_ADAPTIVE
                                                                 : HEBB_COOLING_GEOMETRIC;
    double step = 0.0;
    if (end > start)
        return hebb_fail(HEBB_EDOM, "--end-temperature: %g is above --start-temperature, %g: cooling goes down", end,
                         start);
    hebb_status status = choose_step(study->options, cooling, &step);
    if (status == HEBB_OK) status = hebb_schedule_init(&own->schedule, cooling, start, end, step);
    own->most_temperatures = most_temperatures(&own->schedule);
    own->exchanges = strcmp(name, "exchange") == 0;
    if (status == HEBB_OK && own->exchanges) status = hebb_annealing_make_rungs(own);
    study->n_extra = own->exchanges ? own->n_rungs - 1 : 0;
    return status;
}

static hebb_status check_sweeps(const hebb_list *sweeps, const hebb_annealing_study *own)
{
    for (size_t k = 0; k < sweeps->length; k++) {
        if (sweeps->values[k] == 1.0 && own->schedule.cooling == HEBB_COOLING_ADAPTIVE)
            return hebb_fail(HEBB_EDOM,
                             "--sweeps: 1 with --schedule adaptive: how the energy fluctuates takes 2 or more");
        if (sweeps->values[k] * own->most_temperatures > 1e9)
            return hebb_fail(HEBB_EDOM, "--sweeps: %.0f at each of up to %.0f temperatures: more than 1e9 in all",
                             sweeps->values[k], own->most_temperatures);
    }
    return HEBB_OK;
}

static double bytes(const hebb_study *study, size_t point)
{
    const size_t n = hebb_annealing_neurons(study, point), p = hebb_annealing_patterns(study, point);
    return hebb_thermal_room_bytes(n, p) + hebb_sweeper_bytes(n, p, 1) +
           hebb_annealing_exchange_bytes(study->own, n, p);
}

static hebb_status plan(hebb_study *study)
{
    hebb_annealing_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    study->n_values = ANNEALING_N_VALUES;
    study->value_columns = value_columns;
    study->n_grid = ANNEALING_N_GRID;
    study->grid_columns = grid_columns;
    own->order = hebb_update_options_order(study);
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    const hebb_list *const axes[] = {hebb_options_list(study->options, "neurons"),
                                     hebb_options_list(study->options, "patterns"),
                                     hebb_options_list(study->options, "sweeps")};
    hebb_status status = make_schedule(study, own);
    if (status == HEBB_OK) status = check_sweeps(axes[ANNEALING_SWEEPS], own);
    if (status == HEBB_OK) status = hebb_grid_plan(study, axes, NULL, NULL);
    return status == HEBB_OK ? hebb_grid_check_memory(study, ANNEALING_NEURONS, ANNEALING_PATTERNS, bytes) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    const hebb_annealing_study *own = study->own;
    const double n_sweeps = 10.0 + (double)hebb_annealing_sweeps(study, point) * own->most_temperatures;
    return n_sweeps * (double)hebb_annealing_neurons(study, point) *
           (30.0 + (double)hebb_annealing_patterns(study, point));
}

/* ---- one unit ---- */

typedef struct {
    hebb_thermal_room room;
    hebb_sweeper sweeper; /* of the relaxation; of the room's network */
    bool is_made;
} workspace;

static void workspace_free(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    hebb_sweeper_free(&w->sweeper);
    hebb_thermal_room_free(&w->room);
    free(w);
}

static hebb_status fit(workspace *w, size_t n_neurons, size_t n_patterns, hebb_update_order order)
{
    if (w->is_made && w->room.patterns.n_neurons == n_neurons && w->room.patterns.n_patterns == n_patterns)
        return HEBB_OK;
    hebb_sweeper_free(&w->sweeper);
    w->is_made = false;
    hebb_status status = hebb_thermal_room_fit(&w->room, n_neurons, n_patterns);
    if (status == HEBB_OK) status = hebb_sweeper_init(&w->sweeper, 1, &w->room.network, order);
    w->is_made = status == HEBB_OK;
    return status;
}

/* A cooling on its way. */
typedef struct {
    const hebb_schedule *schedule;
    long n_sweeps;               /* at each temperature */
    hebb_energy_moments moments; /* at the present one; kept in a checkpoint */
    double n_done;
} cooling;

enum { N_MOMENTS = sizeof(hebb_energy_moments) / sizeof(double) };

static hebb_status cool(void *context, hebb_thermal *run, long n_done, bool *is_over)
{
    cooling *c = context;
    const hebb_hopfield *network = run->sweeper.members[0].network;
    hebb_energy_moments_add(&c->moments, (double)network->patterns->n_neurons * hebb_hopfield_energy(network));
    c->n_done = (double)n_done;
    if (n_done % c->n_sweeps != 0) return HEBB_OK;
    double temperature = run->temperature;
    *is_over = !hebb_schedule_next(c->schedule, &c->moments, &temperature);
    c->moments = (hebb_energy_moments){0};
    return hebb_thermal_set_temperature(run, temperature);
}

static hebb_status anneal(const hebb_study *study, workspace *w, const hebb_unit *unit, double *n_sweeps)
{
    const hebb_annealing_study *own = study->own;
    const size_t n = w->room.patterns.n_neurons, p = w->room.patterns.n_patterns;
    const uint32_t replica = (uint32_t)unit->replica;
    cooling state = {.schedule = &own->schedule, .n_sweeps = hebb_annealing_sweeps(study, unit->point)};
    const uint64_t realisation = hebb_thermal_realisation(n, p, own->schedule.start, (double)state.n_sweeps);
    const hebb_thermal_walk walk = {.rule = HEBB_HEAT_BATH,
                                    .order = own->order,
                                    .temperature = own->schedule.start,
                                    .draws = hebb_thermal_draws_at(own->dynamics_seed, realisation, replica),
                                    .max_sweeps = state.n_sweeps * (long)own->most_temperatures,
                                    .after_sweep = cool,
                                    .context = &state,
                                    .n_kept = N_MOMENTS,
                                    .kept = &state.moments.n};
    const hebb_status status = hebb_thermal_walk_run(&w->room, &walk, unit->checkpoint);
    *n_sweeps = state.n_done;
    return status;
}

static hebb_status relax(const hebb_annealing_study *own, workspace *w, uint32_t replica, double *n_sweeps)
{
    const uint64_t size = hebb_patterns_address(w->room.patterns.n_neurons, w->room.patterns.n_patterns);
    const hebb_relax_options how = {
        .max_sweeps = INT32_MAX, .generator = hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_ORDER, size, replica)};
    hebb_relaxation relaxation;
    const hebb_status status = hebb_relax(&w->sweeper, &how, &relaxation);
    *n_sweeps = (double)relaxation.sweeps;
    return status;
}

static void name_end(const hebb_hopfield *network, double *values)
{
    const hebb_valley valley = hebb_valley_of(network);
    values[ANNEALING_MIXED] = (double)valley.n;
    values[ANNEALING_DISTANCE] = valley.distance;
    for (int k = 0; k < 3 && k < valley.n_patterns; k++)
        values[ANNEALING_M_FIRST + k] = fabs(hebb_hopfield_overlap(network, valley.patterns[k]));
    values[ANNEALING_ENERGY] = hebb_hopfield_energy(network);
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_annealing_study *own = study->own;
    workspace *w = room;
    const size_t n = hebb_annealing_neurons(study, unit->point), p = hebb_annealing_patterns(study, unit->point);
    const uint32_t replica = (uint32_t)unit->replica;
    hebb_status status = fit(w, n, p, own->order);
    if (status != HEBB_OK) return status;
    hebb_patterns_draw(&w->room.patterns, own->pattern_seed, replica);
    hebb_hopfield_start_at_random(&w->room.network, hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_STATE,
                                                                       hebb_patterns_address(n, p), replica));
    for (size_t k = ANNEALING_SWAP_RATE; k < ANNEALING_N_VALUES + study->n_extra; k++)
        values[k] = NAN; /* there is none */
    if (hebb_annealing_sweeps(study, unit->point) > 0)
        status = own->exchanges ? hebb_annealing_exchange(study, unit, &w->room.network, values)
                                : anneal(study, w, unit, &values[ANNEALING_COOLING_SWEEPS]);
    if (status == HEBB_OK) status = relax(own, w, replica, &values[ANNEALING_RELAXING_SWEEPS]);
    if (status == HEBB_OK) name_end(&w->room.network, values);
    return status;
}

static void finish(hebb_study *study)
{
    hebb_annealing_study *own = study->own;
    if (own != NULL) free(own->rungs);
    free(own);
    study->own = NULL;
}

const hebb_experiment hebb_annealing_experiment = {.name = "annealing",
                                                   .summary = "where cooling from a random state ends",
                                                   .n_options = sizeof options / sizeof *options,
                                                   .options = options,
                                                   .plan = plan,
                                                   .cost = cost,
                                                   .bytes = bytes,
                                                   .workspace_size = sizeof(workspace),
                                                   .workspace_free = workspace_free,
                                                   .run = run,
                                                   .report = hebb_annealing_report,
                                                   .finish = finish};
