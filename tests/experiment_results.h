/*
 * experiment_results - an experiment run into the scratch folder, and the tables that it leaves there
 *
 *   (void)experiment_run("capacity", (const char *[]){"neurons=500", "alpha=.1", NULL});
 *   result_table *summary = result_read("summary.csv");
 *   result_cell(summary, 0, "m");
 *   result_free(summary);
 */
#ifndef HEBB_TESTS_EXPERIMENT_RESULTS_H
#define HEBB_TESTS_EXPERIMENT_RESULTS_H

#include <math.h>

#include "csv_reader.h"
#include "experiment.h"
#include "number.h"
#include "parallel.h"
#include "scratch.h"

/* Runs `name=value` options, ended by NULL, over what the folder holds. */
static inline hebb_status experiment_try(const char *name, const char *const *settings, hebb_experiment_result *made)
{
    const hebb_experiment *experiment = hebb_experiment_find(name);
    ck_assert_ptr_nonnull(experiment);
    const hebb_option_table tables[] = {{experiment->n_options, experiment->options}, hebb_experiment_options};
    const hebb_experiment_setting setting = {.folder = scratch_folder,
                                             .n_threads = hebb_parallel_processors(),
                                             .checkpoint_interval = 60.0,
                                             .overwrite = true};
    hebb_options options;
    hebb_status status = hebb_options_init(&options, 2, tables);
    ck_assert_int_eq(status, HEBB_OK);
    for (; status == HEBB_OK && *settings != NULL; settings++) {
        char option[80];
        const char *value = strchr(*settings, '=');
        ck_assert_ptr_nonnull(value);
        snprintf(option, sizeof option, "%.*s", (int)(value - *settings), *settings);
        status = hebb_options_set(&options, option, option, value + 1);
    }
    if (status == HEBB_OK) status = hebb_experiment_run(experiment, &options, &setting, made);
    hebb_options_free(&options);
    return status;
}

static inline hebb_verdict_count experiment_run(const char *name, const char *const *settings)
{
    hebb_experiment_result made;
    const hebb_status status = experiment_try(name, settings, &made);
    ck_assert_msg(status == HEBB_OK, "%s", hebb_diagnostic());
    return made.verdicts;
}

/* It is refused with that status, and the sentence has those words. */
static inline void experiment_refuse(const char *name, const char *const *settings, hebb_status want, const char *words)
{
    hebb_experiment_result made;
    const hebb_status status = experiment_try(name, settings, &made);
    ck_assert_msg(status == want, "status %d: %s", (int)status, hebb_diagnostic());
    ck_assert_msg(strstr(hebb_diagnostic(), words) != NULL, "'%s' lacks '%s'", hebb_diagnostic(), words);
}

enum { RESULT_MAX_COLUMNS = 64, RESULT_TEXT = 160 };

typedef struct {
    size_t n_rows, n_columns, room;
    char names[RESULT_MAX_COLUMNS][RESULT_TEXT];
    char (*cells)[RESULT_MAX_COLUMNS][RESULT_TEXT]; /* cut off after RESULT_TEXT - 1 letters */
} result_table;

static inline hebb_status result_take_row(void *context, const char *path, long line, size_t n_fields,
                                          const char *const *fields)
{
    (void)path, (void)line;
    result_table *table = context;
    ck_assert_uint_le(n_fields, RESULT_MAX_COLUMNS);
    const bool is_header = table->n_columns == 0;
    if (is_header) table->n_columns = n_fields;
    if (!is_header && table->n_rows == table->room) {
        table->room = 2 * table->room + 16;
        table->cells = reallocarray(table->cells, table->room, sizeof *table->cells);
        ck_assert_ptr_nonnull(table->cells);
    }
    for (size_t k = 0; k < n_fields; k++)
        snprintf(is_header ? table->names[k] : table->cells[table->n_rows][k], RESULT_TEXT, "%s", fields[k]);
    table->n_rows += !is_header;
    return HEBB_OK;
}

static inline result_table *result_read(const char *name)
{
    result_table *table = calloc(1, sizeof *table);
    ck_assert_ptr_nonnull(table);
    ck_assert_int_eq(hebb_csv_read(scratch_path(name), 1 << 24, result_take_row, table), HEBB_OK);
    return table;
}

static inline void result_free(result_table *table)
{
    free(table->cells);
    free(table);
}

static inline const char *result_text(const result_table *table, size_t row, const char *name)
{
    ck_assert_uint_lt(row, table->n_rows);
    for (size_t k = 0; k < table->n_columns; k++)
        if (strcmp(table->names[k], name) == 0) return table->cells[row][k];
    ck_abort_msg("no column %s", name);
    return NULL;
}

/* NaN where the cell is empty or no number. */
static inline double result_cell(const result_table *table, size_t row, const char *name)
{
    double x;
    return hebb_number_parse(result_text(table, row, name), &x) ? x : NAN;
}

#endif
