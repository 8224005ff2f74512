/*
 * mixture_search - stationary points of f for P patterns, collected and followed in T
 *
 * A solution is followed in the subspace of its blocks of equal overlaps, where it ends only at a fold or at another
 * solution of fewer blocks.  Solutions of one block more branch off where an eigenvalue across the subspace changes
 * sign, and are looked for there.  docs/theory/mixtures.md (2).
 */
#ifndef HEBB_THEORY_MIXTURE_SEARCH_H
#define HEBB_THEORY_MIXTURE_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include "pattern_blocks.h"
#include "status.h"

typedef struct {
    unsigned steps; /* names the blocks */
    double a[HEBB_MAX_MIXED];
    hebb_blocks_spectrum spectrum;
} hebb_search_solution;

typedef struct {
    int n_patterns;
    double care;                /* how far from its tangent a solution may lie, beyond a tenth of the way */
    hebb_blocks *blocks;        /* by their steps, 2^P of them */
    hebb_search_solution *list; /* no two alike */
    size_t n, room;
} hebb_search;

/* HEBB_OK or HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_search_init(hebb_search *search, int n_patterns, double care);

/* Safe on a zeroed one and twice. */
void hebb_search_free(hebb_search *search);

/* Adds a solution at T unless it is known.  HEBB_OK or HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_search_add(hebb_search *search, double T, unsigned steps, const double *a);

/* Replaces the solutions at T by those at `target`, above or below, with what branches off on the way. */
HEBB_CHECK_RESULT hebb_status hebb_search_follow(hebb_search *search, double T, double target);

/* Tries every solution for neighbours with one block split, until no new ones appear. */
HEBB_CHECK_RESULT hebb_status hebb_search_neighbours(hebb_search *search, double T);

/*
 * Tries every solution for neighbours of the same blocks along the Hessian's eigenvectors, until no new ones appear: a
 * fold on the way may have made two.
 */
HEBB_CHECK_RESULT hebb_status hebb_search_along(hebb_search *search, double T);

/* Whether the sums of (-1)^index over the solutions of the first p patterns are 1 for every p up to P. */
bool hebb_search_is_complete(const hebb_search *search, double T);

#endif
