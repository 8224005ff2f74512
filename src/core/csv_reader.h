/*
 * csv_reader - reading comma-separated text through libcsv, with line numbers
 *
 * Lines that start with '#' are comments and are stripped before libcsv sees the text; blank lines are skipped.
 * The file may begin with a byte order mark and end with or without a newline, lines with \n or \r\n.  Blanks around
 * a field are dropped.  A quoted field may hold commas, line breaks and doubled quotes; a row's line number is that
 * of its first line, comments counted, from 1.
 */
#ifndef HEBB_CORE_CSV_READER_H
#define HEBB_CORE_CSV_READER_H

#include <stdbool.h>
#include <stddef.h>
#include "array.h"
#include "status.h"

/*
 * Called for each row.  fields[0..n_fields) are NUL-terminated and valid during the call only.  A status other
 * than HEBB_OK ends the reading and is returned; the callback has then left the sentence with hebb_fail.
 */
typedef hebb_status (*hebb_csv_on_row)(void *context, const char *path, long line, size_t n_fields,
                                       const char *const *fields);

/*
 * Reads the whole file row by row.
 *
 * max_bytes  in   the largest file and, in total, the most memory for one row's fields
 *
 * Returns HEBB_OK (for an empty file too: it has no rows), HEBB_ENOINPUT (no such file), HEBB_EIO, HEBB_EDATA (a NUL
 * byte, an unclosed or stray quote, a file or row over max_bytes; the sentence names file and line), HEBB_ENOMEM, or
 * what the callback returned.
 */
HEBB_CHECK_RESULT hebb_status hebb_csv_read(const char *path, size_t max_bytes, hebb_csv_on_row on_row, void *context);

/* Whether a first row is taken for a header: text in it, and no number (inf and nan count as numbers). */
bool hebb_csv_is_header(size_t n_fields, const char *const *fields);

/*
 * Reads a rectangular numeric file as an F64 array of shape (rows, columns).  A header is left out.
 *
 * max_bytes  in   as in hebb_csv_read, and the most memory the array may take
 *
 * Returns as hebb_csv_read, and HEBB_EDATA for an empty file, a ragged row («expected 12 fields, found 11») or a field
 * that is no finite number, naming file, line, column and the text found (cut to a printable excerpt); HEBB_ENOMEM
 * for an array over max_bytes.  *array is zeroed unless all went well.
 */
HEBB_CHECK_RESULT hebb_status hebb_csv_read_array(const char *path, size_t max_bytes, hebb_array *array);

#endif
