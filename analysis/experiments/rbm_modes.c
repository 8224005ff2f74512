/*
 * rbm-modes - how the modes of a restricted Boltzmann machine's weights grow while it learns data with planted modes
 *
 * Theory: theory/rbm_modes.h.  The data (rbm_modes_study.h) have a few large eigenvalues; those that count are the ones
 * that the replica's own cases have.  W starts with a mode of one size w0 along each of the data's eigenvectors, with
 * hidden directions of entries +-1/sqrt(n_hidden), and w_a(t) = u^a' W v^a is followed through learning at a small rate.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "contrastive.h"
#include "experiment.h"
#include "grid.h"
#include "lapack.h"
#include "rbm_modes_study.h"
#include "thermal_walk.h"

enum { MAX_UNITS = 1024, MAX_UPDATES = 100000 };

static const hebb_option options[] = {
    {"law", 0, HEBB_OPTION_CHOICE, "binary|spin|gaussian", "spin", HEBB_ANY, HEBB_OPTION_RESULT,
     "units of both layers: {0,1}, +-1, or real"},
    {"visible", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "12", HEBB_FROM_TO(2.0, MAX_UNITS), HEBB_OPTION_RESULT,
     "numbers of visible units"},
    {"hidden", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "32", HEBB_FROM_TO(2.0, MAX_UNITS), HEBB_OPTION_RESULT,
     "numbers of hidden units, powers of two, as many as visible ones at least"},
    {"chains", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(0.0, 1e6), HEBB_OPTION_RESULT,
     "persistent chains of the model's averages; 0: exact ones: 0,5000 where not given, for gaussian 5000"},
    {"eigenvalues", 0, HEBB_OPTION_REAL_LIST, "LIST", "4,3", HEBB_FROM_TO(0.01, MAX_UNITS), HEBB_OPTION_RESULT,
     "planted in the data, in units of an independent unit's variance, below n_visible over their number"},
    {"cases", 0, HEBB_OPTION_INTEGER, "N", "1000", HEBB_FROM_TO(2.0, 1e6), HEBB_OPTION_RESULT,
     "of the data, an even number: each has its opposite"},
    {"w0", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_FROM_TO(1e-6, 10.0), HEBB_OPTION_RESULT,
     "singular values at the start: 0.02 where not given, for gaussian 0.3"},
    {"learning-rate", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_FROM_TO(1e-6, 1.0), HEBB_OPTION_RESULT,
     "0.01 where not given, for binary 0.2, for gaussian 0.03"},
    {"updates", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, MAX_UPDATES), HEBB_OPTION_RESULT,
     "of the weights: 150 where not given, for gaussian 200"},
    {"steps", 0, HEBB_OPTION_INTEGER, "K", "1", HEBB_FROM_TO(1.0, 1000.0), HEBB_OPTION_RESULT,
     "sweeps of the chains an update"},
};

static const hebb_column grid_columns[RBM_MODES_N_GRID] = {
    {"n_visible", "1", "number of visible units"},
    {"n_hidden", "1", "number of hidden units"},
    {"n_chains", "1", "persistent chains of the model's averages; 0: exact ones"},
};

static const hebb_column value_columns[RBM_MODES_N_VALUES] = {
    {"eigenvalue", "1", "the largest of the cases' uncentred correlation, or of their covariance for {0,1} units"},
    {"growth", "1",
     "of the first mode while all w <= 0.1: growth of w over the sum of what theory says for each update"},
    {"worst_step", "1",
     "largest |growth over prediction - 1| of an update while all w <= 0.1, of the modes that are judged; empty: none"},
    {"fade", "1", "w at the end over w at the start, the largest of the modes below the threshold"},
    {"w", "1", "of the first mode at the end"},
};

double hebb_rbm_modes_unit(hebb_modes_law law)
{
    return law == HEBB_MODES_BINARY ? 0.25 : 1.0;
}

size_t hebb_rbm_modes_visible(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, RBM_MODES_VISIBLE);
}

static double *further(const hebb_study *study, double *values, size_t k)
{
    const hebb_rbm_modes_study *own = study->own;
    return values + study->n_values + k * own->n_modes_most;
}

double *hebb_rbm_modes_eigenvalues(const hebb_study *study, double *values)
{
    return further(study, values, 0);
}

double *hebb_rbm_modes_growths(const hebb_study *study, double *values)
{
    return further(study, values, 1);
}

double *hebb_rbm_modes_levels(const hebb_study *study, double *values)
{
    return further(study, values, 2);
}

double *hebb_rbm_modes_path(const hebb_study *study, double *values, size_t n)
{
    return further(study, values, 3 + n);
}

/* ---- plan ---- */

