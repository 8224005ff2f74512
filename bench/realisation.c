#include "realisation.h"

#include <stdlib.h>

#include "timing.h"

static hebb_status make_networks(hebb_realisation *run)
{
    const hebb_realisation_plan *plan = &run->plan;
    const hebb_pattern_store store = plan->order == HEBB_ORDER_RANDOM ? HEBB_STORE_ROWS : HEBB_STORE_SLICES;
    run->networks = calloc(plan->n_networks, sizeof *run->networks);
    run->results = calloc(plan->n_networks, sizeof *run->results);
    run->last_flipped = calloc(plan->n_networks, sizeof *run->last_flipped);
    if (run->networks == NULL || run->results == NULL || run->last_flipped == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for %zu networks", plan->n_networks);
    hebb_status status = hebb_patterns_init(&run->patterns, plan->n_neurons, plan->n_patterns, store);
    for (size_t a = 0; status == HEBB_OK && a < plan->n_networks; a++)
        status = hebb_hopfield_init(run->networks + a, &run->patterns);
    if (status == HEBB_OK && plan->temperature <= 0.0)
        status = hebb_sweeper_init(&run->sweeper, plan->n_networks, run->networks, plan->order);
    return status;
}

static hebb_status make_thermal(hebb_realisation *run, uint32_t replica)
{
    const hebb_realisation_plan *plan = &run->plan;
    hebb_philox *noise = calloc(plan->n_networks, sizeof *noise);
    if (noise == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu networks", plan->n_networks);
    for (size_t a = 0; a < plan->n_networks; a++) noise[a] = hebb_philox_derive(2, HEBB_DRAW_NOISE, a, replica);
    const hebb_thermal_options how = {.rule = plan->rule,
                                      .temperature = plan->temperature,
                                      .order = plan->order,
                                      .order_generator = hebb_philox_derive(1, HEBB_DRAW_ORDER, 0, replica),
                                      .noise = noise,
                                      .planned_sweeps = plan->sweeps};
    hebb_thermal_free(&run->thermal);
    const hebb_status status = hebb_thermal_init(&run->thermal, plan->n_networks, run->networks, &how);
    free(noise);
    return status;
}

hebb_status hebb_realisation_init(hebb_realisation *run, const hebb_realisation_plan *plan, uint32_t replica)
{
    hebb_status status = HEBB_OK;
    const double started = hebb_timing_processor();
    if (run->networks == NULL) {
        *run = (hebb_realisation){.plan = *plan};
        status = make_networks(run);
    }
    if (status == HEBB_OK) {
        hebb_patterns_draw(&run->patterns, 1, replica);
        hebb_realisation_restart(run);
        if (plan->temperature > 0.0) status = make_thermal(run, replica);
    }
    run->setup_seconds = hebb_timing_processor() - started;
    if (status != HEBB_OK) hebb_realisation_free(run);
    return status;
}

void hebb_realisation_restart(hebb_realisation *run)
{
    for (size_t a = 0; a < run->plan.n_networks; a++) hebb_hopfield_start_at_pattern(run->networks + a, a);
}

/* Sequential order stops N updates after the last flip, in the midst of a sweep: where that was tells the updates. */
static void note_flip(void *context, const hebb_hopfield *network, size_t neuron)
{
    hebb_realisation *run = context;
    run->last_flipped[network - run->networks] = (uint32_t)neuron;
}

static double count_updates(const hebb_realisation *run)
{
    const hebb_realisation_plan *plan = &run->plan;
    const double n = (double)plan->n_neurons;
    if (plan->temperature > 0.0) return n * (double)plan->sweeps * (double)plan->n_networks;
    double updates = 0.0;
    for (size_t a = 0; a < plan->n_networks; a++) {
        const hebb_relaxation *result = run->results + a;
        const bool ends_within = plan->order == HEBB_ORDER_SEQUENTIAL && result->sweeps > 1;
        updates +=
            ends_within ? n * (double)(result->sweeps - 1) + run->last_flipped[a] + 1.0 : n * (double)result->sweeps;
    }
    return updates;
}

hebb_status hebb_realisation_run(hebb_realisation *run)
{
    hebb_status status = HEBB_OK;
    const double started = hebb_timing_processor();
    if (run->plan.temperature > 0.0) {
        status = hebb_thermal_run(&run->thermal, run->plan.sweeps);
    } else {
        const hebb_relax_options how = {.max_sweeps = 100000,
                                        .generator = hebb_philox_derive(1, HEBB_DRAW_ORDER, 0, 0),
                                        .on_flip = note_flip,
                                        .context = run};
        status = hebb_relax(&run->sweeper, &how, run->results);
    }
    run->seconds = hebb_timing_processor() - started;
    run->updates = count_updates(run);
    return status;
}

void hebb_realisation_free(hebb_realisation *run)
{
    hebb_thermal_free(&run->thermal);
    hebb_sweeper_free(&run->sweeper);
    for (size_t a = 0; run->networks != NULL && a < run->plan.n_networks; a++) hebb_hopfield_free(run->networks + a);
    hebb_patterns_free(&run->patterns);
    free(run->networks);
    free(run->results);
    free(run->last_flipped);
    *run = (hebb_realisation){0};
}
