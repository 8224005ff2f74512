/*
 * field_kernel - the inner loops of the Hopfield model in pattern space, in forms for different processors
 *
 *   sum_mu xi_i^mu M^mu,   M^mu = sum_j xi_j^mu s_j      a neuron's field, times N, with its own contribution p s_i
 *   sum_mu xi_i^mu xi_j^mu                               what a flip of i does to the field of j
 *   M^mu += c xi_i^mu                                    what it does to the overlaps
 *
 * No N x N matrix is ever built.  Everything is whole numbers, so every kernel gives the same to the bit.  A new
 * kernel is a new file and a line in field_kernel.c.
 *
 * [ADKF70] V. L. Arlazarov, E. A. Dinic, M. A. Kronrod, I. A. Faradzev, On economical construction of the transitive
 *          closure of a directed graph, Sov. Math. Dokl. 11 (1970) 1209: tables of partial sums, "four Russians".
 */
#ifndef HEBB_MODEL_FIELD_KERNEL_H
#define HEBB_MODEL_FIELD_KERNEL_H

#include <stdbool.h>
#include "patterns.h"

/* The most neurons in one call of `fields`. */
enum { HEBB_FIELD_BLOCK = 256 };

typedef struct {
    const char *name;

    /*
     * fields[k] = sum_mu xi_{neurons[k]}^mu overlaps[mu],  k < n <= HEBB_FIELD_BLOCK
     *
     * overlaps  in   64 words_per_neuron numbers, the padding 0
     *
     * Cost: p / 8 table look-ups a neuron, and 32 p additions a call to fill the tables.
     */
    void (*fields)(const hebb_patterns *patterns, const int32_t *overlaps, size_t n, const uint32_t *neurons,
                   int64_t *fields);

    /* fields[k] += change * sum_mu xi_i^mu xi_{neurons[k]}^mu,  k < n. */
    void (*add_row_products)(const hebb_patterns *patterns, size_t neuron, int change, size_t n,
                             const uint32_t *neurons, int64_t *fields);

    /* overlaps[mu] += change * xi_i^mu for mu < p; the padding stays 0. */
    void (*add_row)(const hebb_patterns *patterns, size_t neuron, int change, int32_t *overlaps);
} hebb_field_kernel;

/* The fastest that this processor runs. */
const hebb_field_kernel *hebb_field_kernel_best(void);

/* All that this processor runs, ended by NULL; the plain C one comes first. */
const hebb_field_kernel *const *hebb_field_kernels(void);

#endif
