/* relax against a dense matrix flip for flip, enumeration, and what the dynamics may never do. */
#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "hopfield_reference.h"
#include "relax.h"
#include "trajectory.h"

enum { MAX_SWEEPS = 200 };

static const hebb_update_order orders[] = {HEBB_ORDER_SEQUENTIAL, HEBB_ORDER_RANDOM, HEBB_ORDER_SYNCHRONOUS};

/* ---- the reference, update by update ---- */

static size_t reference_sweep(hopfield_reference *net, hebb_update_order order, const uint32_t *turn, flip_log *log)
{
    const size_t before = log->n;
    for (size_t k = 0; k < net->n; k++) {
        if (!reference_turns(net, turn[k])) continue;
        log_flip(log, turn[k]);
        if (order != HEBB_ORDER_SYNCHRONOUS) reference_flip(net, turn[k]);
    }
    for (size_t k = before; order == HEBB_ORDER_SYNCHRONOUS && k < log->n; k++) reference_flip(net, log->neurons[k]);
    return log->n - before;
}

/* Until nothing flips or, synchronously, the state of two steps ago is back. */
static hebb_relaxation reference_relax(hopfield_reference *net, hebb_update_order order, hebb_philox generator,
                                       long max_sweeps, flip_log *log)
{
    hebb_relaxation result = {HEBB_RELAX_UNFINISHED, 0, 0};
    uint32_t *turn = calloc(net->n, sizeof *turn);
    int8_t *before = calloc(net->n, 1), *two_before = calloc(net->n, 1);
    while (result.outcome == HEBB_RELAX_UNFINISHED && result.sweeps < max_sweeps) {
        memcpy(two_before, before, net->n);
        memcpy(before, net->spins, net->n);
        reference_turn(net->n, order, generator, (uint32_t)result.sweeps, turn);
        if (reference_sweep(net, order, turn, log) == 0) result.outcome = HEBB_RELAX_FIXED_POINT;
        result.sweeps++;
        if (order == HEBB_ORDER_SYNCHRONOUS && result.outcome != HEBB_RELAX_FIXED_POINT &&
            memcmp(two_before, net->spins, net->n) == 0)
            result.outcome = HEBB_RELAX_TWO_CYCLE;
    }
    result.flips = (int64_t)log->n;
    free(two_before);
    free(before);
    free(turn);
    return result;
}

/* ---- several networks on one disorder, each against the reference ---- */

enum { MAX_NETWORKS = 5 };

typedef struct {
    size_t n_networks;
    hebb_update_order order;
    long max_sweeps;
    hebb_philox generator;
    int8_t *starts; /* n_networks x N */
    hebb_relaxation results[MAX_NETWORKS];
    flip_log flips[MAX_NETWORKS];
    int64_t energies[MAX_NETWORKS];
} expected;

/* Odd networks start at random, even ones near a pattern. */
static expected expect(hopfield_reference *reference, const hebb_patterns *patterns, size_t n_networks,
                       hebb_update_order order, long max_sweeps)
{
    const size_t n = patterns->n_neurons;
    expected e = {.n_networks = n_networks,
                  .order = order,
                  .max_sweeps = max_sweeps,
                  .generator = hebb_philox_derive(17, HEBB_DRAW_ORDER, n, 1),
                  .starts = calloc(n_networks, n)};
    for (size_t a = 0; a < n_networks; a++) {
        if (a % 2 == 1)
            engine_random_spins(n, (uint32_t)a, e.starts + a * n);
        else
            engine_spins_near_pattern(patterns, (uint32_t)a, e.starts + a * n);
        reference_start(reference, e.starts + a * n);
        e.results[a] = reference_relax(reference, order, e.generator, max_sweeps, e.flips + a);
        e.energies[a] = reference_energy(reference);
    }
    return e;
}

static void forget(expected *e)
{
    for (size_t a = 0; a < e->n_networks; a++) free(e->flips[a].neurons);
    free(e->starts);
}

static void check_networks(engine *made, const expected *e)
{
    const size_t n = made->patterns.n_neurons;
    hebb_sweeper sweeper;
    hebb_relaxation results[MAX_NETWORKS];
    flip_logs logs = {.first = made->networks};
    for (size_t a = 0; a < e->n_networks; a++) hebb_hopfield_start_at(made->networks + a, e->starts + a * n);
    ck_assert_int_eq(hebb_sweeper_init(&sweeper, e->n_networks, made->networks, e->order), HEBB_OK);
    const hebb_relax_options how = {
        .max_sweeps = e->max_sweeps, .generator = e->generator, .on_flip = log_network_flip, .context = &logs};
    ck_assert_int_eq(hebb_relax(&sweeper, &how, results), HEBB_OK);
    for (size_t a = 0; a < e->n_networks; a++) {
        ck_assert_int_eq(results[a].outcome, e->results[a].outcome);
        ck_assert_int_eq(results[a].sweeps, e->results[a].sweeps);
        ck_assert_int_eq(results[a].flips, e->results[a].flips);
        check_equal_flips(logs.logs + a, e->flips + a);
        ck_assert_int_eq(hebb_hopfield_energy_sum(made->networks + a), e->energies[a]);
        check_overlaps_are_the_spins(made->networks + a);
        free(logs.logs[a].neurons);
    }
    hebb_sweeper_free(&sweeper);
}

