/*
 * sherrington_kirkpatrick - the Sherrington-Kirkpatrick spin glass without a field, two ansaetze
 *
 *   H = - sum_{i<j} J_ij s_i s_j,   J_ij Gaussian with mean 0 and variance 1/N
 *   RS    q = <tanh^2 beta sqrt(q) z>
 *   1RSB  h = sqrt(q0) z0 + sqrt(q1-q0) z1, weights (2cosh beta h)^x over z1, q0 = <<tanh>^2>, q1 = <<tanh^2>>,
 *         df/dx = 0
 *
 * It is the spin glass of the Hopfield model at alpha -> infinity, with J = sqrt(alpha), and runs on the same
 * equations: the check of that machinery.  The exact energy at T = 0 is -0.763167 [P80b].
 *
 * Derivation: docs/theory/one_step_rsb.md (3), (8).
 *
 * [SK75] Sherrington, Kirkpatrick, Phys. Rev. Lett. 35 (1975) 1792.
 * [P79]  Parisi, Phys. Lett. A 73 (1979) 203.
 * [P80b] Parisi, J. Phys. A 13 (1980) L115.
 */
#ifndef HEBB_THEORY_SHERRINGTON_KIRKPATRICK_H
#define HEBB_THEORY_SHERRINGTON_KIRKPATRICK_H

#include "status.h"

/* Units: J = k_B = 1; per spin. */
typedef struct {
    double temperature;
    double q0;         /* overlap of two states; RS: q */
    double q1;         /* overlap of a state with itself; RS: q */
    double gap;        /* q1 - q0 with its own digits; RS and T >= 1: 0 */
    double c;          /* (1 - q1)/T, the susceptibility within a state */
    double breakpoint; /* x; at T = 0 mu = lim x/T.  NaN where q1 = q0, and x means nothing */
    double f;          /* free energy */
    double e;          /* energy */
    double s;          /* entropy; negative at low T in both */
} hebb_sk_state;

/*
 * Replica symmetry.                                                                    [SK75]
 *
 * temperature  in   0 <= T <= 1e150; below 1e-150 it counts as 0 but in f; from T = 1 on the paramagnet, q = 0
 * state        out  relative error 1e-14, in q 1e-15/(1-T); T = 0 in closed form: e = -sqrt(2/pi), s = -1/(2 pi)
 *
 * Cost: 50 microseconds.  Thread-safe.
 * Returns HEBB_OK; HEBB_EDOM for T out of range or NaN; HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_sk_rs(double temperature, hebb_sk_state *state);

/*
 * One step of replica-symmetry breaking.                                               [P79]
 *
 * temperature  in   as above; below 1e-150 the breakpoint too has its T
 * state        out  T = 0: 1e-14.  T > 0: f, e, s 1e-13, the order parameters 3e-15/(1-T)^3 or 1e-13
 *
 * Cost: 30 microseconds at T = 0, else up to some milliseconds.  Thread-safe.
 * Returns HEBB_OK; HEBB_EDOM for T out of range or NaN; HEBB_ENOCONV between T = 0.999 and 1.
 */
HEBB_CHECK_RESULT hebb_status hebb_sk_rsb1(double temperature, hebb_sk_state *state);

#endif
