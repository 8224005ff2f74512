/*
 * asymmetric_mixture - all stationary points of the free energy for P patterns
 *
 *   f(M) = M.M/2 - T <ln 2cosh(M.xi/T)>,   M = <xi tanh(M.xi/T)>
 *
 * with <.> the average over the 2^P sign vectors xi.  Signs and permutations of the patterns make many solutions of
 * one: a class is given by M_1 >= .. >= M_P >= 0.
 *
 * How they are found.  As T -> 0+ all of them are known exactly (ground_mixture.h).  Each is followed upwards in T, in
 * the subspace of its blocks of equal overlaps, until it ends in another one; where an eigenvalue across that subspace
 * changes sign, the solutions that branch off are looked for.  The same from T = 1 downwards.  At T itself every
 * solution is tried for neighbours with one block split, and along its eigenvectors, until no new ones appear.  The
 * check: f grows at infinity, so that by Morse's theory the solutions' signs (-1)^index, counted with their
 * multiplicity, add up to 1, for P patterns and for the first p < P alone.
 *
 * Derivation: docs/theory/mixtures.md (2).
 *
 * [AGS85] Amit, Gutfreund, Sompolinsky, Phys. Rev. A 32 (1985) 1007.
 * [M63]   Milnor, Morse Theory (Princeton, 1963).
 */
#ifndef HEBB_THEORY_ASYMMETRIC_MIXTURE_H
#define HEBB_THEORY_ASYMMETRIC_MIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include "sign_cone.h"
#include "status.h"

/* One class of solutions.  Energies are in units of J and per neuron. */
typedef struct {
    double m[HEBB_MAX_MIXED]; /* overlaps, in falling order */
    double multiplicity;      /* solutions in the class: 2^(those not 0) P!/(product of the factorials of equals) */
    double f;                 /* free energy; at T = 0 the energy */
    double eig_min;           /* smallest eigenvalue of the Hessian of f; -inf at T = 0 with fields that are zero */
    int index;                /* how many eigenvalues are negative, with their multiplicity */
    bool stable;              /* eig_min > 0 */
} hebb_asymmetric_mixture;

typedef struct {
    int n_patterns;
    double temperature;
    size_t n;
    hebb_asymmetric_mixture *list; /* sorted by f; equals by m, the first differing one larger first */
    bool is_complete;              /* the index sums are 1 for every p <= P */
} hebb_asymmetric_set;

/*
 * All classes at temperature T, M = 0 among them.                                                  [AGS85]
 *
 * n_patterns  in   P, 1 .. HEBB_MAX_MIXED
 * T           in   >= 0; T = 0 means the limits T -> 0+, exact: there are 2, 3, 5, 8, 23, 81, 785 for P = 1 .. 7
 * set         out  overlaps to 1e-15 over the smallest |eigenvalue|; free it.  is_complete was true at every T tried
 *
 * Cost: 0.5 ms for P = 3, 10 ms for P = 5, 0.1 s for P = 6, 1.5 s for P = 7 (30 ms at T = 0).  Thread-safe; allocates.
 * Returns HEBB_OK, HEBB_EDOM for P or T out of range, infinite or NaN, HEBB_ENOMEM, or HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_asymmetric_mixtures(int n_patterns, double T, hebb_asymmetric_set *set);

/* Safe on a zeroed one and twice. */
void hebb_asymmetric_set_free(hebb_asymmetric_set *set);

#endif
