/*
 * What the boltzmann-equilibrium experiment says of its replicas: summary.csv, states.csv, variation.csv, theory.csv,
 * verdict.csv.
 */
#include "boltzmann_equilibrium_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "summary.h"
#include "theory_table.h"

/*
 * Fixed before any run.
 *
 * Total variation.  The clusters of visits are not all of one size, as the formula has them: as much as taking them for
 * Poisson's numbers changes, summed over the states, is tolerated, and at least what whole numbers of visits do,
 * 1/(12 v (1 - p)) of a state's share (Stirling, for a binomial law): the former passes 0 on the way.  Judged where that is a
 * twentieth of the distance at most.
 *
 * States at the end, one of each chain, are independent: chi-squares against exp(-E/T)/Z and of two starts against each
 * other, as Gaussian deviates (Wilson and Hilferty), whose error is 1 by construction.  Cells with fewer than 10 expected are
 * put together.
 *
 * The energy has no bias once the start is forgotten; a hundredth of T is what it is wanted to.
 */
static const double VARIATION_RESOLUTION = 0.05, RARE_JUDGED = 0.05;
static const double LEAST_EXPECTED = 10.0, DEVIATE_RESOLUTION = 3.5, ENERGY_RESOLUTION = 0.01;
static const double FORGOTTEN = 1e-9; /* of (P^t)_ss - p_s: then the sum over t has ended */
enum { MAX_FINE = 200, PER_DECADE = 12, MAX_STEPS = 20000 };

enum { VARIATION, ENERGY, CHI_SQUARE, N_OBSERVABLES };

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("total_variation", "1", "distance of a chain's states from exp(-E/T)/Z after all sweeps",
                    "from the exact autocorrelations of a sweep"),
    HEBB_OBSERVABLE("energy", "1", "mean energy E", "sum of E exp(-E/T)/Z"),
    HEBB_OBSERVABLE("chi_square", "1", "deviate of chi-square of the chains' last states", "0: exp(-E/T)/Z"),
};

/* What theory says of one temperature. */
typedef struct {
    double *p, *energies;
    double energy;
    size_t n_times;
    long times[EQUILIBRIUM_MAX_TIMES + MAX_FINE];
    double variation[EQUILIBRIUM_MAX_TIMES + MAX_FINE]; /* at these times */
    double rare[EQUILIBRIUM_MAX_TIMES + MAX_FINE];      /* what of it rare states make uncertain */
    double asymptote;                                   /* of TV sqrt(M); NaN as are distances: not forgotten */
    double independent;                                 /* TV sqrt(M) of independent states */
} law;

/* ---- theory ---- */

static void law_free(law *at)
{
    free(at->p);
    free(at->energies);
    *at = (law){0};
}

/* The study's times, then a fine grid. */
static void choose_times(const hebb_boltzmann_equilibrium_study *own, law *at)
{
    memcpy(at->times, own->times, own->n_times * sizeof *own->times);
    at->n_times = own->n_times;
    for (int k = 0; k < MAX_FINE; k++) {
        const long time = lround(pow(10.0, (double)k / PER_DECADE));
        if (time > own->n_sweeps) break;
        if (at->n_times == own->n_times || time > at->times[at->n_times - 1]) at->times[at->n_times++] = time;
    }
}

/* E|n - v| = 2 v^(k+1) e^-v/k!, k = floor v, of a Poisson variable of mean v, over sqrt(2 v/pi); 1 for large ones. */
static double poisson_over_gaussian(double v)
{
    if (v > 1e6) return 1.0;
    const double k = floor(v);
    return 2.0 * exp((k + 0.5) * log(v) - v - lgamma(k + 1.0)) * sqrt(0.5 * M_PI);
}

