/*
 * sweep: blocks of any size, and fields that 29 bits do not hold
 *
 * A sweep takes the overlaps as they are, so these need not be those of the spins: large ones make large fields at
 * small N.  Patterns come in pairs that are each other's negatives, but for some neurons, and a pair's overlaps are
 * nearly equal: the sum of all is as large as wanted, most fields are small, and every flip counts.
 */
#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "sweep.h"
#include "trajectory.h"

enum { N = 300, P = 192, N_SWEEPS = 4 };

static const hebb_update_order orders[] = {HEBB_ORDER_SEQUENTIAL, HEBB_ORDER_RANDOM, HEBB_ORDER_SYNCHRONOUS};
static const hebb_philox generator = {{5, 6}};

/* ---- the plain way, in 64 bits ---- */

typedef struct {
    const hebb_patterns *patterns;
    int8_t spins[N];
    int64_t overlaps[P];
    int64_t limits[N]; /* of every neuron, the same in every sweep */
} plain;

static bool plain_turns(const plain *net, size_t i)
{
    int64_t field = 0;
    for (size_t mu = 0; mu < P; mu++) field += hebb_patterns_get(net->patterns, i, mu) * net->overlaps[mu];
    return net->spins[i] * field <= net->limits[i];
}

static void plain_flip(plain *net, size_t i)
{
    net->spins[i] = (int8_t)-net->spins[i];
    for (size_t mu = 0; mu < P; mu++) net->overlaps[mu] += 2 * net->spins[i] * hebb_patterns_get(net->patterns, i, mu);
}

static void plain_sweep(plain *net, hebb_update_order order, uint32_t sweep, flip_log *log)
{
    uint32_t turn[N];
    const size_t before = log->n;
    reference_turn(N, order, generator, sweep, turn);
    for (size_t k = 0; k < N; k++) {
        if (!plain_turns(net, turn[k])) continue;
        log_flip(log, turn[k]);
        if (order != HEBB_ORDER_SYNCHRONOUS) plain_flip(net, turn[k]);
    }
    for (size_t k = before; order == HEBB_ORDER_SYNCHRONOUS && k < log->n; k++) plain_flip(net, log->neurons[k]);
}

/* ---- a network with overlaps of one's own ---- */

static engine *make(const hebb_kernel *kernel, hebb_pattern_store store, size_t n_networks)
{
    engine *made = engine_make(kernel, store, N, P, 0, n_networks);
    for (size_t i = 0; i < N; i++)
        for (size_t mu = 0; mu < P && i % 16 != 0; mu += 2)
            hebb_patterns_set(&made->patterns, i, mu + 1, -hebb_patterns_get(&made->patterns, i, mu));
    return made;
}

/* magnitude: of every overlap, but for some hundreds either way */
static void set_state(hebb_hopfield *network, int32_t magnitude, uint32_t seed)
{
    int8_t spins[N];
    engine_random_spins(N, seed, spins);
    hebb_hopfield_start_at(network, spins);
    hebb_stream stream;
    hebb_stream_init(&stream, generator, seed, 1);
    for (size_t mu = 0; mu < P; mu++)
        network->overlaps[mu] = magnitude + (int32_t)hebb_stream_below(&stream, 801) - 400;
}

static plain copy(const hebb_hopfield *network)
{
    plain net = {.patterns = network->patterns};
    memcpy(net.spins, network->spins, N);
    for (size_t mu = 0; mu < P; mu++) net.overlaps[mu] = network->overlaps[mu];
    for (size_t i = 0; i < N; i++) net.limits[i] = P - 1;
    return net;
}

static int64_t bound_of(const engine *made)
{
    hebb_field_tables tables;
    ck_assert_int_eq(hebb_field_tables_init(&tables, made->patterns.kernel, P), HEBB_OK);
    hebb_field_tables_set(&tables, made->networks->overlaps);
    const int64_t bound = tables.bound;
    hebb_field_tables_free(&tables);
    return bound;
}

