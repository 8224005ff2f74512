/*
 * hebb-faults - every call of the system that a command of hebb makes, made to fail in turn
 *
 *   hebb-faults [--all] [TEXT]     commands with TEXT in them alone; without --all, of a command's calls that are
 *                                  reached the same way the first and the last, and none as an earlier command's was;
 *                                  in a build with the leak sanitizer still less
 *
 * A command runs in a child with call number k of a kind failing, k = 1, 2, ..., alone or with all that follow.  Then:
 * no crash; the right exit status, that of success only where nothing is affected; one line on standard error, which
 * names the file and the reason; in the folder of the results whole files alone, each the old one or the new, but that
 * a journal may end early and a unit's checkpoint may stay; no temporary file, no memory and no descriptor left; and
 * the same command, undisturbed, ends as if there had been no fault.  Without a fault all that is written below out/ is
 * synced, and each record of a journal by itself where the command says so.
 */
#include "failing_calls.h"

#undef main

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gsl/gsl_errno.h>

#include "analysis_table.h"
#include "command.h"
#include "commands.h"
#include "folder.h"
#include "learner.h"
#include "study_files.h"
#include "theory_table.h"

enum {
    CALL_IO = CALL_OPEN | CALL_CREATE | CALL_READ | CALL_WRITE | CALL_SYNC | CALL_RENAME | CALL_CLOSE |
              CALL_CLOSE_WRITTEN | CALL_REMOVE | CALL_LOOK | CALL_PROCESS,
    CALL_SPACE = CALL_CREATE | CALL_WRITE | CALL_SYNC | CALL_RENAME | CALL_CLOSE_WRITTEN
};

typedef struct {
    const char *name;
    unsigned calls;
    int reason;
    bool goes_on;
    int exit_status;
} kind;

static const kind kinds[] = {
    {"no memory once", CALL_MEMORY, ENOMEM, false, HEBB_EXIT_DATA},
    {"no memory from then on", CALL_MEMORY, ENOMEM, true, HEBB_EXIT_DATA},
    {"ENOSPC once", CALL_SPACE, ENOSPC, false, HEBB_EXIT_IO},
    {"ENOSPC from then on", CALL_SPACE, ENOSPC, true, HEBB_EXIT_IO},
    {"EIO once", CALL_IO, EIO, false, HEBB_EXIT_IO},
    {"EIO from then on", CALL_IO, EIO, true, HEBB_EXIT_IO},
    {"half done once", CALL_READ | CALL_WRITE | CALL_WAIT, 0, false, HEBB_EXIT_OK},
    {"half done from then on", CALL_READ | CALL_WRITE | CALL_WAIT, 0, true, HEBB_EXIT_OK},
    {"EINTR once", CALL_WRITE | CALL_SYNC | CALL_WAIT, EINTR, false, HEBB_EXIT_OK},
};
enum { N_KINDS = sizeof kinds / sizeof *kinds, MAX_WORDS = 64, MAX_SECONDS = 60, MAX_REPORTS = 40 };

/* What a run leaves behind. */
typedef struct {
    int wait_status;
    char *said, *complained; /* standard output and standard error */
    folder files;
} outcome;

static failing_record *record; /* shared with the children */
static char path_to_gnuplot[1024];
static size_t n_faults, n_tried, n_failures;

/* There in a build with the leak sanitizer, in which a run takes ten times as long: whether it found any. */
int __lsan_do_recoverable_leak_check(void) __attribute__((weak));

static bool is_sanitized(void)
{
    return __lsan_do_recoverable_leak_check != NULL;
}

static void outcome_free(outcome *o)
{
    free(o->said);
    free(o->complained);
    folder_free(&o->files);
}

/* ---- one run ---- */

static void redirect(const char *path, FILE *stream)
{
    if (freopen(path, "w", stream) == NULL) die("cannot be opened", path);
}

