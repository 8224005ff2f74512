#include "machine_learner.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boltzmann_learning.h"
#include "memory.h"
#include "number.h"

static const hebb_option options_of_machines[] = {
    {"objective", 0, HEBB_OPTION_CHOICE, "conditional|generative", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "learn the output given the input, or all visible units together"},
    {"kind", 0, HEBB_OPTION_CHOICE, "sign|binary", NULL, HEBB_ANY, HEBB_OPTION_RESULT, "units -1, +1 or 0, 1"},
    {"links", 0, HEBB_OPTION_CHOICE, "full|no-input-output|layered|restricted", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "which pairs are joined: all; all but input with output; input with hidden and hidden with output; visible with "
     "hidden"},
    {"input-bias", 0, HEBB_OPTION_CHOICE, "yes|no", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "whether input units have a bias"},
    {"start", 0, HEBB_OPTION_REAL, "A", NULL, HEBB_FROM_TO(0.0, 1e6), HEBB_OPTION_RESULT,
     "weights and biases begin uniform on (-A, A)"},
    {"start-temperature", 0, HEBB_OPTION_REAL, "T", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "where annealing begins"},
    {"end-temperature", 0, HEBB_OPTION_REAL, "T", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "where annealing ends, and at which is learnt"},
    {"temperatures", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, HEBB_MAX_TEMPERATURES), HEBB_OPTION_RESULT,
     "so many of annealing, geometric, both ends included; 1: the end alone"},
};
const hebb_option_table hebb_machine_options = {sizeof options_of_machines / sizeof *options_of_machines,
                                                options_of_machines};

const hebb_column hebb_machine_log_columns[HEBB_MACHINE_LOG_COLUMNS] = {
    {"epoch", "1", "updates over updates an epoch: every case once"},
    {"error_rate", "1",
     "share of cases answered wrongly in the epoch that ends here, by the machine as it was before each of its "
     "updates; "
     "empty where there is no right answer or no epoch ends"},
    {"kl", "nat",
     "exact Kullback-Leibler divergence of the cases from the machine after the update, at the temperature of "
     "learning; "
     "conditional: of the output given the input; where that goes through at most 2^16 states, at checkpoints 2^24, "
     "else "
     "empty"},
    {"gradient_norm", "1", "Euclidean norm of clamped minus free averages, of all links and biases"},
    {"weight_norm", "1", "Euclidean norm of all weights and biases after the update"},
    {"unit_updates", "1", "updates of single units so far, in both phases"},
    {"test_error_rate", "1", "share of the test's cases answered wrongly after the update"},
    {"test_kl", "nat", "kl of the test's cases"},
};

enum { UNIT_UPDATES, WRONG, SHOWN }; /* of counts */

static const char *const unit_words[] = {[HEBB_UNITS_SIGN] = "sign", [HEBB_UNITS_BINARY] = "binary"};
static const char *const link_words[] = {[HEBB_LINKS_FULL] = "full",
                                         [HEBB_LINKS_NO_INPUT_OUTPUT] = "no-input-output",
                                         [HEBB_LINKS_LAYERED] = "layered",
                                         [HEBB_LINKS_RESTRICTED] = "restricted"};

/* ---- options ---- */

hebb_status hebb_default_text(hebb_options *options, const char *name, const char *text)
{
    if (hebb_options_is_set(options, name)) return HEBB_OK;
    char origin[64];
    snprintf(origin, sizeof origin, "default of --%s", name);
    return hebb_options_set(options, origin, name, text);
}

hebb_status hebb_default_number(hebb_options *options, const char *name, double x)
{
    char text[HEBB_NUMBER_LENGTH];
    return hebb_default_text(options, name, hebb_number_format(x, text));
}

