/*
 * one_spin - functions of one spin in a field x = h/T without cancellation or overflow
 *
 *   x - tanh x,   sech^2 x,   ln 2cosh x - x
 */
#ifndef HEBB_THEORY_ONE_SPIN_H
#define HEBB_THEORY_ONE_SPIN_H

/* x - tanh x = x^3/3 - ..; any x; relative error 4e-16. */
double hebb_one_spin_x_minus_tanh(double x);

/* sech^2 x; any x, infinite included; relative error 1e-15 to where it underflows. */
double hebb_one_spin_sech2(double x);

/* ln(1 + exp(-2|x|)) = ln 2cosh x - |x|; any x; relative error 4e-16. */
double hebb_one_spin_log_2cosh_excess(double x);

#endif
