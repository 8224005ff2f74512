#include "figure.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "figure_path.h"
#include "input.h"
#include "nearest.h"
#include "recipe.h"

char *hebb_figure_path(const char *folder, const char *name)
{
    char *path;
    return asprintf(&path, "%s/%s", folder, name) < 0 ? NULL : path;
}

hebb_status hebb_figure_fail_memory(const char *path)
{
    return hebb_fail(HEBB_ENOMEM, "%s: no memory for its path", path);
}

hebb_status hebb_figure_fail_input(const char *path)
{
    return hebb_fail(hebb_input_status(errno), "%s: %s", path, strerror(errno));
}

hebb_status hebb_figure_has_recipe(const char *folder, bool *found)
{
    char *recipe = hebb_figure_path(folder, "recipe.conf");
    if (recipe == NULL) return hebb_figure_fail_memory(folder);
    *found = access(recipe, R_OK) == 0;
    const hebb_status status = *found || errno != EIO ? HEBB_OK : hebb_figure_fail_input(recipe);
    free(recipe);
    return status;
}

/* "beside the executable" + suffix, NULL where that is no folder */
static hebb_status folder_by_executable(const char *suffix, char **folder)
{
    char executable[4096];
    const ssize_t length = readlink("/proc/self/exe", executable, sizeof executable - 1);
    *folder = NULL;
    if (length <= 0) return length < 0 && errno == EIO ? hebb_figure_fail_input("/proc/self/exe") : HEBB_OK;
    executable[length] = '\0';
    char *slash = strrchr(executable, '/');
    if (slash == NULL) return HEBB_OK;
    *slash = '\0';
    *folder = hebb_figure_path(executable, suffix);
    if (*folder == NULL) return hebb_figure_fail_memory(suffix);
    if (access(*folder, R_OK | X_OK) == 0) return HEBB_OK;
    const hebb_status status = errno == EIO ? hebb_figure_fail_input(*folder) : HEBB_OK;
    free(*folder);
    *folder = NULL;
    return status;
}

/* The recipes: where HEBB_FIGURES says, beside the program, or where they are installed. */
static hebb_status figures_folder(char **folder)
{
    const char *set = getenv("HEBB_FIGURES");
    hebb_status status = HEBB_OK;
    *folder = NULL;
    if (set == NULL || *set == '\0') {
        status = folder_by_executable("figures", folder);
        if (status == HEBB_OK && *folder == NULL) status = folder_by_executable("../share/hebb/figures", folder);
        if (status != HEBB_OK || *folder != NULL) return status;
        set = HEBB_FIGURES_DIR;
    }
    *folder = strdup(set);
    return *folder != NULL ? HEBB_OK : hebb_figure_fail_memory(set);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static hebb_status add_name(char ***names, size_t *n, const char *name)
{
    char **more = reallocarray(*names, *n + 1, sizeof *more);
    if (more == NULL) return hebb_figure_fail_memory(name);
    *names = more;
    more[*n] = strdup(name);
    if (more[*n] == NULL) return hebb_figure_fail_memory(name);
    (*n)++;
    return HEBB_OK;
}

/* Adds the name where it is a figure's. */
static hebb_status add_figure(const char *parent, const char *name, char ***names, size_t *n)
{
    bool found = false;
    char *folder = hebb_figure_path(parent, name);
    if (folder == NULL) return hebb_figure_fail_memory(name);
    hebb_status status = hebb_figure_has_recipe(folder, &found);
    if (status == HEBB_OK && found) status = add_name(names, n, name);
    free(folder);
    return status;
}

hebb_status hebb_figure_list(char ***names, size_t *n)
{
    char *parent;
    *names = NULL;
    *n = 0;
    hebb_status status = figures_folder(&parent);
    if (status != HEBB_OK) return status;
    DIR *directory = opendir(parent);
    if (directory == NULL)
        status = hebb_fail(hebb_input_status(errno),
                           "%s: %s: the figures' recipes are not there; set HEBB_FIGURES to their folder", parent,
                           strerror(errno));
    while (status == HEBB_OK) {
        errno = 0; /* the end leaves it, a failure sets it */
        const struct dirent *entry = readdir(directory);
        if (entry == NULL && errno != 0) status = hebb_figure_fail_input(parent);
        if (entry == NULL) break;
        if (entry->d_name[0] != '.') status = add_figure(parent, entry->d_name, names, n);
    }
    if (directory != NULL) (void)closedir(directory);
    free(parent);
    if (*n > 0) qsort(*names, *n, sizeof **names, by_name);
    return status;
}

static hebb_status fail_unknown(const char *name)
{
    char **names;
    size_t n;
    bool is_folder = false;
    if (*name != '\0') {
        const hebb_status seen = hebb_figure_has_recipe(name, &is_folder);
        if (seen != HEBB_OK) return seen;
    }
    if (is_folder) return hebb_fail(HEBB_EUSAGE, "unknown figure %s; for the folder of that name: ./%s", name, name);
    hebb_status status = hebb_figure_list(&names, &n);
    if (status == HEBB_OK) {
        const char *nearest = hebb_nearest(name, n, (const char *const *)names);
        status = nearest != NULL ? hebb_fail(HEBB_EUSAGE, "unknown figure %s; did you mean %s? (a folder: ./%s)", name,
                                             nearest, name)
                                 : hebb_fail(HEBB_EUSAGE, "unknown figure %s", name);
    }
    for (size_t k = 0; k < n; k++) free(names[k]);
    free(names);
    return status;
}

hebb_status hebb_figure_find(const char *name, char **folder)
{
    const bool is_path = strchr(name, '/') != NULL;
    char *parent = NULL;
    bool found = false;
    hebb_status status = is_path ? HEBB_OK : figures_folder(&parent);
    *folder = NULL;
    if (status != HEBB_OK) return status;
    *folder = is_path ? strdup(name) : hebb_figure_path(parent, name);
    free(parent);
    if (*folder == NULL) return hebb_figure_fail_memory(name);
    if (*name != '\0') status = hebb_figure_has_recipe(*folder, &found);
    if (status == HEBB_OK && found) return HEBB_OK;
    free(*folder);
    *folder = NULL;
    if (status != HEBB_OK) return status;
    if (!is_path) return fail_unknown(name);
    return hebb_fail(HEBB_ENOINPUT, "%s: is no figure's folder: it has no recipe.conf", name);
}

char *hebb_figure_name(const char *folder)
{
    size_t end = strlen(folder);
    while (end > 1 && folder[end - 1] == '/') end--;
    size_t start = end;
    while (start > 0 && folder[start - 1] != '/') start--;
    return strndup(folder + start, end - start);
}

hebb_status hebb_figure_title(const char *folder, char **title)
{
    hebb_recipe recipe = {0};
    *title = NULL;
    char *path = hebb_figure_path(folder, "recipe.conf");
    if (path == NULL) return hebb_figure_fail_memory(folder);
    hebb_status status = hebb_recipe_read(path, NULL, &recipe);
    if (status == HEBB_OK) {
        *title = strdup(recipe.title != NULL ? recipe.title : "");
        if (*title == NULL) status = hebb_figure_fail_memory(folder);
    }
    hebb_recipe_free(&recipe);
    free(path);
    return status;
}
