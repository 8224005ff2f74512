#include "study_files.h"

#include <endian.h>
#include <string.h>

enum { LENGTH_AT = 32, HEAD = 40, CHECKSUM = 8 }; /* of a checkpoint: checkpoint.h */

bool study_is_journal(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    return strcmp(name, "journal") == 0 || strcmp(name, "log.csv") == 0;
}

bool study_is_checkpoint(const char *path)
{
    static const char suffix[] = ".checkpoint";
    const size_t n = strlen(path);
    return n > strlen(suffix) && strcmp(path + n - strlen(suffix), suffix) == 0;
}

bool study_is_training(const folder *files)
{
    for (size_t k = 0; k < files->n; k++)
        if (strstr(files->entries[k].path, "log.csv") != NULL) return true;
    return false;
}

bool study_is_cleared(const char *path)
{
    return study_is_journal(path) || strstr(path, "checkpoints/") != NULL || strstr(path, "log.meta.json") != NULL ||
           strstr(path, "timing.") != NULL;
}

static bool begins_with(const folder_entry *whole, const folder_entry *part)
{
    return part->bytes != NULL && whole->bytes != NULL && part->n_bytes <= whole->n_bytes &&
           memcmp(part->bytes, whole->bytes, part->n_bytes) == 0;
}

bool study_journal_may_be(const folder_entry *journal, const folder_entry *old, const folder_entry *good)
{
    if (old != NULL && !begins_with(journal, old)) return false;
    return good != NULL ? begins_with(good, journal) : old != NULL && folder_same_entry(journal, old);
}

bool study_checkpoint_is_whole(const folder_entry *checkpoint)
{
    uint64_t size;
    if (checkpoint->bytes == NULL || checkpoint->n_bytes < HEAD + CHECKSUM) return false;
    memcpy(&size, checkpoint->bytes + LENGTH_AT, sizeof size);
    return le64toh(size) == checkpoint->n_bytes - HEAD - CHECKSUM;
}

bool study_same_but_checkpoints(const folder *files, const folder *good)
{
    for (size_t k = 0; k < files->n; k++) {
        const folder_entry *entry = &files->entries[k], *expected = folder_find(good, entry->path);
        const bool is_left = expected == NULL && study_is_checkpoint(entry->path) && study_checkpoint_is_whole(entry);
        if (!is_left && (expected == NULL || !folder_same_entry(entry, expected))) return false;
    }
    for (size_t k = 0; k < good->n; k++)
        if (folder_find(files, good->entries[k].path) == NULL) return false;
    return true;
}
