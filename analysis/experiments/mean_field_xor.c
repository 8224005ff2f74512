#include "mean_field_xor_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
#include "criterion.h"
#include "experiment.h"
#include "grid.h"

/*
 * A read-out: chains of a case, a word of them; temperatures before the last, geometric from where the largest field is
 * weak, and sweeps at each; at the last, before counting begins, sweeps for each that is counted and at the least.
 * Learning by enumeration of more free units would take minutes a replica.
 */
enum {
    READ_CHAINS = 64,
    READ_TEMPERATURES = 24,
    READ_EACH = 10,
    READ_BEFORE = 4,
    READ_BEFORE_LEAST = 200,
    MAX_EXACT_UNITS = 11
};

static const hebb_option options[] = {
    {"problem", 0, HEBB_OPTION_CHOICE, "xor|encoder-4-2-4|encoder-8-3-8|line-symmetry|shifter", "xor", HEBB_ANY,
     HEBB_OPTION_RESULT, "what is learnt"},
    {"settle", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "2,10", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT,
     "mean field: sweeps at each temperature; costs are compared with the first"},
    {"collect", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "1,2,3,5,10,20,50,100,200,500,1000", HEBB_FROM_TO(1.0, 1e6),
     HEBB_OPTION_RESULT, "sampling: collecting sweeps of a phase"},
    {"learning-rate", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(1e-6, 100.0), HEBB_OPTION_RESULT,
     "sampling: learning rates"},
    {"temperatures", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(1.0, HEBB_MAX_TEMPERATURES),
     HEBB_OPTION_RESULT, "sampling: temperatures of the schedule, a sweep at each; one number for each learning rate"},
    {"start", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(0.0, 100.0), HEBB_OPTION_RESULT,
     "sampling: weights begin uniform on +-X, one number for each learning rate; if none of the three is given, the "
     "rule's own, and for xor tuned ones"},
    {"updates", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "after which learning is given up; if not given the rule's default for the problem"},
    {"further", 0, HEBB_OPTION_INTEGER, "N", "0", HEBB_FROM_TO(0.0, 1e9), HEBB_OPTION_RESULT,
     "epochs of learning after the ten without an error, before the machine is read out"},
    {"read-sweeps", 0, HEBB_OPTION_INTEGER, "N", "50", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT,
     "counted of each of a case's 64 chains when the machine is read out, after four times as many, 200 at least"},
};

static const hebb_column grid_columns[MFX_N_GRID] = {
    {"settling_sweeps", "1", "mean field: sweeps at each temperature; 0: another rule"},
    {"learning_rate", "1", "eta"},
    {"temperatures", "1", "of the annealing schedule; 0: the exact gradient has none"},
    {"start", "1", "weights and biases begin uniform on (-start, start)"},
    {"collecting_sweeps", "1", "sampling: collecting sweeps of a phase; 0: mean field, or the exact gradient"},
};

static const hebb_column value_columns[MFX_N_VALUES] = {
    {"learnt", "1", "1 where all cases were answered rightly for ten epochs running"},
    {"epochs", "1", "up to then, the ten included; empty: given up"},
    {"unit_updates", "1", "single units, or means, that were set up to then; empty: the exact gradient"},
    {"updates_per_epoch", "1", "unit_updates over epochs"},
    {"read_right", "1", "share of sampled states of the machine that have the right answer, input clamped"},
    {"p_right", "1", "P(answer|input) by enumeration, mean over the cases"},
    {"settled_right", "1", "share of cases answered rightly in mean field"},
};

static hebb_mean_field_xor_kind kind_of(const double *row)
{
    return row[MFX_SETTLING] > 0.0 ? MFX_MEAN_FIELD : row[MFX_COLLECTING] > 0.0 ? MFX_SAMPLED : MFX_EXACT;
}

hebb_mean_field_xor_kind hebb_mean_field_xor_kind_of(const hebb_study *study, size_t point)
{
    return kind_of(study->grid + point * MFX_N_GRID);
}

