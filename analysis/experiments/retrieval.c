#include "retrieval_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "kept_pattern.h"
#include "series.h"
#include "thermal_walk.h"
#include "update_options.h"

static const hebb_option options[] = {
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.02,0.05,0.1", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "loads; p = round(alpha N)"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "2000", HEBB_FROM_TO(2.0, HEBB_MAX_NEURONS), HEBB_OPTION_RESULT,
     "sizes N"},
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.1:0.6:0.1", HEBB_FROM_TO(0.0, 10.0), HEBB_OPTION_RESULT,
     "temperatures T > 0"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "1000", HEBB_FROM_TO(8.0, 1e7), HEBB_OPTION_RESULT,
     "sweeps over which each of a replica's two runs is averaged"},
    {"equilibration", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 1e7), HEBB_OPTION_RESULT,
     "sweeps before these; half as many where it is not given"},
    {"second-start", 0, HEBB_OPTION_REAL, "M", "0.9", HEBB_FROM_TO(-1.0, 1.0), HEBB_OPTION_RESULT,
     "overlap at which the second run starts; the first starts at the pattern"},
    HEBB_UPDATE_ORDER_OPTION,
};

static const hebb_column columns[] = {HEBB_LOAD_GRID_COLUMNS, {"temperature", "J", "temperature T"}};

static const hebb_column value_columns[RETRIEVAL_N_VALUES] = {
    {"m", "1", "overlap with the pattern, mean of both runs"},
    {"q", "1", "Edwards-Anderson overlap: product of the two runs' mean spins, mean over the neurons"},
    {"energy", "J", "energy per neuron, mean of both runs"},
    {"r", "1", "noise of the other patterns: N/(p-1) times the sum of the products of the runs' mean overlaps"},
    {"tau", "sweeps", "integrated autocorrelation time of m, mean of both runs"},
    {"m_first", "1", "overlap in the run from the pattern"},
    {"m_second", "1", "overlap in the run from --second-start"},
    {"drift", "1", "m in the second half of the sweeps less m in the first, mean of both runs"},
    {"m_series_err", "1", "error of m from the autocorrelation of both runs: thermal noise alone"},
    {"lost", "1", "1 where a run's last quarter is, on average, below half of the overlap without any load"},
};

/* ---- plan ---- */

static long integer_option(const hebb_study *study, const char *name)
{
    return hebb_options_integer(study->options, name);
}

/* What a walk keeps: the series of m and sums over the sweeps, each of the first run and then of the second. */
static size_t kept_numbers(const hebb_study *study, size_t point)
{
    return 2 * ((size_t)integer_option(study, "sweeps") + hebb_load_grid_neurons(study, point) +
                hebb_load_grid_patterns(study, point) + 1);
}

static double bytes(const hebb_study *study, size_t point)
{
    return hebb_thermal_room_bytes(hebb_load_grid_neurons(study, point), hebb_load_grid_patterns(study, point)) +
           2.0 * sizeof(double) * (double)kept_numbers(study, point) + /* a checkpoint holds them again */
           hebb_series_bytes((size_t)integer_option(study, "sweeps"));
}

static hebb_status refuse_zero(const hebb_list *temperatures)
{
    for (size_t k = 0; k < temperatures->length; k++)
        if (temperatures->values[k] == 0.0)
            return hebb_fail(HEBB_EDOM, "--temperature: 0: a network at T = 0 comes to rest and has no averages; "
                                        "`hebb run capacity` is for T = 0");
    return HEBB_OK;
}

