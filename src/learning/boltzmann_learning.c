#include "boltzmann_learning.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum { CLAMPED, FREE, ANSWER } phase;

enum { SAYS_NOTHING = 2 };

static const double undecided = 1e-12; /* exact means nearer than this to the middle are there by rounding */

static bool is_share(double x)
{
    return x >= 0.0 && x <= 1.0;
}

static hebb_status check_machine(const hebb_boltzmann *machine, const hebb_problem *problem,
                                 const hebb_boltzmann_learning_options *options)
{
    if (machine->n_input != problem->n_input || machine->n_output != problem->n_output)
        return hebb_fail(HEBB_EDOM, "a machine of %zu input and %zu output units for a problem of %zu and %zu",
                         machine->n_input, machine->n_output, problem->n_input, problem->n_output);
    if (options->is_conditional && problem->n_input == 0)
        return hebb_fail(HEBB_EDOM, "learning of outputs given the input, but the problem has no input");
    const size_t n_free = options->is_conditional ? machine->n_units - machine->n_input : machine->n_units;
    if (options->gradient == HEBB_GRADIENT_EXACT && n_free > HEBB_EXACT_MAX_UNITS)
        return hebb_fail(HEBB_EDOM, "%zu free units: the exact gradient takes %d at most; sample it", n_free,
                         HEBB_EXACT_MAX_UNITS);
    return HEBB_OK;
}

static hebb_status check_step(const hebb_boltzmann_learning_options *options)
{
    if (!isfinite(options->learning_rate) || options->learning_rate < 0.0)
        return hebb_fail(HEBB_EDOM, "a learning rate of %g: it must be finite and not below 0", options->learning_rate);
    if (!isfinite(options->weight_decay) || options->weight_decay < 0.0)
        return hebb_fail(HEBB_EDOM, "a weight decay of %g: it must be finite and not below 0", options->weight_decay);
    if (!is_share(options->on_to_off) || !is_share(options->off_to_on))
        return hebb_fail(HEBB_EDOM, "noise of %g on to off and %g off to on: each must be from 0 to 1",
                         options->on_to_off, options->off_to_on);
    return HEBB_OK;
}

static hebb_status check_averages(const hebb_problem *problem, const hebb_boltzmann_learning_options *options)
{
    if (problem->n_cases > UINT32_MAX || options->n_chains == 0 || options->n_chains > UINT32_MAX)
        return hebb_fail(HEBB_EDOM, "%zu chains for each of %zu cases: there must be from 1 to 2^32 - 1",
                         options->n_chains, problem->n_cases);
    if (options->n_temperatures == 0 || options->temperatures == NULL)
        return hebb_fail(HEBB_EDOM, "no temperatures: there must be one at which is learnt");
    for (size_t k = 0; k < options->n_temperatures; k++)
        if (!isfinite(options->temperatures[k]) || !(options->temperatures[k] > 0.0))
            return hebb_fail(HEBB_EDOM, "a temperature of %g: it must be above 0 and finite", options->temperatures[k]);
    if (options->sweeps_each < 0)
        return hebb_fail(HEBB_EDOM, "%ld sweeps at each temperature: there must be 0 or more", options->sweeps_each);
    if (options->collecting_sweeps < 1)
        return hebb_fail(HEBB_EDOM, "%ld collecting sweeps: there must be 1 or more", options->collecting_sweeps);
    return HEBB_OK;
}

/* The chains of a full batch, and of what an epoch's last batch holds where that is less. */
static hebb_status make_chains(hebb_boltzmann_learning *learning)
{
    const hebb_boltzmann_learning_options *options = &learning->options;
    const size_t n_left = learning->problem->n_cases % options->batch;
    hebb_status status =
        hebb_gibbs_init(&learning->chains, learning->machine, options->batch * options->n_chains, (hebb_philox){{0}});
    if (status == HEBB_OK && n_left > 0)
        status = hebb_gibbs_init(&learning->rest, learning->machine, n_left * options->n_chains, (hebb_philox){{0}});
    return status;
}

