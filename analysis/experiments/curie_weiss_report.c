/* What curie-weiss says of its replicas: the exact law beside every average and every bin. */
#include <math.h>
#include <stdlib.h>

#include "curie_weiss.h"
#include "curie_weiss_study.h"
#include "jackknife.h"
#include "magnetisation_bins.h"
#include "summary.h"
#include "theory_table.h"

enum { M, M2, ENERGY, SUSCEPTIBILITY, BINDER, N_OBSERVABLES };

/*
 * Fixed before any run.  The law is exact, so nothing is tolerated.  At T = 1 the resolutions of |m| and the energy tell
 * N = 50 from N = 100 (.341 and .287, -.070 and -.052); those of the susceptibility, a share of it, and of the cumulant,
 * both harder to measure, tell T = 1 from T = .9 at N = 200 (4.6 and 6.5, .295 and .546).
 */
static const double TOLERANCE = 0.0, M_RESOLUTION = 0.02, ENERGY_RESOLUTION = 0.01, SUSCEPTIBILITY_RESOLUTION = 0.25,
                    BINDER_RESOLUTION = 0.05;

/* Averages over sweeps begin after so many autocorrelation times, when the start is forgotten to some e^-5. */
static const double TIMES_TO_FORGET = 5.0;

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("m", "1", "mean of |m|, m the overlap with the pattern", "exact at N"),
    HEBB_OBSERVABLE("m2", "1", "mean of m^2", "exact at N"),
    HEBB_OBSERVABLE("energy", "J", "energy per neuron", "exact at N"),
    HEBB_OBSERVABLE("susceptibility", "1/J", "(N/T)(<m^2> - <|m|>^2), by the jackknife over replicas", "exact at N"),
    HEBB_OBSERVABLE("binder", "1", "cumulant 1 - <m^4>/(3 <m^2>^2), by the jackknife over replicas", "exact at N"),
};

typedef struct {
    hebb_measurement of[N_OBSERVABLES];
    hebb_curie_weiss_averages limit;
    double tau; /* mean over replicas; NaN: cannot tell */
    double n_mismatches;
} point_result;

static double temperature_at(const hebb_study *study, size_t point)
{
    return hebb_study_grid(study, point, CURIE_WEISS_TEMPERATURE);
}

static long neurons_at(const hebb_study *study, size_t point)
{
    return (long)hebb_study_grid(study, point, CURIE_WEISS_NEURONS);
}

/* ---- estimates ---- */

/*
 * At low T hardly a spin turns, and it may be that none has done so in any sweep that was measured: its spread, 0, is no
 * error then.  What two spins turned, one sweep each, would have changed is added to every error, as a variance.
 */
static double least_change(const hebb_study *study, size_t point, size_t observable)
{
    const hebb_curie_weiss_study *own = study->own;
    const double n = (double)neurons_at(study, point), T = temperature_at(study, point);
    const double one[N_OBSERVABLES] = {[M] = 2.0 / n,
                                       [M2] = 4.0 / n,
                                       [ENERGY] = 2.0 / n,
                                       [SUSCEPTIBILITY] = 4.0 / (n * T),
                                       [BINDER] = 16.0 / (3.0 * n * n)};
    return 2.0 * one[observable] / ((double)own->n_sweeps * (double)study->n_replicas);
}

static hebb_estimate mean_of(const hebb_study *study, size_t point, size_t value, double *scratch)
{
    hebb_study_gather(study, point, value, scratch);
    return hebb_estimate_mean(study->n_replicas, scratch);
}

/* scratch: 2 n_replicas numbers, a row a replica. */
static hebb_status jackknife(const hebb_study *study, size_t point, const size_t values[2],
                             double (*function)(const void *context, const double *means), const void *context,
                             double *scratch, hebb_estimate *x)
{
    for (size_t r = 0; r < study->n_replicas; r++)
        for (size_t k = 0; k < 2; k++) scratch[2 * r + k] = hebb_study_values(study, point, r)[values[k]];
    return hebb_jackknife(study->n_replicas, 2, scratch, function, context, x);
}

