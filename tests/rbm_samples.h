/* A machine of 16 x 12 units, its averages by Gibbs sampling and exactly: how far they are apart. */
#ifndef HEBB_TESTS_RBM_SAMPLES_H
#define HEBB_TESTS_RBM_SAMPLES_H

#include <math.h>
#include <stdlib.h>

#include "rbm_exact.h"
#include "rbm_gibbs.h"
#include "rbm_reference.h"

typedef struct {
    double rms, largest; /* of <v_i h_j> - exact */
    double z;            /* root mean square of that over its standard error */
} rbm_sampling_error;

enum { RBM_SAMPLES_CHAINS = 1000, RBM_SAMPLES_SETTLE = 50 };

/* One sample a chain and sweep, after 50 that are left out; errors from the chains' averages, which are independent. */
static inline rbm_sampling_error rbm_samples_error(long n_samples, uint64_t seed)
{
    enum { N = 16, M = 12 };
    rbm_sampling_error error = {0};
    hebb_rbm rbm;
    hebb_rbm_moments exact;
    hebb_rbm_layer up, down;
    hebb_rbm_gibbs gibbs;
    rbm_reference_make(&rbm, N, HEBB_LAYER_BINARY, M, HEBB_LAYER_BINARY, 0.5);
    rbm_reference_must(hebb_rbm_moments_init(&exact, &rbm));
    rbm_reference_must(hebb_rbm_exact_moments(&rbm, 1, &exact));
    rbm_reference_must(hebb_rbm_layer_init(&up, &rbm, HEBB_RBM_UP));
    rbm_reference_must(hebb_rbm_layer_init(&down, &rbm, HEBB_RBM_DOWN));
    rbm_reference_must(
        hebb_rbm_gibbs_init(&gibbs, &up, &down, RBM_SAMPLES_CHAINS, hebb_philox_derive(seed, HEBB_DRAW_GIBBS, 0, 0)));
    hebb_rbm_gibbs_randomise(&gibbs, hebb_philox_derive(seed, HEBB_DRAW_STATE, 0, 0));
    rbm_reference_must(hebb_rbm_gibbs_run(&gibbs, RBM_SAMPLES_SETTLE));
    const long n_sweeps = n_samples / RBM_SAMPLES_CHAINS;
    uint32_t *counts = calloc(RBM_SAMPLES_CHAINS * N * M, sizeof *counts);
    for (long t = 0; t < n_sweeps; t++) {
        rbm_reference_must(hebb_rbm_gibbs_run(&gibbs, 1));
        const hebb_index_lists *v = &gibbs.visible.lists, *h = &gibbs.hidden.lists;
        for (size_t r = 0; r < RBM_SAMPLES_CHAINS; r++)
            for (size_t a = v->starts[r]; a < v->starts[r + 1]; a++)
                for (size_t b = h->starts[r]; b < h->starts[r + 1]; b++)
                    counts[(r * N + v->indices[a]) * M + h->indices[b]]++;
    }
    for (size_t k = 0; k < N * M; k++) {
        double sum = 0.0, squares = 0.0;
        for (size_t r = 0; r < RBM_SAMPLES_CHAINS; r++) {
            const double mean = (double)counts[r * N * M + k] / (double)n_sweeps;
            sum += mean;
            squares += mean * mean;
        }
        const double n = RBM_SAMPLES_CHAINS, mean = sum / n, off = mean - exact.products[k];
        error.z += off * off * (n - 1.0) / (squares / n - mean * mean) / (N * M);
        error.rms += off * off / (N * M);
        error.largest = fmax(error.largest, fabs(off));
    }
    error.z = sqrt(error.z);
    error.rms = sqrt(error.rms);
    free(counts);
    hebb_rbm_gibbs_free(&gibbs);
    hebb_rbm_layer_free(&up);
    hebb_rbm_layer_free(&down);
    hebb_rbm_moments_free(&exact);
    hebb_rbm_free(&rbm);
    return error;
}

#endif
