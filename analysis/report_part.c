/* One folder's files: manifest.json, verdict.csv, log.csv, and which others there are. */
#include "report_part.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "figure_path.h"
#include "input.h"
#include "json_file.h"
#include "provenance.h"
#include "shell_path.h"
#include "training_folder.h"

/* ---- the names in a folder ---- */

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

/* Sorted: the order in which a folder gives them is its own. */
static hebb_status list(const char *folder, char ***names, size_t *n)
{
    hebb_status status = HEBB_OK;
    *names = NULL;
    *n = 0;
    DIR *directory = opendir(folder);
    if (directory == NULL) return hebb_figure_fail_input(folder);
    while (status == HEBB_OK) {
        errno = 0; /* the end leaves it, a failure sets it */
        const struct dirent *entry = readdir(directory);
        if (entry == NULL && errno != 0) status = hebb_figure_fail_input(folder);
        if (entry == NULL) break;
        if (entry->d_name[0] != '.') status = add_name(names, n, entry->d_name);
    }
    (void)closedir(directory);
    if (*n > 0) qsort(*names, *n, sizeof **names, by_name);
    return status;
}

static void free_names(char **names, size_t n)
{
    for (size_t k = 0; k < n; k++) free(names[k]);
    free(names);
}

static hebb_status has_manifest(const char *folder, const char *name, bool *found)
{
    char *path;
    if (asprintf(&path, "%s/%s/manifest.json", folder, name) < 0) return hebb_figure_fail_memory(folder);
    *found = access(path, F_OK) == 0;
    const hebb_status status = *found || errno != EIO ? HEBB_OK : hebb_figure_fail_input(path);
    free(path);
    return status;
}

hebb_status hebb_report_subfolders(const char *folder, char ***names, size_t *n)
{
    char **all = NULL;
    size_t n_all = 0;
    *names = NULL;
    *n = 0;
    hebb_status status = list(folder, &all, &n_all);
    for (size_t k = 0; status == HEBB_OK && k < n_all; k++) {
        bool found = false;
        status = has_manifest(folder, all[k], &found);
        if (status == HEBB_OK && found) status = add_name(names, n, all[k]);
    }
    free_names(all, n_all);
    return status;
}

/* ---- the manifest ---- */

static hebb_status add_note(hebb_report_part *part, const char *key, const char *value)
{
    void *more = reallocarray(part->notes, part->n_notes + 1, sizeof *part->notes);
    if (more == NULL) return hebb_figure_fail_memory(part->path);
    part->notes = more;
    part->notes[part->n_notes].key = strdup(key);
    part->notes[part->n_notes].value = strdup(value);
    part->n_notes++;
    const bool has_both = part->notes[part->n_notes - 1].key != NULL && part->notes[part->n_notes - 1].value != NULL;
    return has_both ? HEBB_OK : hebb_figure_fail_memory(part->path);
}

/* A copy of the text of that key, of "" where there is none. */
static char *copy_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return strdup(text != NULL ? text : "");
}

/* The options of a study that name files, as given: they are no part of its command.  NULL: no memory. */
static char *name_inputs(const json_t *study)
{
    static const char *const names[] = {"data", "test", "start-from", "patterns-file"};
    const json_t *options = json_object_get(study, "options");
    char *inputs = strdup("");
    for (size_t k = 0; inputs != NULL && k < sizeof names / sizeof *names; k++) {
        const char *path = json_string_value(json_object_get(options, names[k]));
        if (path == NULL) continue;
        char *word = hebb_shell_path(path), *more = NULL;
        if (word == NULL || asprintf(&more, "%s --%s %s", inputs, names[k], word) < 0) more = NULL;
        free(word);
        free(inputs);
        inputs = more;
    }
    return inputs;
}

static hebb_status read_manifest(hebb_report_part *part, const char *path)
{
    json_t *object = NULL, *value;
    const char *key;
    hebb_status status = hebb_json_load(path, &object);
    json_object_foreach(object, key, value)
    {
        if (status == HEBB_OK && json_is_string(value)) status = add_note(part, key, json_string_value(value));
    }
    const json_t *study = json_object_get(object, HEBB_PROVENANCE_STUDY);
    part->experiment = copy_text(study, "experiment");
    part->resume = copy_text(study, "resume");
    part->inputs = name_inputs(study);
    json_decref(object);
    if (status == HEBB_OK && (part->experiment == NULL || part->resume == NULL || part->inputs == NULL))
        status = hebb_figure_fail_memory(part->path);
    if (status != HEBB_OK) return status;
    part->has_manifest = true;
    part->is_training = strncmp(part->experiment, HEBB_TRAINING_PREFIX, sizeof HEBB_TRAINING_PREFIX - 1) == 0;
    return HEBB_OK;
}

/* ---- the other files ---- */

static hebb_status count_verdicts(hebb_report_part *part, const char *path)
{
    const hebb_report_table *table = &part->verdicts;
    const size_t column = hebb_report_column(table, "verdict");
    if (table->rows == NULL) return hebb_fail(HEBB_EDATA, "%s: empty, expected a header", path);
    if (column == table->n_columns) return hebb_fail(HEBB_EDATA, "%s: has no column verdict", path);
    for (size_t k = 1; k <= table->n_rows; k++) {
        const char *verdict = table->rows[k][column];
        char excerpt[HEBB_INPUT_EXCERPT_SIZE];
        if (strcmp(verdict, hebb_verdict_text(HEBB_AGREE)) == 0)
            part->count.n_agree++;
        else if (strcmp(verdict, hebb_verdict_text(HEBB_DISAGREE)) == 0)
            part->count.n_disagree++;
        else if (strcmp(verdict, hebb_verdict_text(HEBB_INCONCLUSIVE)) == 0)
            part->count.n_inconclusive++;
        else
            return hebb_fail(HEBB_EDATA, "%s: row %zu: the verdict '%s' is none of agree, disagree, inconclusive", path,
                             k, hebb_input_excerpt(excerpt, verdict, strlen(verdict)));
    }
    return HEBB_OK;
}

