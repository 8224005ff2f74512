/* What the universal experiment says of its replicas: summary.csv, law.csv, theory.csv, verdict.csv. */
#include "universal_study.h"

#include <math.h>
#include <stdlib.h>

#include "summary.h"
#include "theory_table.h"

/*
 * Fixed before any run.
 *
 * Rounding.  KL is a difference of free energies and ln Z, sums of fields up to n w: 20 x 60 here, of some 20 that are
 * not 0.  2^-52 of that, for each of the few of those numbers, is 1e-12; ten times as much is allowed.  The largest of all
 * replicas is judged.
 *
 * The law leaves out second orders: y/2 of the logarithm, k y/2^n + y of the support's own norm, n y/(2^n - k) of the
 * vectors' neighbours, y/2 of the variance on the support: 3 y and a little where the support is at most half of all vectors
 * and n at most a fourth of the rest.  y <= 0.01 is judged, to 5 %.
 *
 * Sampling.  The wanted share is known within the bounds; a tenth of it is what it is wanted to.
 */
static const double ROUNDING = 1e-11;
static const double LAW_JUDGED = 0.01, LAW_TOLERANCE = 0.05;
static const double SAMPLED_RESOLUTION = 0.1;

enum { COMPARISONS_PER_POINT = 4, LINE_STEPS = 60 };

enum { SIZE, KL, KL_RATIO, OUTSIDE, SAMPLED, N_OBSERVABLES };

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("size", "1", "size w of all weights", "none"),
    HEBB_OBSERVABLE("kl", "nat", "sum of p ln p/p_machine, by enumeration", "nearest within its two bounds"),
    HEBB_OBSERVABLE("kl_over_law", "1", "kl over (1 - k/2^n) 2^(n/2) exp(-w/2)", "1, as w grows"),
    HEBB_OBSERVABLE("outside", "1", "the machine's probability off the support, by enumeration",
                    "nearest within its two bounds"),
    HEBB_OBSERVABLE("outside_sampled", "1", "the same by Gibbs sampling", "middle of its two bounds"),
};

/* What the replicas of a point come to. */
typedef struct {
    hebb_measurement of[N_OBSERVABLES];
    hebb_estimate excess;      /* of the sampled share over its theory */
    double width;              /* of the bounds of that share, halved; the mean */
    double off_bounds, above;  /* the largest: KL beyond its bounds, KL above its target */
    double largest_y, law_off; /* the largest y; |KL/law - 1| of the replicas' worst */
} point_result;

static double mean_of(const hebb_study *study, size_t point, double (*number)(const double *values), double *x)
{
    for (size_t r = 0; r < study->n_replicas; r++) x[r] = number(hebb_study_values(study, point, r));
    return hebb_estimate_mean(study->n_replicas, x).value;
}

/* The number within theory's bounds that is nearest to what was found: replicas have no error, and z is 0 or a disagreement. */
static double kl_within(const double *values)
{
    return fmin(fmax(values[UNIVERSAL_KL], values[UNIVERSAL_KL_LOW]), values[UNIVERSAL_KL_HIGH]);
}

static double outside_within(const double *values)
{
    return fmin(fmax(values[UNIVERSAL_OUTSIDE], values[UNIVERSAL_OUTSIDE_LOW]), values[UNIVERSAL_OUTSIDE_HIGH]);
}

static double outside_middle(const double *values)
{
    return 0.5 * (values[UNIVERSAL_OUTSIDE_LOW] + values[UNIVERSAL_OUTSIDE_HIGH]);
}

/* NaN for a full support: nothing of first order. */
static double kl_ratio(const double *values)
{
    return values[UNIVERSAL_KL_LAW] > 0.0 ? values[UNIVERSAL_KL] / values[UNIVERSAL_KL_LAW] : NAN;
}

static hebb_estimate gather(const hebb_study *study, size_t point, size_t value, double *x)
{
    hebb_study_gather(study, point, value, x);
    return hebb_estimate_mean(study->n_replicas, x);
}

static void look_at_worst(const hebb_study *study, size_t point, point_result *result)
{
    const double target = hebb_study_grid(study, point, UNIVERSAL_TARGET),
                 n_states = exp2(hebb_study_grid(study, point, UNIVERSAL_VISIBLE)),
                 n_support = hebb_study_grid(study, point, UNIVERSAL_SUPPORT);
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *values = hebb_study_values(study, point, r), kl = values[UNIVERSAL_KL];
        const double off = fmax(kl - values[UNIVERSAL_KL_HIGH], values[UNIVERSAL_KL_LOW] - kl);
        result->off_bounds = fmax(result->off_bounds, off);
        if (target > 0.0) result->above = fmax(result->above, kl - target);
        result->largest_y = fmax(result->largest_y, values[UNIVERSAL_KL_LAW] / (1.0 - n_support / n_states));
        result->law_off = fmax(result->law_off, fabs(kl_ratio(values) - 1.0));
    }
}

