#include "rbm_bridge.h"

#include <math.h>

static double sigmoid(double y)
{
    return y >= 0.0 ? 1.0 / (1.0 + exp(-y)) : exp(y) / (1.0 + exp(y));
}

/* What is left of the equation at x, which falls with x, and the negative of its slope. */
static double rest(size_t n, const double *below, const double *above, double x, double *slope)
{
    double sum = 0.0;
    *slope = 0.0;
    for (size_t k = 0; k < n; k++) {
        const double a = sigmoid(below[k] - x), b = sigmoid(x - above[k]);
        sum += a - b;
        *slope += a * (1.0 - a) + b * (1.0 - b);
    }
    return sum;
}

/* Newton's steps, and halving where they lead out of what is known to hold the root. */
static double solve(size_t n, const double *below, const double *above)
{
    double low = INFINITY, high = -INFINITY, slope;
    for (size_t k = 0; k < n; k++) {
        low = fmin(low, fmin(below[k], above[k]));
        high = fmax(high, fmax(below[k], above[k]));
    }
    double x = 0.5 * (low + high);
    for (int step = 0; step < 200 && high - low > 1e-13 * (1.0 + fabs(x)); step++) {
        const double left = rest(n, below, above, x, &slope);
        if (left > 0.0)
            low = x;
        else
            high = x;
        const double next = slope > 0.0 ? x + left / slope : low;
        if (fabs(next - x) < 1e-13 * (1.0 + fabs(x))) return next;
        x = next > low && next < high ? next : 0.5 * (low + high);
    }
    return x;
}

double hebb_bridge(size_t n_rounds, size_t n_groups, const double *below, const double *above, double *influences)
{
    const size_t n = n_rounds * n_groups;
    const double x = solve(n, below, above), correction = sqrt((double)n_groups / ((double)n_groups - 1.0));
    double slope;
    (void)rest(n, below, above, x, &slope);
    for (size_t g = 0; g < n_groups; g++) {
        double sum = 0.0;
        for (size_t t = 0; t < n_rounds; t++)
            sum += sigmoid(below[t * n_groups + g] - x) - sigmoid(x - above[t * n_groups + g]);
        influences[g] = correction * sum / slope;
    }
    return x;
}
