/*
 * root - zeros and maxima of a function of one variable, inside a bracket
 *
 * Three ways: Brent's, which is GSL's, where there is no derivative; Newton's with a bracket, which GSL does not have,
 * where there is one: a third of the evaluations, and each is an average or a nested solution; and bisection to the
 * last bit, where the values themselves have few digits.
 *
 * [B73] R. P. Brent, Algorithms for Minimization without Derivatives (1973), ch. 4.
 */
#ifndef HEBB_THEORY_ROOT_H
#define HEBB_THEORY_ROOT_H

#include "status.h"

/* NaN ends the search with HEBB_ENOCONV. */
typedef double (*hebb_root_function)(double x, void *params);

/*
 * The zero between low and high, where the function has different signs, to four units in the last place.     [B73]
 * Returns HEBB_OK or HEBB_ENOCONV (also for equal signs).
 */
HEBB_CHECK_RESULT hebb_status hebb_root_brent(hebb_root_function function, void *params, double low, double high,
                                              double *root);

/* As above, with *slope the derivative; a NaN there asks for a bisection. */
typedef double (*hebb_root_falling_function)(double x, void *params, double *slope);

/*
 * The zero of a function that is positive between low and the zero and negative between it and high.  The ends are not
 * evaluated.  Newton's steps; one that leaves the bracket is replaced by bisection, of the logarithm where
 * high > 4 low.
 *
 * start  in   between low and high
 * root   out  as exact as the function's own rounding allows
 *
 * Returns HEBB_OK, or HEBB_ENOCONV where a value is NaN or after 300 steps.
 */
HEBB_CHECK_RESULT hebb_status hebb_root_newton(hebb_root_falling_function function, void *params, double low,
                                               double high, double start, double *root);

/*
 * The change of sign between low and high, by bisection until the two are neighbours: for functions that jump, or whose
 * value has few digits near its zero.  low keeps its sign; a NaN counts as the other one, and high is not evaluated.
 *
 * low   in   an end with a value; out  the last number with its sign
 * high  in   the other end, above low and of the other sign; out  the next number
 *
 * Cost: an evaluation for each bit between them: some 55 within a factor of ten, up to 1100 from 0.
 */
void hebb_root_bisect(hebb_root_function function, void *params, double *low, double *high);

/*
 * The place of a maximum between low and high, by golden section, until these are closer than absolute + relative
 * high.  A maximum's place is known to half of the digits of its value, and to no more.
 *
 * Returns HEBB_OK, or HEBB_ENOCONV where a value is NaN.
 */
HEBB_CHECK_RESULT hebb_status hebb_root_maximum(hebb_root_function function, void *params, double low, double high,
                                                double absolute, double relative, double *place);

#endif
