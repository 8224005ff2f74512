/* journal: when it is brought to the disk, and that it says where that fails. */
#include <errno.h>
#include <math.h>

#include "journal.h"
#include "scratch.h"

/* ---- fsync in place of libc's: noted, and failing on demand ---- */

static char calls[64], failing; /* F: a file, D: a folder */
static int reason;

int fsync(int descriptor)
{
    struct stat info;
    ck_assert_int_eq(fstat(descriptor, &info), 0);
    const char call = S_ISDIR(info.st_mode) ? 'D' : 'F';
    const size_t n = strlen(calls);
    ck_assert_uint_lt(n + 1, sizeof calls);
    calls[n] = call;
    if (call != failing) return 0;
    errno = reason;
    return -1;
}

static void assert_synced(const char *want)
{
    ck_assert_str_eq(calls, want);
    memset(calls, 0, sizeof calls);
}

/* ---- a journal of one number a unit ---- */

static hebb_status open_journal(hebb_journal *journal, double interval)
{
    const hebb_journal_kind kind = {hebb_fingerprint_of(5, "study"), 9, 1};
    return hebb_journal_open(journal, scratch_path("journal"), &kind, interval);
}

static hebb_status add(hebb_journal *journal, uint64_t unit)
{
    const double number = 0.5;
    return hebb_journal_add(journal, unit, &number);
}

/* One that is there already. */
static void make_journal(void)
{
    hebb_journal journal;
    ck_assert_int_eq(open_journal(&journal, HUGE_VAL), HEBB_OK);
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
    assert_synced("FDF");
}

static void fail_from_now_on(char call, int why)
{
    failing = call;
    reason = why;
}

START_TEST(a_new_one_is_synced_with_its_name_and_at_its_end)
{
    hebb_journal journal;
    ck_assert_int_eq(open_journal(&journal, HUGE_VAL), HEBB_OK);
    assert_synced("FD");
    for (uint64_t unit = 0; unit < 3; unit++) ck_assert_int_eq(add(&journal, unit), HEBB_OK);
    assert_synced("");
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
    assert_synced("F");
    ck_assert_int_eq(open_journal(&journal, HUGE_VAL), HEBB_OK); /* nothing of it is new */
    assert_synced("");
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
    assert_synced("F");
}
END_TEST

START_TEST(without_an_interval_each_record_is_synced)
{
    hebb_journal journal;
    make_journal();
    ck_assert_int_eq(open_journal(&journal, 0.0), HEBB_OK);
    for (uint64_t unit = 0; unit < 3; unit++) {
        ck_assert_int_eq(add(&journal, unit), HEBB_OK);
        assert_synced("F");
    }
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
}
END_TEST

START_TEST(an_interval_begins_with_the_last_sync)
{
    hebb_journal journal;
    make_journal();
    ck_assert_int_eq(open_journal(&journal, 1000.0), HEBB_OK);
    ck_assert_int_eq(add(&journal, 0), HEBB_OK);
    assert_synced("");
    journal.synced -= 2000.0;
    ck_assert_int_eq(add(&journal, 1), HEBB_OK);
    assert_synced("F");
    ck_assert_int_eq(add(&journal, 2), HEBB_OK);
    assert_synced("");
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
}
END_TEST

START_TEST(a_new_one_that_cannot_be_synced_is_refused)
{
    hebb_journal journal;
    char path[600];
    snprintf(path, sizeof path, "%s", scratch_path("journal"));
    fail_from_now_on("FD"[_i], EIO);
    assert_refused(open_journal(&journal, HUGE_VAL), HEBB_EIO, path, "cannot be synced");
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
}
END_TEST

START_TEST(a_record_that_cannot_be_synced_is_told_and_no_other_follows)
{
    hebb_journal journal;
    char path[600];
    snprintf(path, sizeof path, "%s", scratch_path("journal"));
    make_journal();
    ck_assert_int_eq(open_journal(&journal, 0.0), HEBB_OK);
    fail_from_now_on('F', EIO);
    assert_refused(add(&journal, 0), HEBB_EIO, path, "cannot be synced");
    failing = 0; /* what could not be synced may be lost all the same: the reason is not forgotten */
    assert_refused(add(&journal, 1), HEBB_EIO, path, "cannot be synced");
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
}
END_TEST

START_TEST(an_end_that_cannot_be_synced_is_told)
{
    hebb_journal journal;
    char path[600];
    snprintf(path, sizeof path, "%s", scratch_path("journal"));
    make_journal();
    ck_assert_int_eq(open_journal(&journal, HUGE_VAL), HEBB_OK);
    ck_assert_int_eq(add(&journal, 0), HEBB_OK);
    fail_from_now_on('F', ENOSPC);
    assert_refused(hebb_journal_close(&journal), HEBB_EIO, path, "cannot be synced");
}
END_TEST

/* A pipe, a file system that is read alone: fsync has nothing to say of them. */
START_TEST(what_cannot_be_synced_at_all_is_none_the_worse)
{
    static const int reasons[] = {EINVAL, EROFS};
    hebb_journal journal;
    fail_from_now_on('F', reasons[_i]);
    ck_assert_int_eq(open_journal(&journal, 0.0), HEBB_OK);
    ck_assert_int_eq(add(&journal, 0), HEBB_OK);
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("journal_sync");
    TCase *tcase = tcase_create("journal_sync");
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_add_test(tcase, a_new_one_is_synced_with_its_name_and_at_its_end);
    tcase_add_test(tcase, without_an_interval_each_record_is_synced);
    tcase_add_test(tcase, an_interval_begins_with_the_last_sync);
    tcase_add_loop_test(tcase, a_new_one_that_cannot_be_synced_is_refused, 0, 2);
    tcase_add_test(tcase, a_record_that_cannot_be_synced_is_told_and_no_other_follows);
    tcase_add_test(tcase, an_end_that_cannot_be_synced_is_told);
    tcase_add_loop_test(tcase, what_cannot_be_synced_at_all_is_none_the_worse, 0, 2);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
