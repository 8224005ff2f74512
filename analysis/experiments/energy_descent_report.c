/* What the energy-descent experiment says of its replicas: summary.csv, trajectories.csv, theory.csv, verdict.csv. */
#include "energy_descent_study.h"

#include <math.h>
#include <stdlib.h>

#include "mixture.h"
#include "replica_symmetric_branch.h"
#include "summary.h"
#include "theory_table.h"
#include "valley.h"

/*
 * Fixed before any run.
 *
 * Rises.  H falls with every flip, whatever the patterns: nothing is tolerated.
 *
 * Energies.  The squares of p overlaps' fluctuations, 1/N or less each, J_ii = 0 and as much again for what a mixture's
 * own overlaps lose by their fluctuations are p/N at most.  The formula needs the start's field, x m_n at the least, to be
 * beyond the noise of p patterns, sqrt(p/N) or less: by FIELD_OVER_NOISE of its standard deviations a neuron in 30 000 is
 * wrong.  The resolution tells mixtures of 3 from those of 5, which are 0.0234 apart.
 */
static const double ENERGY_RESOLUTION = 0.0117, FIELD_OVER_NOISE = 4.0;

static const char SQUARES[] = "tolerance p/N: squares of the overlaps' fluctuations";

enum { ENERGY_START, ENERGY_HALF, ENERGY_END, SHARE_STAYED, RISES, N_OBSERVABLES };

#define FORMULA "-(n m_n^2/2) (x + (1-x) t)^2, p/N -> 0; empty for even n and random starts"
static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("energy_start", "J", "energy per neuron at the start", FORMULA),
    HEBB_OBSERVABLE("energy_half", "J", "energy per neuron after half a sweep", FORMULA),
    HEBB_OBSERVABLE("energy_end", "J", "energy per neuron at the end",
                    "replica symmetry at T = 0 and p/N; empty where it has no such state"),
    HEBB_OBSERVABLE("share_stayed", "1", "share of runs that ended in the pattern or mixture they started near",
                    "1 for odd n; empty for even n and random starts"),
    HEBB_OBSERVABLE("rises", "1", "flips that did not lower the energy, in all runs", "0"),
};
#undef FORMULA

typedef struct {
    hebb_measurement of[N_OBSERVABLES];
} point_result;

/* ---- theory ---- */

static double load_of(const hebb_study *study, size_t point)
{
    return (double)hebb_energy_descent_patterns(study, point) / (double)hebb_energy_descent_neurons(study, point);
}

/* NaN for even n and for a random start, n = 0. */
static double energy_at(size_t order, double overlap, double time)
{
    double energy;
    return hebb_mixture_descent((int)order, overlap, time, &energy) == HEBB_OK ? energy : NAN;
}

static bool is_beyond_noise(const hebb_study *study, size_t point)
{
    const hebb_energy_descent_study *own = study->own;
    const size_t order = hebb_energy_descent_order(study, point);
    hebb_mixture mixture;
    return order % 2 == 1 && hebb_mixture_solve((int)order, 0.0, &mixture) == HEBB_OK &&
           own->overlap * mixture.m >= FIELD_OVER_NOISE * sqrt(load_of(study, point));
}

static hebb_status add_theory(const hebb_study *study, size_t point, point_result *result)
{
    const hebb_energy_descent_study *own = study->own;
    const size_t order = hebb_energy_descent_order(study, point);
    const double load = load_of(study, point);
    hebb_rs_state state = {.e = NAN};
    const hebb_status status = order % 2 == 1 ? hebb_rs_retrieval(load, 0.0, (int)order, &state) : HEBB_ENOSOLUTION;
    if (status != HEBB_OK && status != HEBB_ENOSOLUTION)
        return hebb_fail(status, "the saddle-point equations failed at p/N = %g", load);
    result->of[ENERGY_START].theory = energy_at(order, own->overlap, 0.0);
    result->of[ENERGY_HALF].theory = energy_at(order, own->overlap, 0.5);
    result->of[ENERGY_END].theory = status == HEBB_OK ? state.e : NAN;
    result->of[SHARE_STAYED].theory = status == HEBB_OK ? 1.0 : NAN;
    result->of[RISES].theory = 0.0;
    return HEBB_OK;
}

