/*
 * journals - the journals of a study's folder: `journal`, and one a further rank, `journal.1`, `journal.2`, ...
 */
#ifndef HEBB_ENSEMBLE_JOURNALS_H
#define HEBB_ENSEMBLE_JOURNALS_H

#include <stddef.h>
#include "status.h"

typedef struct {
    size_t n;
    char **paths;
} hebb_journals;

/* Those that there are, in the ranks' order; none where there is no such folder.  HEBB_EIO, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_journals_list(const char *folder, hebb_journals *journals);

/* The path of a rank's; the caller frees it.  NULL: no memory. */
char *hebb_journals_path(const char *folder, int rank);

/* Safe on a zeroed one and twice. */
void hebb_journals_free(hebb_journals *journals);

#endif
