#include "figure.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "figure_path.h"
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

bool hebb_figure_has_recipe(const char *folder)
{
    char *recipe = hebb_figure_path(folder, "recipe.conf");
    const bool found = recipe != NULL && access(recipe, R_OK) == 0;
    free(recipe);
    return found;
}

/* "beside the executable" + suffix, NULL where that is no folder */
static char *folder_by_executable(const char *suffix)
{
    char executable[4096];
    const ssize_t length = readlink("/proc/self/exe", executable, sizeof executable - 1);
    if (length <= 0) return NULL;
    executable[length] = '\0';
    char *slash = strrchr(executable, '/');
    if (slash == NULL) return NULL;
    *slash = '\0';
    char *folder = hebb_figure_path(executable, suffix);
    if (folder == NULL || access(folder, R_OK | X_OK) == 0) return folder;
    free(folder);
    return NULL;
}

static char *figures_folder(void)
{
    const char *set = getenv("HEBB_FIGURES");
    if (set != NULL && *set != '\0') return strdup(set);
    char *folder = folder_by_executable("figures");
    if (folder == NULL) folder = folder_by_executable("../share/hebb/figures");
    return folder != NULL ? folder : strdup(HEBB_FIGURES_DIR);
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

hebb_status hebb_figure_list(char ***names, size_t *n)
{
    *names = NULL;
    *n = 0;
    char *parent = figures_folder();
    if (parent == NULL) return hebb_figure_fail_memory("figures");
    hebb_status status = HEBB_OK;
    DIR *directory = opendir(parent);
    if (directory == NULL)
        status =
            hebb_fail(HEBB_ENOINPUT, "%s: %s: the figures' recipes are not there; set HEBB_FIGURES to their folder",
                      parent, strerror(errno));
    for (const struct dirent *entry; status == HEBB_OK && (entry = readdir(directory)) != NULL;) {
        char *folder = hebb_figure_path(parent, entry->d_name);
        if (folder == NULL)
            status = hebb_figure_fail_memory(entry->d_name);
        else if (entry->d_name[0] != '.' && hebb_figure_has_recipe(folder))
            status = add_name(names, n, entry->d_name);
        free(folder);
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
    char *parent = is_path ? NULL : figures_folder();
    *folder = is_path ? strdup(name) : parent != NULL ? hebb_figure_path(parent, name) : NULL;
    free(parent);
    if (*folder == NULL) return hebb_figure_fail_memory(name);
    if (*name != '\0' && hebb_figure_has_recipe(*folder)) return HEBB_OK;
    free(*folder);
    *folder = NULL;
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
    hebb_status status = hebb_recipe_read(path, "quick", &recipe);
    if (status == HEBB_OK) {
        *title = strdup(recipe.title != NULL ? recipe.title : "");
        if (*title == NULL) status = hebb_figure_fail_memory(folder);
    }
    hebb_recipe_free(&recipe);
    free(path);
    return status;
}
