/*
 * universal - how far a restricted Boltzmann machine with a hidden unit for each vector of a distribution is from it
 *
 * A distribution p on {0,1}^n with a support of k vectors s_i.  The machine has k + 1 hidden units and           [RB08]
 *
 *   u(v) = prod_i (1 + p_i S e^{-w d(v, s_i)}),   p_machine(v) = u(v)/sum_v u(v),   S = 2^{n/2} e^{w/2}
 *
 * d the number of entries in which two vectors differ, w the size of every weight.  With x = e^{-w} and
 * y = S x = 2^n/S = 2^{n/2} e^{-w/2}, to first order in y
 *
 *   KL(p, p_machine) = sum_i p_i ln p_i/p_machine(s_i) = (1 - k/2^n) y
 *
 * and for every y it lies between two bounds that need the distances of the vectors alone, no sum over states.
 * Derivation: docs/theory/universal.md (1) to (5).
 *
 * [RB08] N. Le Roux, Y. Bengio, Neural Comput. 20 (2008) 1631, theorem 2.4.
 */
#ifndef HEBB_THEORY_UNIVERSAL_H
#define HEBB_THEORY_UNIVERSAL_H

#include <stddef.h>
#include <stdint.h>
#include "status.h"

enum { HEBB_UNIVERSAL_MAX_VISIBLE = 30 };

typedef struct {
    size_t n_visible;          /* n, 1 .. HEBB_UNIVERSAL_MAX_VISIBLE */
    size_t n_support;          /* k, 1 .. 2^n */
    const uint32_t *vectors;   /* k different ones; bit i is v_i */
    const double *probability; /* k, positive, of sum 1 */
} hebb_universal_problem;

typedef struct {
    double small;                     /* y */
    double law;                       /* (1 - k/2^n) y */
    double low, high;                 /* low <= KL <= high, in nats */
    double outside_low, outside_high; /* of the machine's probability off the support */
} hebb_universal_bounds;

/*
 * weight  in   w > 0
 * bounds  out  high - low is n y^3/2^{n+1} to leading order; both exact to some 1e-15 relative to y
 *
 * Cost: O(k^2).  Returns HEBB_OK; HEBB_EDOM for a size, a weight or a probability out of range.
 */
HEBB_CHECK_RESULT hebb_status hebb_universal_bounds_at(const hebb_universal_problem *problem, double weight,
                                                       hebb_universal_bounds *bounds);

/*
 * A weight at which `high` is at most kl, and no more than 1e-9 relative above where it becomes so.
 *
 * kl  in   > 0, nats
 *
 * Returns HEBB_OK; HEBB_EDOM; HEBB_ENOSOLUTION where no weight up to 1000 does it.
 */
HEBB_CHECK_RESULT hebb_status hebb_universal_weight(const hebb_universal_problem *problem, double kl, double *weight);

#endif
