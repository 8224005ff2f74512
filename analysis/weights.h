/*
 * weights - how an RBM's weights lie: histograms of their values, and of the distances between hidden units' weights
 *
 * The distance of hidden units j and k is that of their columns of W: sqrt(sum_i (W_ij - W_ik)^2).
 */
#ifndef HEBB_ANALYSIS_WEIGHTS_H
#define HEBB_ANALYSIS_WEIGHTS_H

#include <stddef.h>
#include <stdint.h>
#include "rbm.h"

typedef struct {
    size_t n_bins;
    double low, high; /* of the n_bins equal bins; the last one holds high too */
    uint64_t *counts; /* n_bins */
    uint64_t n;       /* values */
} hebb_histogram;

/*
 * Of n finite values, between the least and the largest; where these are equal, of one bin of width 0.
 * Returns HEBB_OK; HEBB_ENOMEM.  To be freed in any case.
 */
HEBB_CHECK_RESULT hebb_status hebb_histogram_init(hebb_histogram *histogram, size_t n_bins, size_t n,
                                                  const double *values);

/* Safe on a zeroed one and twice. */
void hebb_histogram_free(hebb_histogram *histogram);

/* The lower end of bin b; of b = n_bins the upper end of the last. */
double hebb_histogram_end(const hebb_histogram *histogram, size_t b);

/* How many distances there are: n_hidden (n_hidden - 1)/2. */
size_t hebb_weight_distances_count(const hebb_rbm *rbm);

/*
 * distances  out  of (0, 1), (0, 2) ... (0, n_hidden - 1), (1, 2) ...; in units of a weight
 *
 * Cost: n_visible n_hidden^2/2, some 10^9 a second.  HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_weight_distances(const hebb_rbm *rbm, double *distances);

#endif
