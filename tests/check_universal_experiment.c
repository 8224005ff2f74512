/* The universal experiment: what its replicas say, and its summary of them. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "experiment_results.h"

/* A family of comparisons of exact numbers, and of three sampled shares: a false alarm has P = 0.0027. */
START_TEST(machines_reach_the_kl_that_is_wanted_and_theory_says_how)
{
    const hebb_verdict_count verdicts =
        experiment_run("universal", (const char *[]){"visible=3,6", "support=1,4", "kl=.3,.001", "replicas=30",
                                                     "chains=4", "sweeps=2500", NULL});
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_ge(verdicts.n_agree, 8 + 8 + 2 + 3);
    result_table *units = result_read("units.csv"), *summary = result_read("summary.csv");
    ck_assert_uint_eq(units->n_rows, 8 * 30);
    ck_assert_uint_eq(summary->n_rows, 8);
    for (size_t row = 0; row < units->n_rows; row++) {
        const double kl = result_cell(units, row, "kl"), target = result_cell(units, row, "kl_target");
        ck_assert_double_le(kl, target * (1.0 + 1e-9));
        ck_assert_double_ge(kl, 0.8 * target);
        ck_assert_double_ge(kl, result_cell(units, row, "kl_low") - 1e-12);
        ck_assert_double_le(kl, result_cell(units, row, "kl_high") + 1e-12);
        ck_assert_double_eq(result_cell(units, row, "n_hidden"), result_cell(units, row, "n_support") + 1.0);
    }
    size_t n_sampled = 0;
    for (size_t row = 0; row < 8; row++) {
        const double found = result_cell(summary, row, "outside_sampled");
        ck_assert(result_cell(summary, row, "kl_target") == .3 || isnan(found)); /* its wells are too deep */
        if (isnan(found)) continue;
        n_sampled++;
        ck_assert_double_eq_tol(found, result_cell(summary, row, "outside"), 0.02);
    }
    ck_assert_uint_ge(n_sampled, 3);
    result_free(units);
    result_free(summary);
}
END_TEST

/* The same distributions and machines, so the same KL to rounding, whatever values the units have. */
START_TEST(units_of_other_values_make_the_same_machines)
{
    double kl[2][4];
    for (int k = 0; k < 2; k++) {
        (void)experiment_run("universal",
                             (const char *[]){"visible=5", "support=7", "weight=4,9", "replicas=2", "sweeps=0",
                                              k == 0 ? "visible-units=binary" : "visible-units=sign",
                                              k == 0 ? "hidden-units=binary" : "hidden-units=sign", NULL});
        result_table *units = result_read("units.csv");
        ck_assert_uint_eq(units->n_rows, 4);
        for (size_t row = 0; row < 4; row++) {
            kl[k][row] = result_cell(units, row, "kl");
            ck_assert(isnan(result_cell(units, row, "outside_sampled")));
            ck_assert_double_eq(result_cell(units, row, "size"), result_cell(units, row, "weight"));
        }
        result_free(units);
    }
    for (size_t row = 0; row < 4; row++) ck_assert_double_eq_tol(kl[0][row], kl[1][row], 1e-12);
    ck_assert_double_ne(kl[0][0], kl[0][1]);
}
END_TEST

/* law.csv is of the first replica; what is said of it there makes its KL. */
START_TEST(the_law_that_is_written_has_the_kl_of_its_replica)
{
    (void)experiment_run("universal",
                         (const char *[]){"visible=4", "support=16", "weight=6", "replicas=3", "sweeps=0", NULL});
    result_table *law = result_read("law.csv"), *units = result_read("units.csv");
    ck_assert_uint_eq(law->n_rows, 16);
    double kl = 0.0, sum = 0.0, seen = 0.0;
    for (size_t row = 0; row < 16; row++) {
        const double p = result_cell(law, row, "p");
        kl += p * log(p / result_cell(law, row, "p_machine"));
        sum += p;
        seen += exp2(result_cell(law, row, "vector"));
    }
    ck_assert_double_eq_tol(sum, 1.0, 1e-14);
    ck_assert_double_eq(seen, 65535.0); /* each once */
    ck_assert_double_eq_tol(kl, result_cell(units, 0, "kl"), 1e-14);
    ck_assert_double_eq_tol(result_cell(units, 0, "outside"), 0.0, 1e-14);
    result_free(law);
    result_free(units);
}
END_TEST

START_TEST(what_cannot_be_meant_is_refused)
{
    experiment_refuse("universal", (const char *[]){"kl=.1", "weight=5", NULL}, HEBB_EUSAGE, "exclude");
    experiment_refuse("universal", (const char *[]){"visible=3", "support=9", NULL}, HEBB_EDOM, "8 vectors");
    experiment_refuse("universal", (const char *[]){"kl=0", NULL}, HEBB_EDOM, "kl");
    experiment_refuse("universal", (const char *[]){"weight=nan", NULL}, HEBB_EDOM, "weight");
    experiment_refuse("universal", (const char *[]){"visible=21", NULL}, HEBB_EDOM, "visible");
    experiment_refuse("universal", (const char *[]){"visible=20", "support=1000", NULL}, HEBB_EDOM, "minutes");
    experiment_refuse("universal", (const char *[]){"visible-units=gaussian", NULL}, HEBB_EUSAGE, "visible-units");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("universal experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, machines_reach_the_kl_that_is_wanted_and_theory_says_how);
    tcase_add_test(physics, units_of_other_values_make_the_same_machines);
    tcase_add_test(physics, the_law_that_is_written_has_the_kl_of_its_replica);
    tcase_add_test(physics, what_cannot_be_meant_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
