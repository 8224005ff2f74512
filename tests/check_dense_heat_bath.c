/*
 * dense_heat_bath: squares against hebb_thermal, and the law of all states of small memories against enumeration.
 *
 * Every sample is the last state of a chain of its own, begun at a random state.  How far the chains' law still is from
 * exp(-E/T)/Z is computed, by propagating all 2^N probabilities.  States in which fewer than 20 samples are expected are
 * put together.  False alarms: each of the 10 chi-squares has P = 1e-6 of failing a right program.
 */
#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dense_heat_bath.h"
#include "dense_reference.h"
#include "engine.h"
#include "thermal.h"
#include "trajectory.h"

#define FALSE_ALARM 1e-6
static const hebb_update_order orders[] = {HEBB_ORDER_SEQUENTIAL, HEBB_ORDER_RANDOM};

static hebb_dense_heat_bath bath_for(size_t n, double temperature, hebb_update_order order, uint32_t replica)
{
    return (hebb_dense_heat_bath){.temperature = temperature,
                                  .order = order,
                                  .order_generator = hebb_philox_derive(41, HEBB_DRAW_ORDER, n, 0),
                                  .noise = hebb_philox_derive(42, HEBB_DRAW_NOISE, n, replica),
                                  .turn = calloc(n, sizeof(uint32_t))};
}

/* ---- F(x) = x^2 ---- */

static void check_squares(size_t n, size_t k, double temperature, hebb_update_order order)
{
    hebb_patterns patterns = {0};
    hebb_dense_memory memory = {0};
    hebb_hopfield network;
    hebb_thermal run;
    hebb_dense_walk walk = {0, 0};
    hebb_dense_heat_bath bath = bath_for(n, temperature, order, 1);
    const hebb_thermal_options options = {.rule = HEBB_HEAT_BATH,
                                          .temperature = temperature,
                                          .order = order,
                                          .order_generator = bath.order_generator,
                                          .noise = &bath.noise};
    ck_assert_int_eq(hebb_dense_memory_fit(&patterns, &memory, n, k, (hebb_interaction){HEBB_INTERACTION_POWER, 2}),
                     HEBB_OK);
    hebb_patterns_draw(&patterns, 43, 0);
    ck_assert_int_eq(hebb_hopfield_init(&network, &patterns), HEBB_OK);
    hebb_hopfield_start_at_pattern(&network, 0);
    hebb_dense_memory_start_at_pattern(&memory, 0);
    ck_assert_int_eq(hebb_thermal_init(&run, 1, &network, &options), HEBB_OK);
    for (long sweep = 0; sweep < 6; sweep++) {
        ck_assert_int_eq(hebb_thermal_run(&run, 1), HEBB_OK);
        ck_assert_int_eq(hebb_dense_heat_bath_run(&memory, &bath, 1, &walk), HEBB_OK);
        ck_assert_mem_eq(memory.spins, network.spins, n);
        ck_assert_int_eq(walk.flips, run.n_flips[0]);
    }
    ck_assert_int_eq(walk.sweeps, 6);
    hebb_thermal_free(&run);
    hebb_hopfield_free(&network);
    hebb_dense_memory_free(&memory);
    hebb_patterns_free(&patterns);
    free(bath.turn);
}

START_TEST(squares_walk_as_the_hopfield_model_does)
{
    static const size_t sizes[][2] = {{1, 1}, {2, 3}, {9, 4}, {100, 7}, {257, 20}, {300, 90}};
    static const double temperatures[] = {0.01, 0.3, 1.0, 20.0};
    for (size_t c = 0; c < COUNT(sizes); c++)
        for (size_t t = 0; t < COUNT(temperatures); t++)
            for (size_t o = 0; o < 2; o++) check_squares(sizes[c][0], sizes[c][1], temperatures[t], orders[o]);
}
END_TEST

/* ---- all states ---- */

enum { N = 8, N_STATES = 1 << N, K = 11, N_SAMPLES = 6000 };

static const hebb_interaction interactions[] = {{HEBB_INTERACTION_POWER, 3},
                                                {HEBB_INTERACTION_POWER, 4},
                                                {HEBB_INTERACTION_RECTIFIED, 3},
                                                {HEBB_INTERACTION_RECTIFIED, 40},
                                                {HEBB_INTERACTION_EXPONENTIAL, 0}};

static void set_spins(size_t state, int8_t *spins)
{
    for (size_t i = 0; i < N; i++) spins[i] = state >> i & 1 ? 1 : -1;
}

