/* How a figure is drawn: its plot.gp beside the results, and gnuplot. */
#include "figure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atomic_file.h"
#include "figure_path.h"
#include "gnuplot.h"

static bool same_file(const char *a, const char *b)
{
    char *real_a = realpath(a, NULL), *real_b = realpath(b, NULL);
    const bool same = real_a != NULL && real_b != NULL && strcmp(real_a, real_b) == 0;
    free(real_a);
    free(real_b);
    return same;
}

hebb_status hebb_figure_check_script(const char *folder, const char *out)
{
    char *script = hebb_figure_path(folder, "plot.gp");
    if (script == NULL) return hebb_figure_fail_memory(folder);
    hebb_status status = HEBB_OK;
    if (access(script, R_OK) != 0)
        status = hebb_fail(HEBB_ENOINPUT, "%s: %s", script, strerror(errno));
    else if (hebb_figure_has_recipe(out) && !same_file(folder, out))
        status =
            hebb_fail(HEBB_EUSAGE, "%s: is another figure's folder, with a plot.gp of its own; choose another", out);
    free(script);
    return status;
}

static hebb_status copy_file(const char *from, const char *to)
{
    FILE *source = fopen(from, "re");
    if (source == NULL) return hebb_fail(errno == ENOENT ? HEBB_ENOINPUT : HEBB_EIO, "%s: %s", from, strerror(errno));
    hebb_atomic_file target;
    hebb_status status = hebb_atomic_file_open(&target, to);
    if (status == HEBB_OK) {
        char buffer[4096];
        for (size_t n; (n = fread(buffer, 1, sizeof buffer, source)) > 0;) (void)fwrite(buffer, 1, n, target.stream);
        if (ferror(source)) {
            status = hebb_fail(HEBB_EIO, "%s: cannot be read", from);
            hebb_atomic_file_discard(&target);
        } else {
            status = hebb_atomic_file_commit(&target); /* checks the stream's writes */
        }
    }
    (void)fclose(source);
    return status;
}

/* False also where one of the two cannot be read. */
static bool same_content(const char *a, const char *b)
{
    FILE *first = fopen(a, "re"), *second = fopen(b, "re");
    bool same = first != NULL && second != NULL;
    for (int c = 0; same && c != EOF;) same = (c = fgetc(first)) == fgetc(second);
    same = same && !ferror(first) && !ferror(second);
    if (first != NULL) (void)fclose(first);
    if (second != NULL) (void)fclose(second);
    return same;
}

/* One word for a shell, whatever is in it. */
static void print_quoted(const char *path, FILE *stream)
{
    const bool is_plain =
        path[strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+")] == '\0';
    if (!is_plain) (void)fputc('\'', stream);
    for (; *path != '\0'; path++) (void)(*path == '\'' ? fputs("'\\''", stream) : fputc(*path, stream));
    if (!is_plain) (void)fputc('\'', stream);
}

hebb_status hebb_figure_draw(const char *folder, const char *out, bool overwrite, FILE *log)
{
    char *from = hebb_figure_path(folder, "plot.gp"), *to = hebb_figure_path(out, "plot.gp");
    bool drawn = false;
    hebb_status status =
        from != NULL && to != NULL ? hebb_figure_check_script(folder, out) : hebb_figure_fail_memory(out);
    if (status == HEBB_OK && !same_file(from, to)) {
        const bool keep = !overwrite && access(to, F_OK) == 0 && !same_content(from, to);
        if (!keep)
            status = copy_file(from, to);
        else if (log != NULL)
            (void)fprintf(log, "figure: %s differs from the figure's and is kept; --overwrite replaces it\n", to);
    }
    if (status == HEBB_OK) status = hebb_gnuplot_draw(out, &drawn);
    if (status == HEBB_OK && log != NULL) {
        if (drawn) {
            (void)fprintf(log, "figure: %s/figure.pdf and figure.svg\n", out);
        } else {
            (void)fputs("figure: gnuplot is missing; where it is installed, draw with: gnuplot ", log);
            print_quoted(to, log);
            (void)fputc('\n', log);
        }
    }
    free(from);
    free(to);
    return status;
}