static void run_in_child(const command *c, const char *words, const failing_plan *plan)
{
    char text[1024], *argv[MAX_WORDS + 1] = {(char *)"hebb"};
    int argc = 1;
    snprintf(text, sizeof text, "%s", words);
    for (char *rest = text; argc < MAX_WORDS && (argv[argc] = strsep(&rest, " ")) != NULL;) argc++;
    redirect("said", stdout);
    redirect("complained", stderr);
    setvbuf(stderr, NULL, _IONBF, 0);
    if (chdir("work") != 0 || setenv("PATH", c->draws ? path_to_gnuplot : "../nothing", 1) != 0)
        die("no folder", "work");
    (void)alarm(MAX_SECONDS);
    failing_begin(plan, record);
    failing_take_stdout();
    const int exit_status = hebb_main(argc, argv);
    failing_end();
    (void)fflush(stdout); /* what exit would do */
    /* What the wrappers do not see, in GSL and libc, is leaked where memory runs out or nowhere. */
    if (is_sanitized() && plan->reason == ENOMEM && __lsan_do_recoverable_leak_check() != 0) record->n_kept++;
    _exit(exit_status);
}

static outcome run(const command *c, const char *words, const failing_plan *plan)
{
    size_t ignored;
    outcome o = {0};
    (void)fflush(NULL);
    const pid_t child = fork();
    if (child < 0) die("no process", words);
    if (child == 0) run_in_child(c, words, plan);
    if (waitpid(child, &o.wait_status, 0) != child) die("lost", words);
    o.said = file_text("said", &ignored);
    o.complained = file_text("complained", &ignored);
    o.files = folder_read("work/out");
    return o;
}

static bool ended_with(const outcome *o, int exit_status)
{
    return WIFEXITED(o->wait_status) && WEXITSTATUS(o->wait_status) == exit_status;
}

/* The same standard output; where it varies, the same head of a table. */
static bool said_as_much(const command *c, const outcome *a, const outcome *good)
{
    if (!c->varies) return strcmp(a->said, good->said) == 0;
    return strncmp(a->said, good->said, strcspn(good->said, "\n") + 1) == 0;
}

/* Nothing is affected; a checkpoint that could not be removed does no harm. */
static bool is_same(const command *c, const outcome *a, const outcome *good)
{
    return a->wait_status == good->wait_status && said_as_much(c, a, good) &&
           strcmp(a->complained, good->complained) == 0 && study_same_but_checkpoints(&a->files, &good->files);
}

/* ---- what is wrong with it: the first thing, NULL when nothing is ---- */

/* "out/.units.csv.4711.0.tmp" -> "units.csv" */
static void name_of(const char *path, size_t size, char *name)
{
    int length;
    const char *slash = strrchr(path, '/');
    const char *last = slash != NULL ? slash + 1 : path;
    const size_t n = strlen(last);
    if (*last == '.' && n > 4 && strcmp(last + n - 4, ".tmp") == 0) {
        length = (int)n - 4;
        for (int dots = 0; dots < 2; dots += last[length] == '.') length--;
        snprintf(name, size, "%.*s", length - 1, last + 1);
    } else {
        snprintf(name, size, "%s", last);
    }
}

/* A file of a call that failed: the only one, or, where all fail that follow, any of them. */
static bool names_a_file(const char *sentence)
{
    if (strchr(record->paths, '/') == NULL && strstr(record->paths, "out") == NULL) return true; /* a pipe, a process */
    if (strstr(record->paths, "standard output") != NULL && strstr(sentence, "out") != NULL) return true;
    char paths[FAILING_MAX_PATHS], name[FAILING_MAX_TEXT], *path;
    snprintf(paths, sizeof paths, "%s", record->paths);
    for (char *rest = paths; (path = strsep(&rest, "\n")) != NULL;) {
        name_of(path, sizeof name, name);
        if (*name != '\0' && strstr(sentence, name) != NULL) return true;
    }
    return false;
}

/* One line «hebb: ...», and beside it only what is said without a fault too. */
static const char *judge_sentence(const outcome *o, const outcome *good, const failing_plan *plan)
{
    char text[4096], *line, *sentence = NULL;
    snprintf(text, sizeof text, "%s", o->complained);
    for (char *rest = text; (line = strsep(&rest, "\n")) != NULL;) {
        if (strncmp(line, "hebb: ", 6) == 0 && sentence != NULL) return "two sentences";
        if (strncmp(line, "hebb: ", 6) == 0)
            sentence = line;
        else if (strstr(good->complained, line) == NULL)
            return "a line that is no sentence";
    }
    if (sentence == NULL) return "no sentence";
    if (plan->reason == ENOMEM) return NULL;
    if (strstr(sentence, strerror(plan->reason)) == NULL) return "the sentence gives another reason";
    return names_a_file(sentence) ? NULL : "the sentence does not name the file";
}

