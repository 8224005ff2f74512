/*
 * rbm_exact_real - sums over an RBM's states where a layer is Gaussian; for rbm_exact.c alone
 *
 * One Gaussian layer, integrated out, leaves a Boltzmann machine of the other:
 *
 *   sum_k (ln(sigma sqrt(2 pi)) + sigma^2 x_k^2/2),   x_k = beta_k + sum_a M_ka s_a
 *
 * is quadratic in s: weights sigma^2 sum_k M_ka M_kb and biases, which boltzmann_exact.h enumerates.  With two the joint density
 * is normal: with T = 1/sigma_h^2 - sigma_v^2 W^T W the hidden units have covariance T^-1 and mean
 * T^-1 (c + sigma_v^2 W^T b), and
 *
 *   ln Z = n_v ln(sigma_v sqrt(2 pi)) + n_h ln sqrt(2 pi) - ln det T / 2 + sigma_v^2 b.b/2 + <h>.(c + sigma_v^2 W^T b)/2
 *
 * or the same with the layers exchanged, whichever is smaller.  Z exists where T is positive definite.
 */
#ifndef HEBB_MODEL_RBM_EXACT_REAL_H
#define HEBB_MODEL_RBM_EXACT_REAL_H

#include "rbm_exact.h"

/* moments: NULL for ln Z alone.  Return as hebb_rbm_log_partition. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_exact_one_real(const hebb_rbm *rbm, double *ln_z, hebb_rbm_moments *moments);
HEBB_CHECK_RESULT hebb_status hebb_rbm_exact_both_real(const hebb_rbm *rbm, double *ln_z, hebb_rbm_moments *moments);

#endif
