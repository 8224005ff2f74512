/* hebb plan EXPERIMENT [options], hebb plan DIR: what a study would take, as a table */
#include "command.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "input.h"

/* What is planned: an experiment, or the study of a folder. */
typedef struct {
    const hebb_experiment *experiment; /* NULL: the folder's */
    const char *folder;
} planned;

/* The cells hang on the machine: there is no provenance to reproduce them by. */
static int plan(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    const planned *what = subject;
    hebb_experiment_setting setting = {0};
    hebb_table table = {0};
    hebb_status status = HEBB_OK;
    if (n_operands > 0)
        status = hebb_fail(HEBB_EUSAGE, "plan: give one experiment or one folder, not '%s' as well", operands[0]);
    if (status == HEBB_OK) status = hebb_command_use_machine(options);
    if (status == HEBB_OK) status = hebb_command_setting(options, &setting);
    setting.folder = what->folder;
    if (status == HEBB_OK && what->experiment != NULL) status = hebb_command_set_shard(options, &setting);
    if (status == HEBB_OK)
        status = what->experiment != NULL ? hebb_experiment_plan(what->experiment, options, &setting, &table)
                                          : hebb_experiment_plan_folder(&setting, &table);
    const int exit_status = hebb_command_print_table(status, &table, NULL, options);
    hebb_table_free(&table);
    return exit_status;
}

static int execute(const planned *what, int argc, char **argv)
{
    const hebb_experiment *experiment = what->experiment;
    const hebb_option_table of_folder[] = {hebb_output_options, hebb_simulation_options, hebb_no_seed_options,
                                           hebb_common_options};
    const hebb_option_table of_experiment[] = {
        {experiment != NULL ? experiment->n_options : 0, experiment != NULL ? experiment->options : NULL},
        hebb_experiment_options,
        hebb_output_options,
        hebb_shard_options,
        hebb_simulation_options,
        hebb_common_options};
    const hebb_command command = {.usage = "hebb plan EXPERIMENT [options] | hebb plan DIR",
                                  .summary = "units, memory and time of a study, from a probe of some seconds",
                                  .n_tables = experiment != NULL ? sizeof of_experiment / sizeof *of_experiment
                                                                 : sizeof of_folder / sizeof *of_folder,
                                  .tables = experiment != NULL ? of_experiment : of_folder,
                                  .run = plan,
                                  .subject = what};
    return hebb_command_execute(&command, argc, argv);
}

/* Also where the system fails to say: then the manifest is asked, which has a sentence for it. */
static bool is_folder(const char *name)
{
    struct stat info;
    if (strchr(name, '/') != NULL) return true;
    return stat(name, &info) == 0 ? S_ISDIR(info.st_mode) : hebb_input_status(errno) == HEBB_EIO;
}

int hebb_cmd_plan(int argc, char **argv)
{
    if (argc < 2)
        return hebb_command_fail(
            hebb_fail(HEBB_EUSAGE, "plan: an experiment or a folder is missing; hebb plan --help lists experiments"));
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return hebb_command_list_experiments("hebb plan EXPERIMENT [options] | hebb plan DIR");
    const hebb_experiment *experiment = hebb_experiment_find(argv[1]);
    if (experiment == NULL && !is_folder(argv[1])) {
        (void)hebb_command_find_experiment(argv[1]);
        return hebb_command_fail(HEBB_EUSAGE);
    }
    const planned what = {experiment, experiment == NULL ? argv[1] : NULL};
    return execute(&what, argc - 1, argv + 1);
}
