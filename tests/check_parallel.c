/* parallel: each unit once, the same for any number of threads, also when units fail. */
#include <check.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "parallel.h"
#include "philox.h"

static const int n_threads[] = {1, 2, 3, 7};
enum { N_COUNTS = sizeof n_threads / sizeof *n_threads, N_UNITS = 500 };

/* One thread's, and nobody else's. */
typedef struct {
    pthread_t owner;
    size_t n_units;
} room;

/* What the units write; shared numbers are counted by atomic operations. */
typedef struct {
    unsigned times[N_UNITS]; /* a unit has run */
    uint32_t result[N_UNITS];
    int n_asked, n_made, n_freed; /* workspaces */
    size_t n_in_rooms;            /* units that the workspaces saw */
    bool strangers;               /* a workspace was seen by two threads */
    bool no_room;                 /* a unit came without its workspace */
    size_t first_failure;         /* this unit fails and all after it */
    bool first_is_last;           /* to say that it failed */
    int n_after;                  /* those after it that have started */
    bool has_failed;
} tally;

static tally *shared; /* workspace_free is not told the context */

static void nap(long milliseconds)
{
    const struct timespec t = {0, milliseconds * 1000000};
    (void)nanosleep(&t, NULL);
}

static hebb_status make_room(void *context, void **workspace)
{
    tally *t = context;
    room *mine = calloc(1, sizeof *mine);
    if (mine == NULL) return HEBB_ENOMEM;
    mine->owner = pthread_self();
    *workspace = mine;
    __atomic_add_fetch(&t->n_made, 1, __ATOMIC_SEQ_CST);
    return HEBB_OK;
}

static void free_room(void *workspace)
{
    if (workspace == NULL) return;
    const room *mine = workspace;
    __atomic_add_fetch(&shared->n_in_rooms, mine->n_units, __ATOMIC_SEQ_CST);
    if (!pthread_equal(mine->owner, pthread_self())) shared->strangers = true;
    free(workspace);
    __atomic_add_fetch(&shared->n_freed, 1, __ATOMIC_SEQ_CST);
}

/* The first to fail waits for one behind it, not for ever; then either it or the others take longer to say so. */
static void arrange_failures(tally *t, size_t unit)
{
    if (unit > t->first_failure) __atomic_add_fetch(&t->n_after, 1, __ATOMIC_SEQ_CST);
    if (unit == t->first_failure)
        for (int k = 0; k < 20 && __atomic_load_n(&t->n_after, __ATOMIC_SEQ_CST) == 0; k++) nap(1);
    if ((unit == t->first_failure) == t->first_is_last) nap(5);
}

static hebb_status run_unit(void *context, void *workspace, size_t unit)
{
    tally *t = context;
    room *mine = workspace;
    hebb_stream stream;
    __atomic_add_fetch(&t->times[unit], 1, __ATOMIC_SEQ_CST);
    if (mine == NULL) {
        t->no_room = true;
    } else {
        if (!pthread_equal(mine->owner, pthread_self())) t->strangers = true;
        mine->n_units++;
    }
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_STATE, unit, 0), 0, 0);
    for (size_t k = 0; k <= unit % 7; k++) t->result[unit] = hebb_stream_u32(&stream);
    if (unit < t->first_failure) return HEBB_OK;
    arrange_failures(t, unit);
    return hebb_fail(unit == t->first_failure ? HEBB_EDATA : HEBB_EIO, "unit %zu is bad", unit);
}

static tally *make_tally(void)
{
    shared = calloc(1, sizeof *shared);
    ck_assert_ptr_nonnull(shared);
    shared->first_failure = SIZE_MAX;
    return shared;
}

static hebb_parallel_work work_of(tally *t)
{
    return (hebb_parallel_work){
        .context = t, .workspace_make = make_room, .workspace_free = free_room, .run = run_unit};
}

static void assert_rooms_are_gone(const tally *t, int threads)
{
    ck_assert_int_ge(t->n_made, 1);
    ck_assert_int_le(t->n_made, threads);
    ck_assert_int_eq(t->n_freed, t->n_made);
    ck_assert(!t->strangers && !t->no_room);
    size_t n = 0;
    for (size_t unit = 0; unit < N_UNITS; unit++) n += t->times[unit];
    ck_assert_uint_eq(t->n_in_rooms, n);
}

