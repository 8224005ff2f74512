/* The mean-field-xor experiment: what its replicas cost and say, and its summary of them. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "experiment_results.h"

/*
 * Units: 4 hidden and 1 output.  A mean-field epoch sets 4 + 5 means in 4 cases and 8 temperatures, --settle times
 * each.
 */
START_TEST(machines_learn_and_are_read_out_as_enumeration_says)
{
    const hebb_verdict_count verdicts =
        experiment_run("mean-field-xor", (const char *[]){"replicas=30", "settle=1,3", "collect=3,20",
                                                          "learning-rate=2", "read-sweeps=25", NULL});
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_eq(verdicts.n_agree, 5 + 4); /* read-outs of all five rules, counts but the exact gradient's */
    result_table *summary = result_read("summary.csv");
    ck_assert_uint_eq(summary->n_rows, 5);
    static const double settling[] = {1, 3, 0, 0, 0}, collecting[] = {0, 0, 3, 20, 0};
    for (size_t row = 0; row < 5; row++) {
        ck_assert_double_eq(result_cell(summary, row, "settling_sweeps"), settling[row]);
        ck_assert_double_eq(result_cell(summary, row, "collecting_sweeps"), collecting[row]);
        ck_assert_double_gt(result_cell(summary, row, "learnt"), 0.85);
        if (row == 4) continue;
        const double want = row < 2 ? 4.0 * 9.0 * 8.0 * settling[row] : 4.0 * 9.0 * (8.0 + collecting[row]);
        ck_assert_double_eq(result_cell(summary, row, "updates_per_epoch"), want);
    }
    ck_assert_double_eq(result_cell(summary, 0, "ratio"), 1.0);
    ck_assert_double_gt(result_cell(summary, 3, "ratio"), 1.0);
    ck_assert_double_eq(result_cell(summary, 2, "epochs_theory"), result_cell(summary, 4, "epochs"));
    ck_assert(isnan(result_cell(summary, 4, "unit_updates")));
    result_free(summary);
}
END_TEST

/* The median and the cost once more from units.csv; one epoch is less than any machine needs. */
START_TEST(a_summary_is_that_of_its_replicas)
{
    (void)experiment_run("mean-field-xor", (const char *[]){"replicas=9", "settle=1", "collect=5", "updates=70",
                                                            "learning-rate=2", "read-sweeps=2", NULL});
    result_table *summary = result_read("summary.csv"), *units = result_read("units.csv");
    for (size_t point = 0; point < 2; point++) {
        double n_learnt = 0.0, sum = 0.0;
        size_t n_below = 0, n_above = 0;
        const double median = result_cell(summary, point, "epochs");
        for (size_t r = 0; r < 9; r++) {
            const double epochs = result_cell(units, 9 * point + r, "epochs");
            const double learnt = result_cell(units, 9 * point + r, "learnt");
            ck_assert_int_eq(isnan(epochs), learnt == 0.0);
            n_learnt += learnt;
            sum += result_cell(units, 9 * point + r, "unit_updates");
            n_below += epochs < median;
            n_above += isnan(epochs) || epochs > median;
        }
        ck_assert_double_lt(n_learnt, 9.0); /* given up: counted all the same */
        ck_assert_uint_le(n_below, 4);
        ck_assert_uint_le(n_above, 4);
        ck_assert_double_eq_tol(result_cell(summary, point, "unit_updates"), sum / n_learnt, 1e-12 * sum);
    }
    result_free(summary);
    result_free(units);
    (void)experiment_run("mean-field-xor", (const char *[]){"replicas=2", "settle=1", "collect=1", "updates=1",
                                                            "learning-rate=2", "read-sweeps=1", NULL});
    summary = result_read("summary.csv");
    ck_assert_double_eq(result_cell(summary, 0, "learnt"), 0.0);
    ck_assert(isnan(result_cell(summary, 0, "epochs")) && isnan(result_cell(summary, 0, "ratio")));
    result_free(summary);
}
END_TEST

/* Of one half of the replicas the limit that is cheapest by trying each, and the cost of the other half with it. */
static double limit_of(const result_table *units, size_t first, size_t n, size_t half)
{
    double best = NAN, least = INFINITY;
    for (size_t a = half; a < n; a += 2) {
        const double limit = result_cell(units, first + a, "epochs");
        double sum = 0.0, n_learnt = 0.0;
        for (size_t r = half; r < n; r += 2) {
            const double epochs = result_cell(units, first + r, "epochs");
            sum += epochs <= limit ? epochs : limit;
            n_learnt += epochs <= limit;
        }
        if (sum / n_learnt < least) {
            least = sum / n_learnt;
            best = limit;
        }
    }
    return best;
}