/* The command in the '#' lines at the head of a CSV file. */
static hebb_status read_command(const char *path, char **command)
{
    static const char opening[] = "# command: ";
    FILE *stream;
    char *line = NULL;
    size_t size = 0, n_bytes;
    hebb_status status = hebb_input_open(path, &stream, &n_bytes);
    if (status != HEBB_OK) return status;
    errno = 0;
    ssize_t n;
    while (*command == NULL && (n = getline(&line, &size, stream)) > 0 && *line == '#') {
        if (strncmp(line, opening, sizeof opening - 1) != 0) continue;
        line[strcspn(line, "\r\n")] = '\0';
        *command = strdup(line + sizeof opening - 1);
        if (*command == NULL) status = hebb_figure_fail_memory(path);
        break;
    }
    if (status == HEBB_OK && ferror(stream)) status = hebb_fail(HEBB_EIO, "%s: %s", path, strerror(errno));
    if (status == HEBB_OK && errno == ENOMEM) status = hebb_figure_fail_memory(path);
    free(line);
    (void)fclose(stream);
    return status;
}

static hebb_status add_file(hebb_report_part *part, const char *name, const char *path)
{
    struct hebb_report_file *more = reallocarray(part->files, part->n_files + 1, sizeof *more);
    if (more == NULL) return hebb_figure_fail_memory(path);
    part->files = more;
    more[part->n_files] = (struct hebb_report_file){.name = strdup(name)};
    if (more[part->n_files++].name == NULL) return hebb_figure_fail_memory(path);
    const hebb_status status = read_command(path, &more[part->n_files - 1].command);
    if (status != HEBB_ENOINPUT) return status;
    hebb_diagnostic_clear(); /* a folder of that name, or a file that may not be read, is no table */
    free(more[--part->n_files].name);
    return HEBB_OK;
}

static bool ends(const char *name, const char *with)
{
    const size_t n = strlen(name), m = strlen(with);
    return n >= m && strcmp(name + n - m, with) == 0;
}

static hebb_status take_file(hebb_report_part *part, const char *name)
{
    char *path = hebb_figure_path(part->path, name);
    if (path == NULL) return hebb_figure_fail_memory(part->path);
    hebb_status status = HEBB_OK;
    if (strcmp(name, "manifest.json") == 0) status = read_manifest(part, path);
    if (strcmp(name, "verdict.csv") == 0) {
        status = hebb_report_table_read(&part->verdicts, path, false);
        if (status == HEBB_OK) status = count_verdicts(part, path);
    }
    if (strcmp(name, "log.csv") == 0) status = hebb_report_table_read(&part->log, path, true);
    if (status == HEBB_OK && ends(name, ".csv")) status = add_file(part, name, path);
    part->has_plot = part->has_plot || strcmp(name, "plot.gp") == 0;
    part->has_svg = part->has_svg || strcmp(name, "figure.svg") == 0;
    part->has_pdf = part->has_pdf || strcmp(name, "figure.pdf") == 0;
    free(path);
    return status;
}

hebb_status hebb_report_part_read(hebb_report_part *part, const char *folder, const char *name)
{
    char **names = NULL;
    size_t n = 0;
    *part = (hebb_report_part){.name = strdup(name),
                               .path = *name != '\0' ? hebb_figure_path(folder, name) : strdup(folder)};
    if (part->name == NULL || part->path == NULL) return hebb_figure_fail_memory(folder);
    hebb_status status = list(part->path, &names, &n);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) status = take_file(part, names[k]);
    free_names(names, n);
    if (status == HEBB_OK && !part->has_manifest) {
        part->experiment = strdup("");
        part->resume = strdup("");
        part->inputs = strdup("");
        if (part->experiment == NULL || part->resume == NULL || part->inputs == NULL)
            status = hebb_figure_fail_memory(folder);
    }
    return status == HEBB_OK ? hebb_report_survey(part) : status;
}

const char *hebb_report_note(const hebb_report_part *part, const char *key)
{
    for (size_t k = 0; k < part->n_notes; k++)
        if (strcmp(part->notes[k].key, key) == 0) return part->notes[k].value;
    return NULL;
}

void hebb_report_part_free(hebb_report_part *part)
{
    for (size_t k = 0; k < part->n_notes; k++) {
        free(part->notes[k].key);
        free(part->notes[k].value);
    }
    for (size_t k = 0; k < part->n_files; k++) {
        free(part->files[k].name);
        free(part->files[k].command);
    }
    free(part->notes);
    free(part->files);
    free(part->name);
    free(part->path);
    free(part->experiment);
    free(part->resume);
    free(part->inputs);
    free(part->state);
    free(part->go_on);
    hebb_report_table_free(&part->verdicts);
    hebb_report_table_free(&part->log);
    *part = (hebb_report_part){0};
}
