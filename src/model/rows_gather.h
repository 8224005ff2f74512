/*
 * rows_gather - sums of the rows of a matrix that lists name, in single precision
 *
 *   sums[r] = start + sum over i in list r of rows[i]
 *
 * The fields of a layer of two-valued units, where the lists are states and the rows weights; and the correlations of
 * two layers, where the lists are transposed, of each unit the states it is on in, and the rows are the other layer's
 * means.  Nothing is multiplied.  A number is added from left to right in the order of its list, in every kernel and for any
 * number of threads: the result is the same to the bit.
 *
 * Rows go in tiles that stay in the first cache.  For that a row's stride should be an odd number of 16s: rows whose
 * distance is a power of two share a few of the cache's lines (hebb_rows_stride).
 */
#ifndef HEBB_MODEL_ROWS_GATHER_H
#define HEBB_MODEL_ROWS_GATHER_H

#include "index_lists.h"

/* The stride for rows of that many numbers: an odd number of 16s that has room for them. */
size_t hebb_rows_stride(size_t n_columns);

/*
 * lists      in   of n_states lists, each in rising order
 * rows       in   of lists->n_units rows of `stride` numbers
 * n_columns  in   a multiple of 16, at most stride
 * start      in   n_columns; NULL: 0
 * sums       out  n_states x stride
 */
void hebb_rows_gather(const hebb_index_lists *lists, const float *rows, size_t n_columns, size_t stride,
                      const float *start, float *sums, int n_threads);

/*
 * sums[r] = sum over i in list r of `plus` of plus_rows[i] - the same of `minus`; both have as many lists.  The rows of
 * the one are added, then those of the other subtracted, from left to right.
 */
void hebb_rows_gather_difference(const hebb_index_lists *plus, const float *plus_rows, const hebb_index_lists *minus,
                                 const float *minus_rows, size_t n_columns, size_t stride, float *sums, int n_threads);

#endif