/*
 * All kernels, stores and orders at one size, large networks with one store an order.  Adds how many ties, of down
 * spins and of up spins, were met.
 */
static void check_size(size_t n, size_t p, size_t n_networks, long n_ties[2])
{
    engine *first = engine_make(NULL, HEBB_STORE_ROWS, n, p, 0, 1);
    hopfield_reference reference = reference_make(&first->patterns);
    expected e[COUNT(orders)];
    for (size_t o = 0; o < COUNT(orders); o++)
        e[o] = expect(&reference, &first->patterns, n_networks, orders[o], MAX_SWEEPS);
    for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++)
        for (size_t s = 0; s < N_STORES; s++) {
            engine *made = engine_make(*kernel, engine_stores[s], n, p, 0, n_networks);
            for (size_t o = 0; o < COUNT(orders); o++)
                if (n < 4000 || (s + o + p) % N_STORES == 0) check_networks(made, e + o);
            engine_drop(made);
        }
    n_ties[0] += reference.n_ties - reference.n_ties_up;
    n_ties[1] += reference.n_ties_up;
    for (size_t o = 0; o < COUNT(orders); o++) forget(e + o);
    reference_free(&reference);
    engine_drop(first);
}

START_TEST(every_kernel_and_store_follows_the_dense_matrix_flip_for_flip_in_any_order)
{
    static const size_t sizes[] = {1, 2, 63, 64, 65, 127}, loads[] = {1, 5, 6, 7, 47, 48, 49, 63, 64, 65, 1000};
    long n_ties[2] = {0, 0};
    for (size_t a = 0; a < COUNT(sizes); a++)
        for (size_t b = 0; b < COUNT(loads); b++) check_size(sizes[a], loads[b], 2, n_ties);
    ck_assert_int_gt(n_ties[0], 100);
    ck_assert_int_gt(n_ties[1], 100);
}
END_TEST

START_TEST(so_they_do_over_several_blocks_of_neurons)
{
    static const size_t loads[] = {1, 5, 6, 7, 63, 64, 65, 1000};
    long n_ties[2] = {0, 0};
    for (size_t b = 0; b < COUNT(loads); b++) check_size(1000, loads[b], 2, n_ties);
    ck_assert_int_gt(n_ties[0], 20);
    ck_assert_int_gt(n_ties[1], 20);
}
END_TEST

START_TEST(so_they_do_at_4097_neurons)
{
    static const size_t loads[] = {1, 5, 6, 7, 63, 64, 65, 1000};
    long n_ties[2] = {0, 0};
    for (size_t b = 0; b < COUNT(loads); b++) check_size(4097, loads[b], b % 3 == 0 ? 2 : 1, n_ties);
    ck_assert_int_gt(n_ties[0] + n_ties[1], 0);
}
END_TEST

START_TEST(networks_together_end_as_each_alone_wherever_they_are_cut_off)
{
    static const long cuts[] = {0, 1, 2, 3, 4, 6, MAX_SWEEPS};
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 700, 90, 1, MAX_NETWORKS);
    hopfield_reference reference = reference_make(&made->patterns);
    for (size_t o = 0; o < COUNT(orders); o++)
        for (size_t c = 0; c < COUNT(cuts); c++) {
            expected e = expect(&reference, &made->patterns, MAX_NETWORKS, orders[o], cuts[c]);
            check_networks(made, &e);
            forget(&e);
        }
    reference_free(&reference);
    engine_drop(made);
}
END_TEST

/* ---- one network ---- */

static hebb_relaxation relax_one(engine *made, hebb_update_order order, const hebb_relax_options *how)
{
    hebb_sweeper sweeper;
    hebb_relaxation result;
    ck_assert_int_eq(hebb_sweeper_init(&sweeper, 1, made->networks, order), HEBB_OK);
    ck_assert_int_eq(hebb_relax(&sweeper, how, &result), HEBB_OK);
    hebb_sweeper_free(&sweeper);
    hebb_sweeper_free(&sweeper);
    return result;
}

static void start_at_random(engine *made, uint32_t seed)
{
    int8_t *spins = malloc(made->patterns.n_neurons);
    engine_random_spins(made->patterns.n_neurons, seed, spins);
    hebb_hopfield_start_at(made->networks, spins);
    free(spins);
}

