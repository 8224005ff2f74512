/* The exponential experiment: its verdicts, its thresholds, that drawing and the law agree, what it refuses. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "experiment_results.h"
#include "exponential_capacity.h"

/* 24 comparisons that may disagree with a probability of .0027 in all; the seed is fixed. */
START_TEST(drawn_patterns_follow_the_laws_of_finite_size)
{
    const hebb_verdict_count verdicts =
        experiment_run("exponential", (const char *[]){"neurons=12,16", "rho=0,.1", "of-typical=.7:.95:.05",
                                                       "replicas=250", "curve=2", NULL});
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_gt(verdicts.n_agree, 30);
    result_table *threshold = result_read("threshold.csv");
    ck_assert_uint_eq(threshold->n_rows, 6); /* two shares x two sizes, and two limits */
    for (size_t k = 0; k < 4; k++) {
        const double measured = result_cell(threshold, k, "alpha_half"),
                     exact = result_cell(threshold, k, "alpha_half_exact");
        ck_assert_double_lt(fabs(measured - exact), 0.05 * exact);
        ck_assert_double_gt(measured, result_cell(threshold, k, "alpha_max"));
        ck_assert_double_lt(measured, result_cell(threshold, k, "alpha_typical"));
    }
    for (size_t k = 4; k < 6; k++)
        ck_assert_double_lt(fabs(result_cell(threshold, k, "alpha_half") - result_cell(threshold, k, "alpha_typical")),
                            5.0 * result_cell(threshold, k, "alpha_half_err") + 0.005);
    result_free(threshold);
}
END_TEST

START_TEST(sizes_beyond_drawing_come_from_the_law)
{
    const hebb_verdict_count verdicts =
        experiment_run("exponential", (const char *[]){"neurons=16,100", "rho=0", "rivals=mixed",
                                                       "alpha=.5,.63:.66:.01", "replicas=200", "curve=0", NULL});
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_gt(verdicts.n_agree, 8);
    result_table *summary = result_read("summary.csv");
    for (size_t k = 0; k < summary->n_rows; k++)
        ck_assert(result_cell(summary, k, "drawn") == (result_cell(summary, k, "n_neurons") == 16.0));
    result_free(summary);
}
END_TEST

/* A start with two errors at a small load: one step brings it back, a second one changes nothing. */
START_TEST(steps_end_where_nothing_changes)
{
    (void)experiment_run(
        "exponential", (const char *[]){"neurons=20", "rho=.1", "alpha=.1", "steps=5", "replicas=4", "curve=0", NULL});
    result_table *units = result_read("units.csv");
    ck_assert_uint_eq(units->n_rows, 4);
    for (size_t k = 0; k < units->n_rows; k++) {
        ck_assert_double_eq(result_cell(units, k, "n_errors"), 2.0);
        ck_assert_double_eq(result_cell(units, k, "n_patterns"), round(exp(2.0)));
        ck_assert_double_eq(result_cell(units, k, "retrieved"), 1.0);
        ck_assert_double_eq(result_cell(units, k, "m_end"), 1.0);
        ck_assert_double_eq(result_cell(units, k, "steps"), 2.0);
    }
    result_free(units);
}
END_TEST

START_TEST(what_cannot_be_drawn_is_refused_with_what_can)
{
    const char *const name = "exponential";
    experiment_refuse(name, (const char *[]){"neurons=40", "alpha=.6", NULL}, HEBB_EDOM, "--rivals law");
    experiment_refuse(name, (const char *[]){"neurons=80", "alpha=.1", NULL}, HEBB_EDOM, "--neurons 80");
    experiment_refuse(name, (const char *[]){"neurons=10", "alpha=.01", NULL}, HEBB_EDOM, "--alpha 0.01");
    experiment_refuse(name, (const char *[]){"neurons=10", "rho=.5", NULL}, HEBB_EDOM, "--rho 0.5");
    experiment_refuse(name, (const char *[]){"neurons=4", "rho=.4", NULL}, HEBB_EDOM, "--rho 0.4");
    experiment_refuse(name, (const char *[]){"rivals=law", "steps=2", NULL}, HEBB_EUSAGE, "--steps");
    experiment_refuse(name, (const char *[]){"alpha=.5", "of-typical=.5", NULL}, HEBB_EUSAGE, "--of-typical");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exponential experiment");
    TCase *tests = tcase_create("experiment");
    tcase_add_checked_fixture(tests, scratch_make, scratch_remove);
    tcase_add_test(tests, drawn_patterns_follow_the_laws_of_finite_size);
    tcase_add_test(tests, sizes_beyond_drawing_come_from_the_law);
    tcase_add_test(tests, steps_end_where_nothing_changes);
    tcase_add_test(tests, what_cannot_be_drawn_is_refused_with_what_can);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
