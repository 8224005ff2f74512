/*
 * dense_relax - zero-temperature dynamics of a dense memory
 *
 *   s_i <- sgn D_i,  and s_i stays where D_i = 0        D_i of dense_memory.h, its sign exact
 *
 * The orders are those of relax.h, with the same random numbers: for F(x) = x^2 the trajectories are the Hopfield
 * model's, and so are outcome, sweeps and flips.  One after the other, each flip lowers E, so the dynamics ends in a fixed
 * point; synchronous updates may end in a cycle of two states, or, for other F, in longer ones, which are not looked for.
 */
#ifndef HEBB_DYNAMICS_DENSE_RELAX_H
#define HEBB_DYNAMICS_DENSE_RELAX_H

#include "dense_memory.h"
#include "relax.h"

typedef struct {
    hebb_update_order order;
    long max_sweeps;
    hebb_philox generator; /* of the random order; its sweep counts from 0 */
    uint32_t *turn;        /* room for N numbers */
    /* Called after every sweep that leaves the memory unfinished; what is not HEBB_OK ends the relaxation.  May be NULL. */
    hebb_status (*after_sweep)(void *context, const hebb_dense_memory *memory, const hebb_relaxation *result);
    void *context;
} hebb_dense_relax_options;

/*
 * Runs until nothing moves, a 2-cycle is found (synchronous), or max_sweeps are done; the memory is left in its last
 * state, its overlaps up to date.  Allocates nothing.
 *
 * Returns HEBB_OK, or what after_sweep returned; HEBB_ENOCONV where a sign has been left open (dense_exact.h).
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_relax(hebb_dense_memory *memory, const hebb_dense_relax_options *options,
                                               hebb_relaxation *result);

/*
 * Goes on where one of max_sweeps, or ended by after_sweep, has been left: sweeps and flips count from there.  In
 * sequential and random order spins and result are all there is to keep; in synchronous order also who flipped in the
 * last sweep, memory->turned.
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_relax_resume(hebb_dense_memory *memory,
                                                      const hebb_dense_relax_options *options, hebb_relaxation *result);

#endif