static hebb_status complete_machine(hebb_options *options, const hebb_machine_recipe *recipe, bool is_conditional)
{
    hebb_status status = hebb_default_text(options, "objective", is_conditional ? "conditional" : "generative");
    if (status == HEBB_OK) status = hebb_default_text(options, "kind", unit_words[recipe->kind]);
    if (status == HEBB_OK) status = hebb_default_text(options, "links", link_words[recipe->links]);
    if (status == HEBB_OK) status = hebb_default_text(options, "input-bias", recipe->input_has_bias ? "yes" : "no");
    if (status == HEBB_OK) status = hebb_default_number(options, "start", recipe->start);
    if (status == HEBB_OK) status = hebb_default_number(options, "start-temperature", recipe->t_start);
    if (status == HEBB_OK) status = hebb_default_number(options, "end-temperature", recipe->t_end);
    if (status == HEBB_OK) status = hebb_default_number(options, "temperatures", (double)recipe->n_temperatures);
    return status;
}

hebb_status hebb_machine_learner_complete(hebb_options *options, const hebb_problem *problem,
                                          const hebb_machine_recipe *recipe, bool is_conditional, size_t batch,
                                          double learning_rate)
{
    if (problem->n_hidden == 0 && !hebb_options_is_set(options, "hidden"))
        return hebb_fail(HEBB_EUSAGE, "--hidden is missing: the data do not say how many hidden units to take");
    hebb_status status = complete_machine(options, recipe, is_conditional);
    if (status == HEBB_OK) status = hebb_default_number(options, "hidden", (double)recipe->n_hidden);
    if (status == HEBB_OK) status = hebb_default_number(options, "updates", (double)recipe->max_updates);
    if (status == HEBB_OK) status = hebb_default_number(options, "batch", (double)batch);
    if (status == HEBB_OK) status = hebb_default_number(options, "learning-rate", learning_rate);
    if (status != HEBB_OK) return status;
    if (hebb_machine_learner_is_conditional(options) && problem->n_input == 0)
        return hebb_fail(HEBB_EUSAGE, "--objective conditional: the data have no input; --inputs says how many of a "
                                      "file's columns are, or take --objective generative");
    if ((size_t)hebb_options_integer(options, "batch") > problem->n_cases)
        return hebb_fail(HEBB_EDOM, "--batch %ld: there are %zu cases; 0 takes all",
                         hebb_options_integer(options, "batch"), problem->n_cases);
    return HEBB_OK;
}

/* Which of the words the option says. */
static int choice(const hebb_options *options, const char *name, int n, const char *const *words)
{
    const char *text = hebb_options_text(options, name);
    int k = n - 1;
    while (k > 0 && strcmp(text, words[k]) != 0) k--;
    return k;
}

bool hebb_machine_learner_is_conditional(const hebb_options *options)
{
    return strcmp(hebb_options_text(options, "objective"), "conditional") == 0;
}

hebb_machine_recipe hebb_machine_learner_recipe(const hebb_options *options)
{
    return (hebb_machine_recipe){.kind = (hebb_unit_kind)choice(options, "kind", 2, unit_words),
                                 .links = (hebb_links)choice(options, "links", 4, link_words),
                                 .n_hidden = (size_t)hebb_options_integer(options, "hidden"),
                                 .input_has_bias = strcmp(hebb_options_text(options, "input-bias"), "yes") == 0,
                                 .start = hebb_options_real(options, "start"),
                                 .t_start = hebb_options_real(options, "start-temperature"),
                                 .t_end = hebb_options_real(options, "end-temperature"),
                                 .n_temperatures = (size_t)hebb_options_integer(options, "temperatures"),
                                 .max_updates = (uint64_t)hebb_options_integer(options, "updates")};
}

/* ---- the machine and its arrays ---- */

/* Whether visible, or hidden, units are joined with each other. */
static bool has_links_within(hebb_links links)
{
    return links == HEBB_LINKS_FULL || links == HEBB_LINKS_NO_INPUT_OUTPUT;
}

