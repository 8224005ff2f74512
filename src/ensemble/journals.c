#include "journals.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"

static const char NAME[] = "journal";

/* 0, the rank behind the dot, or -1 for another name. */
static long rank_of(const char *name)
{
    long rank;
    const size_t length = sizeof NAME - 1;
    if (strncmp(name, NAME, length) != 0) return -1;
    if (name[length] == '\0') return 0;
    if (name[length] != '.' || !hebb_number_parse_integer(name + length + 1, &rank) || rank < 1) return -1;
    return rank;
}

static int by_rank(const void *a, const void *b)
{
    const char *x = strrchr(*(char *const *)a, '/') + 1, *y = strrchr(*(char *const *)b, '/') + 1;
    return (rank_of(x) > rank_of(y)) - (rank_of(x) < rank_of(y));
}

static hebb_status add(hebb_journals *journals, const char *folder, const char *name)
{
    char *path = NULL;
    char **more = reallocarray(journals->paths, journals->n + 1, sizeof *more);
    if (more != NULL) journals->paths = more;
    if (more == NULL || asprintf(&path, "%s/%s", folder, name) < 0)
        return hebb_fail(HEBB_ENOMEM, "%s: no memory for the list of its journals", folder);
    more[journals->n++] = path;
    return HEBB_OK;
}

static hebb_status fail(const char *folder)
{
    return hebb_fail(errno == ENOMEM ? HEBB_ENOMEM : HEBB_EIO, "%s: cannot be read: %s", folder, strerror(errno));
}

hebb_status hebb_journals_list(const char *folder, hebb_journals *journals)
{
    *journals = (hebb_journals){0};
    DIR *directory = opendir(folder);
    if (directory == NULL) return errno == ENOENT ? HEBB_OK : fail(folder);
    hebb_status status = HEBB_OK;
    while (status == HEBB_OK) {
        errno = 0; /* readdir's NULL is the end, or a failure */
        const struct dirent *entry = readdir(directory);
        if (entry == NULL) {
            if (errno != 0) status = fail(folder);
            break;
        }
        if (rank_of(entry->d_name) >= 0) status = add(journals, folder, entry->d_name);
    }
    (void)closedir(directory);
    if (status != HEBB_OK)
        hebb_journals_free(journals);
    else if (journals->n > 0)
        qsort(journals->paths, journals->n, sizeof *journals->paths, by_rank);
    return status;
}

char *hebb_journals_path(const char *folder, int rank)
{
    char *path;
    const int length =
        rank == 0 ? asprintf(&path, "%s/%s", folder, NAME) : asprintf(&path, "%s/%s.%d", folder, NAME, rank);
    return length < 0 ? NULL : path;
}

void hebb_journals_free(hebb_journals *journals)
{
    for (size_t k = 0; k < journals->n; k++) free(journals->paths[k]);
    free(journals->paths);
    *journals = (hebb_journals){0};
}
