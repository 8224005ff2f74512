/* memory: there is some, little is granted, and what is refused is refused with the numbers. */
#include <check.h>
#include <float.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

START_TEST(there_is_memory)
{
    ck_assert_uint_gt(hebb_memory_available(), 1 << 20); /* less could not have started this */
}
END_TEST

START_TEST(what_is_small_is_granted)
{
    ck_assert_int_eq(hebb_memory_check("a thimble", 1.0, 1), HEBB_OK);
    ck_assert_int_eq(hebb_memory_check("thimbles", 1024.0, 64), HEBB_OK);
    ck_assert_int_eq(hebb_memory_check("nothing", 0.0, 64), HEBB_OK);
}
END_TEST

START_TEST(what_is_absurd_is_refused_with_both_numbers)
{
    if (hebb_memory_available() == SIZE_MAX) return; /* where the system does not tell, nothing is refused */
    double each, wanted, left;
    int n_workers;
    ck_assert_int_eq(hebb_memory_check("patterns", 0x1p60, 4), HEBB_ENOMEM);
    const char *sentence = hebb_diagnostic();
    ck_assert_int_eq(sscanf(sentence, "patterns: %lg GiB for each of %d threads is %lg GiB, and %lg GiB are free",
                            &each, &n_workers, &wanted, &left),
                     4);
    ck_assert(each == 1.07e9); /* 2^30 GiB to three digits */
    ck_assert_int_eq(n_workers, 4);
    ck_assert(wanted == 4.29e9);
    ck_assert(left > 0.0 && left < wanted);
    ck_assert_ptr_nonnull(strstr(sentence, "; use fewer --threads or a smaller system"));
    ck_assert_int_eq(hebb_memory_check("patterns", 0x1p60, 1), HEBB_ENOMEM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "each of 1 thread is 1.07e+09 GiB"));
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), " are free; use a smaller system"));
}
END_TEST

/* Each fits, together they do not; nor may a sum be lost where it overflows. */
START_TEST(workers_are_counted_together)
{
    const size_t available = hebb_memory_available();
    if (available == SIZE_MAX) return;
    ck_assert_int_eq(hebb_memory_check("a tenth", (double)available / 10.0, 1), HEBB_OK);
    ck_assert_int_eq(hebb_memory_check("ten tenths of ten", (double)available / 10.0, 100), HEBB_ENOMEM);
    ck_assert_int_eq(hebb_memory_check("too much to count", 0x1p64, 1), HEBB_ENOMEM);
    ck_assert_int_eq(hebb_memory_check("too much for a double", DBL_MAX, 2), HEBB_ENOMEM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory");
    TCase *available = tcase_create("available");
    tcase_add_test(available, there_is_memory);
    tcase_add_test(available, what_is_small_is_granted);
    tcase_add_test(available, what_is_absurd_is_refused_with_both_numbers);
    tcase_add_test(available, workers_are_counted_together);
    suite_add_tcase(suite, available);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