/* A figure's, for TeX too, and the file that says that it is drawn. */
static bool is_picture(const char *path)
{
    return strstr(path, "figure.pdf") != NULL || strstr(path, "figure.svg") != NULL ||
           strstr(path, "figure-tex") != NULL || strstr(path, "figure.json") != NULL ||
           strstr(path, ".plot.json") != NULL;
}

/* What the next run removes or replaces. */
static bool is_temporary(const char *path)
{
    return strstr(path, ".tmp") != NULL || strstr(path, ".figure-tex") != NULL;
}

static bool overwrites(const command *c)
{
    return strstr(c->words, "--overwrite") != NULL;
}

/* What may be lost: a picture of what is drawn anew, and what a study needs no more. */
static bool may_go(const command *c, const char *path)
{
    return is_picture(path) || study_is_checkpoint(path) || (overwrites(c) && study_is_cleared(path));
}

/* Each file is the old one, or the whole new one; what was there is there. */
static const char *judge_files(const command *c, const folder *files, const folder *before, const folder *good,
                               bool may_leave_temporary)
{
    for (size_t k = 0; k < files->n; k++) {
        const folder_entry *entry = &files->entries[k];
        const folder_entry *old = folder_find(before, entry->path), *new = folder_find(good, entry->path);
        if (study_is_journal(entry->path) && old != NULL && overwrites(c) && folder_same_entry(entry, old)) continue;
        if (study_is_journal(entry->path)) {
            if (!study_journal_may_be(entry, overwrites(c) ? NULL : old, new)) return "a journal of other records";
            continue;
        }
        if (study_is_checkpoint(entry->path)) {
            if (!study_checkpoint_is_whole(entry)) return "a torn checkpoint";
            continue;
        }
        if (old == NULL && new == NULL && may_leave_temporary &&is_temporary(entry->path)) continue;
        if (old == NULL && new == NULL) return "a file too many";
        if ((old == NULL || !folder_same_entry(entry, old)) && (new == NULL || !folder_same_entry(entry, new)))
            return "a torn file";
    }
    for (size_t k = 0; k < before->n; k++)
        if (folder_find(files, before->entries[k].path) == NULL && !may_go(c, before->entries[k].path))
            return "an old file is lost";
    return NULL;
}

static const char *judge(const command *c, const outcome *o, const folder *before, const outcome *good, const kind *of,
                         const failing_plan *plan)
{
    if (WIFSIGNALED(o->wait_status)) return WTERMSIG(o->wait_status) == SIGALRM ? "it hangs" : "it crashes";
    if (!record->has_failed) return "nothing failed";
    if (record->n_kept != 0) return "memory is leaked";
    if (record->n_open != 0) return "a descriptor is not closed";
    if (ended_with(o, c->exit_status)) return is_same(c, o, good) ? NULL : "it ended well, and something is affected";
    if (!ended_with(o, of->exit_status)) return "the exit status";
    const char *wrong = judge_sentence(o, good, plan);
    if (wrong != NULL) return wrong;
    if (!c->varies && strncmp(o->said, good->said, strlen(o->said)) != 0)
        return "standard output is no part of the good one";
    return judge_files(c, &o->files, before, &good->files,
                       plan->goes_on && (plan->calls & CALL_REMOVE) != 0); /* then it cannot be removed */
}

/* ---- all faults of a command ---- */

typedef struct {
    const command *command;
    folder before;
    outcome good;
    size_t n_recovered; /* states of the folder from which the command was seen to end well */
    folder *recovered;
} trial;

