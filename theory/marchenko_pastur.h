/*
 * marchenko_pastur - singular values of a matrix of independent entries
 *
 * W is N_v x N_h, its entries independent with mean 0 and variance sigma^2.  As both sizes grow at a fixed ratio, the
 * min(N_v, N_h) singular values s of W have the density                                                          [MP67]
 *
 *   rho(s) = sqrt((s^2 - s_-^2)(s_+^2 - s^2))/(pi sigma^2 min(N_v, N_h) s),   s_+- = sigma |sqrt(N_v) +- sqrt(N_h)|
 *
 * of integral 1, with <s^2> = sigma^2 max(N_v, N_h).  At N_v = N_h it is the quarter circle, with rho(0) > 0.  The
 * largest singular value of one matrix lies within O(sigma N^(-1/6)) of s_+.  A mode w u v^T of unit vectors u, v
 * added to W leaves the bulk when w > sigma (N_v N_h)^(1/4), and the singular value seen there is not w [BGN12]: see
 * the function below.  docs/theory/rbm_phases.md (6).
 *
 * [MP67]  V. A. Marchenko, L. A. Pastur, Math. USSR Sb. 1 (1967) 457.
 * [BGN12] F. Benaych-Georges, R. R. Nadakuditi, J. Multivariate Anal. 111 (2012) 120, section 3.1.
 */
#ifndef HEBB_THEORY_MARCHENKO_PASTUR_H
#define HEBB_THEORY_MARCHENKO_PASTUR_H

#include <stddef.h>

/* The upper edge s_+ = sigma (sqrt(n_visible) + sqrt(n_hidden)), sigma >= 0 the standard deviation of an entry. */
double hebb_marchenko_pastur_edge(size_t n_visible, size_t n_hidden, double sigma);

/* The lower edge s_-; 0 for a square matrix. */
double hebb_marchenko_pastur_lower_edge(size_t n_visible, size_t n_hidden, double sigma);

/*
 * rho(s) for sigma > 0, per unit of s; 0 outside the edges.  At s = 0 of a square matrix 4/(pi s_+).
 * Relative error 1e-14, near the edges 1e-16 s/|s - s_+-|.
 */
double hebb_marchenko_pastur_density(size_t n_visible, size_t n_hidden, double sigma, double s);

/*
 * Where the mode of weight w shows: s = sqrt((w^2 + sigma^2 N_v)(w^2 + sigma^2 N_h))/w for w above the threshold
 * sigma (N_v N_h)^(1/4), and s_+ below it; w > 0. [BGN12]
 */
double hebb_marchenko_pastur_outlier(size_t n_visible, size_t n_hidden, double sigma, double w);

#endif
