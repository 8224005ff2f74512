/*
 * Kills hebb at random moments and looks at what is left.
 *
 *   ensemble_kill [KILLS [SEED]]     HEBB: the program
 *
 * Each study is run in a folder of its own, and in two shards that are merged; every command is killed with SIGKILL after
 * a random time and given again until it ends by itself: in the start, among the units, in the report, in the merging.
 * After each kill the journal is read: each unit that was in it is there with the same numbers, none is there twice, and
 * each is the undisturbed study's to the bit.  At the end every file is the undisturbed study's to the byte.
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
#include "ensemble.h"
#include "journals.h"
#include "philox.h"

enum { MAX_WORDS = 24, PATH_ROOM = 600 };

/* One line a study, of units of a fraction of a millisecond to some ten of them; each takes a part of a second in all. */
static const char *const studies[][MAX_WORDS] = {
    {"basins", "--neurons", "200,2000", "--alpha", ".05,.1", "--overlap", ".1,.3,.5", "--replicas", "100", "--paths",
     "0"},
    {"annealing", "--neurons", "300", "--patterns", "3,9", "--sweeps", "0,1,4", "--replicas", "60"},
    {"annealing", "--neurons", "2000", "--patterns", "5", "--sweeps", "2", "--schedule", "adaptive", "--step", "2",
     "--replicas", "6", "--checkpoint-interval", "0"},
    {"annealing", "--neurons", "2000", "--patterns", "5", "--sweeps", "9", "--schedule", "exchange", "--replicas", "9",
     "--checkpoint-interval", "0"},
    {"boltzmann-equilibrium", "--units", "6", "--start", "1,2", "--chains", "2000", "--sweeps", "40", "--replicas",
     "20"},
    {"boltzmann-equilibrium", "--units", "5", "--start", "2", "--chains", "64", "--equilibration", "2", "--sweeps", "8",
     "--replicas", "10", "--checkpoint-interval", "0"},
    {"microscopic-reversibility", "--kind", "binary", "--chains", "128", "--equilibration", "1", "--steps", "6",
     "--replicas", "10", "--checkpoint-interval", "0"},
    {"annealing-schedule", "--end-temperature", ".2,1", "--temperatures", "1,3", "--updates", "30", "--half-way", ".9",
     "--replicas", "20"},
    {"boltzmann-learning", "--chains", "1,8", "--updates", "20", "--replicas", "6", "--checkpoint-interval", "0"},
    {"capacity", "--neurons", "200,2000", "--alpha", ".1,.14,.2", "--replicas", "200"},
    {"capacity", "--neurons", "200,5000", "--alpha", ".1,.14,.2", "--replicas", "10", "--update-order", "random"},
    {"capacity", "--neurons", "100,3000", "--alpha", ".1,.2", "--replicas", "60", "--update-order", "synchronous"},
    {"completion", "--patterns", "20,50", "--beta", "5,50", "--replicas", "12", "--mask-kind", "random"},
    {"continuous", "--neurons", "64,256", "--patterns", "3,10", "--k", "2,4", "--ensemble", "spherical", "--replicas",
     "20"},
    {"crosstalk", "--neurons", "200,2000", "--alpha", ".1,.3", "--replicas", "100", "--starts", "2"},
    {"phase-diagram", "--neurons", "200,500", "--alpha", ".05", "--temperature", ".2,.6", "--sweeps", "100",
     "--cooling-sweeps", "100", "--replicas", "30"},
    {"retrieval", "--neurons", "200,1000", "--alpha", ".05,.1", "--temperature", ".2,.5", "--sweeps", "60",
     "--replicas", "30"},
    {"dense", "--degree", "2,3", "--neurons", "30,200", "--load", ".1,.4", "--replicas", "60", "--overlap", ".9"},
    {"dense", "--degree", "3", "--neurons", "200", "--load", ".2", "--replicas", "10", "--temperature", ".2",
     "--thermal-sweeps", "20", "--interaction", "rectified", "--checkpoint-interval", "0"},
    {"dense", "--degree", "3", "--neurons", "200", "--load", ".2", "--replicas", "20", "--temperature", ".2",
     "--thermal-sweeps", "40", "--checkpoint-interval", "0"},
    {"dense-dynamics", "--degree", "2,3", "--neurons", "30,150", "--load", ".3", "--replicas", "10", "--steps", "3",
     "--paths", "0", "--checkpoint-interval", "0"},
    {"dynamics", "--neurons", "200,2000", "--alpha", ".1,.2", "--overlap", ".3,.5", "--replicas", "50", "--paths", "0"},
    {"curie-weiss", "--neurons", "50,301", "--temperature", ".8,1", "--replicas", "30", "--sweeps", "100"},
    {"sigmoid", "--neurons", "100,200", "--alpha", ".1", "--temperature", "0,.4", "--replicas", "40", "--sweeps", "30"},
    {"stability", "--interaction", "power", "--neurons", "20,40", "--degree", "3", "--load", "1", "--replicas", "20",
     "--starts", "2", "--checkpoint-interval", "0"},
    {"stability", "--interaction", "exponential", "--neurons", "12,16", "--replicas", "20"},
    {"energy-descent", "--neurons", "500,3000", "--patterns", "4,9", "--order", "0,3", "--replicas", "100"},
    {"exponential", "--neurons", "16,18", "--rho", "0,.1", "--of-typical", ".8", "--replicas", "60", "--curve", "2"},
    {"exponential", "--neurons", "26", "--alpha", ".55", "--steps", "3", "--replicas", "4", "--curve", "0",
     "--checkpoint-interval", "0"},
    {"mean-field-accuracy", "--units", "8,13", "--coupling", ".1,.5", "--replicas", "100"},
    {"mean-field-landscape", "--units", "8,10", "--temperature", ".5,2", "--samples", "20", "--replicas", "30"},
    {"mean-field-xor", "--settle", "1", "--collect", "1,3", "--learning-rate", "2,8", "--temperatures", "4,1",
     "--updates", "20", "--read-sweeps", "1", "--replicas", "4", "--checkpoint-interval", "0"},
    {"mixtures", "--order", "3,5", "--temperature", ".3,.5", "--neurons", "1024", "--sweeps", "100", "--replicas",
     "20"},
    {"rbm-phases", "--units", "16,24", "--weight", ".5,2", "--chains", "4", "--settle", "4", "--sweeps", "20",
     "--replicas", "20"},
    {"rbm-phases", "--units", "16", "--sigma", "1.3", "--weight", "1", "--chains", "4", "--settle", "2", "--sweeps",
     "10", "--levels", "4", "--replicas", "10", "--checkpoint-interval", "0"},
    {"rbm-modes", "--visible", "6", "--hidden", "8", "--eigenvalues", "2", "--chains", "0,20", "--cases", "40",
     "--updates", "20", "--replicas", "20"},
    {"rbm-trajectory", "--pool", "7", "--hidden", "8", "--sigma", ".4,.8", "--cases", "40", "--chains", "20", "--batch",
     "20", "--updates", "40", "--replicas", "10"},
    {"rbm-trajectory", "--pool", "7", "--hidden", "8", "--sigma", ".4", "--cases", "20", "--chains", "5", "--batch",
     "10", "--updates", "12", "--replicas", "6", "--checkpoint-interval", "0"},
    {"two-body", "--neurons", "30", "--degree", "2,3", "--tau-ratio", ".5,1", "--replicas", "15"},
    {"two-body", "--model", "softmax", "--neurons", "30", "--tau-ratio", ".1,.5,1", "--replicas", "30"},
    {"universal", "--visible", "3,5", "--support", "2,6", "--kl", ".3,.001", "--chains", "2", "--sweeps", "2000",
     "--replicas", "20"},
    {"universal", "--visible", "2", "--support", "1,2", "--weight", ".5", "--chains", "2", "--sweeps", "30",
     "--replicas", "4", "--checkpoint-interval", "0"},
};
enum { N_STUDIES = sizeof studies / sizeof *studies };

