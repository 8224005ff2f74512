/* `hebb theory exponential`: loads for N to infinity, random energies, one step at finite size */
#include <math.h>
#include <string.h>

#include "exponential_capacity.h"
#include "exponential_step.h"
#include "theory_table.h"

static const hebb_option options_of_exponential[] = {
    {"rho", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(0.0, 0.5), HEBB_OPTION_RESULT,
     "shares of wrong bits at the start"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(2.0, HEBB_EXPONENTIAL_MAX_NEURONS),
     HEBB_OPTION_RESULT, "with --rho: sizes N, for one step at finite size"},
    {"patterns", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_AT_LEAST(1.0), HEBB_OPTION_RESULT,
     "with --neurons: numbers of patterns K, which may be as large as 1e300"},
    {"lambda", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "inverse temperatures of the random-energy threshold"},
    {"ensemble", 0, HEBB_OPTION_CHOICE, "binary|gaussian|spherical", "binary", HEBB_ANY, HEBB_OPTION_RESULT,
     "with --lambda: the law of the patterns"},
};

static const hebb_column load_columns[] = {
    {"rho", "1", "share of wrong bits at the start"},
    {"alpha_max", "1", "load ln K / N up to which all patterns come back in one step"},
    {"alpha_typical", "1", "load up to which a typical pattern comes back in one step"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column energy_columns[] = {
    {"lambda", "1", "inverse temperature"},
    {"ensemble", "", "law of the patterns"},
    {"alpha_1", "1", "load up to which a pattern's own term exceeds the sum of all others"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column step_columns[] = {
    {"n_neurons", "1", "number of neurons N"},
    {"n_patterns", "1", "number of patterns K"},
    {"rho", "1", "share of wrong bits at the start asked for"},
    {"n_errors", "1", "wrong bits, round(rho N)"},
    {"right", "1", "expected share of neurons that are right after one synchronous step"},
    {"retrieved", "1", "probability that all are"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column half_columns[] = {
    {"n_neurons", "1", "number of neurons N"},
    {"rho", "1", "share of wrong bits at the start asked for"},
    {"n_errors", "1", "wrong bits, round(rho N)"},
    {"alpha_half", "1", "load ln K / N at which half of the patterns come back in one step"},
    HEBB_STATUS_COLUMN,
};

static hebb_status start(hebb_table *table, size_t n_columns, const hebb_column *columns, double n_rows)
{
    const hebb_status status = hebb_table_init(table, n_columns, columns);
    return status == HEBB_OK ? hebb_theory_table_room(table, n_rows) : status;
}

static hebb_status fill_loads(const hebb_list *rho, hebb_table *table)
{
    const hebb_status status = start(table, 4, load_columns, (double)rho->length);
    if (status != HEBB_OK) return status;
    for (size_t k = 0; k < rho->length; k++) {
        double all = NAN, typical = NAN;
        /* at 1/2 nothing is left of the pattern */
        const hebb_status solved =
            rho->values[k] < 0.5 ? hebb_exponential_capacity(rho->values[k], &all, &typical) : HEBB_ENOSOLUTION;
        hebb_table_number(table, rho->values[k]);
        hebb_table_number(table, all);
        hebb_table_number(table, typical);
        hebb_theory_table_status(table, solved);
    }
    return HEBB_OK;
}

static hebb_status fill_energies(const hebb_list *lambda, const char *ensemble, hebb_table *table)
{
    const hebb_pattern_law law = strcmp(ensemble, "binary") == 0     ? HEBB_PATTERNS_BINARY
                                 : strcmp(ensemble, "gaussian") == 0 ? HEBB_PATTERNS_GAUSSIAN
                                                                     : HEBB_PATTERNS_SPHERICAL;
    const hebb_status status = start(table, 4, energy_columns, (double)lambda->length);
    if (status != HEBB_OK) return status;
    for (size_t k = 0; k < lambda->length; k++) {
        double alpha = NAN;
        const hebb_status solved = hebb_exponential_random_energy(lambda->values[k], law, &alpha);
        hebb_table_number(table, lambda->values[k]);
        hebb_table_text(table, ensemble);
        hebb_table_number(table, alpha);
        hebb_theory_table_status(table, solved);
    }
    return HEBB_OK;
}

static void add_step(double n, double n_patterns, double rho, hebb_table *table)
{
    const double d = round(rho * n);
    double right = NAN, retrieved = NAN;
    hebb_status solved =
        2.0 * d < n ? hebb_exponential_step_share((long)n, n_patterns, (long)d, &right) : HEBB_ENOSOLUTION;
    if (solved == HEBB_OK) solved = hebb_exponential_step_retrieved((long)n, n_patterns, (long)d, &retrieved);
    const double cells[] = {n, n_patterns, rho, d, right, retrieved};
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
    hebb_theory_table_status(table, solved);
}

static hebb_status fill_steps(const hebb_list *neurons, const hebb_list *patterns, const hebb_list *rho,
                              hebb_table *table)
{
    const hebb_status status =
        start(table, 7, step_columns, (double)neurons->length * (double)patterns->length * (double)rho->length);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < neurons->length; a++)
        for (size_t b = 0; b < patterns->length; b++)
            for (size_t c = 0; c < rho->length; c++)
                add_step(neurons->values[a], patterns->values[b], rho->values[c], table);
    return HEBB_OK;
}

static hebb_status fill_halves(const hebb_list *neurons, const hebb_list *rho, hebb_table *table)
{
    const hebb_status status = start(table, 5, half_columns, (double)neurons->length * (double)rho->length);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < neurons->length; a++)
        for (size_t c = 0; c < rho->length; c++) {
            const double n = neurons->values[a], d = round(rho->values[c] * n);
            double alpha = NAN;
            const hebb_status solved =
                2.0 * d < n ? hebb_exponential_step_half((long)n, (long)d, &alpha) : HEBB_ENOSOLUTION;
            hebb_table_number(table, n);
            hebb_table_number(table, rho->values[c]);
            hebb_table_number(table, d);
            hebb_table_number(table, alpha);
            hebb_theory_table_status(table, solved);
        }
    return HEBB_OK;
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    const bool has_rho = hebb_options_is_set(options, "rho"), has_neurons = hebb_options_is_set(options, "neurons");
    const bool has_patterns = hebb_options_is_set(options, "patterns"),
               has_lambda = hebb_options_is_set(options, "lambda");
    const hebb_list *rho = hebb_options_list(options, "rho"), *neurons = hebb_options_list(options, "neurons");
    if (hebb_options_is_given(options, "ensemble") && !has_lambda)
        return hebb_fail(HEBB_EUSAGE, "--ensemble goes with --lambda: the other forms are for patterns of signs");
    if (has_lambda && !has_rho && !has_neurons && !has_patterns)
        return fill_energies(hebb_options_list(options, "lambda"), hebb_options_text(options, "ensemble"), table);
    if (has_rho && !has_lambda && !has_neurons && !has_patterns) return fill_loads(rho, table);
    if (has_rho && has_neurons && has_patterns && !has_lambda)
        return fill_steps(neurons, hebb_options_list(options, "patterns"), rho, table);
    if (has_rho && has_neurons && !has_patterns && !has_lambda) return fill_halves(neurons, rho, table);
    return hebb_fail(HEBB_EUSAGE, "theory exponential: give --rho LIST [--neurons LIST [--patterns LIST]], or "
                                  "--lambda LIST [--ensemble binary|gaussian|spherical]");
}

const hebb_theory_table hebb_exponential_table = {"exponential", "the memory with e^(alpha N) patterns",
                                                  sizeof options_of_exponential / sizeof *options_of_exponential,
                                                  options_of_exponential, fill};
