/* annealing-schedule: why one does not anneal to zero; see annealing_schedule_study.h. */
#include "annealing_schedule_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "criterion.h"
#include "experiment.h"
#include "grid.h"
#include "two_phase_machine.h"

/* Of the exact rule on the way to the machine whose slope is looked at: small, so that it does not pass by. */
static const double HALF_WAY_RATE = 0.1;
enum { MOST_HALF_WAY = 2000 };

static const hebb_option options[] = {
    {"problem", 0, HEBB_OPTION_CHOICE, "encoder-4-2-4|encoder-8-3-8|line-symmetry|shifter|xor", "xor", HEBB_ANY,
     HEBB_OPTION_RESULT, "what is learnt, output given input"},
    {"end-temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.1,0.2,0.5,1,2", HEBB_FROM_TO(1e-3, 1e3),
     HEBB_OPTION_RESULT, "temperatures at which annealing ends"},
    {"temperatures", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "1,4,16", HEBB_FROM_TO(1.0, HEBB_MAX_TEMPERATURES),
     HEBB_OPTION_RESULT, "numbers of temperatures of the schedule; 1: --end-temperature alone"},
    {"sweeps", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "1", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT,
     "sweeps of sampling at each temperature"},
    {"start-temperature", 0, HEBB_OPTION_REAL, "X", "5", HEBB_FROM_TO(1e-3, 1e6), HEBB_OPTION_RESULT,
     "temperature at which annealing begins"},
    {"updates", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 1e6), HEBB_OPTION_RESULT,
     "after which learning is given up: the rule's own number where not given; 0: no learning"},
    {"half-way", 0, HEBB_OPTION_REAL, "X", "0.5", HEBB_FROM_TO(0.0, 1.0), HEBB_OPTION_RESULT,
     "the slope is that of a machine whose divergence is down to that share of the start's, or after 2000 updates"},
    {"chains", 0, HEBB_OPTION_INTEGER, "N", "32", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT,
     "of each case and phase, for that slope"},
};

static const hebb_column grid_columns[SCHEDULE_N_GRID] = {
    {"t_end", "1", "temperature at which annealing ends and is learnt"},
    {"n_temperatures", "1", "of the schedule, geometric from t_start; 1: t_end alone"},
    {"sweeps", "1", "of sampling at each temperature"},
};

static const hebb_column value_columns[SCHEDULE_N_VALUES] = {
    {"sampled_learnt", "1", "1 where the sampled rule was right for ten epochs running, else 0; empty: --updates 0"},
    {"sampled_updates", "1", "updates until the last of them; empty: it was not"},
    {"sampled_divergence", "nat", "at the end, at t_end"},
    {"mean_field_learnt", "1", "the same of learning in mean field"},
    {"mean_field_updates", "1", "updates until the last of the ten epochs; empty: it was not right"},
    {"mean_field_divergence", "nat", "at the end, at t_end, of the machine that learnt in mean field"},
    {"signal", "1", "mean square of the slope at equilibrium"},
    {"along", "1", "mean product of the sampled slope with that"},
    {"along_theory", "1", "the same of the annealed law's slope"},
    {"bias", "1", "mean product of two independent sampled slopes, each less that at equilibrium"},
    {"bias_theory", "1", "mean square of the annealed law's slope less that at equilibrium"},
    {"mean_field_bias", "1", "mean square of the mean-field slope less that at equilibrium"},
};

/* ---- plan ---- */

static void finish(hebb_study *study)
{
    hebb_schedule_study *own = study->own;
    if (own == NULL) return;
    hebb_problem_free(&own->problem);
    free(own->features);
    free(own);
    study->own = NULL;
}

/* Whether theory can list the free units of a machine; its features where they are asked for. */
static hebb_status plan_machine(const hebb_schedule_study *own, const hebb_machine_recipe *recipe, size_t *n,
                                hebb_law_feature **features)
{
    hebb_boltzmann machine = {0};
    hebb_status status = hebb_machine_recipe_make(recipe, &own->problem, 0, &machine);
    if (status != HEBB_OK) return status;
    const hebb_two_phase view = hebb_two_phase_machine_view(&machine, &own->problem, true, 0, NULL);
    if (!hebb_two_phase_is_small(&view))
        status = hebb_fail(HEBB_EDOM, "--problem %s: %zu units that are not input; theory lists the states of %d",
                           own->problem.name, machine.n_units - machine.n_input, HEBB_LAW_MAX_FREE);
    else if (features != NULL)
        status = hebb_two_phase_machine_features(&machine, n, features);
    hebb_boltzmann_free(&machine);
    return status;
}

