/*
 * rbm_exact: ln Z and averages against sums over all states in long double, to 1e-12; gradients of ln Z by finite differences;
 * Gaussian layers against integrals; the same bits from every kernel and any number of threads.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "kernel.h"
#include "rbm_exact.h"
#include "rbm_reference.h"

static void check_against_states(const hebb_rbm *rbm, double tolerance)
{
    hebb_rbm_moments moments;
    double ln_z;
    rbm_reference_sums *sums = rbm_reference_sum(rbm);
    ck_assert_int_eq(hebb_rbm_moments_init(&moments, rbm), HEBB_OK);
    ck_assert_int_eq(hebb_rbm_exact_moments(rbm, 1, &moments), HEBB_OK);
    ck_assert_int_eq(hebb_rbm_log_partition(rbm, 1, &ln_z), HEBB_OK);
    ck_assert_double_eq_tol(ln_z, (double)logl(sums->z), tolerance);
    ck_assert_double_eq(ln_z, moments.ln_z);
    for (size_t i = 0; i < rbm->n_visible; i++) {
        ck_assert_double_eq_tol(moments.visible[i], (double)sums->v[i], tolerance);
        for (size_t j = 0; j < rbm->n_hidden; j++)
            ck_assert_double_eq_tol(moments.products[i * rbm->n_hidden + j], (double)sums->vh[i][j], tolerance);
    }
    for (size_t j = 0; j < rbm->n_hidden; j++)
        ck_assert_double_eq_tol(moments.hidden[j], (double)sums->h[j], tolerance);
    hebb_rbm_moments_free(&moments);
    hebb_rbm_moments_free(&moments);
    rbm_reference_drop(sums);
}

/* From one unit to more than the low bits have; either layer the smaller one. */
START_TEST(ln_z_and_averages_are_those_of_all_states)
{
    const size_t sizes[][2] = {{1, 1}, {1, 4}, {3, 2}, {5, 5}, {6, 7}, {7, 6}, {8, 8}, {9, 7}, {4, 12}};
    for (size_t s = 0; s < COUNT(sizes); s++)
        for (int kinds = 0; kinds < 4; kinds++) {
            hebb_rbm rbm;
            rbm_reference_make(&rbm, sizes[s][0], (hebb_layer_kind)(kinds / 2), sizes[s][1],
                               (hebb_layer_kind)(kinds % 2), 1.0);
            check_against_states(&rbm, 1e-12);
            hebb_rbm_free(&rbm);
        }
}
END_TEST

/* Near and far bits, and units of work: the 13 units of the smaller layer. */
START_TEST(thirteen_units_are_those_of_all_states)
{
    hebb_rbm rbm;
    rbm_reference_make(&rbm, 13, HEBB_LAYER_SIGN, 2, HEBB_LAYER_SIGN, 1.0);
    hebb_rbm turned;
    ck_assert_int_eq(hebb_rbm_init(&turned, 13, HEBB_LAYER_SIGN, 16, HEBB_LAYER_BINARY), HEBB_OK);
    for (size_t i = 0; i < 13; i++) {
        turned.visible_bias[i] = rbm.visible_bias[i];
        for (size_t j = 0; j < 16; j++) turned.weights[16 * i + j] = j < 2 ? rbm.weights[2 * i + j] : 0.0;
    }
    /* 14 hidden units without weights and biases count 2 each; the first two in closed form, one visible state a term */
    double ln_z, v[16];
    long double z = 0.0L;
    for (size_t state = 0; state < 1 << 13; state++) {
        rbm_reference_state(HEBB_LAYER_SIGN, 13, state, v);
        long double x[2] = {0}, b = 0.0L;
        for (size_t i = 0; i < 13; i++) {
            b += turned.visible_bias[i] * (long double)v[i];
            for (size_t j = 0; j < 2; j++) x[j] += turned.weights[16 * i + j] * (long double)v[i];
        }
        z += expl(b) * (1.0L + expl(x[0])) * (1.0L + expl(x[1]));
    }
    ck_assert_int_eq(hebb_rbm_log_partition(&turned, 1, &ln_z), HEBB_OK);
    ck_assert_double_eq_tol(ln_z, (double)logl(z) + 14.0 * M_LN2, 1e-12);
    hebb_rbm_free(&turned);
    hebb_rbm_free(&rbm);
}
END_TEST

