#include "kept_pattern.h"

#include <math.h>

double hebb_kept_pattern_least(double temperature)
{
    enum { N_STEPS = 200 }; /* from above; close to T = 1, where they stop short, the second bound counts */
    if (temperature >= 1.0) return INFINITY; /* none does: what there is is chance */
    double m = 1.0;
    for (int k = 0; k < N_STEPS; k++) m = tanh(m / temperature);
    return fmax(0.5 * m, 0.15);
}
