/* Replica-symmetric retrieval of dense memories: against sums over z, published limits, and itself. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "dense_retrieval.h"
#include "replica_symmetric.h"

static hebb_dense_state solved(int degree, double load, double T)
{
    hebb_dense_state x;
    ck_assert_int_eq(hebb_dense_retrieval(degree, load, T, &x), HEBB_OK);
    return x;
}

static hebb_dense_state end_of(int degree, double T)
{
    hebb_dense_state x;
    ck_assert_int_eq(hebb_dense_spinodal(degree, T, &x), HEBB_OK);
    return x;
}

START_TEST(at_zero_temperature_the_overlap_solves_its_equation_with_its_own_root_found_by_iteration)
{
    for (int n = 3; n <= 8; n++)
        for (int k = 1; k < 10; k++) {
            const double load = 0.1 * k * end_of(n, 0.0).load;
            double m = 1.0;
            for (int step = 0; step < 2000; step++) m = erf(pow(m, n - 1) / sqrt(2.0 * load));
            const hebb_dense_state x = solved(n, load, 0.0);
            ck_assert_double_eq_tol(x.m, m, 1e-13);
            ck_assert_double_eq_tol(x.error, 0.5 * erfc(pow(m, n - 1) / sqrt(2.0 * load)), 1e-12 * x.error + 1e-300);
            ck_assert_double_eq(x.load, load);
        }
}
END_TEST

START_TEST(the_branch_ends_where_a_fine_walk_has_its_largest_load)
{
    for (int n = 3; n <= 12; n++) {
        double best = 0.0;
        for (double y = 0.5; y < 3.0; y += 1e-5) best = fmax(best, 0.5 * pow(pow(erf(y), n - 1) / y, 2.0));
        ck_assert_double_eq_tol(end_of(n, 0.0).load, best, 1e-10);
        hebb_dense_state x;
        ck_assert_int_eq(hebb_dense_retrieval(n, best * (1.0 + 1e-9), 0.0, &x), HEBB_ENOSOLUTION);
        ck_assert_int_eq(hebb_dense_retrieval(n, best * (1.0 - 1e-9), 0.0, &x), HEBB_OK);
        ck_assert_double_eq_tol(x.m, end_of(n, 0.0).m, 1e-4);
    }
    ck_assert_double_eq_tol(end_of(3, 0.0).load, 0.25219043, 5e-9);
}
END_TEST

START_TEST(moments_of_two_gaussians_are_the_polynomials_of_isserlis)
{
    for (double q = 0.0; q <= 1.0; q += 0.125) {
        ck_assert_double_eq_tol(hebb_dense_gaussian_moment(0, q), 1.0, 1e-15);
        ck_assert_double_eq_tol(hebb_dense_gaussian_moment(1, q), q, 1e-15);
        ck_assert_double_eq_tol(hebb_dense_gaussian_moment(2, q), 1.0 + 2.0 * q * q, 1e-15);
        ck_assert_double_eq_tol(hebb_dense_gaussian_moment(3, q), 9.0 * q + 6.0 * q * q * q, 1e-14);
        ck_assert_double_eq_tol(hebb_dense_gaussian_moment(4, q), 9.0 + 72.0 * q * q + 24.0 * pow(q, 4), 1e-13);
    }
    for (int n = 2; n <= HEBB_DENSE_MAX_DEGREE; n++) {
        const double all = hebb_dense_gaussian_moment(n - 1, 1.0);
        ck_assert_double_eq_tol(all, hebb_dense_double_factorial(n), 1e-13 * all);
    }
}
END_TEST

/* ---- T > 0 ---- */

typedef struct {
    double m, q, ln_cosh, sech4;
} averages;

/* By the trapezoidal rule in z, which has no error to speak of for these widths. */
static averages average(double h, double width, double T)
{
    averages sum = {0};
    const double step = 1.0 / 128.0;
    for (int k = -12 * 128; k <= 12 * 128; k++) {
        const double z = step * k, x = (h + width * z) / T, t = tanh(x), sech2 = 1.0 - t * t;
        const double weight = step * exp(-0.5 * z * z) / sqrt(2.0 * M_PI);
        sum.m += weight * t;
        sum.q += weight * t * t;
        sum.ln_cosh += weight * (fabs(x) + log1p(exp(-2.0 * fabs(x))) - M_LN2);
        sum.sech4 += weight * sech2 * sech2;
    }
    return sum;
}