static char scratch[200];
static const char *program;
static hebb_stream random_numbers;
static long n_kills_left, n_kills, n_commands, n_in_units;

/* What was wrong, and how to see it again; the folder stays. */
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

static const char *in_scratch(const char *name)
{
    static char paths[4][PATH_ROOM];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, PATH_ROOM, "%s/%s", scratch, name);
    return path;
}

/* ---- commands ---- */

typedef struct {
    size_t n;
    const char *words[MAX_WORDS + 16];
} command;

static void say(command *c, const char *word)
{
    c->words[c->n++] = word;
    c->words[c->n] = NULL;
}

/* gnuplot, which would take the longest, is not found. */
static pid_t start(const command *c)
{
    char *words[sizeof c->words / sizeof *c->words]; /* as exec wants them: it does not change what they point to */
    memcpy(words, c->words, sizeof words);
    const pid_t child = fork();
    if (child < 0) give_up("fork: %s", strerror(errno));
    if (child > 0) return child;
    const int log = open(in_scratch("log"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (log < 0 || dup2(log, STDOUT_FILENO) < 0 || dup2(log, STDERR_FILENO) < 0) _exit(126);
    (void)setenv("PATH", "/nonexistent", 1);
    (void)execv(program, words);
    _exit(127);
}

/* Whether it was killed before it ended; another end than a good one is a failure. */
static bool run(const command *c, double delay)
{
    int status;
    const pid_t child = start(c);
    n_commands++;
    if (delay >= 0.0) {
        const struct timespec wait = {(time_t)delay, (long)(1e9 * (delay - (double)(time_t)delay))};
        (void)nanosleep(&wait, NULL);
        (void)kill(child, SIGKILL);
    }
    if (waitpid(child, &status, 0) != child) give_up("waitpid: %s", strerror(errno));
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return true;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) give_up("hebb %s ended with status %x", c->words[1], status);
    return false;
}

/* ---- what is in a folder ---- */

typedef struct {
    size_t n_units, n_numbers;
    bool *is_done;
    double *numbers;
} contents;

static void contents_free(contents *c)
{
    free(c->is_done);
    free(c->numbers);
    *c = (contents){0};
}

static hebb_status take(void *context, uint64_t unit, const double *numbers)
{
    contents *c = context;
    if (c->is_done[unit]) return hebb_fail(HEBB_EDATA, "unit %llu is there twice", (unsigned long long)unit);
    c->is_done[unit] = true;
    memcpy(c->numbers + unit * c->n_numbers, numbers, c->n_numbers * sizeof *numbers);
    return HEBB_OK;
}

static void read_journals(const char *folder, const hebb_manifest *manifest, contents *c)
{
    const hebb_journal_kind kind = hebb_manifest_journals(manifest);
    hebb_journals journals;
    if (hebb_journals_list(folder, &journals) != HEBB_OK) give_up("%s", hebb_diagnostic());
    for (size_t k = 0; k < journals.n; k++) {
        hebb_journal_report report;
        if (hebb_journal_read(journals.paths[k], &kind, take, c, &report) != HEBB_OK)
            give_up("%s: %s", journals.paths[k], hebb_diagnostic());
        if (report.n_damaged > 0 || report.has_bad_header) give_up("%s: is damaged", journals.paths[k]);
    }
    hebb_journals_free(&journals);
}

/* Nothing where the manifest was not yet written. */
static contents look(const char *folder)
{
    contents c = {0};
    hebb_manifest manifest;
    const hebb_status status = hebb_manifest_read(&manifest, folder);
    if (status == HEBB_ENOINPUT) return c;
    if (status != HEBB_OK) give_up("%s", hebb_diagnostic());
    c.n_units = hebb_manifest_units(&manifest);
    c.n_numbers = manifest.n_numbers;
    c.is_done = calloc(c.n_units, sizeof *c.is_done);
    c.numbers = calloc(c.n_units, c.n_numbers * sizeof *c.numbers);
    if (c.is_done == NULL || c.numbers == NULL) give_up("no memory");
    read_journals(folder, &manifest, &c);
    hebb_manifest_free(&manifest);
    return c;
}

/* Each unit of `part` is in `whole`, with the same bytes. */
static void check_within(const char *what, const contents *part, const contents *whole)
{
    const size_t size = part->n_numbers * sizeof *part->numbers;
    if (part->n_units == 0) return;
    if (part->n_units != whole->n_units || part->n_numbers != whole->n_numbers) give_up("%s: another study", what);
    for (size_t unit = 0; unit < part->n_units; unit++) {
        if (!part->is_done[unit]) continue;
        if (!whole->is_done[unit]) give_up("%s: unit %zu is lost", what, unit);
        if (memcmp(part->numbers + unit * part->n_numbers, whole->numbers + unit * part->n_numbers, size) != 0)
            give_up("%s: unit %zu has other numbers", what, unit);
    }
}

static size_t count_done(const contents *c)
{
    size_t n = 0;
    for (size_t unit = 0; unit < c->n_units; unit++) n += c->is_done[unit];
    return n;
}

/* ---- files ---- */

static bool same_bytes(const char *a, const char *b)
{
    FILE *first = fopen(a, "rb"), *second = fopen(b, "rb");
    bool same = first != NULL && second != NULL;
    for (int c = 0; same && c != EOF;) same = (c = fgetc(first)) == fgetc(second);
    if (first != NULL) (void)fclose(first);
    if (second != NULL) (void)fclose(second);
    return same;
}

/* Those with a name of their own, the journal apart; what a killed process had not named yet begins with a dot. */
static void check_each(const char *folder, const char *other)
{
    DIR *directory = opendir(folder);
    if (directory == NULL) give_up("%s: %s", folder, strerror(errno));
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char a[PATH_ROOM], b[PATH_ROOM];
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "journal") == 0) continue;
        snprintf(a, sizeof a, "%s/%.100s", folder, entry->d_name);
        snprintf(b, sizeof b, "%s/%.100s", other, entry->d_name);
        if (!same_bytes(a, b)) give_up("%s and %s differ", a, b);
    }
    (void)closedir(directory);
}

