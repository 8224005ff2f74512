/*
 * Kills hebb train at random moments and looks at what is left.
 *
 *   training_kill [KILLS [SEED]]     HEBB: the program
 *
 * Each training is begun, and sent SIGKILL or SIGTERM after a random time, and given again or resumed until it ends by
 * itself.  What is saved never goes back.  At the end the folder holds the undisturbed training's files, all of them and no
 * others, to the byte; but for timing.csv, which says how long it took.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "manifest.h"
#include "philox.h"
#include "training_run.h"

enum { MAX_WORDS = 32, PATH_ROOM = 600, STOPPED = 75 };

/* One line a training, of a part of a second; the state is saved after every update, or at the end alone. */
static const char *const trainings[][MAX_WORDS] = {
    {"boltzmann", "--data", "builtin:xor", "--updates", "40", "--stop-after", "0", "--checkpoint-interval", "0"},
    {"boltzmann", "--data", "builtin:encoder-4-2-4", "--updates", "30", "--batch", "3", "--links", "no-input-output",
     "--checkpoint-interval", "0"},
    {"mean-field", "--data", "builtin:encoder-8-3-8", "--updates", "15", "--batch", "5", "--test",
     "builtin:encoder-8-3-8", "--checkpoint-interval", "0.01"},
    {"boltzmann", "--data", "builtin:xor", "--updates", "300", "--stop-after", "0", "--log-every", "7", "--per-decade",
     "3"},
    {"rbm", "--data", "builtin:bars-and-stripes", "--updates", "40", "--batch", "5", "--chains", "7", "--momentum",
     ".5", "--checkpoint-interval", "0"},
    {"rbm", "--data", "builtin:spin-modes", "--cases", "50", "--hidden-units", "gaussian", "--updates", "200",
     "--algorithm", "cd", "--final-rate", ".001", "--log-every", "9"},
};
enum { N_TRAININGS = sizeof trainings / sizeof *trainings };

static char scratch[200];
static const char *program;
static hebb_stream random_numbers;
static long n_kills_left, n_kills, n_on_the_way;

/* What was wrong; the folder stays. */
static void __attribute__((format(printf, 1, 2), noreturn)) give_up(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)fprintf(stderr, "FAILED after %ld kills, in %s: ", n_kills, scratch);
    (void)vfprintf(stderr, format, arguments);
    (void)fprintf(stderr, "\n");
    va_end(arguments);
    exit(EXIT_FAILURE);
}

typedef struct {
    size_t n;
    const char *words[MAX_WORDS + 8];
} command;

static void say(command *c, const char *word)
{
    c->words[c->n++] = word;
    c->words[c->n] = NULL;
}

static pid_t start(const command *c)
{
    char *words[sizeof c->words / sizeof *c->words]; /* as exec wants them: it does not change what they point to */
    memcpy(words, c->words, sizeof words);
    const pid_t child = fork();
    if (child < 0) give_up("fork: %s", strerror(errno));
    if (child > 0) return child;
    const int nothing = open("/dev/null", O_WRONLY);
    if (nothing < 0 || dup2(nothing, STDOUT_FILENO) < 0 || dup2(nothing, STDERR_FILENO) < 0) _exit(126);
    (void)execv(program, words);
    _exit(127);
}

/* Whether it was stopped before it ended; another end than a good one is a failure. */
static bool run(const command *c, double delay, int signal_number)
{
    int status;
    const pid_t child = start(c);
    if (delay >= 0.0) {
        const struct timespec wait = {(time_t)delay, (long)(1e9 * (delay - (double)(time_t)delay))};
        (void)nanosleep(&wait, NULL);
        (void)kill(child, signal_number);
    }
    if (waitpid(child, &status, 0) != child) give_up("waitpid: %s", strerror(errno));
    if (WIFSIGNALED(status) && WTERMSIG(status) == signal_number) return true;
    if (WIFEXITED(status) && WEXITSTATUS(status) == STOPPED && signal_number == SIGTERM) return true;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) give_up("hebb %s ended with status %x", c->words[1], status);
    return false;
}

/* ---- folders ---- */

static bool same_bytes(const char *a, const char *b)
{
    FILE *first = fopen(a, "rb"), *second = fopen(b, "rb");
    bool same = first != NULL && second != NULL;
    for (int c = 0; same && c != EOF;) same = (c = fgetc(first)) == fgetc(second);
    if (first != NULL) (void)fclose(first);
    if (second != NULL) (void)fclose(second);
    return same;
}

