/* What continuous says of its replicas: the Potts theory beside every average, and where kinds of ends give way. */
#include <math.h>
#include <stdlib.h>

#include "continuous_study.h"
#include "summary.h"
#include "theory_table.h"

enum { N_OBSERVABLES = CONTINUOUS_ITERATIONS }; /* the values before have a theory, or might */

/*
 * Fixed before any run.  Orthogonal patterns: the theory is exact, and a state is within residual/(1 - slope) of its fixed
 * point, at most 1e-13 k / 1e-3 at the points that are judged; the resolution tells the branches apart everywhere.  Random
 * patterns: see second_order().  Limits: what follows the terms of the extrapolation (continuous_edges.c) is of order
 * N^-2 for the spinodal, a share of 1e-3 at N = 64 with room for its coefficient, and of N^(-3/4) for the average, a
 * share of .04 there.
 */
static const double EXACT_TOLERANCE = 1e-9, RESOLUTION = 0.01, SHARE_RESOLUTION = 0.05, SLOPE_MARGIN = 1e-3,
                    SPINODAL_TOLERANCE = 0.01, SPINODAL_RESOLUTION = 0.03, AVERAGE_TOLERANCE = 0.05,
                    AVERAGE_RESOLUTION = 0.15;

/* The bias of random patterns must be small for the leading order to be compared with. */
static const double LARGEST_BIAS = 0.02;

/* A start at the average is judged where the saddle is so many times as far as --noise moves it. */
static const double SADDLE_DISTANCE = 10.0;

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("pattern_single", "1", "share of the starts at a pattern that end in a single pattern", "Potts"),
    HEBB_OBSERVABLE("pattern_metastable", "1", "share of them that end in the average of some", "Potts"),
    HEBB_OBSERVABLE("pattern_average", "1", "share of them that end in the average of all", "Potts"),
    HEBB_OBSERVABLE("mixture_single", "1", "share of the starts at a random mixture that end in a single pattern",
                    "Potts, where one kind of end alone is stable"),
    HEBB_OBSERVABLE("mixture_metastable", "1", "share of them that end in the average of some", "Potts"),
    HEBB_OBSERVABLE("mixture_average", "1", "share of them that end in the average of all", "Potts"),
    HEBB_OBSERVABLE("average_single", "1", "share of the starts at the average that end in a single pattern", "Potts"),
    HEBB_OBSERVABLE("average_metastable", "1", "share of them that end in the average of some", "Potts"),
    HEBB_OBSERVABLE("average_average", "1", "share of them that end in the average of all", "Potts"),
    HEBB_OBSERVABLE("kept", "1", "share of the starts at a pattern that end in that pattern", "Potts"),
    HEBB_OBSERVABLE("weight", "1", "softmax weight of the pattern started at, at the end", "Potts"),
    HEBB_OBSERVABLE("overlap", "1", "overlap with the pattern started at, x.sigma/N, at the end", "Potts"),
    HEBB_OBSERVABLE("energy", "1", "beta E at the end of the starts at a pattern", "Potts, orthogonal patterns"),
    HEBB_OBSERVABLE("effective", "1", "effective number of patterns at the end of the starts at a mixture",
                    "Potts, where one kind of end alone is stable"),
};

typedef struct {
    double n_neurons, q, k;
    hebb_potts_thresholds at;
    hebb_potts_state end, saddle; /* of a start at a pattern; NaN where there is none */
    double slope;                 /* the largest eigenvalue there */
    bool has_saddle;
    hebb_measurement of[N_OBSERVABLES];
    double iterations, unfinished;
} point_result;

/* ---- theory ---- */

static void expect_kind(point_result *x, int from, hebb_continuous_kind kind)
{
    for (int k = 0; k < 3; k++)
        x->of[hebb_continuous_share(from, (hebb_continuous_kind)k)].theory = k == (int)kind ? 1.0 : 0.0;
}

static hebb_status solve(point_result *x)
{
    hebb_status status = hebb_potts_thresholds_find(x->q, &x->at);
    if (status != HEBB_OK) return status;
    status = hebb_potts_solve(x->q, 1.0, x->k, HEBB_POTTS_CONDENSED, &x->end);
    if (status == HEBB_ENOSOLUTION) status = hebb_potts_solve(x->q, 1.0, x->k, HEBB_POTTS_AVERAGE, &x->end);
    x->slope = x->end.g == 1.0 ? x->end.eig_collective : x->end.eig_condensed;
    if (status != HEBB_OK) return status;
    x->has_saddle = hebb_potts_solve(x->q, 1.0, x->k, HEBB_POTTS_SADDLE, &x->saddle) == HEBB_OK;
    return HEBB_OK;
}