static hebb_status measure(const hebb_study *study, size_t point, double *scratch, point_result *result)
{
    static const size_t of_susceptibility[] = {CURIE_WEISS_M, CURIE_WEISS_M2},
                        of_binder[] = {CURIE_WEISS_M2, CURIE_WEISS_M4};
    const double T = temperature_at(study, point), n_over_T = (double)neurons_at(study, point) / T;
    result->tau = mean_of(study, point, CURIE_WEISS_TAU, scratch).value;
    for (size_t r = 0; r < study->n_replicas; r++)
        result->n_mismatches += hebb_study_values(study, point, r)[CURIE_WEISS_MISMATCHES];
    result->of[M].estimate = mean_of(study, point, CURIE_WEISS_M, scratch);
    result->of[M2].estimate = mean_of(study, point, CURIE_WEISS_M2, scratch);
    result->of[ENERGY].estimate = mean_of(study, point, CURIE_WEISS_ENERGY, scratch);
    hebb_status status = jackknife(study, point, of_susceptibility, hebb_jackknife_susceptibility, &n_over_T, scratch,
                                   &result->of[SUSCEPTIBILITY].estimate);
    if (status == HEBB_OK)
        status = jackknife(study, point, of_binder, hebb_jackknife_binder, NULL, scratch, &result->of[BINDER].estimate);
    for (size_t k = 0; k < N_OBSERVABLES; k++)
        result->of[k].estimate.error = hypot(result->of[k].estimate.error, least_change(study, point, k));
    return status;
}

static hebb_status add_theory(const hebb_study *study, size_t point, point_result *result)
{
    hebb_curie_weiss_averages exact;
    const double T = temperature_at(study, point);
    hebb_status status = hebb_curie_weiss_average(T, neurons_at(study, point), &exact);
    if (status == HEBB_OK) status = hebb_curie_weiss_average_limit(T, &result->limit);
    if (status != HEBB_OK)
        return hebb_fail(status, "no law of the magnetisation at T = %g, N = %ld", T, neurons_at(study, point));
    const double theory[N_OBSERVABLES] = {exact.m, exact.m2, exact.energy, exact.susceptibility, exact.binder};
    for (size_t k = 0; k < N_OBSERVABLES; k++) result->of[k].theory = theory[k];
    return HEBB_OK;
}

static hebb_status measure_all(const hebb_study *study, point_result *results)
{
    double *scratch = calloc(2 * study->n_replicas, sizeof *scratch);
    if (scratch == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < study->n_points; k++) {
        status = measure(study, k, scratch, &results[k]);
        if (status == HEBB_OK) status = add_theory(study, k, &results[k]);
    }
    free(scratch);
    return status;
}

/* ---- summary.csv ---- */

static void add_summary_row(const hebb_study *study, size_t point, const void *results, hebb_table *table)
{
    const point_result *x = (const point_result *)results + point;
    hebb_summary_add(study, point, N_OBSERVABLES, x->of, table);
    hebb_table_number(table, x->limit.m);
    hebb_table_number(table, x->tau);
    hebb_table_number(table, x->n_mismatches);
}

static hebb_status save_summary(const hebb_study *study, const point_result *results)
{
    static const hebb_column further[] = {
        {"m_infinite", "1", "m for N to infinity"},
        {"tau", "1", "integrated autocorrelation time of |m| in sweeps, mean over replicas; 1/2: independent"},
        {"mismatches", "1", "spins, over all sweeps and replicas, in which network and ferromagnet differed"},
    };
    return hebb_summary_save(study, N_OBSERVABLES, observables, sizeof further / sizeof *further, further,
                             add_summary_row, results);
}

/* ---- histogram.csv ---- */

