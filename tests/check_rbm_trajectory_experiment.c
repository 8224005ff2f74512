/* The rbm-trajectory experiment: where it begins and ends, its files, and refusals. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment_results.h"

/*
 * 49 x 32 units.  sigma of 1568 weights is known to 1.8 %, and w at the start is the bulk's own share taken off: |u'W|^2
 * fluctuates by sigma^2 (N_h/N_v)^(1/2) (2/N_h)^(1/2), so that w^2 of 4 replicas stays below 4 of these.  Seed 1.
 */
START_TEST(learning_leads_from_the_paramagnet_to_the_ferromagnet)
{
    const hebb_verdict_count verdicts =
        experiment_run("rbm-trajectory", (const char *[]){"pool=4", "hidden=32", "sigma=0.4", "cases=60", "batch=60",
                                                          "updates=60", "learning-rate=.004", "replicas=4", NULL});
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_eq(verdicts.n_agree, 3);
    result_table *way = result_read("trajectory.csv"), *spectrum = result_read("spectrum.csv");
    result_table *theory = result_read("theory.csv"), *summary = result_read("summary.csv");
    const double noise = 0.16 * sqrt(32.0 / 49.0) * sqrt(2.0 / 32.0);
    ck_assert_double_lt(result_cell(way, 0, "w"), 2.0 * sqrt(noise));
    ck_assert_double_eq_tol(result_cell(way, 0, "sigma_now"), 0.4, 0.03);
    ck_assert_double_eq(result_cell(way, 0, "update"), 0.0);
    ck_assert_double_eq(result_cell(way, way->n_rows - 1, "update"), 60.0);
    ck_assert_double_gt(result_cell(way, way->n_rows - 1, "w"), 1.2);
    ck_assert_double_gt(result_cell(summary, 0, "crossing"), 1.0);
    ck_assert_double_lt(result_cell(summary, 0, "crossing"), 60.0);
    ck_assert_double_ge(result_cell(summary, 0, "modes_end"), 1.0);
    /* between two records the crossing is where w goes through 1 */
    for (size_t k = 1; k < way->n_rows; k++)
        if (result_cell(way, k - 1, "update") > result_cell(summary, 0, "crossing") + 10.0)
            ck_assert_double_gt(result_cell(way, k, "w"), 1.0);
    double sum = 0.0, area = 0.0;
    for (size_t k = 0; k < spectrum->n_rows; k++)
        sum += result_cell(spectrum, k, "start") *
               (result_cell(spectrum, 1, "singular_value") - result_cell(spectrum, 0, "singular_value"));
    for (size_t k = 1; k < theory->n_rows; k++)
        area += 0.5 * (result_cell(theory, k, "density") + result_cell(theory, k - 1, "density")) *
                (result_cell(theory, k, "singular_value") - result_cell(theory, k - 1, "singular_value"));
    ck_assert_double_eq_tol(sum, 1.0, 1e-12);
    ck_assert_double_eq_tol(area, 1.0, 1e-3);
    result_free(way);
    result_free(spectrum);
    result_free(theory);
    result_free(summary);
}
END_TEST

/* The bulk alone: |u'W|^2 over many weights is sigma^2 (N_h/N_v)^(1/2), which leaves w^2 = 0 but for a third of it. */
START_TEST(a_machine_that_has_not_learnt_has_no_mode)
{
    (void)experiment_run("rbm-trajectory",
                         (const char *[]){"pool=14", "hidden=512", "sigma=1", "cases=20", "batch=20", "chains=2",
                                          "updates=1", "learning-rate=1e-6", "replicas=8", NULL});
    result_table *way = result_read("trajectory.csv");
    ck_assert_double_lt(result_cell(way, 0, "w"), sqrt(0.2 * sqrt(128.0)));
    result_free(way);
}
END_TEST

START_TEST(a_point_does_not_hang_on_the_rest_of_the_grid)
{
    (void)experiment_run("rbm-trajectory", (const char *[]){"pool=7", "hidden=4,8", "sigma=0.4,0.8", "cases=20",
                                                            "batch=10", "chains=5", "updates=5", "replicas=2", NULL});
    result_table *all = result_read("units.csv");
    (void)experiment_run("rbm-trajectory", (const char *[]){"pool=7", "hidden=8", "sigma=0.8", "cases=20", "batch=10",
                                                            "chains=5", "updates=5", "replicas=2", NULL});
    result_table *alone = result_read("units.csv");
    for (size_t k = 0; k < 2; k++)
        for (size_t c = 0; c < alone->n_columns; c++)
            ck_assert_str_eq(all->cells[all->n_rows - 2 + k][c], alone->cells[k][c]);
    result_free(all);
    result_free(alone);
}
END_TEST

START_TEST(what_does_not_go_together_is_refused)
{
    experiment_refuse("rbm-trajectory", (const char *[]){"pool=3", NULL}, HEBB_EDOM, "--pool 3: a divisor of 28");
    experiment_refuse("rbm-trajectory", (const char *[]){"cases=11", NULL}, HEBB_EDOM, "--cases 11: an even number");
    experiment_refuse("rbm-trajectory", (const char *[]){"cases=10", NULL}, HEBB_EDOM,
                      "--batch 200: there are 10 cases");
    experiment_refuse("rbm-trajectory", (const char *[]){"sigma=0", NULL}, HEBB_EDOM, "sigma");
    experiment_refuse("rbm-trajectory", (const char *[]){"hidden=1", NULL}, HEBB_EDOM, "hidden");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm-trajectory experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, learning_leads_from_the_paramagnet_to_the_ferromagnet);
    tcase_add_test(physics, a_machine_that_has_not_learnt_has_no_mode);
    tcase_add_test(physics, a_point_does_not_hang_on_the_rest_of_the_grid);
    tcase_add_test(physics, what_does_not_go_together_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
