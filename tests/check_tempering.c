/*
 * tempering: the law of every rung by enumeration, swap rates against their exact values, the same bits in pieces
 *
 * Chains begin in states drawn from the product of the rungs' exact laws, which rounds must leave as it is: whatever a
 * chain's length, nothing has to be waited for.
 *
 * False alarms: each statistical comparison has P = 1e-6 of failing a right program; there are 80, 8e-5 in all.
 */
#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "canonical_law.h"
#include "engine.h"
#include "packed_state.h"
#include "tempering_state.h"
#include "trajectory.h"

#define FALSE_ALARM 1e-6
#define N_SIGMA     4.9 /* two-sided P = 1e-6 */

enum { MOST = 6 };

static const double rungs[MOST] = {0.4, 0.6, 0.9, 1.4, 2.5, 6.0};

/* ---- a run ---- */

typedef struct {
    engine *made;
    hebb_tempering run;
} tempered;

static hebb_tempering_options options_of(const double *temperatures, hebb_update_order order, hebb_thermal_rule rule,
                                         hebb_philox noise[MOST])
{
    for (uint32_t a = 0; a < MOST; a++) noise[a] = hebb_philox_derive(5, HEBB_DRAW_NOISE, 1, a);
    return (hebb_tempering_options){.rule = rule,
                                    .order = order,
                                    .order_generator = hebb_philox_derive(5, HEBB_DRAW_ORDER, 1, 0),
                                    .temperatures = temperatures,
                                    .noise = noise,
                                    .swap_generator = hebb_philox_derive(5, HEBB_DRAW_SWAP, 1, 0)};
}

static tempered *begin(const hebb_kernel *kernel, hebb_pattern_store store, size_t n, size_t p, size_t n_rungs,
                       hebb_update_order order, hebb_thermal_rule rule)
{
    tempered *t = calloc(1, sizeof *t);
    hebb_philox noise[MOST];
    const hebb_tempering_options options = options_of(rungs, order, rule, noise);
    t->made = engine_make(kernel, store, n, p, 1, n_rungs);
    engine_start(t->made);
    ck_assert_int_eq(hebb_tempering_init(&t->run, n_rungs, t->made->networks, &options), HEBB_OK);
    return t;
}

static void end(tempered *t)
{
    hebb_tempering_free(&t->run);
    hebb_tempering_free(&t->run);
    engine_drop(t->made);
    free(t);
}

/* ---- the canonical law of all rungs ---- */

/* A state drawn from the law. */
static void start_at_random(const boltzmann *b, hebb_stream *stream, hebb_hopfield *network)
{
    int8_t spins[16];
    size_t state = 0;
    long double left = hebb_stream_uniform(stream);
    while (state + 1 < b->n_states && left >= b->probabilities[state]) left -= b->probabilities[state++];
    for (size_t i = 0; i < b->n; i++) spins[i] = (int8_t)boltzmann_spin(state, i);
    hebb_hopfield_start_at(network, spins);
}

typedef struct {
    size_t n_rungs, n_chains;
    boltzmann laws[MOST];
    double *counts[MOST];     /* of the states at the end */
    double covariances[MOST]; /* sum over chains of the product of two neighbouring rungs' energies less their means */
    double swap_rates[MOST];
} sampling;

static double mean_energy(const boltzmann *b, double *variance)
{
    long double sum = 0.0L, squares = 0.0L;
    for (size_t state = 0; state < b->n_states; state++) {
        sum += b->probabilities[state] * b->energies[state];
        squares += b->probabilities[state] * b->energies[state] * b->energies[state];
    }
    *variance = (double)(squares - sum * sum);
    return (double)sum;
}

/* Two rounds: each pair is tried once. */
static void run_chain(tempered *t, sampling *s, hebb_stream *stream)
{
    double variance, energies[MOST];
    for (size_t k = 0; k < s->n_rungs; k++)
        start_at_random(s->laws + k, stream, t->made->networks + t->run.replica_at[k]);
    hebb_tempering_restart(&t->run);
    ck_assert_int_eq(hebb_tempering_run(&t->run, 2, 1), HEBB_OK);
    for (size_t k = 0; k < s->n_rungs; k++) {
        const hebb_hopfield *network = hebb_tempering_at(&t->run, k);
        s->counts[k][boltzmann_state(s->laws[k].n, network->spins)] += 1.0;
        energies[k] = (double)hebb_hopfield_energy_sum(network) - mean_energy(s->laws + k, &variance);
        if (k > 0) s->covariances[k - 1] += energies[k - 1] * energies[k];
    }
}

