/* `hebb theory retrieval`: the replica-symmetric states at extensive load */
#include <math.h>
#include <string.h>

#include "pattern_sum.h"
#include "replica_symmetric_branch.h"
#include "theory_table.h"

static const hebb_option options_of_retrieval[] = {
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT, "loads p/N"},
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "0", HEBB_AT_LEAST(0.0), HEBB_OPTION_RESULT, "temperatures"},
    {"state", 0, HEBB_OPTION_CHOICE, "retrieval|glass", "retrieval", HEBB_ANY, HEBB_OPTION_RESULT, "which solution"},
    {"order", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(1.0, HEBB_MAX_ORDER), HEBB_OPTION_RESULT,
     "how many patterns are mixed; 1: a pure pattern"},
};

static const hebb_column columns[] = {
    {"alpha", "1", "load p/N"},
    {"temperature", "J", "temperature T"},
    {"m", "1", "overlap with the retrieved pattern"},
    {"q", "1", "Edwards-Anderson order parameter"},
    {"r", "1", "noise of the patterns that are not retrieved, variance alpha r"},
    {"c", "1/J", "susceptibility C = (1-q)/T"},
    {"f", "J", "free energy per neuron"},
    {"e", "J", "energy per neuron"},
    {"s", "k_B", "entropy per neuron"},
    {"at_margin", "1", "1 - (alpha/T^2) <sech^4>/(1-C)^2: replica symmetry is stable where it is positive"},
    HEBB_STATUS_COLUMN,
};

static void add_row(hebb_table *table, double alpha, double temperature, const hebb_rs_state *state, hebb_status solved)
{
    const double cells[] = {state->m, state->q, state->r, state->c, state->f, state->e, state->s, state->at_margin};
    hebb_table_number(table, alpha);
    hebb_table_number(table, temperature);
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
        hebb_table_number(table, solved == HEBB_OK ? cells[k] : NAN);
    hebb_theory_table_status(table, solved);
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    hebb_status status = hebb_options_require(options, "alpha");
    if (status != HEBB_OK) return status;
    const hebb_list *alpha = hebb_options_list(options, "alpha");
    const hebb_list *temperature = hebb_options_list(options, "temperature");
    const int order = (int)hebb_options_integer(options, "order");
    const bool glass = strcmp(hebb_options_text(options, "state"), "glass") == 0;
    if (glass && order != 1) return hebb_fail(HEBB_EUSAGE, "--order goes with --state retrieval");
    if ((status = hebb_table_init(table, sizeof columns / sizeof *columns, columns)) != HEBB_OK) return status;
    for (size_t a = 0; a < alpha->length; a++)
        for (size_t b = 0; b < temperature->length; b++) {
            const double load = alpha->values[a], T = temperature->values[b];
            hebb_rs_state state = {0};
            const hebb_status solved =
                glass ? hebb_rs_glass(load, T, &state) : hebb_rs_retrieval(load, T, order, &state);
            add_row(table, load, T, &state, solved);
        }
    return HEBB_OK;
}

const hebb_theory_table hebb_retrieval_table = {
    "retrieval", "order parameters and energies at extensive load, replica symmetry",
    sizeof options_of_retrieval / sizeof *options_of_retrieval, options_of_retrieval, fill};
