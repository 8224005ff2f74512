#include "atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static hebb_status fail(const char *what, const char *path)
{
    return hebb_fail(HEBB_EIO, "%s: %s: %s", path, what, strerror(errno));
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

/* Even where it is a file, as /dev/stdout may be: who redirected it goes on writing to that one. */
static bool is_standard_output(const char *path)
{
    struct stat info, output;
    return stat(path, &info) == 0 && fstat(STDOUT_FILENO, &output) == 0 && info.st_dev == output.st_dev &&
           info.st_ino == output.st_ino;
}

static bool is_other_than_regular(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode);
}

static hebb_status open_directly(const char *path, int *descriptor)
{
    *descriptor = is_standard_output(path) ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)
                                           : open(path, O_WRONLY | O_CLOEXEC | O_TRUNC);
    return *descriptor >= 0 ? HEBB_OK : fail("cannot be written", path);
}

hebb_status hebb_atomic_file_open(hebb_atomic_file *file, const char *path)
{
    *file = (hebb_atomic_file){NULL, NULL, NULL};
    hebb_status status = HEBB_OK;
    const bool directly = is_other_than_regular(path) || is_standard_output(path);
    char *target = directly ? NULL : realpath(path, NULL); /* a link stays a link: its target is replaced */
    file->path = target != NULL ? target : strdup(path);
    if (file->path == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its name", path);
    int descriptor = -1;
    status = directly ? open_directly(path, &descriptor) : make_temporary(file, path, &descriptor);
    if (status != HEBB_OK) goto out;
    file->stream = fdopen(descriptor, "w");
    if (file->stream == NULL) {
        status = fail("cannot be written", path);
        (void)close(descriptor);
    }
out:
    if (status != HEBB_OK) hebb_atomic_file_discard(file);
    return status;
}

/* The rename is on the disk only once the folder is. */
static hebb_status sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, slash == path ? 1 : (size_t)(slash - path));
    if (folder == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its folder's name", path);
    hebb_status status = HEBB_OK;
    const int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0 || (fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS))
        status = fail("its folder cannot be synced", path);
    if (descriptor >= 0) (void)close(descriptor);
    free(folder);
    return status;
}

hebb_status hebb_atomic_file_commit(hebb_atomic_file *file)
{
    hebb_status status = HEBB_OK;
    const bool directly = file->temporary == NULL;
    if (fflush(file->stream) != 0 || ferror(file->stream)) status = fail("cannot be written", file->path);
    if (status == HEBB_OK && !directly && fsync(fileno(file->stream)) != 0)
        status = fail("cannot be synced", file->path);
    const int closed = fclose(file->stream);
    file->stream = NULL;
    if (status == HEBB_OK && closed != 0) status = fail("cannot be closed", file->path);
    if (status == HEBB_OK && !directly) {
        if (rename(file->temporary, file->path) != 0) {
            status = fail("cannot be replaced", file->path);
        } else {
            free(file->temporary); /* the name is gone */
            file->temporary = NULL;
            status = sync_folder(file->path);
        }
    }
    hebb_atomic_file_discard(file);
    return status;
}

void hebb_atomic_file_discard(hebb_atomic_file *file)
{
    if (file->stream != NULL) (void)fclose(file->stream);
    if (file->temporary != NULL) (void)unlink(file->temporary);
    free(file->temporary);
    free(file->path);
    *file = (hebb_atomic_file){NULL, NULL, NULL};
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
