/* Files, folders and processes that fail. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wrap.h"

/* ---- descriptors ---- */

enum { N_DESCRIPTORS = 256 };
static struct {
    bool is_open, is_written, is_dirty; /* dirty: written and not synced */
    char path[FAILING_MAX_TEXT];
} files[N_DESCRIPTORS];
static long n_new_names; /* of files, whose folder is not synced yet */

/* Of the results: files below a folder of their own. */
static bool is_result(const char *path)
{
    return strncmp(path, "out/", 4) == 0;
}

static int opened(int descriptor, const char *path, bool is_written)
{
    if (failing_into == NULL || descriptor < 0 || descriptor >= N_DESCRIPTORS) return descriptor;
    files[descriptor].is_open = true;
    files[descriptor].is_dirty = false;
    files[descriptor].is_written = is_written;
    snprintf(files[descriptor].path, sizeof files[descriptor].path, "%s", path);
    failing_into->n_open++;
    return descriptor;
}

static bool is_known(int descriptor)
{
    return failing_into != NULL && descriptor >= 0 && descriptor < N_DESCRIPTORS && files[descriptor].is_open;
}

static const char *path_of(int descriptor)
{
    return is_known(descriptor) ? files[descriptor].path : "";
}

int __real_access(const char *path, int mode);
int __real_fstat(int descriptor, struct stat *info);

static void add_new_name(void)
{
    if (failing_into == NULL) return;
    n_new_names++;
    failing_into->n_unsynced++;
}

static void forget_new_names(void)
{
    failing_into->n_unsynced -= n_new_names;
    n_new_names = 0;
}

static bool is_folder(int descriptor)
{
    struct stat info;
    return __real_fstat(descriptor, &info) == 0 && S_ISDIR(info.st_mode);
}

WRAP(int, open, (const char *path, int flags, ...))
{
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    if (failing_fails(flags & O_CREAT ? CALL_CREATE : CALL_OPEN, "open", path)) return -1;
    const bool is_new = (flags & (O_CREAT | O_EXCL)) == O_CREAT && is_result(path) && __real_access(path, F_OK) != 0;
    const int descriptor = opened(__real_open(path, flags, mode), path, (flags & O_ACCMODE) != O_RDONLY);
    if (is_new && descriptor >= 0) add_new_name();
    return descriptor;
}

WRAP(int, __open_2, (const char *path, int flags))
{
    return __wrap_open(path, flags);
}

/* The descriptor is gone even where closing it fails. */
WRAP(int, close, (int descriptor))
{
    const bool known = is_known(descriptor);
    const bool failed = known && failing_fails(files[descriptor].is_written ? CALL_CLOSE_WRITTEN : CALL_CLOSE, "close",
                                               files[descriptor].path);
    if (known) {
        files[descriptor].is_open = false;
        failing_into->n_open--;
        failing_into->n_unsynced += files[descriptor].is_dirty;
    }
    const int status = __real_close(descriptor);
    if (!failed) return status;
    errno = failing_now.reason;
    return -1;
}

ssize_t __real_read(int descriptor, void *bytes, size_t n);

static ssize_t read_some(unsigned calls, int descriptor, void *bytes, size_t n)
{
    const bool failed = failing_fails(calls, "read", path_of(descriptor));
    if (failed && failing_now.reason != 0) return -1;
    return __real_read(descriptor, bytes, failed ? (n + 1) / 2 : n);
}

WRAP(ssize_t, read, (int descriptor, void *bytes, size_t n))
{
    return read_some(CALL_WAIT, descriptor, bytes, n);
}

WRAP(ssize_t, __read_chk, (int descriptor, void *bytes, size_t n, size_t room))
{
    (void)room;
    return read_some(CALL_WAIT, descriptor, bytes, n);
}

WRAP(ssize_t, pread, (int descriptor, void *bytes, size_t n, off_t offset))
{
    const bool failed = failing_fails(CALL_READ, "pread", path_of(descriptor));
    if (failed && failing_now.reason != 0) return -1;
    return __real_pread(descriptor, bytes, failed ? (n + 1) / 2 : n, offset);
}

static void mark_dirty(int descriptor)
{
    if (is_known(descriptor) && is_result(files[descriptor].path)) files[descriptor].is_dirty = true;
}

/* A disk that fills up takes a part of what is written first. */
static bool fills_up(size_t n)
{
    return failing_now.reason == ENOSPC && failing_now.goes_on && failing_into->n_calls == failing_now.number && n > 1;
}

WRAP(ssize_t, write, (int descriptor, const void *bytes, size_t n))
{
    mark_dirty(descriptor);
    if (!failing_fails(CALL_WRITE, "write", path_of(descriptor))) return __real_write(descriptor, bytes, n);
    if (failing_now.reason != 0 && !fills_up(n)) return -1;
    return __real_write(descriptor, bytes, (n + 1) / 2);
}

