/*
 * magnetisation_bins - bins of M = -N, -N+2, .., N that are symmetric about 0, a bin's mirror image being a bin
 *
 *   even N   a bin in the middle, about M = 0;   odd N   two bins that meet at 0, which does not occur
 *
 * All hold the same odd number of values M, but for the first and the last, which may hold fewer.
 */
#ifndef HEBB_EXPERIMENTS_MAGNETISATION_BINS_H
#define HEBB_EXPERIMENTS_MAGNETISATION_BINS_H

#include <stddef.h>

typedef struct {
    long n_spins, per_bin; /* N; values a bin */
    long offset;           /* what M/2, rounded down, lacks to begin with 0 */
    size_t n_bins;
} hebb_magnetisation_bins;

/* The finest that are at most max_bins, 2 at least. */
hebb_magnetisation_bins hebb_magnetisation_bins_make(long n_spins, size_t max_bins);

/* The bin of M. */
size_t hebb_magnetisation_bins_find(const hebb_magnetisation_bins *bins, long M);

/* How many values a bin has, and the first of them; they are 2 apart. */
long hebb_magnetisation_bins_values(const hebb_magnetisation_bins *bins, size_t bin, long *first);

#endif
