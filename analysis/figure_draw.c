/* How a figure is drawn: its plot.gp beside the results, and gnuplot. */
#include "figure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atomic_file.h"
#include "figure_path.h"
#include "fingerprint.h"
#include "gnuplot.h"
#include "input.h"
#include "json_file.h"
#include "provenance.h"
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

hebb_status hebb_figure_copy_file(const char *from, const char *to)
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

hebb_status hebb_figure_is_same_content(const char *a, const char *b, bool *same)
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

/* ---- the script beside the results, and the note of what was copied there ---- */

enum { MAX_HASHED = 1 << 24 }; /* bytes */

static const char note_name[] = ".plot.json", note_key[] = "script";

hebb_status hebb_figure_hash(const char *path, char hash[HEBB_FINGERPRINT_LENGTH])
{
    char *text = NULL;
    size_t n = 0;
    hash[0] = '\0';
    const hebb_status status = hebb_input_load(path, MAX_HASHED, &text, &n);
    if (status == HEBB_OK) (void)hebb_fingerprint_format(hebb_fingerprint_of(n, text), hash);
    free(text);
    if (status == HEBB_OK || status == HEBB_EIO || status == HEBB_ENOMEM) return status;
    hebb_diagnostic_clear();
    return HEBB_OK;
}

/* Whether the script is as it was copied there. */
static hebb_status is_untouched(const char *script, const char *note, bool *untouched)
{
    char hash[HEBB_FINGERPRINT_LENGTH];
    json_t *object = NULL;
    *untouched = false;
    hebb_status status = hebb_figure_hash(script, hash);
    if (status == HEBB_OK) status = hebb_json_load(note, &object);
    const char *noted = json_string_value(json_object_get(object, note_key));
    *untouched = status == HEBB_OK && noted != NULL && *hash != '\0' && strcmp(noted, hash) == 0;
    json_decref(object);
    if (status == HEBB_OK || status == HEBB_EIO || status == HEBB_ENOMEM) return status;
    hebb_diagnostic_clear(); /* without a note it is the user's */
    return HEBB_OK;
}

static hebb_status save_note(const char *script, const char *note)
{
    char hash[HEBB_FINGERPRINT_LENGTH];
    hebb_provenance provenance = {0};
    hebb_status status = hebb_figure_hash(script, hash);
    if (status == HEBB_OK) status = hebb_provenance_add(&provenance, note_key, "%s", hash);
    if (status == HEBB_OK) status = hebb_provenance_save(&provenance, note);
    hebb_provenance_free(&provenance);
    return status;
}

static void tell_kept(const char *script, FILE *log)
{
    char *word = hebb_shell_path(script);
    (void)fprintf(log, "figure: %s is kept, as it was changed there; to draw the recipe's: rm %s\n", script,
                  word != NULL ? word : script);
    free(word);
}

/* The figure's script, beside the results; one of the user's own is kept. */
static hebb_status put_script(const char *from, const char *to, const char *note, bool overwrite, FILE *log)
{
    bool is_same = false, untouched = false;
    hebb_status status = is_same_file(from, to, &is_same);
    if (status != HEBB_OK || is_same) return status;
    const bool is_there = access(to, F_OK) == 0;
    if (!is_there && errno != ENOENT) return hebb_figure_fail_input(to);
    if (is_there && !overwrite) {
        status = hebb_figure_is_same_content(from, to, &is_same);
        if (status == HEBB_OK && !is_same) status = is_untouched(to, note, &untouched);
        if (status == HEBB_OK && !is_same && !untouched) {
            if (log != NULL) tell_kept(to, log);
            return HEBB_OK;
        }
    }
    if (status == HEBB_OK && !is_same) status = hebb_figure_copy_file(from, to);
    return status == HEBB_OK ? save_note(to, note) : status;
}

hebb_status hebb_figure_draw(const char *folder, const char *out, bool overwrite, FILE *log)
{
    char *from = hebb_figure_path(folder, "plot.gp"), *to = hebb_figure_path(out, "plot.gp");
    char *note = hebb_figure_path(out, note_name);
    bool drawn = false;
    hebb_status status = from != NULL && to != NULL && note != NULL ? hebb_figure_check_script(folder, out)
                                                                    : hebb_figure_fail_memory(out);
    if (status == HEBB_OK) status = put_script(from, to, note, overwrite, log);
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
    free(note);
    free(from);
    free(to);
    return status;
}

hebb_status hebb_figure_draw_tex(const char *out, FILE *log)
{
    bool drawn = false;
    const hebb_status status = hebb_gnuplot_draw_tex(out, &drawn);
    if (status == HEBB_OK && drawn && log != NULL)
        (void)fprintf(log, "figure: %s/" HEBB_GNUPLOT_TEX " with " HEBB_GNUPLOT_TEX_PAGES ", for \\input\n", out);
    else if (status == HEBB_OK && !drawn && log != NULL)
        (void)fprintf(log, "figure: gnuplot is missing: no " HEBB_GNUPLOT_TEX "\n");
    return status;
}