/* Each file below the one folder is below the other, with the same bytes. */
static void check_each(const char *folder, const char *other)
{
    DIR *directory = opendir(folder);
    if (directory == NULL) give_up("%s: %s", folder, strerror(errno));
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char a[PATH_ROOM], b[PATH_ROOM];
        struct stat info;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        snprintf(a, sizeof a, "%.400s/%.100s", folder, entry->d_name);
        snprintf(b, sizeof b, "%.400s/%.100s", other, entry->d_name);
        if (stat(a, &info) != 0) give_up("%s: %s", a, strerror(errno));
        if (S_ISDIR(info.st_mode))
            check_each(a, b);
        else if (strcmp(entry->d_name, "timing.csv") == 0 ? stat(b, &info) != 0 : !same_bytes(a, b))
            give_up("%s and %s differ", a, b);
    }
    (void)closedir(directory);
}

static void remove_all(const char *folder)
{
    DIR *directory = opendir(folder);
    if (directory == NULL) return;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char path[PATH_ROOM];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        snprintf(path, sizeof path, "%.400s/%.100s", folder, entry->d_name);
        if (unlink(path) != 0) remove_all(path);
    }
    (void)closedir(directory);
    (void)rmdir(folder);
}

/* Updates that are saved; 0 where there is no training yet. */
static uint64_t look(const char *folder)
{
    hebb_manifest manifest;
    uint64_t n_done = 0;
    bool is_over;
    const hebb_status status = hebb_manifest_read(&manifest, folder);
    if (status == HEBB_ENOINPUT) return 0;
    if (status != HEBB_OK) give_up("%s", hebb_diagnostic());
    if (hebb_training_survey(folder, &manifest, &n_done, &is_over) != HEBB_OK) n_done = 0;
    hebb_manifest_free(&manifest);
    return n_done;
}

/* ---- kills ---- */

static command begin(const char *const *words, const char *folder)
{
    command c = {0};
    say(&c, "hebb");
    say(&c, "train");
    for (; *words != NULL; words++) say(&c, *words);
    say(&c, "--out");
    say(&c, folder);
    return c;
}

static command begin_again(const char *const *words, const char *folder, uint64_t n_done)
{
    command c = {0};
    if (n_done == 0 || hebb_stream_below(&random_numbers, 2) == 0) return begin(words, folder);
    say(&c, "hebb");
    say(&c, "resume");
    say(&c, folder);
    say(&c, "--checkpoint-interval");
    say(&c, "0");
    return c;
}

static void disturb(const char *const *words, const char *folder, double seconds)
{
    uint64_t before = 0;
    for (bool is_killed = true; is_killed;) {
        const double delay = n_kills_left > 0 ? seconds * hebb_stream_uniform(&random_numbers) / 2.0 : -1.0;
        const command c = begin_again(words, folder, before);
        is_killed = run(&c, delay, hebb_stream_below(&random_numbers, 3) == 0 ? SIGTERM : SIGKILL);
        const uint64_t after = look(folder);
        if (after < before)
            give_up("%s: update %llu was saved, %llu is", folder, (unsigned long long)before,
                    (unsigned long long)after);
        n_on_the_way += is_killed && after > before;
        before = after;
        n_kills += is_killed;
        n_kills_left -= is_killed;
    }
}

static void try_training(const char *const *words)
{
    char whole[PATH_ROOM], killed[PATH_ROOM];
    snprintf(whole, sizeof whole, "%s/whole", scratch);
    snprintf(killed, sizeof killed, "%s/killed", scratch);
    const command c = begin(words, whole);
    const double started = hebb_clock_now();
    (void)run(&c, -1.0, SIGKILL);
    disturb(words, killed, hebb_clock_now() - started);
    check_each(killed, whole);
    check_each(whole, killed);
    remove_all(whole);
    remove_all(killed);
}

int main(int argc, char **argv)
{
    const long n_wanted = argc > 1 ? atol(argv[1]) : 20;
    const long seed = argc > 2 ? atol(argv[2]) : 1;
    const char *parent = getenv("TMPDIR");
    program = getenv("HEBB");
    if (program == NULL) return 77;
    /* In memory where there is such a place: what a kill leaves does not hang on the disk. */
    if (parent == NULL) parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(scratch, sizeof scratch, "%s/hebb-kill-XXXXXX", parent);
    if (mkdtemp(scratch) == NULL) give_up("%s", strerror(errno));
    /* Realisation 1: ensemble_kill's numbers are its own. */
    hebb_stream_init(&random_numbers, hebb_philox_derive((uint64_t)seed, HEBB_DRAW_STATE, 1, 0), 0, 0);
    for (long k = 0; n_kills < n_wanted || k < N_TRAININGS; k++) {
        const long n_rounds = N_TRAININGS - k % N_TRAININGS;
        n_kills_left = (n_wanted - n_kills + n_rounds - 1) / n_rounds;
        try_training(trainings[k % N_TRAININGS]);
    }
    (void)rmdir(scratch);
    (void)printf(
        "%ld kills (seed %ld), %ld of them with updates newly saved: each training ended with the same bytes\n",
        n_kills, seed, n_on_the_way);
    return EXIT_SUCCESS;
}
