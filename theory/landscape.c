#include "landscape.h"

#include <math.h>

#include "one_spin.h"

hebb_status hebb_landscape(int n_patterns, const double *M, double T, double *f)
{
    if (n_patterns < 1 || n_patterns > HEBB_MAX_MIXED || !(T >= 0.0) || isinf(T)) return HEBB_EDOM;
    double value = 0.0;
    for (int i = 0; i < n_patterns; i++) {
        if (!isfinite(M[i])) return HEBB_EDOM;
        value += 0.5 * M[i] * M[i];
    }
    const int n_signs = 1 << (n_patterns - 1);
    double spins = 0.0;
    for (int a = 0; a < n_signs; a++) {
        int xi[HEBB_MAX_MIXED];
        double h = 0.0;
        hebb_sign_vector(n_patterns, a, xi);
        for (int i = 0; i < n_patterns; i++) h += M[i] * xi[i];
        spins += fabs(h) + (T > 0.0 ? T * hebb_one_spin_log_2cosh_excess(h / T) : 0.0);
    }
    *f = value - spins / n_signs;
    return HEBB_OK;
}
