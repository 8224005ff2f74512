/* What the mean-field-xor experiment says of its replicas: summary.csv, theory.csv, verdict.csv. */
#include "mean_field_xor_study.h"

#include <math.h>
#include <stdlib.h>

#include "c_locale.h"
#include "estimators.h"
#include "summary.h"
#include "theory_table.h"

/*
 * Fixed before any run.
 *
 * Read-out.  Sampled share of right answers against P(answer|input) by enumeration of the same machines: the error is
 * that of the difference over replicas, so the machines' own spread does not count.  Chains start at random, are
 * annealed and have 200 sweeps or more at the last temperature before counting; what a barrier could still keep
 * back is taken for .002 at most.  The resolution tells 78 % from 80 %.
 *
 * Unit updates an epoch.  A count: nothing is tolerated.
 *
 * Epochs and cost are not judged: learning by the exact gradient is their limit for many collecting sweeps, and how
 * soon it is reached depends on how near to even chances the answers are when they first come right.
 */
static const double READ_TOLERANCE = 0.002, READ_RESOLUTION = 0.02;
enum { N_RESAMPLES = 400 };

enum {
    LEARNT,
    EPOCHS,
    PER_EPOCH,
    UNIT_UPDATES,
    RATIO,
    LIMIT,
    RESTART_UPDATES,
    RESTART_RATIO,
    READ_RIGHT,
    SETTLED_RIGHT,
    N_OBSERVABLES
};

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("learnt", "1", "share of replicas that answered all cases rightly for ten epochs running", "none"),
    HEBB_OBSERVABLE("epochs", "1", "median of those up to then, the ten included; infinite where given up",
                    "median of learning by the exact gradient: the limit of many collecting sweeps; mean field: none"),
    HEBB_OBSERVABLE("updates_per_epoch", "1", "units, or means, set in an epoch", "from the schedule"),
    HEBB_OBSERVABLE("unit_updates", "1", "units, or means, set in all replicas, over the number that learnt", "none"),
    HEBB_OBSERVABLE("ratio", "1", "unit_updates over those of mean field, the first point",
                    "limit of many collecting sweeps: median epochs times units set in an epoch; mean field: none"),
    HEBB_OBSERVABLE("limit", "1", "epochs after which to give up and begin anew: the cheapest for these replicas",
                    "none"),
    HEBB_OBSERVABLE("restart_updates", "1",
                    "units, or means, set for a machine that has learnt; limit from the other half of the replicas",
                    "none"),
    HEBB_OBSERVABLE("restart_ratio", "1", "restart_updates over those of mean field, the first point", "none"),
    HEBB_OBSERVABLE("read_right", "1",
                    "share of right answers when the machine is sampled; error of the difference from theory",
                    "P(answer|input) by enumeration of the same machines"),
    HEBB_OBSERVABLE("settled_right", "1", "share of cases answered rightly when the machine is settled in mean field",
                    "none"),
};

typedef struct {
    hebb_measurement of[N_OBSERVABLES];
} point_result;

/* What a statistic of resampled replicas is of. */
typedef struct {
    const hebb_study *study;
    size_t point, value;
    double *x; /* n_replicas */
} statistic_of;

