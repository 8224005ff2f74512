#include "gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char *const pictures[] = {"figure.pdf", "figure.svg"};
enum { N_PICTURES = sizeof pictures / sizeof *pictures };

static hebb_status fail(const char *folder, const char *what)
{
    return hebb_fail(errno == ENOMEM ? HEBB_ENOMEM : HEBB_EIO, "%s/plot.gp: %s: %s", folder, what, strerror(errno));
}

/* Starts gnuplot in the folder, what it says going into the pipe.  Returns what posix_spawnp does: 0 or an errno. */
static int spawn(const char *folder, int to_pipe, pid_t *child)
{
    char *const arguments[] = {"gnuplot", "-d", "plot.gp", NULL};
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) return error;
    error = posix_spawn_file_actions_addchdir_np(&actions, folder);
    if (error == 0) error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (error == 0) error = posix_spawn_file_actions_adddup2(&actions, to_pipe, STDOUT_FILENO);
    if (error == 0) error = posix_spawn_file_actions_adddup2(&actions, to_pipe, STDERR_FILENO);
    if (error == 0) error = posix_spawnp(child, "gnuplot", &actions, NULL, arguments, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
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
static const char *first_complaint(char *said)
{
    const char *first = NULL;
    for (char *line = strtok(said, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        const char *text = line + strspn(line, " \t");
        if (strncmp(text, "\"plot.gp\"", 9) == 0) return text;
        if (first == NULL && strpbrk(text, "abcdefghijklmnopqrstuvwxyz") != NULL) first = text;
    }
    return first != NULL ? first : "no reason given";
}

static bool complains_of_missing_points(const char *said)
{
    return strstr(said, "no valid points") != NULL || strstr(said, "points y value undefined") != NULL ||
           strstr(said, "empty x range") != NULL || strstr(said, "empty y range") != NULL;
}

static hebb_status picture_path(const char *folder, size_t k, char **path)
{
    if (asprintf(path, "%s/%s", folder, pictures[k]) >= 0) return HEBB_OK;
    *path = NULL;
    return hebb_fail(HEBB_ENOMEM, "%s: no memory for its pictures' names", folder);
}

static hebb_status remove_pictures(const char *folder)
{
    for (size_t k = 0; k < N_PICTURES; k++) {
        char *path;
        const hebb_status status = picture_path(folder, k, &path);
        if (status != HEBB_OK) return status;
        const hebb_status removed = unlink(path) == 0 || errno == ENOENT
                                        ? HEBB_OK
                                        : hebb_fail(HEBB_EIO, "%s: cannot be removed: %s", path, strerror(errno));
        free(path);
        if (removed != HEBB_OK) return removed;
    }
    return HEBB_OK;
}

static hebb_status check_pictures(const char *folder)
{
    for (size_t k = 0; k < N_PICTURES; k++) {
        char *path;
        struct stat info;
        const hebb_status status = picture_path(folder, k, &path);
        if (status != HEBB_OK) return status;
        const int failed = stat(path, &info) != 0 ? errno : 0;
        const bool is_empty = failed == 0 && info.st_size == 0;
        free(path);
        if (failed == ENOENT || is_empty)
            return hebb_fail(HEBB_EDATA, "%s/plot.gp: gnuplot wrote no %s", folder, pictures[k]);
        if (failed != 0) return hebb_fail(HEBB_EIO, "%s/%s: %s", folder, pictures[k], strerror(failed));
    }
    return HEBB_OK;
}

/* None half drawn is left; where that fails it is what the user has to know. */
static hebb_status undo(const char *folder, hebb_status status)
{
    char why[512];
    snprintf(why, sizeof why, "%s", hebb_diagnostic());
    const hebb_status removed = remove_pictures(folder);
    return removed != HEBB_OK ? removed : hebb_fail(status, "%s", why);
}

hebb_status hebb_gnuplot_draw(const char *folder, bool *drawn)
{
    *drawn = false;
    hebb_status status = remove_pictures(folder);
    if (status != HEBB_OK) return status;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return fail(folder, "no pipe");
    pid_t child;
    const int error = spawn(folder, ends[1], &child);
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
    if (!WIFEXITED(outcome) || WEXITSTATUS(outcome) != 0)
        status = hebb_fail(HEBB_EDATA, "%s/plot.gp: gnuplot failed: %s", folder, first_complaint(said));
    else if (complains_of_missing_points(said))
        status = hebb_fail(HEBB_EDATA, "%s/plot.gp: gnuplot drew an empty picture: %s", folder, first_complaint(said));
    else
        status = check_pictures(folder);
    *drawn = status == HEBB_OK;
    return status == HEBB_OK ? HEBB_OK : undo(folder, status);
}
