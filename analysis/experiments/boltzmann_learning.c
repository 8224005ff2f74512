/* boltzmann-learning: the divergence against updates; see boltzmann_learning_study.h. */
#include "boltzmann_learning_study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "grid.h"
#include "two_phase_machine.h"

enum { MAX_UPDATES = 1000000, RECORDS_A_DECADE = 10 };

static const hebb_option options[] = {
    {"problem", 0, HEBB_OPTION_CHOICE, "bars-and-stripes|encoder-4-2-4|encoder-8-3-8|line-symmetry|shifter|xor", "xor",
     HEBB_ANY, HEBB_OPTION_RESULT, "what is learnt"},
    {"objective", 0, HEBB_OPTION_CHOICE, "conditional|generative", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "output given input, or all visible units: conditional where there is a right answer"},
    {"learning-rate", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.2", HEBB_FROM_TO(1e-6, 10.0), HEBB_OPTION_RESULT,
     "learning rates eta"},
    {"chains", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "1,4,16", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT,
     "chains of each case and phase"},
    {"collect", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "1", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT,
     "sweeps of each chain that are averaged over"},
    {"updates", 0, HEBB_OPTION_INTEGER, "N", "300", HEBB_FROM_TO(1.0, MAX_UPDATES), HEBB_OPTION_RESULT,
     "updates, of all cases each"},
    {"hidden", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, HEBB_EXACT_MAX_UNITS), HEBB_OPTION_RESULT,
     "hidden units: the problem's own where not given"},
    {"start", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_FROM_TO(1e-6, 100.0), HEBB_OPTION_RESULT,
     "weights begin uniform on (-X, X): the sampled rule's default where not given"},
    {"start-temperature", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT,
     "where annealing begins; it ends at 1"},
    {"temperatures", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, HEBB_MAX_TEMPERATURES), HEBB_OPTION_RESULT,
     "of the annealing: the sampled rule's default where not given"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT,
     "at each temperature: the sampled rule's default where not given"},
};

static const hebb_column grid_columns[LEARNING_N_GRID] = {
    {"learning_rate", "1", "eta"},
    {"n_chains", "1", "chains of each case and phase"},
    {"collect", "1", "sweeps of each chain that are averaged over"},
};

static const hebb_column value_columns[LEARNING_N_VALUES] = {
    {"sampled", "nat", "divergence after the last update, by the sampled rule"},
    {"exact", "nat", "the same by the exact rule"},
    {"mean_field", "nat", "the same, exact too, of the machine that learnt in mean field"},
    {"annealed", "nat", "theory: descent along the mean slope of annealed chains; empty: too many units to be listed"},
    {"descent", "nat", "theory: gradient descent; empty: too many units to be listed"},
    {"first_excess", "nat",
     "theory: what sampling adds on average to the divergence after the first update; empty for collect > 1"},
    {"first_linear", "nat",
     "what it added this time to first order in how far the weights are off their mean: 0 on average"},
};

double hebb_learning_study_at(const hebb_study *study, size_t point, size_t replica, size_t learner, size_t record)
{
    const hebb_learning_study *own = study->own;
    return hebb_study_values(study, point, replica)[LEARNING_N_VALUES + learner * own->n_records + record];
}

/* ---- plan ---- */

static void finish(hebb_study *study)
{
    hebb_learning_study *own = study->own;
    if (own == NULL) return;
    hebb_problem_free(&own->problem);
    free(own->features);
    free(own->records);
    free(own);
    study->own = NULL;
}