static void check_same(const char *folder, const char *undisturbed)
{
    check_each(folder, undisturbed);
    check_each(undisturbed, folder);
}

static void remove_folder(const char *folder)
{
    DIR *directory = opendir(folder);
    if (directory == NULL) return;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;)
        (void)unlinkat(dirfd(directory), entry->d_name, 0);
    (void)closedir(directory);
    (void)rmdir(folder);
}

/* ---- kills ---- */

typedef struct {
    const char *const *words; /* of the study */
    const char *folder;       /* of the undisturbed study */
    double seconds;           /* that it took, the starting of a program included */
    contents all;
} original;

/* Now and then during the start; else somewhere in what a third of the study takes, so that it comes to its end. */
static double draw_delay(const original *its)
{
    const double x = hebb_stream_uniform(&random_numbers), y = hebb_stream_uniform(&random_numbers);
    return n_kills_left <= 0 ? -1.0 : x < 0.2 ? 0.01 * y : x < 0.9 ? its->seconds * y / 3.0 : its->seconds * y;
}

static long draw_below(long n)
{
    return (long)hebb_stream_below(&random_numbers, (uint32_t)n);
}

/* Gives the command until it ends by itself.  An option for threads is added. */
static void disturb(const original *its, const char *folder, const command *first)
{
    static const char *const threads[] = {"1", "2", "3"};
    contents before = look(folder);
    for (bool is_killed = true; is_killed;) {
        command c = *first;
        const bool may_resume = strcmp(first->words[1], "run") == 0 && before.n_units > 0 && draw_below(2) == 0;
        if (may_resume) {
            c = (command){0};
            say(&c, "hebb");
            say(&c, "resume");
            say(&c, folder);
        }
        say(&c, "--threads");
        say(&c, threads[draw_below(3)]);
        is_killed = run(&c, draw_delay(its));
        contents after = look(folder);
        check_within("after the kill", &before, &after);
        check_within("against the undisturbed", &after, &its->all);
        n_in_units += is_killed && count_done(&after) > count_done(&before);
        contents_free(&before);
        before = after;
        n_kills += is_killed;
        n_kills_left -= is_killed;
    }
    contents_free(&before);
}