static hebb_status make_room(hebb_boltzmann_learning *learning)
{
    const hebb_problem *problem = learning->problem;
    const size_t n = learning->machine->n_units;
    hebb_status status = hebb_batch_init(&learning->batch, problem->n_cases, learning->options.batch, learning->seed);
    if (status == HEBB_OK) status = hebb_moments_init(&learning->clamped, n);
    if (status == HEBB_OK) status = hebb_moments_init(&learning->unclamped, n);
    if (status == HEBB_OK) status = hebb_moments_init(&learning->one, n);
    if (status == HEBB_OK && learning->options.gradient == HEBB_GRADIENT_EXACT)
        status = hebb_boltzmann_exact_init(&learning->exact, n);
    if (status != HEBB_OK) return status;
    learning->on = calloc(n, sizeof *learning->on);
    learning->both_on = calloc(n * n, sizeof *learning->both_on);
    learning->said = calloc(learning->options.batch, (problem->n_output + 1) * sizeof *learning->said);
    learning->state = calloc(n, sizeof *learning->state);
    learning->answers = calloc(problem->n_cases, problem->n_output + 1);
    if (learning->on != NULL && learning->both_on != NULL && learning->said != NULL && learning->state != NULL &&
        learning->answers != NULL)
        return HEBB_OK;
    return hebb_fail(HEBB_ENOMEM, "no memory for learning %zu cases with %zu units", problem->n_cases, n);
}

hebb_status hebb_boltzmann_learning_init(hebb_boltzmann_learning *learning, hebb_boltzmann *machine,
                                         const hebb_problem *problem, const hebb_boltzmann_learning_options *options,
                                         uint64_t seed)
{
    *learning = (hebb_boltzmann_learning){.machine = machine, .problem = problem, .options = *options, .seed = seed};
    if (options->batch == 0) learning->options.batch = problem->n_cases;
    hebb_status status = check_machine(machine, problem, options);
    if (status == HEBB_OK) status = check_step(options);
    if (status == HEBB_OK) status = check_averages(problem, options);
    if (status == HEBB_OK) status = make_room(learning);
    if (status == HEBB_OK) status = make_chains(learning);
    if (status != HEBB_OK) hebb_boltzmann_learning_free(learning);
    return status;
}

void hebb_boltzmann_learning_free(hebb_boltzmann_learning *learning)
{
    hebb_gibbs_free(&learning->chains);
    hebb_gibbs_free(&learning->rest);
    hebb_moments_free(&learning->clamped);
    hebb_moments_free(&learning->unclamped);
    hebb_moments_free(&learning->one);
    hebb_boltzmann_exact_free(&learning->exact);
    free(learning->on);
    free(learning->both_on);
    free(learning->said);
    hebb_batch_free(&learning->batch);
    free(learning->state);
    free(learning->answers);
    *learning = (hebb_boltzmann_learning){0};
}

uint64_t hebb_boltzmann_learning_epoch_length(const hebb_boltzmann_learning *learning)
{
    return hebb_batch_epoch_length(&learning->batch);
}

/* How much of noise and decay is left. */
static double share_left(const hebb_boltzmann_learning_options *options, uint64_t update)
{
    if (options->noise_updates == 0) return 1.0;
    return update > options->noise_updates ? 0.0 : 1.0 - (double)(update - 1) / (double)options->noise_updates;
}

static bool is_noisy(const hebb_boltzmann_learning_options *options, uint64_t update)
{
    return (options->on_to_off > 0.0 || options->off_to_on > 0.0) && share_left(options, update) > 0.0;
}

/* Whether the phase clamps the clean input alone. */
static bool reads_out(const hebb_boltzmann_learning *learning, uint64_t update, phase which)
{
    if (!learning->problem->has_answer) return false;
    return which == ANSWER ||
           (which == FREE && learning->options.is_conditional && !is_noisy(&learning->options, update));
}

static size_t n_clamped(const hebb_boltzmann_learning *learning, phase which)
{
    if (which == CLAMPED) return learning->machine->n_visible;
    return which == ANSWER || learning->options.is_conditional ? learning->machine->n_input : 0;
}

/* learning->state: the batch's chain's visible units, noise included, hidden ones off. */
static void show(hebb_boltzmann_learning *learning, uint64_t update, phase which, size_t chain)
{
    const hebb_problem *problem = learning->problem;
    const hebb_boltzmann_learning_options *options = &learning->options;
    const uint8_t *units =
        problem->cases + learning->batch.order[learning->batch.first + chain / options->n_chains] * problem->n_visible;
    const int8_t off = hebb_unit_off(learning->machine->kind);
    for (size_t i = 0; i < learning->machine->n_units; i++)
        learning->state[i] = i < problem->n_visible && units[i] ? 1 : off;
    if (which == ANSWER || !is_noisy(options, update)) return;
    const double left = share_left(options, update);
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(learning->seed, HEBB_DRAW_CLAMP, update, 0), 0, (uint32_t)chain);
    for (size_t i = 0; i < problem->n_visible; i++)
        if (hebb_stream_uniform(&stream) < left * (units[i] ? options->on_to_off : options->off_to_on))
            learning->state[i] = units[i] ? off : 1;
}

