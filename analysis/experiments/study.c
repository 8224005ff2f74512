#include "study.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
#include "memory.h"

hebb_status hebb_study_add_point(hebb_study *study, const double *row)
{
    double *grid = reallocarray(study->grid, (study->n_points + 1) * study->n_grid, sizeof *grid);
    if (grid == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu points", study->n_points + 1);
    study->grid = grid;
    memcpy(grid + study->n_points * study->n_grid, row, study->n_grid * sizeof *row);
    study->n_points++;
    return HEBB_OK;
}

double hebb_study_grid(const hebb_study *study, size_t point, size_t column)
{
    return study->grid[point * study->n_grid + column];
}

double *hebb_study_values(const hebb_study *study, size_t point, size_t replica)
{
    return study->values + (point * study->n_replicas + replica) * hebb_study_numbers(study);
}

void hebb_study_gather(const hebb_study *study, size_t point, size_t value, double *x)
{
    for (size_t r = 0; r < study->n_replicas; r++) x[r] = hebb_study_values(study, point, r)[value];
}

uint64_t hebb_study_seed(const hebb_study *study, const char *option)
{
    return (uint64_t)hebb_options_integer(study->options,
                                          hebb_options_is_set(study->options, option) ? option : "seed");
}

size_t hebb_study_units(const hebb_study *study)
{
    return study->n_points * study->n_replicas;
}

size_t hebb_study_numbers(const hebb_study *study)
{
    return study->n_values + study->n_extra;
}

int hebb_study_workers(const hebb_study *study)
{
    const size_t n_units = hebb_study_units(study);
    return n_units < (size_t)study->n_threads ? (int)n_units : study->n_threads;
}

hebb_status hebb_study_check_memory(const hebb_study *study, const char *what, double bytes_each)
{
    const double numbers = (double)hebb_study_units(study) * (double)hebb_study_numbers(study);
    const hebb_status status = hebb_memory_check("the results of all replicas", numbers * sizeof(double), 1);
    return status != HEBB_OK ? status : hebb_memory_check(what, bytes_each, hebb_study_workers(study));
}

hebb_status hebb_study_table_init(const hebb_study *study, size_t n, const hebb_column *columns, hebb_table *table)
{
    hebb_status status = hebb_table_init(table, study->n_grid, study->grid_columns);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) status = hebb_table_add_column(table, columns[k]);
    return status;
}

void hebb_study_add_grid(const hebb_study *study, size_t point, hebb_table *table)
{
    for (size_t g = 0; g < study->n_grid; g++) hebb_table_number(table, hebb_study_grid(study, point, g));
}

static char *path_of(const hebb_study *study, const char *name)
{
    char *path;
    return asprintf(&path, "%s/%s", study->folder, name) < 0 ? NULL : path;
}

hebb_status hebb_study_save(const hebb_study *study, const hebb_table *table, const char *name)
{
    char *path = path_of(study, name);
    if (path == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its path", name);
    const hebb_status status = hebb_table_save(table, study->csv_plain ? NULL : &study->provenance, path);
    free(path);
    return status;
}

static void add_unit(void *context, size_t unit, hebb_table *table)
{
    const hebb_study *study = context;
    const size_t point = unit / study->n_replicas, replica = unit % study->n_replicas;
    hebb_study_add_grid(study, point, table);
    hebb_table_number(table, (double)replica);
    for (size_t k = 0; k < study->n_values; k++) hebb_table_number(table, hebb_study_values(study, point, replica)[k]);
}

/* The largest table that there is: its rows are not kept. */
hebb_status hebb_study_save_units(hebb_study *study)
{
    const hebb_table_rows rows = {hebb_study_units(study), add_unit, study};
    char *path = path_of(study, "units.csv");
    hebb_table table;
    static const hebb_column number = {"replica", "1", "number of the replica, from 0"};
    hebb_status status = hebb_study_table_init(study, 1, &number, &table);
    for (size_t k = 0; status == HEBB_OK && k < study->n_values; k++)
        status = hebb_table_add_column(&table, study->value_columns[k]);
    if (status == HEBB_OK && path == NULL) status = hebb_fail(HEBB_ENOMEM, "units.csv: no memory for its path");
    if (status == HEBB_OK)
        status = hebb_table_save_rows(&table, &rows, study->csv_plain ? NULL : &study->provenance, path);
    free(path);
    hebb_table_free(&table);
    return status;
}

hebb_status hebb_study_save_verdicts_at(hebb_study *study, const double *grid, size_t n, hebb_comparison *comparisons)
{
    hebb_table table = {0};
    hebb_status status = hebb_verdict_judge(n, comparisons);
    if (status == HEBB_OK)
        status = hebb_verdict_tabulate(n, comparisons, study->n_grid, study->grid_columns, grid, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "verdict.csv");
    if (status == HEBB_OK) study->verdicts = hebb_verdict_count_all(n, comparisons);
    hebb_table_free(&table);
    return status;
}

hebb_status hebb_study_save_verdicts(hebb_study *study, size_t n, hebb_comparison *comparisons)
{
    return hebb_study_save_verdicts_at(study, study->grid, n, comparisons);
}

void hebb_study_say(const hebb_study *study, const char *format, ...)
{
    if (study->log == NULL) return;
    va_list arguments;
    va_start(arguments, format);
    (void)hebb_c_locale_write_list(study->log, format, arguments);
    va_end(arguments);
    (void)fputc('\n', study->log);
}

void hebb_study_free(hebb_study *study)
{
    hebb_provenance_free(&study->notes);
    hebb_provenance_free(&study->provenance);
    free(study->grid);
    free(study->values);
    *study = (hebb_study){0};
}
