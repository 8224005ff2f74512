/* team: the shares add up and shrink; the queue tells the one who brings units how its takers stand. */
#include <check.h>
#include <sched.h>
#include <stdlib.h>

#include "team.h"

START_TEST(shares_add_up_to_all_units_and_never_grow)
{
    const size_t askers[] = {1, 2, 7, 1000};
    for (size_t k = 0; k < sizeof askers / sizeof *askers; k++) {
        size_t last = HEBB_LARGEST_SHARE;
        for (size_t n_left = 1000000; n_left > 0; n_left -= last) {
            const size_t share = hebb_team_share(n_left, askers[k]);
            ck_assert_uint_ge(share, 1);
            ck_assert_uint_le(share, last);
            ck_assert_uint_le(share, n_left);
            last = share;
        }
    }
    ck_assert_uint_eq(hebb_team_share(0, 3), 0);
}
END_TEST

START_TEST(a_team_of_one_agrees_with_itself)
{
    ck_assert_int_eq(hebb_team_alone.agree(HEBB_EDATA), HEBB_EDATA);
    ck_assert_uint_eq(hebb_team_alone.tell(17), 17);
    ck_assert_int_eq(hebb_team_alone.n_neighbours, 1);
}
END_TEST

START_TEST(a_queue_is_over_when_no_unit_waits_and_nobody_is_there)
{
    const size_t units[] = {5, 6};
    size_t unit;
    hebb_queue queue;
    ck_assert_int_eq(hebb_queue_init(&queue, 2), HEBB_OK);
    ck_assert(!hebb_queue_look(&queue).is_over);
    hebb_queue_put(&queue, 2, units);
    hebb_queue_join(&queue);
    hebb_queue_close(&queue);
    ck_assert_uint_eq(hebb_queue_look(&queue).n, 2);
    ck_assert(hebb_queue_take(&queue, &unit) && hebb_queue_take(&queue, &unit));
    ck_assert(!hebb_queue_look(&queue).is_over);
    ck_assert_uint_eq(hebb_queue_look(&queue).n_members, 1);
    hebb_queue_leave(&queue);
    ck_assert(hebb_queue_look(&queue).is_over);
    ck_assert(!hebb_queue_look(&queue).is_dropped);
    hebb_queue_free(&queue);
}
END_TEST

START_TEST(a_queue_that_was_dropped_takes_no_more)
{
    const size_t units[] = {5, 6};
    size_t unit;
    hebb_queue queue;
    ck_assert_int_eq(hebb_queue_init(&queue, 2), HEBB_OK);
    hebb_queue_drop(&queue);
    hebb_queue_put(&queue, 2, units);
    ck_assert(hebb_queue_look(&queue).is_dropped);
    ck_assert(hebb_queue_look(&queue).is_over);
    ck_assert(!hebb_queue_take(&queue, &unit));
    hebb_queue_free(&queue);
}
END_TEST

static void *take_one(void *queue)
{
    size_t unit;
    (void)hebb_queue_take(queue, &unit);
    return NULL;
}

START_TEST(threads_that_wait_are_counted)
{
    pthread_t threads[3];
    const size_t unit = 1;
    hebb_queue queue;
    ck_assert_int_eq(hebb_queue_init(&queue, 4), HEBB_OK);
    for (int k = 0; k < 3; k++) ck_assert_int_eq(pthread_create(&threads[k], NULL, take_one, &queue), 0);
    while (hebb_queue_look(&queue).n_idle < 3) (void)sched_yield(); /* or the test runs out of time */
    hebb_queue_put(&queue, 1, &unit);
    while (hebb_queue_look(&queue).n_idle > 2) (void)sched_yield();
    hebb_queue_close(&queue);
    for (int k = 0; k < 3; k++) ck_assert_int_eq(pthread_join(threads[k], NULL), 0);
    ck_assert_uint_eq(hebb_queue_look(&queue).n_idle, 0);
    hebb_queue_free(&queue);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("team");
    TCase *tcase = tcase_create("team");
    tcase_add_test(tcase, shares_add_up_to_all_units_and_never_grow);
    tcase_add_test(tcase, a_team_of_one_agrees_with_itself);
    tcase_add_test(tcase, a_queue_is_over_when_no_unit_waits_and_nobody_is_there);
    tcase_add_test(tcase, a_queue_that_was_dropped_takes_no_more);
    tcase_add_test(tcase, threads_that_wait_are_counted);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
