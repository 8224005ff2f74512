/* `hebb theory dynamics`: the overlap step by step, the edge of the basin, the fixed points, the capacity */
#include <math.h>
#include <stdlib.h>

#include "effective_spin.h"
#include "retrieval_dynamics.h"
#include "theory_table.h"

static const hebb_option options_of_dynamics[] = {
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(1e-300, 1e300), HEBB_OPTION_RESULT, "loads p/N"},
    {"overlap", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(0.0, 1.0), HEBB_OPTION_RESULT,
     "overlaps of the random initial states, with --steps"},
    {"steps", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 1e6), HEBB_OPTION_RESULT,
     "how many synchronous updates to follow"},
    {"paths", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(HEBB_EFFECTIVE_MIN_PATHS, 1e8), HEBB_OPTION_RESULT,
     "follow --steps N, up to 100, or --critical without an approximation, by sampling so many paths of one spin"},
    {"critical", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "the smallest initial overlap that flows to retrieval"},
    {"fixed-points", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "the overlaps that do not move, stable and unstable"},
    {"capacity", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "alone: the largest load with such fixed points"},
};

static const hebb_column step_columns[] = {
    {"alpha", "1", "load p/N"},
    {"m0", "1", "overlap of the initial state, random apart from that"},
    {"step", "1", "synchronous updates so far"},
    {"m_amari_maginu", "1", "overlap with the pattern, noise taken for Gaussian (Amari and Maginu)"},
    {"m_exact", "1", "overlap with the pattern, exact; empty after step 2"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column sampled_columns[] = {
    {"alpha", "1", "load p/N"},
    {"m0", "1", "overlap of the initial state, random apart from that"},
    {"step", "1", "synchronous updates so far"},
    {"m_amari_maginu", "1", "overlap with the pattern, noise taken for Gaussian (Amari and Maginu)"},
    {"m_exact", "1", "overlap with the pattern, exact; empty after step 2"},
    {"m_effective", "1", "overlap with the pattern, exact but for the sampling of --paths"},
    {"m_effective_err", "1", "its standard error"},
    {"sigma2_amari_maginu", "1", "variance of the field over the neurons, Amari and Maginu"},
    {"sigma2_effective", "1", "the same, exact but for the sampling; empty at the last step"},
    {"sigma2_effective_err", "1", "its standard error"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column critical_columns[] = {
    {"alpha", "1", "load p/N"},
    {"m0_c", "1", "initial overlap above which Amari and Maginu's map flows to the retrieval fixed point"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column sampled_critical_columns[] = {
    {"alpha", "1", "load p/N"},
    {"m0_c", "1", "initial overlap above which Amari and Maginu's map flows to the retrieval fixed point"},
    {"m0_c_effective", "1",
     "initial overlap from which 32 steps lead to m = 0.75, exact but for the sampling of --paths"},
    {"m0_c_effective_err", "1", "its standard error"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column fixed_columns[] = {
    {"alpha", "1", "load p/N"},
    {"m_stable", "1", "overlap of the retrieval fixed point of Amari and Maginu's map"},
    {"error_stable", "1", "share of wrong bits there, (1-m_stable)/2"},
    {"m_unstable", "1", "overlap of the unstable fixed point on the edge of its basin"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column capacity_columns[] = {
    {"alpha_c", "1", "largest load p/N with a retrieval fixed point of Amari and Maginu's map"},
    {"m_c", "1", "its overlap there"},
    {"error_c", "1", "share of wrong bits there, (1-m_c)/2"},
    {"m0_c", "1", "initial overlap on the edge of its basin there"},
    HEBB_STATUS_COLUMN,
};

/* What is known of one start, step by step. */
typedef struct {
    size_t n_steps, n_paths;
    double *m, *sigma2;           /* Amari and Maginu */
    double exact[3];              /* of m */
    hebb_effective_step *sampled; /* where n_paths > 0 */
    hebb_status followed;         /* of them, whose loads are not as many as those of the others */
} course;

static hebb_status course_init(course *at, size_t n_steps, size_t n_paths)
{
    *at = (course){.n_steps = n_steps, .n_paths = n_paths};
    at->m = calloc(2 * (n_steps + 1), sizeof *at->m);
    if (n_paths > 0) at->sampled = calloc(n_steps + 1, sizeof *at->sampled);
    at->sigma2 = at->m + n_steps + 1;
    if (at->m != NULL && (n_paths == 0 || at->sampled != NULL)) return HEBB_OK;
    return hebb_fail(HEBB_ENOMEM, "no memory for %zu steps", n_steps);
}

static void course_free(course *at)
{
    free(at->m);
    free(at->sampled);
}

static hebb_status course_solve(course *at, double alpha, double m0)
{
    hebb_status solved = hebb_retrieval_dynamics_iterate(alpha, m0, at->n_steps, at->m);
    if (solved == HEBB_OK) solved = hebb_retrieval_dynamics_noise(alpha, m0, at->n_steps, at->sigma2);
    if (solved == HEBB_OK) solved = hebb_retrieval_dynamics_exact(alpha, m0, at->exact);
    at->followed = solved;
    if (solved == HEBB_OK && at->n_paths > 0)
        at->followed =
            hebb_effective_spin_follow(alpha, m0, at->n_steps, at->n_paths, HEBB_EFFECTIVE_SEED, at->sampled);
    return solved;
}

static void add_steps(hebb_table *table, double alpha, double m0, hebb_status solved, const course *at)
{
    for (size_t t = 0; t <= at->n_steps; t++) {
        hebb_table_number(table, alpha);
        hebb_table_number(table, m0);
        hebb_table_number(table, (double)t);
        hebb_table_number(table, solved == HEBB_OK ? at->m[t] : NAN);
        hebb_table_number(table, solved == HEBB_OK && t <= 2 ? at->exact[t] : NAN);
        if (at->n_paths > 0) {
            const hebb_effective_step none = {NAN, NAN, NAN, NAN};
            const hebb_effective_step step = at->followed == HEBB_OK ? at->sampled[t] : none;
            hebb_table_number(table, step.m);
            hebb_table_number(table, step.m_error);
            hebb_table_number(table, solved == HEBB_OK ? at->sigma2[t] : NAN);
            hebb_table_number(table, step.sigma2);
            hebb_table_number(table, step.sigma2_error);
        }
        if (t <= 2 || at->followed != HEBB_OK)
            hebb_theory_table_status(table, at->followed);
        else
            hebb_table_text(table, "exact for two steps alone");
    }
}

static hebb_status fill_steps(const hebb_options *options, hebb_table *table)
{
    const hebb_list *alpha = hebb_options_list(options, "alpha"), *overlap = hebb_options_list(options, "overlap");
    const size_t n_steps = (size_t)hebb_options_integer(options, "steps");
    const bool is_sampled = hebb_options_is_set(options, "paths");
    const size_t n_paths = is_sampled ? (size_t)hebb_options_integer(options, "paths") : 0;
    if (is_sampled && (n_steps < 1 || n_steps > HEBB_EFFECTIVE_MAX_STEPS))
        return hebb_fail(HEBB_EDOM, "--steps: with --paths from 1 to %d", HEBB_EFFECTIVE_MAX_STEPS);
    course at;
    hebb_status status = course_init(&at, n_steps, n_paths);
    if (status == HEBB_OK)
        status = is_sampled ? hebb_table_init(table, sizeof sampled_columns / sizeof *sampled_columns, sampled_columns)
                            : hebb_table_init(table, sizeof step_columns / sizeof *step_columns, step_columns);
    if (status == HEBB_OK)
        status = hebb_theory_table_room(table, (double)alpha->length * (double)overlap->length * (double)(n_steps + 1));
    for (size_t a = 0; status == HEBB_OK && a < alpha->length; a++)
        for (size_t b = 0; status == HEBB_OK && b < overlap->length; b++) {
            const hebb_status solved = course_solve(&at, alpha->values[a], overlap->values[b]);
            if (at.followed == HEBB_ENOMEM) status = hebb_fail(HEBB_ENOMEM, "no memory for %zu paths", n_paths);
            add_steps(table, alpha->values[a], overlap->values[b], solved, &at);
        }
    course_free(&at);
    return status;
}

static hebb_status add_edge(hebb_table *table, double alpha, size_t n_paths)
{
    hebb_retrieval_fixed_point edge = {.m0 = NAN};
    hebb_status solved = hebb_retrieval_dynamics_fixed_points(alpha, NULL, &edge);
    hebb_table_number(table, alpha);
    hebb_table_number(table, edge.m0);
    if (n_paths > 0) {
        hebb_effective_edge sampled = {NAN, NAN};
        const hebb_status followed =
            hebb_effective_spin_edge(alpha, HEBB_EFFECTIVE_EDGE_STEPS, n_paths, HEBB_EFFECTIVE_SEED, &sampled);
        if (followed == HEBB_ENOMEM) return hebb_fail(HEBB_ENOMEM, "no memory for %zu paths", n_paths);
        hebb_table_number(table, followed == HEBB_OK ? sampled.m0 : NAN);
        hebb_table_number(table, followed == HEBB_OK ? sampled.m0_error : NAN);
        if (solved == HEBB_OK) solved = followed;
    }
    hebb_theory_table_status(table, solved);
    return HEBB_OK;
}

static hebb_status fill_critical(const hebb_options *options, hebb_table *table)
{
    const hebb_list *alpha = hebb_options_list(options, "alpha");
    const bool is_sampled = hebb_options_is_set(options, "paths");
    const size_t n_paths = is_sampled ? (size_t)hebb_options_integer(options, "paths") : 0;
    hebb_status status =
        is_sampled ? hebb_table_init(table, sizeof sampled_critical_columns / sizeof *sampled_critical_columns,
                                     sampled_critical_columns)
                   : hebb_table_init(table, sizeof critical_columns / sizeof *critical_columns, critical_columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)alpha->length);
    for (size_t a = 0; status == HEBB_OK && a < alpha->length; a++) status = add_edge(table, alpha->values[a], n_paths);
    return status;
}

static hebb_status fill_fixed_points(const hebb_list *alpha, hebb_table *table)
{
    hebb_status status = hebb_table_init(table, sizeof fixed_columns / sizeof *fixed_columns, fixed_columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)alpha->length);
    for (size_t a = 0; status == HEBB_OK && a < alpha->length; a++) {
        hebb_retrieval_fixed_point stable = {.m = NAN, .error = NAN}, unstable = {.m = NAN};
        const hebb_status solved = hebb_retrieval_dynamics_fixed_points(alpha->values[a], &stable, &unstable);
        hebb_table_number(table, alpha->values[a]);
        hebb_table_number(table, stable.m);
        hebb_table_number(table, stable.error);
        hebb_table_number(table, unstable.m);
        hebb_theory_table_status(table, solved);
    }
    return status;
}

static hebb_status fill_capacity(hebb_table *table)
{
    const hebb_status status =
        hebb_table_init(table, sizeof capacity_columns / sizeof *capacity_columns, capacity_columns);
    if (status != HEBB_OK) return status;
    hebb_retrieval_fixed_point end;
    hebb_retrieval_dynamics_capacity(&end);
    hebb_table_number(table, end.alpha);
    hebb_table_number(table, end.m);
    hebb_table_number(table, end.error);
    hebb_table_number(table, end.m0);
    hebb_theory_table_status(table, HEBB_OK);
    return HEBB_OK;
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    const bool has_overlap = hebb_options_is_set(options, "overlap"), has_steps = hebb_options_is_set(options, "steps");
    const int n_forms = (has_overlap || has_steps) + hebb_options_flag(options, "critical") +
                        hebb_options_flag(options, "fixed-points") + hebb_options_flag(options, "capacity");
    const hebb_list *alpha = hebb_options_list(options, "alpha");
    const bool has_paths = hebb_options_is_set(options, "paths");
    if (n_forms == 1 && alpha->length > 0 && (has_steps || hebb_options_flag(options, "critical") || !has_paths)) {
        if (has_overlap && has_steps) return fill_steps(options, table);
        if (hebb_options_flag(options, "critical")) return fill_critical(options, table);
        if (hebb_options_flag(options, "fixed-points")) return fill_fixed_points(alpha, table);
    }
    if (n_forms == 1 && alpha->length == 0 && !has_paths && hebb_options_flag(options, "capacity"))
        return fill_capacity(table);
    return hebb_fail(HEBB_EUSAGE, "theory dynamics: give --alpha LIST --overlap LIST --steps N, or --alpha LIST "
                                  "--critical, or --alpha LIST --fixed-points, or --capacity alone");
}

const hebb_theory_table hebb_dynamics_table = {"dynamics", "synchronous retrieval at T = 0, step by step",
                                               sizeof options_of_dynamics / sizeof *options_of_dynamics,
                                               options_of_dynamics, fill};
