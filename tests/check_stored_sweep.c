/* Stored couplings against pattern space: the same states, flip for flip; and which of the two is chosen. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sweep_cost.h"
#include "thermal.h"

enum { MAX_NETWORKS = 3 };

/* Networks on the same patterns, and a run of them. */
typedef struct {
    hebb_patterns patterns;
    hebb_hopfield networks[MAX_NETWORKS];
    size_t n_networks;
    hebb_thermal run;
} ensemble;

typedef struct {
    size_t n, p, n_networks;
    hebb_pattern_store store;
    hebb_thermal_rule rule;
    hebb_update_order order;
    double temperature;
    long planned_sweeps;
} setting;

static void prepare(ensemble *e, const setting *how, hebb_couplings_choice choice)
{
    hebb_philox noise[MAX_NETWORKS];
    *e = (ensemble){.n_networks = how->n_networks};
    ck_assert_int_eq(hebb_patterns_init(&e->patterns, how->n, how->p, how->store), HEBB_OK);
    hebb_patterns_draw(&e->patterns, 3, 1);
    for (size_t a = 0; a < how->n_networks; a++) {
        noise[a] = hebb_philox_derive(8, HEBB_DRAW_STATE, how->n, (uint32_t)a);
        ck_assert_int_eq(hebb_hopfield_init(e->networks + a, &e->patterns), HEBB_OK);
        hebb_hopfield_start_at_pattern(e->networks + a, a % how->p);
    }
    const hebb_thermal_options options = {.rule = how->rule,
                                          .temperature = how->temperature,
                                          .order = how->order,
                                          .order_generator = hebb_philox_derive(8, HEBB_DRAW_ORDER, how->n, 0),
                                          .noise = noise,
                                          .couplings = choice,
                                          .planned_sweeps = how->planned_sweeps};
    ck_assert_int_eq(hebb_thermal_init(&e->run, how->n_networks, e->networks, &options), HEBB_OK);
}

static void dispose(ensemble *e)
{
    hebb_thermal_free(&e->run);
    hebb_thermal_free(&e->run);
    for (size_t a = 0; a < e->n_networks; a++) hebb_hopfield_free(e->networks + a);
    hebb_patterns_free(&e->patterns);
}

static void check_same_states(const ensemble *x, const ensemble *y)
{
    const size_t n_overlaps = hebb_patterns_padded(x->patterns.n_patterns);
    for (size_t a = 0; a < x->n_networks; a++) {
        ck_assert_mem_eq(x->networks[a].spins, y->networks[a].spins, x->patterns.n_neurons);
        ck_assert_mem_eq(x->networks[a].overlaps, y->networks[a].overlaps, n_overlaps * sizeof(int32_t));
        ck_assert_int_eq(x->run.n_flips[a], y->run.n_flips[a]);
    }
}

/* A sweep at a time, then three; colder, hotter, and one network's state set anew in between. */
static void check_trajectory(const setting *how)
{
    static const double temperatures[] = {0.2, 5.0, 0.6};
    ensemble stored, patterns;
    prepare(&stored, how, HEBB_COUPLINGS_STORED);
    prepare(&patterns, how, HEBB_COUPLINGS_PATTERNS);
    for (size_t t = 0; t < sizeof temperatures / sizeof *temperatures; t++) {
        ensemble *both[] = {&stored, &patterns};
        for (size_t k = 0; k < 2; k++) {
            hebb_hopfield_start_at_pattern(both[k]->networks, t % how->p);
            hebb_thermal_restart(&both[k]->run);
            ck_assert_int_eq(hebb_thermal_set_temperature(&both[k]->run, temperatures[t]), HEBB_OK);
        }
        for (long sweep = 0; sweep < 4; sweep++) {
            const long n_sweeps = sweep < 3 ? 1 : 3;
            ck_assert_int_eq(hebb_thermal_run(&stored.run, n_sweeps), HEBB_OK);
            ck_assert_int_eq(hebb_thermal_run(&patterns.run, n_sweeps), HEBB_OK);
            check_same_states(&stored, &patterns);
        }
    }
    ck_assert(stored.run.are_stored && !patterns.run.are_stored);
    ck_assert_int_eq(stored.run.n_stored_sweeps, stored.run.n_sweeps);
    ck_assert_int_gt(stored.run.n_flips[0], 0);
    dispose(&stored);
    dispose(&patterns);
}

