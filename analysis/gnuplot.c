#include "gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "atomic_file.h"
#include "gnuplot_tex.h"
#include "input.h"

extern char **environ;

/* What gnuplot is to draw in a folder: by which script, which files, a NULL at their end. */
typedef struct {
    const char *script, *files[6];
} drawing_job;

static const drawing_job pictures = {"plot.gp", {"figure.pdf", "figure.svg"}};

/* Till TeX's pictures are translated they bear names that nobody sees. */
static const drawing_job tex_pictures = {".figure-tex.gp", {".figure-tex.tex", ".figure-tex.pdf"}};

enum { MAX_BYTES = 1 << 28 }; /* of a picture */

static hebb_status fail(const char *folder, const char *what)
{
    return hebb_fail(errno == ENOMEM ? HEBB_ENOMEM : HEBB_EIO, "%s/plot.gp: %s: %s", folder, what, strerror(errno));
}

/*
 * The environment without what changes gnuplot: with a GNUTERM that it does not have it skips its own start-up and fails
 * later.  NULL: no memory.
 */
static char **make_environment(void)
{
    static char terminal[] = "GNUTERM=dumb"; /* opens no window */
    size_t n = 0, n_kept = 0;
    while (environ[n] != NULL) n++;
    char **kept = calloc(n + 2, sizeof *kept);
    for (size_t k = 0; kept != NULL && k < n; k++)
        if (strncmp(environ[k], "GNUTERM=", 8) != 0 && strncmp(environ[k], "GNUPLOT_", 8) != 0)
            kept[n_kept++] = environ[k];
    if (kept != NULL) kept[n_kept] = terminal;
    return kept;
}

/* Starts gnuplot in the folder, what it says going into the pipe.  Returns what posix_spawnp does: 0 or an errno. */
static int spawn(const char *folder, const char *script, int to_pipe, pid_t *child)
{
    char name[32];
    snprintf(name, sizeof name, "%s", script);
    char *const arguments[] = {"gnuplot", "-d", name, NULL};
    posix_spawn_file_actions_t actions;
    char **environment = make_environment();
    if (environment == NULL) return ENOMEM;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) {
        free(environment);
        return error;
    }
    error = posix_spawn_file_actions_addchdir_np(&actions, folder);
    if (error == 0) error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (error == 0) error = posix_spawn_file_actions_adddup2(&actions, to_pipe, STDOUT_FILENO);
    if (error == 0) error = posix_spawn_file_actions_adddup2(&actions, to_pipe, STDERR_FILENO);
    if (error == 0) error = posix_spawnp(child, "gnuplot", &actions, NULL, arguments, environment);
    (void)posix_spawn_file_actions_destroy(&actions);
    free(environment);
    return error;
}

/* All that the other end says, cut at size - 1 bytes; the rest is read and dropped, or gnuplot would wait. */
static void listen_to(int from_pipe, size_t size, char *said)
{
    size_t length = 0;
    char surplus[512];
    for (;;) {
        const bool full = length + 1 >= size;
        const ssize_t n = read(from_pipe, full ? surplus : said + length, full ? sizeof surplus : size - 1 - length);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        if (!full) length += (size_t)n;
    }
    said[length] = '\0';
}

/* The first line that names the script: before it gnuplot quotes the source, with empty lines and carets. */
static const char *first_complaint(const char *script, char *said)
{
    const char *first = NULL;
    const size_t n = strlen(script);
    for (char *line = strtok(said, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        const char *text = line + strspn(line, " \t");
        if (text[0] == '"' && strncmp(text + 1, script, n) == 0 && text[n + 1] == '"') return text;
        if (first == NULL && strpbrk(text, "abcdefghijklmnopqrstuvwxyz") != NULL) first = text;
    }
    return first != NULL ? first : "no reason given";
}

static bool complains_of_missing_points(const char *said)
{
    return strstr(said, "no valid points") != NULL || strstr(said, "points y value undefined") != NULL ||
           strstr(said, "empty x range") != NULL || strstr(said, "empty y range") != NULL;
}

static hebb_status path_of(const char *folder, const char *name, char **path)
{
    if (asprintf(path, "%s/%s", folder, name) >= 0) return HEBB_OK;
    *path = NULL;
    return hebb_fail(HEBB_ENOMEM, "%s: no memory for its pictures' names", folder);
}

/* Without an allocation: what is half drawn goes where there is no memory, too. */
static hebb_status remove_file(const char *folder, const char *name)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        errno = ENAMETOOLONG;
    else if (unlink(path) == 0 || errno == ENOENT)
        return HEBB_OK;
    return hebb_fail(HEBB_EIO, "%s/%s: cannot be removed: %s", folder, name, strerror(errno));
}

