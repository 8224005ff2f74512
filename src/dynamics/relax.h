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

#include "field_kernel.h"
#include "hopfield.h"
#include "philox.h"

typedef enum { HEBB_ORDER_SEQUENTIAL, HEBB_ORDER_RANDOM, HEBB_ORDER_SYNCHRONOUS } hebb_update_order;

typedef enum {
    HEBB_RELAX_FIXED_POINT,
    HEBB_RELAX_TWO_CYCLE, /* synchronous: the next two updates would lead back here */
    HEBB_RELAX_UNFINISHED /* max_sweeps were not enough */
} hebb_relax_outcome;

typedef struct {
    hebb_update_order order;
    long max_sweeps;
    hebb_philox generator;           /* of the random order; its sweep counts from 0 */
    const hebb_field_kernel *kernel; /* NULL: the best */
    /* Called after every single flip, with the spins (not yet the overlaps) up to date.  May be NULL. */
    void (*on_flip)(void *context, const hebb_hopfield *network, size_t neuron);
    void *context;
} hebb_relax_options;

typedef struct {
    hebb_relax_outcome outcome;
    long sweeps; /* N updates each, the last one, which found nothing to do, included */
    int64_t flips;
} hebb_relaxation;

typedef struct {
    uint32_t *order;   /* the sweep's neurons */
    uint32_t *flipped; /* of this step; twice N, the other half for the step before */
    size_t n_neurons;
} hebb_relax_workspace;

/* HEBB_ENOMEM.  A workspace serves any number of relaxations of networks of at most n_neurons. */
HEBB_CHECK_RESULT hebb_status hebb_relax_workspace_init(hebb_relax_workspace *workspace, size_t n_neurons);
void hebb_relax_workspace_free(hebb_relax_workspace *workspace);

/* Bytes that a workspace takes. */
double hebb_relax_bytes(size_t n_neurons);

/*
 * Runs until nothing moves, a 2-cycle is found, or max_sweeps are done; the network is left in the last state, its
 * overlaps up to date.  Cost: N p / 8 table look-ups a sweep, and O(p HEBB_FIELD_BLOCK / 64) a flip.  Nothing is
 * allocated.
 */
hebb_relaxation hebb_relax(hebb_hopfield *network, const hebb_relax_options *options, hebb_relax_workspace *workspace);

#endif
