/* T_n as the mixtures experiment measures it: roots.csv from the eigenvalues, finite_size.csv from the losses. */
#include "mixtures_study.h"

#include <math.h>
#include <stdlib.h>

#include "finite_size.h"
#include "polynomial.h"

/*
 * T^(3/2) lambda is followed to zero by a straight line, which it nearly is in the theory, more so than lambda or
 * T lambda: one through two points with lambda between .1 and .3 misses T_n by 1.4 % at most for n = 3, 5, 7.  A parabola,
 * though it fits a long series better, leads further off, as the bend changes beyond the last point.  Where N lambda^3 is
 * low, fluctuations feel the barriers, and at the bound the first correction takes some per cent off lambda.  The same
 * line through the theory's eigenvalues with this correction says how far off both lead (t_line): more than the
 * statistical error of long runs.  A root is judged where that is within the tolerance.
 */
static const double LAMBDA_HIGHEST = 0.3, N_LAMBDA3_LOWEST = 60.0;

static bool is_of(const hebb_mixtures_point *a, const hebb_mixtures_point *b)
{
    return a->order == b->order && a->n_neurons == b->n_neurons;
}

static bool is_first(const hebb_mixtures_point *points, size_t k)
{
    for (size_t j = 0; j < k; j++)
        if (is_of(&points[j], &points[k])) return false;
    return true;
}

/* NaN where there is none: even n, and n = 1, which has no transverse direction. */
static double theory_edge(int order)
{
    hebb_mixture at;
    return order > 1 && hebb_mixture_critical(order, &at) == HEBB_OK ? at.temperature : NAN;
}

/* ---- roots.csv ---- */

typedef struct {
    size_t n;
    double *temperature, *measured, *error, *expected; /* the last three times T^(3/2) */
} eigenvalues;

/* A temperature given twice counts once. */
static bool is_repeated(const hebb_mixtures_point *points, size_t first, size_t k)
{
    for (size_t j = first; j < k; j++)
        if (is_of(&points[j], &points[k]) && points[j].temperature == points[k].temperature) return true;
    return false;
}

static void collect(const hebb_study *study, const hebb_mixtures_point *points, size_t first, eigenvalues *at)
{
    at->n = 0;
    for (size_t k = first; k < study->n_points; k++) {
        const hebb_mixtures_point *x = &points[k];
        const double lambda = x->transverse.value;
        if (!is_of(x, &points[first]) || is_repeated(points, first, k)) continue;
        if (hebb_mixtures_unsettled(study, x) != NULL || !(x->transverse.error > 0.0)) continue;
        if (lambda > LAMBDA_HIGHEST || x->n_neurons * lambda * lambda * lambda < N_LAMBDA3_LOWEST) continue;
        const double factor = x->temperature * sqrt(x->temperature);
        at->temperature[at->n] = x->temperature;
        at->measured[at->n] = factor * lambda;
        at->error[at->n] = factor * x->transverse.error;
        at->expected[at->n++] = factor * (x->theory.eig_transverse + x->shift.eig_transverse / x->n_neurons);
    }
}

typedef struct {
    double root, error, of_theory;
    const char *status;
} root_result;

static root_result find_root(const eigenvalues *at)
{
    root_result found = {NAN, NAN, NAN, "ok"};
    hebb_polynomial line;
    double highest = 0.0, unused;
    for (size_t k = 0; k < at->n; k++) highest = fmax(highest, at->temperature[k]);
    if (hebb_polynomial_fit(at->n, at->temperature, at->measured, at->error, 1, &line) != HEBB_OK) {
        found.status = "fewer than two temperatures with an eigenvalue to extrapolate from";
        return found;
    }
    if (hebb_polynomial_zero(&line, highest, &found.root, &found.error) != HEBB_OK || found.root < highest) {
        found.root = found.error = NAN;
        found.status = "the line through the eigenvalues does not come down to zero";
        return found;
    }
    if (hebb_polynomial_fit(at->n, at->temperature, at->expected, at->error, 1, &line) != HEBB_OK ||
        hebb_polynomial_zero(&line, highest, &found.of_theory, &unused) != HEBB_OK)
        found.of_theory = NAN;
    return found;
}

