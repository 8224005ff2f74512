/* Naive and TAP means: their equations, free energies, both kinds of units, bounds and orders against enumeration. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boltzmann_exact.h"
#include "mean_field.h"

enum { MAX_UNITS = 16 };

static const hebb_unit_kind kinds[] = {HEBB_UNITS_SIGN, HEBB_UNITS_BINARY};
static const hebb_mean_field_order orders[] = {HEBB_MEAN_FIELD_NAIVE, HEBB_MEAN_FIELD_TAP};

static hebb_stream stream_of(uint64_t seed)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(seed, HEBB_DRAW_WEIGHTS, 0, 0), 0, 0);
    return stream;
}

static hebb_boltzmann make(hebb_stream *stream, size_t n, hebb_unit_kind kind, double scale)
{
    hebb_boltzmann machine;
    ck_assert_int_eq(hebb_boltzmann_init(&machine, 0, n, 0, kind, HEBB_LINKS_FULL), HEBB_OK);
    hebb_boltzmann_draw_gaussian(&machine, stream, scale);
    return machine;
}

static hebb_mean_field_options options_of(hebb_mean_field_order order, bool is_synchronous, double damping)
{
    return (hebb_mean_field_options){order, is_synchronous, damping, 1e-14, 20000};
}

static void start(const hebb_boltzmann *machine, double *v)
{
    for (size_t i = 0; i < machine->n_units; i++) v[i] = machine->kind == HEBB_UNITS_SIGN ? 0.0 : 0.5;
}

static void settle(const hebb_boltzmann *machine, hebb_mean_field_options options, double temperature, double *v)
{
    start(machine, v);
    ck_assert_int_eq(hebb_mean_field_settle(machine, &options, temperature, NULL, v, NULL), HEBB_OK);
}

/* By the formula of the header, written out. */
static double right_side(const hebb_boltzmann *machine, hebb_mean_field_order order, double t, const double *v,
                         size_t i)
{
    const size_t n = machine->n_units;
    const bool is_sign = machine->kind == HEBB_UNITS_SIGN;
    double h = machine->biases[i], reaction = 0.0;
    for (size_t j = 0; j < n; j++) {
        const double w = machine->weights[i * n + j];
        h += w * v[j];
        reaction += w * w * (is_sign ? 1.0 - v[j] * v[j] : v[j] - v[j] * v[j]) / t;
    }
    if (order == HEBB_MEAN_FIELD_TAP) h += ((is_sign ? 0.0 : 0.5) - v[i]) * reaction;
    return is_sign ? tanh(h / t) : 1.0 / (1.0 + exp(-h / t));
}

START_TEST(settled_means_solve_their_equations_in_every_order_of_updates)
{
    hebb_stream stream = stream_of(1);
    for (size_t n = 1; n <= 10; n++)
        for (size_t k = 0; k < 2; k++)
            for (size_t o = 0; o < 2; o++) {
                hebb_boltzmann machine = make(&stream, n, kinds[k], 0.3);
                double one[MAX_UNITS], all[MAX_UNITS];
                settle(&machine, options_of(orders[o], false, 0.0), 1.7, one);
                settle(&machine, options_of(orders[o], true, 0.3), 1.7, all);
                for (size_t i = 0; i < n; i++) {
                    ck_assert_double_eq_tol(one[i], right_side(&machine, orders[o], 1.7, one, i), 1e-13);
                    ck_assert_double_eq_tol(all[i], one[i], 1e-12);
                }
                hebb_boltzmann_free(&machine);
            }
}
END_TEST

