/*
 * study - one run of an experiment: its grid, the numbers of every replica, and the folder they go to
 */
#ifndef HEBB_EXPERIMENTS_STUDY_H
#define HEBB_EXPERIMENTS_STUDY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "checkpoint.h"
#include "options.h"
#include "provenance.h"
#include "table.h"
#include "verdict.h"

typedef struct {
    hebb_options *options; /* borrowed */
    const char *folder;    /* where the files go */
    FILE *log;             /* messages for the user; NULL: none */
    int n_threads;
    hebb_provenance notes; /* further lines of provenance, added by the experiment's plan */
    hebb_provenance provenance;
    bool csv_plain; /* leave the provenance out of the CSV files */

    size_t n_grid; /* columns that name a point, e.g. alpha, n_neurons, n_patterns */
    const hebb_column *grid_columns;
    size_t n_points;
    double *grid; /* n_points x n_grid */

    size_t n_replicas;
    size_t n_values; /* observables of one replica, in units.csv */
    const hebb_column *value_columns;
    size_t n_extra; /* further numbers of one replica, e.g. a histogram's counts */
    double *values; /* n_points x n_replicas x (n_values + n_extra) */

    hebb_verdict_count verdicts;
    void *own; /* the experiment's */
} hebb_study;

/* One replica at one point. */
typedef struct {
    size_t point, replica;
    hebb_checkpoint *checkpoint; /* NULL: nothing is kept on the way */
} hebb_unit;

/* Adds a point; row has n_grid numbers.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_study_add_point(hebb_study *study, const double *row);

/* One grid value. */
double hebb_study_grid(const hebb_study *study, size_t point, size_t column);

/* The numbers of one replica: n_values observables, then n_extra. */
double *hebb_study_values(const hebb_study *study, size_t point, size_t replica);

/* Copies observable `value` of all replicas of a point into x[n_replicas]. */
void hebb_study_gather(const hebb_study *study, size_t point, size_t value, double *x);

/* The user's --pattern-seed or --dynamics-seed, or --seed where that is not set. */
uint64_t hebb_study_seed(const hebb_study *study, const char *option);

/* Units there are, and numbers each has. */
size_t hebb_study_units(const hebb_study *study);
size_t hebb_study_numbers(const hebb_study *study);

/* Threads that will have work: a unit each at least. */
int hebb_study_workers(const hebb_study *study);

/* Refuses, before anything is allocated, what the values and `bytes_each` for each thread would not fit in. */
HEBB_CHECK_RESULT hebb_status hebb_study_check_memory(const hebb_study *study, const char *what, double bytes_each);

/* Starts a table whose rows begin with the grid's columns, followed by n more; and the grid's cells of one row. */
HEBB_CHECK_RESULT hebb_status hebb_study_table_init(const hebb_study *study, size_t n, const hebb_column *columns,
                                                    hebb_table *table);
void hebb_study_add_grid(const hebb_study *study, size_t point, hebb_table *table);

/* Saves a table as folder/name with the study's provenance. */
HEBB_CHECK_RESULT hebb_status hebb_study_save(const hebb_study *study, const hebb_table *table, const char *name);

/* units.csv: the grid, the replica, its observables. */
HEBB_CHECK_RESULT hebb_status hebb_study_save_units(hebb_study *study);

/* Judges the comparisons as one family, counts them into study->verdicts, and saves verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_study_save_verdicts(hebb_study *study, size_t n, hebb_comparison *comparisons);

/* The same where comparisons are not of the study's points: grid has n_grid cells of each `point`, NaN an empty one. */
HEBB_CHECK_RESULT hebb_status hebb_study_save_verdicts_at(hebb_study *study, const double *grid, size_t n,
                                                          hebb_comparison *comparisons);

/* A line for the user. */
void hebb_study_say(const hebb_study *study, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Safe on a zeroed study and twice. */
void hebb_study_free(hebb_study *study);

#endif
