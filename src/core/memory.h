/*
 * memory - how much there is, asked before anything large is allocated
 */
#ifndef HEBB_CORE_MEMORY_H
#define HEBB_CORE_MEMORY_H

#include <stddef.h>
#include "status.h"

/* Bytes that can be had now without swapping, the control group's limit included; SIZE_MAX where unknown. */
size_t hebb_memory_available(void);

/*
 * Refuses, with the numbers, what would not fit: n_workers times bytes_each.
 *
 * what  in   what the memory is for, as in "patterns of 1000000 neurons x 130000"
 *
 * Returns HEBB_OK or HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_memory_check(const char *what, double bytes_each, int n_workers);

#endif
