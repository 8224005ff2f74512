#include "phase_diagram_study.h"

#include <math.h>
#include <stdlib.h>

#include "experiment.h"
#include "kept_pattern.h"
#include "thermal_walk.h"
#include "update_options.h"

static const hebb_option options[] = {
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.02,0.05,0.08", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "loads; p = round(alpha N)"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "2000", HEBB_FROM_TO(2.0, HEBB_MAX_NEURONS), HEBB_OPTION_RESULT,
     "sizes N"},
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.1:0.8:0.025", HEBB_FROM_TO(0.0, 10.0), HEBB_OPTION_RESULT,
     "temperatures T > 0"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "1000", HEBB_FROM_TO(8.0, 1e8), HEBB_OPTION_RESULT,
     "sweeps that a pattern has to survive at T"},
    {"cooling-sweeps", 0, HEBB_OPTION_INTEGER, "N", "1000", HEBB_FROM_TO(0.0, 1e8), HEBB_OPTION_RESULT,
     "sweeps of cooling a random state to T, and of heating a pattern, for the free energies; 16 at least, or 0: none"},
    {"curve", 0, HEBB_OPTION_INTEGER, "N", "24", HEBB_FROM_TO(1.0, 10000.0), HEBB_OPTION_RESULT,
     "loads of each half of the lines in theory.csv"},
    HEBB_UPDATE_ORDER_OPTION,
};

static const hebb_column columns[] = {HEBB_LOAD_GRID_COLUMNS, {"temperature", "J", "temperature T"}};

static const hebb_column value_columns[PHASE_N_VALUES] = {
    {"m", "1", "overlap with the pattern at the start, over the last quarter of the sweeps, or when it was lost"},
    {"lost", "1", "1 where that is below half of the overlap without any load, or was below a quarter before"},
    {"sweeps", "sweeps", "until the pattern was lost, or all of them"},
    {"energy", "J", "energy per neuron from the pattern, over the second half of the sweeps"},
    {"energy_random", "J", "energy per neuron from a random state cooled to T, over as many sweeps there"},
    {"f_retrieval", "J", "free energy per neuron, by heating from the pattern"},
    {"f_random", "J", "free energy per neuron, by cooling from a random state"},
    {"found", "1", "1 where the cooled state has as large an overlap with some pattern: no glass"},
};

/* Where heating begins, and what stands for infinity where cooling does: e = -alpha/(2T) there, to a hundredth. */
static const double COLDEST = 0.02, HOTTEST = 100.0;

enum { MIN_COOLING = 16 };

/* ---- plan ---- */

static double bytes(const hebb_study *study, size_t point)
{
    return hebb_thermal_room_bytes(hebb_load_grid_neurons(study, point), hebb_load_grid_patterns(study, point));
}

static hebb_status plan(hebb_study *study)
{
    const hebb_list *temperatures = hebb_options_list(study->options, "temperature");
    const long cooling = hebb_options_integer(study->options, "cooling-sweeps");
    study->n_values = PHASE_N_VALUES;
    study->value_columns = value_columns;
    for (size_t k = 0; k < temperatures->length; k++)
        if (temperatures->values[k] == 0.0)
            return hebb_fail(HEBB_EDOM, "--temperature: 0: a network at T = 0 comes to rest where it is stuck; "
                                        "`hebb run capacity` is for T = 0");
    if (cooling != 0 && cooling < MIN_COOLING)
        return hebb_fail(HEBB_EDOM, "--cooling-sweeps: %ld: 0, or %d at least", cooling, (int)MIN_COOLING);
    const hebb_status status = hebb_load_grid_plan_with(study, columns, hebb_options_list(study->options, "alpha"),
                                                        hebb_options_list(study->options, "neurons"), 1, &temperatures);
    return status == HEBB_OK ? hebb_load_grid_check_memory(study, bytes) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    return (double)hebb_load_grid_neurons(study, point) * (double)(hebb_load_grid_patterns(study, point) + 30);
}

/* ---- one unit ---- */

static void workspace_free(void *room)
{
    if (room != NULL) hebb_thermal_room_free(room);
    free(room);
}

/* What is kept from sweep to sweep. */
enum {
    IS_LOST,
    N_SWEEPS,
    M_LAST,
    M_SUM,
    E_SUM,
    E_BEFORE,
    INTEGRAL,
    BETA_F_HEATED,
    M_HEATED,
    E_RANDOM_SUM,
    HAS_FOUND,
    N_KEPT
};

