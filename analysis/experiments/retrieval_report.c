/* What the retrieval experiment says of its replicas: summary.csv, theory.csv, verdict.csv. */
#include "retrieval_study.h"

#include <math.h>
#include <stdlib.h>

#include "disorder.h"
#include "phase_diagram.h"
#include "replica_symmetric_branch.h"
#include "summary.h"
#include "theory_table.h"

/*
 * Fixed before any run.
 *
 * Tolerance.  The theory is for infinite N; sums over N neurons and p - 1 patterns differ from it by O(1/N), or by
 * O(1/p) of itself for r, which p patterns make.  Of what order-one number that is a multiple hangs on how soft the
 * state is: 8/N allows for dm/dalpha = -8, steeper than it is up to nine tenths of the temperature at which retrieval
 * ends; closer to it, and below 1000 neurons, there is no verdict.
 *
 * Resolution.  What tells the state from that of a load some per cent off.
 *
 * Replicas.  A replica's number is an average over its two runs' sweeps and all neurons: Gaussian, so that the
 * Student's law of the verdict holds from the first degrees of freedom on, and 20 replicas will do.
 *
 * In equilibrium.  The two runs start on either side of it.  Their mean difference, and that of the halves of the
 * sweeps, is beyond 4 of its thermal errors by chance once in 16 000; one below a quarter of the tolerance is no
 * matter.
 */
static const double TOLERANCE_OF_ONE = 8.0, N_JUDGED = 1000.0, JUDGED_TO = 0.9;
static const double M_RESOLUTION = 0.005, Q_RESOLUTION = 0.01, ENERGY_RESOLUTION = 0.005, R_RESOLUTION = 0.1;
static const double SETTLED_Z = 4.0, SETTLED_WITHIN = 0.25;
enum { N_WANTED = 20 };

enum { M, Q, ENERGY, R, M_RETRIEVED, N_OBSERVABLES, N_JUDGED_OBSERVABLES = 4 };

#define THEORY "replica-symmetric retrieval state at p/N and T; empty where there is none"
static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("m", "1", "overlap with the pattern, mean over all replicas", THEORY),
    HEBB_OBSERVABLE("q", "1", "Edwards-Anderson overlap", THEORY),
    HEBB_OBSERVABLE("energy", "J", "energy per neuron", THEORY),
    HEBB_OBSERVABLE("r", "1", "noise of the patterns that are not retrieved", THEORY),
    HEBB_OBSERVABLE("m_retrieved", "1", "m over the replicas that kept the pattern", THEORY),
};
#undef THEORY

typedef struct {
    hebb_measurement of[N_OBSERVABLES];
    hebb_estimate tau;
    size_t n_lost;
    double thermal, disorder, runs; /* parts of the error of m */
    double ends_z, halves_z;
    bool is_unsettled;
    bool is_close_to_the_end, is_broken; /* of theory: of T_M, of replica symmetry */
} point_result;

static hebb_estimate mean_over_replicas(const hebb_study *study, size_t point, size_t value, double *x)
{
    hebb_study_gather(study, point, value, x);
    return hebb_estimate_mean(study->n_replicas, x);
}

/*
 * Thermal noise and disorder, by the runs' own autocorrelation times; and the thermal part once more, by what the two
 * runs of one disorder differ by.  scratch has room for two numbers a replica.
 */
static void part_errors(const hebb_study *study, size_t point, double *scratch, point_result *result)
{
    const size_t n = study->n_replicas;
    double difference = 0.0;
    for (size_t r = 0; r < n; r++) {
        const double *x = hebb_study_values(study, point, r);
        const double d = 0.5 * (x[RETRIEVAL_M_FIRST] - x[RETRIEVAL_M_SECOND]);
        difference += d * d;
        scratch[r] = x[RETRIEVAL_M];
        scratch[n + r] = x[RETRIEVAL_M_SERIES_ERR];
    }
    const hebb_disorder m = hebb_disorder_average(n, scratch, scratch + n);
    result->thermal = m.thermal;
    result->disorder = m.disorder;
    result->runs = sqrt(difference) / (double)n;
}