START_TEST(a_sweeper_used_again_has_forgotten_what_was_before)
{
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 500, 60, 1, 1);
    for (size_t o = 0; o < COUNT(orders); o++) {
        hebb_sweeper sweeper;
        ck_assert_int_eq(hebb_sweeper_init(&sweeper, 1, made->networks, orders[o]), HEBB_OK);
        for (uint32_t seed = 0; seed < 4; seed++) {
            const hebb_relax_options how = {.max_sweeps = seed == 1 ? 2 : MAX_SWEEPS};
            hebb_relaxation result;
            start_at_random(made, seed);
            ck_assert_int_eq(hebb_relax(&sweeper, &how, &result), HEBB_OK);
            const int64_t energy = hebb_hopfield_energy_sum(made->networks);
            start_at_random(made, seed);
            const hebb_relaxation fresh = relax_one(made, orders[o], &how);
            ck_assert_int_eq(result.outcome, fresh.outcome);
            ck_assert_int_eq(result.sweeps, fresh.sweeps);
            ck_assert_int_eq(result.flips, fresh.flips);
            ck_assert_int_eq(hebb_hopfield_energy_sum(made->networks), energy);
        }
        hebb_sweeper_free(&sweeper);
    }
    engine_drop(made);
}
END_TEST

/* ---- what may never happen ---- */

typedef struct {
    const hebb_patterns *patterns;
    int64_t energy; /* 2 N H before the flip */
    long n_flips, n_not_lower;
} watch;

/* 2 N H from the spins alone. */
static int64_t energy_of(const hebb_patterns *patterns, const int8_t *spins)
{
    int64_t sum = (int64_t)(patterns->n_patterns * patterns->n_neurons);
    for (size_t mu = 0; mu < patterns->n_patterns; mu++) {
        int64_t m = 0;
        for (size_t i = 0; i < patterns->n_neurons; i++) m += hebb_patterns_get(patterns, i, mu) * spins[i];
        sum -= m * m;
    }
    return sum;
}

static void watch_energy(void *context, const hebb_hopfield *network, size_t neuron)
{
    (void)neuron;
    watch *w = context;
    const int64_t energy = energy_of(w->patterns, network->spins);
    w->n_not_lower += energy >= w->energy;
    w->n_flips++;
    w->energy = energy;
}

START_TEST(one_after_the_other_every_single_flip_lowers_the_energy)
{
    for (size_t o = 0; o < 2; o++)
        for (uint32_t replica = 0; replica < 5; replica++) {
            engine *made = engine_make(NULL, engine_stores[o], 300, 60, replica, 1);
            start_at_random(made, replica);
            watch w = {&made->patterns, energy_of(&made->patterns, made->networks->spins), 0, 0};
            const hebb_relax_options how = {.max_sweeps = MAX_SWEEPS, .on_flip = watch_energy, .context = &w};
            const hebb_relaxation result = relax_one(made, orders[o], &how);
            ck_assert_int_eq(result.outcome, HEBB_RELAX_FIXED_POINT);
            ck_assert_int_gt(w.n_flips, 50);
            ck_assert_int_eq(w.n_flips, result.flips);
            ck_assert_int_eq(w.n_not_lower, 0);
            ck_assert_int_eq(w.energy, hebb_hopfield_energy_sum(made->networks));
            engine_drop(made);
        }
}
END_TEST

START_TEST(at_the_end_no_spin_is_against_its_field)
{
    for (size_t o = 0; o < COUNT(orders); o++) {
        engine *made = engine_make(NULL, engine_stores[o], 400, 30, 2, 1);
        int8_t spins[400];
        engine_spins_near_pattern(&made->patterns, 5, spins);
        hebb_hopfield_start_at(made->networks, spins);
        const hebb_relax_options how = {.max_sweeps = MAX_SWEEPS};
        const hebb_relaxation result = relax_one(made, orders[o], &how);
        ck_assert_int_eq(result.outcome, HEBB_RELAX_FIXED_POINT);
        ck_assert_int_gt(result.flips, 10);
        for (size_t i = 0; i < 400; i++)
            ck_assert_int_ge(hebb_hopfield_field(made->networks, i) * made->networks->spins[i], 0);
        engine_drop(made);
    }
}
END_TEST

