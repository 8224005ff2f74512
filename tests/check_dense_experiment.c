/* The dense experiment end to end: simulation against theory, and what its tables must say. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dense_retrieval.h"
#include "experiment_results.h"

/* The table read last. */
static result_table *table;

static void read_table(const char *name)
{
    if (table != NULL) result_free(table);
    table = result_read(name);
}

static double cell(size_t row, const char *name)
{
    return result_cell(table, row, name);
}

/*
 * 100 networks a point, within 4 standard errors and the tolerance of finite size: a false alarm of 4e-4 in all if the
 * errors were Gaussian; the seed is fixed.  A load off by a factor 3, the double factorial of n = 3, shows.
 */
START_TEST(at_low_loads_the_overlap_is_the_theorys_at_degrees_two_three_and_four)
{
    static const char *const settings[][5] = {
        {"degree=2", "neurons=400", "load=.06,.08", "replicas=100", NULL},
        {"degree=3", "neurons=120", "load=.1,.15", "replicas=100", NULL},
        {"degree=4", "neurons=50", "load=.08,.11", "replicas=100", NULL},
    };
    for (size_t d = 0; d < 3; d++) {
        (void)experiment_run("dense", settings[d]);
        read_table("verdict.csv");
        for (size_t k = 0; k < 2; k++) {
            ck_assert_str_eq(result_text(table, k, "quantity"), "m_retrieved");
            const double d_m = fabs(cell(k, "simulation") - cell(k, "theory"));
            ck_assert_double_lt(cell(k, "simulation_err"), 3e-3);
            ck_assert_double_le(d_m, 4.0 * cell(k, "simulation_err") + cell(k, "tolerance"));
        }
    }
}
END_TEST

/* The half-loss load of 100 neurons in the heat bath is below a_c, and no pattern is kept far above. */
START_TEST(in_the_heat_bath_the_overlap_is_the_theorys_and_the_pattern_is_lost_above_the_end)
{
    static const char *const settings[] = {
        "degree=3", "neurons=100", "load=.05,.1,.5", "temperature=.2", "replicas=40", "thermal-sweeps=60", NULL};
    (void)experiment_run("dense", settings);
    read_table("summary.csv");
    hebb_dense_state x;
    ck_assert_int_eq(hebb_dense_retrieval(3, cell(1, "load_measured"), 0.2, &x), HEBB_OK);
    ck_assert_double_eq(cell(1, "m_theory"), x.m);
    for (size_t k = 0; k < 2; k++) {
        ck_assert_double_eq_tol(cell(k, "m"), cell(k, "m_theory"), 4.0 * cell(k, "m_err") + 2e-3);
        ck_assert_double_eq_tol(cell(k, "energy_retrieved"), cell(k, "energy_retrieved_theory"),
                                4.0 * cell(k, "energy_retrieved_err") + 1e-2);
        ck_assert_double_gt(cell(k, "m_cooled"), cell(k, "m"));
    }
    ck_assert_double_gt(cell(2, "lost"), 0.9);
    ck_assert_double_nan(cell(2, "m_theory"));
}
END_TEST

START_TEST(degree_two_goes_the_ways_of_the_capacity_experiment)
{
    static const char *const hopfield[] = {"neurons=90", "alpha=.1,.2", "replicas=8", "update-order=random", NULL};
    static const char *const dense[] = {"degree=2",   "neurons=90",          "load=.1,.2",
                                        "replicas=8", "update-order=random", NULL};
    static const char *const same[] = {"m", "sweeps", "flips", "n_patterns", "outcome"};
    (void)experiment_run("capacity", hopfield);
    read_table("units.csv");
    result_table *other = table;
    table = NULL;
    (void)experiment_run("dense", dense);
    read_table("units.csv");
    ck_assert_uint_eq(table->n_rows, 16);
    for (size_t k = 0; k < 16; k++) {
        for (size_t c = 0; c < sizeof same / sizeof *same; c++)
            ck_assert_str_eq(result_text(table, k, same[c]), result_text(other, k, same[c]));
        /* the energy has the diagonal that the Hopfield model's leaves out */
        ck_assert_double_eq_tol(cell(k, "energy") + 0.5 * cell(k, "n_patterns") / 90.0, result_cell(other, k, "energy"),
                                1e-12);
    }
    result_free(other);
}
END_TEST

START_TEST(the_load_counts_patterns_by_the_double_factorial_and_the_start_is_as_far_as_asked_for)
{
    static const char *const settings[] = {"degree=2,3,4", "neurons=30", "load=.1", "overlap=.8,1", "replicas=2", NULL};
    static const double n_patterns[] = {3.0, 30.0, 180.0}; /* .1 x 30, .1 x 900/3, .1 x 27000/15 */
    (void)experiment_run("dense", settings);
    read_table("units.csv");
    ck_assert_uint_eq(table->n_rows, 12);
    for (size_t k = 0; k < 12; k++) {
        ck_assert_double_eq(cell(k, "n_patterns"), n_patterns[k / 4]);
        ck_assert_double_eq(cell(k, "alpha"), n_patterns[k / 4] / pow(30.0, cell(k, "degree") - 1.0));
        ck_assert_double_eq_tol(cell(k, "m_initial"), k % 4 < 2 ? 0.8 : 1.0, 1e-15);
        if (k % 4 >= 2) ck_assert_double_gt(cell(k, "m"), 0.7);
    }
    read_table("verdict.csv");
    for (size_t k = 0; k < 6; k++)
        ck_assert((strstr(result_text(table, k, "note"), "only starts at the pattern") != NULL) == (k % 2 == 0));
}
END_TEST

