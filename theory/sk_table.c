/* `hebb theory sk`: the Sherrington-Kirkpatrick spin glass, the check of the replica machinery */
#include <math.h>
#include <string.h>

#include "sherrington_kirkpatrick.h"
#include "theory_table.h"

static const hebb_option options_of_sk[] = {
    {"ansatz", 0, HEBB_OPTION_CHOICE, "rs|1rsb", "rs", HEBB_ANY, HEBB_OPTION_RESULT,
     "replica symmetry, or one step of its breaking"},
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(0.0, 1e150), HEBB_OPTION_RESULT,
     "temperatures, and more columns; without it T = 0"},
};

static const hebb_column columns[] = {
    {"ansatz", "", "rs: replica symmetry, 1rsb: one step of breaking"},
    {"energy", "J", "energy per spin"},
    {"entropy", "k_B", "entropy per spin"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column thermal_columns[] = {
    {"ansatz", "", "rs: replica symmetry, 1rsb: one step of breaking"},
    {"energy", "J", "energy per spin"},
    {"entropy", "k_B", "entropy per spin"},
    {"temperature", "J", "temperature T"},
    {"free_energy", "J", "free energy per spin"},
    {"q0", "1", "overlap of two states"},
    {"q1", "1", "overlap of a state with itself; rs: the same"},
    {"breakpoint", "1", "x, at T = 0 lim x/T in 1/J; empty where q0 = q1"},
    HEBB_STATUS_COLUMN,
};

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    const bool thermal = hebb_options_is_set(options, "temperature");
    const hebb_list *temperature = hebb_options_list(options, "temperature");
    const size_t n_rows = thermal ? temperature->length : 1;
    const char *ansatz = hebb_options_text(options, "ansatz");
    hebb_status status = thermal ? hebb_table_init(table, sizeof thermal_columns / sizeof *columns, thermal_columns)
                                 : hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)n_rows);
    if (status != HEBB_OK) return status;
    for (size_t k = 0; k < n_rows; k++) {
        const double t = thermal ? temperature->values[k] : 0.0;
        hebb_sk_state state = {t, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
        const hebb_status solved = strcmp(ansatz, "rs") == 0 ? hebb_sk_rs(t, &state) : hebb_sk_rsb1(t, &state);
        const double more[] = {t, state.f, state.q0, state.q1, state.breakpoint};
        hebb_table_text(table, ansatz);
        hebb_table_number(table, state.e);
        hebb_table_number(table, state.s);
        for (size_t c = 0; thermal && c < sizeof more / sizeof *more; c++) hebb_table_number(table, more[c]);
        hebb_theory_table_status(table, solved);
    }
    return HEBB_OK;
}

const hebb_theory_table hebb_sk_table = {"sk", "energy and entropy of the Sherrington-Kirkpatrick spin glass",
                                         sizeof options_of_sk / sizeof *options_of_sk, options_of_sk, fill};
