/* lapack: singular values and vectors against their definition, and of matrices whose own are known. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "blas.h"
#include "lapack.h"
#include "philox.h"

static void check_svd(size_t n, size_t m)
{
    const size_t k = n < m ? n : m;
    double *matrix = calloc(n * m, sizeof *matrix), *kept = calloc(n * m, sizeof *kept),
           *values = calloc(k, sizeof *values), *alone = calloc(k, sizeof *alone), *left = calloc(k * n, sizeof *left),
           *right = calloc(k * m, sizeof *right);
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(98, HEBB_DRAW_WEIGHTS, n, (uint32_t)m), 0, 0);
    for (size_t ij = 0; ij < n * m; ij++) kept[ij] = matrix[ij] = hebb_stream_gaussian(&stream);
    ck_assert_int_eq(hebb_lapack_svd(n, m, matrix, values, left, right), HEBB_OK);
    ck_assert_int_eq(hebb_lapack_svd(n, m, matrix, alone, NULL, NULL), HEBB_OK);
    ck_assert_mem_eq(matrix, kept, n * m * sizeof *matrix);
    for (size_t a = 0; a < k; a++) {
        ck_assert_double_eq_tol(values[a], alone[a], 1e-12 * values[0]);
        ck_assert_double_ge(values[a], a + 1 < k ? values[a + 1] : 0.0);
        size_t largest = 0;
        for (size_t i = 0; i < n; i++) {
            double product = 0.0; /* A v = w u */
            for (size_t j = 0; j < m; j++) product += matrix[i * m + j] * right[a * m + j];
            ck_assert_double_eq_tol(product, values[a] * left[a * n + i], 1e-12 * values[0]);
            if (fabs(left[a * n + i]) > fabs(left[a * n + largest])) largest = i;
        }
        ck_assert_double_gt(left[a * n + largest], 0.0);
        for (size_t b = 0; b < k; b++) {
            double u = 0.0, v = 0.0;
            for (size_t i = 0; i < n; i++) u += left[a * n + i] * left[b * n + i];
            for (size_t j = 0; j < m; j++) v += right[a * m + j] * right[b * m + j];
            ck_assert_double_eq_tol(u, a == b, 1e-12);
            ck_assert_double_eq_tol(v, a == b, 1e-12);
        }
    }
    free(matrix);
    free(kept);
    free(values);
    free(alone);
    free(left);
    free(right);
}

START_TEST(singular_vectors_are_orthonormal_and_make_the_matrix)
{
    check_svd(1, 1);
    check_svd(1, 6);
    check_svd(6, 1);
    check_svd(20, 13);
    check_svd(13, 20);
    check_svd(40, 40);
}
END_TEST

/* u v^T times 3, and a diagonal: 3 and zeros; sizes in order. */
START_TEST(known_matrices_have_their_values)
{
    const double rank_one[] = {3.0 * 0.6 * 0.8, 3.0 * 0.6 * 0.6, 3.0 * 0.8 * 0.8, 3.0 * 0.8 * 0.6};
    const double diagonal[] = {0.0, -2.0, 0.0, 0.5, 0.0, 0.0};
    double values[2];
    ck_assert_int_eq(hebb_lapack_svd(2, 2, rank_one, values, NULL, NULL), HEBB_OK);
    ck_assert_double_eq_tol(values[0], 3.0, 1e-14);
    ck_assert_double_eq_tol(values[1], 0.0, 1e-14);
    ck_assert_int_eq(hebb_lapack_svd(2, 3, diagonal, values, NULL, NULL), HEBB_OK);
    ck_assert_double_eq_tol(values[0], 2.0, 1e-15);
    ck_assert_double_eq_tol(values[1], 0.5, 1e-15);
}
END_TEST

START_TEST(what_has_no_singular_values_is_refused)
{
    const double matrix[] = {1.0, NAN, 0.5, 2.0};
    double values[2];
    ck_assert_int_eq(hebb_lapack_svd(2, 2, matrix, values, NULL, NULL), HEBB_ENOCONV);
    ck_assert_int_eq(hebb_lapack_svd(0, 2, matrix, values, NULL, NULL), HEBB_EDOM);
    ck_assert_int_eq(hebb_lapack_svd(2, 0, matrix, values, NULL, NULL), HEBB_EDOM);
    ck_assert_int_eq(hebb_lapack_svd((size_t)1 << 32, 2, matrix, values, NULL, NULL), HEBB_EDOM);
}
END_TEST

int main(void)
{
    hebb_blas_use_one_thread();
    Suite *suite = suite_create("lapack");
    TCase *tests = tcase_create("lapack");
    tcase_add_test(tests, singular_vectors_are_orthonormal_and_make_the_matrix);
    tcase_add_test(tests, known_matrices_have_their_values);
    tcase_add_test(tests, what_has_no_singular_values_is_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
