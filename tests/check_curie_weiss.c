/* One pattern: against enumeration, multiprecision sums, the limit's own equations, and 1/N corrections. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>

#include "curie_weiss.h"

static void assert_close(double got, long double want, double relative)
{
    const double error = (double)fabsl(got - want);
    ck_assert_msg(error <= relative * (double)fabsl(want), "got %.17g, want %.17Lg, relative error %.2g", got, want,
                  error / (double)fabsl(want));
}

static hebb_curie_weiss limit(double T)
{
    hebb_curie_weiss state;
    ck_assert_int_eq(hebb_curie_weiss_limit(T, &state), HEBB_OK);
    return state;
}

static hebb_curie_weiss exact(double T, long n)
{
    hebb_curie_weiss state;
    ck_assert_int_eq(hebb_curie_weiss_exact(T, n, &state), HEBB_OK);
    return state;
}

/* H = -(1/N) sum_{i<j} s_i s_j, pair by pair, for each of the 2^N states. */
static hebb_curie_weiss enumerate(double T, int n)
{
    long double z = 0.0L;
    long double sum = 0.0L;
    const long double ground = -0.5L * (n - 1);
    for (unsigned code = 0; code < 1U << n; code++) {
        long double energy = 0.0L;
        int M = 0;
        for (int i = 0; i < n; i++) {
            const int s_i = (code >> i) & 1 ? 1 : -1;
            M += s_i;
            for (int j = 0; j < i; j++) energy -= (long double)(s_i * ((code >> j) & 1 ? 1 : -1));
        }
        const long double weight = expl(-(energy / n - ground / 1.0L) / T);
        z += weight;
        sum += weight * abs(M);
    }
    return (hebb_curie_weiss){.m = (double)(sum / z / n), .f = (double)((ground - T * logl(z)) / n)};
}

START_TEST(every_state_of_up_to_14_spins_is_counted)
{
    static const double T[] = {0.01, 0.3, 0.9, 1.0, 1.1, 2.0, 1e3};
    for (int n = 1; n <= 14; n++)
        for (size_t k = 0; k < sizeof T / sizeof *T; k++) {
            const hebb_curie_weiss got = exact(T[k], n);
            const hebb_curie_weiss want = enumerate(T[k], n);
            assert_close(got.m, want.m, 2e-15);
            assert_close(got.f, want.f, 2e-15);
        }
}
END_TEST

START_TEST(sums_have_the_digits_of_multiprecision_ones)
{
    static const struct {
        double T;
        long n;
        long double m, f;
    } row[] = {
        {0.5, 17, 0.93746736388336170231L, -0.50417467843148419557L},
        {0.001, 50, 1.0L, -0.49001386294361119891L},
        {0.9, 1000, 0.51250261987535312668L, -0.6320559279473009704L},
        {1, 1001, 0.16157963167008098059L, -0.69467737270965909385L},
        {1.3, 100000, 0.0052520180816094058896L, -0.90109586555783450013L},
        {0.7, 1000000, 0.82863358270053844463L, -0.54802142949325429437L},
        {0.99999, 100001, 0.051223836655767309521L, -0.69316702839709610434L},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        const hebb_curie_weiss got = exact(row[k].T, row[k].n);
        assert_close(got.m, row[k].m, LDBL_MANT_DIG > 53 ? 2e-15 : 1e-11);
        assert_close(got.f, row[k].f, LDBL_MANT_DIG > 53 ? 2e-15 : 1e-11);
    }
}
END_TEST

