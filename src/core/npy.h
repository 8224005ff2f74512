/*
 * npy - numpy's .npy files: reading format versions 1.0, 2.0 and 3.0, writing 1.0
 *
 * Types b1 (as U8, bytes other than 0 and 1 refused), u1 i1 u2 i2 u4 i4 u8 i8 f4 f8, either byte order, C and
 * Fortran order (transposed to row-major on reading, which takes the data's memory twice).  Objects, structures,
 * strings and complex numbers are refused by name.
 *
 * [NEP1] R. Kern, A simple file format for NumPy arrays (2007).
 */
#ifndef HEBB_CORE_NPY_H
#define HEBB_CORE_NPY_H

#include "array.h"

/*
 * Every size in the header is checked against the file's length before anything is allocated: the data must fill
 * the rest of the file exactly.
 *
 * max_bytes  in   the most memory the array may take
 *
 * Returns HEBB_OK, HEBB_ENOINPUT, HEBB_EIO, HEBB_EDATA (malformed header, truncated or oversized file, unsupported
 * type) or HEBB_ENOMEM, with a sentence that names the file and the remedy; *array is then zeroed.
 */
HEBB_CHECK_RESULT hebb_status hebb_npy_read(const char *path, size_t max_bytes, hebb_array *array);

/*
 * Writes the array in C order and the machine's byte order, the data at a multiple of 64 bytes; whole or not at all.
 * Returns as hebb_atomic_file_open and hebb_atomic_file_commit.
 */
HEBB_CHECK_RESULT hebb_status hebb_npy_write(const hebb_array *array, const char *path);

#endif