static hebb_status set_default(hebb_options *given, const char *name, const char *text)
{
    return hebb_options_is_set(given, name) ? HEBB_OK : hebb_options_set(given, name, name, text);
}

static hebb_status check_point(const hebb_study *study, size_t point)
{
    const hebb_rbm_modes_study *own = study->own;
    const size_t n = hebb_rbm_modes_visible(study, point), blocks = own->planted->length;
    const size_t m = (size_t)hebb_study_grid(study, point, RBM_MODES_HIDDEN);
    const bool is_exact = hebb_study_grid(study, point, RBM_MODES_CHAINS) == 0.0;
    double coupling;
    if (is_exact && own->law == HEBB_MODES_GAUSSIAN)
        return hebb_fail(HEBB_EUSAGE, "--chains 0: gaussian units are learnt by sampling; give a number of chains");
    if (is_exact && n > HEBB_RBM_EXACT_MAX_UNITS)
        return hebb_fail(HEBB_EDOM, "--visible %zu: exact averages (--chains 0) take at most %d", n,
                         HEBB_RBM_EXACT_MAX_UNITS);
    if (n % blocks != 0 || n / blocks < 2)
        return hebb_fail(HEBB_EDOM, "--visible %zu: %zu eigenvalues need a multiple of %zu, twice that at least", n,
                         blocks, blocks);
    if ((m & (m - 1)) != 0 || m < n)
        return hebb_fail(HEBB_EDOM, "--hidden %zu: it is to be a power of two, and %zu visible units at least", m, n);
    for (size_t b = 0; b < blocks; b++) {
        const double lambda = own->planted->values[b];
        const bool is_there = own->law == HEBB_MODES_GAUSSIAN
                                  ? lambda < (double)(n / blocks)
                                  : hebb_rbm_modes_magnet(n / blocks, lambda, &coupling) == HEBB_OK;
        if (!is_there)
            return hebb_fail(HEBB_EDOM, "--eigenvalues %g: a block of %zu units cannot have it; give one below %zu",
                             lambda, n / blocks, n / blocks);
    }
    return HEBB_OK;
}

static double bytes(const hebb_study *study, size_t point)
{
    const hebb_rbm_modes_study *own = study->own;
    const double n = (double)hebb_rbm_modes_visible(study, point);
    const double m = hebb_study_grid(study, point, RBM_MODES_HIDDEN), states = (double)own->n_cases;
    const double chains = hebb_study_grid(study, point, RBM_MODES_CHAINS);
    return 9.0 * states * n + 8.0 * (states + chains) * (2.0 * n + 2.0 * m + 32.0) + 64.0 * n * (m + 16.0) +
           24.0 * n * n;
}

