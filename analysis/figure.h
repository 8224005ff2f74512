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
 * Follows the recipe into setting->folder and draws; then figure.json there says of which recipe.
 *
 * size      in   "quick" or "paper"
 * verdicts  out  over all runs of the recipe
 */
HEBB_CHECK_RESULT hebb_status hebb_figure_make(const char *folder, const char *size,
                                               const hebb_experiment_setting *setting, hebb_verdict_count *verdicts);

/* Whether it has been made there already, by this version, with this recipe, size and seed: nothing is to compute. */
HEBB_CHECK_RESULT hebb_status hebb_figure_is_made(const char *folder, const char *size,
                                                  const hebb_experiment_setting *setting, bool *is_made);

/*
 * Copies the figure's plot.gp into `out` and draws it there; says so in log (NULL: silent), or which command will draw
 * it where there is no gnuplot.  A plot.gp that somebody changed there is kept and drawn, unless `overwrite` is set: .plot.json
 * has the hash of the one that was copied.
 */
HEBB_CHECK_RESULT hebb_status hebb_figure_draw(const char *folder, const char *out, bool overwrite, FILE *log);

/*
 * Copies recipe.conf, plot.gp and, where there is one, README.md into the folder `to`, which is made; says so in log
 * (NULL: silent).  HEBB_EUSAGE where one of them is there already and differs, HEBB_ENOINPUT, HEBB_EIO, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_figure_copy(const char *folder, const char *to, FILE *log);

/* Draws a folder's plot.gp for TeX, into figure-tex.tex and figure-tex.pdf; log as above. */
HEBB_CHECK_RESULT hebb_status hebb_figure_draw_tex(const char *out, FILE *log);

#endif
