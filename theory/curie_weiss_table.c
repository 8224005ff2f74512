/* `hebb theory curie-weiss`: the model with one pattern */
#include <math.h>

#include "curie_weiss.h"
#include "theory_table.h"

static const hebb_option options_of_curie_weiss[] = {
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_AT_LEAST(0.0), HEBB_OPTION_RESULT, "temperatures"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(1.0, (double)HEBB_CURIE_WEISS_MAX_NEURONS),
     HEBB_OPTION_RESULT, "sizes N, for the exact sum over the magnetisation; without it, N to infinity"},
};

static const hebb_column columns[] = {
    {"temperature", "J", "temperature T"},
    {"n_neurons", "1", "number of neurons N; empty: infinite"},
    {"m", "1", "overlap with the pattern; at finite N the mean of its absolute value"},
    {"f", "J", "free energy per neuron"},
    HEBB_STATUS_COLUMN,
};

/* n_neurons is NaN for the limit. */
static void add_row(hebb_table *table, double temperature, double n_neurons)
{
    hebb_curie_weiss state = {NAN, NAN};
    const hebb_status solved = isnan(n_neurons) ? hebb_curie_weiss_limit(temperature, &state)
                                                : hebb_curie_weiss_exact(temperature, (long)n_neurons, &state);
    hebb_table_number(table, temperature);
    hebb_table_number(table, n_neurons);
    hebb_table_number(table, state.m);
    hebb_table_number(table, state.f);
    hebb_theory_table_status(table, solved);
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    hebb_status status = hebb_options_require(options, "temperature");
    if (status == HEBB_OK) status = hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    const hebb_list *temperature = hebb_options_list(options, "temperature");
    const hebb_list *neurons = hebb_options_list(options, "neurons");
    if (status == HEBB_OK)
        status = hebb_theory_table_room(table, (double)temperature->length * fmax(1.0, (double)neurons->length));
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < temperature->length; a++) {
        if (neurons->length == 0) add_row(table, temperature->values[a], NAN);
        for (size_t b = 0; b < neurons->length; b++) add_row(table, temperature->values[a], neurons->values[b]);
    }
    return HEBB_OK;
}

const hebb_theory_table hebb_curie_weiss_table = {"curie-weiss", "one pattern: the fully connected ferromagnet",
                                                  sizeof options_of_curie_weiss / sizeof *options_of_curie_weiss,
                                                  options_of_curie_weiss, fill};