/* The command ends well in the folder that the fault left. */
static bool recovers(trial *t, const outcome *after)
{
    for (size_t k = 0; k < t->n_recovered; k++)
        if (folder_same(&t->recovered[k], &after->files)) return true;
    const failing_plan none = {0};
    outcome again = run(t->command, t->command->words, &none);
    for (size_t k = 0; k < after->files.n; k++) { /* a temporary that could not be removed stays */
        const char *path = after->files.entries[k].path;
        char name[512];
        snprintf(name, sizeof name, "work/out/%s", path);
        if (folder_find(&t->good.files, path) == NULL && strstr(path, ".tmp") != NULL) (void)unlink(name);
    }
    folder_free(&again.files);
    again.files = folder_read("work/out");
    const bool well = ended_with(&again, t->command->exit_status) && said_as_much(t->command, &again, &t->good) &&
                      folder_same(&again.files, &t->good.files);
    outcome_free(&again);
    if (!well) return false;
    t->recovered = reallocarray(t->recovered, t->n_recovered + 1, sizeof *t->recovered);
    if (t->recovered == NULL) die("no memory", t->command->words);
    folder_restore(&after->files, "work/copy");
    t->recovered[t->n_recovered++] = folder_read("work/copy");
    return true;
}

static void report(const trial *t, const kind *of, size_t number, size_t n, const char *wrong, const outcome *o)
{
    if (n_failures++ >= MAX_REPORTS) return;
    const int n_path = (int)strcspn(record->paths, "\n");
    (void)printf("FAILED: hebb %s\n  %s, call %zu of %zu (%s %.*s): %s; exit status %d\n", t->command->words, of->name,
                 number, n, record->name, n_path, record->paths, wrong,
                 WIFEXITED(o->wait_status) ? WEXITSTATUS(o->wait_status) : -WTERMSIG(o->wait_status));
    (void)printf("%s", o->complained);
}

static void try_fault(trial *t, const kind *of, size_t number, size_t n, bool all)
{
    const failing_plan plan = {of->calls, number, of->goes_on, of->reason};
    folder_restore(&t->before, "work/out");
    outcome o = run(t->command, t->command->words, &plan);
    const char *wrong = judge(t->command, &o, &t->before, &t->good, of, &plan);
    if (wrong == NULL && (all || !is_sanitized()) && !recovers(t, &o))
        wrong = "afterwards the command does not end as it should";
    if (wrong != NULL) report(t, of, number, n, wrong, &o);
    n_tried++;
    outcome_free(&o);
}

/* The first call that is reached in its way; where it alone fails, the last one too. */
static bool is_at_an_end(const kind *of, const uint32_t *places, size_t n, size_t k)
{
    size_t first = 0, last = n - 1;
    while (places[first] != places[k]) first++;
    while (places[last] != places[k]) last--;
    return first == k || (last == k && !of->goes_on && !is_sanitized());
}

/* The ways to a call that earlier commands went, from an empty folder and from a full one. */
static struct way_list {
    size_t n;
    uint32_t *places;
} all_ways[N_KINDS][2];

static bool is_known(const struct way_list *ways, uint32_t place)
{
    for (size_t k = 0; k < ways->n; k++)
        if (ways->places[k] == place) return true;
    return false;
}

static bool has_checkpoint(const folder *files)
{
    for (size_t k = 0; k < files->n; k++)
        if (study_is_checkpoint(files->entries[k].path)) return true;
    return false;
}

/* What is wrong without a fault. */
static const char *judge_good(const trial *t, const outcome *o)
{
    if (has_checkpoint(&t->good.files) && !study_is_training(&t->good.files)) return "a checkpoint is left";
    if (!is_same(t->command, o, &t->good)) return "it differs from run to run";
    if (record->n_kept != 0 || record->n_open != 0) return "memory or a descriptor is kept, without a fault";
    if (record->n_calls > FAILING_MAX_CALLS) return "more calls than are recorded";
    if (record->n_unsynced != 0) return "a file, or the folder with its name, is not synced";
    if (record->n_unsynced_records != 0 && strstr(t->command->words, "--checkpoint-interval 0") != NULL)
        return "a record is not synced before the next one";
    return NULL;
}

