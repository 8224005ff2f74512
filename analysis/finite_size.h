/*
 * finite_size - from where finite networks fail to where the infinite one does
 *
 *   P(lost | x) = Phi((x - half)/width)             at each size: a probit; x is the load alpha, a temperature, ..
 *   half(N) = limit + shift N^(-1/2)                over the sizes, or another power
 *
 * The disorder of one network moves the load at which it fails by O(N^(-1/2)): crosstalk is a sum of N p random signs.
 * Width and shift go down alike; a fit in 1/N misses the capacity by several per cent.
 *
 * [MN89] P. McCullagh, J. A. Nelder, Generalized Linear Models (1989), ch. 4.
 */
#ifndef HEBB_ANALYSIS_FINITE_SIZE_H
#define HEBB_ANALYSIS_FINITE_SIZE_H

#include <stddef.h>
#include "status.h"

typedef struct {
    double x; /* load p/N, temperature, or what else losses rise with */
    size_t n_lost, n_runs;
} hebb_loss_count;

typedef struct {
    double half, half_error; /* the x at which half of the runs are lost */
    double width, width_error;
} hebb_loss_curve;

/*
 * Maximum-likelihood probit through the counts, by Fisher scoring; errors from the Fisher information.   [MN89]
 * They take the runs for independent: of runs at several x that share their disorder they are too small, and a bootstrap
 * over the disorder gives the right ones.
 *
 * Returns HEBB_OK; HEBB_ENOSOLUTION when the counts do not fix the curve: fewer than two x at which some
 * runs, not all, are lost, or losses that do not rise with x; HEBB_ENOCONV.
 */
HEBB_CHECK_RESULT hebb_status hebb_loss_curve_fit(size_t n, const hebb_loss_count *counts, hebb_loss_curve *curve);

typedef struct {
    double limit, limit_error; /* at N -> infinity */
    double shift, shift_error; /* the coefficient of N^(-1/2), or of the power asked for */
    double chi_squared;        /* of n - 2 degrees of freedom, or n - 1 - terms */
} hebb_extrapolation;

/*
 * Weighted straight line of value[k] +- error[k] in n_neurons[k]^(-1/2), k < n.  Where the points lie off the line by
 * more than their errors (chi^2 > n - 2), the errors returned are larger by sqrt(chi^2/(n - 2)).
 *
 * Returns HEBB_OK; HEBB_ENOSOLUTION for fewer than two different sizes; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_extrapolate(size_t n, const double *n_neurons, const double *value,
                                               const double *error, hebb_extrapolation *extrapolation);

/*
 * The same with other powers: value = limit + shift N^(-exponent) + .. + a_terms N^(-terms exponent), for laws other than
 * that of disorder: where a barrier N x distance^k decides, the distance is of order N^(-1/k).
 *
 * terms  in  1 or 2; errors grow with chi^2/(n - terms - 1) where that is above 1
 *
 * Returns HEBB_OK; HEBB_ENOSOLUTION for fewer than terms + 1 different sizes; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_extrapolate_in(size_t n, const double *n_neurons, const double *value,
                                                  const double *error, double exponent, int terms,
                                                  hebb_extrapolation *extrapolation);

#endif