/* What state s adds to the distance after M sweeps; sums: of (P^t)_ss - p_s and of t times that over t < M. */
static void add_state(law *at, size_t time, double p, double sum, double sum_t)
{
    const double m = (double)at->times[time];
    const double variance = m * p * (1.0 - p) + 2.0 * p * (m * sum - sum_t);
    if (variance <= 0.0) return; /* always or never there */
    const double gaussian = 0.5 * sqrt(2.0 * variance / M_PI) / m;
    const double visits = m * p * (m * p * (1.0 - p) / variance), ratio = poisson_over_gaussian(visits);
    at->variation[time] += gaussian * ratio;
    at->rare[time] += gaussian * fmax(fabs(ratio - 1.0), fmin(1.0 / (12.0 * visits * (1.0 - p)), 1.0));
}

static void add_autocorrelations(const hebb_machine_choice *machine, law *at, size_t s, double *room)
{
    const double p = at->p[s];
    double sums[EQUILIBRIUM_MAX_TIMES + MAX_FINE][2], sum = 0.0, sum_t = 0.0;
    bool has[EQUILIBRIUM_MAX_TIMES + MAX_FINE] = {false};
    memset(room, 0, machine->n_states * sizeof *room);
    room[s] = 1.0;
    double excess = 1.0;
    for (long t = 0; t < MAX_STEPS && fabs(excess) > FORGOTTEN; t++) {
        if (t > 0) {
            for (size_t i = 0; i < machine->n_units; i++) hebb_machine_update(machine, at->p, i, room);
            excess = room[s] - p;
            sum += excess;
            sum_t += (double)t * excess;
        }
        for (size_t k = 0; k < at->n_times; k++)
            if (at->times[k] == t + 1) {
                sums[k][0] = sum;
                sums[k][1] = sum_t;
                has[k] = true;
            }
    }
    if (fabs(excess) > FORGOTTEN) sum = sum_t = NAN;
    for (size_t k = 0; k < at->n_times; k++)
        add_state(at, k, p, has[k] ? sums[k][0] : sum, has[k] ? sums[k][1] : sum_t);
    const double a_sweep = 2.0 * p * (1.0 - p + 2.0 * sum);
    at->asymptote += a_sweep <= 0.0 ? 0.0 : 0.5 * sqrt(a_sweep / M_PI);
    at->independent += 0.5 * sqrt(2.0 * p * (1.0 - p) / M_PI);
}

static hebb_status find_law(const hebb_boltzmann_equilibrium_study *own, double temperature, law *at)
{
    const size_t n = own->machine.n_states;
    *at = (law){.p = calloc(2 * n, sizeof *at->p), .energies = calloc(n, sizeof *at->energies)};
    if (at->p == NULL || at->energies == NULL) {
        law_free(at);
        return hebb_fail(HEBB_ENOMEM, "no memory for the law of %zu states", n);
    }
    const hebb_status status = hebb_machine_law(&own->machine, temperature, at->p, at->energies);
    if (status != HEBB_OK) {
        law_free(at);
        return status;
    }
    choose_times(own, at);
    for (size_t s = 0; s < n; s++) {
        at->energy += at->p[s] * at->energies[s];
        add_autocorrelations(&own->machine, at, s, at->p + n);
    }
    return HEBB_OK;
}

/* ---- chi-squares of the last states ---- */

typedef struct {
    double chi_square, rest, rest_expected;
    size_t n_cells;
} chi_square;

static void add_cell(chi_square *sum, double excess_squared_over_variance)
{
    sum->chi_square += excess_squared_over_variance;
    sum->n_cells++;
}

/* Wilson and Hilferty's deviate; NaN without a degree of freedom. */
static double deviate(const chi_square *sum)
{
    const double freedom = (double)sum->n_cells - 1.0, ninth = 2.0 / (9.0 * freedom);
    return freedom < 1.0 ? NAN : (cbrt(sum->chi_square / freedom) - (1.0 - ninth)) / sqrt(ninth);
}

/* last[s]: of all replicas. */
static void count_last(const hebb_study *study, size_t point, double *last)
{
    const hebb_boltzmann_equilibrium_study *own = study->own;
    memset(last, 0, own->machine.n_states * sizeof *last);
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *counts = hebb_study_values(study, point, r) + hebb_boltzmann_equilibrium_last(own);
        for (size_t s = 0; s < own->machine.n_states; s++) last[s] += counts[s];
    }
}