/* The same sum from one end to the other, without a mode or a cut. */
START_TEST(sums_without_a_cut_are_the_same)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 1);
    for (int trial = 0; trial < 2000; trial++) {
        const long n = 1 + (long)exp(gsl_rng_uniform(rng) * log(3000.0));
        const double T = exp(log(0.05) + gsl_rng_uniform(rng) * log(60.0));
        long double log_weight = 0.0L; /* of M = N, less (N^2 - N)/(2NT) */
        long double z = 0.0L;
        long double sum = 0.0L;
        long double largest = -INFINITY;
        for (int pass = 0; pass < 2; pass++) {
            log_weight = 0.0L;
            for (long M = n; M >= -n; M -= 2) {
                if (pass == 0) largest = fmaxl(largest, log_weight);
                if (pass == 1) {
                    z += expl(log_weight - largest);
                    sum += expl(log_weight - largest) * (long double)labs(M);
                }
                log_weight +=
                    logl((long double)(n + M) / (long double)(n - M + 2)) - 2.0L * (M - 1) / (n * (long double)T);
            }
        }
        const hebb_curie_weiss got = exact(T, n);
        const long double f = -0.5L * (n - 1) / n - T / (long double)n * (logl(z) + largest);
        assert_close(got.m, sum / z / n, LDBL_MANT_DIG > 53 ? 1e-13 : 1e-10);
        assert_close(got.f, f, LDBL_MANT_DIG > 53 ? 1e-13 : 1e-10);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(the_limit_solves_its_equation_at_random_temperatures)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 2);
    for (int trial = 0; trial < 20000; trial++) {
        const double u = gsl_rng_uniform(rng);
        const double T = trial % 3 == 0 ? 1.0 - pow(10.0, -15.0 * u) : trial % 3 == 1 ? u : pow(10.0, -300.0 * u);
        if (T >= 1.0 || T <= 0.0) continue;
        const hebb_curie_weiss at = limit(T);
        ck_assert(at.m > 0.0 && at.m <= 1.0);
        ck_assert_double_eq_tol(at.m, tanh(at.m / T), 4e-16);
        const double x = at.m / T;
        ck_assert_double_eq_tol(at.f, 0.5 * at.m * at.m - at.m - T * log1p(exp(-2.0 * x)), 1e-15);
        if (T > 0.05 && T < 0.95) { /* df/dT = -s, s = ln 2cosh x - x tanh x */
            const double d = 1e-4 * T;
            const double slope = (limit(T + d).f - limit(T - d).f) / (2.0 * d);
            ck_assert_double_eq_tol(slope, x * tanh(x) - x - log1p(exp(-2.0 * x)), 1e-6);
        }
    }
    gsl_rng_free(rng);
}
END_TEST

/* m = tanh(m/T) with t = 1-T: m^2 = 3t - (12/5) t^2 + (12/175) t^3 + ... */
START_TEST(the_overlap_keeps_its_digits_near_the_critical_temperature)
{
    for (int k = 10; k <= 50; k++) {
        const double t = ldexp(1.0, -k);
        const long double m = sqrtl(3.0L * t * (1.0L - 0.8L * t + 4.0L / 175.0L * t * t));
        assert_close(limit(1.0 - t).m, m, 1e-15 + (double)(t * t * t));
    }
    ck_assert_double_eq(limit(1.0).m, 0.0);
    ck_assert_double_eq(limit(7.0).m, 0.0);
    ck_assert_double_eq(limit(7.0).f, -7.0 * M_LN2);
}
END_TEST

/* By the integral over M of exp(-N f(M)/T): f_N = f + 1/(2N) - (T/N) ln(c/sqrt(f'')) with c = 2, above T = 1 c = 1. */
START_TEST(free_energies_approach_the_limit_with_the_known_1_over_n)
{
    static const double T[] = {0.3, 0.6, 0.8, 1.5, 3.0};
    for (size_t k = 0; k < sizeof T / sizeof *T; k++) {
        const hebb_curie_weiss at = limit(T[k]);
        const double curvature = 1.0 - (1.0 - at.m * at.m) / T[k];
        const double first = 0.5 - T[k] * log((T[k] < 1.0 ? 2.0 : 1.0) / sqrt(curvature));
        const double rest_4 = (exact(T[k], 10000).f - at.f) * 1e4 - first;
        const double rest_5 = (exact(T[k], 100000).f - at.f) * 1e5 - first;
        ck_assert_double_eq_tol(rest_4, 0.0, 2e-3);
        ck_assert_double_eq_tol(rest_5, 0.1 * rest_4, 1e-9 + 0.01 * fabs(rest_4));
    }
}
END_TEST

