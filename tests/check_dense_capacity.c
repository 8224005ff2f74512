/* dense_one_step and dense_capacity against enumeration, convolution, the Hopfield model, limits and known numbers. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "capacity.h"
#include "crosstalk.h"
#include "dense_capacity.h"
#include "dense_one_step.h"
#include "dense_retrieval.h"

static void assert_close(double got, double want, double relative)
{
    ck_assert_msg(fabs(got - want) <= relative * fabs(want), "got %.17g, want %.17g", got, want);
}

static hebb_dense_law law_of(int degree, bool rectified, long n_neurons, long n_patterns)
{
    hebb_dense_noise noise;
    hebb_dense_law law;
    ck_assert_int_eq(hebb_dense_noise_init(&noise, (hebb_dense_energy){degree, rectified}, n_neurons), HEBB_OK);
    ck_assert_int_eq(hebb_dense_one_step(&noise, n_patterns, &law), HEBB_OK);
    hebb_dense_noise_free(&noise);
    return law;
}

/* ---- every network counted ---- */

static long long energy_of(int degree, bool rectified, int x)
{
    long long product = 1;
    if (rectified && x < 0) return 0;
    for (int k = 0; k < degree; k++) product *= x;
    return product;
}

/* E(the bit as it is) - E(the bit turned), summed over the patterns: the first is all up, as is the state. */
static long long drive(unsigned code, int degree, bool rectified, int n, int p)
{
    long long sum = 0;
    for (int mu = 0; mu < p; mu++) {
        const unsigned word = mu == 0 ? (1U << n) - 1 : (code >> ((mu - 1) * n)) & ((1U << n) - 1);
        const int overlap = 2 * __builtin_popcount(word) - n, bit = word & 1 ? 1 : -1;
        sum += energy_of(degree, rectified, overlap) - energy_of(degree, rectified, overlap - 2 * bit);
    }
    return sum;
}

START_TEST(every_network_of_up_to_16_pattern_bits_is_counted)
{
    for (int degree = 2; degree <= 5; degree++)
        for (int rectified = 0; rectified <= 1; rectified++)
            for (int n = 2; n <= 8; n++)
                for (int p = 1; (p - 1) * n <= 16 && p <= 8; p++) {
                    const unsigned n_codes = 1U << ((p - 1) * n);
                    unsigned wrong = 0, tie = 0;
                    for (unsigned code = 0; code < n_codes; code++) {
                        const long long sum = drive(code, degree, rectified, n, p);
                        wrong += sum < 0;
                        tie += sum == 0;
                    }
                    const hebb_dense_law law = law_of(degree, rectified, n, p);
                    ck_assert_double_eq_tol(law.wrong * n_codes, wrong, 1e-9);
                    ck_assert_double_eq_tol(law.tie * n_codes, tie, 1e-9);
                }
}
END_TEST

/* ---- the same by convolution, place by place ---- */

enum { MAX_PLACES = 200001 };

/* P(S < -G) and P(S = -G), with the sums' law in long double on the integers -reach .. reach, in units of `unit`. */
static void convolve(int degree, bool rectified, int n, int p, int unit, long double *wrong, long double *tie)
{
    static long double law[MAX_PLACES], next[MAX_PLACES];
    const long reach = MAX_PLACES / 2;
    const long signal = (long)(energy_of(degree, rectified, n) - energy_of(degree, rectified, n - 2)) / unit;
    for (long s = 0; s < MAX_PLACES; s++) law[s] = s == reach;
    for (int mu = 1; mu < p; mu++) {
        const long far = signal * mu < reach ? signal * mu : reach;
        for (long s = -far; s <= far; s++) next[reach + s] = 0.0L;
        long double binomial = powl(0.5L, n); /* and the sign */
        for (int k = 0; k < n; k++) {
            const int a = 2 * k - (n - 1);
            const long g = (long)(energy_of(degree, rectified, a + 1) - energy_of(degree, rectified, a - 1)) / unit;
            const long from = signal * (mu - 1) < reach ? signal * (mu - 1) : reach;
            for (long s = -from; s <= from; s++) {
                if (s + g >= -reach && s + g <= reach) next[reach + s + g] += binomial * law[reach + s];
                if (s - g >= -reach && s - g <= reach) next[reach + s - g] += binomial * law[reach + s];
            }
            binomial *= (long double)(n - 1 - k) / (long double)(k + 1);
        }
        for (long s = -far; s <= far; s++) law[reach + s] = next[reach + s];
    }
    *wrong = 0.0L;
    *tie = law[reach - signal];
    for (long s = -reach; s < -signal; s++) *wrong += law[reach + s];
}

