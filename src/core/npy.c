#include "npy.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "atomic_file.h"
#include "input.h"

enum {
    MAGIC_SIZE = 6,
    VERSION_SIZE = 2,
    MAX_HEADER = 10000, /* numpy.load refuses longer ones too */
    MAX_STRING = 32,
    ALIGNMENT = 64,      /* of the data, as numpy writes them */
    WRITTEN_HEADER = 512 /* more than 8 sizes of 20 digits take */
};

typedef struct {
    hebb_array_type type;
    bool is_boolean;
    bool is_big_endian;
    bool is_fortran;
    size_t n_dimensions;
    size_t shape[HEBB_ARRAY_MAX_DIMENSIONS];
} header;

/* The header's text is a Python dictionary of literals. */
typedef struct {
    const char *path;
    const char *at;
    const char *end; /* a NUL stands there, and maybe before */
} cursor;

static void skip_blanks(cursor *c)
{
    c->at += strspn(c->at, " \t\r\n");
}

static bool take(cursor *c, const char *token)
{
    skip_blanks(c);
    const size_t n = strlen(token);
    if (strncmp(c->at, token, n) != 0) return false;
    c->at += n;
    return true;
}

/* The reader of literals needs no escapes: neither a key nor a plain type has any. */
static bool take_string(cursor *c, char text[MAX_STRING])
{
    skip_blanks(c);
    const char quote = *c->at;
    if (quote != '\'' && quote != '"') return false;
    const char *close = strchr(c->at + 1, quote);
    if (close == NULL) return false;
    const size_t n = (size_t)(close - c->at) - 1;
    if (n >= MAX_STRING) return false;
    memcpy(text, c->at + 1, n);
    text[n] = '\0';
    c->at = close + 1;
    return true;
}

static hebb_status expected(const cursor *c, const char *what)
{
    char excerpt[HEBB_INPUT_EXCERPT_SIZE];
    return hebb_fail(HEBB_EDATA, "%s: damaged header: expected %s where it says '%s'; write it again with numpy.save",
                     c->path, what, hebb_input_excerpt(excerpt, c->at, (size_t)(c->end - c->at)));
}

static hebb_status refuse_type(const cursor *c, const char *descr)
{
    static const struct {
        char letter;
        const char *name;
    } kinds[] = {{'O', "Python objects"}, {'V', "structures"},      {'S', "strings"},
                 {'a', "strings"},        {'U', "strings"},         {'M', "dates"},
                 {'m', "spans of time"},  {'c', "complex numbers"}, {'[', "structures"}};
    const char letter = descr[0] == '[' || descr[0] == '\0' ? descr[0] : descr[1];
    const char *name = "an unsupported type";
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (kinds[k].letter == letter) name = kinds[k].name;
    char excerpt[HEBB_INPUT_EXCERPT_SIZE];
    return hebb_fail(HEBB_EDATA, "%s: holds %s (%s); save a plain numeric array, as with array.astype('f8')", c->path,
                     name, hebb_input_excerpt(excerpt, descr, strlen(descr)));
}

static hebb_status parse_type(cursor *c, header *h)
{
    static const struct {
        const char *code;
        hebb_array_type type;
    } types[] = {{"b1", HEBB_ARRAY_U8},  {"u1", HEBB_ARRAY_U8},  {"i1", HEBB_ARRAY_I8},  {"u2", HEBB_ARRAY_U16},
                 {"i2", HEBB_ARRAY_I16}, {"u4", HEBB_ARRAY_U32}, {"i4", HEBB_ARRAY_I32}, {"u8", HEBB_ARRAY_U64},
                 {"i8", HEBB_ARRAY_I64}, {"f4", HEBB_ARRAY_F32}, {"f8", HEBB_ARRAY_F64}};
    if (take(c, "[")) return refuse_type(c, "[");
    char descr[MAX_STRING];
    if (!take_string(c, descr)) return expected(c, "a type");
    for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
        if (descr[0] == '\0' || strcmp(descr + 1, types[t].code) != 0) continue;
        const bool is_one_byte = hebb_array_type_size(types[t].type) == 1;
        if (descr[0] != '<' && descr[0] != '>' && !(descr[0] == '|' && is_one_byte)) break;
        h->type = types[t].type;
        h->is_boolean = types[t].code[0] == 'b';
        h->is_big_endian = descr[0] == '>';
        return HEBB_OK;
    }
    return refuse_type(c, descr);
}

