/*
 * real_patterns - random patterns of real numbers, by the ensembles in use
 *
 *   gaussian    x_i independent, mean 0, variance 1: |x|^2 = N + O(N^(1/2))
 *   binary      x_i = +1 or -1
 *   spherical   uniform on the sphere |x|^2 = N
 *   orthogonal  as spherical, each across all before it: an orthogonal frame, uniform among all of them
 *
 * Different patterns' x.y/N is 0 for orthogonal ones, else of mean 0 and variance 1/N.
 */
#ifndef HEBB_MODEL_REAL_PATTERNS_H
#define HEBB_MODEL_REAL_PATTERNS_H

#include <stddef.h>
#include "philox.h"
#include "status.h"

typedef enum {
    HEBB_ENSEMBLE_ORTHOGONAL,
    HEBB_ENSEMBLE_GAUSSIAN,
    HEBB_ENSEMBLE_BINARY,
    HEBB_ENSEMBLE_SPHERICAL
} hebb_ensemble_law;

/* The words of the law, separated by '|' as an option has them, in the order of the enumeration. */
#define HEBB_ENSEMBLE_LAWS "orthogonal|gaussian|binary|spherical"

/*
 * K patterns of N numbers, a row each; pattern mu is made of the generator's numbers at site mu.
 *
 * Accuracy: norms and, of orthogonal ones, products to 1e-15 N^(1/2) of N; through libm, so equal over machines to that.
 * Cost: O(N K); orthogonal ones O(N K^2).
 * Returns HEBB_OK, or HEBB_EDOM for more orthogonal patterns than N.
 */
HEBB_CHECK_RESULT hebb_status hebb_real_patterns_draw(hebb_ensemble_law law, size_t n_neurons, size_t n_patterns,
                                                      hebb_philox generator, double *patterns);

#endif
