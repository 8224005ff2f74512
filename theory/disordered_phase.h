/*
 * disordered_phase - the Hopfield model at load p = alpha N without retrieval, and where retrieval falls behind it
 *
 *   T >= T_g = 1 + sqrt(alpha)   the paramagnet:  beta f = -ln 2 + (alpha/2) (ln(1 - beta) + beta)
 *                                                 e = -(alpha/2) beta/(1 - beta)
 *   T < T_g                      the spin glass with one step of replica-symmetry breaking, one_step_rsb.h
 *
 * The retrieval state beside it is the replica-symmetric one; the two free energies cross at T_c.  Equations:
 * docs/theory/thermal.md (2) at m = a = 0, docs/theory/one_step_rsb.md (2), (3).
 *
 * [AGS87] Amit, Gutfreund, Sompolinsky, Ann. Phys. (N.Y.) 173 (1987) 30.
 */
#ifndef HEBB_THEORY_DISORDERED_PHASE_H
#define HEBB_THEORY_DISORDERED_PHASE_H

#include "status.h"

/* In units of J and per neuron. */
typedef struct {
    double e, f;
} hebb_disordered_phase;

/*
 * alpha        in   p/N, 1e-10 <= alpha <= 1e10
 * temperature  in   T > 0
 * phase        out  the paramagnet to rounding, 4e-16/(1 - beta) relative [AGS87]; the glass as one_step_rsb.h has it;
 *                   within 1e-3 below T_g, where that does not converge, replica symmetry: at 2e-3 the two
 *                   are 1e-12 apart in f and 1e-9 in e
 *
 * Cost: the glass up to 25 ms.  Thread-safe.
 * Returns HEBB_OK; HEBB_EDOM for a value out of range, infinite or NaN; HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_disordered_phase_solve(double alpha, double temperature,
                                                          hebb_disordered_phase *phase);

typedef enum { HEBB_CROSSING_OF_FREE_ENERGIES, HEBB_CROSSING_OF_ENERGIES } hebb_disordered_crossing;

/*
 * The lowest temperature at which retrieval's free energy, or energy, rises above that of the disordered phase.
 *
 * alpha        in   as above
 * last         in   T_M of hebb_phase_lines_at, where retrieval ends
 * temperature  out  to 1e-10 of `last`
 *
 * Searched on a grid of 20 temperatures: two crossings within a step of it are not seen.
 * Cost: some 50 solutions of each.  Thread-safe.
 * Returns HEBB_OK; HEBB_EDOM for a value out of range, infinite or NaN; HEBB_ENOSOLUTION where retrieval's is the
 * lower, or the higher, throughout.
 */
HEBB_CHECK_RESULT hebb_status hebb_disordered_phase_crossing(double alpha, double last, hebb_disordered_crossing of,
                                                             double *temperature);

#endif