/*
 * How far the runs from both ends, and both halves of the sweeps, are apart.  With errors e, e' of a replica's two
 * runs both differences have the variance e^2 + e'^2 = 4 m_series_err^2.
 */
static void check_equilibrium(const hebb_study *study, size_t point, point_result *result)
{
    double ends = 0.0, halves = 0.0, variance = 0.0;
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *x = hebb_study_values(study, point, r);
        ends += x[RETRIEVAL_M_FIRST] - x[RETRIEVAL_M_SECOND];
        halves += x[RETRIEVAL_DRIFT];
        variance += 4.0 * x[RETRIEVAL_M_SERIES_ERR] * x[RETRIEVAL_M_SERIES_ERR];
    }
    result->ends_z = hebb_verdict_z(ends, sqrt(variance), 0.0);
    result->halves_z = hebb_verdict_z(halves, sqrt(variance), 0.0);
    const double least = SETTLED_WITHIN * TOLERANCE_OF_ONE * (double)study->n_replicas /
                         hebb_study_grid(study, point, HEBB_GRID_NEURONS);
    result->is_unsettled = (fabs(ends) > least && !(fabs(result->ends_z) <= SETTLED_Z)) ||
                           (fabs(halves) > least && !(fabs(result->halves_z) <= SETTLED_Z));
}

/* scratch has room for two numbers a replica. */
static void measure(const hebb_study *study, size_t point, double *scratch, point_result *result)
{
    static const size_t values[] = {
        [M] = RETRIEVAL_M, [Q] = RETRIEVAL_Q, [ENERGY] = RETRIEVAL_ENERGY, [R] = RETRIEVAL_R};
    for (size_t k = 0; k <= R; k++) result->of[k].estimate = mean_over_replicas(study, point, values[k], scratch);
    result->tau = mean_over_replicas(study, point, RETRIEVAL_TAU, scratch);
    check_equilibrium(study, point, result);
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *x = hebb_study_values(study, point, r);
        const bool is_lost = x[RETRIEVAL_LOST] != 0.0;
        result->n_lost += is_lost;
        scratch[r] = is_lost ? NAN : x[RETRIEVAL_M];
    }
    result->of[M_RETRIEVED].estimate = hebb_estimate_mean(study->n_replicas, scratch);
    part_errors(study, point, scratch, result);
}

static hebb_status add_theory(const hebb_study *study, size_t point, point_result *result)
{
    const double alpha = hebb_load_grid_load(study, point);
    const double temperature = hebb_study_grid(study, point, RETRIEVAL_GRID_TEMPERATURE);
    hebb_rs_state state, hotter;
    const hebb_status status = hebb_rs_retrieval(alpha, temperature, 1, &state);
    if (status != HEBB_OK && status != HEBB_ENOSOLUTION)
        return hebb_fail(status, "the saddle-point equations failed at p/N = %g, T = %g", alpha, temperature);
    const bool exists = status == HEBB_OK;
    const double theory[N_OBSERVABLES] = {
        [M] = state.m, [Q] = state.q, [ENERGY] = state.e, [R] = state.r, [M_RETRIEVED] = state.m};
    for (size_t k = 0; k < N_OBSERVABLES; k++) result->of[k].theory = exists ? theory[k] : NAN;
    result->is_close_to_the_end = hebb_rs_retrieval(alpha, temperature / JUDGED_TO, 1, &hotter) != HEBB_OK;
    result->is_broken = exists && state.at_margin < 0.0;
    return HEBB_OK;
}

static hebb_status measure_all(const hebb_study *study, point_result *results)
{
    double *scratch = calloc(2 * study->n_replicas, sizeof *scratch);
    if (scratch == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < study->n_points; k++) {
        measure(study, k, scratch, &results[k]);
        status = add_theory(study, k, &results[k]);
    }
    free(scratch);
    return status;
}

/* ---- summary.csv ---- */

