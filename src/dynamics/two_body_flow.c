#include "two_body_flow.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>

static bool has_hidden(const hebb_two_body_flow *flow)
{
    return flow->options.tau_h > 0.0;
}

static size_t dimension(const hebb_two_body_flow *flow)
{
    return flow->memory->n_visible + (has_hidden(flow) ? flow->memory->n_hidden : 0);
}

static const double *hidden_of(const hebb_two_body_flow *flow, const double *state)
{
    return has_hidden(flow) ? state + flow->memory->n_visible : NULL;
}

static double energy_of(hebb_two_body_flow *flow)
{
    return has_hidden(flow) ? hebb_two_body_energy(flow->memory, flow->state, hidden_of(flow, flow->state))
                            : hebb_two_body_visible_energy(flow->memory, flow->state);
}

/* For GSL: dy/dt.  A number that is not finite makes it try a smaller step. */
static int derivative(double time, const double *state, double *rate, void *context)
{
    (void)time;
    hebb_two_body_flow *flow = context;
    const size_t n = flow->memory->n_visible, all = dimension(flow);
    hebb_two_body_force(flow->memory, state, hidden_of(flow, state), rate);
    for (size_t k = 0; k < all; k++) {
        rate[k] /= k < n ? flow->options.tau_v : flow->options.tau_h;
        if (!isfinite(rate[k])) return GSL_EDOM;
    }
    return GSL_SUCCESS;
}

static hebb_status check(hebb_two_body_flow_options options)
{
    if (!(options.tau_v > 0.0) || !isfinite(options.tau_v))
        return hebb_fail(HEBB_EDOM, "tau_v %g: it is to be above 0 and finite", options.tau_v);
    if (!(options.tau_h >= 0.0) || !isfinite(options.tau_h))
        return hebb_fail(HEBB_EDOM, "tau_h %g: it is to be 0 or above, and finite", options.tau_h);
    if (!(options.tolerance >= 1e-13) || !(options.tolerance <= 1e-2))
        return hebb_fail(HEBB_EDOM, "tolerance %g is out of 1e-13 .. 1e-2", options.tolerance);
    if (options.max_steps < 1) return hebb_fail(HEBB_EDOM, "max_steps %ld: one at least", options.max_steps);
    return HEBB_OK;
}

hebb_status hebb_two_body_flow_init(hebb_two_body_flow *flow, hebb_two_body *memory, hebb_two_body_flow_options options)
{
    *flow = (hebb_two_body_flow){0};
    const hebb_status status = check(options);
    if (status != HEBB_OK) return status;
    flow->memory = memory;
    flow->options = options;
    const size_t n = dimension(flow);
    flow->state = calloc(n, sizeof *flow->state);
    flow->force = calloc(n, sizeof *flow->force);
    flow->step = gsl_odeiv2_step_alloc(gsl_odeiv2_step_rk8pd, n);
    flow->evolve = gsl_odeiv2_evolve_alloc(n);
    flow->control = gsl_odeiv2_control_y_new(options.tolerance, options.tolerance);
    if (flow->state != NULL && flow->force != NULL && flow->step != NULL && flow->evolve != NULL &&
        flow->control != NULL)
        return hebb_two_body_flow_start(flow, flow->state, NULL);
    hebb_two_body_flow_free(flow);
    return hebb_fail(HEBB_ENOMEM, "no memory for the flow of %zu neurons", n);
}

void hebb_two_body_flow_free(hebb_two_body_flow *flow)
{
    if (flow->evolve != NULL) gsl_odeiv2_evolve_free(flow->evolve);
    if (flow->control != NULL) gsl_odeiv2_control_free(flow->control);
    if (flow->step != NULL) gsl_odeiv2_step_free(flow->step);
    free(flow->state);
    free(flow->force);
    *flow = (hebb_two_body_flow){0};
}

static bool all_finite(size_t n, const double *x)
{
    for (size_t k = 0; k < n; k++)
        if (!isfinite(x[k])) return false;
    return true;
}

/* The scale of numbers that pass through 0: the largest of the start, of which the drive's scale is one. */
static double scale_of(hebb_two_body_flow *flow)
{
    const size_t n = dimension(flow);
    double most = 0.0;
    hebb_two_body_force(flow->memory, flow->state, hidden_of(flow, flow->state), flow->force);
    for (size_t k = 0; k < n; k++) most = fmax(most, fmax(fabs(flow->state[k]), fabs(flow->force[k])));
    return most > 0.0 ? most : 1.0;
}

