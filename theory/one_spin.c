#include "one_spin.h"

#include <math.h>

/* tanh x = x/(1 + a), a = x^2/(3 + x^2/(5 + ..)), Lambert's fraction: positive terms, so no digit is lost. */
static double lambert_tail(double x)
{
    const double x2 = x * x;
    double tail = 0.0;
    for (int k = 31; k >= 3; k -= 2) tail = x2 / (k + tail);
    return tail;
}

double hebb_one_spin_x_minus_tanh(double x)
{
    if (fabs(x) > 1.5) return x - tanh(x);
    const double tail = lambert_tail(x);
    return x * tail / (1.0 + tail);
}

double hebb_one_spin_sech2(double x)
{
    const double e = exp(-2.0 * fabs(x));
    return 4.0 * e / ((1.0 + e) * (1.0 + e));
}

double hebb_one_spin_log_2cosh_excess(double x)
{
    return log1p(exp(-2.0 * fabs(x)));
}

double hebb_one_spin_heat_bath(double field, double temperature)
{
    if (temperature > 0.0) return 1.0 / (1.0 + exp(-2.0 * field / temperature));
    return field > 0.0 ? 1.0 : field < 0.0 ? 0.0 : NAN;
}

double hebb_one_spin_metropolis(double field, double temperature)
{
    if (temperature > 0.0) return fmin(1.0, exp(-2.0 * field / temperature));
    return field < 0.0 ? 1.0 : 0.0;
}