static const hebb_column root_columns[] = {
    {"order", "1", "number n of patterns mixed"},
    {"n_neurons", "1", "number of neurons N"},
    {"t_root", "J", "temperature at which the transverse eigenvalue vanishes, extrapolated"},
    {"t_root_err", "J", "its standard error"},
    {"t_theory", "J", "T_n; empty for even n"},
    {"z", "1", "(t_root - t_theory)/t_root_err"},
    {"t_line", "J", "what the same fit gives for the theory's eigenvalues there, with their first correction in 1/N"},
    {"n_temperatures", "1", "temperatures in the fit"},
    {"status", "", "ok, or why other cells of the row are empty"},
};

static void add_root(const hebb_mixtures_edge *edge, const root_result *found, size_t n, hebb_table *table)
{
    const double cells[] = {edge->order,      edge->n_neurons, found->root,
                            found->error,     edge->theory,    hebb_verdict_z(found->root, found->error, edge->theory),
                            found->of_theory, (double)n};
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
    hebb_table_text(table, found->status);
}

hebb_status hebb_mixtures_save_roots(const hebb_study *study, const hebb_mixtures_point *points,
                                     hebb_mixtures_edge *edges, size_t *n_edges)
{
    hebb_table table = {0};
    double *room = calloc(4 * study->n_points, sizeof *room);
    const size_t n = study->n_points;
    eigenvalues at = {0, room, room + n, room + 2 * n, room + 3 * n};
    hebb_status status = room != NULL
                             ? hebb_table_init(&table, sizeof root_columns / sizeof *root_columns, root_columns)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the roots");
    *n_edges = 0;
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        if (!is_first(points, k)) continue;
        collect(study, points, k, &at);
        const root_result found = find_root(&at);
        hebb_mixtures_edge *edge = &edges[(*n_edges)++];
        *edge = (hebb_mixtures_edge){.order = points[k].order,
                                     .n_neurons = points[k].n_neurons,
                                     .temperature = found.root,
                                     .error = found.error,
                                     .theory = theory_edge(points[k].order),
                                     .expected = found.of_theory};
        snprintf(edge->name, sizeof edge->name, "t_root_%d", edge->order);
        add_root(edge, &found, at.n, &table);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "roots.csv");
    hebb_table_free(&table);
    free(room);
    return status;
}

/* ---- finite_size.csv ---- */

static const hebb_column loss_columns[] = {
    {"order", "1", "number n of patterns mixed"},
    {"n_neurons", "1", "number of neurons N; empty: the limit of infinite N"},
    {"time", "", "fixed: --sweeps at every size; scaled: --sweeps at the largest, at others less, as N^(1/3)"},
    {"sweeps", "sweeps", "within which half of the runs leave"},
    {"t_half", "J", "temperature at which half of the runs leave, by a probit fit"},
    {"t_half_err", "J", "its standard error"},
    {"width", "J", "width of the Gaussian of that fit"},
    {"width_err", "J", "its standard error"},
    {"terms", "1", "of a limit: powers of N^(-1/3) in the fit, 1 or 2"},
    {"slope", "J", "of a limit: coefficient of N^(-1/3)"},
    {"t_theory", "J", "T_n, which the limit is to be compared with; empty for even n"},
    {"status", "", "ok, or why other cells of the row are empty"},
};
enum { TIME_COLUMN = 2, N_NUMBERS = 11 };

/* The sizes of one order that have a temperature of half loss. */
typedef struct {
    size_t n;
    double *n_neurons, *t_half, *error;
    hebb_loss_count *counts;
} loss_scan;

static void add_row(hebb_table *table, bool is_scaled, const double cells[N_NUMBERS - 1], const char *status)
{
    for (int k = 0; k < N_NUMBERS - 1; k++) {
        if (k == TIME_COLUMN) hebb_table_text(table, is_scaled ? "scaled" : "fixed");
        hebb_table_number(table, cells[k]);
    }
    hebb_table_text(table, status);
}

static size_t count_left(const hebb_study *study, size_t point, double sweeps)
{
    size_t n = 0;
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *values = hebb_study_values(study, point, r);
        n += values[MIXTURES_LEFT] != 0.0 && values[MIXTURES_SWEEPS] <= sweeps;
    }
    return n;
}

