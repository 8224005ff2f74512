/*
 * dense_weights - what the sums of a dense memory are made of: one number a pattern, the same for all neurons
 *
 *   u = F(M + 2) - F(M) = G(M + 1),   v = F(M) - F(M - 2) = G(M - 1),   W = u + v          of each pattern's overlap M
 *
 *   D_i = sum of W^mu over the patterns with xi_i^mu = +1, less sum_mu u^mu where s_i = +1, or sum_mu v^mu where s_i = -1
 *
 * as a pattern with xi_i = s_i = 1 gives v = W - u, one with xi_i = -1, s_i = 1 gives -u, and so on.  So a neuron costs
 * one masked addition a pattern, whatever F is; and F itself comes from a table of G over the N + 2 values of a, or, for
 * x^2, x^3 and x^4, from G = 4 a, 2 (3 a^2 + 1) and 8 (a^3 + a).
 *
 * G is kept as whole numbers, divided by what they have in common, where all weights are below 2^28: 32 bits a weight, 64 a
 * sum, nothing rounded (K < 2^24).  Otherwise in double.  Whole numbers in double are exact as long as
 *
 *   size = sum_mu (|u| + |v|) < 2^53
 *
 * What rounds does it, in the three sums that make D_i, by at most (K + 3 n + 4) 2^-53 size in each: 3 n or fewer
 * roundings in G, whose terms are all of one sign, K in a sum in any order.  So a D_i beyond
 *
 *   error = (2 K + 8 n + 64) 2^-52 size + K 2^-1060
 *
 * has the right sign; the last term is for what underflows.  Where powers would outgrow 62 bits, x is divided by a power
 * of two >= N + 2, and G of e^x by e^(R + 1) (e - 1/e), R the largest overlap, so that nothing overflows.
 */
#ifndef HEBB_MODEL_DENSE_WEIGHTS_H
#define HEBB_MODEL_DENSE_WEIGHTS_H

#include "kernel.h"

typedef enum { HEBB_INTERACTION_POWER, HEBB_INTERACTION_RECTIFIED, HEBB_INTERACTION_EXPONENTIAL } hebb_interaction_kind;

typedef struct {
    hebb_interaction_kind kind;
    int degree; /* n of the power; not used by the exponential */
} hebb_interaction;

typedef struct {
    hebb_interaction interaction;
    size_t n_neurons, n_patterns;
    int32_t *whole_steps, *whole; /* G at its N + 2 places, and W; NULL where they are real */
    bool is_cubic;                /* G / unit = sum_j cubic[j] a^j, and there is no table */
    int32_t cubic[4];
    double *real_steps, *real;
    bool are_exact;   /* the steps are whole numbers */
    long double unit; /* in which they count: D_i = unit x sum; of e^x, in e^top */
    int32_t top;      /* of e^x: the largest overlap; otherwise N */
    int64_t whole_sums[HEBB_WEIGHT_SUMS];
    double real_sums[HEBB_WEIGHT_SUMS];
    size_t n_words_narrow; /* kernel.h */
    double error;
} hebb_dense_weights;

/* Tables alone; HEBB_ENOMEM.  The interaction is one that hebb_dense_memory_init takes. */
HEBB_CHECK_RESULT hebb_status hebb_dense_weights_init(hebb_dense_weights *weights, size_t n_neurons, size_t n_patterns,
                                                      hebb_interaction interaction);

/* Safe on zeroed ones and twice. */
void hebb_dense_weights_free(hebb_dense_weights *weights);

double hebb_dense_weights_bytes(size_t n_neurons, size_t n_patterns);

/* From the overlaps of a state.  Cost: O(K). */
void hebb_dense_weights_set(hebb_dense_weights *weights, const hebb_kernel *kernel, const int32_t *overlaps);

/*
 * differences[r] = D_i / unit of the neuron with rows[r] and spins[r], to within the error; n <= HEBB_DENSE_ROWS.
 *
 * signs  out  -1, 0 or 1 where the sign is sure, else HEBB_UNSURE; either may be NULL
 */
enum { HEBB_UNSURE = 2 };
void hebb_dense_weights_sum(const hebb_dense_weights *weights, const hebb_kernel *kernel, size_t n,
                            const uint64_t *const *rows, const int8_t *spins, double *differences, int8_t *signs);

#endif
