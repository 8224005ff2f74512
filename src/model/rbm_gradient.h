/*
 * rbm_gradient - the gradient of an RBM's log-likelihood from two sets of states, and the step that follows it, in single
 *                precision
 *
 *   S_ij = sum over data r of v_ri m_rj - sum over model states r of v_ri m_rj,     m: the hidden means
 *
 * Two-valued visible units count as 0 and 1 here, sign ones too: there the correlation of -1, +1 is 2 S_ij less the
 * difference of the sums of the means, which the step's rank-one terms take.  With two-valued units S comes from
 * rows_gather.h and is equal to the bit over kernels and threads; real-valued ones go through sgemm.
 *
 * The step, all weights in one pass, is
 *
 *   g_ij = scale S_ij - left_i change_j - right_i offset_j
 *   u_ij = momentum u_ij + rate (g_ij - decay W_ij),   W_ij += u_ij
 *
 * each product and sum rounded by itself, in this order.  A centred gradient with n data and as many model states has
 * scale = 1/n, left = mu, change = <m>_data - <m>_model, right = <v>_data - <v>_model, offset = lambda; for sign units
 * scale = 2/n and left = mu + 1.
 */
#ifndef HEBB_MODEL_RBM_GRADIENT_H
#define HEBB_MODEL_RBM_GRADIENT_H

#include "rbm_layer.h"

typedef struct {
    size_t n_visible, n_hidden, stride;
    float *sums;                  /* n_visible x stride: S */
    float *velocity;              /* n_visible x stride: u; 0 at first */
    hebb_index_lists data, model; /* transposed */
    float *column_parts;          /* of the step */
    double *norms;
} hebb_rbm_gradient;

/* For that layer and so many states at most; up goes from visible to hidden units.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_gradient_init(hebb_rbm_gradient *gradient, const hebb_rbm_layer *up,
                                                     size_t n_states);

/* Safe on a zeroed one and twice. */
void hebb_rbm_gradient_free(hebb_rbm_gradient *gradient);

/*
 * S -> gradient->sums.
 *
 * data_means, model_means  in  n_states x stride each, 0 beyond n_hidden: hebb_rbm_layer_means.  Where the numbers of
 *                              states differ, the caller has scaled one.
 */
void hebb_rbm_gradient_correlate(hebb_rbm_gradient *gradient, const hebb_layer_states *data, const float *data_means,
                                 const hebb_layer_states *model, const float *model_means, int n_threads);

typedef struct {
    float scale, rate, momentum, decay;
    const float *left, *right;    /* n_visible; NULL: 0 */
    const float *change, *offset; /* stride, 0 beyond n_hidden; NULL with left, right */
    const float *row_factors;     /* stride, the same; NULL: not wanted */
    float *row_products;          /* out n_visible: sum_j g_ij row_factors_j */
    const float *column_factors;  /* n_visible; NULL: not wanted */
    float *column_products;       /* out stride: sum_i g_ij column_factors_i */
} hebb_rbm_step;

/*
 * Steps: rows of up, and of down, which are up's transposed, unless that is NULL.  Their biases and what hebb_rbm_layer_refresh
 * makes of them are the caller's.  Returns sum_ij g_ij^2.  Equal to the bit over kernels and threads.
 */
double hebb_rbm_gradient_step(hebb_rbm_gradient *gradient, const hebb_rbm_step *step, hebb_rbm_layer *up,
                              hebb_rbm_layer *down, int n_threads);

#endif
