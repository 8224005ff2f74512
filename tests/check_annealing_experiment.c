/*
 * The annealing experiment: quenches and coolings against a plain network of the tests' own, exchange against the
 * library, shares and energies against theory, refusals.  Seeds are fixed; each bound on a share is 5 standard errors,
 * P = 6e-7, from what larger runs gave.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment_results.h"
#include "hopfield_reference.h"
#include "mixture.h"
#include "philox.h"
#include "tempering.h"
#include "thermal_walk.h"

/* ---- one run, step by step ---- */

enum { N = 60, P = 4, N_SWEEPS = 2 };

/* Heat bath as thermal.h has it: +1 where N h > (N T/2) log(u/(1-u)), u from the bits at (sweep, i/2). */
static void heat_bath(hopfield_reference *net, hebb_philox noise, uint32_t sweep, double temperature)
{
    for (uint32_t i = 0; i < net->n; i++) {
        uint32_t drawn[4];
        hebb_philox_block(noise, sweep, i / 2, 0, drawn);
        const uint64_t word = i % 2 == 0 ? drawn[0] | (uint64_t)drawn[1] << 32 : drawn[2] | (uint64_t)drawn[3] << 32;
        const double u = ((double)(word >> 12) * 2.0 + 1.0) * 0x1p-53;
        const double threshold = 0.5 * temperature * (double)net->n * (log(u) - log1p(-u));
        if ((net->fields[i] > threshold) != (net->spins[i] > 0)) reference_flip(net, i);
    }
}

static void relax(hopfield_reference *net)
{
    for (bool moves = true; moves;) {
        moves = false;
        for (size_t i = 0; i < net->n; i++)
            if (reference_turns(net, i)) {
                reference_flip(net, i);
                moves = true;
            }
    }
}

/* Temperatures 0.9, 0.45, 0.225, 0.2. */
static double reference_run(uint32_t replica, long n_sweeps)
{
    static const double temperatures[] = {0.9, 0.45, 0.225, 0.2};
    hebb_patterns patterns;
    hebb_hopfield network;
    ck_assert_int_eq(hebb_patterns_init(&patterns, N, P, HEBB_STORE_ROWS), HEBB_OK);
    hebb_patterns_draw(&patterns, 3, replica);
    ck_assert_int_eq(hebb_hopfield_init(&network, &patterns), HEBB_OK);
    hebb_hopfield_start_at_random(&network, hebb_philox_derive(4, HEBB_DRAW_STATE, (uint64_t)N << 32 | P, replica));
    hopfield_reference net = reference_make(&patterns);
    reference_start(&net, network.spins);
    const uint64_t realisation = hebb_thermal_realisation(N, P, 0.9, (double)n_sweeps);
    const hebb_philox noise = hebb_philox_derive(4, HEBB_DRAW_NOISE, realisation, replica);
    for (uint32_t t = 0; t < 4 * (uint32_t)n_sweeps; t++) heat_bath(&net, noise, t, temperatures[t / n_sweeps]);
    relax(&net);
    const double energy = (double)reference_energy(&net) / (2.0 * N * N);
    reference_free(&net);
    hebb_hopfield_free(&network);
    hebb_patterns_free(&patterns);
    return energy;
}

START_TEST(a_run_is_the_cooling_and_the_relaxation_of_a_plain_network)
{
    (void)experiment_run("annealing", (const char *[]){"neurons=60", "patterns=4", "sweeps=0,2", "replicas=8",
                                                       "start-temperature=.9", "end-temperature=.2", "factor=.5",
                                                       "pattern-seed=3", "dynamics-seed=4", NULL});
    result_table *units = result_read("units.csv");
    ck_assert_uint_eq(units->n_rows, 16);
    int n_different = 0;
    for (uint32_t r = 0; r < 8; r++) {
        ck_assert(result_cell(units, r, "energy") == reference_run(r, 0));
        ck_assert(result_cell(units, 8 + r, "energy") == reference_run(r, N_SWEEPS));
        ck_assert(result_cell(units, r, "cooling_sweeps") == 0.0);
        ck_assert(result_cell(units, 8 + r, "cooling_sweeps") == 4.0 * N_SWEEPS);
        n_different += result_cell(units, r, "energy") != result_cell(units, 8 + r, "energy");
    }
    ck_assert_int_gt(n_different, 0);
    result_free(units);
}
END_TEST

