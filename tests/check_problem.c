/* problem: the built-in cases against what each problem says in words. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "problem.h"

static hebb_problem take(const char *name)
{
    hebb_problem problem;
    ck_assert_int_eq(hebb_problem_builtin(name, &problem), HEBB_OK);
    ck_assert_str_eq(problem.name, name);
    ck_assert_uint_eq(problem.n_visible, problem.n_input + problem.n_output);
    return problem;
}

static unsigned number(const uint8_t *bits, size_t n)
{
    unsigned sum = 0;
    for (size_t i = 0; i < n; i++) sum += (unsigned)bits[i] << i;
    return sum;
}

START_TEST(every_name_makes_a_problem_of_different_cases_that_can_be_enumerated)
{
    size_t n;
    const char *const *names = hebb_problem_names(&n);
    ck_assert_uint_eq(n, 6);
    for (size_t k = 0; k < n; k++) {
        hebb_problem problem = take(names[k]);
        ck_assert(k == 0 || strcmp(names[k - 1], names[k]) < 0);
        ck_assert(problem.n_hidden >= 1 && problem.n_hidden <= 13);
        ck_assert_uint_le(problem.n_visible + problem.n_hidden, 24);
        ck_assert_int_eq(problem.has_answer, problem.n_input > 0);
        ck_assert_int_eq(problem.has_answer, hebb_problem_is_function(&problem));
        for (size_t c = 0; c < problem.n_cases; c++)
            for (size_t d = 0; d < c; d++)
                ck_assert_int_ne(memcmp(problem.cases + c * problem.n_visible, problem.cases + d * problem.n_visible,
                                        problem.n_visible),
                                 0);
        hebb_problem_free(&problem);
        hebb_problem_free(&problem);
    }
}
END_TEST

START_TEST(xor_is_the_sum_of_its_inputs_modulo_two)
{
    hebb_problem problem = take("xor");
    ck_assert_uint_eq(problem.n_cases, 4);
    ck_assert_uint_eq(problem.n_hidden, 4);
    for (unsigned c = 0; c < 4; c++)
        ck_assert_uint_eq(number(problem.cases + 3 * c, 3) >> 2,
                          (unsigned)(problem.cases[3 * c] + problem.cases[3 * c + 1]) % 2);
    hebb_problem_free(&problem);
}
END_TEST

START_TEST(an_encoder_repeats_which_one_unit_is_on)
{
    static const char *const names[] = {"encoder-4-2-4", "encoder-8-3-8"};
    for (size_t k = 0; k < 2; k++) {
        hebb_problem problem = take(names[k]);
        const size_t n = k == 0 ? 4 : 8;
        ck_assert_uint_eq(problem.n_cases, n);
        ck_assert_uint_eq(problem.n_input, n);
        ck_assert_uint_eq((size_t)1 << problem.n_hidden, n);
        for (size_t c = 0; c < n; c++) {
            ck_assert_uint_eq(number(problem.cases + 2 * n * c, n), 1U << c);
            ck_assert_uint_eq(number(problem.cases + 2 * n * c + n, n), 1U << c);
        }
        hebb_problem_free(&problem);
    }
}
END_TEST

START_TEST(eight_of_sixty_four_lines_are_symmetric)
{
    hebb_problem problem = take("line-symmetry");
    ck_assert_uint_eq(problem.n_cases, 64);
    unsigned n_symmetric = 0;
    for (size_t c = 0; c < 64; c++) {
        const uint8_t *line = problem.cases + 7 * c;
        const unsigned left = number(line, 3), right = line[5] + 2U * line[4] + 4U * line[3];
        ck_assert_uint_eq(line[6], left == right);
        n_symmetric += line[6];
    }
    ck_assert_uint_eq(n_symmetric, 8);
    hebb_problem_free(&problem);
}
END_TEST

/* Bit i of the moved ring is bit i - by of the ring. */
static unsigned moved(unsigned ring, unsigned by)
{
    unsigned other = 0;
    for (unsigned i = 0; i < 4; i++) other |= (ring >> i & 1) << (i + by) % 4;
    return other;
}

