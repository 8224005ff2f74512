/*
 * sign_cone - the fields that an ordered vector of overlaps can make, sign by sign
 *
 *   M_1 >= M_2 >= .. >= M_P >= 0,   h = M.xi for each of the 2^(P-1) sign vectors xi with xi^1 = +1
 *
 * The planes h = 0 cut the cone of ordered M into open faces: on one, every h has one sign, or is zero.  They are found
 * exactly, in integers: each is kept as the rays that span it, and a plane that cuts it makes three of it, with the new
 * rays where it crosses an edge [MRTT53].  docs/theory/mixtures.md (2).
 *
 * [MRTT53] Motzkin, Raiffa, Thompson, Thrall, Contributions to the Theory of Games II (Princeton, 1953) 51.
 */
#ifndef HEBB_THEORY_SIGN_CONE_H
#define HEBB_THEORY_SIGN_CONE_H

#include "status.h"

#define HEBB_MAX_MIXED 7
#define HEBB_MAX_SIGNS 64 /* 2^(HEBB_MAX_MIXED - 1) */

/* The sign vector xi of number a, 0 <= a < 2^(P-1), as integers: xi[0] = 1, and bit i-1 of a makes xi[i] = -1. */
void hebb_sign_vector(int n_patterns, int a, int *xi);

/*
 * Called for each face.
 *
 * steps  in   bit j: M_{j+1} > M_{j+2} on the face (M_{P+1} = 0); elsewhere they are equal.  0: the face is M = 0
 * inside in   P integers, a vector in the face
 */
typedef hebb_status (*hebb_sign_face_visit)(unsigned steps, const int *inside, void *data);

/*
 * Visits all faces, in an order that does not change.
 *
 * n_patterns  in   P, 1 .. HEBB_MAX_MIXED; there are 2, 4, 12, 32, 128, 576, 5216 faces
 *
 * Cost: 10 ms for P = 7.  Returns HEBB_OK, HEBB_EDOM, HEBB_ENOMEM, or the first other status that visit returns.
 */
HEBB_CHECK_RESULT hebb_status hebb_sign_cone_walk(int n_patterns, hebb_sign_face_visit visit, void *data);

#endif