static hebb_status parse_order(cursor *c, header *h)
{
    h->is_fortran = take(c, "True");
    return h->is_fortran || take(c, "False") ? HEBB_OK : expected(c, "True or False");
}

static hebb_status parse_size(cursor *c, size_t *size)
{
    skip_blanks(c);
    if (*c->at < '0' || *c->at > '9') return expected(c, "a size of at least 0");
    const cursor start = *c;
    for (*size = 0; *c->at >= '0' && *c->at <= '9'; c->at++)
        if (__builtin_mul_overflow(*size, 10, size) || __builtin_add_overflow(*size, (size_t)(*c->at - '0'), size))
            return expected(&start, "a size that fits the machine");
    (void)take(c, "L"); /* as Python 2 wrote them */
    return HEBB_OK;
}

static hebb_status parse_shape(cursor *c, header *h)
{
    if (!take(c, "(")) return expected(c, "a shape");
    h->n_dimensions = 0;
    while (!take(c, ")")) {
        if (h->n_dimensions == HEBB_ARRAY_MAX_DIMENSIONS)
            return hebb_fail(HEBB_EDATA, "%s: more than %d dimensions; reshape the array", c->path,
                             HEBB_ARRAY_MAX_DIMENSIONS);
        const hebb_status status = parse_size(c, &h->shape[h->n_dimensions]);
        if (status != HEBB_OK) return status;
        h->n_dimensions++;
        if (!take(c, ",") && *c->at != ')') return expected(c, "a comma or the shape's end");
    }
    return HEBB_OK;
}

static hebb_status parse_header(cursor *c, header *h)
{
    static const struct {
        const char *key;
        hebb_status (*parse)(cursor *, header *);
    } entries[] = {{"descr", parse_type}, {"fortran_order", parse_order}, {"shape", parse_shape}};
    enum { N_ENTRIES = sizeof entries / sizeof *entries };

    bool seen[N_ENTRIES] = {false};
    if (!take(c, "{")) return expected(c, "a dictionary");
    while (!take(c, "}")) {
        const cursor start = *c;
        char key[MAX_STRING];
        if (!take_string(c, key) || !take(c, ":")) return expected(&start, "a key");
        size_t e = 0;
        while (e < N_ENTRIES && strcmp(key, entries[e].key) != 0) e++;
        if (e == N_ENTRIES || seen[e]) return expected(&start, "each of descr, fortran_order and shape once");
        seen[e] = true;
        const hebb_status status = entries[e].parse(c, h);
        if (status != HEBB_OK) return status;
        if (!take(c, ",") && *c->at != '}') return expected(c, "a comma or the dictionary's end");
    }
    for (size_t e = 0; e < N_ENTRIES; e++)
        if (!seen[e]) return hebb_fail(HEBB_EDATA, "%s: damaged header: no %s in it", c->path, entries[e].key);
    skip_blanks(c);
    return c->at == c->end ? HEBB_OK : expected(c, "the header's end");
}

static hebb_status check_magic(const char *path, const unsigned char *start)
{
    char excerpt[HEBB_INPUT_EXCERPT_SIZE];
    if (memcmp(start, "\x93NUMPY", MAGIC_SIZE) != 0)
        return hebb_fail(HEBB_EDATA, "%s: no .npy file: it starts with '%s'; write it with numpy.save", path,
                         hebb_input_excerpt(excerpt, start, MAGIC_SIZE));
    const unsigned major = start[MAGIC_SIZE], minor = start[MAGIC_SIZE + 1];
    if (major < 1 || major > 3 || minor != 0)
        return hebb_fail(HEBB_EDATA, "%s: .npy version %u.%u, expected 1.0, 2.0 or 3.0", path, major, minor);
    return HEBB_OK;
}

