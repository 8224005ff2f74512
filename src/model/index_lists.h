/*
 * index_lists - states of two-valued units as lists: of each state, which units are on
 *
 *   state r:  indices[starts[r]] < indices[starts[r] + 1] < .. , up to indices[starts[r + 1] - 1]
 *
 * So data are kept, and so the gathering kernels of rbm_layer.h want them.
 */
#ifndef HEBB_MODEL_INDEX_LISTS_H
#define HEBB_MODEL_INDEX_LISTS_H

#include <stddef.h>
#include <stdint.h>
#include "status.h"

typedef struct {
    size_t n_states, n_units;
    size_t *starts;    /* n_states + 1 */
    uint32_t *indices; /* starts[n_states] */
    size_t room;       /* of indices */
} hebb_index_lists;

/* n_states states with all units off, and room for all on.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_index_lists_init(hebb_index_lists *lists, size_t n_states, size_t n_units);

/*
 * Of bytes, and no more room than they need.
 *
 * states  in   n_states x n_units; 0 is off
 */
HEBB_CHECK_RESULT hebb_status hebb_index_lists_from_bytes(hebb_index_lists *lists, size_t n_states, size_t n_units,
                                                          const uint8_t *states);

/* Safe on zeroed ones and twice. */
void hebb_index_lists_free(hebb_index_lists *lists);

/* states: n_states x n_units, 0 or 1; lists made by hebb_index_lists_init for that many. */
void hebb_index_lists_set(hebb_index_lists *lists, size_t n_states, const uint8_t *states);
void hebb_index_lists_get(const hebb_index_lists *lists, uint8_t *states);

/* The states of `from` whose numbers are which[0 .. n-1]; `lists` has room for n. */
void hebb_index_lists_select(hebb_index_lists *lists, const hebb_index_lists *from, size_t n, const uint32_t *which);

/* Of each unit, in which states it is on; `lists` was made for n_units states of n_states units. */
void hebb_index_lists_transpose(hebb_index_lists *lists, const hebb_index_lists *from);

#endif
