/* stop: the first request stays, and a time limit is one. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "stop.h"

START_TEST(nobody_has_asked_at_first_and_after_clearing)
{
    ck_assert(!hebb_stop_is_requested());
    ck_assert_ptr_null(hebb_stop_reason());
    hebb_stop_request("SIGTERM");
    hebb_stop_after(0.0);
    hebb_stop_clear();
    ck_assert(!hebb_stop_is_requested());
    ck_assert_ptr_null(hebb_stop_reason());
}
END_TEST

START_TEST(the_first_request_stays)
{
    hebb_stop_request("SIGTERM");
    hebb_stop_request("SIGINT");
    hebb_stop_after(0.0);
    ck_assert(hebb_stop_is_requested());
    ck_assert_str_eq(hebb_stop_reason(), "SIGTERM");
}
END_TEST

START_TEST(a_time_limit_that_is_over_is_a_request)
{
    hebb_stop_after(3600.0);
    ck_assert(!hebb_stop_is_requested());
    hebb_stop_after(INFINITY);
    ck_assert(!hebb_stop_is_requested());
    hebb_stop_after(0.0);
    ck_assert(hebb_stop_is_requested());
    ck_assert_str_eq(hebb_stop_reason(), "the time limit");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stop");
    TCase *tcase = tcase_create("stop");
    tcase_add_checked_fixture(tcase, hebb_stop_clear, hebb_stop_clear);
    tcase_add_test(tcase, nobody_has_asked_at_first_and_after_clearing);
    tcase_add_test(tcase, the_first_request_stays);
    tcase_add_test(tcase, a_time_limit_that_is_over_is_a_request);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
