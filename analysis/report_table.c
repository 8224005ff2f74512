/* A CSV file as rows of text: see report_folder.h. */
#include "report_folder.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "csv_reader.h"

static const size_t MAX_BYTES = (size_t)1 << 28;

/* What is being read into. */
typedef struct {
    hebb_report_table *table;
    size_t capacity;
    bool last_only;
} reading;

/* One block: the pointers, then the texts that they point to. */
static char **copy_row(size_t n, const char *const *fields)
{
    size_t n_bytes = n * sizeof(char *);
    for (size_t k = 0; k < n; k++) n_bytes += strlen(fields[k]) + 1;
    char **row = malloc(n_bytes > 0 ? n_bytes : 1);
    if (row == NULL) return NULL;
    char *to = (char *)(row + n);
    for (size_t k = 0; k < n; k++) {
        row[k] = to;
        to = stpcpy(to, fields[k]) + 1;
    }
    return row;
}

static hebb_status make_room(reading *r, const char *path)
{
    if (r->table->n_rows + 1 < r->capacity) return HEBB_OK;
    const size_t capacity = r->capacity == 0 ? 64 : 2 * r->capacity;
    char ***rows = reallocarray(r->table->rows, capacity, sizeof *rows);
    if (rows == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its rows", path);
    r->table->rows = rows;
    r->capacity = capacity;
    return HEBB_OK;
}

static hebb_status take_row(void *context, const char *path, long line, size_t n_fields, const char *const *fields)
{
    reading *r = context;
    hebb_report_table *table = r->table;
    const bool is_header = table->rows == NULL;
    if (!is_header && n_fields != table->n_columns)
        return hebb_fail(HEBB_EDATA, "%s:%ld: expected %zu fields, found %zu", path, line, table->n_columns, n_fields);
    const hebb_status status = make_room(r, path);
    if (status != HEBB_OK) return status;
    char **row = copy_row(n_fields, fields);
    if (is_header) {
        table->rows[0] = row;
        table->n_columns = n_fields;
    } else if (row != NULL && r->last_only && table->n_rows > 0) {
        free(table->rows[1]);
        table->rows[1] = row;
    } else if (row != NULL) {
        table->rows[++table->n_rows] = row;
    }
    return row != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "%s:%ld: no memory for the row", path, line);
}

hebb_status hebb_report_table_read(hebb_report_table *table, const char *path, bool last_only)
{
    *table = (hebb_report_table){0};
    reading r = {.table = table, .last_only = last_only};
    return hebb_csv_read(path, MAX_BYTES, take_row, &r);
}

size_t hebb_report_column(const hebb_report_table *table, const char *name)
{
    size_t k = 0;
    while (k < table->n_columns && strcmp(table->rows[0][k], name) != 0) k++;
    return k;
}

void hebb_report_table_free(hebb_report_table *table)
{
    for (size_t k = 0; table->rows != NULL && k <= table->n_rows; k++) free(table->rows[k]);
    free(table->rows);
    *table = (hebb_report_table){0};
}
