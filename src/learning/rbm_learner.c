/* `hebb train rbm`: a restricted Boltzmann machine, by contrastive divergence or the exact gradient */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "contrastive.h"
#include "fingerprint.h"
#include "machine_learner.h"
#include "rbm_learner.h"
#include "rbm_sample.h"
#include "training_data.h"

typedef struct {
    hebb_rbm rbm;
    hebb_layer_states data, test; /* test.n_states 0: none */
    hebb_contrastive learning;
    int n_threads;
    double *chains; /* n_chains x n_visible: where persistent chains are; of cd none */
} rbm_learner;

static const hebb_option own_options[] = {
    {"algorithm", 0, HEBB_OPTION_CHOICE, "cd|pcd|exact", "pcd", HEBB_ANY, HEBB_OPTION_RESULT,
     "the model's averages from chains that begin at the data, from persistent ones, or by enumeration"},
    {"steps", 0, HEBB_OPTION_INTEGER, "K", "1", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT,
     "sweeps of the chains an update"},
    {"chains", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT,
     "persistent ones; as many as a batch where not given"},
    {"visible-units", 0, HEBB_OPTION_CHOICE, "binary|sign|gaussian", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "0 and 1; -1 and +1; or real, of data as they are, neither shifted nor scaled; as the data are where not given"},
    {"hidden-units", 0, HEBB_OPTION_CHOICE, "binary|sign|gaussian", "binary", HEBB_ANY, HEBB_OPTION_RESULT, "likewise"},
    {"sigma-v", 0, HEBB_OPTION_REAL, "X", "1", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT, "width of gaussian visible units"},
    {"sigma-h", 0, HEBB_OPTION_REAL, "X", "1", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT, "width of gaussian hidden units"},
    {"final-rate", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_AT_LEAST(0.0), HEBB_OPTION_RESULT,
     "the learning rate of the last update, to which it goes along a line; as it begins where not given"},
    {"momentum", 0, HEBB_OPTION_REAL, "X", "0", HEBB_FROM_TO(0.0, 0.999999), HEBB_OPTION_RESULT,
     "share of an update that the next one keeps"},
    {"weight-decay", 0, HEBB_OPTION_REAL, "X", "0", HEBB_FROM_TO(0.0, 1e6), HEBB_OPTION_RESULT,
     "share of a weight, times the learning rate, that an update takes off"},
    {"gradient", 0, HEBB_OPTION_CHOICE, "centred|plain", "centred", HEBB_ANY, HEBB_OPTION_RESULT,
     "from units less their means, or as they are"},
    {"bias-start", 0, HEBB_OPTION_CHOICE, "data|zero", "data", HEBB_ANY, HEBB_OPTION_RESULT,
     "visible biases begin where independent units have the data's means, or at 0"},
    {"start", 0, HEBB_OPTION_REAL, "X", "0.01", HEBB_FROM_TO(0.0, 1e6), HEBB_OPTION_RESULT,
     "weights begin normal of this width"},
    {"start-from", 0, HEBB_OPTION_TEXT, "PATH", NULL, HEBB_ANY, 0,
     "weights and biases begin as in weights.npy, visible_bias.npy, hidden_bias.npy there (0 where there is none), or "
     "as another training left them"},
};

static const hebb_column columns[] = {
    {"epoch", "1", "updates over updates an epoch: every case once"},
    {"log_likelihood", "nat", "ln p(v), mean over the data, where it can be enumerated at once; at checkpoints"},
    {"test_log_likelihood", "nat", "the same over --test"},
    {"log_pseudo_likelihood", "nat", "ln prod_i p(v_i | all others), mean over the first 100 cases; at checkpoints"},
    {"reconstruction_error", "1", "mean squared difference of the first 100 cases and their means after half a sweep"},
    {"gradient_norm", "1", "Euclidean norm of the gradient, of weights and biases"},
    {"weight_norm", "1", "Euclidean norm of the weights after the update"},
};

/* ---- options ---- */

static bool takes_reals(const hebb_options *options)
{
    return hebb_rbm_learner_kind(options, "visible-units") == HEBB_LAYER_GAUSSIAN;
}

static hebb_status check_units(const hebb_options *options, const hebb_problem *problem)
{
    const char *data = *problem->name != '\0' ? problem->name : "the data";
    if (!problem->is_sign || hebb_rbm_learner_kind(options, "visible-units") != HEBB_LAYER_BINARY) return HEBB_OK;
    return hebb_fail(HEBB_EUSAGE, "--visible-units binary: the units of %s are -1 and 1; give sign, or leave it out",
                     data);
}

