/*
 * completion - what one softmax update makes of a part of a stored pattern
 *
 *   sigma' = sum_nu w_nu x_nu,   w_nu = e^(beta o_nu)/sum_lambda e^(beta o_lambda),   o_nu = x_nu.sigma
 *
 *   1 - w_mu <= (K-1) e^(-beta Delta),   Delta = o_mu - max_(nu != mu) o_nu
 *   |sigma' - x_mu| = |sum_(nu != mu) w_nu (x_nu - x_mu)| <= 2 M (1 - w_mu) <= 2 M min(1, (K-1) e^(-beta Delta))
 *
 * with M the largest norm.  This is the retrieval error of [R20], theorem 4, with the separation Delta of the state that is
 * given in place of that of the pattern, which bounds it from below: docs/theory/completion.md (1) to (3).
 *
 * [R20] H. Ramsauer et al., Hopfield networks is all you need, arXiv:2008.02217.
 */
#ifndef HEBB_THEORY_COMPLETION_H
#define HEBB_THEORY_COMPLETION_H

#include <stddef.h>
#include "status.h"

/* overlaps[K]: o_nu = x_nu.sigma, and norm: M.  patterns  in  K x N */
void hebb_completion_overlaps(size_t n_pixels, size_t n_patterns, const double *patterns, const double *state,
                              double *overlaps, double *norm);

typedef struct {
    double weight;     /* w_mu */
    double separation; /* Delta; infinite for K = 1 */
    double bound;      /* of |sigma' - x_mu| */
} hebb_completion;

/*
 * From the overlaps.  Returns HEBB_OK; HEBB_EDOM for beta that is not above 0 and finite, no patterns, or a target that
 * is none of them.
 */
HEBB_CHECK_RESULT hebb_status hebb_completion_weigh(size_t n_patterns, const double *overlaps, double norm,
                                                    size_t target, double beta, hebb_completion *law);

/*
 * |sigma' - x_mu| itself, from the differences x_nu - x_mu: no difference of nearly equal numbers.  Cost: O(N K).
 *
 * weights  in  room for K numbers
 *
 * Returns as above.
 */
HEBB_CHECK_RESULT hebb_status hebb_completion_error(size_t n_pixels, size_t n_patterns, const double *patterns,
                                                    const double *overlaps, size_t target, double beta, double *weights,
                                                    double *error);

#endif
