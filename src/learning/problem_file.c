#include "problem_file.h"

#include <float.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "array.h"
#include "csv_reader.h"
#include "digits.h"
#include "idx.h"
#include "input.h"
#include "memory.h"
#include "npy.h"
#include "number.h"
#include "philox.h"

static const char BUILTIN[] = "builtin:", DIGITS[] = "builtin:digits", SPIN_MODES[] = "builtin:spin-modes";
const char *const hebb_problem_drawn[] = {"digits", "spin-modes", NULL};
static const size_t MOST_UNITS = (size_t)1 << 20; /* of any machine */
enum { INK = 127 };                               /* greys above it are on */

/* What the numbers of a file become. */
typedef struct {
    const hebb_problem_source *source;
    double least, most; /* of them, with a threshold */
    double off;         /* 0 or -1, from the first number that is not 1; 1 till then */
    size_t n_visible, n_values, room;
    uint8_t *values;
    float *reals; /* in place of values */
} reading;

/* Whether the number is a unit's; it is kept then. */
static bool take(reading *r, double x)
{
    if (r->source->is_real) {
        r->reals[r->n_values++] = (float)x;
        return fabs(x) <= (double)FLT_MAX;
    }
    uint8_t *on = r->values + r->n_values++;
    if (r->source->threshold != NULL) {
        *on = x > *r->source->threshold;
        r->least = fmin(r->least, x);
        r->most = fmax(r->most, x);
        return true;
    }
    *on = x == 1.0;
    if (x != 1.0 && r->off == 1.0 && (x == 0.0 || x == -1.0)) r->off = x;
    return x == 1.0 || x == r->off;
}

static hebb_status fail_number(const reading *r, const char *where, double x)
{
    char number[HEBB_NUMBER_LENGTH];
    if (r->source->is_real)
        return hebb_fail(HEBB_EDATA, "%s is %s: too large for single precision", where, hebb_number_format(x, number));
    return hebb_fail(
        HEBB_EDATA,
        "%s is %s: neither 0 and 1 nor -1 and 1 throughout; --threshold makes grey binary, e.g. --threshold "
        "%s",
        where, hebb_number_format(x, number),
        fabs(x) < 1.0 ? "0.5 of numbers from 0 to 1" : "127 of numbers from 0 to 255");
}

/* ---- .csv ---- */

