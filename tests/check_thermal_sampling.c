/*
 * thermal, the states that are visited: chi-square against exp(-H/T)/Z by full enumeration, N <= 12
 *
 * Every sample is the last state of a chain of its own, begun at a random state, so samples are independent.  How far
 * the chains' distribution still is from exp(-H/T)/Z is computed, by propagating all 2^N probabilities, not assumed.
 * States are taken in the order of their probability and put together until at least 20 samples are expected, which
 * tells states apart, or a fortieth of all, which tells temperatures apart.
 *
 * False alarms: each of the 160 chi-squares below has P = 1e-6 of failing a right program, all together 1.6e-4.
 *
 * Not here: Metropolis in sequential order where fields can be 0, (N-1) p even.  There it always flips, and some small
 * networks, such as N = 3, p = 2 and N = 5, p = 1, never reach all states in their due proportion.
 */
#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "canonical_law.h"
#include "engine.h"
#include "thermal.h"
#include "trajectory.h"

#define FALSE_ALARM 1e-6
enum { LARGEST_BATCH = 4000 };

static const hebb_update_order orders[] = {HEBB_ORDER_SEQUENTIAL, HEBB_ORDER_RANDOM};

typedef struct {
    size_t n, p;
    double temperature;
    int n_sweeps;
    size_t n_samples;
    hebb_thermal_rule rule;
    hebb_update_order order;
    uint32_t seed;
} sampling;

static hebb_philox order_generator(const sampling *how)
{
    return hebb_philox_derive(99, HEBB_DRAW_ORDER, how->n, (uint32_t)how->p);
}

/* One batch of chains in lockstep. */
static void run_batch(const hebb_kernel *kernel, const sampling *how, uint32_t batch, size_t n_chains, double *counts)
{
    engine *made = engine_make(kernel, engine_stores[how->seed % N_STORES], how->n, how->p, 1, n_chains);
    hebb_philox *noise = calloc(n_chains, sizeof *noise);
    for (size_t a = 0; a < n_chains; a++) {
        int8_t spins[16];
        const uint32_t number = batch * LARGEST_BATCH + (uint32_t)a;
        hebb_stream stream;
        noise[a] = hebb_philox_derive(how->seed, HEBB_DRAW_STATE, 1000 + how->order, number);
        hebb_stream_init(&stream, hebb_philox_derive(how->seed, HEBB_DRAW_STATE, how->order, number), 0, 0);
        for (size_t i = 0; i < how->n; i++) spins[i] = hebb_stream_below(&stream, 2) == 0 ? -1 : 1;
        hebb_hopfield_start_at(made->networks + a, spins);
    }
    hebb_thermal run;
    const hebb_thermal_options options = {.rule = how->rule,
                                          .temperature = how->temperature,
                                          .order = how->order,
                                          .order_generator = order_generator(how),
                                          .noise = noise};
    ck_assert_int_eq(hebb_thermal_init(&run, n_chains, made->networks, &options), HEBB_OK);
    ck_assert_int_eq(hebb_thermal_run(&run, how->n_sweeps), HEBB_OK);
    for (size_t a = 0; a < n_chains; a++) counts[boltzmann_state(how->n, made->networks[a].spins)] += 1.0;
    hebb_thermal_free(&run);
    free(noise);
    engine_drop(made);
}

/* How often each of the 2^N states was the last. */
static double *sample(const hebb_kernel *kernel, const sampling *how)
{
    double *counts = calloc((size_t)1 << how->n, sizeof *counts);
    size_t left = how->n_samples;
    for (uint32_t batch = 0; left > 0; batch++) {
        const size_t n_chains = left < LARGEST_BATCH ? left : LARGEST_BATCH;
        run_batch(kernel, how, batch, n_chains, counts);
        left -= n_chains;
    }
    return counts;
}

static boltzmann enumerate(const sampling *how, double temperature)
{
    engine *made = engine_make(NULL, HEBB_STORE_ROWS, how->n, how->p, 1, 1);
    const boltzmann b = boltzmann_make(&made->patterns, temperature);
    engine_drop(made);
    return b;
}

/*
 * sum (P_t - pi)^2 / pi: times the number of samples, what chi-square gains because the chains are finite.  The random
 * orders are the chains' own.
 */
static double distance_left(const sampling *how, const boltzmann *b)
{
    long double *distribution = calloc(b->n_states, sizeof *distribution), distance = 0.0L;
    uint32_t turn[16];
    for (size_t state = 0; state < b->n_states; state++) distribution[state] = 1.0L / (long double)b->n_states;
    for (int t = 0; t < how->n_sweeps; t++) {
        reference_turn(how->n, how->order, order_generator(how), (uint32_t)t, turn);
        for (size_t k = 0; k < how->n; k++) boltzmann_update(b, how->rule == HEBB_HEAT_BATH, turn[k], distribution);
    }
    for (size_t state = 0; state < b->n_states; state++) {
        const long double difference = distribution[state] - b->probabilities[state];
        distance += difference * difference / b->probabilities[state];
    }
    free(distribution);
    return (double)distance;
}

/* ---- chi-square ---- */

static const long double *sorted_by; /* qsort has no room for it */

static int compare(const void *a, const void *b)
{
    const size_t first = *(const size_t *)a, second = *(const size_t *)b;
    const long double difference = sorted_by[first] - sorted_by[second];
    return difference < 0.0L ? -1 : difference > 0.0L ? 1 : (first > second) - (first < second);
}

