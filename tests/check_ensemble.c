/* ensemble: units computed once each, whatever computes them and whenever it is stopped, and read back at their places. */
#include <errno.h>
#include <math.h>
#include <stdatomic.h>
#include <stdint.h>

#include "ensemble.h"
#include "journals.h"
#include "scratch.h"
#include "stop.h"

enum { N_POINTS = 5, N_REPLICAS = 41, N_UNITS = N_POINTS * N_REPLICAS, N_NUMBERS = 3 };

/* ---- a toy whose units tell what was done with them ---- */

static struct {
    atomic_int n_runs[N_UNITS], n_made, n_freed, n_done, n_unit_threads;
    int stop_after;         /* units done; 0: never */
    long failing, half_way; /* units; -1: none */
    bool no_workspace, no_sync;
    double interval; /* seconds between two syncs */
} toy;

static hebb_manifest manifest;

static double number_of(size_t unit, size_t k)
{
    return k == 2 ? (unit % 7 == 0 ? NAN : -0.0) : sin((double)(unit * N_NUMBERS + k));
}

static hebb_status make_workspace(void *context, int n_unit_threads, void **workspace)
{
    (void)context;
    *workspace = NULL;
    if (toy.no_workspace) return hebb_fail(HEBB_ENOMEM, "no room for the toy");
    *workspace = calloc(1, 1);
    toy.n_unit_threads = n_unit_threads;
    toy.n_made++;
    return HEBB_OK;
}

static void free_workspace(void *workspace)
{
    if (workspace != NULL) toy.n_freed++;
    free(workspace);
}

/* In threads, where nothing of Check's is called: what is wrong fails. */
static hebb_status run_unit(void *context, void *workspace, size_t unit, hebb_checkpoint *checkpoint, double *numbers)
{
    if (context != &toy || workspace == NULL || unit >= N_UNITS) return hebb_fail(HEBB_EINTERNAL, "not the toy's");
    toy.n_runs[unit]++;
    if ((long)unit == toy.failing) return hebb_fail(HEBB_EINTERNAL, "unit %zu has failed", unit);
    if ((long)unit == toy.half_way) {
        size_t state = 0;
        if (!hebb_checkpoint_load(checkpoint, sizeof state, &state)) {
            state = unit + 1000;
            hebb_stop_request("the toy");
            return hebb_checkpoint_save(checkpoint, sizeof state, &state);
        }
        if (state != unit + 1000) return hebb_fail(HEBB_EINTERNAL, "not the state that was saved");
    }
    for (size_t k = 0; k < N_NUMBERS; k++) {
        if (numbers[k] != 0.0) return hebb_fail(HEBB_EINTERNAL, "not zeroed");
        numbers[k] = number_of(unit, k);
    }
    return HEBB_OK;
}

static void count_done(void *context, size_t unit)
{
    (void)context, (void)unit;
    if (++toy.n_done == toy.stop_after) hebb_stop_request("the toy");
}

/* In place of libc's. */
int fsync(int descriptor)
{
    if (!toy.no_sync) return fdatasync(descriptor);
    errno = EIO;
    return -1;
}

static const hebb_ensemble_work work = {&toy, make_workspace, free_workspace, run_unit, count_done};

static void reset(void)
{
    memset(&toy, 0, sizeof toy);
    toy.failing = toy.half_way = -1;
    toy.interval = HUGE_VAL;
    hebb_stop_clear();
}

static void begin(void)
{
    hebb_provenance provenance = {0};
    scratch_make();
    reset();
    ck_assert_int_eq(hebb_provenance_add(&provenance, "hebb", "toy"), HEBB_OK);
    ck_assert_int_eq(hebb_manifest_init(&manifest, "toy", &provenance, N_POINTS, N_REPLICAS, N_NUMBERS), HEBB_OK);
    hebb_provenance_free(&provenance);
}

static void end(void)
{
    hebb_manifest_free(&manifest);
    scratch_remove();
}

