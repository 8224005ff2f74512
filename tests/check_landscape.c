/* The free energy over the overlaps: as an integral that is the partition function, and at its stationary points. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>

#include "curie_weiss.h"
#include "landscape.h"
#include "mixture.h"

static double landscape(int p, const double *m, double T)
{
    double f;
    ck_assert_int_eq(hebb_landscape(p, m, T, &f), HEBB_OK);
    return f;
}

/*
 * Z = exp(-1/(2T)) sqrt(N/(2 pi T)) integral exp(-N f(M)/T) dM, for one pattern; the trapezoid rule converges
 * geometrically.
 */
START_TEST(the_integral_over_the_overlap_is_the_exact_partition_function)
{
    static const double T[] = {0.3, 0.8, 1.0, 2.5};
    for (size_t k = 0; k < sizeof T / sizeof *T; k++)
        for (long n = 1; n <= 200; n = 3 * n + 1) {
            hebb_curie_weiss exact;
            ck_assert_int_eq(hebb_curie_weiss_exact(T[k], n, &exact), HEBB_OK);
            const double step = 1e-3 * sqrt(T[k]);
            const double ground = landscape(1, (double[]){T[k] < 1.0 ? 0.8 : 0.0}, T[k]);
            double integral = 0.0;
            for (int i = -30000; i <= 30000; i++)
                integral += step * exp(-(double)n / T[k] * (landscape(1, (double[]){i * step}, T[k]) - ground));
            const double log_z =
                -0.5 / T[k] + 0.5 * log((double)n / (2.0 * M_PI * T[k])) + log(integral) - (double)n * ground / T[k];
            ck_assert_double_eq_tol(exact.f, -T[k] / (double)n * log_z, 1e-12);
        }
}
END_TEST

START_TEST(two_patterns_are_two_fields)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 1);
    for (int trial = 0; trial < 10000; trial++) {
        const double m[] = {4.0 * gsl_rng_uniform(rng) - 2.0, 4.0 * gsl_rng_uniform(rng) - 2.0};
        const double T = 2.0 * gsl_rng_uniform_pos(rng);
        const double a = fabs(m[0] + m[1]);
        const double b = fabs(m[0] - m[1]);
        const double spins = 0.5 * (a + b + T * log1p(exp(-2.0 * a / T)) + T * log1p(exp(-2.0 * b / T)));
        ck_assert_double_eq_tol(landscape(2, m, T), 0.5 * (m[0] * m[0] + m[1] * m[1]) - spins, 2e-15);
        ck_assert_double_eq_tol(landscape(2, m, 0.0), 0.5 * (m[0] * m[0] + m[1] * m[1]) - 0.5 * (a + b), 2e-15);
        ck_assert_double_eq_tol(landscape(7, (double[]){m[0], 0, 0, m[1], 0, 0, 0}, T), landscape(2, m, T), 5e-15);
    }
    gsl_rng_free(rng);
}
END_TEST

/* f is the least of (M-m)^2/2 + g(m), g(m) = -m^2/2 - T s(m) with the entropy of mixing s. */
START_TEST(it_lies_below_the_free_energy_at_fixed_overlap_and_touches_it_at_states)
{
    static const double T[] = {0.2, 0.7, 1.3};
    for (size_t k = 0; k < sizeof T / sizeof *T; k++)
        for (double M = -1.5; M <= 1.5; M += 0.125) {
            double least = INFINITY;
            for (int i = -99999; i < 100000; i++) {
                const double m = i * 1e-5;
                const double s = -0.5 * (1 + m) * log(0.5 * (1 + m)) - 0.5 * (1 - m) * log(0.5 * (1 - m));
                least = fmin(least, 0.5 * (M - m) * (M - m) - 0.5 * m * m - T[k] * s);
            }
            ck_assert_double_eq_tol(landscape(1, &M, T[k]), least, 1e-5);
        }
}
END_TEST

START_TEST(mixtures_are_its_stationary_points)
{
    for (int n = 1; n <= HEBB_MAX_MIXED; n++)
        for (int k = 0; k < 20; k++) {
            hebb_mixture mixture;
            const double T = 0.05 * k;
            double m[HEBB_MAX_MIXED] = {0};
            ck_assert_int_eq(hebb_mixture_solve(n, T, &mixture), HEBB_OK);
            for (int i = 0; i < n; i++) m[i] = mixture.m;
            ck_assert_double_eq_tol(landscape(HEBB_MAX_MIXED, m, T), mixture.f, 1e-14);
            for (int i = 0; i < HEBB_MAX_MIXED && T > 0.0; i++) {
                const double at = m[i];
                m[i] = at + 1e-5;
                const double above = landscape(HEBB_MAX_MIXED, m, T);
                m[i] = at - 1e-5;
                ck_assert_double_eq_tol((above - landscape(HEBB_MAX_MIXED, m, T)) / 2e-5, 0.0, 1e-9);
                m[i] = at;
            }
        }
}
END_TEST

START_TEST(values_out_of_range_are_refused)
{
    double f;
    const double m[] = {0.5, 0.5};
    ck_assert_int_eq(hebb_landscape(0, m, 0.5, &f), HEBB_EDOM);
    ck_assert_int_eq(hebb_landscape(HEBB_MAX_MIXED + 1, m, 0.5, &f), HEBB_EDOM);
    ck_assert_int_eq(hebb_landscape(2, m, -0.5, &f), HEBB_EDOM);
    ck_assert_int_eq(hebb_landscape(2, m, NAN, &f), HEBB_EDOM);
    ck_assert_int_eq(hebb_landscape(2, m, INFINITY, &f), HEBB_EDOM);
    ck_assert_int_eq(hebb_landscape(2, (double[]){0.5, NAN}, 0.5, &f), HEBB_EDOM);
    ck_assert_int_eq(hebb_landscape(1, (double[]){INFINITY}, 0.5, &f), HEBB_EDOM);
}
END_TEST

int main(void)
{
    gsl_set_error_handler_off();
    Suite *suite = suite_create("landscape");
    TCase *function = tcase_create("function");
    tcase_add_test(function, the_integral_over_the_overlap_is_the_exact_partition_function);
    tcase_add_test(function, two_patterns_are_two_fields);
    tcase_add_test(function, it_lies_below_the_free_energy_at_fixed_overlap_and_touches_it_at_states);
    tcase_add_test(function, mixtures_are_its_stationary_points);
    tcase_add_test(function, values_out_of_range_are_refused);
    suite_add_tcase(suite, function);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