static hebb_status make_arrays(hebb_machine_learner *self)
{
    const size_t v = self->machine.n_visible, h = self->machine.n_hidden;
    self->weights = calloc(v * h + 1, sizeof(double));
    self->visible_bias = calloc(v, sizeof(double));
    self->hidden_bias = calloc(h + 1, sizeof(double));
    self->visible_weights = calloc(self->has_free_links ? v * v : 1, sizeof(double));
    self->hidden_weights = calloc(self->has_free_links ? h * h + 1 : 1, sizeof(double));
    if (self->weights != NULL && self->visible_bias != NULL && self->hidden_bias != NULL &&
        self->visible_weights != NULL && self->hidden_weights != NULL)
        return HEBB_OK;
    return hebb_fail(HEBB_ENOMEM, "no memory for the weights of %zu units", self->machine.n_units);
}

hebb_status hebb_machine_learner_init(hebb_machine_learner *self, const hebb_learner_setting *setting)
{
    const hebb_problem *problem = setting->problem;
    self->recipe = hebb_machine_learner_recipe(setting->options);
    self->problem = problem;
    self->test = setting->test;
    self->is_conditional = hebb_machine_learner_is_conditional(setting->options);
    self->has_free_links = has_links_within(self->recipe.links);
    hebb_machine_recipe_temperatures(&self->recipe, self->temperatures);
    const double n = (double)problem->n_visible + (double)self->recipe.n_hidden;
    self->n_kl_states = self->is_conditional ? exp2(n - (double)problem->n_input) * (double)problem->n_cases : exp2(n);
    enum { BYTES_A_LINK = 90 }; /* weights, mask, averages of both phases, a case's; the arrays */
    hebb_status status = hebb_memory_check("a machine's weights and averages", BYTES_A_LINK * n * n, 1);
    if (status == HEBB_OK) status = hebb_machine_recipe_make(&self->recipe, problem, setting->seed, &self->machine);
    if (status == HEBB_OK) status = make_arrays(self);
    return status;
}

void hebb_machine_learner_free(hebb_machine_learner *self)
{
    hebb_boltzmann_free(&self->machine);
    free(self->weights);
    free(self->visible_bias);
    free(self->hidden_bias);
    free(self->visible_weights);
    free(self->hidden_weights);
    *self = (hebb_machine_learner){0};
}

size_t hebb_machine_learner_arrays(void *of, hebb_learner_array arrays[HEBB_LEARNER_MAX_ARRAYS])
{
    hebb_machine_learner *self = of;
    const size_t v = self->machine.n_visible, h = self->machine.n_hidden;
    size_t n = 0;
    arrays[n++] = (hebb_learner_array){HEBB_ARRAY_VISIBLE_BIAS, v, 0, self->visible_bias, false};
    arrays[n++] = (hebb_learner_array){HEBB_ARRAY_HIDDEN_BIAS, h, 0, self->hidden_bias, false};
    if (self->has_free_links) {
        arrays[n++] = (hebb_learner_array){HEBB_ARRAY_VISIBLE_WEIGHTS, v, v, self->visible_weights, false};
        if (h > 0) arrays[n++] = (hebb_learner_array){HEBB_ARRAY_HIDDEN_WEIGHTS, h, h, self->hidden_weights, false};
    }
    arrays[n++] = (hebb_learner_array){HEBB_ARRAY_WEIGHTS, v, h, self->weights, false};
    arrays[n++] = (hebb_learner_array){"counts", 3, 0, self->counts, true};
    return n;
}

void hebb_machine_learner_gather(void *of)
{
    hebb_machine_learner *self = of;
    const hebb_boltzmann *machine = &self->machine;
    const size_t v = machine->n_visible, h = machine->n_hidden, n = machine->n_units;
    for (size_t i = 0; i < v; i++) memcpy(self->weights + i * h, machine->weights + i * n + v, h * sizeof(double));
    memcpy(self->visible_bias, machine->biases, v * sizeof(double));
    memcpy(self->hidden_bias, machine->biases + v, h * sizeof(double));
    for (size_t i = 0; i < v && self->has_free_links; i++)
        memcpy(self->visible_weights + i * v, machine->weights + i * n, v * sizeof(double));
    for (size_t i = 0; i < h && self->has_free_links; i++)
        memcpy(self->hidden_weights + i * h, machine->weights + (v + i) * n + v, h * sizeof(double));
    self->counts[UNIT_UPDATES] = (double)*self->n_unit_updates;
}

