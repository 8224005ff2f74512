#include "mean_field_learning.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum { CLAMPED, FREE, ANSWER } phase;

enum { SAYS_NOTHING = 2 };

/* Means nearer than this to the middle are there by rounding, and a slope below it has no sign. */
static const double UNDECIDED = 1e-12;

/* In temperatures: tanh is 1 long before. */
static const double LARGEST_WEIGHT = 1e6;

/* ---- options ---- */

static hebb_status check_machine(const hebb_boltzmann *machine, const hebb_problem *problem,
                                 const hebb_mean_field_learning_options *options)
{
    if (machine->n_input != problem->n_input || machine->n_output != problem->n_output)
        return hebb_fail(HEBB_EDOM, "a machine of %zu input and %zu output units for a problem of %zu and %zu",
                         machine->n_input, machine->n_output, problem->n_input, problem->n_output);
    if (options->is_conditional && problem->n_input == 0)
        return hebb_fail(HEBB_EDOM, "learning of outputs given the input, but the problem has no input");
    if (!isfinite(options->learning_rate) || options->learning_rate < 0.0)
        return hebb_fail(HEBB_EDOM, "a learning rate of %g: it must be finite and not below 0", options->learning_rate);
    return HEBB_OK;
}

static hebb_status check_settling(const hebb_mean_field_learning_options *options)
{
    const hebb_mean_field_options *settling = &options->settling;
    if (settling->max_sweeps < 1)
        return hebb_fail(HEBB_EDOM, "%ld sweeps at each temperature: there must be 1 or more", settling->max_sweeps);
    if (!(settling->damping >= 0.0 && settling->damping < 1.0))
        return hebb_fail(HEBB_EDOM, "a damping of %g: it must be from 0 to below 1", settling->damping);
    if (!isfinite(settling->tolerance) || settling->tolerance < 0.0)
        return hebb_fail(HEBB_EDOM, "a tolerance of %g: it must be finite and not below 0", settling->tolerance);
    if (options->n_temperatures == 0 || options->temperatures == NULL)
        return hebb_fail(HEBB_EDOM, "no temperatures: there must be one at which is learnt");
    for (size_t k = 0; k < options->n_temperatures; k++)
        if (!isfinite(options->temperatures[k]) || !(options->temperatures[k] > 0.0))
            return hebb_fail(HEBB_EDOM, "a temperature of %g: it must be above 0 and finite", options->temperatures[k]);
    return HEBB_OK;
}

static hebb_status make_room(hebb_mean_field_learning *learning)
{
    const hebb_problem *problem = learning->problem;
    const size_t n = learning->machine->n_units;
    learning->v = calloc(n, sizeof *learning->v);
    learning->buffer = calloc(HEBB_MEAN_FIELD_BUFFER * n, sizeof *learning->buffer);
    learning->slopes = calloc(n * n, sizeof *learning->slopes);
    learning->is_clamped = calloc(n, sizeof *learning->is_clamped);
    learning->answers = calloc(problem->n_cases, problem->n_output + 1);
    if (learning->v != NULL && learning->buffer != NULL && learning->slopes != NULL && learning->is_clamped != NULL &&
        learning->answers != NULL)
        return HEBB_OK;
    return hebb_fail(HEBB_ENOMEM, "no memory for learning %zu cases with %zu units", problem->n_cases, n);
}

hebb_status hebb_mean_field_learning_init(hebb_mean_field_learning *learning, hebb_boltzmann *machine,
                                          const hebb_problem *problem, const hebb_mean_field_learning_options *options,
                                          uint64_t seed)
{
    *learning = (hebb_mean_field_learning){.machine = machine, .problem = problem, .options = *options, .seed = seed};
    hebb_status status = check_machine(machine, problem, options);
    if (status == HEBB_OK) status = check_settling(options);
    if (status == HEBB_OK) status = hebb_batch_init(&learning->batch, problem->n_cases, options->batch, seed);
    if (status == HEBB_OK) status = make_room(learning);
    if (status != HEBB_OK) hebb_mean_field_learning_free(learning);
    return status;
}

void hebb_mean_field_learning_free(hebb_mean_field_learning *learning)
{
    hebb_batch_free(&learning->batch);
    free(learning->v);
    free(learning->buffer);
    free(learning->slopes);
    free(learning->is_clamped);
    free(learning->answers);
    *learning = (hebb_mean_field_learning){0};
}

uint64_t hebb_mean_field_learning_epoch_length(const hebb_mean_field_learning *learning)
{
    return hebb_batch_epoch_length(&learning->batch);
}

/* ---- settling ---- */

static double middle_of(const hebb_boltzmann *machine)
{
    return machine->kind == HEBB_UNITS_SIGN ? 0.0 : 0.5;
}

static double last_temperature(const hebb_mean_field_learning *learning)
{
    return learning->options.temperatures[learning->options.n_temperatures - 1];
}

static size_t n_clamped(const hebb_mean_field_learning *learning, phase which)
{
    if (which == CLAMPED) return learning->machine->n_visible;
    return which == ANSWER || learning->options.is_conditional ? learning->machine->n_input : 0;
}

