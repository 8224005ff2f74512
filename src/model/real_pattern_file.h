/*
 * real_pattern_file - patterns of real numbers of the user's own, from .csv, .npy, .idx or .idx.gz
 *
 * The file is a block of numbers whose first index counts patterns, as in pattern_file.h; each number is a pattern's, as it
 * stands.  The continuous memory takes them as they are (continuous_memory.h).
 */
#ifndef HEBB_MODEL_REAL_PATTERN_FILE_H
#define HEBB_MODEL_REAL_PATTERN_FILE_H

#include "pattern_file.h"

typedef struct {
    size_t n_patterns, n_neurons;
    double *patterns;  /* n_patterns x n_neurons, all finite */
    uint32_t checksum; /* CRC-32 of the numbers, as little-endian doubles without negative zeros */
} hebb_real_pattern_file;

/*
 * Returns HEBB_OK; HEBB_ENOINPUT, HEBB_EIO, HEBB_EDATA, HEBB_ENOMEM as the readers do, HEBB_EDATA also for an unknown kind
 * of file, for fewer than two dimensions or no patterns, and for a number that is not finite, named by the file, the
 * pattern and the pixel (of a .csv, by line and column); *file is then zeroed.
 */
HEBB_CHECK_RESULT hebb_status hebb_real_pattern_file_read(const char *path, hebb_real_pattern_file *file);

/* Safe on a zeroed one and twice. */
void hebb_real_pattern_file_free(hebb_real_pattern_file *file);

#endif
