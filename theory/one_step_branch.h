/*
 * one_step_branch - the retrieval branch in one-step RSB, labelled by y = m/sqrt(alpha r0), at one temperature
 *
 * One state belongs to each y and T, and alpha follows from it:
 *
 *   sqrt(alpha) y = m (1 - Lambda)/sqrt(q0) =: load(y)                         docs/theory/one_step_rsb.md (7), (8)
 *
 * Where replica symmetry is stable, alpha beta^2 <sech^4 beta h> <= (1-C)^2 [AT78], the state is the symmetric one.
 *
 * [AT78] de Almeida, Thouless, J. Phys. A 11 (1978) 983.
 */
#ifndef HEBB_THEORY_ONE_STEP_BRANCH_H
#define HEBB_THEORY_ONE_STEP_BRANCH_H

#include <stdbool.h>

#include "one_step_equations.h"
#include "one_step_field.h"
#include "one_step_rsb.h"

typedef struct {
    double y, temperature;
    double load;            /* sqrt(alpha) y */
    double slope;           /* its derivative to y */
    bool symmetric;         /* q0 = q1: `fields` has all, else `point` */
    hebb_rsb1_point point;  /* inout: where `started`, the start of the iteration */
    bool started;           /* false: the point is not yet one of the branch */
    double along[3];        /* the slopes of its ln ratio, ln kappa, ln t */
    double t;               /* symmetric: T/sqrt(V0) */
    hebb_rsb1_field fields; /* symmetric: averages over all fields, u = y in units of sqrt(V0) */
} hebb_rsb1_branch;

/*
 * The state at y and T.
 *
 * y       in     >= 1
 * branch  inout  {0} at first; afterwards the state at a y close by, which is the start; filled on HEBB_OK
 *
 * Returns HEBB_OK or HEBB_ENOCONV.  Cost: 15 to 30 microseconds at T = 0, else up to a millisecond.
 */
HEBB_CHECK_RESULT hebb_status hebb_rsb1_branch_solve(double y, double temperature, hebb_rsb1_branch *branch);

/* Its order parameters and energies, at the alpha that it has, given with its own digits. */
hebb_rsb1_state hebb_rsb1_branch_state(double alpha, const hebb_rsb1_branch *branch);

/* Squares of lower temperatures underflow; a state is solved at T = 0 there. */
#define HEBB_RSB1_COLDEST 1e-150

/* The state at T < HEBB_RSB1_COLDEST from the one at T = 0. */
void hebb_rsb1_warm_state(double temperature, hebb_rsb1_state *state);

/*
 * The fields of a state that follow from a point of broken symmetry; m and error are the caller's.
 *
 * c, x, one_minus_c  in  C, mu (q1-q0), and 1 - C with its own digits
 */
hebb_rsb1_state hebb_rsb1_point_state(double alpha, double temperature, double m, const hebb_rsb1_point *point,
                                      double c, double x, double one_minus_c);

#endif
