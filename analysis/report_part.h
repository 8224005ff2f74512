/* report_part - what the parts of report_folder.h share: one folder's files, without the folders in it */
#ifndef HEBB_ANALYSIS_REPORT_PART_H
#define HEBB_ANALYSIS_REPORT_PART_H

#include "report_folder.h"

/* Reads folder/name, or the folder itself where the name is "".  As hebb_report_folder_read; to be freed in any case. */
HEBB_CHECK_RESULT hebb_status hebb_report_part_read(hebb_report_part *part, const char *folder, const char *name);

/* The names, sorted, of the folders in it that have a manifest.  HEBB_EIO, HEBB_ENOMEM; the caller frees both levels. */
HEBB_CHECK_RESULT hebb_status hebb_report_subfolders(const char *folder, char ***names, size_t *n);

/* How far a study or training is that has no verdicts yet: part->state and part->go_on.  HEBB_EIO, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_report_survey(hebb_report_part *part);

/* Safe on a zeroed one and twice. */
void hebb_report_part_free(hebb_report_part *part);

#endif