static point_result measure(const hebb_study *study, size_t point, double *x)
{
    point_result result = {.of[SIZE] = {gather(study, point, UNIVERSAL_SIZE, x), NAN},
                           .of[KL] = {gather(study, point, UNIVERSAL_KL, x), NAN},
                           .of[OUTSIDE] = {gather(study, point, UNIVERSAL_OUTSIDE, x), NAN},
                           .of[SAMPLED] = {gather(study, point, UNIVERSAL_SAMPLED, x), NAN}};
    for (size_t r = 0; r < study->n_replicas; r++) x[r] = kl_ratio(hebb_study_values(study, point, r));
    result.of[KL_RATIO] = (hebb_measurement){hebb_estimate_mean(study->n_replicas, x), 1.0};
    result.of[KL].theory = mean_of(study, point, kl_within, x);
    result.of[OUTSIDE].theory = mean_of(study, point, outside_within, x);
    double theory = 0.0, width = 0.0;
    size_t n = 0;
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *values = hebb_study_values(study, point, r);
        x[r] = values[UNIVERSAL_SAMPLED] - outside_middle(values);
        if (isnan(x[r])) continue;
        theory += outside_middle(values);
        width += 0.5 * (values[UNIVERSAL_OUTSIDE_HIGH] - values[UNIVERSAL_OUTSIDE_LOW]);
        n++;
    }
    result.of[SAMPLED].theory = n > 0 ? theory / (double)n : NAN;
    result.width = n > 0 ? width / (double)n : NAN;
    result.excess = hebb_estimate_mean(study->n_replicas, x);
    look_at_worst(study, point, &result);
    return result;
}

/* ---- verdicts ---- */

static hebb_comparison compare_sampled(size_t point, const point_result *result)
{
    const hebb_measurement *sampled = &result->of[SAMPLED];
    const bool is_there = result->excess.n > 0;
    return (hebb_comparison){.quantity = "outside_sampled",
                             .point = point,
                             .simulation = sampled->estimate.value,
                             .error = result->excess.error,
                             .n_samples = result->excess.n,
                             .theory = sampled->theory,
                             .tolerance = is_there ? result->width : 0.0,
                             .resolution = is_there ? SAMPLED_RESOLUTION * sampled->theory : 0.0,
                             .not_judged = !is_there,
                             .note = is_there ? "error: of the difference, replica by replica; tolerance: the bounds"
                                              : "not sampled: a well is left after more than a tenth of --sweeps"};
}

static size_t compare(const hebb_study *study, size_t point, const point_result *result, hebb_comparison *comparisons)
{
    const hebb_universal_study *own = study->own;
    const double n = hebb_study_grid(study, point, UNIVERSAL_VISIBLE), n_states = exp2(n),
                 n_support = hebb_study_grid(study, point, UNIVERSAL_SUPPORT);
    const bool has_law = n_support <= 0.5 * n_states && 4.0 * n <= n_states - n_support;
    const bool law_counts = has_law && result->largest_y <= LAW_JUDGED;
    size_t k = 0;
    comparisons[k++] = (hebb_comparison){.quantity = "kl_off_bounds",
                                         .point = point,
                                         .simulation = result->off_bounds,
                                         .theory = 0.0,
                                         .tolerance = ROUNDING,
                                         .note = "how far KL is beyond its bounds, the largest of all replicas; "
                                                 "tolerance: rounding"};
    if (hebb_study_grid(study, point, UNIVERSAL_TARGET) > 0.0)
        comparisons[k++] = (hebb_comparison){.quantity = "kl_above_target",
                                             .point = point,
                                             .simulation = result->above,
                                             .theory = 0.0,
                                             .tolerance = ROUNDING,
                                             .note = "how far KL is above what was wanted of k + 1 hidden units, the "
                                                     "largest of all replicas; tolerance: rounding"};
    comparisons[k++] = (hebb_comparison){.quantity = "kl_off_law",
                                         .point = point,
                                         .simulation = result->law_off,
                                         .theory = 0.0,
                                         .tolerance = LAW_TOLERANCE,
                                         .not_judged = !law_counts,
                                         .note = law_counts ? "|kl_over_law - 1|, the largest of all replicas; "
                                                              "tolerance: second orders"
                                                 : has_law  ? "2^(n/2) exp(-w/2) is above 0.01: second orders enter"
                                                            : "few vectors are off the support: second orders enter"};
    if (own->n_sweeps > 0) comparisons[k++] = compare_sampled(point, result);
    return k;
}

/* ---- law.csv: the first replica's distributions and those of their machines ---- */

