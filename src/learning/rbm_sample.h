/* rbm_sample - visible states of a trained RBM: Gibbs chains, or replica exchange through its training (rbm_ladder.h) */
#ifndef HEBB_LEARNING_RBM_SAMPLE_H
#define HEBB_LEARNING_RBM_SAMPLE_H

#include "learner.h"

/* hebb_learner.sample: request->sweeps sweeps, or rounds; the latter in ladders of their own, and a sweep more. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_sample(const hebb_sample_request *request, int8_t *states);

#endif