START_TEST(stored_couplings_give_the_same_trajectories_flip_for_flip)
{
    static const size_t sizes[] = {1, 2, 31, 64, 257, 300}, loads[] = {1, 48, 65, 200};
    for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++) {
        ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
        for (size_t a = 0; a < sizeof sizes / sizeof *sizes; a++)
            for (size_t b = 0; b < sizeof loads / sizeof *loads; b++)
                for (unsigned k = 0; k < 4; k++)
                    check_trajectory(&(setting){.n = sizes[a],
                                                .p = loads[b],
                                                .n_networks = 1 + (a + b) % MAX_NETWORKS,
                                                .store = (hebb_pattern_store)((a + b + k) % 3),
                                                .rule = k % 2 ? HEBB_METROPOLIS : HEBB_HEAT_BATH,
                                                .order = k / 2 ? HEBB_ORDER_RANDOM : HEBB_ORDER_SEQUENTIAL,
                                                .temperature = 0.4});
    }
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
}
END_TEST

/* What a kernel makes of a few sweeps at some temperature; the last overlaps are those of the last state. */
static void run_with(const hebb_kernel *kernel, setting how, double temperature, ensemble *e)
{
    ck_assert_int_eq(hebb_kernel_select(kernel->name), HEBB_OK);
    how.temperature = temperature;
    prepare(e, &how, how.n % 2 ? HEBB_COUPLINGS_STORED : HEBB_COUPLINGS_PATTERNS);
    ck_assert_int_eq(hebb_thermal_run(&e->run, 5), HEBB_OK);
    hebb_hopfield fresh;
    ck_assert_int_eq(hebb_hopfield_init(&fresh, &e->patterns), HEBB_OK);
    hebb_hopfield_start_at(&fresh, e->networks->spins);
    ck_assert_mem_eq(fresh.overlaps, e->networks->overlaps, hebb_patterns_padded(how.p) * sizeof(int32_t));
    hebb_hopfield_free(&fresh);
}

START_TEST(every_kernel_gives_the_same_states_at_any_temperature)
{
    static const double temperatures[] = {1e-300, 0.1, 0.7, 3.0, 1e7, 1e308};
    for (size_t t = 0; t < sizeof temperatures / sizeof *temperatures; t++)
        for (unsigned k = 0; k < 4; k++) {
            const setting how = {.n = 290 + k % 2,
                                 .p = 70,
                                 .n_networks = 2,
                                 .store = HEBB_STORE_SLICES,
                                 .rule = k / 2 ? HEBB_METROPOLIS : HEBB_HEAT_BATH};
            ensemble plain, other;
            run_with(hebb_kernels()[0], how, temperatures[t], &plain);
            for (const hebb_kernel *const *kernel = hebb_kernels() + 1; *kernel != NULL; kernel++) {
                run_with(*kernel, how, temperatures[t], &other);
                check_same_states(&plain, &other);
                dispose(&other);
            }
            dispose(&plain);
        }
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
}
END_TEST

/* Sweeps alternate between the two ways; the third ensemble never changes. */
static void check_switching(hebb_update_order order)
{
    const setting how = {.n = 300,
                         .p = 40,
                         .n_networks = 2,
                         .store = HEBB_STORE_ROWS,
                         .rule = HEBB_METROPOLIS,
                         .order = order,
                         .temperature = 0.7};
    ensemble changing, patterns;
    hebb_stored_sweeper stored;
    prepare(&changing, &how, HEBB_COUPLINGS_PATTERNS);
    prepare(&patterns, &how, HEBB_COUPLINGS_PATTERNS);
    ck_assert_int_eq(hebb_stored_sweeper_init(&stored, &changing.run.sweeper), HEBB_OK);
    for (uint32_t sweep = 0; sweep < 12; sweep++) {
        ck_assert_int_eq(hebb_thermal_run(&patterns.run, 1), HEBB_OK);
        if (sweep / 2 % 2) {
            hebb_stored_sweeper_read(&stored);
            hebb_stored_sweeper_run(&stored, sweep);
            hebb_stored_sweeper_settle(&stored);
        } else {
            hebb_sweeper_run(&changing.run.sweeper, sweep);
        }
        for (size_t a = 0; a < how.n_networks; a++)
            changing.run.n_flips[a] += (int64_t)changing.run.sweeper.members[a].n_flipped;
        check_same_states(&changing, &patterns);
    }
    hebb_stored_sweeper_free(&stored);
    hebb_stored_sweeper_free(&stored);
    dispose(&changing);
    dispose(&patterns);
}

START_TEST(a_run_may_change_between_the_two_at_any_sweep)
{
    check_switching(HEBB_ORDER_SEQUENTIAL);
    check_switching(HEBB_ORDER_RANDOM);
}
END_TEST

