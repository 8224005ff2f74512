/* hebb figure NAME | FOLDER | --list | all: follows a figure's recipe and draws it */
#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "shell_path.h"
#include "verb.h"

static const hebb_option figure_options[] = {
    {"size", 0, HEBB_OPTION_CHOICE, "quick|paper", "quick", HEBB_ANY, 0,
     "size of the computation: quick takes minutes, paper the sizes of a publication"},
    {"seed", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 0x1p53), 0,
     "seed of everything random; the recipe's where not given"},
    {"copy", 0, HEBB_OPTION_TEXT, "DIR", NULL, HEBB_ANY, HEBB_OPTION_ACTION,
     "copy the figure's recipe and script into a new folder, to change them there, and stop"},
    {"list", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_ACTION, "print the figures, a line each, and stop"},
};
static const hebb_option_table figure_table = {sizeof figure_options / sizeof *figure_options, figure_options};

static void free_names(char **names, size_t n)
{
    for (size_t k = 0; k < n; k++) free(names[k]);
    free(names);
}

static hebb_status print_title(const char *name)
{
    char *folder = NULL, *title = NULL;
    hebb_status status = hebb_figure_find(name, &folder);
    if (status == HEBB_OK) status = hebb_figure_title(folder, &title);
    if (status == HEBB_OK) (void)printf("%-22s %s\n", name, title);
    free(title);
    free(folder);
    return status;
}

/* A recipe that cannot be read does not hide the others: they come first. */
static hebb_status list_figures(void)
{
    char **names, why[1024] = "";
    size_t n;
    hebb_status failed = HEBB_OK;
    hebb_status status = hebb_figure_list(&names, &n);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        const hebb_status printed = print_title(names[k]);
        if (printed != HEBB_ENOINPUT && printed != HEBB_EDATA) status = printed;
        if (printed == HEBB_OK || status != HEBB_OK || failed != HEBB_OK) continue;
        failed = printed;
        snprintf(why, sizeof why, "%s", hebb_diagnostic());
    }
    free_names(names, n);
    return status == HEBB_OK && failed != HEBB_OK ? hebb_fail(failed, "%s", why) : status;
}

/* The command that goes on with it, with all that can change a file.  NULL: no memory. */
static char *command_again(const char *name, const char *out, const hebb_options *options)
{
    const char *seed = hebb_options_text(options, "seed"), *terminal = hebb_options_text(options, "terminal");
    char *name_word = hebb_shell_path(name), *out_word = hebb_shell_path(out), *command = NULL;
    if (name_word != NULL && out_word != NULL &&
        asprintf(&command, "hebb figure %s --size %s%s%s%s%s%s --out %s", name_word, hebb_options_text(options, "size"),
                 seed != NULL ? " --seed " : "", seed != NULL ? seed : "", terminal != NULL ? " --terminal " : "",
                 terminal != NULL ? terminal : "", hebb_options_flag(options, "csv-plain") ? " --csv-plain" : "",
                 out_word) < 0)
        command = NULL;
    free(out_word);
    free(name_word);
    return command;
}

/* Makes it, or leaves it as it is where only the TeX is missing, and draws that where it is asked for. */
static hebb_status make_in(const char *folder, const hebb_experiment_setting *setting, const hebb_options *options,
                           hebb_verdict_count *count)
{
    const char *size = hebb_options_text(options, "size");
    const bool for_tex = hebb_options_text(options, "terminal") != NULL;
    bool is_made = false;
    hebb_status status = HEBB_OK;
    if (for_tex && !setting->overwrite && !hebb_options_flag(options, "strict"))
        status = hebb_figure_is_made(folder, size, setting, &is_made);
    if (status == HEBB_OK && !is_made) status = hebb_figure_make(folder, size, setting, count);
    if (status == HEBB_OK && for_tex) status = hebb_figure_draw_tex(setting->folder, setting->log);
    return status;
}

