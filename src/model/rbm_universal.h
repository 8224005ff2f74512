/*
 * rbm_universal - a restricted Boltzmann machine built, not trained, for a chosen distribution on few vectors
 *
 * Hidden unit 0 has no weights: the machine that it is alone has all 2^n vectors alike.  Each of the k others raises one
 * vector s_i of the support above that: its field, w (d(v, not s_i) - d(v, s_i)) plus a bias, is               [RB08]
 *
 *   x_i(v) = ln(p_i S) - w d(v, s_i),   p(v) in proportion to prod_i (1 + e^{x_i(v)}),   S = 2^{n/2} e^{w/2}
 *
 * with d the number of entries that differ and w the size of every weight.  So p(s_i) -> p_i as w grows.  Written for
 * units 0, 1 in both layers: W_li = w (2 s_il - 1), c_i = ln(p_i S) - w |s_i|, b = 0; for units -1, +1 the same p(v) with
 * half the weights and what biases that takes.  docs/theory/universal.md (1).
 *
 * [RB08] N. Le Roux, Y. Bengio, Neural Comput. 20 (2008) 1631, theorem 2.4.
 */
#ifndef HEBB_MODEL_RBM_UNIVERSAL_H
#define HEBB_MODEL_RBM_UNIVERSAL_H

#include <stdint.h>
#include "rbm.h"

enum { HEBB_RBM_UNIVERSAL_MAX_VISIBLE = 30 };

/*
 * The machine, of n_visible and n_support + 1 units.
 *
 * vectors      in   n_support different ones; bit l is unit l, on where it is set
 * probability  in   n_support, positive, of sum 1
 * weight       in   w > 0
 *
 * Returns HEBB_OK; HEBB_EDOM for a size, a weight or a probability out of range, or Gaussian units; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_universal_build(hebb_rbm *rbm, size_t n_visible, hebb_layer_kind visible_kind,
                                                       hebb_layer_kind hidden_kind, size_t n_support,
                                                       const uint32_t *vectors, const double *probability,
                                                       double weight);

#endif
