#include "thermal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "sweep_cost.h"

/* The limits of one network's block: noise at (sweep, neuron), and the rule. */
static void find_limits(void *context, size_t member, uint32_t sweep, const hebb_sweep_block *block,
                        const int8_t *spins, int32_t *limits)
{
    const hebb_thermal *run = context;
    const hebb_patterns *patterns = run->sweeper.patterns;
    const hebb_kernel *kernel = patterns->kernel;
    const double scale = 0.5 * run->temperature * (double)patterns->n_neurons;
    uint64_t words[HEBB_BLOCK];
    kernel->random(run->noise[member], sweep, block->n, block->neurons, words);
    if (run->rule == HEBB_HEAT_BATH)
        kernel->heat_bath(block->n, spins, words, scale, (int32_t)patterns->n_patterns, limits);
    else
        kernel->metropolis(block->n, words, scale, (int32_t)patterns->n_patterns, limits);
}

/*
 * Limits are held within HEBB_FIELD_BOUND, which decides nothing wrongly as long as thresholds, (N T / 2) log(2^53 - 1)
 * at most, or fields, at most p N, stay below it.
 */
static bool limits_decide(const hebb_patterns *patterns, double temperature)
{
    const double n = (double)patterns->n_neurons, p = (double)patterns->n_patterns;
    return 0.5 * n * temperature * 36.8 < HEBB_FIELD_BOUND || p * n < HEBB_FIELD_BOUND;
}

static hebb_status check_temperature(const hebb_patterns *patterns, double temperature)
{
    if (!(temperature > 0.0) || !isfinite(temperature))
        return hebb_fail(HEBB_EDOM, "a temperature of %g: it must be above 0 and finite", temperature);
    if (!limits_decide(patterns, temperature))
        return hebb_fail(HEBB_EDOM, "a temperature of %g: too high for %zu patterns of %zu neurons", temperature,
                         patterns->n_patterns, patterns->n_neurons);
    return HEBB_OK;
}

hebb_status hebb_thermal_init(hebb_thermal *run, size_t n_networks, hebb_hopfield *networks,
                              const hebb_thermal_options *options)
{
    *run = (hebb_thermal){0};
    hebb_status status = check_temperature(networks[0].patterns, options->temperature);
    if (status != HEBB_OK) return status;
    if (options->order == HEBB_ORDER_SYNCHRONOUS)
        return hebb_fail(HEBB_EDOM, "at T > 0 neurons are updated one after the other");
    const size_t n = networks[0].patterns->n_neurons, p = networks[0].patterns->n_patterns;
    if (options->couplings == HEBB_COUPLINGS_STORED && !hebb_couplings_can_hold(n, p))
        return hebb_fail(HEBB_EDOM, "%zu patterns of %zu neurons: stored couplings hold at most %d, and N p below %d",
                         p, n, HEBB_MAX_COUPLED_PATTERNS, HEBB_FIELD_BOUND);
    status = hebb_sweeper_init(&run->sweeper, n_networks, networks, options->order);
    if (status != HEBB_OK) return status;
    run->sweeper.order_generator = options->order_generator;
    run->sweeper.find_limits = find_limits;
    run->sweeper.limits_context = run;
    run->rule = options->rule;
    run->temperature = options->temperature;
    run->choice = options->couplings;
    run->planned_sweeps = options->planned_sweeps;
    run->noise = calloc(n_networks, sizeof *run->noise);
    run->n_flips = calloc(n_networks, sizeof *run->n_flips);
    if (run->noise == NULL || run->n_flips == NULL) {
        hebb_thermal_free(run);
        return hebb_fail(HEBB_ENOMEM, "no memory for %zu networks", n_networks);
    }
    memcpy(run->noise, options->noise, n_networks * sizeof *run->noise);
    return HEBB_OK;
}

void hebb_thermal_free(hebb_thermal *run)
{
    hebb_sweeper_free(&run->sweeper);
    hebb_stored_sweeper_free(&run->stored);
    free(run->noise);
    free(run->n_flips);
    *run = (hebb_thermal){0};
}