static int compare_numbers(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median, what is not there being infinite; NaN where that is infinite. */
static double median_of(void *context, size_t n, const uint32_t *indices)
{
    statistic_of *s = context;
    for (size_t k = 0; k < n; k++) {
        const double x = hebb_study_values(s->study, s->point, indices[k])[s->value];
        s->x[k] = isnan(x) ? INFINITY : x;
    }
    qsort(s->x, n, sizeof *s->x, compare_numbers);
    const double middle = 0.5 * (s->x[(n - 1) / 2] + s->x[n / 2]);
    return isfinite(middle) ? middle : NAN;
}

/*
 * All unit updates over the replicas that learnt: what it takes to have one that has, beginning anew where one is given
 * up.
 */
static double cost_at(const hebb_study *study, size_t point, size_t n, const uint32_t *indices)
{
    double n_learnt = 0.0, sum = 0.0;
    for (size_t k = 0; k < n; k++) {
        const double *values = hebb_study_values(study, point, indices[k]);
        n_learnt += values[MFX_LEARNT];
        sum += values[MFX_UNIT_UPDATES];
    }
    return n_learnt > 0.0 ? sum / n_learnt : NAN;
}

static double cost_of(void *context, size_t n, const uint32_t *indices)
{
    const statistic_of *s = context;
    return cost_at(s->study, s->point, n, indices);
}

/* Over the first point's, mean field.  Both from the same replicas: they share their seeds. */
static double ratio_of(void *context, size_t n, const uint32_t *indices)
{
    const statistic_of *s = context;
    return cost_at(s->study, s->point, n, indices) / cost_at(s->study, 0, n, indices);
}

/* ---- giving up and beginning anew ---- */

enum { HALF_EVEN, HALF_ODD, HALF_BOTH };

static size_t half_of(uint32_t replica)
{
    return replica % 2;
}

/* Sorted epochs of those of a half that learnt, to s->x.  n_runs: all of the half. */
static size_t gather_epochs(const statistic_of *s, size_t half, size_t n, const uint32_t *indices, size_t *n_runs)
{
    size_t n_learnt = 0;
    *n_runs = 0;
    for (size_t k = 0; k < n; k++) {
        if (half != HALF_BOTH && half_of(indices[k]) != half) continue;
        const double *values = hebb_study_values(s->study, s->point, indices[k]);
        if (values[MFX_LEARNT] > 0.0) s->x[n_learnt++] = values[MFX_EPOCHS];
        (*n_runs)++;
    }
    qsort(s->x, n_learnt, sizeof *s->x, compare_numbers);
    return n_learnt;
}

/* The L at which the mean of min(epochs, L) over the share of epochs up to L is least: one of the epochs; NaN: none. */
static double best_limit(const statistic_of *s, size_t half, size_t n, const uint32_t *indices)
{
    size_t n_runs;
    const size_t n_learnt = gather_epochs(s, half, n, indices, &n_runs);
    double limit = NAN, least = INFINITY, sum = 0.0;
    for (size_t k = 0; k < n_learnt; k++) {
        sum += s->x[k];
        const double cost = (sum + (double)(n_runs - k - 1) * s->x[k]) / (double)(k + 1);
        if (cost < least) {
            least = cost;
            limit = s->x[k];
        }
    }
    return limit;
}

static double limit_of(void *context, size_t n, const uint32_t *indices)
{
    return best_limit(context, HALF_BOTH, n, indices);
}

/* A replica drawn twice stays in its half: what a limit is judged by has not chosen it. */
static double restart_cost_at(const statistic_of *s, size_t n, const uint32_t *indices)
{
    const double limits[2] = {best_limit(s, HALF_ODD, n, indices), best_limit(s, HALF_EVEN, n, indices)};
    double n_learnt = 0.0, sum = 0.0;
    for (size_t k = 0; k < n; k++) {
        const double *values = hebb_study_values(s->study, s->point, indices[k]);
        const double limit = limits[half_of(indices[k])];
        const bool is_within = values[MFX_LEARNT] > 0.0 && values[MFX_EPOCHS] <= limit;
        n_learnt += is_within;
        sum += values[MFX_PER_EPOCH] * (is_within ? values[MFX_EPOCHS] : limit);
    }
    return n_learnt > 0.0 ? sum / n_learnt : NAN;
}

static double restart_cost_of(void *context, size_t n, const uint32_t *indices)
{
    return restart_cost_at(context, n, indices);
}

static double restart_ratio_of(void *context, size_t n, const uint32_t *indices)
{
    const statistic_of *s = context;
    statistic_of mean_field = *s;
    mean_field.point = 0;
    return restart_cost_at(s, n, indices) / restart_cost_at(&mean_field, n, indices);
}

static hebb_estimate bootstrap(double (*statistic)(void *, size_t, const uint32_t *), statistic_of *s,
                               uint32_t *indices)
{
    const hebb_mean_field_xor_study *own = s->study->own;
    const size_t n = s->study->n_replicas;
    hebb_estimate x = {NAN, NAN, n};
    for (size_t k = 0; k < n; k++) indices[k] = (uint32_t)k;
    x.value = statistic(s, n, indices);
    hebb_bootstrap_error(n, N_RESAMPLES, hebb_philox_derive(own->seed, HEBB_DRAW_BOOTSTRAP, 0, 0), statistic, s,
                         indices, &x.error);
    return x;
}

/* ---- one point ---- */

static hebb_measurement measure_read(const hebb_study *study, size_t point, double *x)
{
    hebb_study_gather(study, point, MFX_P_RIGHT, x);
    const double exact = hebb_estimate_mean(study->n_replicas, x).value;
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *values = hebb_study_values(study, point, r);
        x[r] = values[MFX_READ_RIGHT] - values[MFX_P_RIGHT];
    }
    hebb_estimate difference = hebb_estimate_mean(study->n_replicas, x);
    difference.value += exact;
    return (hebb_measurement){difference, exact};
}

