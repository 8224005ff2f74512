/*
 * rbm_run - the machines that a training of an RBM has left in its folder, and its data
 *
 * A folder that is no training's but holds weights.npy (n_visible x n_hidden) of numbers of any type, and where wanted
 * visible_bias.npy and hidden_bias.npy (else 0), trained elsewhere, is read as a run of one checkpoint, of update 0, of
 * binary units.
 */
#ifndef HEBB_ANALYSIS_RBM_RUN_H
#define HEBB_ANALYSIS_RBM_RUN_H

#include "learner.h"
#include "manifest.h"
#include "rbm.h"
#include "rbm_layer.h"

typedef struct {
    const char *folder; /* borrowed */
    bool is_training;   /* else weights trained elsewhere */
    hebb_manifest manifest;
    hebb_options options; /* of the training */
    size_t n_checkpoints;
    uint64_t *updates; /* n_checkpoints, rising */
    hebb_layer_kind visible_kind, hidden_kind;
    double sigma_v, sigma_h;
    size_t n_visible; /* units; 0: not known */
} hebb_rbm_run;

/*
 * Returns HEBB_OK; HEBB_ENOINPUT for a folder that is none, or without checkpoints; HEBB_EDATA for one that is damaged or of
 * another kind of training; HEBB_EIO, HEBB_ENOMEM.  To be closed in any case.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_run_open(hebb_rbm_run *run, const char *folder);

/* Safe on a zeroed one and twice. */
void hebb_rbm_run_close(hebb_rbm_run *run);

/*
 * The machine of checkpoint k.  To be freed by hebb_rbm_free, also after a failure.
 * HEBB_EDATA for arrays that do not fit or are not finite; HEBB_EIO, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_run_machine(const hebb_rbm_run *run, size_t k, hebb_rbm *rbm);

/*
 * The data that the run was trained with; to be freed by hebb_layer_states_free.
 * HEBB_EUSAGE for weights trained elsewhere; HEBB_EDATA where the file has changed since; else as its reader.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_run_data(const hebb_rbm_run *run, hebb_layer_states *data);

/*
 * Cases of another file, of the kind of the visible units.
 *
 * threshold  in   NAN: the training's where it has one
 *
 * HEBB_EDATA where it has another number of units; else as its reader.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_run_test(const hebb_rbm_run *run, const char *file, double threshold,
                                                hebb_layer_states *cases);

/* The same as cases to train with: of builtin:digits those that training takes, not those for a test. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_run_cases(const hebb_rbm_run *run, const char *file, double threshold,
                                                 hebb_layer_states *cases);

#endif
