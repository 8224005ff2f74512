#include "atomic_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static hebb_status fail(const char *what, const char *path)
{
    return hebb_fail(errno == ENOMEM ? HEBB_ENOMEM : HEBB_EIO, "%s: %s: %s", path, what, strerror(errno));
}

/*
 * Where the stream's bytes go: all of them, or none after the first failure, whose reason is kept.  stdio alone would
 * take an interrupted write for a failed one, and by the time of the commit errno may be another call's.
 */
static ssize_t write_whole(void *cookie, const char *bytes, size_t n)
{
    hebb_atomic_file *file = cookie;
    for (size_t done = 0; done < n && file->reason == 0;) {
        const ssize_t written = write(file->descriptor, bytes + done, n - done);
        if (written > 0)
            done += (size_t)written;
        else if (written == 0 || errno != EINTR)
            file->reason = written == 0 ? EIO : errno;
    }
    if (file->reason == 0) return (ssize_t)n;
    errno = file->reason;
    return 0;
}

static int sync_descriptor(int descriptor)
{
    int status;
    do status = fsync(descriptor);
    while (status != 0 && errno == EINTR);
    return status;
}

/* "results/m.csv" -> "results/.m.csv.4711.0.tmp" */
static char *temporary_name(const char *path, int attempt)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    char *temporary;
    const int length =
        asprintf(&temporary, "%.*s.%s.%ld.%d.tmp", (int)(name - path), path, name, (long)getpid(), attempt);
    return length < 0 ? NULL : temporary;
}

/*
 * A killed process leaves its temporary behind, and another one may get the same number, in a container as good as
 * always: then the next name is tried.
 */
static hebb_status make_temporary(hebb_atomic_file *file, const char *path, int *descriptor)
{
    enum { N_ATTEMPTS = 100 };
    for (int attempt = 0; attempt < N_ATTEMPTS; attempt++) {
        file->temporary = temporary_name(file->path, attempt);
        if (file->temporary == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its name", path);
        *descriptor = open(file->temporary, O_WRONLY | O_CLOEXEC | O_CREAT | O_EXCL, 0666);
        if (*descriptor >= 0) return HEBB_OK;
        const int reason = errno;
        free(file->temporary); /* not ours to remove */
        file->temporary = NULL;
        errno = reason;
        if (reason != EEXIST) break;
    }
    return fail("cannot be written", path);
}

/*
 * Whether the name stands for something else than a regular file, or for standard output: even where that is a file, who
 * redirected it goes on writing to that one.
 */
static hebb_status look_at(const char *path, bool *is_direct, bool *is_standard_output)
{
    struct stat info, output;
    *is_direct = *is_standard_output = false;
    if (stat(path, &info) != 0) return errno == ENOENT ? HEBB_OK : fail("cannot be written", path);
    const bool has_output = fstat(STDOUT_FILENO, &output) == 0;
    if (!has_output && errno != EBADF) return fail("cannot be written", path);
    *is_standard_output = has_output && info.st_dev == output.st_dev && info.st_ino == output.st_ino;
    *is_direct = *is_standard_output || !S_ISREG(info.st_mode);
    return HEBB_OK;
}

static hebb_status open_directly(const char *path, bool is_standard_output, int *descriptor)
{
    *descriptor =
        is_standard_output ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0) : open(path, O_WRONLY | O_CLOEXEC | O_TRUNC);
    return *descriptor >= 0 ? HEBB_OK : fail("cannot be written", path);
}

/* A link stays a link: its target is replaced. */
static hebb_status set_path(hebb_atomic_file *file, const char *path, bool is_direct)
{
    file->path = is_direct ? NULL : realpath(path, NULL);
    if (file->path != NULL) return HEBB_OK;
    if (!is_direct && errno != ENOENT) return fail("cannot be written", path);
    file->path = strdup(path);
    return file->path != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "%s: no memory for its name", path);
}

