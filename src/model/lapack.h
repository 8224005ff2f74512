/*
 * lapack - what is called of LAPACK, which OpenBLAS contains, by its Fortran interface: column-major, arguments by address
 */
#ifndef HEBB_MODEL_LAPACK_H
#define HEBB_MODEL_LAPACK_H

#include "status.h"
#include <stddef.h>

/*
 * The singular values of a matrix, from the largest, and where wanted its singular vectors: A = sum_a w_a u^a (v^a)^T.
 *
 * matrix  in   n_rows x n_columns, row-major; unchanged
 * values  out  min(n_rows, n_columns)
 * left    out  min x n_rows: row a is u^a; NULL: not wanted
 * right   out  min x n_columns: row a is v^a; NULL with left
 *
 * The sign of a pair of vectors is that which makes the largest entry of u^a (in size, the first of equals) positive.
 * By dgesdd.  Returns HEBB_OK; HEBB_EDOM for an empty matrix or one too large for LAPACK's integers; HEBB_ENOCONV, as for a
 * matrix with a NaN; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_lapack_svd(size_t n_rows, size_t n_columns, const double *matrix, double *values,
                                              double *left, double *right);

#endif