static double against_law(size_t n_states, const double *last, const double *p, double n)
{
    chi_square sum = {0};
    for (size_t s = 0; s < n_states; s++) {
        const double expected = n * p[s];
        if (expected >= LEAST_EXPECTED) {
            add_cell(&sum, (last[s] - expected) * (last[s] - expected) / expected);
            continue;
        }
        sum.rest += last[s];
        sum.rest_expected += expected;
    }
    const double excess = sum.rest - sum.rest_expected;
    if (sum.rest_expected >= LEAST_EXPECTED) add_cell(&sum, excess * excess / sum.rest_expected);
    return deviate(&sum);
}

/* Two samples of the same size. */
static double against_other(size_t n_states, const double *a, const double *b)
{
    chi_square sum = {0};
    double rest_a = 0.0, rest_b = 0.0;
    for (size_t s = 0; s < n_states; s++) {
        if (a[s] + b[s] >= 2.0 * LEAST_EXPECTED) {
            add_cell(&sum, (a[s] - b[s]) * (a[s] - b[s]) / (a[s] + b[s]));
            continue;
        }
        rest_a += a[s];
        rest_b += b[s];
    }
    if (rest_a + rest_b >= 2.0 * LEAST_EXPECTED)
        add_cell(&sum, (rest_a - rest_b) * (rest_a - rest_b) / (rest_a + rest_b));
    return deviate(&sum);
}

/* ---- the tables ---- */

typedef struct {
    hebb_table summary, states, variation;
    hebb_comparison *comparisons;
    size_t n_comparisons;
    double *x, *last, *first_last; /* first_last: of the temperature's first start */
    size_t first;
} report;

static hebb_estimate gather(const hebb_study *study, size_t point, size_t number, double *x)
{
    for (size_t r = 0; r < study->n_replicas; r++) x[r] = hebb_study_values(study, point, r)[number];
    return hebb_estimate_mean(study->n_replicas, x);
}

static void add_states(const hebb_study *study, size_t point, const law *at, report *made)
{
    const hebb_boltzmann_equilibrium_study *own = study->own;
    for (size_t s = 0; s < own->machine.n_states; s++) {
        const hebb_estimate share = gather(study, point, hebb_boltzmann_equilibrium_visited(own) + s, made->x);
        hebb_study_add_grid(study, point, &made->states);
        hebb_table_number(&made->states, (double)s);
        hebb_table_number(&made->states, at->energies[s]);
        hebb_table_number(&made->states, share.value);
        hebb_table_number(&made->states, share.error);
        hebb_table_number(&made->states, at->p[s]);
    }
}

static void add_comparison(report *made, hebb_comparison comparison)
{
    made->comparisons[made->n_comparisons++] = comparison;
}

static void add_variations(const hebb_study *study, size_t point, const law *at, report *made)
{
    const hebb_boltzmann_equilibrium_study *own = study->own;
    for (size_t t = 0; t < own->n_times; t++) {
        const hebb_estimate found = gather(study, point, EQUILIBRIUM_N_VALUES + t, made->x);
        const double theory = at->variation[t];
        const bool counts = at->rare[t] <= RARE_JUDGED * theory;
        hebb_study_add_grid(study, point, &made->variation);
        hebb_table_number(&made->variation, (double)own->times[t]);
        hebb_table_number(&made->variation, found.value);
        hebb_table_number(&made->variation, found.error);
        hebb_table_number(&made->variation, theory);
        hebb_table_number(&made->variation, hebb_verdict_z(found.value, found.error, theory));
        if (!counts && t + 1 < own->n_times) continue;
        add_comparison(made,
                       (hebb_comparison){.quantity = "total_variation",
                                         .point = point,
                                         .simulation = found.value,
                                         .error = found.error,
                                         .n_samples = found.n,
                                         .theory = theory,
                                         .tolerance = at->rare[t],
                                         .resolution = VARIATION_RESOLUTION * theory,
                                         .not_judged = !counts,
                                         .note = isnan(theory) ? "chains forget too slowly for the theory's sums"
                                                 : counts ? "tolerance: for states of few visits; a row for each of "
                                                            "the times of variation.csv where that is little"
                                                          : "too few sweeps: states seen by few chance visits count"});
    }
}

