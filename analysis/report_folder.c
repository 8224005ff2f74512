#include "report_folder.h"

#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "figure.h"
#include "figure_path.h"
#include "input.h"
#include "json_file.h"
#include "report_part.h"

/* ---- which figure it is ---- */

/* "hebb figure x --size quick --out y", without what is from --out on. */
static size_t length_without_out(const char *command)
{
    bool is_quoted = false;
    size_t k = 0;
    for (; command[k] != '\0'; k++) {
        if (!is_quoted && strncmp(command + k, " --out ", 7) == 0) break;
        if (!is_quoted && command[k] == '\\' && command[k + 1] != '\0')
            k++;
        else if (command[k] == '\'')
            is_quoted = !is_quoted;
    }
    return k;
}

/* Whether the program has that figure, and then its name and the title of its recipe. */
static hebb_status find_figure(const char *name, char **figure, char **title)
{
    char *folder;
    hebb_status status = hebb_figure_find(name, &folder);
    if (status == HEBB_EUSAGE || status == HEBB_ENOINPUT) {
        hebb_diagnostic_clear();
        return HEBB_OK;
    }
    if (status == HEBB_OK) status = hebb_figure_title(folder, title);
    if (status == HEBB_EDATA) { /* its recipe cannot be read: it has no title */
        hebb_diagnostic_clear();
        status = HEBB_OK;
    }
    if (status == HEBB_OK) {
        *figure = strdup(name);
        if (*figure == NULL) status = hebb_figure_fail_memory(name);
    }
    free(folder);
    return status;
}

static const char opening[] = "hebb figure ";

/* The figure's command as it was given, which the manifest of a run in it has, or without the recipe's path; NULL: none. */
static const char *figure_command(const hebb_report_folder *folder)
{
    const char *command = hebb_report_note(&folder->parts[0], "command");
    const bool is_figure = command != NULL && strncmp(command, opening, sizeof opening - 1) == 0;
    for (size_t k = 0; k < folder->n_parts && (k == 0 || is_figure); k++)
        if (strncmp(folder->parts[k].resume, opening, sizeof opening - 1) == 0) return folder->parts[k].resume;
    return is_figure ? command : NULL;
}

/* hebb figure NAME ... as hebb figure ./NAME ... */
static hebb_status set_own(hebb_report_folder *folder)
{
    char *command;
    folder->is_own = true;
    if (asprintf(&command, "%s./%s", opening, folder->command + sizeof opening - 1) < 0)
        return hebb_figure_fail_memory(folder->given);
    free(folder->command);
    folder->command = command;
    return HEBB_OK;
}

/* `hebb figure all` makes each figure in a folder of its name. */
static hebb_status set_one_of_all(hebb_report_folder *folder, char **name)
{
    char *own = hebb_figure_name(folder->given), *command = NULL;
    if (own == NULL ||
        asprintf(&command, "%s%s%s", opening, own, folder->command + sizeof opening - 1 + strlen("all")) < 0) {
        free(own);
        return hebb_figure_fail_memory(folder->given);
    }
    free(folder->command);
    folder->command = command;
    free(*name);
    *name = own;
    return HEBB_OK;
}

static hebb_status name_figure(hebb_report_folder *folder)
{
    const char *command = figure_command(folder);
    if (command == NULL) return HEBB_OK;
    folder->command = strndup(command, length_without_out(command));
    const char *word = command + sizeof opening - 1;
    char *name = strndup(word, strcspn(word, " "));
    hebb_status status = folder->command != NULL && name != NULL ? HEBB_OK : hebb_figure_fail_memory(folder->given);
    if (status == HEBB_OK && strcmp(name, "all") == 0) status = set_one_of_all(folder, &name);
    if (status == HEBB_OK && strpbrk(name, "/'") == NULL) {
        status = find_figure(name, &folder->figure, &folder->title);
        if (status == HEBB_OK && folder->figure == NULL) status = set_own(folder);
    }
    free(name);
    return status;
}

/* The folder's own name, that of a path such as ".." too. */
static hebb_status name_folder(hebb_report_folder *folder)
{
    char *name = hebb_figure_name(folder->given);
    if (name != NULL && (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)) {
        free(name);
        char *whole = realpath(folder->given, NULL);
        name = whole != NULL ? hebb_figure_name(whole) : NULL;
        free(whole);
    }
    folder->title = name;
    return name != NULL ? HEBB_OK : hebb_figure_fail_memory(folder->given);
}

/* The title of the recipe that was followed, where figure.json has it; one that cannot be read has none. */
static hebb_status read_title(hebb_report_folder *folder)
{
    json_t *object = NULL;
    char *path = hebb_figure_path(folder->given, HEBB_FIGURE_STAMP);
    hebb_status status = path != NULL ? hebb_json_load(path, &object) : hebb_figure_fail_memory(folder->given);
    free(path);
    const char *title = json_string_value(json_object_get(object, "title"));
    if (title != NULL && *title != '\0') {
        free(folder->title);
        folder->title = strdup(title);
        if (folder->title == NULL) status = hebb_figure_fail_memory(folder->given);
    }
    json_decref(object);
    if (status == HEBB_OK || status == HEBB_EIO || status == HEBB_ENOMEM) return status;
    hebb_diagnostic_clear();
    return HEBB_OK;
}

static hebb_status name_all(hebb_report_folder *folder)
{
    char *ignored = NULL;
    const hebb_experiment *experiment = hebb_experiment_find(folder->parts[0].experiment);
    hebb_status status = name_figure(folder);
    if (status == HEBB_OK) status = read_title(folder);
    if (status == HEBB_OK && (folder->title == NULL || *folder->title == '\0')) {
        free(folder->title);
        status = name_folder(folder);
    }
    if (status == HEBB_OK && folder->figure == NULL && experiment != NULL)
        status = find_figure(hebb_experiment_figure(experiment), &folder->drawn, &ignored);
    free(ignored);
    return status;
}

/* ---- reading ---- */

static hebb_status add_part(hebb_report_folder *folder, const char *name)
{
    hebb_report_part *parts = reallocarray(folder->parts, folder->n_parts + 1, sizeof *parts);
    if (parts == NULL) return hebb_figure_fail_memory(folder->given);
    folder->parts = parts;
    return hebb_report_part_read(&parts[folder->n_parts++], folder->given, name);
}

hebb_status hebb_report_folder_read(hebb_report_folder *folder, const char *given)
{
    char **names = NULL;
    size_t n = 0;
    *folder = (hebb_report_folder){.given = given};
    hebb_status status = add_part(folder, "");
    if (status == HEBB_OK && !folder->parts[0].has_manifest && folder->parts[0].verdicts.rows == NULL)
        status = hebb_fail(
            HEBB_ENOINPUT,
            "%s: is no folder of hebb run, figure or train: it has neither manifest.json nor verdict.csv", given);
    if (status == HEBB_OK) status = hebb_report_subfolders(given, &names, &n);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) status = add_part(folder, names[k]);
    for (size_t k = 0; k < n; k++) free(names[k]);
    free(names);
    for (size_t k = 0; k < folder->n_parts; k++)
        folder->count = hebb_verdict_count_add(folder->count, folder->parts[k].count);
    return status == HEBB_OK ? name_all(folder) : status;
}

void hebb_report_folder_free(hebb_report_folder *folder)
{
    for (size_t k = 0; k < folder->n_parts; k++) hebb_report_part_free(&folder->parts[k]);
    free(folder->parts);
    free(folder->figure);
    free(folder->drawn);
    free(folder->command);
    free(folder->title);
    *folder = (hebb_report_folder){0};
}
