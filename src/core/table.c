#include "table.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <csv.h>

#include "atomic_file.h"
#include "csv_reader.h"
#include "json_file.h"
#include "memory.h"
#include "number.h"

hebb_status hebb_table_init(hebb_table *table, size_t n_columns, const hebb_column *columns)
{
    *table = (hebb_table){0};
    for (size_t k = 0; k < n_columns; k++) {
        const hebb_status status = hebb_table_add_column(table, columns[k]);
        if (status != HEBB_OK) return status;
    }
    return HEBB_OK;
}

hebb_status hebb_table_add_column(hebb_table *table, hebb_column column)
{
    assert(table->n_rows == 0 && table->n_cells == 0);
    hebb_column *columns = reallocarray(table->columns, table->n_columns + 1, sizeof *columns);
    if (columns == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the column %s", column.name);
    table->columns = columns;
    table->columns[table->n_columns++] = column;
    return HEBB_OK;
}

static void add_cell(hebb_table *table, hebb_cell cell)
{
    if (table->n_cells == table->room) {
        const size_t room = table->room == 0 ? 16 * table->n_columns : 2 * table->room;
        hebb_cell *cells = reallocarray(table->cells, room, sizeof *cells);
        if (cells == NULL) {
            table->failed = true;
            free(cell.text);
            return;
        }
        table->cells = cells;
        table->room = room;
    }
    table->cells[table->n_cells++] = cell;
    table->n_rows = table->n_cells / table->n_columns;
}

void hebb_table_number(hebb_table *table, double x)
{
    add_cell(table, (hebb_cell){x, NULL});
}

void hebb_table_missing(hebb_table *table)
{
    hebb_table_number(table, NAN);
}

void hebb_table_text(hebb_table *table, const char *text)
{
    char *copy = strdup(text);
    if (copy == NULL) table->failed = true;
    add_cell(table, (hebb_cell){NAN, copy});
}

size_t hebb_table_column(const hebb_table *table, const char *name)
{
    for (size_t k = 0; k < table->n_columns; k++)
        if (strcmp(table->columns[k].name, name) == 0) return k;
    (void)fprintf(stderr, "hebb: internal error: no column is called '%s'\n", name);
    abort();
}

const hebb_cell *hebb_table_cell(const hebb_table *table, size_t row, size_t column)
{
    return &table->cells[row * table->n_columns + column];
}

/* Whether the bare text would read back as something else: readers drop blanks around it. */
static bool needs_quotes(const char *text)
{
    const size_t length = strlen(text);
    return strpbrk(text, ",\"\r\n") != NULL || *text == '#' ||
           (length > 0 && (strchr(" \t", *text) != NULL || strchr(" \t", text[length - 1]) != NULL));
}

static void write_cell(const hebb_cell *cell, FILE *stream)
{
    char number[HEBB_NUMBER_LENGTH];
    if (cell->text == NULL)
        (void)fputs(isnan(cell->number) ? "" : hebb_number_format(cell->number, number), stream);
    else if (needs_quotes(cell->text))
        (void)csv_fwrite2(stream, cell->text, strlen(cell->text), '"');
    else
        (void)fputs(cell->text, stream);
}

/* Readers take a blank line for no row. */
static bool is_blank_row(const hebb_table *table, size_t row)
{
    if (table->n_columns != 1) return false;
    const hebb_cell *cell = hebb_table_cell(table, row, 0);
    return cell->text != NULL ? *cell->text == '\0' : isnan(cell->number);
}

static void write_head(const hebb_table *table, const hebb_provenance *provenance, FILE *stream)
{
    errno = 0; /* a write that fails says why */
    if (provenance != NULL) hebb_provenance_write(provenance, stream);
    for (size_t k = 0; k < table->n_columns; k++)
        (void)fprintf(stream, "%s%s", k > 0 ? "," : "", table->columns[k].name);
    (void)fputc('\n', stream);
}

static void write_rows(const hebb_table *table, FILE *stream)
{
    for (size_t row = 0; row < table->n_rows; row++) {
        for (size_t k = 0; k < table->n_columns; k++) {
            if (k > 0) (void)fputc(',', stream);
            write_cell(hebb_table_cell(table, row, k), stream);
        }
        if (is_blank_row(table, row)) (void)fputs("\"\"", stream);
        (void)fputc('\n', stream);
    }
}

static hebb_status check_memory(const hebb_table *table, const char *name)
{
    return table->failed ? hebb_fail(HEBB_ENOMEM, "%s: no memory for all of its rows", name) : HEBB_OK;
}

static hebb_status check_stream(const char *name, FILE *stream)
{
    if (!ferror(stream)) return HEBB_OK;
    return hebb_fail(HEBB_EIO, "%s: cannot be written%s%s", name, errno != 0 ? ": " : "",
                     errno != 0 ? strerror(errno) : "");
}

hebb_status hebb_table_write(const hebb_table *table, const hebb_provenance *provenance, const char *name, FILE *stream)
{
    const hebb_status status = check_memory(table, name);
    if (status != HEBB_OK) return status;
    write_head(table, provenance, stream);
    write_rows(table, stream);
    return check_stream(name, stream);
}

/* "out/m.csv" -> "out/m.meta.json" */
static char *meta_path(const char *path)
{
    const size_t length = strlen(path);
    const size_t stem = length > 4 && strcmp(path + length - 4, ".csv") == 0 ? length - 4 : length;
    char *meta;
    return asprintf(&meta, "%.*s.meta.json", (int)stem, path) < 0 ? NULL : meta;
}

static hebb_status save_meta(const hebb_table *table, const char *path)
{
    json_t *object = json_object();
    char *meta = meta_path(path);
    bool complete = object != NULL && meta != NULL;
    for (size_t k = 0; complete && k < table->n_columns; k++) {
        const hebb_column *column = &table->columns[k];
        json_t *entry = json_pack("{s:s, s:s}", "meaning", column->meaning, "unit", column->unit);
        complete = json_object_set_new(object, column->name, entry) == 0;
    }
    const hebb_status status =
        complete ? hebb_json_save(object, meta) : hebb_fail(HEBB_ENOMEM, "%s: no memory for its description", path);
    free(meta);
    json_decref(object);
    return status;
}

/* Ends the file of a table that was written with that status. */
static hebb_status finish(const hebb_table *table, const char *path, hebb_atomic_file *file, hebb_status status)
{
    const bool is_regular = file->temporary != NULL;
    if (status != HEBB_OK) {
        hebb_atomic_file_discard(file);
        return status;
    }
    status = hebb_atomic_file_commit(file);
    return status == HEBB_OK && is_regular ? save_meta(table, path) : status;
}

hebb_status hebb_table_save(const hebb_table *table, const hebb_provenance *provenance, const char *path)
{
    hebb_atomic_file file;
    const hebb_status status = hebb_atomic_file_open(&file, path);
    if (status != HEBB_OK) return status;
    return finish(table, path, &file, hebb_table_write(table, provenance, path, file.stream));
}

static void forget_cells(hebb_table *table)
{
    for (size_t k = 0; k < table->n_cells; k++) free(table->cells[k].text);
    table->n_cells = table->n_rows = 0;
}

hebb_status hebb_table_save_rows(hebb_table *table, const hebb_table_rows *rows, const hebb_provenance *provenance,
                                 const char *path)
{
    hebb_atomic_file file;
    hebb_status status = hebb_atomic_file_open(&file, path);
    if (status != HEBB_OK) return status;
    write_head(table, provenance, file.stream);
    for (size_t row = 0; status == HEBB_OK && row < rows->n; row++) {
        forget_cells(table);
        rows->fill(rows->context, row, table);
        write_rows(table, file.stream);
        status = check_memory(table, path);
        if (status == HEBB_OK) status = check_stream(path, file.stream);
    }
    return finish(table, path, &file, status);
}

/* ---- reading back ---- */

typedef struct {
    hebb_table *table;
    size_t max_bytes, n_bytes; /* of the cells */
    bool has_header;
} reading;

enum { BLOCK_OVERHEAD = 32 }; /* what malloc takes for a short text, about */

static hebb_status check_header(const hebb_table *table, const char *path, long line, size_t n,
                                const char *const *fields)
{
    for (size_t k = 0; k < n && k < table->n_columns; k++)
        if (strcmp(fields[k], table->columns[k].name) != 0)
            return hebb_fail(HEBB_EDATA, "%s:%ld: column %zu is '%.40s', expected '%s'", path, line, k + 1, fields[k],
                             table->columns[k].name);
    if (n != table->n_columns)
        return hebb_fail(HEBB_EDATA, "%s:%ld: expected %zu columns, found %zu", path, line, table->n_columns, n);
    return HEBB_OK;
}

static hebb_status read_row(void *context, const char *path, long line, size_t n_fields, const char *const *fields)
{
    reading *state = context;
    if (!state->has_header) {
        state->has_header = true;
        return check_header(state->table, path, line, n_fields, fields);
    }
    if (n_fields != state->table->n_columns)
        return hebb_fail(HEBB_EDATA, "%s:%ld: expected %zu fields, found %zu", path, line, state->table->n_columns,
                         n_fields);
    for (size_t k = 0; k < n_fields; k++) {
        double x;
        state->n_bytes += sizeof(hebb_cell);
        if (*fields[k] == '\0') {
            hebb_table_missing(state->table);
        } else if (hebb_number_parse(fields[k], &x)) {
            hebb_table_number(state->table, x);
        } else {
            state->n_bytes += strlen(fields[k]) + BLOCK_OVERHEAD;
            hebb_table_text(state->table, fields[k]);
        }
    }
    if (state->n_bytes > state->max_bytes)
        return hebb_fail(HEBB_ENOMEM, "%s:%ld: its rows take more than %zu bytes", path, line, state->max_bytes);
    return state->table->failed ? hebb_fail(HEBB_ENOMEM, "%s:%ld: no memory for its rows", path, line) : HEBB_OK;
}

hebb_status hebb_table_read(hebb_table *table, const char *path)
{
    reading state = {.table = table, .max_bytes = hebb_memory_available() / 4};
    const hebb_status status = hebb_csv_read(path, state.max_bytes, read_row, &state);
    if (status != HEBB_OK) return status;
    return state.has_header ? HEBB_OK : hebb_fail(HEBB_EDATA, "%s: has no header", path);
}

void hebb_table_free(hebb_table *table)
{
    forget_cells(table);
    free(table->cells);
    free(table->columns);
    *table = (hebb_table){0};
}
