/*
 * continuous_memory - K real patterns and a state of N real numbers: the softmax memory
 *
 *   E = -lse(beta, Xi sigma) + sigma.sigma / 2 + ln K / beta + M^2 / 2          [R20, eq. 2]
 *   lse(beta, y) = ln(sum_mu e^(beta y_mu)) / beta,   M = max_mu |x_mu|
 *   sigma <- Xi^T p,   p = softmax(beta Xi sigma)                                [R20, eq. 3]
 *
 * The rows of Xi (K x N) are the patterns x_mu.  The constants make 0 <= E <= 2 M^2 for a state in the patterns' convex
 * hull, where every update ends; ln K is the logarithm of the number of patterns, not of their length, as it is often
 * printed.  No update raises E: -lse is concave, and the update is the minimum of its tangent plus sigma.sigma/2.
 *
 * One update is the reading of an attention head with queries Q = the states, keys and values Xi, beta its scale:
 * softmax(beta Q Xi^T) Xi.
 *
 * With x_mu.sigma = (|x_mu|^2 + |sigma|^2 - |x_mu - sigma|^2) / 2 the energy is
 *
 *   E = -(1/beta) ln((1/K) sum_mu e^(-beta (|x_mu - sigma|^2 + M^2 - |x_mu|^2) / 2))
 *
 * whose exponents are not above 0: nothing overflows, and nothing of order M^2 cancels near a pattern.
 * docs/theory/continuous.md (1) to (3).
 *
 * [R20] H. Ramsauer et al., Hopfield networks is all you need, arXiv:2008.02217 (2020).
 */
#ifndef HEBB_MODEL_CONTINUOUS_MEMORY_H
#define HEBB_MODEL_CONTINUOUS_MEMORY_H

#include <stddef.h>
#include "status.h"

typedef struct {
    size_t n_neurons, n_patterns;
    double beta;
    double largest_norm;    /* M */
    const double *patterns; /* borrowed; K x N, a pattern a row */
    double *squared_norms;  /* |x_mu|^2 */
    size_t n_rows;          /* states whose weights there is room for at a time */
    double *weights;        /* n_rows x K */
} hebb_continuous_memory;

/* Bytes that a memory takes beside its patterns. */
double hebb_continuous_memory_bytes(size_t n_patterns);

/*
 * patterns  in  K x N finite numbers, not all of them 0, which must stay as they are while the memory uses them
 * beta      in  > 0 and finite, and beta M^2 is
 *
 * Returns HEBB_OK; HEBB_EDOM for K = 0, N = 0 or more than 2^31 - 1 of either, and for beta; HEBB_EDATA for a pattern with
 * a number that is not finite, named by its row and column, or too large to be squared, or patterns that are all 0;
 * HEBB_ENOMEM.  A refusal leaves the memory zeroed and a sentence.
 */
HEBB_CHECK_RESULT hebb_status hebb_continuous_memory_init(hebb_continuous_memory *memory, size_t n_neurons,
                                                          size_t n_patterns, const double *patterns, double beta);

/* Safe on a zeroed memory and twice. */
void hebb_continuous_memory_free(hebb_continuous_memory *memory);

/* Another temperature for the same patterns.  Returns HEBB_OK or HEBB_EDOM, the memory then as before. */
HEBB_CHECK_RESULT hebb_status hebb_continuous_memory_set_beta(hebb_continuous_memory *memory, double beta);

/*
 * One update of n_states states at once: two matrix products (two matrix-vector products for one state), the softmax in
 * between.
 *
 * states   in   n_states x N finite numbers, with beta M |sigma| finite
 * next     out  n_states x N; not the same place
 * weights  out  n_states x K: p of each state; NULL: not wanted
 *
 * Accuracy: |next - exact| <= 1e-15 (4 + N^(1/2) + 2 beta M |sigma|) M: a score beta x.sigma is known to its own rounding
 * alone.  The products are OpenBLAS's: the same states in another batch, or on another processor, agree to that.
 * Cost: 4 N K operations a state; allocates nothing.
 * Returns HEBB_OK, or HEBB_EDOM for a state that is out of range, named by its row.
 */
HEBB_CHECK_RESULT hebb_status hebb_continuous_memory_update(hebb_continuous_memory *memory, size_t n_states,
                                                            const double *states, double *next, double *weights);

/*
 * E of one state, of any finite N numbers.  Relative accuracy 1e-15 (4 + N^(1/2)), but for the ln K / beta that is
 * subtracted, of which the same holds.  Cost: 3 N K operations.
 */
double hebb_continuous_memory_energy(hebb_continuous_memory *memory, const double *state);

/*
 * Delta_mu = x_mu.x_mu - max_(nu != mu) x_mu.x_nu, which is to be large against ln(K)/beta for the pattern to be
 * retrieved, docs/theory/continuous.md (11); infinite for K = 1, not above 0 for a pattern that others outdo.
 *                                                                                              [R20, def. 1]
 * Cost: 2 N K operations.
 */
double hebb_continuous_memory_separation(hebb_continuous_memory *memory, size_t pattern);

/* The pattern next to a state in distance, the first of equal ones. */
size_t hebb_continuous_memory_nearest(hebb_continuous_memory *memory, const double *state, double *distance);

#endif
