/* What the rbm-trajectory experiment says of its replicas: summary.csv, trajectory.csv, spectrum.csv, theory.csv, verdict.csv. */
#include <math.h>
#include <stdlib.h>

#include "estimators.h"
#include "marchenko_pastur.h"
#include "rbm_phases.h"
#include "rbm_trajectory_study.h"
#include "summary.h"

/*
 * Tolerances were fixed before any run.  The line of the end was w = 1 at first, whatever sigma; that of the theory lies
 * above it in the glass.
 *
 * Sigma at the start: N_v N_h normal numbers tell their width to 1/sqrt(2 N_v N_h) of it; five of these are allowed to the
 * worst replica.  The largest singular value lies within some N^(-2/3) of the edge (Tracy and Widom; N of the smaller layer);
 * two of these.  The end: w above the line of theory/rbm_phases.h at that sigma is the ferromagnet, without tolerance.
 */
static const double SIGMA_DEVIATIONS = 5.0, EDGE_WIDTHS = 2.0;
enum { COMPARISONS_PER_POINT = 3, N_OBSERVABLES = TRAJECTORY_N_VALUES, N_BINS = 24, N_LINE = 120 };

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("sigma_start", "1", "width of the bulk at the start", "the one drawn"),
    HEBB_OBSERVABLE("edge_start", "1", "largest singular value at the start", "Marchenko and Pastur's edge"),
    HEBB_OBSERVABLE("sigma_end", "1", "width of the bulk at the end", "none"),
    HEBB_OBSERVABLE("w_end", "1", "weight of the leading mode at the end", "none"),
    HEBB_OBSERVABLE("modes_end", "1", "singular values above the bulk's edge at the end", "none"),
    HEBB_OBSERVABLE("crossing", "1", "updates at which the leading weight reached 1", "none"),
};

typedef struct {
    size_t n_visible, n_hidden;
    double sigma, entry, edge; /* entry: the standard deviation of a weight */
} start;

static start start_of(const hebb_study *study, size_t point)
{
    start s = {.n_visible = (size_t)hebb_study_grid(study, point, TRAJECTORY_VISIBLE),
               .n_hidden = (size_t)hebb_study_grid(study, point, TRAJECTORY_HIDDEN),
               .sigma = hebb_study_grid(study, point, TRAJECTORY_SIGMA)};
    s.entry = s.sigma / pow((double)s.n_visible * (double)s.n_hidden, 0.25);
    s.edge = hebb_marchenko_pastur_edge(s.n_visible, s.n_hidden, s.entry);
    return s;
}

/* The largest |x/expected - 1| of the replicas. */
static double worst(const hebb_study *study, size_t point, size_t value, double expected)
{
    double most = 0.0;
    for (size_t r = 0; r < study->n_replicas; r++)
        most = fmax(most, fabs(hebb_study_values(study, point, r)[value] / expected - 1.0));
    return most;
}

/* By how much a replica's w at the end is above the ferromagnet's line at its sigma. */
static double beyond_line(start s, const double *values)
{
    const hebb_rbm_system system = {.kappa = (double)s.n_hidden / (double)s.n_visible,
                                    .sigma = values[TRAJECTORY_SIGMA_END]};
    hebb_rbm_lines lines = {NAN, NAN};
    const hebb_status status = hebb_rbm_phases_lines_at(&system, &lines);
    return status == HEBB_OK || status == HEBB_ENOSOLUTION ? values[TRAJECTORY_W_END] - lines.ferromagnet : NAN;
}

static size_t compare(const hebb_study *study, size_t point, hebb_comparison *comparisons)
{
    const start s = start_of(study, point);
    double least = INFINITY;
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double beyond = beyond_line(s, hebb_study_values(study, point, r));
        if (!(beyond >= least)) least = beyond; /* NaN stays */
    }
    comparisons[0] = (hebb_comparison){
        .quantity = "sigma_start",
        .point = point,
        .simulation = worst(study, point, TRAJECTORY_SIGMA_START, s.sigma),
        .theory = 0.0,
        .tolerance = SIGMA_DEVIATIONS / sqrt(2.0 * (double)s.n_visible * (double)s.n_hidden),
        .note = "|estimate/drawn - 1|, the largest of the replicas; tolerance: five standard deviations"};
    comparisons[1] =
        (hebb_comparison){.quantity = "edge_start",
                          .point = point,
                          .simulation = worst(study, point, TRAJECTORY_EDGE, s.edge),
                          .theory = 0.0,
                          .tolerance = EDGE_WIDTHS * pow((double)hebb_trajectory_rank(study, point), -2.0 / 3.0),
                          .note = "|largest singular value/edge - 1|, the largest of the replicas"};
    comparisons[2] = (hebb_comparison){
        .quantity = "short_of_ferromagnet",
        .point = point,
        .simulation = least >= 0.0 ? 0.0 : -least,
        .theory = 0.0,
        .note = "by how much w ended below the line w^2 (1 - q)(1 - q_bar) = 1: the largest of the replicas"};
    return COMPARISONS_PER_POINT;
}