static hebb_status plan(hebb_study *study)
{
    const hebb_list *temperatures = hebb_options_list(study->options, "temperature");
    hebb_status status = refuse_zero(temperatures);
    if (status != HEBB_OK) return status;
    study->n_values = RETRIEVAL_N_VALUES;
    study->value_columns = value_columns;
    if (!hebb_options_is_set(study->options, "equilibration")) {
        char text[24];
        snprintf(text, sizeof text, "%ld", integer_option(study, "sweeps") / 2);
        status = hebb_options_set(study->options, "--equilibration", "equilibration", text);
    }
    if (status == HEBB_OK)
        status = hebb_load_grid_plan_with(study, columns, hebb_options_list(study->options, "alpha"),
                                          hebb_options_list(study->options, "neurons"), 1, &temperatures);
    return status == HEBB_OK ? hebb_load_grid_check_memory(study, bytes) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    return (double)hebb_load_grid_neurons(study, point) * (double)(hebb_load_grid_patterns(study, point) + 30);
}

/* ---- one unit ---- */

typedef struct {
    hebb_thermal_room room;
    size_t n_kept;
    double *kept;
} workspace;

static void workspace_free(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    hebb_thermal_room_free(&w->room);
    free(w->kept);
    free(w);
}

/* A unit on its way: two runs, one after the other, of one network. */
typedef struct {
    hebb_hopfield *network;
    size_t n, p;
    long n_equilibration, n_measured; /* sweeps of a run */
    double second_start;
    hebb_philox start_generator;
    double *series[2], *spins[2], *overlaps[2], *energy[2]; /* in `kept` */
} pair;

static void lay_out(pair *at, double *kept)
{
    for (size_t k = 0; k < 2; k++) {
        at->series[k] = kept;
        at->spins[k] = at->series[k] + at->n_measured;
        at->overlaps[k] = at->spins[k] + at->n;
        at->energy[k] = at->overlaps[k] + at->p;
        kept = at->energy[k] + 1;
    }
}

static void measure(const pair *at, size_t run, long sweep)
{
    at->series[run][sweep] = hebb_hopfield_overlap(at->network, 0);
    for (size_t i = 0; i < at->n; i++) at->spins[run][i] += at->network->spins[i];
    for (size_t mu = 0; mu < at->p; mu++) at->overlaps[run][mu] += at->network->overlaps[mu];
    *at->energy[run] += hebb_hopfield_energy(at->network);
}

static hebb_status after_sweep(void *context, hebb_thermal *run, long n_done, bool *is_over)
{
    (void)is_over;
    const pair *at = context;
    const long length = at->n_equilibration + at->n_measured, sweep = (n_done - 1) % length;
    if (sweep >= at->n_equilibration) measure(at, (size_t)((n_done - 1) / length), sweep - at->n_equilibration);
    if (n_done == length) { /* the noise goes on, so the second run's is another */
        hebb_hopfield_start_near_pattern(at->network, 0, at->second_start, at->start_generator);
        hebb_thermal_restart(run);
    }
    return HEBB_OK;
}

static double mean_of(const double *x, long n)
{
    double sum = 0.0;
    for (long k = 0; k < n; k++) sum += x[k];
    return sum / (double)n;
}

static double product_of(const double *x, const double *y, size_t n)
{
    double sum = 0.0;
    for (size_t k = 0; k < n; k++) sum += x[k] * y[k];
    return sum;
}

/* Adds one run's share of what is a mean of both. */
static hebb_status add_run(const pair *at, size_t run, double temperature, double *values)
{
    const long n = at->n_measured, half = n / 2, quarter = n / 4;
    const double *m = at->series[run];
    hebb_series series;
    const hebb_status status = hebb_series_analyse((size_t)n, m, &series);
    if (status != HEBB_OK) return hebb_fail(status, "the series of overlaps could not be analysed");
    values[RETRIEVAL_M] += 0.5 * series.mean;
    values[RETRIEVAL_ENERGY] += 0.5 * *at->energy[run] / (double)n;
    values[RETRIEVAL_TAU] += 0.5 * series.tau;
    values[run == 0 ? RETRIEVAL_M_FIRST : RETRIEVAL_M_SECOND] = series.mean;
    values[RETRIEVAL_DRIFT] += 0.5 * (mean_of(m + half, n - half) - mean_of(m, half));
    values[RETRIEVAL_M_SERIES_ERR] = hypot(values[RETRIEVAL_M_SERIES_ERR], 0.5 * series.error);
    if (mean_of(m + n - quarter, quarter) < hebb_kept_pattern_least(temperature)) values[RETRIEVAL_LOST] = 1.0;
    return HEBB_OK;
}

