/*
 * report_markdown - the part of Markdown that the figures' README.md are written in, as HTML
 *
 * Paragraphs, headings, lists in lists, tables, indented code; in a line *emphasis*, **strong**, `code`, and links, of
 * which the words alone are shown.  What is none of these is text; HTML in it is text too.  Its elements are closed
 * whatever the text does.
 */
#ifndef HEBB_ANALYSIS_REPORT_MARKDOWN_H
#define HEBB_ANALYSIS_REPORT_MARKDOWN_H

#include <stddef.h>
#include <stdio.h>
#include "status.h"

/* A part of a text. */
typedef struct {
    size_t n;
    const char *text;
} hebb_markdown_part;

/*
 * What stands below the first heading «## ...» that begins with `opening`, up to the next «## »; n = 0 where there is none.
 * With opening NULL, what stands between the title and the first «## ».
 */
hebb_markdown_part hebb_markdown_section(size_t n, const char *text, const char *opening);

/* The first paragraph of it; n = 0 where there is none. */
hebb_markdown_part hebb_markdown_paragraph(hebb_markdown_part part);

/* Writes it as HTML; a failure to write is the stream's error flag.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_markdown_write(FILE *stream, hebb_markdown_part part);

#endif