/* n = 3: nu(q) = alpha (9q + 6q^3)/9 with alpha = a/3. */
static double nu(double a, double q)
{
    return a / 3.0 * (9.0 * q + 6.0 * q * q * q) / 9.0;
}

static double nu_slope(double a, double q)
{
    return a / 3.0 * (1.0 + 2.0 * q * q);
}

static double free_energy(double a, double T, double m, double q)
{
    const double onsager = nu(a, 1.0) - nu(a, q) - (1.0 - q) * nu_slope(a, q);
    return 2.0 / 3.0 * m * m * m - T * average(m * m, sqrt(nu_slope(a, q)), T).ln_cosh - T * M_LN2 -
           onsager / (2.0 * T);
}

START_TEST(at_degree_three_the_equations_hold_and_the_free_energy_is_stationary_there)
{
    static const double loads[] = {0.05, 0.15, 0.2}, temperatures[] = {0.15, 0.25, 0.35};
    for (int k = 0; k < 9; k++) {
        const double a = loads[k / 3], T = temperatures[k % 3], step = 1e-4;
        const hebb_dense_state x = solved(3, a, T);
        const averages z = average(x.m * x.m, sqrt(nu_slope(a, x.q)), T);
        ck_assert_double_eq_tol(z.m, x.m, 1e-11);
        ck_assert_double_eq_tol(z.q, x.q, 1e-11);
        ck_assert_double_eq_tol(x.noise, nu_slope(a, x.q), 1e-11);
        ck_assert_double_eq_tol(x.f, free_energy(a, T, x.m, x.q), 1e-11);
        ck_assert_double_eq_tol(x.at_margin, 1.0 - a / 3.0 * 4.0 * x.q * z.sech4 / (T * T), 1e-9);
        const double by_m = free_energy(a, T, x.m + step, x.q) - free_energy(a, T, x.m - step, x.q);
        const double by_q = free_energy(a, T, x.m, x.q + step) - free_energy(a, T, x.m, x.q - step);
        ck_assert_double_eq_tol(by_m / (2.0 * step), 0.0, 1e-6);
        ck_assert_double_eq_tol(by_q / (2.0 * step), 0.0, 1e-6);
    }
}
END_TEST

START_TEST(entropy_is_the_slope_of_the_free_energy_and_negative_where_symmetry_is_broken)
{
    const double step = 1e-4;
    for (int n = 3; n <= 6; n++) {
        const double a = 0.6 * end_of(n, 0.0).load, T = 0.2;
        const hebb_dense_state x = solved(n, a, T), cold = solved(n, a, 0.0);
        const double slope = (solved(n, a, T + step).f - solved(n, a, T - step).f) / (2.0 * step);
        ck_assert_double_eq_tol(x.s, -slope, 1e-7);
        ck_assert_double_eq_tol(x.e, x.f + T * x.s, 1e-14);
        /* nu''(1) = a (n-1)^2/(2n-3) */
        ck_assert_double_eq_tol(cold.s, -0.25 * a * (n - 1.0) * (n - 1.0) / (2.0 * n - 3.0) * cold.c * cold.c, 1e-12);
        ck_assert_double_lt(cold.s, 0.0);
        ck_assert_double_eq_tol(cold.e, -pow(cold.m, n) / n - a * cold.c, 1e-12);
        ck_assert(isinf(cold.at_margin) && cold.at_margin < 0.0);
        ck_assert_double_eq_tol(solved(n, a, 1e-4).m, cold.m, 1e-4);
    }
}
END_TEST

