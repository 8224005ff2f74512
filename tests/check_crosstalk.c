/* crosstalk against enumeration, exact recursions, GSL, limits, a published table, and its own refusals. */
#include <check.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "crosstalk.h"

#define PI_L 3.141592653589793238462643383279502884L

static void assert_close(double got, long double want, double relative)
{
    const double error = (double)fabsl(got - want);
    ck_assert_msg(error <= relative * (double)fabsl(want), "got %.17g, want %.17Lg, relative error %.2g", got, want,
                  error / (double)fabsl(want));
}

static hebb_crosstalk exact(long n_neurons, long n_patterns, bool self_coupling)
{
    hebb_crosstalk law;
    ck_assert_int_eq(hebb_crosstalk_exact(n_neurons, n_patterns, self_coupling, &law), HEBB_OK);
    return law;
}

static double mass(long n_neurons, long n_patterns, long lo, long hi)
{
    double probability;
    ck_assert_int_eq(hebb_crosstalk_mass(n_neurons, n_patterns, lo, hi, &probability), HEBB_OK);
    return probability;
}

static double gaussian(double alpha)
{
    double p_error;
    ck_assert_int_eq(hebb_crosstalk_gaussian(alpha, &p_error), HEBB_OK);
    return p_error;
}

/* N times the field of bit 0 of pattern 0, along that bit, with the patterns in the bits of code: mu N + i. */
static int aligned_field(unsigned code, int n, int p, bool self_coupling)
{
    int field = 0;
    for (int j = self_coupling ? 0 : 1; j < n; j++)
        for (int mu = 0; mu < p; mu++) {
            const unsigned minus = (code >> (mu * n)) ^ (code >> (mu * n + j)) ^ (code >> j) ^ code;
            field += (minus & 1) ? -1 : 1;
        }
    return field;
}

START_TEST(every_network_of_up_to_18_pattern_bits_is_counted)
{
    for (int n = 2; n <= 6; n++)
        for (int p = 1; p * n <= 18 && p <= 6; p++)
            for (int self = 0; self <= 1; self++) {
                const unsigned n_codes = 1U << (n * p);
                unsigned wrong = 0;
                unsigned tie = 0;
                for (unsigned code = 0; code < n_codes; code++) {
                    const int field = aligned_field(code, n, p, self);
                    wrong += field < 0;
                    tie += field == 0;
                }
                const hebb_crosstalk got = exact(n, p, self);
                assert_close(got.wrong, (long double)wrong / n_codes, 1e-14);
                assert_close(got.tie, (long double)tie / n_codes, 1e-14);
            }
}
END_TEST

/* Weights of the binomial relative to its middle, downwards; no special function. */
typedef struct {
    long double at; /* C(n,k)/2^n */
    long double up_to;
    long double between; /* from k_low + 1 to k */
} recursion;

static recursion recur(long n, long k_low, long k)
{
    const long middle = n / 2;
    long double half = 0.0L;
    long double weight = 1.0L;
    recursion sum = {0.0L, 0.0L, 0.0L};
    for (long j = middle; j >= 0 && weight > 0.0L; j--) {
        half += weight;
        if (j == k) sum.at = weight;
        if (j <= k) sum.up_to += weight;
        if (j <= k && j > k_low) sum.between += weight;
        weight *= (long double)j / (long double)(n - j + 1);
    }
    const long double total = 2.0L * half - (n % 2 == 0 ? 1.0L : 0.0L);
    return (recursion){sum.at / total, sum.up_to / total, sum.between / total};
}

/* What n steps in long double can lose; it matters only where long double is double. */
static double recursion_error(long n)
{
    return fmax(1e-12, 10.0 * (double)LDBL_EPSILON * sqrt((double)n));
}

