/* journal: several processes at it, disks that are full, and files that are none. */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "journal_study.h"

/* A process that holds the journal until it is killed, and has told so. */
static pid_t start_holder(const char *path)
{
    int ends[2];
    char byte;
    ck_assert_int_eq(pipe(ends), 0);
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        const hebb_journal_kind kind = make_kind();
        hebb_journal journal;
        double numbers[N_NUMBERS];
        true_numbers(5, numbers);
        if (hebb_journal_open(&journal, path, &kind, HUGE_VAL) != HEBB_OK ||
            hebb_journal_add(&journal, 5, numbers) != HEBB_OK || write(ends[1], "x", 1) != 1)
            _exit(1);
        for (;;) (void)pause();
    }
    ck_assert_int_eq(close(ends[1]), 0);
    ck_assert_int_eq(read(ends[0], &byte, 1), 1);
    ck_assert_int_eq(close(ends[0]), 0);
    return child;
}

START_TEST(a_second_writer_is_refused_until_the_first_one_is_gone_and_changes_nothing)
{
    unsigned char before[HEADER + RECORD], after[HEADER + RECORD];
    const char *path = scratch_path("journal");
    const hebb_journal_kind kind = make_kind();
    hebb_journal journal;
    readings r;
    const pid_t holder = start_holder(path);
    read_bytes(path, sizeof before, before);
    ck_assert(hebb_journal_is_busy(path));
    assert_refused(hebb_journal_open(&journal, path, &kind, HUGE_VAL), HEBB_EUSAGE, path,
                   ": another process is at work on this study");
    read_bytes(path, sizeof after, after);
    ck_assert_mem_eq(before, after, sizeof before);
    ck_assert_uint_eq(read_journal(path, &r).n_records, 1);
    ck_assert_int_eq(kill(holder, SIGKILL), 0);
    ck_assert_int_eq(waitpid(holder, NULL, 0), holder);
    ck_assert(!hebb_journal_is_busy(path));
    complete(path, &r);
}
END_TEST

START_TEST(two_writers_in_one_process_are_refused_as_well)
{
    const hebb_journal_kind kind = make_kind();
    const char *path = scratch_path("journal");
    hebb_journal first = open_journal(path), second;
    ck_assert(hebb_journal_is_busy(path));
    assert_refused(hebb_journal_open(&second, path, &kind, HUGE_VAL), HEBB_EUSAGE, path, ": another process");
    add(&first, 0); /* the refused one took no lock away */
    ck_assert(hebb_journal_is_busy(path));
    ck_assert_int_eq(hebb_journal_close(&first), HEBB_OK);
    ck_assert(!hebb_journal_is_busy(path));
}
END_TEST

