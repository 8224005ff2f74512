/* What sigmoid says of its counts: curves over the formula, the temperature that fits them, and whether any departs. */
#include <math.h>
#include <stdlib.h>

#include "one_spin.h"
#include "sigmoid_study.h"
#include "summary.h"

enum { TEMPERATURE, DEVIATION, N_OBSERVABLES };

/* Fixed before any run.  The formula is exact: nothing is tolerated; a temperature is wanted to 2 %. */
static const double TOLERANCE = 0.0, TEMPERATURE_RESOLUTION = 0.02, DEVIATION_RESOLUTION = 0.5;

/* Values of the field are taken together until a group's binomial variance is this: skewness is then below .2. */
static const double GROUP_VARIANCE = 25.0;

/* Width of the curve's bins, in h. */
static const double BIN_WIDTH = 0.05;

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("temperature_fitted", "J", "temperature that makes all outcomes most likely", "the temperature"),
    HEBB_OBSERVABLE("deviation", "1",
                    "cube root of chi^2/n over the groups of fields, which is Gaussian to 1e-3 (Wilson and Hilferty)",
                    "1 - 2/(9n)"),
};

/* All replicas' updates at one point. */
typedef struct {
    hebb_sigmoid_fields fields;
    double n_neurons, temperature;
    hebb_thermal_rule rule;
    double *updates, *hits; /* of each value of the field */
    double n_updates, n_outside, n_flips_at_zero;
} pooled;

typedef struct {
    hebb_measurement of[N_OBSERVABLES];
    double chi_squared, n_updates, n_outside;
    size_t n_groups;
    bool has_forbidden; /* the rule forbids some outcomes altogether */
    double n_forbidden;
} point_result;

static double field_at(const pooled *x, size_t k)
{
    return (double)(x->fields.low + 2 * (long)k) / x->n_neurons;
}

/* The probability of a hit: s = +1 in the field h, or, Metropolis, a flip where s h is h. */
static double theory_at(hebb_thermal_rule rule, double temperature, double h)
{
    return rule == HEBB_METROPOLIS ? hebb_one_spin_metropolis(h, temperature) : hebb_one_spin_heat_bath(h, temperature);
}

static const hebb_column rule_column = {"rule", "",
                                        "heat-bath or metropolis, which changes what h and probability are"};

static void pool(const hebb_study *study, size_t point, pooled *x)
{
    const hebb_sigmoid_study *own = study->own;
    x->fields = hebb_sigmoid_fields_at(study, point);
    x->n_neurons = (double)hebb_load_grid_neurons(study, point);
    x->temperature = hebb_study_grid(study, point, SIGMOID_TEMPERATURE);
    x->rule = own->rule;
    x->n_updates = x->n_outside = x->n_flips_at_zero = 0.0;
    for (size_t k = 0; k < x->fields.n_values; k++) x->updates[k] = x->hits[k] = 0.0;
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *values = hebb_study_values(study, point, r), *counts = values + SIGMOID_N_VALUES;
        x->n_updates += values[SIGMOID_UPDATES];
        x->n_outside += values[SIGMOID_OUTSIDE];
        x->n_flips_at_zero += values[SIGMOID_FLIPS_AT_ZERO];
        for (size_t k = 0; k < x->fields.n_values; k++) {
            x->updates[k] += counts[2 * k];
            x->hits[k] += counts[2 * k + 1];
        }
    }
}

/* ---- the temperature that fits ---- */

/*
 * d ln likelihood / db and minus its derivative, b = 2/T.  Heat bath: P = 1/(1 + exp(-b h)).  Metropolis: P = exp(-b h),
 * h > 0; where h <= 0 nothing depends on b.
 */
static double score(const pooled *x, double b, double *information)
{
    double sum = 0.0;
    *information = 0.0;
    for (size_t k = 0; k < x->fields.n_values; k++) {
        const double h = field_at(x, k), n = x->updates[k];
        if (n == 0.0 || (x->rule == HEBB_METROPOLIS && h <= 0.0)) continue;
        const double boltzmann = exp(-b * h);
        if (x->rule == HEBB_METROPOLIS) {
            const double stays = -expm1(-b * h);
            sum += h * (n * boltzmann - x->hits[k]) / stays;
            *information += n * h * h * boltzmann / stays;
        } else {
            const double up = 1.0 / (1.0 + boltzmann), down = 1.0 / (1.0 + 1.0 / boltzmann);
            sum += h * (x->hits[k] - n * up);
            *information += n * h * h * up * down;
        }
    }
    return sum;
}

