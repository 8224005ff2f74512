/*
 * retrieval_dynamics - how the overlap with a pattern moves at T = 0, all neurons at once, p = alpha N, N -> infinity
 *
 *   s_i(t+1) = sgn sum_{j != i} J_ij s_j(t),   J_ij = (1/N) sum_mu xi_i^mu xi_j^mu,   m_t = (1/N) sum_i xi_i s_i(t)
 *
 * The patterns are random and s(0) is a random state of overlap m_0.  Of the field against the pattern, m_t + noise,
 * the noise at t = 0 is Gaussian of variance alpha.  Taken for Gaussian at every t, of the variance sigma_t^2 [AM88],
 *
 *   m_{t+1} = erf(y),   2 sigma_{t+1}^2 = 2 alpha (1 + 2 y m_{t+1} g) + g^2,   y = m_t/sqrt(2) sigma_t,
 *   g = (2/sqrt(pi)) exp(-y^2),   sigma_0^2 = alpha
 *
 * which is exact to t = 1 and has the right variance at t = 1, where the noise is a mixture of two Gaussians: with it,
 * t = 2 is exact too [GDM87].  Derivations: docs/theory/retrieval_dynamics.md (1), (4), (5).
 *
 * [AM88]  Amari, Maginu, Neural Networks 1 (1988) 63.
 * [GDM87] Gardner, Derrida, Mottishaw, J. Physique 48 (1987) 741.
 */
#ifndef HEBB_THEORY_RETRIEVAL_DYNAMICS_H
#define HEBB_THEORY_RETRIEVAL_DYNAMICS_H

#include <stddef.h>
#include "status.h"

/*
 * The overlaps m_0 .. m_n_steps of Amari and Maginu's map.                                  [AM88]
 *
 * alpha    in   p/N, 1e-300 .. 1e300
 * m0       in   0 .. 1
 * m        out  n_steps + 1 numbers; each step to 1e-15 relative.  Rounding grows or shrinks from step to step as the
 *               map's own slope says: near the edge of a basin a start that is off in its last place leaves early or
 *               late
 *
 * Cost: an erf and an exp a step.  Thread-safe.
 * Returns HEBB_OK, or HEBB_EDOM for alpha or m0 out of range or NaN.
 */
HEBB_CHECK_RESULT hebb_status hebb_retrieval_dynamics_iterate(double alpha, double m0, size_t n_steps, double *m);

/*
 * The overlaps m_0, m_1, m_2 without an approximation.                                      [GDM87]
 *
 * alpha, m0  in   as above
 * m          out  3 numbers, to 1e-15 relative, also where m0 is small; measured for 1e-4 < alpha < 100
 *
 * Returns HEBB_OK, or HEBB_EDOM as above.
 */
HEBB_CHECK_RESULT hebb_status hebb_retrieval_dynamics_exact(double alpha, double m0, double *m);

/*
 * The variance of the noise over the neurons, sigma_0^2 .. sigma_n_steps^2 of Amari and Maginu's map.  Range, accuracy,
 * cost and errors as there.
 */
HEBB_CHECK_RESULT hebb_status hebb_retrieval_dynamics_noise(double alpha, double m0, size_t n_steps, double *sigma2);

/*
 * The variance of the field over the neurons at t = 0 and 1 without an approximation: alpha, and at t = 1 the two
 * Gaussians of the noise with the distance between them.
 *
 * sigma2  out  2 numbers, to 1e-15 relative
 *
 * Returns HEBB_OK, or HEBB_EDOM as above.
 */
HEBB_CHECK_RESULT hebb_status hebb_retrieval_dynamics_exact_noise(double alpha, double m0, double *sigma2);

/* A fixed point of Amari and Maginu's map with m > 0. */
typedef struct {
    double alpha;
    double y;     /* m/sqrt(2) sigma */
    double m;     /* its overlap */
    double error; /* (1 - m)/2, with its own digits where m is close to 1 */
    double m0;    /* the start whose first step comes closest to it: it has the same y, m0 = sqrt(2 alpha) y */
} hebb_retrieval_fixed_point;

/*
 * The two fixed points with m > 0.  y_{t+1} is an increasing function of y_t alone, so that the unstable one's m0 is
 * the edge of the basin: every start above it flows to the stable one, every start below to m = 0.
 *
 * alpha     in   p/N, 1e-300 <= alpha <= capacity
 * stable    out  retrieval; NULL: not wanted
 * unstable  out  the edge; m0 -> sqrt(3 pi) alpha/2 for alpha -> 0; NULL: not wanted
 *                Both: y, m, m0 to 3e-15 relative up to alpha = 0.15.  error is small as exp(-1/(2 alpha)):
 *                1e-15/alpha; it underflows below alpha = 7e-4.  Close to the capacity the square root there takes digits:
 *                1e-15/sqrt(1 - alpha/capacity), as if alpha were off in its last place.
 *
 * Cost: 4 to 40 evaluations of erf and exp each, after those of the capacity.  Thread-safe.
 * Returns HEBB_OK; HEBB_EDOM for alpha below 1e-300, above 1e300 or NaN; HEBB_ENOSOLUTION above the capacity;
 * HEBB_ENOCONV (never seen).  Nothing is written but on HEBB_OK.
 */
HEBB_CHECK_RESULT hebb_status hebb_retrieval_dynamics_fixed_points(double alpha, hebb_retrieval_fixed_point *stable,
                                                                   hebb_retrieval_fixed_point *unstable);

/*
 * The largest load with such fixed points, where the two meet: 0.1596...                    [AM88]
 *
 * point  out  alpha to 3e-16; y, m, m0 to 2e-15, error to 5e-15 relative
 *
 * Cost: some 55 evaluations of erf and exp.  Thread-safe.
 */
void hebb_retrieval_dynamics_capacity(hebb_retrieval_fixed_point *point);

#endif