/* Of the replicas' counts the one that is farthest off. */
static double farthest(const hebb_study *study, size_t point, size_t value, double from)
{
    double x = hebb_study_values(study, point, 0)[value];
    for (size_t r = 1; r < study->n_replicas; r++) {
        const double next = hebb_study_values(study, point, r)[value];
        if (fabs(next - from) > fabs(x - from)) x = next;
    }
    return x;
}

static double per_epoch(const hebb_study *study, size_t point)
{
    return hebb_mean_field_xor_per_epoch(study->own, study->grid + point * MFX_N_GRID);
}

static void measure(const hebb_study *study, size_t point, double *x, uint32_t *indices, point_result *result)
{
    const double theory = per_epoch(study, point);
    const size_t n = study->n_replicas;
    statistic_of s = {study, point, MFX_EPOCHS, x};
    double n_learnt = 0.0;
    for (size_t r = 0; r < n; r++) n_learnt += hebb_study_values(study, point, r)[MFX_LEARNT];
    result->of[LEARNT] = (hebb_measurement){hebb_estimate_share((size_t)n_learnt, n), NAN};
    result->of[EPOCHS] = (hebb_measurement){bootstrap(median_of, &s, indices), NAN};
    result->of[PER_EPOCH] = (hebb_measurement){{farthest(study, point, MFX_PER_EPOCH, theory), 0.0, n}, theory};
    result->of[UNIT_UPDATES] = (hebb_measurement){bootstrap(cost_of, &s, indices), NAN};
    result->of[RATIO] = (hebb_measurement){bootstrap(ratio_of, &s, indices), NAN};
    result->of[LIMIT] = (hebb_measurement){bootstrap(limit_of, &s, indices), NAN};
    result->of[RESTART_UPDATES] = (hebb_measurement){bootstrap(restart_cost_of, &s, indices), NAN};
    result->of[RESTART_RATIO] = (hebb_measurement){bootstrap(restart_ratio_of, &s, indices), NAN};
    result->of[READ_RIGHT] = measure_read(study, point, x);
    hebb_study_gather(study, point, MFX_SETTLED_RIGHT, x);
    result->of[SETTLED_RIGHT] = (hebb_measurement){hebb_estimate_mean(n, x), NAN};
}

/* ---- the limit of many collecting sweeps ---- */

/* The exact gradient's point of the same learning rate and start; SIZE_MAX: none. */
static size_t exact_point(const hebb_study *study, const double *row)
{
    for (size_t point = 0; point < study->n_points; point++)
        if (hebb_mean_field_xor_kind_of(study, point) == MFX_EXACT &&
            hebb_study_grid(study, point, MFX_RATE) == row[MFX_RATE] &&
            hebb_study_grid(study, point, MFX_START) == row[MFX_START])
            return point;
    return SIZE_MAX;
}

static hebb_estimate exact_epochs(const hebb_study *study, const point_result *results, const double *row)
{
    const size_t point = exact_point(study, row);
    return point == SIZE_MAX ? (hebb_estimate){NAN, NAN, 0} : results[point].of[EPOCHS].estimate;
}