/* Anneals the means of a case, to learning->v. */
static hebb_status settle(hebb_mean_field_learning *learning, phase which, size_t index)
{
    const hebb_boltzmann *machine = learning->machine;
    const hebb_problem *problem = learning->problem;
    const size_t n_fixed = n_clamped(learning, which);
    for (size_t i = 0; i < machine->n_units; i++) {
        const bool is_on = i < n_fixed && problem->cases[index * problem->n_visible + i];
        learning->is_clamped[i] = i < n_fixed;
        learning->v[i] = i >= n_fixed ? middle_of(machine) : is_on ? 1.0 : hebb_unit_off(machine->kind);
    }
    uint64_t *counter = which == ANSWER ? &learning->n_answer_updates : &learning->n_unit_updates;
    hebb_mean_field_result result = {0};
    for (size_t k = 0; k < learning->options.n_temperatures; k++) {
        const hebb_status status =
            hebb_mean_field_settle_in(machine, &learning->options.settling, learning->options.temperatures[k],
                                      learning->is_clamped, learning->buffer, learning->v, &result);
        if (status != HEBB_OK && status != HEBB_ENOCONV) return status;
        *counter += (uint64_t)result.sweeps * (machine->n_units - n_fixed);
    }
    if (which != ANSWER) learning->residual = fmax(learning->residual, result.residual);
    return HEBB_OK;
}

/* Adds share c_ij and share V_i of the settled means, and of their free energy. */
static void add(hebb_mean_field_learning *learning, double share)
{
    const hebb_boltzmann *machine = learning->machine;
    const size_t n = machine->n_units;
    const bool is_tap = learning->options.settling.order == HEBB_MEAN_FIELD_TAP;
    const double t = last_temperature(learning), *v = learning->v;
    for (size_t i = 0; i < n; i++) {
        const double spread = machine->kind == HEBB_UNITS_SIGN ? 1.0 - v[i] * v[i] : v[i] - v[i] * v[i];
        double *row = learning->slopes + i * n;
        for (size_t j = 0; j < i; j++) {
            row[j] += share * v[i] * v[j];
            if (!is_tap) continue;
            const double of_j = machine->kind == HEBB_UNITS_SIGN ? 1.0 - v[j] * v[j] : v[j] - v[j] * v[j];
            row[j] += share * machine->weights[i * n + j] * spread * of_j / t;
        }
        row[i] += share * v[i];
    }
    learning->gap += share * hebb_mean_field_free_energy(machine, learning->options.settling.order, t, v) / t;
}

static void answer(hebb_mean_field_learning *learning, size_t index)
{
    const hebb_problem *problem = learning->problem;
    for (size_t o = 0; o < problem->n_output; o++) {
        const double above = learning->v[problem->n_input + o] - middle_of(learning->machine);
        learning->answers[index * problem->n_output + o] = fabs(above) < UNDECIDED ? SAYS_NOTHING : above > 0.0;
    }
}

hebb_status hebb_mean_field_learning_average(hebb_mean_field_learning *learning, uint64_t update)
{
    const size_t n = learning->machine->n_units;
    const bool is_conditional = learning->options.is_conditional, has_answer = learning->problem->has_answer;
    hebb_batch_choose(&learning->batch, update);
    const double share = 1.0 / (double)learning->batch.n_shown;
    memset(learning->slopes, 0, n * n * sizeof *learning->slopes);
    learning->gap = learning->residual = 0.0;
    hebb_status status = HEBB_OK;
    for (size_t k = 0; k < learning->batch.n_shown; k++) {
        const size_t index = learning->batch.order[learning->batch.first + k];
        status = settle(learning, CLAMPED, index);
        if (status != HEBB_OK) return status;
        add(learning, share);
        if (is_conditional || has_answer) status = settle(learning, is_conditional ? FREE : ANSWER, index);
        if (status != HEBB_OK) return status;
        if (has_answer) answer(learning, index);
        if (is_conditional) add(learning, -share);
    }
    if (is_conditional) return HEBB_OK;
    status = settle(learning, FREE, 0); /* nothing is clamped: the same for all cases */
    if (status == HEBB_OK) add(learning, -1.0);
    return status;
}

/* ---- the step ---- */

/* One weight's or bias's; false where it has outgrown all bounds. */
static bool step(const hebb_mean_field_learning *learning, double slope, double *weight)
{
    const double eta = learning->options.learning_rate;
    if (!learning->options.is_manhattan)
        *weight += eta * slope;
    else
        *weight += slope > UNDECIDED ? eta : slope < -UNDECIDED ? -eta : 0.0;
    return fabs(*weight) <= LARGEST_WEIGHT * last_temperature(learning);
}

hebb_status hebb_mean_field_learning_update(hebb_mean_field_learning *learning, uint64_t update)
{
    const hebb_status status = hebb_mean_field_learning_average(learning, update);
    if (status != HEBB_OK) return status;
    hebb_boltzmann *machine = learning->machine;
    const size_t n = machine->n_units;
    bool is_bounded = true;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            if (!machine->may_link[i * n + j]) continue;
            double weight = machine->weights[i * n + j];
            is_bounded &= step(learning, learning->slopes[i * n + j], &weight);
            hebb_boltzmann_set_weight(machine, i, j, weight);
        }
        if (machine->has_bias[i]) is_bounded &= step(learning, learning->slopes[i * n + i], machine->biases + i);
    }
    if (is_bounded) return HEBB_OK;
    return hebb_fail(HEBB_EDOM, "update %llu: a weight is beyond %g temperatures; lower the learning rate of %g",
                     (unsigned long long)update, LARGEST_WEIGHT, learning->options.learning_rate);
}

double hebb_mean_field_learning_error_rate(const hebb_mean_field_learning *learning)
{
    return hebb_batch_error_rate(&learning->batch, learning->problem, learning->answers);
}
