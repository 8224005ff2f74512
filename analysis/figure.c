#include "figure.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atomic_file.h"
#include "gnuplot.h"
#include "nearest.h"
#include "recipe.h"
#include "theory_table.h"

/* ---- where figures are ---- */

static char *join(const char *folder, const char *name)
{
    char *path;
    return asprintf(&path, "%s/%s", folder, name) < 0 ? NULL : path;
}

static hebb_status fail_memory(const char *path)
{
    return hebb_fail(HEBB_ENOMEM, "%s: no memory for its path", path);
}

static bool has_recipe(const char *folder)
{
    char *recipe = join(folder, "recipe.conf");
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
    char *folder = join(executable, suffix);
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
    if (more == NULL) return fail_memory(name);
    *names = more;
    more[*n] = strdup(name);
    if (more[*n] == NULL) return fail_memory(name);
    (*n)++;
    return HEBB_OK;
}

hebb_status hebb_figure_list(char ***names, size_t *n)
{
    *names = NULL;
    *n = 0;
    char *parent = figures_folder();
    if (parent == NULL) return fail_memory("figures");
    hebb_status status = HEBB_OK;
    DIR *directory = opendir(parent);
    if (directory == NULL)
        status =
            hebb_fail(HEBB_ENOINPUT, "%s: %s: the figures' recipes are not there; set HEBB_FIGURES to their folder",
                      parent, strerror(errno));
    for (const struct dirent *entry; status == HEBB_OK && (entry = readdir(directory)) != NULL;) {
        char *folder = join(parent, entry->d_name);
        if (folder == NULL)
            status = fail_memory(entry->d_name);
        else if (entry->d_name[0] != '.' && has_recipe(folder))
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
    *folder = is_path ? strdup(name) : parent != NULL ? join(parent, name) : NULL;
    free(parent);
    if (*folder == NULL) return fail_memory(name);
    if (*name != '\0' && has_recipe(*folder)) return HEBB_OK;
    free(*folder);
    *folder = NULL;
    if (!is_path) return fail_unknown(name);
    return hebb_fail(HEBB_ENOINPUT, "%s: is no figure's folder: it has no recipe.conf", name);
}

hebb_status hebb_figure_title(const char *folder, char **title)
{
    hebb_recipe recipe = {0};
    *title = NULL;
    char *path = join(folder, "recipe.conf");
    if (path == NULL) return fail_memory(folder);
    hebb_status status = hebb_recipe_read(path, "quick", &recipe);
    if (status == HEBB_OK) {
        *title = strdup(recipe.title != NULL ? recipe.title : "");
        if (*title == NULL) status = fail_memory(folder);
    }
    hebb_recipe_free(&recipe);
    free(path);
    return status;
}

/* ---- the script, and where it goes ---- */

static bool same_file(const char *a, const char *b)
{
    char *real_a = realpath(a, NULL), *real_b = realpath(b, NULL);
    const bool same = real_a != NULL && real_b != NULL && strcmp(real_a, real_b) == 0;
    free(real_a);
    free(real_b);
    return same;
}

/* A figure may be drawn in its own folder, where the script is already, but not in another figure's. */
static hebb_status check_script(const char *folder, const char *out)
{
    char *script = join(folder, "plot.gp");
    if (script == NULL) return fail_memory(folder);
    hebb_status status = HEBB_OK;
    if (access(script, R_OK) != 0)
        status = hebb_fail(HEBB_ENOINPUT, "%s: %s", script, strerror(errno));
    else if (has_recipe(out) && !same_file(folder, out))
        status =
            hebb_fail(HEBB_EUSAGE, "%s: is another figure's folder, with a plot.gp of its own; choose another", out);
    free(script);
    return status;
}

/* ---- following a recipe ---- */

/* A step with its options set: what there is to check before the first of them runs. */
typedef struct {
    const hebb_step *step;
    const hebb_experiment *experiment; /* of a run */
    const hebb_theory_table *theory;   /* of a theory table */
    hebb_options options;
} prepared_step;

enum { MAX_SUBJECTS = 64 };

static hebb_status find_subject(const char *path, prepared_step *prepared)
{
    const hebb_step *step = prepared->step;
    const char *names[MAX_SUBJECTS];
    size_t n = 0;
    for (const hebb_experiment *const *e = hebb_experiments(); *e != NULL && step->kind == HEBB_STEP_RUN; e++) {
        if (strcmp((*e)->name, step->subject) == 0) prepared->experiment = *e;
        if (n < MAX_SUBJECTS) names[n++] = (*e)->name;
    }
    for (const hebb_theory_table *const *t = hebb_theory_tables(); *t != NULL && step->kind == HEBB_STEP_THEORY; t++) {
        if (strcmp((*t)->subject, step->subject) == 0) prepared->theory = *t;
        if (n < MAX_SUBJECTS) names[n++] = (*t)->subject;
    }
    if (prepared->experiment != NULL || prepared->theory != NULL) return HEBB_OK;
    return hebb_fail(HEBB_EDATA, "%s:%ld: unknown %s %s; did you mean %s?", path, step->line,
                     step->kind == HEBB_STEP_RUN ? "experiment" : "subject", step->subject,
                     hebb_nearest(step->subject, n, names));
}

static hebb_status set_options(const char *path, const char *seed, prepared_step *prepared)
{
    const hebb_step *step = prepared->step;
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < step->n_settings; k++) {
        const hebb_setting *setting = &step->settings[k];
        char origin[1024];
        snprintf(origin, sizeof origin, "%s:%ld: %s", path, setting->line, setting->name);
        status = hebb_options_set(&prepared->options, origin, setting->name, setting->value);
    }
    if (status == HEBB_OK && seed != NULL && step->kind == HEBB_STEP_RUN)
        status = hebb_options_set(&prepared->options, "--seed", "seed", seed);
    return status;
}

