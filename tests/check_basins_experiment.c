/* The basins experiment: its edges against the replicas, its errors against repeated runs, its verdicts. */
#include <check.h>
#include <stdlib.h>

#include "effective_spin.h"
#include "experiment_results.h"
#include "hopfield.h"
#include "retrieval_dynamics.h"

/* Sequential, at a small load: starts near the pattern end in it, and the tables say what units.csv says. */
START_TEST(the_summary_counts_what_the_replicas_found)
{
    (void)experiment_run(
        "basins", (const char *[]){"neurons=300", "alpha=.05", "overlap=.05,.2,.9", "replicas=60", "paths=0", NULL});
    result_table *units = result_read("units.csv"), *summary = result_read("summary.csv");
    ck_assert_uint_eq(units->n_rows, 180);
    for (size_t k = 0; k < 3; k++) {
        double found = 0.0, sum = 0.0;
        for (size_t r = 0; r < 60; r++) {
            const size_t row = 60 * k + r;
            ck_assert_double_eq_tol(result_cell(units, row, "m_initial"), result_cell(summary, k, "m0"), 1.001 / 300.0);
            found += result_cell(units, row, "m") >= 0.75;
            sum += result_cell(units, row, "m");
        }
        ck_assert_double_eq_tol(result_cell(summary, k, "retrieved"), found / 60.0, 1e-12);
        ck_assert_double_eq_tol(result_cell(summary, k, "m"), sum / 60.0, 1e-12);
    }
    ck_assert_double_eq(result_cell(summary, 2, "retrieved"), 1.0);
    ck_assert_double_gt(result_cell(summary, 2, "m_retrieved"), 0.999);
    ck_assert_double_lt(result_cell(summary, 0, "retrieved"), 0.4);
    ck_assert_double_eq(result_cell(summary, 0, "m_theory"), 0.0); /* Amari and Maginu's edge is at .087 */
    ck_assert_double_gt(result_cell(summary, 1, "m_theory"), 0.999);
    result_free(summary);
    result_free(units);
}
END_TEST

/*
 * 24 independent studies: the squares of (edge - mean)/error add up to chi^2 of 23 degrees of freedom, here widened by the
 * error's own error.  The probit's errors, which take the starts of one replica for independent, give some 60.  False
 * alarm: P(chi^2_23 > 48) = .0017; the seeds are fixed.
 */
START_TEST(the_error_of_an_edge_is_what_repeated_studies_show)
{
    enum { N_STUDIES = 24 };
    double edge[N_STUDIES], error[N_STUDIES], mean = 0.0, chi_squared = 0.0;
    for (int k = 0; k < N_STUDIES; k++) {
        char seed[32];
        snprintf(seed, sizeof seed, "seed=%d", k + 1);
        (void)experiment_run("basins", (const char *[]){"neurons=200", "alpha=.05", "overlap=.05:.4:.025",
                                                        "replicas=30", "paths=0", seed, NULL});
        result_table *edges = result_read("edges.csv");
        edge[k] = result_cell(edges, 0, "m0_edge");
        error[k] = result_cell(edges, 0, "m0_edge_err");
        mean += edge[k] / N_STUDIES;
        result_free(edges);
    }
    for (int k = 0; k < N_STUDIES; k++) chi_squared += (edge[k] - mean) * (edge[k] - mean) / (error[k] * error[k]);
    ck_assert_double_gt(chi_squared, 9.0);
    ck_assert_double_lt(chi_squared, 48.0);
}
END_TEST

/* Small N: the edge is far above Amari and Maginu's .154, and near the exact one.  Seeds fixed. */
START_TEST(the_edge_is_the_exact_one_and_not_the_map_s)
{
    const hebb_verdict_count verdicts =
        experiment_run("basins", (const char *[]){"neurons=500,1000,2000", "alpha=.08", "overlap=.1:.5:.05",
                                                  "replicas=100", "paths=4096", "update-order=synchronous", NULL});
    result_table *edges = result_read("edges.csv");
    hebb_effective_edge exact;
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_ge(verdicts.n_agree, 1);
    ck_assert_uint_eq(edges->n_rows, 4);
    ck_assert_int_eq(hebb_effective_spin_edge(0.08, 32, 4096, 1, &exact), HEBB_OK);
    for (size_t k = 0; k < 3; k++) {
        ck_assert_double_eq(result_cell(edges, k, "m0_exact"), exact.m0);
        ck_assert_double_eq_tol(result_cell(edges, k, "m0_edge"), exact.m0, 0.04);
        ck_assert_double_gt(result_cell(edges, k, "m0_edge"), result_cell(edges, k, "m0_amari_maginu") + 0.07);
        if (k > 0) ck_assert_double_lt(result_cell(edges, k, "width"), result_cell(edges, k - 1, "width"));
    }
    ck_assert(isnan(result_cell(edges, 3, "n_neurons")));
    ck_assert_str_eq(result_text(edges, 3, "status"), "ok");
    result_free(edges);
}
END_TEST

START_TEST(no_verdict_on_other_orders_nor_on_edges_that_nothing_fixes)
{
    const hebb_verdict_count verdicts =
        experiment_run("basins", (const char *[]){"neurons=100", "alpha=.05,.2", "overlap=.9,1", "replicas=30",
                                                  "paths=2048", "update-order=random", NULL});
    result_table *edges = result_read("edges.csv");
    ck_assert_uint_eq(verdicts.n_agree + verdicts.n_disagree, 0);
    ck_assert_str_eq(result_text(edges, 0, "m0_edge"), "");
    ck_assert_str_ne(result_text(edges, 0, "status"), "ok");
    ck_assert_str_eq(result_text(edges, 2, "m0_amari_maginu"), ""); /* alpha = .2 is above its capacity */
    result_free(edges);
}
END_TEST

START_TEST(what_cannot_be_is_refused)
{
    experiment_refuse("basins", (const char *[]){"paths=100", NULL}, HEBB_EDOM, "--paths: 100");
    experiment_refuse("basins", (const char *[]){"alpha=.001", "neurons=100", NULL}, HEBB_EDOM, "half a pattern");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("basins experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, the_summary_counts_what_the_replicas_found);
    tcase_add_test(physics, the_error_of_an_edge_is_what_repeated_studies_show);
    tcase_add_test(physics, the_edge_is_the_exact_one_and_not_the_map_s);
    tcase_add_test(physics, no_verdict_on_other_orders_nor_on_edges_that_nothing_fixes);
    tcase_add_test(physics, what_cannot_be_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
