/* relax against a dense matrix flip for flip, enumeration, and what the dynamics may never do. */
#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "hopfield_reference.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
enum { MAX_SWEEPS = 200 };

static const hebb_update_order orders[] = {HEBB_ORDER_SEQUENTIAL, HEBB_ORDER_RANDOM, HEBB_ORDER_SYNCHRONOUS};

/* ---- the reference, update by update ---- */

typedef struct {
    uint32_t *neurons; /* flipped, in order */
    size_t n, room;
} flip_log;

static void log_flip(flip_log *log, size_t neuron)
{
    if (log->n == log->room) {
        log->room = 2 * log->room + 64;
        log->neurons = realloc(log->neurons, log->room * sizeof *log->neurons);
    }
    log->neurons[log->n++] = (uint32_t)neuron;
}

static void on_flip(void *context, const hebb_hopfield *network, size_t neuron)
{
    (void)network;
    log_flip(context, neuron);
}

static size_t reference_sweep(hopfield_reference *net, hebb_update_order order, const uint32_t *turn, flip_log *log)
{
    const size_t before = log->n;
    if (order != HEBB_ORDER_SYNCHRONOUS) {
        for (size_t k = 0; k < net->n; k++)
            if (reference_update(net, turn[k])) log_flip(log, turn[k]);
    } else {
        for (size_t i = 0; i < net->n; i++)
            if (reference_field(net, i) * net->spins[i] < 0.0) log_flip(log, i);
        for (size_t k = before; k < log->n; k++) net->spins[log->neurons[k]] *= -1.0;
    }
    return log->n - before;
}

/* Until nothing flips or, synchronously, the state of two steps ago is back. */
static hebb_relaxation reference_relax(hopfield_reference *net, hebb_update_order order, hebb_philox generator,
                                       flip_log *log)
{
    hebb_relaxation result = {HEBB_RELAX_UNFINISHED, 0, 0};
    uint32_t *turn = calloc(net->n, sizeof *turn);
    double *before = calloc(net->n, sizeof *before), *two_before = calloc(net->n, sizeof *two_before);
    for (uint32_t i = 0; i < net->n; i++) turn[i] = i;
    while (result.outcome == HEBB_RELAX_UNFINISHED && result.sweeps < MAX_SWEEPS) {
        memcpy(two_before, before, net->n * sizeof *before);
        memcpy(before, net->spins, net->n * sizeof *before);
        if (order == HEBB_ORDER_RANDOM) {
            hebb_stream stream;
            hebb_stream_init(&stream, generator, (uint32_t)result.sweeps, 0);
            hebb_stream_permutation(&stream, (uint32_t)net->n, turn);
        }
        if (reference_sweep(net, order, turn, log) == 0) result.outcome = HEBB_RELAX_FIXED_POINT;
        result.sweeps++;
        if (order == HEBB_ORDER_SYNCHRONOUS && result.outcome != HEBB_RELAX_FIXED_POINT &&
            memcmp(two_before, net->spins, net->n * sizeof *before) == 0)
            result.outcome = HEBB_RELAX_TWO_CYCLE;
    }
    result.flips = (int64_t)log->n;
    free(two_before);
    free(before);
    free(turn);
    return result;
}

/* ---- one network, both ways ---- */

typedef struct {
    hebb_patterns patterns;
    hebb_hopfield network;
    hebb_relax_workspace workspace;
    hopfield_reference reference;
} pair;

static pair *make(size_t n, size_t p, uint32_t replica)
{
    pair *both = calloc(1, sizeof *both);
    ck_assert_int_eq(hebb_patterns_init(&both->patterns, n, p), HEBB_OK);
    hebb_patterns_draw(&both->patterns, 3, replica);
    ck_assert_int_eq(hebb_hopfield_init(&both->network, &both->patterns), HEBB_OK);
    ck_assert_int_eq(hebb_relax_workspace_init(&both->workspace, n), HEBB_OK);
    both->reference = reference_make(&both->patterns);
    return both;
}

static void drop(pair *both)
{
    reference_free(&both->reference);
    hebb_relax_workspace_free(&both->workspace);
    hebb_hopfield_free(&both->network);
    hebb_patterns_free(&both->patterns);
    free(both);
}

/* A random state, or a pattern with one spin in eight turned over, for both. */
static void start(pair *both, bool near_pattern, uint32_t seed)
{
    const size_t n = both->patterns.n_neurons;
    int8_t *spins = malloc(n);
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(seed, HEBB_DRAW_STATE, n, 0), 0, 0);
    for (size_t i = 0; i < n; i++) {
        const int sign = near_pattern ? hebb_patterns_get(&both->patterns, i, 0) : 1;
        spins[i] = (int8_t)(hebb_stream_below(&stream, near_pattern ? 8 : 2) == 0 ? -sign : sign);
        both->reference.spins[i] = spins[i];
    }
    hebb_hopfield_start_at(&both->network, spins);
    free(spins);
}

