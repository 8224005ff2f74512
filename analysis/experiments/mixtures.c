#include "mixtures_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "grid.h"
#include "thermal_walk.h"
#include "update_options.h"

static const hebb_option options[] = {
    {"order", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "3,5", HEBB_FROM_TO(1.0, HEBB_MAX_ORDER), HEBB_OPTION_RESULT,
     "numbers n of patterns mixed"},
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.2:0.44:0.02", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "temperatures T"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "10000", HEBB_FROM_TO(1.0, HEBB_MAX_NEURONS), HEBB_OPTION_RESULT,
     "sizes N"},
    {"patterns", 0, HEBB_OPTION_INTEGER, "P", NULL, HEBB_FROM_TO(1.0, 1000.0), HEBB_OPTION_RESULT,
     "patterns stored; n where not given"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "500", HEBB_FROM_TO(4.0, 1e9), HEBB_OPTION_RESULT,
     "follow a run for so many sweeps"},
    {"equilibration", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 1e9), HEBB_OPTION_RESULT,
     "of them not measured; a fifth where not given"},
    HEBB_UPDATE_ORDER_OPTION,
    {"random-patterns", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "draw the patterns; without, each of their 2^p combinations of signs has N/2^p neurons"},
};

static const hebb_column grid_columns[MIXTURES_N_GRID] = {
    {"order", "1", "number n of patterns mixed"},
    {"temperature", "J", "temperature T"},
    {"n_neurons", "1", "number of neurons N"},
    {"n_patterns", "1", "number of patterns p"},
};

static const hebb_column value_columns[MIXTURES_N_VALUES] = {
    {"m", "1",
     "overlap, mean over the n patterns and the measured sweeps; empty, as what follows, for a run that left"},
    {"energy", "J", "energy per neuron, mean over the measured sweeps"},
    {"chi_longitudinal", "1", "N/T times the variance of the overlaps along (1, .., 1)"},
    {"chi_unmixed", "1", "the same of a pattern that is not mixed, mean over these"},
    {"chi_transverse", "1", "the same of the n overlaps about their mean, for each of the n - 1 directions"},
    {"correlation", "1", "autocorrelation of the transverse fluctuations from one sweep to the next"},
    {"drift", "1", "chi_transverse of the second half of the measured sweeps less that of the first"},
    {"left", "1", "1: the run left the mixture, 0: it stayed"},
    {"sweeps", "1", "sweeps done: those until it left, or all"},
};

static size_t order_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, MIXTURES_ORDER);
}

static size_t neurons_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, MIXTURES_NEURONS);
}

static size_t patterns_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, MIXTURES_PATTERNS);
}

/* Numbers kept from sweep to sweep: sums over the measured ones. */
enum {
    N_MEASURED,
    LEFT_AFTER, /* sweeps; 0: it has not left */
    SUM_ENERGY,
    SUM_X, /* of the overlaps along (1, .., 1), less the value at the start */
    SUM_X2,
    SUM_X_LAG,       /* times the value a sweep before */
    SUM_TRANSVERSE2, /* squares of the n overlaps about their mean */
    SUM_HALF,        /* the same of the first half */
    SUM_TRANSVERSE_LAG,
    SUM_UNMIXED2,
    SUM_UNMIXED_LAG,
    X_BEFORE,
    N_SUMS
};

/* Behind the sums: for each pattern the sum of its overlap (mixed: less their mean), and its value a sweep before. */
static size_t numbers_kept(size_t n_patterns)
{
    return N_SUMS + 2 * n_patterns;
}

static double bytes(const hebb_study *study, size_t point)
{
    const size_t p = patterns_at(study, point);
    return hebb_thermal_room_bytes(neurons_at(study, point), p) +
           2.0 * sizeof(double) * (double)numbers_kept(p); /* a checkpoint holds them again */
}

