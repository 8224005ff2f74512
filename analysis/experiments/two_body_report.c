/* What the two-body experiment says of its replicas: summary.csv, energy.csv, theory.csv, verdict.csv. */
#include <math.h>
#include <stdlib.h>

#include "estimators.h"
#include "summary.h"
#include "two_body.h"
#include "two_body_study.h"

/*
 * Fixed before any run.
 *
 * Rise.  The energy of the exact flow never rises.  A step's error is 1e-11 of the numbers' scale, and the energy's slope
 * is at most of the order of its fall over that scale: 1e-8 of the fall leaves a factor of 1000 for steps, rounding
 * and the slope's factors.  A start all but at rest does not fall by that order: near a minimum the slope is the root of
 * the fall, and the error of a fall of 1e-3 of the energy's scale (N; softmax: 1) is the 1e-8 with a factor of 30 left.
 * Below that nothing is judged.
 *
 * Difference.  Where the others' crosstalk, of variance (K-1)/N^(n-1) in a field of 1, is at most .05, a pattern is
 * within some 1e-5 of a bit of being a fixed point of both, and a start that is nearer to it than to any other ends there.
 * The softmax memory's rest is known to the rest that the flow was stopped at, 1e-8, over the slowest rate.
 *
 * Overlap.  m = tanh(m^(n-1)/T) is for fields without crosstalk.  With it, of variance s^2, the mean of tanh moves by
 * s^2 |tanh''|/(2 T^2) <= .385 s^2/T^2; the least eigenvalue, 1 - (n-1) m^(n-2) (1-m^2)/T, is above one half at T <= .2.
 * Judged where s^2/T^2 <= .01.
 *
 * Lag.  distance/first order is 1 + O(epsilon), epsilon = tau_h/tau_v.  The straight line through its two smallest
 * epsilon meets 0 at 1 + O(epsilon_1 epsilon_2 r^2), r the flow's largest rate in units of 1/tau_v, of order 10: 1 %
 * is allowed where epsilon_1 epsilon_2 <= 1e-4.
 */
static const double RISE_TOLERANCE = 1e-8, FALL_JUDGED = 1e-3, SOFTMAX_TOLERANCE = 1e-6, CROSSTALK_JUDGED = 0.05;
static const double OVERLAP_TOLERANCE = 0.01, OVERLAP_RESOLUTION = 0.01, OVERLAP_JUDGED = 0.01, COLD = 0.2;
static const double LAG_TOLERANCE = 0.01, LAG_RESOLUTION = 0.01, LAG_JUDGED = 1e-4;

enum { OVERLAP, RISE, DISTANCE, DIFFERENCE, REST_TIME, N_OBSERVABLES };
enum { COMPARISONS_PER_POINT = 4 };

static const int value_of[N_OBSERVABLES] = {TWO_BODY_OVERLAP, TWO_BODY_RISE, TWO_BODY_DISTANCE, TWO_BODY_DIFFERENCE,
                                            TWO_BODY_REST_TIME};

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("overlap", "1", "overlap of the outputs with the pattern at the end",
                    "m = tanh(m^(n-1)/T), without crosstalk; softmax: none"),
    HEBB_OBSERVABLE("rise", "1", "largest rise of the energy over a step, as a share of its fall", "at most 0"),
    HEBB_OBSERVABLE("distance", "1", "from the trajectory whose hidden neurons follow at once, over a pattern's norm",
                    "first order in tau_h/tau_v, mean over the replicas"),
    HEBB_OBSERVABLE("difference", "1", "of the end from the memory's own fixed point", "0"),
    HEBB_OBSERVABLE("rest_time", "1", "until the neurons were at rest, in units of tau_v", "none"),
};

/* NaN where one of the replicas has none. */
static double largest(const hebb_study *study, size_t point, size_t value)
{
    double most = -INFINITY;
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double x = hebb_study_values(study, point, r)[value];
        if (isnan(x)) return NAN;
        most = fmax(most, x);
    }
    return most;
}

/* Whether each replica's energy has fallen by enough for a rise to be told from a step's error. */
static bool has_fallen(const hebb_study *study, size_t point)
{
    const hebb_two_body_study *own = study->own;
    const double scale = own->is_softmax ? 1.0 : (double)hebb_two_body_study_neurons(study, point);
    for (size_t r = 0; r < study->n_replicas; r++)
        if (!(hebb_study_values(study, point, r)[TWO_BODY_FALL] >= FALL_JUDGED * scale)) return false;
    return true;
}

static double overlap_theory(const hebb_study *study, size_t point)
{
    const hebb_two_body_study *own = study->own;
    double m;
    if (own->is_softmax) return NAN;
    const int degree = (int)hebb_study_grid(study, point, TWO_BODY_DEGREE);
    return hebb_two_body_overlap(degree, own->temperature, &m) == HEBB_OK ? m : NAN;
}

