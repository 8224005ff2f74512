/* What the annealing-schedule experiment says of its replicas: summary.csv, theory.csv, verdict.csv. */
#include "annealing_schedule_study.h"

#include <math.h>
#include <stdlib.h>

#include "summary.h"

/*
 * Fixed before any run.
 *
 * The law of annealed states is exact, and both observables are linear in each independent slope: nothing is tolerated but
 * the rounding of averages, 1e-12.  Errors are those of sampling: machines are the theory's own, so differences are taken
 * machine by machine.  The resolution tells a slope off by a tenth of itself: along, a tenth of the signal; bias, the
 * square, a fifth of signal and bias together.  Below 1e-4, a slope of 0.01, nothing needs to be told.
 */
static const double TOLERANCE = 1e-12, ALONG_RESOLUTION = 0.1, BIAS_RESOLUTION = 0.2, FLOOR = 1e-4;

enum {
    SAMPLED_LEARNT,
    SAMPLED_DIVERGENCE,
    MEAN_FIELD_LEARNT,
    MEAN_FIELD_DIVERGENCE,
    SIGNAL,
    ALONG,
    BIAS,
    MEAN_FIELD_BIAS,
    N_OBSERVABLES
};

static const int value_of[N_OBSERVABLES] = {SCHEDULE_SAMPLED_LEARNT,
                                            SCHEDULE_SAMPLED_DIVERGENCE,
                                            SCHEDULE_MEAN_FIELD_LEARNT,
                                            SCHEDULE_MEAN_FIELD_DIVERGENCE,
                                            SCHEDULE_SIGNAL,
                                            SCHEDULE_ALONG,
                                            SCHEDULE_BIAS,
                                            SCHEDULE_MEAN_FIELD_BIAS};

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("sampled_learnt", "1", "share of runs by the sampled rule that came to be right", "none"),
    HEBB_OBSERVABLE("sampled_divergence", "nat", "divergence at t_end after them, exact", "none"),
    HEBB_OBSERVABLE("mean_field_learnt", "1", "share of runs in mean field that came to be right", "none"),
    HEBB_OBSERVABLE("mean_field_divergence", "nat", "divergence at t_end after them, exact", "none"),
    HEBB_OBSERVABLE("signal", "1", "mean square of the slope at equilibrium, over machines", "none: it is exact"),
    HEBB_OBSERVABLE("along", "1", "mean product of the sampled slope with that; error: that of sampling alone",
                    "law of the annealed state, same machines"),
    HEBB_OBSERVABLE("bias", "1", "mean square of the sampled slope's systematic error; error: that of sampling alone",
                    "law of the annealed state, same machines"),
    HEBB_OBSERVABLE("mean_field_bias", "1", "mean square of the mean-field slope's error", "none"),
};

static const hebb_column further[] = {
    {"sampled_updates", "1", "median of the updates of those runs by the sampled rule that came to be right"},
    {"mean_field_updates", "1", "the same in mean field"},
};

/* ---- summary.csv ---- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* NaN where there are none. */
static double median(size_t n, double *x)
{
    size_t n_numbers = 0;
    for (size_t k = 0; k < n; k++)
        if (!isnan(x[k])) x[n_numbers++] = x[k];
    if (n_numbers == 0) return NAN;
    qsort(x, n_numbers, sizeof *x, by_size);
    return 0.5 * (x[(n_numbers - 1) / 2] + x[n_numbers / 2]);
}

static hebb_estimate share_of(size_t n, const double *x)
{
    size_t n_learnt = 0;
    for (size_t k = 0; k < n; k++) {
        if (isnan(x[k])) return (hebb_estimate){NAN, NAN, 0};
        n_learnt += x[k] > 0.0;
    }
    return hebb_estimate_share(n_learnt, n);
}

/* The error of a slope's observable: from its differences with theory, machine by machine. */
static void compare_slope(const hebb_study *study, size_t point, size_t value, size_t theory, double *scratch,
                          hebb_measurement *measured)
{
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *x = hebb_study_values(study, point, r);
        scratch[r] = x[value] - x[theory];
    }
    measured->estimate.error = hebb_estimate_mean(study->n_replicas, scratch).error;
    hebb_study_gather(study, point, theory, scratch);
    measured->theory = hebb_estimate_mean(study->n_replicas, scratch).value;
}

static void measure(const hebb_study *study, size_t point, double *scratch, hebb_measurement *measured)
{
    for (size_t k = 0; k < N_OBSERVABLES; k++) {
        hebb_study_gather(study, point, (size_t)value_of[k], scratch);
        const bool is_share = k == SAMPLED_LEARNT || k == MEAN_FIELD_LEARNT;
        measured[k] = (hebb_measurement){
            is_share ? share_of(study->n_replicas, scratch) : hebb_estimate_mean(study->n_replicas, scratch), NAN};
    }
    compare_slope(study, point, SCHEDULE_ALONG, SCHEDULE_ALONG_THEORY, scratch, &measured[ALONG]);
    compare_slope(study, point, SCHEDULE_BIAS, SCHEDULE_BIAS_THEORY, scratch, &measured[BIAS]);
}

static void add_row(const hebb_study *study, size_t point, const hebb_measurement *measured, double *scratch,
                    hebb_table *table)
{
    hebb_summary_add(study, point, N_OBSERVABLES, measured, table);
    hebb_study_gather(study, point, SCHEDULE_SAMPLED_UPDATES, scratch);
    hebb_table_number(table, median(study->n_replicas, scratch));
    hebb_study_gather(study, point, SCHEDULE_MEAN_FIELD_UPDATES, scratch);
    hebb_table_number(table, median(study->n_replicas, scratch));
}

