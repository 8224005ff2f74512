/* sweep on several threads: the same flips, one after the other, the same states and overlaps as on one. */
#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "engine.h"
#include "parallel.h"
#include "relax.h"
#include "sweep_parts.h"
#include "thermal.h"
#include "trajectory.h"

enum { N = 301, P = 2011, N_NETWORKS = 3, MAX_SWEEPS = 5 }; /* 2011 patterns: 5 x 384 and 91, and 5 to fill up */

static const hebb_update_order orders[] = {HEBB_ORDER_SEQUENTIAL, HEBB_ORDER_RANDOM, HEBB_ORDER_SYNCHRONOUS};
static const int thread_counts[] = {1, 2, 3, 5};
static const hebb_philox generator = {{7, 8}};

/* Whether n threads are to be had at all. */
static bool are_threads(void)
{
#ifdef _OPENMP
    return true;
#else
    return false;
#endif
}

/* ---- what a run leaves ---- */

typedef struct {
    hebb_relaxation results[N_NETWORKS];
    flip_log flips[N_NETWORKS];
    int8_t spins[N_NETWORKS][N];
    int32_t *overlaps[N_NETWORKS];
} outcome;

static void take(const engine *made, flip_logs *logs, outcome *o)
{
    const size_t n_bytes = hebb_patterns_padded(made->patterns.n_patterns) * sizeof(int32_t);
    for (size_t a = 0; a < made->n_networks; a++) {
        o->flips[a] = logs->logs[a];
        memcpy(o->spins[a], made->networks[a].spins, made->patterns.n_neurons);
        o->overlaps[a] = malloc(n_bytes);
        memcpy(o->overlaps[a], made->networks[a].overlaps, n_bytes);
    }
}

static void forget(outcome *o)
{
    for (size_t a = 0; a < N_NETWORKS; a++) {
        free(o->flips[a].neurons);
        free(o->overlaps[a]);
    }
}

static void check_same(const engine *made, const outcome *got, const outcome *want)
{
    const size_t n_bytes = hebb_patterns_padded(made->patterns.n_patterns) * sizeof(int32_t);
    for (size_t a = 0; a < made->n_networks; a++) {
        ck_assert_int_eq(got->results[a].outcome, want->results[a].outcome);
        ck_assert_int_eq(got->results[a].sweeps, want->results[a].sweeps);
        ck_assert_int_eq(got->results[a].flips, want->results[a].flips);
        check_equal_flips(got->flips + a, want->flips + a);
        ck_assert_mem_eq(got->spins[a], want->spins[a], made->patterns.n_neurons);
        ck_assert_mem_eq(got->overlaps[a], want->overlaps[a], n_bytes);
    }
}

/* ---- T = 0 ---- */

static outcome relax(engine *made, hebb_update_order order, int n_threads)
{
    outcome o = {0};
    hebb_sweeper sweeper;
    flip_logs logs = {.first = made->networks};
    const hebb_relax_options how = {
        .max_sweeps = MAX_SWEEPS, .generator = generator, .on_flip = log_network_flip, .context = &logs};
    engine_start(made);
    ck_assert_int_eq(hebb_sweeper_init(&sweeper, made->n_networks, made->networks, order), HEBB_OK);
    ck_assert_int_eq(hebb_sweeper_use_threads(&sweeper, n_threads), HEBB_OK);
    ck_assert_int_eq(hebb_relax(&sweeper, &how, o.results), HEBB_OK);
    take(made, &logs, &o);
    for (size_t a = 0; a < made->n_networks; a++) check_overlaps_are_the_spins(made->networks + a);
    hebb_sweeper_free(&sweeper);
    return o;
}

START_TEST(the_flips_and_states_are_those_of_one_thread_in_any_order_kernel_and_store)
{
    int64_t n_flips = 0;
    for (EACH_KERNEL(kernel)) {
        outcome want[COUNT(orders)];
        for (size_t s = 0; s < N_STORES; s++) {
            engine *made = engine_make(*kernel, engine_stores[s], N, P, 1, N_NETWORKS);
            for (size_t o = 0; o < COUNT(orders); o++) {
                if (s == 0) want[o] = relax(made, orders[o], 1);
                for (size_t t = 0; t < COUNT(thread_counts); t++) {
                    if (t > 0 && kernel[1] != NULL && (s + o + t) % 3 != 0) continue; /* the fastest goes through all */
                    outcome got = relax(made, orders[o], thread_counts[t]);
                    check_same(made, &got, want + o);
                    n_flips += got.results[1].flips;
                    forget(&got);
                }
            }
            engine_drop(made);
        }
        for (size_t o = 0; o < COUNT(orders); o++) forget(want + o);
    }
    ck_assert_int_gt(n_flips, 10000);
}
END_TEST

