/* thermal_walk: a walk that is stopped after any sweep ends as one that is not. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "scratch.h"
#include "stop.h"
#include "thermal_walk.h"

enum { N = 200, P = 10, N_SWEEPS = 12, N_KEPT = N_SWEEPS + 1 };

static hebb_thermal_room room;

/* The overlaps so far, and a colder network from sweep to sweep. */
typedef struct {
    double *kept;
    long stop_after, over_after; /* sweeps; 0: never */
    hebb_status fails_with;
    long n_calls;
} watcher;

static hebb_status watch(void *context, hebb_thermal *run, long n_done, bool *is_over)
{
    watcher *w = context;
    w->n_calls++;
    w->kept[n_done - 1] = hebb_hopfield_overlap(run->sweeper.members[0].network, 0);
    w->kept[N_SWEEPS] += (double)n_done;
    *is_over = n_done == w->over_after;
    if (n_done == w->stop_after) hebb_stop_request("a test");
    if (w->fails_with != HEBB_OK) return w->fails_with;
    return hebb_thermal_set_temperature(run, 1.0 / (double)(n_done + 1));
}

static hebb_status walk(watcher *w, hebb_checkpoint *checkpoint, double *kept)
{
    const hebb_thermal_walk how = {.rule = HEBB_HEAT_BATH,
                                   .order = HEBB_ORDER_RANDOM,
                                   .temperature = 1.0,
                                   .draws = {.noise = {{1, 2}}, .order = {{3, 4}}},
                                   .max_sweeps = N_SWEEPS,
                                   .after_sweep = watch,
                                   .context = w,
                                   .n_kept = N_KEPT,
                                   .kept = kept};
    w->kept = kept;
    memset(kept, 0, N_KEPT * sizeof *kept);
    ck_assert_int_eq(hebb_thermal_room_fit(&room, N, P), HEBB_OK);
    hebb_patterns_draw(&room.patterns, 1, 0);
    hebb_hopfield_start_at_pattern(&room.network, 0);
    return hebb_thermal_walk_run(&room, &how, checkpoint);
}

START_TEST(stopped_after_any_sweep_it_ends_as_one_that_is_not)
{
    double want[N_KEPT], kept[N_KEPT];
    int8_t spins[N];
    watcher undisturbed = {0};
    ck_assert_int_eq(walk(&undisturbed, NULL, want), HEBB_OK);
    memcpy(spins, room.network.spins, N);
    ck_assert_double_eq(want[N_SWEEPS], N_SWEEPS * (N_SWEEPS + 1) / 2);
    for (long k = 1; k < N_SWEEPS; k++) {
        hebb_checkpoint checkpoint = hebb_checkpoint_begin(scratch_folder, hebb_fingerprint_of(1, "x"), 7, 0.0);
        watcher stopped = {.stop_after = k}, resumed = {0};
        ck_assert_int_eq(walk(&stopped, &checkpoint, kept), HEBB_ESTOPPED);
        ck_assert_int_eq(stopped.n_calls, k);
        hebb_stop_clear();
        checkpoint.interval = 1e9;
        ck_assert_int_eq(walk(&resumed, &checkpoint, kept), HEBB_OK);
        ck_assert_int_eq(resumed.n_calls, N_SWEEPS - k);
        ck_assert_mem_eq(kept, want, sizeof want);
        ck_assert_mem_eq(room.network.spins, spins, N);
        hebb_checkpoint_end(&checkpoint);
    }
}
END_TEST

START_TEST(a_checkpoint_that_is_no_walks_is_as_none)
{
    double want[N_KEPT], kept[N_KEPT];
    watcher first = {0}, second = {0};
    ck_assert_int_eq(walk(&first, NULL, want), HEBB_OK);
    hebb_checkpoint checkpoint = hebb_checkpoint_begin(scratch_folder, hebb_fingerprint_of(1, "x"), 7, 1e9);
    unsigned char wrong[8 + 3 * 4 + 2 * 8 + 8 + N / 8 + 8 + sizeof kept] = {1};
    ck_assert_int_eq(hebb_checkpoint_save(&checkpoint, sizeof wrong, wrong), HEBB_OK);
    ck_assert_int_eq(walk(&second, &checkpoint, kept), HEBB_OK);
    ck_assert_int_eq(second.n_calls, N_SWEEPS);
    ck_assert_mem_eq(kept, want, sizeof want);
    ck_assert_str_eq(hebb_diagnostic(), "");
}
END_TEST

START_TEST(the_one_who_watches_ends_it_well_or_badly)
{
    double kept[N_KEPT];
    watcher over = {.over_after = 3}, failing = {.fails_with = HEBB_ENOCONV};
    ck_assert_int_eq(walk(&over, NULL, kept), HEBB_OK);
    ck_assert_int_eq(over.n_calls, 3);
    ck_assert_int_eq(walk(&failing, NULL, kept), HEBB_ENOCONV);
    ck_assert_int_eq(failing.n_calls, 1);
}
END_TEST

START_TEST(points_that_differ_in_one_number_have_noise_of_their_own)
{
    const uint64_t all[] = {hebb_thermal_realisation(100, 5, 0.5, 0.0), hebb_thermal_realisation(101, 5, 0.5, 0.0),
                            hebb_thermal_realisation(100, 6, 0.5, 0.0), hebb_thermal_realisation(100, 5, 0.25, 0.0),
                            hebb_thermal_realisation(100, 5, 0.5, 3.0), hebb_thermal_realisation(100, 5, 0.0, 0.5)};
    for (size_t a = 0; a < sizeof all / sizeof *all; a++)
        for (size_t b = 0; b < a; b++) ck_assert_uint_ne(all[a], all[b]);
    ck_assert_uint_eq(hebb_thermal_realisation(100, 5, 0.5, 0.0), all[0]);
}
END_TEST

static void drop_room(void)
{
    hebb_thermal_room_free(&room);
    scratch_remove();
}

int main(void)
{
    Suite *suite = suite_create("thermal_walk");
    TCase *walks = tcase_create("walks");
    tcase_add_checked_fixture(walks, scratch_make, drop_room);
    tcase_add_test(walks, stopped_after_any_sweep_it_ends_as_one_that_is_not);
    tcase_add_test(walks, a_checkpoint_that_is_no_walks_is_as_none);
    tcase_add_test(walks, the_one_who_watches_ends_it_well_or_badly);
    tcase_add_test(walks, points_that_differ_in_one_number_have_noise_of_their_own);
    suite_add_tcase(suite, walks);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
