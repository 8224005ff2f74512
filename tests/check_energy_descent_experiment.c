/*
 * The energy-descent experiment: every energy against a plain network of the tests' own, means against theory, names.
 * The seed is fixed; the bounds on means are the verdicts' own.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment_results.h"
#include "hopfield_reference.h"
#include "philox.h"
#include "trajectory.h"
#include "valley.h"

enum { N = 50, P = 3, RESOLUTION = 100, SWEEPS = 3, N_TIMES = RESOLUTION * SWEEPS + 1 };

/* The energy after every update of the plain network, which is a time of the table: two an update. */
static void follow(hopfield_reference *net, hebb_update_order order, hebb_philox generator, double energies[N_TIMES])
{
    uint32_t turn[N];
    energies[0] = (double)reference_energy(net) / (2.0 * N * N);
    for (uint32_t k = 0; k + 1 < N_TIMES; k++) {
        const uint32_t update = k / 2;
        if (k % (2 * N) == 0) reference_turn(N, order, generator, update / N, turn);
        if (k % 2 == 1 && reference_turns(net, turn[update % N])) reference_flip(net, turn[update % N]);
        energies[k + 1] = (double)reference_energy(net) / (2.0 * N * N);
    }
}

/* A run from its random state. */
static void expect(uint32_t replica, hebb_update_order order, double energies[N_TIMES])
{
    const uint64_t size = (uint64_t)N << 32 | P;
    hebb_patterns patterns;
    hebb_hopfield network;
    ck_assert_int_eq(hebb_patterns_init(&patterns, N, P, HEBB_STORE_ROWS), HEBB_OK);
    hebb_patterns_draw(&patterns, 1, replica);
    ck_assert_int_eq(hebb_hopfield_init(&network, &patterns), HEBB_OK);
    hebb_hopfield_start_at_random(&network, hebb_philox_derive(1, HEBB_DRAW_STATE, size, replica));
    hopfield_reference net = reference_make(&patterns);
    reference_start(&net, network.spins);
    follow(&net, order, hebb_philox_derive(1, HEBB_DRAW_ORDER, size, replica), energies);
    reference_free(&net);
    hebb_hopfield_free(&network);
    hebb_patterns_free(&patterns);
}

static void check_every_update(hebb_update_order order, const char *name)
{
    enum { N_REPLICAS = 4 };
    (void)experiment_run("energy-descent", (const char *[]){"neurons=50", "patterns=3", "order=0", "sweeps=3",
                                                            "replicas=4", "resolution=100", "shown=4", name, NULL});
    result_table *trajectories = result_read("trajectories.csv"), *units = result_read("units.csv");
    ck_assert_uint_eq(trajectories->n_rows, N_REPLICAS * N_TIMES);
    double fall = 0.0;
    for (uint32_t r = 0; r < N_REPLICAS; r++) {
        double energies[N_TIMES];
        expect(r, order, energies);
        for (size_t k = 0; k < N_TIMES; k++) {
            ck_assert(result_cell(trajectories, r * N_TIMES + k, "energy") == energies[k]);
            ck_assert(result_cell(trajectories, r * N_TIMES + k, "time") == (double)k / RESOLUTION);
        }
        ck_assert(result_cell(units, r, "energy_initial") == energies[0]);
        ck_assert(result_cell(units, r, "rises") == 0.0);
        fall += energies[0] - energies[N_TIMES - 1];
    }
    ck_assert_double_gt(fall, 1.0);
    result_free(units);
    result_free(trajectories);
}

START_TEST(every_energy_is_that_of_a_plain_network_after_as_many_updates)
{
    check_every_update(HEBB_ORDER_SEQUENTIAL, "update-order=sequential");
    check_every_update(HEBB_ORDER_RANDOM, "update-order=random");
}
END_TEST

/* Fixed seed; that one of the verdicts is wrong by chance has a probability of 0.3 %. */
START_TEST(from_near_a_mixture_the_energy_falls_as_theory_says_and_stays)
{
    const hebb_verdict_count verdicts = experiment_run(
        "energy-descent", (const char *[]){"neurons=1000,3000", "patterns=5", "order=1,3,5", "replicas=200", NULL});
    ck_assert_uint_eq(verdicts.n_agree, 2 * 3 * 4); /* start, half a sweep, end, rises */
    result_table *summary = result_read("summary.csv");
    for (size_t row = 0; row < summary->n_rows; row++) {
        ck_assert_double_gt(result_cell(summary, row, "share_stayed"), 0.9);
        ck_assert_double_lt(result_cell(summary, row, "energy_half"), result_cell(summary, row, "energy_start") - 0.02);
    }
    result_free(summary);
}
END_TEST