/* One sweep, synchronous and not, with damping, against the definition. */
START_TEST(a_sweep_updates_all_at_once_or_one_after_the_other)
{
    enum { N = 7 };
    hebb_stream stream = stream_of(2);
    hebb_boltzmann machine = make(&stream, N, HEBB_UNITS_SIGN, 1.0);
    const uint8_t is_clamped[N] = {0, 1};
    for (size_t o = 0; o < 2; o++)
        for (int is_synchronous = 0; is_synchronous < 2; is_synchronous++) {
            const hebb_mean_field_options options = {orders[o], is_synchronous, 0.25, 0.0, 1};
            double v[N], wanted[N], before[N], largest = 0.0;
            hebb_mean_field_result result;
            for (size_t i = 0; i < N; i++) before[i] = wanted[i] = v[i] = 2.0 * hebb_stream_uniform(&stream) - 1.0;
            for (size_t i = 0; i < N; i++) {
                if (is_clamped[i]) continue;
                const double from = wanted[i];
                const double target = right_side(&machine, orders[o], 0.8, is_synchronous ? before : wanted, i);
                wanted[i] = 0.25 * wanted[i] + 0.75 * target;
                largest = fmax(largest, fabs(wanted[i] - from));
            }
            ck_assert_int_eq(hebb_mean_field_settle(&machine, &options, 0.8, is_clamped, v, &result), HEBB_OK);
            for (size_t i = 0; i < N; i++) ck_assert_double_eq_tol(v[i], wanted[i], 1e-14);
            ck_assert_double_eq_tol(result.residual, largest, 1e-14);
            ck_assert_int_eq(result.sweeps, 1);
        }
    hebb_boltzmann_free(&machine);
}
END_TEST

/* At the means, F does not change to first order: |F(V + e) - F(V - e)|/2e is of order e^2. */
START_TEST(settled_means_make_their_free_energy_stationary)
{
    enum { N = 8 };
    static const double STEP = 1e-6;
    hebb_stream stream = stream_of(3);
    for (size_t k = 0; k < 2; k++)
        for (size_t o = 0; o < 2; o++) {
            hebb_boltzmann machine = make(&stream, N, kinds[k], 0.35);
            double v[N];
            settle(&machine, options_of(orders[o], false, 0.3), 1.5, v);
            for (size_t i = 0; i < N; i++) {
                const double at = v[i];
                v[i] = at + STEP;
                const double above = hebb_mean_field_free_energy(&machine, orders[o], 1.5, v);
                v[i] = at - STEP;
                const double below = hebb_mean_field_free_energy(&machine, orders[o], 1.5, v);
                v[i] = 0.9 * at + 0.1 * (k == 0 ? 0.0 : 0.5);
                const double away = hebb_mean_field_free_energy(&machine, orders[o], 1.5, v);
                v[i] = at;
                ck_assert_double_eq_tol((above - below) / (2.0 * STEP), 0.0, 1e-8);
                if (orders[o] == HEBB_MEAN_FIELD_NAIVE) /* and convex in each mean alone */
                    ck_assert_double_gt(away, hebb_mean_field_free_energy(&machine, orders[o], 1.5, v));
            }
            hebb_boltzmann_free(&machine);
        }
}
END_TEST

/* x = (1 + s)/2: the same means and F, naive and TAP, at any V. */
START_TEST(both_kinds_of_units_have_the_same_means_and_free_energy)
{
    hebb_stream stream = stream_of(4);
    for (size_t n = 2; n <= 9; n++)
        for (size_t o = 0; o < 2; o++) {
            hebb_boltzmann machine = make(&stream, n, HEBB_UNITS_BINARY, 0.8), other;
            double v[MAX_UNITS], s[MAX_UNITS], offset;
            ck_assert_int_eq(hebb_boltzmann_convert(&machine, &other, &offset), HEBB_OK);
            for (size_t i = 0; i < n; i++) s[i] = 2.0 * (v[i] = hebb_stream_uniform(&stream)) - 1.0;
            ck_assert_double_eq_tol(hebb_mean_field_free_energy(&machine, orders[o], 0.6, v),
                                    hebb_mean_field_free_energy(&other, orders[o], 0.6, s) + offset, 1e-12);
            ck_assert_double_eq_tol(hebb_mean_field_free_energy(&machine, orders[o], 0.0, v),
                                    hebb_mean_field_free_energy(&other, orders[o], 0.0, s) + offset, 1e-12);
            ck_assert_double_eq_tol(hebb_mean_field_entropy(&machine, v), hebb_mean_field_entropy(&other, s), 1e-13);
            settle(&machine, options_of(orders[o], false, 0.3), 1.2, v);
            settle(&other, options_of(orders[o], false, 0.3), 1.2, s);
            for (size_t i = 0; i < n; i++) ck_assert_double_eq_tol(2.0 * v[i] - 1.0, s[i], 1e-12);
            hebb_boltzmann_free(&other);
            hebb_boltzmann_free(&machine);
        }
}
END_TEST