static hebb_status plan(hebb_study *study)
{
    static const char *const laws[] = {"binary", "spin", "gaussian"};
    hebb_options *given = study->options;
    hebb_rbm_modes_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    while (strcmp(hebb_options_text(given, "law"), laws[own->law]) != 0) own->law++;
    const bool is_real = own->law == HEBB_MODES_GAUSSIAN;
    hebb_status status = set_default(given, "chains", is_real ? "5000" : "0,5000");
    if (status == HEBB_OK) status = set_default(given, "w0", is_real ? "0.3" : "0.02");
    if (status == HEBB_OK)
        status = set_default(given, "learning-rate", is_real ? "0.03" : own->law == HEBB_MODES_BINARY ? "0.2" : "0.01");
    if (status == HEBB_OK) status = set_default(given, "updates", is_real ? "200" : "150");
    if (status != HEBB_OK) return status;
    own->planted = hebb_options_list(given, "eigenvalues");
    own->n_cases = (size_t)hebb_options_integer(given, "cases");
    own->w0 = hebb_options_real(given, "w0");
    own->rate = hebb_options_real(given, "learning-rate");
    own->n_updates = (size_t)hebb_options_integer(given, "updates");
    own->n_steps = hebb_options_integer(given, "steps");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    if (own->n_cases % 2 != 0)
        return hebb_fail(HEBB_EDOM, "--cases %zu: an even number, as each has its opposite", own->n_cases);
    if (is_real && own->w0 >= 1.0)
        return hebb_fail(HEBB_EDOM, "--w0 %g: gaussian machines end at 1; give less", own->w0);
    const hebb_list *const axes[RBM_MODES_N_GRID] = {
        hebb_options_list(given, "visible"), hebb_options_list(given, "hidden"), hebb_options_list(given, "chains")};
    study->n_grid = RBM_MODES_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = RBM_MODES_N_VALUES;
    study->value_columns = value_columns;
    status = hebb_grid_plan(study, axes, NULL, NULL);
    for (size_t k = 0; status == HEBB_OK && k < study->n_points; k++) {
        const size_t n = hebb_rbm_modes_visible(study, k);
        own->n_modes_most = n > own->n_modes_most ? n : own->n_modes_most;
        status = check_point(study, k);
    }
    study->n_extra = own->n_modes_most * (4 + own->n_updates);
    return status == HEBB_OK ? hebb_grid_check_memory(study, RBM_MODES_VISIBLE, RBM_MODES_HIDDEN, bytes) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    const hebb_rbm_modes_study *own = study->own;
    const double n = hebb_study_grid(study, point, RBM_MODES_VISIBLE),
                 m = hebb_study_grid(study, point, RBM_MODES_HIDDEN);
    const double chains = hebb_study_grid(study, point, RBM_MODES_CHAINS);
    const double model = chains == 0.0 ? exp2(n) : 3.0 * chains * (double)own->n_steps;
    return (double)own->n_updates * m * (n * (double)own->n_cases + model * (n + 10.0));
}

/* ---- one unit ---- */

typedef struct {
    hebb_rbm rbm;
    hebb_layer_states data;
    hebb_contrastive learning;
    double *left, *right, *scratch; /* n x n: u^a; n x n_hidden: v^a; n x n */
} machine;

static void machine_free(machine *made)
{
    hebb_contrastive_free(&made->learning);
    hebb_layer_states_free(&made->data);
    hebb_rbm_free(&made->rbm);
    free(made->left);
    free(made->right);
    free(made->scratch);
    *made = (machine){0};
}

/* <v v'> of the cases less the mean of independent units: uncentred for +-1 and real units, about 1/2 for {0,1}. */
static hebb_status find_eigenvectors(const hebb_layer_states *data, machine *made, double *eigenvalues)
{
    const size_t n = data->n_units;
    const double middle = data->kind == HEBB_LAYER_BINARY ? 0.5 : 0.0;
    double *v = made->right; /* not in use yet */
    memset(made->scratch, 0, n * n * sizeof *made->scratch);
    for (size_t r = 0; r < data->n_states; r++) {
        hebb_layer_states_get(data, r, v);
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < n; k++)
                made->scratch[i * n + k] += (v[i] - middle) * (v[k] - middle) / (double)data->n_states;
    }
    return hebb_lapack_svd(n, n, made->scratch, eigenvalues, made->left, made->left + n * n);
}