/* How many hidden units there are where --hidden does not say, 0: unknown. */
static hebb_status find_hidden(const hebb_options *options, const hebb_problem *problem, size_t *n_hidden)
{
    hebb_rbm rbm = {0};
    hebb_status status = HEBB_OK;
    *n_hidden = problem->n_hidden;
    if (hebb_options_is_set(options, "start-from")) {
        status = hebb_rbm_import(hebb_options_text(options, "start-from"), &rbm);
        *n_hidden = rbm.n_hidden;
    }
    hebb_rbm_free(&rbm);
    return status;
}

/*
 * Rates and where they come from: docs/rbm_learning.md.  Gaussian units have no largest mean; steps must be short there.
 */
static hebb_status complete(hebb_options *options, const hebb_problem *problem)
{
    enum { BATCH = 100, EPOCHS = 10 };
    size_t n_hidden = 0;
    const double n_cases = (double)problem->n_cases;
    if (hebb_options_is_set(options, "inputs"))
        return hebb_fail(HEBB_EUSAGE, "--inputs: an RBM learns all visible units alike; leave it out");
    hebb_status status = hebb_options_is_set(options, "hidden") ? HEBB_OK : find_hidden(options, problem, &n_hidden);
    if (status != HEBB_OK) return status;
    if (n_hidden == 0 && !hebb_options_is_set(options, "hidden"))
        return hebb_fail(HEBB_EUSAGE, "--hidden is missing: the data do not say how many hidden units to take");
    if (hebb_options_is_set(options, "hidden") && hebb_options_integer(options, "hidden") == 0)
        return hebb_fail(HEBB_EDOM, "--hidden 0: an RBM has hidden units, 1 at least");
    status = hebb_default_text(options, "visible-units", problem->is_sign ? "sign" : "binary");
    if (status == HEBB_OK) status = check_units(options, problem);
    if (status != HEBB_OK) return status;
    const bool has_reals = hebb_rbm_learner_kind(options, "visible-units") == HEBB_LAYER_GAUSSIAN ||
                           hebb_rbm_learner_kind(options, "hidden-units") == HEBB_LAYER_GAUSSIAN;
    if (status == HEBB_OK) status = hebb_default_number(options, "hidden", (double)n_hidden);
    if (status == HEBB_OK) status = hebb_default_number(options, "batch", n_cases < BATCH ? n_cases : BATCH);
    if (status != HEBB_OK) return status;
    const long batch = hebb_options_integer(options, "batch");
    const double shown = batch == 0 || (double)batch > n_cases ? n_cases : (double)batch, epoch = ceil(n_cases / shown);
    if ((double)batch > n_cases)
        return hebb_fail(HEBB_EDOM, "--batch %ld: there are %zu cases", batch, problem->n_cases);
    status = hebb_default_number(options, "chains", shown);
    if (status == HEBB_OK) status = hebb_default_number(options, "updates", fmax(1000.0, EPOCHS * epoch));
    if (status == HEBB_OK) status = hebb_default_number(options, "learning-rate", has_reals ? 0.01 : 0.1);
    if (status == HEBB_OK)
        status = hebb_default_number(options, "final-rate", hebb_options_real(options, "learning-rate"));
    return status;
}

/* Given with another value than the one that stands in every canonical command. */
static bool is_given_else(const hebb_options *options, const char *name, double usual)
{
    return hebb_options_is_given(options, name) && hebb_options_real(options, name) != usual;
}

static hebb_status refuse_idle(const hebb_options *options, const hebb_problem *problem)
{
    const char *algorithm = hebb_options_text(options, "algorithm");
    const long batch = hebb_options_integer(options, "batch"), shown = batch > 0 ? batch : (long)problem->n_cases;
    if (strcmp(algorithm, "pcd") != 0 && hebb_options_is_given(options, "chains") &&
        hebb_options_integer(options, "chains") != shown)
        return hebb_fail(HEBB_EUSAGE, "--chains: --algorithm %s has no persistent chains; leave it out, or take pcd",
                         algorithm);
    if (strcmp(algorithm, "exact") == 0 && hebb_options_is_given(options, "steps") &&
        hebb_options_integer(options, "steps") != 1)
        return hebb_fail(HEBB_EUSAGE, "--steps: --algorithm exact has no chains; leave it out, or take cd or pcd");
    for (int k = 0; k < 2; k++) {
        const char *width = k == 0 ? "sigma-v" : "sigma-h", *units = k == 0 ? "visible-units" : "hidden-units";
        if (hebb_rbm_learner_kind(options, units) != HEBB_LAYER_GAUSSIAN && is_given_else(options, width, 1.0))
            return hebb_fail(HEBB_EUSAGE, "--%s: %s units have no width; leave it out, or take --%s gaussian", width,
                             hebb_options_text(options, units), units);
    }
    if (!hebb_options_is_set(options, "start-from")) return HEBB_OK;
    if (is_given_else(options, "start", 0.01))
        return hebb_fail(HEBB_EUSAGE, "--start: weights begin as in --start-from; leave one of the two out");
    if (hebb_options_is_given(options, "bias-start") && strcmp(hebb_options_text(options, "bias-start"), "data") != 0)
        return hebb_fail(HEBB_EUSAGE, "--bias-start: biases begin as in --start-from; leave one of the two out");
    return HEBB_OK;
}