/* The probability of a chi-square as large or larger; at least `least` samples are expected in each bin. */
static double p_of_bins(const boltzmann *b, const double *counts, size_t n_samples, double least)
{
    size_t *order = calloc(b->n_states, sizeof *order), n_bins = 0;
    double expected = 0.0, found = 0.0, chi_square = 0.0, left = (double)n_samples;
    for (size_t state = 0; state < b->n_states; state++) order[state] = state;
    sorted_by = b->probabilities;
    qsort(order, b->n_states, sizeof *order, compare);
    for (size_t k = 0; k < b->n_states; k++) {
        expected += (double)n_samples * (double)b->probabilities[order[k]];
        found += counts[order[k]];
        const double beyond = left - expected;
        if (expected < least || (beyond < least && k + 1 < b->n_states)) continue;
        chi_square += (found - expected) * (found - expected) / expected;
        left = beyond;
        expected = found = 0.0;
        n_bins++;
    }
    free(order);
    ck_assert_uint_ge(n_bins, 4);
    return gsl_cdf_chisq_Q(chi_square, (double)(n_bins - 1));
}

/* The smaller one of the two. */
static double p_value(const boltzmann *b, const double *counts, size_t n_samples)
{
    const double share = (double)n_samples / 40.0;
    return fmin(p_of_bins(b, counts, n_samples, 20.0), p_of_bins(b, counts, n_samples, share > 20.0 ? share : 20.0));
}

/* Each kernel with chains of its own; the next free seed is returned. */
static uint32_t check_sampling(sampling how)
{
    boltzmann b = enumerate(&how, how.temperature);
    ck_assert_double_lt((double)how.n_samples * distance_left(&how, &b), 0.5);
    for (EACH_KERNEL(kernel)) {
        double *counts = sample(*kernel, &how);
        ck_assert_double_gt(p_value(&b, counts, how.n_samples), FALSE_ALARM);
        free(counts);
        how.seed++;
    }
    boltzmann_free(&b);
    return how.seed;
}

static const sampling cases[] = {
    {.n = 4, .p = 3, .temperature = 1.0, .n_sweeps = 10, .n_samples = 2000},
    {.n = 6, .p = 1, .temperature = 0.7, .n_sweeps = 10, .n_samples = 2000},
    {.n = 8, .p = 3, .temperature = 0.6, .n_sweeps = 10, .n_samples = 4000},
    {.n = 10, .p = 5, .temperature = 1.5, .n_sweeps = 10, .n_samples = 4000},
    {.n = 12, .p = 1, .temperature = 0.8, .n_sweeps = 10, .n_samples = 4000},
    {.n = 12, .p = 7, .temperature = 1.2, .n_sweeps = 10, .n_samples = 4000},
};

static void check_rule(hebb_thermal_rule rule)
{
    uint32_t seed = rule == HEBB_HEAT_BATH ? 1 : 1001;
    for (size_t o = 0; o < COUNT(orders); o++)
        for (size_t k = 0; k < COUNT(cases); k++) {
            sampling how = cases[k];
            how.rule = rule;
            how.order = orders[o];
            how.seed = seed;
            seed = check_sampling(how);
        }
}

START_TEST(heat_bath_visits_states_as_often_as_their_boltzmann_factor_says)
{
    check_rule(HEBB_HEAT_BATH);
}
END_TEST

START_TEST(so_it_does_where_fields_can_be_zero)
{
    sampling how = {.n = 3, .p = 2, .temperature = 1.0, .n_sweeps = 20, .n_samples = 4000, .rule = HEBB_HEAT_BATH};
    for (size_t o = 0; o < COUNT(orders); o++) {
        how.order = orders[o];
        how.seed = check_sampling(how);
    }
}
END_TEST

START_TEST(so_does_metropolis)
{
    check_rule(HEBB_METROPOLIS);
}
END_TEST

START_TEST(a_temperature_that_is_wrong_by_five_percent_is_found_out)
{
    for (int rule = 0; rule < 2; rule++) {
        const sampling how = {.n = 12,
                              .p = 7,
                              .temperature = 1.2,
                              .n_sweeps = 10,
                              .n_samples = 30000,
                              .rule = rule == 0 ? HEBB_HEAT_BATH : HEBB_METROPOLIS,
                              .seed = 77};
        double *counts = sample(NULL, &how);
        boltzmann b = enumerate(&how, 1.2);
        ck_assert_double_lt((double)how.n_samples * distance_left(&how, &b), 0.5);
        ck_assert_double_gt(p_value(&b, counts, how.n_samples), FALSE_ALARM);
        boltzmann_set_temperature(&b, 1.05 * 1.2);
        ck_assert_double_lt(p_value(&b, counts, how.n_samples), FALSE_ALARM);
        boltzmann_set_temperature(&b, 0.95 * 1.2);
        ck_assert_double_lt(p_value(&b, counts, how.n_samples), FALSE_ALARM);
        boltzmann_free(&b);
        free(counts);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("thermal_sampling");
    TCase *states = tcase_create("states");
    tcase_add_test(states, heat_bath_visits_states_as_often_as_their_boltzmann_factor_says);
    tcase_add_test(states, so_it_does_where_fields_can_be_zero);
    tcase_add_test(states, so_does_metropolis);
    tcase_add_test(states, a_temperature_that_is_wrong_by_five_percent_is_found_out);
    suite_add_tcase(suite, states);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
