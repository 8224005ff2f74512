/*
 * field_average - averages over a Gaussian local field H = h + a z at temperature T, down to T = 0
 *
 *   m = <tanh(H/T)>,   q = <tanh^2(H/T)>,   C = dm/dh = <sech^2(H/T)>/T,   and C's derivatives by h
 *
 * z is a unit Gaussian.  m obeys the heat equation dm/da = a d^2m/dh^2, so that derivatives by a are derivatives by h.
 *
 * No fixed set of nodes serves all temperatures: tanh becomes a step.  Two trapezoidal sums do, whose error falls
 * exponentially as the integrands are analytic in a strip (docs/theory/field_average.md (2) to (4), [TW14]):
 *   a/T <= 2   over z itself, the nodes h + w and h - w taken together so that nothing cancels for small h
 *   a/T >  2   tanh(x) is sgn smeared with the density (1/2) sech^2 y:  m = int (1/2) sech^2(y) erf((h - T y)/(a sqrt 2)) dy
 * The second one has T = 0 as a plain case.
 *
 * [TW14] L. N. Trefethen, J. A. C. Weideman, SIAM Review 56 (2014) 385.
 */
#ifndef HEBB_THEORY_FIELD_AVERAGE_H
#define HEBB_THEORY_FIELD_AVERAGE_H

/* Above this a/T the sum is the smeared one. */
#define HEBB_FIELD_SMEARED_FROM 2.0

typedef struct {
    double m;         /* <tanh(H/T)> */
    double error;     /* (1 - m)/2, with its own digits where m is close to 1 */
    double q;         /* <tanh^2(H/T)> */
    double c;         /* dm/dh = <sech^2(H/T)>/T */
    double c1;        /* dc/dh */
    double c2;        /* d^2c/dh^2 */
    double sech4;     /* <sech^4(H/T)>/T */
    double shortfall; /* <x - tanh x> = h/T - m, x = H/T; where a <= 2T with its own digits */
} hebb_field_average;

/*
 * h  in  mean, >= 0
 * a  in  width, > 0
 * T  in  temperature, >= 0
 *
 * Relative errors below 1e-13 in m, error, q, c, sech4, however small they are above 1e-290; c1 and c2 to 1e-13 of
 * c/a and c/a^2, or of c/T and c/T^2 where T is larger.  Cost: 100 to 400 nodes, 2 to 6 us; where error is below
 * 1e-100, up to 2000.
 */
hebb_field_average hebb_field_average_at(double h, double a, double T);

/*
 * q - a^2 <sech^4(H/T)>/T^2 for h = 0: what decides the stability of a state without a mean field.  With g = tanh,
 * Var g <= a^2 <g'^2> (Poincare), it is negative, of order (a/T)^6 for small a/T, and keeps its digits there.
 *
 * Relative error 1e-13 for a <= 2T, 1e-15 of its terms above.
 */
double hebb_field_instability(double a, double T);

typedef struct {
    double potential; /* T <ln cosh(H/T)>; <|H|> at T = 0 */
    double entropy;   /* <ln 2cosh(H/T) - (H/T) tanh(H/T)> */
} hebb_field_potential;

/* Arguments as above; potential to 1e-15 of h + a, entropy to a relative 1e-13. */
hebb_field_potential hebb_field_potential_at(double h, double a, double T);

#endif
