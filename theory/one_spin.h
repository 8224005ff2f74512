/*
 * one_spin - functions of one spin in a field x = h/T without cancellation or overflow, and what one update makes of it
 *
 *   x - tanh x,   sech^2 x,   ln 2cosh x - x
 *   heat bath    P(s = +1) = 1/(1 + exp(-2h/T))        [G63]
 *   Metropolis   P(s turns) = min(1, exp(-2 s h/T))    [MRT53]
 *
 * [G63]   R. J. Glauber, J. Math. Phys. 4 (1963) 294.
 * [MRT53] N. Metropolis et al., J. Chem. Phys. 21 (1953) 1087.
 */
#ifndef HEBB_THEORY_ONE_SPIN_H
#define HEBB_THEORY_ONE_SPIN_H

/* x - tanh x = x^3/3 - ..; any x; relative error 4e-16. */
double hebb_one_spin_x_minus_tanh(double x);

/* sech^2 x; any x, infinite included; relative error 1e-15 to where it underflows. */
double hebb_one_spin_sech2(double x);

/* ln(1 + exp(-2|x|)) = ln 2cosh x - |x|; any x; relative error 4e-16. */
double hebb_one_spin_log_2cosh_excess(double x);

/* P(s = +1) after a heat-bath update in the field h at T >= 0; NaN at T = 0, h = 0, where a spin stays as it is. */
double hebb_one_spin_heat_bath(double field, double temperature);

/* P(s turns) in a Metropolis update at T >= 0; field: s h.  At T = 0 it turns where that is negative. */
double hebb_one_spin_metropolis(double field, double temperature);

#endif
