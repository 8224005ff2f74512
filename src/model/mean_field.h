/*
 * mean_field - the means of a Boltzmann machine's units in mean field, with or without Onsager's reaction
 *
 * Units +-1, V_i = <s_i>:
 *
 *   naive   V_i = tanh(h_i/T),   h_i = sum_j w_ij V_j + b_i                                                [PA87]
 *   TAP     V_i = tanh((h_i - V_i sum_j w_ij^2 (1 - V_j^2)/T)/T)                                           [TAP77]
 *
 * Units {0, 1} with d_j = V_j - V_j^2:
 *
 *   naive   V_i = 1/(1 + exp(-h_i/T))
 *   TAP     the same with h_i + (1/2 - V_i) sum_j w_ij^2 d_j/T
 *
 * Both are stationary points of a free energy
 *
 *   F(V) = -sum_{i<j} w_ij V_i V_j - sum_i b_i V_i - T sum_i S(V_i) - [TAP] (1/2T) sum_{i<j} w_ij^2 d_i d_j
 *
 * with d_j = 1 - V_j^2 for units +-1, and S the entropy of one unit of mean V in nats.  The naive F is an upper bound
 * of -T ln Z; TAP's is the next order in 1/T [P82] and no bound.  A machine and its conversion to the other kind of
 * units have the same means in both orders, and the same F but for the offset of their energies.
 *
 * For weak couplings naive means are wrong by order w^2, TAP's by w^3 (docs/theory/boltzmann.md (4), (5)).
 *
 * [PA87]  C. Peterson, J. R. Anderson, A mean field theory learning algorithm for neural networks, Complex Syst. 1
 *         (1987) 995.
 * [TAP77] D. J. Thouless, P. W. Anderson, R. G. Palmer, Phil. Mag. 35 (1977) 593.
 * [P82]   T. Plefka, J. Phys. A 15 (1982) 1971.
 */
#ifndef HEBB_MODEL_MEAN_FIELD_H
#define HEBB_MODEL_MEAN_FIELD_H

#include <stdbool.h>
#include "boltzmann.h"

typedef enum { HEBB_MEAN_FIELD_NAIVE, HEBB_MEAN_FIELD_TAP } hebb_mean_field_order;

typedef struct {
    hebb_mean_field_order order;
    bool is_synchronous; /* all units at once; else one after the other */
    double damping;      /* V <- damping V + (1 - damping) new, from 0 to below 1; 0: none */
    double tolerance;    /* settled where no unit moves by more in a sweep */
    long max_sweeps;     /* so many at most; with tolerance 0: exactly so many */
} hebb_mean_field_options;

typedef struct {
    long sweeps;     /* done */
    double residual; /* the largest move of the last sweep */
} hebb_mean_field_result;

/*
 * Settles the units that are not clamped, from the means in v.
 *
 * is_clamped  in      n_units; NULL: none are
 * v           inout   n_units
 * result      out     NULL: not wanted
 *
 * Returns HEBB_OK; HEBB_ENOCONV where the tolerance (above 0) was not met or a mean is no number, v and result then as
 * they came to be; HEBB_EDOM for a temperature that is not above 0, or options out of range; HEBB_ENOMEM.
 * Cost: n^2 a sweep, twice that with TAP.
 */
HEBB_CHECK_RESULT hebb_status hebb_mean_field_settle(const hebb_boltzmann *machine,
                                                     const hebb_mean_field_options *options, double temperature,
                                                     const uint8_t *is_clamped, double *v,
                                                     hebb_mean_field_result *result);

/*
 * The same in the caller's room: nothing is allocated.
 *
 * buffer  in  HEBB_MEAN_FIELD_BUFFER x n_units, whatever is in them
 */
enum { HEBB_MEAN_FIELD_BUFFER = 2 };
HEBB_CHECK_RESULT hebb_status hebb_mean_field_settle_in(const hebb_boltzmann *machine,
                                                        const hebb_mean_field_options *options, double temperature,
                                                        const uint8_t *is_clamped, double *buffer, double *v,
                                                        hebb_mean_field_result *result);

/* sum_i S(V_i) in nats.  Cost: n. */
double hebb_mean_field_entropy(const hebb_boltzmann *machine, const double *v);

/* F(V), of means within the units' range; at T = 0 the energy of V alone.  Cost: n^2. */
double hebb_mean_field_free_energy(const hebb_boltzmann *machine, hebb_mean_field_order order, double temperature,
                                   const double *v);

#endif
