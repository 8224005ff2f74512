/* The rbm-modes experiment against its theory, its data, its files, and refusals. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment_results.h"
#include "rbm_modes_study.h"

/* No false alarm: the gradient is exact, and corrections of w^2 are below the tolerance.  Few replicas: growth is known. */
START_TEST(exact_learning_agrees_with_the_linear_regime)
{
    const hebb_verdict_count verdicts = experiment_run(
        "rbm-modes", (const char *[]){"visible=8", "hidden=16", "chains=0", "eigenvalues=3.2,3", "cases=100",
                                      "updates=40", "replicas=30", "learning-rate=0.03", NULL});
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_ge(verdicts.n_agree, 3); /* growth of a mode or two, worst step, none rises */
    result_table *modes = result_read("modes.csv"), *theory = result_read("theory.csv");
    ck_assert_uint_eq(modes->n_rows, 8 * 41);
    ck_assert_uint_eq(theory->n_rows, 8 * 101);
    const double start = result_cell(modes, 0, "w"), later = result_cell(modes, 20, "w");
    ck_assert_double_eq_tol(start, 0.02, 1e-15);
    ck_assert_double_eq_tol(later / result_cell(modes, 20, "w_theory"), 1.0, 0.01);
    for (size_t k = 7 * 41 + 1; k < 8 * 41; k++) /* the smallest mode falls */
        ck_assert_double_lt(result_cell(modes, k, "w"), result_cell(modes, k - 1, "w"));
    result_free(modes);
    result_free(theory);
}
END_TEST

/* Seed 1; of two laws with some ten judged numbers a run with another seed fails one time in 200. */
START_TEST(binary_units_grow_a_quarter_as_fast_of_a_quarter)
{
    const hebb_verdict_count verdicts = experiment_run(
        "rbm-modes", (const char *[]){"law=binary", "visible=6", "hidden=16", "chains=0,300", "eigenvalues=4.5",
                                      "cases=100", "updates=15", "replicas=30", NULL});
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_ge(verdicts.n_agree, 4);
}
END_TEST

START_TEST(gaussian_units_end_at_their_fixed_points)
{
    const hebb_verdict_count verdicts = experiment_run(
        "rbm-modes", (const char *[]){"law=gaussian", "visible=4", "hidden=4", "chains=300", "eigenvalues=1.9,1.8",
                                      "cases=200", "updates=120", "learning-rate=.08", "replicas=30", NULL});
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    result_table *summary = result_read("summary.csv");
    ck_assert_double_eq_tol(result_cell(summary, 0, "w"), result_cell(summary, 0, "w_theory"), 0.02);
    result_free(summary);
}
END_TEST

/* W begins above .1: the first order says nothing of any update. */
START_TEST(without_an_update_to_compare_no_verdict_is_made_of_steps)
{
    const hebb_verdict_count verdicts =
        experiment_run("rbm-modes", (const char *[]){"visible=4", "hidden=4", "chains=0", "eigenvalues=3", "w0=.5",
                                                     "cases=20", "updates=2", "replicas=2", NULL});
    ck_assert_uint_eq(verdicts.n_not_judged, 1);
    result_table *summary = result_read("summary.csv");
    ck_assert_str_eq(result_text(summary, 0, "worst_step"), "");
    result_free(summary);
}
END_TEST

