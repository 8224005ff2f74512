/*
 * report - results as one page of HTML: verdicts, figures, and how they were made
 *
 * A page has no scripts and asks the network for nothing; its pictures are in it.  Texts from files stay texts
 * (report_html.h).  Its bytes depend on the folders, on how they are named, on the way from the page to
 * them, and on the program's figures and version.
 */
#ifndef HEBB_ANALYSIS_REPORT_H
#define HEBB_ANALYSIS_REPORT_H

#include <stddef.h>
#include <stdio.h>
#include "status.h"

/*
 * The page of n >= 1 folders of `hebb run`, `hebb figure` or `hebb train`: see report_folder.h.
 *
 * output  in   where the page will be, for its links; NULL: in the current folder
 *
 * Returns HEBB_OK, also where a study is not at its end or a picture is missing, which the page says; HEBB_ENOINPUT for a
 * folder that is none; HEBB_EDATA, HEBB_EIO, HEBB_ENOMEM.  The stream's error flag tells of failures to write.
 */
HEBB_CHECK_RESULT hebb_status hebb_report_write(FILE *stream, size_t n, char *const *folders, const char *output);

/*
 * The page of all the program's figures, with what the papers show: those that were made are results/NAME.
 * As hebb_report_write; a figure that is not there is named as missing.
 */
HEBB_CHECK_RESULT hebb_status hebb_report_gallery_write(FILE *stream, const char *results, const char *output);

#endif
