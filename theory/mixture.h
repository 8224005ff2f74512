/*
 * mixture - symmetric mixtures of n patterns in the Hopfield model with finitely many patterns
 *
 *   f(M) = M.M/2 - T <ln 2cosh(M.xi/T)>,   M = <xi tanh(M.xi/T)> where f is stationary
 *   M = m_n (1, .., 1, 0, .., 0) with n ones:   n m_n = <z tanh(m_n z/T)>,   z = xi^1 + .. + xi^n
 *
 * with <.> the average over the signs xi; z has the law of pattern_sum.h.  With h = m_n/T the eigenvalues of the
 * Hessian d2f/dM2 are
 *
 *   longitudinal   1 - <z^2 sech^2 hz>/(n T)                      along (1, .., 1, 0, .., 0)
 *   unmixed        1 - <sech^2 hz>/T                              each pattern that is not mixed
 *   transverse     1 - <(n^2 - z^2) sech^2 hz>/(n (n-1) T)        n - 1 times: orthogonal to (1, .., 1) among the mixed
 *
 * Derivations, and what the crossings look like: docs/theory/mixtures.md (4).
 *
 * [AGS85] Amit, Gutfreund, Sompolinsky, Phys. Rev. A 32 (1985) 1007.
 */
#ifndef HEBB_THEORY_MIXTURE_H
#define HEBB_THEORY_MIXTURE_H

#include <stdbool.h>
#include "pattern_sum.h"
#include "status.h"

/* One mixture.  Energies are in units of J and per neuron. */
typedef struct {
    int order;               /* n */
    double temperature;      /* T */
    double m;                /* overlap with each of the n patterns */
    double f;                /* free energy; at T = 0 the energy */
    double eig_longitudinal; /* eigenvalues of the Hessian, see above */
    double eig_unmixed;      /* -inf at T = 0 for even n */
    double eig_transverse;   /* likewise; NaN for n = 1, which has no such direction */
    bool stable;             /* all eigenvalues that exist are positive: a minimum, however many patterns are stored */
} hebb_mixture;

/*
 * The mixture of n patterns at temperature T.                                                      [AGS85]
 *
 * n        in   order, 1 .. HEBB_MAX_ORDER
 * T        in   0 <= T < 1; T = 0 is exact, m = C(n-1, floor((n-1)/2))/2^(n-1), f = -n m^2/2
 * mixture  out  relative errors, measured: m 2e-15 at every T, also where it vanishes as sqrt(3 (1-T)/(3n-2)); f 2e-15.
 *               Eigenvalues lose what their difference from 1 loses: 2e-15 (1 + 1/T) absolutely, and near T = 1,
 *               where they are of order 1-T, 1e-13 relatively
 *
 * Cost: Newton steps of n/2 tanh each: a microsecond for small n, 60 microseconds for n = 99 near T = 1.  Thread-safe.
 * Returns HEBB_OK; HEBB_EDOM for n or T out of range, infinite or NaN; HEBB_ENOSOLUTION for T >= 1; HEBB_ENOCONV (never
 * seen).  The mixture is written on HEBB_OK alone.
 */
HEBB_CHECK_RESULT hebb_status hebb_mixture_solve(int n, double T, hebb_mixture *mixture);

/*
 * The mixture whose field is h = m/T, in closed form: T = <z tanh hz>/(n h) falls from 1 to 0 as h grows, so that every
 * mixture with T > 0 has one h; walking h plots the branch without a root to find.
 *
 * n, h     in   1 .. HEBB_MAX_ORDER; 1e-140 <= h <= 1e140
 * mixture  out  as above
 *
 * Returns HEBB_OK, or HEBB_EDOM for n or h out of range or NaN.
 */
HEBB_CHECK_RESULT hebb_status hebb_mixture_branch(int n, double h, hebb_mixture *mixture);

/*
 * Energy in the course of descent at T = 0, p/N -> 0, from a start near the mixture of odd order n: a share (1 + x)/2
 * of the neurons has the mixture's signs, and each one updated, in turn, takes its own,
 *
 *   E/N = -(n m_n^2/2) (x + (1 - x) min(t, 1))^2
 *
 * n        in   odd; for even n the fields of some neurons are 0, and their signs are no mixture's
 * overlap  in   x with the mixture's signs, |x| <= 1; fields are x m_n z: the law is that of a descent for x > 0
 * sweeps   in   t >= 0, updates over N
 * energy   out  2e-15 relative
 *
 * Returns HEBB_OK; HEBB_ENOSOLUTION for even n; HEBB_EDOM.
 */
HEBB_CHECK_RESULT hebb_status hebb_mixture_descent(int n, double overlap, double sweeps, double *energy);

/*
 * T_n, below which the mixture of odd order is locally stable: its transverse eigenvalue vanishes.  For n = 1 the
 * eigenvalue that vanishes is the longitudinal one, at T = 1 and m = 0.                              [AGS85]
 *
 * mixture  out  the state there; temperature and m to 1e-15 relative
 *
 * Cost: a bisection in h, 100 microseconds for n = 99.  Thread-safe.
 * Returns HEBB_OK; HEBB_ENOSOLUTION for even n, unstable at every T; HEBB_EDOM; HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_mixture_critical(int n, hebb_mixture *mixture);

/*
 * Where the free energies of two mixtures are equal, 0 < T < 1.
 *
 * n, other      in   orders, n < other
 * T, f          out  the lowest crossing and the free energy there; T to 1e-15/|df_n/dT - df_other/dT|, measured 1e-13
 *                    for orders up to 11, 1e-11 to HEBB_MAX_ORDER
 *
 * Searched on a grid of 40 temperatures.  For n < other <= HEBB_MAX_ORDER there is one crossing for even n, and none
 * for odd n, f_n being lower at every T.
 * Cost: half a ms for n = 97.  Thread-safe.
 * Returns HEBB_OK, HEBB_ENOSOLUTION, HEBB_EDOM for n >= other or out of range, HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_mixture_crossing(int n, int other, double *T, double *f);

#endif
