#include "problem_file.h"

#include <math.h>

#include "digits.h"
#include "scratch.h"

static const hebb_problem_source two_inputs = {.n_input = 2};

static const char *write_file(const char *name, size_t n, const char *bytes)
{
    const char *path = scratch_path(name);
    FILE *stream = fopen(path, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(bytes, 1, n, stream), n);
    ck_assert_int_eq(fclose(stream), 0);
    return path;
}

static const char *write_text(const char *name, const char *text)
{
    return write_file(name, strlen(text), text);
}

START_TEST(every_kind_of_file_gives_the_same_problem)
{
    static const uint8_t expected[] = {0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0};
    static const struct {
        const char *name;
        size_t n;
        const char *bytes;
    } files[] = {
        {"a.csv", 32, "a,b,c\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n  "},
        {"b.csv", 36, "-1,-1,-1\n-1,1,1\n1,-1,1\n# x\n\n1,+1,-1\n"},
        {"c.idx", 24, "\0\0\010\002\0\0\0\004\0\0\0\003\0\0\0\0\1\1\1\0\1\1\1\0"},
        {"d.npy", 92,
         "\x93NUMPY\x01\x00\x46\x00{'descr': '|u1', 'fortran_order': True, 'shape': (4, 3), }           \n"
         "\0\0\1\1\0\1\0\1\0\1\1\0"},
    };
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        hebb_problem problem;
        const char *path = write_file(files[k].name, files[k].n, files[k].bytes);
        ck_assert_msg(hebb_problem_open(path, &two_inputs, &problem) == HEBB_OK, "%s", hebb_diagnostic());
        ck_assert_uint_eq(problem.n_cases, 4);
        ck_assert_uint_eq(problem.n_input, 2);
        ck_assert_uint_eq(problem.n_output, 1);
        ck_assert_uint_eq(problem.n_hidden, 0);
        ck_assert_str_eq(problem.name, "");
        ck_assert(problem.has_answer);
        ck_assert_mem_eq(problem.cases, expected, sizeof expected);
        hebb_problem_free(&problem);
    }
}
END_TEST

START_TEST(what_is_above_the_threshold_is_on)
{
    const double threshold = 100.0;
    const hebb_problem_source source = {.threshold = &threshold};
    hebb_problem problem;
    ck_assert_int_eq(hebb_problem_open(write_text("grey.csv", "99,100\n100.5,255\n"), &source, &problem), HEBB_OK);
    ck_assert_mem_eq(problem.cases, ((const uint8_t[]){0, 0, 1, 1}), 4);
    ck_assert(!problem.has_answer);
    hebb_problem_free(&problem);
}
END_TEST

START_TEST(output_follows_from_input_where_no_two_cases_contradict_each_other)
{
    static const struct {
        const char *text;
        bool has_answer;
    } files[] = {{"0,0,1\n1,1,1\n0,0,1\n", true}, {"0,0,1\n1,1,1\n0,0,0\n", false}, {"1,0,1\n", true}};
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        hebb_problem problem;
        ck_assert_int_eq(hebb_problem_open(write_text("a.csv", files[k].text), &two_inputs, &problem), HEBB_OK);
        ck_assert_int_eq(problem.has_answer, files[k].has_answer);
        ck_assert_int_eq(problem.has_answer, hebb_problem_is_function(&problem));
        hebb_problem_free(&problem);
    }
}
END_TEST

START_TEST(digits_are_drawn_and_thresholded)
{
    const hebb_problem_source source = {.n_digits = 12, .digit_set = 1, .seed = 7};
    hebb_problem problem;
    uint8_t pixels[HEBB_DIGIT_PIXELS];
    ck_assert_int_eq(hebb_problem_open("builtin:digits", &source, &problem), HEBB_OK);
    ck_assert_uint_eq(problem.n_cases, 12);
    ck_assert_uint_eq(problem.n_visible, HEBB_DIGIT_PIXELS);
    hebb_digit_draw(7, 1, 11, pixels);
    for (size_t i = 0; i < HEBB_DIGIT_PIXELS; i++)
        ck_assert_uint_eq(problem.cases[11 * HEBB_DIGIT_PIXELS + i], pixels[i] > 127);
    hebb_problem_free(&problem);
}
END_TEST

enum { MODES = 4, BLOCK = 25, SPINS = MODES * BLOCK, SPIN_CASES = 4000 };

