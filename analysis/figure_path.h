/* figure_path - what the parts of figure.h share: paths of files in a folder */
#ifndef HEBB_ANALYSIS_FIGURE_PATH_H
#define HEBB_ANALYSIS_FIGURE_PATH_H

#include <stdbool.h>
#include "status.h"

/* folder/name, NULL without memory.  The caller frees it. */
char *hebb_figure_path(const char *folder, const char *name);

/* HEBB_ENOMEM, with a sentence. */
hebb_status hebb_figure_fail_memory(const char *path);

/* Whether the folder is a figure's.  HEBB_ENOMEM; HEBB_EIO where that cannot be seen. */
HEBB_CHECK_RESULT hebb_status hebb_figure_has_recipe(const char *folder, bool *found);

/* HEBB_ENOMEM, HEBB_EIO or HEBB_ENOINPUT, by errno, with a sentence. */
hebb_status hebb_figure_fail_input(const char *path);

/*
 * HEBB_OK when the figure has a plot.gp and may be drawn in `out`: in its own folder, where the script is already, but
 * not in another figure's.  HEBB_ENOINPUT, HEBB_EUSAGE, HEBB_ENOMEM, HEBB_EIO.
 */
HEBB_CHECK_RESULT hebb_status hebb_figure_check_script(const char *folder, const char *out);

#endif