START_TEST(so_they_are_at_any_size)
{
    static const size_t n_neurons[] = {1, 31, 256, 300}, n_patterns[] = {1, 384, 385, 768, 769, 1153, 1900};
    for (size_t a = 0; a < COUNT(n_neurons); a++)
        for (size_t b = 0; b < COUNT(n_patterns); b++) {
            engine *made = engine_make(NULL, engine_stores[(a + b) % N_STORES], n_neurons[a], n_patterns[b], 0, 2);
            const hebb_update_order order = orders[b % COUNT(orders)];
            outcome want = relax(made, order, 1);
            for (int n_threads = 2; n_threads < 5; n_threads++) {
                outcome got = relax(made, order, n_threads);
                check_same(made, &got, &want);
                forget(&got);
            }
            forget(&want);
            engine_drop(made);
        }
}
END_TEST

START_TEST(the_number_of_threads_may_change_between_sweeps)
{
    static const int changes[] = {1, 3, 2, 5, 1, 2, 4, 3};
    for (size_t o = 0; o < COUNT(orders); o++) {
        engine *made = engine_make(NULL, HEBB_STORE_SLICES, N, P, 2, N_NETWORKS);
        outcome got = {0}, want = {0};
        for (int is_changing = 0; is_changing < 2; is_changing++) {
            hebb_sweeper sweeper;
            flip_logs logs = {.first = made->networks};
            engine_start(made);
            ck_assert_int_eq(hebb_sweeper_init(&sweeper, made->n_networks, made->networks, orders[o]), HEBB_OK);
            sweeper.on_flip = log_network_flip;
            sweeper.flip_context = &logs;
            for (uint32_t sweep = 0; sweep < COUNT(changes); sweep++) {
                if (is_changing) ck_assert_int_eq(hebb_sweeper_use_threads(&sweeper, changes[sweep]), HEBB_OK);
                hebb_sweeper_run(&sweeper, sweep);
            }
            take(made, &logs, is_changing ? &got : &want);
            hebb_sweeper_free(&sweeper);
        }
        check_same(made, &got, &want);
        forget(&got);
        forget(&want);
        engine_drop(made);
    }
}
END_TEST

/* ---- fields that 29 bits do not hold ---- */

/* One part's overlaps large, or all, or hardly any: the sweep takes them as they are. */
static outcome sweep_wide(engine *made, hebb_update_order order, int n_threads, int32_t magnitude, size_t first_large,
                          size_t n_large)
{
    outcome o = {0};
    hebb_sweeper sweeper;
    flip_logs logs = {.first = made->networks};
    engine_start(made);
    for (size_t mu = first_large; mu < first_large + n_large; mu++)
        made->networks[1].overlaps[mu] += mu % 2 == 0 ? magnitude : -magnitude;
    ck_assert_int_eq(hebb_sweeper_init(&sweeper, made->n_networks, made->networks, order), HEBB_OK);
    ck_assert_int_eq(hebb_sweeper_use_threads(&sweeper, n_threads), HEBB_OK);
    sweeper.on_flip = log_network_flip;
    sweeper.flip_context = &logs;
    for (uint32_t sweep = 0; sweep < 2; sweep++) hebb_sweeper_run(&sweeper, sweep);
    take(made, &logs, &o);
    hebb_sweeper_free(&sweeper);
    return o;
}

