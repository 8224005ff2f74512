/*
 * pgm - grey images written as portable graymaps (P5, 8 bits)
 */
#ifndef HEBB_CORE_PGM_H
#define HEBB_CORE_PGM_H

#include <stddef.h>
#include <stdint.h>
#include "status.h"

/* n_rows x n_columns greys, row-major, the top row first, 0 black, 255 white.  As hebb_atomic_file_commit. */
HEBB_CHECK_RESULT hebb_status hebb_pgm_write(const char *path, size_t n_rows, size_t n_columns, const uint8_t *greys);

#endif
