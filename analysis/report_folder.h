/*
 * report_folder - what a folder of results holds, read for a page: hebb_report_write, hebb_report_gallery_write
 *
 * A folder is one that `hebb run`, `hebb figure` or `hebb train` has written, or what is left of it: it has a manifest.json
 * or a verdict.csv.  Its parts are itself and, of a figure, the folders in it with a manifest of their own.  A manifest is
 * taken as it is, another version's too.
 */
#ifndef HEBB_ANALYSIS_REPORT_FOLDER_H
#define HEBB_ANALYSIS_REPORT_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include "status.h"
#include "verdict.h"

/* Rows of texts; the first is the header. */
typedef struct {
    size_t n_columns, n_rows; /* n_rows: without the header */
    char ***rows;             /* rows[0..n_rows], each a block of its own; NULL: no header either */
} hebb_report_table;

typedef struct {
    char *name; /* of the folder in the folder; "": itself */
    char *path;
    bool has_manifest, is_training, has_plot, has_svg, has_pdf;
    size_t n_notes; /* texts of the manifest but its study: hebb, command, ... */
    struct {
        char *key, *value;
    } * notes;
    char *experiment, *resume;  /* of its study; "": none */
    char *inputs;               /* " --data FILE ..": the files of its study, which its command leaves out; "": none */
    char *state, *go_on;        /* NULL: all done; else how far it is, and the command that goes on */
    hebb_report_table verdicts; /* verdict.csv */
    hebb_verdict_count count;
    hebb_report_table log; /* of a training: the last row of log.csv */
    size_t n_files;
    struct hebb_report_file {
        char *name;
        char *command; /* of its head; NULL: none */
    } * files;         /* its CSV files, sorted by name */
} hebb_report_part;

typedef struct {
    const char *given; /* its path, as given */
    char *figure;      /* that `hebb figure` made, of the program's own; NULL: none */
    char *drawn;       /* the figure, of the program's own, that belongs to its experiment; NULL: none */
    char *command;     /* `hebb figure ...`, without --out; NULL: none */
    bool is_own;       /* the figure is of a recipe that is not the program's, whose path is not known */
    char *title;       /* of its recipe, or the folder's own name */
    size_t n_parts;    /* at least 1 */
    hebb_report_part *parts;
    hebb_verdict_count count;
} hebb_report_folder;

/*
 * Reads it; `given` must stay.
 *
 * Returns HEBB_OK; HEBB_ENOINPUT where there is no such folder, or none with results; HEBB_EDATA for a verdict.csv, log.csv
 * or manifest.json that is none; HEBB_EIO, HEBB_ENOMEM.  To be freed, also after a failure.
 */
HEBB_CHECK_RESULT hebb_status hebb_report_folder_read(hebb_report_folder *folder, const char *given);

/* The column of that name, n_columns where there is none. */
size_t hebb_report_column(const hebb_report_table *table, const char *name);

/* A text of the manifest, NULL where there is none. */
const char *hebb_report_note(const hebb_report_part *part, const char *key);

/* Safe on a zeroed one and twice. */
void hebb_report_folder_free(hebb_report_folder *folder);

/* A table of text: all rows, or with last_only the header and the last one.  As hebb_csv_read; to be freed in any case. */
HEBB_CHECK_RESULT hebb_status hebb_report_table_read(hebb_report_table *table, const char *path, bool last_only);

/* Safe on a zeroed one and twice. */
void hebb_report_table_free(hebb_report_table *table);

#endif