START_TEST(each_unit_runs_once_and_writes_the_same_for_any_number_of_threads)
{
    uint32_t want[N_UNITS] = {0};
    for (int c = 0; c < N_COUNTS; c++) {
        tally *t = make_tally();
        const hebb_parallel_work work = work_of(t);
        ck_assert_int_eq(hebb_parallel_run(&work, N_UNITS, n_threads[c]), HEBB_OK);
        for (size_t unit = 0; unit < N_UNITS; unit++) ck_assert_uint_eq(t->times[unit], 1);
        if (c == 0) memcpy(want, t->result, sizeof want);
        ck_assert_mem_eq(t->result, want, sizeof want);
        assert_rooms_are_gone(t, n_threads[c]);
        free(t);
    }
}
END_TEST

START_TEST(more_threads_than_units_do_no_harm)
{
    for (size_t n_units = 0; n_units < 4; n_units++) {
        tally *t = make_tally();
        const hebb_parallel_work work = work_of(t);
        ck_assert_int_eq(hebb_parallel_run(&work, n_units, 7), HEBB_OK);
        for (size_t unit = 0; unit < N_UNITS; unit++) ck_assert_uint_eq(t->times[unit], unit < n_units);
        assert_rooms_are_gone(t, 7);
        free(t);
    }
}
END_TEST

START_TEST(units_may_do_without_workspaces)
{
    tally *t = make_tally();
    const hebb_parallel_work work = {.context = t, .run = run_unit};
    ck_assert_int_eq(hebb_parallel_run(&work, N_UNITS, 3), HEBB_OK);
    for (size_t unit = 0; unit < N_UNITS; unit++) ck_assert_uint_eq(t->times[unit], 1);
    ck_assert(t->no_room);
    free(t);
}
END_TEST

START_TEST(there_are_processors)
{
    ck_assert_int_ge(hebb_parallel_processors(), 1);
}
END_TEST

/* ---- failures ---- */

static void assert_lowest_is_reported(size_t first_failure, bool first_is_last, int threads)
{
    char want[40];
    tally *t = make_tally();
    const hebb_parallel_work work = work_of(t);
    t->first_failure = first_failure;
    t->first_is_last = first_is_last;
    snprintf(want, sizeof want, "unit %zu is bad", first_failure);
    ck_assert_int_eq(hebb_parallel_run(&work, N_UNITS, threads), HEBB_EDATA);
    ck_assert_str_eq(hebb_diagnostic(), want);
    for (size_t unit = 0; unit <= first_failure; unit++) ck_assert_uint_eq(t->times[unit], 1);
    for (size_t unit = first_failure; unit < N_UNITS; unit++) /* each thread fails once and stops */
        ck_assert_uint_le(t->times[unit], unit < first_failure + (size_t)threads);
    assert_rooms_are_gone(t, threads);
    free(t);
}

START_TEST(the_lowest_unit_that_failed_is_reported_with_its_sentence)
{
    static const size_t first_failures[] = {0, 1, 41, N_UNITS - 1};
    for (int c = 0; c < N_COUNTS; c++)
        for (size_t f = 0; f < sizeof first_failures / sizeof *first_failures; f++) {
            assert_lowest_is_reported(first_failures[f], true, n_threads[c]);
            assert_lowest_is_reported(first_failures[f], false, n_threads[c]);
        }
}
END_TEST

/* Unit 0 fails, without a sentence; the others wait for that and take their time. */
static hebb_status fail_at_zero(void *context, void *workspace, size_t unit)
{
    tally *t = context;
    (void)workspace;
    __atomic_add_fetch(&t->times[unit], 1, __ATOMIC_SEQ_CST);
    if (unit == 0) {
        __atomic_store_n(&t->has_failed, true, __ATOMIC_SEQ_CST);
        return HEBB_ENOCONV;
    }
    while (!__atomic_load_n(&t->has_failed, __ATOMIC_SEQ_CST)) nap(1);
    nap(10);
    return HEBB_OK;
}

START_TEST(after_a_failure_no_further_unit_starts)
{
    for (int c = 0; c < N_COUNTS; c++) {
        tally *t = make_tally();
        const hebb_parallel_work work = {.context = t, .run = fail_at_zero};
        (void)hebb_fail(HEBB_EIO, "from before");
        ck_assert_int_eq(hebb_parallel_run(&work, N_UNITS, n_threads[c]), HEBB_ENOCONV);
        ck_assert_str_eq(hebb_diagnostic(), "");
        unsigned n_started = 0;
        for (size_t unit = 0; unit < N_UNITS; unit++) n_started += t->times[unit];
        /* Those under way, and some more where the thread that failed is kept from saying so. */
        ck_assert_uint_le(n_started, n_threads[c] == 1 ? 1 : N_UNITS / 2);
        free(t);
    }
}
END_TEST