/* At T = 1 the law of M/N is exp(-N m^4/12): <|m|> = (12/N)^(1/4) Gamma(1/2)/Gamma(1/4), corrections N^(-1/2). */
START_TEST(the_largest_sizes_at_the_critical_temperature)
{
    const double scale = sqrt(M_PI) / gsl_sf_gamma(0.25);
    ck_assert_double_eq_tol(exact(1.0, 10000000).m / (pow(12e-7, 0.25) * scale), 1.0, 3e-4);
    ck_assert_double_eq_tol(exact(1.0, HEBB_CURIE_WEISS_MAX_NEURONS).m / (pow(12e-8, 0.25) * scale), 1.0, 1e-4);
    ck_assert_double_eq_tol(exact(2.0, 10000000).m, sqrt(2.0 / M_PI * 2e-7), 1e-9); /* Gaussian, <m^2> = 1/(N(1-1/T)) */
}
END_TEST

START_TEST(zero_and_tiny_temperatures_are_the_ground_state)
{
    for (long n = 1; n <= 1000000; n = 3 * n + 1) {
        const double energy = -0.5 * (double)(n - 1) / (double)n;
        ck_assert_double_eq(exact(0.0, n).m, 1.0);
        ck_assert_double_eq(exact(0.0, n).f, energy);
        ck_assert_double_eq_tol(exact(1e-320, n).m, 1.0, 1e-16);
        ck_assert_double_eq_tol(exact(1e-320, n).f, energy, 1e-16);
    }
    ck_assert_double_eq(limit(0.0).m, 1.0);
    ck_assert_double_eq(limit(0.0).f, -0.5);
    ck_assert_double_eq_tol(exact(1e300, 1000).f / 1e300, -M_LN2, 1e-15);
}
END_TEST

static hebb_curie_weiss_averages average(double T, long n)
{
    hebb_curie_weiss_averages x;
    ck_assert_int_eq(hebb_curie_weiss_average(T, n, &x), HEBB_OK);
    return x;
}

/* Energies pair by pair, for each of the 2^N states; counts: N + 1 numbers. */
static void enumerate_law(double T, int n, long double *probability, long double *energy)
{
    long double z = 0.0L;
    *energy = 0.0L;
    for (int k = 0; k <= n; k++) probability[k] = 0.0L;
    for (unsigned code = 0; code < 1U << n; code++) {
        long double pairs = 0.0L;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++) pairs += ((code >> i) & 1) == ((code >> j) & 1) ? 1.0L : -1.0L;
        const long double weight = expl((pairs / n - 0.5L * (n - 1)) / T);
        probability[__builtin_popcount(code)] += weight;
        *energy -= weight * pairs / n;
        z += weight;
    }
    *energy /= z * n;
    for (int k = 0; k <= n; k++) probability[k] /= z;
}