static void check_equal(const hebb_hopfield *network, const plain *net)
{
    size_t n_wrong = 0;
    for (size_t mu = 0; mu < P; mu++) n_wrong += network->overlaps[mu] != net->overlaps[mu];
    ck_assert_uint_eq(n_wrong, 0);
    ck_assert_mem_eq(network->spins, net->spins, N);
}

/* limits: those of the plain network, as a dynamics of its own would give them */
static void copy_limits(void *context, size_t member, uint32_t sweep, const hebb_sweep_block *block,
                        const int8_t *spins, int32_t *limits)
{
    const plain *net = context;
    (void)member;
    (void)sweep;
    (void)spins;
    for (size_t k = 0; k < block->n; k++) limits[k] = (int32_t)net->limits[block->neurons[k]];
}

static size_t check_sweeps(engine *made, plain *net, hebb_update_order order, size_t block)
{
    hebb_sweeper sweeper;
    flip_log slow = {0};
    flip_logs fast = {.first = made->networks};
    ck_assert_int_eq(hebb_sweeper_init(&sweeper, 1, made->networks, order), HEBB_OK);
    sweeper.order_generator = generator;
    sweeper.block = block;
    sweeper.on_flip = log_network_flip;
    sweeper.flip_context = &fast;
    sweeper.find_limits = copy_limits;
    sweeper.limits_context = net;
    for (uint32_t sweep = 0; sweep < N_SWEEPS; sweep++) {
        const size_t before = slow.n;
        hebb_sweeper_run(&sweeper, sweep);
        plain_sweep(net, order, sweep, &slow);
        ck_assert_uint_eq(sweeper.members->n_flipped, slow.n - before);
        check_equal(made->networks, net);
    }
    check_equal_flips(fast.logs, &slow);
    hebb_sweeper_free(&sweeper);
    free(fast.logs->neurons);
    free(slow.neurons);
    return slow.n;
}

START_TEST(the_block_makes_no_difference)
{
    for (EACH_KERNEL(kernel))
        for (size_t s = 0; s < 2; s++) {
            engine *made = make(*kernel, engine_stores[s], 1);
            for (size_t o = 0; o < COUNT(orders); o++)
                for (size_t block = 32; block <= HEBB_BLOCK; block *= 2) {
                    set_state(made->networks, 1000, 1);
                    plain net = copy(made->networks);
                    ck_assert_uint_gt(check_sweeps(made, &net, orders[o], block), 50);
                }
            engine_drop(made);
        }
}
END_TEST

/* Whatever the limits: at +-2^29 no neuron flips, or all do. */
START_TEST(limits_of_any_size_decide)
{
    for (EACH_KERNEL(kernel)) {
        engine *made = make(*kernel, HEBB_STORE_SLICES, 1);
        for (size_t o = 0; o < COUNT(orders); o++) {
            set_state(made->networks, 1000, 2);
            plain net = copy(made->networks);
            hebb_stream stream;
            hebb_stream_init(&stream, generator, 9, 9);
            for (size_t i = 0; i < N; i++) {
                static const int64_t extremes[] = {HEBB_FIELD_BOUND + P, 1 - HEBB_FIELD_BOUND, 0};
                net.limits[i] = extremes[i % 3];
                if (i % 3 == 2) net.limits[i] = (int64_t)hebb_stream_below(&stream, 4001) - 2000;
            }
            ck_assert_uint_ge(check_sweeps(made, &net, orders[o], HEBB_BLOCK), N_SWEEPS * N / 3);
        }
        engine_drop(made);
    }
}
END_TEST

/* ---- beyond 29 bits ---- */

/* The overlaps' magnitude at which the tables' bound and a block's corrections reach 29 bits. */
static int32_t magnitude_at_limit(engine *made)
{
    int32_t low = 1 << 20, high = 1 << 22;
    while (high - low > 1) {
        const int32_t middle = (low + high) / 2;
        set_state(made->networks, middle, 3);
        if (bound_of(made) + 2 * HEBB_BLOCK * P < HEBB_FIELD_BOUND)
            low = middle;
        else
            high = middle;
    }
    return low;
}

