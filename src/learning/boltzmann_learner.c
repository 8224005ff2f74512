/* `hebb train boltzmann`: the two-phase rule of Ackley, Hinton and Sejnowski */
#include <math.h>
#include <string.h>

#include "boltzmann_learning.h"
#include "machine_learner.h"

typedef struct {
    hebb_machine_learner common; /* first: its functions are called with this */
    hebb_boltzmann_learning learning;
    hebb_boltzmann_learning test; /* answers the test's cases */
    bool has_test;
} boltzmann_learner;

static const hebb_option own_options[] = {
    {"gradient", 0, HEBB_OPTION_CHOICE, "sampled|exact", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "averages by Gibbs sampling, or by enumeration of up to 24 units"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 1e9), HEBB_OPTION_RESULT,
     "at each temperature, before what is collected"},
    {"collect", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "sweeps at the last temperature over which averages are taken"},
    {"chains", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT, "of each case and phase"},
    {"on-to-off", 0, HEBB_OPTION_REAL, "P", NULL, HEBB_FROM_TO(0.0, 1.0), HEBB_OPTION_RESULT,
     "noisy clamping: how often a visible unit that is on is clamped off"},
    {"off-to-on", 0, HEBB_OPTION_REAL, "P", NULL, HEBB_FROM_TO(0.0, 1.0), HEBB_OPTION_RESULT, "and one that is off on"},
    {"weight-decay", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_FROM_TO(0.0, 1e6), HEBB_OPTION_RESULT,
     "share of a weight, times the learning rate, that an update takes off"},
    {"noise-updates", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 1e15), HEBB_OPTION_RESULT,
     "noisy clamping and decay fall to 0 over so many updates; 0: they stay"},
};

static hebb_status set_defaults(hebb_options *options, const hebb_boltzmann_learning_options *its)
{
    hebb_status status =
        hebb_default_text(options, "gradient", its->gradient == HEBB_GRADIENT_EXACT ? "exact" : "sampled");
    if (status == HEBB_OK) status = hebb_default_number(options, "sweeps", (double)its->sweeps_each);
    if (status == HEBB_OK) status = hebb_default_number(options, "collect", (double)its->collecting_sweeps);
    if (status == HEBB_OK) status = hebb_default_number(options, "chains", (double)its->n_chains);
    if (status == HEBB_OK) status = hebb_default_number(options, "on-to-off", its->on_to_off);
    if (status == HEBB_OK) status = hebb_default_number(options, "off-to-on", its->off_to_on);
    if (status == HEBB_OK) status = hebb_default_number(options, "weight-decay", its->weight_decay);
    if (status == HEBB_OK) status = hebb_default_number(options, "noise-updates", (double)its->noise_updates);
    return status;
}

static bool is_exact(const hebb_options *options)
{
    return strcmp(hebb_options_text(options, "gradient"), "exact") == 0;
}

static hebb_status complete(hebb_options *options, const hebb_problem *problem)
{
    hebb_machine_recipe recipe;
    hebb_boltzmann_learning_options its;
    hebb_boltzmann_learning_defaults(problem, &recipe, &its);
    hebb_status status =
        hebb_machine_learner_complete(options, problem, &recipe, its.is_conditional, its.batch, its.learning_rate);
    if (status == HEBB_OK) status = set_defaults(options, &its);
    if (status != HEBB_OK || !is_exact(options)) return status;
    const size_t n_fixed = hebb_machine_learner_is_conditional(options) ? problem->n_input : 0;
    const size_t n_free = problem->n_visible - n_fixed + (size_t)hebb_options_integer(options, "hidden");
    if (n_free <= HEBB_EXACT_MAX_UNITS) return HEBB_OK;
    return hebb_fail(HEBB_EDOM, "--gradient exact: %zu units are free, at most %d are enumerated; take sampled", n_free,
                     HEBB_EXACT_MAX_UNITS);
}

