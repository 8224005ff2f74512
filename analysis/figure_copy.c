/* A figure's files in a folder of the user's own, to be changed there. */
#include "figure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atomic_file.h"
#include "figure_path.h"
#include "shell_path.h"

/* What is there is not written over; a copy that was broken off has left the same. */
static hebb_status check_target(const char *from, const char *target)
{
    bool is_same = false;
    if (access(target, F_OK) != 0) return errno == ENOENT ? HEBB_OK : hebb_figure_fail_input(target);
    const hebb_status status = hebb_figure_is_same_content(from, target, &is_same);
    if (status != HEBB_OK || is_same) return status;
    return hebb_fail(HEBB_EUSAGE, "%s: is there already; choose a new folder", target);
}

/* README.md alone may be missing. */
static hebb_status copy_one(const char *folder, const char *to, const char *name, bool only_check)
{
    char *from = hebb_figure_path(folder, name), *target = hebb_figure_path(to, name);
    hebb_status status = from != NULL && target != NULL ? HEBB_OK : hebb_figure_fail_memory(to);
    bool is_missing = false;
    if (status == HEBB_OK && strcmp(name, "README.md") == 0 && access(from, F_OK) != 0) {
        is_missing = errno == ENOENT;
        if (!is_missing) status = hebb_figure_fail_input(from);
    }
    if (status == HEBB_OK && !is_missing)
        status = only_check ? check_target(from, target) : hebb_figure_copy_file(from, target);
    free(target);
    free(from);
    return status;
}

hebb_status hebb_figure_copy(const char *folder, const char *to, FILE *log)
{
    static const char *const names[] = {"README.md", "plot.gp", "recipe.conf"};
    const size_t n = sizeof names / sizeof *names;
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < n; k++) status = copy_one(folder, to, names[k], true);
    if (status == HEBB_OK) status = hebb_folder_make(to);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) status = copy_one(folder, to, names[k], false);
    if (status == HEBB_OK && log != NULL) {
        char *word = hebb_shell_path(to);
        (void)fprintf(log, "figure: %s has recipe.conf and plot.gp, to be changed; draw it with: hebb figure %s%s\n",
                      to, strchr(to, '/') != NULL ? "" : "./", word != NULL ? word : to);
        free(word);
    }
    return status;
}