/* What --start-from holds, not where it is. */
static hebb_status note(const hebb_options *options, hebb_provenance *provenance)
{
    char digests[3][HEBB_FINGERPRINT_LENGTH];
    hebb_rbm rbm;
    if (!hebb_options_is_set(options, "start-from")) return HEBB_OK;
    hebb_status status = hebb_rbm_import(hebb_options_text(options, "start-from"), &rbm);
    const size_t lengths[] = {rbm.n_visible * rbm.n_hidden, rbm.n_visible, rbm.n_hidden};
    const double *const arrays[] = {rbm.weights, rbm.visible_bias, rbm.hidden_bias};
    for (size_t k = 0; k < 3 && status == HEBB_OK; k++)
        hebb_fingerprint_format(hebb_fingerprint_of(lengths[k] * sizeof(double), (const char *)arrays[k]), digests[k]);
    if (status == HEBB_OK)
        status = hebb_provenance_add(provenance, "start_from", "%zu x %zu weights, XXH3 %s, biases %s, %s",
                                     rbm.n_visible, rbm.n_hidden, digests[0], digests[1], digests[2]);
    hebb_rbm_free(&rbm);
    return status;
}

/* ---- the machine ---- */

static hebb_status import(const hebb_options *options, hebb_rbm *rbm)
{
    const char *path = hebb_options_text(options, "start-from");
    hebb_rbm from;
    hebb_status status = hebb_rbm_import(path, &from);
    if (status == HEBB_OK && (from.n_visible != rbm->n_visible || from.n_hidden != rbm->n_hidden))
        status =
            hebb_fail(HEBB_EDATA, "--start-from %s: weights of %zu visible x %zu hidden units, %zu x %zu are wanted",
                      path, from.n_visible, from.n_hidden, rbm->n_visible, rbm->n_hidden);
    if (status == HEBB_OK) {
        memcpy(rbm->weights, from.weights, rbm->n_visible * rbm->n_hidden * sizeof(double));
        memcpy(rbm->visible_bias, from.visible_bias, rbm->n_visible * sizeof(double));
        memcpy(rbm->hidden_bias, from.hidden_bias, rbm->n_hidden * sizeof(double));
    }
    hebb_rbm_free(&from);
    return status;
}

static hebb_status make_machine(rbm_learner *self, const hebb_learner_setting *setting)
{
    const hebb_options *options = setting->options;
    hebb_status status =
        hebb_rbm_init(&self->rbm, setting->problem->n_visible, hebb_rbm_learner_kind(options, "visible-units"),
                      (size_t)hebb_options_integer(options, "hidden"), hebb_rbm_learner_kind(options, "hidden-units"));
    if (status != HEBB_OK) return status;
    self->rbm.sigma_v = hebb_options_real(options, "sigma-v");
    self->rbm.sigma_h = hebb_options_real(options, "sigma-h");
    status = hebb_training_data_states(setting->problem, self->rbm.visible_kind, &self->data);
    if (status == HEBB_OK && setting->test != NULL)
        status = hebb_training_data_states(setting->test, self->rbm.visible_kind, &self->test);
    if (status != HEBB_OK) return status;
    if (hebb_options_is_set(options, "start-from")) return import(options, &self->rbm);
    hebb_contrastive_start(&self->rbm, &self->data, hebb_options_real(options, "start"), setting->seed);
    if (strcmp(hebb_options_text(options, "bias-start"), "zero") == 0)
        memset(self->rbm.visible_bias, 0, self->rbm.n_visible * sizeof(double));
    return HEBB_OK;
}

