/*
 * dense_dynamics - the first two steps of a dense memory F(x) = x^n, T = 0, all neurons at once, N -> infinity
 *
 *   s_i(t+1) = sgn h_i(t),   h_i = D_i/(2n N^(n-1)),   <s(0)> = m_0,   a = K (2n-3)!!/N^(n-1)
 *   h_i(0) = m_0^(n-1) + n(0),   h_i(1) = m_1^(n-1) + n(1) + a r'(m_0 m_1) c s_i(0),   <n^2> = a
 *
 *   m_1 = erf(m_0^(n-1)/sqrt(2a)),   c = sqrt(2/(pi a)) exp(-m_0^(2n-2)/2a)
 *   m_2 = sum_{s = +-1} (1 + s m_0)/2 erf((m_1^(n-1) + s a c r'(m_0 m_1))/sqrt(2a))        n >= 3
 *
 * r(C) = E[(u v)^(n-1)]/(2n-3)!!, u and v unit Gaussians of correlation C; r'(C) = (n-1)^2 E[(u v)^(n-2)]/(2n-3)!!.  The
 * last term of h(1) is what s(0) has done to others, which comes back.  Later steps: effective_spin.h.  Derivation:
 * docs/theory/dense_dynamics.md (5).
 */
#ifndef HEBB_THEORY_DENSE_DYNAMICS_H
#define HEBB_THEORY_DENSE_DYNAMICS_H

#include <stddef.h>
#include "status.h"

/*
 * degree  in   2 .. 40; 2: that of retrieval_dynamics.h
 * load    in   a, 1e-6 .. 1e6
 * m0      in   0 .. 1
 * m       out  m_0, m_1, m_2, to 1e-14
 *
 * Returns HEBB_OK; HEBB_EDOM.
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_dynamics_exact(int degree, double load, double m0, double m[3]);

/*
 * The map m <- erf(m^(n-1)/sqrt(2a)), which is the dynamics if the patterns were drawn anew at every step: exact for the
 * first one.  Its fixed points are replica symmetry's at T = 0 (dense_retrieval.h), so it has none above a_c, n >= 3.
 *
 * load  in   as above;  m0  in  0 .. 1;  m  out  n_steps + 1
 */
void hebb_dense_dynamics_map(int degree, double load, double m0, size_t n_steps, double *m);

#endif