/* 0, 1, and RECORDS_A_DECADE a decade up to the last. */
static hebb_status plan_records(hebb_learning_study *own, uint64_t n_updates)
{
    own->records = calloc(RECORDS_A_DECADE * 7 + 3, sizeof *own->records);
    if (own->records == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the records");
    own->n_records = 1;
    for (int k = 0; own->records[own->n_records - 1] < n_updates; k++) {
        const uint64_t next = (uint64_t)llround(pow(10.0, (double)k / RECORDS_A_DECADE));
        if (next > own->records[own->n_records - 1])
            own->records[own->n_records++] = next < n_updates ? next : n_updates;
    }
    return HEBB_OK;
}

/* What both rules take for the problem, then what the user says; no noise, no decay: all descend one divergence. */
static void choose_rules(hebb_learning_study *own, const hebb_options *given)
{
    hebb_machine_recipe mean_field_recipe;
    hebb_mean_field_learning_defaults(&own->problem, &mean_field_recipe, &own->mean_field);
    hebb_boltzmann_learning_defaults(&own->problem, &own->recipe, &own->sampled);
    own->is_conditional = hebb_options_is_set(given, "objective")
                              ? strcmp(hebb_options_text(given, "objective"), "conditional") == 0
                              : own->problem.has_answer;
    hebb_machine_recipe *recipe = &own->recipe;
    if (hebb_options_is_set(given, "hidden")) recipe->n_hidden = (size_t)hebb_options_integer(given, "hidden");
    if (hebb_options_is_set(given, "start")) recipe->start = hebb_options_real(given, "start");
    if (hebb_options_is_set(given, "start-temperature"))
        recipe->t_start = hebb_options_real(given, "start-temperature");
    if (hebb_options_is_set(given, "temperatures"))
        recipe->n_temperatures = (size_t)hebb_options_integer(given, "temperatures");
    if (hebb_options_is_set(given, "sweeps")) own->sampled.sweeps_each = hebb_options_integer(given, "sweeps");
    recipe->t_end = 1.0;
    hebb_machine_recipe_temperatures(recipe, own->temperatures);
    own->sampled.is_conditional = own->mean_field.is_conditional = own->is_conditional;
    own->sampled.weight_decay = own->sampled.on_to_off = own->sampled.off_to_on = 0.0;
    own->sampled.batch = own->mean_field.batch = 0;
    own->mean_field.is_manhattan = false;
    own->sampled.temperatures = own->mean_field.temperatures = own->temperatures;
    own->sampled.n_temperatures = own->mean_field.n_temperatures = recipe->n_temperatures;
}

static hebb_status plan_machine(hebb_learning_study *own)
{
    hebb_boltzmann machine = {0};
    own->n_units = own->problem.n_visible + own->recipe.n_hidden;
    if (own->n_units > HEBB_EXACT_MAX_UNITS)
        return hebb_fail(HEBB_EDOM,
                         "--hidden: %zu visible and %zu hidden units: the divergence is exact up to %d in all",
                         own->problem.n_visible, own->recipe.n_hidden, HEBB_EXACT_MAX_UNITS);
    if (own->is_conditional && own->problem.n_input == 0)
        return hebb_fail(HEBB_EUSAGE, "--objective conditional: %s has no input", own->problem.name);
    hebb_status status = hebb_machine_recipe_make(&own->recipe, &own->problem, 0, &machine);
    if (status == HEBB_OK) status = hebb_two_phase_machine_features(&machine, &own->n_features, &own->features);
    if (status == HEBB_OK) {
        const hebb_two_phase view =
            hebb_two_phase_machine_view(&machine, &own->problem, own->is_conditional, own->n_features, own->features);
        own->has_theory = hebb_two_phase_is_small(&view);
    }
    hebb_boltzmann_free(&machine);
    return status;
}

/* Machines, the chains of the largest point, the law of the visible units. */
static double bytes(const hebb_study *study, size_t point)
{
    const hebb_learning_study *own = study->own;
    const double n = (double)own->n_units, chains = hebb_study_grid(study, point, LEARNING_CHAINS);
    const double words = ceil(chains * (double)own->problem.n_cases / 64.0);
    return 8.0 * (N_LEARNERS * 16.0 * n * n + 4.0 * n * words + 2.0 * ldexp(1.0, (int)own->problem.n_visible) +
                  2.0 * (double)own->n_features * (double)own->n_features + ldexp(20.0, HEBB_LAW_MAX_FREE));
}

static hebb_status plan(hebb_study *study)
{
    hebb_options *given = study->options;
    hebb_learning_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    hebb_status status = hebb_problem_builtin(hebb_options_text(given, "problem"), &own->problem);
    if (status != HEBB_OK) return status;
    choose_rules(own, given);
    status = plan_machine(own);
    if (status == HEBB_OK) status = plan_records(own, (uint64_t)hebb_options_integer(given, "updates"));
    if (status != HEBB_OK) return status;
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    study->n_grid = LEARNING_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = LEARNING_N_VALUES;
    study->value_columns = value_columns;
    study->n_extra = N_LEARNERS * own->n_records;
    const hebb_list *const axes[LEARNING_N_GRID] = {hebb_options_list(given, "learning-rate"),
                                                    hebb_options_list(given, "chains"),
                                                    hebb_options_list(given, "collect")};
    status = hebb_grid_plan(study, axes, NULL, NULL);
    double largest = 0.0;
    for (size_t point = 0; point < study->n_points; point++) largest = fmax(largest, bytes(study, point));
    return status == HEBB_OK ? hebb_study_check_memory(study, "machines that learn, and their chains", largest)
                             : status;
}

static double cost(const hebb_study *study, size_t point)
{
    const hebb_learning_study *own = study->own;
    const double sweeps = (double)own->recipe.n_temperatures * (double)own->sampled.sweeps_each +
                          hebb_study_grid(study, point, LEARNING_COLLECT);
    const double free_units = (double)(own->n_units - (own->is_conditional ? own->problem.n_input : 0));
    const double cases = (double)own->problem.n_cases;
    return (double)own->records[own->n_records - 1] * cases *
           (sweeps * hebb_study_grid(study, point, LEARNING_CHAINS) + 4.0 * exp2(free_units));
}

/* ---- a unit ---- */

typedef struct {
    const hebb_learning_study *own;
    hebb_boltzmann machines[N_LEARNERS];
    hebb_boltzmann_learning sampled, exact;
    hebb_mean_field_learning mean_field;
    hebb_two_phase_schedule annealed, descent; /* of the theory */
    double rate, n_chains;
    double *slopes, *covariances, *curvatures;
    double *state; /* of a checkpoint: the next update, all weights and biases, the numbers so far */
} unit_room;

static size_t state_length(const hebb_study *study, const unit_room *room)
{
    const size_t n = room->own->n_units;
    return 1 + N_LEARNERS * (n * n + n) + hebb_study_numbers(study);
}

static void unit_free(unit_room *room)
{
    hebb_boltzmann_learning_free(&room->sampled);
    hebb_boltzmann_learning_free(&room->exact);
    hebb_mean_field_learning_free(&room->mean_field);
    for (size_t k = 0; k < N_LEARNERS; k++) hebb_boltzmann_free(&room->machines[k]);
    free(room->slopes);
    free(room->covariances);
    free(room->curvatures);
    free(room->state);
    *room = (unit_room){0};
}

/* Chains of two points share no random numbers; starting weights are those of the replica at every point. */
static hebb_status unit_make(const hebb_study *study, const hebb_unit *unit, unit_room *room)
{
    const hebb_learning_study *own = study->own;
    const double chains = hebb_study_grid(study, unit->point, LEARNING_CHAINS),
                 collect = hebb_study_grid(study, unit->point, LEARNING_COLLECT),
                 rate = hebb_study_grid(study, unit->point, LEARNING_RATE);
    const uint32_t replica = (uint32_t)unit->replica;
    const uint64_t start = hebb_two_phase_machine_seed(own->pattern_seed, HEBB_DRAW_WEIGHTS, 0, replica);
    uint64_t seed;
    memcpy(&seed, &rate, sizeof seed);
    seed = hebb_two_phase_machine_seed(own->dynamics_seed, HEBB_DRAW_GIBBS, seed, (uint32_t)collect);
    seed = hebb_two_phase_machine_seed(seed, HEBB_DRAW_GIBBS, (uint64_t)chains, replica);
    hebb_boltzmann_learning_options sampled = own->sampled, exact = own->sampled;
    hebb_mean_field_learning_options mean_field = own->mean_field;
    sampled.gradient = HEBB_GRADIENT_SAMPLED;
    exact.gradient = HEBB_GRADIENT_EXACT;
    sampled.learning_rate = exact.learning_rate = mean_field.learning_rate = rate;
    sampled.n_chains = (size_t)chains;
    exact.n_chains = 1;
    sampled.collecting_sweeps = (long)collect;
    *room = (unit_room){
        .own = own,
        .annealed = {own->recipe.n_temperatures, own->temperatures, own->sampled.sweeps_each, (long)collect},
        .descent = {own->recipe.n_temperatures, own->temperatures, 0, 0},
        .rate = rate,
        .n_chains = chains};
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < N_LEARNERS; k++)
        status = hebb_machine_recipe_make(&own->recipe, &own->problem, start, &room->machines[k]);
    if (status == HEBB_OK)
        status = hebb_boltzmann_learning_init(&room->sampled, &room->machines[LEARNER_SAMPLED], &own->problem, &sampled,
                                              seed);
    if (status == HEBB_OK)
        status =
            hebb_boltzmann_learning_init(&room->exact, &room->machines[LEARNER_EXACT], &own->problem, &exact, seed);
    if (status == HEBB_OK)
        status = hebb_mean_field_learning_init(&room->mean_field, &room->machines[LEARNER_MEAN_FIELD], &own->problem,
                                               &mean_field, seed);
    if (status != HEBB_OK) return status;
    const size_t n = own->n_features + 1;
    room->slopes = calloc(n, sizeof *room->slopes);
    room->covariances = calloc(n * n, sizeof *room->covariances);
    room->curvatures = calloc(n * n, sizeof *room->curvatures);
    room->state = calloc(state_length(study, room), sizeof *room->state);
    return room->slopes != NULL && room->covariances != NULL && room->curvatures != NULL && room->state != NULL
               ? HEBB_OK
               : hebb_fail(HEBB_ENOMEM, "no memory for a machine that learns");
}

