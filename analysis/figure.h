/*
 * figure - a figure is a folder: recipe.conf says what to compute, plot.gp draws it, README.md says what it shows
 *
 * The program's own folders are looked for in $HEBB_FIGURES, beside the executable, in ../share/hebb/figures from it,
 * and where they were installed.  A copy of one, changed, works by its path.
 */
#ifndef HEBB_ANALYSIS_FIGURE_H
#define HEBB_ANALYSIS_FIGURE_H

#include <stdio.h>
#include "experiment.h"

/* The names of all figures, sorted.  The caller frees names[0..*n) and names. */
HEBB_CHECK_RESULT hebb_status hebb_figure_list(char ***names, size_t *n);

/*
 * The folder of a figure's name, or of a path with a slash in it.  The caller frees it.
 * HEBB_EUSAGE for an unknown name (the nearest is named), HEBB_ENOINPUT when the path is no figure's.
 */
HEBB_CHECK_RESULT hebb_status hebb_figure_find(const char *name, char **folder);

/* A folder's last part, "figures/my-capacity/" -> "my-capacity"; the caller frees it.  NULL: no memory. */
char *hebb_figure_name(const char *folder);

/* The title in the figure's recipe, "" when there is none.  The caller frees it. */
HEBB_CHECK_RESULT hebb_status hebb_figure_title(const char *folder, char **title);

/*
 * Follows the recipe into setting->folder and draws.
 *
 * size      in   "quick" or "paper"
 * verdicts  out  over all runs of the recipe
 */
HEBB_CHECK_RESULT hebb_status hebb_figure_make(const char *folder, const char *size,
                                               const hebb_experiment_setting *setting, hebb_verdict_count *verdicts);

/*
 * Copies the figure's plot.gp into `out` and draws it there; says so in log (NULL: silent), or which command will draw
 * it where there is no gnuplot.  A plot.gp that is there and differs, because somebody worked on it, is kept and drawn,
 * unless `overwrite` is set.
 */
HEBB_CHECK_RESULT hebb_status hebb_figure_draw(const char *folder, const char *out, bool overwrite, FILE *log);

#endif