static hebb_status remove_files(const char *folder, const drawing_job *job)
{
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && job->files[k] != NULL; k++) status = remove_file(folder, job->files[k]);
    return status;
}

static hebb_status check_files(const char *folder, const drawing_job *job)
{
    for (size_t k = 0; job->files[k] != NULL; k++) {
        char *path;
        struct stat info;
        const hebb_status status = path_of(folder, job->files[k], &path);
        if (status != HEBB_OK) return status;
        const int failed = stat(path, &info) != 0 ? errno : 0;
        const bool is_empty = failed == 0 && info.st_size == 0;
        free(path);
        if (failed == ENOENT || is_empty)
            return hebb_fail(HEBB_EDATA, "%s/plot.gp: gnuplot wrote no %s", folder, job->files[k]);
        if (failed != 0) return hebb_fail(HEBB_EIO, "%s/%s: %s", folder, job->files[k], strerror(failed));
    }
    return HEBB_OK;
}

/* None half drawn is left; where that fails it is what the user has to know. */
static hebb_status undo(const char *folder, const drawing_job *job, hebb_status status)
{
    char why[512];
    snprintf(why, sizeof why, "%s", hebb_diagnostic());
    const hebb_status removed = remove_files(folder, job);
    return removed != HEBB_OK ? removed : hebb_fail(status, "%s", why);
}

/* gnuplot names each curve of an SVG; a script may draw its frames alone and complain of nothing. */
static hebb_status check_curves(const char *folder)
{
    char *path, *svg = NULL;
    size_t n;
    hebb_status status = path_of(folder, "figure.svg", &path);
    if (status == HEBB_OK) status = hebb_input_load(path, MAX_BYTES, &svg, &n);
    if (status == HEBB_OK && strstr(svg, "gnuplot_plot_") == NULL)
        status = hebb_fail(HEBB_EDATA, "%s/plot.gp: gnuplot drew an empty picture: no curve in any panel", folder);
    free(svg);
    free(path);
    return status;
}

static hebb_status judge(const char *folder, const drawing_job *job, int outcome, char *said)
{
    if (!WIFEXITED(outcome) || WEXITSTATUS(outcome) != 0)
        return hebb_fail(HEBB_EDATA, "%s/plot.gp: gnuplot failed: %s", folder, first_complaint(job->script, said));
    if (complains_of_missing_points(said))
        return hebb_fail(HEBB_EDATA, "%s/plot.gp: gnuplot drew an empty picture: %s", folder,
                         first_complaint(job->script, said));
    return check_files(folder, job);
}

static hebb_status draw(const char *folder, const drawing_job *job, bool *drawn)
{
    *drawn = false;
    hebb_status status = remove_files(folder, job);
    if (status != HEBB_OK) return status;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return fail(folder, "no pipe");
    pid_t child;
    const int error = spawn(folder, job->script, ends[1], &child);
    (void)close(ends[1]);
    char said[4096] = "";
    int outcome = 0;
    if (error == 0) {
        listen_to(ends[0], sizeof said, said);
        while (waitpid(child, &outcome, 0) < 0 && errno == EINTR) continue;
    }
    (void)close(ends[0]);
    if (error == ENOENT) return HEBB_OK;
    if (error != 0) {
        errno = error;
        return fail(folder, "gnuplot cannot be started");
    }
    status = judge(folder, job, outcome, said);
    *drawn = status == HEBB_OK;
    return status == HEBB_OK ? HEBB_OK : undo(folder, job, status);
}

