#include "dense_capacity.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "capacity.h"
#include "root.h"

static int is_degree(int degree)
{
    return degree >= 2 && degree <= HEBB_DENSE_CAPACITY_MAX_DEGREE;
}

double hebb_dense_double_factorial(int degree)
{
    double product = 1.0;
    for (int k = 3; k <= 2 * degree - 3; k += 2) product *= k;
    return product;
}

hebb_status hebb_dense_alpha_one_step(int degree, double p_error, double *alpha)
{
    if (!is_degree(degree) || !(p_error > 0.0) || !(p_error < 0.5)) return HEBB_EDOM;
    const double z = gsl_cdf_ugaussian_Qinv(p_error);
    *alpha = 1.0 / (hebb_dense_double_factorial(degree) * z * z);
    return HEBB_OK;
}

hebb_status hebb_dense_gaussian(int degree, int is_rectified, double n_neurons, double n_patterns, double *p_error)
{
    if (!is_degree(degree) || !(n_neurons >= 1.0) || !(n_patterns >= 1.0)) return HEBB_EDOM;
    const double moment = hebb_dense_double_factorial(degree) * (is_rectified ? 0.5 : 1.0);
    *p_error = 0.5 * erfc(sqrt(pow(n_neurons, degree - 1) / (2.0 * n_patterns * moment)));
    return HEBB_OK;
}

/* The sign of d ln(erf(y)^(n-1)/y)/dy: falls through its only zero. */
static double rise(double y, void *params)
{
    const int degree = *(const int *)params;
    return (degree - 1) * M_2_SQRTPI * y * exp(-y * y) - erf(y);
}

hebb_status hebb_dense_end_y(int degree, double *y)
{
    if (!is_degree(degree) || degree < 3) return HEBB_EDOM;
    /* Near 0 it rises, (n-2) 2y/sqrt(pi) > 0; at 5 + n/10 e^{-y^2} has won. */
    return hebb_root_brent(rise, &degree, 1e-3, 5.0 + 0.1 * degree, y);
}

hebb_status hebb_dense_limit_t0(int degree, hebb_dense_end *limit)
{
    if (!is_degree(degree)) return HEBB_EDOM;
    if (degree == 2) {
        hebb_capacity hopfield;
        const hebb_status status = hebb_capacity_t0(&hopfield);
        *limit = (hebb_dense_end){hopfield.alpha, hopfield.m, hopfield.alpha};
        return status;
    }
    double y;
    const hebb_status status = hebb_dense_end_y(degree, &y);
    if (status != HEBB_OK) return status;
    const double m = erf(y), root = pow(m, degree - 1) / y, a = 0.5 * root * root;
    *limit = (hebb_dense_end){a, m, a / hebb_dense_double_factorial(degree)};
    return HEBB_OK;
}