static hebb_boltzmann_learning_options read_options(const boltzmann_learner *self, const hebb_options *options)
{
    return (hebb_boltzmann_learning_options){.gradient =
                                                 is_exact(options) ? HEBB_GRADIENT_EXACT : HEBB_GRADIENT_SAMPLED,
                                             .is_conditional = self->common.is_conditional,
                                             .learning_rate = hebb_options_real(options, "learning-rate"),
                                             .weight_decay = hebb_options_real(options, "weight-decay"),
                                             .on_to_off = hebb_options_real(options, "on-to-off"),
                                             .off_to_on = hebb_options_real(options, "off-to-on"),
                                             .noise_updates = (uint64_t)hebb_options_integer(options, "noise-updates"),
                                             .batch = (size_t)hebb_options_integer(options, "batch"),
                                             .n_chains = (size_t)hebb_options_integer(options, "chains"),
                                             .n_temperatures = self->common.recipe.n_temperatures,
                                             .temperatures = self->common.temperatures,
                                             .sweeps_each = hebb_options_integer(options, "sweeps"),
                                             .collecting_sweeps = hebb_options_integer(options, "collect")};
}

static hebb_status init(void *of, const hebb_learner_setting *setting)
{
    boltzmann_learner *self = of;
    hebb_status status = hebb_machine_learner_init(&self->common, setting);
    if (status != HEBB_OK) return status;
    hebb_boltzmann_learning_options its = read_options(self, setting->options);
    status =
        hebb_boltzmann_learning_init(&self->learning, &self->common.machine, setting->problem, &its, setting->seed);
    self->common.n_unit_updates = &self->learning.n_unit_updates;
    if (status != HEBB_OK) return status;
    self->common.epoch_length = hebb_boltzmann_learning_epoch_length(&self->learning);
    self->has_test = setting->test != NULL && setting->test->has_answer;
    if (!self->has_test) return HEBB_OK;
    its.is_conditional = true; /* so that the free phase is the answer */
    its.on_to_off = its.off_to_on = 0.0;
    its.batch = 0;
    return hebb_boltzmann_learning_init(&self->test, &self->common.machine, setting->test, &its, setting->seed);
}

static void free_all(void *of)
{
    boltzmann_learner *self = of;
    hebb_boltzmann_learning_free(&self->learning);
    hebb_boltzmann_learning_free(&self->test);
    hebb_machine_learner_free(&self->common);
}

static hebb_status update(void *of, uint64_t n)
{
    boltzmann_learner *self = of;
    const hebb_status status = hebb_boltzmann_learning_update(&self->learning, n);
    hebb_machine_learner_count(&self->common, n, hebb_boltzmann_learning_error_rate(&self->learning),
                               self->learning.batch.n_shown);
    return status;
}

static double gradient_norm(const boltzmann_learner *self)
{
    const hebb_boltzmann *machine = &self->common.machine;
    const hebb_moments *clamped = &self->learning.clamped, *unclamped = &self->learning.unclamped;
    double sum = 0.0;
    for (size_t i = 0; i < machine->n_units; i++) {
        for (size_t j = 0; j < i; j++) {
            const size_t ij = i * machine->n_units + j;
            if (machine->may_link[ij]) sum += pow(clamped->products[ij] - unclamped->products[ij], 2.0);
        }
        if (machine->has_bias[i]) sum += pow(clamped->means[i] - unclamped->means[i], 2.0);
    }
    return sqrt(sum);
}

static hebb_status log_row(void *of, uint64_t n, bool is_checkpoint, double *cells)
{
    boltzmann_learner *self = of;
    hebb_machine_log row = {n > 0 ? gradient_norm(self) : NAN, NAN};
    if (self->has_test) {
        const hebb_status status = hebb_boltzmann_learning_average(&self->test, n + 1);
        if (status != HEBB_OK) return status;
        row.test_error_rate = hebb_boltzmann_learning_error_rate(&self->test);
    }
    return hebb_machine_learner_log(&self->common, n, is_checkpoint, &row, cells);
}

static const hebb_option_table own_table = {sizeof own_options / sizeof *own_options, own_options};
static const hebb_option_table *const tables[] = {&hebb_machine_options, &own_table};

const hebb_learner hebb_boltzmann_learner = {
    .name = "boltzmann",
    .summary = "a Boltzmann machine, by sampled or exact averages of both phases",
    .n_tables = sizeof tables / sizeof *tables,
    .tables = tables,
    .size = sizeof(boltzmann_learner),
    .complete = complete,
    .init = init,
    .free = free_all,
    .update = update,
    .arrays = hebb_machine_learner_arrays,
    .gather = hebb_machine_learner_gather,
    .scatter = hebb_machine_learner_scatter,
    .n_columns = HEBB_MACHINE_LOG_COLUMNS,
    .columns = hebb_machine_log_columns,
    .log = log_row,
    .error_rate = hebb_machine_learner_error_rate,
    .sample = hebb_machine_learner_sample,
};