/* In a process whose files may not grow beyond two records and `extra` bytes; its exit status is the step that failed. */
static int add_beyond_the_limit(const char *path, size_t extra)
{
    const pid_t child = fork();
    int status;
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        const hebb_journal_kind kind = make_kind();
        const struct rlimit limit = {HEADER + 2 * RECORD + extra, HEADER + 2 * RECORD + extra};
        hebb_journal journal;
        double numbers[N_NUMBERS];
        if (signal(SIGXFSZ, SIG_IGN) == SIG_ERR || setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(1);
        if (hebb_journal_open(&journal, path, &kind, 0.0) != HEBB_OK) _exit(2);
        for (uint64_t unit = 0; unit < 2; unit++) {
            true_numbers(unit, numbers);
            if (hebb_journal_add(&journal, unit, numbers) != HEBB_OK) _exit(3);
        }
        true_numbers(2, numbers);
        if (hebb_journal_add(&journal, 2, numbers) != HEBB_EIO) _exit(4);
        if (strncmp(hebb_diagnostic(), path, strlen(path)) != 0) _exit(5);
        if (hebb_journal_add(&journal, 2, numbers) != HEBB_EIO) _exit(6);
        if (strstr(hebb_diagnostic(), "File too large") == NULL) _exit(7); /* the reason is not forgotten */
        _exit(hebb_journal_close(&journal) == HEBB_OK ? 0 : 8);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

START_TEST(after_a_failed_or_short_write_the_records_before_it_are_there_and_it_goes_on)
{
    for (size_t extra = 0; extra < RECORD; extra++) {
        readings r;
        const char *path = scratch_path("limited");
        ck_assert_int_eq(add_beyond_the_limit(path, extra), 0);
        const hebb_journal_report report = read_journal(path, &r);
        ck_assert_uint_eq(r.n, 2);
        ck_assert_int_eq(report.is_cut, extra > 0);
        complete(path, &r);
        ck_assert_int_eq(remove(path), 0);
    }
}
END_TEST

START_TEST(what_can_be_neither_read_nor_written_is_reported)
{
    const hebb_journal_kind kind = make_kind();
    hebb_journal journal;
    hebb_journal_report report;
    readings r = {0};
    assert_refused(hebb_journal_open(&journal, scratch_folder, &kind, 0.0), HEBB_EIO, scratch_folder, "Is a directory");
    const char *path = scratch_path("missing/journal");
    assert_refused(hebb_journal_open(&journal, path, &kind, 0.0), HEBB_EIO, path, "No such file");
    path = scratch_path("loop");
    ck_assert_int_eq(symlink("loop", path), 0);
    assert_refused(hebb_journal_read(path, &kind, take, &r, &report), HEBB_ENOINPUT, path, "Too many levels");
    assert_refused(hebb_journal_open(&journal, path, &kind, 0.0), HEBB_EIO, path, "Too many levels");
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
}
END_TEST

/* A pipe would be waited for, /dev/zero read without end, and /dev/null would swallow each unit. */
START_TEST(a_pipe_a_folder_and_a_device_are_no_journals)
{
    static const char *const words[] = {"is a folder", "is a pipe", "is a device"};
    const hebb_journal_kind kind = make_kind();
    hebb_journal journal;
    hebb_journal_report report;
    readings r = {0};
    for (int k = 0; k < 3; k++) {
        const char *path = scratch_odd_path(k);
        assert_refused(hebb_journal_read(path, &kind, take, &r, &report), HEBB_ENOINPUT, path, words[k]);
        ck_assert(!hebb_journal_is_busy(path));
        if (k > 0) assert_refused(hebb_journal_open(&journal, path, &kind, 0.0), HEBB_ENOINPUT, path, words[k]);
    }
    assert_refused(hebb_journal_read("/dev/zero", &kind, take, &r, &report), HEBB_ENOINPUT, "/dev/zero", words[2]);
}
END_TEST

/* As a forged manifest has it: what the file cannot hold takes no memory. */
START_TEST(a_record_may_be_larger_than_any_memory_as_long_as_there_is_none)
{
    hebb_journal_kind kind = make_kind();
    hebb_journal_report report;
    unsigned char bytes[HEADER + 8] = "hebbjrnl";
    readings r = {0};
    kind.n_numbers = UINT64_C(1) << 53;
    const char *path = scratch_write("short", bytes, sizeof bytes);
    ck_assert_int_eq(hebb_journal_read(path, &kind, take, &r, &report), HEBB_OK);
    ck_assert(report.is_cut && report.has_bad_header && report.n_damaged == 0);
    path = scratch_write("header", bytes, HEADER);
    ck_assert_int_eq(hebb_journal_read(path, &kind, take, &r, &report), HEBB_OK);
    ck_assert(!report.is_cut);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("journal and the system");
    TCase *tcase = tcase_create("processes and disks");
    tcase_add_checked_fixture(tcase, make_in_memory, scratch_remove);
    tcase_add_test(tcase, a_second_writer_is_refused_until_the_first_one_is_gone_and_changes_nothing);
    tcase_add_test(tcase, two_writers_in_one_process_are_refused_as_well);
    tcase_add_test(tcase, after_a_failed_or_short_write_the_records_before_it_are_there_and_it_goes_on);
    tcase_add_test(tcase, what_can_be_neither_read_nor_written_is_reported);
    tcase_add_test(tcase, a_pipe_a_folder_and_a_device_are_no_journals);
    tcase_add_test(tcase, a_record_may_be_larger_than_any_memory_as_long_as_there_is_none);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