START_TEST(exact_law_equals_a_recursion_in_long_double)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 1);
    for (int trial = 0; trial < 800; trial++) {
        const long n = 2 + (long)exp(gsl_rng_uniform(rng) * log(1e4));
        const long p = 2 + (long)((double)n * exp(gsl_rng_uniform(rng) * log(1e6)) / 1000.0);
        const bool self = trial % 2 != 0;
        const long n_terms = (n - 1) * (p - 1);
        const long twice_k = n_terms - (n - 1) - (self ? p : 0);
        if (n_terms > 1000000 || twice_k < 0) continue;
        const hebb_crosstalk got = exact(n, p, self);
        const recursion want = recur(n_terms, -1, twice_k / 2);
        if (want.at < 1e-290L) continue;
        const bool tie = twice_k % 2 == 0;
        assert_close(got.tie, tie ? want.at : 0.0L, recursion_error(n_terms));
        assert_close(got.wrong, tie ? want.up_to - want.at : want.up_to, recursion_error(n_terms));
    }
    gsl_rng_free(rng);
}
END_TEST

/* ln n! less ln of sqrt(2 pi n)(n/e)^n, for n > 1000: the series' next term is below 1e-24. */
static long double stirling_error(long double n)
{
    const long double n2 = n * n;
    return (1.0L / 12.0L - (1.0L / 360.0L - (1.0L / 1260.0L - 1.0L / (1680.0L * n2)) / n2) / n2) / n;
}

START_TEST(exact_law_holds_at_a_million_neurons)
{
    static const struct {
        long n_patterns;
        long double wrong, tie; /* ratios of integers, 40 digits */
    } row[] = {{100000, 7.82654377863682878e-4L, 1.70000616815115636e-8L}, {10000, 0.0L, 0.0L}};
    const long n_neurons = 1000000;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const long double n = (long double)(n_neurons - 1) * (long double)(row[i].n_patterns - 1);
        const long double k = (n - (long double)(n_neurons - 1)) / 2.0L;
        const long double d = n - 2.0L * k;
        const long double deviance = k * log1pl(-d / n) + (n - k) * log1pl(d / n);
        const long double stirling = stirling_error(n) - stirling_error(k) - stirling_error(n - k);
        const long double tie = expl(stirling - deviance) * sqrtl(n / (2.0L * PI_L * k * (n - k)));
        long double tail = 0.0L;
        long double term = tie;
        for (long double j = k; term > 1e-20L * tail; j--) {
            term *= j / (n - j + 1.0L);
            tail += term;
        }
        const hebb_crosstalk got = exact(n_neurons, row[i].n_patterns, false);
        assert_close(got.tie, tie, LDBL_MANT_DIG > 53 ? 1e-12 : 1e-9);
        assert_close(got.wrong, tail, LDBL_MANT_DIG > 53 ? 1e-12 : 1e-9);
        if (row[i].tie > 0.0L) {
            assert_close(got.tie, row[i].tie, 1e-13);
            assert_close(got.wrong, row[i].wrong, 1e-13);
        }
    }
}
END_TEST

START_TEST(exact_law_equals_gsl_to_its_accuracy)
{
    for (long n = 3; n <= 3000; n = n * 3 / 2)
        for (long p = 3; p <= n && n * p <= 1000000; p = p * 3 / 2) {
            const hebb_crosstalk got = exact(n, p, false);
            const long n_terms = (n - 1) * (p - 1);
            const long twice_k = n_terms - (n - 1);
            const unsigned k = (unsigned)(twice_k / 2);
            const bool tie = twice_k % 2 == 0;
            const double up_to = gsl_cdf_binomial_P(k, 0.5, (unsigned)n_terms);
            const double at = tie ? gsl_ran_binomial_pdf(k, 0.5, (unsigned)n_terms) : 0.0;
            assert_close(got.tie, at, 2e-8);
            assert_close(got.wrong + got.tie, up_to, 2e-8);
        }
}
END_TEST

START_TEST(a_hundred_neurons_with_fourteen_patterns)
{
    const hebb_crosstalk law = exact(100, 14, false);
    assert_close(law.wrong, 0.00264602047015206106L, 1e-13);
    assert_close(law.tie, 0.000493241954214967838L, 1e-13);
    const hebb_crosstalk held = exact(100, 14, true); /* J_ii = p/N keeps 3.6 times more bits right */
    ck_assert_double_eq_tol(law.wrong / held.wrong, 3.6, 0.05);
}
END_TEST