static void add_summary_row(const hebb_study *study, size_t point, const void *results, hebb_table *table)
{
    const point_result *x = (const point_result *)results + point;
    const double cells[] = {(double)x->n_lost, x->tau.value, x->tau.error, x->thermal,
                            x->disorder,       x->runs,      x->ends_z,    x->halves_z};
    hebb_summary_add(study, point, N_OBSERVABLES, x->of, table);
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
}

static hebb_status save_summary(const hebb_study *study, const point_result *results)
{
    static const hebb_column more[] = {
        {"lost", "1", "replicas of which a run left the pattern"},
        {"tau", "sweeps", "integrated autocorrelation time of m"},
        {"tau_err", "sweeps", "its standard error over the replicas"},
        {"m_err_thermal", "1", "part of m_err that is thermal noise, by the autocorrelation times"},
        {"m_err_disorder", "1", "part of m_err that is disorder: what is left"},
        {"m_err_runs", "1", "m_err_thermal once more, by the difference of a replica's two runs"},
        {"ends_z", "1", "m of the runs from the pattern less m of the second runs, in units of its thermal error"},
        {"halves_z", "1", "m in the second half of the sweeps less m in the first, in units of its thermal error"},
    };
    return hebb_summary_save(study, N_OBSERVABLES, observables, sizeof more / sizeof *more, more, add_summary_row,
                             results);
}

/* ---- theory.csv: a line for each load, along T, and one for each temperature, along alpha ---- */

enum { N_STEPS = 60 };

/* From 0 to 1, the steps the shorter the nearer to 1, where m falls with an infinite slope. */
static double towards_the_end(int k)
{
    const double rest = 1.0 - (double)k / N_STEPS;
    return 1.0 - rest * rest;
}

static void add_row(hebb_table *table, const char *along, double alpha, double temperature)
{
    hebb_rs_state state = {0};
    const hebb_status solved = hebb_rs_retrieval(alpha, temperature, 1, &state);
    const double cells[] = {state.m, state.q, state.e, state.r};
    hebb_table_text(table, along);
    hebb_table_number(table, alpha);
    hebb_table_number(table, temperature);
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
        hebb_table_number(table, solved == HEBB_OK ? cells[k] : NAN);
    hebb_theory_table_status(table, solved);
}

static hebb_status add_lines_of_loads(const hebb_study *study, hebb_table *table)
{
    const hebb_list *alpha = hebb_options_list(study->options, "alpha");
    hebb_phase_tops tops;
    hebb_status status = hebb_phase_tops_find(&tops);
    for (size_t a = 0; status == HEBB_OK && a < alpha->length; a++) {
        hebb_phase_lines lines;
        status = hebb_phase_lines_at(alpha->values[a], &tops, &lines);
        if (status != HEBB_OK || isnan(lines.retrieval)) continue; /* no retrieval at any temperature */
        const double lowest = isnan(lines.retrieval_lower) ? 0.0 : lines.retrieval_lower;
        for (int k = 0; k <= N_STEPS; k++)
            add_row(table, "temperature", alpha->values[a], lowest + towards_the_end(k) * (lines.retrieval - lowest));
    }
    return status != HEBB_OK ? hebb_fail(status, "the lines of the phase diagram could not be solved for") : HEBB_OK;
}

static hebb_status add_lines_of_temperatures(const hebb_study *study, hebb_table *table)
{
    const hebb_list *temperature = hebb_options_list(study->options, "temperature");
    for (size_t t = 0; t < temperature->length; t++) {
        hebb_rs_point last;
        const hebb_status status = hebb_rs_point_last(temperature->values[t], 1, &last);
        if (status == HEBB_ENOSOLUTION) continue;
        if (status != HEBB_OK)
            return hebb_fail(status, "the end of retrieval could not be solved for at T = %g", temperature->values[t]);
        for (int k = 1; k <= N_STEPS; k++)
            add_row(table, "alpha", towards_the_end(k) * last.alpha, temperature->values[t]);
    }
    return HEBB_OK;
}

