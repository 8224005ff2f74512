/* What the exponential experiment says of its replicas: summary.csv, theory.csv, limits.csv, threshold.csv, verdict.csv. */
#include "exponential_study.h"

#include <math.h>
#include <stdlib.h>

#include "exponential_capacity.h"
#include "exponential_step.h"
#include "summary.h"
#include "theory_table.h"

/*
 * Fixed before any run.
 *
 * right: the law of one neuron is exact but for ties, which are rarer than 1e-3 for K > 100, and numbers of rivals taken for
 * Poisson ones.  retrieved: neurons are taken for independent once the nearest rivals and the sum of all others are given; a
 * trial of 4000 replicas a point at N = 16 to 30 found that to miss by up to .013.  Rivals nearer to the start than the
 * pattern that disagree with it only where the pattern does leave the pattern half a chance, which the theory does not
 * count: d of them at distance d-1, each with the chance K/2^N.
 *
 * Half of the retrievals gone: .02 in the share is .005 in alpha at the slope of the smallest sizes, some -4.
 */
static const double RIGHT_TOLERANCE = 1e-3, RIGHT_RESOLUTION = 0.05;
static const double RETRIEVED_TOLERANCE = 0.02, RETRIEVED_RESOLUTION = 0.12;
static const double HALF_TOLERANCE = 0.005, HALF_RESOLUTION = 0.015;

enum { RIGHT, RETRIEVED, N_OBSERVABLES };
static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("right", "1", "share of neurons that are right after one step", "law of one neuron at N and K"),
    HEBB_OBSERVABLE("retrieved", "1", "share of replicas with all neurons right after one step",
                    "law of all neurons at N and K, approximate"),
};

static double grid(const hebb_study *study, size_t point, size_t column)
{
    return hebb_study_grid(study, point, column);
}

/* ---- summary.csv ---- */

static hebb_status measure(const hebb_study *study, size_t point, double *scratch, hebb_measurement *x)
{
    const long n = (long)grid(study, point, EXPONENTIAL_NEURONS), d = (long)grid(study, point, EXPONENTIAL_ERRORS);
    const double n_patterns = grid(study, point, EXPONENTIAL_PATTERNS);
    hebb_study_gather(study, point, EXPONENTIAL_RIGHT, scratch);
    x[RIGHT].estimate = hebb_estimate_mean(study->n_replicas, scratch);
    hebb_study_gather(study, point, EXPONENTIAL_RETRIEVED, scratch);
    size_t hits = 0;
    for (size_t r = 0; r < study->n_replicas; r++) hits += scratch[r] > 0.5;
    x[RETRIEVED].estimate = hebb_estimate_share(hits, study->n_replicas);
    const hebb_status status = hebb_exponential_step_share(n, n_patterns, d, &x[RIGHT].theory);
    return status == HEBB_OK ? hebb_exponential_step_retrieved(n, n_patterns, d, &x[RETRIEVED].theory) : status;
}

static hebb_status save_summary(hebb_study *study, hebb_measurement *measured)
{
    static const hebb_column further[] = {
        {"drawn", "1", "1: every pattern was drawn; 0: what they do was drawn from its law"},
        {"m_end", "1", "overlap with the pattern after the last step, mean"},
        {"steps", "1", "steps made, mean"}};
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    if (scratch == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    hebb_table table;
    hebb_status status = hebb_summary_init(study, N_OBSERVABLES, observables, &table);
    for (size_t k = 0; status == HEBB_OK && k < 3; k++) status = hebb_table_add_column(&table, further[k]);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        hebb_measurement *x = measured + N_OBSERVABLES * point;
        if ((status = measure(study, point, scratch, x)) != HEBB_OK) break;
        hebb_summary_add(study, point, N_OBSERVABLES, x, &table);
        hebb_table_number(&table, hebb_exponential_is_drawn(study, grid(study, point, EXPONENTIAL_NEURONS),
                                                            grid(study, point, EXPONENTIAL_PATTERNS)));
        for (size_t value = EXPONENTIAL_END; value <= EXPONENTIAL_STEPS; value++) {
            hebb_study_gather(study, point, value, scratch);
            hebb_table_number(&table, hebb_estimate_mean(study->n_replicas, scratch).value);
        }
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "summary.csv");
    hebb_table_free(&table);
    free(scratch);
    return status;
}

