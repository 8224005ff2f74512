/* verdict: the three outcomes at their edges, and Holm's test against its definition. */
#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "philox.h"
#include "verdict.h"

static hebb_verdict judge_one(double simulation, double error, double theory, double tolerance, double resolution)
{
    hebb_comparison c = {
        .simulation = simulation, .error = error, .theory = theory, .tolerance = tolerance, .resolution = resolution};
    ck_assert_int_eq(hebb_verdict_judge(1, &c), HEBB_OK);
    return c.verdict;
}

START_TEST(a_single_comparison_is_three_sigma_beyond_the_tolerance)
{
    ck_assert_int_eq(judge_one(1.0299, 0.01, 1.0, 0.0, 0.1), HEBB_AGREE);
    ck_assert_int_eq(judge_one(1.0301, 0.01, 1.0, 0.0, 0.1), HEBB_DISAGREE);
    ck_assert_int_eq(judge_one(0.9699, 0.01, 1.0, 0.0, 0.1), HEBB_DISAGREE);
    ck_assert_int_eq(judge_one(1.0399, 0.01, 1.0, 0.01, 0.1), HEBB_AGREE);
    ck_assert_int_eq(judge_one(1.0401, 0.01, 1.0, 0.01, 0.1), HEBB_DISAGREE);
}
END_TEST

START_TEST(a_large_error_bar_is_never_agreement)
{
    ck_assert_int_eq(judge_one(1.0, 0.0333, 1.0, 0.0, 0.1), HEBB_AGREE);
    ck_assert_int_eq(judge_one(1.0, 0.0334, 1.0, 0.0, 0.1), HEBB_INCONCLUSIVE);
    ck_assert_int_eq(judge_one(9.0, 0.0334, 1.0, 0.0, 0.1), HEBB_INCONCLUSIVE);
    ck_assert_int_eq(judge_one(1.0, NAN, 1.0, 0.0, 0.1), HEBB_INCONCLUSIVE);
    ck_assert_int_eq(judge_one(NAN, 0.01, 1.0, 0.0, 0.1), HEBB_INCONCLUSIVE);
    ck_assert_int_eq(judge_one(1.0, 0.01, NAN, 0.0, 0.1), HEBB_INCONCLUSIVE);
}
END_TEST

START_TEST(without_spread_only_the_tolerance_counts)
{
    ck_assert_int_eq(judge_one(1.0, 0.0, 1.0, 0.0, 0.1), HEBB_AGREE);
    ck_assert_int_eq(judge_one(1.0, 0.0, 1.1, 0.0, 0.1), HEBB_DISAGREE);
    ck_assert_int_eq(judge_one(1.0, 0.0, 1.1, 0.2, 0.1), HEBB_AGREE);
}
END_TEST

/* Fifty z's; rejected are those whose ordered p-values stay below level/(n-k), counted here by the definition. */
START_TEST(many_comparisons_are_judged_by_holms_step_down_test)
{
    const double level = erfc(3.0 / M_SQRT2);
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_STATE, 0, 0), 0, 0);
    for (int study = 0; study < 200; study++) {
        hebb_comparison c[50];
        size_t n_rejected = 0;
        for (int k = 0; k < 50; k++)
            c[k] =
                (hebb_comparison){.simulation = 2.5 * hebb_stream_gaussian(&stream), .error = 1.0, .resolution = 10.0};
        ck_assert_int_eq(hebb_verdict_judge(50, c), HEBB_OK);
        for (;; n_rejected++) { /* the (n_rejected+1)-th smallest p-value, found by counting smaller ones */
            double p = 2.0;
            for (int k = 0; k < 50; k++) {
                size_t rank = 0;
                for (int j = 0; j < 50; j++) rank += fabs(c[j].simulation) > fabs(c[k].simulation);
                if (rank == n_rejected) p = erfc(fabs(c[k].simulation) / M_SQRT2);
            }
            if (!(p < level / (double)(50 - n_rejected))) break;
        }
        const hebb_verdict_count count = hebb_verdict_count_all(50, c);
        ck_assert_uint_eq(count.n_disagree, n_rejected);
        ck_assert_uint_eq(count.n_agree, 50 - n_rejected);
    }
}
END_TEST

/* True null hypotheses: 4000 families of 20; at most 0.27 % may have a false «disagree».  Bound: 5 sigma. */
START_TEST(a_family_of_true_theories_is_wrongly_doubted_as_seldom_as_one)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(2, HEBB_DRAW_STATE, 0, 0), 0, 0);
    double n_doubted = 0.0;
    for (int study = 0; study < 4000; study++) {
        hebb_comparison c[20];
        for (int k = 0; k < 20; k++)
            c[k] = (hebb_comparison){.simulation = hebb_stream_gaussian(&stream), .error = 1.0, .resolution = 10.0};
        ck_assert_int_eq(hebb_verdict_judge(20, c), HEBB_OK);
        n_doubted += hebb_verdict_count_all(20, c).n_disagree > 0;
    }
    const double share = erfc(3.0 / M_SQRT2);
    ck_assert_double_le(n_doubted, 4000.0 * share + 5.0 * sqrt(4000.0 * share));
}
END_TEST