static hebb_status add_theory(const hebb_study *study, point_result *x)
{
    const hebb_continuous_study *own = study->own;
    const hebb_status status = solve(x);
    for (size_t v = 0; v < N_OBSERVABLES; v++) x->of[v].theory = NAN;
    if (status != HEBB_OK) return hebb_fail(status, "no fixed point at q = %.0f, k = %g", x->q, x->k);
    const hebb_continuous_kind end = hebb_continuous_kind_of(x->q, hebb_potts_sum_of_squares(&x->end), x->end.large);
    expect_kind(x, CONTINUOUS_FROM_PATTERN, end);
    x->of[CONTINUOUS_KEPT].theory = end == HEBB_CONTINUOUS_SINGLE;
    x->of[CONTINUOUS_WEIGHT].theory = x->of[CONTINUOUS_OVERLAP].theory = x->end.large;
    if (own->law == HEBB_ENSEMBLE_ORTHOGONAL) x->of[CONTINUOUS_ENERGY].theory = x->end.energy;
    if (x->k < x->q) expect_kind(x, CONTINUOUS_FROM_AVERAGE, HEBB_CONTINUOUS_AVERAGE);
    if (x->k > x->q && own->noise > 0.0) expect_kind(x, CONTINUOUS_FROM_AVERAGE, end);
    if (x->k > x->at.k_spinodal && x->k <= x->q) return HEBB_OK; /* a mixture's end hangs on its start */
    expect_kind(x, CONTINUOUS_FROM_MIXTURE, end);
    x->of[CONTINUOUS_EFFECTIVE].theory = 1.0 / hebb_potts_sum_of_squares(&x->end);
    return HEBB_OK;
}

/*
 * A bound on what the products g = x.y/N, of variance 1/N (2/N for the squared norm of gaussian patterns), add to a mean.
 * Their first order has mean 0.  A field's variance is at most 3 k^2/N; a weight follows its field with the slope
 * p (1-p)/(1 - s), s the largest eigenvalue, and bends by no more than 1/(1-s)^2 times that.
 */
static double second_order(const point_result *x)
{
    const double p = x->end.large, rest = 1.0 - x->slope;
    return 3.0 * x->k * x->k * p * (1.0 - p) / (x->n_neurons * rest * rest * rest);
}

/* ---- estimates ---- */

static hebb_estimate estimate(const hebb_study *study, size_t point, size_t value, double *scratch)
{
    hebb_study_gather(study, point, value, scratch);
    hebb_estimate x = hebb_estimate_mean(study->n_replicas, scratch);
    if (value > CONTINUOUS_KEPT) {
        x.error = hypot(x.error, CONTINUOUS_TOLERANCE);
        return x;
    }
    const double n_runs = (double)(study->n_replicas * hebb_continuous_starts(study, point));
    const hebb_estimate share = hebb_estimate_share((size_t)llround(x.value * n_runs), (size_t)n_runs);
    x.error = isnan(x.error) ? share.error : fmax(x.error, share.error);
    return x;
}

static hebb_status measure(const hebb_study *study, size_t point, double *scratch, point_result *x)
{
    x->n_neurons = hebb_study_grid(study, point, CONTINUOUS_NEURONS);
    x->q = hebb_study_grid(study, point, CONTINUOUS_PATTERNS);
    x->k = hebb_study_grid(study, point, CONTINUOUS_K);
    for (size_t v = 0; v < N_OBSERVABLES; v++) x->of[v].estimate = estimate(study, point, v, scratch);
    hebb_study_gather(study, point, CONTINUOUS_ITERATIONS, scratch);
    x->iterations = hebb_estimate_mean(study->n_replicas, scratch).value;
    hebb_study_gather(study, point, CONTINUOUS_UNFINISHED, scratch);
    x->unfinished = hebb_estimate_mean(study->n_replicas, scratch).value;
    return add_theory(study, x);
}

/* ---- summary.csv and theory.csv ---- */

static void add_summary_row(const hebb_study *study, size_t point, const void *results, hebb_table *table)
{
    const point_result *x = (const point_result *)results + point;
    hebb_summary_add(study, point, N_OBSERVABLES, x->of, table);
    hebb_table_number(table, x->iterations);
    hebb_table_number(table, x->unfinished);
}

static hebb_status save_summary(const hebb_study *study, const point_result *results)
{
    static const hebb_column further[] = {
        {"iterations", "1", "updates until nothing moves, mean over all starts"},
        {"unfinished", "1", "share of all starts that --iterations were too few for"},
    };
    return hebb_summary_save(study, N_OBSERVABLES, observables, sizeof further / sizeof *further, further,
                             add_summary_row, results);
}