/* ---- theory.csv ---- */

static void add_theory_row(const hebb_study *study, size_t first_point, double alpha, double right, double retrieved,
                           hebb_table *table)
{
    hebb_table_number(table, grid(study, first_point, EXPONENTIAL_RHO));
    hebb_table_number(table, grid(study, first_point, EXPONENTIAL_NEURONS));
    hebb_table_number(table, alpha);
    hebb_table_number(table, right);
    hebb_table_number(table, retrieved);
}

static hebb_status add_curve(const hebb_study *study, size_t first_point, double low, double high, hebb_table *table)
{
    const long n_loads = hebb_options_integer(study->options, "curve");
    const double n = grid(study, first_point, EXPONENTIAL_NEURONS), d = grid(study, first_point, EXPONENTIAL_ERRORS);
    if (n_loads == 0) { /* a row all the same: gnuplot takes a table without one for a mistake */
        add_theory_row(study, first_point, low, NAN, NAN, table);
        hebb_table_text(table, "not asked for");
    }
    for (long k = 0; k < n_loads; k++) {
        const double alpha = low + (high - low) * (double)k / (double)(n_loads > 1 ? n_loads - 1 : 1);
        const double n_patterns = fmax(1.0, exp(alpha * n));
        double right = NAN, retrieved = NAN;
        hebb_status solved = hebb_exponential_step_share((long)n, n_patterns, (long)d, &right);
        if (solved == HEBB_OK) solved = hebb_exponential_step_retrieved((long)n, n_patterns, (long)d, &retrieved);
        if (solved == HEBB_ENOMEM) return hebb_fail(solved, "no memory for the theory");
        add_theory_row(study, first_point, alpha, right, retrieved, table);
        hebb_theory_table_status(table, solved);
    }
    return HEBB_OK;
}

/* From the smallest load asked for at the curve's share and size to the largest. */
static void range(const hebb_study *study, const hebb_exponential_threshold *t, double *low, double *high)
{
    *low = INFINITY;
    *high = 0.0;
    for (size_t k = 0; k < study->n_points; k++) {
        if (grid(study, k, EXPONENTIAL_RHO) != t->rho || grid(study, k, EXPONENTIAL_NEURONS) != t->n_neurons) continue;
        *low = fmin(*low, grid(study, k, EXPONENTIAL_ALPHA));
        *high = fmax(*high, grid(study, k, EXPONENTIAL_ALPHA));
    }
}

