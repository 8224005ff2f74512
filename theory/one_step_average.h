/*
 * one_step_average - averages over the local fields of one-step replica-symmetry breaking
 *
 *   field  h = H + sqrt(v) z1,   H = m + sqrt(V0) z0;   in units of w = sqrt(v):  u = H/w,  x = h/w = u + z1,  t = T/w
 *   weight within one H:  <.> = int Dz1 (.) e^(kappa L(x))/I(u),   L(x) = t ln 2cosh(x/t), at t = 0: |x|,
 *                         I(u) = int Dz1 e^(kappa L(x)),   kappa = mu w
 *
 * The averages over H of what one H gives are localised at H = 0 where w is small, so that the trapezoid runs over u.
 * The factor E = A exp(-y^2/2)/sqrt(2 pi) is left out of them, with A = w/sqrt(V0) and y = m/sqrt(V0):
 *
 *   int Dz0 phi(u) = E int du exp(-A^2 u^2/2) cosh(A y u) phi(u)   for an even phi
 *
 * so that they stay of order one at small loads, where E ~ exp(-y^2).  Derivation: docs/theory/one_step_rsb.md (8).
 */
#ifndef HEBB_THEORY_ONE_STEP_AVERAGE_H
#define HEBB_THEORY_ONE_STEP_AVERAGE_H

#include "dual.h"

/* The variables that the averages carry derivatives to; A exp(y^2/2) rather than A: see above. */
enum hebb_rsb1_direction {
    HEBB_RSB1_LN_RATIO,   /* ln(A exp(y^2/2)) */
    HEBB_RSB1_LN_KAPPA,   /* ln kappa */
    HEBB_RSB1_LN_THERMAL, /* ln t */
    HEBB_RSB1_SIGNAL      /* y */
};

typedef struct {
    hebb_dual gap;        /* q1 - q0 = <tanh^2> - <tanh>^2, over E */
    hebb_dual c;          /* w C = <sech^2>/t, over E; at t = 0, 2 phi(u)/I(u) with phi the unit Gaussian density */
    hebb_dual complexity; /* [ln I - kappa <L> + kappa^2 <tanh^2>/2]/kappa^2, over E */
    hebb_dual miss;       /* 1 - m, not divided by anything */
    double entropy;       /* of the spins in their fields, <ln 2cosh x/t - (x/t) tanh x/t>, over E */
} hebb_rsb1_averages;

/*
 * The averages.
 *
 * ratio   in   A exp(y^2/2) > 0; A up to some 3
 * kappa   in   > 0, up to some 3
 * signal  in   y >= 0; exp(-y^2/2) may underflow
 * t       in   >= 0
 * step    in   of the trapezoid in u; HEBB_RSB1_STEP unless its error is to be measured
 * out     out  relative error at t = 0: 2e-15; miss, where it is small, y^2 units in the last place
 *
 * Cost at HEBB_RSB1_STEP: 5 microseconds at t = 0.
 */
void hebb_rsb1_average(double ratio, double kappa, double signal, double t, double step, hebb_rsb1_averages *out);

/* The error of the trapezoid falls as exp(-2 pi d/step), d the distance from the real axis of the zeros of I. */
#define HEBB_RSB1_STEP 0.2

#endif