/* ---- all temperatures at once ---- */

enum { N_RUNGS = 3, N_ROUNDS = 7 };

/* The rungs .225, .45, .9, by the library; what the lowest one relaxes to, and the swap rates of both pairs. */
static double reference_exchange(uint32_t replica, double rates[N_RUNGS - 1])
{
    hebb_patterns patterns;
    hebb_hopfield networks[N_RUNGS];
    hebb_philox noise[N_RUNGS];
    double rungs[N_RUNGS];
    hebb_tempering exchange;
    ck_assert_int_eq(hebb_tempering_ladder(N_RUNGS, 0.225, 0.9, rungs), HEBB_OK);
    ck_assert_int_eq(hebb_patterns_init(&patterns, N, P, HEBB_STORE_ROWS), HEBB_OK);
    hebb_patterns_draw(&patterns, 3, replica);
    for (int k = 0; k < N_RUNGS; k++) {
        const uint64_t address = hebb_thermal_realisation(N, P, rungs[k], N_ROUNDS);
        noise[k] = hebb_philox_derive(4, HEBB_DRAW_NOISE, address, replica);
        ck_assert_int_eq(hebb_hopfield_init(networks + k, &patterns), HEBB_OK);
        hebb_hopfield_start_at_random(networks + k, hebb_philox_derive(4, HEBB_DRAW_STATE, address, replica));
    }
    const uint64_t address = hebb_thermal_realisation(N, P, 0.9, N_ROUNDS);
    const hebb_tempering_options how = {.temperatures = rungs,
                                        .noise = noise,
                                        .swap_generator = hebb_philox_derive(4, HEBB_DRAW_SWAP, address, replica)};
    ck_assert_int_eq(hebb_tempering_init(&exchange, N_RUNGS, networks, &how), HEBB_OK);
    ck_assert_int_eq(hebb_tempering_run(&exchange, N_ROUNDS, 1), HEBB_OK);
    for (size_t k = 0; k + 1 < N_RUNGS; k++) rates[k] = hebb_tempering_swap_rate(&exchange, k);
    hopfield_reference net = reference_make(&patterns);
    reference_start(&net, hebb_tempering_at(&exchange, 0)->spins);
    relax(&net);
    const double energy = (double)reference_energy(&net) / (2.0 * N * N);
    reference_free(&net);
    hebb_tempering_free(&exchange);
    for (int k = 0; k < N_RUNGS; k++) hebb_hopfield_free(networks + k);
    hebb_patterns_free(&patterns);
    return energy;
}

START_TEST(an_exchange_ends_where_its_lowest_temperature_does_and_reports_its_swap_rates)
{
    enum { N_REPLICAS = 6 };
    double sums[N_RUNGS - 1] = {0.0};
    (void)experiment_run("annealing",
                         (const char *[]){"neurons=60", "patterns=4", "sweeps=0,7", "replicas=6", "schedule=exchange",
                                          "start-temperature=.9", "end-temperature=.225", "factor=.5", "pattern-seed=3",
                                          "dynamics-seed=4", NULL});
    result_table *units = result_read("units.csv"), *swaps = result_read("swaps.csv");
    for (uint32_t r = 0; r < N_REPLICAS; r++) {
        double rates[N_RUNGS - 1];
        ck_assert(result_cell(units, r, "energy") == reference_run(r, 0));
        ck_assert(isnan(result_cell(units, r, "swap_rate")));
        ck_assert(result_cell(units, N_REPLICAS + r, "energy") == reference_exchange(r, rates));
        ck_assert(result_cell(units, N_REPLICAS + r, "swap_rate") == fmin(rates[0], rates[1]));
        ck_assert(result_cell(units, N_REPLICAS + r, "cooling_sweeps") == N_ROUNDS * N_RUNGS);
        for (size_t k = 0; k + 1 < N_RUNGS; k++) sums[k] += rates[k];
    }
    ck_assert_uint_eq(swaps->n_rows, N_RUNGS - 1); /* none of the quench */
    for (size_t k = 0; k + 1 < N_RUNGS; k++) {
        ck_assert_double_eq_tol(result_cell(swaps, k, "temperature_above"), k == 0 ? 0.45 : 0.9, 1e-15);
        ck_assert_double_eq_tol(result_cell(swaps, k, "swap_rate"), sums[k] / N_REPLICAS, 1e-14);
        ck_assert_double_gt(sums[k], 0.0);
    }
    result_free(swaps);
    result_free(units);
}
END_TEST