static hebb_status check_end(void *context, double *row)
{
    const hebb_schedule_study *own = context;
    if (row[SCHEDULE_T_END] <= own->recipe.t_start) return HEBB_OK;
    return hebb_fail(HEBB_EDOM, "--end-temperature: %g is above --start-temperature, %g", row[SCHEDULE_T_END],
                     own->recipe.t_start);
}

static double bytes(const hebb_study *study, size_t point)
{
    (void)point;
    const hebb_schedule_study *own = study->own;
    const double n = (double)(own->problem.n_visible + own->recipe.n_hidden), cases = (double)own->problem.n_cases;
    const double chains = fmax((double)own->n_chains, (double)own->sampled.n_chains);
    return 8.0 * (40.0 * n * n + 4.0 * n * ceil(cases * chains / 64.0) + cases * n + ldexp(20.0, HEBB_LAW_MAX_FREE));
}

static hebb_status plan(hebb_study *study)
{
    const hebb_options *given = study->options;
    hebb_schedule_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    hebb_status status = hebb_problem_builtin(hebb_options_text(given, "problem"), &own->problem);
    if (status != HEBB_OK) return status;
    hebb_boltzmann_learning_defaults(&own->problem, &own->recipe, &own->sampled);
    hebb_mean_field_learning_defaults(&own->problem, &own->mean_field_recipe, &own->mean_field);
    own->recipe.t_start = own->mean_field_recipe.t_start = hebb_options_real(given, "start-temperature");
    if (hebb_options_is_set(given, "updates"))
        own->recipe.max_updates = own->mean_field_recipe.max_updates = (uint64_t)hebb_options_integer(given, "updates");
    own->half_way = hebb_options_real(given, "half-way");
    own->n_chains = (size_t)hebb_options_integer(given, "chains");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    status = plan_machine(own, &own->mean_field_recipe, NULL, NULL);
    if (status == HEBB_OK) status = plan_machine(own, &own->recipe, &own->n_features, &own->features);
    if (status != HEBB_OK) return status;
    study->n_values = SCHEDULE_N_VALUES;
    study->value_columns = value_columns;
    study->n_grid = SCHEDULE_N_GRID;
    study->grid_columns = grid_columns;
    const hebb_list *const axes[SCHEDULE_N_GRID] = {hebb_options_list(given, "end-temperature"),
                                                    hebb_options_list(given, "temperatures"),
                                                    hebb_options_list(given, "sweeps")};
    status = hebb_grid_plan(study, axes, check_end, own);
    return status == HEBB_OK ? hebb_study_check_memory(study, "machines that learn, and their chains", bytes(study, 0))
                             : status;
}

/* Low and high temperatures take all updates that there are. */
static double cost(const hebb_study *study, size_t point)
{
    const hebb_schedule_study *own = study->own;
    const double sweeps =
        hebb_study_grid(study, point, SCHEDULE_TEMPERATURES) * hebb_study_grid(study, point, SCHEDULE_SWEEPS) +
        (double)own->sampled.collecting_sweeps;
    return sweeps * ((double)own->recipe.max_updates * (double)own->sampled.n_chains + 50.0 * (double)own->n_chains);
}

/* ---- learning ---- */

/* Random numbers of a point's own, from its values. */
static uint64_t seed_of(const hebb_study *study, const hebb_unit *unit)
{
    const hebb_schedule_study *own = study->own;
    const double t_end = hebb_study_grid(study, unit->point, SCHEDULE_T_END);
    uint64_t bits;
    memcpy(&bits, &t_end, sizeof bits);
    const uint64_t schedule =
        hebb_two_phase_machine_seed(own->dynamics_seed, HEBB_DRAW_GIBBS, bits,
                                    (uint32_t)hebb_study_grid(study, unit->point, SCHEDULE_TEMPERATURES));
    return hebb_two_phase_machine_seed(schedule, HEBB_DRAW_GIBBS,
                                       (uint64_t)hebb_study_grid(study, unit->point, SCHEDULE_SWEEPS),
                                       (uint32_t)unit->replica);
}

static uint64_t start_of(const hebb_schedule_study *own, size_t replica)
{
    return hebb_two_phase_machine_seed(own->pattern_seed, HEBB_DRAW_WEIGHTS, 0, (uint32_t)replica);
}

