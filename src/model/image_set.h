/*
 * image_set - grey images, of the user's file or drawn by the program, and the patterns that a continuous memory makes
 * of them
 *
 *   x_i = (y_i - mean y)/|y - mean y|        y the pixels: a pattern has mean 0 and norm 1
 *
 * Raw pixels are not negative and of unequal norms: any two images overlap, and a bright one overlaps more with any state
 * than a faint one does with itself, so that it would be retrieved in place of it.  Of centred patterns of one norm the
 * nearest is also the one of the largest overlap.
 *
 * A file is .csv, .npy, .idx or .idx.gz; its first index counts images.  `builtin:digits` is digits.h, a new set for each
 * set number.
 */
#ifndef HEBB_MODEL_IMAGE_SET_H
#define HEBB_MODEL_IMAGE_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "array.h"
#include "philox.h"

typedef struct {
    bool is_builtin;
    size_t n_images; /* SIZE_MAX: as many as wanted */
    size_t n_rows, n_columns, n_pixels;
    hebb_array array;  /* of a file */
    uint32_t checksum; /* CRC-32 of the file's numbers; 0 of the built-in digits */
    uint64_t seed;     /* of the built-in digits */
} hebb_image_set;

/*
 * data  in   builtin:digits or a file's name
 * seed  in   of the built-in digits
 *
 * Images of a file of two dimensions are taken for squares where their number of pixels is one, else for rows.
 * Returns HEBB_OK; HEBB_EUSAGE for an unknown builtin; HEBB_ENOINPUT, HEBB_EIO, HEBB_EDATA, HEBB_ENOMEM as the readers do,
 * HEBB_EDATA also for numbers that are not finite, an image of one grey, too few dimensions or no images.
 */
HEBB_CHECK_RESULT hebb_status hebb_image_set_open(hebb_image_set *images, const char *data, uint64_t seed);

/* Safe on a zeroed one and twice. */
void hebb_image_set_free(hebb_image_set *images);

/* The pixels of an image, n_pixels numbers; `set` is for the built-in digits alone. */
void hebb_image_set_get(const hebb_image_set *images, uint32_t set, size_t index, double *pixels);

/* pixels -> pattern, in place.  HEBB_EDATA, without a sentence, for an image of one grey. */
HEBB_CHECK_RESULT hebb_status hebb_image_normalise(size_t n_pixels, double *pixels);

typedef enum { HEBB_MASK_LOWER, HEBB_MASK_RIGHT, HEBB_MASK_RANDOM } hebb_mask_kind;

/*
 * Sets round(share n) pixels of a pattern to 0, its mean, at which they add to no overlap: the last ones of n rows or
 * columns, counted in whole rows or columns, or random ones of n pixels.
 *
 * order   in   room for n_pixels numbers
 * stream  in   of the random pixels; else not used
 */
void hebb_image_mask(const hebb_image_set *images, hebb_mask_kind kind, double share, hebb_stream *stream,
                     uint32_t *order, double *pattern);

#endif
