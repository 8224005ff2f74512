/*
 * two_body - how visible and hidden neurons in continuous time approach the memory whose hidden neurons follow at once
 *
 *   tau_v v' = xi f(h) - v,   tau_h h' = xi g(v) - h          f, g of src/model/two_body_memory.h [KH20]
 *
 * To first order in epsilon = tau_h/tau_v, in units of tau_v and from h(0) = xi g(v(0)),
 *
 *   v(t) = v_0(t) + epsilon v_1(t) + O(epsilon^2),   h_0 = xi g(v_0)
 *   v_0' = xi f(h_0) - v_0
 *   v_1' = xi Df(h_0) (xi Dg(v_0) v_1 - h_0') - v_1,   h_0' = xi Dg(v_0) v_0',   v_1(0) = 0
 *
 * The layer of width epsilon in which h falls from h_0 to h_0 - epsilon h_0' moves v by O(epsilon^2) alone.
 * Derivation: docs/theory/two_body.md (1), (6).
 *
 * [KH20] D. Krotov, J. J. Hopfield, Large associative memory problem in neurobiology and machine learning,
 *        arXiv:2008.06996.
 */
#ifndef HEBB_THEORY_TWO_BODY_H
#define HEBB_THEORY_TWO_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include "status.h"

typedef struct {
    bool is_softmax;    /* f = softmax(beta h), g = v; else f = (h/N)_+^(n-1), g = tanh(v/T) */
    double temperature; /* T > 0 */
    int degree;         /* n >= 2 */
    double beta;        /* > 0 */
    size_t n_visible, n_hidden;
    const double *patterns; /* K x N */
} hebb_two_body_problem;

/*
 * |v_1| = (sum_i v_1i^2)^(1/2) at a time: the distance from the adiabatic trajectory is epsilon times that.
 *
 * start  in   v(0), N numbers
 * time   in   in units of tau_v, >= 0
 * lag    out  to 1e-6 relative where rates are of order 1/T, T >= 0.05, and times up to some 2
 *
 * By Runge and Kutta's method in steps of 1/400.  Cost: O(N K) a step.
 * Returns HEBB_OK; HEBB_EDOM for parameters out of range; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_two_body_lag(const hebb_two_body_problem *problem, const double *start, double time,
                                                double *lag);

/*
 * The overlap at rest with one pattern, N to infinity, the others' crosstalk gone: the largest m of
 * m = tanh(m^(n-1)/T), m_i = xi_i^mu g_i averaged.  To 1e-14.
 *
 * Returns HEBB_OK; HEBB_ENOSOLUTION where there is none above 1e-3 (high T), or at a spinodal within 1e-12 of T; HEBB_EDOM.
 */
HEBB_CHECK_RESULT hebb_status hebb_two_body_overlap(int degree, double temperature, double *m);

#endif
