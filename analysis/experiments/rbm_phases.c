#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "grid.h"
#include "rbm_phases_machine.h"
#include "rbm_phases_study.h"
#include "thermal_walk.h"

#define MOST_UNITS 100000.0

static const hebb_option options[] = {
    {"units", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "64,128,256", HEBB_FROM_TO(2.0, MOST_UNITS), HEBB_OPTION_RESULT,
     "sizes L = sqrt(N_v N_h); N_v with one Gaussian hidden unit"},
    {"kappa", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(1e-6, 1e6), HEBB_OPTION_RESULT,
     "ratios N_h/N_v of hidden to visible units; 1 where it is not given"},
    {"sigma", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(0.0, 1e3), HEBB_OPTION_RESULT,
     "widths of the noise in the weights: a weight has variance sigma^2/L; above 1 with replica exchange; 0.5 where it "
     "is not given"},
    {"weight", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.5,2", HEBB_FROM_TO(0.0, 1e3), HEBB_OPTION_RESULT,
     "weights w of the mode"},
    {"mode-law", 0, HEBB_OPTION_CHOICE, "gaussian|binary|laplace", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "law of the mode's components; gaussian where it is not given"},
    {"hidden-units", 0, HEBB_OPTION_CHOICE, "sign|gaussian", "sign", HEBB_ANY, HEBB_OPTION_RESULT,
     "sign: a layer of N_h units; gaussian: one unit of variance 1/N_v, with a binary mode and no noise"},
    {"chains", 0, HEBB_OPTION_INTEGER, "N", "16", HEBB_FROM_TO(2.0, 1e4), HEBB_OPTION_RESULT, "chains of a machine"},
    {"settle", 0, HEBB_OPTION_INTEGER, "N", "100", HEBB_FROM_TO(0.0, 1e8), HEBB_OPTION_RESULT,
     "sweeps that are left out"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "200", HEBB_FROM_TO(1.0, 1e8), HEBB_OPTION_RESULT,
     "sweeps that are measured"},
    {"levels", 0, HEBB_OPTION_INTEGER, "N", "16", HEBB_FROM_TO(2.0, RBM_PHASES_MAX_LEVELS), HEBB_OPTION_RESULT,
     "rungs of the ladder of replica exchange, for sigma > 1"},
};

static const hebb_column grid_columns[RBM_PHASES_N_GRID] = {
    {"kappa", "1", "ratio of hidden to visible units that was asked for; 0: one Gaussian hidden unit"},
    {"sigma", "1", "width of the noise"},
    {"weight", "1", "weight w of the mode"},
    {"n_units", "1", "size L = sqrt(N_v N_h) that was asked for"},
    {"n_visible", "1", "number of visible units N_v: L/sqrt(kappa), rounded"},
    {"n_hidden", "1", "number of hidden units N_h: L sqrt(kappa), rounded"},
};

static const hebb_column value_columns[RBM_PHASES_N_VALUES] = {
    {"m", "1",
     "overlap of the hidden layer with the mode, (N_h/N_v)^(1/4) sum_j v_j t_j/N_h; sigma > 1: its size; Gaussian: v "
     "t"},
    {"m_bar", "1",
     "overlap of the visible layer, (N_h/N_v)^(-1/4) sum_i u_i s_i/N_v; sigma > 1: its size; Gaussian: no power"},
    {"q", "1", "overlap of two chains in the hidden layer; sigma > 1: its size"},
    {"q_bar", "1", "overlap of two chains in the visible layer; sigma > 1: its size"},
    {"energy", "1", "E/sqrt(N_v N_h)"},
    {"visible_size", "1", "|sum_i u_i s_i|/N_v"},
    {"visible_square", "1", "(sum_i u_i s_i)^2/N_v^2"},
    {"swaps", "1", "share of swaps between rungs that were accepted; empty: no replica exchange"},
};

/* ---- plan ---- */

static size_t visible_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, RBM_PHASES_VISIBLE);
}

static size_t hidden_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, RBM_PHASES_HIDDEN);
}

size_t hebb_rbm_phases_levels(const hebb_study *study, size_t point)
{
    const hebb_rbm_phases_study *own = study->own;
    return hebb_study_grid(study, point, RBM_PHASES_SIGMA) > 1.0 ? own->n_levels : 1;
}