static void check_trajectory(pair *both, hebb_update_order order, const hebb_field_kernel *kernel, bool near_pattern)
{
    flip_log fast = {0}, slow = {0};
    const hebb_philox generator = hebb_philox_derive(17, HEBB_DRAW_ORDER, both->patterns.n_neurons, 1);
    start(both, near_pattern, 23);
    const hebb_relax_options how = {.order = order,
                                    .max_sweeps = MAX_SWEEPS,
                                    .generator = generator,
                                    .kernel = kernel,
                                    .on_flip = on_flip,
                                    .context = &fast};
    const hebb_relaxation got = hebb_relax(&both->network, &how, &both->workspace);
    const hebb_relaxation want = reference_relax(&both->reference, order, generator, &slow);
    ck_assert_int_eq(got.outcome, want.outcome);
    ck_assert_int_eq(got.sweeps, want.sweeps);
    ck_assert_int_eq(got.flips, want.flips);
    ck_assert_uint_eq(fast.n, slow.n);
    if (fast.n > 0) ck_assert_mem_eq(fast.neurons, slow.neurons, fast.n * sizeof *fast.neurons);
    ck_assert_int_eq(hebb_hopfield_energy_sum(&both->network), (int64_t)reference_energy(&both->reference));
    free(fast.neurons);
    free(slow.neurons);
}

START_TEST(every_kernel_follows_the_dense_matrix_flip_for_flip)
{
    static const size_t sizes[] = {1, 2, 63, 64, 65, 127}, loads[] = {1, 5, 6, 7, 63, 64, 65};
    for (size_t a = 0; a < COUNT(sizes); a++)
        for (size_t b = 0; b < COUNT(loads); b++) {
            pair *both = make(sizes[a], loads[b], 0);
            for (const hebb_field_kernel *const *kernel = hebb_field_kernels(); *kernel != NULL; kernel++)
                for (size_t o = 0; o < COUNT(orders); o++)
                    for (int near_pattern = 0; near_pattern < 2; near_pattern++)
                        check_trajectory(both, orders[o], *kernel, near_pattern);
            drop(both);
        }
}
END_TEST

START_TEST(so_it_does_over_several_blocks_of_neurons)
{
    pair *both = make(700, 90, 1);
    for (size_t o = 0; o < COUNT(orders); o++) {
        check_trajectory(both, orders[o], NULL, true);
        check_trajectory(both, orders[o], NULL, false);
    }
    drop(both);
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
            pair *both = make(300, 60, replica);
            start(both, false, replica);
            watch w = {&both->patterns, energy_of(&both->patterns, both->network.spins), 0, 0};
            const hebb_relax_options how = {
                .order = orders[o], .max_sweeps = MAX_SWEEPS, .on_flip = watch_energy, .context = &w};
            const hebb_relaxation result = hebb_relax(&both->network, &how, &both->workspace);
            ck_assert_int_eq(result.outcome, HEBB_RELAX_FIXED_POINT);
            ck_assert_int_gt(w.n_flips, 50);
            ck_assert_int_eq(w.n_flips, result.flips);
            ck_assert_int_eq(w.n_not_lower, 0);
            ck_assert_int_eq(w.energy, hebb_hopfield_energy_sum(&both->network));
            drop(both);
        }
}
END_TEST

START_TEST(at_the_end_no_spin_is_against_its_field_and_the_overlaps_are_right)
{
    for (size_t o = 0; o < COUNT(orders); o++) {
        pair *both = make(400, 30, 2);
        start(both, true, 5);
        const hebb_relax_options how = {.order = orders[o], .max_sweeps = MAX_SWEEPS};
        const hebb_relaxation result = hebb_relax(&both->network, &how, &both->workspace);
        ck_assert_int_eq(result.outcome, HEBB_RELAX_FIXED_POINT);
        ck_assert_int_gt(result.flips, 10);
        for (size_t i = 0; i < 400; i++)
            ck_assert_int_ge(hebb_hopfield_field(&both->network, i) * both->network.spins[i], 0);
        for (size_t mu = 0; mu < 30; mu++) {
            int32_t sum = 0;
            for (size_t i = 0; i < 400; i++) sum += hebb_patterns_get(&both->patterns, i, mu) * both->network.spins[i];
            ck_assert_int_eq(both->network.overlaps[mu], sum);
        }
        drop(both);
    }
}
END_TEST

