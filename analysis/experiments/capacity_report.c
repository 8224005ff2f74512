/* What the capacity experiment says of its replicas: summary.csv, theory.csv, finite_size.csv, verdict.csv. */
#include "capacity_study.h"

#include <math.h>
#include <stdlib.h>

#include "capacity.h"
#include "finite_size.h"
#include "load_grid.h"
#include "relax_walk.h"
#include "replica_symmetric.h"
#include "summary.h"
#include "theory_table.h"

/*
 * Fixed before any run.
 *
 * Tolerance of m.  Relaxation from the pattern stops in the first minimum, a little nearer the pattern than the
 * equilibrium that the theory describes; the nearer to alpha_c, the more.  Beyond M_JUDGED_TO the excess has no bound
 * that we know of.  Below N_JUDGED finite size shifts m by more than that.
 *
 * Lost runs.  The transition is rounded over O(N^(-1/2)) and shifted upwards as much, so that within
 * [alpha_c - N^(-1/2), alpha_c + 3 N^(-1/2)] the theory of infinite N does not say which share is lost.
 *
 * alpha_c.  The straight line in N^(-1/2) is a leading law; sizes of 500 and more bend from it by a few thousandths.
 * The resolution tells 0.138 from the 0.144 of older estimates.
 */
static const double M_TOLERANCE[][2] = {{0.1005, 1e-4}, {0.1205, 5e-4}, {0.1305, 1.5e-3}}; /* up to this load */
static const double M_JUDGED_TO = 0.1305, N_JUDGED = 5000.0, M_RESOLUTION = 2e-3;
static const double WINDOW_BELOW = 1.0, WINDOW_ABOVE = 3.0, LOST_TOLERANCE = 0.02, LOST_RESOLUTION = 0.05;
static const double ALPHA_C_TOLERANCE = 0.004, ALPHA_C_RESOLUTION = 0.006;

static const char FIRST_MINIMUM[] = "relaxation stops in the first minimum, a little nearer the pattern than "
                                    "equilibrium; reheating to T = 0.06 and cooling brings m down again";
static const char UNSETTLED[] = "some runs had not settled within --sweeps";
static const char NOT_INDEPENDENT[] = "the theory curve assumes independent patterns; these are from a file";

enum { N_OBSERVABLES = 5, N_COMPARISONS_A_POINT = 2 };

#define THEORY "replica-symmetric theory at p/N; empty where it has no retrieval state"
static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("m", "1", "overlap with the pattern at the end, mean over all runs", THEORY),
    HEBB_OBSERVABLE("m_retrieved", "1", "the same over the runs that were not lost", THEORY),
    HEBB_OBSERVABLE("error_retrieved", "1", "share of wrong bits (1-m)/2 of the runs that were not lost", THEORY),
    HEBB_OBSERVABLE("energy_retrieved", "J", "energy per neuron of the runs that were not lost", THEORY),
    HEBB_OBSERVABLE("lost", "1", "share of runs that ended at an overlap below 0.75",
                    "0 where the theory has a retrieval state at p/N, else 1"),
};
#undef THEORY

typedef struct {
    hebb_measurement of[N_OBSERVABLES];
    size_t n_lost, n_two_cycles, n_unsettled;
} point_result;

enum { M, M_RETRIEVED, ERROR_RETRIEVED, ENERGY_RETRIEVED, LOST };

/* The mean of x over the runs that were not lost; kept, which may be x itself, is room for n numbers. */
static hebb_estimate mean_of_kept(size_t n, const double *m, const double *x, double *kept)
{
    for (size_t r = 0; r < n; r++) kept[r] = m[r] < CAPACITY_LOST_BELOW ? NAN : x[r];
    return hebb_estimate_mean(n, kept);
}

/* Estimates over the replicas of one point; scratch has room for two columns of them. */
static point_result measure(const hebb_study *study, size_t point, double *scratch)
{
    point_result result = {0};
    const size_t n = study->n_replicas;
    double *m = scratch, *x = scratch + n;
    hebb_study_gather(study, point, CAPACITY_M, m);
    for (size_t r = 0; r < n; r++) {
        const double outcome = hebb_study_values(study, point, r)[CAPACITY_OUTCOME];
        result.n_lost += m[r] < CAPACITY_LOST_BELOW;
        result.n_two_cycles += outcome == HEBB_RELAX_TWO_CYCLE;
        result.n_unsettled += outcome == HEBB_RELAX_UNFINISHED;
    }
    result.of[M].estimate = hebb_estimate_mean(n, m);
    result.of[M_RETRIEVED].estimate = mean_of_kept(n, m, m, x);
    for (size_t r = 0; r < n; r++) x[r] = 0.5 * (1.0 - m[r]);
    result.of[ERROR_RETRIEVED].estimate = mean_of_kept(n, m, x, x);
    hebb_study_gather(study, point, CAPACITY_ENERGY, x);
    result.of[ENERGY_RETRIEVED].estimate = mean_of_kept(n, m, x, x);
    result.of[LOST].estimate = hebb_estimate_share(result.n_lost, n);
    return result;
}

