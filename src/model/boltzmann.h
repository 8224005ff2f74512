/*
 * boltzmann - a Boltzmann machine: units joined by symmetric weights, some of them visible
 *
 *   E(s) = -sum_{i<j} w_ij s_i s_j - sum_i b_i s_i,   h_i = sum_j w_ij s_j + b_i           [AHS85, eq. 1, 2]
 *   P(s) = exp(-E(s)/T) / Z
 *   P(s_i = on | all others) = 1/(1 + exp(-h_i/T))    units {0, 1}
 *                              1/(1 + exp(-2 h_i/T))  units {-1, +1}
 *
 * Units are numbered visible first; of the visible ones those that are input come before those that are output.  A mask
 * says which pairs may be joined and which units have a bias: all else stays 0 through learning.  Any mask can be made,
 * pair by pair (hebb_boltzmann_permit).
 *
 * The two kinds of units are one model in two coordinates, s = 2x - 1:
 *
 *   w^x_ij = 4 w_ij,   b^x_i = 2 b_i - 2 sum_j w_ij,   E(s) = E^x(x) - sum_{i<j} w_ij + sum_i b_i
 *
 * docs/theory/boltzmann.md (1) to (3).
 *
 * [AHS85] D. H. Ackley, G. E. Hinton, T. J. Sejnowski, A learning algorithm for Boltzmann machines, Cogn. Sci. 9 (1985)
 *         147.
 */
#ifndef HEBB_MODEL_BOLTZMANN_H
#define HEBB_MODEL_BOLTZMANN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "philox.h"
#include "status.h"

typedef enum { HEBB_UNITS_SIGN, HEBB_UNITS_BINARY } hebb_unit_kind; /* {-1, +1}, {0, 1} */

/* Which pairs may be joined. */
typedef enum {
    HEBB_LINKS_FULL,            /* all */
    HEBB_LINKS_NO_INPUT_OUTPUT, /* all but input with output */
    HEBB_LINKS_LAYERED,         /* input with hidden and hidden with output: no links within a layer */
    HEBB_LINKS_RESTRICTED       /* visible with hidden */
} hebb_links;

typedef struct {
    size_t n_input, n_output, n_hidden; /* input and output are the visible units */
    size_t n_visible, n_units;
    hebb_unit_kind kind;
    double *weights;   /* n_units x n_units, symmetric, 0 on the diagonal and where the mask is 0 */
    double *biases;    /* n_units */
    uint8_t *may_link; /* n_units x n_units, 0 or 1, symmetric, 0 on the diagonal */
    uint8_t *has_bias; /* n_units, 0 or 1; all 1 at first */
} hebb_boltzmann;

/*
 * A machine whose weights and biases are all 0.
 * Returns HEBB_OK; HEBB_EDOM for no visible units or more than 2^20 units; HEBB_ENOMEM for more than there is, before
 * any is taken: 9 bytes a pair of units.
 */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_init(hebb_boltzmann *machine, size_t n_input, size_t n_output,
                                                  size_t n_hidden, hebb_unit_kind kind, hebb_links links);

/* Bytes of a machine of n_units. */
double hebb_boltzmann_bytes(size_t n_units);

/* Safe on a zeroed machine and twice. */
void hebb_boltzmann_free(hebb_boltzmann *machine);

/* Lets two different units be linked, or keeps them apart, with weight 0; lets a unit have a bias, or none. */
void hebb_boltzmann_permit(hebb_boltzmann *machine, size_t i, size_t j, bool may_link);
void hebb_boltzmann_permit_bias(hebb_boltzmann *machine, size_t i, bool has_bias);

/*
 * Hidden layers: links from input to the first, from each to the next, from the last to output, and no others.  The
 * hidden units are numbered layer by layer.
 *
 * sizes  in  n_layers >= 1 of them, n_hidden together
 *
 * Returns HEBB_OK; HEBB_EDOM for sizes that are not n_hidden together, or 0.
 */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_layer(hebb_boltzmann *machine, size_t n_layers, const size_t *sizes);

/*
 * Whether weights and biases are finite, symmetric, and 0 where the mask says so: what is read from a file may not be.
 * Returns HEBB_OK; HEBB_EDATA with the first unit or pair that is not.
 */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_check(const hebb_boltzmann *machine);

/* Sets w_ij = w_ji, of two units that may be linked. */
void hebb_boltzmann_set_weight(hebb_boltzmann *machine, size_t i, size_t j, double weight);

/* E(s); s has n_units numbers of the machine's kind.  Cost: n^2. */
double hebb_boltzmann_energy(const hebb_boltzmann *machine, const int8_t *state);

/* h_i.  Cost: n. */
double hebb_boltzmann_field(const hebb_boltzmann *machine, const int8_t *state, size_t unit);

/* All of them: fields, out, n_units.  Cost: n^2. */
void hebb_boltzmann_fields(const hebb_boltzmann *machine, const int8_t *state, double *fields);

/* By how much the energy changes where the unit goes to its other value.  Cost: n. */
double hebb_boltzmann_flip_energy(const hebb_boltzmann *machine, const int8_t *state, size_t unit);

/*
 * The same machine in the other kind of units, made by this function.
 *
 * offset  out  E of machine = E of other + offset, for every state
 *
 * Weights are exact (above 2^-1020), biases and offset but for the rounding of sums of weights: there and back, weights are the same to
 * the bit and biases to 2 n_units 2^-53 (|b_i| + sum_j |w_ij|), in the units +-1.  All units of the other machine may
 * have a bias.  Returns HEBB_OK; HEBB_EDATA for a machine that hebb_boltzmann_check refuses; HEBB_EDOM where a number
 * of the other one is too large for a double; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_convert(const hebb_boltzmann *machine, hebb_boltzmann *other,
                                                     double *offset);

/*
 * Random weights and biases, pair by pair where the mask allows, in the order (0,1), (0,2), ..., then the biases:
 * uniform on (-scale, scale), or Gaussian of that standard deviation.
 */
void hebb_boltzmann_draw_uniform(hebb_boltzmann *machine, hebb_stream *stream, double scale);
void hebb_boltzmann_draw_gaussian(hebb_boltzmann *machine, hebb_stream *stream, double scale);

/* The value of a unit that is off: -1 or 0. */
static inline int8_t hebb_unit_off(hebb_unit_kind kind)
{
    return kind == HEBB_UNITS_SIGN ? -1 : 0;
}

#endif
