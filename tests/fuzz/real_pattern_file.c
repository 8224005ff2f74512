/*
 * real_pattern_file: the file's numbers as they stand, all finite
 *
 * The first byte of an input chooses the name's ending; the rest is the file.
 */
#include "real_pattern_file.h"

#include <math.h>

#include "csv_reader.h"
#include "fuzz.h"
#include "idx.h"
#include "npy.h"

const fuzz_seed fuzz_seeds[] = {
    FUZZ_SEED("\0"
              "1,-1.5,1e300\n-1e-300,0,-0\n"),
    FUZZ_SEED("\0"
              "a,b\n0,1\n1,1\n"),
    FUZZ_SEED("\0"
              "1,nan\n"),
    FUZZ_SEED(
        "\1\x93NUMPY\x01\x00\x50\x00{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }                    "
        "\n\0\0\300\177\0\0\200?"),
    FUZZ_SEED(
        "\1\x93NUMPY\x01\x00\x50\x00{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1), }                     "
        "\n\0\0\300?\0\0\200?"),
    FUZZ_SEED("\2\0\0\010\003\0\0\0\002\0\0\0\002\0\0\0\002\000\001\000\001\001\001\001\001"),
    FUZZ_SEED("\3\0\0\016\002\0\0\0\001\0\0\0\001\177\360\0\0\0\0\0\0"),
    FUZZ_SEED("\3\0\0\010\001\0\0\0\002\1\1"),
    {NULL, 0}};
const char *const fuzz_words[] = {"-1",
                                  "1e308",
                                  "0",
                                  "nan",
                                  "-inf",
                                  ",",
                                  "\n",
                                  "'<f8'",
                                  "'|b1'",
                                  "(0, 1)",
                                  "(16777216, 1)",
                                  "\x7f\xf0\x00\x00",
                                  "\xff\xff\xff\xff",
                                  "\x01\x00\x00\x00",
                                  NULL};

static const char *const endings[] = {".csv", ".npy", ".idx", ".idx.gz"};

static hebb_status read_array(size_t ending, const char *path, hebb_array *array)
{
    if (ending == 0) return hebb_csv_read_array(path, SIZE_MAX, array);
    return ending == 1 ? hebb_npy_read(path, SIZE_MAX, array) : hebb_idx_read(path, SIZE_MAX, array);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    const char *path = fuzz_file_named(endings[data[0] % 4], data + 1, size - 1);
    hebb_real_pattern_file file;
    hebb_array array;
    if (!fuzz_check_status(hebb_real_pattern_file_read(path, &file), path)) {
        FUZZ_EXPECT(file.patterns == NULL);
        return 0;
    }
    const size_t n = file.n_patterns * file.n_neurons;
    FUZZ_EXPECT(file.n_patterns >= 1 && file.n_patterns <= HEBB_MAX_PATTERNS);
    FUZZ_EXPECT(file.n_neurons >= 1 && file.n_neurons <= HEBB_MAX_NEURONS && n <= 1032 * size);
    FUZZ_EXPECT(read_array(data[0] % 4, path, &array) == HEBB_OK);
    FUZZ_EXPECT(array.shape[0] == file.n_patterns && hebb_array_n_elements(&array) == n);
    for (size_t k = 0; k < n; k++)
        FUZZ_EXPECT(isfinite(file.patterns[k]) && file.patterns[k] == hebb_array_get(&array, k));
    hebb_array_free(&array);
    hebb_real_pattern_file_free(&file);
    return 0;
}
