/*
 * estimators - means and their errors from independent replicas
 *
 * [ET93] B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), ch. 6.
 */
#ifndef HEBB_ANALYSIS_ESTIMATORS_H
#define HEBB_ANALYSIS_ESTIMATORS_H

#include <stddef.h>
#include "philox.h"
#include "status.h"

typedef struct {
    double value;
    double error; /* one standard error; NaN where the sample cannot tell */
    size_t n;
} hebb_estimate;

/*
 * Mean and standard error of n independent values, NaNs left out: sqrt(sum (x - mean)^2 / (n (n - 1))), by two passes.
 * n = 0: both NaN; n = 1: the error is NaN.
 */
hebb_estimate hebb_estimate_mean(size_t n, const double *x);

/*
 * A share from n_hits of n trials: the value is n_hits/n, the error the posterior standard deviation under a uniform
 * prior, sqrt((k+1)(n-k+1)/((n+2)^2 (n+3))), so that no hits among few trials is not taken for certainty.
 */
hebb_estimate hebb_estimate_share(size_t n_hits, size_t n);

/* The statistic of the b-th resample of n replicas, as hebb_bootstrap_error has it.  indices: room for n. */
double hebb_bootstrap_resample(size_t n, uint32_t b, hebb_philox generator,
                               double (*statistic)(void *context, size_t n, const uint32_t *indices), void *context,
                               uint32_t *indices);

/*
 * Bootstrap: the standard deviation of a statistic over resampled replicas.                        [ET93]
 *
 * n            in   number of replicas
 * n_resamples  in   200 give the error to 5 %
 * statistic    in   of the replicas indices[0..n), which repeat; NaN where it is undefined, which is left out
 * indices      in   room for n
 * error        out  NaN when more than a tenth of the resamples were undefined: what is left of them is a selection
 */
void hebb_bootstrap_error(size_t n, size_t n_resamples, hebb_philox generator,
                          double (*statistic)(void *context, size_t n, const uint32_t *indices), void *context,
                          uint32_t *indices, double *error);

#endif