START_TEST(averages_and_law_are_those_of_every_state_of_up_to_12_spins)
{
    static const double T[] = {0.1, 0.5, 1.0, 1.7, 50.0};
    for (int n = 1; n <= 12; n++)
        for (size_t k = 0; k < sizeof T / sizeof *T; k++) {
            long double want[13], energy, m = 0.0L, m2 = 0.0L, m4 = 0.0L;
            double law[13];
            enumerate_law(T[k], n, want, &energy);
            ck_assert_int_eq(hebb_curie_weiss_law(T[k], n, law), HEBB_OK);
            for (int up = 0; up <= n; up++) {
                const long double x = (2.0L * up - n) / n;
                assert_close(law[up], want[up], 1e-14);
                m += want[up] * fabsl(x);
                m2 += want[up] * x * x;
                m4 += want[up] * x * x * x * x;
            }
            const hebb_curie_weiss_averages got = average(T[k], n);
            assert_close(got.m, m, 2e-15);
            assert_close(got.m2, m2, 2e-15);
            assert_close(got.m4, m4, 2e-15);
            ck_assert_double_eq_tol(got.energy, (double)energy, 2e-15);
            ck_assert_double_eq_tol(got.susceptibility, (double)(n / T[k] * (m2 - m * m)), 1e-14 * n / T[k]);
            ck_assert_double_eq_tol(got.binder, (double)(1.0L - m4 / (3.0L * m2 * m2)), 4e-15);
        }
}
END_TEST

START_TEST(susceptibilities_and_cumulants_have_the_digits_of_multiprecision_ones)
{
    static const struct {
        double T;
        long n;
        long double susceptibility, binder;
    } row[] = {
        {0.1, 50, 1.2299523984951146447e-7L, 0.66666666635166765867L},
        {0.3, 1000, 0.017645321050538744926L, 0.66665958638192824496L},
        {0.9, 1000, 4.928000601563926884L, 0.64646889985826050757L},
        {1.0, 1001, 10.639628093449399388L, 0.2814116218977389814L},
        {0.99, 30001, 79.569358151347381847L, 0.56525599418410902685L},
        {1.3, 20000, 1.2100793757210744739L, 0.00062398729557609495904L},
        {50.0, 100, 0.0074765528633065559282L, 0.0069385768234264632503L},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        const hebb_curie_weiss_averages got = average(row[k].T, row[k].n);
        const double allowed = LDBL_MANT_DIG > 53 ? 2e-15 : 1e-11;
        assert_close(got.susceptibility, row[k].susceptibility, allowed);
        ck_assert_double_eq_tol(got.binder, (double)row[k].binder, allowed);
    }
}
END_TEST

START_TEST(a_law_of_many_spins_has_the_averages)
{
    enum { N = 20001 };
    static double law[N + 1];
    static const double T[] = {0.3, 0.95, 1.0, 1.4};
    for (size_t k = 0; k < sizeof T / sizeof *T; k++) {
        long double sum = 0.0L, m = 0.0L, m2 = 0.0L;
        ck_assert_int_eq(hebb_curie_weiss_law(T[k], N, law), HEBB_OK);
        for (int up = 0; up <= N; up++) {
            const long double x = (2.0L * up - N) / N;
            ck_assert_double_eq(law[up], law[N - up]);
            sum += law[up];
            m += law[up] * fabsl(x);
            m2 += law[up] * x * x;
        }
        const hebb_curie_weiss_averages want = average(T[k], N);
        assert_close((double)sum, 1.0L, 1e-12);
        assert_close((double)m, want.m, 1e-12);
        assert_close((double)m2, want.m2, 1e-12);
        ck_assert_double_eq_tol(want.susceptibility, (double)(N / T[k] * (m2 - m * m)), 1e-8 * want.susceptibility);
        ck_assert_double_eq(want.m, exact(T[k], N).m);
    }
}
END_TEST

