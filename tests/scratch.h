/*
 * scratch - files that a test writes to a folder of its own, and the refusals that it expects
 *
 * scratch_make and scratch_remove are a checked fixture; the folder of a test that failed stays to be looked at.
 */
#ifndef HEBB_TESTS_SCRATCH_H
#define HEBB_TESTS_SCRATCH_H

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "status.h"

static char scratch_folder[256];

static inline void scratch_make(void)
{
    const char *parent = getenv("TMPDIR");
    snprintf(scratch_folder, sizeof scratch_folder, "%s/hebb-check-XXXXXX", parent != NULL ? parent : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(scratch_folder));
}

/* The name inside the folder; valid until the next call. */
static inline const char *scratch_path(const char *name)
{
    static char path[600];
    snprintf(path, sizeof path, "%s/%s", scratch_folder, name);
    return path;
}

static inline void scratch_empty(void)
{
    DIR *folder = opendir(scratch_folder);
    ck_assert_ptr_nonnull(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.') ck_assert_int_eq(remove(scratch_path(entry->d_name)), 0);
    ck_assert_int_eq(closedir(folder), 0);
}

static inline void scratch_remove(void)
{
    scratch_empty();
    ck_assert_int_eq(rmdir(scratch_folder), 0);
}

/*
 * A device that takes no byte, or NULL where there is none to be had.  Root, who could replace one by a file, gets one
 * of its own: /dev/full is not there to try defects on.  The path as scratch_path returns it.
 */
static inline const char *scratch_full_device(void)
{
    struct stat info;
    if (stat("/dev/full", &info) != 0 || !S_ISCHR(info.st_mode)) return NULL;
    if (geteuid() != 0) return "/dev/full";
    const char *path = scratch_path("full");
    if (mknod(path, S_IFCHR | 0600, info.st_rdev) != 0) return NULL;
    const int descriptor = open(path, O_WRONLY);
    if (descriptor < 0) return NULL; /* the file system has no devices */
    (void)close(descriptor);
    return path;
}

/* Returns the path as scratch_path does. */
static inline const char *scratch_write(const char *name, const void *bytes, size_t n)
{
    const char *path = scratch_path(name);
    FILE *stream = fopen(path, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(bytes, 1, n, stream), n);
    ck_assert_int_eq(fclose(stream), 0);
    return path;
}

/* Changes one byte of a file where it is: writing the file anew, thousands of times, would wait for the disk. */
static inline void scratch_poke(const char *name, size_t at, int byte)
{
    const unsigned char its = (unsigned char)byte;
    const int descriptor = open(scratch_path(name), O_WRONLY);
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(pwrite(descriptor, &its, 1, (off_t)at), 1);
    ck_assert_int_eq(close(descriptor), 0);
}

/* A folder, a pipe that nobody writes to, a device, and a name that no file bears. */
enum { SCRATCH_N_ODD_PATHS = 4 };

static inline const char *scratch_odd_path(int k)
{
    if (k == 0) return scratch_folder;
    if (k == 1) {
        ck_assert_int_eq(mkfifo(scratch_path("pipe"), 0600), 0);
        return scratch_path("pipe");
    }
    return k == 2 ? "/dev/null" : scratch_path("missing");
}

/* The status, and one sentence that opens with the path and has the words in it. */
static inline void assert_refused(hebb_status got, hebb_status want, const char *path, const char *words)
{
    const char *sentence = hebb_diagnostic();
    ck_assert_msg(got == want, "status %d, expected %d: %s", (int)got, (int)want, sentence);
    ck_assert_msg(strncmp(sentence, path, strlen(path)) == 0, "'%s' does not open with %s", sentence, path);
    ck_assert_msg(strstr(sentence + strlen(path), words) != NULL, "'%s' lacks '%s'", sentence, words);
    for (const char *c = sentence; *c != '\0'; c++) ck_assert_int_ge((unsigned char)*c, ' ');
}

#endif