static hebb_status complete(void *context, double *row)
{
    const hebb_study *study = context;
    const hebb_mixtures_study *own = study->own;
    const double n = row[MIXTURES_ORDER];
    const bool is_set = hebb_options_is_set(study->options, "patterns");
    const double p = is_set ? (double)hebb_options_integer(study->options, "patterns") : n;
    if (p < n) return hebb_fail(HEBB_EDOM, "--patterns: %.0f are too few for a mixture of %.0f", p, n);
    if (!own->are_random && ldexp(1.0, (int)p) > row[MIXTURES_NEURONS])
        return hebb_fail(HEBB_EDOM,
                         "--neurons: %.0f are too few to balance %.0f patterns, which takes 2^%.0f; give more, or "
                         "--random-patterns",
                         row[MIXTURES_NEURONS], p, p);
    row[MIXTURES_PATTERNS] = p;
    return HEBB_OK;
}

static hebb_status read_options(hebb_study *study, hebb_mixtures_study *own)
{
    own->sweeps = hebb_options_integer(study->options, "sweeps");
    own->equilibration = hebb_options_is_set(study->options, "equilibration")
                             ? hebb_options_integer(study->options, "equilibration")
                             : own->sweeps / 5;
    if (own->equilibration > own->sweeps - 4)
        return hebb_fail(HEBB_EDOM, "--equilibration: %ld of %ld --sweeps leave fewer than 4 to measure",
                         own->equilibration, own->sweeps);
    own->update_order = hebb_update_options_order(study);
    own->are_random = hebb_options_flag(study->options, "random-patterns");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    return HEBB_OK;
}

static hebb_status plan(hebb_study *study)
{
    hebb_mixtures_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    study->n_values = MIXTURES_N_VALUES;
    study->value_columns = value_columns;
    study->n_grid = MIXTURES_N_GRID;
    study->grid_columns = grid_columns;
    const hebb_list *const axes[MIXTURES_N_GRID] = {hebb_options_list(study->options, "order"),
                                                    hebb_options_list(study->options, "temperature"),
                                                    hebb_options_list(study->options, "neurons"), NULL};
    hebb_status status = read_options(study, own);
    if (status == HEBB_OK) status = hebb_grid_plan(study, axes, complete, study);
    return status == HEBB_OK ? hebb_grid_check_memory(study, MIXTURES_NEURONS, MIXTURES_PATTERNS, bytes) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    const hebb_mixtures_study *own = study->own;
    return (double)own->sweeps * (double)neurons_at(study, point) * (48.0 + (double)patterns_at(study, point));
}

/* ---- one unit ---- */

typedef struct {
    hebb_thermal_room room;
    double *kept; /* numbers_kept, of the most patterns that a point has */
} workspace;

static hebb_status workspace_make(const hebb_study *study, int n_threads, void *room)
{
    (void)n_threads;
    size_t p = 1;
    for (size_t k = 0; k < study->n_points; k++)
        if (patterns_at(study, k) > p) p = patterns_at(study, k);
    workspace *w = room;
    w->kept = calloc(numbers_kept(p), sizeof *w->kept);
    return w->kept != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for a thread");
}

static void workspace_free(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    hebb_thermal_room_free(&w->room);
    free(w->kept);
    free(w);
}

/* A run on its way. */
typedef struct {
    const hebb_mixtures_study *study;
    workspace *room;
    size_t n; /* patterns mixed */
    double m_start;
} run_state;

static double mean_of_mixed(const hebb_hopfield *network, size_t n)
{
    double sum = 0.0;
    for (size_t mu = 0; mu < n; mu++) sum += (double)network->overlaps[mu];
    return sum / ((double)n * (double)network->patterns->n_neurons);
}

/*
 * Has it left?  The smallest of the n overlaps is below a third of the largest.  All saddles around the mixtures of
 * 3 and 5 have a ratio above 1/2 at every T, and where the barriers are low enough to be crossed, above .7; what lies
 * behind them, patterns and mixtures of fewer, has a ratio of 0 (docs/theory/mixtures_measured.md).
 */
static bool has_left(const hebb_hopfield *network, size_t n)
{
    int32_t least = INT32_MAX, most = INT32_MIN;
    for (size_t mu = 0; mu < n; mu++) {
        if (network->overlaps[mu] < least) least = network->overlaps[mu];
        if (network->overlaps[mu] > most) most = network->overlaps[mu];
    }
    return 3 * (int64_t)least < (int64_t)most;
}