static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"along", "", "temperature: a line of one load; alpha: a line of one temperature"},
        {"alpha", "1", "load p/N"},
        {"temperature", "J", "temperature T; the last of a line is where retrieval ends"},
        {"m", "1", "overlap of the retrieval state, replica symmetry"},
        {"q", "1", "its Edwards-Anderson overlap"},
        {"energy", "J", "its energy per neuron"},
        {"r", "1", "its noise of the other patterns"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK) status = add_lines_of_loads(study, &table);
    if (status == HEBB_OK) status = add_lines_of_temperatures(study, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- verdict.csv ---- */

/* Why there is no verdict; NULL: there is one. */
static const char *objection(const hebb_study *study, size_t point, const point_result *x)
{
    if (isnan(x->of[M].theory)) return "the theory has no retrieval state here";
    if (x->n_lost > 0) return "replicas have lost the pattern: what is left is no equilibrium's average";
    if (x->is_close_to_the_end) return "within a tenth of the temperature where retrieval ends: m is too steep for N";
    if (hebb_study_grid(study, point, HEBB_GRID_NEURONS) < N_JUDGED)
        return "below 1000 neurons finite size shifts by more than is of interest";
    if (x->is_unsettled) return "not in equilibrium: the runs' ends or halves differ; give a longer --equilibration";
    return NULL;
}

static hebb_comparison compare(const hebb_study *study, size_t point, const point_result *x, size_t observable)
{
    const double resolutions[] = {M_RESOLUTION, Q_RESOLUTION, ENERGY_RESOLUTION, R_RESOLUTION * x->of[R].theory};
    const double n = hebb_study_grid(study, point, HEBB_GRID_NEURONS);
    const double p = hebb_study_grid(study, point, HEBB_GRID_PATTERNS);
    const char *why_not = objection(study, point, x);
    return (hebb_comparison){
        .quantity = observables[observable].value.name,
        .point = point,
        .simulation = x->of[observable].estimate.value,
        .error = x->of[observable].estimate.error,
        .n_samples = x->of[observable].estimate.n,
        .n_wanted = N_WANTED,
        .theory = x->of[observable].theory,
        .tolerance = observable == R ? TOLERANCE_OF_ONE / p * x->of[R].theory : TOLERANCE_OF_ONE / n,
        .resolution = resolutions[observable],
        .not_judged = why_not != NULL,
        .note = why_not != NULL   ? why_not
                : x->is_broken    ? "finite size; below T_R, where replica symmetry is broken by too little to be seen"
                : observable == R ? "finite p shifts by 1/p"
                                  : "finite N shifts by 1/N"};
}

static hebb_status save_verdicts(hebb_study *study, const point_result *results)
{
    const size_t n = N_JUDGED_OBSERVABLES * study->n_points;
    hebb_comparison *comparisons = calloc(n, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu verdicts", n);
    for (size_t k = 0; k < N_JUDGED_OBSERVABLES; k++)
        for (size_t point = 0; point < study->n_points; point++)
            comparisons[k * study->n_points + point] = compare(study, point, &results[point], k);
    const hebb_status status = hebb_study_save_verdicts(study, n, comparisons);
    free(comparisons);
    return status;
}

static void say(const hebb_study *study, const point_result *results)
{
    size_t n_lost = 0, n_unsettled = 0;
    for (size_t k = 0; k < study->n_points; k++) {
        n_lost += results[k].n_lost;
        n_unsettled += results[k].n_lost == 0 && results[k].is_unsettled;
    }
    if (n_lost > 0)
        hebb_study_say(study, "retrieval: %zu of %zu replicas lost the pattern", n_lost, hebb_study_units(study));
    if (n_unsettled > 0)
        hebb_study_say(study, "retrieval: %zu points are not in equilibrium: give a longer --equilibration",
                       n_unsettled);
}

hebb_status hebb_retrieval_report(hebb_study *study)
{
    point_result *results = calloc(study->n_points, sizeof *results);
    if (results == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu points", study->n_points);
    hebb_status status = measure_all(study, results);
    if (status == HEBB_OK) status = save_summary(study, results);
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = save_verdicts(study, results);
    if (status == HEBB_OK) say(study, results);
    free(results);
    return status;
}