/* ---- where runs end ---- */

/* 300 runs: .627 of 3000 quenches ended in a pattern, 5 standard errors are .14; all but 1 in 100 coolings. */
START_TEST(of_five_patterns_a_quench_ends_in_one_in_most_runs_and_cooling_nearly_always)
{
    const hebb_verdict_count verdicts =
        experiment_run("annealing", (const char *[]){"neurons=1000", "patterns=5", "sweeps=0,1", "replicas=300", NULL});
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_eq(verdicts.n_agree, 2); /* the energy of patterns: at N = 1000 that of mixtures is not judged */
    result_table *summary = result_read("summary.csv");
    ck_assert_double_eq_tol(result_cell(summary, 0, "share_pattern"), 0.627, 0.14);
    ck_assert_double_gt(result_cell(summary, 0, "share_mixture_3"), 0.12); /* .27 +- .026 */
    ck_assert_double_gt(result_cell(summary, 1, "share_pattern"), 0.95);
    for (size_t row = 0; row < 2; row++) {
        double sum = result_cell(summary, row, "share_pattern") + result_cell(summary, row, "share_elsewhere");
        ck_assert_double_eq_tol(sum + result_cell(summary, row, "share_mixture"), 1.0, 1e-12);
        ck_assert_double_eq_tol(
            result_cell(summary, row, "share_mixture"),
            result_cell(summary, row, "share_mixture_3") + result_cell(summary, row, "share_mixture_5") +
                result_cell(summary, row, "share_mixture_7") + result_cell(summary, row, "share_mixture_9"),
            1e-12);
    }
    result_free(summary);
}
END_TEST

/* The named states' energies, each within 6 of their standard deviations, sqrt(.1875/N) for n = 3. */
START_TEST(a_state_that_is_named_has_the_overlaps_and_the_energy_of_its_name)
{
    (void)experiment_run("annealing", (const char *[]){"neurons=4000", "patterns=5", "sweeps=0", "replicas=60", NULL});
    result_table *units = result_read("units.csv");
    size_t n_named[4] = {0};
    for (size_t r = 0; r < units->n_rows; r++) {
        hebb_mixture mixture;
        const int n = (int)result_cell(units, r, "mixed");
        if (n == 0 || n == 5) continue;
        ck_assert(n == 1 || n == 3);
        n_named[n]++;
        ck_assert_int_eq(hebb_mixture_solve(n, 0.0, &mixture), HEBB_OK);
        ck_assert_double_eq_tol(result_cell(units, r, "energy"), mixture.f, 6.0 * sqrt(0.1875 / 4000.0));
        ck_assert_double_eq_tol(result_cell(units, r, "m_first"), mixture.m, 0.08);
        ck_assert_double_eq_tol(result_cell(units, r, "m_third"), n == 3 ? mixture.m : 0.0, 0.08);
        ck_assert_double_le(result_cell(units, r, "distance"), 1.0 / 32.0);
    }
    ck_assert_uint_gt(n_named[1], 15);
    ck_assert_uint_gt(n_named[3], 5);
    result_free(units);
}
END_TEST

START_TEST(one_pattern_or_two_are_always_found_and_the_verdict_says_so)
{
    const hebb_verdict_count verdicts =
        experiment_run("annealing", (const char *[]){"neurons=500", "patterns=1,2", "sweeps=0", "replicas=200", NULL});
    ck_assert_uint_eq(verdicts.n_agree, 4);
    ck_assert_uint_eq(verdicts.n_disagree, 0);
}
END_TEST