hebb_rbm_system hebb_rbm_phases_system(const hebb_study *study, size_t point)
{
    return (hebb_rbm_system){.kappa = (double)hidden_at(study, point) / (double)visible_at(study, point),
                             .sigma = hebb_study_grid(study, point, RBM_PHASES_SIGMA),
                             .weight = hebb_study_grid(study, point, RBM_PHASES_WEIGHT),
                             .law = ((const hebb_rbm_phases_study *)study->own)->law};
}

static double bytes(const hebb_study *study, size_t point)
{
    const hebb_rbm_phases_study *own = study->own;
    return hebb_planted_machine_bytes(visible_at(study, point), hidden_at(study, point), own->n_chains,
                                      hebb_rbm_phases_levels(study, point));
}

double hebb_rbm_phases_size(const hebb_study *study, size_t point)
{
    const double visible = (double)visible_at(study, point), hidden = (double)hidden_at(study, point);
    return ((const hebb_rbm_phases_study *)study->own)->is_gaussian ? visible : sqrt(visible * hidden);
}

static hebb_status complete(void *context, double *row)
{
    const hebb_rbm_phases_study *own = context;
    if (own->is_gaussian) {
        row[RBM_PHASES_VISIBLE] = row[RBM_PHASES_UNITS];
        row[RBM_PHASES_HIDDEN] = 1.0;
        return HEBB_OK;
    }
    const double root = sqrt(row[RBM_PHASES_KAPPA]), n_units = row[RBM_PHASES_UNITS];
    row[RBM_PHASES_VISIBLE] = round(n_units / root);
    row[RBM_PHASES_HIDDEN] = round(n_units * root);
    if (row[RBM_PHASES_VISIBLE] >= 1.0 && row[RBM_PHASES_HIDDEN] >= 1.0 && row[RBM_PHASES_VISIBLE] <= MOST_UNITS &&
        row[RBM_PHASES_HIDDEN] <= MOST_UNITS)
        return HEBB_OK;
    return hebb_fail(HEBB_EDOM, "--kappa %g and --units %g make layers of %g and %g units: from 1 to %g are possible",
                     row[RBM_PHASES_KAPPA], n_units, row[RBM_PHASES_VISIBLE], row[RBM_PHASES_HIDDEN], MOST_UNITS);
}

static hebb_status set_where_not_given(hebb_options *given, const char *name, const char *text)
{
    return hebb_options_is_set(given, name) ? HEBB_OK : hebb_options_set(given, name, name, text);
}

/* What options mean that hang on --hidden-units. */
static hebb_status complete_options(hebb_options *given, bool is_gaussian)
{
    const hebb_list *sigma = hebb_options_list(given, "sigma");
    const char *law = hebb_options_text(given, "mode-law");
    if (is_gaussian && hebb_options_is_set(given, "kappa"))
        return hebb_fail(HEBB_EUSAGE, "--kappa: one Gaussian hidden unit has no ratio of layers; leave it out");
    for (size_t k = 0; is_gaussian && k < sigma->length; k++)
        if (sigma->values[k] != 0.0)
            return hebb_fail(HEBB_EUSAGE,
                             "--sigma: one Gaussian hidden unit has no noise in its weights; leave it out");
    if (is_gaussian && law != NULL && strcmp(law, "binary") != 0)
        return hebb_fail(HEBB_EUSAGE, "--mode-law %s: one Gaussian hidden unit has a binary mode; leave it out", law);
    hebb_status status = is_gaussian ? HEBB_OK : set_where_not_given(given, "kappa", "1");
    if (status == HEBB_OK) status = set_where_not_given(given, "sigma", is_gaussian ? "0" : "0.5");
    return status == HEBB_OK ? set_where_not_given(given, "mode-law", is_gaussian ? "binary" : "gaussian") : status;
}

static hebb_rbm_mode_law law_of(const hebb_study *study)
{
    const char *law = hebb_options_text(study->options, "mode-law");
    if (strcmp(law, "binary") == 0) return HEBB_RBM_BINARY_MODE;
    return strcmp(law, "laplace") == 0 ? HEBB_RBM_LAPLACE_MODE : HEBB_RBM_GAUSSIAN_MODE;
}

