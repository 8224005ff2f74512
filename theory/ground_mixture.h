/*
 * ground_mixture - all stationary points of f for P patterns as T -> 0+
 *
 *   f(M) = M.M/2 - T <ln 2cosh(M.xi/T)>   ->   E(M) = M.M/2 - <|M.xi|>
 *
 * Where no field M.xi is zero, M = <xi sgn(M.xi)>.  Where those of a set Z are, their spins keep averages s in (-1, 1)
 * and M = g + <xi s>_Z with g = <xi sgn(M.xi)>: M is the part of g orthogonal to Z, and the fields vanish as T v.xi
 * with s = tanh(v.xi).  For each face of the arrangement of planes M.xi = 0 there is one such M at most, and one
 * solution at low T belongs to it: a minimum where Z is empty, a saddle with as many unstable directions as Z spans
 * otherwise.  Proof, also that there are no others: docs/theory/mixtures.md (2).
 */
#ifndef HEBB_THEORY_GROUND_MIXTURE_H
#define HEBB_THEORY_GROUND_MIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include "sign_cone.h"
#include "status.h"

typedef struct {
    unsigned steps;           /* the blocks of equal overlaps, as in pattern_blocks.h */
    double a[HEBB_MAX_MIXED]; /* their overlaps, at T = 0; rational numbers, correctly rounded */
    double v[HEBB_MAX_MIXED]; /* da/dT as T -> 0 */
    double e;                 /* energy -M.M/2; likewise */
    bool has_zero_fields;
    double smallest_field; /* of those that are not zero; +inf where all are */
} hebb_ground_mixture;

/*
 * n_patterns  in   P, 1 .. HEBB_MAX_MIXED
 * list        out  one a class of signs and permutations, M = 0 first; the caller frees it
 * n           out  2, 3, 5, 8, 23, 81, 785 for P = 1 .. 7
 *
 * Cost: 20 ms for P = 7.  Returns HEBB_OK, HEBB_EDOM or HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_ground_mixtures(int n_patterns, hebb_ground_mixture **list, size_t *n);

/*
 * The solution at a low T > 0: a + T v with v = v(T), found anew; the spins with a field are taken as saturated, which
 * is exact for T < smallest_field/20.
 *
 * v  out  as many values as there are blocks
 *
 * Returns HEBB_OK, or HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_ground_mixture_slope(int n_patterns, const hebb_ground_mixture *mixture, double T,
                                                        double *v);

#endif