static sampling sample(size_t n, size_t p, size_t n_rungs, size_t n_chains, hebb_update_order order,
                       hebb_thermal_rule rule)
{
    sampling s = {.n_rungs = n_rungs, .n_chains = n_chains};
    tempered *t = begin(NULL, HEBB_STORE_SLICES, n, p, n_rungs, order, rule);
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(6, HEBB_DRAW_STATE, n, (uint32_t)rule), 0, 0);
    for (size_t k = 0; k < n_rungs; k++) {
        s.laws[k] = boltzmann_make(&t->made->patterns, rungs[k]);
        s.counts[k] = calloc(s.laws[k].n_states, sizeof *s.counts[k]);
    }
    for (size_t chain = 0; chain < n_chains; chain++) run_chain(t, &s, &stream);
    for (size_t k = 0; k + 1 < n_rungs; k++) {
        ck_assert_int_eq(t->run.n_trials[k], (int64_t)n_chains);
        s.swap_rates[k] = hebb_tempering_swap_rate(&t->run, k);
    }
    ck_assert_int_eq(t->run.n_trials[n_rungs - 1], 0);
    end(t);
    return s;
}

static void forget(sampling *s)
{
    for (size_t k = 0; k < s->n_rungs; k++) {
        boltzmann_free(s->laws + k);
        free(s->counts[k]);
    }
}

/* Of chi-square, over states put together until 30 are expected. */
static double p_value(const boltzmann *b, const double *counts, size_t n_samples)
{
    double expected = 0.0, found = 0.0, chi_square = 0.0, left = (double)n_samples;
    size_t n_bins = 0;
    for (size_t state = 0; state < b->n_states; state++) {
        expected += (double)n_samples * (double)b->probabilities[state];
        found += counts[state];
        if (expected < 30.0 || (left - expected < 30.0 && state + 1 < b->n_states)) continue;
        chi_square += (found - expected) * (found - expected) / expected;
        left -= expected;
        expected = found = 0.0;
        n_bins++;
    }
    ck_assert_uint_ge(n_bins, 8);
    return gsl_cdf_chisq_Q(chi_square, (double)(n_bins - 1));
}

/* The mean of min(1, exp(x)) over both rungs' laws. */
static double exact_swap_rate(const boltzmann *low, const boltzmann *high)
{
    const long double span = 1.0L / low->temperature - 1.0L / high->temperature;
    long double rate = 0.0L;
    for (size_t a = 0; a < low->n_states; a++)
        for (size_t b = 0; b < high->n_states; b++) {
            const long double x = span * (low->energies[a] - low->energies[b]) / (2.0L * (long double)low->n);
            rate += low->probabilities[a] * high->probabilities[b] * (x < 0.0L ? expl(x) : 1.0L);
        }
    return (double)rate;
}

static void check_pair(const sampling *s, size_t k)
{
    double variances[2];
    const double n = (double)s->n_chains, rate = exact_swap_rate(s->laws + k, s->laws + k + 1);
    (void)mean_energy(s->laws + k, variances);
    (void)mean_energy(s->laws + k + 1, variances + 1);
    ck_assert_double_eq_tol(s->swap_rates[k], rate, N_SIGMA * sqrt(rate * (1.0 - rate) / n));
    ck_assert_double_eq_tol(s->covariances[k] / n, 0.0, N_SIGMA * sqrt(variances[0] * variances[1] / n));
}

START_TEST(rounds_leave_the_canonical_law_of_every_rung_as_it_is_and_swaps_have_their_exact_rate)
{
    static const size_t sizes[][3] = {{6, 3, 4}, {7, 1, 6}, {8, 5, 2}, {5, 2, 5}};
    for (size_t c = 0; c < COUNT(sizes); c++) {
        const hebb_update_order order = c % 2 == 0 ? HEBB_ORDER_SEQUENTIAL : HEBB_ORDER_RANDOM;
        sampling s =
            sample(sizes[c][0], sizes[c][1], sizes[c][2], 8000, order, c < 2 ? HEBB_HEAT_BATH : HEBB_METROPOLIS);
        for (size_t k = 0; k < s.n_rungs; k++) {
            ck_assert_double_gt(p_value(s.laws + k, s.counts[k], s.n_chains), FALSE_ALARM);
            if (k + 1 < s.n_rungs) check_pair(&s, k);
        }
        forget(&s);
    }
}
END_TEST