/* <v_i v_j> of units -1, +1 */
static double correlation(const hebb_problem *problem, size_t i, size_t j)
{
    long sum = 0;
    for (size_t c = 0; c < problem->n_cases; c++)
        sum += problem->cases[c * SPINS + i] == problem->cases[c * SPINS + j] ? 1 : -1;
    return (double)sum / (double)problem->n_cases;
}

/*
 * <v_i v_j>^2 within a block is m^4 on average, and 1/n more; the mean over its 300 pairs strays by the block's patterns'
 * few correlations: .15 m^4 + 1e-4 are more than 6 standard deviations.
 */
START_TEST(spin_modes_have_the_correlations_that_are_planted)
{
    static const double magnetisations[MODES] = {0.5, 0.25, 0.125, 0.0};
    const hebb_problem_source sources[] = {{.n_digits = SPIN_CASES, .seed = 7},
                                           {.n_digits = SPIN_CASES, .seed = 7, .digit_set = 1}};
    hebb_problem sets[2];
    for (int k = 0; k < 2; k++)
        ck_assert_int_eq(hebb_problem_open("builtin:spin-modes", &sources[k], &sets[k]), HEBB_OK);
    ck_assert(sets[0].is_sign && sets[0].n_visible == SPINS && sets[0].n_hidden == MODES);
    ck_assert_mem_ne(sets[0].cases, sets[1].cases, SPIN_CASES * SPINS);
    for (size_t a = 0; a < MODES; a++) {
        const double m4 = pow(magnetisations[a], 4.0);
        double sum = 0.0;
        for (size_t i = a * BLOCK; i < (a + 1) * BLOCK; i++)
            for (size_t j = a * BLOCK; j < i; j++) {
                const double c = correlation(&sets[0], i, j);
                sum += c * c;
                if (a == 0) ck_assert_double_gt(c * correlation(&sets[1], i, j), 0.0); /* the patterns are the same */
            }
        const double mean = sum / (BLOCK * (BLOCK - 1) / 2);
        ck_assert_double_eq_tol(mean, m4 + (1.0 - m4) / SPIN_CASES, 0.15 * m4 + 1e-4);
        ck_assert_double_lt(fabs(correlation(&sets[0], a * BLOCK, (a + 1) % MODES * BLOCK)), 6.0 / sqrt(SPIN_CASES));
    }
    for (int k = 0; k < 2; k++) hebb_problem_free(&sets[k]);
}
END_TEST

START_TEST(real_data_are_taken_as_they_are)
{
    const hebb_problem_source source = {.is_real = true};
    const char *path = write_text("real.csv", "a,b\n.1,-2\n3e5,0\n");
    hebb_problem problem;
    ck_assert_int_eq(hebb_problem_open(path, &source, &problem), HEBB_OK);
    ck_assert(problem.n_cases == 2 && problem.n_visible == 2 && problem.cases == NULL && !problem.has_answer);
    const float expected[] = {0.1f, -2.0f, 3e5f, 0.0f};
    ck_assert_mem_eq(problem.reals, expected, sizeof expected);
    hebb_problem_free(&problem);
    ck_assert_int_eq(hebb_problem_open(write_text("real.csv", "1,nan\n"), &source, &problem), HEBB_EDATA);
    ck_assert_int_eq(hebb_problem_open(write_text("real.csv", "1,1e39\n"), &source, &problem), HEBB_EDATA);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "too large"));
    ck_assert_ptr_null(problem.reals);
}
END_TEST

START_TEST(built_in_problems_are_opened_by_name)
{
    hebb_problem problem;
    ck_assert_int_eq(hebb_problem_open("builtin:xor", &two_inputs, &problem), HEBB_OK);
    ck_assert_str_eq(problem.name, "xor");
    hebb_problem_free(&problem);
    ck_assert_int_eq(hebb_problem_open("builtin:xro", &two_inputs, &problem), HEBB_EUSAGE);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "xor"));
    ck_assert_ptr_null(problem.cases);
}
END_TEST

/* name, text, what follows the path in the sentence */
static void assert_bad(const char *name, size_t n, const char *bytes, hebb_status expected, const char *after)
{
    hebb_problem problem;
    const char *path = write_file(name, n, bytes);
    ck_assert_int_eq(hebb_problem_open(path, &two_inputs, &problem), expected);
    ck_assert_msg(strncmp(hebb_diagnostic(), path, strlen(path)) == 0, "%s", hebb_diagnostic());
    ck_assert_msg(strncmp(hebb_diagnostic() + strlen(path), after, strlen(after)) == 0, "%s", hebb_diagnostic());
    ck_assert_ptr_null(problem.cases);
}

