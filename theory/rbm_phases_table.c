/* `hebb theory rbm-phases`: order parameters and phase lines of a restricted Boltzmann machine with one mode */
#include <math.h>
#include <string.h>

#include "rbm_phases.h"
#include "theory_table.h"

static const hebb_option options_of_rbm_phases[] = {
    {"kappa", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(1e-12, 1e12), HEBB_OPTION_RESULT,
     "ratios N_h/N_v of hidden to visible units"},
    {"sigma", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(0.0, 1e6), HEBB_OPTION_RESULT,
     "widths of the noise in the weights: a weight has variance sigma^2/sqrt(N_v N_h)"},
    {"weight", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(0.0, 1e6), HEBB_OPTION_RESULT,
     "weights w of the mode: its singular value"},
    {"mode-law", 0, HEBB_OPTION_CHOICE, "gaussian|binary|laplace", "gaussian", HEBB_ANY, HEBB_OPTION_RESULT,
     "law of the mode's components"},
    {"lines", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "the weights at which phases change, for each kappa and sigma"},
};

static const hebb_column columns[] = {
    {"kappa", "1", "N_h/N_v"},
    {"sigma", "1", "width of the noise"},
    {"weight", "1", "weight w of the mode"},
    {"m", "1", "overlap of the hidden layer with the mode, kappa^(1/4) <sum_j v_j t_j>/N_h"},
    {"m_bar", "1", "overlap of the visible layer, kappa^(-1/4) <sum_i u_i s_i>/N_v"},
    {"q", "1", "mean square of the hidden units' averages"},
    {"q_bar", "1", "mean square of the visible units' averages"},
    {"at_margin", "1", "1 - sigma^4 E[sech^4 h] E[sech^4 h_bar]: replica symmetry is stable where it is positive"},
    {"phase", "", "paramagnet, ferromagnet or glass"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column line_columns[] = {
    {"kappa", "1", "N_h/N_v"},
    {"sigma", "1", "width of the noise; the glass is there above 1"},
    {"weight_ferromagnet", "1", "weight of the mode above which it condenses"},
    {"weight_at", "1", "weight above which the ferromagnet's replica symmetry is stable; empty: everywhere"},
    HEBB_STATUS_COLUMN,
};

static hebb_rbm_mode_law law_of(const hebb_options *options)
{
    const char *law = hebb_options_text(options, "mode-law");
    if (strcmp(law, "binary") == 0) return HEBB_RBM_BINARY_MODE;
    return strcmp(law, "laplace") == 0 ? HEBB_RBM_LAPLACE_MODE : HEBB_RBM_GAUSSIAN_MODE;
}

static void add_row(hebb_table *table, const hebb_rbm_system *system)
{
    hebb_rbm_state state;
    hebb_rbm_phase phase = HEBB_RBM_PARAMAGNET;
    const hebb_status solved = hebb_rbm_phases_at(system, &state, &phase);
    if (solved != HEBB_OK) state = (hebb_rbm_state){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    const double cells[] = {system->kappa, system->sigma, system->weight, state.m,
                            state.m_bar,   state.q,       state.q_bar,    state.at_margin};
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
    hebb_table_text(table, solved == HEBB_OK ? hebb_rbm_phases_text(phase) : "");
    hebb_theory_table_status(table, solved);
}

static void add_lines(hebb_table *table, const hebb_rbm_system *system)
{
    hebb_rbm_lines lines = {NAN, NAN};
    const hebb_status solved = hebb_rbm_phases_lines_at(system, &lines);
    const double cells[] = {system->kappa, system->sigma, lines.ferromagnet, lines.at};
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
    hebb_theory_table_status(table, solved);
}

static hebb_status start(const hebb_options *options, bool lines, hebb_table *table)
{
    hebb_status status = hebb_options_require(options, "kappa");
    if (status == HEBB_OK) status = hebb_options_require(options, "sigma");
    if (status == HEBB_OK && !lines) status = hebb_options_require(options, "weight");
    if (status == HEBB_OK && lines && hebb_options_is_set(options, "weight"))
        status = hebb_fail(HEBB_EUSAGE, "--lines finds the weights itself: leave --weight out");
    if (status != HEBB_OK) return status;
    return lines ? hebb_table_init(table, sizeof line_columns / sizeof *line_columns, line_columns)
                 : hebb_table_init(table, sizeof columns / sizeof *columns, columns);
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    const bool lines = hebb_options_flag(options, "lines");
    hebb_status status = start(options, lines, table);
    if (status != HEBB_OK) return status;
    const hebb_list *kappa = hebb_options_list(options, "kappa"), *sigma = hebb_options_list(options, "sigma"),
                    *weight = hebb_options_list(options, "weight");
    const size_t n_weights = lines ? 1 : weight->length;
    status = hebb_theory_table_room(table, (double)kappa->length * (double)sigma->length * (double)n_weights);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < kappa->length; a++)
        for (size_t b = 0; b < sigma->length; b++)
            for (size_t c = 0; c < n_weights; c++) {
                const hebb_rbm_system system = {kappa->values[a], sigma->values[b], lines ? 0.0 : weight->values[c],
                                                law_of(options)};
                if (lines)
                    add_lines(table, &system);
                else
                    add_row(table, &system);
            }
    return HEBB_OK;
}

const hebb_theory_table hebb_rbm_phases_table = {
    "rbm-phases", "order parameters and phases of a restricted Boltzmann machine with one mode",
    sizeof options_of_rbm_phases / sizeof *options_of_rbm_phases, options_of_rbm_phases, fill};