/* learnt, updates and divergence, in values[0 .. 2]. */
static hebb_status judge(const hebb_schedule_study *own, const hebb_boltzmann *machine, double t_end, bool is_learnt,
                         uint64_t updates, double *values)
{
    const hebb_two_phase view = hebb_two_phase_machine_view(machine, &own->problem, true, 0, NULL);
    values[0] = is_learnt;
    values[1] = is_learnt ? (double)updates : NAN;
    const hebb_status status = hebb_two_phase_divergence(&view, t_end, &values[2], NULL);
    return status == HEBB_OK ? HEBB_OK : hebb_fail(status, "no divergence of a machine");
}

static hebb_status learn_sampled(const hebb_schedule_study *own, hebb_machine_recipe recipe,
                                 hebb_boltzmann_learning_options how, uint64_t start, uint64_t seed, double *values)
{
    hebb_boltzmann machine = {0};
    hebb_boltzmann_learning learning = {0};
    hebb_status status = hebb_machine_recipe_make(&recipe, &own->problem, start, &machine);
    if (status == HEBB_OK) status = hebb_boltzmann_learning_init(&learning, &machine, &own->problem, &how, seed);
    hebb_criterion criterion = {.wanted = 1};
    if (status == HEBB_OK) criterion.wanted = HEBB_CRITERION_EPOCHS * hebb_boltzmann_learning_epoch_length(&learning);
    bool is_learnt = false;
    uint64_t n = 0;
    while (status == HEBB_OK && !is_learnt && n < recipe.max_updates) {
        status = hebb_boltzmann_learning_update(&learning, ++n);
        is_learnt = hebb_criterion_add(&criterion, hebb_boltzmann_learning_error_rate(&learning));
    }
    if (status == HEBB_EDOM && n > 0) status = HEBB_OK; /* weights without bounds: not learnt */
    if (status == HEBB_OK) status = judge(own, &machine, recipe.t_end, is_learnt, n, values);
    hebb_boltzmann_learning_free(&learning);
    hebb_boltzmann_free(&machine);
    return status;
}

static hebb_status learn_mean_field(const hebb_schedule_study *own, hebb_machine_recipe recipe,
                                    hebb_mean_field_learning_options how, uint64_t start, uint64_t seed, double *values)
{
    hebb_boltzmann machine = {0};
    hebb_mean_field_learning learning = {0};
    hebb_status status = hebb_machine_recipe_make(&recipe, &own->problem, start, &machine);
    if (status == HEBB_OK) status = hebb_mean_field_learning_init(&learning, &machine, &own->problem, &how, seed);
    hebb_criterion criterion = {.wanted = 1};
    if (status == HEBB_OK) criterion.wanted = HEBB_CRITERION_EPOCHS * hebb_mean_field_learning_epoch_length(&learning);
    bool is_learnt = false;
    uint64_t n = 0;
    while (status == HEBB_OK && !is_learnt && n < recipe.max_updates) {
        status = hebb_mean_field_learning_update(&learning, ++n);
        is_learnt = hebb_criterion_add(&criterion, hebb_mean_field_learning_error_rate(&learning));
    }
    if (status == HEBB_EDOM && n > 0) status = HEBB_OK;
    if (status == HEBB_OK) status = judge(own, &machine, recipe.t_end, is_learnt, n, values);
    hebb_mean_field_learning_free(&learning);
    hebb_boltzmann_free(&machine);
    return status;
}

/* ---- the slope ---- */

hebb_status hebb_schedule_study_machine(const hebb_study *study, size_t replica, hebb_boltzmann *machine)
{
    const hebb_schedule_study *own = study->own;
    static const double one = 1.0;
    hebb_boltzmann_learning_options how = own->sampled;
    hebb_boltzmann_learning learning = {0};
    how.gradient = HEBB_GRADIENT_EXACT;
    how.is_conditional = true;
    how.learning_rate = HALF_WAY_RATE;
    how.weight_decay = how.on_to_off = how.off_to_on = 0.0;
    how.batch = 0;
    how.n_chains = how.n_temperatures = 1;
    how.temperatures = &one;
    hebb_status status = hebb_machine_recipe_make(&own->recipe, &own->problem, start_of(own, replica), machine);
    if (status == HEBB_OK) status = hebb_boltzmann_learning_init(&learning, machine, &own->problem, &how, 0);
    double divergence = 0.0, start = 0.0;
    for (uint64_t n = 0; status == HEBB_OK && n <= MOST_HALF_WAY; n++) {
        if (n > 0) status = hebb_boltzmann_learning_update(&learning, n);
        if (status == HEBB_OK) status = hebb_boltzmann_divergence(machine, &own->problem, one, true, &divergence);
        if (n == 0) start = divergence;
        if (divergence <= own->half_way * start) break;
    }
    hebb_boltzmann_learning_free(&learning);
    return status;
}

