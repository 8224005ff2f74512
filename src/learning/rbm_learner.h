/*
 * rbm_learner - `hebb train rbm`, and its machines from their folders
 */
#ifndef HEBB_LEARNING_RBM_LEARNER_H
#define HEBB_LEARNING_RBM_LEARNER_H

#include "learner.h"
#include "rbm.h"

extern const hebb_learner hebb_rbm_learner;

/* What --visible-units or --hidden-units says; binary where it says nothing. */
hebb_layer_kind hebb_rbm_learner_kind(const hebb_options *options, const char *name);

/*
 * The machine of a checkpoint; options: of its training.  To be freed by hebb_rbm_free, also after a failure.
 * HEBB_EDATA for arrays that do not fit each other or --hidden, or are not finite; HEBB_ENOINPUT, HEBB_EIO, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_learner_machine(const char *folder, uint64_t update, const hebb_options *options,
                                                       hebb_rbm *rbm);

/*
 * Weights to start from: a training's folder, of which the last checkpoint is taken; a folder with weights.npy; or an .npy
 * file.  Beside the file may be visible_bias.npy and hidden_bias.npy, of one dimension; a bias whose file is not there is
 * 0.  Any type of number that npy.h reads.  Numbers are taken as they are, whatever kind of units they were learnt for.
 *
 * rbm  out  of binary units; to be freed by hebb_rbm_free, also after a failure
 *
 * HEBB_EDATA for arrays that do not fit each other or are not finite; HEBB_ENOINPUT, HEBB_EIO, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_import(const char *path, hebb_rbm *rbm);

#endif