static hebb_status make_room(reading *r, const char *path)
{
    if (r->n_values + r->n_visible <= r->room) return HEBB_OK;
    const size_t room = 2 * r->room + r->n_visible;
    void *values = r->source->is_real ? reallocarray(r->reals, room, sizeof *r->reals) : realloc(r->values, room);
    if (values == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its cases", path);
    if (r->source->is_real)
        r->reals = values;
    else
        r->values = values;
    r->room = room;
    return HEBB_OK;
}

static hebb_status take_field(reading *r, const char *path, long line, size_t column, const char *field)
{
    char excerpt[HEBB_INPUT_EXCERPT_SIZE], where[1024];
    double x;
    if (*field == '\0')
        return hebb_fail(HEBB_EDATA, "%s:%ld: column %zu is empty, expected a number", path, line, column);
    if (!hebb_number_parse(field, &x) || !isfinite(x))
        return hebb_fail(HEBB_EDATA, "%s:%ld: column %zu: '%s' is no finite number", path, line, column,
                         hebb_input_excerpt(excerpt, field, strlen(field)));
    if (take(r, x)) return HEBB_OK;
    snprintf(where, sizeof where, "%s:%ld: column %zu", path, line, column);
    return fail_number(r, where, x);
}

static hebb_status take_row(void *context, const char *path, long line, size_t n_fields, const char *const *fields)
{
    reading *r = context;
    if (r->n_visible == 0) {
        r->n_visible = n_fields;
        if (hebb_csv_is_header(n_fields, fields)) return HEBB_OK;
    }
    if (n_fields != r->n_visible)
        return hebb_fail(HEBB_EDATA, "%s:%ld: expected %zu fields, found %zu", path, line, r->n_visible, n_fields);
    hebb_status status = make_room(r, path);
    for (size_t j = 0; j < n_fields && status == HEBB_OK; j++) status = take_field(r, path, line, j + 1, fields[j]);
    return status;
}

static hebb_status read_csv(reading *r, const char *path)
{
    const hebb_status status = hebb_csv_read(path, hebb_memory_available() / 4, take_row, r);
    if (status != HEBB_OK || r->n_values > 0) return status;
    return hebb_fail(HEBB_EDATA, "%s: %s", path,
                     r->n_visible == 0 ? "empty, expected a row of numbers a case" : "a header but no cases");
}

/* ---- arrays ---- */

static hebb_status take_array(reading *r, const char *path, const hebb_array *array)
{
    char where[1024];
    const size_t n = hebb_array_n_elements(array);
    if (array->n_dimensions < 2)
        return hebb_fail(HEBB_EDATA, "%s: %zu dimension%s, at least two are needed: cases and units%s", path,
                         array->n_dimensions, array->n_dimensions == 1 ? "" : "s",
                         array->n_dimensions == 1 ? "; labels have one, images are in a file of their own" : "");
    if (n == 0) return hebb_fail(HEBB_EDATA, "%s: holds no cases", path);
    r->n_visible = n / array->shape[0];
    if (r->source->is_real)
        r->reals = calloc(n, sizeof *r->reals);
    else
        r->values = malloc(n);
    if (r->values == NULL && r->reals == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its cases", path);
    for (size_t k = 0; k < n; k++) {
        const double x = hebb_array_get(array, k);
        const size_t c = k / r->n_visible + 1, unit = k % r->n_visible + 1;
        if (!isfinite(x)) return hebb_fail(HEBB_EDATA, "%s: case %zu, unit %zu is no finite number", path, c, unit);
        if (take(r, x)) continue;
        snprintf(where, sizeof where, "%s: case %zu, unit %zu", path, c, unit);
        return fail_number(r, where, x);
    }
    return HEBB_OK;
}

static bool ends_in(const char *path, const char *ending)
{
    const size_t n = strlen(path), k = strlen(ending);
    return n > k && strcmp(path + n - k, ending) == 0;
}

/* A name that is mistyped says less by how it ends than by being no file's. */
static hebb_status fail_unknown(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0 && errno == ENOENT)
        return hebb_fail(HEBB_ENOINPUT, "%s: cannot be opened: No such file or directory", path);
    return hebb_fail(HEBB_EDATA, "%s: the name ends in none of .csv, .npy, .idx, .idx.gz; images: see hebb-train(1)",
                     path);
}

static hebb_status read_any(reading *r, const char *path)
{
    const size_t max_bytes = hebb_memory_available() / 2; /* the cases stand beside it for a while */
    hebb_array array = {0};
    hebb_status status;
    if (ends_in(path, ".csv")) return read_csv(r, path);
    if (ends_in(path, ".npy"))
        status = hebb_npy_read(path, max_bytes, &array);
    else if (ends_in(path, ".idx") || ends_in(path, ".gz") || ends_in(path, "-ubyte"))
        status = hebb_idx_read(path, max_bytes, &array);
    else
        return fail_unknown(path);
    if (status == HEBB_OK) status = take_array(r, path, &array);
    hebb_array_free(&array);
    return status;
}

/* ---- problems ---- */

static int compare_cases(const void *a, const void *b, void *context)
{
    const hebb_problem *problem = context;
    return memcmp(problem->cases + *(const size_t *)a * problem->n_visible,
                  problem->cases + *(const size_t *)b * problem->n_visible, problem->n_visible);
}

hebb_status hebb_problem_find_answers(hebb_problem *problem)
{
    problem->has_answer = problem->n_input > 0;
    if (!problem->has_answer) return HEBB_OK;
    size_t *order = malloc(problem->n_cases * sizeof *order);
    if (order == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the order of %zu cases", problem->n_cases);
    for (size_t c = 0; c < problem->n_cases; c++) order[c] = c;
    qsort_r(order, problem->n_cases, sizeof *order, compare_cases, problem);
    for (size_t k = 1; k < problem->n_cases && problem->has_answer; k++) {
        const uint8_t *a = problem->cases + order[k - 1] * problem->n_visible,
                      *b = problem->cases + order[k] * problem->n_visible;
        problem->has_answer = memcmp(a, b, problem->n_input) != 0 || memcmp(a, b, problem->n_visible) == 0;
    }
    free(order);
    return HEBB_OK;
}

hebb_status hebb_problem_file_read(const char *path, const hebb_problem_source *source, hebb_problem *problem)
{
    reading r = {.source = source, .least = INFINITY, .most = -INFINITY, .off = 1.0};
    *problem = (hebb_problem){0};
    hebb_status status = read_any(&r, path);
    if (status == HEBB_OK && r.n_visible > MOST_UNITS)
        status = hebb_fail(HEBB_EDATA, "%s: cases of %zu units; at most %zu", path, r.n_visible, MOST_UNITS);
    if (status == HEBB_OK && source->n_input >= r.n_visible)
        status = hebb_fail(HEBB_EDOM, "--inputs %zu: the cases of %s have %zu units, and one at least is to be output",
                           source->n_input, path, r.n_visible);
    if (status != HEBB_OK) {
        free(r.values);
        free(r.reals);
        return status;
    }
    *problem = (hebb_problem){.n_input = source->n_input,
                              .n_output = r.n_visible - source->n_input,
                              .n_visible = r.n_visible,
                              .n_cases = r.n_values / r.n_visible,
                              .cases = r.values,
                              .is_sign = r.off == -1.0,
                              .reals = r.reals,
                              .least = source->threshold != NULL ? r.least : 0.0,
                              .most = source->threshold != NULL ? r.most : 0.0};
    if (!source->is_real) status = hebb_problem_find_answers(problem);
    if (status != HEBB_OK) hebb_problem_free(problem);
    return status;
}

static hebb_status draw_digits(const hebb_problem_source *source, hebb_problem *problem)
{
    *problem = (hebb_problem){.n_output = HEBB_DIGIT_PIXELS,
                              .n_visible = HEBB_DIGIT_PIXELS,
                              .n_cases = source->n_digits,
                              .cases = malloc(source->n_digits * HEBB_DIGIT_PIXELS)};
    snprintf(problem->name, sizeof problem->name, "digits");
    if (problem->cases == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu digits", source->n_digits);
    for (size_t c = 0; c < source->n_digits; c++) {
        uint8_t *pixels = problem->cases + c * HEBB_DIGIT_PIXELS;
        hebb_digit_draw(source->seed, source->digit_set, (uint32_t)c, pixels);
        for (size_t i = 0; i < HEBB_DIGIT_PIXELS; i++) pixels[i] = pixels[i] > INK;
    }
    return HEBB_OK;
}

/* problem.h has the law.  A word a unit says whether it is flipped, then one a block whether it is mirrored. */
static hebb_status draw_spin_modes(const hebb_problem_source *source, hebb_problem *problem)
{
    enum { BLOCKS = 4, SIZE = 25, UNITS = BLOCKS * SIZE, HIDDEN = 4 };
    static const uint32_t flips[BLOCKS] = {4, 6, 7, 8}; /* of 16 */
    const hebb_philox patterns = hebb_philox_derive(source->seed, HEBB_DRAW_PATTERNS, 0, 0),
                      cases = hebb_philox_derive(source->seed, HEBB_DRAW_PATTERNS, 1, source->digit_set);
    uint64_t pattern[(UNITS + 63) / 64];
    hebb_philox_bits(patterns, 0, 0, UNITS, pattern);
    hebb_status status = hebb_problem_init(problem, 0, UNITS, source->n_digits);
    if (status != HEBB_OK) return status;
    snprintf(problem->name, sizeof problem->name, "spin-modes");
    problem->n_hidden = HIDDEN;
    problem->is_sign = true;
    for (size_t c = 0; c < problem->n_cases; c++) {
        hebb_stream stream;
        hebb_stream_init(&stream, cases, 0, (uint32_t)c);
        for (size_t i = 0; i < UNITS; i++) {
            const bool is_flipped = (hebb_stream_u32(&stream) & 15) < flips[i / SIZE];
            problem->cases[c * UNITS + i] = (uint8_t)((pattern[i / 64] >> i % 64 & 1) ^ is_flipped);
        }
        for (size_t a = 0; a < BLOCKS; a++) {
            const uint8_t is_mirrored = hebb_stream_u32(&stream) & 1;
            for (size_t i = a * SIZE; i < (a + 1) * SIZE; i++) problem->cases[c * UNITS + i] ^= is_mirrored;
        }
    }
    return HEBB_OK;
}

hebb_status hebb_problem_open(const char *data, const hebb_problem_source *source, hebb_problem *problem)
{
    *problem = (hebb_problem){0};
    if (strcmp(data, DIGITS) == 0) return draw_digits(source, problem);
    if (strcmp(data, SPIN_MODES) == 0) return draw_spin_modes(source, problem);
    if (strncmp(data, BUILTIN, strlen(BUILTIN)) == 0) return hebb_problem_builtin(data + strlen(BUILTIN), problem);
    return hebb_problem_file_read(data, source, problem);
}