static hebb_status run_by(const hebb_team *team, int n_threads)
{
    const hebb_ensemble ensemble = {.folder = scratch_folder,
                                    .manifest = &manifest,
                                    .team = team,
                                    .n_threads = n_threads,
                                    .checkpoint_interval = toy.interval};
    hebb_units units;
    hebb_journal_report report;
    ck_assert_int_eq(hebb_ensemble_survey(scratch_folder, &manifest, &units, &report), HEBB_OK);
    ck_assert_uint_eq(report.n_records, units.n_done); /* none is there twice */
    const hebb_status status = hebb_ensemble_run(&ensemble, &units, &work);
    ck_assert_int_eq(toy.n_made, toy.n_freed);
    hebb_units_free(&units);
    return status;
}

static hebb_status run(int n_threads)
{
    return run_by(&hebb_team_alone, n_threads);
}

/* How many are done; each of them has its own numbers, to the bit. */
static size_t count_right(void)
{
    static double numbers[N_UNITS * N_NUMBERS];
    hebb_units units;
    const hebb_status status = hebb_ensemble_collect(scratch_folder, &manifest, numbers, &units);
    ck_assert_msg(status == HEBB_OK, "%s", hebb_diagnostic());
    for (size_t unit = 0; unit < N_UNITS; unit++)
        for (size_t k = 0; hebb_units_is_done(&units, unit) && k < N_NUMBERS; k++) {
            const double expected = number_of(unit, k);
            ck_assert_mem_eq(&numbers[unit * N_NUMBERS + k], &expected, sizeof expected);
        }
    const size_t n_done = units.n_done;
    hebb_units_free(&units);
    return n_done;
}

static void assert_each_ran_once(void)
{
    for (size_t unit = 0; unit < N_UNITS; unit++) ck_assert_int_eq(toy.n_runs[unit], 1);
}

static const int thread_counts[] = {1, 2, 3, 8};
enum { N_THREAD_COUNTS = sizeof thread_counts / sizeof *thread_counts };

/* ---- to the end ---- */

START_TEST(every_unit_runs_once_on_any_number_of_threads)
{
    ck_assert_int_eq(run(thread_counts[_i]), HEBB_OK);
    assert_each_ran_once();
    ck_assert_uint_eq(count_right(), N_UNITS);
    ck_assert_int_eq(toy.n_done, N_UNITS);
    ck_assert_int_eq(toy.n_unit_threads, 1);
    ck_assert_int_eq(run(thread_counts[_i]), HEBB_OK); /* nothing is left to do */
    assert_each_ran_once();
}
END_TEST

START_TEST(a_shard_computes_its_own_units_alone_and_the_others_the_rest)
{
    manifest.n_shards = 3;
    for (manifest.shard = 1; manifest.shard <= 3; manifest.shard++) {
        ck_assert_int_eq(run(2), HEBB_OK);
        for (size_t unit = 0; unit < N_UNITS; unit++)
            ck_assert_int_eq(toy.n_runs[unit], unit % 3 < manifest.shard ? 1 : 0);
    }
    ck_assert_uint_eq(count_right(), N_UNITS);
}
END_TEST

START_TEST(fewer_units_than_threads_share_the_threads_out)
{
    manifest.n_shards = 100; /* two or three units each */
    for (manifest.shard = 1; manifest.shard <= 6; manifest.shard += 5) {
        const int n_units = (int)hebb_manifest_shard_units(&manifest);
        ck_assert_int_eq(run(8), HEBB_OK);
        ck_assert_int_eq(toy.n_unit_threads, 8 / n_units);
        ck_assert_int_le(toy.n_made, 8 / (8 / n_units));
        reset();
    }
}
END_TEST

/* ---- ends before the end ---- */

START_TEST(after_a_stop_the_rest_is_computed_and_nothing_twice)
{
    int n_done = 0;
    for (int stop = 1; n_done < N_UNITS; stop = 2 * stop + 1) {
        toy.stop_after = n_done + stop;
        ck_assert_int_eq(run(thread_counts[_i]), HEBB_OK);
        const int expected = stop < N_UNITS - n_done ? n_done + stop : N_UNITS;
        ck_assert_int_ge(toy.n_done, expected); /* how many are in flight with several threads, nobody knows */
        if (thread_counts[_i] == 1) ck_assert_int_eq(toy.n_done, expected);
        ck_assert_uint_eq(count_right(), (size_t)toy.n_done);
        n_done = toy.n_done;
        hebb_stop_clear();
    }
    assert_each_ran_once();
}
END_TEST

