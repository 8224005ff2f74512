/*
 * array - a rectangular block of numbers read from a file, in the file's own type
 *
 * Row-major: element (i, j, ...) of shape (n0, n1, ...) stands at ((i n1) + j) ...  Readers (npy, idx, csv) fill
 * one; hebb_array_get widens any element to double.  The caller frees it.
 */
#ifndef HEBB_CORE_ARRAY_H
#define HEBB_CORE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include "status.h"

enum { HEBB_ARRAY_MAX_DIMENSIONS = 8 };

typedef enum {
    HEBB_ARRAY_U8,
    HEBB_ARRAY_I8,
    HEBB_ARRAY_U16,
    HEBB_ARRAY_I16,
    HEBB_ARRAY_U32,
    HEBB_ARRAY_I32,
    HEBB_ARRAY_U64,
    HEBB_ARRAY_I64,
    HEBB_ARRAY_F32,
    HEBB_ARRAY_F64
} hebb_array_type;

typedef struct {
    hebb_array_type type;
    size_t n_dimensions;
    size_t shape[HEBB_ARRAY_MAX_DIMENSIONS];
    void *data; /* in the machine's byte order, row-major */
} hebb_array;

/* Bytes of one element. */
size_t hebb_array_type_size(hebb_array_type type);

/* Product of the shape; 1 for no dimensions.  Readers have checked that it fits. */
size_t hebb_array_n_elements(const hebb_array *array);

/* Bytes of that many elements; SIZE_MAX when they are too many for a size_t. */
size_t hebb_array_n_bytes(hebb_array_type type, size_t n_dimensions, const size_t *shape);

/*
 * Checks that the shape's bytes can be counted and do not exceed max_bytes, then allocates zeroed data (never NULL,
 * even for no elements).
 *
 * Returns HEBB_OK, HEBB_ENOMEM with a sentence that names the bytes asked for, or HEBB_EDATA for more than
 * HEBB_ARRAY_MAX_DIMENSIONS; *array is then zeroed.
 */
HEBB_CHECK_RESULT hebb_status hebb_array_init(hebb_array *array, hebb_array_type type, size_t n_dimensions,
                                              const size_t *shape, size_t max_bytes);

/* Element `index` in row-major order, widened to double (64-bit integers beyond 2^53 are rounded). */
double hebb_array_get(const hebb_array *array, size_t index);

/* Turns data just read from a file of that byte order to the machine's. */
void hebb_array_decode(hebb_array *array, bool file_is_big_endian);

/* Safe on a zeroed array and twice. */
void hebb_array_free(hebb_array *array);

#endif
