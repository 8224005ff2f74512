/*
 * continuous_relax - states of a continuous memory brought to fixed points, and what kind each is
 *
 *   sigma <- f(sigma) = Xi^T softmax(beta Xi sigma)   until |f(sigma) - sigma| <= tolerance M
 *
 * The energy falls at every step (continuous_memory.h), so there are no cycles.  Where the slope of f across the slowest
 * direction is lambda, the fixed point is within residual/(1 - lambda) of the state: near a spinodal, where lambda -> 1,
 * it takes many steps and the distance is larger than the residual.
 *
 * Kinds, from the softmax weights p of a fixed point:
 *
 *   average     K sum p^2 - 1 < 1/4: the weights vary by less than half of their mean; no pattern is chosen
 *   single      not so, and one weight is above 1/2: it outweighs all the others together (and K = 1)
 *   metastable  the rest: the average of some; their effective number is 1/sum p^2                     [R20]
 *
 * For q >= 3 orthogonal patterns of one norm, whose fixed points theory/potts.h has, these are exact: on the branch of one
 * pattern its weight is above 0.58 down to the spinodal, where K sum p^2 - 1 is 0.28 or more; g of them condensed have
 * p <= 1/g.  (g > 4q/5 of them, all but uniform, count as average: such states are never stable.)  Two patterns part
 * continuously, at k = 2, and count as parted from p = 3/4 on.
 */
#ifndef HEBB_DYNAMICS_CONTINUOUS_RELAX_H
#define HEBB_DYNAMICS_CONTINUOUS_RELAX_H

#include "continuous_memory.h"

typedef enum { HEBB_CONTINUOUS_SINGLE, HEBB_CONTINUOUS_METASTABLE, HEBB_CONTINUOUS_AVERAGE } hebb_continuous_kind;

/* single, metastable, average */
const char *hebb_continuous_kind_text(hebb_continuous_kind kind);

/* The kind of n weights, a sum of squares and the largest of them given. */
hebb_continuous_kind hebb_continuous_kind_of(double n, double squares, double largest);

typedef struct {
    hebb_continuous_kind kind;
    size_t largest;          /* the pattern of the largest weight, the first of equal ones */
    double weight;           /* its p */
    double effective_number; /* 1/sum p^2, from 1 to K */
} hebb_continuous_class;

/* weights  in  n of them, from 0 on, with sum 1 */
hebb_continuous_class hebb_continuous_classify(size_t n, const double *weights);

typedef struct {
    hebb_status status; /* HEBB_OK, or HEBB_ENOCONV: max_iterations were not enough */
    long iterations;
    double residual; /* |f(sigma) - sigma| / M of the last step */
    hebb_continuous_class class;
} hebb_continuous_fixed_point;

typedef struct {
    double tolerance;    /* of the residual, in units of M; below some 1e-15 N^(1/2) it may never be reached */
    long max_iterations; /* 1 or more */
} hebb_continuous_relax_options;

/* Bytes of room that n_states need. */
double hebb_continuous_relax_bytes(size_t n_neurons, size_t n_patterns, size_t n_states);

/*
 * Relaxes n_states at once; those that are done drop out.
 *
 * states  inout  n_states x N; left where the residual was measured, one update further
 * room    in     hebb_continuous_relax_bytes
 * points  out    n_states
 *
 * Returns HEBB_OK, also where some did not converge: each says so itself; or as hebb_continuous_memory_update.
 */
HEBB_CHECK_RESULT hebb_status hebb_continuous_relax(hebb_continuous_memory *memory, size_t n_states, double *states,
                                                    const hebb_continuous_relax_options *options, double *room,
                                                    hebb_continuous_fixed_point *points);

#endif