START_TEST(the_law_equals_repeated_convolution_in_long_double)
{
    static const struct {
        int degree, rectified, n, p, unit; /* unit divides every value; the sums stay within the places */
    } rows[] = {{2, 0, 20, 12, 4}, {2, 0, 31, 25, 4}, {3, 0, 12, 14, 2}, {3, 0, 21, 9, 2},  {3, 1, 12, 14, 1},
                {4, 0, 10, 9, 8},  {4, 1, 8, 14, 1},  {5, 0, 8, 9, 2},   {3, 0, 40, 11, 2}, {4, 0, 12, 26, 16}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        long double wrong, tie;
        convolve(rows[k].degree, rows[k].rectified, rows[k].n, rows[k].p, rows[k].unit, &wrong, &tie);
        const hebb_dense_law law = law_of(rows[k].degree, rows[k].rectified, rows[k].n, rows[k].p);
        ck_assert_double_gt((double)wrong, 1e-16);
        assert_close(law.wrong, (double)wrong, 1e-12);
        assert_close(law.tie, (double)tie, 1e-12);
    }
}
END_TEST

/* By the transform, as so few patterns are: the tail of 1e-23 is far below the transform's own rounding. */
START_TEST(few_patterns_at_a_large_size_keep_the_digits_of_their_tail)
{
    long double wrong, tie;
    convolve(3, false, 100, 4, 2, &wrong, &tie);
    ck_assert_double_lt((double)wrong, 1e-20);
    const hebb_dense_law law = law_of(3, false, 100, 4);
    assert_close(law.wrong, (double)wrong, 1e-10);
    assert_close(law.tie, (double)tie, 1e-10);
}
END_TEST

START_TEST(degree_two_is_the_crosstalk_of_the_hopfield_model)
{
    static const long sizes[][2] = {{2, 3},        {3, 4},         {7, 3},         {100, 14},   {101, 20},
                                    {1000, 138},   {1000, 20},     {1000, 999},    {3000, 200}, {10000, 300},
                                    {10000, 1380}, {300, 1000000}, {500, 1L << 40}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        hebb_crosstalk want;
        ck_assert_int_eq(hebb_crosstalk_exact(sizes[k][0], sizes[k][1], false, &want), HEBB_OK);
        const hebb_dense_law law = law_of(2, false, sizes[k][0], sizes[k][1]);
        const double relative = sizes[k][1] > 1000000 ? 1e-9 : 1e-12;
        assert_close(law.wrong, want.wrong, relative);
        assert_close(law.tie, want.tie, relative);
    }
}
END_TEST

/* The sheet's numbers: the convolution's and the Gaussian's of the exact moments, at N = 30, n = 3, K = 60. */
START_TEST(its_moments_alone_are_not_the_law)
{
    const hebb_dense_law law = law_of(3, false, 30, 60);
    ck_assert_double_eq_tol(law.wrong, 0.01461, 5e-6);
    ck_assert_double_eq_tol(law.moments, 0.01399, 5e-6);
}
END_TEST