/* Into --out, or results/NAME; with `all`, into a folder each below it. */
static hebb_status make(const char *name, bool one_of_all, const hebb_options *options, hebb_verdict_count *verdicts)
{
    char *folder, *out = NULL, *resume = NULL;
    hebb_verdict_count count = {0};
    hebb_experiment_setting setting;
    hebb_status status = hebb_command_setting(options, &setting);
    if (status == HEBB_OK) status = hebb_figure_find(name, &folder);
    if (status != HEBB_OK) return status;
    hebb_command_set_folder(options, &setting);
    setting.seed = hebb_options_text(options, "seed");
    char *part = hebb_figure_name(name);
    const bool is_whole_path = setting.folder != NULL && !one_of_all;
    const char *results = setting.folder != NULL ? setting.folder : "results";
    if (part == NULL || asprintf(&out, "%s%s%s", results, is_whole_path ? "" : "/", is_whole_path ? "" : part) < 0)
        out = NULL;
    setting.folder = out;
    if (out != NULL) resume = one_of_all ? command_again("all", results, options) : command_again(name, out, options);
    setting.resume = resume;
    status = resume == NULL ? hebb_fail(HEBB_ENOMEM, "%s: no memory for its path", name)
                            : make_in(folder, &setting, options, &count);
    *verdicts = hebb_verdict_count_add(*verdicts, count);
    free(resume);
    free(out);
    free(part);
    free(folder);
    return status;
}

static hebb_status make_all(const hebb_options *options, hebb_verdict_count *verdicts)
{
    char **names;
    size_t n;
    hebb_status status = hebb_figure_list(&names, &n);
    hebb_status failed = HEBB_OK;
    size_t n_failed = 0;
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        status = make(names[k], true, options, verdicts);
        if (status == HEBB_OK || status == HEBB_ESTOPPED || status == HEBB_ENOMEM) continue;
        (void)hebb_command_fail(status); /* the others are made all the same */
        failed = status;
        status = HEBB_OK;
        n_failed++;
    }
    free_names(names, n);
    if (status == HEBB_OK && n_failed > 0)
        status = hebb_fail(failed, "figure all: %zu of %zu figures failed, as said above", n_failed, n);
    return status;
}

static hebb_status copy(const char *name, const hebb_options *options)
{
    char *folder;
    hebb_status status = hebb_figure_find(name, &folder);
    if (status != HEBB_OK) return status;
    status = hebb_figure_copy(folder, hebb_options_text(options, "copy"),
                              hebb_options_flag(options, "quiet") ? NULL : stderr);
    free(folder);
    return status;
}

static int run(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    (void)subject;
    hebb_verdict_count verdicts = {0};
    hebb_status status = HEBB_OK;
    const bool is_list = hebb_options_flag(options, "list"), is_copy = hebb_options_is_set(options, "copy");
    if (is_list && (n_operands > 0 || is_copy))
        return hebb_command_fail(hebb_fail(HEBB_EUSAGE, "figure: --list stands alone"));
    if (is_copy && n_operands == 1 && strcmp(operands[0], "all") == 0)
        return hebb_command_fail(hebb_fail(HEBB_EUSAGE, "figure: --copy takes one figure"));
    if (is_list) {
        status = list_figures();
        return status == HEBB_OK ? hebb_command_close_output() : hebb_command_fail(status);
    }
    if (n_operands != 1) status = hebb_fail(HEBB_EUSAGE, "figure: give one name; hebb figure --list prints them");
    if (status == HEBB_OK && is_copy) {
        status = copy(operands[0], options);
        return status == HEBB_OK ? hebb_command_close_output() : hebb_command_fail(status);
    }
    if (status == HEBB_OK) status = hebb_command_use_machine(options);
    if (status == HEBB_OK)
        status = strcmp(operands[0], "all") == 0 ? make_all(options, &verdicts)
                                                 : make(operands[0], false, options, &verdicts);
    return status == HEBB_OK ? hebb_command_end(options, &verdicts) : hebb_command_fail(status);
}

static size_t tables_of(const void *entry, hebb_option_table tables[HEBB_VERB_MAX_TABLES])
{
    (void)entry;
    size_t n = 0;
    tables[n++] = figure_table;
    tables[n++] = hebb_drawing_options;
    tables[n++] = hebb_folder_options;
    tables[n++] = hebb_simulation_options;
    tables[n++] = hebb_common_options;
    return n;
}

extern const hebb_verb hebb_verb_figure;
const hebb_verb hebb_verb_figure = {.name = "figure",
                                    .summary = "a figure of the literature, computed and drawn",
                                    .operands = "NAME|FOLDER|all|--list",
                                    .tables = tables_of,
                                    .run = run};