/* Mixtures of 3 at a size where their energies are near enough to each other to be judged.  Fixed seed; 0.3 %. */
START_TEST(large_networks_have_the_mixtures_energy_judged)
{
    (void)experiment_run("annealing", (const char *[]){"neurons=6000", "patterns=3", "sweeps=0", "replicas=100", NULL});
    result_table *verdict = result_read("verdict.csv");
    bool is_there = false;
    for (size_t r = 0; r < verdict->n_rows; r++) {
        if (strcmp(result_text(verdict, r, "quantity"), "energy_mixture_3") != 0) continue;
        is_there = true;
        ck_assert_str_eq(result_text(verdict, r, "verdict"), "agree");
        ck_assert_double_eq_tol(result_cell(verdict, r, "theory"), -0.375, 1e-6);
    }
    ck_assert(is_there);
    result_free(verdict);
}
END_TEST

/* ---- schedules ---- */

static double cooling_sweeps(const char *schedule, const char *step)
{
    (void)experiment_run("annealing", (const char *[]){"neurons=100", "patterns=3", "sweeps=4", "replicas=1", schedule,
                                                       step, "start-temperature=1", "end-temperature=.1", NULL});
    result_table *units = result_read("units.csv");
    const double n = result_cell(units, 0, "cooling_sweeps");
    result_free(units);
    return n;
}

START_TEST(each_schedule_has_the_temperatures_that_it_says)
{
    ck_assert_double_eq(cooling_sweeps("schedule=geometric", "factor=.5"), 4.0 * 5.0);
    ck_assert_double_eq(cooling_sweeps("schedule=linear", "step=.1"), 4.0 * 10.0);
    const double coarse = cooling_sweeps("schedule=adaptive", "step=1"),
                 fine = cooling_sweeps("schedule=adaptive", "step=.1");
    ck_assert_double_ge(coarse, 4.0 * 5.0); /* halving at most */
    ck_assert_double_gt(fine, coarse);
    ck_assert_double_eq(fmod(fine, 4.0), 0.0);
}
END_TEST

static void refuse(const char *const *settings, hebb_status want, const char *words)
{
    experiment_refuse("annealing", settings, want, words);
}

START_TEST(options_that_do_not_cool_are_refused_by_name)
{
    refuse((const char *[]){"end-temperature=2", NULL}, HEBB_EDOM, "--end-temperature: 2 is above --start-temperature");
    refuse((const char *[]){"schedule=linear", "factor=.5", NULL}, HEBB_EUSAGE,
           "--factor goes with --schedule geometric");
    refuse((const char *[]){"schedule=exchange", "step=.5", NULL}, HEBB_EUSAGE, "--step goes with");
    refuse((const char *[]){"schedule=exchange", "end-temperature=1.2", NULL}, HEBB_EDOM, "two temperatures or more");
    refuse((const char *[]){"step=.5", NULL}, HEBB_EUSAGE, "--step goes with --schedule linear or adaptive");
    refuse((const char *[]){"schedule=adaptive", "sweeps=1", NULL}, HEBB_EDOM, "--sweeps: 1 with --schedule adaptive");
    refuse((const char *[]){"factor=.9999", "sweeps=1000000", NULL}, HEBB_EDOM, "more than 1e9 in all");
    refuse((const char *[]){"factor=1", NULL}, HEBB_EDOM, "out of range");
    refuse((const char *[]){"start-temperature=0", NULL}, HEBB_EDOM, "out of range");
    refuse((const char *[]){"neurons=16000000", "patterns=1000000", NULL}, HEBB_ENOMEM, "may be had");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("annealing experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, a_run_is_the_cooling_and_the_relaxation_of_a_plain_network);
    tcase_add_test(physics, an_exchange_ends_where_its_lowest_temperature_does_and_reports_its_swap_rates);
    tcase_add_test(physics, of_five_patterns_a_quench_ends_in_one_in_most_runs_and_cooling_nearly_always);
    tcase_add_test(physics, a_state_that_is_named_has_the_overlaps_and_the_energy_of_its_name);
    tcase_add_test(physics, one_pattern_or_two_are_always_found_and_the_verdict_says_so);
    tcase_add_test(physics, large_networks_have_the_mixtures_energy_judged);
    tcase_add_test(physics, each_schedule_has_the_temperatures_that_it_says);
    tcase_add_test(physics, options_that_do_not_cool_are_refused_by_name);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