static void add_theory_row(double q, double k, hebb_table *table)
{
    hebb_potts_state single, saddle, average;
    const hebb_status solved = hebb_potts_solve(q, 1.0, k, HEBB_POTTS_AVERAGE, &average);
    const bool is_single = hebb_potts_solve(q, 1.0, k, HEBB_POTTS_CONDENSED, &single) == HEBB_OK;
    const bool is_saddle = hebb_potts_solve(q, 1.0, k, HEBB_POTTS_SADDLE, &saddle) == HEBB_OK;
    const double cells[] = {q,
                            k,
                            is_single ? single.large : NAN,
                            is_saddle ? saddle.large : NAN,
                            average.large,
                            is_single ? single.energy : NAN,
                            is_saddle ? saddle.energy : NAN,
                            average.energy};
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) hebb_table_number(table, cells[c]);
    hebb_theory_table_status(table, solved);
}

/* The branches part like the root of k - k_s: some points more, where the step to `next` passes it. */
static void add_spinodal_rows(double q, double last, double next, hebb_table *table)
{
    static const double shares[] = {1e-12, 1.0 / 64.0, 1.0 / 16.0, 1.0 / 4.0};
    hebb_potts_thresholds at;
    if (hebb_potts_thresholds_find(q, &at) != HEBB_OK || !(last < at.k_spinodal && at.k_spinodal < next)) return;
    for (size_t j = 0; j < sizeof shares / sizeof *shares; j++)
        add_theory_row(q, at.k_spinodal + shares[j] * (next - at.k_spinodal), table);
}

