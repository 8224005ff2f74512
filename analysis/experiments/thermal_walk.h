/*
 * thermal_walk - one network followed sweep by sweep at T > 0, as a unit of a study: with checkpoints
 *
 *   hebb_thermal_room_fit, the patterns drawn, the network's state set, then hebb_thermal_walk_run, whose
 *   `after_sweep` measures: spins and overlaps are up to date there.
 *
 * What it keeps from sweep to sweep stands in `kept`, which is part of the checkpoint: an interrupted walk goes on to the
 * same bits.
 */
#ifndef HEBB_EXPERIMENTS_THERMAL_WALK_H
#define HEBB_EXPERIMENTS_THERMAL_WALK_H

#include "checkpoint.h"
#include "thermal_state.h"

/* A thread's network.  Zero it first; kept from unit to unit while the size is the same. */
typedef struct {
    hebb_patterns patterns;
    hebb_hopfield network;
} hebb_thermal_room;

/* Bytes that a walk takes at most, `kept` and the couplings that it may store apart. */
double hebb_thermal_room_bytes(size_t n_neurons, size_t n_patterns);

/* Ready for N x p; patterns are then to be drawn and the state to be set.  Returns as hebb_patterns_init. */
HEBB_CHECK_RESULT hebb_status hebb_thermal_room_fit(hebb_thermal_room *room, size_t n_neurons, size_t n_patterns);

/* Safe on a zeroed one and twice. */
void hebb_thermal_room_free(hebb_thermal_room *room);

/* The generators of a walk's random numbers. */
typedef struct {
    hebb_philox noise, order, state; /* state: for a random start */
} hebb_thermal_draws;

/* seed: the user's --dynamics-seed; realisation: hebb_thermal_realisation. */
hebb_thermal_draws hebb_thermal_draws_at(uint64_t seed, uint64_t realisation, uint32_t replica);

typedef struct {
    hebb_thermal_rule rule;
    hebb_update_order order; /* sequential or random */
    double temperature;      /* of the first sweep */
    hebb_thermal_draws draws;
    long max_sweeps;
    /*
     * Called after each sweep.  n_done counts them from 1; the temperature of the next may be set
     * (hebb_thermal_set_temperature); what is not HEBB_OK ends the walk.  *is_over, false until set, ends it well.
     */
    hebb_status (*after_sweep)(void *context, hebb_thermal *run, long n_done, bool *is_over);
    void *context;
    size_t n_kept; /* numbers that after_sweep keeps from sweep to sweep, set to 0 by the caller */
    double *kept;
} hebb_thermal_walk;

/*
 * Walks from the room's state, or from where an earlier run was stopped.
 *
 * Returns HEBB_OK; what after_sweep returned; HEBB_ESTOPPED when the program is to stop, the state having been saved; as
 * hebb_thermal_init for a temperature that it does not take.
 */
HEBB_CHECK_RESULT hebb_status hebb_thermal_walk_run(hebb_thermal_room *room, const hebb_thermal_walk *walk,
                                                    hebb_checkpoint *checkpoint);

/* How many of the numbers kept hold N spins, a byte each. */
size_t hebb_thermal_kept_spins(size_t n_neurons);

/*
 * The realisation of a walk's random numbers: a point's own N, p and T, and what else tells points apart, in one number.
 * The experiment is not in it: two of them with the same four numbers, seed and replica draw the same.
 */
uint64_t hebb_thermal_realisation(size_t n_neurons, size_t n_patterns, double temperature, double further);

#endif