START_TEST(a_tie_keeps_the_spin)
{
    long n_ties = 0; /* N = 5, p = 2: fields are even numbers, zero among them */
    for (uint32_t replica = 0; replica < 40; replica++) {
        engine *made = engine_make(NULL, HEBB_STORE_SLICES, 5, 2, replica, 1);
        hopfield_reference reference = reference_make(&made->patterns);
        for (unsigned state = 0; state < 32; state++) {
            int8_t spins[5];
            for (size_t i = 0; i < 5; i++) spins[i] = state >> i & 1 ? 1 : -1;
            reference_start(&reference, spins);
            bool stable = true, tied = false;
            for (size_t i = 0; i < 5; i++) {
                stable = stable && reference.fields[i] * spins[i] >= 0;
                tied = tied || reference.fields[i] == 0;
            }
            if (!stable || !tied) continue;
            n_ties++;
            for (size_t o = 0; o < COUNT(orders); o++) {
                hebb_hopfield_start_at(made->networks, spins);
                const hebb_relax_options how = {.max_sweeps = 10};
                ck_assert_int_eq(relax_one(made, orders[o], &how).flips, 0);
                ck_assert_mem_eq(made->networks->spins, spins, 5);
            }
        }
        reference_free(&reference);
        engine_drop(made);
    }
    ck_assert_int_gt(n_ties, 10);
}
END_TEST

/* The example with which courses begin: one pattern on four neurons, couplings +-1/4. */
START_TEST(four_neurons_remember_one_pattern_and_its_negative)
{
    static const int8_t pattern[4] = {1, -1, 1, -1};
    engine *made = engine_make(NULL, HEBB_STORE_ROWS, 4, 1, 0, 1);
    for (size_t i = 0; i < 4; i++) hebb_patterns_set(&made->patterns, i, 0, pattern[i]);
    for (unsigned state = 0; state < 16; state++) {
        int8_t spins[4];
        int overlap = 0;
        for (size_t i = 0; i < 4; i++) {
            spins[i] = state >> i & 1 ? 1 : -1;
            overlap += pattern[i] * spins[i];
        }
        hebb_hopfield_start_at(made->networks, spins);
        const hebb_relax_options how = {.max_sweeps = 10};
        const hebb_relaxation result = relax_one(made, HEBB_ORDER_SEQUENTIAL, &how);
        ck_assert_int_eq(result.outcome, HEBB_RELAX_FIXED_POINT);
        /* Half right: the first neuron's field comes from the other three, which are against it. */
        const int want = overlap != 0 ? (overlap > 0 ? 4 : -4) : -4 * pattern[0] * spins[0];
        ck_assert_int_eq(made->networks->overlaps[0], want);
        ck_assert_double_eq(hebb_hopfield_energy(made->networks), -0.375); /* -(N-1)/(2N) */
    }
    engine_drop(made);
}
END_TEST

START_TEST(synchronous_updates_can_end_in_a_cycle_of_two_states_and_say_so)
{
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 2, 1, 0, 1);
    hebb_patterns_set(&made->patterns, 0, 0, 1);
    hebb_patterns_set(&made->patterns, 1, 0, 1);
    const hebb_relax_options how = {.max_sweeps = 10};
    hebb_hopfield_start_at(made->networks, (const int8_t[]){1, -1});
    ck_assert_int_eq(relax_one(made, HEBB_ORDER_SYNCHRONOUS, &how).outcome, HEBB_RELAX_TWO_CYCLE);
    hebb_hopfield_start_at(made->networks, (const int8_t[]){1, -1});
    ck_assert_int_eq(relax_one(made, HEBB_ORDER_SEQUENTIAL, &how).outcome, HEBB_RELAX_FIXED_POINT);
    engine_drop(made);
}
END_TEST

START_TEST(what_is_not_settled_after_max_sweeps_is_said_to_be_unfinished)
{
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 300, 60, 0, 1);
    start_at_random(made, 1);
    const hebb_relax_options how = {.max_sweeps = 1};
    const hebb_relaxation result = relax_one(made, HEBB_ORDER_SEQUENTIAL, &how);
    ck_assert_int_eq(result.outcome, HEBB_RELAX_UNFINISHED);
    ck_assert_int_eq(result.sweeps, 1);
    engine_drop(made);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("relax");
    TCase *relax = tcase_create("relax");
    tcase_add_test(relax, every_kernel_and_store_follows_the_dense_matrix_flip_for_flip_in_any_order);
    tcase_add_test(relax, so_they_do_over_several_blocks_of_neurons);
    tcase_add_test(relax, so_they_do_at_4097_neurons);
    tcase_add_test(relax, networks_together_end_as_each_alone_wherever_they_are_cut_off);
    tcase_add_test(relax, a_sweeper_used_again_has_forgotten_what_was_before);
    tcase_add_test(relax, one_after_the_other_every_single_flip_lowers_the_energy);
    tcase_add_test(relax, at_the_end_no_spin_is_against_its_field);
    tcase_add_test(relax, a_tie_keeps_the_spin);
    tcase_add_test(relax, four_neurons_remember_one_pattern_and_its_negative);
    tcase_add_test(relax, synchronous_updates_can_end_in_a_cycle_of_two_states_and_say_so);
    tcase_add_test(relax, what_is_not_settled_after_max_sweeps_is_said_to_be_unfinished);
    suite_add_tcase(suite, relax);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
