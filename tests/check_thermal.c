/* thermal: every trajectory against a dense matrix, one neuron at a time, with the noise at its documented address. */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "hopfield_reference.h"
#include "thermal.h"
#include "trajectory.h"

enum { N_SWEEPS = 7, N_NETWORKS = 3 };

static const hebb_update_order orders[] = {HEBB_ORDER_SEQUENTIAL, HEBB_ORDER_RANDOM};
static const hebb_thermal_rule rules[] = {HEBB_HEAT_BATH, HEBB_METROPOLIS};
static const hebb_couplings_choice choices[] = {HEBB_COUPLINGS_AUTO, HEBB_COUPLINGS_PATTERNS, HEBB_COUPLINGS_STORED};

/* ---- the reference ---- */

typedef struct {
    hebb_thermal_rule rule;
    hebb_update_order order;
    double temperatures[N_SWEEPS]; /* one a sweep */
    hebb_philox order_generator, noise[N_NETWORKS];
} protocol;

static protocol make_protocol(hebb_thermal_rule rule, hebb_update_order order, double temperature)
{
    protocol how = {.rule = rule, .order = order, .order_generator = hebb_philox_derive(8, HEBB_DRAW_ORDER, 1, 2)};
    for (uint32_t a = 0; a < N_NETWORKS; a++) how.noise[a] = hebb_philox_derive(8, HEBB_DRAW_STATE, 77, a);
    for (int t = 0; t < N_SWEEPS; t++) how.temperatures[t] = temperature;
    return how;
}

/* (N T / 2) log(u / (1-u)) or -(N T / 2) log u; u an odd multiple of 2^-53 from bits at (sweep, i / 2). */
static long double reference_threshold(const protocol *how, size_t n, size_t a, int sweep, uint32_t i)
{
    uint32_t drawn[4];
    hebb_philox_block(how->noise[a], (uint32_t)sweep, i / 2, 0, drawn);
    const uint64_t word = i % 2 == 0 ? drawn[0] | (uint64_t)drawn[1] << 32 : drawn[2] | (uint64_t)drawn[3] << 32;
    const long double u = ((long double)(word >> 12) * 2.0L + 1.0L) * 0x1p-53L;
    const long double scale = 0.5L * (long double)n * how->temperatures[sweep];
    return how->rule == HEBB_HEAT_BATH ? scale * (logl(u) - log1pl(-u)) : -scale * logl(u);
}

/* Whether neuron i flips.  Fields are whole: a threshold as near to one as rounding reaches would decide nothing. */
static bool reference_thermal_turns(const hopfield_reference *net, const protocol *how, size_t i, long double threshold)
{
    const long double field = net->fields[i];
    ck_assert(fabsl(threshold - roundl(threshold)) > 1e-15L * fabsl(threshold));
    if (how->rule == HEBB_HEAT_BATH) return (field > threshold) != (net->spins[i] > 0);
    return field * net->spins[i] < threshold;
}

/* The states after each sweep, and the flips that led there. */
typedef struct {
    int8_t *starts, *spins[N_SWEEPS]; /* N_NETWORKS x N each */
    int64_t n_flips[N_SWEEPS][N_NETWORKS];
} expected;

static void follow(hopfield_reference *net, const protocol *how, size_t a, expected *e)
{
    uint32_t *turn = calloc(net->n, sizeof *turn);
    int64_t n_flips = 0;
    reference_start(net, e->starts + a * net->n);
    for (int t = 0; t < N_SWEEPS; t++) {
        reference_turn(net->n, how->order, how->order_generator, (uint32_t)t, turn);
        for (size_t k = 0; k < net->n; k++) {
            const long double threshold = reference_threshold(how, net->n, a, t, turn[k]);
            if (!reference_thermal_turns(net, how, turn[k], threshold)) continue;
            reference_flip(net, turn[k]);
            n_flips++;
        }
        memcpy(e->spins[t] + a * net->n, net->spins, net->n);
        e->n_flips[t][a] = n_flips;
    }
    free(turn);
}

