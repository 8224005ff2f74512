/* dense_relax: squares against the Hopfield model's relaxation, other powers against whole numbers. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "dense_reference.h"
#include "dense_relax.h"
#include "engine.h"
#include "trajectory.h"

static const hebb_update_order orders[] = {HEBB_ORDER_SEQUENTIAL, HEBB_ORDER_RANDOM, HEBB_ORDER_SYNCHRONOUS};
enum { N_ORDERS = 3, MAX_SWEEPS = 100 };

static hebb_philox order_of(size_t n)
{
    return hebb_philox_derive(23, HEBB_DRAW_ORDER, n, 4);
}

static hebb_dense_relax_options options_for(hebb_update_order order, long max_sweeps, size_t n)
{
    return (hebb_dense_relax_options){
        .order = order, .max_sweeps = max_sweeps, .generator = order_of(n), .turn = calloc(n, sizeof(uint32_t))};
}

static void choose_start(const hebb_patterns *patterns, uint32_t where, int8_t *spins)
{
    if (where % 3 == 0) hebb_patterns_column(patterns, 0, spins);
    if (where % 3 == 1) engine_spins_near_pattern(patterns, where, spins);
    if (where % 3 == 2) engine_random_spins(patterns->n_neurons, where, spins);
}

static void assert_equal_results(hebb_relaxation got, hebb_relaxation want)
{
    ck_assert_int_eq(got.outcome, want.outcome);
    ck_assert_int_eq(got.sweeps, want.sweeps);
    ck_assert_int_eq(got.flips, want.flips);
}

/* ---- F(x) = x^2 ---- */

static hebb_relaxation relax_hopfield(hebb_hopfield *network, hebb_update_order order, long max_sweeps)
{
    hebb_sweeper sweeper;
    hebb_relaxation result;
    const hebb_relax_options options = {.max_sweeps = max_sweeps, .generator = order_of(network->patterns->n_neurons)};
    ck_assert_int_eq(hebb_sweeper_init(&sweeper, 1, network, order), HEBB_OK);
    ck_assert_int_eq(hebb_relax(&sweeper, &options, &result), HEBB_OK);
    hebb_sweeper_free(&sweeper);
    return result;
}

static int outcomes[3];

static void check_squares(const hebb_patterns *patterns, hebb_update_order order, uint32_t where)
{
    static const long limits[] = {1, 2, MAX_SWEEPS};
    const size_t n = patterns->n_neurons;
    int8_t *spins = malloc(n);
    hebb_hopfield network;
    hebb_dense_memory memory;
    ck_assert_int_eq(hebb_hopfield_init(&network, patterns), HEBB_OK);
    ck_assert_int_eq(hebb_dense_memory_init(&memory, patterns, (hebb_interaction){HEBB_INTERACTION_POWER, 2}), HEBB_OK);
    choose_start(patterns, where, spins);
    for (size_t c = 0; c < COUNT(limits); c++) {
        hebb_dense_relax_options options = options_for(order, limits[c], n);
        hebb_relaxation result;
        hebb_hopfield_start_at(&network, spins);
        hebb_dense_memory_start_at(&memory, spins);
        ck_assert_int_eq(hebb_dense_relax(&memory, &options, &result), HEBB_OK);
        assert_equal_results(result, relax_hopfield(&network, order, limits[c]));
        ck_assert_mem_eq(memory.spins, network.spins, n);
        ck_assert_mem_eq(memory.overlaps, network.overlaps, patterns->n_patterns * sizeof(int32_t));
        outcomes[result.outcome]++;
        free(options.turn);
    }
    hebb_dense_memory_free(&memory);
    hebb_hopfield_free(&network);
    free(spins);
}

/* With ties, (N - 1) p even, and without; from below the capacity to far beyond it. */
START_TEST(squares_relax_as_the_hopfield_model_does)
{
    static const size_t sizes[][2] = {{1, 1},   {2, 3},   {3, 2},    {8, 3},    {9, 4},    {31, 6},
                                      {64, 10}, {101, 8}, {127, 64}, {256, 30}, {257, 40}, {300, 150}};
    memset(outcomes, 0, sizeof outcomes);
    for (size_t c = 0; c < COUNT(sizes); c++)
        for (uint32_t replica = 0; replica < 4; replica++) {
            hebb_patterns patterns;
            ck_assert_int_eq(hebb_patterns_init(&patterns, sizes[c][0], sizes[c][1], HEBB_STORE_ROWS), HEBB_OK);
            hebb_patterns_draw(&patterns, 31, replica);
            for (size_t o = 0; o < N_ORDERS; o++)
                for (uint32_t where = 0; where < 3; where++) check_squares(&patterns, orders[o], where + 3 * replica);
            hebb_patterns_free(&patterns);
        }
    for (int k = 0; k < 3; k++) ck_assert_int_gt(outcomes[k], 10);
}
END_TEST