/* Adds this sample's outputs to what was said. */
static void listen(hebb_boltzmann_learning *learning, const hebb_gibbs *chains)
{
    const hebb_problem *problem = learning->problem;
    for (size_t o = 0; o < problem->n_output; o++) {
        const uint64_t *bits = chains->bits + (problem->n_input + o) * chains->n_words;
        for (size_t c = 0; c < chains->n_chains; c++)
            learning->said[c / learning->options.n_chains * problem->n_output + o] += bits[c / 64] >> c % 64 & 1;
    }
}

static void answer_by_majority(hebb_boltzmann_learning *learning)
{
    const size_t n_output = learning->problem->n_output;
    const uint64_t n_samples = (uint64_t)learning->options.collecting_sweeps * learning->options.n_chains;
    for (size_t k = 0; k < learning->batch.n_shown; k++)
        for (size_t o = 0; o < n_output; o++) {
            const uint64_t twice = 2 * learning->said[k * n_output + o];
            learning->answers[learning->batch.order[learning->batch.first + k] * n_output + o] =
                twice == n_samples ? SAYS_NOTHING : twice > n_samples;
        }
}

/* Clamps and starts a phase's chains. */
static void start(hebb_boltzmann_learning *learning, uint64_t update, phase which, hebb_gibbs *chains)
{
    const size_t n = learning->machine->n_units, n_fixed = n_clamped(learning, which);
    for (size_t i = 0; i < n; i++) chains->is_clamped[i] = i < n_fixed;
    hebb_gibbs_reseed(chains, hebb_philox_derive(learning->seed, HEBB_DRAW_GIBBS, update, which));
    for (size_t c = 0; c < chains->n_chains; c++) {
        show(learning, update, which, c);
        hebb_gibbs_set(chains, c, learning->state);
    }
    hebb_gibbs_randomise(chains, hebb_philox_derive(learning->seed, HEBB_DRAW_STATE, update, which));
    memset(learning->on, 0, n * sizeof *learning->on);
    memset(learning->both_on, 0, n * n * sizeof *learning->both_on);
    memset(learning->said, 0, learning->batch.n_shown * learning->problem->n_output * sizeof *learning->said);
}

static hebb_status sample(hebb_boltzmann_learning *learning, uint64_t update, phase which, hebb_moments *moments)
{
    const hebb_boltzmann_learning_options *options = &learning->options;
    hebb_gibbs *chains = learning->batch.n_shown == options->batch ? &learning->chains : &learning->rest;
    const uint64_t before = chains->n_unit_updates;
    const bool is_heard = reads_out(learning, update, which);
    start(learning, update, which, chains);
    hebb_status status = HEBB_OK;
    for (size_t k = 0; k < options->n_temperatures && status == HEBB_OK; k++)
        status = hebb_gibbs_run(chains, options->temperatures[k], options->sweeps_each);
    for (long k = 0; k < options->collecting_sweeps && status == HEBB_OK; k++) {
        status = hebb_gibbs_run(chains, options->temperatures[options->n_temperatures - 1], 1);
        if (which != ANSWER) hebb_gibbs_count(chains, 0, chains->n_chains, learning->on, learning->both_on);
        if (is_heard) listen(learning, chains);
    }
    if (status != HEBB_OK) return status;
    if (which != ANSWER)
        hebb_moments_from_counts(learning->machine, (uint64_t)options->collecting_sweeps * chains->n_chains,
                                 learning->on, learning->both_on, moments->means, moments->products);
    if (is_heard) answer_by_majority(learning);
    uint64_t *counter = which == ANSWER ? &learning->n_answer_updates : &learning->n_unit_updates;
    *counter += chains->n_unit_updates - before;
    return HEBB_OK;
}

static void answer_by_means(hebb_boltzmann_learning *learning, size_t shown)
{
    const hebb_problem *problem = learning->problem;
    const double middle = learning->machine->kind == HEBB_UNITS_SIGN ? 0.0 : 0.5;
    uint8_t *answer = learning->answers + learning->batch.order[learning->batch.first + shown] * problem->n_output;
    for (size_t o = 0; o < problem->n_output; o++) {
        const double above = learning->one.means[problem->n_input + o] - middle;
        answer[o] = fabs(above) < undecided ? SAYS_NOTHING : above > 0.0;
    }
}

