/*
 * memory - how much there is, asked before anything large is allocated
 */
#ifndef HEBB_CORE_MEMORY_H
#define HEBB_CORE_MEMORY_H

#include <stddef.h>
#include "status.h"

/*
 * Zeroed memory, for free(); aligned to 64 bytes at least, large pieces to whole huge pages, which they are asked to be.
 * NULL where there is none.
 */
void *hebb_memory_zeroed(size_t bytes);

enum { HEBB_MEMORY_LENGTH = 32 };

/* An amount for messages, to three digits: 512 B, 30.5 KiB, 16.3 GiB.  Returns text. */
char *hebb_memory_format(double bytes, char text[HEBB_MEMORY_LENGTH]);

/* Bytes that can be had now without swapping, within the control group's limit and the user's; SIZE_MAX: unknown. */
size_t hebb_memory_available(void);

/*
 * The user's limit, for the whole process, before anything large is allocated: a number with or without K, M, G or T,
 * powers of 1024.  Returns HEBB_OK; HEBB_EUSAGE for other text, HEBB_EDOM for what is not above 0.
 */
HEBB_CHECK_RESULT hebb_status hebb_memory_limit(const char *text);

/* This process is one of n on the machine that take memory: it may have an n-th of what is there.  1 until told. */
void hebb_memory_share(int n);

/*
 * Refuses, with the numbers, what would not fit: n_workers times bytes_each.
 *
 * what  in   what the memory is for, as in "patterns of 1000000 neurons x 130000"
 *
 * Returns HEBB_OK or HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_memory_check(const char *what, double bytes_each, int n_workers);

#endif