/* E (6 a^2 + 2)^2 = 108 N^2 - 144 N + 40 with E a^2 = N-1, E a^4 = 3 (N-1)^2 - 2 (N-1). */
START_TEST(the_noise_has_the_moments_of_the_formulas)
{
    for (long n = 2; n <= 1000; n = 3 * n) {
        hebb_dense_noise noise;
        const double m = (double)n - 1.0;
        ck_assert_int_eq(hebb_dense_noise_init(&noise, (hebb_dense_energy){3, false}, n), HEBB_OK);
        assert_close(noise.variance * noise.step * noise.step, 36.0 * (3.0 * m * m - 2.0 * m) + 24.0 * m + 4.0, 1e-12);
        assert_close(noise.signal * noise.step, 6.0 * m * m + 2.0, 1e-15);
        hebb_dense_noise_free(&noise);
    }
    for (int degree = 2; degree <= 5; degree++) { /* to leading order 4 n^2 (2n-3)!! N^(n-1) */
        hebb_dense_noise noise;
        ck_assert_int_eq(hebb_dense_noise_init(&noise, (hebb_dense_energy){degree, false}, 2000), HEBB_OK);
        const double want = 4.0 * degree * degree * hebb_dense_double_factorial(degree) * pow(2000.0, degree - 1);
        assert_close(noise.variance * noise.step * noise.step, want, 0.02);
        hebb_dense_noise_free(&noise);
    }
}
END_TEST

START_TEST(the_exact_law_tends_to_the_gaussian)
{
    static const int degrees[] = {2, 3, 4};
    for (size_t k = 0; k < 3; k++) {
        double alpha, last = 1.0;
        ck_assert_int_eq(hebb_dense_alpha_one_step(degrees[k], 0.01, &alpha), HEBB_OK);
        for (long n = 32; n <= 128; n *= 2) {
            const hebb_dense_law law = law_of(degrees[k], false, n, lround(alpha * pow((double)n, degrees[k] - 1)));
            const double off = fabs(law.wrong + 0.5 * law.tie - 0.01);
            ck_assert_double_lt(off, 0.7 * last); /* like 1/N */
            last = off;
        }
        ck_assert_double_lt(last, 1e-3);
    }
}
END_TEST

START_TEST(the_rectified_memory_has_half_the_noise)
{
    double gaussian, rectified;
    const hebb_dense_law law = law_of(3, true, 400, 20000);
    ck_assert_int_eq(hebb_dense_gaussian(3, true, 400.0, 20000.0, &rectified), HEBB_OK);
    ck_assert_int_eq(hebb_dense_gaussian(3, false, 400.0, 10000.0, &gaussian), HEBB_OK);
    ck_assert_double_eq(gaussian, rectified);
    assert_close(law.wrong, rectified, 0.05);
    assert_close(law.wrong, law_of(3, false, 400, 10000).wrong, 0.02);
}
END_TEST

START_TEST(one_step_loads_invert_the_gaussian)
{
    for (int degree = 2; degree <= 10; degree++)
        for (double p = 1e-6; p < 0.4; p *= 5.0) {
            double alpha, back;
            const double n = 1e4;
            ck_assert_int_eq(hebb_dense_alpha_one_step(degree, p, &alpha), HEBB_OK);
            ck_assert_int_eq(hebb_dense_gaussian(degree, 0, n, alpha * pow(n, degree - 1), &back), HEBB_OK);
            assert_close(back, p, 1e-11);
        }
    double hopfield;
    ck_assert_int_eq(hebb_dense_alpha_one_step(2, 0.00355221092790, &hopfield), HEBB_OK);
    assert_close(hopfield, 0.138, 1e-9); /* [HKP91] table 2.1 */
    ck_assert_double_eq(hebb_dense_double_factorial(2), 1.0);
    ck_assert_double_eq(hebb_dense_double_factorial(5), 105.0);
}
END_TEST