static hebb_status prepare(const char *path, const char *seed, const hebb_step *step, prepared_step *prepared)
{
    prepared->step = step;
    hebb_status status = find_subject(path, prepared);
    if (status != HEBB_OK) return status;
    if (step->kind == HEBB_STEP_RUN) {
        const hebb_option_table tables[] = {{prepared->experiment->n_options, prepared->experiment->options},
                                            hebb_experiment_options};
        status = hebb_options_init(&prepared->options, 2, tables);
    } else {
        const hebb_option_table table = {prepared->theory->n_options, prepared->theory->options};
        status = hebb_options_init(&prepared->options, 1, &table);
    }
    return status == HEBB_OK ? set_options(path, seed, prepared) : status;
}

static hebb_status follow_run(prepared_step *prepared, const hebb_experiment_setting *setting,
                              hebb_verdict_count *verdicts)
{
    const char *label = prepared->step->label;
    hebb_experiment_setting own = *setting;
    hebb_verdict_count count = {0};
    char *folder = label != NULL ? join(setting->folder, label) : strdup(setting->folder);
    if (folder == NULL) return fail_memory(setting->folder);
    own.folder = folder;
    const hebb_status status = hebb_experiment_run(prepared->experiment, &prepared->options, &own, &count);
    *verdicts = hebb_verdict_count_add(*verdicts, count);
    free(folder);
    return status;
}

/* theory-LABEL.csv: no experiment's file begins so. */
static hebb_status follow_theory(const prepared_step *prepared, const hebb_experiment_setting *setting)
{
    hebb_table table = {0};
    hebb_provenance provenance = {0};
    char *path = NULL;
    hebb_status status = hebb_theory_table_provenance(prepared->theory, &prepared->options, &provenance);
    if (status == HEBB_OK && asprintf(&path, "%s/theory-%s.csv", setting->folder, prepared->step->label) < 0) {
        path = NULL;
        status = fail_memory(prepared->step->label);
    }
    if (status == HEBB_OK) status = prepared->theory->fill(&prepared->options, &table);
    if (status == HEBB_OK) status = hebb_folder_make(setting->folder);
    if (status == HEBB_OK) status = hebb_table_save(&table, setting->csv_plain ? NULL : &provenance, path);
    hebb_table_free(&table);
    hebb_provenance_free(&provenance);
    free(path);
    return status;
}

/* All steps are checked before the first one runs. */
static hebb_status follow(const char *path, const hebb_recipe *recipe, const hebb_experiment_setting *setting,
                          hebb_verdict_count *verdicts)
{
    prepared_step *prepared = calloc(recipe->n_steps, sizeof *prepared);
    if (prepared == NULL) return fail_memory(path);
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < recipe->n_steps; k++)
        status = prepare(path, setting->seed, &recipe->steps[k], &prepared[k]);
    for (size_t k = 0; status == HEBB_OK && k < recipe->n_steps; k++)
        status = recipe->steps[k].kind == HEBB_STEP_RUN ? follow_run(&prepared[k], setting, verdicts)
                                                        : follow_theory(&prepared[k], setting);
    for (size_t k = 0; k < recipe->n_steps; k++) hebb_options_free(&prepared[k].options);
    free(prepared);
    return status;
}

hebb_status hebb_figure_make(const char *folder, const char *size, const hebb_experiment_setting *setting,
                             hebb_verdict_count *verdicts)
{
    hebb_recipe recipe = {0};
    *verdicts = (hebb_verdict_count){0};
    char *path = join(folder, "recipe.conf");
    if (path == NULL) return fail_memory(folder);
    hebb_status status = hebb_recipe_read(path, size, &recipe);
    if (status == HEBB_OK) status = check_script(folder, setting->folder);
    if (status == HEBB_OK) status = follow(path, &recipe, setting, verdicts);
    if (status == HEBB_OK) status = hebb_figure_draw(folder, setting->folder, setting->overwrite, setting->log);
    hebb_recipe_free(&recipe);
    free(path);
    return status;
}

/* ---- drawing ---- */

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
    char *from = join(folder, "plot.gp"), *to = join(out, "plot.gp");
    bool drawn = false;
    hebb_status status = from != NULL && to != NULL ? check_script(folder, out) : fail_memory(out);
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