/* The variance N-1 over p-1 differs from alpha in 1/N; lattice and fourth cumulant enter in 1/N^2 only. */
START_TEST(exact_law_approaches_the_gaussian_with_the_known_1_over_n)
{
    static const double alpha[] = {0.1, 0.185, 0.5, 2.0};
    for (size_t i = 0; i < sizeof alpha / sizeof *alpha; i++) {
        const long n = 100000;
        const hebb_crosstalk law = exact(n, (long)lround(alpha[i] * (double)n), false);
        const double z = 1.0 / sqrt(alpha[i]);
        const double slope = -0.5 * z * gsl_ran_ugaussian_pdf(z) * (1.0 / alpha[i] - 1.0);
        const double difference = law.wrong + 0.5 * law.tie - gaussian(alpha[i]);
        ck_assert_double_eq_tol(difference * (double)n, slope, 1e-3 * fabs(slope));
    }
}
END_TEST

START_TEST(self_coupling_shifts_the_gaussian_and_is_worst_at_p_equal_n)
{
    const long n = 20000;
    for (double alpha = 0.25; alpha <= 4.0; alpha *= 2.0) {
        const hebb_crosstalk law = exact(n, (long)(alpha * (double)n), true);
        assert_close(law.wrong + 0.5 * law.tie, 0.5 * erfc((1.0 + alpha) / sqrt(2.0 * alpha)), 1e-3);
        ck_assert(law.wrong <= exact(n, n, true).wrong);
    }
}
END_TEST

START_TEST(gaussian_law_gives_the_table_of_hertz_krogh_palmer) /* [HKP91] table 2.1, as printed */
{
    static const struct {
        double alpha, printed, last_digit;
    } row[] = {{0.105, 0.001, 1e-3}, {0.138, 0.0036, 1e-4}, {0.185, 0.01, 1e-2}, {0.37, 0.05, 1e-2}, {0.61, 0.1, 1e-1}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        ck_assert_double_eq_tol(gaussian(row[i].alpha), row[i].printed, 0.5 * row[i].last_digit);
}
END_TEST

START_TEST(gaussian_law_keeps_its_digits_down_to_the_smallest_loads)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 2);
    for (int trial = 0; trial < 10000; trial++) {
        const double alpha = 7.4e-4 * exp(gsl_rng_uniform(rng) * log(1e6));
        assert_close(gaussian(alpha), 0.5L * erfcl(1.0L / sqrtl(2.0L * alpha)), LDBL_MANT_DIG > 53 ? 1e-15 : 1e-12);
    }
    gsl_rng_free(rng);
    ck_assert_double_eq(gaussian(1e-5), 0.0);
    ck_assert_double_eq(gaussian(4.9e-324), 0.0);
    ck_assert_double_eq_tol(gaussian(1e300), 0.5, 1e-15);
    ck_assert_double_eq_tol(gaussian(DBL_MAX), 0.5, 1e-15);
}
END_TEST

START_TEST(the_gaussian_density_beyond_1_is_the_share_of_wrong_bits)
{
    for (double alpha = 0.05; alpha < 3.0; alpha *= 1.7) {
        const double step = 1e-3 * sqrt(alpha);
        double sum = -0.5 * hebb_crosstalk_gaussian_density(alpha, 1.0);
        for (double c = 1.0; c < 1.0 + 12.0 * sqrt(alpha); c += step) sum += hebb_crosstalk_gaussian_density(alpha, c);
        assert_close(sum * step, gaussian(alpha), 1e-5);
    }
}
END_TEST

START_TEST(one_and_two_patterns_never_turn_a_bit)
{
    for (long n = 2; n <= 60; n++) {
        ck_assert_double_eq(exact(n, 1, false).wrong + exact(n, 1, false).tie, 0.0);
        ck_assert_double_eq(exact(n, 2, false).wrong, 0.0);
        ck_assert_double_eq(exact(n, 2, false).tie, ldexp(1.0, (int)(1 - n)));
        ck_assert_double_eq(exact(n, 2, true).tie, 0.0);
    }
    ck_assert_double_eq(exact(LONG_MAX, 1, true).wrong, 0.0);
}
END_TEST

