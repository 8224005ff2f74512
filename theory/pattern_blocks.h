/*
 * pattern_blocks - finitely many patterns, with overlaps that are equal in blocks
 *
 *   M = (a_1, .., a_1, a_2, .., a_2, .., a_k, .., a_k, 0, .., 0),   a_1 > a_2 > .. > a_k > 0,   a_j stands b_j times
 *   f = 1/2 sum_j b_j a_j^2 - T <ln 2cosh(x)>,   x = sum_j a_j y_j/T,   y_j a sum of b_j fair signs
 *   F_j = df/da_j = b_j a_j - <y_j tanh x>
 *
 * The P x P Hessian of f splits: k eigenvalues within the blocks' values; for each block of b >= 2 one b - 1 times, for
 * overlaps that become different; and one for the zeros.  Derivation: docs/theory/mixtures.md (1).
 */
#ifndef HEBB_THEORY_PATTERN_BLOCKS_H
#define HEBB_THEORY_PATTERN_BLOCKS_H

#include "sign_cone.h"
#include "status.h"

typedef struct {
    int n_patterns;           /* P */
    unsigned steps;           /* bit j: M_{j+1} > M_{j+2}; the mask names the blocks */
    int n_blocks;             /* k */
    int size[HEBB_MAX_MIXED]; /* b_j */
    int n_zero;
    int n_terms;                              /* of the average, x and -x taken together */
    double y[HEBB_MAX_SIGNS][HEBB_MAX_MIXED]; /* y_j in each */
    double weight[HEBB_MAX_SIGNS];
} hebb_blocks;

/* n_patterns 1 .. HEBB_MAX_MIXED, steps below 2^P. */
void hebb_blocks_init(hebb_blocks *blocks, int n_patterns, unsigned steps);

/* The number of vectors that signs and permutations make of M: 2^(P - zeros) P!/(prod b_j! zeros!). */
double hebb_blocks_multiplicity(const hebb_blocks *blocks);

/* The spectrum of the Hessian; +inf where there is no such direction. */
typedef struct {
    double values[HEBB_MAX_MIXED];                  /* n_blocks eigenvalues, ascending */
    double vectors[HEBB_MAX_MIXED][HEBB_MAX_MIXED]; /* vectors[i]: directions of the a_j for values[i] */
    double split[HEBB_MAX_MIXED];                   /* of each block, size - 1 times */
    double zero;                                    /* n_zero times */
    double min;
    int index; /* how many are negative, with their multiplicity */
} hebb_blocks_spectrum;

/*
 * a  in   n_blocks values, T > 0
 * v  in   NULL; or the overlaps are a + T v, and fields that a makes zero, below 1e-9, are T v.y: then T may be tiny
 */
HEBB_CHECK_RESULT hebb_status hebb_blocks_hessian(const hebb_blocks *blocks, double T, const double *a, const double *v,
                                                  hebb_blocks_spectrum *spectrum);

/* The same a and v. */
double hebb_blocks_free_energy(const hebb_blocks *blocks, double T, const double *a, const double *v);

/*
 * Newton's iteration for F = 0, from a.
 *
 * a         in   the start;  out  the solution, of any order and sign
 * max_move  in   steps are cut to this length in every a_j
 * max_steps in   how many
 *
 * It ends where rounding stops it: a_j to some 1e-16 over the smallest eigenvalue, relatively so where T > 1/2.
 * Returns HEBB_OK, or HEBB_ENOCONV after max_steps or at a singular Hessian.
 */
HEBB_CHECK_RESULT hebb_status hebb_blocks_newton(const hebb_blocks *blocks, double T, double *a, double max_move,
                                                 int max_steps);

/* da/dT along the solution a.  HEBB_ENOCONV at a singular Hessian. */
HEBB_CHECK_RESULT hebb_status hebb_blocks_tangent(const hebb_blocks *blocks, double T, const double *a, double *slope);

#endif