hebb_status hebb_two_body_flow_start(hebb_two_body_flow *flow, const double *v, const double *h)
{
    hebb_two_body *memory = flow->memory;
    const size_t n = memory->n_visible;
    const bool given = has_hidden(flow) && h != NULL;
    if (!all_finite(n, v) || (given && !all_finite(memory->n_hidden, h)))
        return hebb_fail(HEBB_EDOM, "a flow starts at finite numbers");
    memmove(flow->state, v, n * sizeof *v);
    if (given) memmove(flow->state + n, h, memory->n_hidden * sizeof *h);
    if (has_hidden(flow) && !given) {
        hebb_two_body_visible_outputs(memory, flow->state, memory->g);
        hebb_two_body_overlaps(memory, memory->g, flow->state + n);
    }
    const double absolute = flow->options.tolerance * scale_of(flow);
    (void)gsl_odeiv2_control_init(flow->control, absolute, flow->options.tolerance, 1.0, 0.0);
    (void)gsl_odeiv2_evolve_reset(flow->evolve);
    (void)gsl_odeiv2_step_reset(flow->step);
    flow->time = 0.0;
    flow->n_steps = flow->n_rejected = 0;
    flow->largest_rise = 0.0;
    flow->energy = flow->energy_start = energy_of(flow);
    flow->step_size = 0.1 * (has_hidden(flow) ? fmin(flow->options.tau_h, flow->options.tau_v) : flow->options.tau_v);
    return HEBB_OK;
}

static void note_energy(hebb_two_body_flow *flow)
{
    const double energy = energy_of(flow), rise = energy - flow->energy;
    flow->largest_rise = flow->n_steps == 0 ? rise : fmax(flow->largest_rise, rise);
    flow->energy = energy;
    flow->n_steps++;
}

/* One step, no further than `until`.  The last one of a way is short, which is no reason to go on in such steps. */
static hebb_status take_step(hebb_two_body_flow *flow, double until)
{
    gsl_odeiv2_system system = {derivative, NULL, dimension(flow), flow};
    const double tried = flow->step_size;
    const int failed = gsl_odeiv2_evolve_apply(flow->evolve, flow->control, flow->step, &system, &flow->time, until,
                                               &flow->step_size, flow->state);
    flow->n_rejected = (long)flow->evolve->failed_steps;
    if (failed != GSL_SUCCESS)
        return hebb_fail(HEBB_ENOCONV, "the flow stopped at t = %g: no step is short enough", flow->time);
    if (flow->time >= until) flow->step_size = fmax(flow->step_size, tried);
    note_energy(flow);
    return HEBB_OK;
}

static hebb_status advance(hebb_two_body_flow *flow, double until, long last_step)
{
    while (flow->time < until) {
        if (flow->n_steps >= last_step)
            return hebb_fail(HEBB_ENOCONV, "the flow is at t = %g after %ld steps, not at %g", flow->time,
                             flow->options.max_steps, until);
        const hebb_status status = take_step(flow, until);
        if (status != HEBB_OK) return status;
    }
    return HEBB_OK;
}

hebb_status hebb_two_body_flow_advance(hebb_two_body_flow *flow, double until)
{
    if (!isfinite(until)) return hebb_fail(HEBB_EDOM, "a flow goes on to a finite time");
    return advance(flow, until, flow->n_steps + flow->options.max_steps);
}

double hebb_two_body_flow_unrest(hebb_two_body_flow *flow)
{
    const size_t n = dimension(flow);
    double most = 0.0;
    hebb_two_body_force(flow->memory, flow->state, hidden_of(flow, flow->state), flow->force);
    for (size_t k = 0; k < n; k++) most = fmax(most, fabs(flow->force[k]));
    return most;
}

hebb_status hebb_two_body_flow_settle(hebb_two_body_flow *flow, double rest, double until)
{
    if (!(rest > 0.0) || !isfinite(until)) return hebb_fail(HEBB_EDOM, "a flow settles to a rest above 0");
    const long last_step = flow->n_steps + flow->options.max_steps;
    while (hebb_two_body_flow_unrest(flow) > rest) {
        if (flow->time >= until) return hebb_fail(HEBB_ENOCONV, "the flow has not come to rest at t = %g", flow->time);
        const hebb_status status = advance(flow, fmin(until, flow->time + flow->options.tau_v), last_step);
        if (status != HEBB_OK) return status;
    }
    return HEBB_OK;
}
