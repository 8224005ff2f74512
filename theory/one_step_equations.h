/*
 * one_step_equations - the two equations that are left of one-step replica-symmetry breaking, and their root
 *
 * In the letters of one_step_average.h, with g the gap q1 - q0, G the complexity, and a = mu g/(1-C):
 *
 *   g (1-a) = A^2 q0             the ratio of the two variances, v = alpha (r1-r0) to V0 = alpha r0
 *   G = g (1-a) psi(a)/2         df/dmu = 0; psi(a) = [ln(1-a) + a/(1-a)]/a^2, psi(0) = 1/2
 *
 * What a is depends on the model: retrieval, glass, or Sherrington and Kirkpatrick's, where a = 0.
 * docs/theory/one_step_rsb.md (6) to (8).
 */
#ifndef HEBB_THEORY_ONE_STEP_EQUATIONS_H
#define HEBB_THEORY_ONE_STEP_EQUATIONS_H

#include "one_step_average.h"
#include "status.h"

/* A point at given y, with all that follows from it.  The numbers have derivatives in hebb_rsb1_direction. */
typedef struct {
    double ratio;   /* A exp(y^2/2) */
    double kappa;   /* mu w */
    double t;       /* T/w; 0 at T = 0 */
    double signal;  /* y */
    double ratio_a; /* A */
    double scale;   /* exp(-y^2/2)/sqrt(2 pi) */
    hebb_dual ln_ratio, ln_kappa, y;
    hebb_rsb1_averages average;
    hebb_dual gap; /* q1 - q0 */
    hebb_dual q0;
    hebb_dual a; /* mu (q1 - q0)/(1 - C) */
    hebb_dual w;
} hebb_rsb1_point;

/* Sets a and w from the rest of the point; `model` is the solver's own. */
typedef void hebb_rsb1_close(hebb_rsb1_point *point, const void *model);

/*
 * Newton's iteration for A, kappa and, at T > 0, t at fixed y.
 *
 * point        inout  ratio, kappa, signal, and t at T > 0: the start and y; on HEBB_OK the whole, at the root
 * temperature  in     T >= 0
 * close        in     the model
 * along        out    NULL, or the slopes d/dy of ln ratio, ln kappa, ln t along the branch
 *
 * Returns HEBB_OK, or HEBB_ENOCONV.  Cost at T = 0: 4 to 8 evaluations of 6 microseconds from a rough start, 2 from a
 * good one.
 */
HEBB_CHECK_RESULT hebb_status hebb_rsb1_solve(hebb_rsb1_point *point, double temperature, hebb_rsb1_close *close,
                                              const void *model, double along[3]);

/*
 * Takes a start for a glass at T = 0 to a temperature, 0 <= T < 1 in units of the one where the glass begins: there
 * q1 = 3 q0 = T_g - T, x and T/w have the powers of Landau's expansion.
 */
void hebb_rsb1_warm_glass(double temperature, hebb_rsb1_point *point);

#endif
