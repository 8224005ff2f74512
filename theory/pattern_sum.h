/*
 * pattern_sum - the law of z = xi^1 + ... + xi^n, the sum of n fair +-1
 *
 *   P(z = n - 2k) = C(n, k)/2^n,  k = 0 .. n
 *
 * A mixture of n patterns with equal overlaps acts on a neuron through z alone, so that averages over the 2^n sign
 * patterns are sums of n + 1 terms: docs/theory/mixtures.md (4).
 */
#ifndef HEBB_THEORY_PATTERN_SUM_H
#define HEBB_THEORY_PATTERN_SUM_H

/* The highest order of a mixture that is offered. */
#define HEBB_MAX_ORDER 99

/*
 * n       in   1 .. HEBB_MAX_ORDER
 * weight  out  n + 1 probabilities, weight[k] that of z = n - 2k; each to half a unit in the last place or so
 */
void hebb_pattern_sum_law(int n, double *weight);

#endif
