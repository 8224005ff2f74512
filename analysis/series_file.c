#include "series_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "csv_reader.h"
#include "input.h"
#include "memory.h"
#include "nearest.h"
#include "number.h"

typedef struct {
    hebb_series_file *file;
    const char *only;
    bool has_names;
    size_t n_chosen, room, max_bytes; /* room: rows that the chosen columns have memory for */
} reading;

/* ---- the columns ---- */

static hebb_status name_columns(reading *r, const char *path, size_t n, const char *const *fields)
{
    hebb_series_file *file = r->file;
    file->columns = calloc(n, sizeof *file->columns);
    if (file->columns == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its columns", path);
    file->n_columns = n;
    for (size_t j = 0; j < n; j++) {
        char number[HEBB_NUMBER_LENGTH];
        const bool has_name = r->has_names && *fields[j] != '\0';
        file->columns[j].name = strdup(has_name ? fields[j] : hebb_number_format((double)(j + 1), number));
        if (file->columns[j].name == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its columns", path);
    }
    return HEBB_OK;
}

static hebb_status fail_unknown(const reading *r, const char *path)
{
    const hebb_series_file *file = r->file;
    const char **names = calloc(file->n_columns, sizeof *names);
    if (names == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its columns", path);
    for (size_t j = 0; j < file->n_columns; j++) names[j] = file->columns[j].name;
    const hebb_status status = hebb_fail(HEBB_EUSAGE, "--column: %s has no column %.40s; did you mean %.40s?", path,
                                         r->only, hebb_nearest(r->only, file->n_columns, names));
    free(names);
    return status;
}

static hebb_status choose_columns(reading *r, const char *path)
{
    for (size_t j = 0; j < r->file->n_columns; j++) {
        hebb_series_column *column = &r->file->columns[j];
        column->is_chosen = r->only == NULL || (r->n_chosen == 0 && strcmp(column->name, r->only) == 0);
        r->n_chosen += column->is_chosen;
    }
    return r->n_chosen > 0 ? HEBB_OK : fail_unknown(r, path);
}

/* The first row of values: which columns are text. */
static void find_texts(reading *r, const char *const *fields)
{
    double ignored;
    for (size_t j = 0; r->only == NULL && j < r->file->n_columns; j++)
        if (*fields[j] != '\0' && !hebb_number_parse(fields[j], &ignored)) {
            r->file->columns[j].is_text = true;
            r->file->columns[j].is_chosen = false;
            r->n_chosen--;
        }
}

/* ---- the values ---- */

static hebb_status reserve_row(reading *r, const char *path)
{
    if (r->file->n_rows < r->room) return HEBB_OK;
    const size_t room = r->room == 0 ? 1024 : 2 * r->room;
    if (room > r->max_bytes / sizeof(double) / r->n_chosen)
        return hebb_fail(HEBB_ENOMEM,
                         "%s: its numbers take more than the %zu bytes allowed; choose a column with --column", path,
                         r->max_bytes);
    for (size_t j = 0; j < r->file->n_columns; j++) {
        hebb_series_column *column = &r->file->columns[j];
        if (!column->is_chosen) continue;
        double *values = reallocarray(column->values, room, sizeof *values);
        if (values == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its numbers", path);
        column->values = values;
    }
    r->room = room;
    return HEBB_OK;
}

static hebb_status fail_value(const char *path, long line, const hebb_series_column *column, const char *field)
{
    double x;
    char excerpt[HEBB_INPUT_EXCERPT_SIZE];
    if (*field == '\0')
        return hebb_fail(HEBB_EDATA,
                         "%s:%ld: column %.40s is empty; take the row out, or choose another column with --column",
                         path, line, column->name);
    return hebb_fail(HEBB_EDATA, "%s:%ld: column %.40s: '%s' is no %snumber; mend it, or choose another with --column",
                     path, line, column->name, hebb_input_excerpt(excerpt, field, strlen(field)),
                     hebb_number_parse(field, &x) ? "finite " : "");
}

static hebb_status take_values(reading *r, const char *path, long line, const char *const *fields)
{
    hebb_status status = reserve_row(r, path);
    if (status != HEBB_OK) return status;
    for (size_t j = 0; j < r->file->n_columns; j++) {
        hebb_series_column *column = &r->file->columns[j];
        double *x = column->values + r->file->n_rows;
        if (column->is_chosen && (!hebb_number_parse(fields[j], x) || !isfinite(*x)))
            return fail_value(path, line, column, fields[j]);
    }
    r->file->n_rows++;
    return HEBB_OK;
}

static hebb_status take_row(void *context, const char *path, long line, size_t n_fields, const char *const *fields)
{
    reading *r = context;
    if (r->file->columns == NULL) {
        r->has_names = hebb_csv_is_header(n_fields, fields);
        hebb_status status = name_columns(r, path, n_fields, fields);
        if (status == HEBB_OK) status = choose_columns(r, path);
        if (status != HEBB_OK || r->has_names) return status;
    }
    if (n_fields != r->file->n_columns)
        return hebb_fail(HEBB_EDATA, "%s:%ld: expected %zu fields, found %zu", path, line, r->file->n_columns,
                         n_fields);
    if (r->file->n_rows == 0) find_texts(r, fields);
    if (r->n_chosen == 0)
        return hebb_fail(HEBB_EDATA, "%s:%ld: no column holds a number; a row is a step, a column a quantity", path,
                         line);
    return take_values(r, path, line, fields);
}

/* zlib counts in 32 bits. */
static uint32_t checksum(const hebb_series_file *file)
{
    enum { PIECE = 1 << 16 };
    uLong crc = crc32(0, NULL, 0);
    for (size_t j = 0; j < file->n_columns; j++)
        for (size_t k = 0; file->columns[j].values != NULL && k < file->n_rows; k += PIECE) {
            const size_t n = file->n_rows - k < PIECE ? file->n_rows - k : PIECE;
            crc = crc32(crc, (const Bytef *)(file->columns[j].values + k), (uInt)(n * sizeof(double)));
        }
    return (uint32_t)crc;
}

hebb_status hebb_series_file_read(const char *path, const char *only, hebb_series_file *file)
{
    *file = (hebb_series_file){0};
    reading r = {.file = file, .only = only, .max_bytes = hebb_memory_available() / 4};
    hebb_status status = hebb_csv_read(path, r.max_bytes, take_row, &r);
    if (status == HEBB_OK && file->n_rows == 0)
        status = hebb_fail(HEBB_EDATA, "%s: %s", path,
                           file->columns == NULL ? "empty, expected a row of names and rows of numbers"
                                                 : "a header but no numbers");
    if (status == HEBB_OK)
        file->checksum = checksum(file);
    else
        hebb_series_file_free(file);
    return status;
}

void hebb_series_file_free(hebb_series_file *file)
{
    for (size_t j = 0; j < file->n_columns; j++) {
        free(file->columns[j].name);
        free(file->columns[j].values);
    }
    free(file->columns);
    *file = (hebb_series_file){0};
}
