/* grid: the points of a study are every combination of the axes, the last of which varies fastest. */
#include <check.h>
#include <stdlib.h>

#include "grid.h"
#include "load_grid.h"

static double slow_values[] = {1.0, 2.0}, fast_values[] = {10.0, 20.0, 30.0}, loads[] = {0.1, 0.25},
              sizes[] = {100.0, 40.0};
static const hebb_list slow = {2, slow_values}, fast = {3, fast_values}, alpha = {2, loads}, neurons = {2, sizes};

static const hebb_column columns[] = {{"a", "1", ""}, {"sum", "1", ""}, {"b", "1", ""}};

static hebb_status add_up(void *context, double *row)
{
    row[1] = row[0] + row[2];
    return row[1] < *(const double *)context ? HEBB_OK : hebb_fail(HEBB_EDOM, "too much");
}

static hebb_study make_study(void)
{
    return (hebb_study){.n_grid = 3, .grid_columns = columns};
}

START_TEST(the_last_axis_varies_fastest_and_columns_that_follow_are_filled_in)
{
    hebb_study study = make_study();
    const hebb_list *axes[] = {&slow, NULL, &fast};
    double most = 100.0;
    ck_assert_int_eq(hebb_grid_plan(&study, axes, add_up, &most), HEBB_OK);
    ck_assert_uint_eq(study.n_points, 6);
    for (size_t k = 0; k < 6; k++) {
        ck_assert_double_eq(hebb_study_grid(&study, k, 0), slow_values[k / 3]);
        ck_assert_double_eq(hebb_study_grid(&study, k, 2), fast_values[k % 3]);
        ck_assert_double_eq(hebb_study_grid(&study, k, 1), slow_values[k / 3] + fast_values[k % 3]);
    }
    hebb_study_free(&study);
}
END_TEST

START_TEST(a_point_that_is_refused_ends_the_planning)
{
    hebb_study study = make_study();
    const hebb_list *axes[] = {&slow, NULL, &fast};
    double most = 25.0;
    ck_assert_int_eq(hebb_grid_plan(&study, axes, add_up, &most), HEBB_EDOM);
    ck_assert_str_eq(hebb_diagnostic(), "too much");
    hebb_study_free(&study);
}
END_TEST

START_TEST(more_points_than_can_be_counted_are_refused)
{
    hebb_study study = make_study();
    const hebb_list endless = {SIZE_MAX / 2, fast_values};
    const hebb_list *axes[] = {&endless, &slow, &fast};
    ck_assert_int_eq(hebb_grid_plan(&study, axes, NULL, NULL), HEBB_ENOMEM);
    hebb_study_free(&study);
}
END_TEST

START_TEST(further_axes_follow_those_of_the_load)
{
    static const hebb_column all[] = {HEBB_LOAD_GRID_COLUMNS, {"temperature", "J", ""}};
    hebb_study study = {0};
    const hebb_list *axes[] = {&fast};
    ck_assert_int_eq(hebb_load_grid_plan_with(&study, all, &alpha, &neurons, 1, axes), HEBB_OK);
    ck_assert_uint_eq(study.n_points, 12);
    ck_assert_uint_eq(study.n_grid, 4);
    for (size_t k = 0; k < 12; k++) {
        const double n = sizes[k / 3 % 2], load = loads[k / 6];
        ck_assert_double_eq(hebb_study_grid(&study, k, HEBB_GRID_ALPHA), load);
        ck_assert_uint_eq(hebb_load_grid_neurons(&study, k), (size_t)n);
        ck_assert_uint_eq(hebb_load_grid_patterns(&study, k), (size_t)(n * load + 0.5));
        ck_assert_double_eq(hebb_study_grid(&study, k, HEBB_N_LOAD_GRID), fast_values[k % 3]);
    }
    hebb_study_free(&study);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("grid");
    TCase *points = tcase_create("points");
    tcase_add_test(points, the_last_axis_varies_fastest_and_columns_that_follow_are_filled_in);
    tcase_add_test(points, a_point_that_is_refused_ends_the_planning);
    tcase_add_test(points, more_points_than_can_be_counted_are_refused);
    tcase_add_test(points, further_axes_follow_those_of_the_load);
    suite_add_tcase(suite, points);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