START_TEST(a_stop_before_the_beginning_computes_nothing)
{
    hebb_stop_after(0.0);
    ck_assert_int_eq(run(2), HEBB_OK);
    ck_assert_int_eq(toy.n_done, 0);
    ck_assert_uint_eq(count_right(), 0);
    ck_assert_str_eq(hebb_stop_reason(), "the time limit");
}
END_TEST

START_TEST(a_failure_is_returned_and_what_was_finished_is_kept)
{
    toy.failing = 100;
    ck_assert_int_eq(run(thread_counts[_i]), HEBB_EINTERNAL);
    ck_assert_str_eq(hebb_diagnostic(), "unit 100 has failed");
    if (thread_counts[_i] == 1) ck_assert_int_eq(toy.n_done, 100); /* nothing is begun after it */
    ck_assert_uint_eq(count_right(), (size_t)toy.n_done);
    toy.failing = -1;
    toy.n_runs[100]--;
    ck_assert_int_eq(run(thread_counts[_i]), HEBB_OK);
    assert_each_ran_once();
    ck_assert_uint_eq(count_right(), N_UNITS);
}
END_TEST

START_TEST(a_unit_that_is_saved_half_way_is_not_done_and_goes_on_later)
{
    const char *path = scratch_path("unit-60.checkpoint");
    toy.half_way = 60;
    ck_assert_int_eq(run(thread_counts[_i]), HEBB_OK);
    ck_assert_int_eq(access(path, F_OK), 0);
    ck_assert_uint_lt(count_right(), N_UNITS);
    hebb_stop_clear();
    ck_assert_int_eq(run(thread_counts[_i]), HEBB_OK);
    ck_assert_int_ne(access(scratch_path("unit-60.checkpoint"), F_OK), 0);
    ck_assert_int_eq(toy.n_runs[60], 2);
    ck_assert_uint_eq(count_right(), N_UNITS);
}
END_TEST

START_TEST(a_unit_that_cannot_be_kept_is_not_done_and_its_checkpoint_stays)
{
    toy.half_way = 60;
    ck_assert_int_eq(run(1), HEBB_OK);
    ck_assert_int_eq(toy.n_done, 60);
    hebb_stop_clear();
    toy.no_sync = true;
    toy.interval = 0.0;
    assert_refused(run(1), HEBB_EIO, scratch_folder, "journal: cannot be synced");
    ck_assert_int_eq(toy.n_runs[60], 2);
    ck_assert_int_eq(toy.n_runs[61], 0);
    ck_assert_int_eq(toy.n_done, 60);
    ck_assert_int_eq(access(scratch_path("unit-60.checkpoint"), F_OK), 0);
}
END_TEST

START_TEST(a_journal_that_may_not_be_on_the_disk_at_the_end_is_a_failure)
{
    toy.stop_after = 1;
    ck_assert_int_eq(run(1), HEBB_OK);
    hebb_stop_clear();
    toy.no_sync = true;
    assert_refused(run(thread_counts[_i]), HEBB_EIO, scratch_folder, "journal: cannot be synced");
    ck_assert_int_eq(toy.n_done, N_UNITS);
}
END_TEST

START_TEST(without_a_workspace_it_fails_and_nobody_waits)
{
    toy.no_workspace = true;
    ck_assert_int_eq(run(thread_counts[_i]), HEBB_ENOMEM);
    ck_assert_str_eq(hebb_diagnostic(), "no room for the toy");
    ck_assert_uint_eq(count_right(), 0);
}
END_TEST

START_TEST(without_a_folder_it_fails_before_any_unit)
{
    char folder[600];
    snprintf(folder, sizeof folder, "%s", scratch_path("missing"));
    const hebb_ensemble ensemble = {.folder = folder, .manifest = &manifest, .team = &hebb_team_alone, .n_threads = 2};
    hebb_units units;
    ck_assert_int_eq(hebb_units_init(&units, N_UNITS), HEBB_OK);
    assert_refused(hebb_ensemble_run(&ensemble, &units, &work), HEBB_EIO, folder, "No such file");
    ck_assert_int_eq(toy.n_made, 0);
    hebb_units_free(&units);
}
END_TEST