START_TEST(fields_about_and_beyond_29_bits_are_as_exact)
{
    static const int32_t steps[] = {-1000, -3, -2, -1, 0, 1, 2, 3, 4, 1000, 5000000, 12000000};
    for (EACH_KERNEL(kernel))
        for (size_t s = 0; s < 2; s++) {
            engine *made = make(*kernel, engine_stores[s], 1);
            const int32_t limit = magnitude_at_limit(made);
            for (size_t o = 0; o < COUNT(orders); o++)
                for (size_t k = 0; k < COUNT(steps); k++) {
                    set_state(made->networks, limit + steps[k], 3);
                    plain net = copy(made->networks);
                    ck_assert_uint_gt(check_sweeps(made, &net, orders[o], HEBB_BLOCK), 50);
                }
            engine_drop(made);
        }
}
END_TEST

/* Fields of 192 x 2^24, 31 bits and more, in line with a neuron's signs: no other path could hold them. */
START_TEST(a_field_of_more_than_31_bits_decides_rightly)
{
    for (EACH_KERNEL(kernel)) {
        engine *made = make(*kernel, HEBB_STORE_ROWS, 1);
        for (size_t o = 0; o < COUNT(orders); o++)
            for (int sign = -1; sign <= 1; sign += 2) {
                set_state(made->networks, 0, 4);
                for (size_t mu = 0; mu < P; mu++)
                    made->networks->overlaps[mu] =
                        sign * hebb_patterns_get(&made->patterns, 16, mu) * ((1 << 24) - 1000);
                plain net = copy(made->networks);
                check_sweeps(made, &net, orders[o], HEBB_BLOCK);
                if (orders[o] != HEBB_ORDER_SYNCHRONOUS) ck_assert_int_eq(made->networks->spins[16], sign);
            }
        engine_drop(made);
    }
}
END_TEST

START_TEST(networks_of_wide_and_of_narrow_fields_go_together)
{
    static const int32_t magnitudes[] = {100, 5000000, 1000, 16000000, 50, 100000, 3000000};
    for (EACH_KERNEL(kernel)) {
        engine *made = make(*kernel, HEBB_STORE_SLICES, COUNT(magnitudes));
        for (size_t o = 0; o < COUNT(orders); o++) {
            plain nets[COUNT(magnitudes)];
            hebb_sweeper sweeper;
            for (size_t a = 0; a < COUNT(magnitudes); a++) {
                set_state(made->networks + a, magnitudes[a], (uint32_t)a);
                nets[a] = copy(made->networks + a);
            }
            ck_assert_int_eq(hebb_sweeper_init(&sweeper, COUNT(magnitudes), made->networks, orders[o]), HEBB_OK);
            sweeper.order_generator = generator;
            for (uint32_t sweep = 0; sweep < N_SWEEPS; sweep++) {
                hebb_sweeper_run(&sweeper, sweep);
                for (size_t a = 0; a < COUNT(magnitudes); a++) {
                    flip_log log = {0};
                    plain_sweep(nets + a, orders[o], sweep, &log);
                    check_equal(made->networks + a, nets + a);
                    free(log.neurons);
                }
            }
            hebb_sweeper_free(&sweeper);
        }
        engine_drop(made);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sweep");
    TCase *sweeps = tcase_create("sweeps");
    tcase_add_test(sweeps, the_block_makes_no_difference);
    tcase_add_test(sweeps, limits_of_any_size_decide);
    tcase_add_test(sweeps, fields_about_and_beyond_29_bits_are_as_exact);
    tcase_add_test(sweeps, a_field_of_more_than_31_bits_decides_rightly);
    tcase_add_test(sweeps, networks_of_wide_and_of_narrow_fields_go_together);
    suite_add_tcase(suite, sweeps);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
