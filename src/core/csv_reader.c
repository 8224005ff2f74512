#include "csv_reader.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include "input.h"
#include "number.h"

enum { BLOCK = 1 << 16 };

typedef struct {
    const char *path;
    size_t max_bytes;
    hebb_csv_on_row on_row;
    void *context;

    struct csv_parser parser;
    long line;
    long row_line;
    bool row_is_open;
    bool row_is_complete;
    char *row_text; /* its fields so far; see on_field */
    char *row_end;
    const char **fields;
    size_t n_fields;
    size_t capacity;
    hebb_status status; /* what went wrong in a callback of libcsv's, which cannot return it */
} reader;

/* A carriage return counts as a blank: so \r\n ends a line, and a lone one inside a field is kept and seen. */
static int is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static int is_newline(unsigned char c)
{
    return c == '\n';
}

static hebb_status make_room(reader *r)
{
    const size_t capacity = r->capacity == 0 ? 64 : 2 * r->capacity;
    const char **fields = reallocarray(r->fields, capacity, sizeof *fields);
    if (fields == NULL) return hebb_fail(HEBB_ENOMEM, "%s:%ld: no memory for its fields", r->path, r->row_line);
    r->fields = fields;
    r->capacity = capacity;
    return HEBB_OK;
}

/*
 * Keeps the field in the file's own buffer, over the row that libcsv has already taken in: a field and its NUL never
 * need more room than the field and the comma or newline after it did, or the NUL that stands behind the file.
 */
static void on_field(void *text, size_t n, void *context)
{
    reader *r = context;
    if (r->status != HEBB_OK) return;
    if ((size_t)(r->row_end - r->row_text) + n + 1 + (r->n_fields + 1) * sizeof *r->fields > r->max_bytes) {
        r->status =
            hebb_fail(HEBB_EDATA, "%s:%ld: the row takes more than %zu bytes", r->path, r->row_line, r->max_bytes);
        return;
    }
    if (r->n_fields == r->capacity && (r->status = make_room(r)) != HEBB_OK) return;
    memcpy(r->row_end, text, n);
    r->row_end[n] = '\0';
    r->fields[r->n_fields++] = r->row_end;
    r->row_end += n + 1;
}

static void on_row_end(int terminator, void *context)
{
    (void)terminator;
    ((reader *)context)->row_is_complete = true;
}

static hebb_status deliver(reader *r)
{
    if (r->status != HEBB_OK || !r->row_is_complete) return r->status;
    r->row_is_open = false;
    return r->on_row(r->context, r->path, r->row_line, r->n_fields, r->fields);
}

static bool is_blank_line(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_blank((unsigned char)text[i]) && text[i] != '\n') return false;
    return true;
}

static hebb_status take_line(reader *r, char *text, size_t n)
{
    if (memchr(text, '\0', n) != NULL)
        return hebb_fail(HEBB_EDATA, "%s:%ld: a NUL byte; save the file as plain text (UTF-8)", r->path, r->line);
    if (!r->row_is_open) {
        if (*text == '#' || is_blank_line(text, n)) return HEBB_OK;
        r->row_is_open = true;
        r->row_is_complete = false;
        r->row_line = r->line;
        r->row_text = r->row_end = text;
        r->n_fields = 0;
    }
    if (csv_parse(&r->parser, text, n, on_field, on_row_end, r) == n) return deliver(r);
    /* No csv_fini after this: libcsv has stopped inside a field, and its buffer may not hold the next byte. */
    if (csv_error(&r->parser) != CSV_EPARSE)
        return hebb_fail(HEBB_ENOMEM, "%s:%ld: no memory for its fields", r->path, r->line);
    return hebb_fail(HEBB_EDATA, "%s:%ld: a stray quote; put the whole field in quotes and double those inside",
                     r->path, r->line);
}

static hebb_status take_lines(reader *r, char *text, size_t n)
{
    char *const end = text + n;
    if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) text += 3; /* the byte order mark that spreadsheets write */
    for (char *next; text < end; text = next) {
        char *newline = memchr(text, '\n', (size_t)(end - text));
        next = newline == NULL ? end : newline + 1;
        r->line++;
        const hebb_status status = take_line(r, text, (size_t)(next - text));
        if (status != HEBB_OK) return status;
    }
    if (!r->row_is_open) return HEBB_OK;
    if (csv_fini(&r->parser, on_field, on_row_end, r) == 0) return deliver(r);
    return hebb_fail(HEBB_EDATA, "%s:%ld: a quote is opened in this row and never closed", r->path, r->row_line);
}