/* ---- any F, the plain way ---- */

static int64_t reference_sweep(dense_reference *net, hebb_update_order order, const uint32_t *turn)
{
    int8_t *from = malloc(net->n), *to = malloc(net->n);
    int64_t n_flips = 0;
    memcpy(to, net->spins, net->n);
    memcpy(from, net->spins, net->n);
    for (size_t k = 0; k < net->n; k++) {
        const size_t i = turn[k];
        if (dense_reference_drive(net, i) * net->spins[i] >= 0) continue;
        to[i] = (int8_t)-to[i];
        if (order != HEBB_ORDER_SYNCHRONOUS) net->spins[i] = to[i];
        n_flips++;
    }
    memcpy(net->spins, to, net->n);
    free(from);
    free(to);
    return n_flips;
}

static hebb_relaxation reference_relax(dense_reference *net, hebb_update_order order)
{
    hebb_relaxation result = {HEBB_RELAX_UNFINISHED, 0, 0};
    uint32_t *turn = calloc(net->n, sizeof *turn);
    int8_t *before = calloc(net->n, 1), *two_before = calloc(net->n, 1);
    while (result.outcome == HEBB_RELAX_UNFINISHED && result.sweeps < MAX_SWEEPS) {
        memcpy(two_before, before, net->n);
        memcpy(before, net->spins, net->n);
        reference_turn(net->n, order, order_of(net->n), (uint32_t)result.sweeps, turn);
        const int64_t n_flips = reference_sweep(net, order, turn);
        result.sweeps++;
        result.flips += n_flips;
        if (n_flips == 0)
            result.outcome = HEBB_RELAX_FIXED_POINT;
        else if (order == HEBB_ORDER_SYNCHRONOUS && memcmp(two_before, net->spins, net->n) == 0)
            result.outcome = HEBB_RELAX_TWO_CYCLE;
    }
    free(turn);
    free(before);
    free(two_before);
    return result;
}

static const hebb_interaction interactions[] = {{HEBB_INTERACTION_POWER, 3},      {HEBB_INTERACTION_POWER, 4},
                                                {HEBB_INTERACTION_RECTIFIED, 2},  {HEBB_INTERACTION_RECTIFIED, 3},
                                                {HEBB_INTERACTION_POWER, 17},     {HEBB_INTERACTION_RECTIFIED, 40},
                                                {HEBB_INTERACTION_EXPONENTIAL, 0}};

START_TEST(other_powers_relax_as_whole_numbers_do)
{
    static const size_t sizes[][2] = {{1, 1}, {9, 30}, {20, 64}, {33, 90}};
    for (size_t f = 0; f < COUNT(interactions); f++)
        for (size_t c = 0; c < COUNT(sizes); c++)
            for (size_t o = 0; o < N_ORDERS; o++) {
                const size_t n = sizes[c][0];
                hebb_patterns patterns = {0};
                hebb_dense_memory memory = {0};
                hebb_relaxation result;
                int8_t spins[64];
                ck_assert_int_eq(hebb_dense_memory_fit(&patterns, &memory, n, sizes[c][1], interactions[f]), HEBB_OK);
                hebb_patterns_draw(&patterns, 32, (uint32_t)f);
                choose_start(&patterns, (uint32_t)(f + o), spins);
                dense_reference reference = dense_reference_make(&patterns, interactions[f]);
                hebb_dense_relax_options options = options_for(orders[o], MAX_SWEEPS, n);
                dense_reference_start(&reference, spins);
                hebb_dense_memory_start_at(&memory, spins);
                ck_assert_int_eq(hebb_dense_relax(&memory, &options, &result), HEBB_OK);
                assert_equal_results(result, reference_relax(&reference, orders[o]));
                ck_assert_mem_eq(memory.spins, reference.spins, n);
                if (result.outcome == HEBB_RELAX_FIXED_POINT)
                    ck_assert_uint_eq(hebb_dense_memory_count_unstable(&memory, NULL), 0);
                free(options.turn);
                dense_reference_free(&reference);
                hebb_dense_memory_free(&memory);
                hebb_patterns_free(&patterns);
            }
}
END_TEST

/* ---- to be left and taken up again ---- */

typedef struct {
    double energy;
    long sweeps;
    hebb_status answer;
} watched;

static hebb_status watch(void *context, const hebb_dense_memory *memory, const hebb_relaxation *result)
{
    watched *seen = context;
    const double energy = hebb_dense_memory_energy(memory);
    ck_assert_double_lt(energy, seen->energy);
    ck_assert_int_eq(result->sweeps, ++seen->sweeps);
    seen->energy = energy;
    return seen->answer;
}

