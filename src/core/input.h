/*
 * input - a data file opened for one of the readers, and the sentences they share when it is not as it should be
 *
 * Only regular files are read: a reader holds the sizes that a header promises against the file's length, and a
 * folder, a pipe or a device has none.
 */
#ifndef HEBB_CORE_INPUT_H
#define HEBB_CORE_INPUT_H

#include <stddef.h>
#include <stdio.h>
#include "status.h"

enum { HEBB_INPUT_EXCERPT_SIZE = 136 };

/*
 * Opens path for reading; the caller closes the stream.  Never waits, not even for a pipe that nobody writes to.
 *
 * n_bytes  out  the file's length
 *
 * Returns HEBB_OK, HEBB_ENOINPUT (no such file, one that may not be read, or not a regular file), HEBB_ENOMEM or HEBB_EIO.
 */
HEBB_CHECK_RESULT hebb_status hebb_input_open(const char *path, FILE **stream, size_t *n_bytes);

/* The length of a file that is open already.  HEBB_ENOINPUT where it is not a regular one, HEBB_EIO. */
HEBB_CHECK_RESULT hebb_status hebb_input_measure(const char *path, int descriptor, size_t *n_bytes);

/*
 * The status of an input that cannot be opened, by errno: HEBB_ENOMEM; HEBB_EIO where the system failed; HEBB_ENOINPUT
 * where the name is wrong or may not be read.
 */
hebb_status hebb_input_status(int reason);

/*
 * Reads the whole file and puts a NUL behind it.
 *
 * max_bytes  in   the largest file
 * text       out  the caller frees it; NULL on failure
 * n_bytes    out  the file's length
 *
 * Returns as hebb_input_open, and HEBB_EDATA for a longer file, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_input_load(const char *path, size_t max_bytes, char **text, size_t *n_bytes);

/* Reads n_bytes that the file's length promised; HEBB_EIO when they cannot be had. */
HEBB_CHECK_RESULT hebb_status hebb_input_read(const char *path, FILE *stream, void *into, size_t n_bytes);

/* HEBB_OK where the data's n_promised bytes (SIZE_MAX: too many to count) are the n_found ones, or HEBB_EDATA. */
HEBB_CHECK_RESULT hebb_status hebb_input_check_length(const char *path, size_t n_promised, size_t n_found);

/* Puts «path: » before the sentence that a function without knowledge of the file has left; returns status. */
hebb_status hebb_input_blame(const char *path, hebb_status status);

/*
 * The first 32 of n bytes of a file's content, fit to be printed: what is not printable ASCII becomes \xHH, and
 * "..." stands for the rest.  Returns excerpt.
 */
const char *hebb_input_excerpt(char excerpt[HEBB_INPUT_EXCERPT_SIZE], const void *content, size_t n);

#endif
