/* The mean-field-accuracy experiment against its theory, its files, and refusals; the theory's own limits. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment_results.h"
#include "mean_field_error.h"

/* B = 0: V = 0, d = 1, and all that is left are the free energies; two units: no triangles. */
START_TEST(without_biases_the_errors_are_whole_numbers_over_powers_of_n)
{
    const hebb_mean_field_error bare = hebb_mean_field_error_at(10.0, 0.0), two = hebb_mean_field_error_at(2.0, 0.7),
                                three = hebb_mean_field_error_at(3.0, 0.7);
    ck_assert_double_eq(bare.naive_means, 0.0);
    ck_assert_double_eq(bare.tap_means, 0.0);
    ck_assert_double_eq_tol(bare.naive_free_energy, 9.0 / 40.0, 1e-14);
    ck_assert_double_eq_tol(bare.tap_free_energy, 72.0 / 6.0 / 1e4, 1e-16);
    ck_assert_double_eq_tol(three.naive_free_energy / two.naive_free_energy, (2.0 / 12.0) / (1.0 / 8.0), 1e-14);
}
END_TEST

/*
 * Two units are a formula: <s_1> = (tanh b_1 + tanh w tanh b_2)/(1 + tanh w tanh b_1 tanh b_2).  Naive and TAP
 * equations are solved here to order w^3, and the squares averaged over b by a sum of its own over a square of z.
 */
START_TEST(two_units_can_be_averaged_by_hand)
{
    static const double W = 1e-3, B = 0.7, STEP = 0.05;
    double naive = 0.0, tap = 0.0;
    for (int i = -160; i <= 160; i++)
        for (int j = -160; j <= 160; j++) {
            const double x = i * STEP, y = j * STEP, a = tanh(B * x), b = tanh(B * y), t = tanh(W);
            const double weight = exp(-0.5 * (x * x + y * y)) * STEP * STEP / (2.0 * M_PI);
            const double exact = (a + t * b) / (1.0 + t * a * b);
            double v = a, u = b, p = a, q = b;
            for (int k = 0; k < 8; k++) {
                const double v0 = v, p0 = p;
                v = tanh(B * x + W * u);
                u = tanh(B * y + W * v0);
                p = tanh(B * x + W * q - p * W * W * (1.0 - q * q));
                q = tanh(B * y + W * p0 - q * W * W * (1.0 - p0 * p0));
            }
            naive += weight * (v - exact) * (v - exact);
            tap += weight * (p - exact) * (p - exact);
        }
    const hebb_mean_field_error law = hebb_mean_field_error_at(2.0, B);
    /* <w^4> = 3 g^4/N^2, <w^6> = 15 g^6/N^3 */
    ck_assert_double_eq_tol(naive / pow(W, 4.0) * 3.0 / 4.0 / law.naive_means, 1.0, 1e-3);
    ck_assert_double_eq_tol(tap / pow(W, 6.0) * 15.0 / 8.0 / law.tap_means, 1.0, 2e-3);
}
END_TEST

/* The widest biases, where an average has its sharpest peak, against sums eight times as fine. */
START_TEST(averages_over_wide_biases_are_right_too)
{
    static const double B = 10.0, STEP = 1.0 / 512.0;
    double d1 = 0.0, d2 = 0.0, a2 = 0.0, slope2 = 0.0;
    for (int k = -5000; k <= 5000; k++) {
        const double z = k * STEP, weight = exp(-0.5 * z * z) * STEP / sqrt(2.0 * M_PI), v = tanh(B * z);
        const double d = 1.0 / (cosh(B * z) * cosh(B * z));
        d1 += weight * d;
        d2 += weight * d * d;
        a2 += weight * v * v * d * d;
        slope2 += weight * d * d * (1.0 - 3.0 * v * v) * (1.0 - 3.0 * v * v);
    }
    const hebb_mean_field_error law = hebb_mean_field_error_at(3.0, B);
    ck_assert_double_eq_tol(law.naive_means, a2 * (6.0 * d2 + 2.0 * d1 * d1) / 9.0, 1e-13 * law.naive_means);
    ck_assert_double_eq_tol(law.naive_free_energy, d1 * d1 / 6.0, 1e-13 * law.naive_free_energy);
    ck_assert_double_eq_tol(law.tap_means, a2 * (40.0 / 3.0 * slope2 + 4.0 * d2 * d2) / 27.0, 1e-13 * law.tap_means);
    ck_assert_double_eq_tol(law.tap_free_energy, (20.0 / 3.0 * a2 * a2 + d2 * d2 * d2 / 3.0) / 81.0,
                            1e-13 * law.tap_free_energy);
}
END_TEST