START_TEST(an_error_from_few_replicas_is_judged_by_students_law_and_from_very_few_not_at_all)
{
    hebb_comparison c = {.simulation = 3.2, .error = 1.0, .resolution = 10.0};
    ck_assert_int_eq(hebb_verdict_judge(1, &c), HEBB_OK);
    ck_assert_int_eq(c.verdict, HEBB_DISAGREE);
    c.n_samples = 31; /* 30 degrees of freedom: 0.27 % lies beyond 3.27 */
    ck_assert_int_eq(hebb_verdict_judge(1, &c), HEBB_OK);
    ck_assert_int_eq(c.verdict, HEBB_AGREE);
    c.simulation = 3.3;
    ck_assert_int_eq(hebb_verdict_judge(1, &c), HEBB_OK);
    ck_assert_int_eq(c.verdict, HEBB_DISAGREE);
    c.simulation = 3.265; /* with 31 degrees of freedom the point is 3.2609, with 30 3.2703, with 29 3.2804 */
    ck_assert_int_eq(hebb_verdict_judge(1, &c), HEBB_OK);
    ck_assert_int_eq(c.verdict, HEBB_AGREE);
    c.simulation = 3.275;
    ck_assert_int_eq(hebb_verdict_judge(1, &c), HEBB_OK);
    ck_assert_int_eq(c.verdict, HEBB_DISAGREE);
    c.n_samples = 29;
    ck_assert_int_eq(hebb_verdict_judge(1, &c), HEBB_OK);
    ck_assert_int_eq(c.verdict, HEBB_INCONCLUSIVE);
    c.n_wanted = 29; /* where one replica's number is Gaussian */
    ck_assert_int_eq(hebb_verdict_judge(1, &c), HEBB_OK);
    ck_assert_int_eq(c.verdict, HEBB_AGREE);
    c.n_wanted = 31;
    c.n_samples = 30;
    ck_assert_int_eq(hebb_verdict_judge(1, &c), HEBB_OK);
    ck_assert_int_eq(c.verdict, HEBB_INCONCLUSIVE);
}
END_TEST

/* z = 3.1 has P = .0019: more than half the level, as the first of two needs, and less than all of it. */
START_TEST(one_that_is_not_rejected_saves_all_less_extreme_ones)
{
    hebb_comparison c[] = {{.simulation = 3.1, .error = 1.0, .resolution = 10.0},
                           {.simulation = 3.05, .error = 1.0, .resolution = 10.0}};
    ck_assert_int_eq(hebb_verdict_judge(2, c), HEBB_OK);
    ck_assert_int_eq(c[0].verdict, HEBB_AGREE);
    ck_assert_int_eq(c[1].verdict, HEBB_AGREE);
}
END_TEST

START_TEST(what_is_marked_as_not_judged_is_inconclusive_and_outside_the_family)
{
    hebb_comparison c[] = {{.simulation = 3.1, .error = 1.0, .resolution = 10.0},
                           {.simulation = 9.0, .error = 1.0, .resolution = 10.0, .not_judged = 1}};
    ck_assert_int_eq(hebb_verdict_judge(2, c), HEBB_OK);
    ck_assert_int_eq(c[0].verdict, HEBB_DISAGREE);
    ck_assert_int_eq(c[1].verdict, HEBB_INCONCLUSIVE);
}
END_TEST

START_TEST(the_table_has_the_contracts_columns_and_empty_cells_for_a_quantity_of_the_whole)
{
    static const char *const names[] = {"quantity",  "alpha",   "simulation", "simulation_err", "theory", "z",
                                        "tolerance", "verdict", "note"};
    const hebb_column grid_column = {"alpha", "1", "load"};
    const double grid[] = {0.1, 0.2};
    hebb_comparison c[] = {
        {.quantity = "m", .point = 1, .simulation = 1.5, .error = 0.5, .theory = 1.0, .resolution = 9.0, .note = "n"},
        {.quantity = "alpha_c",
         .point = SIZE_MAX,
         .simulation = 1.0,
         .error = 0.0,
         .theory = 1.0,
         .resolution = 9.0,
         .note = ""}};
    hebb_table table;
    ck_assert_int_eq(hebb_verdict_judge(2, c), HEBB_OK);
    ck_assert_int_eq(hebb_verdict_tabulate(2, c, 1, &grid_column, grid, &table), HEBB_OK);
    ck_assert_uint_eq(table.n_columns, 9);
    for (size_t k = 0; k < 9; k++) ck_assert_str_eq(table.columns[k].name, names[k]);
    ck_assert_uint_eq(table.n_rows, 2);
    ck_assert_double_eq(hebb_table_cell(&table, 0, 1)->number, 0.2);
    ck_assert_double_eq(hebb_table_cell(&table, 0, 5)->number, 1.0);
    ck_assert_double_nan(hebb_table_cell(&table, 1, 1)->number);
    ck_assert_double_nan(hebb_table_cell(&table, 1, 5)->number);
    ck_assert_str_eq(hebb_table_cell(&table, 0, 7)->text, "agree");
    hebb_table_free(&table);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verdict");
    TCase *rules = tcase_create("rules");
    tcase_add_test(rules, a_single_comparison_is_three_sigma_beyond_the_tolerance);
    tcase_add_test(rules, a_large_error_bar_is_never_agreement);
    tcase_add_test(rules, without_spread_only_the_tolerance_counts);
    tcase_add_test(rules, many_comparisons_are_judged_by_holms_step_down_test);
    tcase_add_test(rules, a_family_of_true_theories_is_wrongly_doubted_as_seldom_as_one);
    tcase_add_test(rules, an_error_from_few_replicas_is_judged_by_students_law_and_from_very_few_not_at_all);
    tcase_add_test(rules, one_that_is_not_rejected_saves_all_less_extreme_ones);
    tcase_add_test(rules, what_is_marked_as_not_judged_is_inconclusive_and_outside_the_family);
    tcase_add_test(rules, the_table_has_the_contracts_columns_and_empty_cells_for_a_quantity_of_the_whole);
    suite_add_tcase(suite, rules);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