hebb_status hebb_thermal_set_temperature(hebb_thermal *run, double temperature)
{
    const hebb_status status = check_temperature(run->sweeper.patterns, temperature);
    if (status == HEBB_OK) run->temperature = temperature;
    return status;
}

void hebb_thermal_restart(hebb_thermal *run)
{
    hebb_sweeper_restart(&run->sweeper);
    if (run->are_stored) hebb_stored_sweeper_read(&run->stored);
}

/* ---- which way ---- */

static hebb_status begin_storing(hebb_thermal *run)
{
    if (run->stored.couplings.rows == NULL) {
        const hebb_status status = hebb_stored_sweeper_init(&run->stored, &run->sweeper);
        if (status != HEBB_OK) return status;
    }
    hebb_stored_sweeper_read(&run->stored);
    run->are_stored = true;
    return HEBB_OK;
}

static void end_storing(hebb_thermal *run)
{
    hebb_stored_sweeper_settle(&run->stored);
    run->are_stored = false;
}

/* Half of the memory is left to others, who may be about to do the same. */
static bool can_store(const hebb_thermal *run)
{
    const hebb_patterns *patterns = run->sweeper.patterns;
    const double bytes = hebb_stored_sweeper_bytes(patterns->n_neurons, run->sweeper.n_members);
    return hebb_couplings_can_hold(patterns->n_neurons, patterns->n_patterns) &&
           bytes <= 0.5 * (double)hebb_memory_available();
}

static void choose(hebb_thermal *run)
{
    const long n_known = run->planned_sweeps - run->n_sweeps;
    const hebb_sweep_prospect prospect = {.n_flips = run->n_recent_flips,
                                          .n_left = (double)(n_known > 0 ? n_known : run->n_sweeps),
                                          .are_made = run->stored.couplings.rows != NULL,
                                          .are_stored = run->are_stored};
    const bool should_store = hebb_sweep_should_store(&run->sweeper, &prospect);
    if (should_store == run->are_stored) return;
    if (!should_store) {
        end_storing(run);
    } else if (!run->cannot_store) {
        run->cannot_store = !(prospect.are_made || can_store(run)) || begin_storing(run) != HEBB_OK;
        if (run->cannot_store) hebb_diagnostic_clear(); /* nobody asked for it */
    }
}

/* ---- sweeps ---- */

static void count_flips(hebb_thermal *run)
{
    const double weight = run->n_sweeps > 1 ? 0.25 : 1.0; /* of the last sweep: four or so are seen together */
    double n_flips = 0.0;
    for (size_t a = 0; a < run->sweeper.n_members; a++) {
        run->n_flips[a] += (int64_t)run->sweeper.members[a].n_flipped;
        n_flips += (double)run->sweeper.members[a].n_flipped;
    }
    run->n_recent_flips += weight * (n_flips - run->n_recent_flips);
}

hebb_status hebb_thermal_run(hebb_thermal *run, long n_sweeps)
{
    run->sweeper.limits_context = run; /* again: it may have been moved since */
    run->stored.sweeper = &run->sweeper;
    if (run->choice == HEBB_COUPLINGS_STORED && !run->are_stored) {
        const hebb_status status = begin_storing(run);
        if (status != HEBB_OK) return status;
    }
    for (long k = 0; k < n_sweeps; k++) {
        if (run->choice == HEBB_COUPLINGS_AUTO && run->n_sweeps > 0) choose(run);
        const uint32_t sweep = (uint32_t)run->n_sweeps++;
        run->n_stored_sweeps += run->are_stored;
        if (run->are_stored)
            hebb_stored_sweeper_run(&run->stored, sweep);
        else
            hebb_sweeper_run(&run->sweeper, sweep);
        count_flips(run);
    }
    if (run->are_stored) hebb_stored_sweeper_settle(&run->stored);
    return HEBB_OK;
}