/* Adds the sweep's overlaps to the sums; the lagged products need a sweep before. */
static void measure(const run_state *at, const hebb_hopfield *network, bool is_first_half)
{
    const size_t n = at->n, p = network->patterns->n_patterns;
    double *kept = at->room->kept, *sum = kept + N_SUMS, *before = sum + p;
    const double m = mean_of_mixed(network, n), x = (m - at->m_start) * sqrt((double)n);
    double squares[2] = {0.0, 0.0}, lags[2] = {0.0, 0.0}; /* mixed, unmixed */
    for (size_t mu = 0; mu < p; mu++) {
        const double u = hebb_hopfield_overlap(network, mu) - (mu < n ? m : 0.0);
        squares[mu >= n] += u * u;
        lags[mu >= n] += u * before[mu];
        sum[mu] += u;
        before[mu] = u;
    }
    kept[SUM_TRANSVERSE2] += squares[0];
    kept[SUM_UNMIXED2] += squares[1];
    if (is_first_half) kept[SUM_HALF] += squares[0];
    if (kept[N_MEASURED] > 0.0) {
        kept[SUM_TRANSVERSE_LAG] += lags[0];
        kept[SUM_UNMIXED_LAG] += lags[1];
        kept[SUM_X_LAG] += x * kept[X_BEFORE];
    }
    kept[SUM_X] += x;
    kept[SUM_X2] += x * x;
    kept[X_BEFORE] = x;
    kept[SUM_ENERGY] += hebb_hopfield_energy(network);
    kept[N_MEASURED]++;
}

static hebb_status after_sweep(void *context, hebb_thermal *run, long n_done, bool *is_over)
{
    const run_state *at = context;
    const hebb_hopfield *network = &at->room->room.network;
    (void)run;
    if (has_left(network, at->n)) {
        at->room->kept[LEFT_AFTER] = (double)n_done;
        *is_over = true;
    } else if (n_done > at->study->equilibration) {
        const long n_before = n_done - 1 - at->study->equilibration;
        measure(at, network, n_before < (at->study->sweeps - at->study->equilibration) / 2);
    }
    return HEBB_OK;
}

/* Sums of a fluctuating vector over a series. */
typedef struct {
    double n, squares, lags; /* steps; of |u|^2; of u(t).u(t-1) */
    double mean2;            /* |mean of u|^2 over the series: 0 where u is known to have none */
    bool mean_is_measured;
} fluctuation;

/* From one step to the next. */
static double correlation_of(const fluctuation *u)
{
    const double variance = u->squares / u->n - u->mean2;
    return variance > 0.0 ? (u->lags / (u->n - 1.0) - u->mean2) / variance : NAN;
}

/*
 * <|u|^2> about the mean.  About the series' own mean it comes out too small, by the variance of that: with
 * fluctuations that decay as r^t, by (1 + r)/(1 - r)/n of itself.
 */
static double variance_of(const fluctuation *u)
{
    const double variance = u->squares / u->n - u->mean2;
    if (!u->mean_is_measured) return variance;
    const double r = fmin(fmax(correlation_of(u), 0.0), 1.0), lost = (1.0 + r) / ((1.0 - r) * u->n);
    return lost < 1.0 ? variance / (1.0 - lost) : NAN;
}

static double sum_of_squares(size_t n, const double *x)
{
    double sum = 0.0;
    for (size_t k = 0; k < n; k++) sum += x[k] * x[k];
    return sum;
}

/*
 * With balanced patterns the dynamics does not tell the n patterns apart, nor a pattern that is not mixed from its
 * negative: the means of those fluctuations are 0 and need not be measured.
 */
