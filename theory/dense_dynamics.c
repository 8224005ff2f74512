#include "dense_dynamics.h"

#include <math.h>

#include "dense_retrieval.h"
#include "retrieval_dynamics.h"

hebb_status hebb_dense_dynamics_exact(int degree, double load, double m0, double m[3])
{
    if (degree < 2 || degree > HEBB_DENSE_MAX_DEGREE || !(load >= 1e-6 && load <= 1e6) || !(m0 >= 0.0 && m0 <= 1.0))
        return HEBB_EDOM;
    if (degree == 2) return hebb_retrieval_dynamics_exact(load, m0, m);
    const double k = degree - 1.0, width = sqrt(2.0 * load), y = pow(m0, k) / width;
    m[0] = m0;
    m[1] = erf(y);
    const double response = M_2_SQRTPI / width * exp(-y * y);
    const double slope =
        k * k * hebb_dense_gaussian_moment(degree - 2, m0 * m[1]) / hebb_dense_double_factorial(degree);
    const double signal = pow(m[1], k), echo = load * slope * response;
    m[2] = 0.5 * ((1.0 + m0) * erf((signal + echo) / width) + (1.0 - m0) * erf((signal - echo) / width));
    return HEBB_OK;
}

void hebb_dense_dynamics_map(int degree, double load, double m0, size_t n_steps, double *m)
{
    m[0] = m0;
    for (size_t t = 0; t < n_steps; t++) m[t + 1] = erf(pow(m[t], degree - 1.0) / sqrt(2.0 * load));
}
