/*
 * landscape - the free energy as a function of the overlaps with finitely many patterns
 *
 *   f(M) = M.M/2 - T <ln 2cosh(M.xi/T)>,   T = 0: M.M/2 - <|M.xi|>
 *
 * The partition function is, exactly, an integral of exp(-N f(M)/T) over M (Hubbard and Stratonovich): minima of f are
 * states, its other stationary points saddles between them.  Elsewhere f(M) is the least of (M-m).(M-m)/2 + g(m) over
 * m, with g(m) the free energy at fixed overlaps m: no more than g(M), and equal to it where f is stationary.
 *
 * Derivation: docs/theory/mixtures.md (1), (3).
 *
 * [AGS85] Amit, Gutfreund, Sompolinsky, Phys. Rev. A 32 (1985) 1007.
 */
#ifndef HEBB_THEORY_LANDSCAPE_H
#define HEBB_THEORY_LANDSCAPE_H

#include "sign_cone.h"
#include "status.h"

/*
 * n_patterns  in   P, 1 .. HEBB_MAX_MIXED
 * M           in   P overlaps, finite
 * T           in   temperature >= 0
 * f           out  free energy per neuron, in units of J; absolute error 2e-16 (1 + M.M + T)
 *
 * Cost: 2^(P-1) exponentials.  Thread-safe.
 * Returns HEBB_OK, or HEBB_EDOM for anything out of range, infinite or NaN.
 */
HEBB_CHECK_RESULT hebb_status hebb_landscape(int n_patterns, const double *M, double T, double *f);

#endif