/* A record of what flipped, in order: FNV-1a. */
static void record_flip(void *context, const hebb_hopfield *network, size_t neuron)
{
    uint64_t *hash = context;
    *hash = (*hash ^ (2 * neuron + (network->spins[neuron] > 0))) * UINT64_C(0x100000001B3);
}

/* From the state of a pattern to one far from any fixed point. */
static void start_between(hebb_hopfield *network)
{
    int8_t spins[1000];
    memcpy(spins, network->spins, network->patterns->n_neurons);
    for (size_t i = 0; i < network->patterns->n_neurons; i += 3) spins[i] = 1;
    hebb_hopfield_start_at(network, spins);
}

START_TEST(at_zero_temperature_too_and_every_flip_is_called_in_its_turn)
{
    const setting how = {.n = 290, .p = 60, .n_networks = 3, .store = HEBB_STORE_SLICES, .temperature = 1.0};
    ensemble by[2];
    uint64_t hash[2] = {0, 0};
    hebb_stored_sweeper stored;
    for (size_t k = 0; k < 2; k++) {
        prepare(by + k, &how, HEBB_COUPLINGS_PATTERNS);
        by[k].run.sweeper.find_limits = NULL;
        by[k].run.sweeper.on_flip = record_flip;
        by[k].run.sweeper.flip_context = hash + k;
        by[k].run.sweeper.stops_when_still = true;
        for (size_t a = 0; a < how.n_networks; a++) start_between(by[k].networks + a);
        hebb_sweeper_restart(&by[k].run.sweeper);
    }
    ck_assert_int_eq(hebb_stored_sweeper_init(&stored, &by[1].run.sweeper), HEBB_OK);
    hebb_stored_sweeper_read(&stored);
    for (uint32_t sweep = 0; sweep < 30; sweep++) {
        hebb_sweeper_run(&by[0].run.sweeper, sweep);
        hebb_stored_sweeper_run(&stored, sweep);
        for (size_t a = 0; a < how.n_networks; a++) {
            const hebb_sweep_member *x = by[0].run.sweeper.members + a, *y = by[1].run.sweeper.members + a;
            ck_assert_uint_eq(x->n_flipped, y->n_flipped);
            ck_assert_uint_eq(x->n_still, y->n_still);
            ck_assert_int_eq(x->is_done, y->is_done);
        }
    }
    ck_assert(by[0].run.sweeper.members[0].is_done);
    hebb_stored_sweeper_settle(&stored);
    check_same_states(by, by + 1);
    hebb_stored_sweeper_free(&stored);
    dispose(by);
    dispose(by + 1);
}
END_TEST

/* A network so cold that hardly anything flips, or so hot that nearly half of it does, in a run that expects to be long. */
static const setting long_run = {.n = 2000,
                                 .p = 3,
                                 .n_networks = 1,
                                 .store = HEBB_STORE_ROWS,
                                 .order = HEBB_ORDER_RANDOM,
                                 .temperature = 0.3,
                                 .planned_sweeps = 100000};
static const double hot = 5.0, cold = 0.1;

START_TEST(couplings_are_stored_in_a_long_cold_run_left_when_it_gets_hot_and_taken_up_again)
{
    for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++) {
        ensemble automatic, patterns;
        ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
        prepare(&automatic, &long_run, HEBB_COUPLINGS_AUTO);
        prepare(&patterns, &long_run, HEBB_COUPLINGS_PATTERNS);
        for (int stage = 0; stage < 4; stage++) {
            ck_assert_int_eq(hebb_thermal_set_temperature(&automatic.run, stage % 2 ? hot : cold), HEBB_OK);
            ck_assert_int_eq(hebb_thermal_set_temperature(&patterns.run, stage % 2 ? hot : cold), HEBB_OK);
            ck_assert_int_eq(hebb_thermal_run(&automatic.run, 30), HEBB_OK);
            ck_assert_int_eq(hebb_thermal_run(&patterns.run, 30), HEBB_OK);
            check_same_states(&automatic, &patterns);
            ck_assert_msg(automatic.run.are_stored == (stage % 2 == 0), "%s, stage %d", (*kernel)->name, stage);
        }
        ck_assert_int_gt(automatic.run.n_stored_sweeps, 30);
        ck_assert_int_lt(automatic.run.n_stored_sweeps, 90);
        dispose(&automatic);
        dispose(&patterns);
    }
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
}
END_TEST

static void check_never_stored(setting how, long n_sweeps)
{
    for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++) {
        ensemble e;
        ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
        prepare(&e, &how, HEBB_COUPLINGS_AUTO);
        ck_assert_int_eq(hebb_thermal_run(&e.run, n_sweeps), HEBB_OK);
        ck_assert(!e.run.are_stored);
        ck_assert_int_eq(e.run.n_stored_sweeps, 0);
        ck_assert_ptr_null(e.run.stored.couplings.rows);
        dispose(&e);
    }
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
}