hebb_status hebb_gnuplot_draw(const char *folder, bool *drawn)
{
    hebb_status status = draw(folder, &pictures, drawn);
    if (status != HEBB_OK || !*drawn) return status;
    status = check_curves(folder);
    *drawn = status == HEBB_OK;
    return status == HEBB_OK ? HEBB_OK : undo(folder, &pictures, status);
}

/* ---- for TeX ---- */

/* plot.gp, for TeX, under its hidden name. */
static hebb_status write_script(const char *folder)
{
    char *from, *to = NULL, *script = NULL, *changed = NULL;
    size_t n;
    hebb_atomic_file file;
    hebb_status status = path_of(folder, "plot.gp", &from);
    if (status == HEBB_OK) status = path_of(folder, tex_pictures.script, &to);
    if (status == HEBB_OK) status = hebb_input_load(from, MAX_BYTES, &script, &n);
    if (status == HEBB_OK) status = hebb_gnuplot_tex_script(from, script, tex_pictures.files[0], &changed);
    if (status == HEBB_OK && (status = hebb_atomic_file_open(&file, to)) == HEBB_OK) {
        (void)fputs(changed, file.stream);
        status = hebb_atomic_file_commit(&file);
    }
    free(changed);
    free(script);
    free(to);
    free(from);
    return status;
}

/* What gnuplot has written, as figure-tex.tex; the curves are there before it. */
static hebb_status write_document(const char *folder)
{
    char *from, *to = NULL, *curves = NULL, *pages = NULL, *text = NULL, *script = NULL;
    size_t n;
    hebb_atomic_file file;
    hebb_status status = path_of(folder, tex_pictures.files[0], &from);
    if (status == HEBB_OK) status = path_of(folder, HEBB_GNUPLOT_TEX, &to);
    if (status == HEBB_OK) status = path_of(folder, tex_pictures.files[1], &curves);
    if (status == HEBB_OK) status = path_of(folder, HEBB_GNUPLOT_TEX_PAGES, &pages);
    if (status == HEBB_OK) status = path_of(folder, "plot.gp", &script);
    if (status == HEBB_OK) status = hebb_input_load(from, MAX_BYTES, &text, &n);
    if (status == HEBB_OK && (status = hebb_atomic_file_open(&file, to)) == HEBB_OK) {
        status = hebb_gnuplot_tex_document(script, text, HEBB_GNUPLOT_TEX_PAGES, file.stream);
        if (status == HEBB_OK && rename(curves, pages) != 0)
            status = hebb_fail(HEBB_EIO, "%s: cannot be written: %s", pages, strerror(errno));
        if (status == HEBB_OK)
            status = hebb_atomic_file_commit(&file);
        else
            hebb_atomic_file_discard(&file);
    }
    free(text);
    free(script);
    free(pages);
    free(curves);
    free(to);
    free(from);
    return status;
}

hebb_status hebb_gnuplot_draw_tex(const char *folder, bool *drawn)
{
    static const drawing_job results = {NULL, {HEBB_GNUPLOT_TEX, HEBB_GNUPLOT_TEX_PAGES}};
    const char *const *hidden = tex_pictures.files;
    const drawing_job leftovers = {NULL, {tex_pictures.script, hidden[0], hidden[1]}};
    const drawing_job all = {NULL,
                             {HEBB_GNUPLOT_TEX, HEBB_GNUPLOT_TEX_PAGES, tex_pictures.script, hidden[0], hidden[1]}};
    *drawn = false;
    hebb_status status = remove_files(folder, &results);
    if (status == HEBB_OK) status = write_script(folder);
    if (status == HEBB_OK) status = draw(folder, &tex_pictures, drawn);
    if (status == HEBB_OK && *drawn) status = write_document(folder);
    if (status == HEBB_OK) status = remove_files(folder, &leftovers);
    *drawn = *drawn && status == HEBB_OK;
    return status == HEBB_OK ? HEBB_OK : undo(folder, &all, status);
}
