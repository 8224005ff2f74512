#include "pattern_sum.h"

#include <math.h>

void hebb_pattern_sum_law(int n, double *weight)
{
    /* long double: a hundred factors, each rounded, stay below a double's last place */
    long double probability = ldexpl(1.0L, -n);
    for (int k = 0; k <= n; k++) {
        weight[k] = (double)probability;
        probability *= (long double)(n - k) / (long double)(k + 1);
    }
}