static hebb_status init(void *of, const hebb_learner_setting *setting)
{
    const char *algorithm = hebb_options_text(setting->options, "algorithm");
    rbm_learner *self = of;
    const hebb_options *options = setting->options;
    const hebb_contrastive_options its = {.algorithm = strcmp(algorithm, "cd") == 0    ? HEBB_ALGORITHM_CD
                                                       : strcmp(algorithm, "pcd") == 0 ? HEBB_ALGORITHM_PCD
                                                                                       : HEBB_ALGORITHM_EXACT,
                                          .steps = hebb_options_integer(options, "steps"),
                                          .batch = (size_t)hebb_options_integer(options, "batch"),
                                          .n_chains = (size_t)hebb_options_integer(options, "chains"),
                                          .learning_rate = hebb_options_real(options, "learning-rate"),
                                          .final_rate = hebb_options_real(options, "final-rate"),
                                          .n_updates = (uint64_t)hebb_options_integer(options, "updates"),
                                          .momentum = hebb_options_real(options, "momentum"),
                                          .weight_decay = hebb_options_real(options, "weight-decay"),
                                          .is_centred = strcmp(hebb_options_text(options, "gradient"), "centred") == 0,
                                          .n_threads = setting->n_threads};
    self->n_threads = setting->n_threads;
    hebb_status status = make_machine(self, setting);
    if (status == HEBB_OK)
        status = hebb_contrastive_init(&self->learning, &self->rbm, &self->data, &its, setting->seed);
    if (status != HEBB_OK) return status;
    self->chains = calloc(self->learning.chains.n_chains * self->rbm.n_visible, sizeof(double));
    return self->chains != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for the chains");
}

static void free_all(void *of)
{
    rbm_learner *self = of;
    hebb_contrastive_free(&self->learning);
    hebb_layer_states_free(&self->data);
    hebb_layer_states_free(&self->test);
    hebb_rbm_free(&self->rbm);
    free(self->chains);
    self->chains = NULL;
}

static hebb_status update(void *of, uint64_t n)
{
    return hebb_contrastive_update(&((rbm_learner *)of)->learning, n);
}

static size_t arrays(void *of, hebb_learner_array list[HEBB_LEARNER_MAX_ARRAYS])
{
    rbm_learner *self = of;
    hebb_contrastive *learning = &self->learning;
    const size_t nv = self->rbm.n_visible, nh = self->rbm.n_hidden;
    size_t n = 0;
    list[n++] = (hebb_learner_array){HEBB_ARRAY_WEIGHTS, nv, nh, self->rbm.weights, false};
    list[n++] = (hebb_learner_array){HEBB_ARRAY_VISIBLE_BIAS, nv, 0, self->rbm.visible_bias, false};
    list[n++] = (hebb_learner_array){HEBB_ARRAY_HIDDEN_BIAS, nh, 0, self->rbm.hidden_bias, false};
    if (learning->options.momentum > 0.0)
        list[n++] = (hebb_learner_array){"velocity", nv, nh, learning->velocity, true};
    list[n++] = (hebb_learner_array){"visible_velocity", nv, 0, learning->visible_velocity, true};
    list[n++] = (hebb_learner_array){"hidden_velocity", nh, 0, learning->hidden_velocity, true};
    list[n++] = (hebb_learner_array){"visible_offset", nv, 0, learning->visible_offset, true};
    list[n++] = (hebb_learner_array){"hidden_offset", nh, 0, learning->hidden_offset, true};
    if (learning->options.algorithm == HEBB_ALGORITHM_PCD)
        list[n++] = (hebb_learner_array){"chains", learning->chains.n_chains, nv, self->chains, true};
    return n;
}

static void gather(void *of)
{
    rbm_learner *self = of;
    const hebb_layer_states *visible = &self->learning.chains.visible;
    hebb_contrastive_store(&self->learning);
    if (self->learning.options.algorithm != HEBB_ALGORITHM_PCD) return;
    for (size_t r = 0; r < visible->n_states; r++)
        hebb_layer_states_get(visible, r, self->chains + r * visible->n_units);
}

static void scatter(void *of)
{
    rbm_learner *self = of;
    hebb_layer_states *visible = &self->learning.chains.visible;
    hebb_index_lists *lists = &visible->lists;
    size_t n = 0;
    hebb_contrastive_load(&self->learning);
    if (self->learning.options.algorithm != HEBB_ALGORITHM_PCD) return;
    for (size_t k = 0; k < visible->n_states * visible->n_units && visible->kind == HEBB_LAYER_GAUSSIAN; k++)
        visible->reals[k] = (float)self->chains[k];
    for (size_t r = 0; r < visible->n_states && visible->kind != HEBB_LAYER_GAUSSIAN; r++) {
        for (size_t i = 0; i < visible->n_units; i++)
            if (self->chains[r * visible->n_units + i] > 0.0) lists->indices[n++] = (uint32_t)i;
        lists->starts[r + 1] = n;
    }
}

