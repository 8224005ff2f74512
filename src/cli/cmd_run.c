/* hebb run EXPERIMENT --out DIR: simulation and theory on one grid, with figure and verdict */
#include "command.h"

#include <stdlib.h>
#include <string.h>

#include "figure.h"

/* The experiment's figure is looked for first, so that nothing is computed in vain. */
static hebb_status begin(const hebb_experiment *experiment, const hebb_options *options,
                         hebb_experiment_setting *setting)
{
    char *folder = NULL;
    hebb_status status = hebb_options_require(options, "out");
    if (status == HEBB_OK) status = hebb_command_use_machine(options);
    if (status == HEBB_OK) status = hebb_command_setting(options, setting);
    if (status != HEBB_OK) return status;
    hebb_command_set_folder(options, setting);
    status = hebb_command_set_shard(options, setting);
    if (status == HEBB_OK) status = hebb_figure_find(hebb_experiment_figure(experiment), &folder);
    free(folder);
    return status;
}

static int run(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    const hebb_experiment *experiment = subject;
    hebb_experiment_setting setting = {0};
    hebb_experiment_result result = {0};
    hebb_status status = HEBB_OK;
    if (n_operands > 0)
        status = hebb_fail(HEBB_EUSAGE, "run %s takes options alone, not '%s'", experiment->name, operands[0]);
    if (status == HEBB_OK) status = begin(experiment, options, &setting);
    if (status == HEBB_OK) status = hebb_experiment_run(experiment, options, &setting, &result);
    return hebb_command_end_run(status, experiment, options, &setting, &result);
}

static int execute(const hebb_experiment *experiment, int argc, char **argv)
{
    const hebb_option_table tables[] = {{experiment->n_options, experiment->options},
                                        hebb_experiment_options,
                                        hebb_folder_options,
                                        hebb_shard_options,
                                        hebb_simulation_options,
                                        hebb_common_options};
    char usage[160];
    snprintf(usage, sizeof usage, "hebb run %s --out DIR [options]", experiment->name);
    const hebb_command command = {usage, experiment->summary, sizeof tables / sizeof *tables, tables, run, experiment};
    return hebb_command_execute(&command, argc, argv);
}

int hebb_cmd_run(int argc, char **argv)
{
    if (argc < 2)
        return hebb_command_fail(hebb_fail(HEBB_EUSAGE, "run: an experiment is missing; hebb run --help lists them"));
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return hebb_command_list_experiments("hebb run EXPERIMENT --out DIR [options]");
    const hebb_experiment *experiment = hebb_command_find_experiment(argv[1]);
    return experiment != NULL ? execute(experiment, argc - 1, argv + 1) : hebb_command_fail(HEBB_EUSAGE);
}
