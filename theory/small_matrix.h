/*
 * small_matrix - linear equations and eigenvalues of a few rows, by GSL
 *
 * Matrices are row-major; `width` is the distance between rows in memory.  GSL's error handler is never reached.
 * Nothing is allocated: a solver that iterates over these has no memory to run out of.
 */
#ifndef HEBB_THEORY_SMALL_MATRIX_H
#define HEBB_THEORY_SMALL_MATRIX_H

#include <stddef.h>
#include "status.h"

enum { HEBB_SMALL_MAX = 16 }; /* rows; more are HEBB_EDOM */

/*
 * Solves A x = b.
 *
 * n  in     rows, 0 or more
 * A  inout  n x n; destroyed
 * b  inout  n values; x takes their place
 *
 * Returns HEBB_OK, HEBB_ENOCONV for a matrix that is singular or not finite, or HEBB_EDOM.
 */
HEBB_CHECK_RESULT hebb_status hebb_small_solve(size_t n, size_t width, double *A, double *b);

/*
 * The eigenvalues of a symmetric matrix, ascending, with their unit eigenvectors.
 *
 * A        inout  n x n; destroyed
 * values   out    n
 * vectors  out    n x n, rows `width` apart: row i is the vector of values[i]
 *
 * Returns HEBB_OK, HEBB_ENOCONV for entries that are not finite, or HEBB_EDOM.
 */
HEBB_CHECK_RESULT hebb_status hebb_small_eigen(size_t n, size_t width, double *A, double *values, double *vectors);

/* The largest eigenvalue of a symmetric matrix of n >= 1 rows, n apart; returns as hebb_small_eigen. */
HEBB_CHECK_RESULT hebb_status hebb_small_largest(size_t n, const double *A, double *largest);

#endif
