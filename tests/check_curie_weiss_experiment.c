/* curie-weiss: Mattis' map spin by spin, averages and histogram against the exact law at N, and when nothing is said. */
#include "experiment_results.h"

/* 12 points x 60 replicas x 120 sweeps: 0 is exact. */
START_TEST(network_and_ferromagnet_are_the_same_configuration_by_configuration)
{
    static const char *const ways[][3] = {{"rule=heat-bath", "update-order=sequential", NULL},
                                          {"rule=heat-bath", "update-order=random", NULL},
                                          {"rule=metropolis", "update-order=sequential", NULL},
                                          {"rule=metropolis", "update-order=random", NULL}};
    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
        const hebb_verdict_count verdicts = experiment_run(
            "curie-weiss", (const char *[]){"neurons=2,15,300", "temperature=.3,.8,1,4", "sweeps=100",
                                            "equilibration=20", "replicas=6", ways[k][0], ways[k][1], NULL});
        result_table *units = result_read("units.csv"), *summary = result_read("summary.csv");
        ck_assert_uint_eq(verdicts.n_disagree, 0);
        ck_assert_uint_eq(units->n_rows, 72);
        for (size_t row = 0; row < units->n_rows; row++)
            ck_assert_double_eq(result_cell(units, row, "mismatches"), 0.0);
        for (size_t row = 0; row < summary->n_rows; row++)
            ck_assert_double_eq(result_cell(summary, row, "mismatches"), 0.0);
        result_free(units);
        result_free(summary);
    }
}
END_TEST

/*
 * Six quantities at six points, judged together: a false alarm has probability .0027; the seed is fixed.  That nothing is
 * inconclusive shows that the error bars are small.
 */
START_TEST(averages_agree_with_the_exact_law_at_every_size)
{
    static const char *const rules[] = {"rule=heat-bath", "rule=metropolis"};
    for (size_t k = 0; k < 2; k++) {
        const hebb_verdict_count verdicts =
            experiment_run("curie-weiss", (const char *[]){"neurons=20,101", "temperature=.7,1,1.3", "sweeps=400",
                                                           "equilibration=50", "replicas=80", rules[k], NULL});
        ck_assert_uint_eq(verdicts.n_disagree, 0);
        ck_assert_uint_eq(verdicts.n_agree, 36);
    }
}
END_TEST

/*
 * T = .9, N = 100: 300 pairs, so that each bin's share is nearly Gaussian; chi^2 over some 75 correlated bins.  A law one
 * lattice step off adds some 1000.  Bound: 5 sigma of independent bins above the mean, P = 2e-5 for these; the seed is
 * fixed.
 */
START_TEST(the_histogram_follows_the_exact_law_bin_by_bin)
{
    (void)experiment_run("curie-weiss", (const char *[]){"neurons=100", "temperature=.9", "sweeps=200",
                                                         "equilibration=30", "replicas=600", NULL});
    result_table *histogram = result_read("histogram.csv");
    double chi_squared = 0.0, sum = 0.0;
    size_t n_bins = 0;
    ck_assert_uint_eq(histogram->n_rows, 101);
    for (size_t row = 0; row < histogram->n_rows; row++) {
        const double density = result_cell(histogram, row, "density"), z = result_cell(histogram, row, "density_z");
        sum += density * 0.02;
        if (!(result_cell(histogram, row, "density_err") < 0.15 * density)) continue;
        chi_squared += z * z;
        n_bins++;
    }
    ck_assert_double_eq_tol(sum, 1.0, 1e-12);
    ck_assert_uint_gt(n_bins, 60);
    ck_assert_double_lt(chi_squared, (double)n_bins + 5.0 * sqrt(2.0 * (double)n_bins));
    result_free(histogram);
}
END_TEST

/* T = .4, N = 504, where all bins are as wide: a valley is left once in e^100 sweeps. */
START_TEST(replicas_start_in_either_valley_and_the_histogram_has_both_by_halves)
{
    (void)experiment_run("curie-weiss", (const char *[]){"neurons=504", "temperature=.4", "sweeps=50",
                                                         "equilibration=10", "replicas=5", NULL});
    result_table *units = result_read("units.csv"), *histogram = result_read("histogram.csv");
    for (size_t row = 0; row < 5; row++) {
        const double m = result_cell(units, row, "m"), m_signed = result_cell(units, row, "m_signed");
        ck_assert_double_eq_tol(row % 2 == 0 ? m_signed : -m_signed, m, 1e-15);
        ck_assert_double_gt(m, 0.95);
    }
    double above = 0.0, below = 0.0;
    for (size_t row = 0; row < histogram->n_rows; row++) {
        const double m = result_cell(histogram, row, "m"), density = result_cell(histogram, row, "density");
        if (m > 0.0) above += density;
        if (m < 0.0) below += density;
    }
    ck_assert_double_gt(above, 0.0);
    ck_assert_double_eq_tol(above, below, 1e-12 * above); /* the last replica is in neither */
    result_free(units);
    result_free(histogram);
}
END_TEST