static hebb_two_phase view_of(const unit_room *room, size_t learner)
{
    const hebb_learning_study *own = room->own;
    return hebb_two_phase_machine_view(&room->machines[learner], &own->problem, own->is_conditional, own->n_features,
                                       own->features);
}

static hebb_status step_theory(unit_room *room, size_t learner, const hebb_two_phase_schedule *schedule,
                               double *covariances)
{
    const hebb_learning_study *own = room->own;
    const hebb_two_phase view = view_of(room, learner);
    const hebb_status status = hebb_two_phase_slopes(&view, schedule, room->slopes, covariances);
    if (status != HEBB_OK) return hebb_fail(status, "no theory of a machine of %zu units", own->n_units);
    hebb_two_phase_machine_step(&room->machines[learner], own->n_features, own->features, room->rate, room->slopes);
    return HEBB_OK;
}

/* Of sampling after the first update: (eta^2/2) tr(C d2G) where the annealed descent is, and (theta - there).dG. */
static hebb_status find_first_excess(unit_room *room, double *values)
{
    const hebb_law_feature *features = room->own->features;
    const hebb_boltzmann *sampled = &room->machines[LEARNER_SAMPLED], *mean = &room->machines[LEARNER_ANNEALED];
    const size_t n = room->own->n_features;
    const hebb_two_phase view = view_of(room, LEARNER_ANNEALED);
    double divergence, trace = 0.0, linear = 0.0;
    hebb_status status = hebb_two_phase_divergence(&view, 1.0, &divergence, room->curvatures);
    if (status == HEBB_OK) status = hebb_two_phase_slopes(&view, &room->descent, room->slopes, NULL);
    if (status != HEBB_OK) return hebb_fail(status, "no curvature of the divergence");
    for (size_t k = 0; k < n * n; k++) trace += room->covariances[k] * room->curvatures[k];
    for (size_t k = 0; k < n; k++) {
        const size_t i = features[k].i, ij = i * sampled->n_units + features[k].j;
        linear -= room->slopes[k] * (i == features[k].j ? sampled->biases[i] - mean->biases[i]
                                                        : sampled->weights[ij] - mean->weights[ij]);
    }
    values[LEARNING_FIRST_EXCESS] = 0.5 * room->rate * room->rate * trace / room->n_chains;
    values[LEARNING_FIRST_LINEAR] = linear;
    return HEBB_OK;
}

