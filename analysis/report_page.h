/* report_page - what the parts of report.h share: pieces of a page.  A failure to write is the stream's error flag. */
#ifndef HEBB_ANALYSIS_REPORT_PAGE_H
#define HEBB_ANALYSIS_REPORT_PAGE_H

#include "report_folder.h"
#include "report_markdown.h"

/* The head of a page, and its end. */
void hebb_report_begin(FILE *stream, const char *title);
void hebb_report_end(FILE *stream);

/* "3 agree, 0 disagree, 4 inconclusive", or that nothing was compared. */
void hebb_report_put_count(FILE *stream, hebb_verdict_count count);

/* The verdicts of a folder, a table for each kind in each part; those that agree are folded in where they are many.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_report_put_verdicts(FILE *stream, const hebb_report_folder *folder);

/*
 * The picture, or in words why there is none.
 *
 * link        in   the way from the page to the folder, see hebb_report_way
 * with_title  in   name it below the picture: where no heading does
 *
 * HEBB_EIO, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_report_put_picture(FILE *stream, const hebb_report_folder *folder, const char *link,
                                                      bool with_title);

/* Commands, seeds, versions, files, and what else the manifests say.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_report_put_making(FILE *stream, const hebb_report_folder *folder, const char *link);

/* What is not at its end, the last row of a training's log, and what can be done with it.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_report_put_states(FILE *stream, const hebb_report_folder *folder);

/* A command, to be copied. */
void hebb_report_put_command(FILE *stream, const char *command);

/* A link to a file, or with file = "" to the folder. */
void hebb_report_put_link(FILE *stream, const char *link, const char *part, const char *file);

/*
 * The way from the folder of the page `output` (NULL: the current one) to a folder: "" or with a slash at its end.
 * HEBB_ENOINPUT, HEBB_EIO, HEBB_ENOMEM.  The caller frees it.
 */
HEBB_CHECK_RESULT hebb_status hebb_report_way(const char *output, const char *folder, char **way);

/* A figure's README.md, NULL where it has none.  The caller frees it.  HEBB_EIO, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_report_readme(const char *figure, char **text, size_t *n);

/* What the papers show: its section in the README, or else what stands before the first section. */
hebb_markdown_part hebb_report_paper(size_t n, const char *text);

#endif
