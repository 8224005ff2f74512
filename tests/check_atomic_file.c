/* atomic_file: the old file or the new one, nothing between and nothing beside. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "atomic_file.h"
#include "scratch.h"

/* ---- the calls that put a file on the disk and give it its name, in place of libc's: noted, and failing on demand ---- */

static char calls[64], failing; /* F: sync of a file, D: sync of a folder, R: rename */

static bool call_fails(char call)
{
    const size_t n = strlen(calls);
    if (n + 1 < sizeof calls) calls[n] = call;
    if (call == failing) errno = EIO;
    return call == failing;
}

int fsync(int descriptor)
{
    struct stat info;
    ck_assert_int_eq(fstat(descriptor, &info), 0);
    return call_fails(S_ISDIR(info.st_mode) ? 'D' : 'F') ? -1 : fdatasync(descriptor);
}

int rename(const char *from, const char *to)
{
    return call_fails('R') ? -1 : renameat(AT_FDCWD, from, AT_FDCWD, to);
}

static void assert_content(const char *path, const char *want)
{
    char text[100];
    FILE *stream = fopen(path, "r");
    ck_assert_ptr_nonnull(stream);
    text[fread(text, 1, sizeof text - 1, stream)] = '\0';
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert_str_eq(text, want);
}

/* The names in the folder, hidden ones too. */
static int count_files(void)
{
    int n = 0;
    DIR *folder = opendir(scratch_folder);
    ck_assert_ptr_nonnull(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    ck_assert_int_eq(closedir(folder), 0);
    return n;
}

static void open_file(hebb_atomic_file *file, const char *path)
{
    ck_assert_msg(hebb_atomic_file_open(file, path) == HEBB_OK, "%s", hebb_diagnostic());
    ck_assert_ptr_nonnull(file->stream);
}

static void write_whole(const char *path, const char *text)
{
    hebb_atomic_file file;
    open_file(&file, path);
    ck_assert_int_ge(fputs(text, file.stream), 0);
    ck_assert_msg(hebb_atomic_file_commit(&file) == HEBB_OK, "%s", hebb_diagnostic());
    ck_assert_ptr_null(file.stream);
    hebb_atomic_file_discard(&file);
}

START_TEST(a_file_appears_at_commit_and_not_before)
{
    hebb_atomic_file file;
    const char *path = scratch_path("a.csv");
    open_file(&file, path);
    ck_assert_int_ge(fputs("new", file.stream), 0);
    ck_assert_int_eq(fflush(file.stream), 0);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_int_eq(hebb_atomic_file_commit(&file), HEBB_OK);
    assert_content(path, "new");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(a_file_is_synced_then_named_then_its_folder_is_synced)
{
    write_whole(scratch_path("a.csv"), "new");
    ck_assert_str_eq(calls, "FRD");
}
END_TEST

START_TEST(a_sync_or_a_rename_that_fails_is_reported)
{
    static const struct {
        char call;
        const char *sentence, *content;
    } rows[] = {{'F', "cannot be synced: Input/output error", "old"},
                {'R', "cannot be replaced: Input/output error", "old"},
                {'D', "its folder cannot be synced: Input/output error", "new"}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        hebb_atomic_file file;
        const char *path = scratch_write("a.csv", "old", 3);
        open_file(&file, path);
        ck_assert_int_ge(fputs("new", file.stream), 0);
        failing = rows[k].call;
        assert_refused(hebb_atomic_file_commit(&file), HEBB_EIO, path, rows[k].sentence);
        failing = '\0';
        assert_content(path, rows[k].content);
        ck_assert_int_eq(count_files(), 1);
    }
}
END_TEST

START_TEST(a_file_that_is_there_stays_as_it_was_till_commit)
{
    hebb_atomic_file file;
    const char *path = scratch_write("a.csv", "old", 3);
    open_file(&file, path);
    ck_assert_int_ge(fputs("new and longer", file.stream), 0);
    ck_assert_int_eq(fflush(file.stream), 0);
    assert_content(path, "old");
    ck_assert_int_eq(hebb_atomic_file_commit(&file), HEBB_OK);
    assert_content(path, "new and longer");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(what_is_discarded_leaves_the_old_file_and_nothing_else)
{
    hebb_atomic_file file;
    const char *path = scratch_write("a.csv", "old", 3);
    open_file(&file, path);
    ck_assert_int_ge(fputs("new", file.stream), 0);
    hebb_atomic_file_discard(&file);
    hebb_atomic_file_discard(&file);
    assert_content(path, "old");
    ck_assert_int_eq(count_files(), 1);
    open_file(&file, scratch_path("b.csv"));
    hebb_atomic_file_discard(&file);
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(a_process_that_dies_leaves_the_old_file)
{
    const char *path = scratch_write("a.csv", "old", 3);
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        hebb_atomic_file file;
        if (hebb_atomic_file_open(&file, path) != HEBB_OK) _exit(1);
        (void)fputs("half of it", file.stream);
        (void)fflush(file.stream);
        (void)raise(SIGKILL);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    assert_content(path, "old");
    char temporary[100];
    snprintf(temporary, sizeof temporary, ".a.csv.%ld.0.tmp", (long)child);
    assert_content(scratch_path(temporary), "half of it");
    ck_assert_int_eq(unlink(scratch_path(temporary)), 0);
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(what_a_process_of_the_same_number_left_is_in_nobodys_way)
{
    char temporary[100];
    snprintf(temporary, sizeof temporary, ".a.csv.%ld.0.tmp", (long)getpid());
    scratch_write(temporary, "theirs", 6);
    write_whole(scratch_path("a.csv"), "new");
    assert_content(scratch_path("a.csv"), "new");
    assert_content(scratch_path(temporary), "theirs");
    ck_assert_int_eq(unlink(scratch_path(temporary)), 0);
}
END_TEST

/* Runs in a process of its own; 0 where the commit was refused as it should be. */
static int commit_beyond_the_limit(const char *path, size_t n_bytes, bool is_limit_lifted)
{
    struct rlimit before, limit;
    hebb_atomic_file file;
    if (signal(SIGXFSZ, SIG_IGN) == SIG_ERR || getrlimit(RLIMIT_FSIZE, &before) != 0) return 1;
    limit = before;
    limit.rlim_cur = 4096;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
    if (hebb_atomic_file_open(&file, path) != HEBB_OK) return 3;
    for (size_t k = 0; k < n_bytes; k++) (void)fputc('x', file.stream);
    if (is_limit_lifted && setrlimit(RLIMIT_FSIZE, &before) != 0) return 4;
    if (hebb_atomic_file_commit(&file) != HEBB_EIO) return 5;
    if (strncmp(hebb_diagnostic(), path, strlen(path)) != 0) return 6;
    return strstr(hebb_diagnostic(), "cannot be written") != NULL ? 0 : 7;
}

START_TEST(a_write_that_fails_leaves_the_old_file_and_no_temporary)
{
    static const struct {
        size_t n_bytes;
        bool is_limit_lifted;
    } rows[] = {
        {4097, false}, {100000, false}, {100000, true}}; /* fails at the flush, before it too, before it alone */
    const char *path = scratch_write("a.csv", "old", 3);
    for (int k = 0; k < 3; k++) {
        const pid_t child = fork();
        ck_assert_int_ge(child, 0);
        if (child == 0) _exit(commit_beyond_the_limit(path, rows[k].n_bytes, rows[k].is_limit_lifted));
        int status;
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert(WIFEXITED(status));
        ck_assert_int_eq(WEXITSTATUS(status), 0);
        assert_content(path, "old");
        ck_assert_int_eq(count_files(), 1);
    }
}
END_TEST

START_TEST(a_name_that_became_a_folder_is_refused_and_no_temporary_stays)
{
    hebb_atomic_file file;
    const char *path = scratch_path("a.csv");
    open_file(&file, path);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    assert_refused(hebb_atomic_file_commit(&file), HEBB_EIO, path, "cannot be replaced");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(a_link_stays_a_link_and_its_target_is_replaced)
{
    struct stat info;
    ck_assert_int_eq(mkdir(scratch_path("below"), 0700), 0);
    scratch_write("below/target.csv", "old", 3);
    ck_assert_int_eq(symlink("below/target.csv", scratch_path("a.csv")), 0);
    write_whole(scratch_path("a.csv"), "new");
    ck_assert_int_eq(lstat(scratch_path("a.csv"), &info), 0);
    ck_assert(S_ISLNK(info.st_mode));
    assert_content(scratch_path("below/target.csv"), "new");
    ck_assert_int_eq(count_files(), 2);
    ck_assert_int_eq(unlink(scratch_path("below/target.csv")), 0);
    ck_assert_int_eq(rmdir(scratch_path("below")), 0); /* fails where a temporary is left */
}
END_TEST

START_TEST(the_process_s_mask_is_the_file_s)
{
    struct stat info;
    const mode_t before = umask(027);
    write_whole(scratch_path("a.csv"), "new");
    (void)umask(before);
    ck_assert_int_eq(stat(scratch_path("a.csv"), &info), 0);
    ck_assert_uint_eq(info.st_mode & 0777, 0640);
}
END_TEST

START_TEST(names_without_a_folder_are_of_this_one)
{
    char before[1000];
    ck_assert_ptr_nonnull(getcwd(before, sizeof before));
    ck_assert_int_eq(chdir(scratch_folder), 0);
    write_whole("a.csv", "new");
    ck_assert_int_eq(chdir(before), 0);
    assert_content(scratch_path("a.csv"), "new");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(folders_that_are_missing_or_files_are_refused)
{
    hebb_atomic_file file;
    const char *path = scratch_path("missing/a.csv");
    assert_refused(hebb_atomic_file_open(&file, path), HEBB_EIO, path, "No such file or directory");
    hebb_atomic_file_discard(&file);
    scratch_write("file", "x", 1);
    path = scratch_path("file/a.csv");
    assert_refused(hebb_atomic_file_open(&file, path), HEBB_EIO, path, "Not a directory");
    assert_refused(hebb_atomic_file_open(&file, scratch_folder), HEBB_EIO, scratch_folder, "Is a directory");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(pipes_are_written_to_directly)
{
    hebb_atomic_file file;
    char text[10] = "";
    const char *path = scratch_path("pipe");
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    const int reader = open(path, O_RDONLY | O_NONBLOCK);
    ck_assert_int_ge(reader, 0);
    open_file(&file, path);
    ck_assert_ptr_null(file.temporary);
    ck_assert_int_ge(fputs("through", file.stream), 0);
    ck_assert_int_eq(hebb_atomic_file_commit(&file), HEBB_OK);
    ck_assert_int_eq(read(reader, text, sizeof text), 7);
    ck_assert_str_eq(text, "through");
    ck_assert_int_eq(close(reader), 0);
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(full_devices_are_reported)
{
    hebb_atomic_file file;
    const char *path = scratch_full_device();
    if (path == NULL) return;
    open_file(&file, path);
    ck_assert_int_ge(fputs("x", file.stream), 0);
    assert_refused(hebb_atomic_file_commit(&file), HEBB_EIO, path, "cannot be written");
    open_file(&file, path);
    for (int k = 0; k < 100000; k++) (void)fputc('x', file.stream);
    assert_refused(hebb_atomic_file_commit(&file), HEBB_EIO, path, "cannot be written");
}
END_TEST

/* As in { echo before; hebb ... -o /dev/stdout; echo after; } > file */
START_TEST(standard_output_is_written_to_directly_even_if_it_is_a_file)
{
    const char *path = scratch_path("redirected");
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        hebb_atomic_file file;
        const int descriptor = open(path, O_WRONLY | O_CREAT, 0600);
        if (dup2(descriptor, STDOUT_FILENO) < 0 || write(STDOUT_FILENO, "before ", 7) != 7) _exit(1);
        if (hebb_atomic_file_open(&file, path) != HEBB_OK || file.temporary != NULL) _exit(2);
        if (fputs("whole ", file.stream) < 0 || hebb_atomic_file_commit(&file) != HEBB_OK) _exit(3);
        _exit(write(STDOUT_FILENO, "after", 5) == 5 ? 0 : 4);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    assert_content(path, "before whole after");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

/* ---- folders ---- */

static void assert_folder(const char *name)
{
    struct stat info;
    ck_assert_int_eq(stat(scratch_path(name), &info), 0);
    ck_assert(S_ISDIR(info.st_mode));
}

START_TEST(folders_are_made_with_those_above_them)
{
    for (int again = 0; again < 2; again++) {
        ck_assert_int_eq(hebb_folder_make(scratch_path("one/two/three")), HEBB_OK);
        ck_assert_int_eq(hebb_folder_make(scratch_path("one//four/")), HEBB_OK);
        ck_assert_int_eq(hebb_folder_make("/"), HEBB_OK);
        ck_assert_int_eq(hebb_folder_make("."), HEBB_OK);
    }
    assert_folder("one/two/three");
    assert_folder("one/four");
    static const char *const names[] = {"one/two/three", "one/two", "one/four"};
    for (int k = 0; k < 3; k++) ck_assert_int_eq(rmdir(scratch_path(names[k])), 0);
}
END_TEST

START_TEST(folders_where_a_file_stands_are_refused_by_the_file_s_name)
{
    const char *file = scratch_write("file", "x", 1);
    char below[700];
    snprintf(below, sizeof below, "%s/below", file);
    assert_refused(hebb_folder_make(file), HEBB_EIO, file, ": is a file, a folder was expected");
    assert_refused(hebb_folder_make(below), HEBB_EIO, file, ": is a file, a folder was expected");
    ck_assert_int_eq(symlink("nowhere", scratch_path("link")), 0);
    const char *link = scratch_path("link");
    assert_refused(hebb_folder_make(link), HEBB_EIO, link, ": cannot be looked at: No such file");
}
END_TEST

START_TEST(folders_that_cannot_be_made_are_refused)
{
    char name[301];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0'; /* longer than any file system takes, whoever asks */
    const char *path = scratch_path(name);
    assert_refused(hebb_folder_make(path), HEBB_EIO, scratch_folder, "cannot be made: File name too long");
    assert_refused(hebb_folder_make(""), HEBB_EIO, "", "cannot be made: No such file or directory");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("atomic_file");
    TCase *whole = tcase_create("whole or not at all");
    tcase_add_checked_fixture(whole, scratch_make, scratch_remove);
    tcase_add_test(whole, a_file_appears_at_commit_and_not_before);
    tcase_add_test(whole, a_file_is_synced_then_named_then_its_folder_is_synced);
    tcase_add_test(whole, a_sync_or_a_rename_that_fails_is_reported);
    tcase_add_test(whole, a_file_that_is_there_stays_as_it_was_till_commit);
    tcase_add_test(whole, what_is_discarded_leaves_the_old_file_and_nothing_else);
    tcase_add_test(whole, a_process_that_dies_leaves_the_old_file);
    tcase_add_test(whole, what_a_process_of_the_same_number_left_is_in_nobodys_way);
    tcase_add_test(whole, a_write_that_fails_leaves_the_old_file_and_no_temporary);
    tcase_add_test(whole, a_name_that_became_a_folder_is_refused_and_no_temporary_stays);
    suite_add_tcase(suite, whole);
    TCase *names = tcase_create("names");
    tcase_add_checked_fixture(names, scratch_make, scratch_remove);
    tcase_add_test(names, a_link_stays_a_link_and_its_target_is_replaced);
    tcase_add_test(names, the_process_s_mask_is_the_file_s);
    tcase_add_test(names, names_without_a_folder_are_of_this_one);
    tcase_add_test(names, folders_that_are_missing_or_files_are_refused);
    tcase_add_test(names, pipes_are_written_to_directly);
    tcase_add_test(names, full_devices_are_reported);
    tcase_add_test(names, standard_output_is_written_to_directly_even_if_it_is_a_file);
    suite_add_tcase(suite, names);
    TCase *folders = tcase_create("folders");
    tcase_add_checked_fixture(folders, scratch_make, scratch_remove);
    tcase_add_test(folders, folders_are_made_with_those_above_them);
    tcase_add_test(folders, folders_where_a_file_stands_are_refused_by_the_file_s_name);
    tcase_add_test(folders, folders_that_cannot_be_made_are_refused);
    suite_add_tcase(suite, folders);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
