/* `hebb theory capacity`: the largest load at which retrieval exists */
#include <math.h>
#include <string.h>

#include "capacity.h"
#include "one_step_rsb.h"
#include "pattern_sum.h"
#include "replica_symmetric_branch.h"
#include "theory_table.h"

static const hebb_option options_of_capacity[] = {
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "0", HEBB_AT_LEAST(0.0), HEBB_OPTION_RESULT, "temperatures"},
    {"ansatz", 0, HEBB_OPTION_CHOICE, "rs|1rsb", "rs", HEBB_ANY, HEBB_OPTION_RESULT,
     "replica symmetry, or one step of its breaking"},
    {"order", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(1.0, HEBB_MAX_ORDER), HEBB_OPTION_RESULT,
     "how many patterns are mixed; 1: a pure pattern"},
};

static const hebb_column columns[] = {
    {"temperature", "J", "temperature T"},
    {"ansatz", "", "rs: replica symmetry; 1rsb: one step of its breaking"},
    {"order", "1", "number of patterns mixed"},
    {"alpha_c", "1", "largest load p/N with such a state"},
    {"m_c", "1", "its overlap there"},
    {"error_c", "1", "share of wrong bits there, (1-m_c)/2"},
    HEBB_STATUS_COLUMN,
};

/* Where retrieval ends with stable replica symmetry, or is not there, the symmetric solver has the more exact answer. */
static hebb_status solve_broken(double T, hebb_capacity *capacity)
{
    return !(T < 1.0) || hebb_rs_ends_stable(T) ? hebb_capacity_at(T, 1, capacity) : hebb_rsb1_capacity(T, capacity);
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    const hebb_list *temperature = hebb_options_list(options, "temperature");
    const int order = (int)hebb_options_integer(options, "order");
    const bool broken = strcmp(hebb_options_text(options, "ansatz"), "1rsb") == 0;
    if (broken && order != 1) return hebb_fail(HEBB_EUSAGE, "--order goes with --ansatz rs");
    hebb_status status = hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)temperature->length);
    if (status != HEBB_OK) return status;
    for (size_t k = 0; k < temperature->length; k++) {
        hebb_capacity capacity = {NAN, NAN, NAN};
        const double T = temperature->values[k];
        const hebb_status solved = broken ? solve_broken(T, &capacity) : hebb_capacity_at(T, order, &capacity);
        hebb_table_number(table, T);
        hebb_table_text(table, hebb_options_text(options, "ansatz"));
        hebb_table_number(table, order);
        hebb_table_number(table, capacity.alpha);
        hebb_table_number(table, capacity.m);
        hebb_table_number(table, capacity.error);
        hebb_theory_table_status(table, solved);
    }
    return HEBB_OK;
}

const hebb_theory_table hebb_capacity_table = {"capacity", "the load at which retrieval ends",
                                               sizeof options_of_capacity / sizeof *options_of_capacity,
                                               options_of_capacity, fill};