static hebb_status refuse_all(void *context, void **workspace)
{
    (void)context;
    (void)workspace;
    return hebb_fail(HEBB_ENOMEM, "no room");
}

static hebb_status refuse_the_first(void *context, void **workspace)
{
    tally *t = context;
    const int n_asked = __atomic_add_fetch(&t->n_asked, 1, __ATOMIC_SEQ_CST);
    return n_asked == 1 ? refuse_all(context, workspace) : make_room(context, workspace);
}

START_TEST(a_thread_without_a_workspace_fails_the_run)
{
    for (int c = 0; c < N_COUNTS; c++) {
        tally *t = make_tally();
        const hebb_parallel_work work = {
            .context = t, .workspace_make = refuse_the_first, .workspace_free = free_room, .run = run_unit};
        ck_assert_int_eq(hebb_parallel_run(&work, N_UNITS, n_threads[c]), HEBB_ENOMEM);
        ck_assert_str_eq(hebb_diagnostic(), "no room");
        ck_assert_int_eq(t->n_made, t->n_asked - 1);
        ck_assert_int_eq(t->n_freed, t->n_made);
        ck_assert(!t->strangers && !t->no_room);
        free(t);
    }
}
END_TEST

START_TEST(without_any_workspace_no_unit_runs)
{
    for (int c = 0; c < N_COUNTS; c++) {
        tally *t = make_tally();
        const hebb_parallel_work work = {
            .context = t, .workspace_make = refuse_all, .workspace_free = free_room, .run = run_unit};
        ck_assert_int_eq(hebb_parallel_run(&work, N_UNITS, n_threads[c]), HEBB_ENOMEM);
        ck_assert_str_eq(hebb_diagnostic(), "no room");
        for (size_t unit = 0; unit < N_UNITS; unit++) ck_assert_uint_eq(t->times[unit], 0);
        ck_assert_int_eq(t->n_freed, 0);
        free(t);
    }
}
END_TEST

/* ---- threads that run together ---- */

static void count_unit(void *context, size_t unit)
{
    tally *t = context;
    __atomic_add_fetch(&t->times[unit], 1, __ATOMIC_SEQ_CST);
}

START_TEST(units_that_cannot_fail_run_once_each)
{
    for (int c = 0; c < N_COUNTS; c++)
        for (size_t n_units = 0; n_units <= N_UNITS; n_units += 1 + n_units * 3) {
            tally *t = make_tally();
            hebb_parallel_each(n_units, n_threads[c], count_unit, t);
            for (size_t unit = 0; unit < N_UNITS; unit++) ck_assert_uint_eq(t->times[unit], unit < n_units);
            free(t);
        }
}
END_TEST

/* Loops of three threads within units of a loop of five, which is done many times over. */
static void count_below(void *context, size_t unit)
{
    tally *const *t = context;
    hebb_parallel_each(N_UNITS, 3, count_unit, t[unit]);
}

START_TEST(loops_within_loops_run_each_unit_once)
{
    enum { LOOPS = 9, TIMES = 200 };
    tally *t[LOOPS];
    for (size_t k = 0; k < LOOPS; k++) t[k] = make_tally();
    for (int n = 0; n < TIMES; n++) hebb_parallel_each(LOOPS, 5, count_below, t);
    for (size_t k = 0; k < LOOPS; k++) {
        for (size_t unit = 0; unit < N_UNITS; unit++) ck_assert_uint_eq(t[k]->times[unit], TIMES);
        free(t[k]);
    }
}
END_TEST

static void count_late(void *context, size_t unit)
{
    nap(2);
    count_unit(context, unit);
}

/* Longer than a thread looks on: callers fall asleep, and helpers between the loops. */
START_TEST(a_loop_is_over_once_all_its_units_are_and_sleepers_come_back)
{
    enum { UNITS = 3, TIMES = 20 };
    tally *t = make_tally();
    for (unsigned n = 1; n <= TIMES; n++) {
        hebb_parallel_each(UNITS, UNITS, count_late, t);
        for (size_t unit = 0; unit < UNITS; unit++) ck_assert_uint_eq(t->times[unit], n);
        nap(1);
    }
    free(t);
}
END_TEST