hebb_status hebb_csv_read(const char *path, size_t max_bytes, hebb_csv_on_row on_row, void *context)
{
    reader r = {.path = path, .max_bytes = max_bytes, .on_row = on_row, .context = context};
    char *text = NULL;
    size_t n_bytes;
    hebb_status status = hebb_input_load(path, max_bytes, &text, &n_bytes);
    if (status != HEBB_OK) return status;
    /* libcsv's buffer holds one field, which is no longer than the file: that caps its realloc. */
    (void)csv_init(&r.parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_blk_size(&r.parser, BLOCK);
    csv_set_space_func(&r.parser, is_blank);
    csv_set_term_func(&r.parser, is_newline);
    status = take_lines(&r, text, n_bytes);
    csv_free(&r.parser);
    free(r.fields);
    free(text);
    return status;
}

typedef struct {
    size_t max_values;
    double *values;
    size_t n_values;
    size_t capacity;
    size_t n_columns; /* 0 before the first row */
} matrix;

static hebb_status reserve_row(matrix *m, const char *path)
{
    if (m->n_columns > m->max_values - m->n_values)
        return hebb_fail(HEBB_ENOMEM, "%s: its numbers take more than the %zu bytes allowed", path,
                         m->max_values * sizeof *m->values);
    if (m->n_values + m->n_columns <= m->capacity) return HEBB_OK;
    size_t capacity = 2 * m->capacity + m->n_columns;
    if (capacity > m->max_values) capacity = m->max_values;
    double *values = reallocarray(m->values, capacity, sizeof *values);
    if (values == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its numbers", path);
    m->values = values;
    m->capacity = capacity;
    return HEBB_OK;
}

bool hebb_csv_is_header(size_t n_fields, const char *const *fields)
{
    double ignored;
    bool has_text = false;
    for (size_t j = 0; j < n_fields; j++) {
        if (hebb_number_parse(fields[j], &ignored)) return false;
        if (fields[j][0] != '\0') has_text = true;
    }
    return has_text;
}

static hebb_status no_number(const char *path, long line, size_t column, const char *field)
{
    double ignored;
    char excerpt[HEBB_INPUT_EXCERPT_SIZE];
    if (field[0] == '\0')
        return hebb_fail(HEBB_EDATA, "%s:%ld: column %zu is empty, expected a number", path, line, column);
    return hebb_fail(HEBB_EDATA, "%s:%ld: column %zu: '%s' is no %snumber", path, line, column,
                     hebb_input_excerpt(excerpt, field, strlen(field)),
                     hebb_number_parse(field, &ignored) ? "finite " : "");
}

static hebb_status take_numbers(void *context, const char *path, long line, size_t n_fields, const char *const *fields)
{
    matrix *m = context;
    if (m->n_columns == 0) {
        m->n_columns = n_fields;
        if (hebb_csv_is_header(n_fields, fields)) return HEBB_OK;
    }
    if (n_fields != m->n_columns)
        return hebb_fail(HEBB_EDATA, "%s:%ld: expected %zu fields, found %zu", path, line, m->n_columns, n_fields);
    const hebb_status status = reserve_row(m, path);
    if (status != HEBB_OK) return status;
    for (size_t j = 0; j < n_fields; j++) {
        double x;
        if (!hebb_number_parse(fields[j], &x) || !isfinite(x)) return no_number(path, line, j + 1, fields[j]);
        m->values[m->n_values++] = x;
    }
    return HEBB_OK;
}

hebb_status hebb_csv_read_array(const char *path, size_t max_bytes, hebb_array *array)
{
    *array = (hebb_array){0};
    matrix m = {.max_values = max_bytes / sizeof *m.values};
    hebb_status status = hebb_csv_read(path, max_bytes, take_numbers, &m);
    if (status == HEBB_OK && m.n_values == 0)
        status = hebb_fail(HEBB_EDATA, "%s: %s", path,
                           m.n_columns == 0 ? "empty, expected rows of numbers" : "a header but no numbers");
    if (status != HEBB_OK) {
        free(m.values);
        return status;
    }
    double *fitted = realloc(m.values, m.n_values * sizeof *fitted); /* gives back what doubling took too much */
    *array = (hebb_array){.type = HEBB_ARRAY_F64, .n_dimensions = 2, .data = fitted != NULL ? fitted : m.values};
    array->shape[0] = m.n_values / m.n_columns;
    array->shape[1] = m.n_columns;
    return HEBB_OK;
}