/* Half the cases are the others' opposites; 20 000 cases give lambda to 1 % and the mean is exact. */
START_TEST(the_data_have_the_planted_eigenvalues)
{
    double values[] = {3.0, 0.4};
    const hebb_list planted = {.length = 2, .values = values};
    for (int law = 0; law < 3; law++) {
        const hebb_rbm_modes_study own = {.law = (hebb_modes_law)law, .planted = &planted, .n_cases = 20000};
        hebb_layer_states data;
        ck_assert_int_eq(hebb_rbm_modes_draw(&own, 8, hebb_philox_derive(5, HEBB_DRAW_PATTERNS, 0, 0), &data), HEBB_OK);
        const double middle = law == HEBB_MODES_BINARY ? 0.5 : 0.0;
        double mean = 0.0, square[2] = {0}, all = 0.0;
        for (size_t r = 0; r < data.n_states; r++) {
            double v[8], sum[2] = {0};
            hebb_layer_states_get(&data, r, v);
            for (int i = 0; i < 8; i++) {
                sum[i / 4] += (v[i] - middle) / 2.0;
                all += (v[i] - middle) * (v[i] - middle) / 20000.0;
            }
            mean += sum[0] + sum[1];
            for (int b = 0; b < 2; b++) square[b] += sum[b] * sum[b] / 20000.0;
        }
        const double unit = hebb_rbm_modes_unit((hebb_modes_law)law);
        ck_assert_double_eq_tol(mean, 0.0, 1e-9);
        ck_assert_double_eq_tol(square[0], 3.0 * unit, 0.1 * unit);
        ck_assert_double_eq_tol(square[1], 0.4 * unit, 0.03 * unit);
        ck_assert_double_eq_tol(all, 8.0 * unit, 0.2 * unit);
        hebb_layer_states_free(&data);
    }
    double coupling;
    ck_assert_int_eq(hebb_rbm_modes_magnet(4, 4.1, &coupling), HEBB_EDOM);
    ck_assert_int_eq(hebb_rbm_modes_magnet(5, 1.0, &coupling), HEBB_OK);
    ck_assert_double_eq_tol(coupling, 0.0, 1e-12);
}
END_TEST

START_TEST(a_point_does_not_hang_on_the_rest_of_the_grid)
{
    (void)experiment_run("rbm-modes", (const char *[]){"visible=4,6", "hidden=8", "chains=0,20", "eigenvalues=1.8",
                                                       "cases=20", "updates=3", "replicas=2", NULL});
    result_table *all = result_read("units.csv");
    (void)experiment_run("rbm-modes", (const char *[]){"visible=6", "hidden=8", "chains=20", "eigenvalues=1.8",
                                                       "cases=20", "updates=3", "replicas=2", NULL});
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
    experiment_refuse("rbm-modes", (const char *[]){"law=gaussian", "chains=0", NULL}, HEBB_EUSAGE,
                      "--chains 0: gaussian");
    experiment_refuse("rbm-modes", (const char *[]){"hidden=33", NULL}, HEBB_EDOM,
                      "--hidden 33: it is to be a power of two");
    experiment_refuse("rbm-modes", (const char *[]){"hidden=8", NULL}, HEBB_EDOM, "12 visible units at least");
    experiment_refuse("rbm-modes", (const char *[]){"visible=13", NULL}, HEBB_EDOM, "need a multiple of 2");
    experiment_refuse("rbm-modes", (const char *[]){"visible=26", "chains=0", NULL}, HEBB_EDOM, "take at most 25");
    experiment_refuse("rbm-modes", (const char *[]){"eigenvalues=7,2", NULL}, HEBB_EDOM,
                      "--eigenvalues 7: a block of 6");
    experiment_refuse("rbm-modes", (const char *[]){"law=gaussian", "eigenvalues=12", NULL}, HEBB_EDOM,
                      "--eigenvalues 12");
    experiment_refuse("rbm-modes", (const char *[]){"cases=11", NULL}, HEBB_EDOM, "--cases 11: an even number");
    experiment_refuse("rbm-modes", (const char *[]){"law=gaussian", "w0=1", NULL}, HEBB_EDOM, "--w0 1");
    experiment_refuse("rbm-modes", (const char *[]){"w0=nan", NULL}, HEBB_EDOM, "w0");
    experiment_refuse("rbm-modes", (const char *[]){"chains=5000000", NULL}, HEBB_EDOM, "chains");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm-modes experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, exact_learning_agrees_with_the_linear_regime);
    tcase_add_test(physics, binary_units_grow_a_quarter_as_fast_of_a_quarter);
    tcase_add_test(physics, gaussian_units_end_at_their_fixed_points);
    tcase_add_test(physics, the_data_have_the_planted_eigenvalues);
    tcase_add_test(physics, without_an_update_to_compare_no_verdict_is_made_of_steps);
    tcase_add_test(physics, a_point_does_not_hang_on_the_rest_of_the_grid);
    tcase_add_test(physics, what_does_not_go_together_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