static void try_kind(trial *t, const kind *of, bool all)
{
    struct way_list *ways = &all_ways[of - kinds][t->command->before != NULL && of->reason != ENOMEM];
    const failing_plan count = {of->calls, 0, false, 0};
    folder_restore(&t->before, "work/out");
    outcome o = run(t->command, t->command->words, &count);
    const size_t n = record->n_calls;
    const char *wrong = judge_good(t, &o);
    if (wrong != NULL) report(t, of, 0, n, wrong, &o);
    outcome_free(&o);
    uint32_t *places = malloc((n + 1) * sizeof *places);
    if (places == NULL) die("no memory", t->command->words);
    memcpy(places, record->places, n * sizeof *places);
    for (size_t k = 0; k < n; k++)
        if (all || (is_at_an_end(of, places, n, k) && !is_known(ways, places[k]))) try_fault(t, of, k + 1, n, all);
    n_faults += n;
    ways->places = reallocarray(ways->places, ways->n + n + 1, sizeof *ways->places);
    if (ways->places == NULL) die("no memory", t->command->words);
    memcpy(ways->places + ways->n, places, n * sizeof *places);
    ways->n += n;
    free(places);
}

/* What ran before; the last of it until a file cannot be renamed. */
static void run_before(const command *c)
{
    char text[1024];
    snprintf(text, sizeof text, "%s", c->before);
    for (char *words, *rest = text; (words = strsep(&rest, ";")) != NULL;) {
        const bool is_cut = rest == NULL && c->cut != 0;
        const failing_plan plan = {CALL_RENAME, is_cut ? c->cut : 0, true, EIO};
        outcome o = run(c, words, &plan);
        const bool well = is_cut ? ended_with(&o, HEBB_EXIT_IO) && has_checkpoint(&o.files)
                                 : ended_with(&o, HEBB_EXIT_OK) || ended_with(&o, HEBB_EXIT_STOPPED);
        if (!well) die(o.complained, words);
        outcome_free(&o);
    }
}

static void try_command(const command *c, bool all)
{
    const failing_plan none = {0};
    const folder nothing = {0};
    trial t = {.command = c};
    folder_restore(&nothing, "work/out");
    if (c->before != NULL) run_before(c);
    t.before = folder_read("work/out");
    t.good = run(c, c->words, &none);
    if (!ended_with(&t.good, c->exit_status)) die(t.good.complained, c->words);
    const size_t tried = n_tried, faults = n_faults;
    for (size_t k = 0; k < N_KINDS; k++)
        if (all || !is_sanitized() || !kinds[k].goes_on) try_kind(&t, &kinds[k], all);
    (void)printf("%zu of %zu faults: hebb %s\n", n_tried - tried, n_faults - faults, c->words);
    for (size_t k = 0; k < t.n_recovered; k++) folder_free(&t.recovered[k]);
    free(t.recovered);
    folder_free(&t.before);
    outcome_free(&t.good);
}

/* ---- all ---- */

static void require(const char *verb, const char *subject)
{
    char words[256];
    snprintf(words, sizeof words, "%s %s ", verb, subject);
    for (size_t k = 0; k < N_COMMANDS; k++)
        if (strncmp(commands[k].words, words, strlen(words)) == 0 && strstr(commands[k].words, "--help") == NULL)
            return;
    (void)printf("FAILED: commands.h has no «hebb %s…»\n", words);
    n_failures++;
}

int main(int argc, char **argv)
{
    const bool all = argc > 1 && strcmp(argv[1], "--all") == 0;
    const char *wanted = argc > 1 + all ? argv[1 + all] : "";
    char here[512];
    if (getcwd(here, sizeof here) == NULL) die("is too long", ".");
    snprintf(path_to_gnuplot, sizeof path_to_gnuplot, "%s/bin:/usr/bin:/bin", here);
    record = mmap(NULL, sizeof *record, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (record == MAP_FAILED) die("no memory", "mmap");
    for (const hebb_theory_table *const *t = hebb_theory_tables(); *t != NULL; t++) require("theory", (*t)->subject);
    for (const hebb_analysis_table *const *t = hebb_analysis_tables(); *t != NULL; t++)
        require("analyse", (*t)->subject);
    for (const hebb_experiment *const *e = hebb_experiments(); *e != NULL; e++) require("run", (*e)->name);
    for (const hebb_learner *const *l = hebb_learners(); *l != NULL; l++) require("train", (*l)->name);
    for (size_t k = 0; k < N_COMMANDS; k++)
        if (strstr(commands[k].words, wanted) != NULL) try_command(&commands[k], all);
    (void)printf("%zu of %zu faults, %zu failures\n", n_tried, n_faults, n_failures);
    return n_failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