static command begin_run(const original *its, const char *folder)
{
    command c = {0};
    say(&c, "hebb");
    say(&c, "run");
    for (const char *const *word = its->words; *word != NULL; word++) say(&c, *word);
    say(&c, "--out");
    say(&c, folder);
    return c;
}

static void disturb_whole(const original *its)
{
    const char *folder = in_scratch("killed");
    const command c = begin_run(its, folder);
    disturb(its, folder, &c);
    check_same(folder, its->folder);
    remove_folder(folder);
}

static void disturb_shards(const original *its)
{
    char merged[PATH_ROOM], folders[2][PATH_ROOM];
    command merge = {0};
    say(&merge, "hebb");
    say(&merge, "merge");
    for (int k = 0; k < 2; k++) {
        snprintf(folders[k], sizeof folders[k], "%s", in_scratch(k == 0 ? "shard-1" : "shard-2"));
        command c = begin_run(its, folders[k]);
        say(&c, "--shard");
        say(&c, k == 0 ? "1/2" : "2/2");
        disturb(its, folders[k], &c);
        say(&merge, folders[k]);
    }
    snprintf(merged, sizeof merged, "%s", in_scratch("merged"));
    say(&merge, "--out");
    say(&merge, merged);
    disturb(its, merged, &merge);
    check_same(merged, its->folder);
    for (int k = 0; k < 2; k++) remove_folder(folders[k]);
    remove_folder(merged);
}

