/*
 * disorder - averages over realisations of the disorder (sets of patterns), each known with a thermal error of its own
 *
 *   x_r, e_r  thermal mean of realisation r of R and its error, each from its own series (series.h)
 *
 *   total^2    = sum_r (x_r - mean)^2/(R (R - 1))    the standard error of the mean over disorder, all in all
 *   thermal^2  = sum_r e_r^2/R^2                     what of it longer runs would remove
 *   disorder^2 = total^2 - thermal^2                 what more realisations alone remove, by 1/sqrt(R)
 *
 * The total is the error to compare with a theory of the average: it holds whatever the e_r are.  The parts say where to
 * spend time.  disorder^2 is a difference of two estimates, the first known to sqrt(2/(R-1)) of itself: 0 where it would
 * be negative.
 *
 * [ET93] B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), ch. 13.
 * [H15]  T. C. Hesterberg, Am. Stat. 69 (2015) 371, sect. 5.3 of its supplement: percentiles for small samples.
 */
#ifndef HEBB_ANALYSIS_DISORDER_H
#define HEBB_ANALYSIS_DISORDER_H

#include "estimators.h"

typedef struct {
    size_t n;                        /* realisations that have a mean */
    double mean;                     /* NaN: n = 0 */
    double error, thermal, disorder; /* of the mean, one standard error; NaN where the sample cannot tell */
} hebb_disorder;

/*
 * n       in   number of realisations
 * x       in   their thermal means; NaN is left out
 * errors  in   their thermal errors; NULL, or a NaN among those that count: the parts are NaN
 */
hebb_disorder hebb_disorder_average(size_t n, const double *x, const double *errors);

/*
 * The interval that covers a statistic over the disorder with probability `level`: percentiles of the bootstrap over
 * realisations, taken so far out as Student's law with R - 1 degrees of freedom and the factor sqrt(R/(R-1)) ask for,
 * as percentiles alone are too narrow at small R.                                                        [ET93, H15]
 *
 * n            in   number of realisations, R
 * n_resamples  in   1000 give the ends of a 95 % interval to some 5 % of its width
 * level        in   in (0, 1), as .95
 * statistic    in   as of hebb_bootstrap_error
 * indices      in   room for n
 * values       in   room for n_resamples; out: the statistic of the resamples, in ascending order, NaNs left out
 * low, high    out  NaN when fewer than two resamples were defined
 */
void hebb_disorder_interval(size_t n, size_t n_resamples, double level, hebb_philox generator,
                            double (*statistic)(void *context, size_t n, const uint32_t *indices), void *context,
                            uint32_t *indices, double *values, double *low, double *high);

#endif
