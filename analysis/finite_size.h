/*
 * finite_size - from the loads at which finite networks fail to the capacity of the infinite one
 *
 *   P(lost | alpha) = Phi((alpha - alpha_half)/width)           at each size: a probit
 *   alpha_half(N) = alpha_inf + shift N^(-1/2)                  over the sizes
 *
 * The disorder of one network moves the load at which it fails by O(N^(-1/2)): crosstalk is a sum of N p random signs.
 * Width and shift go down alike; a fit in 1/N misses alpha_inf by several per cent.
 *
 * [MN89] P. McCullagh, J. A. Nelder, Generalized Linear Models (1989), ch. 4.
 */
#ifndef HEBB_ANALYSIS_FINITE_SIZE_H
#define HEBB_ANALYSIS_FINITE_SIZE_H

#include <stddef.h>
#include "status.h"

typedef struct {
    double load; /* p/N */
    size_t n_lost, n_runs;
} hebb_loss_count;

typedef struct {
    double alpha_half, alpha_half_error; /* the load at which half of the runs are lost */
    double width, width_error;
} hebb_loss_curve;

/*
 * Maximum-likelihood probit through the counts, by Fisher scoring; errors from the Fisher information.   [MN89]
 *
 * Returns HEBB_OK; HEBB_ENOSOLUTION when the counts do not fix the curve: fewer than two loads at which some
 * runs, not all, are lost, or losses that do not rise with the load; HEBB_ENOCONV.
 */
HEBB_CHECK_RESULT hebb_status hebb_loss_curve_fit(size_t n, const hebb_loss_count *counts, hebb_loss_curve *curve);

typedef struct {
    double limit, limit_error; /* at N -> infinity */
    double shift, shift_error; /* the coefficient of N^(-1/2) */
    double chi_squared;        /* of n - 2 degrees of freedom */
} hebb_extrapolation;

/*
 * Weighted straight line of value[k] +- error[k] in n_neurons[k]^(-1/2), k < n.  Where the points lie off the line by
 * more than their errors (chi^2 > n - 2), the errors returned are larger by sqrt(chi^2/(n - 2)).
 *
 * Returns HEBB_OK, or HEBB_ENOSOLUTION for fewer than two different sizes.
 */
HEBB_CHECK_RESULT hebb_status hebb_extrapolate(size_t n, const double *n_neurons, const double *value,
                                               const double *error, hebb_extrapolation *extrapolation);

#endif
