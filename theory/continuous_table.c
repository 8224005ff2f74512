/* `hebb theory continuous`: the softmax memory of orthogonal patterns, its thresholds and its fixed points */
#include <math.h>

#include "potts.h"
#include "theory_table.h"

static const hebb_option options_of_continuous[] = {
    {"patterns", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(2.0, HEBB_POTTS_MAX_PATTERNS),
     HEBB_OPTION_RESULT, "numbers of patterns q"},
    {"k", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "inverse temperatures beta M^2: all fixed points there, in place of the thresholds"},
    {"condensed", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(1.0, HEBB_POTTS_MAX_PATTERNS),
     HEBB_OPTION_RESULT, "with --k: how many patterns share the large weight (default 1)"},
};

static const hebb_column threshold_columns[] = {
    {"n_patterns", "1", "number of orthogonal patterns q, of one norm M"},
    {"k_spinodal", "1", "beta M^2 from which on a single pattern is a fixed point"},
    {"k_average_unstable", "1", "beta M^2 up to which the average of all patterns is stable"},
    {"k_crossing", "1", "beta M^2 where the energies of the two are equal"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column state_columns[] = {
    {"n_patterns", "1", "number of orthogonal patterns q, of one norm M"},
    {"k", "1", "inverse temperature beta M^2"},
    {"condensed", "1", "number g of patterns with the large weight; q: the average"},
    {"branch", "", "average, condensed (beyond the spinodal), saddle (before it)"},
    {"weight_large", "1", "softmax weight of each of the g"},
    {"weight_small", "1", "softmax weight of each of the others"},
    {"energy", "1", "beta E"},
    {"eig_condensed", "1", "eigenvalue of the update's Jacobian among the g; empty for g = 1"},
    {"eig_rest", "1", "among the others; empty where there are fewer than two"},
    {"eig_collective", "1", "between the two groups"},
    {"stable", "1", "1: all of them are below 1; 0: not"},
    HEBB_STATUS_COLUMN,
};

static hebb_status fill_thresholds(const hebb_list *patterns, hebb_table *table)
{
    hebb_status status =
        hebb_table_init(table, sizeof threshold_columns / sizeof *threshold_columns, threshold_columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)patterns->length);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < patterns->length; a++) {
        hebb_potts_thresholds at = {NAN, NAN, NAN, NAN};
        const hebb_status solved = hebb_potts_thresholds_find(patterns->values[a], &at);
        hebb_table_number(table, patterns->values[a]);
        hebb_table_number(table, at.k_spinodal);
        hebb_table_number(table, at.k_average_unstable);
        hebb_table_number(table, at.k_crossing);
        hebb_theory_table_status(table, solved);
    }
    return HEBB_OK;
}

static void add_state(hebb_table *table, double q, double g, double k, hebb_potts_branch branch)
{
    hebb_potts_state x = {
        .large = NAN, .small = NAN, .energy = NAN, .eig_condensed = NAN, .eig_rest = NAN, .eig_collective = NAN};
    const hebb_status solved = hebb_potts_solve(q, g, k, branch, &x);
    const double cells[] = {x.large, x.small, x.energy, x.eig_condensed, x.eig_rest, x.eig_collective};
    hebb_table_number(table, q);
    hebb_table_number(table, k);
    hebb_table_number(table, branch == HEBB_POTTS_AVERAGE ? q : g);
    hebb_table_text(table, hebb_potts_branch_text(branch));
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) hebb_table_number(table, cells[c]);
    hebb_table_number(table, solved == HEBB_OK ? x.stable : NAN);
    hebb_theory_table_status(table, solved);
}

/* A row a branch, also where there is none of it, so that each can be drawn as a line with its gaps. */
static hebb_status fill_states(const hebb_list *patterns, const hebb_list *ks, const hebb_list *condensed,
                               hebb_table *table)
{
    static const double one[] = {1.0};
    const size_t n_condensed = condensed != NULL ? condensed->length : 1;
    const double *g = condensed != NULL ? condensed->values : one;
    for (size_t a = 0; a < patterns->length; a++)
        for (size_t c = 0; c < n_condensed; c++)
            if (g[c] >= patterns->values[a])
                return hebb_fail(HEBB_EDOM,
                                 "theory continuous: --condensed %.0f of --patterns %.0f: fewer are to share the "
                                 "large weight",
                                 g[c], patterns->values[a]);
    hebb_status status = hebb_table_init(table, sizeof state_columns / sizeof *state_columns, state_columns);
    if (status == HEBB_OK)
        status = hebb_theory_table_room(table, (double)patterns->length * (double)ks->length *
                                                   (1.0 + 2.0 * (double)n_condensed));
    for (size_t a = 0; status == HEBB_OK && a < patterns->length; a++)
        for (size_t b = 0; b < ks->length; b++) {
            add_state(table, patterns->values[a], patterns->values[a], ks->values[b], HEBB_POTTS_AVERAGE);
            for (size_t c = 0; c < n_condensed; c++) {
                add_state(table, patterns->values[a], g[c], ks->values[b], HEBB_POTTS_CONDENSED);
                add_state(table, patterns->values[a], g[c], ks->values[b], HEBB_POTTS_SADDLE);
            }
        }
    return status;
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    const hebb_list *patterns = hebb_options_list(options, "patterns");
    const bool has_k = hebb_options_is_set(options, "k"), has_condensed = hebb_options_is_set(options, "condensed");
    if (!hebb_options_is_set(options, "patterns") || (has_condensed && !has_k))
        return hebb_fail(HEBB_EUSAGE, "theory continuous: give --patterns LIST, or --patterns LIST --k LIST "
                                      "[--condensed LIST]");
    if (!has_k) return fill_thresholds(patterns, table);
    return fill_states(patterns, hebb_options_list(options, "k"),
                       has_condensed ? hebb_options_list(options, "condensed") : NULL, table);
}

const hebb_theory_table hebb_continuous_table = {"continuous", "the softmax memory of orthogonal patterns",
                                                 sizeof options_of_continuous / sizeof *options_of_continuous,
                                                 options_of_continuous, fill};