/* (1/n) sum_k x_k y_k, each less z_k; z NULL: 0. */
static double mean_product(size_t n, const double *x, const double *y, const double *z)
{
    double sum = 0.0;
    for (size_t k = 0; k < n; k++) sum += z != NULL ? (x[k] - z[k]) * (y[k] - z[k]) : x[k] * y[k];
    return sum / (double)n;
}

hebb_status hebb_schedule_study_theory(const hebb_study *study, const hebb_boltzmann *machine, double t_end,
                                       size_t n_temperatures, long sweeps, double *equilibrium, double *annealed,
                                       hebb_schedule_theory *theory)
{
    const hebb_schedule_study *own = study->own;
    const size_t n = own->n_features;
    double temperatures[HEBB_MAX_TEMPERATURES];
    hebb_machine_recipe recipe = own->recipe;
    recipe.t_end = t_end;
    recipe.n_temperatures = n_temperatures;
    hebb_machine_recipe_temperatures(&recipe, temperatures);
    const hebb_two_phase view = hebb_two_phase_machine_view(machine, &own->problem, true, n, own->features);
    const hebb_two_phase_schedule rest = {1, &t_end, 0, 0},
                                  schedule = {n_temperatures, temperatures, sweeps, own->sampled.collecting_sweeps};
    hebb_status status = hebb_two_phase_slopes(&view, &rest, equilibrium, NULL);
    if (status == HEBB_OK) status = hebb_two_phase_slopes(&view, &schedule, annealed, NULL);
    if (status != HEBB_OK) return hebb_fail(status, "no theory of a machine of %zu units", machine->n_units);
    *theory = (hebb_schedule_theory){.signal = mean_product(n, equilibrium, equilibrium, NULL),
                                     .along = mean_product(n, equilibrium, annealed, NULL),
                                     .bias = mean_product(n, annealed, annealed, equilibrium)};
    return HEBB_OK;
}

/* A slope of the sampled rule, as it stands after its averages. */
static void take_slopes(const hebb_boltzmann_learning *learning, size_t n, const hebb_law_feature *features,
                        double *slopes)
{
    const size_t n_units = learning->machine->n_units;
    for (size_t k = 0; k < n; k++) {
        const size_t i = features[k].i, ij = i * n_units + features[k].j;
        slopes[k] = i == features[k].j ? learning->clamped.means[i] - learning->unclamped.means[i]
                                       : learning->clamped.products[ij] - learning->unclamped.products[ij];
    }
}

static hebb_status sample_slopes(const hebb_schedule_study *own, hebb_boltzmann *machine,
                                 hebb_boltzmann_learning_options how, uint64_t seed, double *first, double *second)
{
    hebb_boltzmann_learning learning = {0};
    how.gradient = HEBB_GRADIENT_SAMPLED;
    how.is_conditional = true;
    how.weight_decay = how.on_to_off = how.off_to_on = 0.0;
    how.batch = 0;
    how.n_chains = own->n_chains;
    hebb_status status = hebb_boltzmann_learning_init(&learning, machine, &own->problem, &how, seed);
    if (status == HEBB_OK) status = hebb_boltzmann_learning_average(&learning, 1);
    if (status == HEBB_OK) take_slopes(&learning, own->n_features, own->features, first);
    if (status == HEBB_OK) status = hebb_boltzmann_learning_average(&learning, 2);
    if (status == HEBB_OK) take_slopes(&learning, own->n_features, own->features, second);
    hebb_boltzmann_learning_free(&learning);
    return status;
}

static hebb_status settle_slopes(const hebb_schedule_study *own, hebb_boltzmann *machine,
                                 hebb_mean_field_learning_options how, double *slopes)
{
    hebb_mean_field_learning learning = {0};
    how.is_conditional = true;
    how.is_manhattan = false;
    how.batch = 0;
    hebb_status status = hebb_mean_field_learning_init(&learning, machine, &own->problem, &how, 0);
    if (status == HEBB_OK) status = hebb_mean_field_learning_average(&learning, 1);
    for (size_t k = 0; status == HEBB_OK && k < own->n_features; k++)
        slopes[k] = learning.slopes[own->features[k].i * machine->n_units + own->features[k].j];
    hebb_mean_field_learning_free(&learning);
    return status;
}

