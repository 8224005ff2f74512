#include "tempering.h"

#include <math.h>
#include <stdlib.h>

/* ---- making one ---- */

static hebb_status check_rungs(size_t n, const double *temperatures)
{
    if (n == 0) return hebb_fail(HEBB_EDOM, "replica exchange without a temperature");
    for (size_t k = 1; k < n; k++)
        if (!(temperatures[k] > temperatures[k - 1]))
            return hebb_fail(HEBB_EDOM, "temperatures of %g and %g: those of replica exchange must rise",
                             temperatures[k - 1], temperatures[k]);
    return HEBB_OK;
}

static bool allocate(hebb_tempering *run, size_t n)
{
    run->temperatures = calloc(n, sizeof *run->temperatures);
    run->replicas = calloc(n, sizeof *run->replicas);
    run->replica_at = calloc(n, sizeof *run->replica_at);
    run->rung_of = calloc(n, sizeof *run->rung_of);
    run->n_trials = calloc(n, sizeof *run->n_trials);
    run->n_swaps = calloc(n, sizeof *run->n_swaps);
    run->n_round_trips = calloc(n, sizeof *run->n_round_trips);
    run->ways = calloc(n, sizeof *run->ways);
    return run->temperatures != NULL && run->replicas != NULL && run->replica_at != NULL && run->rung_of != NULL &&
           run->n_trials != NULL && run->n_swaps != NULL && run->n_round_trips != NULL && run->ways != NULL;
}

static hebb_status init_replica(hebb_tempering *run, size_t a, const hebb_tempering_options *options)
{
    const hebb_thermal_options how = {.rule = options->rule,
                                      .temperature = options->temperatures[a],
                                      .order = options->order,
                                      .order_generator = options->order_generator,
                                      .noise = options->noise + a,
                                      .couplings = options->couplings};
    run->temperatures[a] = options->temperatures[a];
    run->replica_at[a] = run->rung_of[a] = a;
    return hebb_thermal_init(run->replicas + a, 1, run->networks + a, &how);
}

/* What being where it is means for a replica's round trip. */
static void note_way(hebb_tempering *run, size_t a)
{
    if (run->n < 2) return;
    if (run->rung_of[a] == 0) {
        run->n_round_trips[a] += run->ways[a] == HEBB_ON_WAY_DOWN;
        run->ways[a] = HEBB_ON_WAY_UP;
    } else if (run->rung_of[a] == run->n - 1 && run->ways[a] == HEBB_ON_WAY_UP) {
        run->ways[a] = HEBB_ON_WAY_DOWN;
    }
}

hebb_status hebb_tempering_init(hebb_tempering *run, size_t n, hebb_hopfield *networks,
                                const hebb_tempering_options *options)
{
    *run = (hebb_tempering){.networks = networks, .swap_generator = options->swap_generator};
    hebb_status status = check_rungs(n, options->temperatures);
    if (status != HEBB_OK) return status;
    run->n = n;
    if (!allocate(run, n)) status = hebb_fail(HEBB_ENOMEM, "no memory for %zu replicas", n);
    for (size_t a = 0; status == HEBB_OK && a < n; a++) status = init_replica(run, a, options);
    if (status == HEBB_OK)
        note_way(run, 0);
    else
        hebb_tempering_free(run);
    return status;
}

void hebb_tempering_free(hebb_tempering *run)
{
    for (size_t a = 0; run->replicas != NULL && a < run->n; a++) hebb_thermal_free(run->replicas + a);
    free(run->temperatures);
    free(run->replicas);
    free(run->replica_at);
    free(run->rung_of);
    free(run->n_trials);
    free(run->n_swaps);
    free(run->n_round_trips);
    free(run->ways);
    *run = (hebb_tempering){0};
}

double hebb_tempering_bytes(size_t n_neurons, size_t n_patterns, size_t n_rungs)
{
    return (double)n_rungs * (hebb_sweeper_bytes(n_neurons, n_patterns, 1) + sizeof(hebb_thermal) + 128.0);
}

void hebb_tempering_restart(hebb_tempering *run)
{
    for (size_t a = 0; a < run->n; a++) hebb_thermal_restart(run->replicas + a);
}

/* ---- exchanges ---- */

/*
 * True with probability exp(-x), x in [0, 1]: of uniforms compared with x/1, x/2, .. the first k - 1 are below with
 * probability x^(k-1)/(k-1)!, so that the first one that is not is of odd number with probability 1 - x + x^2/2 - ..
 */
