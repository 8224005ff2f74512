/* The completion experiment: retrieval from half a digit, its theory, its picture, refusals. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "experiment_results.h"

/* Sharp memories find the image; soft ones give the mean of all.  Numbers beside the theory's agree to rounding. */
START_TEST(half_a_digit_is_completed_where_beta_is_large)
{
    const hebb_verdict_count verdicts =
        experiment_run("completion", (const char *[]){"patterns=20", "beta=1,200", "replicas=20", NULL});
    ck_assert_uint_eq(verdicts.n_agree, 6);
    ck_assert_uint_eq(verdicts.n_disagree + verdicts.n_inconclusive, 0);
    result_table *summary = result_read("summary.csv"), *theory = result_read("theory.csv");
    ck_assert_double_lt(result_cell(summary, 0, "weight"), 0.1);
    ck_assert_double_gt(result_cell(summary, 0, "error"), 0.5);
    ck_assert_double_ge(result_cell(summary, 1, "right"), 0.95);
    ck_assert_double_gt(result_cell(summary, 1, "weight"), 0.9);
    ck_assert_double_lt(result_cell(summary, 1, "error_first"), 0.1);
    ck_assert_uint_eq(theory->n_rows, 61);
    ck_assert_double_eq_tol(result_cell(theory, 0, "weight"), result_cell(summary, 0, "weight"), 1e-12);
    for (size_t k = 0; k < theory->n_rows; k++) {
        ck_assert_double_le(result_cell(theory, k, "bound"), 2.0 + 1e-12);
        if (k > 0) ck_assert_double_le(result_cell(theory, k, "bound"), result_cell(theory, k - 1, "bound") + 1e-12);
    }
    result_free(summary);
    result_free(theory);
}
END_TEST

/* images.csv, 28 pixels and a gap of 2: stored, given, one row a beta; the sharp memory's row is the first again. */
START_TEST(the_picture_shows_what_is_stored_given_and_found)
{
    (void)experiment_run("completion", (const char *[]){"patterns=2", "beta=1,1000", "replicas=2", NULL});
    result_table *images = result_read("images.csv");
    const size_t width = 2 * 30 - 2, height = 4 * 30 - 2;
    ck_assert_uint_eq(images->n_rows, width * height);
    size_t n_masked = 0;
    double ink = 0.0;
    for (size_t y = 0; y < 28; y++)
        for (size_t x = 0; x < 28; x++) {
            const size_t given = (y + 30) * width + x;
            const double stored = result_cell(images, y * width + x, "grey");
            ink += stored;
            n_masked += result_cell(images, given, "is_masked") == 1.0;
            ck_assert_double_eq(result_cell(images, given, "is_masked"), y < 14 ? 0.0 : 1.0);
            if (y < 14) ck_assert_double_eq(result_cell(images, given, "grey"), stored);
            ck_assert_double_eq_tol(result_cell(images, (y + 90) * width + x, "grey"), stored, 1e-3);
        }
    ck_assert_uint_eq(n_masked, 28 * 14);
    ck_assert_double_gt(ink, 5000.0);
    ck_assert_double_eq(result_cell(images, 90 * width, "beta"), 1000.0);
    result_free(images);
}
END_TEST

START_TEST(images_of_a_file_are_chosen_and_completed)
{
    char data[700];
    FILE *file = fopen(scratch_path("images.csv-in.csv"), "w");
    ck_assert_ptr_nonnull(file);
    for (int k = 0; k < 8; k++)
        for (int i = 0; i < 16; i++)
            (void)fprintf(file, "%d%c", (7 * k * k + 3 * i * i + k * i) % 11, i < 15 ? ',' : '\n');
    ck_assert_int_eq(fclose(file), 0);
    snprintf(data, sizeof data, "data=%s", scratch_path("images.csv-in.csv"));
    const hebb_verdict_count verdicts =
        experiment_run("completion", (const char *[]){data, "patterns=1,6", "beta=100", "mask=.25", "mask-kind=random",
                                                      "replicas=10", NULL});
    ck_assert_uint_eq(verdicts.n_agree, 6);
    result_table *summary = result_read("summary.csv");
    ck_assert_double_eq(result_cell(summary, 0, "right"), 1.0);
    ck_assert_double_ge(result_cell(summary, 1, "right"), 0.8);
    result_free(summary);
    experiment_refuse("completion", (const char *[]){data, "patterns=9", NULL}, HEBB_EDOM, "more than the 8 images");
}
END_TEST

START_TEST(bad_options_are_refused)
{
    experiment_refuse("completion", (const char *[]){"data=builtin:letters", NULL}, HEBB_EUSAGE, "builtin:digits");
    experiment_refuse("completion", (const char *[]){"mask=.99", NULL}, HEBB_EDOM, "leaves nothing");
    experiment_refuse("completion", (const char *[]){"beta=0", NULL}, HEBB_EDOM, "beta");
    experiment_refuse("completion", (const char *[]){"mask-kind=upper", NULL}, HEBB_EUSAGE, "lower|right|random");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("completion experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, half_a_digit_is_completed_where_beta_is_large);
    tcase_add_test(physics, the_picture_shows_what_is_stored_given_and_found);
    tcase_add_test(physics, images_of_a_file_are_chosen_and_completed);
    tcase_add_test(physics, bad_options_are_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
