/*
 * spectrum - the singular values of an RBM's weights, the bulk that most of them are in, and which are outside it
 *
 *   W = sum_a w_a u^a (v^a)^T,   w_1 >= w_2 >= ... >= 0,   min(N_v, N_h) of them
 *
 * Training begins with independent weights, whose singular values fill the Marchenko-Pastur bulk up to its edge
 * sigma (sqrt N_v + sqrt N_h) (marchenko_pastur.h); modes that are learnt leave it one by one.                      [DFF17]
 * The bulk's width sigma is that of the matrix of independent entries with the same median of the singular values: it is not
 * moved by the modes that have left, while they are few.
 *
 * The largest singular value of one such matrix is not at the edge.  Its square is sigma^2 (mu + s X) with             [J01]
 *
 *   mu = (sqrt(N_v - 1) + sqrt N_h)^2,   s = (sqrt(N_v - 1) + sqrt N_h)(1/sqrt(N_v - 1) + 1/sqrt N_h)^{1/3}
 *
 * (N_v >= N_h, else exchanged) and X of the law of Tracy and Widom, above HEBB_SPECTRUM_MARGIN once in some 600 matrices
 * (measured: check_spectrum.c).  A mode above the edge with that margin is outside the bulk.
 *
 * [DFF17] A. Decelle, G. Fissore, C. Furtlehner, EPL 119 (2017) 60001.
 * [J01]   I. M. Johnstone, Ann. Stat. 29 (2001) 295, theorem 1.1.
 */
#ifndef HEBB_ANALYSIS_SPECTRUM_H
#define HEBB_ANALYSIS_SPECTRUM_H

#include <stddef.h>
#include "rbm.h"

/* X beyond which chance is left out; and with fewer singular values than this there is no bulk to speak of. */
#define HEBB_SPECTRUM_MARGIN 3.0
enum { HEBB_SPECTRUM_MIN_BULK = 10 };

/* min(n_visible, n_hidden) of them. */
size_t hebb_spectrum_n_modes(const hebb_rbm *rbm);

/* values: hebb_spectrum_n_modes, from the largest; in units of a weight.  By dgesdd.  HEBB_ENOCONV, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_spectrum_values(const hebb_rbm *rbm, double *values);

/*
 * The median of the Marchenko-Pastur law at sigma = 1, by the integral of its density; relative accuracy 1e-6.
 * Cost: .1 ms.
 */
double hebb_spectrum_median(size_t n_visible, size_t n_hidden);

/*
 * sigma of the bulk, from the median of all n singular values.
 *
 * unit  in   hebb_spectrum_median
 */
double hebb_spectrum_bulk_width(size_t n, const double *values, double unit);

/* sqrt(mean of W_ij^2): sigma of independent entries. */
double hebb_spectrum_entry_width(const hebb_rbm *rbm);

/* Where the bulk ends for certain: the edge with its margin, sigma sqrt(mu + HEBB_SPECTRUM_MARGIN s). */
double hebb_spectrum_limit(size_t n_visible, size_t n_hidden, double sigma);

#endif