START_TEST(mass_of_a_bin_equals_a_recursion_in_long_double)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 3);
    for (int trial = 0; trial < 500; trial++) {
        const long n = 1 + (long)exp(gsl_rng_uniform(rng) * log(1e6));
        const double sigma = sqrt((double)n);
        long hi = -(long)(gsl_rng_uniform(rng) * (trial % 2 != 0 ? 3.0 : 30.0) * sigma);
        if (trial % 20 == 0) hi = 0;
        const long lo = hi - (long)exp(gsl_rng_uniform(rng) * log(20.0 * sigma + 2.0));
        if (hi < -n) continue;
        const long k_low = lo <= -n ? -1 : (lo + n + 1) / 2 - 1;
        const recursion want = recur(n, k_low, (hi + n) / 2);
        if (want.at < 1e-290L) continue;
        assert_close(mass(2, n + 1, lo, hi), want.between, recursion_error(n));
        assert_close(mass(2, n + 1, -hi, -lo), want.between, recursion_error(n));
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(masses_of_bins_tile_the_line)
{
    static const long size[][2] = {{2, 2}, {3, 8}, {20, 6}, {100, 14}, {1001, 139}, {100000, 13800}, {1000000, 100000}};
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        const long n = size[i][0];
        const long p = size[i][1];
        const long sigma = 1 + (long)sqrt((double)(n - 1) * (double)(p - 1));
        for (long width = 1 + sigma / 50; width <= 4 * sigma; width *= 3) {
            double sum = mass(n, p, LONG_MIN, -6 * sigma - 1);
            long lo = -6 * sigma;
            for (; lo <= 6 * sigma; lo += width) sum += mass(n, p, lo, lo + width - 1);
            sum += mass(n, p, lo, LONG_MAX);
            ck_assert_double_eq_tol(sum, 1.0, 1e-12);
        }
        ck_assert_double_eq_tol(mass(n, p, LONG_MIN, LONG_MAX), 1.0, 1e-13);
        const hebb_crosstalk law = exact(n, p, false);
        assert_close(mass(n, p, LONG_MIN, -n), law.wrong, 1e-13);
        assert_close(mass(n, p, -(n - 1), -(n - 1)), law.tie, 1e-13);
    }
}
END_TEST

START_TEST(mass_of_a_narrow_bin_is_the_sum_of_its_values)
{
    const long n = 1000000000000000; /* where tails that differ by one value agree in eight digits */
    for (long offset = -5; offset <= 5; offset++) {
        const long lo = offset * 31622776;
        double sum = 0.0;
        for (long x = lo; x <= lo + 100; x++) sum += mass(2, n + 1, x, x);
        assert_close(mass(2, n + 1, lo, lo + 100), sum, 1e-13);
    }
}
END_TEST

START_TEST(mass_knows_the_parity_and_the_ends_of_the_sum)
{
    ck_assert_double_eq(mass(4, 2, -3, -3), 0.125);
    ck_assert_double_eq(mass(4, 2, -2, -2), 0.0);
    ck_assert_double_eq(mass(4, 2, 4, LONG_MAX), 0.0);
    ck_assert_double_eq(mass(4, 2, LONG_MIN, -4), 0.0);
    ck_assert_double_eq(mass(4, 2, -2, 0), 0.375);
    ck_assert_double_eq(mass(50, 1, 0, 0), 1.0);
    ck_assert_double_eq(mass(50, 1, 1, 7), 0.0);
    ck_assert_double_eq(mass(50, 9, LONG_MAX - 1, LONG_MAX), 0.0);
    ck_assert_double_eq(mass(50, 9, LONG_MIN, LONG_MIN + 1), 0.0);
}
END_TEST

START_TEST(capacities_separate_no_error_from_some)
{
    for (long n = 1000; n <= 1000000000; n *= 1000) {
        double one;
        double all;
        ck_assert_int_eq(hebb_crosstalk_capacity(n, &one, &all), HEBB_OK);
        const double size = (double)n;
        ck_assert_double_eq_tol(one * 2.0 * log(size), size, 1e-12 * size);
        ck_assert_double_eq_tol(all * 4.0 * log(size), size, 1e-12 * size);
        /* expected wrong bits of one pattern, of all: 1/sqrt(4 pi ln N) and less at the capacity, many at twice it */
        ck_assert_double_lt(size * gaussian(one / size), 1.0 / sqrt(4.0 * M_PI * log(size)));
        ck_assert_double_gt(size * gaussian(2.0 * one / size), 1.0);
        ck_assert_double_lt(size * all * gaussian(all / size), 1.0 / sqrt(4.0 * M_PI * log(size)));
        ck_assert_double_gt(size * all * gaussian(2.0 * all / size), 1.0);
    }
}
END_TEST

