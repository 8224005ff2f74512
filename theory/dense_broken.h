/*
 * dense_broken - retrieval in a dense memory at T = 0 with one step of replica-symmetry breaking, F(x) = x^n, n >= 3
 *
 *   f = (1 - 1/n) m^n + (mu/2) [theta(1) - theta(q0)] - (1/mu) int Dz0 ln I(H),   theta(q) = q nu'(q) - nu(q)
 *   H = m^(n-1) + sqrt(nu'(q0)) z0,   v = nu'(1) - nu'(q0),   I(H) = int Dz1 exp(mu |H + sqrt(v) z1|)
 *
 * stationary in m, q0 and mu; nu and the load a as in dense_retrieval.h.  With lengths in units of sqrt(a), what is
 * left to solve at given y = m^(n-1)/sqrt(2a) does not contain a: the branch is walked as without breaking.
 *
 * Derivation: docs/theory/dense_retrieval.md (9).
 */
#ifndef HEBB_THEORY_DENSE_BROKEN_H
#define HEBB_THEORY_DENSE_BROKEN_H

#include "status.h"

typedef struct {
    int degree;
    double load; /* a */
    double m;
    double q0;         /* overlap of two states */
    double breakpoint; /* mu, the limit of x/T */
    double e;          /* energy per neuron */
} hebb_dense_broken_state;

/*
 * The solution at y = m^(n-1)/sqrt(2a).
 *
 * degree  in   3 .. HEBB_DENSE_MAX_DEGREE
 * y       in   0.3 .. 1.8
 * state   out  to 1e-9
 *
 * Cost: some ms.  Returns HEBB_OK; HEBB_EDOM; HEBB_ENOCONV where q0 is above 0.996, too close to 1 for the sums: from
 * y = 1.5 on at n = 3.
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_broken_branch(int degree, double y, hebb_dense_broken_state *state);

/* The largest load of the branch: load to 1e-9, the rest to 1e-5.  Cost: some tens of ms.  Returns as above. */
HEBB_CHECK_RESULT hebb_status hebb_dense_broken_spinodal(int degree, hebb_dense_broken_state *state);

#endif
