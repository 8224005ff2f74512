#include "training_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atomic_file.h"
#include "checkpoint.h"
#include "input.h"
#include "memory.h"
#include "npy.h"

const char *hebb_training_learner_name(const hebb_manifest *manifest)
{
    const size_t n = strlen(HEBB_TRAINING_PREFIX);
    return strncmp(manifest->experiment, HEBB_TRAINING_PREFIX, n) == 0 ? manifest->experiment + n : NULL;
}

static hebb_status fail_path(const char *folder)
{
    return hebb_fail(HEBB_ENOMEM, "%s: no memory for its files' paths", folder);
}

static hebb_status fail_read(const char *path)
{
    return hebb_fail(errno == ENOMEM ? HEBB_ENOMEM : HEBB_EIO, "%s: cannot be read: %s", path, strerror(errno));
}

static hebb_status join(const char *folder, const char *name, char **path)
{
    if (asprintf(path, "%s/%s", folder, name) >= 0) return HEBB_OK;
    *path = NULL;
    return fail_path(folder);
}

/* ---- the lock ---- */

static struct flock whole_file(void)
{
    return (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
}

/* Where files cannot be locked there is nobody to ask. */
static hebb_status take_lock(const char *folder, int *lock)
{
    char *path;
    struct flock whole = whole_file();
    hebb_status status = join(folder, "lock", &path);
    if (status != HEBB_OK) return status;
    *lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
    if (*lock < 0)
        status =
            hebb_fail(errno == ENOMEM ? HEBB_ENOMEM : HEBB_EIO, "%s: cannot be written: %s", path, strerror(errno));
    else if (fcntl(*lock, F_OFD_SETLK, &whole) != 0 && (errno == EAGAIN || errno == EACCES))
        status = hebb_fail(HEBB_EUSAGE, "%s: another process is training there", folder);
    if (status == HEBB_EUSAGE) {
        (void)close(*lock);
        *lock = -1;
    }
    free(path);
    return status;
}

bool hebb_training_folder_is_busy(const char *folder)
{
    char *path;
    struct flock whole = whole_file();
    if (join(folder, "lock", &path) != HEBB_OK) return false;
    const int descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    const bool is_busy = descriptor >= 0 && fcntl(descriptor, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
    if (descriptor >= 0) (void)close(descriptor);
    free(path);
    return is_busy;
}

/* ---- which checkpoints there are ---- */

static int compare_updates(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Whether the name is a checkpoint's. */
static bool read_name(const char *name, uint64_t *update)
{
    char again[32];
    int length = 0;
    if (sscanf(name, "%" SCNu64 "%n", update, &length) != 1 || name[length] != '\0') return false;
    snprintf(again, sizeof again, "%08" PRIu64, *update);
    return strcmp(name, again) == 0;
}

static bool is_whole(const char *folder, uint64_t update, hebb_status *status)
{
    char *path;
    if (asprintf(&path, "%s/%08" PRIu64 "/" HEBB_ARRAY_WEIGHTS ".npy", folder, update) < 0) {
        *status = fail_path(folder);
        return false;
    }
    const bool is = access(path, F_OK) == 0;
    if (!is && hebb_input_status(errno) != HEBB_ENOINPUT)
        *status = hebb_fail(hebb_input_status(errno), "%s: cannot be looked at: %s", path, strerror(errno));
    free(path);
    return is;
}

static hebb_status list_in(const char *path, DIR *directory, bool whole_ones, size_t *n, uint64_t **updates)
{
    hebb_status status = HEBB_OK;
    const struct dirent *entry;
    while (status == HEBB_OK && (errno = 0, entry = readdir(directory)) != NULL) {
        uint64_t update;
        if (!read_name(entry->d_name, &update) || (whole_ones && !is_whole(path, update, &status))) continue;
        uint64_t *more = reallocarray(*updates, *n + 1, sizeof *more);
        if (more == NULL) return fail_path(path);
        *updates = more;
        more[(*n)++] = update;
    }
    return status == HEBB_OK && errno != 0 ? fail_read(path) : status;
}

/* whole_ones: these alone. */
static hebb_status list_checkpoints(const char *folder, bool whole_ones, size_t *n, uint64_t **updates)
{
    char *path;
    *n = 0;
    *updates = NULL;
    hebb_status status = join(folder, "checkpoints", &path);
    if (status != HEBB_OK) return status;
    DIR *directory = opendir(path);
    if (directory != NULL) {
        status = list_in(path, directory, whole_ones, n, updates);
        (void)closedir(directory);
    } else if (errno != ENOENT) {
        status = fail_read(path);
    }
    if (status != HEBB_OK) {
        free(*updates);
        *updates = NULL;
        *n = 0;
    }
    if (*n > 0) qsort(*updates, *n, sizeof **updates, compare_updates);
    free(path);
    return status;
}

/* ---- whose folder it is ---- */

/* HEBB_EUSAGE where the folder holds results that no manifest explains. */
static hebb_status check_strangers(const char *folder)
{
    static const char *const names[] = {"log.csv", "checkpoints", "units.csv", "journal", "unit-0.checkpoint"};
    hebb_status status = HEBB_OK;
    for (size_t k = 0; k < sizeof names / sizeof *names && status == HEBB_OK; k++) {
        char *path;
        status = join(folder, names[k], &path);
        if (status != HEBB_OK) return status;
        if (access(path, F_OK) == 0)
            status =
                hebb_fail(HEBB_EUSAGE,
                          "%s: is there already, and no manifest.json says from which study; choose another folder "
                          "or give --overwrite",
                          path);
        else if (hebb_input_status(errno) != HEBB_ENOINPUT)
            status = hebb_fail(hebb_input_status(errno), "%s: cannot be looked at: %s", path, strerror(errno));
        free(path);
    }
    return status;
}

/* Whether the folder is free or this training's.  is_ours: its manifest is there and need not be written. */
static hebb_status check_there(const char *folder, const hebb_manifest *manifest, bool *is_ours)
{
    hebb_manifest there;
    char *path;
    hebb_status status = hebb_manifest_read(&there, folder);
    *is_ours = status == HEBB_OK && hebb_fingerprint_equals(there.fingerprint, manifest->fingerprint);
    hebb_manifest_free(&there);
    if (*is_ours || status == HEBB_ENOMEM || status == HEBB_EIO) return status;
    if (status == HEBB_ENOINPUT) return check_strangers(folder);
    status = join(folder, "manifest.json", &path);
    if (status == HEBB_OK) status = hebb_provenance_match(&manifest->provenance, path);
    free(path);
    return status;
}

/* Removes the files of a folder, not what is below it, and the folder where `itself`. */
static hebb_status remove_files(const char *path, bool itself)
{
    DIR *directory = opendir(path);
    if (directory == NULL) return errno == ENOENT ? HEBB_OK : fail_read(path);
    hebb_status status = HEBB_OK;
    const struct dirent *entry;
    while (status == HEBB_OK && (errno = 0, entry = readdir(directory)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            unlinkat(dirfd(directory), entry->d_name, 0) != 0 && errno != ENOENT)
            status = hebb_fail(HEBB_EIO, "%s/%s: cannot be removed: %s", path, entry->d_name, strerror(errno));
    if (status == HEBB_OK && errno != 0) status = fail_read(path);
    (void)closedir(directory);
    if (status == HEBB_OK && itself && unlinkat(AT_FDCWD, path, AT_REMOVEDIR) != 0 && errno != ENOENT)
        status = hebb_fail(HEBB_EIO, "%s: cannot be removed: %s", path, strerror(errno));
    return status;
}

/* Those that a kill left half written go too: their arrays would stand beside the next training's. */
static hebb_status remove_checkpoints(const char *folder)
{
    size_t n = 0;
    uint64_t *updates = NULL;
    hebb_status status = list_checkpoints(folder, false, &n, &updates);
    for (size_t k = 0; k < n && status == HEBB_OK; k++) {
        char *path = NULL;
        if (asprintf(&path, "%s/checkpoints/%08" PRIu64, folder, updates[k]) < 0) {
            path = NULL;
            status = fail_path(folder);
        }
        if (status == HEBB_OK) status = remove_files(path, true);
        free(path);
    }
    free(updates);
    return status;
}

/* The state goes first: without it what is left is none to go on from. */
static hebb_status clear(const char *folder)
{
    static const char *const names[] = {"unit-0.checkpoint", "log.csv", "log.meta.json", "timing.csv",
                                        "timing.meta.json"};
    hebb_status status = HEBB_OK;
    for (size_t k = 0; k < sizeof names / sizeof *names && status == HEBB_OK; k++) {
        char *path;
        status = join(folder, names[k], &path);
        if (status == HEBB_OK && unlink(path) != 0 && errno != ENOENT)
            status = hebb_fail(HEBB_EIO, "%s: cannot be removed: %s", path, strerror(errno));
        free(path);
    }
    return status == HEBB_OK ? remove_checkpoints(folder) : status;
}

static hebb_status check_manifest_file(const char *folder)
{
    char *path;
    struct stat info;
    hebb_status status = join(folder, "manifest.json", &path);
    if (status == HEBB_OK && stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        status = hebb_fail(HEBB_EUSAGE, "%s: is no regular file; choose another folder", path);
    free(path);
    return status;
}

bool hebb_training_folder_is_begun(const char *folder)
{
    static const char *const names[] = {"log.csv", "unit-0.checkpoint"};
    bool is_begun = false;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        char *path;
        if (join(folder, names[k], &path) == HEBB_OK) is_begun = is_begun || access(path, F_OK) == 0;
        free(path);
    }
    return is_begun;
}

/* A study's tables and figure would stay beside the training, so --overwrite does not go that far. */
static hebb_status check_no_study(const char *folder)
{
    hebb_manifest there;
    const hebb_status status = hebb_manifest_read(&there, folder);
    const bool is_study = status == HEBB_OK && hebb_training_learner_name(&there) == NULL;
    hebb_manifest_free(&there);
    if (is_study) return hebb_fail(HEBB_EUSAGE, "%s: holds a study (hebb run); choose another folder", folder);
    return status == HEBB_ENOMEM || status == HEBB_EIO ? status : HEBB_OK;
}

hebb_status hebb_training_folder_claim(const char *folder, const hebb_manifest *manifest, bool overwrite, int *lock)
{
    bool is_ours = false;
    *lock = -1;
    hebb_status status = hebb_folder_make(folder);
    if (status == HEBB_OK) status = check_manifest_file(folder);
    if (status == HEBB_OK) status = overwrite ? check_no_study(folder) : check_there(folder, manifest, &is_ours);
    if (status == HEBB_OK) status = take_lock(folder, lock);
    if (status == HEBB_OK && overwrite) status = clear(folder);
    if (status == HEBB_OK && !is_ours) status = hebb_manifest_save(manifest, folder);
    if (status == HEBB_OK) hebb_atomic_file_sweep(folder);
    return status;
}

/* ---- checkpoints ---- */

static hebb_status save_array(const char *folder, const hebb_learner_array *array)
{
    char *path;
    const hebb_array whole = {.type = HEBB_ARRAY_F64,
                              .n_dimensions =
                                  array->n_columns > 0 || strcmp(array->name, HEBB_ARRAY_WEIGHTS) == 0 ? 2 : 1,
                              .shape = {array->n_rows, array->n_columns},
                              .data = array->values};
    if (asprintf(&path, "%s/%s.npy", folder, array->name) < 0) return fail_path(folder);
    const hebb_status status = hebb_npy_write(&whole, path);
    free(path);
    return status;
}

hebb_status hebb_training_folder_save(const char *folder, uint64_t update, size_t n_arrays,
                                      const hebb_learner_array *arrays)
{
    char *path;
    if (asprintf(&path, "%s/checkpoints/%08" PRIu64, folder, update) < 0) return fail_path(folder);
    hebb_status status = hebb_folder_make(path);
    if (status == HEBB_OK) hebb_atomic_file_sweep(path);
    for (int last = 0; last < 2; last++)
        for (size_t k = 0; k < n_arrays && status == HEBB_OK; k++)
            if (!arrays[k].is_private && (strcmp(arrays[k].name, HEBB_ARRAY_WEIGHTS) == 0) == (last == 1))
                status = save_array(path, &arrays[k]);
    if (status == HEBB_OK) status = hebb_folder_sync(path);
    free(path);
    return status;
}

hebb_status hebb_training_folder_list(const char *folder, size_t *n, uint64_t **updates)
{
    return list_checkpoints(folder, true, n, updates);
}

/* ---- reading one ---- */

static hebb_status check_array(const char *path, const hebb_array *array, const hebb_training_arrays *of, size_t rows,
                               size_t columns)
{
    const size_t wanted = columns > 0 ? 2 : 1;
    if (array->type != HEBB_ARRAY_F64)
        return hebb_fail(HEBB_EDATA, "%s: expected an array of 64-bit floating-point numbers", path);
    if (of->n > 0 &&
        (array->n_dimensions != wanted || array->shape[0] != rows || (wanted == 2 && array->shape[1] != columns)))
        return hebb_fail(HEBB_EDATA, "%s: its shape does not fit weights.npy beside it", path);
    if (of->n == 0 && (array->n_dimensions != 2 || array->shape[0] == 0))
        return hebb_fail(HEBB_EDATA, "%s: expected an array of visible by hidden units", path);
    const size_t n = hebb_array_n_elements(array);
    for (size_t k = 0; k < n; k++)
        if (!isfinite(((const double *)array->data)[k]))
            return hebb_fail(HEBB_EDATA, "%s: element %zu is not finite", path, k);
    return HEBB_OK;
}

static hebb_status read_array(const char *folder, uint64_t update, const char *name, size_t rows, size_t columns,
                              bool may_be_missing, hebb_training_arrays *of)
{
    char *path;
    hebb_array array = {0};
    if (asprintf(&path, "%s/checkpoints/%08" PRIu64 "/%s.npy", folder, update, name) < 0) return fail_path(folder);
    hebb_status status = HEBB_OK;
    if (may_be_missing && access(path, F_OK) != 0) {
        if (errno != ENOENT) status = fail_read(path);
        goto out;
    }
    status = hebb_npy_read(path, hebb_memory_available() / 2, &array);
    if (status == HEBB_OK) status = check_array(path, &array, of, rows, columns);
    if (status == HEBB_OK)
        of->arrays[of->n++] = (hebb_learner_array){.name = name,
                                                   .n_rows = array.shape[0],
                                                   .n_columns = array.n_dimensions > 1 ? array.shape[1] : 0,
                                                   .values = array.data};
    else
        hebb_array_free(&array);
out:
    free(path);
    return status;
}

hebb_status hebb_training_folder_read(const char *folder, uint64_t update, hebb_training_arrays *arrays)
{
    *arrays = (hebb_training_arrays){0};
    hebb_status status = read_array(folder, update, HEBB_ARRAY_WEIGHTS, 0, 0, false, arrays);
    const size_t v = arrays->arrays[0].n_rows, h = arrays->arrays[0].n_columns;
    if (status == HEBB_OK) status = read_array(folder, update, HEBB_ARRAY_VISIBLE_BIAS, v, 0, false, arrays);
    if (status == HEBB_OK) status = read_array(folder, update, HEBB_ARRAY_HIDDEN_BIAS, h, 0, false, arrays);
    if (status == HEBB_OK) status = read_array(folder, update, HEBB_ARRAY_VISIBLE_WEIGHTS, v, v, true, arrays);
    if (status == HEBB_OK && h > 0) status = read_array(folder, update, HEBB_ARRAY_HIDDEN_WEIGHTS, h, h, true, arrays);
    return status;
}

void hebb_training_arrays_free(hebb_training_arrays *arrays)
{
    for (size_t k = 0; k < arrays->n; k++) free(arrays->arrays[k].values);
    *arrays = (hebb_training_arrays){0};
}
