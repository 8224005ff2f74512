/* queue: units leave in the order they came, each once, and nobody waits for one that is not coming. */
#include <check.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "queue.h"

START_TEST(units_leave_in_the_order_they_came_also_around_the_ring)
{
    hebb_queue queue;
    size_t next = 0, expected = 0, unit;
    ck_assert_int_eq(hebb_queue_init(&queue, 5), HEBB_OK);
    for (int round = 0; round < 20; round++) {
        const size_t units[] = {next, next + 1, next + 2};
        hebb_queue_put(&queue, 3, units);
        next += 3;
        for (int k = 0; k < 3; k++) {
            ck_assert(hebb_queue_take(&queue, &unit));
            ck_assert_uint_eq(unit, expected++);
        }
    }
    hebb_queue_free(&queue);
}
END_TEST

START_TEST(a_closed_one_is_emptied_and_then_over)
{
    static const size_t units[] = {3, 1, 2};
    hebb_queue queue;
    size_t unit = 99;
    ck_assert_int_eq(hebb_queue_init(&queue, 3), HEBB_OK);
    hebb_queue_put(&queue, 3, units);
    hebb_queue_close(&queue);
    for (size_t k = 0; k < 3; k++) {
        ck_assert(hebb_queue_take(&queue, &unit));
        ck_assert_uint_eq(unit, units[k]);
    }
    ck_assert(!hebb_queue_take(&queue, &unit));
    ck_assert_uint_eq(unit, 2);
    hebb_queue_free(&queue);
    hebb_queue_free(&queue);
}
END_TEST

START_TEST(one_is_over_when_its_last_unit_is_taken_and_its_last_thread_gone)
{
    static const size_t only = 3;
    hebb_queue queue;
    size_t unit;
    ck_assert_int_eq(hebb_queue_init(&queue, 1), HEBB_OK);
    for (int k = 0; k < 2; k++) hebb_queue_join(&queue);
    hebb_queue_put(&queue, 1, &only);
    hebb_queue_leave(&queue);
    ck_assert(hebb_queue_take(&queue, &unit));
    ck_assert(!hebb_queue_look(&queue).is_over); /* more may be put */
    hebb_queue_close(&queue);
    ck_assert(!hebb_queue_look(&queue).is_over); /* a thread is at work */
    ck_assert_uint_eq(hebb_queue_look(&queue).n_members, 1);
    hebb_queue_leave(&queue);
    ck_assert(hebb_queue_look(&queue).is_over);
    hebb_queue_free(&queue);
}
END_TEST

START_TEST(a_dropped_one_is_over_at_once)
{
    static const size_t units[] = {3, 1, 2};
    hebb_queue queue;
    size_t unit;
    ck_assert_int_eq(hebb_queue_init(&queue, 3), HEBB_OK);
    hebb_queue_put(&queue, 3, units);
    ck_assert(hebb_queue_take(&queue, &unit));
    hebb_queue_drop(&queue);
    ck_assert(!hebb_queue_take(&queue, &unit));
    hebb_queue_close(&queue);
    ck_assert(!hebb_queue_take(&queue, &unit));
    hebb_queue_free(&queue);
}
END_TEST

START_TEST(one_without_room_is_over_when_it_is_closed)
{
    hebb_queue queue;
    size_t unit;
    ck_assert_int_eq(hebb_queue_init(&queue, 0), HEBB_OK);
    hebb_queue_put(&queue, 0, NULL);
    hebb_queue_close(&queue);
    ck_assert(!hebb_queue_take(&queue, &unit));
    hebb_queue_free(&queue);
}
END_TEST

enum { N_UNITS = 20000, N_TAKERS = 4 };

static hebb_queue shared;
static atomic_int n_of[N_UNITS], n_waiting;

static void *take_all(void *unused)
{
    size_t unit;
    n_waiting++;
    while (hebb_queue_take(&shared, &unit)) n_of[unit]++;
    return unused;
}

static void start(pthread_t threads[N_TAKERS])
{
    for (int k = 0; k < N_TAKERS; k++) ck_assert_int_eq(pthread_create(&threads[k], NULL, take_all, NULL), 0);
}

static void join(const pthread_t threads[N_TAKERS])
{
    for (int k = 0; k < N_TAKERS; k++) ck_assert_int_eq(pthread_join(threads[k], NULL), 0);
}

START_TEST(many_threads_take_each_unit_once)
{
    pthread_t threads[N_TAKERS];
    ck_assert_int_eq(hebb_queue_init(&shared, N_UNITS), HEBB_OK);
    start(threads);
    for (size_t unit = 0; unit < N_UNITS; unit++) hebb_queue_put(&shared, 1, &unit);
    hebb_queue_close(&shared);
    join(threads);
    for (size_t unit = 0; unit < N_UNITS; unit++) ck_assert_int_eq(n_of[unit], 1);
    hebb_queue_free(&shared);
}
END_TEST

START_TEST(threads_that_wait_are_woken_when_it_is_dropped)
{
    pthread_t threads[N_TAKERS];
    ck_assert_int_eq(hebb_queue_init(&shared, N_UNITS), HEBB_OK);
    start(threads);
    while (n_waiting < N_TAKERS) (void)sched_yield();
    hebb_queue_drop(&shared);
    join(threads); /* or the test runs out of time */
    hebb_queue_free(&shared);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("queue");
    TCase *tcase = tcase_create("queue");
    tcase_add_test(tcase, units_leave_in_the_order_they_came_also_around_the_ring);
    tcase_add_test(tcase, a_closed_one_is_emptied_and_then_over);
    tcase_add_test(tcase, one_is_over_when_its_last_unit_is_taken_and_its_last_thread_gone);
    tcase_add_test(tcase, a_dropped_one_is_over_at_once);
    tcase_add_test(tcase, one_without_room_is_over_when_it_is_closed);
    tcase_add_test(tcase, many_threads_take_each_unit_once);
    tcase_add_test(tcase, threads_that_wait_are_woken_when_it_is_dropped);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
