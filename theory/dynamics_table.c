/* `hebb theory dynamics`: the overlap step by step, the edge of the basin, the fixed points, the capacity */
#include <math.h>
#include <stdlib.h>

#include "retrieval_dynamics.h"
#include "theory_table.h"

static const hebb_option options_of_dynamics[] = {
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(1e-300, 1e300), HEBB_OPTION_RESULT, "loads p/N"},
    {"overlap", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(0.0, 1.0), HEBB_OPTION_RESULT,
     "overlaps of the random initial states, with --steps"},
    {"steps", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 1e6), HEBB_OPTION_RESULT,
     "how many synchronous updates to follow"},
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

static const hebb_column critical_columns[] = {
    {"alpha", "1", "load p/N"},
    {"m0_c", "1", "initial overlap above which Amari and Maginu's map flows to the retrieval fixed point"},
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

static void add_steps(hebb_table *table, double alpha, double m0, size_t n_steps, hebb_status solved, const double *m,
                      const double *exact)
{
    for (size_t t = 0; t <= n_steps; t++) {
        hebb_table_number(table, alpha);
        hebb_table_number(table, m0);
        hebb_table_number(table, (double)t);
        hebb_table_number(table, solved == HEBB_OK ? m[t] : NAN);
        hebb_table_number(table, solved == HEBB_OK && t <= 2 ? exact[t] : NAN);
        if (t <= 2 || solved != HEBB_OK)
            hebb_theory_table_status(table, solved);
        else
            hebb_table_text(table, "exact for two steps alone");
    }
}

static hebb_status fill_steps(const hebb_list *alpha, const hebb_list *overlap, size_t n_steps, hebb_table *table)
{
    const double n_rows = (double)alpha->length * (double)overlap->length * (double)(n_steps + 1);
    double *m = malloc((n_steps + 1) * sizeof *m), exact[3];
    if (m == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu steps", n_steps);
    hebb_status status = hebb_table_init(table, sizeof step_columns / sizeof *step_columns, step_columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, n_rows);
    for (size_t a = 0; status == HEBB_OK && a < alpha->length; a++)
        for (size_t b = 0; b < overlap->length; b++) {
            const double load = alpha->values[a], m0 = overlap->values[b];
            hebb_status solved = hebb_retrieval_dynamics_iterate(load, m0, n_steps, m);
            if (solved == HEBB_OK) solved = hebb_retrieval_dynamics_exact(load, m0, exact);
            add_steps(table, load, m0, n_steps, solved, m, exact);
        }
    free(m);
    return status;
}

static hebb_status fill_critical(const hebb_list *alpha, hebb_table *table)
{
    hebb_status status = hebb_table_init(table, sizeof critical_columns / sizeof *critical_columns, critical_columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)alpha->length);
    for (size_t a = 0; status == HEBB_OK && a < alpha->length; a++) {
        hebb_retrieval_fixed_point edge = {.m0 = NAN};
        const hebb_status solved = hebb_retrieval_dynamics_fixed_points(alpha->values[a], NULL, &edge);
        hebb_table_number(table, alpha->values[a]);
        hebb_table_number(table, edge.m0);
        hebb_theory_table_status(table, solved);
    }
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
    if (n_forms == 1 && alpha->length > 0) {
        if (has_overlap && has_steps)
            return fill_steps(alpha, hebb_options_list(options, "overlap"),
                              (size_t)hebb_options_integer(options, "steps"), table);
        if (hebb_options_flag(options, "critical")) return fill_critical(alpha, table);
        if (hebb_options_flag(options, "fixed-points")) return fill_fixed_points(alpha, table);
    }
    if (n_forms == 1 && alpha->length == 0 && hebb_options_flag(options, "capacity")) return fill_capacity(table);
    return hebb_fail(HEBB_EUSAGE, "theory dynamics: give --alpha LIST --overlap LIST --steps N, or --alpha LIST "
                                  "--critical, or --alpha LIST --fixed-points, or --capacity alone");
}

const hebb_theory_table hebb_dynamics_table = {"dynamics", "synchronous retrieval at T = 0, step by step",
                                               sizeof options_of_dynamics / sizeof *options_of_dynamics,
                                               options_of_dynamics, fill};