START_TEST(a_temperature_that_is_wrong_by_a_tenth_is_found_out)
{
    sampling s = sample(8, 5, 2, 20000, HEBB_ORDER_SEQUENTIAL, HEBB_HEAT_BATH);
    for (size_t k = 0; k < 2; k++) {
        ck_assert_double_gt(p_value(s.laws + k, s.counts[k], s.n_chains), FALSE_ALARM);
        boltzmann_set_temperature(s.laws + k, 1.1 * rungs[k]);
        ck_assert_double_lt(p_value(s.laws + k, s.counts[k], s.n_chains), FALSE_ALARM);
        boltzmann_set_temperature(s.laws + k, 0.9 * rungs[k]);
        ck_assert_double_lt(p_value(s.laws + k, s.counts[k], s.n_chains), FALSE_ALARM);
    }
    forget(&s);
}
END_TEST

/* ---- one decision ---- */

/* How often two states that differ in energy by x in units of the temperatures are exchanged, of n times. */
static int count_swaps(double x, bool low_is_lower, int n)
{
    engine *made = engine_make(NULL, HEBB_STORE_ROWS, 40, 2, 1, 2);
    int8_t spins[40];
    hebb_philox noise[MOST];
    int n_swaps = 0;
    engine_random_spins(40, 3, spins);
    hebb_hopfield_start_at_pattern(made->networks + (low_is_lower ? 0 : 1), 0);
    hebb_hopfield_start_at(made->networks + (low_is_lower ? 1 : 0), spins);
    const double gap =
        fabs((double)hebb_hopfield_energy_sum(made->networks) - (double)hebb_hopfield_energy_sum(made->networks + 1)) /
        80.0;
    const double temperatures[] = {1.0 / (0.5 + x / gap), 2.0};
    hebb_tempering_options options = options_of(temperatures, HEBB_ORDER_SEQUENTIAL, HEBB_HEAT_BATH, noise);
    for (int k = 0; k < n; k++) {
        hebb_tempering run;
        options.swap_generator = hebb_philox_derive(8, HEBB_DRAW_SWAP, 1, (uint32_t)k);
        ck_assert_int_eq(hebb_tempering_init(&run, 2, made->networks, &options), HEBB_OK);
        ck_assert_int_eq(hebb_tempering_run(&run, 1, 0), HEBB_OK);
        ck_assert_int_eq(run.n_trials[0], 1);
        ck_assert_uint_eq(run.replica_at[0], (size_t)run.n_swaps[0]);
        ck_assert_uint_eq(run.rung_of[0], (size_t)run.n_swaps[0]);
        ck_assert(run.replicas[run.replica_at[0]].temperature == temperatures[0]);
        ck_assert(run.replicas[run.replica_at[1]].temperature == temperatures[1]);
        n_swaps += (int)run.n_swaps[0];
        hebb_tempering_free(&run);
    }
    engine_drop(made);
    return n_swaps;
}

START_TEST(an_exchange_is_accepted_with_the_probability_that_detailed_balance_asks_for)
{
    static const double xs[] = {0.01, 0.4, 0.95, 1.0, 1.6, 2.7, 5.0};
    enum { N = 4000 };
    for (size_t k = 0; k < COUNT(xs); k++) {
        const double p = exp(-xs[k]);
        ck_assert_double_eq_tol(count_swaps(xs[k], true, N), N * p, N_SIGMA * sqrt(N * p * (1.0 - p)));
        ck_assert_int_eq(count_swaps(xs[k], false, 50), 50);
    }
}
END_TEST

/* ---- the same, however it is computed ---- */