/* ---- trajectory.csv ---- */

static hebb_status save_trajectory(const hebb_study *study, double *scratch)
{
    static const hebb_column columns[] = {
        {"update", "1", "updates so far"},
        {"sigma_now", "1", "width of the bulk"},
        {"sigma_now_err", "1", "standard error of sigma_now"},
        {"w", "1", "weight of the leading mode"},
        {"w_err", "1", "standard error of w"},
        {"modes", "1", "singular values above the edge"},
        {"modes_err", "1", "standard error of modes"},
    };
    const hebb_trajectory_study *own = study->own;
    hebb_table table;
    hebb_status status = hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        for (size_t k = 0; k < own->n_times; k++) {
            hebb_study_add_grid(study, point, &table);
            hebb_table_number(&table, (double)own->times[k]);
            for (size_t c = 0; c < TRAJECTORY_N_RECORDED; c++) {
                for (size_t r = 0; r < study->n_replicas; r++)
                    scratch[r] = hebb_trajectory_record(study, hebb_study_values(study, point, r), k)[c];
                const hebb_estimate mean = hebb_estimate_mean(study->n_replicas, scratch);
                hebb_table_number(&table, mean.value);
                hebb_table_number(&table, mean.error);
            }
        }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "trajectory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- spectrum.csv: histograms; theory.csv: the bulk's density ---- */

/* Values between low and high over their number and the width, and its standard error over the replicas. */
static hebb_estimate density(const hebb_study *study, size_t point, int at_end, double low, double high,
                             double *scratch)
{
    const size_t rank = hebb_trajectory_rank(study, point);
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *s = hebb_trajectory_spectrum(study, hebb_study_values(study, point, r), at_end);
        scratch[r] = 0.0;
        for (size_t a = 0; a < rank; a++)
            if (s[a] >= low && s[a] < high) scratch[r] += 1.0 / ((double)rank * (high - low));
    }
    return hebb_estimate_mean(study->n_replicas, scratch);
}

static hebb_status save_spectrum(const hebb_study *study, double *scratch)
{
    static const hebb_column columns[] = {
        {"singular_value", "1", "middle of the bin"},
        {"start", "1", "density of singular values at the start, of integral 1"},
        {"start_err", "1", "standard error of start"},
        {"end", "1", "the same at the end; what lies beyond the last bin is not listed"},
        {"end_err", "1", "standard error of end"},
    };
    hebb_table table;
    hebb_status status = hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        const double width = 1.5 * start_of(study, point).edge / N_BINS;
        for (int b = 0; b < N_BINS; b++) {
            hebb_study_add_grid(study, point, &table);
            hebb_table_number(&table, (b + 0.5) * width);
            for (int at_end = 0; at_end < 2; at_end++) {
                const hebb_estimate bin = density(study, point, at_end, b * width, (b + 1) * width, scratch);
                hebb_table_number(&table, bin.value);
                hebb_table_number(&table, bin.error);
            }
        }
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "spectrum.csv");
    hebb_table_free(&table);
    return status;
}

static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"singular_value", "1", "singular value of the weights"},
        {"density", "1", "Marchenko and Pastur's, of the width drawn"},
    };
    hebb_table table;
    hebb_status status = hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        const start s = start_of(study, point);
        const double low = hebb_marchenko_pastur_lower_edge(s.n_visible, s.n_hidden, s.entry);
        for (int k = 0; k <= N_LINE; k++) { /* denser at both edges, where the density rises as a root */
            const double at = low + (s.edge - low) * 0.5 * (1.0 - cos(3.14159265358979312 * k / N_LINE));
            hebb_study_add_grid(study, point, &table);
            hebb_table_number(&table, at);
            hebb_table_number(&table, hebb_marchenko_pastur_density(s.n_visible, s.n_hidden, s.entry, at));
        }
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

static void measure(const hebb_study *study, size_t point, double *scratch, hebb_measurement *measured)
{
    const start s = start_of(study, point);
    for (size_t k = 0; k < N_OBSERVABLES; k++) {
        hebb_study_gather(study, point, k, scratch);
        measured[k] = (hebb_measurement){hebb_estimate_mean(study->n_replicas, scratch), NAN};
    }
    measured[TRAJECTORY_SIGMA_START].theory = s.sigma;
    measured[TRAJECTORY_EDGE].theory = s.edge;
}

hebb_status hebb_trajectory_report(hebb_study *study)
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
        n_comparisons += compare(study, point, comparisons + n_comparisons);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &summary, "summary.csv");
    if (status == HEBB_OK) status = save_trajectory(study, scratch);
    if (status == HEBB_OK) status = save_spectrum(study, scratch);
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = hebb_study_save_verdicts(study, n_comparisons, comparisons);
    hebb_table_free(&summary);
    free(comparisons);
    free(scratch);
    return status;
}