/* The share of sweeps in a bin: from pairs of replicas, each with one from either valley; a last one alone is left out. */
static hebb_estimate share_in(const hebb_study *study, size_t point, size_t bin, double *scratch)
{
    const size_t n_pairs = study->n_replicas / 2, value = CURIE_WEISS_N_VALUES + bin;
    for (size_t k = 0; k < n_pairs; k++)
        scratch[k] =
            0.5 * (hebb_study_values(study, point, 2 * k)[value] + hebb_study_values(study, point, 2 * k + 1)[value]);
    if (n_pairs == 0) scratch[0] = hebb_study_values(study, point, 0)[value];
    return hebb_estimate_mean(n_pairs > 0 ? n_pairs : 1, scratch);
}

static hebb_status add_bins(const hebb_study *study, size_t point, double *scratch, double *law, hebb_table *table)
{
    const long n = neurons_at(study, point);
    const hebb_magnetisation_bins bins = hebb_magnetisation_bins_make(n, CURIE_WEISS_MAX_BINS);
    const hebb_status status = hebb_curie_weiss_law(temperature_at(study, point), n, law);
    if (status != HEBB_OK)
        return hebb_fail(status, "no law of the magnetisation at T = %g, N = %ld", temperature_at(study, point), n);
    for (size_t b = 0; b < bins.n_bins; b++) {
        long first;
        const long n_values = hebb_magnetisation_bins_values(&bins, b, &first);
        const double width = 2.0 * (double)n_values / (double)n;
        double mass = 0.0;
        for (long k = 0; k < n_values; k++) mass += law[(n + first) / 2 + k];
        const hebb_estimate x = share_in(study, point, b, scratch);
        hebb_study_add_grid(study, point, table);
        hebb_table_number(table, ((double)first + (double)(n_values - 1)) / (double)n);
        hebb_table_number(table, x.value / width);
        hebb_table_number(table, x.error / width);
        hebb_table_number(table, mass / width);
        hebb_table_number(table, hebb_verdict_z(x.value, x.error, mass));
    }
    return HEBB_OK;
}

static hebb_status save_histogram(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"m", "1", "overlap, the middle of the bin"},
        {"density", "1", "measured probability density; half of the replicas start in either valley"},
        {"density_err", "1", "its standard error, from pairs of replicas"},
        {"density_theory", "1", "the exact law at N, averaged over the bin"},
        {"density_z", "1", "(density - density_theory)/density_err"},
    };
    long largest = 0;
    for (size_t k = 0; k < study->n_points; k++)
        if (neurons_at(study, k) > largest) largest = neurons_at(study, k);
    double *scratch = calloc(study->n_replicas, sizeof *scratch), *law = calloc((size_t)largest + 1, sizeof *law);
    hebb_table table = {0};
    hebb_status status = scratch != NULL && law != NULL
                             ? hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, &table)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the histograms");
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        status = add_bins(study, point, scratch, law, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "histogram.csv");
    hebb_table_free(&table);
    free(scratch);
    free(law);
    return status;
}

/* ---- theory.csv ---- */

/* n_neurons is NaN for the limit. */
static void add_theory_row(double T, double n_neurons, hebb_table *table)
{
    hebb_curie_weiss_averages x = {NAN, NAN, NAN, NAN, NAN, NAN};
    const hebb_status solved =
        isnan(n_neurons) ? hebb_curie_weiss_average_limit(T, &x) : hebb_curie_weiss_average(T, (long)n_neurons, &x);
    const double cells[] = {T, n_neurons, x.m, x.m2, x.energy, x.susceptibility, x.binder};
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
    hebb_theory_table_status(table, solved);
}

/* To T = 1, which is in it, and as many steps from there to beyond the highest temperature. */
static void add_theory_line(double highest, double n_neurons, hebb_table *table)
{
    enum { N_STEPS = 200 };
    for (int k = 1; k <= N_STEPS; k++) add_theory_row((double)k / N_STEPS, n_neurons, table);
    for (int k = 1; k <= N_STEPS && highest > 1.0; k++)
        add_theory_row(1.0 + (1.05 * highest - 1.0) * k / N_STEPS, n_neurons, table);
}

