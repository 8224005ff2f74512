/* progress: the line word by word, and where nothing may be seen of it. */
#include <fcntl.h>
#include <sys/wait.h>

#include "progress.h"
#include "scratch.h"

static hebb_progress at(size_t n_done, size_t n_units, double done_cost, double total_cost)
{
    return (hebb_progress){
        .label = "capacity", .n_done = n_done, .n_units = n_units, .done_cost = done_cost, .total_cost = total_cost};
}

static void assert_line(hebb_progress progress, double elapsed, const char *want)
{
    char text[200];
    ck_assert_ptr_eq(hebb_progress_line(&progress, elapsed, sizeof text, text), text);
    ck_assert_str_eq(text, want);
}

START_TEST(the_line_has_share_count_rate_and_time_left)
{
    assert_line(at(5, 20, 1.0, 4.0), 10.0, "capacity [#######.......................]  25 %  5/20  0.5/s  0:30 left");
    assert_line(at(1, 3, 1.0, 3.0), 7.8, "capacity [##########....................]  33 %  1/3  0.128/s  0:16 left");
    assert_line(at(10, 20, 2.0, 4.0), 10.0, "capacity [###############...............]  50 %  10/20  1/s  0:10 left");
    assert_line(at(20, 20, 4.0, 4.0), 10.0, "capacity [##############################] 100 %  20/20  2/s  0:00 left");
}
END_TEST

START_TEST(the_time_left_follows_the_cost_and_the_rate_the_count)
{
    assert_line(at(10, 20, 1.0, 100.0), 10.0,
                "capacity [..............................]   1 %  10/20  1/s  16:30 left");
    assert_line(at(1, 20, 90.0, 100.0), 90.0,
                "capacity [###########################...]  90 %  1/20  0.0111/s  0:10 left");
    assert_line(at(1, 1001, 1.0, 1001.0), 7.23,
                "capacity [..............................]   0 %  1/1001  0.138/s  "
                "120:30 left");
}
END_TEST

START_TEST(before_anything_is_done_there_is_no_rate_and_no_time)
{
    assert_line(at(0, 20, 0.0, 4.0), 10.0, "capacity [..............................]   0 %  0/20");
    assert_line(at(5, 20, 1.0, 4.0), 0.0, "capacity [#######.......................]  25 %  5/20");
    assert_line(at(0, 0, 0.0, 0.0), 10.0, "capacity [..............................]   0 %  0/0");
}
END_TEST

START_TEST(more_than_the_cost_that_was_foreseen_is_all_of_it)
{
    assert_line(at(20, 20, 6.0, 4.0), 10.0, "capacity [##############################] 100 %  20/20  2/s  0:00 left");
}
END_TEST

START_TEST(lines_are_cut_at_the_room_there_is)
{
    const char *whole = "capacity [#######.......................]  25 %  5/20  0.5/s  0:30 left";
    const hebb_progress progress = at(5, 20, 1.0, 4.0);
    for (size_t size = 1; size <= strlen(whole) + 1; size++) {
        char text[200];
        memset(text, '!', sizeof text);
        hebb_progress_line(&progress, 10.0, size, text);
        const size_t length = strlen(text);
        ck_assert_uint_lt(length, size);
        ck_assert_mem_eq(text, whole, length);
        for (size_t k = size; k < sizeof text; k++)
            if (text[k] != '!') ck_abort_msg("byte %zu of %zu was written", k, size);
    }
}
END_TEST

/* ---- what is shown ---- */

enum { N_UNITS = 3 };

/* In a process of its own, as standard error is redirected. */
static void show(int descriptor, bool quiet)
{
    hebb_progress progress;
    if (dup2(descriptor, STDERR_FILENO) < 0) _exit(1);
    hebb_progress_init(&progress, "capacity", N_UNITS, 6.0, quiet);
    for (int k = 1; k <= N_UNITS; k++) hebb_progress_add(&progress, k);
    hebb_progress_end(&progress);
    hebb_progress_end(&progress);
    _exit(0);
}

static void show_in_child(int descriptor, bool quiet)
{
    int status;
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) show(descriptor, quiet);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}