static hebb_status evaluate(const pair *at, double temperature, double *values)
{
    const double sweeps = (double)at->n_measured, n = (double)at->n;
    hebb_status status = add_run(at, 0, temperature, values);
    if (status == HEBB_OK) status = add_run(at, 1, temperature, values);
    values[RETRIEVAL_Q] = product_of(at->spins[0], at->spins[1], at->n) / (n * sweeps * sweeps);
    values[RETRIEVAL_R] = at->p > 1 ? product_of(at->overlaps[0] + 1, at->overlaps[1] + 1, at->p - 1) /
                                          (n * (double)(at->p - 1) * sweeps * sweeps)
                                    : NAN;
    return status;
}

static hebb_status fit(workspace *w, const hebb_study *study, size_t point)
{
    const size_t n_kept = kept_numbers(study, point);
    if (w->n_kept < n_kept) {
        double *kept = realloc(w->kept, n_kept * sizeof *kept);
        if (kept == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the averages of a network");
        w->kept = kept;
        w->n_kept = n_kept;
    }
    memset(w->kept, 0, n_kept * sizeof *w->kept);
    return hebb_thermal_room_fit(&w->room, hebb_load_grid_neurons(study, point), hebb_load_grid_patterns(study, point));
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    workspace *w = room;
    hebb_status status = fit(w, study, unit->point);
    if (status != HEBB_OK) return status;
    const double temperature = hebb_study_grid(study, unit->point, RETRIEVAL_GRID_TEMPERATURE);
    pair at = {.network = &w->room.network,
               .n = hebb_load_grid_neurons(study, unit->point),
               .p = hebb_load_grid_patterns(study, unit->point),
               .n_equilibration = integer_option(study, "equilibration"),
               .n_measured = integer_option(study, "sweeps"),
               .second_start = hebb_options_real(study->options, "second-start")};
    const uint64_t seed = hebb_study_seed(study, "dynamics-seed");
    const uint64_t where = hebb_thermal_realisation(at.n, at.p, temperature, 0.0);
    const uint32_t replica = (uint32_t)unit->replica;
    const hebb_thermal_draws draws = hebb_thermal_draws_at(seed, where, replica);
    at.start_generator = draws.state;
    lay_out(&at, w->kept);
    const hebb_thermal_walk walk = {.rule = HEBB_HEAT_BATH,
                                    .order = hebb_update_options_order(study),
                                    .temperature = temperature,
                                    .draws = draws,
                                    .max_sweeps = 2 * (at.n_equilibration + at.n_measured),
                                    .after_sweep = after_sweep,
                                    .context = &at,
                                    .n_kept = kept_numbers(study, unit->point),
                                    .kept = w->kept};
    hebb_patterns_draw(&w->room.patterns, hebb_study_seed(study, "pattern-seed"), replica);
    hebb_hopfield_start_at_pattern(&w->room.network, 0);
    status = hebb_thermal_walk_run(&w->room, &walk, unit->checkpoint);
    return status == HEBB_OK ? evaluate(&at, temperature, values) : status;
}

const hebb_experiment hebb_retrieval_experiment = {.name = "retrieval",
                                                   .summary = "a stored pattern in equilibrium at T > 0",
                                                   .n_options = sizeof options / sizeof *options,
                                                   .options = options,
                                                   .plan = plan,
                                                   .cost = cost,
                                                   .bytes = bytes,
                                                   .workspace_size = sizeof(workspace),
                                                   .workspace_free = workspace_free,
                                                   .run = run,
                                                   .report = hebb_retrieval_report};
