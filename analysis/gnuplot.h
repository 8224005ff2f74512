/*
 * gnuplot - drawing a folder's plot.gp
 *
 * gnuplot is started without a shell, in the folder, with no file of the user's read (-d) and no variable of gnuplot's in
 * its environment; the script's name is the only text it is given.
 */
#ifndef HEBB_ANALYSIS_GNUPLOT_H
#define HEBB_ANALYSIS_GNUPLOT_H

#include <stdbool.h>
#include "status.h"

/*
 * Runs `gnuplot -d plot.gp` in the folder and checks that it drew something: exit status 0, no complaint about missing
 * points, figure.pdf and figure.svg newly written and not empty, and a curve in the SVG.
 *
 * drawn  out  false, with HEBB_OK, when there is no gnuplot on this machine
 *
 * Returns HEBB_OK; HEBB_EDATA when gnuplot failed or drew an empty picture, with its first complaint; HEBB_EIO;
 * HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_gnuplot_draw(const char *folder, bool *drawn);

/* What a document takes with \input, and the curves that it takes from there. */
#define HEBB_GNUPLOT_TEX       "figure-tex.tex"
#define HEBB_GNUPLOT_TEX_PAGES "figure-tex.pdf"

/*
 * The same for TeX: draws plot.gp, changed as gnuplot_tex.h says, into figure-tex.tex and figure-tex.pdf; figure.pdf
 * and figure.svg stay as they are.  Returns as hebb_gnuplot_draw, and HEBB_EDATA for a script or a label that cannot
 * be translated.
 */
HEBB_CHECK_RESULT hebb_status hebb_gnuplot_draw_tex(const char *folder, bool *drawn);

#endif
