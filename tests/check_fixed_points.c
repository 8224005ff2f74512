/* fixed_points: one at high temperature, two in a ferromagnet, what counts as one, what has not settled, threads */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "fixed_points.h"
#include "random_rbm.h"

static hebb_fixed_points_setting setting = {HEBB_RBM_TAP2, 1e-9, 2000, 1};

static hebb_fixed_points from_noise(const hebb_rbm *rbm, size_t n)
{
    hebb_fixed_points points;
    ck_assert_int_eq(hebb_fixed_points_init(&points, rbm, n), HEBB_OK);
    hebb_fixed_points_from_noise(&points, rbm, hebb_philox_derive(1, HEBB_DRAW_STATE, 0, 0));
    ck_assert_int_eq(hebb_fixed_points_settle(&points, rbm, &setting), HEBB_OK);
    return points;
}

static size_t count(const hebb_fixed_points *points, const hebb_rbm *rbm, double distance)
{
    size_t *which = calloc(points->n, sizeof *which);
    const size_t n = hebb_fixed_points_distinct(points, rbm, distance, which);
    free(which);
    return n;
}

/* A rank-one machine of +-1 units: W = w u v^T, u and v of unit length. */
static hebb_rbm ferromagnet(size_t nv, size_t nh, double w)
{
    hebb_rbm rbm;
    ck_assert_int_eq(hebb_rbm_init(&rbm, nv, HEBB_LAYER_SIGN, nh, HEBB_LAYER_SIGN), HEBB_OK);
    for (size_t k = 0; k < nv * nh; k++) rbm.weights[k] = w / sqrt((double)(nv * nh));
    return rbm;
}

START_TEST(weak_weights_have_one_state)
{
    for (int order = HEBB_RBM_NAIVE; order <= HEBB_RBM_TAP3; order++) {
        hebb_rbm rbm = random_rbm(20, HEBB_LAYER_BINARY, 10, HEBB_LAYER_BINARY, 0.1, 1.0, 1);
        setting.order = (hebb_rbm_mean_field_order)order;
        hebb_fixed_points points = from_noise(&rbm, 100);
        ck_assert_uint_eq(count(&points, &rbm, 1e-6), 1);
        hebb_fixed_points_free(&points);
        hebb_rbm_free(&rbm);
    }
}
END_TEST

/* Naive: below w = 1 zero alone; above it m_v = tanh(w sqrt(kappa) m_h), m_h = tanh(w m_v/sqrt(kappa)), and the opposite. */
START_TEST(a_mode_above_one_has_two_states)
{
    const size_t nv = 65, nh = 15; /* odd: no start is half up, half down, which stays so */
    setting.order = HEBB_RBM_NAIVE;
    for (int k = 0; k < 2; k++) {
        const double w = k == 0 ? 0.9 : 1.5;
        hebb_rbm rbm = ferromagnet(nv, nh, w);
        hebb_fixed_points points = from_noise(&rbm, 50);
        ck_assert_uint_eq(count(&points, &rbm, 1e-3), k == 0 ? 1 : 2);
        for (size_t r = 0; r < points.n; r++) {
            ck_assert(points.is_settled[r]);
            const double v = points.means.visible[r * nv], h = points.means.hidden[r * nh];
            ck_assert_double_eq_tol(v, tanh(w * h * sqrt((double)nh / (double)nv)), 1e-8);
            ck_assert_double_eq_tol(h, tanh(w * v * sqrt((double)nv / (double)nh)), 1e-8);
            ck_assert_int_eq(fabs(v) > 1e-3, k == 1);
        }
        hebb_fixed_points_free(&points);
        hebb_rbm_free(&rbm);
    }
}
END_TEST

