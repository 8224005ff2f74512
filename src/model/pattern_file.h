/*
 * pattern_file - patterns of the user's own, from .csv, .npy, .idx or .idx.gz
 *
 * A file is a block of numbers whose first index counts patterns; what is left is one pattern's N pixels.  Without a
 * threshold they must be two-valued already, -1 and 1 or 0 and 1; with one, a pixel above it is +1, any other -1.
 */
#ifndef HEBB_MODEL_PATTERN_FILE_H
#define HEBB_MODEL_PATTERN_FILE_H

#include <stdbool.h>
#include "array.h"
#include "patterns.h"

/*
 * The numbers of a file as they stand, and how many patterns of how many pixels they are.
 *
 * Returns HEBB_OK; HEBB_ENOINPUT, HEBB_EIO, HEBB_EDATA, HEBB_ENOMEM as the readers do, HEBB_EDATA also for an unknown kind
 * of file, one dimension, no patterns, or more than HEBB_MAX_PATTERNS of HEBB_MAX_NEURONS.  The array is to be freed, also
 * after a failure.
 */
HEBB_CHECK_RESULT hebb_status hebb_pattern_file_read_array(const char *path, hebb_array *array, size_t *n_patterns,
                                                           size_t *n_neurons);

typedef struct {
    size_t n_patterns, n_neurons;
    int8_t *signs;     /* n_patterns x n_neurons, +1 or -1 */
    uint32_t checksum; /* CRC-32 of the signs: what a result says of its patterns, instead of a path */
} hebb_pattern_file;

/*
 * threshold  in   NULL: the file is two-valued
 *
 * Returns HEBB_OK; HEBB_ENOINPUT, HEBB_EIO, HEBB_EDATA, HEBB_ENOMEM as the readers do, HEBB_EDATA also for an
 * unknown kind of file and for values that need a threshold; the sentence names the file and the remedy.
 */
HEBB_CHECK_RESULT hebb_status hebb_pattern_file_read(const char *path, const double *threshold,
                                                     hebb_pattern_file *file);

/* Safe on a zeroed one and twice. */
void hebb_pattern_file_free(hebb_pattern_file *file);

/*
 * Fills `patterns` with p different ones of the file's, drawn without replacement and in random order from the
 * counter: they depend on (seed, p, replica) and the file alone.
 *
 * patterns  inout  initialised for the file's N and at most its number of patterns
 * indices   in     room for file->n_patterns numbers
 */
void hebb_pattern_file_choose(const hebb_pattern_file *file, uint64_t seed, uint32_t replica, uint32_t *indices,
                              hebb_patterns *patterns);

#endif