/* The likelihood has one maximum in b: its slope falls.  NaN where it lies beyond T = 1e-3 or 1e3. */
static hebb_estimate fit_temperature(const pooled *x)
{
    const hebb_estimate none = {NAN, NAN, 0};
    double low = log(2e-3), high = log(2e3), information;
    if (!(score(x, exp(low), &information) > 0.0) || !(score(x, exp(high), &information) < 0.0)) return none;
    for (int k = 0; k < 60; k++) {
        const double middle = 0.5 * (low + high);
        if (score(x, exp(middle), &information) > 0.0)
            low = middle;
        else
            high = middle;
    }
    const double b = exp(0.5 * (low + high));
    (void)score(x, b, &information);
    return (hebb_estimate){2.0 / b, 2.0 / (b * b * sqrt(information)), 0};
}

/* ---- departures ---- */

typedef struct {
    double excess, variance; /* of the hits over those expected */
} group;

static double chi_squared_of(group g)
{
    return g.variance > 0.0 ? g.excess * g.excess / g.variance : 0.0;
}

/* Neighbouring values of the field go together, and what is left at the end with the last group. */
static void find_deviation(const pooled *x, point_result *result)
{
    group last = {0.0, 0.0}, open = {0.0, 0.0};
    for (size_t k = 0; k < x->fields.n_values; k++) {
        const double p = theory_at(x->rule, x->temperature, field_at(x, k));
        if (x->updates[k] == 0.0 || isnan(p)) continue;
        const double d = x->hits[k] - x->updates[k] * p;
        if (p == 0.0 || p == 1.0) result->n_forbidden += fabs(d);
        open.excess += d;
        open.variance += x->updates[k] * p * (1.0 - p);
        if (open.variance < GROUP_VARIANCE) continue;
        result->chi_squared += chi_squared_of(last);
        last = open;
        open = (group){0.0, 0.0};
        result->n_groups++;
    }
    result->chi_squared += chi_squared_of((group){last.excess + open.excess, last.variance + open.variance});
    if (x->temperature == 0.0) result->n_forbidden += x->n_flips_at_zero;
    const double n = (double)result->n_groups;
    hebb_measurement *deviation = &result->of[DEVIATION];
    deviation->estimate = (hebb_estimate){NAN, NAN, 0};
    deviation->theory = NAN;
    if (x->temperature == 0.0 || n < 1.0) return;
    deviation->estimate.value = cbrt(fmax(0.0, result->chi_squared / n));
    deviation->estimate.error = sqrt(2.0 / (9.0 * n));
    deviation->theory = 1.0 - 2.0 / (9.0 * n);
}

static point_result measure(const pooled *x)
{
    point_result result = {.n_updates = x->n_updates,
                           .n_outside = x->n_outside,
                           .has_forbidden = x->temperature == 0.0 || x->rule == HEBB_METROPOLIS};
    find_deviation(x, &result);
    result.of[TEMPERATURE] = (hebb_measurement){{NAN, NAN, 0}, x->temperature};
    if (x->temperature > 0.0) result.of[TEMPERATURE].estimate = fit_temperature(x);
    return result;
}

/* ---- curve.csv ---- */

/* Neighbouring values of the field; the formula is averaged over the fields of the updates that there were. */
static void add_bins(const hebb_study *study, size_t point, const pooled *x, hebb_table *table)
{
    const size_t per_bin = (size_t)fmax(1.0, round(0.5 * BIN_WIDTH * x->n_neurons));
    for (size_t first = 0; first < x->fields.n_values; first += per_bin) {
        double n = 0.0, hits = 0.0, fields = 0.0, theory = 0.0;
        for (size_t k = first; k < first + per_bin && k < x->fields.n_values; k++) {
            const double h = field_at(x, k), p = theory_at(x->rule, x->temperature, h);
            if (x->updates[k] == 0.0 || isnan(p)) continue;
            n += x->updates[k];
            hits += x->hits[k];
            fields += x->updates[k] * h;
            theory += x->updates[k] * p;
        }
        if (n == 0.0) continue;
        const hebb_estimate share = hebb_estimate_share((size_t)hits, (size_t)n);
        hebb_study_add_grid(study, point, table);
        hebb_table_number(table, fields / n);
        hebb_table_number(table, n);
        hebb_table_number(table, share.value);
        hebb_table_number(table, share.error);
        hebb_table_number(table, theory / n);
        hebb_table_number(table, hebb_verdict_z(share.value, share.error, theory / n));
        hebb_table_text(table, hebb_options_text(study->options, "rule"));
    }
}

/* ---- theory.csv ---- */

static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"temperature", "J", "temperature T"},
        {"h", "J", "field h; Metropolis: s h"},
        {"probability", "1", "of s = +1 after the update; Metropolis: of a flip"},
    };
    enum { N_STEPS = 300 };
    const hebb_sigmoid_study *own = study->own;
    const hebb_list *temperature = hebb_options_list(study->options, "temperature");
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK) status = hebb_table_add_column(&table, rule_column);
    for (size_t t = 0; status == HEBB_OK && t < temperature->length; t++)
        for (int k = -N_STEPS; k <= N_STEPS; k++) {
            const double h = 3.0 * k / N_STEPS;
            hebb_table_number(&table, temperature->values[t]);
            hebb_table_number(&table, h);
            hebb_table_number(&table, theory_at(own->rule, temperature->values[t], h));
            hebb_table_text(&table, hebb_options_text(study->options, "rule"));
        }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- summary.csv and verdict.csv ---- */

