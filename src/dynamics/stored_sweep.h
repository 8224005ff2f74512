/*
 * stored_sweep - the sweep of sweep.h with the couplings and all fields kept, for small networks and few flips
 *
 *   neuron i flips where s_i N h_i <= c_i - p
 *   N h_j += 2 s_i N J_ij                     once s_i has flipped
 *
 * An update is a comparison, and a flip adds a row of couplings to the fields.  Order, limits and so every state are
 * those of the sweeper; what differs is the time.  Overlaps are brought up to date only when they are asked for.
 */
#ifndef HEBB_DYNAMICS_STORED_SWEEP_H
#define HEBB_DYNAMICS_STORED_SWEEP_H

#include "couplings.h"
#include "sweep.h"

typedef struct {
    hebb_sweeper *sweeper; /* borrowed: its networks, order, limits, and what is known of each network */
    hebb_couplings couplings;
    int32_t *fields;      /* N h_i of each network, couplings.stride numbers from one to the next */
    int8_t *spins_before; /* of each network, to which its overlaps belong */
} hebb_stored_sweeper;

/*
 * Makes the couplings; the fields are yet to be read.  Not for synchronous order.
 * Returns HEBB_OK; HEBB_EDOM where couplings cannot hold the patterns; HEBB_ENOMEM.  Cost: that of the couplings.
 */
HEBB_CHECK_RESULT hebb_status hebb_stored_sweeper_init(hebb_stored_sweeper *stored, hebb_sweeper *sweeper);

/* Safe on a zeroed one and twice. */
void hebb_stored_sweeper_free(hebb_stored_sweeper *stored);

/* Bytes that it takes. */
double hebb_stored_sweeper_bytes(size_t n_neurons, size_t n_networks);

/* Takes the networks' states over, their overlaps being up to date.  Cost: as a sweep of the sweeper. */
void hebb_stored_sweeper_read(hebb_stored_sweeper *stored);

/*
 * As hebb_sweeper_run, but the overlaps stay as they are.  Between reading and settling, nothing else may move the
 * networks.  Cost: N comparisons a network, and N additions a flip.  Allocates nothing.
 */
void hebb_stored_sweeper_run(hebb_stored_sweeper *stored, uint32_t sweep);

/* Brings the overlaps up to date.  Cost: p additions for each neuron that is not as it was then. */
void hebb_stored_sweeper_settle(hebb_stored_sweeper *stored);

#endif
