/*
 * report_html - texts from files as parts of a page: whatever they hold, they stay texts
 *
 * Markup is escaped for elements and for attributes in double quotes.  What a page cannot hold or should not do is shown
 * in its place: bytes that are no UTF-8 as U+FFFD, control characters by their picture (U+2400 and on), letters that turn
 * or hide others (bidirectional controls, zero-width ones but joiners, which scripts need) by their number, as [U+202E].
 *
 * A failure to write is the stream's error flag.
 */
#ifndef HEBB_ANALYSIS_REPORT_HTML_H
#define HEBB_ANALYSIS_REPORT_HTML_H

#include <stddef.h>
#include <stdio.h>

/* Escaped; n bytes of it, or all up to its NUL. */
void hebb_html_text(FILE *stream, const char *text);
void hebb_html_text_n(FILE *stream, size_t n, const char *text);

/* The same in an element of its own, so that letters from right to left do not turn what stands beside them. */
void hebb_html_bdi(FILE *stream, const char *text);

/* A relative path as a link's target: every byte but letters, digits and -._~/ becomes %XX, so no scheme is left. */
void hebb_html_path(FILE *stream, const char *path);

/* RFC 4648, with padding, without line breaks. */
void hebb_html_base64(FILE *stream, size_t n, const char *bytes);

/* Bytes 1 to 4 of a letter in text, n > 0 bytes long: its code, or U+FFFD and 1 where there is none. */
size_t hebb_html_letter(size_t n, const char *text, unsigned *code);

#endif
