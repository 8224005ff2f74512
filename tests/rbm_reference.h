/* Random RBMs, and sums over all their states as physics has them: one state after the other, in long double. */
#ifndef HEBB_TESTS_RBM_REFERENCE_H
#define HEBB_TESTS_RBM_REFERENCE_H

#include <math.h>
#include <stdlib.h>

#include "philox.h"
#include "rbm.h"

/* Also outside of tests. */
static inline void rbm_reference_must(hebb_status status)
{
    if (status != HEBB_OK) abort();
}

/* Weights normal of width `width`, biases of width 1/2. */
static inline void rbm_reference_make(hebb_rbm *rbm, size_t n_visible, hebb_layer_kind visible_kind, size_t n_hidden,
                                      hebb_layer_kind hidden_kind, double width)
{
    hebb_stream stream;
    rbm_reference_must(hebb_rbm_init(rbm, n_visible, visible_kind, n_hidden, hidden_kind));
    hebb_stream_init(&stream, hebb_philox_derive(91, HEBB_DRAW_WEIGHTS, n_visible, (uint32_t)n_hidden), 0, 0);
    for (size_t k = 0; k < n_visible * n_hidden; k++) rbm->weights[k] = width * hebb_stream_gaussian(&stream);
    for (size_t i = 0; i < n_visible; i++) rbm->visible_bias[i] = 0.5 * hebb_stream_gaussian(&stream);
    for (size_t j = 0; j < n_hidden; j++) rbm->hidden_bias[j] = 0.5 * hebb_stream_gaussian(&stream);
}

/* State number `index` of n two-valued units. */
static inline void rbm_reference_state(hebb_layer_kind kind, size_t n, size_t index, double *state)
{
    for (size_t k = 0; k < n; k++) state[k] = index >> k & 1 ? 1.0 : kind == HEBB_LAYER_SIGN ? -1.0 : 0.0;
}

/* -E by the definition, in long double */
static inline long double rbm_reference_minus_energy(const hebb_rbm *rbm, const double *v, const double *h)
{
    long double sum = 0.0L;
    for (size_t i = 0; i < rbm->n_visible; i++) {
        sum += (long double)rbm->visible_bias[i] * v[i];
        for (size_t j = 0; j < rbm->n_hidden; j++)
            sum += (long double)v[i] * rbm->weights[i * rbm->n_hidden + j] * h[j];
        if (rbm->visible_kind == HEBB_LAYER_GAUSSIAN)
            sum -= (long double)v[i] * v[i] / (2.0L * rbm->sigma_v * rbm->sigma_v);
    }
    for (size_t j = 0; j < rbm->n_hidden; j++) {
        sum += (long double)rbm->hidden_bias[j] * h[j];
        if (rbm->hidden_kind == HEBB_LAYER_GAUSSIAN)
            sum -= (long double)h[j] * h[j] / (2.0L * rbm->sigma_h * rbm->sigma_h);
    }
    return sum;
}

/* The sums over all states of two layers of two-valued units; of them averages. */
typedef struct {
    long double z, v[16], h[16], vh[16][16];
    long double *visible; /* p(v), 2^n_visible of them */
} rbm_reference_sums;

static inline rbm_reference_sums *rbm_reference_sum(const hebb_rbm *rbm)
{
    rbm_reference_sums *sums = calloc(1, sizeof *sums);
    const size_t n = rbm->n_visible, m = rbm->n_hidden;
    double v[16], h[16];
    sums->visible = calloc((size_t)1 << n, sizeof *sums->visible);
    for (size_t a = 0; a >> n == 0; a++) {
        long double of_a[16] = {0.0L}; /* of h, with that visible state */
        rbm_reference_state(rbm->visible_kind, n, a, v);
        for (size_t b = 0; b >> m == 0; b++) {
            rbm_reference_state(rbm->hidden_kind, m, b, h);
            const long double p = expl(rbm_reference_minus_energy(rbm, v, h));
            sums->visible[a] += p;
            for (size_t j = 0; j < m; j++) of_a[j] += p * h[j];
        }
        sums->z += sums->visible[a];
        for (size_t j = 0; j < m; j++) sums->h[j] += of_a[j];
        for (size_t i = 0; i < n; i++) {
            sums->v[i] += sums->visible[a] * v[i];
            for (size_t j = 0; j < m; j++) sums->vh[i][j] += v[i] * of_a[j];
        }
    }
    for (size_t a = 0; a >> n == 0; a++) sums->visible[a] /= sums->z;
    for (size_t i = 0; i < n; i++) {
        sums->v[i] /= sums->z;
        for (size_t j = 0; j < m; j++) sums->vh[i][j] /= sums->z;
    }
    for (size_t j = 0; j < m; j++) sums->h[j] /= sums->z;
    return sums;
}

static inline void rbm_reference_drop(rbm_reference_sums *sums)
{
    free(sums->visible);
    free(sums);
}

#endif