/* To 1e-14 of ln Z, which is some thousands: fields that no odds can express, and biases alone. */
START_TEST(weights_of_any_size_are_summed)
{
    const double widths[] = {0.0, 30.0, 70.0, 300.0, 1500.0};
    for (size_t k = 0; k < COUNT(widths); k++)
        for (int kinds = 0; kinds < 4; kinds++) {
            hebb_rbm rbm;
            rbm_reference_make(&rbm, 6, (hebb_layer_kind)(kinds / 2), 5, (hebb_layer_kind)(kinds % 2), widths[k]);
            double ln_z, v[6], h[5];
            long double largest = 0.0L, z = 0.0L;
            for (int pass = 0; pass < 2; pass++)
                for (size_t state = 0; state < 1 << 11; state++) {
                    rbm_reference_state(rbm.visible_kind, 6, state >> 5, v);
                    rbm_reference_state(rbm.hidden_kind, 5, state & 31, h);
                    const long double ln = rbm_reference_minus_energy(&rbm, v, h);
                    if (pass == 0 && ln > largest) largest = ln;
                    if (pass == 1) z += expl(ln - largest);
                }
            ck_assert_int_eq(hebb_rbm_log_partition(&rbm, 1, &ln_z), HEBB_OK);
            const double want = (double)(logl(z) + largest);
            ck_assert_double_eq_tol(ln_z, want, 1e-12 + 1e-14 * want);
            hebb_rbm_moments moments;
            ck_assert_int_eq(hebb_rbm_moments_init(&moments, &rbm), HEBB_OK);
            ck_assert_int_eq(hebb_rbm_exact_moments(&rbm, 1, &moments), HEBB_OK);
            ck_assert_double_eq(moments.ln_z, ln_z);
            for (size_t ij = 0; ij < 30; ij++) ck_assert(fabs(moments.products[ij]) <= 1.0 + 1e-12);
            hebb_rbm_moments_free(&moments);
            hebb_rbm_free(&rbm);
        }
}
END_TEST

START_TEST(averages_are_the_gradient_of_ln_z)
{
    for (int kinds = 0; kinds < 9; kinds++) {
        hebb_rbm rbm;
        hebb_rbm_moments moments;
        rbm_reference_make(&rbm, 8, (hebb_layer_kind)(kinds / 3), 7, (hebb_layer_kind)(kinds % 3), 0.15);
        rbm.sigma_v = 0.9;
        rbm.sigma_h = 1.1;
        ck_assert_int_eq(hebb_rbm_moments_init(&moments, &rbm), HEBB_OK);
        ck_assert_int_eq(hebb_rbm_exact_moments(&rbm, 1, &moments), HEBB_OK);
        const struct {
            size_t n;
            double *x;
            const double *gradient;
        } parts[] = {{56, rbm.weights, moments.products},
                     {8, rbm.visible_bias, moments.visible},
                     {7, rbm.hidden_bias, moments.hidden}};
        for (size_t p = 0; p < 3; p++)
            for (size_t k = 0; k < parts[p].n; k += 3) {
                const double kept = parts[p].x[k], step = 1e-3;
                double ln_z[4]; /* error 4 step^4 of the fifth derivative over 120, of order 1: 1e-12; rounding 1e-12 */
                for (int s = 0; s < 4; s++) {
                    parts[p].x[k] = kept + step * (s < 2 ? s - 2 : s - 1);
                    ck_assert_int_eq(hebb_rbm_log_partition(&rbm, 1, ln_z + s), HEBB_OK);
                }
                parts[p].x[k] = kept;
                const double slope = (ln_z[0] - 8.0 * ln_z[1] + 8.0 * ln_z[2] - ln_z[3]) / (12.0 * step);
                ck_assert_double_eq_tol(slope, parts[p].gradient[k], 2e-10);
            }
        hebb_rbm_moments_free(&moments);
        hebb_rbm_free(&rbm);
    }
}
END_TEST

/* ---- Gaussian layers ---- */