/* E from the overlaps of a state, the plain way. */
static long double energy_of(const dense_reference *net)
{
    long double sum = 0.0L;
    for (size_t mu = 0; mu < K; mu++) {
        const long double x = (long double)dense_reference_overlap(net, mu);
        if (net->interaction.kind == HEBB_INTERACTION_EXPONENTIAL)
            sum += expl(x);
        else if (x > 0.0L || net->interaction.kind == HEBB_INTERACTION_POWER)
            sum += powl(x / N, net->interaction.degree);
    }
    return net->interaction.kind == HEBB_INTERACTION_EXPONENTIAL ? -logl(sum) : -N * sum / net->interaction.degree;
}

static void find_energies(const hebb_patterns *patterns, hebb_interaction interaction, long double *energies)
{
    dense_reference net = dense_reference_make(patterns, interaction);
    for (size_t state = 0; state < N_STATES; state++) {
        set_spins(state, net.spins);
        energies[state] = energy_of(&net);
    }
    dense_reference_free(&net);
}

static void find_law(const long double *energies, double temperature, long double *law)
{
    long double sum = 0.0L;
    for (size_t state = 0; state < N_STATES; state++) sum += law[state] = expl(-energies[state] / temperature);
    for (size_t state = 0; state < N_STATES; state++) law[state] /= sum;
}

/* sum (P_t - pi)^2 / pi after t sweeps from a random state. */
static double distance_left(const long double *energies, const hebb_dense_heat_bath *bath, long n_sweeps,
                            const long double *law)
{
    long double chain[N_STATES], distance = 0.0L;
    uint32_t turn[N];
    for (size_t state = 0; state < N_STATES; state++) chain[state] = 1.0L / N_STATES;
    for (long t = 0; t < n_sweeps; t++) {
        reference_turn(N, bath->order, bath->order_generator, (uint32_t)t, turn);
        for (size_t k = 0; k < N; k++)
            for (size_t down = 0; down < N_STATES; down++) {
                const size_t up = down | (size_t)1 << turn[k];
                if (up == down) continue;
                const long double both = chain[up] + chain[down];
                chain[up] = both / (1.0L + expl((energies[up] - energies[down]) / bath->temperature));
                chain[down] = both - chain[up];
            }
    }
    for (size_t state = 0; state < N_STATES; state++)
        distance += (chain[state] - law[state]) * (chain[state] - law[state]) / law[state];
    return (double)distance;
}

static double p_value(const double *counts, const long double *law)
{
    double chi_square = 0.0, rest = 0.0, rest_expected = 0.0, n_bins = 0.0;
    for (size_t state = 0; state < N_STATES; state++) {
        const double expected = N_SAMPLES * (double)law[state];
        if (expected < 20.0) {
            rest += counts[state];
            rest_expected += expected;
            continue;
        }
        chi_square += (counts[state] - expected) * (counts[state] - expected) / expected;
        n_bins++;
    }
    if (rest_expected > 20.0) {
        chi_square += (rest - rest_expected) * (rest - rest_expected) / rest_expected;
        n_bins++;
    }
    ck_assert_double_gt(n_bins, 10.0);
    return gsl_cdf_chisq_Q(chi_square, n_bins - 1.0);
}

static void check_law(hebb_interaction interaction, double temperature, hebb_update_order order)
{
    enum { N_SWEEPS = 6 };
    hebb_patterns patterns = {0};
    hebb_dense_memory memory = {0};
    long double energies[N_STATES], law[N_STATES];
    double counts[N_STATES] = {0};
    hebb_dense_heat_bath bath = bath_for(N, temperature, order, 0);
    ck_assert_int_eq(hebb_dense_memory_fit(&patterns, &memory, N, K, interaction), HEBB_OK);
    hebb_patterns_draw(&patterns, 44, 1);
    find_energies(&patterns, interaction, energies);
    find_law(energies, temperature, law);
    ck_assert_double_lt(N_SAMPLES * distance_left(energies, &bath, N_SWEEPS, law), 0.5);
    for (uint32_t chain = 0; chain < N_SAMPLES; chain++) {
        int8_t spins[N];
        size_t state = 0;
        hebb_dense_walk walk = {0, 0};
        bath.noise = hebb_philox_derive(45, HEBB_DRAW_NOISE, (uint64_t)order, chain);
        engine_random_spins(N, chain, spins);
        hebb_dense_memory_start_at(&memory, spins);
        ck_assert_int_eq(hebb_dense_heat_bath_run(&memory, &bath, N_SWEEPS, &walk), HEBB_OK);
        for (size_t i = 0; i < N; i++) state |= (size_t)(memory.spins[i] > 0) << i;
        counts[state]++;
    }
    ck_assert_double_gt(p_value(counts, law), FALSE_ALARM);
    hebb_dense_memory_free(&memory);
    hebb_patterns_free(&patterns);
    free(bath.turn);
}

