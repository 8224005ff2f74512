/* The annealing-schedule experiment: slopes against the law of annealed states, learning at a temperature and at none. */
#include <check.h>
#include <stdlib.h>

#include "boltzmann_learning.h"
#include "experiment_results.h"

/* Eight comparisons, of which none may disagree; the seed is fixed, the family's level 0.0027. */
START_TEST(sampled_slopes_agree_with_the_annealed_law_also_where_it_is_far_from_equilibrium)
{
    const hebb_verdict_count verdicts =
        experiment_run("annealing-schedule", (const char *[]){"end-temperature=.1,1", "temperatures=1,6", "updates=0",
                                                              "chains=32", "half-way=.5", "replicas=30", NULL});
    result_table *summary = result_read("summary.csv");
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_ge(verdicts.n_agree, 6);
    ck_assert_uint_eq(summary->n_rows, 4);
    /* the quench to T = .1 errs by more than the slope there; six temperatures by less than one does; at T = 1 hardly */
    ck_assert_double_gt(result_cell(summary, 0, "bias"), result_cell(summary, 0, "signal"));
    ck_assert_double_lt(result_cell(summary, 1, "bias"), 0.5 * result_cell(summary, 0, "bias"));
    ck_assert_double_lt(result_cell(summary, 3, "bias"), 0.5 * result_cell(summary, 3, "signal"));
    ck_assert_str_eq(result_text(summary, 0, "sampled_learnt"), "");
    result_free(summary);
}
END_TEST

/* The line passes through the points: the same machines and the same law. */
START_TEST(theory_s_line_ends_at_the_points_theory)
{
    (void)experiment_run("annealing-schedule", (const char *[]){"end-temperature=.5,2", "temperatures=3", "updates=0",
                                                                "chains=1", "half-way=.9", "replicas=3", NULL});
    result_table *summary = result_read("summary.csv"), *theory = result_read("theory.csv");
    for (int k = 0; k < 2; k++) {
        const size_t row = k == 0 ? 0 : theory->n_rows - 1;
        ck_assert_double_eq_tol(result_cell(theory, row, "t_end"), result_cell(summary, (size_t)k, "t_end"), 1e-12);
        ck_assert_double_eq_tol(result_cell(theory, row, "bias"), result_cell(summary, (size_t)k, "bias_theory"),
                                1e-12);
        ck_assert_double_eq_tol(result_cell(theory, row, "signal"), result_cell(summary, (size_t)k, "signal"), 1e-12);
    }
    result_free(summary);
    result_free(theory);
}
END_TEST

/* Mean field: 20 runs each, of which some half are right at T = .05 and all but one or two at least at T = 1. */
START_TEST(mean_field_learns_at_a_temperature_and_not_near_zero)
{
    (void)experiment_run("annealing-schedule",
                         (const char *[]){"end-temperature=.05,1", "temperatures=8", "updates=150", "chains=1",
                                          "half-way=1", "replicas=20", NULL});
    result_table *summary = result_read("summary.csv");
    ck_assert_double_gt(result_cell(summary, 1, "mean_field_learnt"), 0.85);
    ck_assert_double_lt(result_cell(summary, 0, "mean_field_learnt"), 0.8);
    ck_assert_double_gt(result_cell(summary, 1, "mean_field_updates"), 9.0); /* ten epochs running */
    ck_assert_double_lt(result_cell(summary, 1, "mean_field_updates"), 150.0);
    result_free(summary);
}
END_TEST

/* 50 sampled updates of xor at a temperature, from weights and at a rate in its units. */
static void learn_at(double unit, hebb_boltzmann *machine)
{
    const double temperatures[3] = {5.0 * unit, 2.0 * unit, unit};
    hebb_problem problem;
    hebb_boltzmann_learning learning;
    ck_assert_int_eq(hebb_problem_builtin("xor", &problem), HEBB_OK);
    const hebb_machine_recipe recipe = {.kind = HEBB_UNITS_SIGN, .n_hidden = 4, .start = 0.5 * unit};
    const hebb_boltzmann_learning_options how = {.is_conditional = true,
                                                 .learning_rate = 0.2 * unit,
                                                 .n_chains = 2,
                                                 .n_temperatures = 3,
                                                 .temperatures = temperatures,
                                                 .sweeps_each = 1,
                                                 .collecting_sweeps = 5};
    ck_assert_int_eq(hebb_machine_recipe_make(&recipe, &problem, 3, machine), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_learning_init(&learning, machine, &problem, &how, 4), HEBB_OK);
    for (uint64_t n = 1; n <= 50; n++) ck_assert_int_eq(hebb_boltzmann_learning_update(&learning, n), HEBB_OK);
    hebb_boltzmann_learning_free(&learning);
    hebb_problem_free(&problem);
}

/* Powers of two round alike: equal to the bit. */
START_TEST(temperature_is_the_unit_of_weights_and_of_their_rate)
{
    hebb_boltzmann one, quarter;
    learn_at(1.0, &one);
    learn_at(0.25, &quarter);
    for (size_t k = 0; k < one.n_units * one.n_units; k++)
        ck_assert_double_eq(0.25 * one.weights[k], quarter.weights[k]);
    hebb_boltzmann_free(&one);
    hebb_boltzmann_free(&quarter);
}
END_TEST

START_TEST(what_makes_no_sense_is_refused)
{
    experiment_refuse("annealing-schedule", (const char *[]){"end-temperature=7", NULL}, HEBB_EDOM,
                      "--start-temperature");
    experiment_refuse("annealing-schedule", (const char *[]){"problem=shifter", NULL}, HEBB_EDOM, "shifter");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("annealing-schedule experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, sampled_slopes_agree_with_the_annealed_law_also_where_it_is_far_from_equilibrium);
    tcase_add_test(physics, theory_s_line_ends_at_the_points_theory);
    tcase_add_test(physics, mean_field_learns_at_a_temperature_and_not_near_zero);
    tcase_add_test(physics, temperature_is_the_unit_of_weights_and_of_their_rate);
    tcase_add_test(physics, what_makes_no_sense_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
