/*
 * effective_spin - exact dynamics of the overlap at T = 0, all neurons at once, p = alpha N, N -> infinity, at every step
 *
 *   s(t+1) = sgn h(t),   h(t) = m_t + n(t) + alpha sum_{t' < t} R(t, t') s(t'),   <s(0)> = m_0
 *
 * A neuron of the infinite network, measured along the pattern, is a single spin in Gaussian noise n, which hears of its
 * own past through the other patterns.  With C the correlation and G the response of the spin,
 *
 *   <n(t) n(t')> = alpha [(1 - G)^-1 C (1 - G^T)^-1](t, t'),   R = (1 - G)^-1 G
 *   C(t, t') = <s(t) s(t')>,   G(t, t') = d<s(t)>/dh(t'),   0 for t' >= t,   m_t = <s(t)>
 *
 * without self-coupling.  The averages at a step need the steps before it alone, and are taken over sampled paths of the
 * spin, the response from Gaussian integration by parts, <s n> = G <n n> [EO92].  For t <= 2 it is the closed form of
 * retrieval_dynamics.h.  Derivation: docs/theory/effective_spin.md (2) to (5).
 *
 * [EO92] Eissfeller, Opper, Phys. Rev. Lett. 68 (1992) 2094.
 * [BBV03] Bolle, Busquets Blanco, Verbeiren, arXiv:cond-mat/0307499: the same process by generating functionals.
 */
#ifndef HEBB_THEORY_EFFECTIVE_SPIN_H
#define HEBB_THEORY_EFFECTIVE_SPIN_H

#include <stddef.h>
#include <stdint.h>
#include "status.h"

/* Independent solutions, from so many sets of paths: their spread gives the errors. */
enum { HEBB_EFFECTIVE_SETS = 16, HEBB_EFFECTIVE_MIN_PATHS = 16 * 128, HEBB_EFFECTIVE_MAX_STEPS = 100 };

/* Mean over the sets and its standard error. */
typedef struct {
    double m, m_error;           /* overlap after t updates */
    double sigma2, sigma2_error; /* variance of h(t) over the neurons; NaN after the last update */
} hebb_effective_step;

/*
 * alpha    in   p/N, 1e-6 .. 1e6
 * m0       in   0 .. 1
 * n_steps  in   1 .. HEBB_EFFECTIVE_MAX_STEPS
 * n_paths  in   HEBB_EFFECTIVE_MIN_PATHS or more in all; rounded down to whole sets of an even number
 * seed     in   the same random numbers serve every alpha and m0, so that what is compared differs smoothly
 * steps    out  n_steps + 1
 *
 * The noise of a state that has come to rest is degenerate: where it would move by less than 1e-10 of its variance, it is
 * taken not to.
 * m at t <= 1 and sigma2 at t <= 1 have no statistical error.  There is a bias besides, of the order of the paths of one
 * set to the power -1.
 *
 * Cost: 70 ns a path and step, and 1.4 ns more for each step before it, on one core of an AMD EPYC; memory 10 bytes a path of
 * a set and step.
 * Thread-safe.  Returns HEBB_OK; HEBB_EDOM for what is out of range or NaN; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_effective_spin_follow(double alpha, double m0, size_t n_steps, size_t n_paths,
                                                         uint64_t seed, hebb_effective_step *steps);

/*
 * The same of a dense memory F(x) = x^n, at the load a = K (2n-3)!!/N^(n-1):
 *
 *   h(t) = m_t^(n-1) + n(t) + a sum_{t' < t} r'(C(t, t')) G(t, t') s(t'),   <n(t) n(t')> = a r(C(t, t'))       n >= 3
 *   r(C) = E[(u v)^(n-1)]/(2n-3)!!   u, v unit Gaussians of correlation C
 *
 * A pattern that is not retrieved does not move of itself, N^(1-n/2) against 1: nothing stands in place of (1 - G)^-1.
 * For t <= 2 it is the closed form of dense_dynamics.h.  Derivation: docs/theory/dense_dynamics.md.
 *
 * degree  in   2 .. 40; 2: hebb_effective_spin_follow, to the bit
 * load    in   a, 1e-6 .. 1e6
 *
 * An innovation of the noise below 30/(paths of a set) of its variance is taken for none, where for n = 2 it is 1e-10:
 * a state that comes to rest, or to a cycle of two, stops moving a little too soon, and without that would be driven out
 * of it by sampling.  At n = 3, m0 = 1, a = .2, .25, .3 m at t = 20 is .9690(12), .9277(24), .8643(21) with 100 000 paths,
 * .9667(5), .9271(11), .8669(10) with 400 000 and .9658(2), .9262(2), .8669(4) with 3 000 000; at t = 40 the last two are
 * still driven out by 100 000 paths, and .25 by 400 000: the error tells.
 *
 * Errors, cost and what it returns as above.
 */
HEBB_CHECK_RESULT hebb_status hebb_effective_spin_follow_dense(int degree, double load, double m0, size_t n_steps,
                                                               size_t n_paths, uint64_t seed,
                                                               hebb_effective_step *steps);

/* What tables and experiments ask for: the seed, and the steps after which an edge is judged. */
enum { HEBB_EFFECTIVE_SEED = 1, HEBB_EFFECTIVE_EDGE_STEPS = 32 };

/* m_t from which a start counts as retrieved: as in simulations, between the two peaks of where they end. */
#define HEBB_EFFECTIVE_RETRIEVED 0.75

typedef struct {
    double m0, m0_error; /* mean over the sets and its standard error */
} hebb_effective_edge;

/*
 * The initial overlap from which n_steps updates lead to HEBB_EFFECTIVE_RETRIEVED.  Starts on either side of the edge of
 * the basin part from it exponentially fast, and those below come to rest at some m > 0, slowly: the more steps, the
 * closer.  From 32 to 64 steps it moves by -1 % at alpha = .02, +.4 % at .08 and +3(3) % at .12, with 20 000 paths; towards
 * the capacity a start is given up slowly, and the edge is one of n_steps alone.  Bias: at alpha = .02 20 000 paths give
 * .0783(13), 200 000 .0757(3), networks of 32 000 neurons .0750(3); at .08 .2592(21) and .2597(9).
 *
 * alpha, n_steps, n_paths, seed  in   as above
 * edge                           out  each set's to 2^-13
 *
 * Cost: some 9 times hebb_effective_spin_follow's.  Returns as there, and HEBB_ENOSOLUTION where some set does not get there
 * from the pattern itself; edge is then NaN.
 */
HEBB_CHECK_RESULT hebb_status hebb_effective_spin_edge(double alpha, size_t n_steps, size_t n_paths, uint64_t seed,
                                                       hebb_effective_edge *edge);

#endif