/* ---- verdict.csv ---- */

static hebb_comparison compare(const char *quantity, size_t point, const hebb_measurement *measured, double resolution)
{
    return (hebb_comparison){.quantity = quantity,
                             .point = point,
                             .simulation = measured->estimate.value,
                             .error = measured->estimate.error,
                             .n_samples = measured->estimate.n,
                             .theory = measured->theory,
                             .tolerance = TOLERANCE,
                             .resolution = resolution + FLOOR,
                             .note = "theory: exact law of the state after the same schedule, same machines"};
}

/* ---- theory.csv ---- */

enum { LINE_POINTS = 24 };

typedef struct {
    double low, high; /* of t_end */
    double *equilibrium, *annealed;
    hebb_schedule_theory *sums; /* a temperature each */
} line_room;

static hebb_status add_line(const hebb_study *study, size_t point, line_room *room, hebb_table *table)
{
    const double share = 1.0 / (double)study->n_replicas;
    hebb_status status = HEBB_OK;
    for (size_t k = 0; k <= LINE_POINTS; k++) room->sums[k] = (hebb_schedule_theory){0};
    const double span = room->high / room->low;
    for (size_t r = 0; status == HEBB_OK && r < study->n_replicas; r++) {
        hebb_boltzmann machine = {0};
        status = hebb_schedule_study_machine(study, r, &machine);
        for (size_t k = 0; status == HEBB_OK && k <= LINE_POINTS; k++) {
            hebb_schedule_theory x;
            status = hebb_schedule_study_theory(study, &machine, room->low * pow(span, (double)k / LINE_POINTS),
                                                (size_t)hebb_study_grid(study, point, SCHEDULE_TEMPERATURES),
                                                (long)hebb_study_grid(study, point, SCHEDULE_SWEEPS), room->equilibrium,
                                                room->annealed, &x);
            if (status != HEBB_OK) break;
            room->sums[k].signal += share * x.signal;
            room->sums[k].along += share * x.along;
            room->sums[k].bias += share * x.bias;
        }
        hebb_boltzmann_free(&machine);
    }
    for (size_t k = 0; status == HEBB_OK && k <= LINE_POINTS; k++) {
        hebb_table_number(table, room->low * pow(span, (double)k / LINE_POINTS));
        for (size_t g = 1; g < SCHEDULE_N_GRID; g++) hebb_table_number(table, hebb_study_grid(study, point, g));
        hebb_table_number(table, room->sums[k].signal);
        hebb_table_number(table, room->sums[k].along);
        hebb_table_number(table, room->sums[k].bias);
    }
    return status;
}

/* Whether an earlier point has the same schedule but for its end. */
static bool has_line(const hebb_study *study, size_t point)
{
    for (size_t k = 0; k < point; k++)
        if (hebb_study_grid(study, k, SCHEDULE_TEMPERATURES) == hebb_study_grid(study, point, SCHEDULE_TEMPERATURES) &&
            hebb_study_grid(study, k, SCHEDULE_SWEEPS) == hebb_study_grid(study, point, SCHEDULE_SWEEPS))
            return true;
    return false;
}

static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"signal", "1", "mean square of the slope at equilibrium, mean over the replicas' machines"},
        {"along", "1", "mean product with it of the annealed law's slope"},
        {"bias", "1", "mean square of the annealed law's slope less that at equilibrium"},
    };
    const hebb_schedule_study *own = study->own;
    double *slopes = calloc(2 * own->n_features + 1, sizeof *slopes);
    hebb_schedule_theory *sums = calloc(LINE_POINTS + 1, sizeof *sums);
    line_room room = {INFINITY, 0.0, slopes, slopes + own->n_features, sums};
    hebb_table table = {0};
    hebb_status status = slopes != NULL && sums != NULL
                             ? hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, &table)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the slopes");
    for (size_t point = 0; point < study->n_points; point++) {
        room.low = fmin(room.low, hebb_study_grid(study, point, SCHEDULE_T_END));
        room.high = fmax(room.high, hebb_study_grid(study, point, SCHEDULE_T_END));
    }
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        if (!has_line(study, point)) status = add_line(study, point, &room, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    free(sums);
    free(slopes);
    return status;
}

hebb_status hebb_schedule_report(hebb_study *study)
{
    hebb_table summary = {0};
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    hebb_comparison *comparisons = calloc(2 * study->n_points, sizeof *comparisons);
    hebb_status status = scratch != NULL && comparisons != NULL
                             ? hebb_summary_init(study, N_OBSERVABLES, observables, &summary)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    for (size_t k = 0; status == HEBB_OK && k < sizeof further / sizeof *further; k++)
        status = hebb_table_add_column(&summary, further[k]);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        hebb_measurement measured[N_OBSERVABLES];
        measure(study, point, scratch, measured);
        add_row(study, point, measured, scratch, &summary);
        const double signal = measured[SIGNAL].estimate.value;
        comparisons[2 * point] = compare("along", point, &measured[ALONG], ALONG_RESOLUTION * signal);
        comparisons[2 * point + 1] =
            compare("bias", point, &measured[BIAS], BIAS_RESOLUTION * (signal + measured[BIAS].theory));
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &summary, "summary.csv");
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = hebb_study_save_verdicts(study, 2 * study->n_points, comparisons);
    hebb_table_free(&summary);
    free(comparisons);
    free(scratch);
    return status;
}
