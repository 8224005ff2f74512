/* `hebb theory rbm-modes`: the modes of a restricted Boltzmann machine's weights while it learns */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rbm_mode_states.h"
#include "rbm_modes.h"
#include "theory_table.h"

static const hebb_option options_of_rbm_modes[] = {
    {"law", 0, HEBB_OPTION_CHOICE, "binary|spin|gaussian", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "units of both layers: {0,1}, +-1, or real"},
    {"eigenvalues", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_AT_LEAST(0.0), HEBB_OPTION_RESULT,
     "lambda of the data, a mode each: of the uncentred correlation of +-1 units, of the covariance of others"},
    {"time", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_AT_LEAST(0.0), HEBB_OPTION_RESULT,
     "learning rate times updates"},
    {"w0", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "singular values at time 0: one for all modes, or one each"},
    {"flow", 0, HEBB_OPTION_CHOICE, "linear|exact|mean-field", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "first order in w; exact, for gaussian; all orders, for spin: exact for gaussian where not given, else linear"},
    {"mean", 0, HEBB_OPTION_REAL, "P", NULL, HEBB_FROM_TO(0.001, 0.999), HEBB_OPTION_RESULT,
     "of binary units: 0.5 where not given"},
    {"sigma-v", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_FROM_TO(1e-3, 1e3), HEBB_OPTION_RESULT,
     "width of gaussian visible units: 1 where not given"},
    {"sigma-h", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_FROM_TO(1e-3, 1e3), HEBB_OPTION_RESULT,
     "width of gaussian hidden units: 1 where not given"},
    {"rotation", 0, HEBB_OPTION_REAL, "DEGREES", NULL, HEBB_FROM_TO(-180.0, 180.0), HEBB_OPTION_RESULT,
     "of the weights' directions from the eigenvectors at time 0, in each plane of two neighbours: 0 where not given"},
    {"started", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_AT_LEAST(1.0), HEBB_OPTION_RESULT,
     "modes that the weights have at time 0: all where not given"},
    {"visible", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, HEBB_MODE_STATES_MAX), HEBB_OPTION_RESULT,
     "visible units, of --flow mean-field"},
    {"hidden", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, HEBB_MODE_STATES_MAX), HEBB_OPTION_RESULT,
     "hidden units, of --flow mean-field"},
};

static const hebb_column columns[] = {
    {"time", "1", "learning rate times updates"},
    {"mode", "1", "1, 2, ... in the order of the eigenvalues; with --rotation from the largest w"},
    {"w", "1", "singular value of the weights"},
    HEBB_STATUS_COLUMN,
};

static const double RADIAN = 0.017453292519943295;

static double or_else(const hebb_options *options, const char *name, double otherwise)
{
    return hebb_options_is_set(options, name) ? hebb_options_real(options, name) : otherwise;
}

static hebb_status refuse_other(const hebb_options *options, bool mine, const char *name, const char *goes_with)
{
    if (mine || !hebb_options_is_set(options, name)) return HEBB_OK;
    return hebb_fail(HEBB_EUSAGE, "--%s goes with --%s", name, goes_with);
}

static hebb_status check_together(const hebb_options *options, const hebb_modes_problem *p)
{
    const bool is_mean_field = p->flow == HEBB_MODES_MEAN_FIELD;
    if (p->flow == HEBB_MODES_EXACT && p->law != HEBB_MODES_GAUSSIAN)
        return hebb_fail(HEBB_EUSAGE, "--flow exact goes with --law gaussian; give --flow linear");
    if (is_mean_field && p->law != HEBB_MODES_SPIN)
        return hebb_fail(HEBB_EUSAGE, "--flow mean-field goes with --law spin; give --flow linear");
    hebb_status status = refuse_other(options, p->law == HEBB_MODES_BINARY, "mean", "law binary");
    if (status == HEBB_OK) status = refuse_other(options, p->law == HEBB_MODES_GAUSSIAN, "sigma-v", "law gaussian");
    if (status == HEBB_OK) status = refuse_other(options, p->law == HEBB_MODES_GAUSSIAN, "sigma-h", "law gaussian");
    if (status == HEBB_OK) status = refuse_other(options, is_mean_field, "visible", "flow mean-field");
    if (status == HEBB_OK) status = refuse_other(options, is_mean_field, "hidden", "flow mean-field");
    if (status == HEBB_OK) status = refuse_other(options, !is_mean_field, "rotation", "flow linear or exact");
    if (status == HEBB_OK) status = refuse_other(options, !is_mean_field, "started", "flow linear or exact");
    if (status == HEBB_OK && is_mean_field) status = hebb_options_require(options, "visible");
    if (status == HEBB_OK && is_mean_field) status = hebb_options_require(options, "hidden");
    return status;
}

/* The groups of the mean-field flow's modes. */
static hebb_status check_sizes(const hebb_modes_problem *p)
{
    if (p->flow != HEBB_MODES_MEAN_FIELD) return HEBB_OK;
    if (p->n > HEBB_MODE_STATES_MAX_MODES)
        return hebb_fail(HEBB_EDOM, "--eigenvalues: %zu of them; the mean-field flow has %d modes at most", p->n,
                         HEBB_MODE_STATES_MAX_MODES);
    const size_t g = (size_t)1 << (p->n - 1);
    if (p->n_visible % g != 0 || p->n_hidden % g != 0)
        return hebb_fail(HEBB_EDOM, "--visible %zu and --hidden %zu: %zu modes need multiples of %zu", p->n_visible,
                         p->n_hidden, p->n, g);
    if (pow((double)(p->n_visible / g) + 1.0, (double)g) > HEBB_MODE_STATES_MAX)
        return hebb_fail(HEBB_EDOM, "--visible %zu: more than %d states of %zu modes; give fewer", p->n_visible,
                         HEBB_MODE_STATES_MAX, p->n);
    for (size_t a = 0; a < p->n; a++)
        if (!(p->eigenvalues[a] > 0.0))
            return hebb_fail(HEBB_EDOM, "--eigenvalues: the mean-field flow needs them above 0");
    return HEBB_OK;
}

