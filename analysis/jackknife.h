/*
 * jackknife - a function of means, and its error: ratios, susceptibility, Binder cumulant
 *
 *   theta_k = f(means without block k),   value = B f - (B - 1) mean_k theta_k    (bias of order 1/B removed)
 *   error^2 = (B - 1)/B sum_k (theta_k - mean theta)^2                                                       [E82]
 *
 * Blocks are replicas, or bins of a correlated series that are longer than its tau (hebb_series_bin_length).
 *
 * [E82] B. Efron, The Jackknife, the Bootstrap and Other Resampling Plans (1982).
 * [B81] K. Binder, Z. Phys. B 43 (1981) 119.
 */
#ifndef HEBB_ANALYSIS_JACKKNIFE_H
#define HEBB_ANALYSIS_JACKKNIFE_H

#include "estimators.h"

/*
 * blocks    in   n_blocks x n_means, row-major: the means of each block, all blocks as long
 * function  in   of n_means means; NaN where it is undefined: then value and error are NaN
 *
 * n_blocks < 2: the error is NaN and the value f itself; 0: both are NaN.  The errors are as good as f is straight over
 * the spread of theta_k; an order statistic (a median) is not.
 * Allocates nothing but 2 n_means numbers: HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_jackknife(size_t n_blocks, size_t n_means, const double *blocks,
                                             double (*function)(const void *context, const double *means),
                                             const void *context, hebb_estimate *estimate);

/*
 * Functions of means, for hebb_jackknife; the context is not looked at but where said.  The variance is a difference:
 * of values far from 0 take off a constant first.
 */
double hebb_jackknife_ratio(const void *context, const double *means);    /* means[0]/means[1] */
double hebb_jackknife_variance(const void *context, const double *means); /* <x^2> - <x>^2 of (x, x^2) */
double hebb_jackknife_binder(const void *context, const double *means); /* 1 - <x^4>/(3 <x^2>^2) of (x^2, x^4) [B81] */
double hebb_jackknife_susceptibility(const void *context,
                                     const double *means); /* *(double *)context = N/T, times the variance */

/* Means of n_bins bins of n/n_bins values each; the last n % n_bins values are left out.  means: out, n_bins. */
void hebb_bin_means(size_t n, const double *x, size_t n_bins, double *means);

#endif
