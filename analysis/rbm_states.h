/*
 * rbm_states - independent visible states of a small RBM, drawn from its law itself
 *
 * The states of the smaller layer are enumerated with their shares, and the other layer is drawn given that one.
 */
#ifndef HEBB_ANALYSIS_RBM_STATES_H
#define HEBB_ANALYSIS_RBM_STATES_H

#include "rbm_layer.h"

enum { HEBB_RBM_STATES_MAX_UNITS = 20 };

/* Whether the layer that can be enumerated has so few units. */
bool hebb_rbm_states_can_be_drawn(const hebb_rbm *rbm);

/*
 * states  out  n of them; to be freed, also after a failure
 *
 * Shares are right to single precision.  Cost: 2^units times the other layer.  HEBB_EDOM for too many units, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_states_draw(const hebb_rbm *rbm, size_t n, uint64_t seed, uint64_t realisation,
                                                   hebb_layer_states *states);

#endif
