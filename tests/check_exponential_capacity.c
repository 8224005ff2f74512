/* The thresholds of the exponential memory for N to infinity. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "exponential_capacity.h"

START_TEST(the_rate_is_that_of_the_binomial_law)
{
    /* ln P(overlap >= aN)/N by the sum itself at N = 4000, whose prefactor is some ln N/N */
    const double as[] = {0.05, 0.3, 0.9};
    for (size_t k = 0; k < sizeof as / sizeof *as; k++) {
        const long n = 4000, most = lround(0.5 * (1.0 - as[k]) * (double)n);
        double sum = 0.0;
        for (long j = most; j >= 0 && j > most - 400; j--)
            sum += exp(lgamma(n + 1.0) - lgamma(j + 1.0) - lgamma((double)(n - j) + 1.0) - (double)n * M_LN2 +
                       (double)n * hebb_exponential_rate(as[k]));
        ck_assert_double_lt(fabs(log(sum)), 5.0);
    }
    ck_assert_double_eq_tol(hebb_exponential_rate(1.0), M_LN2, 1e-15);
    ck_assert_double_eq_tol(hebb_exponential_rate(-1.0), M_LN2, 1e-15);
    ck_assert_double_eq(hebb_exponential_rate(0.0), 0.0);
    ck_assert(isnan(hebb_exponential_rate(1.01)));
}
END_TEST

START_TEST(the_two_forms_of_the_rate_meet)
{
    const double below = hebb_exponential_rate(0.25), above = hebb_exponential_rate(nextafter(0.25, 1.0));
    ck_assert_double_eq_tol(below, above, 1e-16);
    ck_assert_double_eq_tol(hebb_exponential_rate(1e-6), 0.5e-12, 1e-24);
}
END_TEST

START_TEST(without_errors_all_is_safe_to_half_of_ln_two_and_a_typical_pattern_to_two_less_ln_cosh_two)
{
    double all, typical;
    ck_assert_int_eq(hebb_exponential_capacity(0.0, &all, &typical), HEBB_OK);
    ck_assert_double_eq_tol(all, 0.5 * M_LN2, 1e-15);
    ck_assert_double_eq_tol(typical, 2.0 - log(cosh(2.0)), 1e-15);
    ck_assert_double_eq_tol(typical, 0.675, 5e-4);
}
END_TEST

/* The largest exponent of the noise over the overlaps that exist, by search, equals the signal's at the threshold. */
START_TEST(at_the_typical_threshold_the_noise_of_the_overlaps_that_exist_reaches_the_signal)
{
    for (double rho = 0.0; rho < 0.49; rho += 0.014) {
        double all, typical, noise = -1.0;
        ck_assert_int_eq(hebb_exponential_capacity(rho, &all, &typical), HEBB_OK);
        for (double a = 0.0; a <= 1.0; a += 1e-5)
            if (hebb_exponential_rate(a) <= typical)
                noise = fmax(noise, a + 0.5 * (typical - hebb_exponential_rate(a)));
        ck_assert_double_eq_tol(noise, 1.0 - 2.0 * rho, 2e-5);
        ck_assert_double_lt(all, typical);
    }
}
END_TEST

START_TEST(the_branches_meet_with_one_slope_where_the_nearest_rivals_take_over)
{
    const double rho = 0.5 * (1.0 - tanh(2.0)), h = 1e-6;
    double all, below, at, above;
    ck_assert_int_eq(hebb_exponential_capacity(rho - h, &all, &below), HEBB_OK);
    ck_assert_int_eq(hebb_exponential_capacity(rho, &all, &at), HEBB_OK);
    ck_assert_int_eq(hebb_exponential_capacity(rho + h, &all, &above), HEBB_OK);
    ck_assert_double_eq_tol((at - below) / h, -4.0, 1e-3);
    ck_assert_double_eq_tol((above - at) / h, -4.0, 1e-3);
}
END_TEST