static void check_same(const tempered *got, const tempered *want)
{
    const size_t n = want->run.n;
    ck_assert_int_eq(got->run.n_rounds, want->run.n_rounds);
    ck_assert_mem_eq(got->run.rung_of, want->run.rung_of, n * sizeof *want->run.rung_of);
    ck_assert_mem_eq(got->run.replica_at, want->run.replica_at, n * sizeof *want->run.replica_at);
    ck_assert_mem_eq(got->run.n_trials, want->run.n_trials, n * sizeof *want->run.n_trials);
    ck_assert_mem_eq(got->run.n_swaps, want->run.n_swaps, n * sizeof *want->run.n_swaps);
    ck_assert_mem_eq(got->run.n_round_trips, want->run.n_round_trips, n * sizeof *want->run.n_round_trips);
    ck_assert_mem_eq(got->run.ways, want->run.ways, n * sizeof *want->run.ways);
    for (size_t a = 0; a < n; a++) {
        ck_assert_mem_eq(got->made->networks[a].spins, want->made->networks[a].spins, want->made->patterns.n_neurons);
        ck_assert_mem_eq(got->made->networks[a].overlaps, want->made->networks[a].overlaps,
                         want->made->patterns.n_patterns * sizeof(int32_t));
        check_overlaps_are_the_spins(got->made->networks + a);
        ck_assert(got->run.replicas[a].temperature == rungs[got->run.rung_of[a]]);
    }
}

START_TEST(every_kernel_and_store_gives_the_same_in_one_piece_or_in_several)
{
    for (int o = 0; o < 2; o++) {
        const hebb_update_order order = o == 0 ? HEBB_ORDER_SEQUENTIAL : HEBB_ORDER_RANDOM;
        tempered *want = begin(NULL, HEBB_STORE_SLICES, 40, 7, MOST, order, HEBB_HEAT_BATH);
        ck_assert_int_eq(hebb_tempering_run(&want->run, 60, 2), HEBB_OK);
        int64_t n_swaps = 0;
        for (size_t k = 0; k + 1 < MOST; k++) n_swaps += want->run.n_swaps[k];
        ck_assert_int_gt(n_swaps, 20);
        for (EACH_KERNEL(kernel))
            for (size_t store = 0; store < N_STORES; store++) {
                tempered *got = begin(*kernel, engine_stores[store], 40, 7, MOST, order, HEBB_HEAT_BATH);
                for (int piece = 0; piece < 60; piece += 20)
                    ck_assert_int_eq(hebb_tempering_run(&got->run, 20, 2), HEBB_OK);
                check_same(got, want);
                end(got);
            }
        end(want);
    }
}
END_TEST

START_TEST(left_after_any_round_it_goes_on_as_if_it_had_not_been_left)
{
    enum { N_ROUNDS = 12 };
    tempered *want = begin(NULL, HEBB_STORE_SLICES, 20, 3, MOST, HEBB_ORDER_RANDOM, HEBB_HEAT_BATH);
    tempered *got = begin(NULL, HEBB_STORE_ROWS, 20, 3, MOST, HEBB_ORDER_RANDOM, HEBB_HEAT_BATH);
    const size_t size = hebb_tempering_state_bytes(&want->run);
    unsigned char *states[N_ROUNDS], *again = malloc(size);
    ck_assert_int_eq(hebb_tempering_run(&want->run, 150, 1), HEBB_OK); /* so that there have been round trips */
    ck_assert_int_gt(hebb_tempering_round_trips(&want->run), 0);
    for (int round = 0; round < N_ROUNDS; round++) {
        states[round] = malloc(size);
        hebb_tempering_state_save(&want->run, states[round]);
        ck_assert_int_eq(hebb_tempering_run(&want->run, 1, 2), HEBB_OK);
    }
    for (int round = 0; round < N_ROUNDS; round++) { /* from somewhere else each time */
        ck_assert_int_eq(hebb_tempering_state_restore(&got->run, states[round], size), HEBB_OK);
        hebb_tempering_state_save(&got->run, again);
        ck_assert_mem_eq(again, states[round], size);
        ck_assert_int_eq(hebb_tempering_run(&got->run, N_ROUNDS - round, 2), HEBB_OK);
        check_same(got, want);
        free(states[round]);
    }
    free(again);
    end(got);
    end(want);
}
END_TEST

/* Refused, and all is as before. */
static void refuse_state(tempered *t, const unsigned char *state, size_t size)
{
    const size_t bytes = hebb_tempering_state_bytes(&t->run);
    unsigned char *before = malloc(bytes), *after = malloc(bytes);
    hebb_tempering_state_save(&t->run, before);
    ck_assert_int_eq(hebb_tempering_state_restore(&t->run, state, size), HEBB_EDATA);
    ck_assert_msg(strstr(hebb_diagnostic(), "state") != NULL, "%s", hebb_diagnostic());
    hebb_tempering_state_save(&t->run, after);
    ck_assert_mem_eq(after, before, bytes);
    for (size_t a = 0; a < t->run.n; a++) check_overlaps_are_the_spins(t->made->networks + a);
    free(before);
    free(after);
}