static hebb_status step(unit_room *room, uint64_t update, double *values)
{
    hebb_status status = hebb_boltzmann_learning_update(&room->sampled, update);
    if (status == HEBB_OK) status = hebb_boltzmann_learning_update(&room->exact, update);
    if (status == HEBB_OK) status = hebb_mean_field_learning_update(&room->mean_field, update);
    if (status != HEBB_OK || !room->own->has_theory) return status;
    const bool is_first = update == 1 && room->annealed.collecting == 1;
    status = step_theory(room, LEARNER_ANNEALED, &room->annealed, is_first ? room->covariances : NULL);
    if (status == HEBB_OK) status = step_theory(room, LEARNER_DESCENT, &room->descent, NULL);
    if (status == HEBB_OK && is_first) status = find_first_excess(room, values);
    return status;
}

/* The divergence of all after an update; also among the values, where the last one stays. */
static hebb_status record(const unit_room *room, size_t k, double *values)
{
    const hebb_learning_study *own = room->own;
    hebb_status status = HEBB_OK;
    for (size_t learner = 0; status == HEBB_OK && learner < N_LEARNERS; learner++) {
        double divergence = NAN;
        if (learner < LEARNER_ANNEALED) {
            status = hebb_boltzmann_divergence(&room->machines[learner], &own->problem, 1.0, own->is_conditional,
                                               &divergence);
        } else if (own->has_theory) {
            const hebb_two_phase view = view_of(room, learner);
            status = hebb_two_phase_divergence(&view, 1.0, &divergence, NULL);
            if (status != HEBB_OK) status = hebb_fail(status, "no divergence by theory");
        }
        values[learner] = values[LEARNING_N_VALUES + learner * own->n_records + k] = divergence;
    }
    return status;
}

