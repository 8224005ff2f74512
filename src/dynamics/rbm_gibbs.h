/*
 * rbm_gibbs - block Gibbs sampling of an RBM: many chains, a layer at a time
 *
 *   a sweep: all hidden units given the visible ones, then all visible units given the hidden ones
 *
 * Chain r draws from its own addresses (rbm_layer.h): hidden units in step 2t, visible ones in step 2t + 1 of sweep t; what
 * it does depends neither on the other chains nor on kernels.
 */
#ifndef HEBB_DYNAMICS_RBM_GIBBS_H
#define HEBB_DYNAMICS_RBM_GIBBS_H

#include "rbm_layer.h"

typedef struct {
    const hebb_rbm_layer *up, *down; /* borrowed; weights, beta and base may change between two calls */
    size_t n_chains;
    hebb_philox noise;
    uint32_t n_sweeps; /* done: the number of the next one */
    uint32_t first_chain;
    hebb_layer_states visible, hidden; /* the present ones; hidden: those that visible were drawn from */
    float *hidden_fields;              /* n_chains x up->stride: of the last sweep, given the visible before it */
    float *visible_fields;             /* n_chains x down->stride: of the last sweep */
} hebb_rbm_gibbs;

/* Two-valued units are all off, Gaussian ones 0.  HEBB_EDOM for no chains or more than 2^32 - 1; HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_gibbs_init(hebb_rbm_gibbs *gibbs, const hebb_rbm_layer *up,
                                                  const hebb_rbm_layer *down, size_t n_chains, hebb_philox noise);

/* Safe on a zeroed one and twice. */
void hebb_rbm_gibbs_free(hebb_rbm_gibbs *gibbs);

/* The visible units of all chains: two-valued ones on with probability 1/2, Gaussian ones of mean 0 and their width. */
void hebb_rbm_gibbs_randomise(hebb_rbm_gibbs *gibbs, hebb_philox start);

/* n_sweeps sweeps from the visible states.  HEBB_EDOM where more than 2^31 - 1 would have been done. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_gibbs_run(hebb_rbm_gibbs *gibbs, long n_sweeps);

#endif