/* At T = .12 a spin turns once in e^16 updates: no replica sees one, and the mean is not exactly 1 in theory. */
START_TEST(where_no_spin_turns_the_error_is_not_taken_for_zero)
{
    const hebb_verdict_count verdicts =
        experiment_run("curie-weiss", (const char *[]){"neurons=50", "temperature=.12,.25", "sweeps=100",
                                                       "equilibration=20", "replicas=40", NULL});
    result_table *summary = result_read("summary.csv");
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_double_eq(result_cell(summary, 0, "m"), 1.0);
    ck_assert_double_gt(result_cell(summary, 0, "m_err"), 0.0);
    ck_assert_double_lt(result_cell(summary, 0, "m_theory"), 1.0);
    result_free(summary);
}
END_TEST

/* From m = 1 the first two sweeps at T = 2 leave .5 and .2; |m| is .02 then, and .1 is 5 standard deviations away. */
START_TEST(the_sweeps_before_the_measurement_are_not_in_it)
{
    (void)experiment_run("curie-weiss", (const char *[]){"neurons=5000", "temperature=2", "sweeps=2",
                                                         "equilibration=15", "replicas=4", NULL});
    result_table *units = result_read("units.csv");
    for (size_t row = 0; row < 4; row++) ck_assert_double_lt(result_cell(units, row, "m"), 0.1);
    result_free(units);
}
END_TEST

START_TEST(without_equilibration_only_the_map_is_judged)
{
    const hebb_verdict_count verdicts =
        experiment_run("curie-weiss", (const char *[]){"neurons=50", "temperature=1", "sweeps=100", "equilibration=1",
                                                       "replicas=40", NULL});
    result_table *verdict = result_read("verdict.csv");
    ck_assert_uint_eq(verdicts.n_agree, 1);
    ck_assert_uint_eq(verdicts.n_not_judged, 5);
    ck_assert_ptr_nonnull(strstr(result_text(verdict, 0, "note"), "--equilibration is shorter"));
    ck_assert_str_eq(result_text(verdict, 5, "quantity"), "mismatches");
    result_free(verdict);
}
END_TEST

START_TEST(where_sweeps_tell_no_autocorrelation_time_only_the_map_is_judged)
{
    const hebb_verdict_count verdicts =
        experiment_run("curie-weiss", (const char *[]){"neurons=50", "temperature=1", "sweeps=20", "equilibration=100",
                                                       "replicas=40", NULL});
    ck_assert_uint_eq(verdicts.n_agree, 1);
    ck_assert_uint_eq(verdicts.n_not_judged, 5);
}
END_TEST

START_TEST(the_line_for_infinite_n_passes_through_the_critical_point)
{
    (void)experiment_run("curie-weiss",
                         (const char *[]){"neurons=10", "temperature=.5,1.5", "sweeps=10", "replicas=2", NULL});
    result_table *theory = result_read("theory.csv"), *summary = result_read("summary.csv");
    size_t n_limit = 0, n_critical = 0;
    for (size_t row = 0; row < theory->n_rows; row++) {
        if (*result_text(theory, row, "n_neurons") != '\0') continue;
        n_limit++;
        if (result_cell(theory, row, "temperature") != 1.0) continue;
        n_critical++;
        ck_assert_double_eq(result_cell(theory, row, "m"), 0.0);
        ck_assert_double_eq_tol(result_cell(theory, row, "binder"), 0.27052, 5e-6);
    }
    ck_assert_uint_eq(n_limit, 400);
    ck_assert_uint_eq(n_critical, 1);
    const double m = result_cell(summary, 0, "m_infinite");
    ck_assert_double_eq_tol(m, tanh(m / 0.5), 1e-12);
    ck_assert_double_eq(result_cell(summary, 1, "m_infinite"), 0.0);
    result_free(theory);
    result_free(summary);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("curie-weiss experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, network_and_ferromagnet_are_the_same_configuration_by_configuration);
    tcase_add_test(physics, averages_agree_with_the_exact_law_at_every_size);
    tcase_add_test(physics, the_histogram_follows_the_exact_law_bin_by_bin);
    tcase_add_test(physics, replicas_start_in_either_valley_and_the_histogram_has_both_by_halves);
    tcase_add_test(physics, where_no_spin_turns_the_error_is_not_taken_for_zero);
    tcase_add_test(physics, the_sweeps_before_the_measurement_are_not_in_it);
    tcase_add_test(physics, without_equilibration_only_the_map_is_judged);
    tcase_add_test(physics, where_sweeps_tell_no_autocorrelation_time_only_the_map_is_judged);
    tcase_add_test(physics, the_line_for_infinite_n_passes_through_the_critical_point);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
