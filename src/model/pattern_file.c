#include "pattern_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "array.h"
#include "csv_reader.h"
#include "idx.h"
#include "memory.h"
#include "npy.h"
#include "number.h"
#include "philox.h"

static bool ends_in(const char *path, const char *ending)
{
    const size_t n = strlen(path), k = strlen(ending);
    return n > k && strcmp(path + n - k, ending) == 0;
}

static hebb_status read_array(const char *path, hebb_array *array)
{
    const size_t max_bytes = hebb_memory_available() / 2; /* the signs stand beside it for a while */
    if (ends_in(path, ".csv")) return hebb_csv_read_array(path, max_bytes, array);
    if (ends_in(path, ".npy")) return hebb_npy_read(path, max_bytes, array);
    if (ends_in(path, ".idx") || ends_in(path, ".gz") || ends_in(path, "-ubyte"))
        return hebb_idx_read(path, max_bytes, array);
    return hebb_fail(HEBB_EDATA, "%s: the name ends in none of .csv, .npy, .idx, .idx.gz", path);
}

static hebb_status check_shape(const char *path, const hebb_array *array, size_t *n_patterns, size_t *n_neurons)
{
    if (array->n_dimensions < 2)
        return hebb_fail(HEBB_EDATA, "%s: %zu dimension%s, at least two are needed: patterns and pixels", path,
                         array->n_dimensions, array->n_dimensions == 1 ? "" : "s");
    const size_t n_elements = hebb_array_n_elements(array);
    if (n_elements == 0) return hebb_fail(HEBB_EDATA, "%s: holds no patterns", path);
    *n_patterns = array->shape[0];
    *n_neurons = n_elements / array->shape[0];
    if (*n_patterns > HEBB_MAX_PATTERNS || *n_neurons > HEBB_MAX_NEURONS)
        return hebb_fail(HEBB_EDATA, "%s: %zu patterns of %zu pixels are more than %d", path, *n_patterns, *n_neurons,
                         HEBB_MAX_PATTERNS);
    return HEBB_OK;
}

hebb_status hebb_pattern_file_read_array(const char *path, hebb_array *array, size_t *n_patterns, size_t *n_neurons)
{
    const hebb_status status = read_array(path, array);
    return status == HEBB_OK ? check_shape(path, array, n_patterns, n_neurons) : status;
}

static hebb_status fail_value(const char *path, const hebb_pattern_file *file, size_t k, double x)
{
    char number[HEBB_NUMBER_LENGTH];
    return hebb_fail(HEBB_EDATA,
                     "%s: pattern %zu, pixel %zu is %s: neither -1 and 1 nor 0 and 1 throughout; give --threshold",
                     path, k / file->n_neurons + 1, k % file->n_neurons + 1, hebb_number_format(x, number));
}

/* Whether 0 or -1 stands for "off" shows at the first off pixel; the other one is then an error. */
static hebb_status convert(const char *path, const double *threshold, const hebb_array *array, hebb_pattern_file *file)
{
    const size_t n = hebb_array_n_elements(array);
    double off = 1.0;
    for (size_t k = 0; k < n; k++) {
        const double x = hebb_array_get(array, k);
        if (isnan(x))
            return hebb_fail(HEBB_EDATA, "%s: pattern %zu, pixel %zu is no number", path, k / file->n_neurons + 1,
                             k % file->n_neurons + 1);
        if (threshold == NULL) {
            if (x != 1.0 && off == 1.0) off = x;
            if ((off != 1.0 && off != 0.0 && off != -1.0) || (x != 1.0 && x != off))
                return fail_value(path, file, k, x);
        }
        file->signs[k] = x > (threshold == NULL ? 0.0 : *threshold) ? 1 : -1;
    }
    return HEBB_OK;
}

/* zlib counts in 32 bits. */
static uint32_t checksum(const hebb_pattern_file *file)
{
    uLong crc = crc32(0, NULL, 0);
    for (size_t mu = 0; mu < file->n_patterns; mu++)
        crc = crc32(crc, (const Bytef *)file->signs + mu * file->n_neurons, (uInt)file->n_neurons);
    return (uint32_t)crc;
}

hebb_status hebb_pattern_file_read(const char *path, const double *threshold, hebb_pattern_file *file)
{
    *file = (hebb_pattern_file){0};
    hebb_array array = {0};
    hebb_status status = hebb_pattern_file_read_array(path, &array, &file->n_patterns, &file->n_neurons);
    if (status != HEBB_OK) goto out;
    file->signs = malloc(hebb_array_n_elements(&array));
    if (file->signs == NULL) {
        status = hebb_fail(HEBB_ENOMEM, "%s: no memory for its patterns", path);
        goto out;
    }
    status = convert(path, threshold, &array, file);
    if (status == HEBB_OK) file->checksum = checksum(file);
out:
    hebb_array_free(&array);
    if (status != HEBB_OK) hebb_pattern_file_free(file);
    return status;
}

void hebb_pattern_file_free(hebb_pattern_file *file)
{
    free(file->signs);
    *file = (hebb_pattern_file){0};
}

void hebb_pattern_file_choose(const hebb_pattern_file *file, uint64_t seed, uint32_t replica, uint32_t *indices,
                              hebb_patterns *patterns)
{
    const hebb_philox generator = hebb_philox_derive(seed, HEBB_DRAW_SUBSET, patterns->n_patterns, replica);
    hebb_stream stream;
    hebb_stream_init(&stream, generator, 0, 0);
    hebb_stream_permutation(&stream, (uint32_t)file->n_patterns, indices);
    for (size_t mu = 0; mu < patterns->n_patterns; mu++) {
        const int8_t *signs = file->signs + indices[mu] * file->n_neurons;
        for (size_t i = 0; i < patterns->n_neurons; i++) hebb_patterns_set(patterns, i, mu, signs[i]);
    }
}