/* ---- measured ---- */

static point_result measure(const hebb_study *study, size_t point, double *x)
{
    const hebb_energy_descent_study *own = study->own;
    const size_t order = hebb_energy_descent_order(study, point), n = study->n_replicas;
    point_result result;
    size_t n_stayed = 0;
    double n_rises = 0.0;
    for (size_t r = 0; r < n; r++) {
        const double *values = hebb_study_values(study, point, r);
        n_stayed += order > 0 && values[DESCENT_MIXED] == (double)order;
        n_rises += values[DESCENT_RISES];
        x[r] = values[DESCENT_N_VALUES + own->resolution / 2];
    }
    result.of[ENERGY_HALF].estimate = hebb_estimate_mean(n, x);
    hebb_study_gather(study, point, DESCENT_INITIAL, x);
    result.of[ENERGY_START].estimate = hebb_estimate_mean(n, x);
    hebb_study_gather(study, point, DESCENT_ENERGY, x);
    result.of[ENERGY_END].estimate = hebb_estimate_mean(n, x);
    result.of[SHARE_STAYED].estimate = order > 0 ? hebb_estimate_share(n_stayed, n) : (hebb_estimate){NAN, NAN, n};
    result.of[RISES].estimate = (hebb_estimate){n_rises, 0.0, n}; /* counted, without an error */
    return result;
}

static hebb_status measure_all(const hebb_study *study, point_result *results)
{
    double *x = calloc(study->n_replicas, sizeof *x);
    if (x == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    hebb_status status = HEBB_OK;
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        results[point] = measure(study, point, x);
        status = add_theory(study, point, &results[point]);
    }
    free(x);
    return status;
}

static void add_summary_row(const hebb_study *study, size_t point, const void *results, hebb_table *table)
{
    const point_result *x = (const point_result *)results + point;
    hebb_summary_add(study, point, N_OBSERVABLES, x->of, table);
}

/* ---- trajectories.csv and theory.csv ---- */

/* Where a run ended, in words. */
static const char *name_end(const double *values, char text[HEBB_VALLEY_LENGTH])
{
    const double number = fabs(values[DESCENT_PATTERN]);
    const hebb_valley valley = {.n = (int)values[DESCENT_MIXED],
                                .patterns = {(size_t)number - 1},
                                .signs = {values[DESCENT_PATTERN] < 0.0 ? -1 : 1}};
    return hebb_valley_name(&valley, text);
}

static void add_trajectory(const hebb_study *study, size_t point, size_t replica, hebb_table *table)
{
    const hebb_energy_descent_study *own = study->own;
    const double *values = hebb_study_values(study, point, replica);
    char text[HEBB_VALLEY_LENGTH];
    for (size_t k = 0; k < own->n_times; k++) {
        hebb_study_add_grid(study, point, table);
        hebb_table_number(table, (double)replica);
        hebb_table_number(table, (double)k / (double)own->resolution);
        hebb_table_number(table, values[DESCENT_N_VALUES + k]);
        hebb_table_text(table, name_end(values, text));
    }
}

/* Whether an earlier point has the same N, p and order: options may name a value twice. */
static bool is_repeated(const hebb_study *study, size_t point)
{
    for (size_t earlier = 0; earlier < point; earlier++)
        if (hebb_energy_descent_neurons(study, earlier) == hebb_energy_descent_neurons(study, point) &&
            hebb_energy_descent_patterns(study, earlier) == hebb_energy_descent_patterns(study, point) &&
            hebb_energy_descent_order(study, earlier) == hebb_energy_descent_order(study, point))
            return true;
    return false;
}

