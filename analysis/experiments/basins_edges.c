#include "basins_edges.h"

#include <math.h>
#include <stdlib.h>

#include "effective_spin.h"
#include "estimators.h"
#include "hopfield.h"
#include "number.h"
#include "retrieval_dynamics.h"

enum { N_RESAMPLES = 200 };

double hebb_basins_start(const hebb_study *study, size_t point)
{
    return hebb_hopfield_nearest_overlap(hebb_load_grid_neurons(study, point),
                                         hebb_study_grid(study, point, BASINS_M0));
}

/* One load and size, whose replicas are resampled. */
typedef struct {
    const hebb_study *study;
    size_t first_point, n_starts;
    hebb_loss_count *counts; /* x is m_0, and what counts as lost is found: both rise together */
} block;

static hebb_status fit(const block *at, size_t n, const uint32_t *replicas, hebb_loss_curve *curve)
{
    for (size_t k = 0; k < at->n_starts; k++) {
        at->counts[k] = (hebb_loss_count){hebb_basins_start(at->study, at->first_point + k), 0, n};
        for (size_t r = 0; r < n; r++)
            at->counts[k].n_lost +=
                hebb_study_values(at->study, at->first_point + k, replicas != NULL ? replicas[r] : r)[BASINS_M] >=
                BASINS_RETRIEVED_FROM;
    }
    return hebb_loss_curve_fit(at->n_starts, at->counts, curve);
}

static double edge_of(void *context, size_t n, const uint32_t *replicas)
{
    hebb_loss_curve curve;
    return fit(context, n, replicas, &curve) == HEBB_OK ? curve.half : NAN;
}

static void fit_edge(block *at, uint32_t *indices, hebb_basins_edge *edge)
{
    const hebb_study *study = at->study;
    const hebb_basins_study *own = study->own;
    const uint64_t size = hebb_patterns_address(hebb_load_grid_neurons(study, at->first_point),
                                                hebb_load_grid_patterns(study, at->first_point));
    hebb_loss_curve curve;
    edge->fitted = fit(at, study->n_replicas, NULL, &curve);
    edge->m0 = edge->m0_error = edge->width = NAN;
    if (edge->fitted != HEBB_OK) return;
    edge->m0 = curve.half;
    edge->width = curve.width;
    hebb_bootstrap_error(study->n_replicas, N_RESAMPLES, hebb_philox_derive(own->seed, HEBB_DRAW_BOOTSTRAP, size, 0),
                         edge_of, at, indices, &edge->m0_error);
}

/* What theory says at a load; what has been solved for the same load before is taken over. */
static hebb_status add_theory(const hebb_study *study, const hebb_basins_edges *edges, size_t k)
{
    const hebb_basins_study *own = study->own;
    hebb_basins_edge *edge = edges->at + k;
    const double load = hebb_load_grid_load(study, edge->first_point);
    hebb_retrieval_fixed_point unstable = {.m0 = NAN};
    hebb_effective_edge exact = {NAN, NAN};
    const hebb_status solved = hebb_retrieval_dynamics_fixed_points(load, NULL, &unstable);
    if (solved != HEBB_OK && solved != HEBB_ENOSOLUTION) return hebb_fail(solved, "no theory at p/N = %g", load);
    edge->amari_maginu = unstable.m0;
    edge->exact = edge->exact_error = NAN;
    for (size_t j = 0; j < k; j++)
        if (hebb_load_grid_load(study, edges->at[j].first_point) == load) {
            edge->exact = edges->at[j].exact;
            edge->exact_error = edges->at[j].exact_error;
            return HEBB_OK;
        }
    if (own->n_paths == 0) return HEBB_OK;
    const hebb_status followed =
        hebb_effective_spin_edge(load, HEBB_EFFECTIVE_EDGE_STEPS, own->n_paths, HEBB_EFFECTIVE_SEED, &exact);
    if (followed == HEBB_ENOMEM) return hebb_fail(followed, "no memory for %zu paths", own->n_paths);
    if (followed != HEBB_OK) return HEBB_OK; /* no edge at such a load */
    edge->exact = exact.m0;
    edge->exact_error = exact.m0_error;
    return HEBB_OK;
}

/* Over the sizes of one load; room for three numbers each. */
static void extrapolate(const hebb_study *study, const hebb_basins_edges *edges, size_t n_sizes, size_t first,
                        double *room, hebb_basins_limit *limit)
{
    double *n_neurons = room, *m0 = room + n_sizes, *error = room + 2 * n_sizes, largest = 0.0;
    hebb_extrapolation line = {NAN, NAN, NAN, NAN, NAN};
    char text[HEBB_NUMBER_LENGTH];
    *limit = (hebb_basins_limit){.alpha = hebb_study_grid(study, edges->at[first].first_point, HEBB_GRID_ALPHA)};
    hebb_number_format(limit->alpha, text);
    snprintf(limit->name, sizeof limit->name, "m0_edge at alpha %s", text);
    for (size_t k = first; k < first + n_sizes; k++) {
        const hebb_basins_edge *edge = edges->at + k;
        const double n = hebb_study_grid(study, edge->first_point, HEBB_GRID_NEURONS);
        if (n > largest) {
            largest = n;
            limit->amari_maginu = edge->amari_maginu;
            limit->exact = edge->exact;
            limit->exact_error = edge->exact_error;
        }
        if (edge->fitted != HEBB_OK || !(edge->m0_error > 0.0)) continue;
        n_neurons[limit->n_sizes] = n;
        m0[limit->n_sizes] = edge->m0;
        error[limit->n_sizes++] = edge->m0_error;
    }
    limit->extrapolated = hebb_extrapolate(limit->n_sizes, n_neurons, m0, error, &line);
    limit->m0 = line.limit;
    limit->m0_error = line.limit_error;
    limit->shift = line.shift;
    limit->shift_error = line.shift_error;
}

