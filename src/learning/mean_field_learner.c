/* `hebb train mean-field`: the two-phase rule of Peterson and Anderson */
#include <math.h>
#include <string.h>

#include "machine_learner.h"
#include "mean_field_learning.h"

typedef struct {
    hebb_machine_learner common; /* first: its functions are called with this */
    hebb_mean_field_learning learning;
    hebb_mean_field_learning test; /* answers the test's cases */
    bool has_test;
} mean_field_learner;

static const hebb_option own_options[] = {
    {"rule", 0, HEBB_OPTION_CHOICE, "gradient|manhattan", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "steps along the gradient, or of one length along its signs"},
    {"approximation", 0, HEBB_OPTION_CHOICE, "naive|tap", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "mean field, or with Onsager's reaction"},
    {"update-order", 0, HEBB_OPTION_CHOICE, "sequential|synchronous", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "means one after the other, or all at once"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "at each temperature; with --tolerance: at most"},
    {"tolerance", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_FROM_TO(0.0, 1.0), HEBB_OPTION_RESULT,
     "settled where no mean moves by more in a sweep; 0: all sweeps are made"},
    {"damping", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_FROM_TO(0.0, 0.999), HEBB_OPTION_RESULT,
     "share of the old mean in the new one"},
};

static hebb_status set_defaults(hebb_options *options, const hebb_mean_field_learning_options *its)
{
    const hebb_mean_field_options *settling = &its->settling;
    hebb_status status = hebb_default_text(options, "rule", its->is_manhattan ? "manhattan" : "gradient");
    if (status == HEBB_OK)
        status = hebb_default_text(options, "approximation", settling->order == HEBB_MEAN_FIELD_TAP ? "tap" : "naive");
    if (status == HEBB_OK)
        status = hebb_default_text(options, "update-order", settling->is_synchronous ? "synchronous" : "sequential");
    if (status == HEBB_OK) status = hebb_default_number(options, "sweeps", (double)settling->max_sweeps);
    if (status == HEBB_OK) status = hebb_default_number(options, "tolerance", settling->tolerance);
    if (status == HEBB_OK) status = hebb_default_number(options, "damping", settling->damping);
    return status;
}

static hebb_status complete(hebb_options *options, const hebb_problem *problem)
{
    hebb_machine_recipe recipe;
    hebb_mean_field_learning_options its;
    hebb_mean_field_learning_defaults(problem, &recipe, &its);
    const hebb_status status =
        hebb_machine_learner_complete(options, problem, &recipe, its.is_conditional, its.batch, its.learning_rate);
    return status == HEBB_OK ? set_defaults(options, &its) : status;
}

static bool is_word(const hebb_options *options, const char *name, const char *word)
{
    return strcmp(hebb_options_text(options, name), word) == 0;
}

static hebb_mean_field_learning_options read_options(const mean_field_learner *self, const hebb_options *options)
{
    return (hebb_mean_field_learning_options){
        .is_conditional = self->common.is_conditional,
        .is_manhattan = is_word(options, "rule", "manhattan"),
        .settling = {.order = is_word(options, "approximation", "tap") ? HEBB_MEAN_FIELD_TAP : HEBB_MEAN_FIELD_NAIVE,
                     .is_synchronous = is_word(options, "update-order", "synchronous"),
                     .damping = hebb_options_real(options, "damping"),
                     .tolerance = hebb_options_real(options, "tolerance"),
                     .max_sweeps = hebb_options_integer(options, "sweeps")},
        .learning_rate = hebb_options_real(options, "learning-rate"),
        .batch = (size_t)hebb_options_integer(options, "batch"),
        .n_temperatures = self->common.recipe.n_temperatures,
        .temperatures = self->common.temperatures};
}

static hebb_status init(void *of, const hebb_learner_setting *setting)
{
    mean_field_learner *self = of;
    hebb_status status = hebb_machine_learner_init(&self->common, setting);
    if (status != HEBB_OK) return status;
    hebb_mean_field_learning_options its = read_options(self, setting->options);
    status =
        hebb_mean_field_learning_init(&self->learning, &self->common.machine, setting->problem, &its, setting->seed);
    self->common.n_unit_updates = &self->learning.n_unit_updates;
    if (status != HEBB_OK) return status;
    self->common.epoch_length = hebb_mean_field_learning_epoch_length(&self->learning);
    self->has_test = setting->test != NULL && setting->test->has_answer;
    if (!self->has_test) return HEBB_OK;
    its.is_conditional = true; /* so that the free phase is the answer */
    its.batch = 0;
    return hebb_mean_field_learning_init(&self->test, &self->common.machine, setting->test, &its, setting->seed);
}

static void free_all(void *of)
{
    mean_field_learner *self = of;
    hebb_mean_field_learning_free(&self->learning);
    hebb_mean_field_learning_free(&self->test);
    hebb_machine_learner_free(&self->common);
}

static hebb_status update(void *of, uint64_t n)
{
    mean_field_learner *self = of;
    const hebb_status status = hebb_mean_field_learning_update(&self->learning, n);
    hebb_machine_learner_count(&self->common, n, hebb_mean_field_learning_error_rate(&self->learning),
                               self->learning.batch.n_shown);
    return status;
}

static double gradient_norm(const mean_field_learner *self)
{
    const hebb_boltzmann *machine = &self->common.machine;
    double sum = 0.0;
    for (size_t i = 0; i < machine->n_units; i++) {
        for (size_t j = 0; j < i; j++) {
            const size_t ij = i * machine->n_units + j;
            if (machine->may_link[ij]) sum += self->learning.slopes[ij] * self->learning.slopes[ij];
        }
        const double slope = self->learning.slopes[i * machine->n_units + i];
        if (machine->has_bias[i]) sum += slope * slope;
    }
    return sqrt(sum);
}

static hebb_status log_row(void *of, uint64_t n, bool is_checkpoint, double *cells)
{
    mean_field_learner *self = of;
    hebb_machine_log row = {n > 0 ? gradient_norm(self) : NAN, NAN};
    if (self->has_test) {
        const hebb_status status = hebb_mean_field_learning_average(&self->test, n + 1);
        if (status != HEBB_OK) return status;
        row.test_error_rate = hebb_mean_field_learning_error_rate(&self->test);
    }
    return hebb_machine_learner_log(&self->common, n, is_checkpoint, &row, cells);
}

static const hebb_option_table own_table = {sizeof own_options / sizeof *own_options, own_options};
static const hebb_option_table *const tables[] = {&hebb_machine_options, &own_table};

const hebb_learner hebb_mean_field_learner = {
    .name = "mean-field",
    .summary = "a Boltzmann machine, by means settled in mean field for the averages of both phases",
    .n_tables = sizeof tables / sizeof *tables,
    .tables = tables,
    .size = sizeof(mean_field_learner),
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
