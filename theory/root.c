#include "root.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>

enum { STATE_ROOM = 32 }; /* Brent's is 8 numbers */

/* The values at the ends, which GSL asks for once more. */
typedef struct {
    hebb_root_function function;
    void *params;
    double low, at_low, high, at_high;
} bracket;

static double value_in_bracket(double x, void *params)
{
    const bracket *b = params;
    return x == b->low ? b->at_low : x == b->high ? b->at_high : b->function(x, b->params);
}

static hebb_status iterate_brent(gsl_root_fsolver *solver, double *root)
{
    for (int step = 0; step < 200; step++) {
        if (gsl_root_fsolver_iterate(solver) != GSL_SUCCESS) return HEBB_ENOCONV;
        const double low = gsl_root_fsolver_x_lower(solver), high = gsl_root_fsolver_x_upper(solver);
        *root = gsl_root_fsolver_root(solver);
        if (fabs(high - low) <= 4.0 * DBL_EPSILON * fmin(fabs(low), fabs(high))) return HEBB_OK;
    }
    return HEBB_ENOCONV;
}

hebb_status hebb_root_brent(hebb_root_function function, void *params, double low, double high, double *root)
{
    /* GSL calls its error handler for equal signs and for NaN: neither may get there. */
    bracket b = {function, params, low, function(low, params), high, function(high, params)};
    if (!(b.at_low * b.at_high <= 0.0)) return HEBB_ENOCONV;
    /* Not GSL's allocation: a search inside another's function has no way to say that there is no memory. */
    double state[STATE_ROOM];
    if (gsl_root_fsolver_brent->size > sizeof state) return HEBB_EINTERNAL;
    gsl_root_fsolver solver = {.type = gsl_root_fsolver_brent, .state = state};
    gsl_function f = {.function = value_in_bracket, .params = &b};
    return gsl_root_fsolver_set(&solver, &f, low, high) == GSL_SUCCESS ? iterate_brent(&solver, root) : HEBB_ENOCONV;
}

static double middle(double low, double high)
{
    return low > 0.0 && high > 4.0 * low ? sqrt(low) * sqrt(high) : 0.5 * (low + high);
}

hebb_status hebb_root_newton(hebb_root_falling_function function, void *params, double low, double high, double start,
                             double *root)
{
    double x = start, last_step = INFINITY;
    for (int k = 0; k < 300; k++) {
        double slope;
        const double value = function(x, params, &slope);
        if (isnan(value)) return HEBB_ENOCONV;
        *root = x;
        if (value == 0.0) return HEBB_OK;
        *(value > 0.0 ? &low : &high) = x;
        const double newton = slope < 0.0 ? value / slope : INFINITY;
        /* The step is lost in x, or has come down to rounding and no longer shrinks (at a double root it halves). */
        if (fabs(newton) <= DBL_EPSILON * fabs(x)) return HEBB_OK;
        if (fabs(newton) < 1e-11 * fabs(x) && fabs(newton) >= 0.9 * last_step) return HEBB_OK;
        last_step = fabs(newton);
        const double next = x - newton;
        x = next > low && next < high ? next : middle(low, high);
        if (!(x > low && x < high)) return HEBB_OK; /* the bracket is closed */
    }
    return HEBB_ENOCONV;
}

void hebb_root_bisect(hebb_root_function function, void *params, double *low, double *high)
{
    const bool sign = signbit(function(*low, params));
    for (;;) {
        const double mean = 0.5 * (*low + *high);
        if (!(mean > *low && mean < *high)) return;
        const double value = function(mean, params);
        *(!isnan(value) && signbit(value) == sign ? low : high) = mean;
    }
}

hebb_status hebb_root_maximum(hebb_root_function function, void *params, double low, double high, double absolute,
                              double relative, double *place)
{
    const double part = 0.5 * (sqrt(5.0) - 1.0);
    double left = high - part * (high - low), right = low + part * (high - low);
    double at_left = function(left, params), at_right = function(right, params);
    while (high - low > absolute + relative * high) {
        if (isnan(at_left) || isnan(at_right)) return HEBB_ENOCONV;
        if (at_left < at_right) {
            low = left;
            left = right;
            at_left = at_right;
            right = low + part * (high - low);
            at_right = function(right, params);
        } else {
            high = right;
            right = left;
            at_right = at_left;
            left = high - part * (high - low);
            at_left = function(left, params);
        }
    }
    *place = 0.5 * (low + high);
    return HEBB_OK;
}