/* Variance of the other patterns' crosstalk in the field of a neuron, which is 1 at the pattern. */
static double crosstalk(const hebb_study *study, size_t point)
{
    const double n = (double)hebb_two_body_study_neurons(study, point);
    return ((double)hebb_two_body_study_patterns(study, point) - 1.0) /
           pow(n, hebb_study_grid(study, point, TWO_BODY_DEGREE) - 1.0);
}

static void measure(const hebb_study *study, size_t point, double *scratch, hebb_measurement *measured)
{
    for (size_t k = 0; k < N_OBSERVABLES; k++) {
        hebb_study_gather(study, point, (size_t)value_of[k], scratch);
        measured[k] = (hebb_measurement){hebb_estimate_mean(study->n_replicas, scratch), NAN};
    }
    hebb_study_gather(study, point, TWO_BODY_FIRST_ORDER, scratch);
    measured[DISTANCE].theory = hebb_estimate_mean(study->n_replicas, scratch).value;
    measured[OVERLAP].theory = overlap_theory(study, point);
    measured[RISE].theory = measured[DIFFERENCE].theory = 0.0;
}

/* ---- the lag: distance over first order, at vanishing ratio ---- */

static bool same_but_ratio(const hebb_study *study, size_t a, size_t b)
{
    for (size_t g = 0; g < TWO_BODY_RATIO; g++)
        if (hebb_study_grid(study, a, g) != hebb_study_grid(study, b, g)) return false;
    return true;
}

/* The two points of the smallest ratios among those that differ from `point` in the ratio alone; their number, 0 .. 2. */
static int find_smallest(const hebb_study *study, size_t point, size_t *smallest)
{
    int n = 0;
    for (size_t k = 0; k < study->n_points; k++) {
        if (!same_but_ratio(study, point, k)) continue;
        const double ratio = hebb_study_grid(study, k, TWO_BODY_RATIO);
        if (n > 0 && ratio == hebb_study_grid(study, smallest[0], TWO_BODY_RATIO)) continue;
        if (n > 0 && ratio > hebb_study_grid(study, smallest[0], TWO_BODY_RATIO)) {
            if (n < 2 || ratio < hebb_study_grid(study, smallest[1], TWO_BODY_RATIO)) smallest[1] = k;
            n = 2;
            continue;
        }
        smallest[1] = smallest[0];
        smallest[0] = k;
        n = n < 2 ? n + 1 : 2;
    }
    return n;
}

static hebb_comparison compare_lag(const hebb_study *study, size_t point, double *scratch)
{
    size_t at[2] = {point, point};
    hebb_comparison lag = {.quantity = "lag",
                           .point = point,
                           .simulation = NAN,
                           .error = NAN,
                           .theory = 1.0,
                           .tolerance = LAG_TOLERANCE,
                           .resolution = LAG_RESOLUTION,
                           .note = "distance over its first order, the line through the two smallest tau_ratio at 0"};
    const int n = find_smallest(study, point, at);
    const double a = hebb_study_grid(study, at[0], TWO_BODY_RATIO), b = hebb_study_grid(study, at[1], TWO_BODY_RATIO);
    if (n < 2 || a * b > LAG_JUDGED) {
        lag.not_judged = 1;
        lag.note = "no two tau_ratio of a product up to 1e-4: higher orders enter";
        return lag;
    }
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *x = hebb_study_values(study, at[0], r), *y = hebb_study_values(study, at[1], r);
        scratch[r] =
            (b * x[TWO_BODY_DISTANCE] / x[TWO_BODY_FIRST_ORDER] - a * y[TWO_BODY_DISTANCE] / y[TWO_BODY_FIRST_ORDER]) /
            (b - a);
    }
    const hebb_estimate mean = hebb_estimate_mean(study->n_replicas, scratch);
    lag.point = at[0];
    lag.simulation = mean.value;
    lag.error = mean.error;
    lag.n_samples = mean.n;
    return lag;
}

/* ---- verdicts ---- */

static hebb_comparison compare_rise(const hebb_study *study, size_t point)
{
    const double rise = largest(study, point, TWO_BODY_RISE);
    const bool judged = has_fallen(study, point);
    return (hebb_comparison){.quantity = "rise",
                             .point = point,
                             .simulation = rise < 0.0 ? 0.0 : rise,
                             .theory = 0.0,
                             .tolerance = RISE_TOLERANCE,
                             .not_judged = !judged,
                             .note = judged ? "the largest of all replicas; tolerance: a step's error"
                                            : "a start that is all but at rest: the fall is too small to be judged by"};
}

