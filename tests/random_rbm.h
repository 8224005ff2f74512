/*
 * random_rbm - machines of random weights and biases for the tests of analyses
 */
#ifndef HEBB_TESTS_RANDOM_RBM_H
#define HEBB_TESTS_RANDOM_RBM_H

#include <check.h>

#include "philox.h"
#include "rbm.h"

/* Weights normal of width w, biases of width b. */
static inline hebb_rbm random_rbm(size_t n_visible, hebb_layer_kind visible_kind, size_t n_hidden,
                                  hebb_layer_kind hidden_kind, double w, double b, uint32_t seed)
{
    hebb_rbm rbm;
    hebb_stream stream;
    ck_assert_int_eq(hebb_rbm_init(&rbm, n_visible, visible_kind, n_hidden, hidden_kind), HEBB_OK);
    hebb_stream_init(&stream, hebb_philox_derive(seed, HEBB_DRAW_WEIGHTS, n_visible, (uint32_t)n_hidden), 0, 0);
    for (size_t k = 0; k < n_visible * n_hidden; k++) rbm.weights[k] = w * hebb_stream_gaussian(&stream);
    for (size_t i = 0; i < n_visible; i++) rbm.visible_bias[i] = b * hebb_stream_gaussian(&stream);
    for (size_t j = 0; j < n_hidden; j++) rbm.hidden_bias[j] = b * hebb_stream_gaussian(&stream);
    return rbm;
}

#endif