void hebb_mean_field_xor_choose(const hebb_mean_field_xor_study *own, const double *row, hebb_mean_field_xor_rule *rule)
{
    rule->kind = kind_of(row);
    if (rule->kind == MFX_MEAN_FIELD) {
        hebb_mean_field_learning_defaults(&own->problem, &rule->recipe, &rule->mean_field);
        rule->mean_field.settling.max_sweeps = (long)row[MFX_SETTLING];
    } else {
        hebb_boltzmann_learning_defaults(&own->problem, &rule->recipe, &rule->sampled);
        rule->sampled.learning_rate = row[MFX_RATE];
        rule->recipe.start = row[MFX_START];
        if (rule->kind == MFX_SAMPLED)
            rule->recipe.n_temperatures = rule->sampled.n_temperatures = (size_t)row[MFX_TEMPERATURES];
        if (rule->kind == MFX_SAMPLED) rule->sampled.collecting_sweeps = (long)row[MFX_COLLECTING];
        if (rule->kind == MFX_EXACT) rule->sampled.gradient = HEBB_GRADIENT_EXACT;
    }
    hebb_machine_recipe_temperatures(&rule->recipe, rule->temperatures);
    rule->mean_field.temperatures = rule->sampled.temperatures = rule->temperatures;
    if (own->max_updates > 0) rule->recipe.max_updates = own->max_updates;
}

double hebb_mean_field_xor_per_epoch(const hebb_mean_field_xor_study *own, const double *row)
{
    hebb_mean_field_xor_rule rule = {0};
    hebb_mean_field_xor_choose(own, row, &rule);
    if (rule.kind == MFX_EXACT) return NAN;
    const bool is_conditional =
        rule.kind == MFX_MEAN_FIELD ? rule.mean_field.is_conditional : rule.sampled.is_conditional;
    const double n_hidden = (double)rule.recipe.n_hidden, n_cases = (double)own->problem.n_cases;
    const double n_free = n_hidden + (double)(is_conditional ? own->problem.n_output : own->problem.n_visible);
    const double n_temperatures = (double)rule.recipe.n_temperatures;
    if (rule.kind == MFX_SAMPLED)
        return n_cases * (double)rule.sampled.n_chains * (n_hidden + n_free) *
               (n_temperatures * (double)rule.sampled.sweeps_each + row[MFX_COLLECTING]);
    return (n_cases * n_hidden + (is_conditional ? n_cases : 1.0) * n_free) * n_temperatures * row[MFX_SETTLING];
}

/* ---- plan ---- */

static double bytes(const hebb_study *study, size_t point)
{
    const hebb_mean_field_xor_study *own = study->own;
    hebb_mean_field_xor_rule rule = {0};
    hebb_mean_field_xor_choose(own, study->grid + point * MFX_N_GRID, &rule);
    const double n = (double)(own->problem.n_visible + rule.recipe.n_hidden), n_cases = (double)own->problem.n_cases;
    return 200.0 * n * n + 16.0 * n * n_cases * READ_CHAINS;
}

/* A sampler is a learning rate, a schedule and a start: the options that name it, each a number a sampler or one for all. */
enum { RATE, TEMPERATURES, START, N_SAMPLER };
static const char *const sampler_options[N_SAMPLER] = {"learning-rate", "temperatures", "start"};

/*
 * Where nothing is said: the rule's own sampler; for exclusive or also, of a scan on seeds above 1000, the cheapest that
 * learnt 98 % without giving up, and the cheapest of all with giving up (docs/mean_field_learning.md).
 */
static const char *const xor_samplers[N_SAMPLER] = {"0.4,2.5,8", "8,6,1", "0.5"};

static hebb_status set_samplers(hebb_study *study, const double own[N_SAMPLER])
{
    bool is_any_set = strcmp(hebb_options_text(study->options, "problem"), "xor") != 0;
    for (int k = 0; k < N_SAMPLER; k++) is_any_set |= hebb_options_is_set(study->options, sampler_options[k]);
    hebb_status status = HEBB_OK;
    for (int k = 0; status == HEBB_OK && k < N_SAMPLER; k++) {
        char text[64], name[32];
        if (hebb_options_is_set(study->options, sampler_options[k])) continue;
        snprintf(name, sizeof name, "--%s", sampler_options[k]);
        hebb_c_locale_print(text, sizeof text, "%.10g", own[k]);
        status = hebb_options_set(study->options, name, sampler_options[k], is_any_set ? text : xor_samplers[k]);
    }
    return status;
}