WRAP(ssize_t, pwrite, (int descriptor, const void *bytes, size_t n, off_t offset))
{
    if (is_known(descriptor) && files[descriptor].is_dirty) failing_into->n_unsynced_records++;
    mark_dirty(descriptor);
    if (!failing_fails(CALL_WRITE, "pwrite", path_of(descriptor))) return __real_pwrite(descriptor, bytes, n, offset);
    return failing_now.reason != 0 && !fills_up(n) ? -1 : __real_pwrite(descriptor, bytes, (n + 1) / 2, offset);
}

/* No test needs to survive a power cut. */
static int sync_one(const char *name, int descriptor)
{
    if (failing_fails(CALL_SYNC, name, path_of(descriptor))) return -1;
    if (!is_known(descriptor)) return 0;
    files[descriptor].is_dirty = false;
    if (is_folder(descriptor)) forget_new_names();
    return 0;
}

WRAP(int, fsync, (int descriptor))
{
    return sync_one("fsync", descriptor);
}

WRAP(int, fdatasync, (int descriptor))
{
    return sync_one("fdatasync", descriptor);
}

WRAP(int, ftruncate, (int descriptor, off_t length))
{
    return failing_fails(CALL_WRITE, "ftruncate", path_of(descriptor)) ? -1 : __real_ftruncate(descriptor, length);
}

/* hebb duplicates standard output and nothing else; where files cannot be locked it goes without. */
WRAP(int, fcntl, (int descriptor, int command, ...))
{
    va_list arguments;
    va_start(arguments, command);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    const bool duplicates = command == F_DUPFD || command == F_DUPFD_CLOEXEC;
    const bool locks = command == F_OFD_SETLK || command == F_OFD_GETLK;
    if (duplicates && failing_fails(CALL_OPEN, "fcntl", "")) return -1;
    if (locks && failing_fails(CALL_LOOK, "fcntl", path_of(descriptor))) return -1;
    const int result = __real_fcntl(descriptor, command, argument);
    return duplicates ? opened(result, "standard output", true) : result;
}

WRAP(int, pipe2, (int ends[2], int flags))
{
    if (failing_fails(CALL_PROCESS, "pipe2", "")) return -1;
    const int status = __real_pipe2(ends, flags);
    for (int k = 0; status == 0 && k < 2; k++) (void)opened(ends[k], "pipe", false);
    return status;
}

/* ---- streams: of our own functions, so that what stdio reads and writes counts ---- */

static ssize_t stream_read(void *cookie, char *bytes, size_t n)
{
    return read_some(CALL_READ, (int)(intptr_t)cookie, bytes, n);
}

/* As stdio's own: after a part comes the rest. */
static ssize_t stream_write(void *cookie, const char *bytes, size_t n)
{
    size_t done = 0;
    while (done < n) {
        const ssize_t written = __wrap_write((int)(intptr_t)cookie, bytes + done, n - done);
        if (written > 0) done += (size_t)written;
        if (written <= 0 && errno != EINTR) break;
    }
    return (ssize_t)done;
}

static int stream_seek(void *cookie, off64_t *offset, int whence)
{
    *offset = lseek((int)(intptr_t)cookie, *offset, whence);
    return *offset < 0 ? -1 : 0;
}

static int stream_close(void *cookie)
{
    return __wrap_close((int)(intptr_t)cookie);
}

WRAP(FILE *, fopencookie, (void *cookie, const char *mode, cookie_io_functions_t functions))
{
    return failing_fails(CALL_MEMORY, "fopencookie", "") ? NULL : __real_fopencookie(cookie, mode, functions);
}

static FILE *stream_on(int descriptor, const char *mode)
{
    const cookie_io_functions_t functions = {stream_read, stream_write, stream_seek, stream_close};
    return __real_fopencookie((void *)(intptr_t)descriptor, mode, functions);
}

WRAP(FILE *, fdopen, (int descriptor, const char *mode))
{
    return failing_fails(CALL_MEMORY, "fdopen", path_of(descriptor)) ? NULL : stream_on(descriptor, mode);
}

WRAP(FILE *, fopen, (const char *path, const char *mode))
{
    const int flags = *mode == 'r' ? O_RDONLY : O_WRONLY | O_CREAT | (*mode == 'a' ? O_APPEND : O_TRUNC);
    if (failing_fails(CALL_MEMORY | (flags & O_CREAT ? CALL_CREATE : CALL_OPEN), "fopen", path)) return NULL;
    const int descriptor = opened(__real_open(path, flags | O_CLOEXEC, 0666), path, flags != O_RDONLY);
    return descriptor < 0 ? NULL : stream_on(descriptor, mode);
}

void failing_take_stdout(void)
{
    (void)opened(STDOUT_FILENO, "standard output", true);
    failing_into->n_open--; /* it stays open */
    stdout = stream_on(STDOUT_FILENO, "w");
    if (stdout == NULL) abort();
}