/* ---- the log ---- */

/* Whether ln Z takes a second at most: it is computed some thirty times in a training. */
static bool is_soon_enumerated(const hebb_rbm *rbm)
{
    enum { MOST_UNITS = 16, MOST_REALS = 1000 };
    static const double MOST = 0x1p26;
    const size_t small = rbm->n_visible < rbm->n_hidden ? rbm->n_visible : rbm->n_hidden,
                 large = rbm->n_visible + rbm->n_hidden - small;
    const bool v = rbm->visible_kind != HEBB_LAYER_GAUSSIAN, h = rbm->hidden_kind != HEBB_LAYER_GAUSSIAN;
    if (!hebb_rbm_is_enumerable(rbm)) return false;
    if (!v && !h) return large <= MOST_REALS;
    const size_t n = v && h ? small : v ? rbm->n_visible : rbm->n_hidden;
    return n <= MOST_UNITS && ldexp((double)(n == small ? large : small), (int)n) <= MOST;
}

/* Where the sum over states does not exist, which is so of two Gaussian layers with large weights, there is no number. */
static hebb_status log_likelihoods(rbm_learner *self, double *of_data, double *of_test)
{
    double ln_z;
    if (!is_soon_enumerated(&self->rbm)) return HEBB_OK;
    hebb_status status = hebb_rbm_log_partition(&self->rbm, self->n_threads, &ln_z);
    if (status == HEBB_EDOM) {
        hebb_diagnostic_clear();
        return HEBB_OK;
    }
    if (status == HEBB_OK) status = hebb_rbm_log_likelihood(&self->rbm, &self->data, ln_z, self->n_threads, of_data);
    if (status == HEBB_OK && self->test.n_states > 0)
        status = hebb_rbm_log_likelihood(&self->rbm, &self->test, ln_z, self->n_threads, of_test);
    return status;
}

static hebb_status log_row(void *of, uint64_t n, bool is_checkpoint, double *cells)
{
    rbm_learner *self = of;
    uint32_t which[HEBB_CONTRASTIVE_FIRST];
    const size_t n_which = self->data.n_states < HEBB_CONTRASTIVE_FIRST ? self->data.n_states : HEBB_CONTRASTIVE_FIRST;
    double norm = 0.0;
    for (size_t r = 0; r < n_which; r++) which[r] = (uint32_t)r;
    hebb_contrastive_store(&self->learning);
    for (size_t k = 0; k < self->rbm.n_visible * self->rbm.n_hidden; k++)
        norm += self->rbm.weights[k] * self->rbm.weights[k];
    hebb_status status = hebb_contrastive_reconstruct(&self->learning, n);
    cells[0] = (double)n / (double)hebb_batch_epoch_length(&self->learning.batch);
    cells[1] = cells[2] = cells[3] = NAN;
    if (status == HEBB_OK && is_checkpoint) status = log_likelihoods(self, &cells[1], &cells[2]);
    if (status == HEBB_OK && is_checkpoint)
        status = hebb_rbm_pseudo_likelihood(&self->rbm, &self->data, n_which, which, &cells[3]);
    cells[4] = self->learning.reconstruction_error;
    cells[5] = n > 0 ? self->learning.gradient_norm : NAN;
    cells[6] = sqrt(norm);
    return status;
}

static double error_rate(void *of, uint64_t n)
{
    (void)of;
    (void)n;
    return NAN;
}

static const hebb_option_table own_table = {sizeof own_options / sizeof *own_options, own_options};
static const hebb_option_table *const tables[] = {&own_table};

const hebb_learner hebb_rbm_learner = {
    .name = "rbm",
    .summary = "a restricted Boltzmann machine, by contrastive divergence or the exact gradient",
    .n_tables = sizeof tables / sizeof *tables,
    .tables = tables,
    .size = sizeof(rbm_learner),
    .complete = complete,
    .refuse_idle = refuse_idle,
    .init = init,
    .free = free_all,
    .update = update,
    .arrays = arrays,
    .gather = gather,
    .scatter = scatter,
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .log = log_row,
    .error_rate = error_rate,
    .sample = hebb_rbm_sample,
    .has_trajectory = true,
    .takes_reals = takes_reals,
    .note = note,
    .timed = "gradient_norm",
};
