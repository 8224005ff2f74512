/*
 * rbm_mean_field: the gradient vanishes where it settles, exact without weights, errors of the right order in the weights,
 * the same machine in two kinds of units
 */
#include <math.h>
#include <stdlib.h>

#include "engine.h"
#include "fixed_points.h"
#include "random_rbm.h"
#include "rbm_exact.h"

static const hebb_rbm_mean_field_order orders[] = {HEBB_RBM_NAIVE, HEBB_RBM_TAP2, HEBB_RBM_TAP3};

static hebb_fixed_points settle(const hebb_rbm *rbm, hebb_rbm_mean_field_order order, size_t n, double tolerance)
{
    hebb_fixed_points points;
    const hebb_fixed_points_setting setting = {order, tolerance, 20000, 1};
    ck_assert_int_eq(hebb_fixed_points_init(&points, rbm, n), HEBB_OK);
    hebb_fixed_points_from_noise(&points, rbm, hebb_philox_derive(7, HEBB_DRAW_STATE, 0, 0));
    ck_assert_int_eq(hebb_fixed_points_settle(&points, rbm, &setting), HEBB_OK);
    for (size_t r = 0; r < n; r++) ck_assert(points.is_settled[r]);
    return points;
}

/* F when one field, and the mean with it, is moved. */
static double moved(const hebb_rbm_mean_field *field, hebb_rbm_means *means, double *x, double *m, double by,
                    hebb_layer_kind kind, double sigma)
{
    const double x_old = *x, m_old = *m;
    *x += by;
    *m = hebb_layer_mean(kind, sigma, *x);
    const double f = hebb_rbm_mean_field_free_energy(field, means, 0);
    *x = x_old;
    *m = m_old;
    return f;
}

/* dF/dx by central differences of 1e-4: rounding 1e-11, curvature's share 1e-8 of the third derivative, which is below 10. */
static void assert_no_slope(const hebb_rbm *rbm, hebb_rbm_mean_field_order order)
{
    const double h = 1e-4;
    hebb_rbm_mean_field field;
    hebb_fixed_points points = settle(rbm, order, 1, 1e-13);
    hebb_rbm_means *means = &points.means;
    ck_assert_int_eq(hebb_rbm_mean_field_init(&field, rbm, order), HEBB_OK);
    for (size_t i = 0; i < rbm->n_visible + rbm->n_hidden; i++) {
        const bool is_hidden = i >= rbm->n_visible;
        const size_t j = is_hidden ? i - rbm->n_visible : i;
        const hebb_layer_kind kind = is_hidden ? rbm->hidden_kind : rbm->visible_kind;
        const double sigma = is_hidden ? rbm->sigma_h : rbm->sigma_v;
        double *x = (is_hidden ? means->hidden_fields : means->visible_fields) + j;
        double *m = (is_hidden ? means->hidden : means->visible) + j;
        const double up = moved(&field, means, x, m, h, kind, sigma),
                     down = moved(&field, means, x, m, -h, kind, sigma);
        ck_assert_double_eq_tol((up - down) / (2.0 * h), 0.0, 2e-7);
        ck_assert_double_gt(up + down, 2.0 * points.energies[0]); /* a minimum in each unit */
    }
    hebb_rbm_mean_field_free(&field);
    hebb_fixed_points_free(&points);
}

START_TEST(the_gradient_of_the_free_energy_vanishes_where_the_equations_settle)
{
    for (size_t o = 0; o < COUNT(orders); o++)
        for (int v = 0; v < HEBB_LAYER_KINDS; v++)
            for (int h = 0; h < 2; h++) { /* the hidden layer of two values */
                const double w = v + h == 0 ? 1.5 : 0.4;
                hebb_rbm rbm = random_rbm(7, (hebb_layer_kind)v, 5, (hebb_layer_kind)h, w, 0.5, 1);
                rbm.sigma_v = 0.8;
                assert_no_slope(&rbm, orders[o]);
                hebb_rbm_free(&rbm);
            }
}
END_TEST

