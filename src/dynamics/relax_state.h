/*
 * relax_state - a relaxation between two sweeps, packed, so that it can be left and taken up again
 *
 * Little-endian numbers, whatever the machine:
 *
 *   "hebbrlx1"
 *   32 bits each   order, networks, N, p
 *   each network   64 bits each: outcome, sweeps, flips, updates since the last flip (sequential order, unfinished; else 0)
 *                  N bits: spins, 1 where s_i = +1, and, in synchronous order, N bits: who flipped in the last sweep
 *                  (unfinished; else 0); either filled up with 0 to whole bytes, bit i % 8 of byte i / 8 being neuron i's
 *   64 bits        FNV-1a checksum of all that
 *
 * Patterns and the random order are not in it: they come from their seeds again.  Overlaps follow from the spins.
 */
#ifndef HEBB_DYNAMICS_RELAX_STATE_H
#define HEBB_DYNAMICS_RELAX_STATE_H

#include "relax.h"

/* Bytes of a state: some N / 8 a network, twice as many in synchronous order. */
size_t hebb_relax_state_bytes(const hebb_sweeper *sweeper);

/*
 * state  out  hebb_relax_state_bytes
 *
 * Between sweeps, as in hebb_relax_options.after_sweep.  Allocates nothing.
 */
void hebb_relax_state_save(const hebb_sweeper *sweeper, const hebb_relaxation *results, unsigned char *state);

/*
 * Sets spins, overlaps and results to what was saved, for hebb_relax_resume; the sweeper must have the same patterns
 * and order as the one that saved.  The number of threads, the kernel and the pattern store may be others.
 *
 * results  out  one a network
 *
 * Returns HEBB_OK; HEBB_EDATA, the sweeper and results being as before, where a byte is missing, too many or wrong, or
 * where the state is that of networks of another size, number or order.  Cost: one reading of the patterns a network.
 */
HEBB_CHECK_RESULT hebb_status hebb_relax_state_restore(hebb_sweeper *sweeper, const unsigned char *state,
                                                       size_t n_bytes, hebb_relaxation *results);

#endif