/* Gibbs and Bogoliubov: for any means at all, of weak and of strong couplings. */
START_TEST(the_naive_free_energy_is_an_upper_bound)
{
    hebb_stream stream = stream_of(5);
    hebb_moments moments;
    ck_assert_int_eq(hebb_moments_init(&moments, MAX_UNITS), HEBB_OK);
    for (size_t k = 0; k < 300; k++) {
        const size_t n = 2 + k % 7;
        const double t = 0.2 + 2.0 * hebb_stream_uniform(&stream);
        hebb_boltzmann machine = make(&stream, n, kinds[k % 2], 0.1 + 3.0 * hebb_stream_uniform(&stream));
        hebb_mean_field_options options = {HEBB_MEAN_FIELD_NAIVE, false, 0.0, 0.0, (long)(k % 5)};
        double v[MAX_UNITS];
        for (size_t i = 0; i < n; i++)
            v[i] = kinds[k % 2] == HEBB_UNITS_SIGN ? 2.0 * hebb_stream_uniform(&stream) - 1.0
                                                   : hebb_stream_uniform(&stream);
        ck_assert_int_eq(hebb_mean_field_settle(&machine, &options, t, NULL, v, NULL), HEBB_OK);
        ck_assert_int_eq(hebb_boltzmann_exact_moments(&machine, t, NULL, NULL, &moments), HEBB_OK);
        ck_assert_double_ge(hebb_mean_field_free_energy(&machine, HEBB_MEAN_FIELD_NAIVE, t, v),
                            -t * moments.ln_z - 1e-12);
        hebb_boltzmann_free(&machine);
    }
    hebb_moments_free(&moments);
}
END_TEST

START_TEST(independent_units_are_exact)
{
    enum { N = 6 };
    hebb_stream stream = stream_of(6);
    hebb_moments moments;
    ck_assert_int_eq(hebb_moments_init(&moments, N), HEBB_OK);
    for (size_t k = 0; k < 2; k++)
        for (size_t o = 0; o < 2; o++) {
            hebb_boltzmann machine;
            double v[N];
            ck_assert_int_eq(hebb_boltzmann_init(&machine, 0, N, 0, kinds[k], HEBB_LINKS_RESTRICTED), HEBB_OK);
            hebb_boltzmann_draw_gaussian(&machine, &stream, 2.0);
            settle(&machine, options_of(orders[o], false, 0.0), 0.9, v);
            ck_assert_int_eq(hebb_boltzmann_exact_moments(&machine, 0.9, NULL, NULL, &moments), HEBB_OK);
            for (size_t i = 0; i < N; i++) ck_assert_double_eq_tol(v[i], moments.means[i], 1e-14);
            ck_assert_double_eq_tol(hebb_mean_field_free_energy(&machine, orders[o], 0.9, v), -0.9 * moments.ln_z,
                                    1e-13);
            hebb_boltzmann_free(&machine);
        }
    hebb_moments_free(&moments);
}
END_TEST

/* Root mean square error of the means of one machine with its weights scaled by g. */
static double error_at(const hebb_boltzmann *machine, double g, hebb_mean_field_order order)
{
    const size_t n = machine->n_units;
    hebb_boltzmann scaled;
    hebb_moments moments;
    double v[MAX_UNITS], sum = 0.0;
    ck_assert_int_eq(hebb_boltzmann_init(&scaled, 0, n, 0, machine->kind, HEBB_LINKS_FULL), HEBB_OK);
    ck_assert_int_eq(hebb_moments_init(&moments, n), HEBB_OK);
    for (size_t i = 0; i < n * n; i++) scaled.weights[i] = g * machine->weights[i];
    memcpy(scaled.biases, machine->biases, n * sizeof(double));
    settle(&scaled, options_of(order, false, 0.0), 1.0, v);
    ck_assert_int_eq(hebb_boltzmann_exact_moments(&scaled, 1.0, NULL, NULL, &moments), HEBB_OK);
    for (size_t i = 0; i < n; i++) sum += (v[i] - moments.means[i]) * (v[i] - moments.means[i]);
    hebb_moments_free(&moments);
    hebb_boltzmann_free(&scaled);
    return sqrt(sum / (double)n);
}

