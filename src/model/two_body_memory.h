/*
 * two_body_memory - associative memories as visible and hidden neurons that are coupled in pairs
 *
 *   tau_v dv_i/dt  = sum_mu xi_i^mu f_mu - v_i + I_i         i < N    visible, with outputs g_i = dL_v/dv_i
 *   tau_h dh_mu/dt = sum_i xi_i^mu g_i - h_mu                mu < K   hidden, with outputs f_mu = dL_h/dh_mu
 *
 *   E = [sum_i (v_i - I_i) g_i - L_v] + [sum_mu h_mu f_mu - L_h] - sum_i,mu f_mu xi_i^mu g_i        [KH20, eq. 2]
 *
 *   dense    L_h = N sum_mu Phi(h_mu/N),  Phi(x) = x^n/n, or that of x > 0 alone     L_v = T sum_i ln 2 cosh(v_i/T)
 *   softmax  L_h = (1/beta) ln sum_mu exp(beta h_mu)                                 L_v = sum_i v_i^2/2
 *
 * E falls, dE/dt = -tau_v v'.Hess L_v.v' - tau_h h'.Hess L_h.h' <= 0, as both Lagrangians are convex; x^n of odd n is not,
 * and is refused.  Hidden neurons that follow at once, h = xi g, leave
 *
 *   dense    E = -(1/n) N^(1-n) sum_mu M_mu^n - T S(g),  M = xi g, S the entropy of signs of means g_i: dense_memory.h at T
 *   softmax  E = v^2/2 - (1/beta) ln sum_mu exp(beta xi^mu.v) - I.v, of which one Euler step of dt = tau_v from any v is
 *            the softmax update v = xi softmax(beta xi.v) + I
 *
 * Derivations: docs/theory/two_body.md (1), (2), (4).
 *
 * [KH20] D. Krotov, J. J. Hopfield, Large associative memory problem in neurobiology and machine learning, ICLR 2021,
 *        arXiv:2008.06996.
 * [R20]  H. Ramsauer et al., Hopfield networks is all you need, ICLR 2021, arXiv:2008.02217.
 */
#ifndef HEBB_MODEL_TWO_BODY_MEMORY_H
#define HEBB_MODEL_TWO_BODY_MEMORY_H

#include <stddef.h>
#include "status.h"

typedef enum { HEBB_TWO_BODY_POWER, HEBB_TWO_BODY_RECTIFIED, HEBB_TWO_BODY_SOFTMAX } hebb_two_body_kind;

enum { HEBB_TWO_BODY_MAX_DEGREE = 100 };

typedef struct {
    hebb_two_body_kind kind;
    int degree;         /* n; not used by softmax */
    double temperature; /* T of the visible outputs tanh(v/T); not used by softmax */
    double beta;        /* softmax alone */
} hebb_two_body_law;

typedef struct {
    hebb_two_body_law law;
    size_t n_visible, n_hidden;
    const double *patterns; /* borrowed: xi_i^mu at mu N + i */
    const double *input;    /* borrowed: I_i; NULL: none */
    double *g, *f, *h;      /* room for N, K and K numbers */
} hebb_two_body;

/*
 * patterns  in   K x N, row-major: finite, no pattern all zeros; they must stay
 * input     in   N finite numbers, which must stay; NULL: none
 *
 * Returns HEBB_OK; HEBB_EDOM for no neuron or no pattern, a degree below 2 or above HEBB_TWO_BODY_MAX_DEGREE, an odd
 * degree that is not rectified, a temperature or beta that is not above 0 and finite, a pattern or input that is not
 * finite, a pattern of zeros; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_two_body_init(hebb_two_body *memory, hebb_two_body_law law, size_t n_visible,
                                                 size_t n_hidden, const double *patterns, const double *input);

/* Safe on a zeroed memory and twice. */
void hebb_two_body_free(hebb_two_body *memory);

/* Bytes that a memory needs beside its patterns. */
double hebb_two_body_bytes(size_t n_visible, size_t n_hidden);

/* g[N] of v[N]. */
void hebb_two_body_visible_outputs(const hebb_two_body *memory, const double *v, double *g);

/* f[K] of h[K]. */
void hebb_two_body_hidden_outputs(const hebb_two_body *memory, const double *h, double *f);

/* h_mu = sum_i xi_i^mu g_i.  Cost: O(N K), as the next. */
void hebb_two_body_overlaps(const hebb_two_body *memory, const double *g, double *h);

/* x_i = sum_mu xi_i^mu f_mu + I_i. */
void hebb_two_body_drive(const hebb_two_body *memory, const double *f, double *x);

/* E of any v and h, to some 1e-15 of the sum of its terms' magnitudes.  Uses the memory's room.  Cost: O(N K). */
double hebb_two_body_energy(hebb_two_body *memory, const double *v, const double *h);

/* E at h = xi g, its least over h: what the visible neurons see of hidden ones that follow at once. */
double hebb_two_body_visible_energy(hebb_two_body *memory, const double *v);

/*
 * tau_v dv/dt and tau_h dh/dt.
 *
 * h      in   NULL: hidden neurons that follow at once
 * force  out  N numbers, and K more where there is an h
 *
 * Uses the memory's room.  Cost: O(N K).
 */
void hebb_two_body_force(hebb_two_body *memory, const double *v, const double *h, double *force);

#endif