START_TEST(fields_about_and_beyond_29_bits_are_as_exact)
{
    /* Both sums of |M| are about 2^29, the second with what flips add. */
    static const int32_t magnitudes[] = {400000, 1398101, 2 * 684500, 8000000};
    static const size_t large[][2] = {{0, 384}, {0, 1000}, {768, 232}};
    for (EACH_KERNEL(kernel)) {
        engine *made = engine_make(*kernel, HEBB_STORE_SLICES, 100, 1000, 0, N_NETWORKS);
        for (size_t o = 0; o < COUNT(orders); o++)
            for (size_t m = 0; m < COUNT(magnitudes); m++)
                for (size_t l = 0; l < COUNT(large); l++) {
                    outcome want = sweep_wide(made, orders[o], 1, magnitudes[m], large[l][0], large[l][1]);
                    ck_assert_uint_gt(want.flips[1].n, 20);
                    outcome got = sweep_wide(made, orders[o], m % 2 ? 2 : 3, magnitudes[m], large[l][0], large[l][1]);
                    check_same(made, &got, &want);
                    forget(&got);
                    forget(&want);
                }
        engine_drop(made);
    }
}
END_TEST

/* ---- T > 0 ---- */

/* Couplings are stored on the way, and left: the second and the third stage. */
static outcome heat(engine *made, hebb_thermal_rule rule, hebb_update_order order, int n_threads)
{
    outcome o = {0};
    flip_logs logs = {.first = made->networks};
    const hebb_philox noise[N_NETWORKS] = {{{1, 2}}, {{3, 4}}, {{5, 6}}};
    const hebb_thermal_options how = {.rule = rule,
                                      .temperature = 0.7,
                                      .order = order,
                                      .order_generator = generator,
                                      .noise = noise,
                                      .couplings = HEBB_COUPLINGS_PATTERNS};
    hebb_thermal run;
    engine_start(made);
    ck_assert_int_eq(hebb_thermal_init(&run, made->n_networks, made->networks, &how), HEBB_OK);
    ck_assert_int_eq(hebb_sweeper_use_threads(&run.sweeper, n_threads), HEBB_OK);
    run.sweeper.on_flip = log_network_flip;
    run.sweeper.flip_context = &logs;
    ck_assert_int_eq(hebb_thermal_run(&run, 3), HEBB_OK);
    run.choice = HEBB_COUPLINGS_STORED;
    ck_assert_int_eq(hebb_thermal_run(&run, 2), HEBB_OK);
    run.choice = HEBB_COUPLINGS_PATTERNS;
    run.are_stored = false;
    ck_assert_int_eq(hebb_thermal_run(&run, 2), HEBB_OK);
    take(made, &logs, &o);
    for (size_t a = 0; a < made->n_networks; a++) check_overlaps_are_the_spins(made->networks + a);
    hebb_thermal_free(&run);
    return o;
}

START_TEST(so_are_trajectories_at_a_temperature_with_couplings_stored_for_a_while)
{
    for (EACH_KERNEL(kernel))
        for (size_t c = 0; c < 4; c++) {
            engine *made = engine_make(*kernel, c % 2 ? HEBB_STORE_ROWS : HEBB_STORE_SLICES, N, P, 3, N_NETWORKS);
            outcome want = heat(made, (hebb_thermal_rule)(c / 2), orders[c % 2], 1);
            ck_assert_uint_gt(want.flips[0].n, 100);
            outcome got = heat(made, (hebb_thermal_rule)(c / 2), orders[c % 2], c % 2 == c / 2 ? 2 : 3);
            check_same(made, &got, &want);
            forget(&got);
            forget(&want);
            engine_drop(made);
        }
}
END_TEST

/* ---- threads ---- */

/* Who asks for limits: each thread, for every block. */
typedef struct {
    atomic_int n_asked;
    pthread_t first;
    atomic_int n_others;
} askers;

static void note_asker(void *context, size_t member, uint32_t sweep, const hebb_sweep_block *block, const int8_t *spins,
                       int32_t *limits)
{
    askers *who = context;
    (void)member;
    (void)sweep;
    (void)spins;
    for (size_t k = 0; k < block->n; k++) limits[k] = P - 1;
    who->n_asked++;
    who->n_others += !pthread_equal(pthread_self(), who->first);
}

/* How many threads share a sweep of 2 blocks. */
static int count_threads(engine *made, hebb_sweeper *sweeper)
{
    askers who = {.first = pthread_self()};
    engine_start(made);
    hebb_sweeper_restart(sweeper);
    sweeper->find_limits = note_asker;
    sweeper->limits_context = &who;
    hebb_sweeper_run(sweeper, 0);
    ck_assert_int_eq(who.n_asked % 2, 0);
    ck_assert_int_eq(who.n_asked - who.n_others, 2);
    return who.n_asked / 2;
}

