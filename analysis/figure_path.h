/* figure_path - what the parts of figure.h share: paths of files in a folder */
#ifndef HEBB_ANALYSIS_FIGURE_PATH_H
#define HEBB_ANALYSIS_FIGURE_PATH_H

#include <stdbool.h>
#include "fingerprint.h"
#include "status.h"

/*
 * What a finished folder says of itself, written once all steps are done: the figure's command, those of its tables, the
 * recipe's title, the seed, and the hashes of the recipe and of the folder's manifest.json.
 */
#define HEBB_FIGURE_STAMP "figure.json"

/* folder/name, NULL without memory.  The caller frees it. */
char *hebb_figure_path(const char *folder, const char *name);

/* HEBB_ENOMEM, with a sentence. */
hebb_status hebb_figure_fail_memory(const char *path);

/* Whether the folder is a figure's.  HEBB_ENOMEM; HEBB_EIO where that cannot be seen. */
HEBB_CHECK_RESULT hebb_status hebb_figure_has_recipe(const char *folder, bool *found);

/* HEBB_ENOMEM, HEBB_EIO or HEBB_ENOINPUT, by errno, with a sentence. */
hebb_status hebb_figure_fail_input(const char *path);

/* The whole file or none; one that is there is replaced.  HEBB_ENOINPUT, HEBB_EIO, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_figure_copy_file(const char *from, const char *to);

/* Both are there and may be read, or that is the failure: HEBB_ENOINPUT, HEBB_EIO, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_figure_is_same_content(const char *a, const char *b, bool *same);

/* Of the file, in digits; "" for one that cannot be read.  HEBB_EIO, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_figure_hash(const char *path, char hash[HEBB_FINGERPRINT_LENGTH]);

/*
 * HEBB_OK when the figure has a plot.gp and may be drawn in `out`: in its own folder, where the script is already, but
 * not in another figure's.  HEBB_ENOINPUT, HEBB_EUSAGE, HEBB_ENOMEM, HEBB_EIO.
 */
HEBB_CHECK_RESULT hebb_status hebb_figure_check_script(const char *folder, const char *out);

#endif
