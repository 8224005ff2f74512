#include "checkpoint.h"

#include <dirent.h>
#include <endian.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xxhash.h>

#include "atomic_file.h"
#include "clock.h"
#include "input.h"
#include "stop.h"

static const char MAGIC[8] = {'h', 'e', 'b', 'b', 'c', 'k', 'p', 't'};
static const double WORTH_SAVING = 1.0; /* seconds of work */
static const char SUFFIX[] = ".checkpoint";
enum { HEAD = 40 };

static char *path_of(const hebb_checkpoint *checkpoint)
{
    char *path;
    return asprintf(&path, "%s/unit-%" PRIu64 "%s", checkpoint->folder, checkpoint->unit, SUFFIX) < 0 ? NULL : path;
}

static void make_head(const hebb_checkpoint *checkpoint, size_t size, unsigned char head[HEAD])
{
    const uint64_t unit = htole64(checkpoint->unit), length = htole64((uint64_t)size);
    memcpy(head, MAGIC, sizeof MAGIC);
    memcpy(head + 8, checkpoint->fingerprint.bytes, sizeof checkpoint->fingerprint.bytes);
    memcpy(head + 24, &unit, sizeof unit);
    memcpy(head + 32, &length, sizeof length);
}

static uint64_t checksum_of(const unsigned char head[HEAD], size_t size, const void *state)
{
    return htole64(XXH3_64bits_withSeed(state, size, XXH3_64bits(head, HEAD)));
}

hebb_checkpoint hebb_checkpoint_begin(const char *folder, hebb_fingerprint fingerprint, uint64_t unit, double interval)
{
    return (hebb_checkpoint){folder, fingerprint, unit, interval, hebb_clock_now(), false};
}

static bool read_state(FILE *file, const hebb_checkpoint *checkpoint, size_t size, void *state)
{
    unsigned char expected[HEAD], head[HEAD];
    uint64_t checksum;
    make_head(checkpoint, size, expected);
    return fread(head, 1, HEAD, file) == HEAD && memcmp(head, expected, HEAD) == 0 &&
           fread(state, 1, size, file) == size && fread(&checksum, sizeof checksum, 1, file) == 1 &&
           checksum == checksum_of(head, size, state);
}

hebb_status hebb_checkpoint_read(hebb_checkpoint *checkpoint, size_t size, void *state, bool *found)
{
    *found = false;
    if (checkpoint == NULL || checkpoint->folder == NULL) return HEBB_OK;
    FILE *file = NULL;
    size_t n_bytes = 0;
    void *read = NULL;
    char *path = path_of(checkpoint);
    hebb_status status = path != NULL ? hebb_input_open(path, &file, &n_bytes)
                                      : hebb_fail(HEBB_ENOMEM, "%s: no memory for its path", checkpoint->folder);
    checkpoint->is_there = status == HEBB_OK;
    if (status == HEBB_OK && n_bytes == HEAD + size + 8) {
        read = malloc(size + 1);
        if (read == NULL) status = hebb_fail(HEBB_ENOMEM, "%s: no memory for its state", path);
    }
    if (read != NULL) {
        *found = read_state(file, checkpoint, size, read);
        if (ferror(file)) status = hebb_fail(HEBB_EIO, "%s: cannot be read: %s", path, strerror(errno));
    }
    if (*found) memcpy(state, read, size);
    if (file != NULL) (void)fclose(file);
    free(read);
    free(path);
    if (status == HEBB_ENOMEM || status == HEBB_EIO) return status;
    hebb_diagnostic_clear(); /* that there is none is no failure */
    return HEBB_OK;
}

bool hebb_checkpoint_load(hebb_checkpoint *checkpoint, size_t size, void *state)
{
    bool found;
    if (hebb_checkpoint_read(checkpoint, size, state, &found) != HEBB_OK) hebb_diagnostic_clear();
    return found;
}

bool hebb_checkpoint_is_due(const hebb_checkpoint *checkpoint)
{
    if (checkpoint == NULL) return false;
    const double elapsed = hebb_clock_now() - checkpoint->saved;
    return elapsed >= checkpoint->interval || (elapsed >= WORTH_SAVING && hebb_stop_is_requested());
}

hebb_status hebb_checkpoint_save(hebb_checkpoint *checkpoint, size_t size, const void *state)
{
    unsigned char head[HEAD];
    hebb_atomic_file file = {0};
    if (checkpoint == NULL) return HEBB_OK;
    if (checkpoint->folder == NULL) return hebb_fail(HEBB_ESTOPPED, "given up");
    char *path = path_of(checkpoint);
    if (path == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for a checkpoint's path", checkpoint->folder);
    make_head(checkpoint, size, head);
    const uint64_t checksum = checksum_of(head, size, state);
    struct stat info;
    hebb_status status = HEBB_OK;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) /* which hebb_atomic_file_open would wait for, or write to */
        status = hebb_fail(HEBB_EIO, "%s: is no regular file; remove it", path);
    if (status == HEBB_OK) status = hebb_atomic_file_open(&file, path);
    if (status == HEBB_OK) {
        (void)fwrite(head, 1, HEAD, file.stream); /* commit checks the stream */
        (void)fwrite(state, 1, size, file.stream);
        (void)fwrite(&checksum, sizeof checksum, 1, file.stream);
        status = hebb_atomic_file_commit(&file);
    }
    free(path);
    checkpoint->is_there = true;
    checkpoint->saved = hebb_clock_now();
    if (status != HEBB_OK || !hebb_stop_is_requested()) return status;
    return hebb_fail(HEBB_ESTOPPED, "unit %" PRIu64 " is saved half-way", checkpoint->unit);
}

void hebb_checkpoint_end(const hebb_checkpoint *checkpoint)
{
    if (checkpoint == NULL || !checkpoint->is_there) return;
    char *path = path_of(checkpoint);
    if (path != NULL) (void)unlink(path);
    free(path);
}

void hebb_checkpoint_sweep(const char *folder)
{
    DIR *directory = opendir(folder);
    if (directory == NULL) return;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        uint64_t unit;
        int length = 0;
        if (sscanf(entry->d_name, "unit-%" SCNu64 "%n", &unit, &length) == 1 &&
            strcmp(entry->d_name + length, SUFFIX) == 0)
            (void)unlinkat(dirfd(directory), entry->d_name, 0);
    }
    (void)closedir(directory);
    hebb_atomic_file_sweep(folder);
}
