/* `hebb theory mixtures`: symmetric mixtures, where they are stable and cross, and all mixtures of P patterns */
#include <math.h>

#include "asymmetric_mixture.h"
#include "mixture.h"
#include "theory_table.h"

static const hebb_option options_of_mixtures[] = {
    {"order", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(1.0, HEBB_MAX_ORDER), HEBB_OPTION_RESULT,
     "how many patterns are mixed"},
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_AT_LEAST(0.0), HEBB_OPTION_RESULT, "temperatures"},
    {"critical", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "with --order: below which temperature a mixture is stable"},
    {"crossings", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "with --order: where free energies of neighbours in the list cross"},
    {"asymmetric", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "with --patterns and --temperature: all solutions, of equal and different overlaps"},
    {"patterns", 0, HEBB_OPTION_INTEGER, "P", NULL, HEBB_FROM_TO(1.0, HEBB_MAX_MIXED), HEBB_OPTION_RESULT,
     "with --asymmetric: how many patterns are stored"},
};

static const hebb_column columns[] = {
    {"order", "1", "number n of patterns mixed"},
    {"temperature", "J", "temperature T"},
    {"m", "1", "overlap with each of them"},
    {"f", "J", "free energy per neuron"},
    {"eig_longitudinal", "1", "eigenvalue of the Hessian of f along the mixture"},
    {"eig_unmixed", "1", "along a pattern that is not mixed"},
    {"eig_transverse", "1", "orthogonal to the mixture among the patterns mixed; empty for n = 1"},
    {"stable", "1", "1: all of them are positive; 0: not"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column critical_columns[] = {
    {"order", "1", "number n of patterns mixed"},
    {"critical_temperature", "J", "T_n, below which the mixture is stable"},
    {"m", "1", "overlap with each of them there"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column crossing_columns[] = {
    {"order", "1", "number n of patterns mixed"},
    {"other_order", "1", "number of patterns mixed in the other mixture"},
    {"temperature", "J", "where their free energies are equal"},
    {"f", "J", "free energy per neuron there"},
    HEBB_STATUS_COLUMN,
};

static hebb_status fill_states(const hebb_list *order, const hebb_list *temperature, hebb_table *table)
{
    hebb_status status = hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)order->length * (double)temperature->length);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < order->length; a++)
        for (size_t b = 0; b < temperature->length; b++) {
            hebb_mixture at = {0, NAN, NAN, NAN, NAN, NAN, NAN, false};
            const hebb_status solved = hebb_mixture_solve((int)order->values[a], temperature->values[b], &at);
            hebb_table_number(table, order->values[a]);
            hebb_table_number(table, temperature->values[b]);
            hebb_table_number(table, at.m);
            hebb_table_number(table, at.f);
            hebb_table_number(table, at.eig_longitudinal);
            hebb_table_number(table, at.eig_unmixed);
            hebb_table_number(table, at.eig_transverse);
            hebb_table_number(table, solved == HEBB_OK ? at.stable : NAN);
            hebb_theory_table_status(table, solved);
        }
    return HEBB_OK;
}

static hebb_status fill_critical(const hebb_list *order, hebb_table *table)
{
    hebb_status status = hebb_table_init(table, sizeof critical_columns / sizeof *critical_columns, critical_columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)order->length);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < order->length; a++) {
        hebb_mixture at = {.temperature = NAN, .m = NAN};
        const hebb_status solved = hebb_mixture_critical((int)order->values[a], &at);
        hebb_table_number(table, order->values[a]);
        hebb_table_number(table, at.temperature);
        hebb_table_number(table, at.m);
        hebb_theory_table_status(table, solved);
    }
    return HEBB_OK;
}

static void add_crossing(hebb_table *table, int n, int other, double temperature, double f, hebb_status solved)
{
    hebb_table_number(table, n);
    hebb_table_number(table, other);
    hebb_table_number(table, solved == HEBB_OK ? temperature : NAN);
    hebb_table_number(table, solved == HEBB_OK ? f : NAN);
    hebb_theory_table_status(table, solved);
}

/* Whether there is anything to compare: two orders two apart, or an odd and an even one. */
static bool has_pair(const bool listed[HEBB_MAX_ORDER + 3])
{
    bool odd = false, even = false, neighbours = false;
    for (int n = 1; n <= HEBB_MAX_ORDER; n++) {
        neighbours = neighbours || (listed[n] && listed[n + 2]);
        *(n % 2 == 0 ? &even : &odd) |= listed[n];
    }
    return neighbours || (odd && even);
}

