/* pattern_stability against its own equations, enumeration, a simulation of its premises, limits and refusals. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "dense_capacity.h"
#include "pattern_stability.h"

static void assert_close(double got, double want, double relative)
{
    ck_assert_msg(fabs(got - want) <= relative * fabs(want), "got %.17g, want %.17g", got, want);
}

static hebb_pattern_half half_of(int degree, bool rectified, long n_neurons)
{
    hebb_pattern_half half;
    ck_assert_int_eq(hebb_pattern_half_solve((hebb_dense_energy){degree, rectified}, n_neurons, &half), HEBB_OK);
    return half;
}

static double stable_at(int degree, bool rectified, long n_neurons, long n_patterns)
{
    hebb_dense_noise noise;
    hebb_dense_law law;
    ck_assert_int_eq(hebb_dense_noise_init(&noise, (hebb_dense_energy){degree, rectified}, n_neurons), HEBB_OK);
    ck_assert_int_eq(hebb_dense_one_step(&noise, n_patterns, &law), HEBB_OK);
    hebb_dense_noise_free(&noise);
    return pow(1.0 - law.wrong, (double)n_neurons);
}

START_TEST(half_of_the_patterns_are_stable_on_either_side_of_k_half)
{
    static const struct {
        int degree, rectified;
        long n_neurons;
    } rows[] = {{2, 0, 50}, {2, 0, 1000}, {3, 0, 30}, {3, 0, 200}, {3, 1, 60}, {4, 0, 60}, {4, 1, 30}, {5, 0, 20}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        const hebb_pattern_half half = half_of(rows[k].degree, rows[k].rectified, rows[k].n_neurons);
        const long low = (long)floor(half.exact);
        ck_assert_double_ge(stable_at(rows[k].degree, rows[k].rectified, rows[k].n_neurons, low), 0.5);
        ck_assert_double_lt(stable_at(rows[k].degree, rows[k].rectified, rows[k].n_neurons, low + 1), 0.5);
    }
}
END_TEST

START_TEST(the_gaussian_k_half_is_the_formula)
{
    for (int degree = 2; degree <= 5; degree++)
        for (double n = 10.0; n <= 1e4; n *= 10.0) {
            double k, z, p_error;
            const hebb_dense_energy energy = {degree, false}, rectified = {degree, true};
            ck_assert_int_eq(hebb_pattern_half_gaussian(energy, n, &k, &z), HEBB_OK);
            assert_close(gsl_cdf_ugaussian_P(z), 1.0 - M_LN2 / n, 1e-14);
            assert_close(k, pow(n, degree - 1) / (hebb_dense_double_factorial(degree) * z * z), 1e-14);
            ck_assert_int_eq(hebb_dense_gaussian(degree, 0, n, k, &p_error), HEBB_OK);
            assert_close(p_error, M_LN2 / n, 1e-11);
            double twice;
            ck_assert_int_eq(hebb_pattern_half_gaussian(rectified, n, &twice, NULL), HEBB_OK);
            assert_close(twice, 2.0 * k, 1e-15);
        }
}
END_TEST

/* The exact law's excess over the Gaussian one falls with N, and so does the correction. */
START_TEST(the_laws_of_k_half_meet_at_large_sizes)
{
    static const long sizes[][2] = {{500, 2000}, {100, 300}, {60, 120}};
    for (int degree = 2; degree <= 4; degree++) {
        const hebb_pattern_half small = half_of(degree, false, sizes[degree - 2][0]),
                                large = half_of(degree, false, sizes[degree - 2][1]);
        ck_assert_double_lt(fabs(large.exact / large.gaussian - 1.0), 0.7 * fabs(small.exact / small.gaussian - 1.0));
        ck_assert_double_lt(large.terms, 0.7 * small.terms);
        ck_assert_double_lt(large.terms, 0.06);
        ck_assert_double_le(fabs(large.shift), large.terms);
    }
}
END_TEST

/* ---- the cumulants behind the correction ---- */

/*
 * E[x_1 x_2 .. ] over two bits' noise from one pattern, exactly: x_i G(sum of the others), by the N - 2 signs that both
 * share.
 */
static double joint_moment(int degree, int n, int i_power, int j_power)
{
    double sum = 0.0, binomial = pow(0.5, n - 2);
    for (int k = 0; k <= n - 2; k++) {
        const int a = 2 * k - (n - 2);
        for (int bits = 0; bits < 4; bits++) {
            const int xi = bits & 1 ? 1 : -1, xj = bits & 2 ? 1 : -1;
            const double gi = pow(a + xj + 1, degree) - pow(a + xj - 1, degree);
            const double gj = pow(a + xi + 1, degree) - pow(a + xi - 1, degree);
            sum += 0.25 * binomial * pow(xi * gi, i_power) * pow(xj * gj, j_power);
        }
        binomial *= (double)(n - 2 - k) / (double)(k + 1);
    }
    return sum;
}