START_TEST(without_weights_every_order_is_exact)
{
    for (size_t o = 0; o < COUNT(orders); o++)
        for (int kind = 0; kind < 2; kind++) {
            double ln_z;
            hebb_rbm rbm = random_rbm(6, (hebb_layer_kind)kind, 4, (hebb_layer_kind)(1 - kind), 0.0, 1.0, 2);
            hebb_fixed_points points = settle(&rbm, orders[o], 3, 1e-13);
            ck_assert_int_eq(hebb_rbm_log_partition(&rbm, 1, &ln_z), HEBB_OK);
            for (size_t r = 0; r < 3; r++) ck_assert_double_eq_tol(points.energies[r], -ln_z, 1e-12);
            hebb_fixed_points_free(&points);
            hebb_rbm_free(&rbm);
        }
}
END_TEST

typedef struct {
    double energy, means; /* |F + ln Z|, and the root mean square of the means' errors */
} errors;

static errors find_errors(const hebb_rbm *rbm, hebb_rbm_mean_field_order order)
{
    hebb_rbm_moments exact;
    hebb_fixed_points points = settle(rbm, order, 1, 1e-14);
    ck_assert_int_eq(hebb_rbm_moments_init(&exact, rbm), HEBB_OK);
    ck_assert_int_eq(hebb_rbm_exact_moments(rbm, 1, &exact), HEBB_OK);
    errors e = {fabs(points.energies[0] + exact.ln_z), 0.0};
    for (size_t i = 0; i < rbm->n_visible; i++) e.means += pow(points.means.visible[i] - exact.visible[i], 2.0);
    for (size_t j = 0; j < rbm->n_hidden; j++) e.means += pow(points.means.hidden[j] - exact.hidden[j], 2.0);
    e.means = sqrt(e.means / (double)(rbm->n_visible + rbm->n_hidden));
    hebb_rbm_moments_free(&exact);
    hebb_fixed_points_free(&points);
    return e;
}

/* The exponent between weights w and w/2; the next order's share at w = .04 moves it by less than .2. */
START_TEST(an_error_falls_as_the_weights_to_the_power_of_the_first_order_left_out)
{
    for (int v = 0; v < 2; v++)
        for (int h = 0; h < 2; h++)
            for (size_t o = 0; o < COUNT(orders); o++) {
                hebb_rbm rbm = random_rbm(6, (hebb_layer_kind)v, 5, (hebb_layer_kind)h, 0.04, 0.7, 3);
                const errors wide = find_errors(&rbm, orders[o]);
                for (size_t k = 0; k < 30; k++) rbm.weights[k] /= 2.0;
                const errors narrow = find_errors(&rbm, orders[o]);
                const double expected = (double)orders[o] + 1.0;
                ck_assert_double_eq_tol(log2(wide.energy / narrow.energy), expected, 0.2);
                ck_assert_double_eq_tol(log2(wide.means / narrow.means), expected, 0.2);
                hebb_rbm_free(&rbm);
            }
}
END_TEST

/* s = 2x - 1 in both layers: W' = 4W, b' = 2b - 2 sum_j W_ij, c' = 2c - 2 sum_i W_ij; F' = F + sum W - sum b - sum c. */
static hebb_rbm as_binary(const hebb_rbm *sign, double *offset)
{
    hebb_rbm rbm;
    const size_t nv = sign->n_visible, nh = sign->n_hidden;
    ck_assert_int_eq(hebb_rbm_init(&rbm, nv, HEBB_LAYER_BINARY, nh, HEBB_LAYER_BINARY), HEBB_OK);
    *offset = 0.0;
    for (size_t i = 0; i < nv; i++) *offset -= sign->visible_bias[i];
    for (size_t j = 0; j < nh; j++) *offset -= sign->hidden_bias[j];
    for (size_t i = 0; i < nv; i++) rbm.visible_bias[i] = 2.0 * sign->visible_bias[i];
    for (size_t j = 0; j < nh; j++) rbm.hidden_bias[j] = 2.0 * sign->hidden_bias[j];
    for (size_t i = 0; i < nv; i++)
        for (size_t j = 0; j < nh; j++) {
            const double w = sign->weights[i * nh + j];
            rbm.weights[i * nh + j] = 4.0 * w;
            rbm.visible_bias[i] -= 2.0 * w;
            rbm.hidden_bias[j] -= 2.0 * w;
            *offset += w;
        }
    return rbm;
}

