/* memory: there is some, little is granted, and what is refused is refused with the numbers. */
#include <check.h>
#include <float.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
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
    const locale_t before = hebb_c_locale_enter(); /* sscanf is the test's */
    const int n_read = sscanf(sentence, "patterns: %lg GiB for each of %d threads is %lg GiB, and %lg GiB may be had",
                              &each, &n_workers, &wanted, &left);
    hebb_c_locale_leave(before);
    ck_assert_int_eq(n_read, 4);
    ck_assert(each == 1.07e9); /* 2^30 GiB to three digits */
    ck_assert_int_eq(n_workers, 4);
    ck_assert(wanted == 4.29e9);
    ck_assert(left > 0.0 && left < wanted);
    ck_assert_ptr_nonnull(strstr(sentence, "; use fewer --threads or a smaller system"));
    ck_assert_int_eq(hebb_memory_check("patterns", 0x1p60, 1), HEBB_ENOMEM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "each of 1 thread is 1.07e+09 GiB"));
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), " may be had; use a smaller system"));
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

/* Check runs each test in a process of its own: the limit does not outlive it. */
START_TEST(a_limit_is_kept)
{
    ck_assert_int_eq(hebb_memory_limit("1.5K"), HEBB_OK);
    ck_assert_uint_eq(hebb_memory_available(), 1536);
    ck_assert_int_eq(hebb_memory_check("a page", 1024.0, 1), HEBB_OK);
    ck_assert_int_eq(hebb_memory_check("two pages", 1024.0, 2), HEBB_ENOMEM);
    ck_assert_int_eq(hebb_memory_limit("2"), HEBB_OK);
    ck_assert_uint_eq(hebb_memory_available(), 2);
    ck_assert_int_eq(hebb_memory_limit("3M"), HEBB_OK);
    ck_assert_uint_eq(hebb_memory_available(), 3 << 20);
}
END_TEST

START_TEST(a_limit_above_what_there_is_grants_nothing_more)
{
    ck_assert_int_eq(hebb_memory_limit("1e30T"), HEBB_OK);
    ck_assert_int_eq(hebb_memory_check("patterns", 0x1p60, 4), HEBB_ENOMEM);
}
END_TEST

START_TEST(what_is_no_amount_is_refused)
{
    static const char *const texts[] = {"", "G", "x", "1X", "1GG", "1 G", "G1", "1g", "0x10", "1iB"};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        ck_assert_int_eq(hebb_memory_limit(texts[k]), HEBB_EUSAGE);
    static const char *const amounts[] = {"0", "nan", "inf", "-inf", "1e400", "infG"};
    for (size_t k = 0; k < sizeof amounts / sizeof *amounts; k++)
        ck_assert_int_eq(hebb_memory_limit(amounts[k]), HEBB_EDOM);
    ck_assert_int_eq(hebb_memory_limit("-1G"), HEBB_EDOM);
    ck_assert_int_eq(hebb_memory_limit("0.5"), HEBB_EDOM);
    char longest[200];
    memset(longest, '1', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    ck_assert_int_eq(hebb_memory_limit(longest), HEBB_EUSAGE);
}
END_TEST

START_TEST(amounts_are_written_in_the_unit_that_fits)
{
    static const struct {
        double bytes;
        const char *text;
    } amounts[] = {
        {0.0, "0 B"}, {1023.0, "1.02e+03 B"}, {1024.0, "1 KiB"}, {0x1.8p20, "1.5 MiB"}, {0x1p60, "1.07e+09 GiB"}};
    char text[HEBB_MEMORY_LENGTH];
    for (size_t k = 0; k < sizeof amounts / sizeof *amounts; k++)
        ck_assert_str_eq(hebb_memory_format(amounts[k].bytes, text), amounts[k].text);
}
END_TEST

START_TEST(zeroed_memory_is_zero_and_aligned)
{
    static const size_t sizes[] = {0, 1, 63, 64, 65, 100000, 9000001};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        unsigned char *memory = hebb_memory_zeroed(sizes[k]);
        ck_assert_ptr_nonnull(memory);
        ck_assert_uint_eq((uintptr_t)memory % 64, 0);
        size_t n_set = 0;
        for (size_t i = 0; i < sizes[k]; i++) n_set += memory[i] != 0;
        ck_assert_uint_eq(n_set, 0);
        memset(memory, 1, sizes[k]);
        free(memory);
    }
    ck_assert_ptr_null(hebb_memory_zeroed(SIZE_MAX));
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
    tcase_add_test(available, a_limit_is_kept);
    tcase_add_test(available, a_limit_above_what_there_is_grants_nothing_more);
    tcase_add_test(available, what_is_no_amount_is_refused);
    tcase_add_test(available, amounts_are_written_in_the_unit_that_fits);
    tcase_add_test(available, zeroed_memory_is_zero_and_aligned);
    suite_add_tcase(suite, available);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