/* ---- what is in the folder ---- */

START_TEST(damaged_units_are_computed_again)
{
    hebb_units units;
    hebb_journal_report report;
    ck_assert_int_eq(run(2), HEBB_OK);
    FILE *file = fopen(scratch_path("journal"), "r+b");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fseek(file, 56 + 10 * (16 + 8 * N_NUMBERS) + 9, SEEK_SET), 0);
    ck_assert_int_eq(fputc(0x55, file), 0x55);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(hebb_ensemble_survey(scratch_folder, &manifest, &units, &report), HEBB_OK);
    ck_assert_uint_eq(report.n_damaged, 1);
    ck_assert_uint_eq(units.n_done, N_UNITS - 1);
    hebb_units_free(&units);
    ck_assert_uint_eq(count_right(), N_UNITS - 1);
    ck_assert_int_eq(run(2), HEBB_OK);
    ck_assert_int_eq(toy.n_done, N_UNITS + 1);
    ck_assert_uint_eq(count_right(), N_UNITS);
}
END_TEST

/* A rank's journal in which the units below n have the toy's numbers, times the factor. */
static void write_rank(int rank, size_t n, double factor)
{
    const hebb_journal_kind kind = hebb_manifest_journals(&manifest);
    hebb_journal journal;
    char *path = hebb_journals_path(scratch_folder, rank);
    ck_assert_int_eq(hebb_journal_open(&journal, path, &kind, HUGE_VAL), HEBB_OK);
    for (size_t unit = 0; unit < n; unit++) {
        double numbers[N_NUMBERS];
        for (size_t k = 0; k < N_NUMBERS; k++) numbers[k] = factor * number_of(unit, k);
        ck_assert_int_eq(hebb_journal_add(&journal, unit, numbers), HEBB_OK);
    }
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
    free(path);
}

START_TEST(units_of_other_ranks_journals_count_and_may_be_there_twice)
{
    write_rank(3, 20, 1.0);
    write_rank(11, 30, 1.0);
    ck_assert_uint_eq(count_right(), 30);
}
END_TEST

START_TEST(two_different_results_of_one_unit_are_refused)
{
    static double numbers[N_UNITS * N_NUMBERS];
    hebb_units units;
    write_rank(0, 5, 1.0);
    write_rank(1, 1, nextafter(1.0, 2.0)); /* unit 0: its number 1 differs in the last bit */
    assert_refused(hebb_ensemble_collect(scratch_folder, &manifest, numbers, &units), HEBB_EDATA, scratch_folder,
                   ": unit 0 has a different result");
    hebb_units_free(&units);
}
END_TEST

START_TEST(clearing_takes_journals_and_checkpoints_and_is_refused_while_one_is_at_work)
{
    const hebb_journal_kind kind = hebb_manifest_journals(&manifest);
    hebb_journal busy;
    write_rank(0, 5, 1.0);
    (void)scratch_write("unit-4.checkpoint", "x", 1);
    (void)scratch_write("journal.txt", "mine", 4);
    ck_assert_int_eq(hebb_journal_open(&busy, scratch_path("journal.2"), &kind, HUGE_VAL), HEBB_OK);
    ck_assert(hebb_ensemble_is_busy(scratch_folder));
    ck_assert_int_eq(hebb_ensemble_clear(scratch_folder), HEBB_EUSAGE);
    ck_assert_int_eq(access(scratch_path("journal.2"), F_OK), 0);
    ck_assert_int_eq(access(scratch_path("unit-4.checkpoint"), F_OK), 0);
    ck_assert_uint_eq(count_right(), 5);
    ck_assert_int_eq(hebb_journal_close(&busy), HEBB_OK);
    ck_assert(!hebb_ensemble_is_busy(scratch_folder));
    ck_assert_int_eq(hebb_ensemble_clear(scratch_folder), HEBB_OK);
    static const char *const gone[] = {"journal", "journal.2", "unit-4.checkpoint"};
    for (size_t k = 0; k < 3; k++) ck_assert_int_ne(access(scratch_path(gone[k]), F_OK), 0);
    ck_assert_int_eq(access(scratch_path("journal.txt"), F_OK), 0);
    ck_assert_int_eq(hebb_ensemble_clear(scratch_path("missing")), HEBB_OK);
}
END_TEST