START_TEST(sizes_out_of_range_are_refused)
{
    static const double bad_alpha[] = {0.0, -0.1, NAN, INFINITY, -INFINITY};
    static const long bad_size[][2] = {
        {1, 5}, {0, 5}, {-3, 5}, {100, 0}, {100, -1}, {LONG_MAX, 3}, {LONG_MAX, LONG_MAX}};
    double p;
    double q;
    hebb_crosstalk law;
    for (size_t i = 0; i < sizeof bad_alpha / sizeof *bad_alpha; i++)
        ck_assert_int_eq(hebb_crosstalk_gaussian(bad_alpha[i], &p), HEBB_EDOM);
    for (size_t i = 0; i < sizeof bad_size / sizeof *bad_size; i++) {
        ck_assert_int_eq(hebb_crosstalk_exact(bad_size[i][0], bad_size[i][1], false, &law), HEBB_EDOM);
        ck_assert_int_eq(hebb_crosstalk_mass(bad_size[i][0], bad_size[i][1], 0, 1, &p), HEBB_EDOM);
    }
    ck_assert_int_eq(hebb_crosstalk_mass(100, 14, 1, 0, &p), HEBB_EDOM);
    ck_assert_int_eq(hebb_crosstalk_capacity(1, &p, &q), HEBB_EDOM);
}
END_TEST

START_TEST(the_largest_sizes_are_accepted)
{
    const long most = (long)HEBB_CROSSTALK_MAX_TERMS;
    ck_assert_double_eq_tol(exact(2, most + 1, false).wrong, 0.5, 1e-7);
    ck_assert_double_eq_tol(exact(1L << 26, 1L << 26, false).wrong, gsl_cdf_ugaussian_P(-1.0), 1e-7);
    ck_assert_double_eq_tol(mass(2, most + 1, -(1L << 26), 1L << 26), 1.0 - 2.0 * gsl_cdf_ugaussian_P(-1.0), 1e-7);
    hebb_crosstalk law;
    ck_assert_int_eq(hebb_crosstalk_exact(2, most + 2, false, &law), HEBB_EDOM);
}
END_TEST

int main(void)
{
    gsl_set_error_handler_off();
    Suite *suite = suite_create("crosstalk");
    TCase *laws = tcase_create("laws");
    tcase_add_test(laws, every_network_of_up_to_18_pattern_bits_is_counted);
    tcase_add_test(laws, exact_law_equals_a_recursion_in_long_double);
    tcase_add_test(laws, exact_law_holds_at_a_million_neurons);
    tcase_add_test(laws, exact_law_equals_gsl_to_its_accuracy);
    tcase_add_test(laws, a_hundred_neurons_with_fourteen_patterns);
    tcase_add_test(laws, exact_law_approaches_the_gaussian_with_the_known_1_over_n);
    tcase_add_test(laws, self_coupling_shifts_the_gaussian_and_is_worst_at_p_equal_n);
    tcase_add_test(laws, gaussian_law_gives_the_table_of_hertz_krogh_palmer);
    tcase_add_test(laws, gaussian_law_keeps_its_digits_down_to_the_smallest_loads);
    tcase_add_test(laws, the_gaussian_density_beyond_1_is_the_share_of_wrong_bits);
    tcase_add_test(laws, one_and_two_patterns_never_turn_a_bit);
    tcase_add_test(laws, mass_of_a_bin_equals_a_recursion_in_long_double);
    tcase_add_test(laws, masses_of_bins_tile_the_line);
    tcase_add_test(laws, mass_of_a_narrow_bin_is_the_sum_of_its_values);
    tcase_add_test(laws, mass_knows_the_parity_and_the_ends_of_the_sum);
    tcase_add_test(laws, capacities_separate_no_error_from_some);
    tcase_add_test(laws, sizes_out_of_range_are_refused);
    tcase_add_test(laws, the_largest_sizes_are_accepted);
    suite_add_tcase(suite, laws);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
