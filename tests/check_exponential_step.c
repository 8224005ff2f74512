/* One step of the exponential memory at finite size: the laws of one neuron and of all of them. */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "exponential_capacity.h"
#include "exponential_step.h"

static double share(long n, double k, long d)
{
    double x = NAN;
    ck_assert_int_eq(hebb_exponential_step_share(n, k, d, &x), HEBB_OK);
    return x;
}

static double retrieved(long n, double k, long d)
{
    double x = NAN;
    ck_assert_int_eq(hebb_exponential_step_retrieved(n, k, d, &x), HEBB_OK);
    return x;
}

static double choose(long n, long k)
{
    return exp(lgamma((double)n + 1.0) - lgamma((double)k + 1.0) - lgamma((double)(n - k) + 1.0));
}

/* Two rivals, all pairs of their distances: P(right) without ties, which the solver counts by half. */
static double two_rivals(long n, long d, bool is_right, double *tie)
{
    double p = 0.0;
    *tie = 0.0;
    for (long j = 0; j < n; j++)
        for (long k = 0; k < n; k++)
            for (int signs = 0; signs < 4; signs++) {
                const double mass = 0.25 * choose(n - 1, j) * choose(n - 1, k) * exp2(-2.0 * (double)(n - 1));
                const double a = (signs & 1 ? 1.0 : -1.0) * exp(-2.0 * (double)(j - d)),
                             b = (signs & 2 ? 1.0 : -1.0) * exp(-2.0 * (double)(k - d));
                const double field = is_right ? 1.0 + a + b : exp(2.0) - a - b;
                if (fabs(field) < 1e-9)
                    *tie += mass;
                else if (field > 0.0)
                    p += mass;
            }
    return p;
}

/* Poisson numbers of mean 2 for two: the shells that turn a neuron hold a small share, and its square is the difference. */
START_TEST(few_rivals_do_what_all_their_distances_do)
{
    const long n = 10;
    for (long d = 0; d <= 2; d++) {
        double tie_right, tie_wrong;
        const double right = two_rivals(n, d, true, &tie_right), wrong = two_rivals(n, d, false, &tie_wrong);
        const double want = ((double)(n - d) * (right + 0.5 * tie_right) + (double)d * (wrong + 0.5 * tie_wrong)) / n;
        ck_assert_double_eq_tol(share(n, 3.0, d), want, 0.05 * (1.0 - want) + 2e-4);
    }
}
END_TEST

START_TEST(a_pattern_alone_comes_back)
{
    ck_assert_double_eq(share(30, 1.0, 3), 1.0);
    ck_assert_double_eq(retrieved(30, 1.0, 3), 1.0);
    ck_assert_double_gt(retrieved(30, 30.0, 3), 0.999);
    ck_assert_double_gt(share(30, 30.0, 3), 0.9999);
}
END_TEST

START_TEST(among_too_many_a_neuron_is_right_by_chance)
{
    ck_assert_double_eq_tol(share(40, exp(40.0), 4), 0.5, 1e-3);
    ck_assert_double_lt(retrieved(40, exp(40.0), 4), 1e-6);
}
END_TEST

/* The union bound and one neuron's: the two laws have no code in common but the rates. */
START_TEST(the_law_of_all_neurons_lies_between_the_bounds_of_one)
{
    const long sizes[] = {16, 30, 60};
    for (size_t k = 0; k < 3; k++)
        for (long d = 0; d <= sizes[k] / 10; d += 1 + d)
            for (double alpha = 0.2; alpha < 0.7; alpha += 0.1) {
                const double n_patterns = exp(alpha * (double)sizes[k]);
                const double one = share(sizes[k], n_patterns, d), all = retrieved(sizes[k], n_patterns, d);
                ck_assert_double_gt(all, 1.0 - (double)sizes[k] * (1.0 - one) - 3e-3);
                ck_assert_double_lt(all, one + 1e-3);
            }
}
END_TEST

START_TEST(both_fall_with_the_load)
{
    for (long d = 0; d <= 2; d++) {
        double last_share = 1.0 + 1e-6, last = 1.0 + 1e-6;
        for (double alpha = 0.25; alpha < 0.5; alpha += 0.025) {
            const double n_patterns = exp(alpha * 20.0);
            ck_assert_double_lt(share(20, n_patterns, d), last_share);
            ck_assert_double_lt(retrieved(20, n_patterns, d), last);
            last_share = share(20, n_patterns, d) + 1e-6;
            last = retrieved(20, n_patterns, d) + 1e-6;
        }
    }
}
END_TEST

START_TEST(half_is_where_the_probability_is_a_half_and_goes_to_the_typical_threshold)
{
    const double rhos[] = {0.0, 0.1};
    for (int r = 0; r < 2; r++) {
        double all, typical, last = 1.0;
        ck_assert_int_eq(hebb_exponential_capacity(rhos[r], &all, &typical), HEBB_OK);
        for (long n = 20; n <= 320; n *= 4) {
            const long d = lround(rhos[r] * (double)n);
            double alpha;
            ck_assert_int_eq(hebb_exponential_step_half(n, d, &alpha), HEBB_OK);
            ck_assert_double_eq_tol(retrieved(n, exp(alpha * (double)n), d), 0.5, 1e-6);
            ck_assert_double_lt(fabs(alpha - typical), 0.5 * last);
            last = fabs(alpha - typical);
        }
        ck_assert_double_lt(last, 0.01);
    }
}
END_TEST

START_TEST(values_out_of_range_are_refused)
{
    double x;
    ck_assert_int_eq(hebb_exponential_step_half(2, 0, &x), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_exponential_step_share(1, 10.0, 0, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_exponential_step_share(10, 0.5, 0, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_exponential_step_share(10, NAN, 0, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_exponential_step_retrieved(10, 10.0, 5, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_exponential_step_retrieved(10, INFINITY, 1, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_exponential_step_half(HEBB_EXPONENTIAL_MAX_NEURONS + 1, 1, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_exponential_step_half(10, -1, &x), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exponential step");
    TCase *tests = tcase_create("laws");
    tcase_add_test(tests, few_rivals_do_what_all_their_distances_do);
    tcase_add_test(tests, a_pattern_alone_comes_back);
    tcase_add_test(tests, among_too_many_a_neuron_is_right_by_chance);
    tcase_add_test(tests, the_law_of_all_neurons_lies_between_the_bounds_of_one);
    tcase_add_test(tests, both_fall_with_the_load);
    tcase_add_test(tests, half_is_where_the_probability_is_a_half_and_goes_to_the_typical_threshold);
    tcase_add_test(tests, values_out_of_range_are_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