static double ratio_limit(const hebb_study *study, const point_result *results, const double *row)
{
    return exact_epochs(study, results, row).value * hebb_mean_field_xor_per_epoch(study->own, row) /
           (results[0].of[EPOCHS].estimate.value * per_epoch(study, 0));
}

static void add_limits(const hebb_study *study, point_result *results)
{
    for (size_t point = 0; point < study->n_points; point++) {
        if (hebb_mean_field_xor_kind_of(study, point) != MFX_SAMPLED) continue;
        const double *row = study->grid + point * MFX_N_GRID;
        results[point].of[EPOCHS].theory = exact_epochs(study, results, row).value;
        results[point].of[RATIO].theory = ratio_limit(study, results, row);
    }
}

/* ---- tables ---- */

static void add_summary_row(const hebb_study *study, size_t point, const void *results, hebb_table *table)
{
    const point_result *x = (const point_result *)results + point;
    hebb_summary_add(study, point, N_OBSERVABLES, x->of, table);
}

/* Of the first sampler. */
static void add_theory_rows(const hebb_study *study, const point_result *results, hebb_table *table)
{
    enum { PER_DECADE = 10 };
    const hebb_list *collecting = hebb_options_list(study->options, "collect");
    double row[MFX_N_GRID];
    hebb_mean_field_xor_sampler(study, 0, row);
    const hebb_estimate epochs = exact_epochs(study, results, row);
    double last = 1.0;
    for (size_t k = 0; k < collecting->length; k++) last = fmax(last, collecting->values[k]);
    const int n_steps = (int)ceil(PER_DECADE * log10(last));
    for (int k = 0; k <= n_steps; k++) {
        row[MFX_COLLECTING] = k == n_steps ? last : pow(10.0, (double)k / PER_DECADE);
        const double ratio = ratio_limit(study, results, row);
        hebb_table_number(table, row[MFX_RATE]);
        hebb_table_number(table, row[MFX_TEMPERATURES]);
        hebb_table_number(table, row[MFX_START]);
        hebb_table_number(table, row[MFX_COLLECTING]);
        hebb_table_number(table, hebb_mean_field_xor_per_epoch(study->own, row));
        hebb_table_number(table, epochs.value);
        hebb_table_number(table, epochs.error);
        hebb_table_number(table, ratio);
        hebb_theory_table_status(table, isnan(ratio) ? HEBB_ENOSOLUTION : HEBB_OK);
    }
}