/* Two visible and two hidden units of which one layer or both are real: the integral on a lattice, right but for rounding. */
START_TEST(real_units_are_integrated)
{
    for (int kinds = 0; kinds < 9; kinds++) {
        const hebb_layer_kind visible = (hebb_layer_kind)(kinds / 3), hidden = (hebb_layer_kind)(kinds % 3);
        if (visible != HEBB_LAYER_GAUSSIAN && hidden != HEBB_LAYER_GAUSSIAN) continue;
        hebb_rbm rbm;
        hebb_rbm_moments moments;
        rbm_reference_make(&rbm, 2, visible, 2, hidden, 0.3);
        rbm.sigma_v = 0.7;
        rbm.sigma_h = 0.8;
        const double step = 0.35, reach = 9.1;
        double lattice[2][64];
        size_t n[2];
        for (int l = 0; l < 2; l++) {
            n[l] = 0;
            const hebb_layer_kind kind = l == 0 ? visible : hidden;
            if (kind == HEBB_LAYER_GAUSSIAN)
                for (double x = -reach; x <= reach + 0.1; x += step) lattice[l][n[l]++] = x;
            else
                for (; n[l] < 2; n[l]++) lattice[l][n[l]] = n[l] == 1 ? 1.0 : kind == HEBB_LAYER_SIGN ? -1.0 : 0.0;
        }
        const double cell =
            (visible == HEBB_LAYER_GAUSSIAN ? step * step : 1.0) * (hidden == HEBB_LAYER_GAUSSIAN ? step * step : 1.0);
        double z = 0.0, mean_v = 0.0, mean_h = 0.0, product = 0.0;
        for (size_t k = 0; k < n[0] * n[0] * n[1] * n[1]; k++) {
            const double v[] = {lattice[0][k % n[0]], lattice[0][k / n[0] % n[0]]},
                         h[] = {lattice[1][k / (n[0] * n[0]) % n[1]], lattice[1][k / (n[0] * n[0] * n[1])]};
            const double p = exp(-hebb_rbm_energy(&rbm, v, h)) * cell;
            z += p;
            mean_v += p * v[0];
            mean_h += p * h[1];
            product += p * v[0] * h[1];
        }
        ck_assert_int_eq(hebb_rbm_moments_init(&moments, &rbm), HEBB_OK);
        ck_assert_int_eq(hebb_rbm_exact_moments(&rbm, 1, &moments), HEBB_OK);
        ck_assert_double_eq_tol(moments.ln_z, log(z), 1e-10);
        ck_assert_double_eq_tol(moments.visible[0], mean_v / z, 1e-10);
        ck_assert_double_eq_tol(moments.hidden[1], mean_h / z, 1e-10);
        ck_assert_double_eq_tol(moments.products[1], product / z, 1e-10);
        hebb_rbm_moments_free(&moments);
        hebb_rbm_free(&rbm);
    }
}
END_TEST

