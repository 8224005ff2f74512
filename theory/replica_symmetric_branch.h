/*
 * replica_symmetric_branch - the Hopfield model at extensive load and any temperature, walked along the noise's width
 *
 *   m = (1/n) <z tanh((m z + a x)/T)>,   q = <tanh^2>,   C = (1 - q)/T,   r = q/(1 - C)^2,   a = sqrt(alpha r)
 *
 * with x a unit Gaussian and z the sum of n fair signs: a state that mixes n patterns, a pure pattern for n = 1.  At
 * given T and a the first equation alone gives m, by Newton's iteration from above, since its right-hand side is concave;
 * then alpha = (a (1 - C))^2/q needs no root at all.  Retrieval lies at a below a_max(T), where C = 1 at m = 0, and the
 * spin glass, m = 0, above.  From a = 0 on alpha rises to the largest load with such a state and falls back to 0 at
 * a_max: the stable solution is the rising one.  Why: docs/theory/thermal.md (1), (7).
 *
 * [AGS87] Amit, Gutfreund, Sompolinsky, Ann. Phys. (N.Y.) 173 (1987) 30.
 * [AT78]  de Almeida, Thouless, J. Phys. A 11 (1978) 983.
 */
#ifndef HEBB_THEORY_REPLICA_SYMMETRIC_BRANCH_H
#define HEBB_THEORY_REPLICA_SYMMETRIC_BRANCH_H

#include <stdbool.h>
#include "replica_symmetric.h"

/* A solution and its derivatives along the branch. */
typedef struct {
    double temperature;
    int order;             /* n; 0: the spin glass */
    double width;          /* a = sqrt(alpha r) */
    double alpha;          /* the load at which this is a solution */
    double m;              /* overlap with each of the n patterns */
    double error;          /* (1 - m)/2 */
    double q, c;           /* as above */
    double gap;            /* 1 - C, with its own digits near T = 1 */
    double sech4;          /* <sech^4>/T */
    double slope;          /* d ln alpha/d ln a at fixed T and n: positive on the stable side */
    double slope_t;        /* d ln alpha/dT at fixed a */
    double eig_transverse; /* Hessian's eigenvalue that tears the n overlaps apart; NaN for n < 2 */
} hebb_rs_point;

/*
 * The solution with m > 0 at a given width.
 *
 * width        in   a > 0
 * temperature  in   T >= 0
 * order        in   n = 1 .. 99 (HEBB_MAX_ORDER)
 * point        out  relative errors 1e-14 or so, also near T = 1, where m, q and 1 - C are small
 *
 * Cost: (n + 1)/2 field averages a step, some four steps: 20 us for n = 1.
 * Returns HEBB_OK; HEBB_ENOSOLUTION where there is none, or where C >= 1 (even n at low T: no load belongs to it);
 * HEBB_EDOM; HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_rs_point_at(double width, double temperature, int order, hebb_rs_point *point);

/* The same for the spin glass, m = 0: HEBB_ENOSOLUTION where C >= 1, for a <= a_max. */
HEBB_CHECK_RESULT hebb_status hebb_rs_glass_point_at(double width, double temperature, hebb_rs_point *point);

/*
 * The end of the branch: the first maximum of alpha from a = 0 on.                              [AGS87] for n = 1
 *
 * point  out  alpha to 1e-14 relative, the rest to 1e-9 or better (the place of a maximum)
 *
 * For n = 1 there is one maximum.  For n >= 5 a second one, at larger noise, belongs to saddle points.
 * Cost: 0.2 ms for n = 1.  Returns HEBB_OK; HEBB_ENOSOLUTION for T >= 1, or where C >= 1 everywhere; HEBB_EDOM;
 * HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_rs_point_last(double temperature, int order, hebb_rs_point *point);

/*
 * The stable solution at a given load: alpha(a) = alpha on the rising side.
 *
 * Close to the end of the branch m loses digits as 1e-15/sqrt(1 - alpha/alpha_last): as if alpha were off in its last.
 * Returns as hebb_rs_point_last; HEBB_ENOSOLUTION above the end of the branch.
 */
HEBB_CHECK_RESULT hebb_status hebb_rs_point_of_load(double alpha, double temperature, int order, hebb_rs_point *point);

/* The spin glass at a given load: HEBB_ENOSOLUTION for T >= T_g = 1 + sqrt(alpha). */
HEBB_CHECK_RESULT hebb_status hebb_rs_glass_point_of_load(double alpha, double temperature, hebb_rs_point *point);

/*
 * The whole state at a load, by the functions above; n = 1 at T = 0 by hebb_rs_retrieval_t0, the exact branch.
 * Returns as hebb_rs_point_of_load.
 */
HEBB_CHECK_RESULT hebb_status hebb_rs_retrieval(double alpha, double temperature, int order, hebb_rs_state *state);

/* The same for the spin glass; at T = 0 hebb_rs_glass_t0.  Returns as hebb_rs_glass_point_of_load. */
HEBB_CHECK_RESULT hebb_status hebb_rs_glass(double alpha, double temperature, hebb_rs_state *state);

/*
 * Whether retrieval ends, at this temperature, as a state of stable replica symmetry [AT78]: then breaking it adds no
 * states beyond.  False where there is no retrieval.
 */
bool hebb_rs_ends_stable(double temperature);

/*
 * The rest of the state: energies, entropy, stability.                                                      [AGS87]
 *
 * state  out  f and e to 1e-15; s to a relative 1e-13 of its two parts, spins and noise
 */
hebb_rs_state hebb_rs_state_of(const hebb_rs_point *point);

/* f + T ln 2, which is small near T = 1 and keeps its digits there: for differences. */
double hebb_rs_free_energy_excess(const hebb_rs_point *point);

#endif