/* ---- names ---- */

WRAP(int, rename, (const char *from, const char *to))
{
    if (failing_fails(CALL_RENAME, "rename", to)) return -1;
    const int status = __real_rename(from, to);
    if (status == 0 && is_result(to)) add_new_name();
    return status;
}

WRAP(int, unlink, (const char *path))
{
    return failing_fails(CALL_REMOVE, "unlink", path) ? -1 : __real_unlink(path);
}

WRAP(int, unlinkat, (int folder, const char *name, int flags))
{
    return failing_fails(CALL_REMOVE, "unlinkat", name) ? -1 : __real_unlinkat(folder, name, flags);
}

WRAP(int, mkdir, (const char *path, mode_t mode))
{
    return failing_fails(CALL_CREATE, "mkdir", path) ? -1 : __real_mkdir(path, mode);
}

WRAP(int, stat, (const char *path, struct stat *info))
{
    return failing_fails(CALL_LOOK, "stat", path) ? -1 : __real_stat(path, info);
}

WRAP(int, fstat, (int descriptor, struct stat *info))
{
    return failing_fails(CALL_LOOK, "fstat", path_of(descriptor)) ? -1 : __real_fstat(descriptor, info);
}

WRAP(int, access, (const char *path, int mode))
{
    return failing_fails(CALL_LOOK, "access", path) ? -1 : __real_access(path, mode);
}

WRAP(ssize_t, readlink, (const char *path, char *target, size_t n))
{
    return failing_fails(CALL_LOOK, "readlink", path) ? -1 : __real_readlink(path, target, n);
}

WRAP(ssize_t, __readlink_chk, (const char *path, char *target, size_t n, size_t room))
{
    (void)room;
    return __wrap_readlink(path, target, n);
}

WRAP(char *, realpath, (const char *path, char *resolved))
{
    return failing_fails(CALL_MEMORY | CALL_LOOK, "realpath", path) ? NULL
                                                                    : failing_keep(__real_realpath(path, resolved));
}

WRAP(char *, __realpath_chk, (const char *path, char *resolved, size_t room))
{
    (void)room;
    return __wrap_realpath(path, resolved);
}

WRAP(DIR *, opendir, (const char *path))
{
    if (failing_fails(CALL_MEMORY | CALL_OPEN, "opendir", path)) return NULL;
    DIR *folder = __real_opendir(path);
    if (folder != NULL) (void)opened(dirfd(folder), path, false);
    return folder;
}

WRAP(struct dirent *, readdir, (DIR * folder))
{
    return failing_fails(CALL_LOOK, "readdir", path_of(dirfd(folder))) ? NULL : __real_readdir(folder);
}

WRAP(int, closedir, (DIR * folder))
{
    const int descriptor = dirfd(folder);
    if (is_known(descriptor)) {
        files[descriptor].is_open = false;
        failing_into->n_open--;
    }
    return __real_closedir(folder);
}

/* ---- processes: these return the errno ---- */

WRAP(int, posix_spawn_file_actions_init, (posix_spawn_file_actions_t * actions))
{
    return failing_fails(CALL_MEMORY, "posix_spawn_file_actions_init", "")
               ? failing_now.reason
               : __real_posix_spawn_file_actions_init(actions);
}

WRAP(int, posix_spawn_file_actions_addchdir_np, (posix_spawn_file_actions_t * actions, const char *path))
{
    return failing_fails(CALL_MEMORY, "posix_spawn_file_actions_addchdir_np", "")
               ? failing_now.reason
               : __real_posix_spawn_file_actions_addchdir_np(actions, path);
}

WRAP(int, posix_spawn_file_actions_addopen,
     (posix_spawn_file_actions_t * actions, int descriptor, const char *path, int flags, mode_t mode))
{
    return failing_fails(CALL_MEMORY, "posix_spawn_file_actions_addopen", "")
               ? failing_now.reason
               : __real_posix_spawn_file_actions_addopen(actions, descriptor, path, flags, mode);
}

WRAP(int, posix_spawn_file_actions_adddup2, (posix_spawn_file_actions_t * actions, int descriptor, int other))
{
    return failing_fails(CALL_MEMORY, "posix_spawn_file_actions_adddup2", "")
               ? failing_now.reason
               : __real_posix_spawn_file_actions_adddup2(actions, descriptor, other);
}

WRAP(int, posix_spawnp,
     (pid_t * child, const char *name, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
      char *const *arguments, char *const *environment))
{
    return failing_fails(CALL_MEMORY | CALL_PROCESS, "posix_spawnp", "")
               ? failing_now.reason
               : __real_posix_spawnp(child, name, actions, attributes, arguments, environment);
}

WRAP(pid_t, waitpid, (pid_t child, int *status, int options))
{
    return failing_fails(CALL_WAIT, "waitpid", "") ? -1 : __real_waitpid(child, status, options);
}
