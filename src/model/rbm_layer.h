/*
 * rbm_layer - one direction of an RBM, from the states of one layer to the fields, means and states of the other, for many
 *             states at once; in single precision
 *
 *   x_j = beta (bias_j + sum_i s_i W_ij) + (1 - beta) base_j
 *
 * beta and the base bias are for annealed importance sampling and replica exchange; they are 1 and 0 unless set.
 *
 * Two-valued units are not multiplied: the rows of those that are on are added, in the order of the indices, from left to
 * right in single precision; units -1, +1 are 2s - 1 with s in {0, 1}: bias_j - sum_i W_ij + 2 sum_{i on} W_ij.  So the
 * result is the same for every kernel, to the bit.  Real-valued states go through sgemm.
 *
 * Random numbers: unit j of chain r in sweep t has word j % 4 of the block at (t, r, j / 4); two-valued units are on where
 * ln(u/(1 - u)) < x (binary) or 2x (sign), u = (word + 1/2)/2^32.
 */
#ifndef HEBB_MODEL_RBM_LAYER_H
#define HEBB_MODEL_RBM_LAYER_H

#include <stdbool.h>
#include "index_lists.h"
#include "philox.h"
#include "rbm.h"

/* States of a layer: lists of two-valued units, or numbers of Gaussian ones. */
typedef struct {
    size_t n_states, n_units;
    hebb_layer_kind kind;
    hebb_index_lists lists; /* two-valued */
    float *reals;           /* Gaussian: n_states x n_units */
} hebb_layer_states;

/* HEBB_ENOMEM; HEBB_EDOM for Gaussian ones of more states or units than an int counts. */
HEBB_CHECK_RESULT hebb_status hebb_layer_states_init(hebb_layer_states *states, hebb_layer_kind kind, size_t n_states,
                                                     size_t n_units);
/* Safe on zeroed ones and twice. */
void hebb_layer_states_free(hebb_layer_states *states);

/* State r as numbers: 0, 1; -1, +1; or real. */
void hebb_layer_states_get(const hebb_layer_states *states, size_t r, double *numbers);

typedef enum { HEBB_RBM_UP, HEBB_RBM_DOWN } hebb_rbm_direction; /* visible to hidden; hidden to visible */

typedef struct {
    hebb_rbm_direction direction;
    size_t n_in, n_out;
    size_t stride; /* hebb_rows_stride: n_out in whole 16s, an odd number of them */
    hebb_layer_kind in, out;
    float sigma; /* of Gaussian units out */
    float beta;
    float *rows;   /* n_in x stride: row i has the weights of unit i with all units out */
    float *bias;   /* stride */
    float *base;   /* stride; NULL: 0 */
    float *offset; /* stride: the fields where no unit is on: bias, less the sum of rows for units -1, +1 */
    float *start;  /* stride: offset, half of it for units -1, +1: what the sums begin with */
    int n_threads; /* of fields, means and sampling, whose results do not depend on it; 1 at first */
} hebb_rbm_layer;

/* HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_layer_init(hebb_rbm_layer *layer, const hebb_rbm *rbm,
                                                  hebb_rbm_direction direction);

/* Safe on a zeroed one and twice. */
void hebb_rbm_layer_free(hebb_rbm_layer *layer);

/* Takes the machine's weights and biases, rounded. */
void hebb_rbm_layer_load(hebb_rbm_layer *layer, const hebb_rbm *rbm);

/* To be called after rows or biases were changed by hand. */
void hebb_rbm_layer_refresh(hebb_rbm_layer *layer);

/* fields: states->n_states x stride. */
void hebb_rbm_layer_fields(const hebb_rbm_layer *layer, const hebb_layer_states *states, float *fields);

/* means from fields, both n_states x stride; they may be one array.  Means of the columns beyond n_out are 0. */
void hebb_rbm_layer_means(const hebb_rbm_layer *layer, size_t n_states, const float *fields, float *means);

/* States from fields; those of chain first_chain + r for r < n_states = states->n_states. */
void hebb_rbm_layer_sample(const hebb_rbm_layer *layer, const float *fields, hebb_philox noise, uint32_t sweep,
                           uint32_t first_chain, hebb_layer_states *states);

#endif
