/*
 * softmax - e^(x - max x) over an array, with an own vectorised exponential, and sums of squares
 *
 * e^y, y <= 0:  y = n ln 2 + r, |r| <= (ln 2)/2; e^r by its Taylor polynomial of degree 13, whose remainder is below
 * 5e-18; 2^n by the exponent's bits.  Sums run in eight lanes that are added in a fixed order.  Processors with AVX-512 fuse
 * products and sums, so that numbers agree over machines to 3e-16, as the products beside them do to less.
 */
#ifndef HEBB_MODEL_SOFTMAX_H
#define HEBB_MODEL_SOFTMAX_H

#include <stddef.h>

/*
 * x_k <- e^(x_k - max x).
 *
 * x    inout  n >= 1 finite numbers
 * max  out    the largest of them
 *
 * Returns the sum, at least 1.  Relative error of an element: below 3e-16, that of the difference x_k - max apart; 0 where
 * the difference is below -708, which is less than 1e-307 of the sum.  Cost: .6 ns an element with AVX-512.
 */
double hebb_softmax(size_t n, double *x, double *max);

/* sum_k x_k^2; not finite where an x_k is not, or the sum is none. */
double hebb_softmax_square(size_t n, const double *x);

/* x_k <- factor x_k */
void hebb_softmax_scale(size_t n, double factor, double *x);

#endif
