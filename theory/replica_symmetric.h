/*
 * replica_symmetric - the Hopfield model at extensive load p = alpha N, replica symmetry
 *
 *   H = -1/2 sum_{i != j} J_ij s_i s_j,   J_ij = (1/N) sum_mu xi_i^mu xi_j^mu
 *   m = <tanh beta h>,   q = <tanh^2 beta h>,   C = beta (1 - q),   r = q/(1 - C)^2,   h = m + sqrt(alpha r) z
 *
 * with <.> the average over the unit Gaussian z.  At T = 0 one number is left, y = m/sqrt(2 alpha r):
 *
 *   sqrt(2 alpha) y = L(y) = erf(y) - (2/sqrt(pi)) y exp(-y^2),   m = erf(y),   C = (2/sqrt(pi)) y exp(-y^2)/m
 *
 * Derivation, and why the root that is taken is the stable one: docs/theory/replica_symmetric.md (2), (3).
 *
 * [AGS85b] Amit, Gutfreund, Sompolinsky, Phys. Rev. Lett. 55 (1985) 1530.
 * [AGS87]  Amit, Gutfreund, Sompolinsky, Ann. Phys. (N.Y.) 173 (1987) 30.
 * [AT78]   de Almeida, Thouless, J. Phys. A 11 (1978) 983.
 */
#ifndef HEBB_THEORY_REPLICA_SYMMETRIC_H
#define HEBB_THEORY_REPLICA_SYMMETRIC_H

#include "status.h"

/* One solution of the equations.  Energies are in units of J and per neuron; entropies in units of k_B. */
typedef struct {
    double alpha;          /* load p/N */
    double temperature;    /* T = 1/beta */
    double m;              /* overlap with the retrieved pattern; 0 in the glass */
    double error;          /* (1 - m)/2, the share of wrong bits, with its own digits where m is close to 1 */
    double q;              /* Edwards-Anderson order parameter; 1 at T = 0 */
    double r;              /* noise of the patterns that are not retrieved: variance alpha r */
    double c;              /* beta (1 - q), the local susceptibility */
    double f;              /* free energy per neuron */
    double e;              /* energy per neuron */
    double s;              /* entropy per neuron; negative at T = 0, where replica symmetry is broken */
    double at_margin;      /* 1 - alpha beta^2 <sech^4 beta h>/(1 - C)^2, stable when positive [AT78]; -inf at T = 0 */
    double eig_transverse; /* of mixtures: the Hessian's eigenvalue that tears the overlaps apart; otherwise NaN */
} hebb_rs_state;

/*
 * The retrieval solution at T = 0.                                                     [AGS87]
 *
 * alpha  in   p/N, 0 < alpha <= alpha_c
 * state  out  relative errors, measured: m, r 1e-15 and f, e 3e-16 up to alpha = 0.13.  error, c, s are small as
 *             exp(-1/(2 alpha)): 1e-14 above alpha = 0.05, 5e-16/alpha below; c and error underflow to 0 below 7e-4, s
 *             below 1.4e-3.  Close to alpha_c the square root there takes digits from all but f and e: then the error
 *             is 1e-15/sqrt(1 - alpha/alpha_c), relative in 1 - m, as if alpha were off in its last place.
 *
 * At alpha_c, to the last bit, the state is hebb_rs_spinodal_t0's; the next double above has none.
 * Cost: 5 to 40 evaluations of erf and exp.  Thread-safe.
 * Returns HEBB_OK; HEBB_EDOM for alpha <= 0, infinite or NaN; HEBB_ENOSOLUTION above alpha_c; HEBB_ENOCONV (never
 * seen).  The state is written on HEBB_OK alone.
 */
HEBB_CHECK_RESULT hebb_status hebb_rs_retrieval_t0(double alpha, hebb_rs_state *state);

/*
 * The spin-glass solution at T = 0: m = 0, C = c/(1 + c) with c = sqrt(2/(pi alpha)), E = -1/pi - sqrt(2 alpha/pi).
 *                                                                                      [AGS87]
 * alpha  in   p/N, > 0; there is no upper limit
 * state  out  error is 1/2; the other fields to 1e-15 relative for 1e-300 < alpha < 1e300
 *
 * Returns HEBB_OK, or HEBB_EDOM for alpha <= 0, infinite or NaN.
 */
HEBB_CHECK_RESULT hebb_status hebb_rs_glass_t0(double alpha, hebb_rs_state *state);

/*
 * The solution at T = 0 that has the parameter y, in closed form: alpha = (L(y)/y)^2/2.
 *
 * y      in   m/sqrt(2 alpha r), 1 <= y <= 1e150.  alpha(y) has its maximum alpha_c at y_c = 1.51...: the retrieval
 *             solutions lie above y_c, unstable ones below; walking y plots both without a root to find.
 * state  out  1e-15 relative at the y given; error, c, s: y^2 units in the last place
 *
 * Returns HEBB_OK, or HEBB_EDOM for y out of range or NaN.
 */
HEBB_CHECK_RESULT hebb_status hebb_rs_branch_t0(double y, hebb_rs_state *state);

/*
 * The end of the retrieval branch at T = 0, where alpha(y) is largest: erf(y) = (2/sqrt(pi)) (y + 2 y^3) exp(-y^2).
 *
 * state  out  all fields to 2e-15 relative
 *
 * Returns HEBB_OK, or HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_rs_spinodal_t0(hebb_rs_state *state);

#endif