START_TEST(couplings_are_not_stored_for_a_sweep_or_two_nor_where_it_is_hot)
{
    setting how = long_run;
    how.temperature = hot;
    check_never_stored(how, 10);
    how = long_run;
    how.n = 10000;
    how.p = 48;
    how.planned_sweeps = 1;
    check_never_stored(how, 1);
    how.planned_sweeps = 3;
    check_never_stored(how, 3);
}
END_TEST

START_TEST(without_a_plan_as_many_sweeps_are_expected_as_have_been)
{
    setting how = long_run;
    ensemble e;
    how.n = 300;
    how.planned_sweeps = 0;
    prepare(&e, &how, HEBB_COUPLINGS_AUTO);
    ck_assert_int_eq(hebb_thermal_run(&e.run, 2), HEBB_OK);
    ck_assert(!e.run.are_stored);
    ck_assert_int_eq(hebb_thermal_run(&e.run, 3000), HEBB_OK);
    ck_assert(e.run.are_stored);
    dispose(&e);
}
END_TEST

START_TEST(patterns_that_couplings_cannot_hold_are_refused_by_choice_and_left_alone_without)
{
    const setting how = {.n = 20,
                         .p = HEBB_MAX_COUPLED_PATTERNS + 1,
                         .n_networks = 1,
                         .store = HEBB_STORE_SLICES,
                         .temperature = 0.3,
                         .planned_sweeps = 1000000};
    ensemble automatic;
    hebb_thermal run;
    prepare(&automatic, &how, HEBB_COUPLINGS_AUTO);
    const hebb_thermal_options options = {
        .temperature = 1.0, .noise = &(hebb_philox){{1, 2}}, .couplings = HEBB_COUPLINGS_STORED};
    ck_assert_int_eq(hebb_thermal_init(&run, 1, automatic.networks, &options), HEBB_EDOM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "32768 patterns"));
    hebb_diagnostic_clear();
    ck_assert_int_eq(hebb_thermal_run(&automatic.run, 5), HEBB_OK);
    ck_assert(automatic.run.cannot_store && !automatic.run.are_stored);
    ck_assert_str_eq(hebb_diagnostic(), "");
    dispose(&automatic);
}
END_TEST

START_TEST(what_pays_for_some_sweeps_pays_for_more_and_made_couplings_pay_sooner)
{
    ensemble e;
    prepare(&e, &long_run, HEBB_COUPLINGS_AUTO);
    size_t n_stored = 0, n_left_out = 0;
    for (double n_flips = 0.0; n_flips <= 2000.0; n_flips += 50.0)
        for (double n_left = 1.0; n_left < 1e7; n_left *= 3.0) {
            const hebb_sweep_prospect some = {.n_flips = n_flips, .n_left = n_left};
            hebb_sweep_prospect more = some, made = some;
            more.n_left *= 2.0;
            made.are_made = true;
            const bool is_stored = hebb_sweep_should_store(&e.run.sweeper, &some);
            n_stored += is_stored;
            n_left_out += !is_stored;
            ck_assert(!is_stored || hebb_sweep_should_store(&e.run.sweeper, &more));
            ck_assert(!is_stored || hebb_sweep_should_store(&e.run.sweeper, &made));
        }
    ck_assert(n_stored > 0 && n_left_out > 0);
    dispose(&e);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stored_sweep");
    TCase *states = tcase_create("states"), *choice = tcase_create("choice");
    tcase_add_test(states, stored_couplings_give_the_same_trajectories_flip_for_flip);
    tcase_add_test(states, every_kernel_gives_the_same_states_at_any_temperature);
    tcase_add_test(states, a_run_may_change_between_the_two_at_any_sweep);
    tcase_add_test(states, at_zero_temperature_too_and_every_flip_is_called_in_its_turn);
    tcase_add_test(choice, couplings_are_stored_in_a_long_cold_run_left_when_it_gets_hot_and_taken_up_again);
    tcase_add_test(choice, couplings_are_not_stored_for_a_sweep_or_two_nor_where_it_is_hot);
    tcase_add_test(choice, without_a_plan_as_many_sweeps_are_expected_as_have_been);
    tcase_add_test(choice, patterns_that_couplings_cannot_hold_are_refused_by_choice_and_left_alone_without);
    tcase_add_test(choice, what_pays_for_some_sweeps_pays_for_more_and_made_couplings_pay_sooner);
    suite_add_tcase(suite, states);
    suite_add_tcase(suite, choice);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