/* The arrays of a checkpoint into a machine; visible and hidden weights may be NULL. */
static void fill_machine(hebb_boltzmann *machine, const double *weights, const double *visible_bias,
                         const double *hidden_bias, const double *visible_weights, const double *hidden_weights)
{
    const size_t v = machine->n_visible, h = machine->n_hidden, n = machine->n_units;
    memcpy(machine->biases, visible_bias, v * sizeof(double));
    memcpy(machine->biases + v, hidden_bias, h * sizeof(double));
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            if (!machine->may_link[i * n + j]) continue;
            const double w = i < v    ? (visible_weights != NULL ? visible_weights[i * v + j] : 0.0)
                             : j >= v ? (hidden_weights != NULL ? hidden_weights[(i - v) * h + j - v] : 0.0)
                                      : weights[j * h + i - v];
            hebb_boltzmann_set_weight(machine, i, j, w);
        }
}

void hebb_machine_learner_scatter(void *of)
{
    hebb_machine_learner *self = of;
    fill_machine(&self->machine, self->weights, self->visible_bias, self->hidden_bias,
                 self->has_free_links ? self->visible_weights : NULL,
                 self->has_free_links ? self->hidden_weights : NULL);
    *self->n_unit_updates = (uint64_t)self->counts[UNIT_UPDATES];
}

/* ---- the log ---- */

void hebb_machine_learner_count(hebb_machine_learner *self, uint64_t n, double error_rate, size_t n_shown)
{
    if (!self->problem->has_answer) return;
    if (n % self->epoch_length == 1 || self->epoch_length == 1) self->counts[WRONG] = self->counts[SHOWN] = 0.0;
    self->counts[WRONG] += round(error_rate * (double)n_shown);
    self->counts[SHOWN] += (double)n_shown;
}

double hebb_machine_learner_error_rate(void *of, uint64_t n)
{
    const hebb_machine_learner *self = of;
    const bool is_known = self->problem->has_answer && n > 0 && n % self->epoch_length == 0;
    return is_known ? self->counts[WRONG] / self->counts[SHOWN] : NAN;
}

static double weight_norm(const hebb_boltzmann *machine)
{
    double sum = 0.0;
    for (size_t i = 0; i < machine->n_units; i++) {
        for (size_t j = 0; j < i; j++)
            sum += machine->weights[i * machine->n_units + j] * machine->weights[i * machine->n_units + j];
        sum += machine->biases[i] * machine->biases[i];
    }
    return sqrt(sum);
}

hebb_status hebb_machine_learner_log(hebb_machine_learner *self, uint64_t n, bool is_checkpoint,
                                     const hebb_machine_log *of_rule, double *cells)
{
    const double most_states = is_checkpoint ? 0x1p24 : 0x1p16;
    const bool has_kl = self->n_kl_states <= most_states;
    double kl = NAN, test_kl = NAN;
    hebb_status status = HEBB_OK;
    if (has_kl)
        status =
            hebb_boltzmann_divergence(&self->machine, self->problem, self->recipe.t_end, self->is_conditional, &kl);
    if (status == HEBB_OK && has_kl && self->test != NULL)
        status =
            hebb_boltzmann_divergence(&self->machine, self->test, self->recipe.t_end, self->is_conditional, &test_kl);
    const double row[HEBB_MACHINE_LOG_COLUMNS] = {(double)n / (double)self->epoch_length,
                                                  hebb_machine_learner_error_rate(self, n),
                                                  kl,
                                                  of_rule->gradient_norm,
                                                  weight_norm(&self->machine),
                                                  (double)*self->n_unit_updates,
                                                  of_rule->test_error_rate,
                                                  test_kl};
    memcpy(cells, row, sizeof row);
    return status;
}

/* ---- samples ---- */

