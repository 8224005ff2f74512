/* The mean-field-landscape experiment: barriers by hand, its files against enumeration, and refusals. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment_results.h"
#include "mean_field_landscape_study.h"

START_TEST(a_barrier_is_what_must_be_climbed_from_the_higher_valley)
{
    ck_assert_double_eq(hebb_landscape_barrier(5, (double[]){0.0, 1.0, 2.0, 3.0, 4.0}), 0.0);
    ck_assert_double_eq(hebb_landscape_barrier(4, (double[]){3.0, 1.0, 0.5, 2.0}), 0.0);
    ck_assert_double_eq(hebb_landscape_barrier(3, (double[]){0.0, 3.0, 1.0}), 2.0);
    ck_assert_double_eq(hebb_landscape_barrier(6, (double[]){5.0, 1.0, 3.0, 2.0, 4.5, 0.0}), 3.5);
    ck_assert_double_eq(hebb_landscape_barrier(1, (double[]){7.0}), 0.0);
}
END_TEST

/* F from samples: of 6 comparisons one disagrees by chance with probability .0027 (Holm); counts are exact. */
START_TEST(samples_and_minima_agree_with_theory)
{
    const hebb_verdict_count verdicts = experiment_run(
        "mean-field-landscape", (const char *[]){"units=8", "temperature=0.4,1.6,3", "replicas=40", NULL});
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_ge(verdicts.n_agree, 6);
    result_table *summary = result_read("summary.csv");
    ck_assert_uint_eq(summary->n_rows, 3);
    ck_assert_double_eq(result_cell(summary, 0, "single"), 0.0);
    ck_assert_double_eq(result_cell(summary, 2, "single"), 1.0);
    ck_assert_double_eq(result_cell(summary, 2, "minima"), 1.0);
    ck_assert_double_eq(result_cell(summary, 2, "barrier"), 0.0);
    ck_assert_double_gt(result_cell(summary, 0, "barrier"), result_cell(summary, 1, "barrier"));
    ck_assert_double_eq(result_cell(summary, 0, "flip_barrier"), result_cell(summary, 2, "flip_barrier"));
    result_free(summary);
}
END_TEST

/* Forty samples know their variance to a fifth and more: squares over it are 1.3 here, which is no disagreement. */
START_TEST(error_bars_of_few_samples_are_not_judged)
{
    const hebb_verdict_count verdicts = experiment_run(
        "mean-field-landscape", (const char *[]){"units=8", "temperature=2", "replicas=300", "samples=40", NULL});
    result_table *summary = result_read("summary.csv");
    ck_assert_double_gt(result_cell(summary, 0, "square"), 1.2);
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_eq(verdicts.n_agree, 2);
    result_free(summary);
}
END_TEST

/* For T -> 0 the minima of F are the states that no flip lowers, one by one. */
START_TEST(cold_minima_are_the_stable_states)
{
    (void)experiment_run("mean-field-landscape",
                         (const char *[]){"units=9", "temperature=0.001", "replicas=12", "samples=10", NULL});
    result_table *units = result_read("units.csv");
    size_t n_equal = 0;
    for (size_t k = 0; k < units->n_rows; k++)
        n_equal += result_cell(units, k, "minima") == result_cell(units, k, "stable_states");
    ck_assert_uint_ge(n_equal, units->n_rows - 1); /* all but one with a field below some T */
    result_free(units);
}
END_TEST

/* The first machine's way: the ends of the line are the ends of the flips, and the sampled F is exact there. */
START_TEST(the_line_and_the_flips_have_the_same_ends)
{
    (void)experiment_run("mean-field-landscape",
                         (const char *[]){"units=10", "temperature=0.5", "replicas=2", "samples=2000", NULL});
    result_table *line = result_read("landscape.csv"), *flips = result_read("flips.csv");
    const size_t last = flips->n_rows - 1;
    ck_assert_uint_eq(line->n_rows, 101);
    ck_assert_double_eq_tol(result_cell(line, 0, "f"), result_cell(flips, 0, "energy"), 1e-12);
    ck_assert_double_eq_tol(result_cell(line, 100, "f"), result_cell(flips, last, "energy"), 1e-12);
    ck_assert_double_eq_tol(result_cell(line, 0, "f_sampled"), result_cell(line, 0, "f"), 1e-12);
    ck_assert_double_eq(result_cell(line, 100, "f_sampled_err"), 0.0);
    ck_assert_double_eq(result_cell(flips, last, "position"), 1.0);
    for (size_t k = 5; k < 100; k += 5) { /* 5 standard errors: 19 times 6e-7 */
        const double error = result_cell(line, k, "f_sampled_err");
        ck_assert_double_gt(error, 0.0);
        ck_assert_double_eq_tol(result_cell(line, k, "f_sampled"), result_cell(line, k, "f"), 5.0 * error);
    }
    for (size_t k = 1; k <= last; k++) /* both ends are stable */
        ck_assert(k > 1 || result_cell(flips, 1, "energy") >= result_cell(flips, 0, "energy"));
    ck_assert_double_ge(result_cell(flips, last - 1, "energy"), result_cell(flips, last, "energy"));
    result_free(flips);
    result_free(line);
}
END_TEST

START_TEST(a_point_does_not_hang_on_the_rest_of_the_grid)
{
    (void)experiment_run("mean-field-landscape",
                         (const char *[]){"units=4,7", "temperature=0.3,1.5", "replicas=2", "samples=20", NULL});
    result_table *all = result_read("units.csv");
    (void)experiment_run("mean-field-landscape",
                         (const char *[]){"units=7", "temperature=1.5", "replicas=2", "samples=20", NULL});
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
    experiment_refuse("mean-field-landscape", (const char *[]){"units=17", NULL}, HEBB_EDOM, "units");
    experiment_refuse("mean-field-landscape", (const char *[]){"units=2", NULL}, HEBB_EDOM, "units");
    experiment_refuse("mean-field-landscape", (const char *[]){"temperature=0", NULL}, HEBB_EDOM, "temperature");
    experiment_refuse("mean-field-landscape", (const char *[]){"samples=1", NULL}, HEBB_EDOM, "samples");
    experiment_refuse("mean-field-landscape", (const char *[]){"samples=many", NULL}, HEBB_EUSAGE, "samples");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mean-field-landscape experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, a_barrier_is_what_must_be_climbed_from_the_higher_valley);
    tcase_add_test(physics, samples_and_minima_agree_with_theory);
    tcase_add_test(physics, error_bars_of_few_samples_are_not_judged);
    tcase_add_test(physics, cold_minima_are_the_stable_states);
    tcase_add_test(physics, the_line_and_the_flips_have_the_same_ends);
    tcase_add_test(physics, a_point_does_not_hang_on_the_rest_of_the_grid);
    tcase_add_test(physics, what_is_out_of_range_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