/* How many samplers there are: the lists' lengths are that or 1. */
static hebb_status count_samplers(const hebb_study *study, size_t *n)
{
    *n = 1;
    for (int k = 0; k < N_SAMPLER; k++) {
        const size_t length = hebb_options_list(study->options, sampler_options[k])->length;
        if (length > *n) *n = length;
    }
    for (int k = 0; k < N_SAMPLER; k++) {
        const size_t length = hebb_options_list(study->options, sampler_options[k])->length;
        if (length != 1 && length != *n)
            return hebb_fail(HEBB_EDOM, "--%s: %zu numbers for %zu samplers: one for each, or one for all",
                             sampler_options[k], length, *n);
    }
    return HEBB_OK;
}

void hebb_mean_field_xor_sampler(const hebb_study *study, size_t sampler, double *row)
{
    static const int columns[N_SAMPLER] = {MFX_RATE, MFX_TEMPERATURES, MFX_START};
    for (int k = 0; k < N_SAMPLER; k++) {
        const hebb_list *list = hebb_options_list(study->options, sampler_options[k]);
        row[columns[k]] = list->values[list->length == 1 ? 0 : sampler];
    }
    row[MFX_SETTLING] = row[MFX_COLLECTING] = 0.0;
}

/*
 * The exact gradient has the first sampler's rate alone: at one as large as 8 its machines have barriers that a read-out's
 * chains do not cross.
 */
static hebb_status add_points(hebb_study *study)
{
    hebb_mean_field_xor_study *own = study->own;
    hebb_machine_recipe settled_recipe, recipe;
    hebb_mean_field_learning_options mean_field;
    hebb_boltzmann_learning_options sampled;
    hebb_mean_field_learning_defaults(&own->problem, &settled_recipe, &mean_field);
    hebb_boltzmann_learning_defaults(&own->problem, &recipe, &sampled);
    hebb_status status =
        set_samplers(study, (double[N_SAMPLER]){sampled.learning_rate, (double)recipe.n_temperatures, recipe.start});
    if (status == HEBB_OK) status = count_samplers(study, &own->n_samplers);
    const hebb_list *settling = hebb_options_list(study->options, "settle"),
                    *collecting = hebb_options_list(study->options, "collect");
    for (size_t k = 0; status == HEBB_OK && k < settling->length; k++)
        status =
            hebb_study_add_point(study, (double[]){settling->values[k], mean_field.learning_rate,
                                                   (double)settled_recipe.n_temperatures, settled_recipe.start, 0.0});
    for (size_t a = 0; status == HEBB_OK && a < own->n_samplers; a++) {
        double row[MFX_N_GRID];
        hebb_mean_field_xor_sampler(study, a, row);
        for (size_t b = 0; status == HEBB_OK && b < collecting->length; b++) {
            row[MFX_COLLECTING] = collecting->values[b];
            status = hebb_study_add_point(study, row);
        }
        if (status == HEBB_OK && a == 0 && recipe.n_hidden + own->problem.n_output <= MAX_EXACT_UNITS) {
            row[MFX_TEMPERATURES] = row[MFX_COLLECTING] = 0.0;
            status = hebb_study_add_point(study, row);
        }
    }
    return status;
}

static hebb_status plan(hebb_study *study)
{
    hebb_mean_field_xor_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    own->seed = hebb_study_seed(study, "dynamics-seed");
    own->read_sweeps = hebb_options_integer(study->options, "read-sweeps");
    own->n_further = (uint64_t)hebb_options_integer(study->options, "further");
    if (hebb_options_is_set(study->options, "updates"))
        own->max_updates = (uint64_t)hebb_options_integer(study->options, "updates");
    hebb_status status = hebb_problem_builtin(hebb_options_text(study->options, "problem"), &own->problem);
    if (status != HEBB_OK) return status;
    study->n_grid = MFX_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = MFX_N_VALUES;
    study->value_columns = value_columns;
    status = add_points(study);
    double most = 0.0;
    for (size_t point = 0; point < study->n_points; point++) most = fmax(most, bytes(study, point));
    return status == HEBB_OK ? hebb_study_check_memory(study, "the machines", most) : status;
}

static void finish(hebb_study *study)
{
    hebb_mean_field_xor_study *own = study->own;
    if (own != NULL) hebb_problem_free(&own->problem);
    free(own);
}