/* n_left in: the file's length; out: what is left of it after the header */
static hebb_status read_header(const char *path, FILE *stream, size_t *n_left, header *h)
{
    unsigned char start[MAGIC_SIZE + VERSION_SIZE], length[4];
    char text[MAX_HEADER + 1];
    if (*n_left < sizeof start + sizeof length)
        return hebb_fail(HEBB_EDATA, "%s: no .npy file: only %zu bytes, too few for a header", path, *n_left);
    hebb_status status = hebb_input_read(path, stream, start, sizeof start);
    if (status != HEBB_OK) return status;
    status = check_magic(path, start);
    if (status != HEBB_OK) return status;

    const size_t length_size = start[MAGIC_SIZE] == 1 ? 2 : 4;
    status = hebb_input_read(path, stream, length, length_size);
    if (status != HEBB_OK) return status;
    size_t n_text = 0;
    for (size_t i = length_size; i-- > 0;) n_text = n_text << 8 | length[i];
    *n_left -= sizeof start + length_size;
    if (n_text > *n_left)
        return hebb_fail(HEBB_EDATA, "%s: truncated: a header of %zu bytes is promised, %zu are left; write it again",
                         path, n_text, *n_left);
    if (n_text > MAX_HEADER)
        return hebb_fail(HEBB_EDATA, "%s: a header of %zu bytes; at most %d are read", path, n_text, MAX_HEADER);
    status = hebb_input_read(path, stream, text, n_text);
    if (status != HEBB_OK) return status;
    text[n_text] = '\0';
    *n_left -= n_text;
    return parse_header(&(cursor){path, text, text + n_text}, h);
}

static hebb_status check_boolean(const char *path, const hebb_array *array)
{
    const unsigned char *byte = array->data;
    const size_t n = hebb_array_n_elements(array);
    for (size_t i = 0; i < n; i++)
        if (byte[i] > 1)
            return hebb_fail(HEBB_EDATA, "%s: element %zu of a boolean array is %d, neither 0 nor 1", path, i, byte[i]);
    return HEBB_OK;
}

/* Walks the result in row-major order and keeps the element's place in the column-major source beside it. */
static void copy_transposed(const hebb_array *from, hebb_array *to)
{
    const size_t size = hebb_array_type_size(from->type), n = hebb_array_n_elements(from);
    size_t index[HEBB_ARRAY_MAX_DIMENSIONS] = {0}, stride[HEBB_ARRAY_MAX_DIMENSIONS] = {0}, place = 0;
    for (size_t d = 0; d < from->n_dimensions; d++) stride[d] = d == 0 ? 1 : stride[d - 1] * from->shape[d - 1];
    for (size_t i = 0; i < n; i++) {
        memcpy((char *)to->data + i * size, (const char *)from->data + place * size, size);
        for (size_t d = from->n_dimensions; d-- > 0;) {
            place += stride[d];
            if (++index[d] < from->shape[d]) break;
            place -= stride[d] * from->shape[d];
            index[d] = 0;
        }
    }
}

static hebb_status to_row_major(const char *path, size_t max_bytes, hebb_array *array)
{
    hebb_array columns = *array;
    const hebb_status status = hebb_array_init(array, columns.type, columns.n_dimensions, columns.shape, max_bytes);
    if (status == HEBB_OK) copy_transposed(&columns, array);
    hebb_array_free(&columns);
    return status == HEBB_OK ? HEBB_OK : hebb_input_blame(path, status);
}

