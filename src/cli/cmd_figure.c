/* hebb figure NAME | FOLDER | --list | all: follows a figure's recipe and draws it */
#include "command.h"

#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "shell_path.h"

static const hebb_option figure_options[] = {
    {"size", 0, HEBB_OPTION_CHOICE, "quick|paper", "quick", HEBB_ANY, 0, "minutes, or the sizes of a publication"},
    {"seed", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 0x1p53), 0,
     "seed of everything random; the recipe's where not given"},
    {"list", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_ACTION, "print the figures, a line each, and stop"},
};
static const hebb_option_table figure_table = {sizeof figure_options / sizeof *figure_options, figure_options};

static void free_names(char **names, size_t n)
{
    for (size_t k = 0; k < n; k++) free(names[k]);
    free(names);
}

static hebb_status list_figures(void)
{
    char **names;
    size_t n;
    hebb_status status = hebb_figure_list(&names, &n);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        char *folder = NULL, *title = NULL;
        status = hebb_figure_find(names[k], &folder);
        if (status == HEBB_OK) status = hebb_figure_title(folder, &title);
        if (status == HEBB_OK) (void)printf("%-22s %s\n", names[k], title);
        free(title);
        free(folder);
    }
    free_names(names, n);
    return status;
}

/* The command that goes on with it, with all that can change a file.  NULL: no memory. */
static char *command_again(const char *name, const char *out, const hebb_options *options)
{
    const char *seed = hebb_options_text(options, "seed");
    char *name_word = hebb_shell_path(name), *out_word = hebb_shell_path(out), *command = NULL;
    if (name_word != NULL && out_word != NULL &&
        asprintf(&command, "hebb figure %s --size %s%s%s%s --out %s", name_word, hebb_options_text(options, "size"),
                 seed != NULL ? " --seed " : "", seed != NULL ? seed : "",
                 hebb_options_flag(options, "csv-plain") ? " --csv-plain" : "", out_word) < 0)
        command = NULL;
    free(out_word);
    free(name_word);
    return command;
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
    if (part == NULL || asprintf(&out, "%s%s%s", setting.folder != NULL ? setting.folder : "results",
                                 is_whole_path ? "" : "/", is_whole_path ? "" : part) < 0)
        out = NULL;
    setting.folder = out;
    if (out != NULL) resume = command_again(name, out, options);
    setting.resume = resume;
    status = resume == NULL ? hebb_fail(HEBB_ENOMEM, "%s: no memory for its path", name)
                            : hebb_figure_make(folder, hebb_options_text(options, "size"), &setting, &count);
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
    for (size_t k = 0; status == HEBB_OK && k < n; k++) status = make(names[k], true, options, verdicts);
    free_names(names, n);
    return status;
}

static int run(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    (void)subject;
    hebb_verdict_count verdicts = {0};
    hebb_status status = HEBB_OK;
    if (hebb_options_flag(options, "list")) {
        status = list_figures();
        return status == HEBB_OK ? hebb_command_close_output() : hebb_command_fail(status);
    }
    if (n_operands != 1) status = hebb_fail(HEBB_EUSAGE, "figure: give one name; hebb figure --list prints them");
    if (status == HEBB_OK) status = hebb_command_use_machine(options);
    if (status == HEBB_OK)
        status = strcmp(operands[0], "all") == 0 ? make_all(options, &verdicts)
                                                 : make(operands[0], false, options, &verdicts);
    return status == HEBB_OK ? hebb_command_end(options, &verdicts) : hebb_command_fail(status);
}

int hebb_cmd_figure(int argc, char **argv)
{
    const hebb_option_table tables[] = {figure_table, hebb_folder_options, hebb_simulation_options,
                                        hebb_common_options};
    const hebb_command command = {.usage = "hebb figure NAME | FOLDER | all | --list [options]",
                                  .summary = "a figure of the literature, computed and drawn",
                                  .n_tables = sizeof tables / sizeof *tables,
                                  .tables = tables,
                                  .run = run};
    return hebb_command_execute(&command, argc, argv);
}