START_TEST(lost_are_the_runs_below_three_quarters_of_the_last_overlap)
{
    static const char *const settings[] = {"degree=3", "neurons=40", "load=.4", "replicas=60", NULL};
    double n_lost = 0.0, sum = 0.0;
    (void)experiment_run("dense", settings);
    read_table("units.csv");
    for (size_t k = 0; k < 60; k++) {
        const double m = cell(k, "m");
        n_lost += m < 0.75 * 0.83848227;
        sum += m < 0.75 * 0.83848227 ? 0.0 : m;
    }
    read_table("summary.csv");
    ck_assert_double_gt(n_lost, 5.0);
    ck_assert_double_eq_tol(cell(0, "lost"), n_lost / 60.0, 1e-15);
    ck_assert_double_eq_tol(cell(0, "m_retrieved"), sum / (60.0 - n_lost), 1e-14);
}
END_TEST

START_TEST(the_rectified_power_is_compared_with_half_the_load_and_at_degree_two_with_nothing)
{
    static const char *const settings[] = {"degree=2,3",  "neurons=40", "load=.2", "interaction=rectified",
                                           "replicas=40", NULL};
    (void)experiment_run("dense", settings);
    read_table("summary.csv");
    hebb_dense_state half;
    ck_assert_int_eq(hebb_dense_retrieval(3, 0.5 * cell(1, "load_measured"), 0.0, &half), HEBB_OK);
    ck_assert_double_nan(cell(0, "m_theory"));
    ck_assert_double_eq(cell(1, "m_theory"), half.m);
    ck_assert_double_eq_tol(cell(1, "m"), half.m, 4.0 * cell(1, "m_err") + 4e-3);
    read_table("theory.csv");
    ck_assert_uint_eq(table->n_rows, 121); /* of degree 2 its beginning alone */
    ck_assert_double_eq(cell(0, "load"), 0.0);
    ck_assert_double_eq_tol(cell(120, "load"), 2.0 * 0.25219043, 1e-8);
}
END_TEST

/* What the experiment promises of its verdicts, so that nobody widens it unnoticed. */
START_TEST(tolerances_are_those_announced_and_loads_near_the_end_are_not_judged)
{
    static const char *const settings[] = {
        "degree=3", "neurons=30,40,50", "load=.1,.2,.5", "temperature=0,.2", "thermal-sweeps=4", "replicas=2", NULL};
    (void)experiment_run("dense", settings);
    read_table("verdict.csv");
    ck_assert_uint_eq(table->n_rows, 2 * 18 + 2);
    for (size_t k = 0; k < 18; k++) {
        const double load = cell(k, "load"), T = cell(k, "temperature");
        const bool is_near = strstr(result_text(table, k, "note"), "too close to a_c") != NULL;
        ck_assert(is_near == (load == 0.2));
        if (load == 0.5) ck_assert_ptr_nonnull(strstr(result_text(table, k, "note"), "no retrieval state"));
        if (load == 0.1) {
            hebb_dense_state x, below;
            const double a = 3.0 * cell(k, "alpha");
            ck_assert_int_eq(hebb_dense_retrieval(3, a, T, &x), HEBB_OK);
            ck_assert_int_eq(hebb_dense_retrieval(3, 0.999 * a, T, &below), HEBB_OK);
            const double moved = (below.m - x.m) * 1e3 * 9.0 / cell(k, "n_neurons");
            ck_assert_double_eq_tol(cell(k, "tolerance"), moved + (T > 0.0 ? 0.0 : 1e-3), 0.02 * moved);
        }
        ck_assert_double_eq(cell(18 + k, "tolerance"), 0.02);
    }
    for (size_t k = 36; k < 38; k++) {
        ck_assert_str_eq(result_text(table, k, "quantity"), "a_c_degree_3");
        ck_assert_double_eq_tol(cell(k, "tolerance"), 0.03 * cell(k, "theory"), 1e-15);
    }
    ck_assert_double_lt(cell(36, "theory"), cell(37, "theory"));
}
END_TEST