static void add_point(const hebb_study *study, size_t point, const law *at, report *made)
{
    const hebb_boltzmann_equilibrium_study *own = study->own;
    const double n_last = (double)own->n_chains * (double)study->n_replicas;
    const size_t end = own->n_times - 1;
    count_last(study, point, made->last);
    const double chi = against_law(own->machine.n_states, made->last, at->p, n_last);
    hebb_measurement measured[N_OBSERVABLES];
    measured[VARIATION] = (hebb_measurement){gather(study, point, EQUILIBRIUM_VARIATION, made->x), at->variation[end]};
    measured[ENERGY] = (hebb_measurement){gather(study, point, EQUILIBRIUM_ENERGY, made->x), at->energy};
    measured[CHI_SQUARE] = (hebb_measurement){{chi, 1.0, (size_t)n_last}, 0.0};
    hebb_summary_add(study, point, N_OBSERVABLES, measured, &made->summary);
    const double temperature = hebb_study_grid(study, point, EQUILIBRIUM_TEMPERATURE);
    add_comparison(made, (hebb_comparison){.quantity = "energy",
                                           .point = point,
                                           .simulation = measured[ENERGY].estimate.value,
                                           .error = measured[ENERGY].estimate.error,
                                           .n_samples = measured[ENERGY].estimate.n,
                                           .theory = at->energy,
                                           .resolution = ENERGY_RESOLUTION * temperature,
                                           .note = "resolution: a hundredth of T"});
    hebb_comparison test = {.quantity = "chi_square",
                            .point = point,
                            .simulation = chi,
                            .error = 1.0,
                            .resolution = DEVIATE_RESOLUTION,
                            .not_judged = isnan(chi),
                            .note = isnan(chi) ? "too few chains for two cells"
                                               : "last states of all chains against exp(-E/T)/Z: chi-square as a "
                                                 "Gaussian deviate"};
    add_comparison(made, test);
    if (made->first == SIZE_MAX) {
        made->first = point;
        memcpy(made->first_last, made->last, own->machine.n_states * sizeof *made->last);
        return;
    }
    test.quantity = "same_as_first_start";
    test.simulation = against_other(own->machine.n_states, made->last, made->first_last);
    test.not_judged = isnan(test.simulation);
    test.note = test.not_judged ? "too few chains for two cells"
                                : "last states of two starts against each other: chi-square as a Gaussian deviate";
    add_comparison(made, test);
}

/* ---- theory.csv ---- */

static const hebb_column theory_columns[] = {
    {"n_units", "1", "number of units"},
    {"temperature", "1", "temperature T"},
    {"sweeps", "1", "sweeps M of one chain"},
    {"total_variation", "1", "mean distance of its states from exp(-E/T)/Z, from a sweep's exact autocorrelations"},
    {"asymptote", "1", "what it comes to for large M: in proportion to 1/sqrt(M)"},
    {"independent", "1", "the same of M independent states"},
    HEBB_STATUS_COLUMN,
};

static void add_theory(const hebb_boltzmann_equilibrium_study *own, double temperature, const law *at,
                       hebb_table *table)
{
    for (size_t t = own->n_times; t < at->n_times; t++) {
        hebb_table_number(table, (double)own->machine.n_units);
        hebb_table_number(table, temperature);
        hebb_table_number(table, (double)at->times[t]);
        hebb_table_number(table, at->variation[t]);
        hebb_table_number(table, at->asymptote / sqrt((double)at->times[t]));
        hebb_table_number(table, at->independent / sqrt((double)at->times[t]));
        hebb_theory_table_status(table, isnan(at->variation[t]) || isnan(at->asymptote) ? HEBB_ENOCONV : HEBB_OK);
    }
}