/* As sample, by enumeration; with noise, at the values that the chains would be clamped to. */
static hebb_status enumerate(hebb_boltzmann_learning *learning, uint64_t update, phase which, hebb_moments *moments)
{
    const hebb_boltzmann_learning_options *options = &learning->options;
    const size_t n = learning->machine->n_units, n_fixed = n_clamped(learning, which);
    const size_t every = which != ANSWER && is_noisy(options, update) ? 1 : options->n_chains;
    const size_t n_chains = n_fixed == 0 ? 1 : learning->batch.n_shown * options->n_chains;
    const double t = options->temperatures[options->n_temperatures - 1];
    const double share = (double)every / (double)(n_fixed == 0 ? every : n_chains);
    uint8_t *is_clamped = learning->chains.is_clamped;
    for (size_t i = 0; i < n; i++) is_clamped[i] = i < n_fixed;
    if (which != ANSWER) {
        memset(moments->means, 0, n * sizeof(double));
        memset(moments->products, 0, n * n * sizeof(double));
    }
    for (size_t c = 0; c < n_chains; c += every) {
        show(learning, update, which, c);
        const hebb_status status = hebb_boltzmann_exact_find_moments(&learning->exact, learning->machine, t, is_clamped,
                                                                     learning->state, &learning->one);
        if (status != HEBB_OK) return status;
        for (size_t i = 0; which != ANSWER && i < n; i++) moments->means[i] += share * learning->one.means[i];
        for (size_t i = 0; which != ANSWER && i < n * n; i++) moments->products[i] += share * learning->one.products[i];
        if (reads_out(learning, update, which)) answer_by_means(learning, c / options->n_chains);
    }
    return HEBB_OK;
}

static hebb_status run_phase(hebb_boltzmann_learning *learning, uint64_t update, phase which, hebb_moments *moments)
{
    return learning->options.gradient == HEBB_GRADIENT_EXACT ? enumerate(learning, update, which, moments)
                                                             : sample(learning, update, which, moments);
}

hebb_status hebb_boltzmann_learning_average(hebb_boltzmann_learning *learning, uint64_t update)
{
    hebb_batch_choose(&learning->batch, update);
    hebb_status status = run_phase(learning, update, CLAMPED, &learning->clamped);
    if (status == HEBB_OK) status = run_phase(learning, update, FREE, &learning->unclamped);
    if (status == HEBB_OK && learning->problem->has_answer && !reads_out(learning, update, FREE))
        status = run_phase(learning, update, ANSWER, NULL);
    return status;
}

/* One weight's or bias's step; false where it has outgrown all bounds. */
static bool step(const hebb_boltzmann_learning *learning, double slope, double decay, double *weight)
{
    const hebb_boltzmann_learning_options *options = &learning->options;
    *weight += options->learning_rate * (slope - decay * *weight);
    return fabs(*weight) <= HEBB_LEARNING_LARGEST_WEIGHT * options->temperatures[options->n_temperatures - 1];
}

hebb_status hebb_boltzmann_learning_update(hebb_boltzmann_learning *learning, uint64_t update)
{
    const hebb_status status = hebb_boltzmann_learning_average(learning, update);
    if (status != HEBB_OK) return status;
    hebb_boltzmann *machine = learning->machine;
    const hebb_moments *clamped = &learning->clamped, *unclamped = &learning->unclamped;
    const size_t n = machine->n_units;
    const double decay = learning->options.weight_decay * share_left(&learning->options, update);
    bool is_bounded = true;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            const size_t ij = i * n + j;
            if (!machine->may_link[ij]) continue;
            double weight = machine->weights[ij];
            is_bounded &= step(learning, clamped->products[ij] - unclamped->products[ij], decay, &weight);
            hebb_boltzmann_set_weight(machine, i, j, weight);
        }
        if (machine->has_bias[i])
            is_bounded &= step(learning, clamped->means[i] - unclamped->means[i], decay, machine->biases + i);
    }
    if (is_bounded) return HEBB_OK;
    return hebb_fail(HEBB_EDOM, "update %llu: a weight is beyond %g temperatures; lower the learning rate of %g",
                     (unsigned long long)update, HEBB_LEARNING_LARGEST_WEIGHT, learning->options.learning_rate);
}

double hebb_boltzmann_learning_error_rate(const hebb_boltzmann_learning *learning)
{
    return hebb_batch_error_rate(&learning->batch, learning->problem, learning->answers);
}
