/* real_patterns: norms, products and moments of each law; the same from the same generator. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "real_patterns.h"

enum { N = 60, K = 40, LAWS = 4 };

static void draw(hebb_ensemble_law law, uint32_t replica, double *x)
{
    ck_assert_int_eq(
        hebb_real_patterns_draw(law, N, K, hebb_philox_derive(1, HEBB_DRAW_REAL, (uint64_t)law, replica), x), HEBB_OK);
}

static double product(const double *x, const double *y)
{
    double sum = 0.0;
    for (size_t i = 0; i < N; i++) sum += x[i] * y[i];
    return sum;
}

START_TEST(orthogonal_patterns_are_so_and_have_their_norm)
{
    double x[K * N];
    draw(HEBB_ENSEMBLE_ORTHOGONAL, 0, x);
    for (size_t mu = 0; mu < K; mu++)
        for (size_t nu = 0; nu <= mu; nu++)
            ck_assert_double_eq_tol(product(x + mu * N, x + nu * N), mu == nu ? N : 0.0, 1e-14 * N);
    ck_assert_int_eq(hebb_real_patterns_draw(HEBB_ENSEMBLE_ORTHOGONAL, 3, 4, (hebb_philox){{1, 2}}, x), HEBB_EDOM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "4 orthogonal patterns of 3"));
}
END_TEST

/*
 * 100 draws: 240000 numbers of mean 0 and variance 1, and 78000 products x.y/N of variance 1/N (1/(N+2) parts of it are
 * missing on the sphere).  Bounds: 5 sigma, false alarm 1e-5 in all; the seed is fixed.
 */
START_TEST(moments_are_those_of_the_laws)
{
    for (int law = HEBB_ENSEMBLE_GAUSSIAN; law < LAWS; law++) {
        double x[K * N], sum = 0.0, squares = 0.0, products = 0.0, fourth = 0.0;
        for (uint32_t r = 0; r < 100; r++) {
            draw((hebb_ensemble_law)law, r, x);
            for (size_t k = 0; k < K * N; k++) {
                sum += x[k] / (100 * K * N);
                squares += x[k] * x[k] / (100 * K * N);
                fourth += pow(x[k], 4.0) / (100 * K * N);
            }
            for (size_t mu = 0; mu < K; mu++) {
                const double square = product(x + mu * N, x + mu * N);
                if (law != HEBB_ENSEMBLE_GAUSSIAN) ck_assert_double_eq_tol(square, N, 1e-13 * N);
                for (size_t nu = 0; nu < mu; nu++)
                    products += pow(product(x + mu * N, x + nu * N) / N, 2.0) * N / (100.0 * K * (K - 1) / 2);
            }
        }
        ck_assert_double_le(fabs(sum), 5.0 / sqrt(100.0 * K * N));
        ck_assert_double_eq_tol(squares, 1.0, 5.0 * sqrt(2.0 / (100.0 * K * N)));
        ck_assert_double_eq_tol(products, 1.0, 5.0 * sqrt(2.0 / (50.0 * K * (K - 1))));
        const double want = law == HEBB_ENSEMBLE_GAUSSIAN ? 3.0
                            : law == HEBB_ENSEMBLE_BINARY ? 1.0
                                                          : 3.0 * N / (N + 2.0);
        ck_assert_double_eq_tol(fourth, want, 5.0 * sqrt(96.0 / (100.0 * K * N)));
    }
}
END_TEST

START_TEST(a_pattern_does_not_hang_on_how_many_follow)
{
    double some[3 * N], all[K * N];
    for (int law = 0; law < LAWS; law++) {
        const hebb_philox generator = hebb_philox_derive(7, HEBB_DRAW_REAL, 5, 0);
        ck_assert_int_eq(hebb_real_patterns_draw((hebb_ensemble_law)law, N, 3, generator, some), HEBB_OK);
        ck_assert_int_eq(hebb_real_patterns_draw((hebb_ensemble_law)law, N, K, generator, all), HEBB_OK);
        ck_assert_mem_eq(some, all, sizeof some);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("real_patterns");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, orthogonal_patterns_are_so_and_have_their_norm);
    tcase_add_test(physics, moments_are_those_of_the_laws);
    tcase_add_test(physics, a_pattern_does_not_hang_on_how_many_follow);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
