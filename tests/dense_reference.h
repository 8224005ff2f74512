/*
 * dense_reference - a dense memory the plain way: overlaps from all spins, D_i from whole numbers of any length, or, for
 * the exponential, from e to some thousand bits.  The suite's code is not in it.
 */
#ifndef HEBB_TESTS_DENSE_REFERENCE_H
#define HEBB_TESTS_DENSE_REFERENCE_H

#include <check.h>
#include <gmp.h>
#include <stdlib.h>

#include "dense_memory.h"

typedef struct {
    hebb_interaction interaction;
    size_t n, k;
    int8_t *signs; /* xi_i^mu, k x n */
    int8_t *spins;
} dense_reference;

static inline dense_reference dense_reference_make(const hebb_patterns *patterns, hebb_interaction interaction)
{
    const size_t n = patterns->n_neurons, k = patterns->n_patterns;
    dense_reference net = {interaction, n, k, malloc(n * k), malloc(n)};
    for (size_t i = 0; i < n; i++)
        for (size_t mu = 0; mu < k; mu++) net.signs[mu * n + i] = (int8_t)hebb_patterns_get(patterns, i, mu);
    return net;
}

static inline void dense_reference_free(dense_reference *net)
{
    free(net->signs);
    free(net->spins);
}

static inline void dense_reference_start(dense_reference *net, const int8_t *spins)
{
    for (size_t i = 0; i < net->n; i++) net->spins[i] = spins[i];
}

static inline long dense_reference_overlap(const dense_reference *net, size_t mu)
{
    long sum = 0;
    for (size_t i = 0; i < net->n; i++) sum += net->signs[mu * net->n + i] * net->spins[i];
    return sum;
}

/* sum += sign F(x) */
static inline void dense_reference_add(const dense_reference *net, long x, int sign, mpz_t sum, mpz_t power)
{
    if (x <= 0 && net->interaction.kind == HEBB_INTERACTION_RECTIFIED) return;
    mpz_ui_pow_ui(power, (unsigned long)labs(x), (unsigned long)net->interaction.degree);
    if (x < 0 && net->interaction.degree % 2 == 1) sign = -sign;
    if (sign > 0)
        mpz_add(sum, sum, power);
    else
        mpz_sub(sum, sum, power);
}

/* D_i of a power. */
static inline void dense_reference_difference(const dense_reference *net, size_t i, mpz_t sum)
{
    mpz_t power;
    mpz_init(power);
    mpz_set_ui(sum, 0);
    for (size_t mu = 0; mu < net->k; mu++) {
        const int xi = net->signs[mu * net->n + i];
        const long others = dense_reference_overlap(net, mu) - xi * net->spins[i];
        dense_reference_add(net, others + xi, 1, sum, power);
        dense_reference_add(net, others - xi, -1, sum, power);
    }
    mpz_clear(power);
}

/* sum_a c(a) e^a by Horner's rule in e^2 from the largest a down; its sign, or 2 where rounding could have made it. */
static inline int dense_reference_exponential_to(size_t bits, size_t bottom, size_t top, const long *counts)
{
    mpf_t e, term, sum;
    mpf_init2(e, bits);
    mpf_init2(term, bits);
    mpf_init2(sum, bits);
    mpf_set_ui(e, 1);
    mpf_set_ui(term, 1);
    for (unsigned long j = 1; j < bits / 6; j++) {
        mpf_div_ui(term, term, j);
        mpf_add(e, e, term);
    }
    mpf_mul(e, e, e);
    mpf_set_ui(term, 1);
    for (size_t j = top + 1; j-- > bottom;) {
        mpf_mul(sum, sum, e);
        mpf_mul(term, term, e);
        if (counts[j] >= 0)
            mpf_add_ui(sum, sum, (unsigned long)counts[j]);
        else
            mpf_sub_ui(sum, sum, (unsigned long)-counts[j]);
    }
    const int sign = mpf_sgn(sum);
    mpf_div_2exp(term, term, bits - 100); /* 2^-(bits - 100) of the largest term: room for all that is rounded */
    mpf_abs(sum, sum);
    const int is_sure = mpf_cmp(sum, term) > 0;
    mpf_clear(e);
    mpf_clear(term);
    mpf_clear(sum);
    return is_sure ? sign : 2;
}

/* Its sign; counts[j] = c(2 j - N - 1). */
static inline int dense_reference_exponential(size_t n, const long *counts)
{
    size_t bottom = 0, top = n + 1;
    while (top > 0 && counts[top] == 0) top--;
    while (bottom < top && counts[bottom] == 0) bottom++;
    if (counts[top] == 0) return 0;
    for (size_t bits = 1000; bits < 70000; bits *= 8) {
        const int sign = dense_reference_exponential_to(bits, bottom, top, counts);
        if (sign != 2) return sign;
    }
    ck_abort_msg("64 000 bits are not enough");
}

static inline int dense_reference_drive(const dense_reference *net, size_t i)
{
    int sign;
    if (net->interaction.kind == HEBB_INTERACTION_EXPONENTIAL) {
        long *counts = calloc(net->n + 2, sizeof *counts);
        for (size_t mu = 0; mu < net->k; mu++) {
            const int xi = net->signs[mu * net->n + i];
            const long others = dense_reference_overlap(net, mu) - xi * net->spins[i];
            counts[(others + (long)net->n + 1) / 2] += xi;
        }
        sign = dense_reference_exponential(net->n, counts);
        free(counts);
        return sign;
    }
    mpz_t sum;
    mpz_init(sum);
    dense_reference_difference(net, i, sum);
    sign = mpz_sgn(sum);
    mpz_clear(sum);
    return sign;
}

#endif
