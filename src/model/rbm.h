/*
 * rbm - a restricted Boltzmann machine: two layers of units, joined to each other alone; in double precision
 *
 *   E(v, h) = -b.v - c.h - v^T W h  [+ v.v/(2 sigma_v^2)]  [+ h.h/(2 sigma_h^2)],   p(v, h) = exp(-E)/Z
 *
 *   binary    {0, 1}     P(on | field x) = 1/(1 + exp(-x))      ln sum_s e^{sx} = ln(1 + e^x)
 *   sign      {-1, +1}   P(on | x) = 1/(1 + exp(-2x))           ln 2 cosh x
 *   gaussian  real       normal of mean sigma^2 x, width sigma  sigma^2 x^2/2 + ln(sigma sqrt(2 pi))
 *
 * The terms in brackets belong to layers of Gaussian units.  The field of hidden unit j is c_j + sum_i v_i W_ij, that of
 * visible unit i is b_i + sum_j W_ij h_j.  The free energy of a visible state, F(v) = -ln sum_h e^{-E(v,h)}, gives
 * p(v) = e^{-F(v)}/Z.                                                                                      [S86] [H12]
 *
 * docs/rbm_learning.md (1).  This is the reference in double precision that fast layers (rbm_layer.h) are held against.
 *
 * [S86] P. Smolensky, in Parallel Distributed Processing, vol. 1 (1986), ch. 6.
 * [H12] G. E. Hinton, A practical guide to training restricted Boltzmann machines, LNCS 7700 (2012) 599.
 */
#ifndef HEBB_MODEL_RBM_H
#define HEBB_MODEL_RBM_H

#include <stddef.h>
#include "status.h"

typedef enum { HEBB_LAYER_BINARY, HEBB_LAYER_SIGN, HEBB_LAYER_GAUSSIAN } hebb_layer_kind;

/* "binary", "sign", "gaussian": by kind. */
extern const char *const hebb_layer_words[];
enum { HEBB_LAYER_KINDS = 3 };

typedef struct {
    size_t n_visible, n_hidden;
    hebb_layer_kind visible_kind, hidden_kind;
    double sigma_v, sigma_h; /* widths of Gaussian units; 1 at first */
    double *weights;         /* n_visible x n_hidden */
    double *visible_bias;    /* n_visible */
    double *hidden_bias;     /* n_hidden */
} hebb_rbm;

/*
 * A machine whose weights and biases are all 0.
 * Returns HEBB_OK; HEBB_EDOM for an empty layer or one of more than 2^20 units; HEBB_ENOMEM for more than there is.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_init(hebb_rbm *rbm, size_t n_visible, hebb_layer_kind visible_kind,
                                            size_t n_hidden, hebb_layer_kind hidden_kind);

/* Safe on a zeroed machine and twice. */
void hebb_rbm_free(hebb_rbm *rbm);

/* fields[j] = c_j + sum_i v_i W_ij;  visible, fields: n_visible, n_hidden. */
void hebb_rbm_hidden_fields(const hebb_rbm *rbm, const double *visible, double *fields);

/* fields[i] = b_i + sum_j W_ij h_j;  hidden, fields: n_hidden, n_visible. */
void hebb_rbm_visible_fields(const hebb_rbm *rbm, const double *hidden, double *fields);

/* The mean of a unit in the field x; sigma is that of a Gaussian one. */
double hebb_layer_mean(hebb_layer_kind kind, double sigma, double x);

/* Its variance. */
double hebb_layer_variance(hebb_layer_kind kind, double sigma, double x);

/* ln sum_s e^{sx}, of a Gaussian unit ln of the integral of e^{sx - s^2/(2 sigma^2)}; without overflow. */
double hebb_layer_log_sum(hebb_layer_kind kind, double sigma, double x);

double hebb_rbm_energy(const hebb_rbm *rbm, const double *visible, const double *hidden);

/*
 * F(v).
 *
 * fields  in   n_hidden, of that state: hebb_rbm_hidden_fields
 */
double hebb_rbm_free_energy(const hebb_rbm *rbm, const double *visible, const double *fields);

#endif