/* The three terms, put together from joint moments of a finite network, against the leading forms. */
START_TEST(the_correction_is_made_of_the_joint_cumulants_of_two_bits)
{
    static const int sizes[] = {800, 300, 150};
    for (int degree = 2; degree <= 4; degree++) {
        const int n = sizes[degree - 2];
        const hebb_pattern_half half = half_of(degree, false, n);
        const double k = half.exact, z = half.z, second = joint_moment(degree, n, 2, 0);
        const double rho = joint_moment(degree, n, 1, 1) / second;
        const double k_21 = joint_moment(degree, n, 2, 1) / (sqrt(k) * pow(second, 1.5));
        const double k_22 = (joint_moment(degree, n, 2, 2) / (second * second) - 1.0 - 2.0 * rho * rho) / k;
        const double hazard = exp(-0.5 * z * z) / sqrt(2.0 * M_PI) / (M_LN2 / n);
        const double want = M_LN2 * hazard / z * (rho - z * k_21 + 0.25 * z * z * k_22);
        ck_assert_double_eq_tol(half.shift, want, 0.05 * half.terms);
        if (degree == 3) ck_assert_double_eq_tol(k_21, 0.0, 1e-12);
    }
}
END_TEST

/* ---- the exponential memory ---- */

/* Every set of K patterns of N bits: those without a pair that differs in one bit. */
static double share_without_a_pair(int n, int k)
{
    const unsigned n_codes = 1U << (n * k), mask = (1U << n) - 1;
    unsigned n_without = 0;
    for (unsigned code = 0; code < n_codes; code++) {
        bool has_pair = false;
        for (int a = 0; a < k && !has_pair; a++)
            for (int b = 0; b < a; b++)
                has_pair |= __builtin_popcount(((code >> (a * n)) ^ (code >> (b * n))) & mask) == 1;
        n_without += !has_pair;
    }
    return (double)n_without / n_codes;
}

/* Pairs are independent two by two, so the exponential holds where they are few. */
START_TEST(all_are_stable_where_no_two_differ_in_one_bit)
{
    static const int sizes[][2] = {{10, 2}, {8, 2}, {6, 3}, {5, 3}, {7, 2}, {4, 4}};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        const double n = sizes[s][0], k = sizes[s][1], p = n * exp2(-n);
        const double want = share_without_a_pair(sizes[s][0], sizes[s][1]);
        ck_assert_double_eq_tol(hebb_pattern_all_stable(n, k), want, k * (k - 1.0) * p * p * k);
    }
}
END_TEST

START_TEST(the_exponential_k_c_solves_its_equation_and_tends_to_the_leading_form)
{
    for (double n = 10.0; n <= 60.0; n += 5.0) {
        const double k = hebb_pattern_all_half(n);
        assert_close(hebb_pattern_all_stable(n, k), 0.5, 1e-12);
        const double leading = 0.5 * n * M_LN2 + 0.5 * log(2.0 * M_LN2) - 0.5 * log(n);
        assert_close(k - 0.5, exp(leading), 1.0 / (k * k) + 1e-13);
        assert_close(hebb_pattern_all_leading(n), exp(leading), 1e-13);
    }
}
END_TEST

START_TEST(sizes_out_of_range_are_refused)
{
    hebb_pattern_half half;
    double k;
    ck_assert_int_eq(hebb_pattern_half_solve((hebb_dense_energy){3, false}, 2, &half), HEBB_EDOM);
    ck_assert_int_eq(hebb_pattern_half_solve((hebb_dense_energy){1, false}, 20, &half), HEBB_EDOM);
    ck_assert_int_eq(hebb_pattern_half_solve((hebb_dense_energy){3, false}, 20000, &half), HEBB_EDOM);
    ck_assert(isfinite(half.gaussian) && isnan(half.exact) && isnan(half.shift));
    ck_assert_int_eq(hebb_pattern_half_gaussian((hebb_dense_energy){3, false}, NAN, &k, NULL), HEBB_EDOM);
    for (long n = 3; n <= 12; n++)
        for (int degree = 2; degree <= 4; degree++) {
            const hebb_status status = hebb_pattern_half_solve((hebb_dense_energy){degree, n % 2}, n, &half);
            ck_assert(status == HEBB_OK ? half.exact >= 1.0 : status == HEBB_ENOSOLUTION || status == HEBB_ENOCONV);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pattern stability");
    TCase *all = tcase_create("all");
    tcase_add_test(all, half_of_the_patterns_are_stable_on_either_side_of_k_half);
    tcase_add_test(all, the_gaussian_k_half_is_the_formula);
    tcase_add_test(all, the_laws_of_k_half_meet_at_large_sizes);
    tcase_add_test(all, the_correction_is_made_of_the_joint_cumulants_of_two_bits);
    tcase_add_test(all, all_are_stable_where_no_two_differ_in_one_bit);
    tcase_add_test(all, the_exponential_k_c_solves_its_equation_and_tends_to_the_leading_form);
    tcase_add_test(all, sizes_out_of_range_are_refused);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
