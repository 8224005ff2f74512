/*
 * gnuplot - drawing a folder's plot.gp
 *
 * gnuplot is started without a shell, in the folder, with no file of the user's read (-d); the script's name is the
 * only text it is given.
 */
#ifndef HEBB_ANALYSIS_GNUPLOT_H
#define HEBB_ANALYSIS_GNUPLOT_H

#include <stdbool.h>
#include "status.h"

/*
 * Runs `gnuplot -d plot.gp` in the folder and checks that it drew something: exit status 0, no complaint about missing
 * points, and figure.pdf and figure.svg newly written and not empty.
 *
 * drawn  out  false, with HEBB_OK, when there is no gnuplot on this machine
 *
 * Returns HEBB_OK; HEBB_EDATA when gnuplot failed or drew an empty picture, with its first complaint; HEBB_EIO;
 * HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_gnuplot_draw(const char *folder, bool *drawn);

#endif
