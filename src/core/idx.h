/*
 * idx - reading the IDX format of the MNIST files, plain or gzipped
 *
 *   two zero bytes, type, number of dimensions, one big-endian 32-bit size a dimension, data in big-endian order
 *   type: 08 U8, 09 I8, 0B I16, 0C I32, 0D F32, 0E F64
 *
 * [MNIST] Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST database of handwritten digits.
 */
#ifndef HEBB_CORE_IDX_H
#define HEBB_CORE_IDX_H

#include "array.h"

/*
 * Gzip is recognised by its magic, not by the name.  The sizes in the header are checked before anything is
 * allocated: for a plain file against its length exactly; for a gzipped one against the most that deflate can
 * expand (1032:1), then against what is really there, with nothing left over.  1 to 8 dimensions.
 *
 * max_bytes  in   the most memory the array may take
 *
 * Returns HEBB_OK, HEBB_ENOINPUT, HEBB_EIO, HEBB_EDATA (bad magic, truncated, oversized, corrupt gzip) or
 * HEBB_ENOMEM, with a sentence that names the file, what was expected and what was found; *array is then zeroed.
 */
HEBB_CHECK_RESULT hebb_status hebb_idx_read(const char *path, size_t max_bytes, hebb_array *array);

#endif