START_TEST(bad_text_is_refused_by_line_and_column)
{
    static const struct {
        const char *text, *after;
    } files[] = {{"0,1,1\n1,1,.5\n", ":2: column 3 is 0.5: neither 0 and 1 nor -1 and 1 throughout; --threshold"},
                 {"1,0,1\n1,1,-1\n", ":2: column 3 is -1: neither"},
                 {"# c\n0,nan,1\n", ":2: column 2: 'nan' is no finite number"},
                 {"0,1e999,1\n", ":1: column 2: '1e999' is no finite number"},
                 {"0,1,1\n0,x,1\n", ":2: column 2: 'x' is no finite number"},
                 {"0,,1\n", ":1: column 2 is empty"},
                 {"0,1,1\n\n0,1\n", ":3: expected 3 fields, found 2"},
                 {"a,b,c\n0,1\n", ":2: expected 3 fields, found 2"},
                 {"", ": empty"},
                 {"# x\n", ": empty"},
                 {"a,b,c\n", ": a header but no cases"}};
    for (size_t k = 0; k < sizeof files / sizeof *files; k++)
        assert_bad("bad.csv", strlen(files[k].text), files[k].text, HEBB_EDATA, files[k].after);
}
END_TEST

START_TEST(bad_arrays_are_refused_by_case_and_unit)
{
    assert_bad("a.idx", 18, "\0\0\010\002\0\0\0\002\0\0\0\003\1\0\1\1\0\7", HEBB_EDATA,
               ": case 2, unit 3 is 7: neither");
    assert_bad("a.idx", 24, "\0\0\015\002\0\0\0\001\0\0\0\003\0\0\0\0\177\300\0\0\0\0\0\0", HEBB_EDATA,
               ": case 1, unit 2 is no finite number");
    assert_bad("a.idx", 12, "\0\0\010\002\0\0\0\000\0\0\0\003", HEBB_EDATA, ": holds no cases");
    assert_bad("a.idx", 10, "\0\0\010\001\0\0\0\002\1\1", HEBB_EDATA, ": 1 dimension, at least two");
    assert_bad("a.idx", 17, "\0\0\010\002\0\0\0\002\0\0\0\003\1\0\1\1\0", HEBB_EDATA, "");
    assert_bad("a.dat", 3, "0,1", HEBB_EDATA, ": the name ends in none of .csv, .npy, .idx, .idx.gz");
}
END_TEST

START_TEST(input_must_leave_a_unit_for_output)
{
    hebb_problem problem;
    ck_assert_int_eq(hebb_problem_open(write_text("a.csv", "0,1\n"), &two_inputs, &problem), HEBB_EDOM);
    ck_assert_msg(strncmp(hebb_diagnostic(), "--inputs 2: ", 12) == 0, "%s", hebb_diagnostic());
    ck_assert_ptr_null(problem.cases);
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
    for (int k = 0; k < SCRATCH_N_ODD_PATHS; k++) {
        hebb_problem problem;
        char path[700];
        snprintf(path, sizeof path, "%s/none.csv", scratch_odd_path(k));
        ck_assert_int_eq(hebb_problem_open(path, &two_inputs, &problem), HEBB_ENOINPUT);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("problem_file");
    TCase *tests = tcase_create("files");
    tcase_add_checked_fixture(tests, scratch_make, scratch_remove);
    tcase_add_test(tests, every_kind_of_file_gives_the_same_problem);
    tcase_add_test(tests, what_is_above_the_threshold_is_on);
    tcase_add_test(tests, output_follows_from_input_where_no_two_cases_contradict_each_other);
    tcase_add_test(tests, digits_are_drawn_and_thresholded);
    tcase_add_test(tests, spin_modes_have_the_correlations_that_are_planted);
    tcase_add_test(tests, real_data_are_taken_as_they_are);
    tcase_add_test(tests, built_in_problems_are_opened_by_name);
    tcase_add_test(tests, bad_text_is_refused_by_line_and_column);
    tcase_add_test(tests, bad_arrays_are_refused_by_case_and_unit);
    tcase_add_test(tests, input_must_leave_a_unit_for_output);
    tcase_add_test(tests, what_is_no_file_is_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