START_TEST(the_end_of_the_branch_is_its_largest_load_at_any_temperature_and_bends_back_at_low_ones)
{
    static const double temperatures[] = {0.02, 0.13, 0.3};
    for (int n = 3; n <= 4; n++)
        for (int k = 0; k < 3; k++) {
            const hebb_dense_state end = end_of(n, temperatures[k]);
            const double y = pow(end.m, n - 1) / sqrt(2.0 * end.noise);
            hebb_dense_state near;
            for (int side = -1; side <= 1; side += 2) {
                ck_assert_int_eq(hebb_dense_branch(n, y * (1.0 + 0.02 * side), temperatures[k], &near), HEBB_OK);
                ck_assert_double_lt(near.load, end.load);
            }
            ck_assert_int_eq(hebb_dense_retrieval(n, end.load * 1.0001, temperatures[k], &near), HEBB_ENOSOLUTION);
            ck_assert_double_gt(solved(n, 0.999 * end.load, temperatures[k]).m, end.m);
        }
    ck_assert_double_gt(end_of(3, 0.13).load, 1.05 * end_of(3, 0.0).load);
    ck_assert_double_eq_tol(end_of(3, 1e-4).load, end_of(3, 0.0).load, 1e-4);
    ck_assert_double_lt(end_of(3, 0.13).at_margin, 0.0);
    ck_assert_double_gt(end_of(3, 0.15).at_margin, 0.0);
}
END_TEST

START_TEST(without_a_load_the_overlap_is_the_ferromagnets)
{
    double m = 1.0;
    for (int step = 0; step < 1000; step++) m = tanh(m * m / 0.4);
    ck_assert_double_eq_tol(solved(3, 1e-9, 0.4).m, m, 1e-8);
    hebb_dense_state x;
    ck_assert_int_eq(hebb_dense_spinodal(3, 0.7, &x), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_dense_retrieval(3, 1e-9, 0.7, &x), HEBB_ENOSOLUTION);
}
END_TEST

START_TEST(degree_two_is_the_hopfield_model_where_susceptibility_divides_the_noise)
{
    hebb_rs_state x;
    ck_assert_int_eq(hebb_rs_retrieval_t0(0.12, &x), HEBB_OK);
    const hebb_dense_state y = solved(2, 0.12, 0.0);
    ck_assert(y.m == x.m && y.f == x.f && y.noise == 0.12 * x.r && y.at_margin == x.at_margin);
    ck_assert_double_gt(y.noise, 0.125); /* the formula of n >= 3 would have 0.12 */
    ck_assert_double_eq_tol(end_of(2, 0.0).load, 0.137905566, 5e-10);
    ck_assert_double_lt(end_of(2, 0.2).load, end_of(2, 0.0).load);
}
END_TEST

START_TEST(what_is_out_of_range_is_refused)
{
    hebb_dense_state x;
    ck_assert_int_eq(hebb_dense_retrieval(1, 0.1, 0.0, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_retrieval(HEBB_DENSE_MAX_DEGREE + 1, 0.1, 0.0, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_retrieval(3, 0.0, 0.0, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_retrieval(3, NAN, 0.0, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_retrieval(3, 0.1, -0.1, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_spinodal(3, NAN, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_branch(2, 1.5, 0.0, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_branch(3, -1.0, 0.0, &x), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dense retrieval");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, at_zero_temperature_the_overlap_solves_its_equation_with_its_own_root_found_by_iteration);
    tcase_add_test(physics, the_branch_ends_where_a_fine_walk_has_its_largest_load);
    tcase_add_test(physics, moments_of_two_gaussians_are_the_polynomials_of_isserlis);
    tcase_add_test(physics, at_degree_three_the_equations_hold_and_the_free_energy_is_stationary_there);
    tcase_add_test(physics, entropy_is_the_slope_of_the_free_energy_and_negative_where_symmetry_is_broken);
    tcase_add_test(physics, the_end_of_the_branch_is_its_largest_load_at_any_temperature_and_bends_back_at_low_ones);
    tcase_add_test(physics, without_a_load_the_overlap_is_the_ferromagnets);
    tcase_add_test(physics, degree_two_is_the_hopfield_model_where_susceptibility_divides_the_noise);
    tcase_add_test(physics, what_is_out_of_range_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
