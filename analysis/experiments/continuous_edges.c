/* Where single patterns and the average give way, measured: brackets, half losses, and their limits over the sizes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "continuous_study.h"
#include "finite_size.h"

typedef enum { SPINODAL, AVERAGE, N_EDGES } edge_kind;

/*
 * How half losses approach their limits (docs/theory/continuous.md).  The products x.y/N shift a pattern's spinodal by
 * O(N^(-1/2)) either way, and half losses in the second order; they tilt the average, whose crossing with the saddle at
 * k = q opens to a fold a distance of the root of the tilt below it.
 */
static const struct {
    const char *name;
    double exponent;
    int terms;
} edge_laws[N_EDGES] = {{"k_spinodal", 1.0, 1}, {"k_average", 0.25, 2}};

static double at(const hebb_study *study, size_t point, size_t column)
{
    return hebb_study_grid(study, point, column);
}

static bool is_same(const hebb_study *study, size_t a, size_t b)
{
    return at(study, a, CONTINUOUS_NEURONS) == at(study, b, CONTINUOUS_NEURONS) &&
           at(study, a, CONTINUOUS_PATTERNS) == at(study, b, CONTINUOUS_PATTERNS);
}

static double theory_of(edge_kind kind, double q)
{
    hebb_potts_thresholds thresholds;
    if (q == 2.0 || hebb_potts_thresholds_find(q, &thresholds) != HEBB_OK) return NAN; /* 2: parts continuously */
    return kind == SPINODAL ? thresholds.k_spinodal : thresholds.k_average_unstable;
}

/* Starts of a point, over all replicas, that were lost. */
static hebb_loss_count count_lost(const hebb_study *study, size_t point, edge_kind kind)
{
    const size_t value =
        kind == SPINODAL ? CONTINUOUS_KEPT : hebb_continuous_share(CONTINUOUS_FROM_AVERAGE, HEBB_CONTINUOUS_AVERAGE);
    const double n_starts = (double)hebb_continuous_starts(study, point);
    double kept = 0.0;
    for (size_t r = 0; r < study->n_replicas; r++) kept += hebb_study_values(study, point, r)[value];
    const size_t n_runs = study->n_replicas * (size_t)n_starts, n_kept = (size_t)llround(kept * n_starts);
    const double k = at(study, point, CONTINUOUS_K);
    return (hebb_loss_count){kind == SPINODAL ? -k : k, n_runs - n_kept, n_runs};
}

/* Neighbours in k between which all and none are lost: as orthogonal patterns have it. */
static void bracket(size_t n, const hebb_loss_count *counts, hebb_continuous_edge *edge)
{
    double low = -INFINITY, high = INFINITY;
    bool is_step = true;
    for (size_t j = 0; j < n; j++) {
        if (counts[j].n_lost == 0) low = fmax(low, counts[j].x);
        if (counts[j].n_lost == counts[j].n_runs) high = fmin(high, counts[j].x);
        is_step = is_step && (counts[j].n_lost == 0 || counts[j].n_lost == counts[j].n_runs);
    }
    if (!is_step || !(low < high) || !isfinite(high - low)) return;
    edge->low = fmin(fabs(low), fabs(high));
    edge->high = fmax(fabs(low), fabs(high));
    edge->k = 0.5 * (edge->low + edge->high);
    edge->error = (edge->high - edge->low) / (2.0 * sqrt(3.0)); /* uniform between them */
}

/* A replica's starts share their patterns: the error is what one start of each would give. */
static void fit(size_t n, const hebb_loss_count *counts, double n_starts, hebb_continuous_edge *edge, double *width)
{
    hebb_loss_curve curve;
    if (hebb_loss_curve_fit(n, counts, &curve) != HEBB_OK) return;
    edge->k = fabs(curve.half);
    edge->error = sqrt(n_starts) * curve.half_error;
    *width = curve.width;
}

static const hebb_column columns[] = {
    {"edge", "", "k_spinodal: half of the starts at a pattern leave it; k_average: half of those at the average"},
    {"n_neurons", "1", "number of neurons N; empty: the limit of infinite N"},
    {"n_patterns", "1", "number of patterns q"},
    {"k_half", "1", "k at which half are lost; of a step, the middle of its bracket"},
    {"k_half_err", "1", "its standard error"},
    {"width", "1", "standard deviation in k of where starts are lost; empty for a step"},
    {"k_low", "1", "a step's bracket: its lower end"},
    {"k_high", "1", "its upper end"},
    {"k_theory", "1", "of orthogonal patterns; empty for q = 2, where they part continuously"},
};

static void add_row(hebb_table *table, edge_kind kind, const hebb_continuous_edge *edge, double width)
{
    const double cells[] = {edge->n_neurons, edge->n_patterns, edge->k,    edge->error,
                            width,           edge->low,        edge->high, edge->theory};
    hebb_table_text(table, edge_laws[kind].name);
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) hebb_table_number(table, cells[c]);
}