static bool draw_exp_within_one(hebb_stream *stream, double x)
{
    unsigned k = 1;
    while (hebb_stream_uniform(stream) < x / k) k++;
    return k % 2 == 1;
}

/* The same for any x >= 0: exp(-x) = exp(-1) .. exp(-1) exp(-rest).  Whatever x is, the loop goes on with 1/e alone. */
static bool draw_exp(hebb_stream *stream, double x)
{
    for (; x > 1.0; x -= 1.0)
        if (!draw_exp_within_one(stream, 1.0)) return false;
    return draw_exp_within_one(stream, x);
}

static bool is_accepted(const hebb_tempering *run, size_t k)
{
    const hebb_hopfield *low = hebb_tempering_at(run, k), *high = hebb_tempering_at(run, k + 1);
    const int64_t difference = hebb_hopfield_energy_sum(high) - hebb_hopfield_energy_sum(low); /* 2 N H */
    if (difference <= 0) return true;
    const double span = 1.0 / run->temperatures[k] - 1.0 / run->temperatures[k + 1];
    hebb_stream stream;
    hebb_stream_init(&stream, run->swap_generator, (uint32_t)run->n_rounds, (uint32_t)k);
    return draw_exp(&stream, span * (double)difference / (2.0 * (double)low->patterns->n_neurons));
}

static hebb_status settle_at(hebb_tempering *run, size_t rung, size_t a)
{
    run->replica_at[rung] = a;
    run->rung_of[a] = rung;
    note_way(run, a);
    return hebb_thermal_set_temperature(run->replicas + a, run->temperatures[rung]);
}

static hebb_status exchange(hebb_tempering *run)
{
    hebb_status status = HEBB_OK;
    for (size_t k = (size_t)(run->n_rounds % 2); status == HEBB_OK && k + 1 < run->n; k += 2) {
        const size_t low = run->replica_at[k], high = run->replica_at[k + 1];
        run->n_trials[k]++;
        if (!is_accepted(run, k)) continue;
        run->n_swaps[k]++;
        status = settle_at(run, k, high);
        if (status == HEBB_OK) status = settle_at(run, k + 1, low);
    }
    run->n_rounds++;
    return status;
}

hebb_status hebb_tempering_run(hebb_tempering *run, long n_rounds, long n_sweeps)
{
    hebb_status status = HEBB_OK;
    for (long round = 0; status == HEBB_OK && round < n_rounds; round++) {
        for (size_t a = 0; status == HEBB_OK && a < run->n; a++) status = hebb_thermal_run(run->replicas + a, n_sweeps);
        if (status == HEBB_OK) status = exchange(run);
    }
    return status;
}

/* ---- what is to be seen ---- */

const hebb_hopfield *hebb_tempering_at(const hebb_tempering *run, size_t rung)
{
    return run->networks + run->replica_at[rung];
}

double hebb_tempering_swap_rate(const hebb_tempering *run, size_t k)
{
    return run->n_trials[k] == 0 ? NAN : (double)run->n_swaps[k] / (double)run->n_trials[k];
}

int64_t hebb_tempering_round_trips(const hebb_tempering *run)
{
    int64_t n = 0;
    for (size_t a = 0; a < run->n; a++) n += run->n_round_trips[a];
    return n;
}

/* ---- temperatures ---- */

static double power(double x, size_t n)
{
    double product = 1.0;
    for (; n > 0; n--) product *= x;
    return product;
}

/* x^(1/n), x > 1, by halving an interval until nothing is between its ends. */
static double root(double x, size_t n)
{
    double low = 1.0, high = x;
    for (;;) {
        const double middle = low + 0.5 * (high - low);
        if (middle <= low || middle >= high) return low;
        if (power(middle, n) < x)
            low = middle;
        else
            high = middle;
    }
}

hebb_status hebb_tempering_ladder(size_t n, double lowest, double highest, double *temperatures)
{
    if (n < 2) return hebb_fail(HEBB_EDOM, "a ladder of %zu temperatures: it has 2 or more", n);
    if (!(lowest > 0.0) || !(highest > lowest) || !isfinite(highest))
        return hebb_fail(HEBB_EDOM, "a ladder of temperatures from %g to %g: they must be above 0 and rise", lowest,
                         highest);
    const double factor = root(highest / lowest, n - 1);
    temperatures[0] = lowest;
    for (size_t k = 1; k + 1 < n; k++) temperatures[k] = temperatures[k - 1] * factor;
    temperatures[n - 1] = highest;
    return HEBB_OK;
}