START_TEST(the_shifter_says_the_one_way_in_which_a_ring_was_moved)
{
    hebb_problem problem = take("shifter");
    ck_assert_uint_eq(problem.n_cases, 36);
    for (size_t c = 0; c < 36; c++) {
        const uint8_t *units = problem.cases + 11 * c;
        const unsigned before = number(units, 4), after = number(units + 4, 4), said = number(units + 8, 3);
        ck_assert_uint_eq(said,
                          (after == moved(before, 3)) + 2U * (after == before) + 4U * (after == moved(before, 1)));
        ck_assert(said == 1 || said == 2 || said == 4);
    }
    hebb_problem_free(&problem);
}
END_TEST

START_TEST(bars_and_stripes_are_all_pictures_of_uniform_rows_or_columns)
{
    hebb_problem problem = take("bars-and-stripes");
    ck_assert_uint_eq(problem.n_cases, 14);
    bool is_case[512] = {false};
    for (size_t c = 0; c < 14; c++) is_case[number(problem.cases + 9 * c, 9)] = true;
    for (unsigned picture = 0; picture < 512; picture++) {
        bool has_rows = true, has_columns = true;
        for (unsigned i = 0; i < 9; i++) {
            const unsigned pixel = picture >> i & 1;
            if (pixel != (picture >> (i - i % 3) & 1)) has_rows = false;
            if (pixel != (picture >> i % 3 & 1)) has_columns = false;
        }
        ck_assert_int_eq(is_case[picture], has_rows || has_columns);
    }
    hebb_problem_free(&problem);
}
END_TEST

START_TEST(an_unknown_name_is_refused_with_the_nearest)
{
    hebb_problem problem;
    ck_assert_int_eq(hebb_problem_builtin("encoder-4-4-2", &problem), HEBB_EUSAGE);
    ck_assert_str_eq(hebb_diagnostic(),
                     "builtin:encoder-4-4-2: there is no such problem; did you mean builtin:encoder-4-2-4?");
    ck_assert_ptr_null(problem.cases);
    hebb_problem_free(&problem);
}
END_TEST

START_TEST(one_input_with_two_outputs_has_no_answer)
{
    hebb_problem problem;
    ck_assert_int_eq(hebb_problem_init(&problem, 1, 1, 3), HEBB_OK);
    ck_assert(hebb_problem_is_function(&problem));
    problem.cases[2] = problem.cases[3] = 1;
    ck_assert(hebb_problem_is_function(&problem)); /* 00, 11, 00 */
    problem.cases[5] = 1;
    ck_assert(!hebb_problem_is_function(&problem)); /* 00, 11, 01 */
    hebb_problem_free(&problem);
}
END_TEST

START_TEST(no_cases_and_no_units_are_refused)
{
    hebb_problem problem;
    ck_assert_int_eq(hebb_problem_init(&problem, 1, 1, 0), HEBB_EDOM);
    ck_assert_int_eq(hebb_problem_init(&problem, 0, 0, 4), HEBB_EDOM);
    ck_assert_int_eq(hebb_problem_init(&problem, 3, 0, SIZE_MAX / 2), HEBB_ENOMEM);
    hebb_problem_free(&problem);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("problem");
    TCase *tests = tcase_create("problem");
    tcase_add_test(tests, every_name_makes_a_problem_of_different_cases_that_can_be_enumerated);
    tcase_add_test(tests, xor_is_the_sum_of_its_inputs_modulo_two);
    tcase_add_test(tests, an_encoder_repeats_which_one_unit_is_on);
    tcase_add_test(tests, eight_of_sixty_four_lines_are_symmetric);
    tcase_add_test(tests, the_shifter_says_the_one_way_in_which_a_ring_was_moved);
    tcase_add_test(tests, bars_and_stripes_are_all_pictures_of_uniform_rows_or_columns);
    tcase_add_test(tests, an_unknown_name_is_refused_with_the_nearest);
    tcase_add_test(tests, one_input_with_two_outputs_has_no_answer);
    tcase_add_test(tests, no_cases_and_no_units_are_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