START_TEST(states_have_the_law_of_boltzmann)
{
    static const double temperatures[] = {1.0, 0.9, 0.9, 0.13, 2.5};
    for (size_t f = 0; f < COUNT(interactions); f++)
        for (size_t o = 0; o < 2; o++) check_law(interactions[f], temperatures[f], orders[o]);
}
END_TEST

/* The field is the same from either side of a flip, and half the difference of energy: to 1e-13 of a term. */
START_TEST(balance_is_detailed)
{
    for (size_t f = 0; f < COUNT(interactions); f++) {
        hebb_patterns patterns = {0};
        hebb_dense_memory memory = {0};
        long double energies[N_STATES];
        ck_assert_int_eq(hebb_dense_memory_fit(&patterns, &memory, N, K, interactions[f]), HEBB_OK);
        hebb_patterns_draw(&patterns, 46, 1);
        find_energies(&patterns, interactions[f], energies);
        for (size_t state = 0; state < N_STATES; state++) {
            int8_t spins[N];
            set_spins(state, spins);
            hebb_dense_memory_start_at(&memory, spins);
            for (size_t i = 0; i < N; i++) {
                const size_t bit = (size_t)1 << i;
                ck_assert_double_eq_tol(2.0 * hebb_dense_memory_local_field(&memory, i),
                                        (double)(energies[state & ~bit] - energies[state | bit]), 1e-13 * N);
            }
        }
        hebb_dense_memory_free(&memory);
        hebb_patterns_free(&patterns);
    }
}
END_TEST

/* ---- the same walk ---- */

START_TEST(kernels_and_interruptions_change_nothing)
{
    enum { MANY = 90 };
    for (size_t f = 0; f < COUNT(interactions); f++)
        for (size_t o = 0; o < 2; o++) {
            int8_t first[MANY] = {0};
            int64_t flips = 0;
            long pieces = 0;
            for (EACH_KERNEL(kernel)) {
                hebb_patterns patterns = {0};
                hebb_dense_memory memory = {0};
                hebb_dense_heat_bath bath = bath_for(MANY, 0.7, orders[o], 3);
                hebb_dense_walk walk = {0, 0};
                ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
                ck_assert_int_eq(hebb_dense_memory_fit(&patterns, &memory, MANY, 200, interactions[f]), HEBB_OK);
                hebb_patterns_draw(&patterns, 47, 1);
                hebb_dense_memory_start_at_pattern(&memory, 1);
                ck_assert_int_eq(hebb_dense_heat_bath_run(&memory, &bath, 5 - pieces, &walk), HEBB_OK);
                ck_assert_int_eq(hebb_dense_heat_bath_run(&memory, &bath, pieces, &walk), HEBB_OK);
                if (pieces++ == 0) {
                    memcpy(first, memory.spins, MANY);
                    flips = walk.flips;
                }
                ck_assert_mem_eq(memory.spins, first, MANY);
                ck_assert_int_eq(walk.flips, flips);
                ck_assert_int_gt(flips, 10);
                hebb_dense_memory_free(&memory);
                hebb_patterns_free(&patterns);
                free(bath.turn);
            }
        }
}
END_TEST

START_TEST(temperatures_and_orders_that_do_not_exist_are_refused)
{
    static const double temperatures[] = {0.0, -1.0, INFINITY, NAN};
    hebb_patterns patterns = {0};
    hebb_dense_memory memory = {0};
    hebb_dense_walk walk = {0, 0};
    hebb_dense_heat_bath bath = bath_for(5, 1.0, HEBB_ORDER_SYNCHRONOUS, 0);
    ck_assert_int_eq(hebb_dense_memory_fit(&patterns, &memory, 5, 2, interactions[0]), HEBB_OK);
    ck_assert_int_eq(hebb_dense_heat_bath_run(&memory, &bath, 1, &walk), HEBB_EDOM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "one after the other"));
    bath.order = HEBB_ORDER_RANDOM;
    for (size_t t = 0; t < COUNT(temperatures); t++) {
        bath.temperature = temperatures[t];
        ck_assert_int_eq(hebb_dense_heat_bath_run(&memory, &bath, 1, &walk), HEBB_EDOM);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "temperature"));
    }
    ck_assert_int_eq(walk.sweeps, 0);
    hebb_dense_memory_free(&memory);
    hebb_patterns_free(&patterns);
    free(bath.turn);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dense_heat_bath");
    TCase *tests = tcase_create("dense_heat_bath");
    tcase_add_test(tests, squares_walk_as_the_hopfield_model_does);
    tcase_add_test(tests, states_have_the_law_of_boltzmann);
    tcase_add_test(tests, balance_is_detailed);
    tcase_add_test(tests, kernels_and_interruptions_change_nothing);
    tcase_add_test(tests, temperatures_and_orders_that_do_not_exist_are_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed != 0;
}
