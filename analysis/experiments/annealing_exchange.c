#include "annealing_exchange.h"

#include <math.h>
#include <stdlib.h>

#include "tempering_state.h"
#include "thermal_walk.h"

hebb_status hebb_annealing_make_rungs(hebb_annealing_study *own)
{
    const double n = round(log(own->schedule.end / own->schedule.start) / log(own->schedule.step));
    if (n < 1.0)
        return hebb_fail(HEBB_EDOM, "--schedule exchange takes two temperatures or more: lower --end-temperature, or "
                                    "give a --factor nearer to 1");
    own->n_rungs = (size_t)n + 1;
    own->rungs = calloc(own->n_rungs, sizeof *own->rungs);
    if (own->rungs == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu temperatures", own->n_rungs);
    return hebb_tempering_ladder(own->n_rungs, own->schedule.end, own->schedule.start, own->rungs);
}

double hebb_annealing_exchange_bytes(const hebb_annealing_study *own, size_t n_neurons, size_t n_patterns)
{
    const double n_rungs = (double)own->n_rungs;
    return hebb_tempering_bytes(n_neurons, n_patterns, own->n_rungs) +
           n_rungs * (hebb_hopfield_bytes(n_neurons, n_patterns) + (double)n_neurons / 8.0 + 256.0);
}

/* ---- one unit ---- */

typedef struct {
    size_t n;
    hebb_hopfield *networks;
    hebb_philox *noise;
    hebb_tempering run;
    unsigned char *state; /* of a checkpoint */
} exchange;

static void drop(exchange *x)
{
    hebb_tempering_free(&x->run);
    for (size_t k = 0; x->networks != NULL && k < x->n; k++) hebb_hopfield_free(x->networks + k);
    free(x->networks);
    free(x->noise);
    free(x->state);
}

/* Each replica from a random state of its own, with noise of its own: addresses by its first rung's temperature. */
static hebb_status make(const hebb_study *study, const hebb_unit *unit, const hebb_patterns *patterns, exchange *x)
{
    const hebb_annealing_study *own = study->own;
    const uint64_t seed = own->dynamics_seed;
    const uint32_t replica = (uint32_t)unit->replica;
    const double n_rounds = (double)hebb_annealing_sweeps(study, unit->point);
    const size_t n = patterns->n_neurons, p = patterns->n_patterns;
    hebb_status status = HEBB_OK;
    x->n = own->n_rungs;
    x->networks = calloc(x->n, sizeof *x->networks);
    x->noise = calloc(x->n, sizeof *x->noise);
    if (x->networks == NULL || x->noise == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu replicas", x->n);
    for (size_t k = 0; status == HEBB_OK && k < x->n; k++) {
        const hebb_thermal_draws draws =
            hebb_thermal_draws_at(seed, hebb_thermal_realisation(n, p, own->rungs[k], n_rounds), replica);
        x->noise[k] = draws.noise;
        status = hebb_hopfield_init(x->networks + k, patterns);
        if (status == HEBB_OK) hebb_hopfield_start_at_random(x->networks + k, draws.state);
    }
    const uint64_t address = hebb_thermal_realisation(n, p, own->schedule.start, n_rounds);
    const hebb_tempering_options how = {.rule = HEBB_HEAT_BATH,
                                        .order = own->order,
                                        .order_generator = hebb_philox_derive(seed, HEBB_DRAW_ORDER, address, replica),
                                        .temperatures = own->rungs,
                                        .noise = x->noise,
                                        .swap_generator = hebb_philox_derive(seed, HEBB_DRAW_SWAP, address, replica),
                                        .couplings = HEBB_COUPLINGS_PATTERNS};
    if (status == HEBB_OK) status = hebb_tempering_init(&x->run, x->n, x->networks, &how);
    if (status != HEBB_OK) return status;
    x->state = malloc(hebb_tempering_state_bytes(&x->run));
    return x->state != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for the state of %zu replicas", x->n);
}

static hebb_status go(exchange *x, long n_rounds, hebb_checkpoint *checkpoint)
{
    const size_t size = hebb_tempering_state_bytes(&x->run);
    hebb_status status = HEBB_OK;
    if (hebb_checkpoint_load(checkpoint, size, x->state) &&
        hebb_tempering_state_restore(&x->run, x->state, size) != HEBB_OK)
        hebb_diagnostic_clear(); /* it is as none */
    while (status == HEBB_OK && x->run.n_rounds < n_rounds) {
        status = hebb_tempering_run(&x->run, 1, 1);
        if (status != HEBB_OK || x->run.n_rounds == n_rounds || !hebb_checkpoint_is_due(checkpoint)) continue;
        hebb_tempering_state_save(&x->run, x->state);
        status = hebb_checkpoint_save(checkpoint, size, x->state);
    }
    return status;
}

hebb_status hebb_annealing_exchange(const hebb_study *study, const hebb_unit *unit, hebb_hopfield *network,
                                    double *values)
{
    const long n_rounds = hebb_annealing_sweeps(study, unit->point);
    exchange x = {0};
    hebb_status status = make(study, unit, network->patterns, &x);
    if (status == HEBB_OK) status = go(&x, n_rounds, unit->checkpoint);
    if (status != HEBB_OK) goto out;
    hebb_hopfield_start_at(network, hebb_tempering_at(&x.run, 0)->spins);
    for (size_t k = 0; k + 1 < x.n; k++) {
        values[ANNEALING_N_VALUES + k] = hebb_tempering_swap_rate(&x.run, k);
        values[ANNEALING_SWAP_RATE] = fmin(values[ANNEALING_SWAP_RATE], values[ANNEALING_N_VALUES + k]);
    }
    values[ANNEALING_ROUND_TRIPS] = (double)hebb_tempering_round_trips(&x.run);
    values[ANNEALING_COOLING_SWEEPS] = (double)n_rounds * (double)x.n;
out:
    drop(&x);
    return status;
}