/* v^a: rows of Walsh's matrix. */
static void start_weights(machine *made, double w0)
{
    const size_t n = made->rbm.n_visible, m = made->rbm.n_hidden;
    for (size_t a = 0; a < n; a++)
        for (size_t j = 0; j < m; j++)
            made->right[a * m + j] =
                (__builtin_popcountll((unsigned long long)(a & j)) & 1 ? -1.0 : 1.0) / sqrt((double)m);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++) {
            double sum = 0.0;
            for (size_t a = 0; a < n; a++) sum += made->left[a * n + i] * made->right[a * m + j];
            made->rbm.weights[i * m + j] = w0 * sum;
        }
}

static hebb_status machine_make(const hebb_study *study, const hebb_unit *unit, machine *made, double *values)
{
    const hebb_rbm_modes_study *own = study->own;
    const size_t n = hebb_rbm_modes_visible(study, unit->point);
    const size_t m = (size_t)hebb_study_grid(study, unit->point, RBM_MODES_HIDDEN);
    const size_t n_chains = (size_t)hebb_study_grid(study, unit->point, RBM_MODES_CHAINS);
    const uint32_t replica = (uint32_t)unit->replica;
    const uint64_t data_at = hebb_thermal_realisation(n, own->n_cases, own->planted->values[0], (double)own->law);
    const hebb_philox chains = hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_GIBBS,
                                                  hebb_thermal_realisation(n, m, own->rate, (double)n_chains), replica);
    const hebb_contrastive_options learn = {.algorithm = n_chains == 0 ? HEBB_ALGORITHM_EXACT : HEBB_ALGORITHM_PCD,
                                            .steps = own->n_steps,
                                            .n_chains = n_chains,
                                            .learning_rate = own->rate,
                                            .is_centred = own->law == HEBB_MODES_BINARY,
                                            .n_threads = 1};
    *made = (machine){.left = calloc(2 * n * n, sizeof(double)),
                      .right = calloc(n * m, sizeof(double)),
                      .scratch = calloc(n * n, sizeof(double))};
    if (made->left == NULL || made->right == NULL || made->scratch == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for modes of %zu x %zu units", n, m);
    hebb_status status = hebb_rbm_modes_draw(
        own, n, hebb_philox_derive(own->pattern_seed, HEBB_DRAW_PATTERNS, data_at, replica), &made->data);
    if (status == HEBB_OK) status = hebb_rbm_init(&made->rbm, n, made->data.kind, m, made->data.kind);
    if (status == HEBB_OK) status = find_eigenvectors(&made->data, made, hebb_rbm_modes_eigenvalues(study, values));
    if (status != HEBB_OK) return status;
    start_weights(made, own->w0);
    for (size_t i = 0; i < n && learn.is_centred; i++) /* {0,1} units of mean 1/2 whatever the weights */
        for (size_t j = 0; j < m; j++) made->rbm.visible_bias[i] -= 0.5 * made->rbm.weights[i * m + j];
    for (size_t j = 0; j < m && learn.is_centred; j++)
        for (size_t i = 0; i < n; i++) made->rbm.hidden_bias[j] -= 0.5 * made->rbm.weights[i * m + j];
    status = hebb_contrastive_init(&made->learning, &made->rbm, &made->data, &learn,
                                   (uint64_t)chains.key[1] << 32 | chains.key[0]);
    if (status != HEBB_OK || !learn.is_centred) return status;
    for (size_t i = 0; i < n; i++) made->learning.visible_offset[i] = 0.5;
    for (size_t j = 0; j < m; j++) made->learning.hidden_offset[j] = 0.5;
    return HEBB_OK;
}