START_TEST(a_tie_keeps_the_spin)
{
    long n_ties = 0; /* N = 5, p = 2: fields are even numbers, zero among them */
    for (uint32_t replica = 0; replica < 40; replica++) {
        pair *both = make(5, 2, replica);
        for (unsigned state = 0; state < 32; state++) {
            int8_t spins[5];
            for (size_t i = 0; i < 5; i++) both->reference.spins[i] = spins[i] = state >> i & 1 ? 1 : -1;
            bool stable = true, tied = false;
            for (size_t i = 0; i < 5; i++) {
                const double aligned = reference_field(&both->reference, i) * spins[i];
                stable = stable && aligned >= 0.0;
                tied = tied || aligned == 0.0;
            }
            if (!stable || !tied) continue;
            n_ties++;
            hebb_hopfield_start_at(&both->network, spins);
            const hebb_relax_options how = {.order = HEBB_ORDER_SEQUENTIAL, .max_sweeps = 10};
            ck_assert_int_eq(hebb_relax(&both->network, &how, &both->workspace).flips, 0);
            ck_assert_mem_eq(both->network.spins, spins, 5);
        }
        drop(both);
    }
    ck_assert_int_gt(n_ties, 10);
}
END_TEST

/* The example with which courses begin: one pattern on four neurons, couplings +-1/4. */
START_TEST(four_neurons_remember_one_pattern_and_its_negative)
{
    static const int8_t pattern[4] = {1, -1, 1, -1};
    pair *both = make(4, 1, 0);
    for (size_t i = 0; i < 4; i++) hebb_patterns_set(&both->patterns, i, 0, pattern[i]);
    for (unsigned state = 0; state < 16; state++) {
        int8_t spins[4];
        int overlap = 0;
        for (size_t i = 0; i < 4; i++) {
            spins[i] = state >> i & 1 ? 1 : -1;
            overlap += pattern[i] * spins[i];
        }
        hebb_hopfield_start_at(&both->network, spins);
        const hebb_relax_options how = {.order = HEBB_ORDER_SEQUENTIAL, .max_sweeps = 10};
        const hebb_relaxation result = hebb_relax(&both->network, &how, &both->workspace);
        ck_assert_int_eq(result.outcome, HEBB_RELAX_FIXED_POINT);
        const int32_t end = both->network.overlaps[0];
        /* Half right: the first neuron's field comes from the other three, which are against it. */
        const int want = overlap != 0 ? (overlap > 0 ? 4 : -4) : -4 * pattern[0] * spins[0];
        ck_assert_int_eq(end, want);
        ck_assert_double_eq(hebb_hopfield_energy(&both->network), -0.375); /* -(N-1)/(2N) */
    }
    drop(both);
}
END_TEST

START_TEST(synchronous_updates_can_end_in_a_cycle_of_two_states_and_say_so)
{
    pair *both = make(2, 1, 0);
    hebb_patterns_set(&both->patterns, 0, 0, 1);
    hebb_patterns_set(&both->patterns, 1, 0, 1);
    hebb_hopfield_start_at(&both->network, (const int8_t[]){1, -1});
    hebb_relax_options how = {.order = HEBB_ORDER_SYNCHRONOUS, .max_sweeps = 10};
    ck_assert_int_eq(hebb_relax(&both->network, &how, &both->workspace).outcome, HEBB_RELAX_TWO_CYCLE);
    hebb_hopfield_start_at(&both->network, (const int8_t[]){1, -1});
    how.order = HEBB_ORDER_SEQUENTIAL;
    ck_assert_int_eq(hebb_relax(&both->network, &how, &both->workspace).outcome, HEBB_RELAX_FIXED_POINT);
    drop(both);
}
END_TEST

START_TEST(what_is_not_settled_after_max_sweeps_is_said_to_be_unfinished)
{
    pair *both = make(300, 60, 0);
    start(both, false, 1);
    const hebb_relax_options how = {.order = HEBB_ORDER_SEQUENTIAL, .max_sweeps = 1};
    const hebb_relaxation result = hebb_relax(&both->network, &how, &both->workspace);
    ck_assert_int_eq(result.outcome, HEBB_RELAX_UNFINISHED);
    ck_assert_int_eq(result.sweeps, 1);
    drop(both);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("relax");
    TCase *relax = tcase_create("relax");
    tcase_set_timeout(relax, 120);
    tcase_add_test(relax, every_kernel_follows_the_dense_matrix_flip_for_flip);
    tcase_add_test(relax, so_it_does_over_several_blocks_of_neurons);
    tcase_add_test(relax, one_after_the_other_every_single_flip_lowers_the_energy);
    tcase_add_test(relax, at_the_end_no_spin_is_against_its_field_and_the_overlaps_are_right);
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
