/* small_matrix: what it solves is solved, what it diagonalises is diagonal, what it cannot do it refuses. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_rng.h>

#include "small_matrix.h"

#define WIDTH 8 /* of the rows in memory; at most that many are used */

static void draw(gsl_rng *random, size_t n, int symmetric, double A[WIDTH][WIDTH])
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) A[i][j] = symmetric && j < i ? A[j][i] : 2.0 * gsl_rng_uniform(random) - 1.0;
}

START_TEST(a_solution_solves_its_equations)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    for (int k = 0; k < 2000; k++) {
        const size_t n = (size_t)k % (WIDTH + 1);
        double A[WIDTH][WIDTH], kept[WIDTH][WIDTH], b[WIDTH], x[WIDTH];
        draw(random, n, 0, A);
        memcpy(kept, A, sizeof A);
        for (size_t i = 0; i < n; i++) {
            A[i][i] += A[i][i] > 0.0 ? 4.0 : -4.0; /* regular */
            kept[i][i] = A[i][i];
            x[i] = b[i] = gsl_rng_uniform(random);
        }
        ck_assert_int_eq(hebb_small_solve(n, WIDTH, A[0], x), HEBB_OK);
        for (size_t i = 0; i < n; i++) {
            double sum = 0.0;
            for (size_t j = 0; j < n; j++) sum += kept[i][j] * x[j];
            ck_assert_double_eq_tol(sum, b[i], 1e-13);
        }
    }
    gsl_rng_free(random);
}
END_TEST

START_TEST(eigenvectors_are_turned_into_their_multiples_in_rising_order)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    for (int k = 0; k < 2000; k++) {
        const size_t n = (size_t)k % (WIDTH + 1);
        double A[WIDTH][WIDTH], kept[WIDTH][WIDTH], values[WIDTH], vectors[WIDTH][WIDTH];
        draw(random, n, 1, A);
        memcpy(kept, A, sizeof A);
        ck_assert_int_eq(hebb_small_eigen(n, WIDTH, A[0], values, vectors[0]), HEBB_OK);
        for (size_t e = 0; e < n; e++) {
            double length = 0.0;
            if (e > 0) ck_assert(values[e] >= values[e - 1]);
            for (size_t i = 0; i < n; i++) {
                double sum = 0.0;
                for (size_t j = 0; j < n; j++) sum += kept[i][j] * vectors[e][j];
                ck_assert_double_eq_tol(sum, values[e] * vectors[e][i], 1e-13);
                length += vectors[e][i] * vectors[e][i];
            }
            ck_assert_double_eq_tol(length, 1.0, 1e-13);
        }
        double dense[WIDTH * WIDTH], largest = NAN;
        for (size_t i = 0; i < n; i++) memcpy(dense + i * n, kept[i], n * sizeof *dense);
        ck_assert_int_eq(hebb_small_largest(n, dense, &largest), n > 0 ? HEBB_OK : HEBB_EDOM);
        if (n > 0) ck_assert_double_eq_tol(largest, values[n - 1], 1e-13);
    }
    gsl_rng_free(random);
}
END_TEST

/* With GSL's error handler on: it would abort. */
START_TEST(singular_and_infinite_matrices_are_refused)
{
    double singular[4] = {1.0, 2.0, 2.0, 4.0}, infinite[4] = {1.0, INFINITY, INFINITY, 1.0}, b[2] = {1.0, 1.0};
    double values[2], vectors[4];
    ck_assert_int_eq(hebb_small_solve(2, 2, singular, b), HEBB_ENOCONV);
    ck_assert_int_eq(hebb_small_solve(2, 2, infinite, b), HEBB_ENOCONV);
    ck_assert_int_eq(hebb_small_eigen(2, 2, infinite, values, vectors), HEBB_ENOCONV);
    ck_assert_int_eq(hebb_small_largest(2, infinite, values), HEBB_ENOCONV);
    double many[HEBB_SMALL_MAX + 1][HEBB_SMALL_MAX + 1] = {{0}}, more[HEBB_SMALL_MAX + 1] = {0};
    ck_assert_int_eq(hebb_small_solve(HEBB_SMALL_MAX + 1, HEBB_SMALL_MAX + 1, many[0], more), HEBB_EDOM);
    ck_assert_int_eq(hebb_small_eigen(HEBB_SMALL_MAX + 1, HEBB_SMALL_MAX + 1, many[0], more, many[0]), HEBB_EDOM);
    ck_assert_int_eq(hebb_small_largest(HEBB_SMALL_MAX + 1, many[0], more), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("small_matrix");
    TCase *matrices = tcase_create("matrices");
    tcase_add_test(matrices, a_solution_solves_its_equations);
    tcase_add_test(matrices, eigenvectors_are_turned_into_their_multiples_in_rising_order);
    tcase_add_test(matrices, singular_and_infinite_matrices_are_refused);
    suite_add_tcase(suite, matrices);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