static hebb_status start_summary(const hebb_study *study, hebb_table *table)
{
    static const hebb_column further[] = {
        {"chi_squared", "1", "of the groups of fields, each with a binomial variance of 25 or more"},
        {"groups", "1", "how many there are"},
        {"updates", "1", "updates"},
        {"outside", "1", "of them in fields beyond |h| = 3, which are not compared"},
        {"forbidden", "1", "outcomes that the rule forbids: at T = 0 and, Metropolis, where s h <= 0"},
    };
    hebb_status status = hebb_summary_init(study, N_OBSERVABLES, observables, table);
    for (size_t k = 0; status == HEBB_OK && k < sizeof further / sizeof *further; k++)
        status = hebb_table_add_column(table, further[k]);
    return status;
}

static void add_summary(const hebb_study *study, size_t point, const point_result *result, hebb_table *table)
{
    hebb_summary_add(study, point, N_OBSERVABLES, result->of, table);
    hebb_table_number(table, result->n_groups > 0 ? result->chi_squared : NAN);
    hebb_table_number(table, (double)result->n_groups);
    hebb_table_number(table, result->n_updates);
    hebb_table_number(table, result->n_outside);
    hebb_table_number(table, result->n_forbidden);
}

/* At T > 0 the fit and the departures; where outcomes are certain, how many were otherwise.  Returns how many. */
static size_t compare(size_t point, const point_result *result, double temperature, hebb_comparison *comparisons)
{
    size_t n = 0;
    for (size_t k = 0; temperature > 0.0 && k < N_OBSERVABLES; k++)
        comparisons[n++] = (hebb_comparison){
            .quantity = observables[k].value.name,
            .point = point,
            .simulation = result->of[k].estimate.value,
            .error = result->of[k].estimate.error,
            .theory = result->of[k].theory,
            .tolerance = TOLERANCE,
            .resolution = k == TEMPERATURE ? TEMPERATURE_RESOLUTION * temperature : DEVIATION_RESOLUTION,
            .note = k == TEMPERATURE ? "from the outcomes alone: most likely temperature"
                                     : "all fields together: cube root of chi^2 per group"};
    if (result->has_forbidden)
        comparisons[n++] = (hebb_comparison){.quantity = "forbidden",
                                             .point = point,
                                             .simulation = result->n_forbidden,
                                             .theory = 0.0,
                                             .note = "outcomes that the rule forbids: a count, and exact"};
    return n;
}

hebb_status hebb_sigmoid_report(hebb_study *study)
{
    static const hebb_column curve_columns[] = {
        {"h", "J", "field h before the update, mean of the bin; Metropolis: s h"},
        {"updates", "1", "updates in the bin"},
        {"probability", "1", "share of them after which s = +1; Metropolis: that turned the neuron"},
        {"probability_err", "1", "its binomial standard error"},
        {"probability_theory", "1", "the formula, averaged over the fields of these updates"},
        {"probability_z", "1", "(probability - probability_theory)/probability_err"},
    };
    const size_t n_most = study->n_extra / 2;
    hebb_table summary = {0}, curve = {0};
    pooled x = {.updates = calloc(n_most, sizeof *x.updates), .hits = calloc(n_most, sizeof *x.hits)};
    hebb_comparison *comparisons = calloc((N_OBSERVABLES + 1) * study->n_points, sizeof *comparisons);
    size_t n_comparisons = 0;
    hebb_status status = HEBB_OK;
    if (x.updates == NULL || x.hits == NULL || comparisons == NULL)
        status = hebb_fail(HEBB_ENOMEM, "no memory for the curves");
    if (status == HEBB_OK) status = start_summary(study, &summary);
    if (status == HEBB_OK)
        status = hebb_study_table_init(study, sizeof curve_columns / sizeof *curve_columns, curve_columns, &curve);
    if (status == HEBB_OK) status = hebb_table_add_column(&curve, rule_column);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        pool(study, point, &x);
        const point_result result = measure(&x);
        add_summary(study, point, &result, &summary);
        add_bins(study, point, &x, &curve);
        n_comparisons += compare(point, &result, x.temperature, comparisons + n_comparisons);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &summary, "summary.csv");
    if (status == HEBB_OK) status = hebb_study_save(study, &curve, "curve.csv");
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = hebb_study_save_verdicts(study, n_comparisons, comparisons);
    hebb_table_free(&summary);
    hebb_table_free(&curve);
    free(x.updates);
    free(x.hits);
    free(comparisons);
    return status;
}
