/*
 * relax - zero-temperature dynamics of a Hopfield network
 *
 *   s_i <- sgn h_i,  and s_i stays where h_i = 0
 *
 *   sequential   neurons 0 .. N-1, each seeing the flips before it
 *   random       the same in a fresh random order every sweep
 *   synchronous  all at once from the same state
 *
 * One after the other, each flip lowers H (J is symmetric, J_ii = 0), so the dynamics ends in a fixed point.
 * Synchronous updates end in a fixed point or in a cycle of two states.
 */
#ifndef HEBB_DYNAMICS_RELAX_H
#define HEBB_DYNAMICS_RELAX_H

#include "hopfield.h"
#include "philox.h"
#include "sweep.h"

typedef enum {
    HEBB_RELAX_FIXED_POINT,
    HEBB_RELAX_TWO_CYCLE, /* synchronous: the next two updates would lead back here */
    HEBB_RELAX_UNFINISHED /* max_sweeps were not enough */
} hebb_relax_outcome;

typedef struct {
    hebb_relax_outcome outcome;
    long sweeps; /* N updates each, the last one, which found nothing to do, included */
    int64_t flips;
} hebb_relaxation;

typedef struct {
    long max_sweeps;
    hebb_philox generator; /* of the random order; its sweep counts from 0 */
    /* Called after every single flip, with the spins (not yet the overlaps) up to date.  May be NULL. */
    void (*on_flip)(void *context, const hebb_hopfield *network, size_t neuron);
    /*
     * Called after every sweep that leaves some network unfinished; spins and overlaps are up to date, and
     * hebb_relax_state_save (relax_state.h) may be called.  What is not HEBB_OK ends the relaxation.  May be NULL.
     */
    hebb_status (*after_sweep)(void *context, const hebb_sweeper *sweeper, const hebb_relaxation *results);
    void *context; /* of both */
} hebb_relax_options;

/*
 * Runs each of the sweeper's networks until nothing moves, a 2-cycle is found, or max_sweeps are done; they are left in
 * their last states, their overlaps up to date.  Each ends as it would alone.  Allocates nothing.
 *
 * results  out  one a network
 *
 * Returns HEBB_OK, or what after_sweep returned.
 */
HEBB_CHECK_RESULT hebb_status hebb_relax(hebb_sweeper *sweeper, const hebb_relax_options *options,
                                         hebb_relaxation *results);

/*
 * Goes on where hebb_relax was ended by after_sweep or by max_sweeps, or where a state was restored, with the same
 * generator; max_sweeps counts from the beginning.  What comes out is, to the bit, what comes out uninterrupted.
 *
 * results  in/out  as they were left or restored
 */
HEBB_CHECK_RESULT hebb_status hebb_relax_resume(hebb_sweeper *sweeper, const hebb_relax_options *options,
                                                hebb_relaxation *results);

#endif
