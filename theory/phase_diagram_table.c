/* `hebb theory phase-diagram`: the lines in the plane of load and temperature */
#include <math.h>

#include "phase_diagram.h"
#include "theory_table.h"

static const hebb_option options_of_phase_diagram[] = {
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(1e-300, 1e300), HEBB_OPTION_RESULT, "loads p/N"},
};

static const hebb_column columns[] = {
    {"alpha", "1", "load p/N"},
    {"t_glass", "J", "T_g: the spin glass exists below"},
    {"t_retrieval", "J", "T_M: retrieval exists below"},
    {"t_retrieval_lower", "J", "and above, where the line is re-entrant"},
    {"t_thermodynamic", "J", "T_c: retrieval is the global minimum of the free energy below"},
    {"t_thermodynamic_lower", "J", "and above, where the line is re-entrant"},
    {"t_at", "J", "T_R: replica symmetry of retrieval is broken below"},
    HEBB_STATUS_COLUMN,
};

/* Why cells are empty; those of the lower ends are where a line does not bend back. */
static const char *remark(const hebb_phase_lines *lines)
{
    if (lines->at == 0.0) return "t_at is too small for a number";
    if (isnan(lines->retrieval)) return "no retrieval";
    if (isnan(lines->at)) return "retrieval is metastable and its replica symmetry broken at any temperature";
    if (isnan(lines->thermodynamic)) return "retrieval is metastable at any temperature";
    return "ok";
}

static void add_row(hebb_table *table, double alpha, const hebb_phase_lines *lines, hebb_status solved)
{
    const double cells[] = {lines->glass,         lines->retrieval,           lines->retrieval_lower,
                            lines->thermodynamic, lines->thermodynamic_lower, lines->at == 0.0 ? NAN : lines->at};
    hebb_table_number(table, alpha);
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
        hebb_table_number(table, solved == HEBB_OK ? cells[k] : NAN);
    if (solved == HEBB_OK)
        hebb_table_text(table, remark(lines));
    else
        hebb_theory_table_status(table, solved);
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    hebb_phase_tops tops;
    hebb_status status = hebb_options_require(options, "alpha");
    if (status == HEBB_OK) status = hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    const hebb_list *alpha = hebb_options_list(options, "alpha");
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)alpha->length);
    if (status != HEBB_OK) return status;
    const hebb_status found = hebb_phase_tops_find(&tops);
    for (size_t k = 0; k < alpha->length; k++) {
        hebb_phase_lines lines = {NAN, NAN, NAN, NAN, NAN, NAN};
        const hebb_status solved = found == HEBB_OK ? hebb_phase_lines_at(alpha->values[k], &tops, &lines) : found;
        add_row(table, alpha->values[k], &lines, solved);
    }
    return HEBB_OK;
}

const hebb_theory_table hebb_phase_diagram_table = {
    "phase-diagram", "where retrieval and spin glass exist, and are stable",
    sizeof options_of_phase_diagram / sizeof *options_of_phase_diagram, options_of_phase_diagram, fill};
