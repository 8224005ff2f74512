/*
 * The load at which half of the retrievals are gone, for each share of errors and each size, and its limit.
 *
 * A curve of degree 2 at most through the shares between .2 and .8, and its zero; of theory's values at the same loads the
 * same, so that what the way of reading adds is in both.
 */
#include "exponential_study.h"

#include <math.h>
#include <stdlib.h>

#include "estimators.h"
#include "exponential_capacity.h"
#include "exponential_step.h"
#include "polynomial.h"

static const double LOWEST = 0.2, HIGHEST = 0.8;

typedef struct {
    double *alpha, *share, *error, *theory;
    size_t n;
} points;

static bool is_same(const hebb_study *study, size_t a, size_t b)
{
    return hebb_study_grid(study, a, EXPONENTIAL_RHO) == hebb_study_grid(study, b, EXPONENTIAL_RHO) &&
           hebb_study_grid(study, a, EXPONENTIAL_NEURONS) == hebb_study_grid(study, b, EXPONENTIAL_NEURONS);
}

static bool is_first(const hebb_study *study, size_t point)
{
    for (size_t k = 0; k < point; k++)
        if (is_same(study, k, point)) return false;
    return true;
}

/* The loads at which theory has a share of that range: chosen by what is not random. */
static void gather(const hebb_study *study, const double *theory, size_t first, points *p)
{
    p->n = 0;
    for (size_t k = first; k < study->n_points; k++) {
        if (!is_same(study, first, k) || theory[k] < LOWEST || theory[k] > HIGHEST) continue;
        size_t hits = 0;
        for (size_t r = 0; r < study->n_replicas; r++)
            hits += hebb_study_values(study, k, r)[EXPONENTIAL_RETRIEVED] > 0.5;
        const hebb_estimate share = hebb_estimate_share(hits, study->n_replicas);
        p->alpha[p->n] =
            log(hebb_study_grid(study, k, EXPONENTIAL_PATTERNS)) / hebb_study_grid(study, k, EXPONENTIAL_NEURONS);
        p->share[p->n] = share.value - 0.5;
        p->error[p->n] = share.error;
        p->theory[p->n++] = theory[k] - 0.5;
    }
}

static double zero_of(const points *p, const double *y, double *error)
{
    hebb_polynomial fit;
    double zero = NAN;
    *error = NAN;
    if (p->n < 2 || hebb_polynomial_fit(p->n, p->alpha, y, p->error, p->n > 3 ? 2 : 1, &fit) != HEBB_OK) return NAN;
    double middle = 0.0;
    for (size_t k = 0; k < p->n; k++) middle += p->alpha[k] / (double)p->n;
    return hebb_polynomial_zero(&fit, middle, &zero, error) == HEBB_OK ? zero : NAN;
}

static hebb_status find(const hebb_study *study, const double *theory, size_t first, points *room,
                        hebb_exponential_threshold *t)
{
    double ignored;
    *t = (hebb_exponential_threshold){.rho = hebb_study_grid(study, first, EXPONENTIAL_RHO),
                                      .n_neurons = hebb_study_grid(study, first, EXPONENTIAL_NEURONS),
                                      .n_errors = hebb_study_grid(study, first, EXPONENTIAL_ERRORS),
                                      .first_point = first,
                                      .exact = NAN,
                                      .typical = NAN,
                                      .all = NAN};
    gather(study, theory, first, room);
    t->n_loads = room->n;
    t->alpha = zero_of(room, room->share, &t->error);
    t->expected = zero_of(room, room->theory, &ignored);
    if (isnan(t->expected)) t->alpha = t->error = NAN;
    hebb_status status = hebb_exponential_capacity(t->rho, &t->all, &t->typical);
    if (status == HEBB_OK && hebb_options_integer(study->options, "curve") > 0)
        status = hebb_exponential_step_half((long)t->n_neurons, (long)t->n_errors, &t->exact);
    if (status == HEBB_ENOMEM) return hebb_fail(status, "no memory for the theory");
    return HEBB_OK; /* a size without a threshold has an empty cell */
}

void hebb_exponential_limit(size_t n, const hebb_exponential_threshold *thresholds, double rho, double *alpha,
                            double *error)
{
    double sum = 0.0, weights = 0.0;
    for (size_t k = 0; k < n; k++) {
        const hebb_exponential_threshold *t = thresholds + k;
        if (t->rho != rho || !(t->error > 0.0)) continue;
        const double weight = 1.0 / (t->error * t->error);
        sum += weight * (t->alpha - t->expected + t->typical);
        weights += weight;
    }
    *alpha = weights > 0.0 ? sum / weights : NAN;
    *error = weights > 0.0 ? 1.0 / sqrt(weights) : NAN;
}

static void add_row(const hebb_exponential_threshold *t, hebb_table *table)
{
    const double cells[] = {t->rho,      t->n_neurons, t->n_errors, t->alpha, t->error,
                            t->expected, t->exact,     t->typical,  t->all};
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
    hebb_table_text(table, isnan(t->alpha) ? "fewer than two loads with a share between .2 and .8" : "ok");
}

static void add_limit(size_t n, const hebb_exponential_threshold *thresholds, const hebb_exponential_threshold *t,
                      hebb_table *table)
{
    double alpha, error;
    hebb_exponential_limit(n, thresholds, t->rho, &alpha, &error);
    hebb_table_number(table, t->rho);
    hebb_table_missing(table);
    hebb_table_missing(table);
    hebb_table_number(table, alpha);
    hebb_table_number(table, error);
    hebb_table_number(table, t->typical);
    hebb_table_number(table, t->typical);
    hebb_table_number(table, t->typical);
    hebb_table_number(table, t->all);
    hebb_table_text(table, isnan(alpha) ? "no size with a threshold" : "ok");
}

hebb_status hebb_exponential_thresholds(const hebb_study *study, const double *theory, size_t *n_thresholds,
                                        hebb_exponential_threshold *thresholds)
{
    static const hebb_column columns[] = {
        {"rho", "1", "share of wrong bits at the start asked for"},
        {"n_neurons", "1",
         "number of neurons N; empty: N to infinity, measured less the theory's distance to its limit"},
        {"n_errors", "1", "wrong bits at the start"},
        {"alpha_half", "1", "load ln K / N at which half of the patterns come back"},
        {"alpha_half_err", "1", "its standard error"},
        {"alpha_half_theory", "1", "the theory at the same loads, read off in the same way"},
        {"alpha_half_exact", "1", "the theory's own"},
        {"alpha_typical", "1", "N to infinity: load up to which a typical pattern comes back"},
        {"alpha_max", "1", "N to infinity: load up to which all patterns come back"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    double *room = calloc(4 * study->n_points, sizeof *room);
    if (room == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the thresholds");
    const size_t n = study->n_points;
    points p = {room, room + n, room + 2 * n, room + 3 * n, 0};
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    *n_thresholds = 0;
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        if (!is_first(study, k)) continue;
        status = find(study, theory, k, &p, thresholds + *n_thresholds);
        if (status == HEBB_OK) add_row(thresholds + (*n_thresholds)++, &table);
    }
    for (size_t k = 0; status == HEBB_OK && k < *n_thresholds; k++)
        if (k == 0 || thresholds[k].rho != thresholds[k - 1].rho)
            add_limit(*n_thresholds, thresholds, thresholds + k, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "threshold.csv");
    hebb_table_free(&table);
    free(room);
    return status;
}