/* Halving g from .02: slopes 2 and 3 but for a correction of order g. */
START_TEST(the_error_is_of_second_order_naive_and_of_third_with_tap)
{
    hebb_stream stream = stream_of(7);
    for (size_t k = 0; k < 4; k++) {
        hebb_boltzmann machine = make(&stream, 7, kinds[k % 2], 1.0);
        for (size_t o = 0; o < 2; o++) {
            const double slope = log2(error_at(&machine, 0.02, orders[o]) / error_at(&machine, 0.01, orders[o]));
            ck_assert_double_eq_tol(slope, o == 0 ? 2.0 : 3.0, 0.15);
        }
        hebb_boltzmann_free(&machine);
    }
}
END_TEST

START_TEST(what_does_not_settle_says_so)
{
    hebb_boltzmann machine;
    double v[2] = {0.1, 0.1}, buffer[2 * HEBB_MEAN_FIELD_BUFFER];
    hebb_mean_field_result result;
    hebb_mean_field_options options = options_of(HEBB_MEAN_FIELD_NAIVE, true, 0.0);
    ck_assert_int_eq(hebb_boltzmann_init(&machine, 0, 2, 0, HEBB_UNITS_SIGN, HEBB_LINKS_FULL), HEBB_OK);
    hebb_boltzmann_set_weight(&machine, 0, 1, -3.0); /* together they go to and fro for ever */
    options.max_sweeps = 50;
    ck_assert_int_eq(hebb_mean_field_settle_in(&machine, &options, 1.0, NULL, buffer, v, &result), HEBB_ENOCONV);
    ck_assert_int_eq(result.sweeps, 50);
    ck_assert_double_gt(result.residual, 1.0);
    options.is_synchronous = false;
    ck_assert_int_eq(hebb_mean_field_settle_in(&machine, &options, 1.0, NULL, buffer, v, &result), HEBB_OK);
    ck_assert_double_le(result.residual, 1e-14);
    machine.biases[0] = NAN;
    ck_assert_int_eq(hebb_mean_field_settle(&machine, &options, 1.0, NULL, v, &result), HEBB_ENOCONV);
    machine.biases[0] = 0.0;
    for (int k = 0; k < 5; k++) {
        hebb_mean_field_options bad = options;
        if (k == 1) bad.damping = 1.0;
        if (k == 2) bad.damping = -0.1;
        if (k == 3) bad.tolerance = NAN;
        const double temperature = k == 0 ? 0.0 : k == 4 ? NAN : 1.0;
        ck_assert_int_eq(hebb_mean_field_settle(&machine, &bad, temperature, NULL, v, NULL), HEBB_EDOM);
    }
    hebb_boltzmann_free(&machine);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mean_field");
    TCase *means = tcase_create("means");
    tcase_add_test(means, settled_means_solve_their_equations_in_every_order_of_updates);
    tcase_add_test(means, a_sweep_updates_all_at_once_or_one_after_the_other);
    tcase_add_test(means, settled_means_make_their_free_energy_stationary);
    tcase_add_test(means, both_kinds_of_units_have_the_same_means_and_free_energy);
    tcase_add_test(means, the_naive_free_energy_is_an_upper_bound);
    tcase_add_test(means, independent_units_are_exact);
    tcase_add_test(means, the_error_is_of_second_order_naive_and_of_third_with_tap);
    tcase_add_test(means, what_does_not_settle_says_so);
    suite_add_tcase(suite, means);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
