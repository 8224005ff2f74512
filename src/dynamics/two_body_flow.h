/*
 * two_body_flow - the two-body memory in continuous time
 *
 *   tau_v dv/dt = xi f(h) - v + I,   tau_h dh/dt = xi g(v) - h          two_body_memory.h
 *
 * By GSL's Runge-Kutta method of Prince and Dormand, orders 8 and 9, with steps of a size that its own estimate of the
 * error chooses.  It is explicit: its steps are at most some 5 tau_h long, so a time t takes t/(5 tau_h) of them when
 * tau_h << tau_v.  An implicit method would be free of that bound, but for O((N+K)^3) a step instead of O(N K); and below
 * tau_h/tau_v = 1e-3 the hidden neurons may as well follow at once (tau_h = 0), at a distance of first order in the ratio.
 *
 * [KH20] D. Krotov, J. J. Hopfield, arXiv:2008.06996.
 */
#ifndef HEBB_DYNAMICS_TWO_BODY_FLOW_H
#define HEBB_DYNAMICS_TWO_BODY_FLOW_H

#include "two_body_memory.h"

typedef struct {
    double tau_v; /* > 0 */
    double tau_h; /* > 0; 0: the hidden neurons follow at once, h = xi g */
    double
        tolerance; /* error of a step, in each number y: tolerance (s + |y|), s the scale of the start; 1e-13 .. 1e-2 */
    long max_steps; /* of one call */
} hebb_two_body_flow_options;

typedef struct {
    hebb_two_body *memory; /* borrowed; its room is used */
    hebb_two_body_flow_options options;
    double time;
    double *state;       /* v, then h where tau_h > 0 */
    double *force;       /* room for as many */
    double energy;       /* of the state */
    double energy_start; /* where it began */
    double largest_rise; /* of the energy over one step; below 0 where each step went down, 0 before the first */
    long n_steps, n_rejected;
    double step_size; /* that is tried next */
    struct gsl_odeiv2_step_struct *step;
    struct gsl_odeiv2_control_struct *control;
    struct gsl_odeiv2_evolve_struct *evolve;
} hebb_two_body_flow;

/*
 * At v = 0 until it is started.
 * Returns HEBB_OK; HEBB_EDOM for an option out of its range or NaN, named in the sentence; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_two_body_flow_init(hebb_two_body_flow *flow, hebb_two_body *memory,
                                                      hebb_two_body_flow_options options);

/* Safe on a zeroed flow and twice. */
void hebb_two_body_flow_free(hebb_two_body_flow *flow);

/*
 * Time 0, all counts 0.
 *
 * v  in   N numbers
 * h  in   K numbers; NULL: h = xi g(v).  Not read where tau_h = 0
 *
 * Returns HEBB_OK; HEBB_EDOM for numbers that are not finite; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_two_body_flow_start(hebb_two_body_flow *flow, const double *v, const double *h);

/*
 * Goes on to the time `until`, exactly.  Allocates nothing.
 *
 * Returns HEBB_OK, also where that time has been; HEBB_EDOM for a time that is not finite; HEBB_ENOCONV when max_steps are
 * done or no step is small enough: the state is then that of flow->time.
 */
HEBB_CHECK_RESULT hebb_status hebb_two_body_flow_advance(hebb_two_body_flow *flow, double until);

/*
 * Goes on until no |tau dy/dt| exceeds `rest`, looked at every tau_v.
 *
 * Returns HEBB_OK; HEBB_EDOM for a rest that is not above 0; HEBB_ENOCONV as above, or at the time `until`.
 */
HEBB_CHECK_RESULT hebb_status hebb_two_body_flow_settle(hebb_two_body_flow *flow, double rest, double until);

/* The largest |tau dy/dt| of the state: 0 at a fixed point. */
double hebb_two_body_flow_unrest(hebb_two_body_flow *flow);

#endif