START_TEST(a_limit_is_judged_by_replicas_that_did_not_choose_it)
{
    enum { N = 31 };
    (void)experiment_run("mean-field-xor",
                         (const char *[]){"replicas=31", "settle=1", "collect=1,3", "updates=150", "learning-rate=2,8",
                                          "temperatures=4,1", "start=.5,1", "read-sweeps=1", NULL});
    static const double temperatures[] = {8, 4, 4, 0, 1, 1}, start[] = {1, .5, .5, .5, 1, 1};
    result_table *summary = result_read("summary.csv"), *units = result_read("units.csv");
    ck_assert_uint_eq(summary->n_rows, 6);
    double of_mean_field = NAN;
    for (size_t point = 0; point < 6; point++) {
        ck_assert_double_eq(result_cell(summary, point, "temperatures"), temperatures[point]);
        ck_assert_double_eq(result_cell(summary, point, "start"), start[point]);
        if (point == 3) continue; /* the exact gradient */
        const double limits[2] = {limit_of(units, N * point, N, 1), limit_of(units, N * point, N, 0)};
        double sum = 0.0, n_learnt = 0.0;
        for (size_t r = 0; r < N; r++) {
            const double epochs = result_cell(units, N * point + r, "epochs"), limit = limits[r % 2];
            sum += epochs <= limit ? epochs : limit;
            n_learnt += epochs <= limit;
        }
        const double want = sum / n_learnt * result_cell(summary, point, "updates_per_epoch");
        if (point == 0) of_mean_field = want;
        ck_assert_double_eq_tol(result_cell(summary, point, "restart_updates"), want, 1e-12 * want);
        ck_assert_double_eq_tol(result_cell(summary, point, "restart_ratio"), want / of_mean_field, 1e-12);
        ck_assert_double_eq_tol(
            result_cell(summary, point, "updates_per_epoch_theory"),
            36.0 * (point == 0 ? 8.0 : temperatures[point] + result_cell(summary, point, "collecting_sweeps")), 1e-12);
    }
    result_free(summary);
    result_free(units);
}
END_TEST

START_TEST(learning_may_go_on_after_the_criterion_and_is_then_read_out)
{
    double right[2];
    for (int k = 0; k < 2; k++) {
        (void)experiment_run("mean-field-xor",
                             (const char *[]){"replicas=6", "settle=1", "collect=10", "learning-rate=2",
                                              "read-sweeps=5", k == 0 ? "further=0" : "further=60", NULL});
        result_table *units = result_read("units.csv");
        right[k] = 0.0;
        for (size_t r = 0; r < 6; r++) right[k] += result_cell(units, 12 + r, "p_right") / 6.0; /* the exact gradient */
        result_free(units);
    }
    ck_assert_double_gt(right[1], right[0] + 0.01);
    ck_assert_double_lt(right[1], 1.0);
}
END_TEST

START_TEST(what_cannot_be_meant_is_refused)
{
    experiment_refuse("mean-field-xor", (const char *[]){"collect=0", NULL}, HEBB_EDOM, "collect");
    experiment_refuse("mean-field-xor", (const char *[]){"settle=0", NULL}, HEBB_EDOM, "settle");
    experiment_refuse("mean-field-xor", (const char *[]){"learning-rate=0", NULL}, HEBB_EDOM, "learning-rate");
    experiment_refuse("mean-field-xor", (const char *[]){"problem=bars-and-stripes", NULL}, HEBB_EUSAGE, "problem");
    experiment_refuse("mean-field-xor", (const char *[]){"temperatures=0", NULL}, HEBB_EDOM, "temperatures");
    experiment_refuse("mean-field-xor", (const char *[]){"temperatures=2,3", "learning-rate=1,2,3", NULL}, HEBB_EDOM,
                      "temperatures");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mean-field-xor experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, machines_learn_and_are_read_out_as_enumeration_says);
    tcase_add_test(physics, a_summary_is_that_of_its_replicas);
    tcase_add_test(physics, a_limit_is_judged_by_replicas_that_did_not_choose_it);
    tcase_add_test(physics, learning_may_go_on_after_the_criterion_and_is_then_read_out);
    tcase_add_test(physics, what_cannot_be_meant_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
