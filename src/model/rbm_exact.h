/*
 * rbm_exact - sums over all states of an RBM's smaller layer
 *
 *   Z = sum_h e^{c.h} prod_i sum_{v_i} e^{v_i (b_i + sum_j W_ij h_j)}     and the same with the layers exchanged
 *
 * The layer that is enumerated is the smaller one of those that are not Gaussian; it may have HEBB_RBM_EXACT_MAX_UNITS.
 * With v_i = e^{x_i} the odds of unit i, the factor 1 + v_i of a state costs two multiplications and an addition: v_i is a
 * product of two table entries, one for 4 x 16 states in a call, and factors are multiplied, not their logarithms added.
 * Products are kept as mantissa and exponent: nothing overflows, and there is one logarithm, at the end.  Where fields
 * could reach 600, which weights seldom do, one state is summed after the other by logarithms, some 50 times slower.
 *
 * ln Z and averages are those of a sum in extended precision to 1e-12, for fields of some tens.  Cost: 784 x 25 units take
 * 3 s on one core (.12 ns a state and unit), their averages eight times as much; 16 x 12 units .1 ms with averages.
 *
 * A Gaussian layer is integrated out; two are summed in closed form: Z is the normalisation of a Gaussian, finite where
 * sigma_v^2 sigma_h^2 w_a^2 < 1 for every singular value, of any number of units.
 */
#ifndef HEBB_MODEL_RBM_EXACT_H
#define HEBB_MODEL_RBM_EXACT_H

#include <stdbool.h>
#include "rbm.h"

enum { HEBB_RBM_EXACT_MAX_UNITS = 25 };

/* Whether it can be done. */
bool hebb_rbm_is_enumerable(const hebb_rbm *rbm);

/*
 * ln Z.  The same to the bit for any number of threads.
 * Returns HEBB_OK; HEBB_EDOM for too many units, or where Z does not exist; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_log_partition(const hebb_rbm *rbm, int n_threads, double *ln_z);

/* Averages over p(v, h). */
typedef struct {
    double ln_z;
    double *visible;  /* n_visible: <v_i> */
    double *hidden;   /* n_hidden: <h_j> */
    double *products; /* n_visible x n_hidden: <v_i h_j> */
} hebb_rbm_moments;

/* Zeroed, for that machine.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_moments_init(hebb_rbm_moments *moments, const hebb_rbm *rbm);

/* Safe on zeroed ones and twice. */
void hebb_rbm_moments_free(hebb_rbm_moments *moments);

/* As hebb_rbm_log_partition. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_exact_moments(const hebb_rbm *rbm, int n_threads, hebb_rbm_moments *moments);

#endif
