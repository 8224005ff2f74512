/* mixture_shift against full contraction of the derivatives, and against exact sums over all states of small networks. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mixture_shift.h"
#include "three_patterns.h"

static hebb_mixture mixture(int n, double T)
{
    hebb_mixture at;
    ck_assert_int_eq(hebb_mixture_solve(n, T, &at), HEBB_OK);
    return at;
}

static hebb_mixture_shift shift_of(int n, double T)
{
    const hebb_mixture at = mixture(n, T);
    hebb_mixture_shift shift;
    ck_assert_int_eq(hebb_mixture_shift_find(&at, &shift), HEBB_OK);
    return shift;
}

enum { MAX_N = 7 };

/* Derivative of -T <ln 2cosh(M.xi/T)> along k <= 4 patterns, by enumeration of the signs. */
static double derivative(int n, double m, double T, int k, const int *index)
{
    double sum = 0.0;
    for (int code = 0; code < 1 << n; code++) {
        double z = 0.0, product = 1.0;
        for (int mu = 0; mu < n; mu++) z += code >> mu & 1 ? -1 : 1;
        for (int j = 0; j < k; j++) product *= code >> index[j] & 1 ? -1.0 : 1.0;
        const double t = tanh(m * z / T), s = 1.0 - t * t;
        const double of_h[] = {0.0, 0.0, -s / T, 2.0 * t * s / (T * T), (2.0 * s * s - 4.0 * t * t * s) / (T * T * T)};
        sum += product * of_h[k];
    }
    return ldexp(sum, -n);
}

static double three(int n, double m, double T, int a, int b, int c)
{
    return derivative(n, m, T, 3, (const int[]){a, b, c});
}

/* All sums over all indices: the formulas of the header as they stand there. */
static void contract(const hebb_mixture *at, double *mean, double *transverse)
{
    const int n = at->order;
    const double T = at->temperature;
    double G[MAX_N][MAX_N], f[MAX_N][MAX_N][MAX_N], d[MAX_N], P[2] = {0.0, 0.0};
    for (int a = 0; a < n; a++)
        for (int b = 0; b < n; b++) {
            G[a][b] = (a == b) / at->eig_transverse + (1.0 / at->eig_longitudinal - 1.0 / at->eig_transverse) / n;
            for (int c = 0; c < n; c++) f[a][b][c] = three(n, at->m, T, a, b, c);
        }
    for (int k = 0; k < n; k++) {
        d[k] = 0.0;
        for (int a = 0; a < n; a++)
            for (int b = 0; b < n; b++)
                for (int c = 0; c < n; c++) d[k] -= 0.5 * G[k][a] * f[a][b][c] * G[b][c];
    }
    for (int j = 0; j < 2; j++)
        for (int a = 0; a < n; a++) {
            P[j] += f[0][j][a] * d[a];
            for (int b = 0; b < n; b++) {
                P[j] += 0.5 * derivative(n, at->m, T, 4, (const int[]){0, j, a, b}) * G[a][b];
                for (int c = 0; c < n; c++)
                    for (int e = 0; e < n; e++) P[j] -= 0.5 * f[0][a][b] * G[a][c] * G[b][e] * f[j][c][e];
            }
        }
    *mean = T * d[0];
    *transverse = T * (P[0] - P[1]);
}

START_TEST(the_closed_form_is_the_contraction_over_all_indices)
{
    for (int n = 3; n <= 5; n += 2)
        for (double T = 0.1; T < 0.37; T += 0.05) {
            const hebb_mixture at = mixture(n, T);
            const hebb_mixture_shift shift = shift_of(n, T);
            double mean, transverse;
            contract(&at, &mean, &transverse);
            ck_assert_double_eq_tol(shift.m, mean, 1e-9 * fabs(mean));
            ck_assert_double_eq_tol(shift.eig_transverse, transverse, 1e-9 * fabs(transverse));
        }
}
END_TEST

/* N spins along one pattern: the sum over their magnetisation, in the half with m > 0. */
static double exact_overlap(int n_neurons, double T)
{
    double sum = 0.0, moment = 0.0;
    for (int k = 0; 2 * k < n_neurons; k++) {
        const double m = 1.0 - 2.0 * k / n_neurons;
        const double weight = exp(lgamma(n_neurons + 1.0) - lgamma(k + 1.0) - lgamma(n_neurons - k + 1.0) +
                                  n_neurons * (m * m - 1.0) / (2.0 * T));
        sum += weight;
        moment += weight * m;
    }
    return moment / sum;
}

START_TEST(one_pattern_at_finite_size_is_shifted_as_its_exact_sum_says)
{
    for (double T = 0.3; T < 0.75; T += 0.2) {
        const double shift = shift_of(1, T).m;
        const double near = 1000.0 * (exact_overlap(1000, T) - mixture(1, T).m);
        const double far = 2000.0 * (exact_overlap(2000, T) - mixture(1, T).m);
        ck_assert_double_eq_tol(2.0 * far - near, shift, 2e-3 * fabs(shift)); /* 1/N extrapolated away */
    }
    ck_assert(isnan(shift_of(1, 0.5).eig_transverse));
}
END_TEST

/* From x_k at N = 128, 192, 256 what is left of x = a + b/N + c/N^2 for infinite N. */
static double limit(const double x[3])
{
    return 2.0 * x[0] - 9.0 * x[1] + 8.0 * x[2];
}

/* Barriers of 18 T and more. */
START_TEST(three_patterns_at_finite_size_are_shifted_as_their_exact_sums_say)
{
    const double T = 0.14;
    const hebb_mixture at = mixture(3, T);
    const hebb_mixture_shift shift = shift_of(3, T);
    double eigenvalues[3], overlaps[3];
    for (int k = 0; k < 3; k++) {
        const int n_neurons = 128 + 64 * k;
        const three_patterns exact = three_patterns_sum(n_neurons, T);
        eigenvalues[k] = n_neurons * (exact.eig_transverse - at.eig_transverse);
        overlaps[k] = n_neurons * (exact.m - at.m);
        ck_assert_double_eq_tol(exact.eig_longitudinal, at.eig_longitudinal, 0.005);
    }
    ck_assert_double_eq_tol(limit(eigenvalues), shift.eig_transverse, 0.03 * fabs(shift.eig_transverse));
    ck_assert_double_eq_tol(limit(overlaps), shift.m, 0.03 * fabs(shift.m));
}
END_TEST

START_TEST(without_a_minimum_there_is_nothing_to_expand_about)
{
    const hebb_mixture even = mixture(4, 0.3), hot = mixture(3, 0.5), cold = mixture(3, 0.0);
    hebb_mixture_shift shift;
    ck_assert_int_eq(hebb_mixture_shift_find(&even, &shift), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_mixture_shift_find(&hot, &shift), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_mixture_shift_find(&cold, &shift), HEBB_ENOSOLUTION);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mixture_shift");
    TCase *all = tcase_create("all");
    tcase_add_test(all, the_closed_form_is_the_contraction_over_all_indices);
    tcase_add_test(all, one_pattern_at_finite_size_is_shifted_as_its_exact_sum_says);
    tcase_add_test(all, three_patterns_at_finite_size_are_shifted_as_their_exact_sums_say);
    tcase_add_test(all, without_a_minimum_there_is_nothing_to_expand_about);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
