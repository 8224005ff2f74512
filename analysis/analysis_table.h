/*
 * analysis_table - what `hebb analyse SUBJECT` prints: files that were measured, as tables of estimates
 *
 * A subject names its options and fills a table from the files that it is given.  The last column is `status`: "ok", or
 * what is wrong with the row.  Data that do not suffice are a row, not an error.
 */
#ifndef HEBB_ANALYSIS_ANALYSIS_TABLE_H
#define HEBB_ANALYSIS_ANALYSIS_TABLE_H

#include <stdio.h>
#include "options.h"
#include "provenance.h"
#include "table.h"

typedef struct {
    const hebb_options *options;
    size_t n_files;
    const char *const *files;
    FILE *log; /* for what the user should know; NULL: nothing is said */
    int n_threads;
} hebb_analysis_input;

typedef struct {
    const char *subject;
    const char *files;   /* as --help names them: "FILE.csv" */
    const char *summary; /* one line */
    size_t n_options;
    const hebb_option *options; /* a seed among them where something is drawn */
    /*
     * Starts the table and adds its rows, and to the provenance what identifies the data.  HEBB_EUSAGE for options or
     * files that do not go together, HEBB_EDOM, what the files' reader returns, HEBB_ENOMEM; all with a sentence.
     */
    hebb_status (*fill)(const hebb_analysis_input *input, hebb_table *table, hebb_provenance *provenance);
} hebb_analysis_table;

/* All subjects in alphabetical order, ended by NULL. */
const hebb_analysis_table *const *hebb_analysis_tables(void);

#endif