/* ---- all of it ---- */

static hebb_status report_temperature(const hebb_study *study, size_t point, report *made, hebb_table *theory)
{
    const double temperature = hebb_study_grid(study, point, EQUILIBRIUM_TEMPERATURE);
    for (size_t earlier = 0; earlier < point; earlier++)
        if (hebb_study_grid(study, earlier, EQUILIBRIUM_TEMPERATURE) == temperature) return HEBB_OK;
    law at;
    const hebb_status status = find_law(study->own, temperature, &at);
    if (status != HEBB_OK) return status;
    made->first = SIZE_MAX;
    for (size_t other = point; other < study->n_points; other++) {
        if (hebb_study_grid(study, other, EQUILIBRIUM_TEMPERATURE) != temperature) continue;
        add_point(study, other, &at, made);
        add_states(study, other, &at, made);
        add_variations(study, other, &at, made);
    }
    add_theory(study->own, temperature, &at, theory);
    law_free(&at);
    return HEBB_OK;
}

static hebb_status start_tables(const hebb_study *study, report *made, hebb_table *theory)
{
    static const hebb_column states[] = {
        {"state", "1", "number of the state: bit i is set where unit i is on"},
        {"energy", "1", "its energy E"},
        {"frequency", "1", "share of visits, of all chains and sweeps"},
        {"frequency_err", "1", "standard error of frequency"},
        {"frequency_theory", "1", "exp(-E/T)/Z"},
    };
    static const hebb_column variation[] = {
        {"sweeps", "1", "sweeps M counted of a chain"},
        {"total_variation", "1", "distance of a chain's states from exp(-E/T)/Z, mean over chains"},
        {"total_variation_err", "1", "standard error of total_variation"},
        {"total_variation_theory", "1", "from the exact autocorrelations of a sweep"},
        {"total_variation_z", "1", "(total_variation - total_variation_theory)/total_variation_err"},
    };
    hebb_status status = hebb_summary_init(study, N_OBSERVABLES, observables, &made->summary);
    if (status == HEBB_OK) status = hebb_study_table_init(study, sizeof states / sizeof *states, states, &made->states);
    if (status == HEBB_OK)
        status = hebb_study_table_init(study, sizeof variation / sizeof *variation, variation, &made->variation);
    if (status == HEBB_OK)
        status = hebb_table_init(theory, sizeof theory_columns / sizeof *theory_columns, theory_columns);
    return status;
}

hebb_status hebb_boltzmann_equilibrium_report(hebb_study *study)
{
    const hebb_boltzmann_equilibrium_study *own = study->own;
    hebb_table theory = {0};
    report made = {.comparisons = calloc(study->n_points * (own->n_times + 3), sizeof *made.comparisons),
                   .x = calloc(study->n_replicas, sizeof *made.x),
                   .last = calloc(own->machine.n_states, sizeof *made.last),
                   .first_last = calloc(own->machine.n_states, sizeof *made.first_last)};
    hebb_status status = made.comparisons != NULL && made.x != NULL && made.last != NULL && made.first_last != NULL
                             ? start_tables(study, &made, &theory)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        status = report_temperature(study, point, &made, &theory);
    if (status == HEBB_OK) status = hebb_study_save(study, &made.summary, "summary.csv");
    if (status == HEBB_OK) status = hebb_study_save(study, &made.states, "states.csv");
    if (status == HEBB_OK) status = hebb_study_save(study, &made.variation, "variation.csv");
    if (status == HEBB_OK) status = hebb_study_save(study, &theory, "theory.csv");
    if (status == HEBB_OK) status = hebb_study_save_verdicts(study, made.n_comparisons, made.comparisons);
    hebb_table_free(&made.summary);
    hebb_table_free(&made.states);
    hebb_table_free(&made.variation);
    hebb_table_free(&theory);
    free(made.comparisons);
    free(made.x);
    free(made.last);
    free(made.first_last);
    return status;
}