START_TEST(two_within_the_distance_are_one)
{
    hebb_fixed_points points;
    hebb_rbm rbm = random_rbm(3, HEBB_LAYER_BINARY, 1, HEBB_LAYER_SIGN, 0.1, 0.0, 1);
    ck_assert_int_eq(hebb_fixed_points_init(&points, &rbm, 4), HEBB_OK);
    for (size_t r = 0; r < 4; r++) points.is_settled[r] = r != 3;
    points.means.visible[1 * 3] = 0.1;  /* from the first: .1/sqrt(4 units) = .05 */
    points.means.hidden[2] = 0.4;       /* half as far in a unit of width 2: .4/2/2 = .1 */
    points.means.visible[3 * 3] = 77.0; /* has not settled */
    ck_assert_uint_eq(count(&points, &rbm, 0.0499), 3);
    ck_assert_uint_eq(count(&points, &rbm, 0.0501), 2);
    ck_assert_uint_eq(count(&points, &rbm, 0.0999), 2);
    ck_assert_uint_eq(count(&points, &rbm, 0.1001), 1);
    ck_assert_uint_eq(hebb_fixed_points_near(&points, &rbm, 0.0501, 0), 2);
    ck_assert_uint_eq(hebb_fixed_points_near(&points, &rbm, 0.0501, 2), 1);
    hebb_fixed_points_free(&points);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(what_has_not_settled_is_not_counted)
{
    hebb_rbm rbm = random_rbm(20, HEBB_LAYER_BINARY, 10, HEBB_LAYER_BINARY, 2.0, 0.0, 2);
    setting.order = HEBB_RBM_TAP2;
    setting.max_sweeps = 2;
    hebb_fixed_points points = from_noise(&rbm, 5);
    setting.max_sweeps = 2000;
    ck_assert_uint_eq(count(&points, &rbm, 1e-3), 0);
    for (size_t r = 0; r < 5; r++) ck_assert(!points.is_settled[r] && points.sweeps[r] == 2 && points.moves[r] > 1e-9);
    hebb_fixed_points_free(&points);
    for (size_t k = 0; k < 200; k++) rbm.weights[k] = k % 2 == 0 ? 1e200 : -1e200; /* their squares are none */
    points = from_noise(&rbm, 5);
    for (size_t r = 0; r < 5; r++) ck_assert(!points.is_settled[r] && isnan(points.moves[r]) && points.sweeps[r] < 10);
    hebb_fixed_points_free(&points);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(solutions_do_not_depend_on_threads)
{
    hebb_rbm rbm = random_rbm(30, HEBB_LAYER_BINARY, 20, HEBB_LAYER_BINARY, 1.0, 0.5, 3);
    setting.order = HEBB_RBM_TAP3;
    hebb_fixed_points one = from_noise(&rbm, 150);
    setting.n_threads = 3;
    hebb_fixed_points three = from_noise(&rbm, 150);
    setting.n_threads = 1;
    ck_assert_mem_eq(one.means.visible, three.means.visible, 150 * 30 * sizeof(double));
    ck_assert_mem_eq(one.means.hidden, three.means.hidden, 150 * 20 * sizeof(double));
    ck_assert_mem_eq(one.energies, three.energies, 150 * sizeof(double));
    ck_assert_mem_eq(one.sweeps, three.sweeps, 150 * sizeof(long));
    hebb_fixed_points_free(&one);
    hebb_fixed_points_free(&three);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(a_solution_that_is_followed_in_its_own_machine_stays)
{
    hebb_fixed_points again;
    hebb_rbm rbm = random_rbm(20, HEBB_LAYER_SIGN, 10, HEBB_LAYER_BINARY, 0.8, 0.0, 4);
    setting.order = HEBB_RBM_TAP2;
    hebb_fixed_points points = from_noise(&rbm, 70);
    const size_t which[] = {69, 3, 0};
    for (size_t r = 0; r < 3; r++) ck_assert(points.is_settled[which[r]]);
    ck_assert_int_eq(hebb_fixed_points_init(&again, &rbm, 3), HEBB_OK);
    hebb_fixed_points_follow(&again, &rbm, &points, which);
    ck_assert_int_eq(hebb_fixed_points_settle(&again, &rbm, &setting), HEBB_OK);
    for (size_t r = 0; r < 3; r++) {
        ck_assert_int_eq(again.sweeps[r], 1);
        ck_assert_double_eq_tol(again.energies[r], points.energies[which[r]], 1e-9);
    }
    hebb_fixed_points_free(&again);
    hebb_fixed_points_free(&points);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(starts_are_spread_over_the_data)
{
    enum { N = 10, UNITS = 4 };
    hebb_layer_states data;
    hebb_fixed_points points;
    uint8_t bytes[N * UNITS];
    for (size_t k = 0; k < N * UNITS; k++) bytes[k] = (uint8_t)(k / UNITS >> k % UNITS & 1);
    hebb_rbm rbm = random_rbm(UNITS, HEBB_LAYER_SIGN, 1, HEBB_LAYER_BINARY, 0.1, 0.0, 1);
    ck_assert_int_eq(hebb_layer_states_init(&data, HEBB_LAYER_SIGN, N, UNITS), HEBB_OK);
    hebb_index_lists_set(&data.lists, N, bytes);
    ck_assert_int_eq(hebb_fixed_points_init(&points, &rbm, 3), HEBB_OK);
    hebb_fixed_points_from_data(&points, &data);
    for (size_t r = 0; r < 3; r++)
        for (size_t i = 0; i < UNITS; i++)
            ck_assert_double_eq(points.means.visible[r * UNITS + i], (r * N / 3) >> i & 1 ? 1.0 : -1.0);
    hebb_fixed_points_free(&points);
    hebb_layer_states_free(&data);
    hebb_rbm_free(&rbm);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fixed_points");
    TCase *all = tcase_create("all");
    tcase_add_test(all, weak_weights_have_one_state);
    tcase_add_test(all, a_mode_above_one_has_two_states);
    tcase_add_test(all, two_within_the_distance_are_one);
    tcase_add_test(all, what_has_not_settled_is_not_counted);
    tcase_add_test(all, solutions_do_not_depend_on_threads);
    tcase_add_test(all, a_solution_that_is_followed_in_its_own_machine_stays);
    tcase_add_test(all, starts_are_spread_over_the_data);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
