/*
 * rbm_mean_field - an RBM in mean field: naive, and with the second and third order of Plefka's expansion (TAP)
 *
 * With the units' means m fixed, d(m) the variance and k(m) the third cumulant of a unit of that mean, and phi the Legendre
 * transform of its ln sum_s e^{sx} (so phi'(m) = x where m is the mean in the field x),            [P82] [GY91] [GTK15] [TGM18]
 *
 *   F(m) = sum_i phi(m_i) + sum_j phi(m_j) - b.m_v - c.m_h - sum_ij W_ij m_i m_j                                    naive
 *        - (1/2) sum_ij W_ij^2 d_i d_j                                                                        second order
 *        - (1/6) sum_ij W_ij^3 k_i k_j                                                                         third order
 *
 *   binary  d = m - m^2,  k = d (1 - 2m)      sign  d = 1 - m^2,  k = -2 m d      gaussian  d = sigma^2,  k = 0
 *
 * Where its gradient vanishes, m_j is the mean in the field
 *
 *   x_j = c_j + sum_i W_ij m_i + d'(m_j) A_j/2 + k'(m_j) K_j/6,     A_j = sum_i W_ij^2 d_i,  K_j = sum_i W_ij^3 k_i        (1)
 *
 * and the same with the layers exchanged.  There F approximates -ln Z; naive F is above it for all means.  No loops of three
 * units are in an RBM, so the third order has no further term.  Derivation: docs/theory/rbm_fixed_points.md (4), (6).
 *
 * Given the other layer, (1) is one equation a unit, x = h + d'(m(x)) A/2 + ..., and F in that unit alone is convex in the
 * naive and the second order (d'' < 0 <= A): the step here goes towards its minimum by Newton's rule with the largest slope on
 * its way, which never passes the minimum.  So in these orders F never rises, and no damping has to be chosen.
 *
 * [P82]   T. Plefka, J. Phys. A 15 (1982) 1971.
 * [GY91]  A. Georges, J. S. Yedidia, J. Phys. A 24 (1991) 2173.
 * [GTK15] M. Gabrie, E. W. Tramel, F. Krzakala, NIPS 28 (2015) 640.
 * [TGM18] E. W. Tramel, M. Gabrie, A. Manoel, F. Caltagirone, F. Krzakala, Phys. Rev. X 8 (2018) 041006.
 */
#ifndef HEBB_ANALYSIS_RBM_MEAN_FIELD_H
#define HEBB_ANALYSIS_RBM_MEAN_FIELD_H

#include <stddef.h>
#include "rbm.h"

typedef enum { HEBB_RBM_NAIVE = 1, HEBB_RBM_TAP2, HEBB_RBM_TAP3 } hebb_rbm_mean_field_order;

typedef struct {
    const hebb_rbm *rbm; /* borrowed */
    hebb_rbm_mean_field_order order;
    double *squares, *cubes; /* W_ij^2 and W_ij^3, NULL where the order has none */
} hebb_rbm_mean_field;

/* HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_mean_field_init(hebb_rbm_mean_field *field, const hebb_rbm *rbm,
                                                       hebb_rbm_mean_field_order order);

/* Safe on a zeroed one and twice. */
void hebb_rbm_mean_field_free(hebb_rbm_mean_field *field);

/* The means of both layers in several states at once; the fields are what they are the means in. */
typedef struct {
    size_t n;                               /* states */
    double *visible, *hidden;               /* n x n_visible, n x n_hidden */
    double *visible_fields, *hidden_fields; /* the same */
} hebb_rbm_means;

/* HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_means_init(hebb_rbm_means *means, const hebb_rbm *rbm, size_t n);

/* Safe on zeroed ones and twice. */
void hebb_rbm_means_free(hebb_rbm_means *means);

/* State `to` becomes a copy of state `from` of others. */
void hebb_rbm_means_copy(hebb_rbm_means *means, size_t to, const hebb_rbm *rbm, const hebb_rbm_means *others,
                         size_t from);

/* What a sweep needs beside the states. */
typedef struct {
    double *cumulants, *fields, *squares, *cubes; /* n x max(n_visible, n_hidden) each */
} hebb_rbm_mean_field_room;

/* HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_mean_field_room_init(hebb_rbm_mean_field_room *room, const hebb_rbm *rbm,
                                                            size_t n);

/* Safe on a zeroed one and twice. */
void hebb_rbm_mean_field_room_free(hebb_rbm_mean_field_room *room);

/*
 * Starts the first n states from their visible means: the hidden layer in the field of these, then the visible layer in the
 * field of that, both naive.
 */
void hebb_rbm_mean_field_begin(const hebb_rbm *rbm, hebb_rbm_means *means, size_t n);

/*
 * One step of the hidden layer, then one of the visible layer, in the first n states.
 *
 * moves  out  n: the largest change of a mean, over the width of its unit's values (1, 2, sigma); NaN once there is one
 *
 * By dgemm: 4 n n_visible n_hidden operations an order.
 */
void hebb_rbm_mean_field_sweep(const hebb_rbm_mean_field *field, hebb_rbm_means *means, size_t n,
                               hebb_rbm_mean_field_room *room, double *moves);

/* F of a state whose means are those in its fields; nats. */
double hebb_rbm_mean_field_free_energy(const hebb_rbm_mean_field *field, const hebb_rbm_means *means, size_t state);

#endif