START_TEST(no_byte_of_a_state_may_be_wrong_and_what_is_refused_changes_nothing)
{
    tempered *t = begin(NULL, HEBB_STORE_SLICES, 9, 3, 3, HEBB_ORDER_SEQUENTIAL, HEBB_HEAT_BATH);
    tempered *other = begin(NULL, HEBB_STORE_SLICES, 9, 3, 2, HEBB_ORDER_SEQUENTIAL, HEBB_HEAT_BATH);
    ck_assert_int_eq(hebb_tempering_run(&t->run, 5, 1), HEBB_OK);
    const size_t size = hebb_tempering_state_bytes(&t->run);
    unsigned char *state = malloc(size);
    hebb_tempering_state_save(&t->run, state);
    ck_assert_int_eq(hebb_tempering_run(&t->run, 7, 1), HEBB_OK);
    for (size_t k = 0; k < size; k++)
        for (int bit = 0; bit < 8; bit += 3) {
            state[k] = (unsigned char)(state[k] ^ 1 << bit);
            refuse_state(t, state, size);
            if (k + HEBB_PACKED_CHECKSUM < size) { /* with a checksum that holds, but for what any run may have */
                unsigned char *sealed = malloc(size);
                memcpy(sealed, state, size);
                hebb_packed_seal(size, sealed);
                if (hebb_tempering_state_restore(&t->run, sealed, size) == HEBB_OK) {
                    unsigned char *again = malloc(size);
                    hebb_tempering_state_save(&t->run, again);
                    ck_assert_mem_eq(again, sealed, size);
                    free(again);
                } else {
                    refuse_state(t, sealed, size);
                }
                free(sealed);
            }
            state[k] = (unsigned char)(state[k] ^ 1 << bit);
        }
    refuse_state(t, state, size - 1);
    refuse_state(other, state, size);
    refuse_state(other, state, hebb_tempering_state_bytes(&other->run));
    free(state);
    end(other);
    end(t);
}
END_TEST

START_TEST(a_round_trip_is_the_way_from_the_lowest_rung_to_the_highest_and_back)
{
    tempered *t = begin(NULL, HEBB_STORE_SLICES, 6, 2, MOST, HEBB_ORDER_SEQUENTIAL, HEBB_HEAT_BATH);
    int64_t trips[MOST] = {0}, all = 0;
    bool has_been_low[MOST] = {true}, has_been_high[MOST] = {false}; /* since it was low */
    for (int round = 0; round < 3000; round++) {
        ck_assert_int_eq(hebb_tempering_run(&t->run, 1, 1), HEBB_OK);
        for (size_t a = 0; a < MOST; a++) {
            if (t->run.rung_of[a] == MOST - 1 && has_been_low[a]) has_been_high[a] = true;
            if (t->run.rung_of[a] != 0) continue;
            trips[a] += has_been_high[a];
            has_been_low[a] = true;
            has_been_high[a] = false;
        }
    }
    for (size_t a = 0; a < MOST; a++) all += trips[a];
    ck_assert_mem_eq(t->run.n_round_trips, trips, sizeof trips);
    ck_assert_int_eq(hebb_tempering_round_trips(&t->run), all);
    ck_assert_int_gt(all, 50);
    end(t);
}
END_TEST

/* ---- temperatures ---- */

START_TEST(a_ladder_has_equal_factors_and_exact_ends)
{
    double t[64];
    for (size_t n = 2; n <= 64; n += 7) {
        ck_assert_int_eq(hebb_tempering_ladder(n, 0.05, 1.2, t), HEBB_OK);
        ck_assert(t[0] == 0.05 && t[n - 1] == 1.2);
        for (size_t k = 1; k < n; k++) {
            const double want = (double)(0.05L * powl(1.2L / 0.05L, (long double)k / (long double)(n - 1)));
            ck_assert_double_gt(t[k], t[k - 1]);
            ck_assert_double_eq_tol(t[k], want, 2.2e-16 * 2.0 * (double)n * want);
        }
    }
    ck_assert_int_eq(hebb_tempering_ladder(1, 0.05, 1.2, t), HEBB_EDOM);
    ck_assert_int_eq(hebb_tempering_ladder(3, 0.0, 1.2, t), HEBB_EDOM);
    ck_assert_int_eq(hebb_tempering_ladder(3, 1.2, 1.2, t), HEBB_EDOM);
    ck_assert_int_eq(hebb_tempering_ladder(3, 1.2, INFINITY, t), HEBB_EDOM);
    ck_assert_int_eq(hebb_tempering_ladder(3, NAN, 1.2, t), HEBB_EDOM);
}
END_TEST

