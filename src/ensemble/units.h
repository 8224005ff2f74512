/*
 * units - which units of a study are done: a bit each
 */
#ifndef HEBB_ENSEMBLE_UNITS_H
#define HEBB_ENSEMBLE_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "status.h"

typedef struct {
    size_t n, n_done;
    uint64_t *words;
} hebb_units;

/* None is done.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_units_init(hebb_units *units, size_t n);

void hebb_units_mark(hebb_units *units, size_t unit);
bool hebb_units_is_done(const hebb_units *units, size_t unit);

/* Safe on a zeroed one and twice. */
void hebb_units_free(hebb_units *units);

#endif
