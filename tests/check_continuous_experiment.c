/* The experiment continuous: kinds of ends against the Potts theory, brackets and limits of their thresholds, refusals. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "blas.h"
#include "experiment_results.h"

/* q = 3: k_s = 2.745644, average unstable at 3; known elsewhere. */
START_TEST(orthogonal_patterns_follow_the_theory_exactly)
{
    const hebb_verdict_count verdicts = experiment_run(
        "continuous", (const char *[]){"neurons=16", "patterns=3", "k=2.7,2.74,2.75,2.9,3.1,5", "replicas=40", NULL});
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_ge(verdicts.n_agree, 50);
    result_table *summary = result_read("summary.csv"), *edges = result_read("finite_size.csv");
    ck_assert_uint_eq(summary->n_rows, 6);
    for (size_t row = 0; row < 6; row++) {
        const double k = result_cell(summary, row, "k");
        ck_assert(result_cell(summary, row, "pattern_single") == (k > 2.745 ? 1.0 : 0.0));
        ck_assert(result_cell(summary, row, "pattern_average") == (k > 2.745 ? 0.0 : 1.0));
        ck_assert(result_cell(summary, row, "kept") == result_cell(summary, row, "pattern_single"));
        ck_assert(result_cell(summary, row, "average_average") == (k > 3.0 ? 0.0 : 1.0));
        ck_assert_double_eq_tol(result_cell(summary, row, "overlap"), result_cell(summary, row, "weight"), 1e-10);
        ck_assert(result_cell(summary, row, "unfinished") == 0.0);
    }
    ck_assert(isnan(result_cell(summary, 3, "mixture_single_theory")));
    ck_assert(result_cell(summary, 5, "mixture_single") == 1.0);
    ck_assert_double_eq_tol(result_cell(summary, 5, "weight"), 0.985161231339617, 1e-12); /* p = softmax(5 p) */
    ck_assert_double_eq_tol(result_cell(summary, 5, "energy"), result_cell(summary, 5, "energy_theory"), 1e-9);
    ck_assert_str_eq(result_text(edges, 0, "edge"), "k_spinodal");
    ck_assert(result_cell(edges, 0, "k_low") == 2.74 && result_cell(edges, 0, "k_high") == 2.75);
    ck_assert(result_cell(edges, 1, "k_low") == 2.9 && result_cell(edges, 1, "k_high") == 3.1);
    result_free(edges);
    result_free(summary);
}
END_TEST

/*
 * 30 networks of 3 patterns at each of 3 sizes.  The limit's error is some .01, and its tolerance .027: at 3 errors a false
 * alarm has probability below 1e-6, and the seed is fixed.  Widths fall as N^(-1/2).
 */
START_TEST(half_losses_of_random_patterns_tend_to_the_spinodal)
{
    const hebb_verdict_count verdicts =
        experiment_run("continuous", (const char *[]){"ensemble=spherical", "neurons=32,96,288", "patterns=3",
                                                      "k=2.4:3.1:0.1,5", "replicas=30", NULL});
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_ge(verdicts.n_agree, 5);
    result_table *edges = result_read("finite_size.csv"), *units = result_read("units.csv");
    ck_assert_uint_eq(edges->n_rows, 8);
    ck_assert(isnan(result_cell(edges, 3, "n_neurons")));
    ck_assert_double_eq_tol(result_cell(edges, 3, "k_half"), 2.745644, 0.08);
    const double ratio = result_cell(edges, 0, "width") / result_cell(edges, 2, "width");
    ck_assert_double_eq_tol(ratio, 3.0, 0.9);
    ck_assert_uint_eq(units->n_rows, 3 * 9 * 30);
    result_free(units);
    result_free(edges);
}
END_TEST

START_TEST(the_laws_of_the_patterns_differ_and_all_agree)
{
    const char *const laws[] = {"ensemble=gaussian", "ensemble=binary", "ensemble=spherical"};
    double energies[3];
    for (size_t k = 0; k < 3; k++) {
        const hebb_verdict_count verdicts = experiment_run(
            "continuous", (const char *[]){laws[k], "neurons=400", "patterns=4", "k=1,8", "replicas=40", NULL});
        ck_assert_uint_eq(verdicts.n_disagree, 0);
        ck_assert_uint_ge(verdicts.n_agree, 3); /* gaussian norms make the overlap vary too much to say */
        result_table *summary = result_read("summary.csv");
        energies[k] = result_cell(summary, 1, "energy");
        ck_assert_str_eq(result_text(summary, 1, "energy_theory"), "");
        result_free(summary);
    }
    ck_assert(energies[0] != energies[1] && energies[1] != energies[2]);
}
END_TEST

/* A few iterations: nothing is finished, and nothing is judged. */
START_TEST(states_that_did_not_converge_are_not_judged)
{
    const hebb_verdict_count verdicts = experiment_run(
        "continuous", (const char *[]){"neurons=16", "patterns=3", "k=2.8,2.9", "iterations=3", "replicas=40", NULL});
    result_table *summary = result_read("summary.csv"), *table = result_read("verdict.csv");
    ck_assert_double_gt(result_cell(summary, 0, "unfinished"), 0.5);
    ck_assert(verdicts.n_agree == 0 && verdicts.n_disagree == 0 && verdicts.n_not_judged > 10);
    ck_assert_ptr_nonnull(strstr(result_text(table, 0, "note"), "did not converge"));
    result_free(table);
    result_free(summary);
}
END_TEST

START_TEST(what_cannot_be_is_refused)
{
    experiment_refuse("continuous", (const char *[]){"neurons=8,4", "patterns=5", NULL}, HEBB_EDOM,
                      "5 orthogonal patterns");
    experiment_refuse("continuous", (const char *[]){"k=0", NULL}, HEBB_EDOM, "k");
    experiment_refuse("continuous", (const char *[]){"k=nan", NULL}, HEBB_EDOM, "finite");
    experiment_refuse("continuous", (const char *[]){"k=-1", NULL}, HEBB_EDOM, "k");
    experiment_refuse("continuous", (const char *[]){"patterns=1", NULL}, HEBB_EDOM, "patterns");
    experiment_refuse("continuous", (const char *[]){"noise=1.5", NULL}, HEBB_EDOM, "noise");
    experiment_refuse("continuous", (const char *[]){"ensemble=cauchy", NULL}, HEBB_EUSAGE, "ensemble");
    experiment_refuse("continuous",
                      (const char *[]){"ensemble=binary", "neurons=1000000", "patterns=100000", "starts=100000", NULL},
                      HEBB_ENOMEM, "100000 patterns");
}
END_TEST

int main(void)
{
    hebb_blas_use_one_thread();
    Suite *suite = suite_create("continuous experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, orthogonal_patterns_follow_the_theory_exactly);
    tcase_add_test(physics, half_losses_of_random_patterns_tend_to_the_spinodal);
    tcase_add_test(physics, the_laws_of_the_patterns_differ_and_all_agree);
    tcase_add_test(physics, states_that_did_not_converge_are_not_judged);
    tcase_add_test(physics, what_cannot_be_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
