/*
 * theory_table - what `hebb theory SUBJECT` prints: the solvers as tables
 *
 * A subject names its options and fills a table from their values, one row a grid point.  The last column is
 * `status`: "ok", or why other cells of the row are empty.  A point without a solution is a row, not an error.
 */
#ifndef HEBB_THEORY_TABLE_H
#define HEBB_THEORY_TABLE_H

#include "options.h"
#include "table.h"

typedef struct {
    const char *subject;
    const char *summary; /* one line */
    size_t n_options;
    const hebb_option *options;
    /*
     * Starts the table and adds its rows.  HEBB_EUSAGE for options that do not go together, HEBB_ENOMEM,
     * HEBB_ENOCONV with a sentence.
     */
    hebb_status (*fill)(const hebb_options *options, hebb_table *table);
} hebb_theory_table;

/* All subjects in alphabetical order, ended by NULL. */
const hebb_theory_table *const *hebb_theory_tables(void);

/* The provenance of the table: its canonical command. */
HEBB_CHECK_RESULT hebb_status hebb_theory_table_provenance(const hebb_theory_table *theory, const hebb_options *options,
                                                           hebb_provenance *provenance);

/*
 * Refuses, with the numbers, a table that would not fit into memory: called after the table is started and before the
 * first row is computed.
 *
 * table   in   with its columns
 * n_rows  in   the product of the grid, which may be beyond any integer
 *
 * Returns HEBB_OK or HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_theory_table_room(const hebb_table *table, double n_rows);

/*
 * The status column's text for a solver's status: "ok", "no solution", "did not converge", ...  HEBB_ENOMEM is none: the
 * table is then refused when it is written.
 */
void hebb_theory_table_status(hebb_table *table, hebb_status status);

#define HEBB_STATUS_COLUMN                                                                                             \
    {                                                                                                                  \
        "status", "", "ok, or why other cells of the row are empty or inexact"                                         \
    }

#endif
