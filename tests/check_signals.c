/* signals: each of the four asks for a stop by its own name; a second interrupt, and nothing else, ends at once. */
#include <check.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "signals.h"
#include "stop.h"

static const struct {
    int number;
    const char *name;
} watched[] = {{SIGINT, "SIGINT"}, {SIGTERM, "SIGTERM"}, {SIGUSR1, "SIGUSR1"}, {SIGXCPU, "SIGXCPU"}};
enum { N_WATCHED = sizeof watched / sizeof *watched };

START_TEST(each_asks_for_a_stop_by_its_own_name)
{
    hebb_signals_watch();
    ck_assert(!hebb_stop_is_requested());
    ck_assert_int_eq(raise(watched[_i].number), 0);
    ck_assert(hebb_stop_is_requested());
    ck_assert_str_eq(hebb_stop_reason(), watched[_i].name);
}
END_TEST

/* What becomes of a process that gets a signal twice: the one that ended it, or 0. */
static int end_by_two(int number)
{
    int status;
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        hebb_signals_watch();
        (void)raise(number);
        (void)raise(number);
        _exit(7);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status) || WEXITSTATUS(status) == 7);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

START_TEST(a_second_interrupt_ends_at_once_and_no_other_signal_does)
{
    ck_assert_int_eq(end_by_two(watched[_i].number), watched[_i].number == SIGINT ? SIGINT : 0);
}
END_TEST

/* A child sends the signal ten times, fifty milliseconds apart, and then the byte that is waited for. */
START_TEST(a_call_that_one_interrupts_goes_on)
{
    const struct timespec pause = {0, 50 * 1000 * 1000};
    int ends[2];
    char byte = 0;
    hebb_signals_watch();
    ck_assert_int_eq(pipe(ends), 0);
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        for (int k = 0; k < 10; k++) (void)nanosleep(&pause, NULL), (void)kill(getppid(), SIGTERM);
        _exit(write(ends[1], "x", 1) == 1 ? 0 : 1);
    }
    const ssize_t n = read(ends[0], &byte, 1);
    ck_assert_msg(n == 1 && byte == 'x', "read %zd bytes, errno %d", n, errno);
    ck_assert(hebb_stop_is_requested());
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("signals");
    TCase *tcase = tcase_create("signals");
    tcase_add_loop_test(tcase, each_asks_for_a_stop_by_its_own_name, 0, N_WATCHED);
    tcase_add_loop_test(tcase, a_second_interrupt_ends_at_once_and_no_other_signal_does, 0, N_WATCHED);
    tcase_add_test(tcase, a_call_that_one_interrupts_goes_on);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