static hebb_status check_memory(const hebb_study *study)
{
    size_t largest = 0;
    for (size_t k = 1; k < study->n_points; k++)
        if (bytes(study, k) > bytes(study, largest)) largest = k;
    char what[100];
    snprintf(what, sizeof what, "a machine of %zu visible and %zu hidden units", visible_at(study, largest),
             hidden_at(study, largest));
    return hebb_study_check_memory(study, what, bytes(study, largest));
}

static hebb_status plan(hebb_study *study)
{
    const hebb_options *set = study->options;
    hebb_rbm_phases_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    own->is_gaussian = strcmp(hebb_options_text(set, "hidden-units"), "gaussian") == 0;
    hebb_status status = complete_options(study->options, own->is_gaussian);
    if (status != HEBB_OK) return status;
    own->law = law_of(study);
    own->n_chains = (size_t)hebb_options_integer(set, "chains");
    own->n_levels = (size_t)hebb_options_integer(set, "levels");
    own->n_settle = hebb_options_integer(set, "settle");
    own->n_sweeps = hebb_options_integer(set, "sweeps");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    study->n_grid = RBM_PHASES_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = RBM_PHASES_N_VALUES;
    study->value_columns = value_columns;
    const hebb_list *axes[RBM_PHASES_N_GRID] = {own->is_gaussian ? NULL : hebb_options_list(set, "kappa"),
                                                hebb_options_list(set, "sigma"),
                                                hebb_options_list(set, "weight"),
                                                hebb_options_list(set, "units"),
                                                NULL,
                                                NULL};
    status = hebb_grid_plan(study, axes, complete, own);
    return status == HEBB_OK ? check_memory(study) : status;
}

/* Weights added; a unit's own random numbers count as some 16 of them. */
static double cost(const hebb_study *study, size_t point)
{
    const double v = (double)visible_at(study, point), h = (double)hidden_at(study, point);
    return (v * h + 16.0 * (v + h)) * (double)hebb_rbm_phases_levels(study, point);
}

/* ---- one unit ---- */

static void workspace_free(void *room)
{
    if (room == NULL) return;
    hebb_planted_machine_free(room);
    free(room);
}

static hebb_planted_draws draws_at(const hebb_rbm_phases_study *own, const hebb_rbm_system *system, size_t n_visible,
                                   size_t n_hidden, uint32_t replica)
{
    const uint64_t realisation =
        hebb_thermal_realisation(n_visible, n_hidden + ((size_t)system->law << 32), system->sigma, system->weight);
    return (hebb_planted_draws){.weights =
                                    hebb_philox_derive(own->pattern_seed, HEBB_DRAW_WEIGHTS, realisation, replica),
                                .mode = hebb_philox_derive(own->pattern_seed, HEBB_DRAW_REAL, realisation, replica),
                                .start = hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_STATE, realisation, replica),
                                .noise = hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_GIBBS, realisation, replica),
                                .swap = hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_SWAP, realisation, replica)};
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_rbm_phases_study *own = study->own;
    hebb_planted_machine *machine = room;
    const size_t n_visible = visible_at(study, unit->point), n_hidden = hidden_at(study, unit->point);
    const hebb_rbm_system system = hebb_rbm_phases_system(study, unit->point);
    const hebb_planted_draws draws = draws_at(own, &system, n_visible, n_hidden, (uint32_t)unit->replica);
    const hebb_status status = hebb_planted_machine_fit(machine, own->is_gaussian, n_visible, n_hidden, own->n_chains,
                                                        hebb_rbm_phases_levels(study, unit->point));
    if (status != HEBB_OK) return status;
    hebb_planted_machine_draw(machine, &system, &draws);
    return hebb_planted_machine_sample(machine, &system, &draws, own->n_settle, own->n_sweeps, unit->checkpoint,
                                       values);
}

const hebb_experiment hebb_rbm_phases_experiment = {
    .name = "rbm-phases",
    .summary = "order parameters of restricted Boltzmann machines with a planted mode",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = sizeof(hebb_planted_machine),
    .workspace_free = workspace_free,
    .run = run,
    .report = hebb_rbm_phases_report};
