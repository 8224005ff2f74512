/* What the mean-field-accuracy experiment says of its machines: summary.csv, theory.csv and verdict.csv. */
#include "mean_field_accuracy_study.h"

#include <math.h>
#include <stdlib.h>

#include "mean_field_error.h"
#include "summary.h"

/*
 * Fixed before any run.
 *
 * Laws.  A measured mean over its leading term is 1 + O(g^2): the next terms of the errors are odd in the couplings and
 * average to 0.  The straight line in g^2 through the two smallest g meets 0 at 1 + O(g_1^2 g_2^2 r^2); r, the ratio of
 * the coefficients of successive even orders, is of order 10, so 2 % are allowed where g_1 g_2 <= .01.  The resolution
 * tells the terms of triangles from those of pairs, which are a tenth at N = 16.
 *
 * Transition.  Without biases the naive F is convex, and V = 0 its only minimum, where the couplings' largest
 * eigenvalue is below T, and V = 0 is a saddle where it is above: an exact equivalence, but for machines within some
 * 7e-4 of T, which 5000 sweeps do not settle; there are some two in a thousand of them.  A mean
 * square of V above 1e-6 tells them.
 *
 * Bound and symmetry hold for every machine, but for rounding of F/N and <s>.
 */
static const double LAW_TOLERANCE = 0.02, LAW_RESOLUTION = 0.1, LAW_JUDGED = 0.01;
static const double TRANSITION_TOLERANCE = 0.005, BROKEN = 1e-6;
static const double BOUND_TOLERANCE = 1e-10, SYMMETRY_TOLERANCE = 1e-20;

enum {
    NAIVE_SQUARE,
    TAP_SQUARE,
    NAIVE_FREE,
    TAP_FREE_SQUARE,
    EXACT_Q,
    NAIVE_Q,
    TAP_Q,
    NAIVE_SETTLED,
    TAP_SETTLED,
    BROKEN_SHARE,
    N_OBSERVABLES
};
enum { N_LAWS = 4, COMPARISONS_PER_POINT = 2 + N_LAWS };

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("naive_square", "1", "mean square error of the means, naive", "leading order, g^4"),
    HEBB_OBSERVABLE("tap_square", "1", "mean square error of the means, TAP where it settled", "leading order, g^6"),
    HEBB_OBSERVABLE("naive_free", "1", "(F - exact)/(N T), naive", "leading order, g^2"),
    HEBB_OBSERVABLE("tap_free_square", "1", "mean square of (F - exact)/(N T), TAP where it settled",
                    "leading order, g^6"),
    HEBB_OBSERVABLE("exact_q", "1", "mean square of the exact means", "0 without biases; else none"),
    HEBB_OBSERVABLE("naive_q", "1", "mean square of the naive means", "none"),
    HEBB_OBSERVABLE("tap_q", "1", "mean square of TAP's means where it settled", "none"),
    HEBB_OBSERVABLE("naive_settled", "1", "share of machines whose naive means settled", "none"),
    HEBB_OBSERVABLE("tap_settled", "1", "share of machines whose TAP means settled", "none"),
    HEBB_OBSERVABLE("broken", "1", "share of machines whose naive means are not 0",
                    "without biases: whose couplings' largest eigenvalue is above T; else none"),
};

/* What the law of an observable is measured by: its value over g^power. */
typedef struct {
    const char *quantity;
    int observable, power;
} law;

static const law laws[N_LAWS] = {{"naive_law", NAIVE_SQUARE, 4},
                                 {"tap_law", TAP_SQUARE, 6},
                                 {"naive_free_law", NAIVE_FREE, 2},
                                 {"tap_free_law", TAP_FREE_SQUARE, 6}};

static double leading(const hebb_study *study, size_t point, int observable, double g)
{
    const hebb_mean_field_error error = hebb_mean_field_error_at(hebb_study_grid(study, point, ACCURACY_UNITS),
                                                                 hebb_study_grid(study, point, ACCURACY_FIELD));
    switch (observable) {
    case NAIVE_SQUARE:
        return pow(g, 4.0) * error.naive_means;
    case TAP_SQUARE:
        return pow(g, 6.0) * error.tap_means;
    case NAIVE_FREE:
        return g * g * error.naive_free_energy;
    default:
        return pow(g, 6.0) * error.tap_free_energy;
    }
}