static hebb_continuous_edge new_edge(edge_kind kind, double n_neurons, double q)
{
    hebb_continuous_edge edge = {.n_neurons = n_neurons,
                                 .n_patterns = q,
                                 .k = NAN,
                                 .error = NAN,
                                 .theory = theory_of(kind, q),
                                 .low = NAN,
                                 .high = NAN,
                                 .k_largest = NAN};
    snprintf(edge.name, sizeof edge.name, "%s_q%.0f", edge_laws[kind].name, q);
    return edge;
}

/* The edges of a size: a row each.  `counts` has room for the points. */
static void add_size(const hebb_study *study, size_t first, edge_kind kind, hebb_loss_count *counts, hebb_table *table,
                     hebb_continuous_edge *edge)
{
    const hebb_continuous_study *own = study->own;
    size_t n = 0;
    double width = NAN;
    for (size_t k = first; k < study->n_points; k++)
        if (is_same(study, k, first)) counts[n++] = count_lost(study, k, kind);
    *edge = new_edge(kind, at(study, first, CONTINUOUS_NEURONS), at(study, first, CONTINUOUS_PATTERNS));
    if (own->law == HEBB_ENSEMBLE_ORTHOGONAL)
        bracket(n, counts, edge);
    else
        fit(n, counts, (double)hebb_continuous_starts(study, first), edge, &width);
    add_row(table, kind, edge, width);
}

/* The limit over the sizes of one q; sizes[0..n) are of one kind. */
static hebb_status add_limit(edge_kind kind, double q, size_t n, const hebb_continuous_edge *sizes, double *scratch,
                             hebb_table *table, hebb_continuous_edge *edge)
{
    double *neurons = scratch, *k = scratch + n, *error = scratch + 2 * n;
    size_t n_found = 0;
    hebb_extrapolation limit;
    for (size_t j = 0; j < n; j++) {
        if (sizes[j].n_patterns != q || !(sizes[j].error > 0.0)) continue;
        neurons[n_found] = sizes[j].n_neurons;
        k[n_found] = sizes[j].k;
        error[n_found++] = sizes[j].error;
    }
    const hebb_status status =
        hebb_extrapolate_in(n_found, neurons, k, error, edge_laws[kind].exponent, edge_laws[kind].terms, &limit);
    if (status == HEBB_ENOMEM) return status;
    *edge = new_edge(kind, NAN, q);
    if (status == HEBB_OK) {
        edge->k = limit.limit;
        edge->error = limit.limit_error;
    }
    add_row(table, kind, edge, NAN);
    for (size_t j = 0, largest = 0; j < n_found; j++)
        if (neurons[j] >= neurons[largest]) edge->k_largest = k[largest = j];
    return HEBB_OK;
}

static bool is_first(const hebb_study *study, size_t point)
{
    for (size_t k = 0; k < point; k++)
        if (is_same(study, k, point)) return false;
    return true;
}

static bool is_first_of_q(size_t n, const hebb_continuous_edge *sizes)
{
    for (size_t k = 0; k < n; k++)
        if (sizes[k].n_patterns == sizes[n].n_patterns) return false;
    return true;
}

/* One kind's rows; what is to be judged goes to edges[*n_edges ..). */
static hebb_status add_kind(const hebb_study *study, edge_kind kind, hebb_continuous_edge *sizes, void *room,
                            hebb_table *table, hebb_continuous_edge *edges, size_t *n_edges)
{
    const hebb_continuous_study *own = study->own;
    hebb_status status = HEBB_OK;
    size_t n = 0;
    for (size_t k = 0; k < study->n_points; k++)
        if (is_first(study, k)) add_size(study, k, kind, room, table, &sizes[n++]);
    for (size_t k = 0; status == HEBB_OK && k < n; k++)
        if (own->law == HEBB_ENSEMBLE_ORTHOGONAL)
            edges[(*n_edges)++] = sizes[k];
        else if (is_first_of_q(k, sizes))
            status = add_limit(kind, sizes[k].n_patterns, n, sizes, room, table, &edges[(*n_edges)++]);
    return status;
}

hebb_status hebb_continuous_save_edges(const hebb_study *study, hebb_continuous_edge *edges, size_t *n_edges)
{
    hebb_table table = {0};
    hebb_continuous_edge *sizes = calloc(study->n_points, sizeof *sizes);
    void *room = calloc(study->n_points, 3 * sizeof(double) + sizeof(hebb_loss_count));
    hebb_status status = sizes != NULL && room != NULL
                             ? hebb_table_init(&table, sizeof columns / sizeof *columns, columns)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the edges of %zu points", study->n_points);
    *n_edges = 0;
    for (int kind = 0; status == HEBB_OK && kind < N_EDGES; kind++)
        status = add_kind(study, (edge_kind)kind, sizes, room, &table, edges, n_edges);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "finite_size.csv");
    hebb_table_free(&table);
    free(room);
    free(sizes);
    return status;
}