static expected expect(hopfield_reference *net, const hebb_patterns *patterns, const protocol *how)
{
    const size_t n = net->n;
    expected e = {.starts = calloc(N_NETWORKS, n)};
    for (int t = 0; t < N_SWEEPS; t++) e.spins[t] = calloc(N_NETWORKS, n);
    for (size_t a = 0; a < N_NETWORKS; a++) {
        if (a % 2 == 0)
            engine_spins_near_pattern(patterns, (uint32_t)a, e.starts + a * n);
        else
            engine_random_spins(n, (uint32_t)a, e.starts + a * n);
        follow(net, how, a, &e);
    }
    return e;
}

static void forget(expected *e)
{
    free(e->starts);
    for (int t = 0; t < N_SWEEPS; t++) free(e->spins[t]);
}

/* ---- the engine ---- */

static hebb_thermal start(engine *made, const protocol *how, hebb_couplings_choice choice)
{
    hebb_thermal run;
    const hebb_thermal_options options = {.rule = how->rule,
                                          .temperature = how->temperatures[0],
                                          .order = how->order,
                                          .order_generator = how->order_generator,
                                          .noise = how->noise,
                                          .couplings = choice,
                                          .planned_sweeps = N_SWEEPS};
    ck_assert_int_eq(hebb_thermal_init(&run, made->n_networks, made->networks, &options), HEBB_OK);
    return run;
}

static void check_state(const engine *made, const hebb_thermal *run, const expected *e, int n_done)
{
    const size_t n = made->patterns.n_neurons;
    for (size_t a = 0; a < made->n_networks; a++) {
        const int8_t *want = (n_done == 0 ? e->starts : e->spins[n_done - 1]) + a * n;
        ck_assert_mem_eq(made->networks[a].spins, want, n);
        ck_assert_int_eq(run->n_flips[a], n_done == 0 ? 0 : e->n_flips[n_done - 1][a]);
        if (n_done == N_SWEEPS) check_overlaps_are_the_spins(made->networks + a);
    }
}

/* A neuron is asked once a sweep: equal states after every sweep are equal flips. */
static void check_run(engine *made, const protocol *how, const expected *e, hebb_couplings_choice choice,
                      const int *pieces)
{
    const size_t n = made->patterns.n_neurons;
    for (size_t a = 0; a < made->n_networks; a++) hebb_hopfield_start_at(made->networks + a, e->starts + a * n);
    hebb_thermal run = start(made, how, choice);
    for (int n_done = 0; n_done < N_SWEEPS; pieces++) {
        ck_assert_int_eq(hebb_thermal_set_temperature(&run, how->temperatures[n_done]), HEBB_OK);
        ck_assert_int_eq(hebb_thermal_run(&run, *pieces), HEBB_OK);
        n_done += *pieces;
        check_state(made, &run, e, n_done);
    }
    hebb_thermal_free(&run);
    hebb_thermal_free(&run);
}

static const int sweep_by_sweep[] = {1, 1, 1, 1, 1, 1, 1}, three_and_four[] = {0, 3, 4}, at_once[] = {7};

static void check_networks(const hebb_kernel *kernel, hebb_pattern_store store, size_t n_networks, const protocol *how,
                           const expected *e, size_t n, size_t p)
{
    engine *made = engine_make(kernel, store, n, p, 0, n_networks);
    for (size_t c = 0; c < COUNT(choices); c++)
        check_run(made, how, e, choices[c], n_networks > 1 ? sweep_by_sweep : c % 2 == 0 ? three_and_four : at_once);
    engine_drop(made);
}

/*
 * Few flips with one rule in one order, many with the other, and the other way round at the next size.  Large networks:
 * each rule and order with one store.
 */
