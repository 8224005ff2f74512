/* `hebb theory stability`: the loads at which random patterns cease to be fixed points */
#include <math.h>

#include "dense_capacity.h"
#include "pattern_stability.h"
#include "theory_table.h"

static const hebb_option options_of_stability[] = {
    {"interaction", 0, HEBB_OPTION_CHOICE, "power|rectified|exponential", "power", HEBB_ANY, HEBB_OPTION_RESULT,
     "F(x) = x^n; the same for x > 0 and else 0; e^x"},
    {"degree", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(2.0, HEBB_DENSE_CAPACITY_MAX_DEGREE),
     HEBB_OPTION_RESULT, "powers n; not for e^x"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(3.0, 0x1p31), HEBB_OPTION_RESULT, "sizes N"},
};

static const hebb_column half_columns[] = {
    {"degree", "1", "power n"},
    {"n_neurons", "1", "number of neurons N"},
    {"k_half", "1", "patterns at which half of them are stable: k_independent corrected to leading order"},
    {"k_independent", "1", "the same from the exact one-step law, bits taken for independent"},
    {"k_gaussian", "1", "N^(n-1)/((2n-3)!! z^2)"},
    {"z", "1", "Phi^-1(1 - ln2/N)"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column all_columns[] = {
    {"n_neurons", "1", "number of neurons N"},
    {"k_all", "1", "patterns at which all are stable with probability 1/2: no two at distance 1"},
    {"k_leading", "1", "(2 ln2/N)^(1/2) 2^(N/2)"},
    HEBB_STATUS_COLUMN,
};

static hebb_status fill_half(const hebb_list *degrees, const hebb_list *neurons, bool rectified, hebb_table *table)
{
    hebb_status status = hebb_table_init(table, sizeof half_columns / sizeof *half_columns, half_columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)degrees->length * (double)neurons->length);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < degrees->length; a++)
        for (size_t b = 0; b < neurons->length; b++) {
            const hebb_dense_energy energy = {(int)degrees->values[a], rectified};
            hebb_pattern_half half;
            const hebb_status solved = hebb_pattern_half_solve(energy, (long)neurons->values[b], &half);
            const double cells[] = {degrees->values[a], neurons->values[b], hebb_pattern_half_corrected(&half),
                                    half.exact,         half.gaussian,      half.z};
            for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
            if (solved == HEBB_EDOM)
                hebb_table_text(table, "the values of F are too large for exact integers");
            else
                hebb_theory_table_status(table, solved);
        }
    return HEBB_OK;
}

static hebb_status fill_all(const hebb_list *neurons, hebb_table *table)
{
    hebb_status status = hebb_table_init(table, sizeof all_columns / sizeof *all_columns, all_columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)neurons->length);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < neurons->length; a++) {
        const double n = neurons->values[a], all = hebb_pattern_all_half(n);
        const hebb_status solved = isfinite(all) ? HEBB_OK : HEBB_EDOM;
        hebb_table_number(table, n);
        hebb_table_number(table, solved == HEBB_OK ? all : NAN);
        hebb_table_number(table, solved == HEBB_OK ? hebb_pattern_all_leading(n) : NAN);
        hebb_theory_table_status(table, solved);
    }
    return HEBB_OK;
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    const char interaction = *hebb_options_text(options, "interaction");
    const hebb_list *neurons = hebb_options_list(options, "neurons");
    hebb_status status = hebb_options_require(options, "neurons");
    if (status != HEBB_OK) return status;
    if (interaction == 'e' && hebb_options_is_set(options, "degree"))
        return hebb_fail(HEBB_EUSAGE, "--degree: e^x has none; leave the option out");
    if (interaction == 'e') return fill_all(neurons, table);
    status = hebb_options_require(options, "degree");
    if (status != HEBB_OK) return status;
    return fill_half(hebb_options_list(options, "degree"), neurons, interaction == 'r', table);
}

const hebb_theory_table hebb_stability_table = {"stability", "loads at which patterns cease to be fixed points",
                                                sizeof options_of_stability / sizeof *options_of_stability,
                                                options_of_stability, fill};
