#include "exponential_capacity.h"

#include <math.h>

static double x_log_x(double x)
{
    return x > 0.0 ? x * log(x) : 0.0;
}

double hebb_exponential_rate(double a)
{
    if (!(fabs(a) <= 1.0)) return NAN;
    if (fabs(a) > 0.25) return 0.5 * (x_log_x(1.0 + a) + x_log_x(1.0 - a));
    /* a^2/2 + a^4/12 + ..: the two terms of the closed form cancel here */
    double sum = 0.0, power = a * a;
    for (int j = 1; j < 16; j++, power *= a * a) sum += power / (2 * j * (2 * j - 1));
    return sum;
}

hebb_status hebb_exponential_capacity(double rho, double *all, double *typical)
{
    if (!(rho >= 0.0 && rho < 0.5)) return HEBB_EDOM;
    const double overlap = 1.0 - 2.0 * rho;
    const double nearest = hebb_exponential_rate(overlap); /* beyond: a rival is nearer to the start than the pattern */
    *all = 0.5 * nearest;
    *typical = overlap <= tanh(2.0) ? nearest : 2.0 * overlap - log(cosh(2.0));
    return HEBB_OK;
}

/* lambda - ln cosh lambda = -ln (1 + e^(-2 lambda))/2, without a cancellation at either end. */
static double binary(double lambda)
{
    return -log1p(0.5 * expm1(-2.0 * lambda));
}

/* zeta = lambda t + ln(1-t^2)/2 at its maximum, t = (sqrt(1 + 4 lambda^2) - 1)/(2 lambda), where 1/(1-t^2) = 1 + lambda t.
   1 - t would cancel at large lambda, and 4 lambda^2 overflow. */
static double spherical(double lambda)
{
    const double half_root = hypot(0.5, lambda), below = half_root + 0.5, t = lambda / below;
    const double one_less_t = (0.5 + 0.25 / (half_root + lambda)) / below;
    return lambda * one_less_t + 0.5 * log1p(lambda * t);
}

hebb_status hebb_exponential_random_energy(double lambda, hebb_pattern_law law, double *alpha)
{
    if (!(lambda > 0.0 && isfinite(lambda))) return HEBB_EDOM;
    switch (law) {
    case HEBB_PATTERNS_BINARY:
        *alpha = binary(lambda);
        break;
    case HEBB_PATTERNS_GAUSSIAN: /* beyond lambda = 1 the sum over the others is its largest terms: condensed */
        *alpha = lambda <= 1.0 ? lambda - 0.5 * lambda * lambda : 0.5;
        break;
    case HEBB_PATTERNS_SPHERICAL:
        *alpha = spherical(lambda);
        break;
    }
    return HEBB_OK;
}
