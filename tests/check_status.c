/* status: the sentence that waits in its thread until somebody prints it. */
#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "status.h"

START_TEST(every_status_has_words_of_its_own)
{
    for (int a = HEBB_EINTERNAL; a <= HEBB_OK; a++) {
        ck_assert_str_ne(hebb_status_text((hebb_status)a), hebb_status_text((hebb_status)(HEBB_EINTERNAL - 1)));
        for (int b = HEBB_EINTERNAL; b < a; b++)
            ck_assert_str_ne(hebb_status_text((hebb_status)a), hebb_status_text((hebb_status)b));
    }
    ck_assert_str_eq(hebb_status_text(HEBB_OK), "ok");
    ck_assert_str_eq(hebb_status_text((hebb_status)1), "unknown status");
}
END_TEST

START_TEST(success_is_zero_and_failures_are_negative)
{
    ck_assert_int_eq(HEBB_OK, 0);
    static const hebb_status failures[] = {HEBB_EUSAGE, HEBB_EDOM,    HEBB_EDATA,       HEBB_ENOINPUT, HEBB_ENOMEM,
                                           HEBB_EIO,    HEBB_ENOCONV, HEBB_ENOSOLUTION, HEBB_EINTERNAL};
    for (size_t k = 0; k < sizeof failures / sizeof *failures; k++) ck_assert_int_lt(failures[k], 0);
}
END_TEST

START_TEST(a_refusal_returns_its_status_and_leaves_its_sentence)
{
    ck_assert_str_eq(hebb_diagnostic(), "");
    ck_assert_int_eq(hebb_fail(HEBB_EDATA, "%s:%d: %g", "a.csv", 3, 0.5), HEBB_EDATA);
    ck_assert_str_eq(hebb_diagnostic(), "a.csv:3: 0.5");
    ck_assert_int_eq(hebb_fail(HEBB_EIO, "later"), HEBB_EIO);
    ck_assert_str_eq(hebb_diagnostic(), "later");
    hebb_diagnostic_clear();
    ck_assert_str_eq(hebb_diagnostic(), "");
}
END_TEST

START_TEST(a_sentence_is_cut_at_1023_bytes)
{
    enum { LONGEST = 1023 };
    char text[2 * LONGEST];
    memset(text, 'x', sizeof text - 1);
    text[LONGEST - 1] = 'y';
    text[sizeof text - 1] = '\0';
    ck_assert_int_eq(hebb_fail(HEBB_EDOM, "%s", text), HEBB_EDOM);
    ck_assert_uint_eq(strlen(hebb_diagnostic()), LONGEST);
    ck_assert_int_eq(hebb_diagnostic()[LONGEST - 1], 'y');
}
END_TEST

START_TEST(what_a_terminal_obeys_is_replaced_in_a_sentence)
{
    (void)hebb_fail(HEBB_EDATA, "%s: 'al\033[31mpha\177'\n%c\t", "a\rb.conf", 0x1f);
    ck_assert_str_eq(hebb_diagnostic(), "a?b.conf: 'al?[31mpha?'???");
    (void)hebb_fail(HEBB_EDATA, "\302\23331m \302\200\302\237"); /* U+009B opens a sequence as ESC [ does */
    ck_assert_str_eq(hebb_diagnostic(), "\?\?31m \?\?\?\?");
    (void)hebb_fail(HEBB_EDATA, "~ \316\261 \302\253"); /* letters beyond ASCII stay */
    ck_assert_str_eq(hebb_diagnostic(), "~ \316\261 \302\253");
}
END_TEST

static void *fail_elsewhere(void *was_empty)
{
    *(int *)was_empty = hebb_diagnostic()[0] == '\0';
    (void)hebb_fail(HEBB_EIO, "of the other thread");
    return NULL;
}

START_TEST(each_thread_has_a_sentence_of_its_own)
{
    pthread_t thread;
    int was_empty = 0;
    (void)hebb_fail(HEBB_EDOM, "of this thread");
    ck_assert_int_eq(pthread_create(&thread, NULL, fail_elsewhere, &was_empty), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_int_eq(was_empty, 1);
    ck_assert_str_eq(hebb_diagnostic(), "of this thread");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("status");
    TCase *sentences = tcase_create("sentences");
    tcase_add_test(sentences, every_status_has_words_of_its_own);
    tcase_add_test(sentences, success_is_zero_and_failures_are_negative);
    tcase_add_test(sentences, a_refusal_returns_its_status_and_leaves_its_sentence);
    tcase_add_test(sentences, a_sentence_is_cut_at_1023_bytes);
    tcase_add_test(sentences, what_a_terminal_obeys_is_replaced_in_a_sentence);
    tcase_add_test(sentences, each_thread_has_a_sentence_of_its_own);
    suite_add_tcase(suite, sentences);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