/* A read-out takes as long as learning with some hundred collecting sweeps, or with few by enumeration. */
static double cost(const hebb_study *study, size_t point)
{
    return 100.0 + hebb_study_grid(study, point, MFX_COLLECTING);
}

/* ---- learning ---- */

/* What is kept of learning on the way, and behind it the weights and biases. */
typedef struct {
    uint64_t update;
    uint64_t epochs, n_unit_updates; /* when the criterion was met, or so far */
    hebb_criterion criterion;
    bool is_met;
} progress;

typedef struct {
    hebb_mean_field_xor_rule rule;
    hebb_boltzmann machine;
    hebb_mean_field_learning mean_field;
    hebb_boltzmann_learning sampled; /* or by enumeration */
    hebb_gibbs chains;               /* of a read-out */
    hebb_moments moments;
    int8_t *state;
    unsigned char *kept;
} workspace;

static void empty(workspace *w)
{
    hebb_mean_field_learning_free(&w->mean_field);
    hebb_boltzmann_learning_free(&w->sampled);
    hebb_gibbs_free(&w->chains);
    hebb_moments_free(&w->moments);
    hebb_boltzmann_free(&w->machine);
    free(w->state);
    free(w->kept);
    *w = (workspace){0};
}

static void workspace_free(void *room)
{
    if (room == NULL) return;
    empty(room);
    free(room);
}

static size_t kept_size(const hebb_boltzmann *machine)
{
    return sizeof(progress) + (machine->n_units + 1) * machine->n_units * sizeof(double);
}

/* A machine at its start with the rule that is to train it. */
static hebb_status begin(const hebb_study *study, const hebb_unit *unit, uint64_t seed, workspace *w)
{
    const hebb_mean_field_xor_study *own = study->own;
    empty(w);
    hebb_mean_field_xor_choose(own, study->grid + unit->point * MFX_N_GRID, &w->rule);
    hebb_status status = hebb_machine_recipe_make(&w->rule.recipe, &own->problem, seed, &w->machine);
    if (status != HEBB_OK) return status;
    status = w->rule.kind == MFX_MEAN_FIELD
                 ? hebb_mean_field_learning_init(&w->mean_field, &w->machine, &own->problem, &w->rule.mean_field, seed)
                 : hebb_boltzmann_learning_init(&w->sampled, &w->machine, &own->problem, &w->rule.sampled, seed);
    w->kept = calloc(1, kept_size(&w->machine));
    w->state = calloc(w->machine.n_units, sizeof *w->state);
    if (status == HEBB_OK && (w->kept == NULL || w->state == NULL))
        return hebb_fail(HEBB_ENOMEM, "no memory for a machine of %zu units", w->machine.n_units);
    return status;
}

static hebb_status keep(workspace *w, const progress *at, hebb_checkpoint *checkpoint)
{
    const size_t n = w->machine.n_units;
    memcpy(w->kept, at, sizeof *at);
    memcpy(w->kept + sizeof *at, w->machine.weights, n * n * sizeof(double));
    memcpy(w->kept + sizeof *at + n * n * sizeof(double), w->machine.biases, n * sizeof(double));
    return hebb_checkpoint_save(checkpoint, kept_size(&w->machine), w->kept);
}

static void take_up(workspace *w, progress *at, hebb_checkpoint *checkpoint)
{
    const size_t n = w->machine.n_units;
    if (!hebb_checkpoint_load(checkpoint, kept_size(&w->machine), w->kept)) return;
    memcpy(at, w->kept, sizeof *at);
    memcpy(w->machine.weights, w->kept + sizeof *at, n * n * sizeof(double));
    memcpy(w->machine.biases, w->kept + sizeof *at + n * n * sizeof(double), n * sizeof(double));
}

static hebb_status update(workspace *w, uint64_t n, double *error_rate, uint64_t *n_unit_updates)
{
    const bool is_mean_field = w->rule.kind == MFX_MEAN_FIELD;
    const uint64_t before = is_mean_field ? w->mean_field.n_unit_updates : w->sampled.n_unit_updates;
    const hebb_status status = is_mean_field ? hebb_mean_field_learning_update(&w->mean_field, n)
                                             : hebb_boltzmann_learning_update(&w->sampled, n);
    *error_rate = is_mean_field ? hebb_mean_field_learning_error_rate(&w->mean_field)
                                : hebb_boltzmann_learning_error_rate(&w->sampled);
    *n_unit_updates = (is_mean_field ? w->mean_field.n_unit_updates : w->sampled.n_unit_updates) - before;
    return status;
}