static void check_size(size_t n, size_t p, bool is_hot, bool is_large)
{
    engine *first = engine_make(NULL, HEBB_STORE_ROWS, n, p, 0, 1);
    hopfield_reference net = reference_make(&first->patterns);
    const double glass = 1.0 + sqrt((double)p / (double)n);
    for (size_t r = 0; r < COUNT(rules); r++)
        for (size_t o = 0; o < COUNT(orders); o++) {
            const protocol how = make_protocol(rules[r], orders[o], is_hot == (r == o) ? 1.3 * glass : 0.3 * glass);
            expected e = expect(&net, &first->patterns, &how);
            for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++)
                for (size_t s = 0; s < N_STORES; s++) {
                    if (is_large && s != (r + o) % N_STORES) continue;
                    check_networks(*kernel, engine_stores[s], N_NETWORKS, &how, &e, n, p);
                    if (!is_large) check_networks(*kernel, engine_stores[s], 1, &how, &e, n, p);
                }
            forget(&e);
        }
    reference_free(&net);
    engine_drop(first);
}

START_TEST(every_kernel_and_store_follows_the_dense_matrix_flip_for_flip_by_both_rules_in_both_orders)
{
    static const size_t sizes[] = {1, 2, 63, 64, 65, 127}, loads[] = {1, 5, 6, 7, 48, 63, 64, 65};
    for (size_t a = 0; a < COUNT(sizes); a++)
        for (size_t b = 0; b < COUNT(loads); b++) check_size(sizes[a], loads[b], (a + b) % 2 == 0, false);
    check_size(64, 1000, false, false);
}
END_TEST

START_TEST(so_they_do_over_several_blocks_of_neurons)
{
    static const size_t loads[] = {1, 65, 300};
    for (size_t b = 0; b < COUNT(loads); b++) check_size(1000, loads[b], b == 1, true);
    check_size(4097, 6, true, true);
}
END_TEST

START_TEST(at_a_temperature_that_changes_the_dynamics_is_that_of_the_last_one_set)
{
    static const int pieces[] = {2, 1, 3, 1};
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 300, 20, 0, N_NETWORKS);
    hopfield_reference net = reference_make(&made->patterns);
    for (size_t r = 0; r < COUNT(rules); r++) {
        protocol how = make_protocol(rules[r], HEBB_ORDER_RANDOM, 2.0);
        for (int t = 2; t < N_SWEEPS; t++) how.temperatures[t] = t < 3 ? 1.0 : t < 6 ? 0.4 : 0.05;
        expected e = expect(&net, &made->patterns, &how);
        for (size_t c = 0; c < COUNT(choices); c++) check_run(made, &how, &e, choices[c], pieces);
        forget(&e);
    }
    reference_free(&net);
    engine_drop(made);
}
END_TEST

/* After 0 sweeps, then from other states: only what comes after the restart counts. */
START_TEST(a_state_set_from_outside_is_where_the_dynamics_goes_on)
{
    engine *made = engine_make(NULL, HEBB_STORE_ROWS, 300, 20, 0, 1);
    hopfield_reference net = reference_make(&made->patterns);
    const protocol how = make_protocol(HEBB_HEAT_BATH, HEBB_ORDER_SEQUENTIAL, 0.3);
    expected e = expect(&net, &made->patterns, &how);
    for (size_t c = 0; c < COUNT(choices); c++) {
        hebb_hopfield_start_at(made->networks, e.starts + 300); /* another network's */
        hebb_thermal run = start(made, &how, choices[c]);
        ck_assert_int_eq(hebb_thermal_run(&run, 4), HEBB_OK);
        hebb_hopfield_start_at(made->networks, e.spins[3]);
        hebb_thermal_restart(&run);
        ck_assert_int_eq(hebb_thermal_run(&run, 3), HEBB_OK);
        ck_assert_mem_eq(made->networks->spins, e.spins[6], 300);
        hebb_thermal_free(&run);
    }
    forget(&e);
    reference_free(&net);
    engine_drop(made);
}
END_TEST

/* ---- limits and refusals ---- */