START_TEST(a_machine_has_the_same_solutions_in_both_kinds_of_units)
{
    for (size_t o = 0; o < COUNT(orders); o++) {
        double offset;
        hebb_rbm sign = random_rbm(9, HEBB_LAYER_SIGN, 6, HEBB_LAYER_SIGN, 0.15, 0.5, 4);
        hebb_rbm binary = as_binary(&sign, &offset);
        hebb_fixed_points one = settle(&sign, orders[o], 1, 1e-14), two = settle(&binary, orders[o], 1, 1e-14);
        ck_assert_double_eq_tol(two.energies[0], one.energies[0] + offset, 1e-11);
        for (size_t i = 0; i < 9; i++)
            ck_assert_double_eq_tol(2.0 * two.means.visible[i] - 1.0, one.means.visible[i], 1e-11);
        for (size_t j = 0; j < 6; j++)
            ck_assert_double_eq_tol(2.0 * two.means.hidden[j] - 1.0, one.means.hidden[j], 1e-11);
        hebb_fixed_points_free(&one);
        hebb_fixed_points_free(&two);
        hebb_rbm_free(&sign);
        hebb_rbm_free(&binary);
    }
}
END_TEST

/* Also where weights are far beyond the expansion: width 3. */
START_TEST(the_free_energy_never_rises_in_first_and_second_order)
{
    for (size_t o = 0; o < 2; o++)
        for (uint32_t seed = 1; seed <= 4; seed++) {
            hebb_rbm_mean_field field;
            hebb_rbm_means means;
            hebb_rbm_mean_field_room room;
            double moves;
            hebb_rbm rbm = random_rbm(12, HEBB_LAYER_BINARY, 9, HEBB_LAYER_SIGN, 3.0, 1.0, seed);
            ck_assert_int_eq(hebb_rbm_mean_field_init(&field, &rbm, orders[o]), HEBB_OK);
            ck_assert_int_eq(hebb_rbm_means_init(&means, &rbm, 1), HEBB_OK);
            ck_assert_int_eq(hebb_rbm_mean_field_room_init(&room, &rbm, 1), HEBB_OK);
            hebb_rbm_mean_field_begin(&rbm, &means, 1);
            double before = hebb_rbm_mean_field_free_energy(&field, &means, 0);
            for (int t = 0; t < 60; t++) {
                hebb_rbm_mean_field_sweep(&field, &means, 1, &room, &moves);
                const double now = hebb_rbm_mean_field_free_energy(&field, &means, 0);
                ck_assert_double_le(now, before + 1e-10);
                before = now;
            }
            hebb_rbm_mean_field_room_free(&room);
            hebb_rbm_means_free(&means);
            hebb_rbm_mean_field_free(&field);
            hebb_rbm_free(&rbm);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm_mean_field");
    TCase *all = tcase_create("all");
    tcase_add_test(all, the_gradient_of_the_free_energy_vanishes_where_the_equations_settle);
    tcase_add_test(all, without_weights_every_order_is_exact);
    tcase_add_test(all, an_error_falls_as_the_weights_to_the_power_of_the_first_order_left_out);
    tcase_add_test(all, a_machine_has_the_same_solutions_in_both_kinds_of_units);
    tcase_add_test(all, the_free_energy_never_rises_in_first_and_second_order);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
