/*
 * capacity - the largest loads of the Hopfield model, replica symmetry
 *
 * At T = 0:
 *   alpha_c   the retrieval solution exists up to here: max_y (erf(y)/y - (2/sqrt(pi)) exp(-y^2))^2 / 2
 *   alpha_g   it is the global minimum of the energy up to here: E_retrieval(alpha) = -1/pi - sqrt(2 alpha/pi)
 *
 * At T > 0, and for mixtures of n patterns, the state ends where alpha is largest along replica_symmetric_branch.h's
 * branch.  Equations: docs/theory/replica_symmetric.md (3), (4), (6), docs/theory/thermal.md (8).  Replica-symmetry
 * breaking moves alpha_c up by 0.2 % [SK94]; simulations find a little more.
 *
 * [AGS87] Amit, Gutfreund, Sompolinsky, Ann. Phys. (N.Y.) 173 (1987) 30.
 * [SK94]  Steffan, Kuehn, Z. Phys. B 95 (1994) 249.
 */
#ifndef HEBB_THEORY_CAPACITY_H
#define HEBB_THEORY_CAPACITY_H

#include "status.h"

typedef struct {
    double alpha; /* the load p/N */
    double m;     /* overlap of the retrieval solution there */
    double error; /* (1 - m)/2, its share of wrong bits */
} hebb_capacity;

/*
 * alpha_c = 0.1379..., where the retrieval solution meets the unstable one and both vanish.        [AGS87]
 *
 * capacity  out  all fields to 2e-15 relative
 *
 * Cost: a microsecond.  Thread-safe.
 * Returns HEBB_OK, or HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_capacity_t0(hebb_capacity *capacity);

/*
 * alpha_g = 0.0518..., where retrieval and spin glass have the same energy.                        [AGS87]
 *
 * capacity  out  alpha and m to 1e-15, error to 1e-14 relative
 *
 * Cost: some ten microseconds; allocates inside GSL.  Thread-safe.
 * Returns HEBB_OK, or HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_capacity_global_t0(hebb_capacity *capacity);

/*
 * The largest load with a state that mixes n patterns at temperature T: alpha_c for n = 1 at T = 0.
 *                                                                                      [AGS87]
 * temperature  in   T >= 0
 * order        in   n = 1 .. 99
 * capacity     out  alpha to 1e-13, m to 1e-12 relative, also for T -> 1
 *
 * The state is the one that is continued from alpha = 0.  Those of even n are saddle points, those of odd n are where T
 * is high; see mixture.h.
 * Cost: 0.05 to 0.2 ms for n = 1, 0.2 n ms for mixtures.
 * Returns HEBB_OK; HEBB_ENOSOLUTION for T >= 1; HEBB_EDOM; HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_capacity_at(double temperature, int order, hebb_capacity *capacity);

#endif
