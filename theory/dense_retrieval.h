/*
 * dense_retrieval - a dense memory with F(x) = x^n at extensive load, replica symmetry
 *
 *   E = -(1/(n N^(n-1))) sum_mu (M^mu)^n,   M^mu = sum_i xi_i^mu s_i        temperatures are of this E
 *   a = K (2n-3)!!/N^(n-1)                                                   the load in which degrees compare
 *
 * The patterns that are not retrieved add a Gaussian energy that knows of the state only through its overlap q with
 * others.  Its field has the variance a r(q); no susceptibility divides it, as it does for n = 2:
 *
 *   m = <tanh(H/T)>,  q = <tanh^2(H/T)>,  C = (1 - q)/T,   H = m^(n-1) + sqrt(a r(q)) z
 *   r(q) = E[(u v)^(n-1)]/(2n-3)!!    u, v unit Gaussians of correlation q;  n = 3: (1 + 2 q^2)/3
 *
 * At T = 0, with y = m^(n-1)/sqrt(2a):   m = erf(y),   a = (erf(y)^(n-1)/y)^2/2.   n = 2 is replica_symmetric.h's.
 *
 * Derivation, stability, and what the rectified x^n changes: docs/theory/dense_retrieval.md (3) to (6).
 *
 * [G87]  E. Gardner, Multiconnected neural network models, J. Phys. A 20 (1987) 3453.
 * [AT78] de Almeida, Thouless, J. Phys. A 11 (1978) 983.
 */
#ifndef HEBB_THEORY_DENSE_RETRIEVAL_H
#define HEBB_THEORY_DENSE_RETRIEVAL_H

#include "dense_capacity.h"
#include "status.h"

enum { HEBB_DENSE_MAX_DEGREE = 40 };

/* One solution.  Energies are per neuron, without the mean of E over patterns that the state does not know. */
typedef struct {
    int degree;
    double load;        /* a */
    double temperature; /* T */
    double m;           /* overlap with the retrieved pattern */
    double error;       /* (1 - m)/2, with its own digits where m is close to 1 */
    double q;           /* Edwards-Anderson order parameter */
    double noise;       /* variance of the noise on a field: a r(q); for n = 2, alpha r */
    double c;           /* (1 - q)/T */
    double f, e, s;     /* free energy, energy, entropy; s < 0 at T = 0, where replica symmetry is broken */
    double at_margin; /* 1 - (d noise/dq) <sech^4(H/T)>/T^2: replica symmetry is stable where positive; -inf at T = 0 */
} hebb_dense_state;

/*
 * E[(u v)^k] of unit Gaussians of correlation q: a polynomial in q with positive coefficients.
 *
 * k  in   0 .. HEBB_DENSE_MAX_DEGREE - 1;  q  in  0 .. 1
 */
double hebb_dense_gaussian_moment(int k, double q);

/*
 * The retrieval solution that is continued from small loads.
 *
 * degree       in   2 .. HEBB_DENSE_MAX_DEGREE
 * load         in   a > 0
 * temperature  in   T >= 0
 * state        out  at T = 0 m to 1e-14 relative up to 0.9 a_c, at T > 0 to 1e-12; next to the end of the branch a square
 *                   root takes half of the digits
 *
 * Cost: microseconds at T = 0; at T > 0 some 10 ms, most of it for the end of the branch.
 * Returns HEBB_OK; HEBB_ENOSOLUTION above the end; HEBB_EDOM; HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_retrieval(int degree, double load, double temperature,
                                                   hebb_dense_state *state);

/*
 * The end of the branch, where the load is largest: a_c = max_y (erf(y)^(n-1)/y)^2/2 at T = 0.
 *
 * state  out  load to 1e-13 relative, m to 1e-6 (to 1e-13 at T = 0)
 *
 * Returns HEBB_OK; HEBB_ENOSOLUTION at temperatures without retrieval at any load; HEBB_EDOM; HEBB_ENOCONV.
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_spinodal(int degree, double temperature, hebb_dense_state *state);

/*
 * The solution with y = m^(n-1)/sqrt(2 noise), n >= 3: no root is left to find at T = 0, and the branch can be walked.
 * The retrieval solutions are those above the end's y.
 *
 * Returns HEBB_OK; HEBB_ENOSOLUTION where y has none at T; HEBB_EDOM; HEBB_ENOCONV.
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_branch(int degree, double y, double temperature, hebb_dense_state *state);

#endif
