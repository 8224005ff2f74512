/*
 * table - results in columns, and their CSV files
 *
 * A file is the provenance block, one header of plain names, rows.  Numbers are the shortest text that reads back to
 * the same double, a missing value is empty.  Beside NAME.csv stands NAME.meta.json with each column's meaning and
 * unit.
 */
#ifndef HEBB_CORE_TABLE_H
#define HEBB_CORE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include "provenance.h"
#include "status.h"

typedef struct {
    const char *name; /* [a-z][a-z0-9_]*, "" ends an array of columns */
    const char *unit; /* "1" for a pure number, "" for a text */
    const char *meaning;
} hebb_column;

typedef struct {
    double number; /* NaN: missing */
    char *text;    /* not NULL: the cell is a text */
} hebb_cell;

typedef struct {
    size_t n_columns, n_rows;
    hebb_column *columns;
    hebb_cell *cells; /* n_rows x n_columns, row-major, and the row being filled */
    size_t n_cells, room;
    bool failed; /* an allocation failed while cells were added, or computed */
} hebb_table;

/* The columns are copied; their strings are not and must outlive the table. */
HEBB_CHECK_RESULT hebb_status hebb_table_init(hebb_table *table, size_t n_columns, const hebb_column *columns);

/* Adds one more column to a table without rows. */
HEBB_CHECK_RESULT hebb_status hebb_table_add_column(hebb_table *table, hebb_column column);

/*
 * Cells are added from left to right, row after row.  A failed allocation is remembered and reported when the table
 * is written.  A NaN is taken for a missing value.
 */
void hebb_table_number(hebb_table *table, double x);
void hebb_table_missing(hebb_table *table);
void hebb_table_text(hebb_table *table, const char *text);

/* Index of a column; aborts when there is none: the names are the program's own. */
size_t hebb_table_column(const hebb_table *table, const char *name);

const hebb_cell *hebb_table_cell(const hebb_table *table, size_t row, size_t column);

/*
 * Writes the CSV text.
 *
 * provenance  in   NULL: no block
 *
 * Returns HEBB_OK, HEBB_ENOMEM (a cell was lost), HEBB_EIO (the stream's error flag is set; `name` is in the sentence).
 */
HEBB_CHECK_RESULT hebb_status hebb_table_write(const hebb_table *table, const hebb_provenance *provenance,
                                               const char *name, FILE *stream);

/* The same into a file that appears whole, and NAME.meta.json beside it unless path is no regular file. */
HEBB_CHECK_RESULT hebb_status hebb_table_save(const hebb_table *table, const hebb_provenance *provenance,
                                              const char *path);

/* Rows that are made one at a time, so that they take no memory: fill adds the cells of one to the table. */
typedef struct {
    size_t n;
    void (*fill)(void *context, size_t row, hebb_table *table);
    void *context;
} hebb_table_rows;

/* The same of a table whose columns alone are given; the cells that are in it are forgotten. */
HEBB_CHECK_RESULT hebb_status hebb_table_save_rows(hebb_table *table, const hebb_table_rows *rows,
                                                   const hebb_provenance *provenance, const char *path);

/*
 * Reads back a file whose header is exactly the table's columns, appending its rows.  Cells that are no numbers are
 * texts, empty ones are missing.  Returns as hebb_csv_read, HEBB_EDATA for another header or a ragged row, HEBB_ENOMEM
 * when the rows would take more than a quarter of the memory that may be had.
 */
HEBB_CHECK_RESULT hebb_status hebb_table_read(hebb_table *table, const char *path);

/* Safe on a zeroed table and twice. */
void hebb_table_free(hebb_table *table);

#endif
