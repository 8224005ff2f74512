/* `hebb theory dense-retrieval`: overlap and energies of dense memories at extensive load, and where retrieval ends */
#include <math.h>
#include <string.h>

#include "dense_broken.h"
#include "dense_retrieval.h"
#include "theory_table.h"

static const hebb_option options_of_dense_retrieval[] = {
    {"degree", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(2.0, HEBB_DENSE_MAX_DEGREE), HEBB_OPTION_RESULT,
     "degrees n of F(x) = x^n"},
    {"load", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(1e-300, 1e300), HEBB_OPTION_RESULT,
     "loads a = K (2n-3)!!/N^(n-1)"},
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "0", HEBB_AT_LEAST(0.0), HEBB_OPTION_RESULT, "temperatures"},
    {"critical", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "instead of --load: the largest load with a retrieval state"},
    {"ansatz", 0, HEBB_OPTION_CHOICE, "rs|1rsb", "rs", HEBB_ANY, HEBB_OPTION_RESULT,
     "with --critical: replica symmetry, or one step of its breaking (n >= 3, T = 0)"},
};

static const hebb_column load_columns[] = {
    {"degree", "1", "degree n of F(x) = x^n"},
    {"load", "1", "load a = K (2n-3)!!/N^(n-1)"},
    {"temperature", "J", "temperature T, of the energy -sum (M^mu)^n/(n N^(n-1))"},
    {"m", "1", "overlap with the retrieved pattern"},
    {"error", "1", "its share of wrong bits, (1-m)/2"},
    {"q", "1", "Edwards-Anderson order parameter"},
    {"noise", "1", "variance of the noise of the other patterns on a field"},
    {"c", "1/J", "susceptibility C = (1-q)/T"},
    {"f", "J", "free energy per neuron"},
    {"e", "J", "energy per neuron"},
    {"s", "k_B", "entropy per neuron"},
    {"at_margin", "1", "replica symmetry is stable where it is positive"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column critical_columns[] = {
    {"degree", "1", "degree n of F(x) = x^n"},
    {"temperature", "J", "temperature T, of the energy -sum (M^mu)^n/(n N^(n-1))"},
    {"a_c", "1", "the largest load K (2n-3)!!/N^(n-1) with a retrieval state"},
    {"alpha_c", "1", "the same as K/N^(n-1)"},
    {"m_c", "1", "overlap there"},
    {"error_c", "1", "share of wrong bits there, (1-m_c)/2"},
    {"at_margin", "1", "replica symmetry is stable there where it is positive; 1rsb: empty"},
    HEBB_STATUS_COLUMN,
};

static void add_cells(hebb_table *table, size_t n, const double *cells, hebb_status solved)
{
    for (size_t k = 0; k < n; k++) hebb_table_number(table, solved == HEBB_OK ? cells[k] : NAN);
    hebb_theory_table_status(table, solved);
}

static void add_load(hebb_table *table, int n, double load, double T)
{
    hebb_dense_state x = {0};
    const hebb_status solved = hebb_dense_retrieval(n, load, T, &x);
    hebb_table_number(table, n);
    hebb_table_number(table, load);
    hebb_table_number(table, T);
    add_cells(table, 9, (const double[]){x.m, x.error, x.q, x.noise, x.c, x.f, x.e, x.s, x.at_margin}, solved);
}

/* At T = 0. */
static hebb_status solve_broken(int n, hebb_dense_state *x)
{
    hebb_dense_broken_state end;
    const hebb_status solved = hebb_dense_broken_spinodal(n, &end);
    if (solved == HEBB_OK)
        *x = (hebb_dense_state){.load = end.load, .m = end.m, .error = 0.5 * (1.0 - end.m), .at_margin = NAN};
    return solved;
}

static void add_end(hebb_table *table, int n, double T, bool broken)
{
    hebb_dense_state x = {0};
    const hebb_status solved = broken ? solve_broken(n, &x) : hebb_dense_spinodal(n, T, &x);
    hebb_table_number(table, n);
    hebb_table_number(table, T);
    add_cells(table, 5, (const double[]){x.load, x.load / hebb_dense_double_factorial(n), x.m, x.error, x.at_margin},
              solved);
}

static hebb_status check_broken(const hebb_list *degree, const hebb_list *temperature)
{
    for (size_t d = 0; d < degree->length; d++)
        if (degree->values[d] < 3.0)
            return hebb_fail(HEBB_EUSAGE,
                             "--ansatz 1rsb: from --degree 3 on; hebb theory capacity has it for degree 2");
    for (size_t t = 0; t < temperature->length; t++)
        if (temperature->values[t] > 0.0)
            return hebb_fail(HEBB_EUSAGE, "--ansatz 1rsb: at --temperature 0 alone, not at %g", temperature->values[t]);
    return HEBB_OK;
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    const bool critical = hebb_options_flag(options, "critical");
    const bool broken = strcmp(hebb_options_text(options, "ansatz"), "1rsb") == 0;
    hebb_status status = hebb_options_require(options, "degree");
    if (status != HEBB_OK) return status;
    if (critical == hebb_options_is_set(options, "load"))
        return hebb_fail(HEBB_EUSAGE, "theory dense-retrieval: give --load LIST, or --critical");
    if (broken && !critical) return hebb_fail(HEBB_EUSAGE, "--ansatz 1rsb goes with --critical");
    const hebb_list *degree = hebb_options_list(options, "degree");
    const hebb_list *temperature = hebb_options_list(options, "temperature");
    if (broken) status = check_broken(degree, temperature);
    if (status != HEBB_OK) return status;
    const hebb_list *load = critical ? NULL : hebb_options_list(options, "load");
    const size_t n_loads = critical ? 1 : load->length;
    status = critical ? hebb_table_init(table, sizeof critical_columns / sizeof *critical_columns, critical_columns)
                      : hebb_table_init(table, sizeof load_columns / sizeof *load_columns, load_columns);
    if (status == HEBB_OK)
        status = hebb_theory_table_room(table, (double)degree->length * (double)n_loads * (double)temperature->length);
    if (status != HEBB_OK) return status;
    for (size_t d = 0; d < degree->length; d++)
        for (size_t a = 0; a < n_loads; a++)
            for (size_t t = 0; t < temperature->length; t++) {
                const int n = (int)degree->values[d];
                if (critical)
                    add_end(table, n, temperature->values[t], broken);
                else
                    add_load(table, n, load->values[a], temperature->values[t]);
            }
    return HEBB_OK;
}

const hebb_theory_table hebb_dense_retrieval_table = {
    "dense-retrieval", "overlap and energies of dense memories at extensive load, and where retrieval ends",
    sizeof options_of_dense_retrieval / sizeof *options_of_dense_retrieval, options_of_dense_retrieval, fill};