static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"temperature", "J", "temperature T"},
        {"n_neurons", "1", "number of neurons N; empty: infinite"},
        {"m", "1", "mean of |m|"},
        {"m2", "1", "mean of m^2"},
        {"energy", "J", "energy per neuron"},
        {"susceptibility", "1/J", "(N/T)(<m^2> - <|m|>^2)"},
        {"binder", "1", "1 - <m^4>/(3 <m^2>^2)"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    double highest = 0.0;
    for (size_t k = 0; k < study->n_points; k++) highest = fmax(highest, temperature_at(study, k));
    const hebb_list *neurons = hebb_options_list(study->options, "neurons");
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (size_t k = 0; status == HEBB_OK && k < neurons->length; k++)
        add_theory_line(highest, neurons->values[k], &table);
    if (status == HEBB_OK) add_theory_line(highest, NAN, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- verdict.csv ---- */

static hebb_comparison compare(const hebb_study *study, size_t point, const point_result *result, size_t k)
{
    const hebb_curie_weiss_study *own = study->own;
    const hebb_measurement *x = &result->of[k];
    const double resolutions[N_OBSERVABLES] = {[M] = M_RESOLUTION,
                                               [M2] = M_RESOLUTION,
                                               [ENERGY] = ENERGY_RESOLUTION,
                                               [SUSCEPTIBILITY] = SUSCEPTIBILITY_RESOLUTION * x->theory,
                                               [BINDER] = BINDER_RESOLUTION};
    hebb_comparison c = {.quantity = observables[k].value.name,
                         .point = point,
                         .simulation = x->estimate.value,
                         .error = x->estimate.error,
                         .n_samples = x->estimate.n,
                         .theory = x->theory,
                         .tolerance = TOLERANCE,
                         .resolution = resolutions[k],
                         .note = "the exact law at N: nothing is tolerated"};
    if (isnan(result->tau)) {
        c.not_judged = 1;
        c.note = "--sweeps is too small to tell an autocorrelation time: the start may not be forgotten";
    } else if (TIMES_TO_FORGET * result->tau > (double)own->n_equilibration) {
        c.not_judged = 1;
        c.note = "--equilibration is shorter than five autocorrelation times: the start may not be forgotten";
    }
    return c;
}

static hebb_status save_verdicts(hebb_study *study, const point_result *results)
{
    const size_t a_point = N_OBSERVABLES + 1;
    hebb_comparison *comparisons = calloc(a_point * study->n_points, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the verdicts");
    for (size_t point = 0; point < study->n_points; point++) {
        for (size_t k = 0; k < N_OBSERVABLES; k++)
            comparisons[k * study->n_points + point] = compare(study, point, &results[point], k);
        comparisons[N_OBSERVABLES * study->n_points + point] =
            (hebb_comparison){.quantity = "mismatches",
                              .point = point,
                              .simulation = results[point].n_mismatches,
                              .theory = 0.0,
                              .note = "Mattis' map, spin by spin after each sweep: it is exact, and so is this count"};
    }
    const hebb_status status = hebb_study_save_verdicts(study, a_point * study->n_points, comparisons);
    free(comparisons);
    return status;
}

static void say(const hebb_study *study, const point_result *results)
{
    const hebb_curie_weiss_study *own = study->own;
    double n_mismatches = 0.0, n_compared = 0.0;
    for (size_t k = 0; k < study->n_points; k++) {
        n_mismatches += results[k].n_mismatches;
        n_compared +=
            (double)neurons_at(study, k) * (double)study->n_replicas * (double)(own->n_sweeps + own->n_equilibration);
    }
    hebb_study_say(study, "curie-weiss: network and ferromagnet differ in %.0f of %.4g spins compared", n_mismatches,
                   n_compared);
}

hebb_status hebb_curie_weiss_report(hebb_study *study)
{
    point_result *results = calloc(study->n_points, sizeof *results);
    if (results == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu points", study->n_points);
    hebb_status status = measure_all(study, results);
    if (status == HEBB_OK) status = save_summary(study, results);
    if (status == HEBB_OK) status = save_histogram(study);
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = save_verdicts(study, results);
    if (status == HEBB_OK) say(study, results);
    free(results);
    return status;
}