hebb_status hebb_atomic_file_open(hebb_atomic_file *file, const char *path)
{
    *file = (hebb_atomic_file){.descriptor = -1};
    bool is_direct, is_standard_output;
    hebb_status status = look_at(path, &is_direct, &is_standard_output);
    if (status == HEBB_OK) status = set_path(file, path, is_direct);
    if (status == HEBB_OK)
        status = is_direct ? open_directly(path, is_standard_output, &file->descriptor)
                           : make_temporary(file, path, &file->descriptor);
    if (status != HEBB_OK) goto out;
    file->stream = fopencookie(file, "w", (cookie_io_functions_t){.write = write_whole});
    if (file->stream == NULL) {
        status = hebb_fail(HEBB_ENOMEM, "%s: no memory to write it", path);
        (void)close(file->descriptor);
    }
out:
    if (status != HEBB_OK) hebb_atomic_file_discard(file);
    return status;
}

hebb_status hebb_folder_sync(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, slash == path ? 1 : (size_t)(slash - path));
    if (folder == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its folder's name", path);
    hebb_status status = HEBB_OK;
    const int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0 || (sync_descriptor(descriptor) != 0 && errno != EINVAL && errno != EROFS))
        status = fail("its folder cannot be synced", path);
    if (descriptor >= 0) (void)close(descriptor);
    free(folder);
    return status;
}

hebb_status hebb_atomic_file_commit(hebb_atomic_file *file)
{
    hebb_status status = HEBB_OK;
    const bool directly = file->temporary == NULL;
    if (fflush(file->stream) != 0 || ferror(file->stream)) {
        if (file->reason != 0) errno = file->reason;
        status = fail("cannot be written", file->path);
    }
    if (status == HEBB_OK && !directly && sync_descriptor(file->descriptor) != 0)
        status = fail("cannot be synced", file->path);
    (void)fclose(file->stream);
    file->stream = NULL;
    if (close(file->descriptor) != 0 && status == HEBB_OK) status = fail("cannot be closed", file->path);
    if (status == HEBB_OK && !directly) {
        if (rename(file->temporary, file->path) != 0) {
            status = fail("cannot be replaced", file->path);
        } else {
            free(file->temporary); /* the name is gone */
            file->temporary = NULL;
            status = hebb_folder_sync(file->path);
        }
    }
    hebb_atomic_file_discard(file);
    return status;
}

void hebb_atomic_file_discard(hebb_atomic_file *file)
{
    if (file->stream != NULL) {
        (void)fclose(file->stream);
        (void)close(file->descriptor);
    }
    if (file->temporary != NULL) (void)unlink(file->temporary);
    free(file->temporary);
    free(file->path);
    *file = (hebb_atomic_file){.descriptor = -1};
}

/* The process that a name of temporary_name's bears; 0 for another name. */
static long owner_of(const char *name)
{
    long owner = 0;
    int attempt, length = 0;
    const size_t n = strlen(name);
    if (name[0] != '.') return 0;
    for (const char *dot = name + n; dot > name + 1; dot--)
        if (*dot == '.' && sscanf(dot, ".%ld.%d.tmp%n", &owner, &attempt, &length) == 2 && length > 0 &&
            dot + length == name + n)
            return owner;
    return 0;
}

void hebb_atomic_file_sweep(const char *folder)
{
    DIR *directory = opendir(folder);
    if (directory == NULL) return;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const long owner = owner_of(entry->d_name);
        if (owner > 0 && kill((pid_t)owner, 0) != 0 && errno == ESRCH)
            (void)unlinkat(dirfd(directory), entry->d_name, 0);
    }
    (void)closedir(directory);
}

static hebb_status make_one_folder(const char *path)
{
    struct stat info;
    if (mkdir(path, 0777) == 0) return HEBB_OK;
    if (errno != EEXIST) return fail("cannot be made", path);
    if (stat(path, &info) != 0) return fail("cannot be looked at", path);
    if (!S_ISDIR(info.st_mode)) return hebb_fail(HEBB_EIO, "%s: is a file, a folder was expected", path);
    return HEBB_OK;
}

hebb_status hebb_folder_make(const char *path)
{
    char *prefix = strdup(path);
    if (prefix == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its name", path);
    hebb_status status = HEBB_OK;
    for (char *slash = prefix; status == HEBB_OK && *slash != '\0' && (slash = strchr(slash + 1, '/')) != NULL;) {
        *slash = '\0';
        status = make_one_folder(prefix);
        *slash = '/';
    }
    if (status == HEBB_OK) status = make_one_folder(prefix);
    free(prefix);
    return status;
}