static hebb_status check_start(const hebb_options *options, const hebb_modes_problem *p)
{
    const hebb_list *w0 = hebb_options_list(options, "w0");
    if (w0->length != 1 && w0->length != p->n_started)
        return hebb_fail(HEBB_EUSAGE, "--w0 has %zu numbers for %zu modes; give one, or one each", w0->length,
                         p->n_started);
    if (p->rotation != 0.0 && p->n > HEBB_MODES_MAX_ROTATED)
        return hebb_fail(HEBB_EDOM, "--rotation: %zu eigenvalues; at most %d rotate", p->n, HEBB_MODES_MAX_ROTATED);
    const double limit = 1.0 / (p->sigma_v * p->sigma_h);
    for (size_t a = 0; a < w0->length; a++)
        if (p->flow == HEBB_MODES_EXACT && !(w0->values[a] < limit))
            return hebb_fail(HEBB_EDOM, "--w0 %g: it is to be below 1/(sigma_v sigma_h) = %g, where the model ends",
                             w0->values[a], limit);
    return HEBB_OK;
}

static hebb_status read_problem(const hebb_options *options, hebb_modes_problem *p)
{
    static const char *const needed[] = {"law", "eigenvalues", "time", "w0"};
    for (size_t k = 0; k < sizeof needed / sizeof *needed; k++) {
        const hebb_status status = hebb_options_require(options, needed[k]);
        if (status != HEBB_OK) return status;
    }
    const char *law = hebb_options_text(options, "law"), *flow = hebb_options_text(options, "flow");
    const hebb_list *eigenvalues = hebb_options_list(options, "eigenvalues");
    *p = (hebb_modes_problem){.n = eigenvalues->length, .eigenvalues = eigenvalues->values};
    p->law = strcmp(law, "binary") == 0 ? HEBB_MODES_BINARY
             : strcmp(law, "spin") == 0 ? HEBB_MODES_SPIN
                                        : HEBB_MODES_GAUSSIAN;
    if (flow == NULL) flow = p->law == HEBB_MODES_GAUSSIAN ? "exact" : "linear";
    p->flow = strcmp(flow, "linear") == 0  ? HEBB_MODES_LINEAR
              : strcmp(flow, "exact") == 0 ? HEBB_MODES_EXACT
                                           : HEBB_MODES_MEAN_FIELD;
    p->n_started = hebb_options_is_set(options, "started") ? (size_t)hebb_options_integer(options, "started") : p->n;
    if (p->n_started > p->n)
        return hebb_fail(HEBB_EDOM, "--started %zu: there are %zu eigenvalues", p->n_started, p->n);
    p->rotation = or_else(options, "rotation", 0.0) * RADIAN;
    p->mean = or_else(options, "mean", 0.5);
    p->sigma_v = or_else(options, "sigma-v", 1.0);
    p->sigma_h = or_else(options, "sigma-h", 1.0);
    hebb_status status = check_together(options, p);
    if (status != HEBB_OK || p->flow != HEBB_MODES_MEAN_FIELD) return status;
    p->n_visible = (size_t)hebb_options_integer(options, "visible");
    p->n_hidden = (size_t)hebb_options_integer(options, "hidden");
    return check_sizes(p);
}

static hebb_status add_times(const hebb_options *options, const hebb_modes_problem *problem, double *w,
                             hebb_table *table)
{
    const hebb_list *time = hebb_options_list(options, "time");
    hebb_modes_path *path;
    const hebb_status made = hebb_modes_path_init(problem, &path);
    if (made == HEBB_ENOMEM) return hebb_fail(HEBB_ENOMEM, "no memory for %zu modes", problem->n);
    for (size_t t = 0; t < time->length; t++) {
        const hebb_status solved = made == HEBB_OK ? hebb_modes_path_follow(path, time->values[t], w) : made;
        for (size_t a = 0; a < problem->n_started; a++) {
            hebb_table_number(table, time->values[t]);
            hebb_table_number(table, (double)(a + 1));
            hebb_table_number(table, solved == HEBB_OK ? w[a] : NAN);
            hebb_theory_table_status(table, solved);
        }
    }
    hebb_modes_path_free(path);
    return HEBB_OK;
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    hebb_modes_problem problem;
    hebb_status status = read_problem(options, &problem);
    if (status == HEBB_OK) status = check_start(options, &problem);
    if (status != HEBB_OK) return status;
    const hebb_list *given = hebb_options_list(options, "w0"), *time = hebb_options_list(options, "time");
    double *w0 = calloc(2 * problem.n_started, sizeof *w0);
    if (w0 == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu modes", problem.n_started);
    for (size_t a = 0; a < problem.n_started; a++) w0[a] = given->values[given->length == 1 ? 0 : a];
    problem.w0 = w0;
    status = hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)time->length * (double)problem.n_started);
    if (status == HEBB_OK) status = add_times(options, &problem, w0 + problem.n_started, table);
    free(w0);
    return status;
}

const hebb_theory_table hebb_rbm_modes_table = {
    "rbm-modes", "modes of a restricted Boltzmann machine's weights while it learns",
    sizeof options_of_rbm_modes / sizeof *options_of_rbm_modes, options_of_rbm_modes, fill};