static hebb_status add_theory(const hebb_study *study, size_t point, point_result *result)
{
    hebb_rs_state state;
    const hebb_status status = hebb_rs_retrieval_t0(hebb_load_grid_load(study, point), &state);
    const bool exists = status == HEBB_OK;
    if (!exists && status != HEBB_ENOSOLUTION)
        return hebb_fail(status, "the saddle-point equations failed at p/N = %g", hebb_load_grid_load(study, point));
    result->of[M].theory = result->of[M_RETRIEVED].theory = exists ? state.m : NAN;
    result->of[ERROR_RETRIEVED].theory = exists ? state.error : NAN;
    result->of[ENERGY_RETRIEVED].theory = exists ? state.e : NAN;
    result->of[LOST].theory = exists ? 0.0 : 1.0;
    return HEBB_OK;
}

static hebb_status measure_all(const hebb_study *study, point_result *results)
{
    double *scratch = calloc(2 * study->n_replicas, sizeof *scratch);
    if (scratch == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < study->n_points; k++) {
        results[k] = measure(study, k, scratch);
        status = add_theory(study, k, &results[k]);
    }
    free(scratch);
    return status;
}

/* ---- summary.csv and theory.csv ---- */

static void add_summary_row(const hebb_study *study, size_t point, const void *results, hebb_table *table)
{
    const point_result *x = (const point_result *)results + point;
    hebb_summary_add(study, point, N_OBSERVABLES, x->of, table);
    hebb_table_number(table, (double)x->n_two_cycles);
    hebb_table_number(table, (double)x->n_unsettled);
}

static void add_theory_row(hebb_table *table, double alpha, hebb_status solved, const hebb_rs_state *state)
{
    const double cells[] = {state->m, state->error, state->e};
    hebb_table_number(table, alpha);
    for (size_t k = 0; k < 3; k++) hebb_table_number(table, solved == HEBB_OK ? cells[k] : NAN);
    hebb_theory_table_status(table, solved);
}