/*
 * Updates until the criterion is met or learning is given up, and the further ones.  The defaults' batches hold all
 * cases: an update is an epoch.
 */
static hebb_status train(const hebb_mean_field_xor_study *own, workspace *w, hebb_checkpoint *checkpoint, progress *at)
{
    *at = (progress){.criterion.wanted = HEBB_CRITERION_EPOCHS};
    take_up(w, at, checkpoint);
    while (at->is_met ? at->update < at->epochs + own->n_further : at->update < w->rule.recipe.max_updates) {
        double error_rate;
        uint64_t n_unit_updates;
        at->update++;
        hebb_status status = update(w, at->update, &error_rate, &n_unit_updates);
        if (status != HEBB_OK) return status;
        if (!at->is_met) {
            at->epochs = at->update;
            at->n_unit_updates += n_unit_updates;
            at->is_met = hebb_criterion_add(&at->criterion, error_rate);
        }
        if (!hebb_checkpoint_is_due(checkpoint)) continue;
        status = keep(w, at, checkpoint);
        if (status != HEBB_OK) return status;
    }
    return HEBB_OK;
}

/* ---- reading out ---- */

static void set_case(const hebb_mean_field_xor_study *own, workspace *w, size_t c)
{
    const int8_t off = hebb_unit_off(w->machine.kind);
    for (size_t i = 0; i < w->machine.n_units; i++)
        w->state[i] = i < own->problem.n_visible && own->problem.cases[c * own->problem.n_visible + i] ? 1 : off;
}

/* How many of a case's chains, a word of them, have the right answer. */
static int count_right(const hebb_mean_field_xor_study *own, const hebb_gibbs *chains, size_t c)
{
    const hebb_problem *problem = &own->problem;
    uint64_t right = UINT64_MAX;
    for (size_t i = problem->n_input; i < problem->n_visible; i++) {
        const uint64_t is_on = chains->bits[i * chains->n_words + c];
        right &= problem->cases[c * problem->n_visible + i] ? is_on : ~is_on;
    }
    return __builtin_popcountll(right);
}

/* Of any unit in any state, at most. */
static double largest_field(const hebb_boltzmann *machine)
{
    double largest = 0.0;
    for (size_t i = 0; i < machine->n_units; i++) {
        double sum = fabs(machine->biases[i]);
        for (size_t j = 0; j < machine->n_units; j++) sum += fabs(machine->weights[i * machine->n_units + j]);
        largest = fmax(largest, sum);
    }
    return largest;
}

static hebb_status read_by_sampling(const hebb_mean_field_xor_study *own, uint64_t seed, workspace *w, double *right)
{
    const size_t n_cases = own->problem.n_cases;
    const hebb_philox noise = hebb_philox_derive(seed, HEBB_DRAW_GIBBS, 0, 3); /* learning has updates from 1 on */
    hebb_status status = hebb_gibbs_init(&w->chains, &w->machine, n_cases * READ_CHAINS, noise);
    if (status != HEBB_OK) return status;
    for (size_t i = 0; i < own->problem.n_input; i++) w->chains.is_clamped[i] = 1;
    for (size_t c = 0; c < n_cases * READ_CHAINS; c++) {
        set_case(own, w, c / READ_CHAINS);
        hebb_gibbs_set(&w->chains, c, w->state);
    }
    hebb_gibbs_randomise(&w->chains, hebb_philox_derive(seed, HEBB_DRAW_STATE, 0, 3));
    const double t_end = w->rule.recipe.t_end, t_start = fmax(w->rule.recipe.t_start, largest_field(&w->machine));
    const long before =
        READ_BEFORE * own->read_sweeps > READ_BEFORE_LEAST ? READ_BEFORE * own->read_sweeps : READ_BEFORE_LEAST;
    for (int k = 0; status == HEBB_OK && k < READ_TEMPERATURES; k++)
        status = hebb_gibbs_run(&w->chains, t_start * pow(t_end / t_start, (double)k / READ_TEMPERATURES), READ_EACH);
    if (status == HEBB_OK) status = hebb_gibbs_run(&w->chains, t_end, before);
    double n_right = 0.0;
    for (long k = 0; status == HEBB_OK && k < own->read_sweeps; k++) {
        status = hebb_gibbs_run(&w->chains, t_end, 1);
        for (size_t c = 0; c < n_cases; c++) n_right += count_right(own, &w->chains, c);
    }
    *right = n_right / ((double)own->read_sweeps * (double)n_cases * READ_CHAINS);
    return status;
}

