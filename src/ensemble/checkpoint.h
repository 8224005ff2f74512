/*
 * checkpoint - the state of a unit that takes long, saved on the way so that a kill does not cost all of it
 *
 *   folder/unit-N.checkpoint: "hebbckpt", fingerprint, unit, size of the state, the state, checksum; written whole
 *
 * What the state is only the unit's own code knows; it continues from it to the same bits.  A checkpoint that does not
 * hold what its checksum says, or another study's, is as none: the unit begins again.
 *
 *   hebb_status run(..., hebb_checkpoint *checkpoint, ...)
 *       if (hebb_checkpoint_load(checkpoint, ...)) continue from there
 *       each step: if (hebb_checkpoint_is_due(checkpoint)) status = hebb_checkpoint_save(checkpoint, ...)
 *
 * All functions take NULL for a unit whose state is not kept.
 */
#ifndef HEBB_ENSEMBLE_CHECKPOINT_H
#define HEBB_ENSEMBLE_CHECKPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "fingerprint.h"
#include "status.h"

typedef struct {
    const char *folder; /* borrowed */
    hebb_fingerprint fingerprint;
    uint64_t unit;
    double interval; /* seconds between two saves */
    double saved;    /* when that was last, or when the unit began */
    bool is_there;   /* a file may be */
} hebb_checkpoint;

/* For a unit that begins now.  A NULL folder: nothing is kept, the unit is given up when the interval is over. */
hebb_checkpoint hebb_checkpoint_begin(const char *folder, hebb_fingerprint fingerprint, uint64_t unit, double interval);

/*
 * What an earlier run saved.
 *
 * size   in   bytes of the state; a checkpoint of another size is as none
 * state  out  unchanged where there is none
 *
 * Returns whether there is one.
 */
bool hebb_checkpoint_load(hebb_checkpoint *checkpoint, size_t size, void *state);

/* The same where one that cannot be read must not pass for none.  HEBB_EIO, HEBB_ENOMEM; found is false then. */
HEBB_CHECK_RESULT hebb_status hebb_checkpoint_read(hebb_checkpoint *checkpoint, size_t size, void *state, bool *found);

/* Whether to save now: the interval is over, or the program is to stop and the unit has taken a second or more. */
bool hebb_checkpoint_is_due(const hebb_checkpoint *checkpoint);

/*
 * Saves the state.  Returns HEBB_OK to go on; HEBB_ESTOPPED where the program is to stop: the unit returns it; HEBB_EIO,
 * HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_checkpoint_save(hebb_checkpoint *checkpoint, size_t size, const void *state);

/* Removes the file: the unit is in the journal. */
void hebb_checkpoint_end(const hebb_checkpoint *checkpoint);

/* Removes the checkpoints and temporary files that killed processes left in the folder of a study whose units are all done. */
void hebb_checkpoint_sweep(const char *folder);

#endif
