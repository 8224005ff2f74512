/*
 * list - the LIST of the command line: `a,b,c`, `start:stop:step`, and mixes of both
 *
 * A range is the correctly rounded decimals start + k step, k = 0, 1, ..., up to stop, which is in it if it lies on
 * the grid: 0.1:0.3:0.1 is exactly the doubles that 0.1, 0.2 and 0.3 read as.
 */
#ifndef HEBB_CORE_LIST_H
#define HEBB_CORE_LIST_H

#include <stddef.h>
#include "status.h"

enum { HEBB_LIST_MAX_LENGTH = 1000000 };

typedef struct {
    size_t length; /* at least 1 after a successful parse */
    double *values;
} hebb_list;

/*
 * text  in   one or more items separated by commas; a range may descend (negative step)
 * list  out  the caller frees it
 *
 * Returns HEBB_OK; HEBB_EUSAGE for an empty item or text that is no number, HEBB_EDOM for a range that is not
 * finite, has step 0 or the wrong sign, over 18 digits, or for over HEBB_LIST_MAX_LENGTH values; HEBB_ENOMEM.  The
 * sentence quotes the item.
 */
HEBB_CHECK_RESULT hebb_status hebb_list_parse(const char *text, hebb_list *list);

/* Safe on a zeroed list and twice. */
void hebb_list_free(hebb_list *list);

#endif
