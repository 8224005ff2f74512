/* rbm: energies, conditionals, free energies and p(v) against sums over all states in long double, to 1e-12. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "rbm.h"
#include "rbm_reference.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const hebb_layer_kind two_valued[] = {HEBB_LAYER_BINARY, HEBB_LAYER_SIGN};

START_TEST(the_energy_is_the_sum_over_units_and_pairs)
{
    for (int kind = 0; kind < HEBB_LAYER_KINDS * HEBB_LAYER_KINDS; kind++) {
        hebb_rbm rbm;
        rbm_reference_make(&rbm, 5, (hebb_layer_kind)(kind / 3), 4, (hebb_layer_kind)(kind % 3), 0.8);
        rbm.sigma_v = 0.7;
        rbm.sigma_h = 1.3;
        const double v[] = {1.0, -0.5, 2.0, 0.0, 1.5}, h[] = {0.25, 1.0, -1.0, 3.0};
        ck_assert_double_eq_tol(hebb_rbm_energy(&rbm, v, h), -(double)rbm_reference_minus_energy(&rbm, v, h), 1e-13);
        hebb_rbm_free(&rbm);
        hebb_rbm_free(&rbm);
    }
}
END_TEST

/* Of one state of the other layer; energies of two states of a unit differ by its field. */
static void check_conditionals(hebb_layer_kind visible, hebb_layer_kind hidden)
{
    hebb_rbm rbm;
    double v[6], h[5], x[6];
    rbm_reference_make(&rbm, 6, visible, 5, hidden, 0.8);
    for (size_t state = 0; state < 64; state += 3) {
        rbm_reference_state(visible, 6, state, v);
        rbm_reference_state(hidden, 5, state % 32, h);
        hebb_rbm_hidden_fields(&rbm, v, x);
        for (size_t j = 0; j < 5; j++) {
            const double kept = h[j], off = hidden == HEBB_LAYER_SIGN ? -1.0 : 0.0;
            h[j] = 1.0;
            const long double on = expl(rbm_reference_minus_energy(&rbm, v, h));
            h[j] = off;
            const long double p = on / (on + expl(rbm_reference_minus_energy(&rbm, v, h)));
            h[j] = kept;
            const double mean = hebb_layer_mean(hidden, 1.0, x[j]), want = (double)(p + (1.0L - p) * off);
            ck_assert_double_eq_tol(mean, want, 1e-13);
            ck_assert_double_eq_tol(hebb_layer_variance(hidden, 1.0, x[j]),
                                    (double)(p * (1.0L - p)) * (1.0 - off) * (1.0 - off), 1e-13);
        }
        hebb_rbm_visible_fields(&rbm, h, x);
        for (size_t i = 0; i < 6; i++) {
            const double kept = v[i], off = visible == HEBB_LAYER_SIGN ? -1.0 : 0.0;
            v[i] = 1.0;
            const long double on = expl(rbm_reference_minus_energy(&rbm, v, h));
            v[i] = off;
            const long double p = on / (on + expl(rbm_reference_minus_energy(&rbm, v, h)));
            v[i] = kept;
            ck_assert_double_eq_tol(hebb_layer_mean(visible, 1.0, x[i]), (double)(p + (1.0L - p) * off), 1e-13);
        }
    }
    hebb_rbm_free(&rbm);
}

START_TEST(a_unit_s_mean_and_variance_are_those_of_its_two_states)
{
    for (size_t k = 0; k < 4; k++) check_conditionals(two_valued[k / 2], two_valued[k % 2]);
}
END_TEST

START_TEST(free_energies_give_the_law_of_visible_states)
{
    for (size_t k = 0; k < 4; k++) {
        hebb_rbm rbm;
        double v[9], x[7];
        rbm_reference_make(&rbm, 9, two_valued[k / 2], 7, two_valued[k % 2], 0.7);
        rbm_reference_sums *sums = rbm_reference_sum(&rbm);
        for (size_t state = 0; state < 512; state++) {
            rbm_reference_state(rbm.visible_kind, 9, state, v);
            hebb_rbm_hidden_fields(&rbm, v, x);
            const double ln_p = -hebb_rbm_free_energy(&rbm, v, x) - (double)logl(sums->z);
            ck_assert_double_eq_tol(ln_p, (double)logl(sums->visible[state]), 1e-12);
        }
        rbm_reference_drop(sums);
        hebb_rbm_free(&rbm);
    }
}
END_TEST

