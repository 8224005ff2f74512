/*
 * rbm_free_energy - the parts of a visible state's free energy, from single-precision fields, for many states at once
 *
 *   -F(v) = b.v [- v.v/(2 sigma_v^2)] + sum_j L(x_j),   L(x) = ln sum_s e^{sx}: see rbm.h
 *
 * The sum over two-valued units is the logarithm of a product of 1 + e^{-|x|}, in double precision: one logarithm for
 * thousands of units.  Eight partial products, and a polynomial of our own for the exponential, make it the same on every
 * machine to the last bits of that logarithm; against rbm.h at the same fields it is right to 1e-13 a unit.
 */
#ifndef HEBB_MODEL_RBM_FREE_ENERGY_H
#define HEBB_MODEL_RBM_FREE_ENERGY_H

#include "rbm_layer.h"

/* sum_j L(beta x_j) over n units.  sigma: of Gaussian ones. */
double hebb_layer_log_sums(hebb_layer_kind kind, double sigma, double beta, size_t n, const float *fields);

/* sum_i bias_i s_i of state r; bias: n_units. */
double hebb_layer_bias_sum(const hebb_layer_states *states, size_t r, const double *bias);

/* The same and, of Gaussian units, - s.s/(2 sigma^2): what a layer has without the other one. */
double hebb_layer_own_log(const hebb_layer_states *states, size_t r, const double *bias, double sigma);

#endif
