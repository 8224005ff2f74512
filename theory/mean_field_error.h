/*
 * mean_field_error - by how much naive mean field and TAP are wrong for weak random couplings, averaged over them
 *
 * N units +-1 at T = 1, w_ij Gaussian of variance g^2/N, biases b_i Gaussian of width B.  With V = tanh b, d = 1 - V^2,
 * a = V d, and <.> over b, to leading order in g (docs/theory/boltzmann.md (8))
 *
 *   naive   mean (V_i - <s_i>)^2    = g^4 <a^2> (3 (N-1) <d^2> + (N-1)(N-2) <d>^2)/N^2
 *           mean (F + ln Z)/N       = g^2 (N-1) <d>^2/(4N)
 *   TAP     mean (V_i - <s_i>)^2    = g^6 ((20/3)(N-1) <d^2 (1 - 3V^2)^2> <a^2> + 2 (N-1)(N-2) <a^2> <d^2>^2)/N^3
 *           mean (F + ln Z)^2/N^2   = g^6 ((10/3) N (N-1) <a^2>^2 + N (N-1)(N-2) <d^2>^3/6)/N^5
 *
 * from the first term of Plefka's expansion that each leaves out.                                          [P82, GY91]
 *
 * [P82]  T. Plefka, J. Phys. A 15 (1982) 1971.
 * [GY91] A. Georges, J. S. Yedidia, J. Phys. A 24 (1991) 2173.
 */
#ifndef HEBB_THEORY_MEAN_FIELD_ERROR_H
#define HEBB_THEORY_MEAN_FIELD_ERROR_H

typedef struct {
    double naive_means;       /* over g^4 */
    double naive_free_energy; /* over g^2, of a unit */
    double tap_means;         /* over g^6 */
    double tap_free_energy;   /* over g^6, of a unit, squared */
} hebb_mean_field_error;

/*
 * n_units  in  N >= 1
 * field    in  B, 0 to 10
 *
 * To 1e-13 of each number.
 */
hebb_mean_field_error hebb_mean_field_error_at(double n_units, double field);

#endif