static const double *find_array(const hebb_sample_request *request, const char *name)
{
    for (size_t k = 0; k < request->n_arrays; k++)
        if (strcmp(request->arrays[k].name, name) == 0) return request->arrays[k].values;
    return NULL;
}

static void start_chains(const hebb_sample_request *request, hebb_gibbs *chains, int8_t *state)
{
    for (size_t i = 0; request->input != NULL && i < request->n_input; i++) {
        chains->is_clamped[i] = 1;
        state[i] = request->input[i] != 0;
    }
    for (size_t c = 0; request->input != NULL && c < request->n_samples; c++) hebb_gibbs_set(chains, c, state);
    /* Updates of learning are counted from 1: number 0 is free for this. */
    hebb_gibbs_randomise(chains, hebb_philox_derive(request->seed, HEBB_DRAW_STATE, 0, 0));
}

static hebb_status run_chains(const hebb_sample_request *request, const hebb_machine_recipe *recipe, hebb_gibbs *chains)
{
    double temperatures[HEBB_MAX_TEMPERATURES];
    hebb_machine_recipe own = *recipe;
    if (!isnan(request->temperature)) own.t_end = request->temperature;
    hebb_machine_recipe_temperatures(&own, temperatures);
    hebb_status status = HEBB_OK;
    for (size_t k = 0; k < own.n_temperatures && status == HEBB_OK; k++)
        status = hebb_gibbs_run(chains, temperatures[k], request->sweeps);
    return status;
}

/* An array that is gone must not pass for links of 0. */
static hebb_status check_links(const hebb_sample_request *request, const hebb_machine_recipe *recipe)
{
    const bool has_free_links = has_links_within(recipe->links);
    if (has_free_links && find_array(request, HEBB_ARRAY_VISIBLE_WEIGHTS) == NULL)
        return hebb_fail(HEBB_EDATA, "the checkpoint has no " HEBB_ARRAY_VISIBLE_WEIGHTS ".npy");
    if (has_free_links && request->n_hidden > 0 && find_array(request, HEBB_ARRAY_HIDDEN_WEIGHTS) == NULL)
        return hebb_fail(HEBB_EDATA, "the checkpoint has no " HEBB_ARRAY_HIDDEN_WEIGHTS ".npy");
    return HEBB_OK;
}

hebb_status hebb_machine_learner_sample(const hebb_sample_request *request, int8_t *states)
{
    const hebb_machine_recipe recipe = hebb_machine_learner_recipe(request->options);
    hebb_boltzmann machine = {0};
    hebb_gibbs chains = {0};
    int8_t *state = NULL;
    hebb_status status = check_links(request, &recipe);
    if (status == HEBB_OK)
        status = hebb_boltzmann_init(&machine, request->n_input, request->n_output, request->n_hidden, recipe.kind,
                                     recipe.links);
    if (status == HEBB_OK)
        status = hebb_gibbs_init(&chains, &machine, request->n_samples,
                                 hebb_philox_derive(request->seed, HEBB_DRAW_GIBBS, 0, 0));
    if (status != HEBB_OK) goto out;
    fill_machine(&machine, find_array(request, HEBB_ARRAY_WEIGHTS), find_array(request, HEBB_ARRAY_VISIBLE_BIAS),
                 find_array(request, HEBB_ARRAY_HIDDEN_BIAS), find_array(request, HEBB_ARRAY_VISIBLE_WEIGHTS),
                 find_array(request, HEBB_ARRAY_HIDDEN_WEIGHTS));
    state = calloc(machine.n_units, 1);
    if (state == NULL) {
        status = hebb_fail(HEBB_ENOMEM, "no memory for a state of %zu units", machine.n_units);
        goto out;
    }
    start_chains(request, &chains, state);
    status = run_chains(request, &recipe, &chains);
    for (size_t c = 0; c < request->n_samples && status == HEBB_OK; c++) {
        hebb_gibbs_get(&chains, c, state);
        memcpy(states + c * machine.n_visible, state, machine.n_visible);
    }
out:
    free(state);
    hebb_gibbs_free(&chains);
    hebb_boltzmann_free(&machine);
    return status;
}
