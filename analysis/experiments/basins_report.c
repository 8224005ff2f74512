/* What the basins experiment says of its replicas: summary.csv, theory.csv, edges.csv, verdict.csv. */
#include "basins_study.h"

#include <math.h>
#include <stdlib.h>

#include "basins_edges.h"
#include "replica_symmetric.h"
#include "retrieval_dynamics.h"
#include "relax_walk.h"
#include "summary.h"
#include "theory_table.h"

/*
 * Fixed before any run.
 *
 * Edge.  The exact one is that of so many steps, which moves by .002 (alpha <= .08) to .02 (alpha = .12) if their number is
 * doubled, and the straight line in N^(-1/2) is a leading law.  The resolution tells the exact edge from Amari and
 * Maginu's, which is .046 lower at alpha = .02 and .15 at .12.
 *
 * Share of runs that find the pattern.  The edge is rounded over O(N^(-1/2)); within WINDOW N^(-1/2) + EDGE_TOLERANCE of
 * it the theory of infinite N does not say which share is lost.
 */
static const double EDGE_TOLERANCE = 0.02, EDGE_RESOLUTION = 0.04;
static const double WINDOW = 5.0, SHARE_TOLERANCE = 0.02, SHARE_RESOLUTION = 0.05;

static const char OTHER_ORDER[] = "the theory is of synchronous updates";
static const char NO_PATHS[] = "no exact edge: --paths 0, or a load without one";

enum { N_OBSERVABLES = 3, N_EDGE_VERDICTS = 2 };
enum { M, M_RETRIEVED, RETRIEVED };

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("m", "1", "overlap with the pattern at the end, mean over all runs",
                    "where Amari and Maginu's map ends: its stable fixed point, or 0 below the edge"),
    HEBB_OBSERVABLE("m_retrieved", "1", "the same over the runs that found the pattern",
                    "replica-symmetric theory of equilibrium at p/N"),
    HEBB_OBSERVABLE("retrieved", "1", "share of runs that ended at an overlap of 0.75 or more",
                    "1 above the exact edge of synchronous updates, 0 below; empty without --paths"),
};

typedef struct {
    hebb_measurement of[N_OBSERVABLES];
    size_t n_two_cycles, n_unsettled;
} point_result;

static hebb_status add_theory(const hebb_study *study, size_t point, double exact_edge, point_result *result)
{
    const double load = hebb_load_grid_load(study, point), m0 = hebb_basins_start(study, point);
    hebb_retrieval_fixed_point stable = {.m = NAN}, edge = {.m0 = NAN};
    hebb_rs_state state = {.m = NAN};
    hebb_status status = hebb_retrieval_dynamics_fixed_points(load, &stable, &edge);
    if (status == HEBB_OK || status == HEBB_ENOSOLUTION) {
        result->of[M].theory = status == HEBB_OK && m0 > edge.m0 ? stable.m : 0.0;
        status = hebb_rs_retrieval_t0(load, &state);
    }
    if (status != HEBB_OK && status != HEBB_ENOSOLUTION) return hebb_fail(status, "no theory at p/N = %g", load);
    result->of[M_RETRIEVED].theory = state.m;
    result->of[RETRIEVED].theory = isnan(exact_edge) ? NAN : m0 > exact_edge ? 1.0 : 0.0;
    return HEBB_OK;
}

/* Estimates over the replicas of one point; scratch has room for them. */
static point_result measure(const hebb_study *study, size_t point, double *scratch)
{
    point_result result = {0};
    size_t n_retrieved = 0;
    hebb_study_gather(study, point, BASINS_M, scratch);
    result.of[M].estimate = hebb_estimate_mean(study->n_replicas, scratch);
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double outcome = hebb_study_values(study, point, r)[BASINS_OUTCOME];
        const bool is_retrieved = scratch[r] >= BASINS_RETRIEVED_FROM;
        n_retrieved += is_retrieved;
        if (!is_retrieved) scratch[r] = NAN;
        result.n_two_cycles += outcome == HEBB_RELAX_TWO_CYCLE;
        result.n_unsettled += outcome == HEBB_RELAX_UNFINISHED;
    }
    result.of[M_RETRIEVED].estimate = hebb_estimate_mean(study->n_replicas, scratch);
    result.of[RETRIEVED].estimate = hebb_estimate_share(n_retrieved, study->n_replicas);
    return result;
}

static hebb_status measure_all(const hebb_study *study, const hebb_basins_edges *edges, point_result *results)
{
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    hebb_status status = scratch != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    for (size_t k = 0; status == HEBB_OK && k < study->n_points; k++) {
        results[k] = measure(study, k, scratch);
        status = add_theory(study, k, edges->at[k / edges->n_starts].exact, &results[k]);
    }
    free(scratch);
    return status;
}

/* ---- summary.csv and theory.csv ---- */

static void add_summary_row(const hebb_study *study, size_t point, const void *results, hebb_table *table)
{
    const point_result *x = (const point_result *)results + point;
    hebb_summary_add(study, point, N_OBSERVABLES, x->of, table);
    hebb_table_number(table, (double)x->n_two_cycles);
    hebb_table_number(table, (double)x->n_unsettled);
}

