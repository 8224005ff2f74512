/*
 * The microscopic-reversibility experiment: its theory against products of probabilities made here, and its chains
 * against its theory.  Seeds are fixed; a verdict's false alarm over a run has P = 0.0027.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "experiment_results.h"
#include "machine_states.h"

#define SMALL "chains=512", "steps=200", "replicas=40"

START_TEST(flows_agree_with_theory_for_both_kinds)
{
    const char *const kinds[] = {"kind=sign", "kind=binary"};
    for (size_t k = 0; k < 2; k++) {
        const hebb_verdict_count found =
            experiment_run("microscopic-reversibility", (const char *[]){SMALL, kinds[k], "coupling=1.5", NULL});
        ck_assert_uint_eq(found.n_disagree, 0);
        ck_assert_uint_ge(found.n_agree, 20);
    }
}
END_TEST

START_TEST(flows_of_one_unit_balance_and_those_of_a_sweep_do_not)
{
    (void)experiment_run("microscopic-reversibility", (const char *[]){SMALL, NULL});
    result_table *summary = result_read("summary.csv");
    ck_assert_double_eq_tol(result_cell(summary, 0, "circulation_theory"), 0.0, 1e-14);
    ck_assert_double_gt(result_cell(summary, 1, "circulation_theory"), 0.005);
    ck_assert_double_gt(result_cell(summary, 1, "circulation"), 10.0 * result_cell(summary, 1, "circulation_err"));
    result_free(summary);
    result_table *flows = result_read("flows.csv");
    size_t n_of_units = 0;
    for (size_t k = 0; k < flows->n_rows; k++) {
        if (result_cell(flows, k, "update") == 1.0) continue;
        n_of_units++;
        ck_assert_double_eq_tol(result_cell(flows, k, "net_theory"), 0.0, 1e-14);
    }
    ck_assert_uint_eq(n_of_units, 12); /* the edges of a cube */
    ck_assert_uint_eq(flows->n_rows, 12 + 28);
    result_free(flows);
}
END_TEST

/* p_a, and that unit i of state k is on next, from the energies alone. */
static void two_units(const double *energies, size_t a, double *p_a, double on[4][2])
{
    double z = 0.0;
    for (size_t k = 0; k < 4; k++) z += exp(-energies[k]);
    *p_a = exp(-energies[a]) / z;
    for (size_t k = 0; k < 4; k++)
        for (size_t i = 0; i < 2; i++)
            on[k][i] = 1.0 / (1.0 + exp(energies[k | (size_t)1 << i] - energies[k & ~((size_t)1 << i)]));
}

START_TEST(a_sweep_updates_the_units_in_the_order_of_their_numbers)
{
    (void)experiment_run("microscopic-reversibility", (const char *[]){SMALL, "units=2", NULL});
    const hebb_machine_choice choice = {HEBB_UNITS_SIGN, 2, 4, 1.0, 1, 1};
    double energies[4], p, on[4][2];
    ck_assert_int_eq(hebb_machine_law(&choice, 1.0, NULL, energies), HEBB_OK);
    result_table *flows = result_read("flows.csv");
    for (size_t k = 0; k < flows->n_rows; k++) {
        const size_t a = (size_t)result_cell(flows, k, "state_a"), b = (size_t)result_cell(flows, k, "state_b");
        two_units(energies, a, &p, on);
        double want;
        if (result_cell(flows, k, "update") == 1.0) {
            const size_t between = (a & 2) | (b & 1);
            want = p * (b & 1 ? on[a][0] : 1.0 - on[a][0]) * (b & 2 ? on[between][1] : 1.0 - on[between][1]);
        } else {
            const size_t i = (a ^ b) == 2;
            want = 0.5 * p * (b >> i & 1 ? on[a][i] : 1.0 - on[a][i]);
        }
        ck_assert_double_eq_tol(result_cell(flows, k, "there_theory"), want, 1e-13);
    }
    result_free(flows);
}
END_TEST

START_TEST(what_is_out_of_range_is_refused)
{
    experiment_refuse("microscopic-reversibility", (const char *[]){"units=6", NULL}, HEBB_EDOM, "6");
    experiment_refuse("microscopic-reversibility", (const char *[]){"update=2", NULL}, HEBB_EDOM, "update");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("microscopic-reversibility experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, flows_agree_with_theory_for_both_kinds);
    tcase_add_test(physics, flows_of_one_unit_balance_and_those_of_a_sweep_do_not);
    tcase_add_test(physics, a_sweep_updates_the_units_in_the_order_of_their_numbers);
    tcase_add_test(physics, what_is_out_of_range_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