/* ---- checkpoints ---- */

static void exchange(double *a, double *b, size_t n, bool to_a)
{
    memcpy(to_a ? a : b, to_a ? b : a, n * sizeof *a);
}

/* Weights, biases and numbers from the state, or to it. */
static void exchange_state(const hebb_study *study, unit_room *room, double *values, bool is_loading)
{
    const size_t n = room->own->n_units;
    double *at = room->state + 1;
    for (size_t k = 0; k < N_LEARNERS; k++) {
        exchange(room->machines[k].weights, at, n * n, is_loading);
        exchange(room->machines[k].biases, at + n * n, n, is_loading);
        at += n * n + n;
    }
    exchange(values, at, hebb_study_numbers(study), is_loading);
}

static hebb_status learn(const hebb_study *study, const hebb_unit *unit, unit_room *room, double *values)
{
    const hebb_learning_study *own = room->own;
    const size_t size = state_length(study, room) * sizeof *room->state;
    values[LEARNING_FIRST_EXCESS] = values[LEARNING_FIRST_LINEAR] = NAN;
    if (hebb_checkpoint_load(unit->checkpoint, size, room->state)) exchange_state(study, room, values, true);
    const uint64_t first = (uint64_t)room->state[0];
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < own->n_records; k++) {
        const uint64_t before = k > 0 ? own->records[k - 1] : 0;
        for (uint64_t update = before + 1; status == HEBB_OK && update <= own->records[k]; update++) {
            if (update < first) continue;
            status = step(room, update, values);
            if (status != HEBB_OK || update == own->records[k] || !hebb_checkpoint_is_due(unit->checkpoint)) continue;
            room->state[0] = (double)(update + 1);
            exchange_state(study, room, values, false);
            status = hebb_checkpoint_save(unit->checkpoint, size, room->state);
        }
        if (status == HEBB_OK && own->records[k] >= first) status = record(room, k, values);
    }
    return status;
}

static hebb_status run(const hebb_study *study, void *workspace, const hebb_unit *unit, double *values)
{
    unit_room *room = workspace;
    hebb_status status = unit_make(study, unit, room);
    if (status == HEBB_OK) status = learn(study, unit, room, values);
    unit_free(room);
    return status;
}

const hebb_experiment hebb_boltzmann_learning_experiment = {
    .name = "boltzmann-learning",
    .summary = "divergence against updates: sampled, exact and mean-field learning",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = sizeof(unit_room),
    .workspace_free = free, /* a unit frees what it made */
    .run = run,
    .report = hebb_learning_report,
    .finish = finish};
