/* `hebb theory landscape`: the free energy along a line through the space of overlaps */
#include <math.h>
#include <string.h>

#include "landscape.h"
#include "mixture.h"
#include "theory_table.h"

static const hebb_option options_of_landscape[] = {
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_AT_LEAST(0.0), HEBB_OPTION_RESULT, "temperatures"},
    {"position", 0, HEBB_OPTION_REAL_LIST, "LIST", "-1.2:1.2:0.05", HEBB_ANY, HEBB_OPTION_RESULT,
     "where on the path: the overlap with the pattern; between two, 0 at one and 1 at the other"},
    {"path", 0, HEBB_OPTION_CHOICE, "pattern|between", "pattern", HEBB_ANY, HEBB_OPTION_RESULT,
     "along one pattern, or straight between the states of two patterns (which need T < 1)"},
};

static const hebb_column columns[] = {
    {"path", "", "pattern: along one; between: from the state of one to that of another"},
    {"temperature", "J", "temperature T"},
    {"position", "1", "place on the path"},
    {"m1", "1", "overlap with the first pattern there"},
    {"m2", "1", "overlap with the second one"},
    {"f", "J", "free energy per neuron"},
    HEBB_STATUS_COLUMN,
};

static void add_row(hebb_table *table, const char *path, double temperature, double position)
{
    const bool between = strcmp(path, "between") == 0;
    double m[] = {NAN, NAN};
    double f = NAN;
    hebb_mixture state;
    hebb_status solved = HEBB_OK;
    if (between) solved = hebb_mixture_solve(1, temperature, &state);
    if (solved == HEBB_OK) {
        m[0] = between ? (1.0 - position) * state.m : position;
        m[1] = between ? position * state.m : 0.0;
        solved = hebb_landscape(2, m, temperature, &f);
    }
    hebb_table_text(table, path);
    hebb_table_number(table, temperature);
    hebb_table_number(table, position);
    hebb_table_number(table, m[0]);
    hebb_table_number(table, m[1]);
    hebb_table_number(table, f);
    hebb_theory_table_status(table, solved);
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    hebb_status status = hebb_options_require(options, "temperature");
    if (status == HEBB_OK) status = hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    const hebb_list *temperature = hebb_options_list(options, "temperature");
    const hebb_list *position = hebb_options_list(options, "position");
    if (status == HEBB_OK)
        status = hebb_theory_table_room(table, (double)temperature->length * (double)position->length);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < temperature->length; a++)
        for (size_t b = 0; b < position->length; b++)
            add_row(table, hebb_options_text(options, "path"), temperature->values[a], position->values[b]);
    return HEBB_OK;
}

const hebb_theory_table hebb_landscape_table = {"landscape", "free energy along a line through the overlaps",
                                                sizeof options_of_landscape / sizeof *options_of_landscape,
                                                options_of_landscape, fill};
