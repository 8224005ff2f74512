/* The boltzmann-learning experiment: the exact rule against descent, the sampled one against the annealed law. */
#include <check.h>
#include <stdlib.h>

#include "experiment_results.h"

/*
 * Seed fixed; the family's level is 0.0027.  Two times descent, two times the first excess, the limits after 1 and 10
 * updates.
 */
START_TEST(sampled_and_exact_learning_follow_their_theory)
{
    const hebb_verdict_count verdicts = experiment_run(
        "boltzmann-learning", (const char *[]){"chains=4,16", "learning-rate=.2", "updates=10", "replicas=160", NULL});
    result_table *verdict = result_read("verdict.csv");
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_eq(verdicts.n_agree, 6);
    ck_assert_str_eq(result_text(verdict, 0, "quantity"), "exact_descent");
    ck_assert_double_lt(result_cell(verdict, 0, "simulation"), 1e-12);
    result_free(verdict);
}
END_TEST

/* Of all visible units, and {0, 1} records: 0, 1, 2, ... to the last, every rule from one start. */
START_TEST(all_rules_start_from_the_same_machine_and_go_down)
{
    (void)experiment_run("boltzmann-learning", (const char *[]){"objective=generative", "chains=8", "updates=30",
                                                                "replicas=4", "collect=3", NULL});
    result_table *summary = result_read("summary.csv");
    const size_t last = summary->n_rows - 1;
    ck_assert_double_eq(result_cell(summary, 0, "update"), 0.0);
    ck_assert_double_eq(result_cell(summary, 1, "update"), 1.0);
    ck_assert_double_eq(result_cell(summary, last, "update"), 30.0);
    ck_assert_double_eq(result_cell(summary, 0, "sampled"), result_cell(summary, 0, "exact"));
    ck_assert_double_eq(result_cell(summary, 0, "mean_field"), result_cell(summary, 0, "exact"));
    ck_assert_double_eq_tol(result_cell(summary, 0, "exact_theory"), result_cell(summary, 0, "exact"), 1e-12);
    ck_assert_double_lt(result_cell(summary, last, "exact"), result_cell(summary, 0, "exact"));
    ck_assert_double_lt(result_cell(summary, last, "sampled"), result_cell(summary, 0, "sampled"));
    ck_assert_str_eq(result_text(summary, 1, "excess_theory"), ""); /* one chain's states are correlated */
    result_free(summary);
}
END_TEST

START_TEST(what_makes_no_sense_is_refused)
{
    experiment_refuse("boltzmann-learning", (const char *[]){"hidden=22", NULL}, HEBB_EDOM, "--hidden");
    experiment_refuse("boltzmann-learning", (const char *[]){"problem=bars-and-stripes", "objective=conditional", NULL},
                      HEBB_EUSAGE, "--objective");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("boltzmann-learning experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, sampled_and_exact_learning_follow_their_theory);
    tcase_add_test(physics, all_rules_start_from_the_same_machine_and_go_down);
    tcase_add_test(physics, what_makes_no_sense_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