static size_t compare(const hebb_study *study, size_t point, const hebb_measurement *measured, double *scratch,
                      hebb_comparison *comparisons)
{
    const hebb_two_body_study *own = study->own;
    size_t n = 0, first[2] = {point, point};
    comparisons[n++] = compare_rise(study, point);
    const bool is_small = own->is_softmax || crosstalk(study, point) <= CROSSTALK_JUDGED;
    comparisons[n++] = (hebb_comparison){
        .quantity = "difference",
        .point = point,
        .simulation = largest(study, point, TWO_BODY_DIFFERENCE),
        .theory = 0.0,
        .tolerance = own->is_softmax ? SOFTMAX_TOLERANCE : 0.0,
        .not_judged = !is_small,
        .note = !is_small         ? "crosstalk: the two have different fixed points at this load"
                : own->is_softmax ? "the largest of all replicas; tolerance: the flow's rest over its slowest rate"
                                  : "the largest of all replicas: the same signs as after relaxation at T = 0"};
    if (!own->is_softmax) {
        const double noise = crosstalk(study, point) / (own->temperature * own->temperature);
        comparisons[n++] =
            (hebb_comparison){.quantity = "overlap",
                              .point = point,
                              .simulation = measured[OVERLAP].estimate.value,
                              .error = measured[OVERLAP].estimate.error,
                              .n_samples = measured[OVERLAP].estimate.n,
                              .theory = measured[OVERLAP].theory,
                              .tolerance = OVERLAP_TOLERANCE,
                              .resolution = OVERLAP_RESOLUTION,
                              .not_judged = noise > OVERLAP_JUDGED || own->temperature > COLD,
                              .note = noise > OVERLAP_JUDGED    ? "crosstalk moves the overlap"
                                      : own->temperature > COLD ? "above T = 0.2 the state may be soft"
                                                                : "tolerance: crosstalk smears the fields"};
    }
    if (find_smallest(study, point, first) > 0 && first[0] == point)
        comparisons[n++] = compare_lag(study, point, scratch);
    return n;
}

/* ---- energy.csv: the ways of the first replica ---- */

static const double LAST_TIME = 8.0, TIME_STEP = 0.05;

static hebb_status add_way(const hebb_study *study, size_t point, double ratio, hebb_two_body_room *room,
                           hebb_table *table)
{
    hebb_status status = hebb_two_body_room_start(room, ratio);
    const long n_times = lround(LAST_TIME / TIME_STEP);
    for (long k = 0; status == HEBB_OK && k <= n_times; k++) {
        status = hebb_two_body_flow_advance(&room->flow, TIME_STEP * (double)k);
        if (status != HEBB_OK) break;
        for (size_t g = 0; g < TWO_BODY_RATIO; g++) hebb_table_number(table, hebb_study_grid(study, point, g));
        hebb_table_number(table, ratio);
        hebb_table_number(table, TIME_STEP * (double)k);
        hebb_table_number(table, room->flow.energy);
        hebb_table_number(table, room->flow.energy / (double)room->n_neurons);
    }
    return status;
}

/* Each ratio of the first sizes, and before them tau_ratio 0. */
static hebb_status save_energy(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"time", "1", "t/tau_v"},
        {"energy", "1", "energy E of the first replica, with its hidden neurons; tau_ratio 0: they follow at once"},
        {"energy_per_neuron", "1", "E/N"},
    };
    hebb_two_body_room room = {0};
    hebb_table table;
    hebb_status status = hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, &table);
    if (status == HEBB_OK) status = hebb_two_body_room_set(study, 0, 0, &room);
    if (status == HEBB_OK) status = add_way(study, 0, 0.0, &room, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        if (same_but_ratio(study, 0, point))
            status = add_way(study, point, hebb_study_grid(study, point, TWO_BODY_RATIO), &room, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "energy.csv");
    hebb_table_free(&table);
    hebb_two_body_room_free(&room);
    return status;
}

/* ---- theory.csv: the first order's line ---- */

static hebb_status save_theory(const hebb_study *study, double *scratch)
{
    static const hebb_column column = {"distance", "1", "first order in tau_ratio, mean over the replicas"};
    enum { N_STEPS = 40 };
    hebb_table table;
    hebb_status status = hebb_study_table_init(study, 1, &column, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        size_t smallest[2] = {point, point};
        if (find_smallest(study, point, smallest) == 0 || smallest[0] != point) continue;
        const double ratio = hebb_study_grid(study, point, TWO_BODY_RATIO);
        hebb_study_gather(study, point, TWO_BODY_FIRST_ORDER, scratch);
        const double slope = hebb_estimate_mean(study->n_replicas, scratch).value / ratio;
        for (int k = 0; k <= N_STEPS; k++) {
            const double at = 1e-3 * pow(1e3, (double)k / N_STEPS);
            for (size_t g = 0; g < TWO_BODY_RATIO; g++) hebb_table_number(&table, hebb_study_grid(study, point, g));
            hebb_table_number(&table, at);
            hebb_table_number(&table, slope * at);
        }
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

hebb_status hebb_two_body_report(hebb_study *study)
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
    if (status == HEBB_OK) status = save_energy(study);
    if (status == HEBB_OK) status = save_theory(study, scratch);
    if (status == HEBB_OK) status = hebb_study_save_verdicts(study, n_comparisons, comparisons);
    hebb_table_free(&summary);
    free(comparisons);
    free(scratch);
    return status;
}