/* A fine grid from the least to the largest k of the study, for each q. */
static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"n_patterns", "1", "number of orthogonal patterns q"},
        {"k", "1", "inverse temperature beta N"},
        {"weight_single", "1", "softmax weight of a single pattern; empty below its spinodal"},
        {"weight_saddle", "1", "largest weight of the saddle between it and the average; empty where there is none"},
        {"weight_average", "1", "weight 1/q in the average, which is stable below k = q"},
        {"energy_single", "1", "beta E of a single pattern"},
        {"energy_saddle", "1", "beta E of the saddle"},
        {"energy_average", "1", "beta E of the average"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    enum { N_STEPS = 400 };
    const hebb_list *patterns = hebb_options_list(study->options, "patterns");
    const hebb_list *k = hebb_options_list(study->options, "k");
    double low = INFINITY, high = 0.0;
    for (size_t b = 0; b < k->length; b++) {
        low = fmin(low, k->values[b]);
        high = fmax(high, k->values[b]);
    }
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (size_t a = 0; status == HEBB_OK && a < patterns->length; a++)
        for (int b = 0; b <= N_STEPS; b++) {
            const double last = low + (high - low) * (b - 1) / N_STEPS, next = low + (high - low) * b / N_STEPS;
            if (b > 0) add_spinodal_rows(patterns->values[a], last, next, &table);
            add_theory_row(patterns->values[a], next, &table);
        }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- verdict.csv ---- */

/* Why an observable of orthogonal patterns is not judged; NULL: it is. */
static const char *objection(const hebb_study *study, const point_result *x, size_t value)
{
    const hebb_continuous_study *own = study->own;
    if (x->unfinished > 0.0) return "some states did not converge";
    if (fabs(1.0 - x->slope) < SLOPE_MARGIN) return "next to a spinodal, where the last steps say little";
    if (value < (size_t)CONTINUOUS_SHARES + 3 * CONTINUOUS_FROM_AVERAGE || value >= CONTINUOUS_KEPT) return NULL;
    if (x->has_saddle &&
        x->saddle.log_ratio < SADDLE_DISTANCE * x->k * own->noise * sqrt(2.0 * log(2.0 * x->q) / x->n_neurons))
        return "the noise of the start may carry it over the saddle";
    return NULL;
}

/* The same for random patterns, of which the weight and the overlap are judged. */
static const char *objection_to_random(const point_result *x)
{
    const double kept = x->of[CONTINUOUS_KEPT].estimate.value;
    if (x->unfinished > 0.0) return "some states did not converge";
    if (x->k > x->at.k_spinodal && kept < 1.0) return "some starts were lost: those that stayed are a selection";
    if (x->k <= x->at.k_spinodal && kept > 0.0) return "some starts stayed below the spinodal of orthogonal patterns";
    if (second_order(x) > LARGEST_BIAS) return "N is too small for the leading order";
    return NULL;
}

static hebb_comparison compare(const hebb_study *study, const point_result *x, size_t point, size_t value)
{
    const bool is_exact = ((const hebb_continuous_study *)study->own)->law == HEBB_ENSEMBLE_ORTHOGONAL;
    const char *note = is_exact ? objection(study, x, value) : objection_to_random(x);
    hebb_comparison c = {.quantity = observables[value].value.name,
                         .point = point,
                         .simulation = x->of[value].estimate.value,
                         .error = x->of[value].estimate.error,
                         .n_samples = x->of[value].estimate.n,
                         .theory = x->of[value].theory,
                         .not_judged = note != NULL};
    c.tolerance = !is_exact ? 2.0 * second_order(x) : value > CONTINUOUS_KEPT ? EXACT_TOLERANCE * x->k : 0.0;
    c.resolution = value > CONTINUOUS_KEPT ? RESOLUTION : SHARE_RESOLUTION;
    c.note = note != NULL ? note
             : is_exact   ? "exact for orthogonal patterns"
                          : "orthogonal patterns; the tolerance bounds the second order of random ones' products";
    return c;
}

static hebb_comparison compare_edge(const hebb_study *study, const hebb_continuous_edge *edge)
{
    const bool is_exact = ((const hebb_continuous_study *)study->own)->law == HEBB_ENSEMBLE_ORTHOGONAL;
    const bool is_spinodal = edge->theory < edge->n_patterns;
    hebb_potts_thresholds thresholds = {.k_spinodal = NAN};
    const hebb_status solved = hebb_potts_thresholds_find(edge->n_patterns, &thresholds);
    const bool is_far = !is_exact && !is_spinodal && !(solved == HEBB_OK && edge->k_largest > thresholds.k_spinodal);
    return (hebb_comparison){
        .quantity = edge->name,
        .point = SIZE_MAX,
        .not_judged = is_far,
        .simulation = edge->k,
        .error = edge->error,
        .theory = edge->theory,
        .tolerance = is_exact ? 0.0 : edge->theory * (is_spinodal ? SPINODAL_TOLERANCE : AVERAGE_TOLERANCE),
        .resolution = edge->theory * (is_spinodal ? SPINODAL_RESOLUTION : AVERAGE_RESOLUTION),
        .note = is_exact ? "bracketed by the grid; the error is that of a uniform law in the bracket"
                : is_far ? "half losses lie below the spinodal, where there is no saddle yet: N is too small"
                         : "half losses extrapolated in N: see finite_size.csv"};
}

static bool is_judged(const hebb_study *study, const point_result *x, size_t value)
{
    const bool is_exact = ((const hebb_continuous_study *)study->own)->law == HEBB_ENSEMBLE_ORTHOGONAL;
    if (isnan(x->of[value].theory)) return false;
    return is_exact || value == CONTINUOUS_WEIGHT || value == CONTINUOUS_OVERLAP;
}

static hebb_status save_verdicts(hebb_study *study, const point_result *results, size_t n_edges,
                                 const hebb_continuous_edge *edges)
{
    size_t n = 0;
    hebb_comparison *comparisons = calloc(N_OBSERVABLES * study->n_points + n_edges, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the verdicts");
    for (size_t k = 0; k < study->n_points; k++)
        for (size_t v = 0; v < N_OBSERVABLES; v++)
            if (is_judged(study, &results[k], v)) comparisons[n++] = compare(study, &results[k], k, v);
    for (size_t k = 0; k < n_edges; k++)
        if (!isnan(edges[k].k) && !isnan(edges[k].theory)) comparisons[n++] = compare_edge(study, &edges[k]);
    const hebb_status status = hebb_study_save_verdicts(study, n, comparisons);
    free(comparisons);
    return status;
}

/* ---- what the user reads ---- */

static void say(const hebb_study *study, size_t n_edges, const hebb_continuous_edge *edges)
{
    for (size_t k = 0; k < n_edges; k++) {
        if (isnan(edges[k].k) || isnan(edges[k].theory)) continue;
        if (isnan(edges[k].n_neurons))
            hebb_study_say(study, "continuous: %s = %.4f +- %.4f for infinite N; theory %.6f", edges[k].name,
                           edges[k].k, edges[k].error, edges[k].theory);
        else
            hebb_study_say(study, "continuous: N = %.0f: %s between %g and %g; theory %.6f", edges[k].n_neurons,
                           edges[k].name, edges[k].low, edges[k].high, edges[k].theory);
    }
}

hebb_status hebb_continuous_report(hebb_study *study)
{
    const size_t n = study->n_points;
    size_t n_edges = 0;
    point_result *results = calloc(n, sizeof *results);
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    hebb_continuous_edge *edges = calloc(n, 4 * sizeof *edges);
    hebb_status status = results != NULL && scratch != NULL && edges != NULL
                             ? HEBB_OK
                             : hebb_fail(HEBB_ENOMEM, "no memory for %zu points", n);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) status = measure(study, k, scratch, &results[k]);
    if (status == HEBB_OK) status = save_summary(study, results);
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = hebb_continuous_save_edges(study, edges, &n_edges);
    if (status == HEBB_OK) status = save_verdicts(study, results, n_edges, edges);
    if (status == HEBB_OK) say(study, n_edges, edges);
    free(edges);
    free(scratch);
    free(results);
    return status;
}