/* a_c by the equation itself: the largest a at which iteration from m = 1 stays away from 0. */
START_TEST(the_retrieval_state_ends_where_its_equation_has_no_root)
{
    for (int degree = 3; degree <= 7; degree++) {
        hebb_dense_end limit;
        ck_assert_int_eq(hebb_dense_limit_t0(degree, &limit), HEBB_OK);
        for (int side = -1; side <= 1; side += 2) {
            const double a = limit.a * (1.0 + 1e-4 * side);
            double m = 1.0;
            hebb_dense_state solved;
            for (int k = 0; k < 20000; k++) m = erf(pow(m, degree - 1) / sqrt(2.0 * a));
            ck_assert(side < 0 ? m > limit.m : m < 1e-3);
            const hebb_status status = hebb_dense_retrieval(degree, a, 0.0, &solved);
            ck_assert_int_eq(status, side < 0 ? HEBB_OK : HEBB_ENOSOLUTION);
            if (side < 0) assert_close(solved.m, m, 1e-12);
        }
        assert_close(limit.alpha * hebb_dense_double_factorial(degree), limit.a, 1e-15);
    }
    hebb_dense_end three, two;
    hebb_capacity hopfield;
    ck_assert_int_eq(hebb_dense_limit_t0(3, &three), HEBB_OK);
    ck_assert_double_eq_tol(three.a, 0.25219043, 5e-9);
    ck_assert_int_eq(hebb_dense_limit_t0(2, &two), HEBB_OK);
    ck_assert_int_eq(hebb_capacity_t0(&hopfield), HEBB_OK);
    ck_assert_double_eq(two.alpha, hopfield.alpha);
    ck_assert_double_eq(two.m, hopfield.m);
}
END_TEST

START_TEST(what_is_out_of_range_is_refused)
{
    hebb_dense_noise noise;
    hebb_dense_law law;
    hebb_dense_end limit;
    double x;
    static const struct {
        int degree;
        long n_neurons;
    } bad[] = {{1, 10}, {0, 10}, {3, 1}, {3, 0}, {3, 16001}, {10, 10000}, {120, 3}, {6, 16000}};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        ck_assert_int_eq(hebb_dense_noise_init(&noise, (hebb_dense_energy){bad[k].degree, false}, bad[k].n_neurons),
                         HEBB_EDOM);
    hebb_dense_noise_free(&noise);
    hebb_dense_noise_free(&noise);
    ck_assert_int_eq(hebb_dense_noise_init(&noise, (hebb_dense_energy){3, false}, 10), HEBB_OK);
    ck_assert_int_eq(hebb_dense_one_step(&noise, 0, &law), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_one_step(&noise, (1L << 52) + 1, &law), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_one_step(&noise, 1, &law), HEBB_OK);
    ck_assert_double_eq(law.wrong + law.tie, 0.0);
    hebb_dense_noise_free(&noise);
    ck_assert_int_eq(hebb_dense_alpha_one_step(3, 0.0, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_alpha_one_step(3, 0.5, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_alpha_one_step(1, 0.1, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_alpha_one_step(3, NAN, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_gaussian(3, 0, 0.0, 1.0, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_limit_t0(HEBB_DENSE_CAPACITY_MAX_DEGREE + 1, &limit), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_end_y(2, &x), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dense capacity");
    TCase *exact = tcase_create("exact");
    tcase_add_test(exact, every_network_of_up_to_16_pattern_bits_is_counted);
    tcase_add_test(exact, the_law_equals_repeated_convolution_in_long_double);
    tcase_add_test(exact, few_patterns_at_a_large_size_keep_the_digits_of_their_tail);
    tcase_add_test(exact, degree_two_is_the_crosstalk_of_the_hopfield_model);
    tcase_add_test(exact, its_moments_alone_are_not_the_law);
    tcase_add_test(exact, the_noise_has_the_moments_of_the_formulas);
    TCase *limits = tcase_create("limits");
    tcase_add_test(limits, the_exact_law_tends_to_the_gaussian);
    tcase_add_test(limits, the_rectified_memory_has_half_the_noise);
    tcase_add_test(limits, one_step_loads_invert_the_gaussian);
    tcase_add_test(limits, the_retrieval_state_ends_where_its_equation_has_no_root);
    TCase *refusals = tcase_create("refusals");
    tcase_add_test(refusals, what_is_out_of_range_is_refused);
    suite_add_tcase(suite, exact);
    suite_add_tcase(suite, limits);
    suite_add_tcase(suite, refusals);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
