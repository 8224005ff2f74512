/*
 * correlated - series whose autocorrelation time is known
 *
 *   y(t+1) = phi y(t) + sqrt(1 - phi^2) g(t),  g Gaussian of variance 1, as is y(0):  rho(t) = phi^t
 */
#ifndef HEBB_TESTS_CORRELATED_H
#define HEBB_TESTS_CORRELATED_H

#include <math.h>
#include <stddef.h>

#include "philox.h"

/* 1/2 + sum phi^t */
static inline double correlated_tau(double phi)
{
    return (1.0 + phi) / (2.0 * (1.0 - phi));
}

/* x <- x + amplitude y, the replica-th series of a kind. */
static inline void correlated_add(size_t n, double phi, double amplitude, uint64_t kind, uint32_t replica, double *x)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_STATE, kind, replica), 0, 0);
    double y = hebb_stream_gaussian(&stream);
    for (size_t t = 0; t < n; t++) {
        x[t] += amplitude * y;
        y = phi * y + sqrt(1.0 - phi * phi) * hebb_stream_gaussian(&stream);
    }
}

static inline void correlated_make(size_t n, double phi, uint64_t kind, uint32_t replica, double *x)
{
    for (size_t t = 0; t < n; t++) x[t] = 0.0;
    correlated_add(n, phi, 1.0, kind, replica, x);
}

#endif
