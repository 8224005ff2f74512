/*
 * pattern_file: the signs of the numbers in the file, and the checksum of the signs
 *
 * The first byte of an input chooses the name's ending and whether there is a threshold; the rest is the file.
 */
#include "pattern_file.h"

#include <math.h>
#include <string.h>

#include <zlib.h>

#include "csv_reader.h"
#include "fuzz.h"
#include "idx.h"
#include "npy.h"

const fuzz_seed fuzz_seeds[] = {
    FUZZ_SEED("\0"
              "1,-1,1,1\n-1,-1,1,1\n"),
    FUZZ_SEED("\4"
              "0,1,2,1\n0.5,1e-9,0,1\n"),
    FUZZ_SEED("\0"
              "a,b\n0,1\n1,1\n"),
    FUZZ_SEED(
        "\1\x93NUMPY\x01\x00\x50\x00{'descr': '|i1', 'fortran_order': True, 'shape': (2, 3), }                     "
        "\n\1\377\1\1\377\377"),
    FUZZ_SEED(
        "\5\x93NUMPY\x01\x00\x50\x00{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }                    "
        "\n\0\0\300\177\0\0\200?"),
    FUZZ_SEED("\2\0\0\010\003\0\0\0\002\0\0\0\002\0\0\0\002\000\001\000\001\001\001\001\001"),
    FUZZ_SEED("\6\0\0\010\002\0\0\0\002\0\0\0\002\000\200\177\377"),
    FUZZ_SEED("\2\0\0\010\003\0\0\0\002\0\0\0\000\377\377\377\377"),
    FUZZ_SEED("\3\0\0\010\001\0\0\0\002\1\1"),
    {NULL, 0}};
const char *const fuzz_words[] = {"-1",
                                  "1",
                                  "0",
                                  "nan",
                                  "inf",
                                  ",",
                                  "\n",
                                  "'<f8'",
                                  "'|b1'",
                                  "(0, 1)",
                                  "(16777216, 1)",
                                  "\xff\xff\xff\xff",
                                  "\x01\x00\x00\x00",
                                  NULL};

static const char *const endings[] = {".csv", ".npy", ".idx", ".idx.gz"};
static const double thresholds[] = {0.5, -INFINITY, INFINITY, 1e-300};

static hebb_status read_array(size_t ending, const char *path, hebb_array *array)
{
    if (ending == 0) return hebb_csv_read_array(path, SIZE_MAX, array);
    return ending == 1 ? hebb_npy_read(path, SIZE_MAX, array) : hebb_idx_read(path, SIZE_MAX, array);
}

/* The signs are those of the file's numbers, which are two-valued where there is no threshold. */
static void check_signs(size_t ending, const char *path, const double *threshold, const hebb_pattern_file *file)
{
    hebb_array array;
    double off = NAN;
    FUZZ_EXPECT(read_array(ending, path, &array) == HEBB_OK);
    const size_t n = file->n_patterns * file->n_neurons;
    FUZZ_EXPECT(array.shape[0] == file->n_patterns && hebb_array_n_elements(&array) == n);
    for (size_t k = 0; k < n; k++) {
        const double x = hebb_array_get(&array, k);
        FUZZ_EXPECT(file->signs[k] == (x > (threshold != NULL ? *threshold : 0.0) ? 1 : -1));
        if (threshold != NULL || x == 1.0) continue;
        FUZZ_EXPECT((x == 0.0 || x == -1.0) && (isnan(off) || x == off));
        off = x;
    }
    hebb_array_free(&array);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    const char *path = fuzz_file_named(endings[data[0] % 4], data + 1, size - 1);
    const double *threshold = data[0] & 4 ? &thresholds[data[0] / 8 % 4] : NULL;
    hebb_pattern_file file;
    if (!fuzz_check_status(hebb_pattern_file_read(path, threshold, &file), path)) {
        FUZZ_EXPECT(file.signs == NULL);
        return 0;
    }
    FUZZ_EXPECT(file.n_patterns >= 1 && file.n_patterns <= HEBB_MAX_PATTERNS);
    FUZZ_EXPECT(file.n_neurons >= 1 && file.n_neurons <= HEBB_MAX_NEURONS);
    const size_t n = file.n_patterns * file.n_neurons;
    FUZZ_EXPECT(n <= 1032 * size);
    check_signs(data[0] % 4, path, threshold, &file);
    FUZZ_EXPECT(file.checksum == crc32(0, (const Bytef *)file.signs, (uInt)n));
    hebb_pattern_file_free(&file);
    return 0;
}