/* Corrections are of order 1/N, at T = 1 of order N^(-1/2). */
START_TEST(averages_approach_their_limits)
{
    static const double T[] = {0.4, 0.8, 1.0, 1.3, 3.0};
    for (size_t k = 0; k < sizeof T / sizeof *T; k++) {
        const hebb_curie_weiss_averages far = average(T[k], 100000), farther = average(T[k], 10000000);
        hebb_curie_weiss_averages limit_;
        ck_assert_int_eq(hebb_curie_weiss_average_limit(T[k], &limit_), HEBB_OK);
        const double order = T[k] == 1.0 ? 0.1 : 0.01, allowed = T[k] == 1.0 ? 1e-3 : 1e-5;
        ck_assert_double_eq_tol(farther.binder, limit_.binder, allowed);
        ck_assert_double_eq_tol(farther.binder - limit_.binder, order * (far.binder - limit_.binder),
                                0.1 * order * fabs(far.binder - limit_.binder) + 1e-13);
        ck_assert_double_eq_tol(farther.energy, limit_.energy, T[k] == 1.0 ? 1e-3 : 1e-6);
        if (T[k] == 1.0)
            ck_assert_double_eq(limit_.susceptibility, INFINITY);
        else
            ck_assert_double_eq_tol(farther.susceptibility, limit_.susceptibility, 1e-4 * limit_.susceptibility);
    }
    ck_assert(isnan(average(0.0, 10).susceptibility));
    ck_assert_double_eq_tol(average(0.0, 10).energy, -0.45, 1e-16);
}
END_TEST

START_TEST(values_out_of_range_are_refused)
{
    hebb_curie_weiss state;
    hebb_curie_weiss_averages averages;
    double law[11];
    static const double bad[] = {-1e-300, -1.0, NAN, INFINITY, -INFINITY};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        ck_assert_int_eq(hebb_curie_weiss_limit(bad[k], &state), HEBB_EDOM);
        ck_assert_int_eq(hebb_curie_weiss_exact(bad[k], 10, &state), HEBB_EDOM);
        ck_assert_int_eq(hebb_curie_weiss_average(bad[k], 10, &averages), HEBB_EDOM);
        ck_assert_int_eq(hebb_curie_weiss_average_limit(bad[k], &averages), HEBB_EDOM);
        ck_assert_int_eq(hebb_curie_weiss_law(bad[k], 10, law), HEBB_EDOM);
    }
    ck_assert_int_eq(hebb_curie_weiss_law(0.0, 10, law), HEBB_EDOM);
    ck_assert_int_eq(hebb_curie_weiss_law(1.0, 0, law), HEBB_EDOM);
    ck_assert_int_eq(hebb_curie_weiss_average(1.0, 0, &averages), HEBB_EDOM);
    ck_assert_int_eq(hebb_curie_weiss_exact(1.0, 0, &state), HEBB_EDOM);
    ck_assert_int_eq(hebb_curie_weiss_exact(1.0, -5, &state), HEBB_EDOM);
    ck_assert_int_eq(hebb_curie_weiss_exact(1.0, HEBB_CURIE_WEISS_MAX_NEURONS + 1, &state), HEBB_EDOM);
}
END_TEST

int main(void)
{
    gsl_set_error_handler_off();
    Suite *suite = suite_create("curie_weiss");
    TCase *sums = tcase_create("sums");
    tcase_add_test(sums, every_state_of_up_to_14_spins_is_counted);
    tcase_add_test(sums, sums_have_the_digits_of_multiprecision_ones);
    tcase_add_test(sums, sums_without_a_cut_are_the_same);
    tcase_add_test(sums, the_limit_solves_its_equation_at_random_temperatures);
    tcase_add_test(sums, the_overlap_keeps_its_digits_near_the_critical_temperature);
    tcase_add_test(sums, free_energies_approach_the_limit_with_the_known_1_over_n);
    tcase_add_test(sums, the_largest_sizes_at_the_critical_temperature);
    tcase_add_test(sums, zero_and_tiny_temperatures_are_the_ground_state);
    tcase_add_test(sums, averages_and_law_are_those_of_every_state_of_up_to_12_spins);
    tcase_add_test(sums, susceptibilities_and_cumulants_have_the_digits_of_multiprecision_ones);
    tcase_add_test(sums, a_law_of_many_spins_has_the_averages);
    tcase_add_test(sums, averages_approach_their_limits);
    tcase_add_test(sums, values_out_of_range_are_refused);
    suite_add_tcase(suite, sums);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
