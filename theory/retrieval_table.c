/* `hebb theory retrieval`: the states at extensive load, in replica symmetry and with one step of its breaking */
#include <math.h>
#include <string.h>

#include "one_step_rsb.h"
#include "pattern_sum.h"
#include "replica_symmetric_branch.h"
#include "theory_table.h"

static const hebb_option options_of_retrieval[] = {
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(1e-300, 1e300), HEBB_OPTION_RESULT, "loads p/N"},
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "0", HEBB_AT_LEAST(0.0), HEBB_OPTION_RESULT, "temperatures"},
    {"state", 0, HEBB_OPTION_CHOICE, "retrieval|glass", "retrieval", HEBB_ANY, HEBB_OPTION_RESULT, "which solution"},
    {"ansatz", 0, HEBB_OPTION_CHOICE, "rs|1rsb", "rs", HEBB_ANY, HEBB_OPTION_RESULT,
     "replica symmetry, or one step of its breaking"},
    {"order", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(1.0, HEBB_MAX_ORDER), HEBB_OPTION_RESULT,
     "how many patterns are mixed; 1: a pure pattern"},
};

/* The columns of every table, then those of mixtures or of 1RSB, then the status. */
enum { N_COMMON = 10, N_MIXTURE = 1, N_BROKEN = 3, N_MOST = N_COMMON + N_BROKEN + 1 };

static const hebb_column common_columns[N_COMMON] = {
    {"alpha", "1", "load p/N"},
    {"temperature", "J", "temperature T"},
    {"m", "1", "overlap with the retrieved pattern, or with each of those mixed"},
    {"q", "1", "Edwards-Anderson order parameter; 1rsb: q1, within a state"},
    {"r", "1", "noise of the patterns that are not retrieved, variance alpha r; 1rsb: r1"},
    {"c", "1/J", "susceptibility C = (1-q)/T"},
    {"f", "J", "free energy per neuron"},
    {"e", "J", "energy per neuron"},
    {"s", "k_B", "entropy per neuron"},
    {"at_margin", "1", "1 - (alpha/T^2) <sech^4>/(1-C)^2: replica symmetry is stable where it is positive"},
};
static const hebb_column mixture_columns[N_MIXTURE] = {
    {"eig_transverse", "1", "Hessian's eigenvalue that tears the overlaps apart: stable where it is positive"},
};
static const hebb_column broken_columns[N_BROKEN] = {
    {"q0", "1", "overlap of two states"},
    {"r0", "1", "the part of r that the states share"},
    {"breakpoint", "1", "Parisi's x; at T = 0 the limit of x/T; empty where q0 = q"},
};
static const hebb_column status_column = HEBB_STATUS_COLUMN;

typedef struct {
    bool glass, broken;
    int order;
} request;

/* What a row needs; NaN is an empty cell. */
typedef struct {
    hebb_rs_state state;
    double q0, r0, breakpoint;
} solution;

static hebb_status solve_symmetric(const request *asked, double alpha, double T, hebb_rs_state *state)
{
    return asked->glass ? hebb_rs_glass(alpha, T, state) : hebb_rs_retrieval(alpha, T, asked->order, state);
}

/* Where replica symmetry is stable it is the solution, and its own solver is the more exact one. */
static hebb_status solve_broken(const request *asked, double alpha, double T, solution *found)
{
    hebb_rsb1_state s;
    const hebb_status symmetric = solve_symmetric(asked, alpha, T, &found->state);
    if (symmetric == HEBB_OK && found->state.at_margin >= 0.0) {
        found->q0 = found->state.q;
        found->r0 = found->state.r;
        found->breakpoint = NAN;
        return HEBB_OK;
    }
    if (symmetric == HEBB_ENOSOLUTION && (asked->glass || !(T < 1.0) || hebb_rs_ends_stable(T))) return symmetric;
    const hebb_status status = asked->glass ? hebb_rsb1_glass(alpha, T, &s) : hebb_rsb1_retrieval(alpha, T, &s);
    if (status != HEBB_OK) return status;
    found->state =
        (hebb_rs_state){.m = s.m, .q = s.q1, .r = s.r1, .c = s.c, .f = s.f, .e = s.e, .s = s.s, .at_margin = NAN};
    found->q0 = s.q0;
    found->r0 = s.r0;
    found->breakpoint = isfinite(s.breakpoint) ? s.breakpoint : NAN; /* 1/T of states too close to tell apart */
    return HEBB_OK;
}

static void add_row(hebb_table *table, const request *asked, double alpha, double T)
{
    solution found = {0};
    const hebb_status solved =
        asked->broken ? solve_broken(asked, alpha, T, &found) : solve_symmetric(asked, alpha, T, &found.state);
    const hebb_rs_state *s = &found.state;
    const double common[] = {s->m, s->q, s->r, s->c, s->f, s->e, s->s, s->at_margin};
    const double broken[] = {found.q0, found.r0, found.breakpoint};
    hebb_table_number(table, alpha);
    hebb_table_number(table, T);
    for (size_t k = 0; k < sizeof common / sizeof *common; k++)
        hebb_table_number(table, solved == HEBB_OK ? common[k] : NAN);
    if (asked->order > 1) hebb_table_number(table, solved == HEBB_OK ? s->eig_transverse : NAN);
    for (size_t k = 0; asked->broken && k < N_BROKEN; k++)
        hebb_table_number(table, solved == HEBB_OK ? broken[k] : NAN);
    hebb_theory_table_status(table, solved);
}

static hebb_status start_table(const request *asked, hebb_table *table)
{
    hebb_column columns[N_MOST];
    size_t n = N_COMMON;
    memcpy(columns, common_columns, sizeof common_columns);
    for (size_t k = 0; asked->order > 1 && k < N_MIXTURE; k++) columns[n++] = mixture_columns[k];
    for (size_t k = 0; asked->broken && k < N_BROKEN; k++) columns[n++] = broken_columns[k];
    columns[n++] = status_column;
    return hebb_table_init(table, n, columns);
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    const request asked = {.glass = strcmp(hebb_options_text(options, "state"), "glass") == 0,
                           .broken = strcmp(hebb_options_text(options, "ansatz"), "1rsb") == 0,
                           .order = (int)hebb_options_integer(options, "order")};
    hebb_status status = hebb_options_require(options, "alpha");
    if (status == HEBB_OK && asked.order > 1 && (asked.glass || asked.broken))
        status = hebb_fail(HEBB_EUSAGE, "--order goes with --state retrieval and --ansatz rs");
    const hebb_list *alpha = hebb_options_list(options, "alpha");
    const hebb_list *temperature = hebb_options_list(options, "temperature");
    if (status == HEBB_OK) status = start_table(&asked, table);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)alpha->length * (double)temperature->length);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < alpha->length; a++)
        for (size_t b = 0; b < temperature->length; b++)
            add_row(table, &asked, alpha->values[a], temperature->values[b]);
    return HEBB_OK;
}

const hebb_theory_table hebb_retrieval_table = {"retrieval", "order parameters and energies at extensive load",
                                                sizeof options_of_retrieval / sizeof *options_of_retrieval,
                                                options_of_retrieval, fill};