static hebb_status compare_slopes(const hebb_study *study, const hebb_unit *unit, hebb_boltzmann_learning_options how,
                                  hebb_mean_field_learning_options mean_field, uint64_t seed, double *values)
{
    const hebb_schedule_study *own = study->own;
    const size_t n = own->n_features;
    const double t_end = hebb_study_grid(study, unit->point, SCHEDULE_T_END);
    hebb_boltzmann machine = {0};
    hebb_schedule_theory theory = {0};
    double *rest = calloc(4 * n + 1, sizeof *rest);
    if (rest == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the slopes of %zu weights", n);
    double *first = rest + n, *second = first + n, *other = second + n;
    hebb_status status = hebb_schedule_study_machine(study, unit->replica, &machine);
    if (status == HEBB_OK)
        status = hebb_schedule_study_theory(study, &machine, t_end, how.n_temperatures, how.sweeps_each, rest, other,
                                            &theory);
    if (status == HEBB_OK) status = sample_slopes(own, &machine, how, seed, first, second);
    if (status == HEBB_OK) status = settle_slopes(own, &machine, mean_field, other);
    if (status == HEBB_OK) {
        values[SCHEDULE_SIGNAL] = theory.signal;
        values[SCHEDULE_ALONG] = 0.5 * (mean_product(n, rest, first, NULL) + mean_product(n, rest, second, NULL));
        values[SCHEDULE_ALONG_THEORY] = theory.along;
        values[SCHEDULE_BIAS] = mean_product(n, first, second, rest);
        values[SCHEDULE_BIAS_THEORY] = theory.bias;
        values[SCHEDULE_MEAN_FIELD_BIAS] = mean_product(n, other, other, rest);
    }
    hebb_boltzmann_free(&machine);
    free(rest);
    return status;
}

static hebb_status run(const hebb_study *study, void *workspace, const hebb_unit *unit, double *values)
{
    (void)workspace;
    const hebb_schedule_study *own = study->own;
    double temperatures[HEBB_MAX_TEMPERATURES];
    hebb_machine_recipe recipe = own->recipe, mean_field_recipe = own->mean_field_recipe;
    hebb_boltzmann_learning_options how = own->sampled;
    hebb_mean_field_learning_options mean_field = own->mean_field;
    recipe.t_end = mean_field_recipe.t_end = hebb_study_grid(study, unit->point, SCHEDULE_T_END);
    recipe.n_temperatures = mean_field_recipe.n_temperatures =
        (size_t)hebb_study_grid(study, unit->point, SCHEDULE_TEMPERATURES);
    hebb_machine_recipe_temperatures(&recipe, temperatures);
    how.temperatures = mean_field.temperatures = temperatures;
    how.n_temperatures = mean_field.n_temperatures = recipe.n_temperatures;
    how.sweeps_each = (long)hebb_study_grid(study, unit->point, SCHEDULE_SWEEPS);
    const uint64_t start = start_of(own, unit->replica), seed = seed_of(study, unit);
    for (size_t k = 0; k < SCHEDULE_SIGNAL; k++) values[k] = NAN;
    hebb_status status = HEBB_OK;
    if (recipe.max_updates > 0) {
        status = learn_sampled(own, recipe, how, start, seed, values + SCHEDULE_SAMPLED_LEARNT);
        if (status == HEBB_OK)
            status =
                learn_mean_field(own, mean_field_recipe, mean_field, start, seed, values + SCHEDULE_MEAN_FIELD_LEARNT);
    }
    /* other chains than those that learn from the same updates' numbers */
    const uint64_t other = hebb_two_phase_machine_seed(seed, HEBB_DRAW_GIBBS, 0, 1);
    return status == HEBB_OK ? compare_slopes(study, unit, how, mean_field, other, values) : status;
}

const hebb_experiment hebb_annealing_schedule_experiment = {
    .name = "annealing-schedule",
    .summary = "learning against the schedule of annealing and the temperature at its end",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = 1, /* a unit makes and frees what it needs */
    .workspace_free = free,
    .run = run,
    .report = hebb_schedule_report,
    .finish = finish};