static void try_study(const char *const *words, long kills)
{
    char folder[PATH_ROOM];
    snprintf(folder, sizeof folder, "%s", in_scratch("undisturbed"));
    original its = {.words = words, .folder = folder};
    const command c = begin_run(&its, folder);
    const double began = hebb_clock_now();
    (void)run(&c, -1.0);
    its.seconds = hebb_clock_now() - began;
    its.all = look(folder);
    if (count_done(&its.all) != its.all.n_units) give_up("%s: is not finished", folder);
    const long before = n_kills;
    for (n_kills_left = kills; n_kills_left > 0;) {
        disturb_whole(&its);
        disturb_shards(&its);
    }
    for (size_t k = 0; words[k] != NULL; k++) (void)printf("%s ", words[k]);
    (void)printf("(%zu units, %.2f s): %ld kills\n", its.all.n_units, its.seconds, n_kills - before);
    (void)fflush(stdout);
    contents_free(&its.all);
    remove_folder(folder);
}

int main(int argc, char **argv)
{
    const long kills = argc > 1 ? strtol(argv[1], NULL, 10) : 20;
    const unsigned long seed = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
    const char *parent = getenv("TMPDIR");
    program = getenv("HEBB");
    if (program == NULL || kills <= 0) {
        (void)fprintf(stderr, "usage: HEBB=program %s [KILLS [SEED]]\n", argv[0]);
        return EXIT_FAILURE;
    }
    snprintf(scratch, sizeof scratch, "%.100s/hebb-kill-XXXXXX", parent != NULL ? parent : "/tmp");
    if (mkdtemp(scratch) == NULL) give_up("%s", strerror(errno));
    hebb_stream_init(&random_numbers, hebb_philox_derive(seed, HEBB_DRAW_STATE, 0, 0), 0, 0);
    for (size_t k = 0; k < N_STUDIES; k++) try_study(studies[k], (kills + N_STUDIES - 1) / N_STUDIES);
    (void)printf(
        "%ld kills of %ld commands (seed %lu), %ld of them among units: none lost, none twice, the same bytes\n",
        n_kills, n_commands, seed, n_in_units);
    (void)unlink(in_scratch("log"));
    (void)rmdir(scratch);
    return EXIT_SUCCESS;
}