static hebb_status save_theory(const hebb_study *study, size_t n, const hebb_exponential_threshold *thresholds)
{
    static const hebb_column columns[] = {
        {"rho", "1", "share of wrong bits at the start asked for"},
        {"n_neurons", "1", "number of neurons N"},
        {"alpha", "1", "load ln K / N"},
        {"right", "1", "share of neurons that are right after one step"},
        {"retrieved", "1", "probability that all are"},
        HEBB_STATUS_COLUMN,
    };
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        double low, high;
        range(study, thresholds + k, &low, &high);
        status = add_curve(study, thresholds[k].first_point, 0.95 * low, 1.02 * high, &table);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* The two lines of infinite N over all shares of errors. */
static hebb_status save_limits(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"rho", "1", "share of wrong bits at the start"},
        {"alpha_typical", "1", "N to infinity: load up to which a typical pattern comes back"},
        {"alpha_max", "1", "N to infinity: load up to which all patterns come back"},
    };
    enum { N_STEPS = 250 };
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (int k = 0; status == HEBB_OK && k < N_STEPS; k++) {
        const double rho = 0.5 * k / N_STEPS;
        double all = NAN, typical = NAN;
        status = hebb_exponential_capacity(rho, &all, &typical);
        hebb_table_number(&table, rho);
        hebb_table_number(&table, typical);
        hebb_table_number(&table, all);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "limits.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- verdict.csv ---- */

/* A mean over replicas that seldom lose a neuron, and then many, has an error that only those can tell. */
static hebb_comparison compare_right(const hebb_study *study, size_t point, const hebb_measurement *x)
{
    enum { N_WANTED = 30 };
    size_t n_hit = 0;
    for (size_t r = 0; r < study->n_replicas; r++)
        n_hit += hebb_study_values(study, point, r)[EXPONENTIAL_RETRIEVED] < 0.5;
    return (hebb_comparison){.quantity = "right",
                             .point = point,
                             .simulation = x->estimate.value,
                             .error = x->estimate.error,
                             .n_samples = x->estimate.n,
                             .theory = x->theory,
                             .tolerance = RIGHT_TOLERANCE,
                             .resolution = RIGHT_RESOLUTION,
                             .not_judged = n_hit < N_WANTED,
                             .note = n_hit < N_WANTED
                                         ? "fewer than 30 replicas lost a neuron: too few to know the error"
                                         : "the law of one neuron, exact but for ties and Poisson numbers"};
}

static hebb_comparison compare_retrieved(const hebb_study *study, size_t point, const hebb_measurement *x)
{
    const double n = grid(study, point, EXPONENTIAL_NEURONS), d = grid(study, point, EXPONENTIAL_ERRORS);
    const double copies = exp(log(grid(study, point, EXPONENTIAL_PATTERNS)) - n * M_LN2);
    return (hebb_comparison){
        .quantity = "retrieved",
        .point = point,
        .simulation = x->estimate.value,
        .error = x->estimate.error,
        .theory = x->theory,
        .tolerance = RETRIEVED_TOLERANCE + 0.5 * d * copies,
        .resolution = RETRIEVED_RESOLUTION,
        .note = "the theory takes neurons for independent, given the nearest rivals and the common sum"};
}

static hebb_comparison compare_half(const hebb_exponential_threshold *t)
{
    return (hebb_comparison){.quantity = "alpha_half",
                             .point = t->first_point,
                             .simulation = t->alpha,
                             .error = t->error,
                             .theory = t->expected,
                             .tolerance = HALF_TOLERANCE,
                             .resolution = HALF_RESOLUTION,
                             .not_judged = isnan(t->alpha),
                             .note = isnan(t->alpha)
                                         ? "fewer than two loads with a share between .2 and .8"
                                         : "where half of the retrievals are gone; of this row the load is no part"};
}

static hebb_status save_verdicts(hebb_study *study, const hebb_measurement *measured, size_t n,
                                 const hebb_exponential_threshold *thresholds)
{
    hebb_comparison *comparisons = calloc(N_OBSERVABLES * study->n_points + n, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the verdicts");
    size_t n_comparisons = 0;
    for (size_t k = 0; k < study->n_points; k++)
        comparisons[n_comparisons++] = compare_right(study, k, measured + N_OBSERVABLES * k + RIGHT);
    for (size_t k = 0; k < study->n_points; k++)
        comparisons[n_comparisons++] = compare_retrieved(study, k, measured + N_OBSERVABLES * k + RETRIEVED);
    for (size_t k = 0; k < n; k++) comparisons[n_comparisons++] = compare_half(thresholds + k);
    const hebb_status status = hebb_study_save_verdicts(study, n_comparisons, comparisons);
    free(comparisons);
    return status;
}

hebb_status hebb_exponential_report(hebb_study *study)
{
    hebb_measurement *measured = calloc(N_OBSERVABLES * study->n_points, sizeof *measured);
    hebb_exponential_threshold *thresholds = calloc(study->n_points, sizeof *thresholds);
    double *theory = calloc(study->n_points, sizeof *theory);
    size_t n = 0;
    hebb_status status = measured != NULL && thresholds != NULL && theory != NULL
                             ? save_summary(study, measured)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the report");
    for (size_t k = 0; status == HEBB_OK && k < study->n_points; k++)
        theory[k] = measured[N_OBSERVABLES * k + RETRIEVED].theory;
    if (status == HEBB_OK) status = hebb_exponential_thresholds(study, theory, &n, thresholds);
    if (status == HEBB_OK) status = save_theory(study, n, thresholds);
    if (status == HEBB_OK) status = save_limits(study);
    if (status == HEBB_OK) status = save_verdicts(study, measured, n, thresholds);
    free(measured);
    free(thresholds);
    free(theory);
    return status;
}
