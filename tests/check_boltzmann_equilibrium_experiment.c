/*
 * The boltzmann-equilibrium experiment: its theory against sums made here, and its chains against its theory.  Seeds are
 * fixed; a verdict's false alarm over a run has P = 0.0027.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "experiment_results.h"

#define SMALL "units=4", "chains=64", "sweeps=400", "replicas=40"

START_TEST(visits_and_distances_agree_with_theory_for_both_kinds_and_where_sweeps_are_correlated)
{
    const char *const kinds[] = {"kind=sign", "kind=binary"};
    for (size_t k = 0; k < 2; k++) {
        const hebb_verdict_count found = experiment_run(
            "boltzmann-equilibrium",
            (const char *[]){SMALL, kinds[k], "coupling=1.5", k == 0 ? "temperature=1.4" : "temperature=.4", NULL});
        ck_assert_uint_eq(found.n_disagree, 0);
        ck_assert_uint_ge(found.n_agree, 3 * 3 + 2); /* energy, chi-square and one distance of each start, two pairs */
    }
}
END_TEST

/* One unit's visits are binomial: neither Gaussian nor rare, and of whole numbers. */
START_TEST(one_unit_is_judged_with_what_whole_numbers_of_visits_do)
{
    const hebb_verdict_count found =
        experiment_run("boltzmann-equilibrium", (const char *[]){"units=1", "sweeps=50", "replicas=40", NULL});
    ck_assert_uint_eq(found.n_disagree, 0);
    ck_assert_uint_ge(found.n_agree, 3 * 3 + 2);
}
END_TEST

/* Without couplings a sweep draws all units anew: states are independent and fair, (1/2) 2^N sqrt(2 p (1-p)/(pi M)). */
START_TEST(without_couplings_the_distance_is_that_of_independent_states)
{
    (void)experiment_run("boltzmann-equilibrium", (const char *[]){SMALL, "coupling=0", NULL});
    result_table *theory = result_read("theory.csv");
    for (size_t k = 0; k < theory->n_rows; k++) {
        const double p = 1.0 / 16.0, m = result_cell(theory, k, "sweeps");
        const double want = 8.0 * sqrt(2.0 * p * (1.0 - p) / (M_PI * m));
        ck_assert_double_eq_tol(result_cell(theory, k, "independent"), want, 1e-12);
        ck_assert_double_eq_tol(result_cell(theory, k, "asymptote"), want, 1e-12);
        if (m >= 200.0) ck_assert_double_eq_tol(result_cell(theory, k, "total_variation"), want, 0.01 * want);
    }
    result_free(theory);
    result_table *states = result_read("states.csv");
    ck_assert_uint_eq(states->n_rows, 3 * 16);
    for (size_t k = 0; k < states->n_rows; k++)
        ck_assert_double_eq_tol(result_cell(states, k, "frequency_theory"), 1.0 / 16.0, 1e-12);
    result_free(states);
}
END_TEST

/* Started far away and counted from the first sweep on, chains are not yet in equilibrium. */
START_TEST(starts_that_are_not_forgotten_are_found_out)
{
    const hebb_verdict_count found = experiment_run(
        "boltzmann-equilibrium", (const char *[]){"units=4", "chains=512", "sweeps=1", "replicas=40", "equilibration=0",
                                                  "coupling=4", "temperature=.7", NULL});
    ck_assert_uint_ge(found.n_disagree, 2);
}
END_TEST

/* Coupled so strongly that 20 000 sweeps do not forget a state: later distances and their law have no theory. */
START_TEST(what_theory_cannot_sum_is_left_empty)
{
    (void)experiment_run("boltzmann-equilibrium", (const char *[]){"units=4", "chains=1", "sweeps=30000", "replicas=2",
                                                                   "coupling=6", "temperature=.2", NULL});
    result_table *theory = result_read("theory.csv");
    const size_t last = theory->n_rows - 1;
    ck_assert_double_gt(result_cell(theory, 0, "total_variation"), 0.0);
    ck_assert_str_eq(result_text(theory, last, "total_variation"), "");
    ck_assert_str_eq(result_text(theory, last, "asymptote"), "");
    ck_assert_str_eq(result_text(theory, last, "status"), "did not converge");
    result_free(theory);
}
END_TEST

START_TEST(what_is_out_of_range_is_refused)
{
    experiment_refuse("boltzmann-equilibrium", (const char *[]){"units=11", NULL}, HEBB_EDOM, "11");
    experiment_refuse("boltzmann-equilibrium", (const char *[]){"start=3", NULL}, HEBB_EDOM, "start");
    experiment_refuse("boltzmann-equilibrium", (const char *[]){"temperature=0", NULL}, HEBB_EDOM, "temperature");
    experiment_refuse("boltzmann-equilibrium", (const char *[]){"kind=odd", NULL}, HEBB_EUSAGE, "odd");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("boltzmann-equilibrium experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, visits_and_distances_agree_with_theory_for_both_kinds_and_where_sweeps_are_correlated);
    tcase_add_test(physics, one_unit_is_judged_with_what_whole_numbers_of_visits_do);
    tcase_add_test(physics, without_couplings_the_distance_is_that_of_independent_states);
    tcase_add_test(physics, starts_that_are_not_forgotten_are_found_out);
    tcase_add_test(physics, what_theory_cannot_sum_is_left_empty);
    tcase_add_test(physics, what_is_out_of_range_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