enum { MOST = 7, N_ROUNDS = 1000 };

/* Threads that count each for itself, and look at all the others' counts after each meeting. */
typedef struct {
    int n_threads;
    hebb_parallel_meeting meeting;
    int n_calls[MOST];
    long count[MOST];
    long n_wrong;
} assembly;

static void count_together(void *context, int thread)
{
    assembly *all = context;
    __atomic_add_fetch(&all->n_calls[thread], 1, __ATOMIC_SEQ_CST);
    for (long round = 1; round <= N_ROUNDS; round++) {
        long sum = 0;
        if (round % 500 == thread) nap(1); /* some are late */
        all->count[thread] += thread + 1;
        hebb_parallel_meet(&all->meeting);
        for (int k = 0; k < all->n_threads; k++) sum += all->count[k];
        if (sum != round * all->n_threads * (all->n_threads + 1) / 2)
            __atomic_add_fetch(&all->n_wrong, 1, __ATOMIC_SEQ_CST);
        hebb_parallel_meet(&all->meeting);
    }
}

START_TEST(threads_run_at_the_same_time_and_nobody_leaves_a_meeting_before_all_have_come)
{
    for (int c = 0; c < N_COUNTS; c++) {
        assembly all = {.n_threads = n_threads[c]};
        hebb_parallel_meeting_init(&all.meeting, all.n_threads);
        const bool are_there = hebb_parallel_together(all.n_threads, count_together, &all);
#ifdef _OPENMP
        ck_assert(are_there);
#else
        ck_assert(are_there == (n_threads[c] == 1));
#endif
        ck_assert_int_eq(all.n_wrong, 0);
        for (int k = 0; k < MOST; k++) ck_assert_int_eq(all.n_calls[k], are_there && k < all.n_threads);
    }
}
END_TEST

static hebb_status ask_for_two(void *context, void *workspace, size_t unit)
{
    assembly all = {.n_threads = 2};
    (void)workspace;
    hebb_parallel_meeting_init(&all.meeting, 2);
    const bool are_there = hebb_parallel_together(2, count_together, &all);
    ((int *)context)[unit] = are_there ? all.n_calls[0] + all.n_calls[1] : -all.n_calls[0] - all.n_calls[1] - 1;
    return HEBB_OK;
}

START_TEST(where_they_are_not_to_be_had_nothing_runs)
{
    int n_calls[2] = {0, 0};
    const hebb_parallel_work work = {.context = n_calls, .run = ask_for_two};
    for (int n_levels = 1; n_levels <= 2; n_levels++) {
        bool are_to_be_had = false;
#ifdef _OPENMP
        omp_set_max_active_levels(n_levels);
        are_to_be_had = n_levels == 2;
#endif
        ck_assert_int_eq(hebb_parallel_run(&work, 2, 2), HEBB_OK);
        for (int unit = 0; unit < 2; unit++) ck_assert_int_eq(n_calls[unit], are_to_be_had ? 2 : -1);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("parallel");
    TCase *units = tcase_create("units");
    tcase_add_test(units, each_unit_runs_once_and_writes_the_same_for_any_number_of_threads);
    tcase_add_test(units, more_threads_than_units_do_no_harm);
    tcase_add_test(units, units_may_do_without_workspaces);
    tcase_add_test(units, there_are_processors);
    suite_add_tcase(suite, units);
    TCase *together = tcase_create("together");
    tcase_add_test(together, units_that_cannot_fail_run_once_each);
    tcase_add_test(together, a_loop_is_over_once_all_its_units_are_and_sleepers_come_back);
    tcase_add_test(together, loops_within_loops_run_each_unit_once);
    tcase_add_test(together, threads_run_at_the_same_time_and_nobody_leaves_a_meeting_before_all_have_come);
    tcase_add_test(together, where_they_are_not_to_be_had_nothing_runs);
    suite_add_tcase(suite, together);
    TCase *failures = tcase_create("failures");
    tcase_add_test(failures, the_lowest_unit_that_failed_is_reported_with_its_sentence);
    tcase_add_test(failures, after_a_failure_no_further_unit_starts);
    tcase_add_test(failures, a_thread_without_a_workspace_fails_the_run);
    tcase_add_test(failures, without_any_workspace_no_unit_runs);
    suite_add_tcase(suite, failures);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
