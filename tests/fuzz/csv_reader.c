/* csv_reader: rows within the file, and the same rows and numbers when they are written and read again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv_reader.h"
#include "fuzz.h"
#include "number.h"

enum { MAX_BYTES = 1 << 20 };

const fuzz_seed fuzz_seeds[] = {FUZZ_SEED("a,b,c\n1,2,3\n-1.5,1e-7,0\n"),
                                FUZZ_SEED("\xef\xbb\xbf# hebb: 0.1.0\r\n1,-1,1\r\n-1,1,1\r\n"),
                                FUZZ_SEED("x,\"a,\"\"b\"\"\nc\",\n \t \n#end\n,\"\", y z ,\n"),
                                FUZZ_SEED("1,2\n3\n"),
                                FUZZ_SEED("1\r2\r3"),
                                FUZZ_SEED("\xff\xfe"
                                          "1\0,\0"
                                          "2\0\n\0"),
                                FUZZ_SEED("1e999,nan(1),0x1p3,1_000,-0,+5,inf,1e-999\n"),
                                {NULL, 0}};
const char *const fuzz_words[] = {"\"",  "\"\"",  ",",     "\n",   "\r\n", "#",   "\xef\xbb\xbf",
                                  "nan", "inf",   "1e999", "0x1",  "\t",   ",,,", "1e-99",
                                  "-0",  "\",\"", "\n\"",  "\"\n", NULL};

typedef struct {
    size_t n_bytes; /* of the file */
    long line;      /* of the last row */
    FILE *copy;
} rows;

static hebb_status take_row(void *context, const char *path, long line, size_t n_fields, const char *const *fields)
{
    rows *r = context;
    (void)path;
    FUZZ_EXPECT(line > r->line && n_fields > 0);
    r->line = line;
    size_t n_bytes = 0;
    for (size_t k = 0; k < n_fields; k++) {
        n_bytes += strlen(fields[k]) + 1;
        if (r->copy == NULL) continue;
        (void)fputs(k > 0 ? ",\"" : "\"", r->copy);
        for (const char *c = fields[k]; *c != '\0'; c++) {
            if (*c == '"') (void)fputc('"', r->copy);
            (void)fputc(*c, r->copy);
        }
        (void)fputc('"', r->copy);
    }
    FUZZ_EXPECT(n_bytes <= r->n_bytes + 1);
    if (r->copy != NULL) (void)fputc('\n', r->copy);
    return HEBB_OK;
}

/* The rows with every field quoted; NULL when they are refused.  The caller frees it. */
static char *read_rows(const char *path, size_t n_bytes, size_t *n_copied)
{
    char *copy = NULL;
    rows r = {.n_bytes = n_bytes, .copy = open_memstream(&copy, n_copied)};
    FUZZ_EXPECT(r.copy != NULL);
    const hebb_status status = hebb_csv_read(path, MAX_BYTES, take_row, &r);
    FUZZ_EXPECT(fclose(r.copy) == 0);
    if (fuzz_check_status(status, path)) return copy;
    free(copy);
    return NULL;
}

static void check_rows(const uint8_t *data, size_t size)
{
    size_t n_first, n_second;
    char *first = read_rows(fuzz_file(0, data, size), size, &n_first);
    if (first == NULL) return;
    FUZZ_EXPECT(size == 0 || memchr(data, '\0', size) == NULL);
    char *second = read_rows(fuzz_file(1, first, n_first), n_first, &n_second);
    FUZZ_EXPECT(second != NULL && n_first == n_second && memcmp(first, second, n_first) == 0);
    free(first);
    free(second);
}

/* One that is too small for the file, one that may be too small for a row. */
static void check_limits(const uint8_t *data, size_t size)
{
    const char *path = fuzz_file(0, data, size);
    rows r = {.n_bytes = size};
    if (size > 0) FUZZ_EXPECT(!fuzz_check_status(hebb_csv_read(path, size - 1, take_row, &r), path));
    r.line = 0;
    (void)fuzz_check_status(hebb_csv_read(path, size + 8, take_row, &r), path);
}

static void check_numbers(const uint8_t *data, size_t size)
{
    const char *path = fuzz_file(0, data, size);
    hebb_array array, again;
    if (!fuzz_check_status(hebb_csv_read_array(path, MAX_BYTES, &array), path)) {
        FUZZ_EXPECT(array.data == NULL);
        return;
    }
    fuzz_check_array(&array, size + 1, sizeof(double) / 2); /* a number and its comma are two bytes */
    char *text = NULL, number[HEBB_NUMBER_LENGTH];
    size_t n;
    FILE *stream = open_memstream(&text, &n);
    FUZZ_EXPECT(stream != NULL && array.n_dimensions == 2);
    for (size_t k = 0; k < hebb_array_n_elements(&array); k++)
        (void)fprintf(stream, "%s%c", hebb_number_format(hebb_array_get(&array, k), number),
                      (k + 1) % array.shape[1] == 0 ? '\n' : ',');
    FUZZ_EXPECT(fclose(stream) == 0);
    FUZZ_EXPECT(hebb_csv_read_array(fuzz_file(1, text, n), MAX_BYTES, &again) == HEBB_OK);
    fuzz_check_equal(&array, &again);
    hebb_array_free(&array);
    hebb_array_free(&again);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_rows(data, size);
    check_limits(data, size);
    check_numbers(data, size);
    return 0;
}
