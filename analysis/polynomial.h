/*
 * polynomial - a parabola or a straight line through points with errors
 *
 *   y = a_0 + a_1 x + .. + a_degree x^degree     by least squares, weights 1/error^2
 */
#ifndef HEBB_ANALYSIS_POLYNOMIAL_H
#define HEBB_ANALYSIS_POLYNOMIAL_H

#include <stddef.h>
#include "status.h"

enum { HEBB_MAX_DEGREE = 2 };

typedef struct {
    int degree;
    double centre, scale; /* the coefficients are those of ((x - centre)/scale)^k */
    double coefficient[HEBB_MAX_DEGREE + 1];
    double covariance[HEBB_MAX_DEGREE + 1][HEBB_MAX_DEGREE + 1];
    double chi_squared; /* of n - degree - 1 degrees of freedom */
} hebb_polynomial;

/*
 * n points, at degree + 1 different x at least.  Where they lie off the curve by more than their errors
 * (chi^2 > n - degree - 1), the covariance is larger by chi^2/(n - degree - 1).
 *
 * degree  in  0 .. HEBB_MAX_DEGREE
 *
 * Returns HEBB_OK; HEBB_ENOSOLUTION for too few points, or for errors that are not positive.  Allocates nothing.
 */
HEBB_CHECK_RESULT hebb_status hebb_polynomial_fit(size_t n, const double *x, const double *y, const double *error,
                                                  int degree, hebb_polynomial *fit);

/* Its value at x, the slope there, and the value's standard error; the last two may be NULL. */
double hebb_polynomial_at(const hebb_polynomial *fit, double x, double *slope, double *error);

/* The standard error of the slope at x. */
double hebb_polynomial_slope_error(const hebb_polynomial *fit, double x);

/*
 * Where it vanishes: the zero next to x, by Newton's iteration from there.
 *
 * error  out  the standard error of the zero, that of the value there over the slope
 *
 * Returns HEBB_OK; HEBB_ENOSOLUTION where there is none.
 */
HEBB_CHECK_RESULT hebb_status hebb_polynomial_zero(const hebb_polynomial *fit, double x, double *zero, double *error);

#endif
