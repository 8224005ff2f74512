/*
 * training_folder - the files of a training run
 *
 *   manifest.json              which training: manifest.h, experiment "train LEARNER"
 *   log.csv, log.meta.json     its course
 *   checkpoints/N/NAME.npy     the machine after N updates, N in eight digits at least; weights.npy is written last: where
 *                              it is, the checkpoint is whole
 *   timing.csv                 of learners that say so: wall-clock time of the log's rows; the only file that is never the
 *                              same twice
 *   unit-0.checkpoint          the state to go on from: checkpoint.h
 *   lock                       empty; locked by the process that trains
 */
#ifndef HEBB_LEARNING_TRAINING_FOLDER_H
#define HEBB_LEARNING_TRAINING_FOLDER_H

#include <stdbool.h>
#include <stdint.h>
#include "learner.h"
#include "manifest.h"

/* What stands before a learner's name in a manifest. */
#define HEBB_TRAINING_PREFIX "train "

/* Whether it is a training's, and then the learner's name; else NULL. */
const char *hebb_training_learner_name(const hebb_manifest *manifest);

/*
 * Makes the folder this training's, and locks it: the lock goes with the process, or by closing.
 *
 * overwrite  in   take it unless it holds a study; a training's results in it are removed
 * lock       out  a descriptor to close; -1: none
 *
 * Returns HEBB_OK; HEBB_EUSAGE for a folder that holds something else, which stays as it was, and while another process
 * trains there; HEBB_EIO, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_training_folder_claim(const char *folder, const hebb_manifest *manifest,
                                                         bool overwrite, int *lock);

/* Whether a process trains there.  False where that cannot be told. */
bool hebb_training_folder_is_busy(const char *folder);

/* Whether an earlier training has left its log or its state there.  False where that cannot be told. */
bool hebb_training_folder_is_begun(const char *folder);

/* Writes a checkpoint: the arrays that are not private, HEBB_ARRAY_WEIGHTS last.  HEBB_EIO, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_training_folder_save(const char *folder, uint64_t update, size_t n_arrays,
                                                        const hebb_learner_array *arrays);

/*
 * The updates of which there are whole checkpoints, in rising order.
 *
 * updates  out  the caller frees it; NULL where there are none
 *
 * Returns HEBB_OK; HEBB_EIO, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_training_folder_list(const char *folder, size_t *n, uint64_t **updates);

/* A checkpoint's arrays. */
typedef struct {
    size_t n;
    hebb_learner_array arrays[HEBB_LEARNER_MAX_ARRAYS]; /* the values are the struct's own */
} hebb_training_arrays;

/*
 * Reads a checkpoint: weights and biases, and what else there is of the names in learner.h.
 *
 * Returns HEBB_OK; HEBB_ENOINPUT, HEBB_EDATA (arrays that do not fit each other, numbers that are not finite), HEBB_EIO,
 * HEBB_ENOMEM, the sentence naming the file.  To be freed, also after a failure.
 */
HEBB_CHECK_RESULT hebb_status hebb_training_folder_read(const char *folder, uint64_t update,
                                                        hebb_training_arrays *arrays);

/* Safe on zeroed ones and twice. */
void hebb_training_arrays_free(hebb_training_arrays *arrays);

#endif