START_TEST(nothing_is_shown_where_standard_error_is_no_terminal)
{
    struct stat info;
    const int descriptor = open(scratch_path("stderr"), O_WRONLY | O_CREAT, 0600);
    ck_assert_int_ge(descriptor, 0);
    show_in_child(descriptor, false);
    ck_assert_int_eq(fstat(descriptor, &info), 0);
    ck_assert_int_eq(info.st_size, 0);
    ck_assert_int_eq(close(descriptor), 0);
}
END_TEST

/* A pseudo-terminal: the master's end, or -1 where the system gives none. */
static int open_terminal(int *terminal)
{
    const int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0) return -1;
    if (grantpt(master) == 0 && unlockpt(master) == 0) {
        *terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
        if (*terminal >= 0) return master;
    }
    (void)close(master);
    return -1;
}

/* What came out of the terminal, which is closed by that. */
static void read_terminal(int master, int terminal, size_t size, char *text)
{
    ck_assert_int_eq(fcntl(master, F_SETFL, O_NONBLOCK), 0);
    size_t length = 0;
    for (ssize_t n; (n = read(master, text + length, size - 1 - length)) > 0;) length += (size_t)n;
    text[length] = '\0';
    ck_assert_int_eq(close(terminal), 0);
    ck_assert_int_eq(close(master), 0);
}

START_TEST(a_terminal_sees_the_bar_and_then_sees_it_wiped)
{
    char text[2000];
    int terminal;
    const int master = open_terminal(&terminal);
    if (master < 0) return;
    show_in_child(terminal, false);
    read_terminal(master, terminal, sizeof text, text);
    ck_assert_ptr_eq(strstr(text, "\r\033[Kcapacity [#####.........................]  17 %  1/3  "), text);
    const char *last = strrchr(text, '\r');
    ck_assert_ptr_nonnull(last);
    ck_assert_str_eq(last, "\r\033[K");
}
END_TEST

START_TEST(a_terminal_sees_nothing_of_the_quiet)
{
    char text[2000];
    int terminal;
    const int master = open_terminal(&terminal);
    if (master < 0) return;
    show_in_child(terminal, true);
    read_terminal(master, terminal, sizeof text, text);
    ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(threads_that_add_together_lose_nothing)
{
    enum { N_THREADS = 4, N_ADDED = 300000 };
    hebb_progress progress;
    hebb_progress_init(&progress, "capacity", N_ADDED, 1.0, true);
    ck_assert(!progress.active);
    progress.active = true;
    progress.drawn = progress.started + 1e6; /* not to be drawn within the test */
#pragma omp parallel for num_threads(N_THREADS)
    for (int k = 0; k < N_ADDED; k++) hebb_progress_add(&progress, 2.0);
    ck_assert_uint_eq(progress.n_done, N_ADDED);
    ck_assert(progress.done_cost == 2.0 * N_ADDED);
}
END_TEST

START_TEST(no_bar_is_a_bar_that_shows_nothing)
{
    hebb_progress_add(NULL, 1.0);
    hebb_progress quiet;
    hebb_progress_init(&quiet, "capacity", 2, 2.0, true);
    hebb_progress_add(&quiet, 1.0);
    hebb_progress_end(&quiet);
    ck_assert(!quiet.active);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("progress");
    TCase *line = tcase_create("line");
    tcase_add_test(line, the_line_has_share_count_rate_and_time_left);
    tcase_add_test(line, the_time_left_follows_the_cost_and_the_rate_the_count);
    tcase_add_test(line, before_anything_is_done_there_is_no_rate_and_no_time);
    tcase_add_test(line, more_than_the_cost_that_was_foreseen_is_all_of_it);
    tcase_add_test(line, lines_are_cut_at_the_room_there_is);
    suite_add_tcase(suite, line);
    TCase *shown = tcase_create("shown");
    tcase_add_checked_fixture(shown, scratch_make, scratch_remove);
    tcase_add_test(shown, nothing_is_shown_where_standard_error_is_no_terminal);
    tcase_add_test(shown, a_terminal_sees_the_bar_and_then_sees_it_wiped);
    tcase_add_test(shown, a_terminal_sees_nothing_of_the_quiet);
    tcase_add_test(shown, threads_that_add_together_lose_nothing);
    tcase_add_test(shown, no_bar_is_a_bar_that_shows_nothing);
    suite_add_tcase(suite, shown);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