static hebb_status save_theory(const hebb_study *study, const point_result *results)
{
    static const hebb_column columns[] = {
        {"learning_rate", "1", "eta"},
        {"temperatures", "1", "of the sampler's schedule"},
        {"start", "1", "weights and biases begin uniform on (-start, start)"},
        {"collecting_sweeps", "1", "collecting sweeps of a phase"},
        {"updates_per_epoch", "1", "units set in an epoch of sampled learning, from the schedule"},
        {"epochs", "1", "median of learning by the exact gradient"},
        {"epochs_err", "1", "its standard error"},
        {"ratio", "1", "epochs times updates_per_epoch, over those of mean field"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK) add_theory_rows(study, results, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- verdict.csv ---- */

static hebb_comparison compare(size_t point, size_t which, const hebb_measurement *x)
{
    const bool is_count = which == PER_EPOCH;
    return (hebb_comparison){.quantity = observables[which].value.name,
                             .point = point,
                             .simulation = x->estimate.value,
                             .error = x->estimate.error,
                             .n_samples = is_count ? 0 : x->estimate.n,
                             .theory = x->theory,
                             .tolerance = is_count ? 0.0 : READ_TOLERANCE,
                             .resolution = is_count ? 0.5 : READ_RESOLUTION,
                             .note = is_count ? "the replica farthest off; a count: nothing is tolerated"
                                              : "tolerance: what barriers keep back from chains annealed anew"};
}

static hebb_status save_verdicts(hebb_study *study, const point_result *results)
{
    hebb_comparison *comparisons = calloc(2 * study->n_points, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the verdicts");
    size_t n = 0;
    for (size_t point = 0; point < study->n_points; point++)
        comparisons[n++] = compare(point, READ_RIGHT, &results[point].of[READ_RIGHT]);
    for (size_t point = 0; point < study->n_points; point++)
        if (hebb_mean_field_xor_kind_of(study, point) != MFX_EXACT)
            comparisons[n++] = compare(point, PER_EPOCH, &results[point].of[PER_EPOCH]);
    const hebb_status status = hebb_study_save_verdicts(study, n, comparisons);
    free(comparisons);
    return status;
}

/* "X +- E", or X alone where there is no error to tell: of one replica. */
static const char *with_error(hebb_estimate x, char text[40])
{
    if (x.error > 0.0)
        hebb_c_locale_print(text, 40, "%.3g +- %.2g", x.value, x.error);
    else
        hebb_c_locale_print(text, 40, "%.3g", x.value);
    return text;
}

/* What learning costs, as far as it is known: nothing where hardly a network has learnt, or the points are exact. */
static void tell_cost(const point_result *result, char text[160])
{
    const hebb_estimate ratio = result->of[RATIO].estimate, restart = result->of[RESTART_RATIO].estimate;
    char number[40];
    int n = 0;
    *text = '\0';
    if (!isnan(ratio.value))
        n = hebb_c_locale_print(text, 160, "unit updates %s of mean field, ", with_error(ratio, number));
    if (!isnan(restart.value))
        hebb_c_locale_print(text + n, 160 - (size_t)n, "%s if given up after %.0f, ", with_error(restart, number),
                            result->of[LIMIT].estimate.value);
}

static void say(const hebb_study *study, size_t point, const point_result *result)
{
    const hebb_mean_field_xor_kind kind = hebb_mean_field_xor_kind_of(study, point);
    char name[80], cost[160] = "", epochs[40] = "";
    if (kind == MFX_MEAN_FIELD)
        snprintf(name, sizeof name, "mean field, %.0f sweeps", hebb_study_grid(study, point, MFX_SETTLING));
    else if (kind == MFX_SAMPLED)
        hebb_c_locale_print(name, sizeof name, "rate %g, temperatures %.0f, collecting %.0f",
                            hebb_study_grid(study, point, MFX_RATE), hebb_study_grid(study, point, MFX_TEMPERATURES),
                            hebb_study_grid(study, point, MFX_COLLECTING));
    else
        hebb_c_locale_print(name, sizeof name, "rate %g, exact", hebb_study_grid(study, point, MFX_RATE));
    if (kind != MFX_EXACT) tell_cost(result, cost);
    if (!isnan(result->of[EPOCHS].estimate.value))
        hebb_c_locale_print(epochs, sizeof epochs, "median %.1f epochs, ", result->of[EPOCHS].estimate.value);
    hebb_study_say(study, "mean-field-xor: %s: learnt %.3f, %s%sright %.4f sampled, %.4f in mean field", name,
                   result->of[LEARNT].estimate.value, epochs, cost, result->of[READ_RIGHT].estimate.value,
                   result->of[SETTLED_RIGHT].estimate.value);
}

hebb_status hebb_mean_field_xor_report(hebb_study *study)
{
    point_result *results = calloc(study->n_points, sizeof *results);
    double *x = calloc(study->n_replicas, sizeof *x);
    uint32_t *indices = calloc(study->n_replicas, sizeof *indices);
    hebb_status status = HEBB_OK;
    if (results == NULL || x == NULL || indices == NULL) status = hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        measure(study, point, x, indices, &results[point]);
    if (status == HEBB_OK) {
        add_limits(study, results);
        status = hebb_summary_save(study, N_OBSERVABLES, observables, 0, NULL, add_summary_row, results);
    }
    if (status == HEBB_OK) status = save_theory(study, results);
    if (status == HEBB_OK) status = save_verdicts(study, results);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) say(study, point, &results[point]);
    free(indices);
    free(x);
    free(results);
    return status;
}