static hebb_status save_law(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"vector", "1", "a vector of the support: bit i is set where unit i is on"},
        {"p", "1", "its probability; first replica"},
        {"p_machine", "1", "in the machine, by enumeration"},
    };
    hebb_table table;
    hebb_universal_room room = {0};
    hebb_status status = hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        status = hebb_universal_room_draw(study, point, 0, &room);
        if (status == HEBB_OK)
            status = hebb_universal_room_build(study, hebb_study_values(study, point, 0)[UNIVERSAL_SIZE], &room);
        for (size_t i = 0; status == HEBB_OK && i < room.n_support; i++) {
            hebb_study_add_grid(study, point, &table);
            hebb_table_number(&table, (double)room.vectors[i]);
            hebb_table_number(&table, room.probability[i]);
            hebb_table_number(&table, room.on_machine[i]);
        }
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "law.csv");
    hebb_universal_room_free(&room);
    hebb_table_free(&table);
    return status;
}

/* ---- theory.csv: KL against weights, of the first replica's distributions ---- */

static const hebb_column theory_columns[] = {
    {"n_visible", "1", "visible units n"},
    {"n_support", "1", "vectors k that have a probability"},
    {"size", "1", "size w of all weights"},
    {"kl_law", "nat", "(1 - k/2^n) 2^(n/2) exp(-w/2)"},
    {"kl_low", "nat", "KL is not below that, first replica"},
    {"kl_high", "nat", "KL is not above that, first replica"},
    HEBB_STATUS_COLUMN,
};

static bool same_sizes(const hebb_study *study, size_t a, size_t b)
{
    return hebb_study_grid(study, a, UNIVERSAL_VISIBLE) == hebb_study_grid(study, b, UNIVERSAL_VISIBLE) &&
           hebb_study_grid(study, a, UNIVERSAL_SUPPORT) == hebb_study_grid(study, b, UNIVERSAL_SUPPORT);
}

/* Weights of all points of these sizes, and beyond on both sides. */
static void find_weights(const hebb_study *study, size_t point, double *least, double *most)
{
    *least = INFINITY;
    *most = 0.0;
    for (size_t other = 0; other < study->n_points; other++)
        for (size_t r = 0; same_sizes(study, point, other) && r < study->n_replicas; r++) {
            const double size = hebb_study_values(study, other, r)[UNIVERSAL_SIZE];
            *least = fmin(*least, size);
            *most = fmax(*most, size);
        }
    *least = fmax(*least - 1.0, 0.5 * *least);
    *most += 1.0;
}

static void add_line(const hebb_study *study, size_t point, const hebb_universal_room *room, hebb_table *table)
{
    const hebb_universal_problem problem = hebb_universal_room_problem(room);
    double least, most;
    find_weights(study, point, &least, &most);
    for (int k = 0; k <= LINE_STEPS; k++) {
        const double size = least + (most - least) * k / LINE_STEPS;
        hebb_universal_bounds bounds;
        const hebb_status status = hebb_universal_bounds_at(&problem, size, &bounds);
        const bool is_good = status == HEBB_OK;
        hebb_table_number(table, (double)room->n_visible);
        hebb_table_number(table, (double)room->n_support);
        hebb_table_number(table, size);
        hebb_table_number(table, is_good ? bounds.law : NAN);
        hebb_table_number(table, is_good ? bounds.low : NAN);
        hebb_table_number(table, is_good ? bounds.high : NAN);
        hebb_theory_table_status(table, status);
    }
}

static hebb_status save_theory(const hebb_study *study)
{
    hebb_table table;
    hebb_universal_room room = {0};
    hebb_status status = hebb_table_init(&table, sizeof theory_columns / sizeof *theory_columns, theory_columns);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        size_t first = 0;
        while (!same_sizes(study, first, point)) first++;
        if (first < point) continue;
        status = hebb_universal_room_draw(study, point, 0, &room);
        if (status == HEBB_OK) add_line(study, point, &room, &table);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_universal_room_free(&room);
    hebb_table_free(&table);
    return status;
}

hebb_status hebb_universal_report(hebb_study *study)
{
    hebb_table summary = {0};
    double *x = calloc(study->n_replicas, sizeof *x);
    hebb_comparison *comparisons = calloc(COMPARISONS_PER_POINT * study->n_points, sizeof *comparisons);
    size_t n_comparisons = 0;
    hebb_status status = x != NULL && comparisons != NULL
                             ? hebb_summary_init(study, N_OBSERVABLES, observables, &summary)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        const point_result result = measure(study, point, x);
        hebb_summary_add(study, point, N_OBSERVABLES, result.of, &summary);
        n_comparisons += compare(study, point, &result, comparisons + n_comparisons);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &summary, "summary.csv");
    if (status == HEBB_OK) status = save_law(study);
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = hebb_study_save_verdicts(study, n_comparisons, comparisons);
    hebb_table_free(&summary);
    free(comparisons);
    free(x);
    return status;
}