/* The integral over a Gaussian unit, by the trapezium rule, which is exact for it but for rounding. */
START_TEST(a_gaussian_unit_is_integrated)
{
    const double sigmas[] = {0.3, 1.0, 2.5}, fields[] = {-3.0, 0.0, 0.7};
    for (size_t s = 0; s < 3; s++)
        for (size_t f = 0; f < 3; f++) {
            const double sigma = sigmas[s], x = fields[f], step = sigma / 8.0;
            long double sum = 0.0L, first = 0.0L, second = 0.0L;
            for (int k = -800; k <= 800; k++) {
                const long double y = k * (long double)step + sigma * sigma * x;
                const long double p = expl(x * y - y * y / (2.0L * sigma * sigma)) * step;
                sum += p;
                first += p * y;
                second += p * y * y;
            }
            const double mean = (double)(first / sum);
            ck_assert_double_eq_tol(hebb_layer_log_sum(HEBB_LAYER_GAUSSIAN, sigma, x), (double)logl(sum), 1e-12);
            ck_assert_double_eq_tol(hebb_layer_mean(HEBB_LAYER_GAUSSIAN, sigma, x), mean, 1e-11);
            ck_assert_double_eq_tol(hebb_layer_variance(HEBB_LAYER_GAUSSIAN, sigma, x),
                                    (double)(second / sum) - mean * mean, 1e-10);
        }
}
END_TEST

START_TEST(large_fields_do_not_overflow)
{
    for (size_t k = 0; k < 2; k++)
        for (double x = -1e300; x <= 1e300; x += 1e300) {
            ck_assert(isfinite(hebb_layer_log_sum(two_valued[k], 1.0, x)));
            ck_assert(isfinite(hebb_layer_mean(two_valued[k], 1.0, x)));
            ck_assert(isfinite(hebb_layer_variance(two_valued[k], 1.0, x)));
        }
    ck_assert_double_eq(hebb_layer_log_sum(HEBB_LAYER_SIGN, 1.0, -1e4), 1e4);
    ck_assert_double_eq(hebb_layer_log_sum(HEBB_LAYER_BINARY, 1.0, -1e4), 0.0);
}
END_TEST

START_TEST(machines_without_units_or_with_too_many_are_refused)
{
    hebb_rbm rbm;
    const size_t sizes[][2] = {{0, 3}, {3, 0}, {(1 << 20) + 1, 1}, {1, (1 << 20) + 1}, {SIZE_MAX, SIZE_MAX}};
    for (size_t k = 0; k < COUNT(sizes); k++) {
        ck_assert_int_eq(hebb_rbm_init(&rbm, sizes[k][0], HEBB_LAYER_BINARY, sizes[k][1], HEBB_LAYER_BINARY),
                         HEBB_EDOM);
        ck_assert_ptr_null(rbm.weights);
    }
    ck_assert_int_eq(hebb_rbm_init(&rbm, 1 << 20, HEBB_LAYER_BINARY, 1 << 20, HEBB_LAYER_SIGN), HEBB_ENOMEM);
    hebb_rbm_free(&rbm);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm");
    TCase *tests = tcase_create("rbm");
    tcase_add_test(tests, the_energy_is_the_sum_over_units_and_pairs);
    tcase_add_test(tests, a_unit_s_mean_and_variance_are_those_of_its_two_states);
    tcase_add_test(tests, free_energies_give_the_law_of_visible_states);
    tcase_add_test(tests, a_gaussian_unit_is_integrated);
    tcase_add_test(tests, large_fields_do_not_overflow);
    tcase_add_test(tests, machines_without_units_or_with_too_many_are_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
