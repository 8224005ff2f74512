#include "relax.h"

#include <string.h>

/* The same neurons flipped forth and back. */
static bool is_two_cycle(const hebb_sweep_member *member)
{
    return member->n_flipped == member->n_flipped_before &&
           memcmp(member->flipped, member->flipped_before, member->n_flipped * sizeof *member->flipped) == 0;
}

/* What a sweep has come to for one network. */
static void judge(const hebb_sweeper *sweeper, hebb_sweep_member *member, hebb_relaxation *result)
{
    result->sweeps++;
    result->flips += (int64_t)member->n_flipped;
    if (member->n_flipped == 0)
        result->outcome = HEBB_RELAX_FIXED_POINT;
    else if (sweeper->order == HEBB_ORDER_SYNCHRONOUS && is_two_cycle(member))
        result->outcome = HEBB_RELAX_TWO_CYCLE;
    member->is_done = result->outcome != HEBB_RELAX_UNFINISHED;
}

/* How many networks are unfinished; all of them have made the same number of sweeps. */
static size_t count_unfinished(size_t n_networks, const hebb_relaxation *results, long *n_sweeps)
{
    size_t n_left = 0;
    *n_sweeps = 0;
    for (size_t a = 0; a < n_networks; a++) {
        if (results[a].outcome != HEBB_RELAX_UNFINISHED) continue;
        *n_sweeps = results[a].sweeps;
        n_left++;
    }
    return n_left;
}

hebb_status hebb_relax_resume(hebb_sweeper *sweeper, const hebb_relax_options *options, hebb_relaxation *results)
{
    long sweep;
    size_t n_left = count_unfinished(sweeper->n_members, results, &sweep);
    sweeper->order_generator = options->generator;
    sweeper->on_flip = options->on_flip;
    sweeper->flip_context = options->context;
    sweeper->find_limits = NULL;
    sweeper->stops_when_still = sweeper->order == HEBB_ORDER_SEQUENTIAL;
    sweeper->block = HEBB_BLOCK;
    for (; n_left > 0 && sweep < options->max_sweeps; sweep++) {
        hebb_sweeper_run(sweeper, (uint32_t)sweep);
        for (size_t a = 0; a < sweeper->n_members; a++) {
            if (results[a].outcome != HEBB_RELAX_UNFINISHED) continue;
            judge(sweeper, sweeper->members + a, results + a);
            n_left -= results[a].outcome != HEBB_RELAX_UNFINISHED;
        }
        if (options->after_sweep == NULL || n_left == 0) continue;
        const hebb_status status = options->after_sweep(options->context, sweeper, results);
        if (status != HEBB_OK) return status;
    }
    return HEBB_OK;
}

hebb_status hebb_relax(hebb_sweeper *sweeper, const hebb_relax_options *options, hebb_relaxation *results)
{
    hebb_sweeper_restart(sweeper);
    for (size_t a = 0; a < sweeper->n_members; a++) results[a] = (hebb_relaxation){HEBB_RELAX_UNFINISHED, 0, 0};
    return hebb_relax_resume(sweeper, options, results);
}