/* A fine grid for the line, ending exactly at alpha_c. */
static hebb_status save_theory(const hebb_study *study, const hebb_capacity *capacity)
{
    static const hebb_column columns[] = {
        {"alpha", "1", "load p/N; the last row is alpha_c"},
        {"m", "1", "overlap of the retrieval state, replica symmetry, T = 0"},
        {"error", "1", "its share of wrong bits, (1-m)/2"},
        {"energy", "J", "its energy per neuron"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    enum { N_STEPS = 400 };
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (int k = 1; status == HEBB_OK && k <= N_STEPS; k++) {
        hebb_rs_state state;
        /* quadratic in k: close together near alpha_c, where m falls with an infinite slope */
        const double rest = 1.0 - (double)k / N_STEPS;
        const double alpha = capacity->alpha * (1.0 - rest * rest);
        add_theory_row(&table, alpha, hebb_rs_retrieval_t0(alpha, &state), &state);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- finite_size.csv ---- */

typedef struct {
    size_t n_sizes;  /* different N in the study */
    size_t n_fitted; /* of them, with a loss curve; their numbers are in the first n_fitted places of these: */
    double *n_neurons, *alpha_half, *error;
    hebb_extrapolation limit;
    hebb_status extrapolated;
} size_scan;

static bool is_first_of_its_size(const hebb_study *study, size_t point)
{
    for (size_t k = 0; k < point; k++)
        if (hebb_study_grid(study, k, HEBB_GRID_NEURONS) == hebb_study_grid(study, point, HEBB_GRID_NEURONS))
            return false;
    return true;
}

/* Loads that round to the same p are the same runs: only the first of them counts. */
static size_t counts_at_size(const hebb_study *study, const point_result *results, double n_neurons,
                             hebb_loss_count *counts)
{
    size_t n = 0;
    for (size_t k = 0; k < study->n_points; k++)
        if (hebb_study_grid(study, k, HEBB_GRID_NEURONS) == n_neurons) {
            const double load = hebb_load_grid_load(study, k);
            size_t same = 0;
            while (same < n && counts[same].x != load) same++;
            if (same == n) counts[n++] = (hebb_loss_count){load, results[k].n_lost, study->n_replicas};
        }
    return n;
}

static hebb_status scan_sizes(const hebb_study *study, const point_result *results, size_scan *scan, hebb_table *table)
{
    hebb_loss_count *counts = calloc(study->n_points, sizeof *counts);
    double *room = calloc(3 * study->n_points, sizeof *room);
    scan->n_neurons = room;
    if (counts == NULL || room == NULL) {
        free(counts);
        return hebb_fail(HEBB_ENOMEM, "no memory for the finite-size analysis");
    }
    scan->alpha_half = room + study->n_points;
    scan->error = room + 2 * study->n_points;
    for (size_t point = 0; point < study->n_points; point++) {
        if (!is_first_of_its_size(study, point)) continue;
        const double n_neurons = hebb_study_grid(study, point, HEBB_GRID_NEURONS);
        const size_t n = counts_at_size(study, results, n_neurons, counts);
        hebb_loss_curve curve = {NAN, NAN, NAN, NAN};
        const hebb_status fitted = hebb_loss_curve_fit(n, counts, &curve);
        hebb_table_number(table, n_neurons);
        hebb_table_number(table, curve.half);
        hebb_table_number(table, curve.half_error);
        hebb_table_number(table, curve.width);
        hebb_table_number(table, curve.width_error);
        hebb_table_text(table, fitted == HEBB_OK ? "ok" : "fewer than two loads at which some runs, not all, are lost");
        scan->n_sizes++;
        if (fitted != HEBB_OK) continue;
        scan->n_neurons[scan->n_fitted] = n_neurons;
        scan->alpha_half[scan->n_fitted] = curve.half;
        scan->error[scan->n_fitted++] = curve.half_error;
    }
    free(counts);
    return HEBB_OK;
}

/* The rows of the sizes, then one with no N: the limit. */
static hebb_status save_finite_size(const hebb_study *study, const point_result *results, size_scan *scan)
{
    static const hebb_column columns[] = {
        {"n_neurons", "1", "number of neurons N; empty: the limit of infinite N"},
        {"alpha_half", "1", "load at which half of the runs are lost, by a probit fit"},
        {"alpha_half_err", "1", "its standard error"},
        {"width", "1", "width of the Gaussian of that fit; for the limit, d alpha_half / d N^(-1/2)"},
        {"width_err", "1", "its standard error"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK) status = scan_sizes(study, results, scan, &table);
    if (status != HEBB_OK) goto out;
    scan->limit = (hebb_extrapolation){NAN, NAN, NAN, NAN, NAN};
    scan->extrapolated = hebb_extrapolate(scan->n_fitted, scan->n_neurons, scan->alpha_half, scan->error, &scan->limit);
    hebb_table_missing(&table);
    hebb_table_number(&table, scan->limit.limit);
    hebb_table_number(&table, scan->limit.limit_error);
    hebb_table_number(&table, scan->limit.shift);
    hebb_table_number(&table, scan->limit.shift_error);
    hebb_table_text(&table, scan->extrapolated == HEBB_OK ? "ok" : "fewer than two sizes to extrapolate from");
    status = hebb_study_save(study, &table, "finite_size.csv");
out:
    hebb_table_free(&table);
    return status;
}

/* ---- verdict.csv ---- */

static hebb_comparison compare_m(const hebb_study *study, size_t point, const hebb_measurement *x, size_t n_unsettled)
{
    const double alpha = hebb_load_grid_load(study, point);
    hebb_comparison c = {.quantity = "m_retrieved",
                         .point = point,
                         .simulation = x->estimate.value,
                         .error = x->estimate.error,
                         .n_samples = x->estimate.n,
                         .theory = x->theory,
                         .tolerance = NAN,
                         .resolution = M_RESOLUTION,
                         .note = FIRST_MINIMUM};
    for (size_t k = sizeof M_TOLERANCE / sizeof *M_TOLERANCE; k-- > 0;)
        if (alpha <= M_TOLERANCE[k][0]) c.tolerance = M_TOLERANCE[k][1];
    if (((const hebb_capacity_study *)study->own)->from_file)
        c.note = NOT_INDEPENDENT;
    else if (isnan(x->theory))
        c.note = "above alpha_c the theory has no retrieval state";
    else if (alpha > M_JUDGED_TO)
        c.note = "too close to alpha_c: how far relaxation stops from equilibrium is not known";
    else if (hebb_study_grid(study, point, HEBB_GRID_NEURONS) < N_JUDGED)
        c.note = "below 5000 neurons finite size shifts m by more than the tolerance";
    else if (n_unsettled > 0)
        c.note = UNSETTLED;
    c.not_judged = c.note != FIRST_MINIMUM;
    return c;
}

static hebb_comparison compare_lost(const hebb_study *study, size_t point, const hebb_measurement *x, double alpha_c,
                                    size_t n_unsettled)
{
    const double width = 1.0 / sqrt(hebb_study_grid(study, point, HEBB_GRID_NEURONS)),
                 alpha = hebb_load_grid_load(study, point);
    hebb_comparison c = {.quantity = "lost",
                         .point = point,
                         .simulation = x->estimate.value,
                         .error = x->estimate.error,
                         .theory = x->theory,
                         .tolerance = LOST_TOLERANCE,
                         .resolution = LOST_RESOLUTION,
                         .note = ""};
    if (((const hebb_capacity_study *)study->own)->from_file)
        c.note = NOT_INDEPENDENT;
    else if (alpha > alpha_c - WINDOW_BELOW * width && alpha < alpha_c + WINDOW_ABOVE * width)
        c.note = "within the finite-size rounding of the transition, -1 to +3 N^(-1/2) around alpha_c";
    else if (n_unsettled > 0)
        c.note = UNSETTLED;
    c.not_judged = *c.note != '\0';
    return c;
}

static hebb_comparison compare_alpha_c(const hebb_study *study, const size_scan *scan, double alpha_c)
{
    hebb_comparison c = {.quantity = "alpha_c",
                         .point = SIZE_MAX,
                         .simulation = scan->limit.limit,
                         .error = scan->limit.limit_error,
                         .theory = alpha_c,
                         .tolerance = ALPHA_C_TOLERANCE,
                         .resolution = ALPHA_C_RESOLUTION,
                         .note = "extrapolated in N^(-1/2), the leading law"};
    c.not_judged = 1;
    if (((const hebb_capacity_study *)study->own)->from_file)
        c.note = NOT_INDEPENDENT;
    else if (scan->n_fitted < 3)
        c.note = "fewer than three sizes with a loss curve: nothing shows whether they lie on a straight line";
    else
        c.not_judged = 0;
    return c;
}

static hebb_status save_verdicts(hebb_study *study, const point_result *results, const size_scan *scan, double alpha_c)
{
    const size_t n = N_COMPARISONS_A_POINT * study->n_points + 1;
    hebb_comparison *comparisons = calloc(n, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu verdicts", n);
    for (size_t point = 0; point < study->n_points; point++) {
        comparisons[point] = compare_m(study, point, &results[point].of[M_RETRIEVED], results[point].n_unsettled);
        comparisons[study->n_points + point] =
            compare_lost(study, point, &results[point].of[LOST], alpha_c, results[point].n_unsettled);
    }
    comparisons[n - 1] = compare_alpha_c(study, scan, alpha_c);
    const hebb_status status = hebb_study_save_verdicts(study, n, comparisons);
    free(comparisons);
    return status;
}

/* ---- what the user reads ---- */

static void say(const hebb_study *study, const point_result *results, const size_scan *scan, double alpha_c)
{
    size_t n_two_cycles = 0, n_unsettled = 0;
    for (size_t k = 0; k < study->n_points; k++) {
        n_two_cycles += results[k].n_two_cycles;
        n_unsettled += results[k].n_unsettled;
    }
    if (n_two_cycles > 0) hebb_study_say(study, "capacity: %zu runs ended in a cycle of two states", n_two_cycles);
    if (n_unsettled > 0)
        hebb_study_say(study, "capacity: %zu runs had not settled and were given up: give more --sweeps", n_unsettled);
    if (((const hebb_capacity_study *)study->own)->from_file) {
        hebb_study_say(study, "capacity: %s: no verdict", NOT_INDEPENDENT);
        return;
    }
    if (scan->extrapolated == HEBB_OK)
        hebb_study_say(study, "capacity: alpha_c = %.4f +- %.4f, extrapolated from %zu sizes; theory %.6f",
                       scan->limit.limit, scan->limit.limit_error, scan->n_fitted, alpha_c);
}

hebb_status hebb_capacity_report(hebb_study *study)
{
    hebb_capacity capacity;
    size_scan scan = {0};
    point_result *results = calloc(study->n_points, sizeof *results);
    if (results == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu points", study->n_points);
    hebb_status status = hebb_capacity_t0(&capacity);
    if (status != HEBB_OK) {
        hebb_fail(status, "the capacity could not be solved for");
        goto out;
    }
    if ((status = measure_all(study, results)) != HEBB_OK) goto out;
    if ((status = hebb_summary_save(study, N_OBSERVABLES, observables, HEBB_N_RELAX_COUNTS, hebb_relax_counts,
                                    add_summary_row, results)) != HEBB_OK)
        goto out;
    if ((status = save_theory(study, &capacity)) != HEBB_OK) goto out;
    if ((status = save_finite_size(study, results, &scan)) != HEBB_OK) goto out;
    if ((status = save_verdicts(study, results, &scan, capacity.alpha)) != HEBB_OK) goto out;
    say(study, results, &scan, capacity.alpha);
out:
    free(scan.n_neurons);
    free(results);
    return status;
}