/* P(answer | input) = Z(input and answer clamped)/Z(input clamped). */
static hebb_status read_by_enumeration(const hebb_mean_field_xor_study *own, workspace *w, double *right)
{
    const size_t n = w->machine.n_units;
    const double t = w->rule.temperatures[w->rule.recipe.n_temperatures - 1];
    uint8_t *is_clamped = w->chains.is_clamped;
    hebb_status status = hebb_moments_init(&w->moments, n);
    *right = 0.0;
    for (size_t c = 0; status == HEBB_OK && c < own->problem.n_cases; c++) {
        set_case(own, w, c);
        for (size_t i = 0; i < n; i++) is_clamped[i] = i < own->problem.n_visible;
        status = hebb_boltzmann_exact_moments(&w->machine, t, is_clamped, w->state, &w->moments);
        const double ln_both = w->moments.ln_z;
        for (size_t i = own->problem.n_input; i < own->problem.n_visible; i++) is_clamped[i] = 0;
        if (status == HEBB_OK) status = hebb_boltzmann_exact_moments(&w->machine, t, is_clamped, w->state, &w->moments);
        *right += exp(ln_both - w->moments.ln_z) / (double)own->problem.n_cases;
    }
    return status;
}

/* As mean-field learning with the defaults would answer with this machine. */
static hebb_status read_in_mean_field(const hebb_mean_field_xor_study *own, workspace *w, double *right)
{
    hebb_machine_recipe recipe;
    hebb_mean_field_learning_options how;
    double temperatures[HEBB_MAX_TEMPERATURES];
    hebb_mean_field_learning_defaults(&own->problem, &recipe, &how);
    hebb_machine_recipe_temperatures(&recipe, temperatures);
    how.temperatures = temperatures;
    if (w->rule.kind == MFX_MEAN_FIELD) how.settling = w->rule.mean_field.settling;
    hebb_mean_field_learning_free(&w->mean_field);
    hebb_status status = hebb_mean_field_learning_init(&w->mean_field, &w->machine, &own->problem, &how, 0);
    if (status == HEBB_OK) status = hebb_mean_field_learning_average(&w->mean_field, 1);
    if (status == HEBB_OK) *right = 1.0 - hebb_mean_field_learning_error_rate(&w->mean_field);
    return status;
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_mean_field_xor_study *own = study->own;
    workspace *w = room;
    const uint64_t seed = own->seed + unit->replica;
    progress end;
    hebb_status status = begin(study, unit, seed, w);
    if (status == HEBB_OK) status = train(own, w, unit->checkpoint, &end);
    if (status != HEBB_OK) return status;
    const bool is_exact = w->rule.kind == MFX_EXACT;
    values[MFX_LEARNT] = end.is_met;
    values[MFX_EPOCHS] = end.is_met ? (double)end.epochs : NAN;
    values[MFX_UNIT_UPDATES] = is_exact ? NAN : (double)end.n_unit_updates;
    values[MFX_PER_EPOCH] = is_exact ? NAN : (double)end.n_unit_updates / (double)end.epochs;
    status = read_by_sampling(own, seed, w, &values[MFX_READ_RIGHT]);
    if (status == HEBB_OK) status = read_by_enumeration(own, w, &values[MFX_P_RIGHT]);
    if (status == HEBB_OK) status = read_in_mean_field(own, w, &values[MFX_SETTLED_RIGHT]);
    return status;
}

const hebb_experiment hebb_mean_field_xor_experiment = {.name = "mean-field-xor",
                                                        .summary =
                                                            "learning by sampling and in mean field: what it costs",
                                                        .n_options = sizeof options / sizeof *options,
                                                        .options = options,
                                                        .plan = plan,
                                                        .cost = cost,
                                                        .bytes = bytes,
                                                        .workspace_size = sizeof(workspace),
                                                        .workspace_free = workspace_free,
                                                        .run = run,
                                                        .report = hebb_mean_field_xor_report,
                                                        .finish = finish};
