/*
 * tempering_state - a replica exchange between two rounds, packed, so that it can be left and taken up again
 *
 * Little-endian numbers, whatever the machine:
 *
 *   "hebbtmp1"
 *   32 bits        replicas K
 *   64 bits        rounds done
 *   each rung      64 bits each: temperature's bits, exchanges with the next rung tried, accepted
 *   each replica   32 bits each: its rung, what it is on the way to; 64 bits: its round trips; its thermal_state
 *   64 bits        FNV-1a checksum of all that
 */
#ifndef HEBB_DYNAMICS_TEMPERING_STATE_H
#define HEBB_DYNAMICS_TEMPERING_STATE_H

#include "tempering.h"

/* Bytes of a state: some N / 8 a replica. */
size_t hebb_tempering_state_bytes(const hebb_tempering *run);

/* state: out, hebb_tempering_state_bytes.  Between calls of hebb_tempering_run.  Allocates nothing. */
void hebb_tempering_state_save(const hebb_tempering *run, unsigned char *state);

/*
 * Takes up what was saved; the run must have the same patterns, rungs, rule, order and random numbers as the one that
 * saved.  What follows is, to the bit, what followed there.
 *
 * Returns HEBB_OK; HEBB_EDATA, all being as before, where a byte is missing, too many or wrong, or where the state is
 * that of networks of another size, or of other rungs.  Cost: one reading of the patterns a replica.
 */
HEBB_CHECK_RESULT hebb_status hebb_tempering_state_restore(hebb_tempering *run, const unsigned char *state,
                                                           size_t n_bytes);

#endif
