/* `hebb theory crosstalk`: error probabilities at a load, at a size, and the sizes without errors */
#include <math.h>

#include "crosstalk.h"
#include "theory_table.h"

static const hebb_option options_of_crosstalk[] = {
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "loads p/N, for N to infinity"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(2.0, 0x1p31), HEBB_OPTION_RESULT,
     "sizes N, for the exact law"},
    {"patterns", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(1.0, 0x1p31), HEBB_OPTION_RESULT,
     "numbers of patterns p, with --neurons"},
    {"self-coupling", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT, "keep J_ii = p/N"},
    {"capacity", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "with --neurons: how many patterns are stored without a wrong bit"},
};

static const hebb_column gaussian_columns[] = {
    {"alpha", "1", "load p/N"},
    {"p_error", "1", "probability that a bit is wrong after one update, N to infinity"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column exact_columns[] = {
    {"n_neurons", "1", "number of neurons N"},
    {"n_patterns", "1", "number of patterns p"},
    {"p_wrong", "1", "exact probability that a bit's field is against it"},
    {"p_tie", "1", "exact probability that a bit's field is zero"},
    {"p_error_gaussian", "1", "probability of a wrong bit for N to infinity at the same load, J_ii = 0"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column capacity_columns[] = {
    {"n_neurons", "1", "number of neurons N"},
    {"k_one_pattern", "1", "patterns up to which one of them has no wrong bit, N/(2 ln N)"},
    {"k_all_patterns", "1", "patterns up to which none has a wrong bit, N/(4 ln N)"},
    HEBB_STATUS_COLUMN,
};

static hebb_status fill_gaussian(const hebb_list *alpha, hebb_table *table)
{
    hebb_status status = hebb_table_init(table, 3, gaussian_columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)alpha->length);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < alpha->length; a++) {
        double p_error = NAN;
        const hebb_status solved = hebb_crosstalk_gaussian(alpha->values[a], &p_error);
        hebb_table_number(table, alpha->values[a]);
        hebb_table_number(table, p_error);
        hebb_theory_table_status(table, solved);
    }
    return HEBB_OK;
}

static hebb_status fill_exact(const hebb_list *neurons, const hebb_list *patterns, bool self_coupling,
                              hebb_table *table)
{
    hebb_status status = hebb_table_init(table, 6, exact_columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)neurons->length * (double)patterns->length);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < neurons->length; a++)
        for (size_t b = 0; b < patterns->length; b++) {
            const double n = neurons->values[a], p = patterns->values[b];
            hebb_crosstalk law = {NAN, NAN};
            double gaussian = NAN;
            const hebb_status solved = hebb_crosstalk_exact((long)n, (long)p, self_coupling, &law);
            if (hebb_crosstalk_gaussian(p / n, &gaussian) != HEBB_OK) gaussian = NAN;
            hebb_table_number(table, n);
            hebb_table_number(table, p);
            hebb_table_number(table, law.wrong);
            hebb_table_number(table, law.tie);
            hebb_table_number(table, gaussian);
            hebb_theory_table_status(table, solved);
        }
    return HEBB_OK;
}

static hebb_status fill_capacity(const hebb_list *neurons, hebb_table *table)
{
    hebb_status status = hebb_table_init(table, 4, capacity_columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)neurons->length);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < neurons->length; a++) {
        double one = NAN, all = NAN;
        const hebb_status solved = hebb_crosstalk_capacity((long)neurons->values[a], &one, &all);
        hebb_table_number(table, neurons->values[a]);
        hebb_table_number(table, one);
        hebb_table_number(table, all);
        hebb_theory_table_status(table, solved);
    }
    return HEBB_OK;
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    const bool has_alpha = hebb_options_is_set(options, "alpha"), has_neurons = hebb_options_is_set(options, "neurons");
    const bool has_patterns = hebb_options_is_set(options, "patterns");
    const bool capacity = hebb_options_flag(options, "capacity");
    const bool self_coupling = hebb_options_flag(options, "self-coupling");
    const hebb_list *neurons = hebb_options_list(options, "neurons");
    if (has_alpha && !has_neurons && !has_patterns && !capacity && !self_coupling)
        return fill_gaussian(hebb_options_list(options, "alpha"), table);
    if (!has_alpha && has_neurons && has_patterns && !capacity)
        return fill_exact(neurons, hebb_options_list(options, "patterns"), self_coupling, table);
    if (!has_alpha && has_neurons && !has_patterns && capacity && !self_coupling) return fill_capacity(neurons, table);
    return hebb_fail(HEBB_EUSAGE, "theory crosstalk: give --alpha LIST, or --neurons LIST --patterns LIST "
                                  "[--self-coupling], or --neurons LIST --capacity");
}

const hebb_theory_table hebb_crosstalk_table = {"crosstalk", "wrong bits after one update from a stored pattern",
                                                sizeof options_of_crosstalk / sizeof *options_of_crosstalk,
                                                options_of_crosstalk, fill};