/* Rows (n, n+2) where the list has both; then the odd and the even order that cross first on the way up from T = 0. */
static hebb_status fill_crossings(const hebb_list *order, hebb_table *table)
{
    bool listed[HEBB_MAX_ORDER + 3] = {false};
    for (size_t a = 0; a < order->length; a++) listed[(int)order->values[a]] = true;
    if (!has_pair(listed))
        return hebb_fail(HEBB_EUSAGE,
                         "theory mixtures: --crossings compares orders: --order needs two that differ by 2, "
                         "or an odd and an even one");
    const hebb_status status =
        hebb_table_init(table, sizeof crossing_columns / sizeof *crossing_columns, crossing_columns);
    if (status != HEBB_OK) return status;
    int first = 0;
    int first_other = 0;
    double first_temperature = INFINITY;
    double first_f = NAN;
    for (int n = 1; n <= HEBB_MAX_ORDER; n++) {
        double temperature = NAN;
        double f = NAN;
        if (!listed[n]) continue;
        if (listed[n + 2]) {
            const hebb_status solved = hebb_mixture_crossing(n, n + 2, &temperature, &f);
            add_crossing(table, n, n + 2, temperature, f, solved);
        }
        for (int other = n + 1; other <= HEBB_MAX_ORDER; other += 2)
            if (listed[other] && hebb_mixture_crossing(n, other, &temperature, &f) == HEBB_OK &&
                temperature < first_temperature) {
                first = n;
                first_other = other;
                first_temperature = temperature;
                first_f = f;
            }
    }
    if (first > 0) add_crossing(table, first, first_other, first_temperature, first_f, HEBB_OK);
    return HEBB_OK;
}

static const hebb_column solution_columns[] = {
    {"solution", "1", "number at this temperature, by rising f"},
    {"temperature", "J", "temperature T"},
};

static const hebb_column overlap_columns[HEBB_MAX_MIXED] = {
    {"m1", "1", "largest overlap"},         {"m2", "1", "second largest overlap"}, {"m3", "1", "third largest overlap"},
    {"m4", "1", "fourth largest overlap"},  {"m5", "1", "fifth largest overlap"},  {"m6", "1", "sixth largest overlap"},
    {"m7", "1", "seventh largest overlap"},
};

static const hebb_column property_columns[] = {
    {"multiplicity", "1", "solutions that signs and permutations make of it"},
    {"f", "J", "free energy per neuron"},
    {"eig_min", "1", "smallest eigenvalue of the Hessian of f"},
    {"stable", "1", "1: it is positive; 0: not"},
    HEBB_STATUS_COLUMN,
};

static hebb_status start_solutions(int n_patterns, hebb_table *table)
{
    hebb_status status = hebb_table_init(table, sizeof solution_columns / sizeof *solution_columns, solution_columns);
    for (int i = 0; i < n_patterns && status == HEBB_OK; i++) status = hebb_table_add_column(table, overlap_columns[i]);
    for (size_t i = 0; i < sizeof property_columns / sizeof *property_columns && status == HEBB_OK; i++)
        status = hebb_table_add_column(table, property_columns[i]);
    return status;
}

static hebb_status fill_solutions(int n_patterns, const hebb_list *temperature, hebb_table *table)
{
    hebb_status status = start_solutions(n_patterns, table);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)temperature->length); /* one each at least */
    for (size_t a = 0; a < temperature->length && status == HEBB_OK; a++) {
        hebb_asymmetric_set set;
        status = hebb_asymmetric_mixtures(n_patterns, temperature->values[a], &set);
        for (size_t k = 0; k < set.n; k++) {
            const hebb_asymmetric_mixture *at = &set.list[k];
            hebb_table_number(table, (double)(k + 1));
            hebb_table_number(table, temperature->values[a]);
            for (int i = 0; i < n_patterns; i++) hebb_table_number(table, at->m[i]);
            hebb_table_number(table, at->multiplicity);
            hebb_table_number(table, at->f);
            hebb_table_number(table, at->eig_min);
            hebb_table_number(table, at->stable);
            hebb_table_text(table, set.is_complete ? "ok" : "a solution may be missing");
        }
        hebb_asymmetric_set_free(&set);
    }
    return status;
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    const bool has_order = hebb_options_is_set(options, "order"), has_p = hebb_options_is_set(options, "patterns");
    const bool has_temperature = hebb_options_is_set(options, "temperature");
    const bool critical = hebb_options_flag(options, "critical"), crossings = hebb_options_flag(options, "crossings");
    const bool asymmetric = hebb_options_flag(options, "asymmetric");
    const hebb_list *order = hebb_options_list(options, "order");
    const hebb_list *temperature = hebb_options_list(options, "temperature");
    if (asymmetric && has_p && has_temperature && !has_order && !critical && !crossings)
        return fill_solutions((int)hebb_options_integer(options, "patterns"), temperature, table);
    if (has_order && !asymmetric && !has_p) {
        if (has_temperature && !critical && !crossings) return fill_states(order, temperature, table);
        if (!has_temperature && critical && !crossings) return fill_critical(order, table);
        if (!has_temperature && !critical && crossings) return fill_crossings(order, table);
    }
    return hebb_fail(HEBB_EUSAGE, "theory mixtures: give --order LIST and one of --temperature LIST, --critical and "
                                  "--crossings, or --asymmetric --patterns P --temperature LIST");
}

const hebb_theory_table hebb_mixtures_table = {"mixtures", "several patterns at once, finitely many stored",
                                               sizeof options_of_mixtures / sizeof *options_of_mixtures,
                                               options_of_mixtures, fill};