static void refuse(size_t n, const double *temperatures, hebb_update_order order, const char *words)
{
    engine *made = engine_make(NULL, HEBB_STORE_ROWS, 10, 2, 1, 2);
    hebb_philox noise[MOST];
    const hebb_tempering_options options = options_of(temperatures, order, HEBB_HEAT_BATH, noise);
    hebb_tempering run;
    ck_assert_int_eq(hebb_tempering_init(&run, n, made->networks, &options), HEBB_EDOM);
    ck_assert_msg(strstr(hebb_diagnostic(), words) != NULL, "%s", hebb_diagnostic());
    hebb_tempering_free(&run);
    engine_drop(made);
}

START_TEST(rungs_that_do_not_rise_are_refused)
{
    refuse(2, (const double[]){1.0, 1.0}, HEBB_ORDER_SEQUENTIAL, "must rise");
    refuse(2, (const double[]){1.0, 0.5}, HEBB_ORDER_SEQUENTIAL, "1 and 0.5");
    refuse(2, (const double[]){1.0, NAN}, HEBB_ORDER_SEQUENTIAL, "must rise");
    refuse(2, (const double[]){0.0, 0.5}, HEBB_ORDER_SEQUENTIAL, "above 0");
    refuse(2, (const double[]){1.0, INFINITY}, HEBB_ORDER_SEQUENTIAL, "finite");
    refuse(2, (const double[]){1.0, 2.0}, HEBB_ORDER_SYNCHRONOUS, "one after the other");
    refuse(0, NULL, HEBB_ORDER_SEQUENTIAL, "without a temperature");
}
END_TEST

START_TEST(one_rung_alone_is_the_thermal_dynamics)
{
    tempered *t = begin(NULL, HEBB_STORE_SLICES, 50, 5, 1, HEBB_ORDER_RANDOM, HEBB_HEAT_BATH);
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 50, 5, 1, 1);
    hebb_philox noise[MOST];
    const hebb_tempering_options how = options_of(rungs, HEBB_ORDER_RANDOM, HEBB_HEAT_BATH, noise);
    const hebb_thermal_options options = {.rule = how.rule,
                                          .temperature = rungs[0],
                                          .order = how.order,
                                          .order_generator = how.order_generator,
                                          .noise = noise};
    hebb_thermal run;
    engine_start(made);
    ck_assert_int_eq(hebb_thermal_init(&run, 1, made->networks, &options), HEBB_OK);
    ck_assert_int_eq(hebb_thermal_run(&run, 12), HEBB_OK);
    ck_assert_int_eq(hebb_tempering_run(&t->run, 4, 3), HEBB_OK);
    ck_assert_mem_eq(t->made->networks[0].spins, made->networks[0].spins, 50);
    ck_assert_int_eq(hebb_tempering_round_trips(&t->run), 0);
    ck_assert(isnan(hebb_tempering_swap_rate(&t->run, 0)));
    hebb_thermal_free(&run);
    engine_drop(made);
    end(t);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tempering");
    TCase *exchange = tcase_create("exchange");
    tcase_add_test(exchange, rounds_leave_the_canonical_law_of_every_rung_as_it_is_and_swaps_have_their_exact_rate);
    tcase_add_test(exchange, a_temperature_that_is_wrong_by_a_tenth_is_found_out);
    tcase_add_test(exchange, an_exchange_is_accepted_with_the_probability_that_detailed_balance_asks_for);
    tcase_add_test(exchange, every_kernel_and_store_gives_the_same_in_one_piece_or_in_several);
    tcase_add_test(exchange, left_after_any_round_it_goes_on_as_if_it_had_not_been_left);
    tcase_add_test(exchange, no_byte_of_a_state_may_be_wrong_and_what_is_refused_changes_nothing);
    tcase_add_test(exchange, a_round_trip_is_the_way_from_the_lowest_rung_to_the_highest_and_back);
    tcase_add_test(exchange, a_ladder_has_equal_factors_and_exact_ends);
    tcase_add_test(exchange, rungs_that_do_not_rise_are_refused);
    tcase_add_test(exchange, one_rung_alone_is_the_thermal_dynamics);
    suite_add_tcase(suite, exchange);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
