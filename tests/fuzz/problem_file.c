/*
 * problem_file: the cases of the numbers in the file, and whether output follows from input
 *
 * The first byte of an input chooses the name's ending, whether there is a threshold, or data are real, and how many units
 * are input; the rest is the file.
 */
#include "problem_file.h"

#include <math.h>
#include <string.h>

#include "csv_reader.h"
#include "fuzz.h"
#include "idx.h"
#include "npy.h"

const fuzz_seed fuzz_seeds[] = {
    FUZZ_SEED("\0"
              "1,-1,1,1\n-1,-1,1,1\n"),
    FUZZ_SEED("\4"
              "0,1,2,1\n0.5,1e-9,0,1\n"),
    FUZZ_SEED("\10"
              "0.5,-1e3,1\n3,2.5,0\n"),
    FUZZ_SEED("\100"
              "a,b\n0,1\n1,1\n0,0\n"),
    FUZZ_SEED("\300"
              "0,0,1,1\n# comment\n0,0,1,1\n0,1,1,0\n1,0,0,0\n"),
    FUZZ_SEED(
        "\1\x93NUMPY\x01\x00\x50\x00{'descr': '|i1', 'fortran_order': True, 'shape': (2, 3), }                     "
        "\n\1\377\1\1\377\377"),
    FUZZ_SEED(
        "\5\x93NUMPY\x01\x00\x50\x00{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }                    "
        "\n\0\0\300\177\0\0\200?"),
    FUZZ_SEED("\2\0\0\010\003\0\0\0\002\0\0\0\002\0\0\0\002\000\001\000\001\001\001\001\001"),
    FUZZ_SEED("\102\0\0\010\002\0\0\0\002\0\0\0\002\000\001\000\001"),
    FUZZ_SEED("\2\0\0\010\003\0\0\0\002\0\0\0\000\377\377\377\377"),
    FUZZ_SEED("\3\0\0\010\001\0\0\0\002\1\1"),
    {NULL, 0}};
const char *const fuzz_words[] = {"-1",     "1",     "0",       "nan",    "inf",           ",",
                                  "\n",     "'<f8'", "'|b1'",   "(0, 1)", "(16777216, 1)", "\xff\xff\xff\xff",
                                  "\x01\0", "0,1\n", "1,0,1\n", NULL};

static const char *const endings[] = {".csv", ".npy", ".idx", ".idx.gz"};
static const double thresholds[] = {0.5, -INFINITY, INFINITY, 1e-300};

static hebb_status read_array(size_t ending, const char *path, hebb_array *array)
{
    if (ending == 0) return hebb_csv_read_array(path, SIZE_MAX, array);
    return ending == 1 ? hebb_npy_read(path, SIZE_MAX, array) : hebb_idx_read(path, SIZE_MAX, array);
}

static void check_reals(size_t ending, const char *path, const hebb_problem *problem)
{
    hebb_array array;
    FUZZ_EXPECT(read_array(ending, path, &array) == HEBB_OK);
    const size_t n = problem->n_cases * problem->n_visible;
    FUZZ_EXPECT(hebb_array_n_elements(&array) == n && problem->cases == NULL && !problem->has_answer);
    for (size_t k = 0; k < n; k++)
        FUZZ_EXPECT(isfinite(problem->reals[k]) && problem->reals[k] == (float)hebb_array_get(&array, k));
    hebb_array_free(&array);
}

/* The cases are those of the file's numbers, which are two-valued where there is no threshold. */
static void check_cases(size_t ending, const char *path, const double *threshold, const hebb_problem *problem)
{
    hebb_array array;
    double off = NAN;
    FUZZ_EXPECT(read_array(ending, path, &array) == HEBB_OK);
    const size_t n = problem->n_cases * problem->n_visible;
    FUZZ_EXPECT(array.shape[0] == problem->n_cases && hebb_array_n_elements(&array) == n);
    for (size_t k = 0; k < n; k++) {
        const double x = hebb_array_get(&array, k);
        FUZZ_EXPECT(isfinite(x) && problem->cases[k] == (x > (threshold != NULL ? *threshold : 0.0)));
        if (threshold != NULL || x == 1.0) continue;
        FUZZ_EXPECT((x == 0.0 || x == -1.0) && (isnan(off) || x == off));
        off = x;
    }
    hebb_array_free(&array);
}

/* As problem.h has it, pair by pair. */
static void check_answer(const hebb_problem *problem)
{
    if (problem->n_cases <= 200) FUZZ_EXPECT(problem->has_answer == hebb_problem_is_function(problem));
    FUZZ_EXPECT(problem->n_input > 0 || !problem->has_answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    const char *path = fuzz_file_named(endings[data[0] % 4], data + 1, size - 1);
    const hebb_problem_source source = {.threshold = data[0] & 4 ? &thresholds[data[0] / 8 % 4] : NULL,
                                        .n_input = data[0] / 64,
                                        .is_real = (data[0] & 12) == 8};
    hebb_problem problem;
    const hebb_status status = hebb_problem_file_read(path, &source, &problem);
    if (status == HEBB_EDOM) { /* of the input, an option: the sentence begins with that */
        FUZZ_EXPECT(source.n_input > 0 && problem.cases == NULL && problem.reals == NULL);
        return 0;
    }
    if (!fuzz_check_status(status, path)) {
        FUZZ_EXPECT(problem.cases == NULL && problem.reals == NULL);
        return 0;
    }
    FUZZ_EXPECT(problem.n_cases >= 1 && problem.n_output >= 1 && problem.n_input == source.n_input);
    FUZZ_EXPECT(problem.n_visible == problem.n_input + problem.n_output);
    FUZZ_EXPECT(problem.n_cases * problem.n_visible <= 1032 * size);
    if (source.is_real)
        check_reals(data[0] % 4, path, &problem);
    else
        check_cases(data[0] % 4, path, source.threshold, &problem);
    if (!source.is_real) check_answer(&problem);
    hebb_problem_free(&problem);
    return 0;
}