START_TEST(the_energy_falls_from_sweep_to_sweep)
{
    for (size_t f = 0; f < COUNT(interactions); f++)
        for (size_t o = 0; o < 2; o++) {
            hebb_patterns patterns = {0};
            hebb_dense_memory memory = {0};
            hebb_relaxation result;
            hebb_dense_relax_options options = options_for(orders[o], MAX_SWEEPS, 60);
            int8_t spins[60];
            ck_assert_int_eq(hebb_dense_memory_fit(&patterns, &memory, 60, 200, interactions[f]), HEBB_OK);
            hebb_patterns_draw(&patterns, 33, 0);
            engine_random_spins(60, 1, spins);
            hebb_dense_memory_start_at(&memory, spins);
            watched seen = {.energy = hebb_dense_memory_energy(&memory), .answer = HEBB_OK};
            options.after_sweep = watch;
            options.context = &seen;
            ck_assert_int_eq(hebb_dense_relax(&memory, &options, &result), HEBB_OK);
            ck_assert_int_eq(result.outcome, HEBB_RELAX_FIXED_POINT);
            ck_assert_int_eq(seen.sweeps, result.sweeps - 1);
            hebb_dense_memory_start_at(&memory, spins);
            seen = (watched){.energy = hebb_dense_memory_energy(&memory), .answer = HEBB_ESTOPPED};
            ck_assert_int_eq(hebb_dense_relax(&memory, &options, &result), HEBB_ESTOPPED);
            ck_assert_int_eq(result.sweeps, 1);
            free(options.turn);
            hebb_dense_memory_free(&memory);
            hebb_patterns_free(&patterns);
        }
}
END_TEST

/* Sweep by sweep: what a relaxation is left with is all that the next call needs. */
START_TEST(a_relaxation_goes_on_where_it_was_left)
{
    enum { N = 64, K = 20 };
    for (size_t o = 0; o < N_ORDERS; o++)
        for (uint32_t replica = 0; replica < 6; replica++) {
            hebb_patterns patterns = {0};
            hebb_dense_memory memory = {0};
            hebb_relaxation result, pieces = {HEBB_RELAX_UNFINISHED, 0, 0};
            int8_t spins[N], end[N];
            const hebb_interaction interaction = {HEBB_INTERACTION_POWER, 2 + (int)replica % 2};
            ck_assert_int_eq(hebb_dense_memory_fit(&patterns, &memory, N, K, interaction), HEBB_OK);
            hebb_patterns_draw(&patterns, 34, replica);
            engine_random_spins(N, replica, spins);
            hebb_dense_memory_start_at(&memory, spins);
            hebb_dense_relax_options options = options_for(orders[o], MAX_SWEEPS, N);
            ck_assert_int_eq(hebb_dense_relax(&memory, &options, &result), HEBB_OK);
            memcpy(end, memory.spins, N);
            hebb_dense_memory_start_at(&memory, spins);
            options.max_sweeps = 0;
            ck_assert_int_eq(hebb_dense_relax(&memory, &options, &pieces), HEBB_OK);
            while (pieces.outcome == HEBB_RELAX_UNFINISHED && ++options.max_sweeps <= MAX_SWEEPS)
                ck_assert_int_eq(hebb_dense_relax_resume(&memory, &options, &pieces), HEBB_OK);
            assert_equal_results(pieces, result);
            ck_assert_mem_eq(end, memory.spins, N);
            free(options.turn);
            hebb_dense_memory_free(&memory);
            hebb_patterns_free(&patterns);
        }
}
END_TEST

START_TEST(a_sign_left_open_is_an_error)
{
    hebb_patterns patterns = {0};
    hebb_dense_memory memory = {0};
    hebb_relaxation result;
    hebb_dense_relax_options options = options_for(HEBB_ORDER_SEQUENTIAL, MAX_SWEEPS, 20);
    ck_assert_int_eq(hebb_dense_memory_fit(&patterns, &memory, 20, 9, interactions[6]), HEBB_OK);
    hebb_patterns_draw(&patterns, 35, 0);
    hebb_dense_memory_start_at_pattern(&memory, 0);
    memory.weights.error = 1e300;
    memory.exact.n_limbs = 3; /* fewer than are ever tried */
    ck_assert_int_eq(hebb_dense_relax(&memory, &options, &result), HEBB_ENOCONV);
    free(options.turn);
    hebb_dense_memory_free(&memory);
    hebb_patterns_free(&patterns);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dense_relax");
    TCase *tests = tcase_create("dense_relax");
    tcase_add_test(tests, squares_relax_as_the_hopfield_model_does);
    tcase_add_test(tests, other_powers_relax_as_whole_numbers_do);
    tcase_add_test(tests, the_energy_falls_from_sweep_to_sweep);
    tcase_add_test(tests, a_relaxation_goes_on_where_it_was_left);
    tcase_add_test(tests, a_sign_left_open_is_an_error);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed != 0;
}