/* 400 spins: a start of overlap x has round(N (1 - x)/2) turned over, so m = 1 - 2 round(..)/N exactly. */
START_TEST(a_start_has_the_overlap_that_is_asked_for)
{
    static const char *const overlaps[] = {"overlap=1", "overlap=.5", "overlap=0", "overlap=-1"};
    static const double values[] = {1.0, 0.5, 0.0, -1.0};
    for (size_t k = 0; k < 4; k++) {
        (void)experiment_run("energy-descent",
                             (const char *[]){"neurons=400", "patterns=1", "order=1", overlaps[k], "replicas=5", NULL});
        result_table *units = result_read("units.csv");
        for (size_t r = 0; r < units->n_rows; r++) /* H = -(N m^2 - 1)/2 for p = 1 */
            ck_assert_double_eq_tol(result_cell(units, r, "energy_initial"), -0.5 * values[k] * values[k] + 0.5 / 400.0,
                                    1e-15);
        result_free(units);
    }
}
END_TEST

START_TEST(ends_are_named_by_their_pattern_and_its_sign)
{
    (void)experiment_run("energy-descent", (const char *[]){"neurons=200", "patterns=2", "order=0", "sweeps=1",
                                                            "resolution=2", "replicas=40", "shown=40", NULL});
    result_table *trajectories = result_read("trajectories.csv"), *units = result_read("units.csv");
    int n_named[5] = {0};
    for (size_t r = 0; r < 40; r++) {
        const char *name = result_text(trajectories, 3 * r, "end");
        const int pattern = (int)result_cell(units, r, "pattern");
        char want[HEBB_VALLEY_LENGTH];
        snprintf(want, sizeof want, "%spattern %d", pattern < 0 ? "-" : "", abs(pattern));
        ck_assert_str_eq(name, want);
        n_named[2 + pattern]++;
    }
    for (int k = 0; k < 5; k++) ck_assert_int_ge(n_named[k], k == 2 ? 0 : 2); /* each of +-1, +-2: P(fewer) = 6e-4 */
    result_free(units);
    result_free(trajectories);
}
END_TEST

START_TEST(a_start_named_twice_has_its_curves_once)
{
    (void)experiment_run("energy-descent", (const char *[]){"neurons=50,50", "patterns=5", "order=3,0,3", "sweeps=1",
                                                            "resolution=2", "replicas=2", "shown=1", NULL});
    result_table *theory = result_read("theory.csv"), *trajectories = result_read("trajectories.csv");
    ck_assert_uint_eq(theory->n_rows, 3); /* times 0, 1/2, 1 */
    ck_assert_uint_eq(trajectories->n_rows, 2 * 3);
    result_free(trajectories);
    result_free(theory);
}
END_TEST

static void refuse(const char *const *settings, const char *words)
{
    experiment_refuse("energy-descent", settings, HEBB_EDOM, words);
}

START_TEST(starts_that_there_are_not_are_refused_by_name)
{
    refuse((const char *[]){"order=7", NULL}, "--order: a mixture of 7 patterns, and --patterns has 5");
    refuse((const char *[]){"order=11", NULL}, "order: 11 is out of range");
    refuse((const char *[]){"resolution=3", NULL}, "--resolution: 3 is odd");
    refuse((const char *[]){"overlap=1.5", NULL}, "out of range");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("energy-descent experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, every_energy_is_that_of_a_plain_network_after_as_many_updates);
    tcase_add_test(physics, from_near_a_mixture_the_energy_falls_as_theory_says_and_stays);
    tcase_add_test(physics, a_start_has_the_overlap_that_is_asked_for);
    tcase_add_test(physics, ends_are_named_by_their_pattern_and_its_sign);
    tcase_add_test(physics, a_start_named_twice_has_its_curves_once);
    tcase_add_test(physics, starts_that_there_are_not_are_refused_by_name);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