static void add_size(const hebb_study *study, const hebb_mixtures_point *points, size_t first, double largest,
                     bool is_scaled, loss_scan *scan, hebb_table *table)
{
    const double n_neurons = points[first].n_neurons, all = (double)((const hebb_mixtures_study *)study->own)->sweeps;
    const double sweeps = is_scaled ? fmax(1.0, round(all * cbrt(n_neurons / largest))) : all;
    size_t n = 0;
    for (size_t k = first; k < study->n_points; k++)
        if (is_of(&points[k], &points[first]) && !is_repeated(points, first, k))
            scan->counts[n++] =
                (hebb_loss_count){points[k].temperature, count_left(study, k, sweeps), study->n_replicas};
    hebb_loss_curve curve = {NAN, NAN, NAN, NAN};
    const bool fitted = hebb_loss_curve_fit(n, scan->counts, &curve) == HEBB_OK;
    const double cells[] = {
        points[first].order, n_neurons,         sweeps, curve.half, curve.half_error,
        curve.width,         curve.width_error, NAN,    NAN,        theory_edge(points[first].order)};
    add_row(table, is_scaled, cells, fitted ? "ok" : "fewer than two temperatures at which some runs, not all, leave");
    if (!fitted) return;
    scan->n_neurons[scan->n] = n_neurons;
    scan->t_half[scan->n] = curve.half;
    scan->error[scan->n++] = curve.half_error;
}

/* A straight line in N^(-1/3), then with its square.  From three sizes on the line goes to the edge. */
static void add_limits(int order, bool is_scaled, const loss_scan *scan, hebb_mixtures_edge *edge, hebb_table *table)
{
    *edge = (hebb_mixtures_edge){.order = order,
                                 .n_neurons = NAN,
                                 .temperature = NAN,
                                 .error = NAN,
                                 .theory = theory_edge(order),
                                 .expected = theory_edge(order)};
    snprintf(edge->name, sizeof edge->name, "t_half_%d", order);
    for (int terms = 1; terms <= 2; terms++) {
        hebb_extrapolation limit = {NAN, NAN, NAN, NAN, NAN};
        const hebb_status status =
            hebb_extrapolate_in(scan->n, scan->n_neurons, scan->t_half, scan->error, 1.0 / 3.0, terms, &limit);
        const double cells[] = {order, NAN, NAN,   limit.limit, limit.limit_error,
                                NAN,   NAN, terms, limit.shift, edge->theory};
        add_row(table, is_scaled, cells, status == HEBB_OK ? "ok" : "too few sizes to extrapolate from");
        if (terms > 1 || scan->n < 3) continue; /* of two sizes nothing shows whether they lie on a line */
        edge->temperature = limit.limit;
        edge->error = limit.limit_error;
    }
}

static bool is_first_of_order(const hebb_mixtures_point *points, size_t k)
{
    for (size_t j = 0; j < k; j++)
        if (points[j].order == points[k].order) return false;
    return true;
}

/* Both times of one order; the scaled one's limit is its edge. */
static void add_order(const hebb_study *study, const hebb_mixtures_point *points, size_t first, loss_scan *scan,
                      hebb_mixtures_edge *edge, hebb_table *table)
{
    double largest = 0.0;
    for (size_t k = first; k < study->n_points; k++)
        if (points[k].order == points[first].order) largest = fmax(largest, points[k].n_neurons);
    for (int scaled = 0; scaled < 2; scaled++) {
        scan->n = 0;
        for (size_t k = first; k < study->n_points; k++)
            if (points[k].order == points[first].order && is_first(points, k))
                add_size(study, points, k, largest, scaled != 0, scan, table);
        add_limits(points[first].order, scaled != 0, scan, edge, table);
    }
}

hebb_status hebb_mixtures_save_losses(const hebb_study *study, const hebb_mixtures_point *points,
                                      hebb_mixtures_edge *edges, size_t *n_edges)
{
    hebb_table table = {0};
    const size_t n = study->n_points;
    double *room = calloc(3 * n, sizeof *room);
    loss_scan scan = {0, room, room + n, room + 2 * n, calloc(n, sizeof *scan.counts)};
    hebb_status status = room != NULL && scan.counts != NULL
                             ? hebb_table_init(&table, sizeof loss_columns / sizeof *loss_columns, loss_columns)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the losses");
    *n_edges = 0;
    for (size_t k = 0; status == HEBB_OK && k < n; k++)
        if (is_first_of_order(points, k)) add_order(study, points, k, &scan, &edges[(*n_edges)++], &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "finite_size.csv");
    hebb_table_free(&table);
    free(scan.counts);
    free(room);
    return status;
}