/* One replica's number. */
static double value_of(const hebb_study *study, size_t point, size_t replica, int observable)
{
    static const int value[N_OBSERVABLES] = {
        ACCURACY_NAIVE_SQUARE, ACCURACY_TAP_SQUARE, ACCURACY_NAIVE_FREE,    ACCURACY_TAP_FREE,    ACCURACY_EXACT_Q,
        ACCURACY_NAIVE_Q,      ACCURACY_TAP_Q,      ACCURACY_NAIVE_SETTLED, ACCURACY_TAP_SETTLED, ACCURACY_NAIVE_Q};
    const double x = hebb_study_values(study, point, replica)[value[observable]];
    return observable == TAP_FREE_SQUARE ? x * x : observable == BROKEN_SHARE ? x > BROKEN : x;
}

static bool has_no_field(const hebb_study *study, size_t point)
{
    return hebb_study_grid(study, point, ACCURACY_FIELD) == 0.0;
}

/* The share of the point's machines whose largest eigenvalue would be above T with couplings of strength g. */
static double count_above(const hebb_study *study, size_t point, double g)
{
    const double at = hebb_study_grid(study, point, ACCURACY_COUPLING);
    size_t n = 0;
    for (size_t r = 0; r < study->n_replicas; r++)
        n += hebb_study_values(study, point, r)[ACCURACY_EIGENVALUE] * (g / at) > 1.0;
    return (double)n / (double)study->n_replicas;
}

static void measure(const hebb_study *study, size_t point, double *scratch, hebb_measurement *measured)
{
    const double g = hebb_study_grid(study, point, ACCURACY_COUPLING);
    for (int k = 0; k < N_OBSERVABLES; k++) {
        for (size_t r = 0; r < study->n_replicas; r++) scratch[r] = value_of(study, point, r, k);
        measured[k] = (hebb_measurement){hebb_estimate_mean(study->n_replicas, scratch), NAN};
    }
    for (int k = NAIVE_SQUARE; k <= TAP_FREE_SQUARE; k++) measured[k].theory = leading(study, point, k, g);
    if (!has_no_field(study, point)) return;
    measured[EXACT_Q].theory = 0.0;
    measured[BROKEN_SHARE].theory = count_above(study, point, g);
}

/* ---- laws: the line in g^2 through the two smallest g, at 0 ---- */

static bool same_but_coupling(const hebb_study *study, size_t a, size_t b)
{
    return hebb_study_grid(study, a, ACCURACY_UNITS) == hebb_study_grid(study, b, ACCURACY_UNITS) &&
           hebb_study_grid(study, a, ACCURACY_FIELD) == hebb_study_grid(study, b, ACCURACY_FIELD);
}

static bool is_smaller(const hebb_study *study, size_t a, size_t b)
{
    return hebb_study_grid(study, a, ACCURACY_COUPLING) < hebb_study_grid(study, b, ACCURACY_COUPLING);
}

/* The points of the two smallest g among those that differ from `point` in g alone; how many there are, 1 or 2. */
static int find_smallest(const hebb_study *study, size_t point, size_t smallest[2])
{
    int n = 0;
    for (size_t k = 0; k < study->n_points; k++) {
        if (!same_but_coupling(study, point, k)) continue;
        if (n == 0 || is_smaller(study, k, smallest[0])) {
            smallest[1] = smallest[0];
            smallest[0] = k;
            n = n < 2 ? n + 1 : 2;
        } else if (is_smaller(study, smallest[0], k) && (n < 2 || is_smaller(study, k, smallest[1]))) {
            smallest[1] = k;
            n = 2;
        }
    }
    return n;
}

static hebb_comparison compare_law(const hebb_study *study, const size_t smallest[2], int n, const law *of,
                                   double *scratch)
{
    hebb_comparison result = {.quantity = of->quantity,
                              .point = smallest[0],
                              .simulation = NAN,
                              .error = NAN,
                              .theory = 1.0,
                              .tolerance = LAW_TOLERANCE,
                              .resolution = LAW_RESOLUTION,
                              .note = "over its leading order, the line in g^2 through the two smallest g at 0"};
    const double a = n == 2 ? hebb_study_grid(study, smallest[0], ACCURACY_COUPLING) : NAN;
    const double b = n == 2 ? hebb_study_grid(study, smallest[1], ACCURACY_COUPLING) : NAN;
    if (!(a * b <= LAW_JUDGED)) {
        result.not_judged = 1;
        result.note = "no two couplings of a product up to 0.01: higher orders enter";
        return result;
    }
    const double at_a = leading(study, smallest[0], of->observable, a);
    const double at_b = leading(study, smallest[0], of->observable, b);
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double x = value_of(study, smallest[0], r, of->observable) / at_a;
        const double y = value_of(study, smallest[1], r, of->observable) / at_b;
        scratch[r] = (b * b * x - a * a * y) / (b * b - a * a);
    }
    const hebb_estimate mean = hebb_estimate_mean(study->n_replicas, scratch);
    result.simulation = mean.value;
    result.error = mean.error;
    result.n_samples = mean.n;
    return result;
}

