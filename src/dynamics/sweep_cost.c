#include "sweep_cost.h"

static const double bytes_in_cache = 8 << 20; /* of rows that a sweep reads: with more, a row takes longer */
static const double asking = 20e3;            /* ns to ask how much memory there is, and for some */
static const double leaving_pays_within = 16; /* sweeps; against going to and fro */

/* Looking all fields up: what a sweep does in pattern space, and what taking up couplings costs. */
static double fields_cost(const hebb_sweeper *sweeper)
{
    const hebb_patterns *patterns = sweeper->patterns;
    const hebb_kernel_costs *costs = &patterns->kernel->costs;
    const bool is_random = sweeper->order == HEBB_ORDER_RANDOM;
    const double a_neuron = costs->update[is_random] + costs->look_up[is_random] * (double)patterns->n_patterns;
    return a_neuron * (double)patterns->n_neurons * (double)sweeper->n_members / (double)sweeper->n_parts;
}

double hebb_sweep_cost_patterns(const hebb_sweeper *sweeper, double n_flips)
{
    const hebb_kernel_costs *costs = &sweeper->patterns->kernel->costs;
    return fields_cost(sweeper) + n_flips * (costs->flip + costs->flip_pattern * (double)sweeper->patterns->n_patterns);
}

double hebb_sweep_cost_stored(const hebb_sweeper *sweeper, double n_flips)
{
    const hebb_kernel_costs *costs = &sweeper->patterns->kernel->costs;
    const double n = (double)sweeper->patterns->n_neurons, bytes = 2.0 * n_flips * n;
    return n_flips * (costs->stored_flip + costs->stored_neuron * n * (1.0 + bytes / bytes_in_cache));
}

double hebb_sweep_cost_making(const hebb_patterns *patterns)
{
    const hebb_kernel_costs *costs = &patterns->kernel->costs;
    const double n = (double)patterns->n_neurons;
    return asking + n * n * (costs->coupling + costs->product * (double)patterns->n_patterns);
}

bool hebb_sweep_should_store(const hebb_sweeper *sweeper, const hebb_sweep_prospect *prospect)
{
    const double saved =
        hebb_sweep_cost_patterns(sweeper, prospect->n_flips) - hebb_sweep_cost_stored(sweeper, prospect->n_flips);
    const double change = fields_cost(sweeper) + (prospect->are_made ? 0.0 : hebb_sweep_cost_making(sweeper->patterns));
    if (!prospect->are_stored) return saved * prospect->n_left > change;
    return -saved * leaving_pays_within <= change;
}