static hebb_status read_data(const char *path, FILE *stream, const header *h, size_t max_bytes, hebb_array *array)
{
    hebb_status status = hebb_array_init(array, h->type, h->n_dimensions, h->shape, max_bytes);
    if (status != HEBB_OK) return hebb_input_blame(path, status);
    status = hebb_input_read(path, stream, array->data, hebb_array_n_bytes(h->type, h->n_dimensions, h->shape));
    if (status != HEBB_OK) return status;
    hebb_array_decode(array, h->is_big_endian);
    if (h->is_boolean) status = check_boolean(path, array);
    if (status == HEBB_OK && h->is_fortran && h->n_dimensions > 1) status = to_row_major(path, max_bytes, array);
    return status;
}

hebb_status hebb_npy_read(const char *path, size_t max_bytes, hebb_array *array)
{
    *array = (hebb_array){0};
    FILE *stream;
    size_t n_left;
    header h = {0};
    hebb_status status = hebb_input_open(path, &stream, &n_left);
    if (status != HEBB_OK) return status;
    status = read_header(path, stream, &n_left, &h);
    if (status != HEBB_OK) goto out;
    status = hebb_input_check_length(path, hebb_array_n_bytes(h.type, h.n_dimensions, h.shape), n_left);
    if (status != HEBB_OK) goto out;
    status = read_data(path, stream, &h, max_bytes, array);
out:
    if (status != HEBB_OK) hebb_array_free(array);
    (void)fclose(stream);
    return status;
}

/* ---- writing ---- */

/* The dictionary of version 1.0, with blanks behind it up to the data.  Returns its length. */
static size_t print_header(const hebb_array *array, char text[WRITTEN_HEADER])
{
    static const char *const codes[] = {
        [HEBB_ARRAY_U8] = "u1",  [HEBB_ARRAY_I8] = "i1",  [HEBB_ARRAY_U16] = "u2", [HEBB_ARRAY_I16] = "i2",
        [HEBB_ARRAY_U32] = "u4", [HEBB_ARRAY_I32] = "i4", [HEBB_ARRAY_U64] = "u8", [HEBB_ARRAY_I64] = "i8",
        [HEBB_ARRAY_F32] = "f4", [HEBB_ARRAY_F64] = "f8"};
    const char order = hebb_array_type_size(array->type) == 1      ? '|'
                       : __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? '<'
                                                                   : '>';
    size_t n = (size_t)snprintf(text, WRITTEN_HEADER, "{'descr': '%c%s', 'fortran_order': False, 'shape': (", order,
                                codes[array->type]);
    for (size_t d = 0; d < array->n_dimensions; d++)
        n += (size_t)snprintf(text + n, WRITTEN_HEADER - n, d == 0 ? "%zu," : " %zu,", array->shape[d]);
    if (array->n_dimensions > 1) n--; /* one size alone keeps its comma */
    n += (size_t)snprintf(text + n, WRITTEN_HEADER - n, "), }");
    const size_t before = MAGIC_SIZE + VERSION_SIZE + 2;
    while ((before + n + 1) % ALIGNMENT != 0) text[n++] = ' ';
    text[n++] = '\n';
    return n;
}

hebb_status hebb_npy_write(const hebb_array *array, const char *path)
{
    static const unsigned char start[] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    char text[WRITTEN_HEADER];
    hebb_atomic_file file;
    const hebb_status status = hebb_atomic_file_open(&file, path);
    if (status != HEBB_OK) return status;
    const size_t n_text = print_header(array, text);
    const unsigned char length[2] = {n_text & 0xff, (unsigned char)(n_text >> 8)};
    (void)fwrite(start, 1, sizeof start, file.stream); /* commit checks the stream */
    (void)fwrite(length, 1, sizeof length, file.stream);
    (void)fwrite(text, 1, n_text, file.stream);
    (void)fwrite(array->data, hebb_array_type_size(array->type), hebb_array_n_elements(array), file.stream);
    return hebb_atomic_file_commit(&file);
}