/* w_a = u^a' W v^a; of Gaussian units |u^a' W|, as noise turns v^a. */
static void measure(const hebb_rbm_modes_study *own, const machine *made, double *w)
{
    const size_t n = made->rbm.n_visible, m = made->rbm.n_hidden;
    for (size_t a = 0; a < n; a++) {
        double along = 0.0, square = 0.0;
        for (size_t j = 0; j < m; j++) {
            double x = 0.0;
            for (size_t i = 0; i < n; i++) x += made->left[a * n + i] * made->rbm.weights[i * m + j];
            along += x * made->right[a * m + j];
            square += x * x;
        }
        w[a] = own->law == HEBB_MODES_GAUSSIAN ? sqrt(square) : along;
    }
}

static double largest_of(const double *w, size_t n)
{
    double most = w[0];
    for (size_t a = 1; a < n; a++) most = fmax(most, w[a]);
    return most;
}

/* What the path of w says of each mode.  The first order in W is compared while all of W is small, not that mode alone. */
static void judge_modes(const hebb_study *study, size_t n, double *values)
{
    const hebb_rbm_modes_study *own = study->own;
    const double unit = hebb_rbm_modes_unit(own->law);
    const double *eigenvalues = hebb_rbm_modes_eigenvalues(study, values);
    const hebb_modes_problem law = {.law = own->law, .mean = 0.5, .sigma_v = 1.0, .sigma_h = 1.0};
    values[RBM_MODES_WORST] = NAN; /* until there is one: fmax takes the number */
    for (size_t a = 0; a < n; a++) {
        const double rate = hebb_modes_rate(&law, eigenvalues[a]), excess = eigenvalues[a] / unit - 1.0;
        double grown = 0.0, predicted = 0.0, late = 0.0;
        for (size_t t = 0; t < own->n_updates; t++) {
            const double w = hebb_rbm_modes_path(study, values, t)[a];
            const double step = hebb_rbm_modes_path(study, values, t + 1)[a] - w, says = own->rate * rate * w;
            if (2 * t >= own->n_updates) late += w;
            if (largest_of(hebb_rbm_modes_path(study, values, t), n) > RBM_MODES_LINEAR_UP_TO) continue;
            grown += step;
            predicted += says;
            if (excess >= RBM_MODES_JUDGED_EXCESS)
                values[RBM_MODES_WORST] = fmax(values[RBM_MODES_WORST], fabs(step / says - 1.0));
        }
        hebb_rbm_modes_growths(study, values)[a] = predicted != 0.0 ? grown / predicted : NAN;
        hebb_rbm_modes_levels(study, values)[a] = late / (double)(own->n_updates - (own->n_updates + 1) / 2);
        const double last = hebb_rbm_modes_path(study, values, own->n_updates)[a];
        if (excess < 0.0) values[RBM_MODES_FADE] = fmax(values[RBM_MODES_FADE], last / own->w0);
    }
    values[RBM_MODES_LARGEST] = eigenvalues[0];
    values[RBM_MODES_GROWTH] = hebb_rbm_modes_growths(study, values)[0];
    values[RBM_MODES_END] = hebb_rbm_modes_path(study, values, own->n_updates)[0];
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_rbm_modes_study *own = study->own;
    machine made;
    (void)room;
    hebb_status status = machine_make(study, unit, &made, values);
    if (status == HEBB_OK) measure(own, &made, hebb_rbm_modes_path(study, values, 0));
    for (size_t t = 1; status == HEBB_OK && t <= own->n_updates; t++) {
        status = hebb_contrastive_update(&made.learning, t);
        hebb_contrastive_store(&made.learning);
        if (status == HEBB_OK) measure(own, &made, hebb_rbm_modes_path(study, values, t));
    }
    if (status == HEBB_OK) judge_modes(study, made.rbm.n_visible, values);
    machine_free(&made);
    return status;
}

const hebb_experiment hebb_rbm_modes_experiment = {
    .name = "rbm-modes",
    .summary = "modes of a restricted Boltzmann machine's weights while it learns data with planted modes",
    .figure = "rbm-spectrum",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = 1, /* a unit makes and frees what it needs */
    .workspace_free = free,
    .run = run,
    .report = hebb_rbm_modes_report};