/* One unit a layer: Z = 2 pi sigma_v sigma_h / sqrt(1 - (sigma_v sigma_h w)^2). */
START_TEST(two_real_layers_have_a_partition_function_below_the_edge_alone)
{
    hebb_rbm rbm;
    double ln_z;
    rbm_reference_make(&rbm, 1, HEBB_LAYER_GAUSSIAN, 1, HEBB_LAYER_GAUSSIAN, 0.0);
    rbm.sigma_v = 0.5;
    rbm.sigma_h = 2.0;
    rbm.visible_bias[0] = rbm.hidden_bias[0] = 0.0;
    rbm.weights[0] = 0.75;
    ck_assert_int_eq(hebb_rbm_log_partition(&rbm, 1, &ln_z), HEBB_OK);
    ck_assert_double_eq_tol(ln_z, log(2.0 * M_PI) - 0.5 * log(1.0 - 0.5625), 1e-14);
    for (double w = 1.0; w < 3.0; w += 0.5) {
        rbm.weights[0] = w;
        ck_assert_int_eq(hebb_rbm_log_partition(&rbm, 1, &ln_z), HEBB_EDOM);
    }
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(twenty_five_units_beside_real_ones_are_summed)
{
    hebb_rbm rbm;
    double ln_z;
    rbm_reference_make(&rbm, 25, HEBB_LAYER_SIGN, 1, HEBB_LAYER_GAUSSIAN, 0.05);
    rbm.hidden_bias[0] = 0.0;
    for (size_t i = 0; i < 25; i++) {
        rbm.weights[i] = 0.1;
        rbm.visible_bias[i] = 0.0;
    }
    ck_assert_int_eq(hebb_rbm_log_partition(&rbm, 1, &ln_z), HEBB_OK);
    long double z = 0.0L; /* by the magnetisation: 25 choose k states */
    for (int k = 0; k <= 25; k++)
        z += expl(lgammal(26.0L) - lgammal(k + 1.0L) - lgammal(26.0L - k) + 0.005L * (2 * k - 25) * (2 * k - 25));
    ck_assert_double_eq_tol(ln_z, (double)logl(z) + 0.5 * log(2.0 * M_PI), 1e-11);
    hebb_rbm_free(&rbm);
}
END_TEST

/* ---- bits, refusals ---- */

START_TEST(kernels_and_threads_give_the_same_bits)
{
    hebb_rbm rbm;
    hebb_rbm_moments first, again;
    rbm_reference_make(&rbm, 19, HEBB_LAYER_BINARY, 13, HEBB_LAYER_SIGN, 0.6);
    ck_assert_int_eq(hebb_rbm_moments_init(&first, &rbm), HEBB_OK);
    ck_assert_int_eq(hebb_rbm_moments_init(&again, &rbm), HEBB_OK);
    ck_assert_int_eq(hebb_rbm_exact_moments(&rbm, 1, &first), HEBB_OK);
    for (EACH_KERNEL(kernel))
        for (int n_threads = 1; n_threads < 4; n_threads++) {
            ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
            ck_assert_int_eq(hebb_rbm_exact_moments(&rbm, n_threads, &again), HEBB_OK);
            ck_assert_mem_eq(&again.ln_z, &first.ln_z, sizeof(double));
            ck_assert_mem_eq(again.visible, first.visible, 19 * sizeof(double));
            ck_assert_mem_eq(again.hidden, first.hidden, 13 * sizeof(double));
            ck_assert_mem_eq(again.products, first.products, 19 * 13 * sizeof(double));
        }
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
    hebb_rbm_moments_free(&first);
    hebb_rbm_moments_free(&again);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(too_many_units_and_numbers_that_are_none_are_refused)
{
    hebb_rbm rbm;
    double ln_z;
    rbm_reference_make(&rbm, 26, HEBB_LAYER_BINARY, 26, HEBB_LAYER_BINARY, 0.1);
    ck_assert(!hebb_rbm_is_enumerable(&rbm));
    ck_assert_int_eq(hebb_rbm_log_partition(&rbm, 1, &ln_z), HEBB_EDOM);
    hebb_rbm_free(&rbm);
    rbm_reference_make(&rbm, 26, HEBB_LAYER_BINARY, 3, HEBB_LAYER_GAUSSIAN, 0.1);
    ck_assert(!hebb_rbm_is_enumerable(&rbm));
    ck_assert_int_eq(hebb_rbm_log_partition(&rbm, 1, &ln_z), HEBB_EDOM);
    hebb_rbm_free(&rbm);
    rbm_reference_make(&rbm, 40, HEBB_LAYER_GAUSSIAN, 30, HEBB_LAYER_GAUSSIAN, 0.01);
    ck_assert(hebb_rbm_is_enumerable(&rbm));
    hebb_rbm_free(&rbm);
    const double bad[] = {NAN, INFINITY, -INFINITY};
    for (size_t k = 0; k < 3; k++) {
        rbm_reference_make(&rbm, 4, HEBB_LAYER_BINARY, 3, HEBB_LAYER_SIGN, 0.1);
        rbm.weights[5] = bad[k];
        ck_assert_int_eq(hebb_rbm_log_partition(&rbm, 1, &ln_z), HEBB_EDOM);
        hebb_rbm_free(&rbm);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm_exact");
    TCase *tests = tcase_create("rbm_exact");
    tcase_add_test(tests, ln_z_and_averages_are_those_of_all_states);
    tcase_add_test(tests, thirteen_units_are_those_of_all_states);
    tcase_add_test(tests, weights_of_any_size_are_summed);
    tcase_add_test(tests, averages_are_the_gradient_of_ln_z);
    tcase_add_test(tests, real_units_are_integrated);
    tcase_add_test(tests, two_real_layers_have_a_partition_function_below_the_edge_alone);
    tcase_add_test(tests, twenty_five_units_beside_real_ones_are_summed);
    tcase_add_test(tests, kernels_and_threads_give_the_same_bits);
    tcase_add_test(tests, too_many_units_and_numbers_that_are_none_are_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
