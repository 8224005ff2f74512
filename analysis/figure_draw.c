/* How a figure is drawn: its plot.gp beside the results, and gnuplot. */
#include "figure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atomic_file.h"
#include "figure_path.h"
#include "gnuplot.h"
#include "shell_path.h"

/* The path without links; NULL where nothing bears it. */
static hebb_status real_path(const char *path, char **real)
{
    *real = realpath(path, NULL);
    return *real != NULL || (errno != ENOMEM && errno != EIO) ? HEBB_OK : hebb_figure_fail_input(path);
}

static hebb_status is_same_file(const char *a, const char *b, bool *same)
{
    char *real_a, *real_b = NULL;
    hebb_status status = real_path(a, &real_a);
    if (status == HEBB_OK) status = real_path(b, &real_b);
    *same = real_a != NULL && real_b != NULL && strcmp(real_a, real_b) == 0;
    free(real_a);
    free(real_b);
    return status;
}

hebb_status hebb_figure_check_script(const char *folder, const char *out)
{
    char *script = hebb_figure_path(folder, "plot.gp");
    bool has_recipe = false, is_own = false;
    if (script == NULL) return hebb_figure_fail_memory(folder);
    hebb_status status = access(script, R_OK) == 0 ? HEBB_OK : hebb_figure_fail_input(script);
    if (status == HEBB_OK) status = hebb_figure_has_recipe(out, &has_recipe);
    if (status == HEBB_OK && has_recipe) status = is_same_file(folder, out, &is_own);
    if (status == HEBB_OK && has_recipe && !is_own)
        status =
            hebb_fail(HEBB_EUSAGE, "%s: is another figure's folder, with a plot.gp of its own; choose another", out);
    free(script);
    return status;
}

static hebb_status copy_file(const char *from, const char *to)
{
    FILE *source = fopen(from, "re");
    if (source == NULL) return hebb_figure_fail_input(from);
    hebb_atomic_file target;
    hebb_status status = hebb_atomic_file_open(&target, to);
    if (status == HEBB_OK) {
        char buffer[4096];
        for (size_t n; (n = fread(buffer, 1, sizeof buffer, source)) > 0;) (void)fwrite(buffer, 1, n, target.stream);
        if (ferror(source)) {
            status = hebb_fail(HEBB_EIO, "%s: cannot be read: %s", from, strerror(errno));
            hebb_atomic_file_discard(&target);
        } else {
            status = hebb_atomic_file_commit(&target); /* checks the stream's writes */
        }
    }
    (void)fclose(source);
    return status;
}

/* Both are there and may be read, or that is the failure. */
static hebb_status is_same_content(const char *a, const char *b, bool *same)
{
    FILE *first = fopen(a, "re"), *second = NULL;
    hebb_status status = first != NULL ? HEBB_OK : hebb_figure_fail_input(a);
    if (status == HEBB_OK && (second = fopen(b, "re")) == NULL) status = hebb_figure_fail_input(b);
    *same = status == HEBB_OK;
    for (int c = 0; *same && c != EOF;) *same = (c = fgetc(first)) == fgetc(second);
    if (first != NULL && ferror(first)) status = hebb_figure_fail_input(a);
    if (second != NULL && ferror(second)) status = hebb_figure_fail_input(b);
    if (first != NULL) (void)fclose(first);
    if (second != NULL) (void)fclose(second);
    return status;
}

/* The figure's script, beside the results; one of the user's own is kept. */
static hebb_status put_script(const char *from, const char *to, bool overwrite, FILE *log)
{
    bool is_same = false;
    hebb_status status = is_same_file(from, to, &is_same);
    if (status != HEBB_OK || is_same) return status;
    const bool is_there = access(to, F_OK) == 0;
    if (!is_there && errno != ENOENT) return hebb_figure_fail_input(to);
    if (overwrite || !is_there) return copy_file(from, to);
    status = is_same_content(from, to, &is_same);
    if (status != HEBB_OK || is_same) return status;
    if (log != NULL)
        (void)fprintf(log, "figure: %s differs from the figure's and is kept; --overwrite replaces it\n", to);
    return HEBB_OK;
}

hebb_status hebb_figure_draw(const char *folder, const char *out, bool overwrite, FILE *log)
{
    char *from = hebb_figure_path(folder, "plot.gp"), *to = hebb_figure_path(out, "plot.gp");
    bool drawn = false;
    hebb_status status =
        from != NULL && to != NULL ? hebb_figure_check_script(folder, out) : hebb_figure_fail_memory(out);
    if (status == HEBB_OK) status = put_script(from, to, overwrite, log);
    if (status == HEBB_OK) status = hebb_gnuplot_draw(out, &drawn);
    if (status == HEBB_OK && log != NULL) {
        if (drawn) {
            (void)fprintf(log, "figure: %s/figure.pdf and figure.svg\n", out);
        } else {
            char *word = hebb_shell_path(to);
            (void)fprintf(log, "figure: gnuplot is missing; where it is installed, draw with: gnuplot %s\n",
                          word != NULL ? word : to);
            free(word);
        }
    }
    free(from);
    free(to);
    return status;
}
