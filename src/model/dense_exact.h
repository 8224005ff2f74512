/*
 * dense_exact - the sign of D_i of a dense memory where double does not tell it
 *
 *   D_i = sum_a c(a) G(a),   c(a) = sum of xi_i^mu over the patterns with a_i^mu = a        whole numbers, sum |c| = K
 *
 * Powers: D_i = sum_x (c(x - 1) - c(x + 1)) F(x).  Positive and negative terms are whole numbers that add up to 2 K N^n at
 * most; GMP's limbs hold the two sums, which are compared.
 *
 * Exponential: D_i = (e - 1/e) sum_a c(a) e^a, a polynomial in e^-2: exponential_sign.h.
 *
 * Nothing is allocated in a decision.  K <= 2^24.
 */
#ifndef HEBB_MODEL_DENSE_EXACT_H
#define HEBB_MODEL_DENSE_EXACT_H

#include "dense_weights.h"
#include "exponential_sign.h"

typedef struct {
    hebb_interaction interaction;
    size_t n_neurons, n_patterns;
    size_t n_limbs;    /* of a sum of powers; the most of an exponential's */
    int32_t *counts;   /* c(a), a = -N - 1, -N + 1 .. N + 1 */
    uint64_t *limbs;   /* room */
    int64_t *n_unsure; /* decisions that HEBB_EXACT_LIMBS did not make */
} hebb_dense_exact;

/* HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_dense_exact_init(hebb_dense_exact *exact, size_t n_neurons, size_t n_patterns,
                                                    hebb_interaction interaction);

/* Safe on a zeroed one and twice. */
void hebb_dense_exact_free(hebb_dense_exact *exact);

double hebb_dense_exact_bytes(size_t n_neurons);

/*
 * The sign of D_i of a neuron with that row and spin: -1, 0 or 1.  Where that cannot be told, 0, and n_unsure is raised.
 * What is borrowed in `exact` is written to: one decision at a time.
 */
int hebb_dense_exact_sign(const hebb_dense_exact *exact, const int32_t *overlaps, const uint64_t *row, int spin);

#endif