/* Four laws, of which disagreement by chance has the probability .0027 (Holm); the bounds are exact. */
START_TEST(small_couplings_follow_their_laws)
{
    const hebb_verdict_count verdicts = experiment_run(
        "mean-field-accuracy", (const char *[]){"units=8", "coupling=0.05,0.1", "field=0.8", "replicas=1500", NULL});
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_ge(verdicts.n_agree, 4); /* bounds, and the naive laws, known to 2 % */
    result_table *summary = result_read("summary.csv");
    for (size_t k = 0; k < summary->n_rows; k++) { /* known to 3 and 5 % */
        ck_assert_double_eq_tol(
            result_cell(summary, k, "naive_square") / result_cell(summary, k, "naive_square_theory"), 1.0, 0.15);
        ck_assert_double_eq_tol(result_cell(summary, k, "tap_square") / result_cell(summary, k, "tap_square_theory"),
                                1.0, 0.25);
        ck_assert_double_eq(result_cell(summary, k, "tap_settled"), 1.0);
        ck_assert_double_lt(result_cell(summary, k, "tap_square"), result_cell(summary, k, "naive_square"));
    }
    result_free(summary);
}
END_TEST

/* Without biases, far above g = T/2, naive means are not 0 though the exact ones are. */
START_TEST(strong_couplings_without_biases_break_the_symmetry)
{
    (void)experiment_run("mean-field-accuracy",
                         (const char *[]){"units=9", "coupling=0.1,0.7,2", "field=0", "replicas=60", NULL});
    result_table *summary = result_read("summary.csv"), *verdict = result_read("verdict.csv");
    ck_assert_double_eq(result_cell(summary, 0, "broken"), 0.0);
    ck_assert_double_eq(result_cell(summary, 2, "broken"), 1.0);
    ck_assert_double_gt(result_cell(summary, 2, "naive_q"), 0.3);
    ck_assert_double_eq(result_cell(summary, 1, "broken"), result_cell(summary, 1, "broken_theory"));
    ck_assert_double_lt(result_cell(summary, 2, "exact_q"), 1e-28);
    for (size_t k = 0; k < verdict->n_rows; k++) {
        if (strcmp(result_text(verdict, k, "quantity"), "naive_transition") != 0) continue;
        ck_assert_str_eq(result_text(verdict, k, "verdict"), "agree");
    }
    result_free(verdict);
    result_free(summary);
}
END_TEST

START_TEST(a_point_does_not_hang_on_the_rest_of_the_grid)
{
    (void)experiment_run("mean-field-accuracy",
                         (const char *[]){"units=4,14", "coupling=0.3,1.5", "field=0,1", "replicas=2", NULL});
    result_table *all = result_read("units.csv");
    (void)experiment_run("mean-field-accuracy",
                         (const char *[]){"units=14", "coupling=1.5", "field=1", "replicas=2", NULL});
    result_table *alone = result_read("units.csv");
    for (size_t k = 0; k < 2; k++)
        for (size_t c = 0; c < alone->n_columns; c++)
            ck_assert_str_eq(all->cells[all->n_rows - 2 + k][c], alone->cells[k][c]);
    result_free(all);
    result_free(alone);
}
END_TEST

START_TEST(what_is_out_of_range_is_refused)
{
    experiment_refuse("mean-field-accuracy", (const char *[]){"units=17", NULL}, HEBB_EDOM, "units");
    experiment_refuse("mean-field-accuracy", (const char *[]){"units=1", NULL}, HEBB_EDOM, "units");
    experiment_refuse("mean-field-accuracy", (const char *[]){"coupling=0", NULL}, HEBB_EDOM, "coupling");
    experiment_refuse("mean-field-accuracy", (const char *[]){"field=-1", NULL}, HEBB_EDOM, "field");
    experiment_refuse("mean-field-accuracy", (const char *[]){"damping=1", NULL}, HEBB_EDOM, "damping");
    experiment_refuse("mean-field-accuracy", (const char *[]){"coupling=weak", NULL}, HEBB_EUSAGE, "coupling");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mean-field-accuracy experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, without_biases_the_errors_are_whole_numbers_over_powers_of_n);
    tcase_add_test(physics, two_units_can_be_averaged_by_hand);
    tcase_add_test(physics, averages_over_wide_biases_are_right_too);
    tcase_add_test(physics, small_couplings_follow_their_laws);
    tcase_add_test(physics, strong_couplings_without_biases_break_the_symmetry);
    tcase_add_test(physics, a_point_does_not_hang_on_the_rest_of_the_grid);
    tcase_add_test(physics, what_is_out_of_range_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
