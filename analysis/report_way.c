/* The way from a page to a folder: see report_page.h. */
#include "report_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure_path.h"

/* The real path of the folder that a file is in, or will be. */
static hebb_status folder_of(const char *file, char **folder)
{
    const char *slash = file != NULL ? strrchr(file, '/') : NULL;
    char *path = slash == NULL ? strdup(".") : strndup(file, slash > file ? (size_t)(slash - file) : 1);
    if (path == NULL) return hebb_figure_fail_memory(file != NULL ? file : ".");
    *folder = realpath(path, NULL);
    const hebb_status status = *folder != NULL ? HEBB_OK : hebb_figure_fail_input(path);
    free(path);
    return status;
}

/* The real path with a slash at its end, also that of the root. */
static char *with_slash(const char *path)
{
    char *longer;
    return asprintf(&longer, "%s%s", path, strcmp(path, "/") == 0 ? "" : "/") < 0 ? NULL : longer;
}

/* From one folder to another, "" or with a slash at its end. */
static char *relative(const char *from, const char *to)
{
    size_t common = 0, n_up = 0;
    for (size_t k = 0; from[k] != '\0' && from[k] == to[k]; k++)
        if (from[k] == '/') common = k + 1;
    for (size_t k = common; from[k] != '\0'; k++) n_up += from[k] == '/';
    char *way = malloc(3 * n_up + strlen(to + common) + 1);
    if (way == NULL) return NULL;
    char *end = way;
    for (size_t k = 0; k < n_up; k++) end = stpcpy(end, "../");
    (void)stpcpy(end, to + common);
    return way;
}

hebb_status hebb_report_way(const char *output, const char *folder, char **way)
{
    char *real = NULL, *from = NULL, *to = NULL;
    *way = NULL;
    hebb_status status = folder_of(output, &real);
    if (status != HEBB_OK) return status;
    from = with_slash(real);
    free(real);
    real = realpath(folder, NULL);
    if (real == NULL) status = hebb_figure_fail_input(folder);
    if (real != NULL) to = with_slash(real);
    if (from != NULL && to != NULL) *way = relative(from, to);
    if (status == HEBB_OK && *way == NULL) status = hebb_figure_fail_memory(folder);
    free(to);
    free(real);
    free(from);
    return status;
}