/* ---- verdicts ---- */

static hebb_comparison compare_bound(const hebb_study *study, size_t point)
{
    double least = INFINITY;
    for (size_t r = 0; r < study->n_replicas; r++) least = fmin(least, value_of(study, point, r, NAIVE_FREE));
    return (hebb_comparison){.quantity = "bound",
                             .point = point,
                             .simulation = fmin(least, 0.0),
                             .theory = 0.0,
                             .tolerance = BOUND_TOLERANCE,
                             .note = "the naive F is never below the exact one; tolerance: rounding"};
}

static size_t compare(const hebb_study *study, size_t point, const hebb_measurement *measured, double *scratch,
                      hebb_comparison *comparisons)
{
    size_t n = 0, smallest[2] = {point, point};
    comparisons[n++] = compare_bound(study, point);
    if (has_no_field(study, point)) {
        comparisons[n++] = (hebb_comparison){.quantity = "naive_transition",
                                             .point = point,
                                             .simulation = measured[BROKEN_SHARE].estimate.value,
                                             .theory = measured[BROKEN_SHARE].theory,
                                             .tolerance = TRANSITION_TOLERANCE,
                                             .note = "share of the same machines whose largest eigenvalue is above T"};
        comparisons[n++] = (hebb_comparison){.quantity = "symmetry",
                                             .point = point,
                                             .simulation = measured[EXACT_Q].estimate.value,
                                             .theory = 0.0,
                                             .tolerance = SYMMETRY_TOLERANCE,
                                             .note = "without biases no unit has a mean; tolerance: rounding"};
    }
    const int n_smallest = find_smallest(study, point, smallest);
    if (smallest[0] != point) return n;
    for (size_t k = 0; k < N_LAWS; k++) /* without biases the means have no error at any order */
        if (!has_no_field(study, point) || laws[k].observable >= NAIVE_FREE)
            comparisons[n++] = compare_law(study, smallest, n_smallest, &laws[k], scratch);
    return n;
}

/* ---- theory.csv ---- */

static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[N_LAWS + 1] = {
        {"naive_square", "1", "leading order of the naive means' mean square error"},
        {"tap_square", "1", "leading order of TAP's means' mean square error"},
        {"naive_free", "1", "leading order of (F - exact)/(N T), naive"},
        {"tap_free_square", "1", "leading order of the mean square of (F - exact)/(N T), TAP"},
        {"broken", "1", "without biases: share of the machines whose couplings' largest eigenvalue is above T"},
    };
    enum { N_STEPS = 120 };
    hebb_table table;
    hebb_status status = hebb_study_table_init(study, N_LAWS + 1, columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        size_t smallest[2] = {point, point};
        (void)find_smallest(study, point, smallest);
        if (smallest[0] != point) continue;
        for (int k = 0; k <= N_STEPS; k++) {
            const double g = 0.01 * pow(1000.0, (double)k / N_STEPS);
            hebb_table_number(&table, hebb_study_grid(study, point, ACCURACY_UNITS));
            hebb_table_number(&table, hebb_study_grid(study, point, ACCURACY_FIELD));
            hebb_table_number(&table, g);
            for (int v = NAIVE_SQUARE; v <= TAP_FREE_SQUARE; v++)
                hebb_table_number(&table, leading(study, point, v, g));
            hebb_table_number(&table, has_no_field(study, point) ? count_above(study, point, g) : NAN);
        }
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

hebb_status hebb_mean_field_accuracy_report(hebb_study *study)
{
    hebb_table summary = {0};
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    hebb_comparison *comparisons = calloc(COMPARISONS_PER_POINT * study->n_points, sizeof *comparisons);
    size_t n_comparisons = 0;
    hebb_status status = scratch != NULL && comparisons != NULL
                             ? hebb_summary_init(study, N_OBSERVABLES, observables, &summary)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        hebb_measurement measured[N_OBSERVABLES];
        measure(study, point, scratch, measured);
        hebb_summary_add(study, point, N_OBSERVABLES, measured, &summary);
        n_comparisons += compare(study, point, measured, scratch, comparisons + n_comparisons);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &summary, "summary.csv");
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = hebb_study_save_verdicts(study, n_comparisons, comparisons);
    hebb_table_free(&summary);
    free(comparisons);
    free(scratch);
    return status;
}