/* A unit on its way through its runs. */
typedef struct {
    hebb_hopfield *network;
    double temperature, least;
    long n_sweeps, n_cooling;
    hebb_philox state_generator;
    double kept[N_KEPT];
} walker;

/*
 * T of sweep k = 1 .. n_cooling of heating: an eighth of them at the coldest, the others in equal steps, as the energy
 * hardly depends on T where it is cold.
 */
static double heating_temperature(const walker *at, long k)
{
    const double coldest = fmin(COLDEST, at->temperature);
    const long rest = at->n_cooling / 8;
    const double part = k <= rest ? 0.0 : (double)(k - rest) / (double)(at->n_cooling - rest);
    return k == at->n_cooling ? at->temperature : coldest + part * (at->temperature - coldest);
}

/* 1/T of sweep k = 1, 2, .. of cooling: in equal steps, but none hotter than HOTTEST, until T is reached. */
static double cooling_beta(const walker *at, long k)
{
    const double beta = (double)k / (double)at->n_cooling / at->temperature;
    return k == at->n_cooling ? 1.0 / at->temperature : fmax(beta, 1.0 / HOTTEST);
}

static hebb_status begin_heating(walker *at, hebb_thermal *run)
{
    hebb_hopfield_start_at_pattern(at->network, 0);
    hebb_thermal_restart(run);
    return hebb_thermal_set_temperature(run, heating_temperature(at, 1));
}

static hebb_status begin_cooling(walker *at, hebb_thermal *run)
{
    hebb_hopfield_start_at_random(at->network, at->state_generator);
    hebb_thermal_restart(run);
    at->kept[INTEGRAL] = at->kept[E_BEFORE] = 0.0; /* at beta = 0 all states count alike, and H has the mean 0 */
    return hebb_thermal_set_temperature(run, 1.0 / cooling_beta(at, 1));
}

/* Run 1, sweep k = 1 .. n_sweeps. */
static hebb_status after_holding(walker *at, hebb_thermal *run, long k, bool *is_over)
{
    const long half = at->n_sweeps / 2, quarter = at->n_sweeps / 4;
    double *x = at->kept;
    const double m = hebb_hopfield_overlap(at->network, 0);
    x[N_SWEEPS] = (double)k;
    x[M_LAST] = m;
    if (k > half) x[E_SUM] += hebb_hopfield_energy(at->network) / (double)(at->n_sweeps - half);
    if (k > at->n_sweeps - quarter) x[M_SUM] += m / (double)quarter;
    x[IS_LOST] = m < 0.5 * at->least || (k == at->n_sweeps && x[M_SUM] < at->least);
    *is_over = x[IS_LOST] != 0.0 || (k == at->n_sweeps && at->n_cooling == 0);
    return k == at->n_sweeps && !*is_over ? begin_heating(at, run) : HEBB_OK;
}

/* Adds the step from beta_before, where the energy was E_BEFORE, to beta. */
static void integrate(walker *at, double beta_before, double beta)
{
    const double e = hebb_hopfield_energy(at->network);
    at->kept[INTEGRAL] += 0.5 * (beta - beta_before) * (at->kept[E_BEFORE] + e);
    at->kept[E_BEFORE] = e;
}

/* Run 2, sweep k = 1 .. n_cooling. */
static hebb_status after_heating(walker *at, hebb_thermal *run, long k)
{
    const double beta = 1.0 / heating_temperature(at, k);
    integrate(at, k == 1 ? beta : 1.0 / heating_temperature(at, k - 1), beta);
    if (k == at->n_cooling / 8) at->kept[INTEGRAL] = beta * at->kept[E_BEFORE];
    if (k < at->n_cooling) return hebb_thermal_set_temperature(run, heating_temperature(at, k + 1));
    at->kept[BETA_F_HEATED] = at->kept[INTEGRAL];
    at->kept[M_HEATED] = hebb_hopfield_overlap(at->network, 0);
    return begin_cooling(at, run);
}

static double largest_overlap(const hebb_hopfield *network)
{
    double largest = 0.0;
    for (size_t mu = 0; mu < network->patterns->n_patterns; mu++)
        largest = fmax(largest, fabs(hebb_hopfield_overlap(network, mu)));
    return largest;
}

