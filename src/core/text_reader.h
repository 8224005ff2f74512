/*
 * text_reader - reading a text file line by line
 *
 * The file may begin with a byte order mark and end with or without a newline; lines end in \n alone, so that a
 * caller that trims blanks reads those of \r\n too.
 */
#ifndef HEBB_CORE_TEXT_READER_H
#define HEBB_CORE_TEXT_READER_H

#include "status.h"

/* A list of a million numbers takes half of it; what is larger was not meant to be read. */
enum { HEBB_TEXT_MAX_BYTES = 1 << 25 };

/*
 * Called for each line, from 1, without its newline; it may change the text.  A status other than HEBB_OK ends the
 * reading and is returned; the callback has then left the sentence with hebb_fail.
 */
typedef hebb_status (*hebb_text_on_line)(void *context, const char *path, long line, char *text);

/*
 * Returns HEBB_OK (for an empty file too), HEBB_ENOINPUT (no such file, or no regular file: a pipe might never end),
 * HEBB_EIO, HEBB_EDATA (a NUL byte, more than HEBB_TEXT_MAX_BYTES), HEBB_ENOMEM, or what the callback returned.
 */
HEBB_CHECK_RESULT hebb_status hebb_text_read(const char *path, hebb_text_on_line on_line, void *context);

#endif
