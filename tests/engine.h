/*
 * engine - sizes, stores and networks that the tests of kernels and dynamics share
 */
#ifndef HEBB_TESTS_ENGINE_H
#define HEBB_TESTS_ENGINE_H

#include <check.h>
#include <stdlib.h>

#include "hopfield.h"
#include "philox.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

#define EACH_KERNEL(k)                                                                                                 \
    const hebb_kernel *const *k = hebb_kernels();                                                                      \
    *k != NULL;                                                                                                        \
    k++

static const hebb_pattern_store engine_stores[] = {HEBB_STORE_SLICES, HEBB_STORE_ROWS, HEBB_STORE_NOTHING};
enum { N_STORES = 3 };

/* Networks on the same patterns. */
typedef struct {
    hebb_patterns patterns;
    size_t n_networks;
    hebb_hopfield *networks;
} engine;

/* kernel: NULL for the fastest.  Patterns of seed 3. */
static inline engine *engine_make(const hebb_kernel *kernel, hebb_pattern_store store, size_t n, size_t p,
                                  uint32_t replica, size_t n_networks)
{
    engine *made = calloc(1, sizeof *made);
    made->n_networks = n_networks;
    made->networks = calloc(n_networks, sizeof *made->networks);
    ck_assert_int_eq(hebb_kernel_select(kernel == NULL ? NULL : kernel->name), HEBB_OK);
    ck_assert_int_eq(hebb_patterns_init(&made->patterns, n, p, store), HEBB_OK);
    hebb_patterns_draw(&made->patterns, 3, replica);
    for (size_t a = 0; a < n_networks; a++)
        ck_assert_int_eq(hebb_hopfield_init(made->networks + a, &made->patterns), HEBB_OK);
    return made;
}

static inline void engine_drop(engine *made)
{
    for (size_t a = 0; a < made->n_networks; a++) hebb_hopfield_free(made->networks + a);
    free(made->networks);
    hebb_patterns_free(&made->patterns);
    free(made);
}

static inline void engine_random_spins(size_t n, uint32_t seed, int8_t *spins)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(seed, HEBB_DRAW_STATE, n, 0), 0, 0);
    for (size_t i = 0; i < n; i++) spins[i] = hebb_stream_below(&stream, 2) == 0 ? -1 : 1;
}

/* Pattern 0 with one spin in eight turned over. */
static inline void engine_spins_near_pattern(const hebb_patterns *patterns, uint32_t seed, int8_t *spins)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(seed, HEBB_DRAW_STATE, patterns->n_neurons, 1), 0, 0);
    for (size_t i = 0; i < patterns->n_neurons; i++) {
        const int sign = hebb_patterns_get(patterns, i, 0);
        spins[i] = (int8_t)(hebb_stream_below(&stream, 8) == 0 ? -sign : sign);
    }
}

/* xi_k^mu as the slices have it. */
static inline int engine_sliced_sign(const uint16_t *slices, size_t k, size_t mu)
{
    return slices[mu / 16 * HEBB_BLOCK + k] >> mu % 16 & 1 ? 1 : -1;
}

/* Odd networks at random, even ones near a pattern, where they end sooner. */
static inline void engine_start(engine *made)
{
    int8_t *spins = malloc(made->patterns.n_neurons);
    for (size_t a = 0; a < made->n_networks; a++) {
        if (a % 2 == 1)
            engine_random_spins(made->patterns.n_neurons, (uint32_t)a, spins);
        else
            engine_spins_near_pattern(&made->patterns, (uint32_t)a, spins);
        hebb_hopfield_start_at(made->networks + a, spins);
    }
    free(spins);
}

#endif