static void evaluate(const hebb_mixtures_study *own, const run_state *at, double scale, double *values)
{
    const size_t n = at->n, p = at->room->room.patterns.n_patterns;
    const double *kept = at->room->kept, *sum = kept + N_SUMS, steps = kept[N_MEASURED];
    const bool random = own->are_random;
    const double square = steps * steps;
    const fluctuation x = {steps, kept[SUM_X2], kept[SUM_X_LAG], kept[SUM_X] * kept[SUM_X] / square, true};
    const fluctuation transverse = {steps, kept[SUM_TRANSVERSE2], kept[SUM_TRANSVERSE_LAG],
                                    random ? sum_of_squares(n, sum) / square : 0.0, random};
    const fluctuation unmixed = {steps, kept[SUM_UNMIXED2], kept[SUM_UNMIXED_LAG],
                                 random ? sum_of_squares(p - n, sum + n) / square : 0.0, random};
    const double n_first = (double)((own->sweeps - own->equilibration) / 2), n_second = steps - n_first;
    const double second = (kept[SUM_TRANSVERSE2] - kept[SUM_HALF]) / n_second, first = kept[SUM_HALF] / n_first;
    values[MIXTURES_M] = at->m_start + kept[SUM_X] / (steps * sqrt((double)n));
    values[MIXTURES_ENERGY] = kept[SUM_ENERGY] / steps;
    values[MIXTURES_CHI_LONGITUDINAL] = scale * variance_of(&x);
    values[MIXTURES_CHI_UNMIXED] = p > n ? scale * variance_of(&unmixed) / (double)(p - n) : NAN;
    values[MIXTURES_CHI_TRANSVERSE] = n > 1 ? scale * variance_of(&transverse) / (double)(n - 1) : NAN;
    values[MIXTURES_CORRELATION] = n > 1 ? correlation_of(&transverse) : NAN;
    values[MIXTURES_DRIFT] = n > 1 ? scale * (second - first) / (double)(n - 1) : NAN;
}

static hebb_status set_patterns(const hebb_mixtures_study *own, uint32_t replica, hebb_patterns *patterns)
{
    if (!own->are_random) return hebb_patterns_balance(patterns);
    hebb_patterns_draw(patterns, own->pattern_seed, replica);
    return HEBB_OK;
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_mixtures_study *own = study->own;
    workspace *w = room;
    const size_t n = order_at(study, unit->point), size = neurons_at(study, unit->point),
                 p = patterns_at(study, unit->point);
    const double T = hebb_study_grid(study, unit->point, MIXTURES_TEMPERATURE);
    const uint32_t replica = (uint32_t)unit->replica;
    hebb_status status = hebb_thermal_room_fit(&w->room, size, p);
    if (status == HEBB_OK) status = set_patterns(own, replica, &w->room.patterns);
    if (status != HEBB_OK) return status;

    const hebb_thermal_draws draws =
        hebb_thermal_draws_at(own->dynamics_seed, hebb_thermal_realisation(size, p, T, (double)n), replica);
    hebb_hopfield_start_at_mixture(&w->room.network, n, draws.state);
    run_state at = {own, w, n, mean_of_mixed(&w->room.network, n)};
    memset(w->kept, 0, numbers_kept(p) * sizeof *w->kept);
    const hebb_thermal_walk walk = {.rule = HEBB_HEAT_BATH,
                                    .order = own->update_order,
                                    .temperature = T,
                                    .draws = draws,
                                    .max_sweeps = own->sweeps,
                                    .after_sweep = after_sweep,
                                    .context = &at,
                                    .n_kept = numbers_kept(p),
                                    .kept = w->kept};
    status = hebb_thermal_walk_run(&w->room, &walk, unit->checkpoint);
    if (status != HEBB_OK) return status;
    for (size_t k = 0; k < MIXTURES_LEFT; k++) values[k] = NAN;
    const bool has_stayed = w->kept[LEFT_AFTER] == 0.0;
    if (has_stayed) evaluate(own, &at, (double)size / T, values);
    values[MIXTURES_LEFT] = has_stayed ? 0.0 : 1.0;
    values[MIXTURES_SWEEPS] = has_stayed ? (double)own->sweeps : w->kept[LEFT_AFTER];
    return HEBB_OK;
}

const hebb_experiment hebb_mixtures_experiment = {.name = "mixtures",
                                                  .summary =
                                                      "symmetric mixtures at T > 0: their eigenvalues and lifetime",
                                                  .figure = "mixtures-measured",
                                                  .n_options = sizeof options / sizeof *options,
                                                  .options = options,
                                                  .plan = plan,
                                                  .cost = cost,
                                                  .bytes = bytes,
                                                  .workspace_size = sizeof(workspace),
                                                  .workspace_make = workspace_make,
                                                  .workspace_free = workspace_free,
                                                  .run = run,
                                                  .report = hebb_mixtures_report};
