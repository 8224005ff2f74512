/*
 * rival_law - what K random patterns do to a state of the exponential memory in one step, drawn from their law
 *
 * For sizes at which e^{alpha N} patterns cannot be drawn.  In the units and letters of rivals.h, with the state s as origin,
 * a rival that disagrees with s on the set S, |S| = k, adds to s_i D_i
 *
 *   e^{-2(k-d)}  where it agrees with s_i,   -e^2 e^{-2(k-d)}  where it does not
 *
 * beside a pattern at distance d, whose own term is 1 where s_i is right, -e^2 where it is wrong.
 *
 * - Numbers of rivals at each distance: Poisson of mean (K-1) C(N,k)/2^N.  The exact law, multinomial, differs by less in
 *   total variation than the share of all patterns that lies within the distances drawn.
 * - Near ones, some thousand: one by one, with their sets.
 * - All others: a Gaussian with their mean, variance and covariance between neurons.  Their nearest distance
 *   alone has some thousand of them, and their spread is small beside the pattern's term.
 *
 * Goes through libm: equal over machines to 1e-12, not to the bit.
 */
#ifndef HEBB_MODEL_RIVAL_LAW_H
#define HEBB_MODEL_RIVAL_LAW_H

#include <stddef.h>
#include "philox.h"
#include "status.h"

enum { HEBB_RIVAL_LAW_MAX_NEURONS = 1000 };

/* The law at one N, K and d; needs no freeing. */
typedef struct {
    size_t n_neurons, n_errors;
    size_t n_near;                                      /* distances 0 .. n_near - 1 are drawn */
    double mean_number[HEBB_RIVAL_LAW_MAX_NEURONS + 1]; /* of rivals at each of them */
    double mean, deviation, common;                     /* of the others: see rival_law.c */
} hebb_rival_law;

/*
 * n_neurons   in   2 .. HEBB_RIVAL_LAW_MAX_NEURONS
 * n_patterns  in   K >= 1, finite
 * n_errors    in   d < N/2
 *
 * Returns HEBB_OK or HEBB_EDOM.
 */
HEBB_CHECK_RESULT hebb_status hebb_rival_law_init(hebb_rival_law *law, size_t n_neurons, double n_patterns,
                                                  size_t n_errors);

/*
 * One realisation of the rivals: how many neurons are right after one synchronous step.  fields: room for N numbers,
 * chosen: room for N marks.  Allocates nothing.
 */
size_t hebb_rival_law_step(const hebb_rival_law *law, hebb_stream *stream, double *fields, uint32_t *chosen);

#endif