/* Digits by arithmetic with 700 digits. */
START_TEST(random_energies_keep_their_digits_at_both_ends)
{
    const struct {
        double lambda;
        hebb_pattern_law law;
        double want;
    } rows[] = {
        {1e-300, HEBB_PATTERNS_BINARY, 1e-300},
        {1e-10, HEBB_PATTERNS_BINARY, 9.9999999995e-11},
        {1e-3, HEBB_PATTERNS_BINARY, 0.00099950000008333331},
        {20.0, HEBB_PATTERNS_BINARY, 0.69314718055994531},
        {1e300, HEBB_PATTERNS_BINARY, 0.69314718055994531},
        {1e-300, HEBB_PATTERNS_SPHERICAL, 1e-300},
        {1e-5, HEBB_PATTERNS_SPHERICAL, 9.9999500000000025e-6},
        {1e3, HEBB_PATTERNS_SPHERICAL, 3.9540026394884644},
        {1e8, HEBB_PATTERNS_SPHERICAL, 9.7103403732261827},
        {1e15, HEBB_PATTERNS_SPHERICAL, 17.769388197455343},
        {1e300, HEBB_PATTERNS_SPHERICAL, 345.88776394910685},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        double alpha;
        ck_assert_int_eq(hebb_exponential_random_energy(rows[k].lambda, rows[k].law, &alpha), HEBB_OK);
        ck_assert_double_eq_tol(alpha / rows[k].want, 1.0, 1e-15);
    }
}
END_TEST

START_TEST(random_energies_have_the_printed_thresholds_at_lambda_one)
{
    const double want[] = {0.566219, 0.5, 0.622572}; /* binary, Gaussian, spherical */
    for (int law = HEBB_PATTERNS_BINARY; law <= HEBB_PATTERNS_SPHERICAL; law++) {
        double alpha;
        ck_assert_int_eq(hebb_exponential_random_energy(1.0, (hebb_pattern_law)law, &alpha), HEBB_OK);
        ck_assert_double_eq_tol(alpha, want[law], 5e-7);
    }
}
END_TEST

/* The sphere's zeta by search over the overlap; signs by ln cosh; the Gaussian plateau from lambda = 1 on. */
START_TEST(random_energies_are_those_of_their_generating_functions)
{
    const double lambdas[] = {0.01, 0.5, 1.0, 3.0, 20.0};
    for (size_t k = 0; k < sizeof lambdas / sizeof *lambdas; k++) {
        const double lambda = lambdas[k];
        double alpha, zeta = -1e9;
        for (double t = 0.0; t < 1.0; t += 1e-5) zeta = fmax(zeta, lambda * t + 0.5 * log1p(-t * t));
        ck_assert_int_eq(hebb_exponential_random_energy(lambda, HEBB_PATTERNS_SPHERICAL, &alpha), HEBB_OK);
        ck_assert_double_eq_tol(alpha, lambda - zeta, 1e-7);
        ck_assert_int_eq(hebb_exponential_random_energy(lambda, HEBB_PATTERNS_BINARY, &alpha), HEBB_OK);
        ck_assert_double_eq_tol(alpha, lambda - log(cosh(lambda)), 1e-13);
        ck_assert_int_eq(hebb_exponential_random_energy(lambda, HEBB_PATTERNS_GAUSSIAN, &alpha), HEBB_OK);
        ck_assert_double_eq_tol(alpha, lambda < 1.0 ? lambda - 0.5 * lambda * lambda : 0.5, 1e-15);
    }
    double alpha;
    ck_assert_int_eq(hebb_exponential_random_energy(1e6, HEBB_PATTERNS_BINARY, &alpha), HEBB_OK);
    ck_assert_double_eq_tol(alpha, M_LN2, 1e-15);
}
END_TEST

START_TEST(values_out_of_range_are_refused)
{
    double x, y;
    const double bad[] = {-0.1, 0.5, 1.0, NAN};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        ck_assert_int_eq(hebb_exponential_capacity(bad[k], &x, &y), HEBB_EDOM);
    ck_assert_int_eq(hebb_exponential_random_energy(0.0, HEBB_PATTERNS_BINARY, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_exponential_random_energy(NAN, HEBB_PATTERNS_BINARY, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_exponential_random_energy(INFINITY, HEBB_PATTERNS_SPHERICAL, &x), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exponential capacity");
    TCase *tests = tcase_create("thresholds");
    tcase_add_test(tests, the_rate_is_that_of_the_binomial_law);
    tcase_add_test(tests, the_two_forms_of_the_rate_meet);
    tcase_add_test(tests, without_errors_all_is_safe_to_half_of_ln_two_and_a_typical_pattern_to_two_less_ln_cosh_two);
    tcase_add_test(tests, at_the_typical_threshold_the_noise_of_the_overlaps_that_exist_reaches_the_signal);
    tcase_add_test(tests, the_branches_meet_with_one_slope_where_the_nearest_rivals_take_over);
    tcase_add_test(tests, random_energies_keep_their_digits_at_both_ends);
    tcase_add_test(tests, random_energies_have_the_printed_thresholds_at_lambda_one);
    tcase_add_test(tests, random_energies_are_those_of_their_generating_functions);
    tcase_add_test(tests, values_out_of_range_are_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