static hebb_status find(const hebb_study *study, hebb_basins_edges *edges, hebb_loss_count *counts, uint32_t *indices,
                        double *room)
{
    for (size_t k = 0; k < edges->n_edges; k++) {
        block at = {study, k * edges->n_starts, edges->n_starts, counts};
        edges->at[k].first_point = at.first_point;
        fit_edge(&at, indices, edges->at + k);
        const hebb_status status = add_theory(study, edges, k);
        if (status != HEBB_OK) return status;
    }
    const size_t n_sizes = edges->n_edges / edges->n_loads;
    for (size_t a = 0; a < edges->n_loads; a++)
        extrapolate(study, edges, n_sizes, a * n_sizes, room, edges->limits + a);
    return HEBB_OK;
}

hebb_status hebb_basins_edges_find(const hebb_study *study, hebb_basins_edges *edges)
{
    edges->n_starts = hebb_options_list(study->options, "overlap")->length;
    edges->n_loads = hebb_options_list(study->options, "alpha")->length;
    edges->n_edges = study->n_points / edges->n_starts;
    edges->at = calloc(edges->n_edges, sizeof *edges->at);
    edges->limits = calloc(edges->n_loads, sizeof *edges->limits);
    hebb_loss_count *counts = calloc(edges->n_starts, sizeof *counts);
    uint32_t *indices = calloc(study->n_replicas, sizeof *indices);
    double *room = calloc(3 * edges->n_edges, sizeof *room);
    const bool is_there =
        edges->at != NULL && edges->limits != NULL && counts != NULL && indices != NULL && room != NULL;
    const hebb_status status = is_there
                                   ? find(study, edges, counts, indices, room)
                                   : hebb_fail(HEBB_ENOMEM, "no memory for the edges of %zu basins", edges->n_edges);
    free(counts);
    free(indices);
    free(room);
    return status;
}

/* ---- edges.csv ---- */

static const hebb_column columns[] = {
    {"alpha", "1", "load asked for"},
    {"n_neurons", "1", "number of neurons N; empty: the limit of infinite N"},
    {"n_patterns", "1", "number of patterns p = round(alpha N)"},
    {"m0_edge", "1", "initial overlap from which half of the runs find the pattern, by a probit fit"},
    {"m0_edge_err", "1", "its standard error, from resampled replicas"},
    {"width", "1", "width of the Gaussian of that fit; for the limit, d m0_edge / d N^(-1/2)"},
    {"m0_amari_maginu", "1", "edge of Amari and Maginu's map at p/N"},
    {"m0_exact", "1",
     "initial overlap from which 32 synchronous updates lead to 0.75, N to infinity, at p/N; see --paths"},
    {"m0_exact_err", "1", "its statistical error"},
    {"status", "", "ok, or why other cells of the row are empty"},
};

static void add_cells(hebb_table *table, size_t n, const double *cells, hebb_status status, const char *otherwise)
{
    for (size_t k = 0; k < n; k++) hebb_table_number(table, cells[k]);
    hebb_table_text(table, status == HEBB_OK ? "ok" : otherwise);
}

hebb_status hebb_basins_edges_save(const hebb_study *study, const hebb_basins_edges *edges)
{
    const size_t n_sizes = edges->n_edges / edges->n_loads;
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (size_t k = 0; status == HEBB_OK && k < edges->n_edges; k++) {
        const hebb_basins_edge *e = edges->at + k;
        const double cells[] = {hebb_study_grid(study, e->first_point, HEBB_GRID_ALPHA),
                                hebb_study_grid(study, e->first_point, HEBB_GRID_NEURONS),
                                hebb_study_grid(study, e->first_point, HEBB_GRID_PATTERNS),
                                e->m0,
                                e->m0_error,
                                e->width,
                                e->amari_maginu,
                                e->exact,
                                e->exact_error};
        add_cells(&table, 9, cells, e->fitted, "fewer than two starts from which some runs, not all, find the pattern");
        if (k % n_sizes != n_sizes - 1) continue;
        const hebb_basins_limit *limit = edges->limits + k / n_sizes;
        const double last[] = {
            limit->alpha,      NAN, NAN, limit->m0, limit->m0_error, limit->shift, limit->amari_maginu, limit->exact,
            limit->exact_error};
        add_cells(&table, 9, last, limit->extrapolated, "fewer than two sizes to extrapolate from");
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "edges.csv");
    hebb_table_free(&table);
    return status;
}

void hebb_basins_edges_free(hebb_basins_edges *edges)
{
    free(edges->at);
    free(edges->limits);
    *edges = (hebb_basins_edges){0};
}