/* Amari and Maginu's edge on a fine grid, ending exactly at their capacity. */
static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"alpha", "1", "load p/N; the last row is the capacity of Amari and Maginu's map"},
        {"m0_amari_maginu", "1", "initial overlap above which the map flows to the pattern"},
        {"m", "1", "overlap of the fixed point that it flows to"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    enum { N_STEPS = 200 };
    hebb_table table;
    hebb_retrieval_fixed_point end;
    hebb_retrieval_dynamics_capacity(&end);
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (int k = 1; status == HEBB_OK && k <= N_STEPS; k++) {
        const double rest = 1.0 - (double)k / N_STEPS, alpha = end.alpha * (1.0 - rest * rest);
        hebb_retrieval_fixed_point stable = {.m = NAN}, edge = {.m0 = NAN};
        const hebb_status solved = hebb_retrieval_dynamics_fixed_points(alpha, &stable, &edge);
        hebb_table_number(&table, alpha);
        hebb_table_number(&table, edge.m0);
        hebb_table_number(&table, stable.m);
        hebb_theory_table_status(&table, solved);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- verdict.csv ---- */

static bool is_synchronous(const hebb_study *study)
{
    return ((const hebb_basins_study *)study->own)->order == HEBB_ORDER_SYNCHRONOUS;
}

static hebb_comparison compare_share(const hebb_study *study, size_t point, const point_result *x, double exact_edge)
{
    const double window = WINDOW / sqrt(hebb_study_grid(study, point, HEBB_GRID_NEURONS)) + EDGE_TOLERANCE;
    const hebb_measurement *share = &x->of[RETRIEVED];
    hebb_comparison c = {.quantity = "retrieved",
                         .point = point,
                         .simulation = share->estimate.value,
                         .error = share->estimate.error,
                         .theory = share->theory,
                         .tolerance = SHARE_TOLERANCE,
                         .resolution = SHARE_RESOLUTION,
                         .note = ""};
    if (!is_synchronous(study))
        c.note = OTHER_ORDER;
    else if (isnan(exact_edge))
        c.note = NO_PATHS;
    else if (fabs(hebb_basins_start(study, point) - exact_edge) < window)
        c.note = "within the finite-size rounding of the edge, 5 N^(-1/2) + 0.02";
    else if (x->n_unsettled > 0)
        c.note = "some runs had not settled within --sweeps";
    c.not_judged = *c.note != '\0';
    return c;
}

/* The edge extrapolated at one load against the exact one, then against the map's, which is not judged. */
static void compare_edge(const hebb_study *study, const hebb_basins_limit *limit, hebb_comparison *c)
{
    c[0] = (hebb_comparison){.quantity = limit->name,
                             .point = SIZE_MAX,
                             .simulation = limit->m0,
                             .error = hypot(limit->m0_error, limit->exact_error),
                             .theory = limit->exact,
                             .tolerance = EDGE_TOLERANCE,
                             .resolution = EDGE_RESOLUTION,
                             .note = "extrapolated in N^(-1/2), the leading law; exact: of 32 steps"};
    c[1] = c[0];
    c[1].theory = limit->amari_maginu;
    c[1].error = limit->m0_error;
    c[1].tolerance = 0.0;
    c[1].not_judged = 1;
    c[1].note = "Amari and Maginu's edge, an approximation";
    c[0].not_judged = 1;
    if (!is_synchronous(study))
        c[0].note = OTHER_ORDER;
    else if (isnan(limit->exact))
        c[0].note = NO_PATHS;
    else if (limit->n_sizes < 3)
        c[0].note = "fewer than three sizes with an edge: nothing shows whether they lie on a straight line";
    else
        c[0].not_judged = 0;
}

static hebb_status save_verdicts(hebb_study *study, const point_result *results, const hebb_basins_edges *edges)
{
    const size_t n = study->n_points + N_EDGE_VERDICTS * edges->n_loads;
    hebb_comparison *comparisons = calloc(n, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu verdicts", n);
    for (size_t k = 0; k < study->n_points; k++)
        comparisons[k] = compare_share(study, k, &results[k], edges->at[k / edges->n_starts].exact);
    for (size_t a = 0; a < edges->n_loads; a++)
        compare_edge(study, edges->limits + a, comparisons + study->n_points + N_EDGE_VERDICTS * a);
    const hebb_status status = hebb_study_save_verdicts(study, n, comparisons);
    free(comparisons);
    return status;
}

static void say(const hebb_study *study, const hebb_basins_edges *edges)
{
    for (size_t a = 0; a < edges->n_loads; a++) {
        const hebb_basins_limit *limit = edges->limits + a;
        if (limit->extrapolated != HEBB_OK) continue;
        hebb_study_say(study,
                       "basins: at alpha = %g the edge is at m0 = %.4f +- %.4f, extrapolated from %zu sizes; Amari "
                       "and Maginu %.4f",
                       limit->alpha, limit->m0, limit->m0_error, limit->n_sizes, limit->amari_maginu);
    }
}

hebb_status hebb_basins_report(hebb_study *study)
{
    hebb_basins_edges edges = {0};
    point_result *results = calloc(study->n_points, sizeof *results);
    if (results == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu points", study->n_points);
    hebb_status status = hebb_basins_edges_find(study, &edges);
    if (status == HEBB_OK) status = measure_all(study, &edges, results);
    if (status == HEBB_OK)
        status = hebb_summary_save(study, N_OBSERVABLES, observables, HEBB_N_RELAX_COUNTS, hebb_relax_counts,
                                   add_summary_row, results);
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = hebb_basins_edges_save(study, &edges);
    if (status == HEBB_OK) status = save_verdicts(study, results, &edges);
    if (status == HEBB_OK) say(study, &edges);
    hebb_basins_edges_free(&edges);
    free(results);
    return status;
}