/* Run 3, sweep k = 1 .. n_cooling, and then n_sweeps more at T. */
static hebb_status after_cooling(walker *at, hebb_thermal *run, long k)
{
    const long half = at->n_sweeps / 2;
    if (k <= at->n_cooling) integrate(at, k == 1 ? 0.0 : cooling_beta(at, k - 1), cooling_beta(at, k));
    if (k > at->n_cooling + half)
        at->kept[E_RANDOM_SUM] += hebb_hopfield_energy(at->network) / (double)(at->n_sweeps - half);
    if (k == at->n_cooling + at->n_sweeps) at->kept[HAS_FOUND] = largest_overlap(at->network) >= at->least;
    if (k > at->n_cooling) return HEBB_OK;
    const double next = k < at->n_cooling ? 1.0 / cooling_beta(at, k + 1) : at->temperature;
    return hebb_thermal_set_temperature(run, next);
}

static hebb_status after_sweep(void *context, hebb_thermal *run, long n_done, bool *is_over)
{
    walker *at = context;
    if (n_done <= at->n_sweeps) return after_holding(at, run, n_done, is_over);
    if (n_done <= at->n_sweeps + at->n_cooling) return after_heating(at, run, n_done - at->n_sweeps);
    return after_cooling(at, run, n_done - at->n_sweeps - at->n_cooling);
}

static void evaluate(const walker *at, double *values)
{
    const double *x = at->kept;
    const bool is_lost = x[IS_LOST] != 0.0, has_cooled = !is_lost && at->n_cooling > 0;
    values[PHASE_M] = x[N_SWEEPS] < (double)at->n_sweeps ? x[M_LAST] : x[M_SUM];
    values[PHASE_LOST] = x[IS_LOST];
    values[PHASE_SWEEPS] = x[N_SWEEPS];
    values[PHASE_ENERGY] = is_lost ? NAN : x[E_SUM];
    values[PHASE_ENERGY_RANDOM] = has_cooled ? x[E_RANDOM_SUM] : NAN;
    values[PHASE_F_RETRIEVAL] = has_cooled && x[M_HEATED] >= at->least ? at->temperature * x[BETA_F_HEATED] : NAN;
    values[PHASE_F_RANDOM] = has_cooled ? at->temperature * (x[INTEGRAL] - M_LN2) : NAN;
    values[PHASE_FOUND] = x[HAS_FOUND];
}

static hebb_status run(const hebb_study *study, void *workspace, const hebb_unit *unit, double *values)
{
    hebb_thermal_room *room = workspace;
    const size_t n = hebb_load_grid_neurons(study, unit->point), p = hebb_load_grid_patterns(study, unit->point);
    const double temperature = hebb_study_grid(study, unit->point, PHASE_GRID_TEMPERATURE);
    const uint64_t seed = hebb_study_seed(study, "dynamics-seed");
    const uint64_t where = hebb_thermal_realisation(n, p, temperature, 1.0);
    const uint32_t replica = (uint32_t)unit->replica;
    const hebb_thermal_draws draws = hebb_thermal_draws_at(seed, where, replica);
    hebb_status status = hebb_thermal_room_fit(room, n, p);
    if (status != HEBB_OK) return status;
    walker at = {.network = &room->network,
                 .temperature = temperature,
                 .least = hebb_kept_pattern_least(temperature),
                 .n_sweeps = hebb_options_integer(study->options, "sweeps"),
                 .n_cooling = hebb_options_integer(study->options, "cooling-sweeps"),
                 .state_generator = draws.state};
    const hebb_thermal_walk walk = {.rule = HEBB_HEAT_BATH,
                                    .order = hebb_update_options_order(study),
                                    .temperature = temperature,
                                    .draws = draws,
                                    .max_sweeps = at.n_cooling > 0 ? 2 * (at.n_sweeps + at.n_cooling) : at.n_sweeps,
                                    .after_sweep = after_sweep,
                                    .context = &at,
                                    .n_kept = N_KEPT,
                                    .kept = at.kept};
    hebb_patterns_draw(&room->patterns, hebb_study_seed(study, "pattern-seed"), replica);
    hebb_hopfield_start_at_pattern(&room->network, 0);
    status = hebb_thermal_walk_run(room, &walk, unit->checkpoint);
    if (status == HEBB_OK) evaluate(&at, values);
    return status;
}

const hebb_experiment hebb_phase_diagram_experiment = {
    .name = "phase-diagram",
    .summary = "until which temperature patterns stay, and where a spin glass has the lower free energy",
    .figure = "phase-diagram-measured",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = sizeof(hebb_thermal_room),
    .workspace_free = workspace_free,
    .run = run,
    .report = hebb_phase_diagram_report};