/* ---- a team of two whose ranks run one after the other ---- */

static size_t told;

static hebb_status agree(hebb_status status)
{
    return status;
}

static size_t tell(size_t n)
{
    return n > 0 ? (told = n) : told;
}

static int rank_at_work;

/* Units of rank 0 are even, of rank 1 odd. */
static hebb_status hand_out(hebb_deal *deal, hebb_queue *queue, int n_threads)
{
    (void)deal;
    ck_assert_int_eq(n_threads, 2);
    for (size_t unit = (size_t)rank_at_work; unit < N_UNITS && !hebb_stop_is_requested(); unit += 2)
        hebb_queue_put(queue, 1, &unit);
    hebb_queue_close(queue);
    return HEBB_OK;
}

START_TEST(ranks_keep_journals_of_their_own_that_are_read_together)
{
    for (rank_at_work = 0; rank_at_work < 2; rank_at_work++) {
        const hebb_team team = {.rank = rank_at_work, .size = 2, .agree = agree, .tell = tell, .hand_out = hand_out};
        ck_assert_int_eq(run_by(&team, 2), HEBB_OK);
    }
    ck_assert_int_eq(access(scratch_path("journal"), F_OK), 0);
    ck_assert_int_eq(access(scratch_path("journal.1"), F_OK), 0);
    assert_each_ran_once();
    ck_assert_uint_eq(count_right(), N_UNITS);
    ck_assert_int_eq(run(2), HEBB_OK); /* and what they left is done for one process as well */
    assert_each_ran_once();
}
END_TEST

static TCase *add_case(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);
    tcase_add_checked_fixture(tcase, begin, end);
    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("ensemble");
    TCase *whole = add_case(suite, "to the end");
    tcase_add_loop_test(whole, every_unit_runs_once_on_any_number_of_threads, 0, N_THREAD_COUNTS);
    tcase_add_test(whole, a_shard_computes_its_own_units_alone_and_the_others_the_rest);
    tcase_add_test(whole, fewer_units_than_threads_share_the_threads_out);
    TCase *before = add_case(suite, "before the end");
    tcase_add_loop_test(before, after_a_stop_the_rest_is_computed_and_nothing_twice, 0, N_THREAD_COUNTS);
    tcase_add_test(before, a_stop_before_the_beginning_computes_nothing);
    tcase_add_loop_test(before, a_failure_is_returned_and_what_was_finished_is_kept, 0, N_THREAD_COUNTS);
    tcase_add_loop_test(before, a_unit_that_is_saved_half_way_is_not_done_and_goes_on_later, 0, N_THREAD_COUNTS);
    tcase_add_test(before, a_unit_that_cannot_be_kept_is_not_done_and_its_checkpoint_stays);
    tcase_add_loop_test(before, a_journal_that_may_not_be_on_the_disk_at_the_end_is_a_failure, 0, N_THREAD_COUNTS);
    tcase_add_loop_test(before, without_a_workspace_it_fails_and_nobody_waits, 0, N_THREAD_COUNTS);
    tcase_add_test(before, without_a_folder_it_fails_before_any_unit);
    TCase *folder = add_case(suite, "the folder");
    tcase_add_test(folder, damaged_units_are_computed_again);
    tcase_add_test(folder, units_of_other_ranks_journals_count_and_may_be_there_twice);
    tcase_add_test(folder, two_different_results_of_one_unit_are_refused);
    tcase_add_test(folder, clearing_takes_journals_and_checkpoints_and_is_refused_while_one_is_at_work);
    TCase *team = add_case(suite, "team");
    tcase_add_test(team, ranks_keep_journals_of_their_own_that_are_read_together);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