/* At T -> 0 heat bath is the zero-temperature dynamics but for ties, which are fair; p (N-1) odd, so there are none. */
START_TEST(at_next_to_no_temperature_no_flip_raises_the_energy)
{
    for (size_t r = 0; r < COUNT(rules); r++) {
        engine *made = engine_make(NULL, HEBB_STORE_SLICES, 300, 21, 0, 1);
        const protocol how = make_protocol(rules[r], HEBB_ORDER_RANDOM, 1e-12);
        hebb_thermal run = start(made, &how, HEBB_COUPLINGS_AUTO);
        ck_assert_int_eq(hebb_thermal_run(&run, 100), HEBB_OK);
        for (size_t i = 0; i < 300; i++)
            ck_assert_int_gt(hebb_hopfield_field(made->networks, i) * made->networks->spins[i], 0);
        hebb_thermal_free(&run);
        engine_drop(made);
    }
}
END_TEST

START_TEST(temperatures_and_orders_that_make_no_sense_are_refused)
{
    static const double temperatures[] = {0.0, -0.0, -1.0, NAN, INFINITY, -INFINITY};
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 10, 2, 0, 1);
    const hebb_philox noise = {{1, 2}};
    for (size_t r = 0; r < COUNT(rules); r++) {
        hebb_thermal run;
        hebb_thermal_options options = {.rule = rules[r], .noise = &noise};
        for (size_t t = 0; t < COUNT(temperatures); t++) {
            options.temperature = temperatures[t];
            ck_assert_int_eq(hebb_thermal_init(&run, 1, made->networks, &options), HEBB_EDOM);
            ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "temperature"));
            hebb_thermal_free(&run);
        }
        options.temperature = 1.0;
        options.order = HEBB_ORDER_SYNCHRONOUS;
        ck_assert_int_eq(hebb_thermal_init(&run, 1, made->networks, &options), HEBB_EDOM);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "one after the other"));
        hebb_thermal_free(&run);
    }
    engine_drop(made);
}
END_TEST

/* The fields of p equal patterns reach p N, so a threshold cut off at 29 bits would decide wrongly. */
START_TEST(a_temperature_whose_thresholds_and_fields_both_outgrow_29_bits_is_refused)
{
    static const struct {
        size_t n, p;
        double temperature;
        hebb_status status;
    } cases[] = {{16384, 32768, 1700.0, HEBB_OK},  {16384, 32768, 1800.0, HEBB_EDOM}, {16384, 32767, 1800.0, HEBB_OK},
                 {1000000, 130000, 20.0, HEBB_OK}, {1000000, 130000, 1e9, HEBB_EDOM}, {10, 2, 1e300, HEBB_OK}};
    for (size_t k = 0; k < COUNT(cases); k++) {
        hebb_patterns patterns;
        ck_assert_int_eq(hebb_patterns_init(&patterns, cases[k].n, cases[k].p, HEBB_STORE_NOTHING), HEBB_OK);
        hebb_hopfield network = {.patterns = &patterns}; /* no update is made */
        const hebb_philox noise = {{1, 2}};
        const hebb_thermal_options options = {.temperature = cases[k].temperature, .noise = &noise};
        hebb_thermal run;
        ck_assert_int_eq(hebb_thermal_init(&run, 1, &network, &options), cases[k].status);
        if (cases[k].status != HEBB_OK) ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "too high"));
        hebb_thermal_free(&run);
        hebb_patterns_free(&patterns);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("thermal");
    TCase *thermal = tcase_create("thermal");
    tcase_add_test(thermal, every_kernel_and_store_follows_the_dense_matrix_flip_for_flip_by_both_rules_in_both_orders);
    tcase_add_test(thermal, so_they_do_over_several_blocks_of_neurons);
    tcase_add_test(thermal, at_a_temperature_that_changes_the_dynamics_is_that_of_the_last_one_set);
    tcase_add_test(thermal, a_state_set_from_outside_is_where_the_dynamics_goes_on);
    tcase_add_test(thermal, at_next_to_no_temperature_no_flip_raises_the_energy);
    tcase_add_test(thermal, temperatures_and_orders_that_make_no_sense_are_refused);
    tcase_add_test(thermal, a_temperature_whose_thresholds_and_fields_both_outgrow_29_bits_is_refused);
    suite_add_tcase(suite, thermal);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