/* 40 networks at three sizes and T = 0: at degree 2 losses begin above alpha_c, and their loads fall with N. */
START_TEST(half_loss_loads_have_a_limit_in_both_powers)
{
    static const char *const settings[] = {"degree=2", "neurons=100,200,400", "load=.12:.3:.02", "replicas=40", NULL};
    (void)experiment_run("dense", settings);
    read_table("finite_size.csv");
    ck_assert_uint_eq(table->n_rows, 5);
    for (size_t k = 0; k < 3; k++) ck_assert_double_gt(cell(k, "load_half"), 0.15);
    for (size_t k = 1; k < 3; k++) ck_assert_double_lt(cell(k, "load_half"), cell(k - 1, "load_half"));
    ck_assert_double_eq(cell(3, "exponent"), 0.5);
    ck_assert_double_eq(cell(4, "exponent"), 1.0);
    ck_assert_double_eq_tol(cell(3, "load_half"), 0.1379, 0.01 + 3.0 * cell(3, "load_half_err"));
    ck_assert_double_gt(cell(4, "load_half"), cell(3, "load_half"));
}
END_TEST

/* Of the rectified power, which has no theory at T > 0 that would take the time. */
START_TEST(a_units_numbers_do_not_depend_on_the_rest_of_the_grid)
{
    static const char *const wide[] = {"interaction=rectified", "degree=3,4", "neurons=20,30",    "load=.1,.3",
                                       "temperature=0,.3",      "replicas=3", "thermal-sweeps=6", NULL};
    static const char *const narrow[] = {"interaction=rectified", "degree=4",   "neurons=30",       "load=.3",
                                         "temperature=.3",        "replicas=2", "thermal-sweeps=6", NULL};
    (void)experiment_run("dense", wide);
    read_table("units.csv");
    result_table *all = table;
    table = NULL;
    (void)experiment_run("dense", narrow);
    read_table("units.csv");
    ck_assert_uint_eq(table->n_rows, 2);
    for (size_t r = 0; r < 2; r++)
        for (size_t k = 0; k < table->n_columns; k++)
            ck_assert_str_eq(table->cells[r][k], all->cells[all->n_rows - 3 + r][k]);
    ck_assert_str_ne(result_text(table, 0, "m"), result_text(table, 1, "m"));
    result_free(all);
}
END_TEST

START_TEST(sizes_with_too_many_pairs_are_left_out_degree_by_degree)
{
    static const char *const settings[] = {"degree=2,3",      "neurons=20,40", "load=.1,.3",
                                           "most-pairs=2000", "replicas=2",    NULL};
    (void)experiment_run("dense", settings);
    read_table("units.csv");
    ck_assert_uint_eq(table->n_rows, 12); /* .3 40^3/3 = 6400 is too much at any load */
    for (size_t k = 8; k < 12; k++) ck_assert_double_eq(cell(k, "n_neurons"), 20.0);
    experiment_refuse("dense", (const char *[]){"degree=3", "neurons=40", "load=.1,.3", "most-pairs=2000", NULL},
                      HEBB_EDOM, "no size is left");
}
END_TEST

START_TEST(what_cannot_be_is_refused_with_its_remedy)
{
    experiment_refuse("dense", (const char *[]){"degree=4", "neurons=2000", "load=.2", NULL}, HEBB_EDOM,
                      "use fewer --neurons at this degree");
    experiment_refuse("dense", (const char *[]){"degree=2", "neurons=4", "load=.1", NULL}, HEBB_EDOM,
                      "less than half a pattern");
    experiment_refuse("dense", (const char *[]){"degree=3", "neurons=20", "temperature=.7", NULL}, HEBB_EDOM,
                      "no retrieval at any load");
    experiment_refuse("dense", (const char *[]){"degree=2", "neurons=20", "temperature=1", NULL}, HEBB_EDOM,
                      "no retrieval at any load");
    experiment_refuse("dense", (const char *[]){"update-order=synchronous", NULL}, HEBB_EUSAGE, "random");
    experiment_refuse("dense", (const char *[]){"interaction=exponential", NULL}, HEBB_EUSAGE, "rectified");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dense experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, at_low_loads_the_overlap_is_the_theorys_at_degrees_two_three_and_four);
    tcase_add_test(physics, in_the_heat_bath_the_overlap_is_the_theorys_and_the_pattern_is_lost_above_the_end);
    tcase_add_test(physics, degree_two_goes_the_ways_of_the_capacity_experiment);
    tcase_add_test(physics, the_load_counts_patterns_by_the_double_factorial_and_the_start_is_as_far_as_asked_for);
    tcase_add_test(physics, lost_are_the_runs_below_three_quarters_of_the_last_overlap);
    tcase_add_test(physics, the_rectified_power_is_compared_with_half_the_load_and_at_degree_two_with_nothing);
    tcase_add_test(physics, tolerances_are_those_announced_and_loads_near_the_end_are_not_judged);
    tcase_add_test(physics, half_loss_loads_have_a_limit_in_both_powers);
    tcase_add_test(physics, a_units_numbers_do_not_depend_on_the_rest_of_the_grid);
    tcase_add_test(physics, sizes_with_too_many_pairs_are_left_out_degree_by_degree);
    tcase_add_test(physics, what_cannot_be_is_refused_with_its_remedy);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