static hebb_status save_trajectories(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"replica", "1", "number of the replica, from 0"},
        {"time", "sweeps", "updates so far, over N"},
        {"energy", "J", "energy per neuron"},
        {"end", "", "where the run ends: a pattern, counted from 1, a mixture, or elsewhere"},
    };
    const size_t asked = (size_t)hebb_options_integer(study->options, "shown");
    const size_t n_shown = asked < study->n_replicas ? asked : study->n_replicas;
    hebb_table table;
    hebb_status status = hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        for (size_t r = 0; !is_repeated(study, point) && r < n_shown; r++) add_trajectory(study, point, r, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "trajectories.csv");
    hebb_table_free(&table);
    return status;
}

static void add_theory_rows(const hebb_energy_descent_study *own, double order, hebb_table *table)
{
    for (size_t t = 0; t < own->n_times; t++) {
        const double time = (double)t / (double)own->resolution;
        hebb_table_number(table, order);
        hebb_table_number(table, time);
        hebb_table_number(table, energy_at((size_t)order, own->overlap, time));
        hebb_table_number(table, energy_at((size_t)order, 1.0, 1.0));
        hebb_theory_table_status(table, HEBB_OK);
    }
}

static bool is_in(const double *values, size_t length, double x)
{
    for (size_t k = 0; k < length; k++)
        if (values[k] == x) return true;
    return false;
}

/* A row an order and time; the orders are those of the study's starts, each once, and odd. */
static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"order", "1", "patterns mixed n; 1 a single pattern"},
        {"time", "sweeps", "updates so far, over N"},
        {"energy", "J", "energy per neuron from a start of overlap x, p/N -> 0"},
        {"energy_end", "J", "energy per neuron of the state, -n m_n^2/2"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    const hebb_energy_descent_study *own = study->own;
    const hebb_list *orders = hebb_options_list(study->options, "order");
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (size_t k = 0; status == HEBB_OK && k < orders->length; k++)
        if ((size_t)orders->values[k] % 2 == 1 && !is_in(orders->values, k, orders->values[k]))
            add_theory_rows(own, orders->values[k], &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- verdict.csv ---- */

static hebb_comparison compare(const hebb_study *study, size_t point, int which, const hebb_measurement *x)
{
    hebb_comparison c = {.quantity = observables[which].value.name,
                         .point = point,
                         .simulation = x->estimate.value,
                         .error = x->estimate.error,
                         .n_samples = which == RISES ? 0 : x->estimate.n,
                         .theory = x->theory,
                         .tolerance = which == RISES ? 0.0 : load_of(study, point),
                         .resolution = which == RISES ? 0.5 : ENERGY_RESOLUTION,
                         .note = which == RISES ? "each flip lowers the energy: nothing is tolerated" : SQUARES};
    if (which == RISES) return c;
    if (isnan(x->theory))
        c.note = "no theory for random starts, for even n, or for this state at p/N";
    else if (!is_beyond_noise(study, point))
        c.note = "the field of the start is not beyond the noise of p patterns";
    c.not_judged = c.note != SQUARES;
    return c;
}

static hebb_status save_verdicts(hebb_study *study, const point_result *results)
{
    static const int judged[] = {ENERGY_START, ENERGY_HALF, ENERGY_END, RISES};
    enum { N_JUDGED = sizeof judged / sizeof *judged };
    const size_t n_points = study->n_points, n = N_JUDGED * n_points;
    hebb_comparison *comparisons = calloc(n, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu verdicts", n);
    for (size_t k = 0; k < N_JUDGED; k++)
        for (size_t point = 0; point < n_points; point++)
            comparisons[k * n_points + point] = compare(study, point, judged[k], &results[point].of[judged[k]]);
    const hebb_status status = hebb_study_save_verdicts(study, n, comparisons);
    free(comparisons);
    return status;
}

hebb_status hebb_energy_descent_report(hebb_study *study)
{
    point_result *results = calloc(study->n_points, sizeof *results);
    if (results == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu points", study->n_points);
    hebb_status status = measure_all(study, results);
    if (status == HEBB_OK)
        status = hebb_summary_save(study, N_OBSERVABLES, observables, 0, NULL, add_summary_row, results);
    if (status == HEBB_OK) status = save_trajectories(study);
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = save_verdicts(study, results);
    free(results);
    return status;
}
