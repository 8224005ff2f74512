#include "real_pattern_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "array.h"
#include "number.h"

static hebb_status convert(const char *path, const hebb_array *array, hebb_real_pattern_file *file)
{
    const size_t n = hebb_array_n_elements(array);
    for (size_t k = 0; k < n; k++) {
        const double x = hebb_array_get(array, k);
        char number[HEBB_NUMBER_LENGTH];
        if (!isfinite(x))
            return hebb_fail(HEBB_EDATA, "%s: pattern %zu, pixel %zu is %s: patterns are finite numbers", path,
                             k / file->n_neurons + 1, k % file->n_neurons + 1, hebb_number_format(x, number));
        file->patterns[k] = x == 0.0 ? 0.0 : x;
    }
    return HEBB_OK;
}

static uint32_t checksum(const hebb_real_pattern_file *file)
{
    uLong crc = crc32(0, NULL, 0);
    const size_t n = file->n_patterns * file->n_neurons;
    for (size_t k = 0; k < n; k++) {
        uint64_t bits;
        Bytef bytes[8];
        memcpy(&bits, &file->patterns[k], sizeof bits);
        for (int j = 0; j < 8; j++) bytes[j] = (Bytef)(bits >> (8 * j));
        crc = crc32(crc, bytes, sizeof bytes);
    }
    return (uint32_t)crc;
}

hebb_status hebb_real_pattern_file_read(const char *path, hebb_real_pattern_file *file)
{
    *file = (hebb_real_pattern_file){0};
    hebb_array array = {0};
    hebb_status status = hebb_pattern_file_read_array(path, &array, &file->n_patterns, &file->n_neurons);
    if (status != HEBB_OK) goto out;
    file->patterns = malloc(hebb_array_n_elements(&array) * sizeof *file->patterns);
    status = file->patterns != NULL ? convert(path, &array, file)
                                    : hebb_fail(HEBB_ENOMEM, "%s: no memory for its patterns", path);
    if (status == HEBB_OK) file->checksum = checksum(file);
out:
    hebb_array_free(&array);
    if (status != HEBB_OK) hebb_real_pattern_file_free(file);
    return status;
}

void hebb_real_pattern_file_free(hebb_real_pattern_file *file)
{
    free(file->patterns);
    *file = (hebb_real_pattern_file){0};
}
