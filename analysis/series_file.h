/*
 * series_file - the columns of a CSV file as series, a row a step
 *
 * The first row names the columns; where it has a number in it there are no names, and the columns' numbers stand for
 * them, from 1.  A column whose first value is no number holds text.
 */
#ifndef HEBB_ANALYSIS_SERIES_FILE_H
#define HEBB_ANALYSIS_SERIES_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "status.h"

typedef struct {
    char *name;
    bool is_text, is_chosen;
    double *values; /* n_rows; NULL where it is text or not chosen */
} hebb_series_column;

typedef struct {
    size_t n_rows, n_columns;
    hebb_series_column *columns;
    uint32_t checksum; /* CRC-32 of the values, column after column */
} hebb_series_file;

/*
 * Reads all columns of numbers, or one.
 *
 * only  in   the name of a column, the first that has it; NULL: all
 *
 * Returns as hebb_csv_read; HEBB_EUSAGE for an unknown column (the nearest is named), HEBB_EDATA for a ragged row, an
 * empty cell, a value that is no finite number in a column of numbers, text in the only column, a file without rows or
 * without numbers, all naming file and line and a remedy; HEBB_ENOMEM where the numbers would take more than a quarter of
 * the memory that may be had.
 */
HEBB_CHECK_RESULT hebb_status hebb_series_file_read(const char *path, const char *only, hebb_series_file *file);

/* Safe on a zeroed one and twice. */
void hebb_series_file_free(hebb_series_file *file);

#endif
