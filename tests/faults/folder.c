#include "folder.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void die(const char *what, const char *path)
{
    (void)fprintf(stderr, "hebb-faults: %s: %s: %s\n", path, what, strerror(errno));
    exit(99);
}

char *file_text(const char *path, size_t *n_bytes)
{
    struct stat info;
    FILE *stream = fopen(path, "r");
    if (stream == NULL || stat(path, &info) != 0) die("cannot be opened", path);
    char *text = malloc((size_t)info.st_size + 1);
    if (text == NULL || fread(text, 1, (size_t)info.st_size, stream) != (size_t)info.st_size) die("no reading", path);
    text[info.st_size] = '\0';
    *n_bytes = (size_t)info.st_size;
    (void)fclose(stream);
    return text;
}

/* nftw takes no context. */
static folder *reading;
static size_t length_of_root;

static int add(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    if (place->level == 0) return 0;
    reading->entries = reallocarray(reading->entries, reading->n + 1, sizeof *reading->entries);
    if (reading->entries == NULL) die("no memory", path);
    folder_entry *entry = &reading->entries[reading->n++];
    *entry = (folder_entry){.path = strdup(path + length_of_root + 1)};
    if (entry->path == NULL) die("no memory", path);
    if (kind == FTW_F) entry->bytes = file_text(path, &entry->n_bytes);
    return 0;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const folder_entry *)a)->path, ((const folder_entry *)b)->path);
}

folder folder_read(const char *path)
{
    folder content = {0};
    reading = &content;
    length_of_root = strlen(path);
    if (access(path, F_OK) == 0 && nftw(path, add, 16, FTW_PHYS) != 0) die("cannot be read", path);
    if (content.n > 0) qsort(content.entries, content.n, sizeof *content.entries, by_path);
    return content;
}

static int take_away(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    return place->level > 0 ? remove(path) : 0;
}

void folder_restore(const folder *content, const char *path)
{
    if (mkdir(path, 0777) != 0 && errno != EEXIST) die("cannot be made", path);
    if (nftw(path, take_away, 16, FTW_PHYS | FTW_DEPTH) != 0) die("cannot be emptied", path);
    for (size_t k = 0; k < content->n; k++) { /* a folder goes before what is in it */
        const folder_entry *entry = &content->entries[k];
        char name[512];
        snprintf(name, sizeof name, "%s/%s", path, entry->path);
        if (entry->bytes == NULL && mkdir(name, 0777) != 0) die("cannot be made", name);
        if (entry->bytes == NULL) continue;
        FILE *stream = fopen(name, "w");
        if (stream == NULL || fwrite(entry->bytes, 1, entry->n_bytes, stream) != entry->n_bytes || fclose(stream) != 0)
            die("cannot be written", name);
    }
}

const folder_entry *folder_find(const folder *content, const char *path)
{
    for (size_t k = 0; k < content->n; k++)
        if (strcmp(content->entries[k].path, path) == 0) return &content->entries[k];
    return NULL;
}

int folder_same_entry(const folder_entry *a, const folder_entry *b)
{
    static const char timing[] = "timing.csv"; /* says how long it took: whole lines are all that can be asked for */
    if (a->bytes == NULL || b->bytes == NULL) return a->bytes == b->bytes;
    if (strstr(a->path, timing) != NULL && strstr(b->path, timing) != NULL)
        return a->n_bytes > 0 && b->n_bytes > 0 && a->bytes[a->n_bytes - 1] == '\n' && b->bytes[b->n_bytes - 1] == '\n';
    return a->n_bytes == b->n_bytes && memcmp(a->bytes, b->bytes, a->n_bytes) == 0;
}

int folder_same(const folder *a, const folder *b)
{
    if (a->n != b->n) return 0;
    for (size_t k = 0; k < a->n; k++)
        if (strcmp(a->entries[k].path, b->entries[k].path) != 0 || !folder_same_entry(&a->entries[k], &b->entries[k]))
            return 0;
    return 1;
}

void folder_free(folder *content)
{
    for (size_t k = 0; k < content->n; k++) {
        free(content->entries[k].path);
        free(content->entries[k].bytes);
    }
    free(content->entries);
    *content = (folder){0};
}