START_TEST(as_many_threads_as_asked_for_take_part_as_far_as_the_patterns_go)
{
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, N, P, 0, 1);
    hebb_sweeper sweeper;
    ck_assert_int_eq(hebb_sweeper_init(&sweeper, 1, made->networks, HEBB_ORDER_SEQUENTIAL), HEBB_OK);
    for (int n_threads = -1; n_threads < 9; n_threads++) {
        const int most = 6, wanted = n_threads < 1 ? 1 : n_threads; /* 2011 = 5 x 384 + 91 */
        ck_assert_int_eq(hebb_sweeper_use_threads(&sweeper, n_threads), HEBB_OK);
        ck_assert_int_eq(count_threads(made, &sweeper), !are_threads() ? 1 : wanted < most ? wanted : most);
    }
    ck_assert_int_eq(hebb_sweeper_worth_threads(P, 2), 1);
    ck_assert_int_eq(hebb_sweeper_worth_threads(130000, 1), 1);
    ck_assert_int_eq(hebb_sweeper_worth_threads(130000, 2), 2);
    ck_assert_int_eq(hebb_sweeper_worth_threads(26000, 64), 10);
    ck_assert(hebb_sweeper_threads_bytes(P, 1, 1) == 0.0);
    ck_assert(hebb_sweeper_threads_bytes(P, 1, 2) > 0.0);
    ck_assert(hebb_sweeper_threads_bytes(P, 3, 5) > hebb_sweeper_threads_bytes(P, 3, 2));
    ck_assert(hebb_sweeper_threads_bytes(P, 1, 6) == hebb_sweeper_threads_bytes(P, 1, 100));
    hebb_sweeper_free(&sweeper);
    hebb_sweeper_free(&sweeper);
    engine_drop(made);
}
END_TEST

/* Two units at a time, each on two threads: with two levels of parallel loops, and with one, where they are not to be had. */
typedef struct {
    const outcome *want;
    int n_threads_seen[2];
} outer;

static hebb_status run_unit(void *context, void *workspace, size_t unit)
{
    outer *o = context;
    (void)workspace;
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, N, P, 1, N_NETWORKS);
    outcome got = relax(made, HEBB_ORDER_SEQUENTIAL, 2);
    check_same(made, &got, o->want);
    forget(&got);
    hebb_sweeper sweeper;
    ck_assert_int_eq(hebb_sweeper_init(&sweeper, 1, made->networks, HEBB_ORDER_SEQUENTIAL), HEBB_OK);
    ck_assert_int_eq(hebb_sweeper_use_threads(&sweeper, 2), HEBB_OK);
    o->n_threads_seen[unit] = count_threads(made, &sweeper);
    hebb_sweeper_free(&sweeper);
    engine_drop(made);
    return HEBB_OK;
}

START_TEST(inside_other_threads_too_and_on_one_where_no_more_are_to_be_had)
{
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, N, P, 1, N_NETWORKS);
    outcome want = relax(made, HEBB_ORDER_SEQUENTIAL, 1);
    outer o = {.want = &want};
    const hebb_parallel_work work = {.context = &o, .run = run_unit};
    for (int n_levels = 1; n_levels <= 2; n_levels++) {
#ifdef _OPENMP
        omp_set_max_active_levels(n_levels);
#endif
        ck_assert_int_eq(hebb_parallel_run(&work, 2, 2), HEBB_OK);
        for (size_t unit = 0; unit < 2; unit++) ck_assert_int_eq(o.n_threads_seen[unit], are_threads() ? n_levels : 1);
    }
    forget(&want);
    engine_drop(made);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sweep_threads");
    TCase *threads = tcase_create("threads");
    tcase_add_test(threads, the_flips_and_states_are_those_of_one_thread_in_any_order_kernel_and_store);
    tcase_add_test(threads, so_they_are_at_any_size);
    tcase_add_test(threads, the_number_of_threads_may_change_between_sweeps);
    tcase_add_test(threads, fields_about_and_beyond_29_bits_are_as_exact);
    tcase_add_test(threads, so_are_trajectories_at_a_temperature_with_couplings_stored_for_a_while);
    tcase_add_test(threads, as_many_threads_as_asked_for_take_part_as_far_as_the_patterns_go);
    tcase_add_test(threads, inside_other_threads_too_and_on_one_where_no_more_are_to_be_had);
    suite_add_tcase(suite, threads);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
