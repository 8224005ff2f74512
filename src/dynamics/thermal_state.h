/*
 * thermal_state - networks at T > 0 between two sweeps, packed, so that they can be left and taken up again
 *
 * Little-endian numbers, whatever the machine:
 *
 *   "hebbthm1"
 *   32 bits each   networks, N, p
 *   64 bits each   sweeps done; the temperature's bits
 *   each network   64 bits: flips so far; N bits: spins, 1 where s_i = +1, filled up with 0 to whole bytes
 *   64 bits        FNV-1a checksum of all that
 *
 * Patterns and noise are not in it: they come from their seeds again.  Overlaps follow from the spins.
 */
#ifndef HEBB_DYNAMICS_THERMAL_STATE_H
#define HEBB_DYNAMICS_THERMAL_STATE_H

#include "thermal.h"

/* Bytes of a state: some N / 8 a network. */
size_t hebb_thermal_state_bytes(const hebb_thermal *run);

/* state: out, hebb_thermal_state_bytes.  Between calls of hebb_thermal_run.  Allocates nothing. */
void hebb_thermal_state_save(const hebb_thermal *run, unsigned char *state);

/*
 * Sets spins, overlaps, temperature and the number of the next sweep to what was saved; the run must have the same
 * patterns, rule, order and noise as the one that saved.  What follows is, to the bit, what followed there.
 *
 * Returns HEBB_OK; HEBB_EDATA, all being as before, where a byte is missing, too many or wrong, or where the state is
 * that of networks of another size or number.  Cost: one reading of the patterns a network.
 */
HEBB_CHECK_RESULT hebb_status hebb_thermal_state_restore(hebb_thermal *run, const unsigned char *state, size_t n_bytes);

#endif
