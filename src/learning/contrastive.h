/*
 * contrastive - learning of an RBM by ascent of the log-likelihood, with its model average from short chains, or exact
 *
 *   dL/dW_ij = <v_i h_j>_data - <v_i h_j>_model,   dL/db = <v>_data - <v>_model,   dL/dc = <h>_data - <h>_model
 *
 *   cd     contrastive divergence: the model's averages from chains that begin at the batch's cases, after k sweeps [H02]
 *   pcd    persistent: from chains that go on where the update before left them                                     [T08]
 *   exact  from enumeration (rbm_exact.h)
 *
 * Hidden units enter by their means given the visible ones, which has less noise than their states.  The gradient may be
 * centred, by offsets mu, the data's means of visible units, and lambda, which follows those of hidden ones:  [MM12, MFW16]
 *
 *   dW = <(v - mu)(h - lambda)^T>_data - <..>_model,  db = <v>_d - <v>_m - dW lambda,  dc = <h>_d - <h>_m - dW^T mu
 *
 * docs/rbm_learning.md (2), (3).
 *
 * An update: velocity = momentum velocity + rate (gradient - decay W), W += velocity (no decay of biases).
 *
 * cd and pcd keep weights in single precision, and gather rows (rbm_layer.h) in both phases and for the gradient; exact
 * does all in double.  The result is the same to the bit for any number of threads and, of two-valued units, any kernel.
 *
 * [B75]   J. Besag, The Statistician 24 (1975) 179.
 * [H02]   G. E. Hinton, Neural Comput. 14 (2002) 1771.
 * [T08]   T. Tieleman, ICML 2008, 1064.
 * [MM12]  G. Montavon, K.-R. Mueller, LNCS 7700 (2012) 621.
 * [MFW16] J. Melchior, A. Fischer, L. Wiskott, J. Mach. Learn. Res. 17 (2016) 99.
 */
#ifndef HEBB_LEARNING_CONTRASTIVE_H
#define HEBB_LEARNING_CONTRASTIVE_H

#include "batch.h"
#include "rbm_exact.h"
#include "rbm_gibbs.h"

typedef enum { HEBB_ALGORITHM_CD, HEBB_ALGORITHM_PCD, HEBB_ALGORITHM_EXACT } hebb_contrastive_algorithm;

typedef struct {
    hebb_contrastive_algorithm algorithm;
    long steps;      /* k; 1 or more */
    size_t batch;    /* cases an update; 0: all */
    size_t n_chains; /* of pcd; 0: as many as a batch */
    double learning_rate, momentum, weight_decay;
    bool is_centred;
    int n_threads;      /* at most; the result does not depend on it */
    double final_rate;  /* n_updates > 0: where the rate, on a line from learning_rate at update 1, ends at the last */
    uint64_t n_updates; /* 0: the rate stays */
} hebb_contrastive_options;

typedef struct {
    hebb_rbm *rbm; /* borrowed: what is learnt; up to date after hebb_contrastive_store */
    const hebb_layer_states *data;
    hebb_contrastive_options options;
    uint64_t seed;
    hebb_batch batch;
    hebb_rbm_layer up, down;
    hebb_layer_states shown; /* the batch's cases */
    hebb_rbm_gibbs chains;
    double gradient_norm;                   /* of the last update */
    double reconstruction_error;            /* hebb_contrastive_reconstruct */
    double *visible_offset, *hidden_offset; /* mu, lambda */
    double *velocity;                       /* up to date after hebb_contrastive_store */
    double *visible_velocity, *hidden_velocity;
    struct hebb_contrastive_room *room;
} hebb_contrastive;

/*
 * data  in  borrowed; of the kind of the visible units
 *
 * Returns HEBB_OK; HEBB_EDOM for options out of range or units too many for the exact gradient; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_contrastive_init(hebb_contrastive *learning, hebb_rbm *rbm,
                                                    const hebb_layer_states *data,
                                                    const hebb_contrastive_options *options, uint64_t seed);

/* Safe on a zeroed one and twice. */
void hebb_contrastive_free(hebb_contrastive *learning);

/* Update n, from 1 on.  HEBB_EDOM where a weight is no longer finite: the sentence says what to lower. */
HEBB_CHECK_RESULT hebb_status hebb_contrastive_update(hebb_contrastive *learning, uint64_t n);

/* What is learnt -> learning->rbm; and back, after weights were changed or restored. */
void hebb_contrastive_store(hebb_contrastive *learning);
void hebb_contrastive_load(hebb_contrastive *learning);

/*
 * Where learning starts: weights normal of width `width` (HEBB_DRAW_WEIGHTS), hidden biases 0, visible biases from the
 * data's means p (ln p/(1 - p), atanh for sign units), kept finite by one case on and one off more than there are.
 */
void hebb_contrastive_start(hebb_rbm *rbm, const hebb_layer_states *data, double width, uint64_t seed);

/* ---- what is said of it ---- */

enum { HEBB_CONTRASTIVE_FIRST = 100 }; /* cases of the data from which the reconstruction error is taken */

/*
 * Sets learning->reconstruction_error: mean squared difference of the first cases and of their units' means after half a
 * sweep of the hidden units, whose numbers are update n's.  HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_contrastive_reconstruct(hebb_contrastive *learning, uint64_t n);

/*
 * The mean of ln p(v) over the data, given ln Z.  The same to the bit for any number of threads.  Cost: the units that are
 * on, times n_hidden, a case.  HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_log_likelihood(const hebb_rbm *rbm, const hebb_layer_states *data, double ln_z,
                                                      int n_threads, double *log_likelihood);

/*
 * The log of the pseudo-likelihood, ln prod_i p(v_i | all others), mean over `n` cases `which` of the data.  [B75]
 * For units binary and sign; NaN for Gaussian ones.  Cost: n_visible n_hidden a case.  HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_pseudo_likelihood(const hebb_rbm *rbm, const hebb_layer_states *data, size_t n,
                                                         const uint32_t *which, double *log_pseudo_likelihood);

#endif
